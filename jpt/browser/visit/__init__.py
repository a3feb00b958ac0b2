"""One visit to a page: open it, wait until it rests, read it, follow its list."""
