"""Statements of years within a quotation from a post, judged where they stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from jpt.extract.experience.decide import cut, judge
from jpt.extract.experience.injections import injections
from jpt.extract.experience.reasons import Reason
from jpt.extract.experience.statements import statements
from jpt.extract.experience.wording import Wording, wording
from jpt.extract.experience.years_classifier import MOST, StatedYears, likelihoods

_MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class QuotedYears:
    """A statement of years that stands in a quotation."""

    years: int
    reason: Reason | None
    """Why it does not count; None when it does."""
    evidence: str
    """Verbatim from the text, white space aside."""
    likely: float = 0.0
    """How likely the second opinion thinks it, from 0 to 1, that somebody must have these years."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation, found in a text."""

    evidence: str
    """As the text has it, white space folded."""
    said: tuple[QuotedYears, ...]
    to_machine: bool
    """Whether it stands in words that give orders to a machine."""


def quoted(text: str, quote: str) -> Quoted | None:
    """Find *quote* in *text*, marks and white space aside, and judge its years; None if it is not there."""
    words = wording(text)
    places = list(_places(words, quote))
    if not places:
        return None
    judged = judge(words)
    likely = likelihoods(words, [StatedYears(one.clause, one.years) for one in judged[:MOST]])
    inside = [
        (one, likely[number] if number < MOST else 0.0)
        for start, end in places
        for number, one in enumerate(judged)
        if start <= one.clause.statement.start and one.clause.statement.end <= end
    ]
    first, last = places[0]
    return Quoted(
        evidence=" ".join(text[words.place(first) : words.place(last)].split()),
        said=tuple(QuotedYears(one.years, one.reason, cut(words, one.clause), each) for one, each in inside),
        to_machine=any(map(injections(words, places).contain, (start for start, _ in places))),
    )


def year_places(text: str) -> list[tuple[int, int]]:
    """Return where *text* states years or months of whatever, in order."""
    words = wording(text)
    return [(words.place(one.start), words.place(one.end)) for one in statements(words)]


def _places(words: Wording, quote: str) -> Iterator[tuple[int, int]]:
    """Yield the places of *quote*: white space may differ, and what `wording` makes even."""
    tokens = wording(quote).low.strip(" \n\"'.…").split()
    if not tokens:
        return
    pattern = re.compile(r"\s+".join(map(re.escape, tokens)))
    yield from (match.span() for match in islice(pattern.finditer(words.low), _MOST_PLACES))
