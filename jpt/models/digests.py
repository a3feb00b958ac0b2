"""Digests, their jobs, recipients and outcomes: the values that store and digest share."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from jpt.models.jobs import Experience
from jpt.models.pages import Partial
from jpt.models.places import JobPlace
from jpt.text.clean import clean_line

DEFAULT = "default"
"""The profile of whoever runs jpt: its filters stand at the top of the rules file, its mail goes to EMAIL_TO."""

MAIL = "mail"
"""The channel that is mail; the others are named after a fingerprint of their address."""

State = Literal["READY", "SENDING", "UNKNOWN", "SENT", "FAILED", "HELD", "SPLIT"]
"""READY waits to be sent; SENDING is in somebody's hands; UNKNOWN was handed over without an answer;
FAILED was refused for good and is tried again; HELD waits for the user; SPLIT went on as two halves."""

RULES = (
    "years",
    "years.unstated",
    "title.include",
    "title.exclude",
    "location.include",
    "location.exclude",
    "location.unstated",
    "location.remote",
    "company.include",
    "company.exclude",
)
"""The rules that may keep a job out; job_details.exclude_reason begins with one (or is `min_years_gte_4`)."""

OPEN_STATES = ("READY", "SENDING", "UNKNOWN", "FAILED", "HELD")

Section = Literal["new", "visible", "unread"]
"""New jobs; old ones that became visible only now; those whose posts could not be read."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to one person: where a job is reported once."""

    profile: str
    name: str

    @property
    def is_mail(self) -> bool:
        """Whether it is mail."""
        return self.name == MAIL

    @property
    def is_default_mail(self) -> bool:
        """Whether job_details keeps its marks, as the old system's readers expect."""
        return self.profile == DEFAULT and self.is_mail


PlaceDoubt = Literal["unstated", "unclear"]
"""Why a rule on places cannot tell whether a job fits: it names no place, or one that may lie elsewhere."""


