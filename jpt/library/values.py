"""The values that the library gives: frozen, complete, of plain types. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A number of years in a post that does not decide."""

    years: int
    quote: str
    """Verbatim from the text, white space aside."""
    reason: str
    """Why it does not count, in a clause in English: `preferred`, `company history`. Made for people."""


@dataclass(frozen=True, slots=True)
class Years:
    """The least years of work experience that a post requires, with the proof."""

    minimum: int | None
    """Whole years (18 months are 1), 0 to 60; 0 if it says that none are needed, None if it states none."""
    evidence: str | None
    """The words that say so, verbatim from the text, white space aside; None if `source` is "json-ld"."""
    confidence: Literal["high", "medium", "low"]
    source: Literal["rules", "json-ld"]
    """Where it was read: in the text, by the rules; or in the page's own data (schema.org)."""
    doubt: str = ""
    """A reason to doubt it, as a clause; usually empty."""
    not_counted: tuple[NotCounted, ...] = ()
    """Other numbers of years in the post."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place of work, as far as it is known."""

    city: str | None
    """As the post writes it."""
    region: str | None
    """A state, province or county, where it is named."""
    country: str | None
    """ISO 3166-1 alpha-2."""
    remote: bool
    """It can be done from home, within the place where one is named."""


@dataclass(frozen=True, slots=True)
class Pay:
    """Base pay, as the post states it."""

    minimum: float | None
    """None for "up to"; both are the same where one number is named."""
    maximum: float | None
    """None for "from"."""
    currency: str
    """ISO 4217."""
    per: Literal["hour", "day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Post:
    """A job post."""

    title: str
    """One line; empty if a bare text came without one."""
    is_job: bool | None
    """Whether the page is an open job post; None for a bare text, which is taken for one."""
    reason: str
    """Why it is not a job post, as a clause; empty if it is."""
    is_gone: bool
    """It was a job post, and says that it is closed."""
    years: Years
    text: str
    """The text that the years were read from."""
    company: str | None = None
    location: str | None = None
    """The places, as the post words them."""
    places: tuple[Place, ...] = ()
    """All places of the job; empty if none is named."""
    work: Literal["onsite", "hybrid", "remote"] | None = None
    pay: Pay | None = None
    posted: str | None = None
    """YYYY-MM-DD."""
    closing: str | None = None
    """YYYY-MM-DD."""


@dataclass(frozen=True, slots=True)
class FoundLink:
    """An address that a page links to, judged."""

    url: str
    """Absolute."""
    text: str
    """The most title-like of the texts that link there."""
    is_job: bool | None
    """Whether it leads to a job post; None if only the page behind it can tell."""
    score: float
    """0 to 1; of those in doubt, the likelier half has 0.5 or more."""
    why: tuple[str, ...]
    """The signs with the most weight, as clauses with their points, in English. Made for people."""
