"""Where in a text a slow pattern need be tried at all: round the signs that all of its matches have. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence


def stretches(
    text: str, sign: re.Pattern[str] | tuple[str, ...], before: int, behind: int
) -> Iterator[tuple[int, int]]:
    """Return the stretches of *text* from *before* characters ahead of a *sign* to *behind* after it, joined.

    Words in lower case are quicker to look for than a pattern.
    """
    start = end = -1
    for first, last in _found(text, sign):
        if start < 0 or first - before > end:
            if start >= 0:
                yield start, end
            start = max(0, first - before)
        end = min(len(text), last + behind)
    if start >= 0:
        yield start, end


def _found(text: str, sign: re.Pattern[str] | tuple[str, ...]) -> Iterable[tuple[int, int]]:
    if not isinstance(sign, tuple):
        return (match.span() for match in sign.finditer(text))
    return spots(text, sign)


def spots(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where any of *words*, which are in lower case, stand in *text*, whatever their case, in order."""
    low, found = _lowered(text), []
    for word in words:
        at = low.find(word)
        while at >= 0:
            found.append((at, at + len(word)))
            at = low.find(word, at + 1)
    return sorted(found)


def _lowered(text: str) -> str:
    """Return *text* in lower case and of the same length."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one if len(one.lower()) != 1 else one.lower() for one in text)
