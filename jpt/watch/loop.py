"""`jpt watch`: reads what is due, works the queue, sends the digests that are due, and waits; until it is stopped.

    run      a browser pool after the other: a new one when the settings or the list change, or it broke
    _serve   with one pool: wait, cycle, wait, cycle…
    _cycle   hold the database, scan what is due, work the queue, let go of the database

Whatever is needed may go and come back: the database, the browser, the network, the list of companies. It is
reported once when it goes, tried again with growing pauses, and reported once when it is back.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import anyio
import anyio.to_thread

from jpt.browser.pool.protocol import PagePool
from jpt.cycle.pipeline import Pipeline
from jpt.cycle.plan import Plan
from jpt.cycle.visits import BrowserDeaths
from jpt.errors import BrowserUnusable, JptError
from jpt.models import events
from jpt.models.events import Event, Report, to_all
from jpt.models.pace import Pace
from jpt.models.pages import GOOD, Company, chosen_vias
from jpt.models.wants import EVERYTHING, Wants
from jpt.net.politeness import Politeness
from jpt.observers.tally import Tally
from jpt.settings import Settings, heap
from jpt.store import Store
from jpt.text.clock import wall_clock
from jpt.text.counts import counted
from jpt.watch.database import Database, has_due_posts
from jpt.watch.digest_clock import DigestClock
from jpt.watch.files import Loaded, UserFiles
from jpt.watch.outages import Outages, OwnError, known_fault, missing_part
from jpt.watch.recall import pages_known
from jpt.watch.request_poller import RequestPoller
from jpt.watch.schedule import Schedule

LOOK_S = 2.0
"""How often settings and list are checked for changes."""
QUEUE_LOOK_S = 60.0
"""How often, between cycles, the queue is checked for work from other processes."""
LONGEST_CYCLE_S = 90.0
"""After this long nothing joins a cycle, neither page nor post, so that pages that are due, digests, what the user
has written and other programs on the database get their turn; the queue continues in the next one."""
COURTESY_S = 0.3
"""The database is released for at least this long between two cycles."""
TRIM_S = 60.0
"""How often free memory is given back: it costs some 10 ms."""
MOST_BUGS = 5
"""Bugs in a row after which the watch ends."""
PAUSES_S = (2.0, 5.0, 15.0, 30.0, 60.0)
"""Pauses while something is missing."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Setup:
    """How to get at what a watch needs."""

    load: Callable[[], Loaded]
    """Reads settings and list; raises JptError when they cannot be used."""
    files: tuple[Path, ...]
    """Where they stand: read again when one of these changes."""
    pool: Callable[[Settings, Report, Sequence[str]], AbstractAsyncContextManager[PagePool]]
    hold: Callable[[Settings], AbstractContextManager[object]]
    """Holds the database for a cycle; raises Locked."""
    tell: Callable[[Settings, Store, Report], Awaitable[None]] | None = None
    """Called at the end of a cycle, while the database is held: sends the digests that are due."""
    wants: Wants = EVERYTHING
    """As `Pipeline` asks it."""


