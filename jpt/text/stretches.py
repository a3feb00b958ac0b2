"""Where in a text a slow pattern need be tried at all: round the signs that all of its matches have. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator


def stretches(text: str, sign: re.Pattern[str], before: int, behind: int) -> Iterator[tuple[int, int]]:
    """Give the stretches of *text* from *before* characters ahead of a *sign* to *behind* after it, joined."""
    start = end = -1
    for match in sign.finditer(text):
        if start < 0 or match.start() - before > end:
            if start >= 0:
                yield start, end
            start = max(0, match.start() - before)
        end = min(len(text), match.end() + behind)
    if start >= 0:
        yield start, end
