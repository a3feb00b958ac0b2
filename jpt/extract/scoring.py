"""How well posts are read, against labels that people gave them. Pure.

accepted    the number is one that the label allows
stated      a number is stated, or not, as the label says
harmful     it would be told and asks for too much, or would be kept back and fits
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from jpt.errors import InputError
from jpt.models.jobs import Confidence, Experience


@dataclass(frozen=True, slots=True)
class Label:
    """The right answer to a post."""

    id: str
    min_years: int
    stated: bool
    accept: frozenset[int]
    """All numbers that count as right: careful people may differ."""
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """A post, its label and what was read."""

    label: Label
    read: Experience
    verbatim: bool
    """Its evidence is in the text, or it has none."""

    @property
    def accepted(self) -> bool:
        """Whether the number is right."""
        return self.read.min_years in self.label.accept

    @property
    def as_stated(self) -> bool:
        """Whether stated or not is right; where several numbers are, both are."""
        return self.read.stated == self.label.stated or len(self.label.accept) > 1

    def harm(self, max_years: int) -> str:
        """Say what harm it would do: `mailed`, `hidden`, or none."""
        if self.accepted:
            return ""
        if self.read.min_years <= max_years < min(self.label.accept):
            return "mailed"
        return "hidden" if self.read.min_years > max_years >= max(self.label.accept) else ""


@dataclass(frozen=True, slots=True)
class Sure:
    """How many answers were given with one confidence, and how many of them are right."""

    confidence: Confidence
    posts: int
    right: int


@dataclass(frozen=True, slots=True)
class Score:
    """Of many posts together; shares are from 0 to 1."""

    posts: int
    accepted: float
    hard: float | None
    """Of those marked hard; None when none is."""
    stated: float
    mailed: float
    hidden: float
    verbatim: float
    sure: tuple[Sure, ...]
    """A row for each confidence, the highest first."""
    left_over: dict[str, int]
    """Posts with a number beside a unit that no rule explains, by the unit's language."""

    @classmethod
    def of(cls, scored: Sequence[Scored], max_years: int) -> Score:
        """Add up."""
        hard = [one.accepted for one in scored if one.label.hard]
        harms = [one.harm(max_years) for one in scored]
        return cls(
            posts=len(scored),
            accepted=_share(one.accepted for one in scored),
            hard=_share(hard) if hard else None,
            stated=_share(one.as_stated for one in scored),
            mailed=_share(harm == "mailed" for harm in harms),
            hidden=_share(harm == "hidden" for harm in harms),
            verbatim=_share(one.verbatim for one in scored),
            sure=tuple(_sure(level, scored) for level in get_args(Confidence)),
            left_over=dict(
                Counter(one.read.left_over[0].languages[0] for one in scored if one.read.left_over).most_common()
            ),
        )


def _sure(confidence: Confidence, scored: Sequence[Scored]) -> Sure:
    given = [one.accepted for one in scored if one.read.confidence == confidence]
    return Sure(confidence, len(given), sum(given))


def label(row: dict[str, Any], place: str) -> Label:
    """Read a label: min_years, and optionally stated, accept, hard; raises InputError naming *place*."""
    years = row.get("min_years")
    if isinstance(years, bool) or not isinstance(years, int) or years < 0:
        raise InputError(f'{place}: expected "min_years", a whole number, got {years!r}.')
    stated, accept = row.get("stated", years > 0), row.get("accept", [years])
    if not isinstance(stated, bool):
        raise InputError(f'{place}: "stated" should be true or false, not {stated!r}.')
    if not isinstance(accept, list) or not all(type(one) is int for one in accept):
        raise InputError(f'{place}: "accept" should be a list of whole numbers, not {accept!r}.')
    return Label(str(row.get("id", place)), years, stated, frozenset([years, *accept]), bool(row.get("hard")))


def scored(label: Label, read: Experience, text: str) -> Scored:
    """Hold what was read against its label."""
    evidence = " ".join((read.evidence or "").split())
    return Scored(label, read, not evidence or evidence in " ".join(text.split()))


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