@dataclass(eq=False, slots=True)
class Watch:
    """One watch over a list of companies."""

    setup: Setup
    report: Report
    clock: Callable[[], int] = wall_clock
    pool: PagePool | None = field(init=False, default=None)
    """The present one, to be looked at."""
    _outages: Outages = field(init=False)
    _files: UserFiles = field(init=False)
    _database: Database = field(init=False)
    _digests: DigestClock = field(init=False)
    _read_requests: RequestPoller = field(init=False, default_factory=RequestPoller)
    _schedule: Schedule = field(init=False)
    _politeness: Politeness = field(init=False)
    _pipeline: Pipeline | None = field(init=False, default=None)
    _deaths: BrowserDeaths | None = field(init=False, default=None)
    _is_paused: bool = field(init=False, default=False)
    _is_over: bool = field(init=False, default=False)
    _is_stale: bool = field(init=False, default=False)
    """The pool has to be another one: settings or list have changed."""
    _news: anyio.Event = field(init=False, default_factory=anyio.Event)
    _number: int = field(init=False, default=0)
    _has_recalled: bool = field(init=False, default=False)
    """What the database knows of the pages was taken up."""
    _has_names: bool = field(init=False, default=False)
    """The database knows what the list calls its sites now."""
    _queue_look_at: float = field(init=False, default=0.0)
    """When the queue is to be looked at, on the monotonic clock."""
    _trim_at: float = field(init=False, default=0.0)
    """When free memory is to be given back."""
    _failures: int = field(init=False, default=0)
    """Cycles in a row that something was missing for."""

    def __post_init__(self) -> None:
        self._outages = Outages(self.report)
        self._files = UserFiles(self.setup.load, self.setup.files, self._outages)
        self._database = Database(self.setup.hold, self._outages)
        self._digests = DigestClock(self.clock)
        self._apply(self._files.loaded, None)

    @property
    def settings(self) -> Settings:
        """Those that count at present."""
        return self._files.loaded.settings

    @property
    def paces(self) -> list[Pace]:
        """How often each page is read at present."""
        return self._schedule.paces

    # --- What others say ---

    def wind_down(self) -> None:
        """Start nothing more, finish what is in flight, and end."""
        self._is_over = True
        self.report(events.StageIs("stopping"))
        self._notify()

    def pause(self) -> None:
        """Start nothing more until this is called again; while it ends there is nothing to pause."""
        if self._is_over:
            return
        self._is_paused = not self._is_paused
        # What is in flight when it continues is finished first, and then the cycle starts anew.
        stage: events.Stage = "waiting" if self._pipeline is None else "reading"
        self.report(events.StageIs("paused" if self._is_paused else stage))
        self._notify()

    def read_now(self) -> None:
        """Read all pages now and not when they are due; while it is paused, as soon as it continues."""
        if self._is_over:
            return
        self._schedule.hurry()
        when = "as soon as it continues" if self._is_paused else "now"
        self.report(events.Notice(f"All pages are read {when}, as you asked."))
        self._notify()

    def _notify(self) -> None:
        if self._pipeline is not None and (self._is_over or self._is_paused):
            self._pipeline.wind_down()
        self._news.set()
        self._news = anyio.Event()

    # --- The life of a watch ---

    async def run(self) -> None:
        """Watch until it is wound down or cancelled; raises JptError when it cannot even start."""
        self.report(events.StageIs("starting"))
        while not self._is_over:
            fault: JptError | None = None
            try:
                urls = [company.url for company in self._files.loaded.listed.companies]
                async with self.setup.pool(self.settings, self.report, urls) as self.pool:
                    self._deaths = BrowserDeaths(self.pool, self.report)
                    await self._serve(self.pool)
            except* JptError as group:
                fault = known_fault(group)
            except* Exception as bugs:
                # Unattended, a bug must not end the watch at its first showing; it is reported, and logged.
                if self._failures >= MOST_BUGS:
                    raise
                log.exception("jpt itself failed; it continues with a new browser")
                fault = OwnError.of(bugs)
            finally:
                self.pool = self._deaths = None
            if fault is not None:
                await self._wait_for(fault)
            self._reload()

    async def _serve(self, pool: PagePool) -> None:
        """Do cycle after cycle, until the pool has to be another one; raises BrowserUnusable or Locked."""
        self._is_stale = False
        while not self._is_over:
            if not await self._wait():
                return
            fault: JptError | None = None
            try:
                await self._cycle(pool)
            except* JptError as group:
                fault = known_fault(group)
            finally:
                self._check_browsers()
            if isinstance(fault, BrowserUnusable):
                raise fault
            if fault is not None:
                await self._wait_for(fault)
                continue
            self._failures = 0
            self._outages.report_return("jpt")
            if monotonic() >= self._trim_at:
                self._trim_at = monotonic() + TRIM_S
                await anyio.to_thread.run_sync(heap.trim)
            await self._nap(COURTESY_S)

    async def _wait_for(self, fault: JptError) -> None:
        """Report what is missing, and pause before it is tried again."""
        self._outages.report_loss(missing_part(fault), fault)
        await self._nap(PAUSES_S[min(self._failures, len(PAUSES_S) - 1)])
        self._failures += 1

    async def _wait(self) -> bool:
        """Wait until there is something to do; False when settings or list have changed, or all is over."""
        is_reported = False
        while not self._is_over:
            self._reload()
            if self._is_stale:
                return False
            if sites := await self._read_requests.sites(self.settings.db):
                self._schedule.hurry(sites)
                self.report(events.Notice(f"Read now, as you asked: {', '.join(sites)}."))
            wait_s = self._wait_s()
            if not self._is_paused and wait_s <= 0:
                return True
            if not self._is_paused and not is_reported:
                is_reported = True
                self.report(events.StageIs("waiting"))
            await self._nap(LOOK_S if self._is_paused else min(LOOK_S, wait_s))
            self._check_browsers()
        return False

    def _wait_s(self) -> float:
        page_s = self._schedule.wait_s()
        queue_s = max(0.0, self._queue_look_at - monotonic())
        return queue_s if page_s is None else min(page_s, queue_s)

    async def _nap(self, seconds: float) -> None:
        if not self._is_over:
            with anyio.move_on_after(seconds):
                await self._news.wait()

    # --- One cycle ---

    async def _cycle(self, pool: PagePool) -> None:
        """Read the pages that are due and work the queue, holding the database."""
        settings = self.settings
        started = monotonic()
        async with self._database.open(settings) as store:
            await self._recall(store)
            self._schedule.begin()
            pages = self._schedule.due()
            try:
                is_busy = bool(pages) or await has_due_posts(store)
                if is_busy:
                    await self._read(settings, store, pool, pages)
            finally:
                self._schedule.give_up(self._schedule.companies)
            await anyio.to_thread.run_sync(store.paces.keep, self._schedule.paces)
            due_s = await anyio.to_thread.run_sync(store.queue.next_due_in_s)
            has_backlog = due_s is not None and due_s <= 0
            times = settings.timetable
            if not self._is_over and self._digests.is_due(
                times, was_busy=is_busy, has_backlog=has_backlog, since=started
            ):
                self._digests.restart(times)
                if self.setup.tell is not None:
                    await self.setup.tell(settings, store, to_all(self._note, self.report))
        queue_s = QUEUE_LOOK_S if due_s is None else min(QUEUE_LOOK_S, max(1.0, due_s))
        # The time of a digest is kept, though no page is due then.
        self._queue_look_at = max(monotonic() + 1, min(monotonic() + queue_s, self._digests.look_at))

    async def _read(self, settings: Settings, store: Store, pool: PagePool, pages: list[Company]) -> None:
        self._number += 1
        started = monotonic()
        tally = Tally(tuple(pages))
        run = await anyio.to_thread.run_sync(store.history.begin, "jpt watch") if pages else None
        report = to_all(self._note, tally, self.report)
        self._pipeline = Pipeline(
            settings,
            store,
            pool,
            report,
            politeness=self._politeness,
            deaths=self._deaths,
            wants=self.setup.wants,
            # Posts of sites that are not due are read, too.
            vias=chosen_vias(self._schedule.companies),
        )
        self.report(events.StageIs("reading"))
        self.report(events.CycleBegan(self._number, len(pages)))
        joined = 0

        def more() -> Sequence[Company]:
            nonlocal joined
            if self._is_over or self._is_paused or monotonic() - started > LONGEST_CYCLE_S:
                return ()
            joining = self._schedule.due()
            joined += len(joining)
            return joining

        try:
            if self._is_over or self._is_paused:
                self._pipeline.wind_down()
            await self._pipeline.run(Plan(tuple(pages), more=more, posts_until=started + LONGEST_CYCLE_S))
            self._outages.report_return("browser")
        finally:
            self._pipeline = None
        if run is not None:
            outcome = "interrupted" if self._is_over else "done" if tally.complete else "partly"
            await anyio.to_thread.run_sync(store.history.end, run, outcome, tally.as_json())
        wait_s = self._schedule.wait_s()
        next_ms = None if wait_s is None else self.clock() + int(wait_s * 1000)
        self.report(events.CycleDone(self._number, len(pages) + joined, monotonic() - started, next_ms))

    async def _recall(self, store: Store) -> None:
        """Take up where an earlier watch ended, and report how each page stands; and follow the list's names."""
        if not self._has_names:
            await anyio.to_thread.run_sync(store.site_decisions.follow_names, self._files.loaded.listed.companies)
            self._has_names = True
        if self._has_recalled:
            return
        listed = self._files.loaded.listed.companies
        self._schedule.follow(listed, await anyio.to_thread.run_sync(store.paces.all))
        self._has_recalled = True
        for page in await anyio.to_thread.run_sync(pages_known, store, self._schedule.companies):
            self.report(page)
        self._report_due()

    # --- What a cycle's events mean for the schedule and the outages ---

    def _note(self, event: Event) -> None:
        match event:
            case events.SiteDone():
                self._schedule.read(event.site, event.url, event.status, news=event.queued > 0)
                self._report_due((event.site, event.url))
                if event.status in GOOD:
                    self._outages.report_return("network")
            case events.SiteSkipped():
                self._schedule.skip(event.site, event.url, event.wait_s)
                self._report_due((event.site, event.url))
            case events.NoNetwork():
                self._outages.report_loss("network", JptError(f"No network: {event.what}. {event.example}"))
                self._schedule.offline()
                self._report_due()
            case events.Digested() if event.outcome.unsent:
                waiting = event.outcome.unsent[0].last_error or "the mail server did not accept it"
                self._outages.report_loss("mail", JptError(f"A digest waits: {waiting}"))
            case events.Digested() if event.outcome.sent:
                self._outages.report_return("mail")
            case events.ModelUsed() if event.stopped:
                self._outages.report_loss("model", JptError(event.stopped))
            case events.ModelUsed() if event.asked:
                self._outages.report_return("model")

    def _check_browsers(self) -> None:
        if self._deaths is not None:
            self._deaths.check()

    def _report_due(self, *pages: tuple[str, str]) -> None:
        """Report when each page (or each of *pages*, by site and URL) is due."""
        for due in self._schedule.due_times(*pages):
            self.report(due)

    # --- What the user has written ---

    def _reload(self) -> None:
        """Apply settings and list again if they have changed."""
        before = self._files.loaded
        if self._files.reload():
            self._apply(self._files.loaded, before)
            self._is_stale = True
            count = len(self._files.loaded.listed.companies)
            words = counted(count, "page is", "pages are")
            self.report(events.Notice(f"Settings and list were read again: {words} watched."))

    def _apply(self, loaded: Loaded, before: Loaded | None) -> None:
        self._has_names = False
        settings = loaded.settings
        if before is not None and before.settings.db != settings.db:
            self._has_recalled = False
            self._database.forget()
        if before is None or before.settings != settings:
            paces = self._schedule.paces if before is not None else []
            self._schedule = Schedule(settings.every_s, self.clock)
            self._schedule.follow(loaded.listed.companies, paces)
            self._politeness = Politeness(settings.host_pages, settings.host_interval_ms)
        self._schedule.follow(loaded.listed.companies)
        pages = tuple((company.name, company.url) for company in loaded.listed.companies)
        self.report(events.PagesAre(pages))
        for warning in loaded.warnings:
            self.report(events.Notice(warning, warning=True))
        for problem in loaded.listed.problems:
            self.report(events.Notice(problem.sentence, warning=problem.bad))
        self._report_due()
