"""A statement with the sentence that it stands in. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from jpt.extract.experience.sections import Section
from jpt.extract.experience.statements import Statement
from jpt.extract.experience.wording import Wording
from jpt.text.late import late

EXPERIENCE = (
    r"(?<!has )(?<!have )experience(?!d )|experienci|experiencia|[a-z]{0,14}erfahrung|[a-z]{0,10}praxis\b"
    r"|[a-z]{0,12}kenntnis"
    r"|[a-z]{0,6}ervaring|esperienz|erfarenhet|erfaring|trayectoria"
    r"|doswiadcz|\bexp\b|\bexp[.:]|\bpqe\b|\bxp\b|exposure\b|track record|\byoe\b|background"
)
SAYS_EXPERIENCE = late(EXPERIENCE)
_OF_EXPERIENCE = late(rf"'?s?\s*\W{{0,2}}(?:[a-z0-9,/&()'+.-]+\s+){{0,9}}?(?:d'|an )?(?:{EXPERIENCE})")

_LONGEST_LABEL = 160
_LONGEST_NAME = 60


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
    label: str
    """The short line, or the cell, that the sentence stands behind; empty if there is none."""

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
        experienced=low.endswith(("yoe", "pqe", "o/e", "o.e"), statement.start, statement.end)
        or _OF_EXPERIENCE.match(low, statement.end, end) is not None,
        label=_label(low, start),
    )


def _label(low: str, start: int) -> str:
    """Return what stands before a sentence in its line, else the line above, if it is short enough for a label."""
    floor = max(0, start - _LONGEST_LABEL)
    line = low.rfind("\n", floor, start)
    label = low[line + 1 if line >= 0 else floor : start].strip(" |\t")
    if not label and line > 0:
        line = len(low[floor:line].rstrip()) + floor
        above = low.rfind("\n", max(0, line - _LONGEST_LABEL), line)
        label = low[above + 1 : line] if above >= 0 or line < _LONGEST_LABEL else ""
    is_short = len(label) < (_LONGEST_LABEL if "|" in label else _LONGEST_NAME)
    return label if is_short and not label.rstrip().endswith((".", ";", ",")) else ""
