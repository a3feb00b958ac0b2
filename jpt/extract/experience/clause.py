"""A statement with the sentence that it stands in. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jpt.extract.experience.sections import Section
from jpt.extract.experience.statements import Statement
from jpt.extract.experience.wording import Wording

EXPERIENCE = (
    r"(?<!has )(?<!have )experience(?!d )|experienci|experiencia|[a-z]{0,14}erfahrung|[a-z]{0,10}praxis\b"
    r"|[a-z]{0,6}ervaring|esperienza"
    r"|doswiadcz|\bexp\b|\bexp[.:]|\bpqe\b|track record|\byoe\b|background"
)
SAYS_EXPERIENCE = re.compile(EXPERIENCE)
_OF_EXPERIENCE = re.compile(rf"'?s?\s*\W{{0,2}}(?:[a-z0-9,/&()'+.-]+\s+){{0,9}}?(?:d'|an )?(?:{EXPERIENCE})")


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement with the sentence that it stands in, in lower case."""

    statement: Statement
    start: int
    end: int
    before: str
    said: str
    after: str
    section: Section
    asks: bool
    """The sentence is a question."""
    experienced: bool
    """What stands behind the number says that it is experience."""

    @property
    def whole(self) -> str:
        """The sentence."""
        return self.before + self.said + self.after


def clause(words: Wording, statement: Statement, bounds: tuple[int, int], section: Section) -> Clause:
    """Cut the sentence at *bounds* round *statement*."""
    start, end = bounds
    low = words.low
    return Clause(
        statement,
        start,
        end,
        low[start : statement.start],
        low[statement.start : statement.end],
        low[statement.end : end],
        section,
        asks="?" in low[statement.end : end + 1],
        experienced=low.endswith(("yoe", "pqe"), statement.start, statement.end)
        or _OF_EXPERIENCE.match(low, statement.end, end) is not None,
    )
