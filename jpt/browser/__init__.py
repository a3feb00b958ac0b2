"""Everything that touches Chromium: find, launch, pool, visit, read."""
