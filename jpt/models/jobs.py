"""Values of posts: what waits to be read, and what was found."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from jpt.models.places import JobPlace

Confidence = Literal["high", "medium", "low"]
Source = Literal["rules", "openai", "json-ld", "user"]


class Ending(StrEnum):
    """What a link turned out to be, once its post was read."""

    JOB = "job"
    NO_JOB = "no_job"
    GONE = "gone"
    """It was a job, and is open no more."""
    SAME = "same"
    """The same job has its row under another address."""
    UNOPENED = "unopened"
    """Its title alone keeps it from everybody, so its post was not opened."""


@dataclass(frozen=True, slots=True)
class Task:
    """A job link waiting to be rendered, or leased to somebody."""

    id: int
    site: str
    url: str
    attempts: int
    """Attempts begun, this one included once it is leased: part of the fencing token."""
    owner: str = ""
    """Who holds the lease; ends in a nonce per claim."""
    crashes: int = 0
    """Times that jpt ended while it read this post, since it last came to an end with it."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A statement of years that does not decide, and why."""

    years: int
    quote: str
    reason: str
    """A value of `jpt.extract.experience.Reason`, or a sentence about a model's answer."""


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A number beside a word for years or months that no rule has explained."""

    quote: str
    """The words round it, verbatim from the text, white space folded."""
    languages: tuple[str, ...]
    """Codes of the languages that its unit is a word of, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Experience:
    """The least years of work experience that a post requires, with the proof."""

    min_years: int
    """0 when nothing is stated."""
    stated: bool
    evidence: str | None
    """Verbatim from the text (white space aside); where no years are stated, the words that ask for none."""
    confidence: Confidence
    source: Source = "rules"
    rejected: tuple[Rejected, ...] = ()
    doubt: str = ""
    """What speaks against it, one clause: two readings of it differ, or where it stands is odd."""
    left_over: tuple[LeftOver, ...] = ()
    """What no rule has explained; an answer that leaves something over is never sure. Not stored."""

    @property
    def asks_none(self) -> bool:
        """Whether the post says that it asks for none: it states no years, and the evidence says so."""
        return not self.stated and bool(self.evidence)

    @property
    def least(self) -> int | None:
        """The years that the post itself speaks of: 0 where it asks for none; None where it states nothing."""
        return self.min_years if self.stated or self.asks_none else None

    @property
    def number(self) -> str:
        """The years in short: `2+` for two or more, `none` where none are asked for, `–` where none are stated."""
        return "none" if self.asks_none else f"{self.min_years}+" if self.stated else "–"

    @property
    def shown(self) -> str:
        """The years as shown everywhere: as `number`, with `?` for the `+` where there is doubt."""
        return f"{self.number.removesuffix('+')}?" if self.confidence == "low" else self.number


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a model once answered to a post."""

    answer: str
    """Its JSON; empty when it was of no use."""
    fault: str
    """Why it was of no use; empty when it was."""


@dataclass(frozen=True, slots=True)
class JobPost:
    """A rendered page read as a job post, or the reason why it is not one."""

    title: str
    is_job: bool
    reason: str
    """Why it is not a job post, or is gone; empty for a job post."""
    gone: bool = False
    text: str = ""
    """The text that the years are read from."""
    location: str | None = None
    """The places in words."""
    places: tuple[JobPlace, ...] = ()
    company: str | None = None
    posted: str | None = None
    months_of_experience: int | None = None
    """schema.org experienceRequirements.monthsOfExperience, where the page has it."""
    facts: dict[str, Any] = field(default_factory=dict)
    """Further facts for raw_json: JSON-able values only."""


@dataclass(frozen=True, slots=True)
class Job:
    """A stored job, as `jpt jobs` shows it."""

    site: str
    url: str
    title: str
    experience: Experience
    created_ts_ms: int
    include: bool
    exclude_reason: str | None = None
    location: str | None = None
    unread: str | None = None
    """Why the page could not be read, when this row only stands for the link."""
    closed_ts_ms: int | None = None
    """When it was seen to be open no more; None while it is."""
    is_new: bool = True
    """Its post was read for the first time, or had not been readable before."""
    mark: str | None = None
    """`hidden` or `applied`: what the user said of it."""
    unopened: bool = False
    """Its title alone keeps it from everybody, so its post was not opened."""
    news: Any = field(default=None, compare=False, repr=False)
    """The News that filters look at (which is made of values of this module); None where only the row was read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a task found, before it is stored."""

    title: str
    experience: Experience
    exclude_reason: str | None = None
    """None: the job fits."""
    facts: dict[str, Any] = field(default_factory=dict)
    """Location, dates, salary…: what goes into raw_json beside the years."""
    text: str = ""
    """The text that the years were read from; empty when it could not be read."""
    unread: str | None = None
    """Why the page could not be read, when the row only stands for the link."""
