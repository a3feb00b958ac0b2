"""The tests: real Chromium on local career sites, real SQLite files, real processes."""
