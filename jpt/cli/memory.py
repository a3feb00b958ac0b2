"""Whether there is memory for what works on pages: the kernel ends whoever takes too much, without a word."""

from __future__ import annotations

from jpt.browser.pool.memory import HERE
from jpt.errors import BrowserUnusable

NEEDED_MB = 45
"""What jpt takes besides what the command line has taken already, before any browser."""


def need_memory() -> None:
    """Raise BrowserUnusable where jpt itself would be ended while it begins."""
    left = HERE.free_mb()
    if left < NEEDED_MB:
        raise BrowserUnusable(
            f"{left:,.0f} MB of memory are left here, too few to work in; with a browser jpt needs 200."
            " Raise the limit of the container or service, or end other programs."
        )
