"""What jpt costs, as ratios against a plain Playwright loop and an empty command line: `python -m tests.bench`."""

import os

os.environ["JPT_HOME"] = "."
"""Each bench works in a folder of its own; whoever runs it may have a home for jpt elsewhere."""
