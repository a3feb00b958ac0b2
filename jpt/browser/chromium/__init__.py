"""Find a Chromium, fetch one where there is none, start it and clean up after it."""
