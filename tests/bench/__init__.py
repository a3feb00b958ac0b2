"""What jpt costs, as ratios against a plain Playwright loop and an empty command line: `python -m tests.bench`."""
