"""What the pipeline says while it works: values for whoever shows them. The library never prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from jpt.models.digests import Outcome
from jpt.models.jobs import Job
from jpt.models.pages import Health, Partial

Stage = Literal["starting", "reading", "waiting", "paused", "stopping"]
"""What `jpt watch` is doing."""
Part = Literal["database", "browser", "network", "another run", "settings", "mail", "model", "jpt"]
"""What may come and go while it runs."""
SkipReason = Literal["paused", "not yet"]
"""Why a page was not read: the user paused its site, or its host asks to be left alone until later."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened."""


@dataclass(frozen=True, slots=True)
class Notice(Event):
    """A sentence for the user that belongs to no site."""

    sentence: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class SiteStarted(Event):
    """A page of a site is being read now."""

    site: str
    url: str


@dataclass(frozen=True, slots=True)
class SiteDone(Event):
    """A page of a site was read, for better or worse."""

    site: str
    url: str
    status: Health
    reason: str
    links: int = 0
    jobs: int = 0
    added: int = 0
    """Links that were not there at the last good read."""
    queued: int = 0
    """New job links put in the queue."""
    seconds: float = 0.0
    method: str = ""
    """How it was read: `browser`, or the name of a feed."""
    advertised: int | None = None
    """How many jobs the page itself says there are."""
    partial: Partial | None = None
    """How much of the list was read; None when all of it was."""


@dataclass(frozen=True, slots=True)
class SiteSkipped(Event):
    """A page of a site was not read, and nothing was learned of it."""

    site: str
    url: str
    why: SkipReason
    wait_s: float | None = None
    """For how long its host asks to be left alone, in seconds; None where that is not the reason."""


@dataclass(frozen=True, slots=True)
class NoNetwork(Event):
    """Most of the sites could not be reached: that is the network, not the sites."""

    sites: int
    """Pages that were missed; no failure counts against them."""
    example: str
    what: str = ""
    """What is wrong, in a clause."""


@dataclass(frozen=True, slots=True)
class QueueKnown(Event):
    """How many posts wait, over all sites, once every site was read."""

    waiting: int
    limit: int | None


@dataclass(frozen=True, slots=True)
class Backlog(Event):
    """How many posts waited when the cycle began."""

    waiting: int


@dataclass(frozen=True, slots=True)
class QueueLeft(Event):
    """How many posts wait now that the cycle is over."""

    waiting: int


@dataclass(frozen=True, slots=True)
class ModelUsed(Event):
    """What a model was asked in the cycle."""

    asked: int
    """Posts sent to it."""
    remembered: int
    """Posts whose answer was known from before."""
    counted: int
    """Answers that the text bore out."""
    tokens: int
    stopped: str
    """Why it was not used any more; empty when it was."""


@dataclass(frozen=True, slots=True)
class TaskStarted(Event):
    """A post is being rendered."""

    site: str
    url: str


@dataclass(frozen=True, slots=True)
class TaskDone(Event):
    """A post was read and stored."""

    job: Job


@dataclass(frozen=True, slots=True)
class TaskDismissed(Event):
    """A link turned out not to be an open job post."""

    site: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class TaskFailed(Event):
    """A post could not be read this time."""

    site: str
    url: str
    reason: str
    final: bool
    """No attempt is left: the row says that it could not be read."""


@dataclass(frozen=True, slots=True)
class StageIs(Event):
    """`jpt watch` is now in this stage."""

    stage: Stage


@dataclass(frozen=True, slots=True)
class CycleBegan(Event):
    """`jpt watch` reads what is due."""

    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class CycleDone(Event):
    """`jpt watch` has read what was due, and worked the queue."""

    number: int
    pages: int
    seconds: float
    next_ms: int | None
    """When the next page is due."""


@dataclass(frozen=True, slots=True)
class PageKnown(Event):
    """How a page stood when `jpt watch` began, or took it up."""

    site: str
    url: str
    status: Health | None
    """None: never read."""
    reason: str = ""
    method: str = ""
    read_ms: int | None = None
    good_ms: int | None = None
    links: int = 0
    jobs: int = 0
    failures: int = 0
    failing_since_ms: int | None = None
    new_today: int = 0
    """Jobs that were new there earlier today."""


@dataclass(frozen=True, slots=True)
class PageDue(Event):
    """When a page is read next."""

    site: str
    url: str
    due_ms: int
    interval_s: float


@dataclass(frozen=True, slots=True)
class PagesAre(Event):
    """The pages that are watched from now on."""

    pages: tuple[tuple[str, str], ...]
    """Site and URL of each."""


@dataclass(frozen=True, slots=True)
class OutageBegan(Event):
    """Something that is needed has gone; it is tried again until it is back."""

    part: Part
    sentence: str


@dataclass(frozen=True, slots=True)
class OutageOver(Event):
    """It is back."""

    part: Part


@dataclass(frozen=True, slots=True)
class BrowsersDied(Event):
    """Browsers died or did not answer, and were replaced at once."""

    count: int


@dataclass(frozen=True, slots=True)
class Digested(Event):
    """Digests that were due were sent, or why not."""

    outcome: Outcome


Report = Callable[[Event], None]


def to_all(*listeners: Report) -> Report:
    """Return what reports each event to all *listeners*, in this order."""

    def report(event: Event) -> None:
        for listener in listeners:
            listener(event)

    return report
