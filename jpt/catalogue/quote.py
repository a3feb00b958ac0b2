"""Where a post says a thing: the quote in its paragraph. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 600
"""Characters of a paragraph that are shown around a quote, at most."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a post around a quote."""

    before: str
    quote: str
    after: str


def passage(text: str, quote: str | None) -> Passage | None:
    """Find *quote* in *text*, white space aside; None if it does not occur."""
    found = spot(text, quote)
    if found is None:
        return None
    start, end = found
    first = max(text.rfind("\n", 0, start) + 1, start - LONGEST // 2)
    stop = text.find("\n", end)
    last = min(len(text) if stop < 0 else stop, end + LONGEST // 2)
    return Passage(text[first:start].lstrip(), text[start:end], text[end:last].rstrip())


def spot(text: str, quote: str | None) -> tuple[int, int] | None:
    """Return where *quote* begins and ends in *text*, white space aside."""
    words = (quote or "").split()
    if not words:
        return None
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    return found.span() if found else None
