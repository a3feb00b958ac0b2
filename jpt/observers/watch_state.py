"""How a watch is: counted from its events, for the screen, the status file and the metrics."""

from __future__ import annotations

import os
import secrets
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from jpt import __version__
from jpt.models import events
from jpt.models.events import Event, Part, Stage
from jpt.models.jobs import Job
from jpt.models.pages import GOOD, Health
from jpt.observers.lines import is_warning, sentence_of, shortfall, skipped
from jpt.text.clock import local_time, wall_clock
from jpt.text.counts import counted

LAST_EVENTS = 200
INCIDENTS = 200
PACE_MS = 10 * 60_000
"""The time over which the queue's pace is measured."""


@dataclass(slots=True)
class WatchedPage:
    """A page as it stands."""

    site: str
    url: str
    status: Health | None = None
    """None: never read."""
    reading: bool = False
    reason: str = ""
    method: str = ""
    read_ms: int | None = None
    good_ms: int | None = None
    due_ms: int | None = None
    interval_s: float = 0.0
    links: int = 0
    jobs: int = 0
    new_today: int = 0
    failures: int = 0
    failing_since_ms: int | None = None

    @property
    def failing(self) -> bool:
        """Whether its last read was not good."""
        return self.status is not None and self.status not in GOOD


@dataclass(slots=True)
class Incident:
    """Something that was missing, or failed and was mended."""

    part: Part
    sentence: str
    since_ms: int
    until_ms: int | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line of the last events."""

    ts_ms: int
    words: str
    warning: bool


@dataclass(eq=False, slots=True)
class WatchState:
    """Counts events as they come."""

    fits: Callable[[Job], bool] = lambda job: job.include
    """Whether a job that was read fits."""
    clock: Callable[[], int] = wall_clock
    run_id: str = field(default_factory=lambda: secrets.token_hex(4))
    started_ms: int = 0
    stage: Stage = "starting"
    pages: dict[tuple[str, str], WatchedPage] = field(default_factory=dict)
    cycles: int = 0
    cycle_pages: int = 0
    cycle_read: int = 0
    last_cycle_ms: int | None = None
    last_cycle_s: float = 0.0
    last_cycle_pages: int = 0
    next_ms: int | None = None
    waiting: int = 0
    """Posts in the queue."""
    reading: dict[str, str] = field(default_factory=dict)
    """Posts being read now: URL to site."""
    settled: deque[int] = field(default_factory=deque)
    """When posts were settled during the last minutes."""
    counts: Counter[str] = field(default_factory=Counter)
    """Reads by state, posts by outcome, since the start."""
    said: deque[LogLine] = field(default_factory=lambda: deque(maxlen=LAST_EVENTS))
    outages: dict[Part, Incident] = field(default_factory=dict)
    incidents: deque[Incident] = field(default_factory=lambda: deque(maxlen=INCIDENTS))
    version: int = 0
    """Changes with every event: whoever draws may wait for that."""
    _day: str = ""

    def __post_init__(self) -> None:
        self.started_ms = self.clock()

    def __call__(self, event: Event) -> None:
        """Count *event*."""
        self.version += 1
        now = self.clock()
        self._turn_day(now)
        self._of_pages(event, now)
        self._of_posts(event, now)
        self._of_watch(event, now)
        if words := sentence_of(event):
            self.said.appendleft(LogLine(now, words, is_warning(event)))

    # --- What is asked ---

    @property
    def states(self) -> Counter[str]:
        """Count the pages by state."""
        return Counter(page.status or "unread" for page in self.pages.values())

    @property
    def failing(self) -> list[WatchedPage]:
        """Return the pages whose last read was not good, those that fail longest first."""
        pages = [page for page in self.pages.values() if page.failing]
        return sorted(pages, key=lambda page: page.failing_since_ms or 0)

    def posts_a_minute(self) -> float:
        """Return the pace of the queue over the last minutes."""
        now = self.clock()
        while self.settled and self.settled[0] < now - PACE_MS:
            self.settled.popleft()
        if not self.settled:
            return 0.0
        minutes = max(0.25, (now - self.settled[0]) / 60_000)
        return len(self.settled) / minutes

    def left_s(self) -> float | None:
        """Return how long the queue will take, in seconds; None if that is not known."""
        pace = self.posts_a_minute()
        return self.waiting / pace * 60 if pace and self.waiting else None

    def problems(self) -> list[str]:
        """Return what is wrong with the watch itself."""
        found = [f"{incident.part}: {incident.sentence}" for incident in self.outages.values()]
        read = [page for page in self.pages.values() if page.status is not None]
        bad = sum(page.failing for page in read)
        if len(read) >= 4 and bad * 2 > len(read):
            found.append(f"{bad} of {counted(len(read), 'page')} could not be read at the last try.")
        return found

    def as_json(self) -> dict[str, Any]:
        """Return all that other programs may want to know."""
        return {
            "pid": os.getpid(),
            "version": __version__,
            "run_id": self.run_id,
            "started_ts_ms": self.started_ms,
            "beat_ts_ms": self.clock(),
            "stage": self.stage,
            "cycle": {
                "number": self.cycles,
                "last_ts_ms": self.last_cycle_ms,
                "seconds": round(self.last_cycle_s, 2),
                "pages": self.last_cycle_pages,
                "next_ts_ms": self.next_ms,
            },
            "pages": len(self.pages),
            "states": dict(self.states),
            "queue": {"waiting": self.waiting, "posts_a_minute": round(self.posts_a_minute(), 2)},
            "counts": dict(self.counts),
            "problems": self.problems(),
            "outages": [asdict(incident) for incident in self.outages.values()],
            "incidents": [asdict(incident) for incident in self.incidents],
        }

    # --- What is counted ---

    def _of_pages(self, event: Event, now: int) -> None:
        match event:
            case events.PagesAre():
                self.pages = {key: self.pages.get(key) or WatchedPage(*key) for key in event.pages}
            case events.PageKnown():
                page = self._page(event.site, event.url)
                page.status, page.reason, page.method = event.status, event.reason, event.method
                page.read_ms, page.good_ms = event.read_ms, event.good_ms
                page.links, page.jobs, page.failures = event.links, event.jobs, event.failures
                page.failing_since_ms, page.new_today = event.failing_since_ms, event.new_today
            case events.PageDue():
                page = self._page(event.site, event.url)
                page.due_ms, page.interval_s = event.due_ms, event.interval_s
            case events.SiteStarted():
                self._page(event.site, event.url).reading = True
            case events.SiteDone():
                self._read(self._page(event.site, event.url), event, now)
            case events.SiteSkipped():
                page = self._page(event.site, event.url)
                page.reading, page.reason = False, skipped(event)

    def _read(self, page: WatchedPage, event: events.SiteDone, now: int) -> None:
        page.reading = False
        page.status, page.reason = event.status, event.reason or shortfall(event.partial)
        page.read_ms = now
        # What a page shows when it is first read is not new.
        page.new_today += event.queued if page.good_ms is not None else 0
        page.method = event.method or page.method
        self.counts[f"read_{event.status}"] += 1
        self.counts["queued"] += event.queued
        self.cycle_read += 1
        self.waiting += event.queued
        if page.failing:
            page.failures += 1
            page.failing_since_ms = page.failing_since_ms or now
        else:
            page.good_ms, page.failures, page.failing_since_ms = now, 0, None
            page.links, page.jobs = event.links, event.jobs

    def _of_posts(self, event: Event, now: int) -> None:
        match event:
            case events.TaskStarted():
                self.reading[event.url] = event.site
            case events.TaskDone():
                self._settle(event.job.url, "done", now)
                if event.job.is_new and event.job.unread is None and self.fits(event.job):
                    self.counts["fitting"] += 1
                    self.counts["fitting_new"] += event.job.news is None or event.job.news.is_news
            case events.TaskDismissed():
                self._settle(event.url, "not_jobs", now)
            case events.TaskFailed() if event.final:
                self._settle(event.url, "failed", now)
            case events.TaskFailed():
                self.reading.pop(event.url, None)
                self.counts["tried_again"] += 1
            case events.ModelUsed():
                self.counts["model_tokens"] += event.tokens
                self.counts["model_asked"] += event.asked
            case events.Backlog() | events.QueueKnown() | events.QueueLeft():
                self.waiting = event.waiting

    def _settle(self, url: str, outcome: str, now: int) -> None:
        self.reading.pop(url, None)
        self.counts[outcome] += 1
        self.settled.append(now)
        self.waiting = max(0, self.waiting - 1)

    def _of_watch(self, event: Event, now: int) -> None:
        match event:
            case events.Digested():
                self.counts["digests"] += len(event.outcome.sent)
                self.counts["told"] += event.outcome.reported
            case events.StageIs():
                self.stage = event.stage
            case events.CycleBegan():
                self.cycles, self.cycle_pages, self.cycle_read = event.number, event.pages, 0
            case events.CycleDone():
                self._end_cycle(event, now)
            case events.OutageBegan():
                if event.part in self.outages:
                    self.outages[event.part].until_ms = now
                self.outages[event.part] = Incident(event.part, event.sentence, now)
                self.incidents.append(self.outages[event.part])
                self.counts["incidents"] += 1
            case events.OutageOver():
                if incident := self.outages.pop(event.part, None):
                    incident.until_ms = now
            case events.BrowsersDied():
                self.incidents.append(Incident("browser", sentence_of(event), now, now))
                self.counts["incidents"] += 1

    def _end_cycle(self, event: events.CycleDone, now: int) -> None:
        self.reading.clear()
        for page in self.pages.values():
            page.reading = False
        self.next_ms = event.next_ms
        if event.pages:
            self.last_cycle_ms, self.last_cycle_s, self.last_cycle_pages = now, event.seconds, event.pages

    def _page(self, site: str, url: str) -> WatchedPage:
        return self.pages.setdefault((site, url), WatchedPage(site, url))

    def _turn_day(self, now: int) -> None:
        day = local_time(now).strftime("%Y-%m-%d")
        if day != self._day:
            self._day = day
            for page in self.pages.values():
                page.new_today = 0