@dataclass(frozen=True, slots=True)
class News:
    """A stored job that may be reported, with all that filters and templates look at."""

    site: str
    url: str
    title: str
    experience: Experience
    found_ts_ms: int
    location: str = ""
    """The places in words."""
    places: tuple[JobPlace, ...] = ()
    """The same, as far as they are known."""
    remote: str = ""
    """remote, hybrid, onsite or empty: what the post says."""
    salary: str = ""
    """One line for people."""
    pay: Mapping[str, Any] | None = None
    """min and max (numbers, one may be None), currency (ISO 4217), per: what the post states, complete."""
    posted: str = ""
    """A day, YYYY-MM-DD."""
    employer: str = ""
    """Whom the post itself names."""
    requisition: str = ""
    final_url: str = ""
    yearly_pay: float = 0.0
    """The least pay that it states, for a year; 0 where it states none. To sort by, whatever the currency."""
    unread: str | None = None
    """Why the page could not be read, when it stands for the link only."""
    unopened: bool = False
    """Its title alone keeps it from everybody, so its post was not opened."""
    newly_visible: bool = False
    first_read: bool = False
    """It was open when its site was read for the first time."""
    flood: bool = False
    """It came with unusually many at once, as after a page was rebuilt."""
    place_doubt: PlaceDoubt | None = None
    """Where rules on places let it through although nobody can tell its place."""
    text_mark: str = ""
    """Fingerprint of the post's text, blind to digits and white space; empty where there is no text."""

    @property
    def key(self) -> tuple[str, str]:
        """What the store knows it by."""
        return self.site, self.url

    @property
    def is_news(self) -> bool:
        """Whether it was new when it was found, and not only seen for the first time with all of its page."""
        return not (self.first_read or self.newly_visible or self.flood)

    @property
    def company(self) -> str:
        """The company's name, for people."""
        return clean_line(self.site, 120) or "(no name)"

    @property
    def work(self) -> str:
        """Kind of work for people; empty where the place already names it."""
        return "" if self.remote.casefold() in self.location.casefold() else self.remote

    @property
    def section(self) -> Section:
        """Where in a digest it belongs."""
        if self.unread is not None:
            return "unread"
        return "visible" if self.newly_visible else "new"

    @property
    def entry_level(self) -> bool:
        """Whether the post itself asks for at most a year, or says that it asks for none."""
        least = self.experience.least
        return self.unread is None and least is not None and least <= 1


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """A job of a digest, with the other places where the same job is advertised."""

    news: News
    copies: tuple[News, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What is due on a channel."""

    entries: tuple[DigestEntry, ...]
    """Oldest first."""
    repeats: tuple[tuple[News, str, str], ...] = ()
    """Reposts of jobs reported before, each with its digest and the address reported there."""


Answer = Literal["PENDING", "ACCEPTED", "REFUSED"]
"""PENDING has no answer, or is asked to wait; the others are final."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """What came of one digest at one address."""

    address: str
    state: Answer = "PENDING"
    code: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Frozen:
    """The bytes of a digest, made once and never altered."""

    digest_id: str
    message_id: str
    subject: str
    content: bytes
    recipients: tuple[str, ...]
    entries: tuple[DigestEntry, ...] = ()
    kind: Literal["jobs", "health"] = "jobs"
    weight: int = 0
    """What counts against the limit of its channel: bytes of the HTML, or characters of the message."""

    @property
    def sha256(self) -> str:
        """The fingerprint of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


def frozen(
    content: bytes,
    entries: Sequence[DigestEntry],
    *,
    subject: str,
    to: Iterable[str],
    where: str,
    weight: int,
    digest_id: str = "",
) -> Frozen:
    """Freeze what reports *entries* on a channel, which *where* names in the message's own name.

    *digest_id* where the bytes name it already.
    """
    name = digest_id or new_id()
    return Frozen(
        digest_id=name,
        message_id=f"<{name}.jpt@{where}>",
        subject=subject,
        content=content,
        recipients=tuple(to),
        entries=tuple(entries),
        kind="jobs" if entries else "health",
        weight=weight,
    )


def new_id() -> str:
    """Return a digest's name, chosen before anything else."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Digest:
    """A stored digest."""

    digest_id: str
    channel: Channel
    state: State
    kind: str
    subject: str
    message_id: str
    created_ts_ms: int
    jobs: int
    """Jobs that it reports, copies not counted."""
    attempts: int
    unknowns: int
    """How often it was handed over without an answer."""
    next_try_ts_ms: int | None
    accepted_ts_ms: int | None
    last_error: str | None
    recipients: tuple[Recipient, ...] = ()
    owner: str = ""
    """Who holds it; ends in a nonce per claim."""
    content: bytes = b""
    """Filled in when it is taken to be sent."""

    @property
    def sha256(self) -> str:
        """The fingerprint of the bytes, once they are filled in."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def pending(self) -> tuple[str, ...]:
        """The addresses that have not answered for good."""
        return tuple(one.address for one in self.recipients if one.state == "PENDING")


@dataclass(frozen=True, slots=True)
class InDigest:
    """In which digest a job is, on one channel."""

    channel: Channel
    site: str
    digest_id: str
    state: State
    accepted_ts_ms: int | None
    """When a server accepted it; None while it waits."""
    copy_of: str = ""
    """The address under which it was reported, where this one is a copy."""


@dataclass(frozen=True, slots=True)
class FailingPage:
    """A careers page that cannot be read."""

    site: str
    url: str
    status: str
    reason: str
    since_ts_ms: int
    failures: int


@dataclass(frozen=True, slots=True)
class PartialPage:
    """A careers page that was read in part."""

    site: str
    url: str
    partial: Partial
    reads: int
    """In a row."""


@dataclass(frozen=True, slots=True)
class DeadTask:
    """A post that was given up."""

    site: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class HealthReport:
    """What does not work, as a digest says it."""

    pages: int = 0
    failing: tuple[FailingPage, ...] = ()
    partial: tuple[PartialPage, ...] = ()
    dead: int = 0
    """Posts given up, over all time."""
    newly_dead: tuple[DeadTask, ...] = ()
    """Those given up since the last digest."""

    @property
    def bad(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.failing or self.partial or self.newly_dead)

    @property
    def much_is_broken(self) -> bool:
        """Whether at least half of the pages cannot be read."""
        return bool(self.failing) and 2 * len(self.failing) >= self.pages


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a delivery came to, over all channels."""

    sent: tuple[Digest, ...] = ()
    unsent: tuple[Digest, ...] = ()
    """Those still waiting, each with its reason."""
    reported: int = 0
    """Jobs in the digests that were sent."""
    filtered: int = 0
    waiting: int = 0
    """Jobs that are due and carried over."""
    notes: tuple[str, ...] = ()
    """Sentences for the user: refusals, jobs taken over from the record of sent mail."""
    configured: bool = True
    held_back: str = ""
    """Why nothing was sent now although something may be due: quiet hours, the next time of the day."""
    misconfigured: bool = False
    """A server refused the login, or cannot be trusted: only the user can mend that."""

    @property
    def failed(self) -> bool:
        """Whether something that should have gone out did not."""
        return bool(self.unsent)

    def as_json(self) -> dict[str, Any]:
        """Return it in the shape that `jpt run --json` prints."""
        return {
            "sent": len(self.sent),
            "jobs": self.reported,
            "ids": [digest.digest_id for digest in self.sent],
            "failed": [
                {"id": one.digest_id, "profile": one.channel.profile, "state": one.state, "error": one.last_error}
                for one in self.unsent
            ],
            "filtered": self.filtered,
            "waiting": self.waiting,
            "held_back": self.held_back or None,
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class SentLine:
    """A line of the record of sent digests, kept outside the database."""

    database: str
    digest_id: str
    message_id: str
    profile: str
    channel: str
    sent_ts_ms: int
    sha256: str
    recipients: tuple[str, ...]
    """Those that accepted it this time."""
    jobs: tuple[tuple[str, str], ...] = ()
    """Site and URL of each job that it reports, copies included."""


def text_mark(text: str) -> str:
    """Return the fingerprint of a post's text: digits, white space and the day's words do not count."""
    if len(text) < 200:
        return ""
    words = _NOISE.sub(" ", text.casefold())
    return hashlib.sha256(" ".join(words.split()).encode("utf-8", "replace")).hexdigest()[:32]


_NOISE = re.compile(
    r"[\W\d_]+|\b(?:posted|published|today|yesterday|just now|new|days?|hours?|weeks?|months?|ago)\b"
)
