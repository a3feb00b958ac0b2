"""The tests: real Chromium on a local street of career sites, real SQLite files, real processes."""
