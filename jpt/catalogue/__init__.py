"""The stored jobs as a seeker looks through them: which fit, searched, sorted, counted, found again by an id."""
