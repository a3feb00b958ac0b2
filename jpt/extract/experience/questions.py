"""What keeps an answer of the rules from being sure, asked of the text by checks that know no rule. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from jpt.extract.experience.language import language, not_read
from jpt.extract.experience.leftover import Leftover, leftovers
from jpt.extract.experience.wording import Wording
from jpt.models.jobs import Experience, LeftOver

_AROUND = 40
"""Characters of a quote before and behind what is left over."""


def questioned(words: Wording, read: Experience, explained: Iterable[tuple[int, int]]) -> Experience:
    """Doubt *read* where the text's language is not read, or a number beside a unit is in no *explained* place."""
    code = language(words.text)
    left = leftovers(words, code, explained)
    foreign = not_read(code)
    if not left and not foreign:
        return read
    over = tuple(LeftOver(_quote(words, one), one.languages) for one in left)
    doubts = [read.doubt] if read.doubt else []
    if foreign:
        doubts.append(f"not read: {foreign}")
    if over:
        doubts.append(f"no rule reads “{over[0].quote}”")
    return replace(read, confidence="low", doubt="; ".join(doubts), left_over=over)


def _quote(words: Wording, one: Leftover) -> str:
    text, first, last = words.text, words.place(one.start), words.place(one.end)
    start, end = max(0, first - _AROUND), min(len(text), last + _AROUND)
    while start and start < first and not text[start - 1].isspace():
        start += 1
    while end < len(text) and end > last and not text[end].isspace():
        end -= 1
    return " ".join(text[start:end].split())
