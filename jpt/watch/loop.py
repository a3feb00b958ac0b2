"""`jpt watch`: reads what is due, works the queue, tells what is due, and waits; for ever.

    run      a browser pool after the other: a new one when the settings or the list change, or it broke
    _serve   with one pool: wait, cycle, wait, cycle…
    _cycle   hold the database, scan what is due, work the queue, let go of the database

Whatever is needed may go and come back: the database, the browser, the network, the list of companies. It
is said once when it goes, tried again with growing pauses, and said once when it is back.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import anyio
import anyio.to_thread

from jpt.browser.pool.pool import BrowserPool
from jpt.cycle.pipeline import Pipeline, Plan
from jpt.errors import BrowserUnusable, JptError, Locked, StoreError
from jpt.inputs.companies import CompanyList
from jpt.models import events
from jpt.models.events import Event, Report
from jpt.models.pace import Pace
from jpt.models.pages import Company
from jpt.net.manners import Manners
from jpt.observers.tally import Tally
from jpt.settings import Settings
from jpt.store import Store, wall_clock
from jpt.text.counts import counted
from jpt.watch import heap
from jpt.watch.outages import Outages, OwnError, WaitingError, known, part_of
from jpt.watch.recall import jobs_of_today, pages_known
from jpt.watch.schedule import Schedule

LOOK_S = 2.0
"""How often it is looked whether the settings or the list have changed."""
TELL_S = 300.0
"""How often it is looked whether a digest is due, where no page and no post was read."""
QUEUE_LOOK_S = 60.0
"""How often, between cycles, it is looked whether somebody else put work into the queue."""
LONGEST_CYCLE_S = 90.0
"""After this long nothing joins a cycle, neither page nor post, so that pages that are due, digests, what the user
has written and other programs on the database get their turn; the queue goes on in the next one."""
BACKLOG_TELL_S = 900.0
"""While posts wait, digests go out no more often than so: a first look at many sites is not fifty letters."""
COURTESY_S = 0.3
"""The database is let go for at least so long between two cycles."""
TRIM_S = 60.0
"""How often free memory is given back: it costs some 10 ms."""
MOST_BUGS = 5
"""Bugs in a row after which it ends all the same."""
PAUSES_S = (2.0, 5.0, 15.0, 30.0, 60.0)
"""Pauses while something is missing."""


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the user has written: settings and list."""

    settings: Settings
    listed: CompanyList
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setup:
    """How to get at what a watch needs."""

    load: Callable[[], Loaded]
    """Reads settings and list; raises JptError when they cannot be used."""
    files: tuple[Path, ...]
    """Where they stand: read again when one of these changes."""
    pool: Callable[[Settings, Report, Sequence[str]], AbstractAsyncContextManager[BrowserPool]]
    hold: Callable[[Settings], AbstractContextManager[object]]
    """Holds the database for a cycle; raises Locked."""
    tell: Callable[[Settings, Store, Report], Awaitable[None]] | None = None
    """Called at the end of a cycle, while the database is held: tells what is due."""


@dataclass(eq=False, slots=True)
class Watch:
    """One watch over a list of companies."""

    setup: Setup
    report: Report
    clock: Callable[[], int] = wall_clock
    pool: BrowserPool | None = field(init=False, default=None)
    """The present one, to be looked at."""
    _loaded: Loaded = field(init=False)
    _schedule: Schedule = field(init=False)
    _manners: Manners = field(init=False)
    _signature: tuple[object, ...] = field(init=False, default=())
    _pipeline: Pipeline | None = field(init=False, default=None)
    _outages: Outages = field(init=False)
    _paused: bool = field(init=False, default=False)
    _over: bool = field(init=False, default=False)
    _stale: bool = field(init=False, default=False)
    _news: anyio.Event = field(init=False, default_factory=anyio.Event)
    _number: int = field(init=False, default=0)
    _recalled: bool = field(init=False, default=False)
    _followed: bool = field(init=False, default=False)
    """The database knows what the list calls its sites now."""
    _queue_look: float = field(init=False, default=0.0)
    """When the queue is to be looked at, on the monotonic clock."""
    _trim_at: float = field(init=False, default=0.0)
    """When free memory is to be given back."""
    _tell_at: float = field(init=False, default=0.0)
    """When it is to be looked whether a digest is due."""
    _backlog_since: float | None = field(init=False, default=None)
    """Since when posts wait that no digest tells; None when there are none."""
    _database: str | None = field(init=False, default=None)
    """The name that the watched database has for itself."""
    _tally: Tally = field(init=False, default_factory=lambda: Tally(()))
    """Of the present cycle."""
    _cycle_begun: float = field(init=False, default=0.0)
    _died: int = field(init=False, default=0)
    _failures: int = field(init=False, default=0)
    """Cycles in a row that something was missing for."""

    @property
    def settings(self) -> Settings:
        """Those that count at present."""
        return self._loaded.settings

    @property
    def paces(self) -> list[Pace]:
        """How often each page is read at present."""
        return self._schedule.paces

    # --- What others say ---

    def __post_init__(self) -> None:
        self._outages = Outages(self.report)
        self._signature = self._written()
        self._take(self.setup.load())

    def wind_down(self) -> None:
        """Begin nothing more, finish what is in flight, and end."""
        self._over = True
        self.report(events.StageIs("stopping"))
        self._tell()

    def pause(self) -> None:
        """Begin nothing more until this is said again; while it ends there is nothing to pause."""
        if self._over:
            return
        self._paused = not self._paused
        # What is in flight when it goes on is finished first, and then the cycle begins anew.
        going_on: events.Stage = "waiting" if self._pipeline is None else "reading"
        self.report(events.StageIs("paused" if self._paused else going_on))
        self._tell()

    def read_now(self) -> None:
        """Read all pages now and not when they are due; while it is paused, as soon as it goes on."""
        if self._over:
            return
        self._schedule.hurry()
        when = "as soon as it goes on" if self._paused else "now"
        self.report(events.Notice(f"All pages are read {when}, as you asked."))
        self._tell()

    def _tell(self) -> None:
        if self._pipeline is not None and (self._over or self._paused):
            self._pipeline.wind_down()
        self._news.set()
        self._news = anyio.Event()

    # --- The life of a watch ---

    async def run(self) -> None:
        """Watch until it is wound down or cancelled; raises JptError when it cannot even begin."""
        self.report(events.StageIs("starting"))
        while not self._over:
            fault: JptError | None = None
            try:
                settings = self._loaded.settings
                urls = [company.url for company in self._loaded.listed.companies]
                async with self.setup.pool(settings, self.report, urls) as self.pool:
                    self._died = 0
                    await self._serve(self.pool)
            except* JptError as group:
                fault = known(group)
            except* Exception as bugs:
                # Unattended, a bug must not end the watch at its first showing; it is told, and logged in full.
                if self._failures >= MOST_BUGS:
                    raise
                log.exception("jpt itself failed; it goes on with a new browser")
                fault = OwnError.of(bugs)
            finally:
                self.pool = None
            if fault is not None:
                await self._missed(fault)
            self._look_again()

    async def _serve(self, pool: BrowserPool) -> None:
        """Do cycle after cycle, until the pool has to be another one; raises BrowserUnusable or Locked."""
        self._stale = False
        while not self._over:
            if not await self._wait(pool):
                return
            fault: JptError | None = None
            try:
                await self._cycle(pool)
            except* JptError as group:
                fault = known(group)
            finally:
                self._count_deaths(pool)
            if isinstance(fault, BrowserUnusable):
                raise fault
            if fault is not None:
                await self._missed(fault)
                continue
            self._failures = 0
            self._outages.mended("jpt")
            if monotonic() >= self._trim_at:
                self._trim_at = monotonic() + TRIM_S
                await anyio.to_thread.run_sync(heap.trim)
            await self._nap(COURTESY_S)

    async def _missed(self, fault: JptError) -> None:
        self._outages.missing(part_of(fault), fault)
        await self._nap(PAUSES_S[min(self._failures, len(PAUSES_S) - 1)])
        self._failures += 1

    async def _wait(self, pool: BrowserPool) -> bool:
        """Wait until there is something to do; False when settings or list have changed, or all is over."""
        told = False
        while not self._over:
            self._look_again()
            if self._stale:
                return False
            wait_s = self._wait_s()
            if not self._paused and wait_s <= 0:
                return True
            if not self._paused and not told:
                told = True
                self.report(events.StageIs("waiting"))
            await self._nap(LOOK_S if self._paused else min(LOOK_S, wait_s))
            self._count_deaths(pool)
        return False

    def _wait_s(self) -> float:
        page_s = self._schedule.wait_s()
        queue_s = max(0.0, self._queue_look - monotonic())
        return queue_s if page_s is None else min(page_s, queue_s)

    async def _nap(self, seconds: float) -> None:
        if not self._over:
            with anyio.move_on_after(seconds):
                await self._news.wait()

    # --- One cycle ---

    async def _cycle(self, pool: BrowserPool) -> None:
        """Read the pages that are due and work the queue, holding the database."""
        settings = self._loaded.settings
        with self._held(settings):
            async with _opened(settings) as store:
                await self._recognise(store)
                self._outages.mended("database")
                if not self._followed:
                    await anyio.to_thread.run_sync(store.upkeep.follow_names, self._loaded.listed.companies)
                    self._followed = True
                if not self._recalled:
                    await self._recall(store)
                self._schedule.begin()
                pages = self._schedule.due()
                try:
                    busy = bool(pages) or await _has_work(store)
                    if busy:
                        await self._read(settings, store, pool, pages)
                finally:
                    self._schedule.up(self._schedule.companies)
                await anyio.to_thread.run_sync(store.paces.keep, self._schedule.paces)
                due_s = await anyio.to_thread.run_sync(store.queue.next_due_in_s)
                if not self._over and self._is_time_to_tell(busy=busy, more=due_s is not None and due_s <= 0):
                    await self._told(settings, store)
        self._queue_look = monotonic() + min(QUEUE_LOOK_S, QUEUE_LOOK_S if due_s is None else max(1.0, due_s))
        # The time of a digest is kept, though no page is due then.
        self._queue_look = max(monotonic() + 1, min(self._queue_look, self._tell_at))

    def _is_time_to_tell(self, *, busy: bool, more: bool) -> bool:
        """Tell whether digests are due: when all is read that waited, and in between where that takes long."""
        if not more:
            self._backlog_since = None
            return busy or monotonic() >= self._tell_at
        if self._backlog_since is None:
            self._backlog_since = self._cycle_begun
        # Times that the user has named are kept, whatever waits.
        return bool(self.settings.timetable.at) or monotonic() >= self._backlog_since + BACKLOG_TELL_S

    async def _told(self, settings: Settings, store: Store) -> None:
        timetable, now_ms = settings.timetable, self.clock()
        left_s = (timetable.next_after(now_ms) - now_ms) / 1000 if timetable.at else TELL_S
        self._tell_at = monotonic() + min(TELL_S, max(1.0, left_s))
        self._backlog_since = None
        if self.setup.tell is not None:
            await self.setup.tell(settings, store, self._heard)

    async def _read(self, settings: Settings, store: Store, pool: BrowserPool, pages: list[Company]) -> None:
        self._number += 1
        self._cycle_begun = monotonic()
        self._tally = Tally(tuple(pages))
        run = await anyio.to_thread.run_sync(store.history.begin, "jpt watch") if pages else None
        self._pipeline = Pipeline(settings, store, pool, self._heard, manners=self._manners)
        self.report(events.StageIs("reading"))
        self.report(events.CycleBegan(self._number, len(pages)))
        read = 0

        def more() -> Sequence[Company]:
            nonlocal read
            if self._over or self._paused or monotonic() - self._cycle_begun > LONGEST_CYCLE_S:
                return ()
            joining = self._schedule.due()
            read += len(joining)
            return joining

        try:
            if self._over or self._paused:
                self._pipeline.wind_down()
            enough_at = self._cycle_begun + LONGEST_CYCLE_S
            await self._pipeline.run(Plan(tuple(pages), more=more, posts_until=enough_at))
            self._outages.mended("browser")
        finally:
            self._pipeline = None
        if run is not None:
            outcome = "interrupted" if self._over else "done" if self._tally.complete else "partly"
            await anyio.to_thread.run_sync(store.history.end, run, outcome, self._tally.as_json())
        wait_s = self._schedule.wait_s()
        next_ms = None if wait_s is None else self.clock() + int(wait_s * 1000)
        seconds = monotonic() - self._cycle_begun
        self.report(events.CycleDone(self._number, len(pages) + read, seconds, next_ms))

    def _heard(self, event: Event) -> None:
        """Take from the cycle's events what the schedule and the outages need."""
        if self.pool is not None:
            self._count_deaths(self.pool)
        self._tally(event)
        match event:
            case events.SiteDone():
                company = self._schedule.find(event.site, event.url)
                if company is not None:
                    first = self._schedule.pace(company).read_ms is None
                    self._schedule.done(company, event.status, news=event.queued > 0 and not first)
                    self._say_due(company)
                if event.status in {"ok", "none"}:
                    self._outages.mended("network")
            case events.NoNetwork():
                self._outages.missing("network", JptError(f"No network: {event.what}. {event.example}"))
                self._schedule.offline()
                for company in self._schedule.companies:
                    self._say_due(company)
            case events.Digested() if event.outcome.unsent:
                waiting = event.outcome.unsent[0].last_error or "the mail server did not take it"
                self._outages.missing("mail", JptError(f"A digest waits: {waiting}"))
            case events.Digested() if event.outcome.sent:
                self._outages.mended("mail")
            case events.ModelUsed() if event.stopped:
                self._outages.missing("model", JptError(event.stopped))
            case events.ModelUsed() if event.asked:
                self._outages.mended("model")
        self.report(event)

    def _say_due(self, company: Company) -> None:
        pace = self._schedule.pace(company)
        if pace.due_ms is not None:
            self.report(events.PageDue(company.name, company.url, pace.due_ms, pace.interval_s))

    async def _recognise(self, store: Store) -> None:
        """Know the database again; raises StoreError when it is another one, to which all jobs would be news."""
        name = await anyio.to_thread.run_sync(store.digests.note, "database")
        if self._recalled and name != self._database:
            raise StoreError(
                f"{store.path} is another database than the one that is watched. Put that one back; to go on with "
                "this one, restart."
            )
        self._database = name

    async def _recall(self, store: Store) -> None:
        """Take up where an earlier watch ended, and tell how each page stands."""
        self._schedule.follow(self._loaded.listed.companies, await anyio.to_thread.run_sync(store.paces.all))
        self._recalled = True
        for page in await anyio.to_thread.run_sync(pages_known, store, self._schedule.companies):
            self.report(page)
        for company in self._schedule.companies:
            self._say_due(company)
        for job in await anyio.to_thread.run_sync(jobs_of_today, store, self._loaded.settings.max_years):
            self.report(events.JobKnown(job))

    # --- What the user writes ---

    def _look_again(self) -> None:
        """Read settings and list again if they have changed; what cannot be used is told, the last good stays."""
        written = self._written()
        if written == self._signature:
            return
        self._signature = written
        try:
            loaded = self.setup.load()
        except JptError as exc:
            self._outages.missing("settings", JptError(f"{exc.sentence} Until then the last good version counts."))
            return
        self._outages.mended("settings")
        if loaded != self._loaded:
            self._take(loaded)
            self._stale = True
            count = len(loaded.listed.companies)
            self.report(
                events.Notice(
                    f"Settings and list were read again: {counted(count, 'page is', 'pages are')} watched."
                )
            )

    def _take(self, loaded: Loaded) -> None:
        before = getattr(self, "_loaded", None)
        self._loaded = loaded
        self._followed = False
        settings = loaded.settings
        if before is not None and before.settings.db != settings.db:
            self._recalled = False
        if before is None or before.settings != settings:
            paces = self._schedule.paces if before is not None else []
            self._schedule = Schedule(settings.every_s, self.clock)
            self._schedule.follow(loaded.listed.companies, paces)
            self._manners = Manners(settings.host_pages, settings.host_interval_ms)
        self._schedule.follow(loaded.listed.companies)
        pages = tuple((company.name, company.url) for company in loaded.listed.companies)
        self.report(events.PagesAre(pages))
        for warning in loaded.warnings:
            self.report(events.Notice(warning, warning=True))
        for problem in loaded.listed.problems:
            self.report(events.Notice(problem.sentence, warning=problem.bad))
        for company in self._schedule.companies:
            self._say_due(company)

    def _written(self) -> tuple[object, ...]:
        return tuple(_stamp(path) for path in self.setup.files)

    # --- What comes and goes ---

    def _held(self, settings: Settings) -> ExitStack:
        """Hold the database for the length of the block; raises Locked, or StoreError when it has vanished."""
        stack = ExitStack()
        if self._recalled and not settings.db.exists():
            # A new one would make every job news again.
            raise StoreError(
                f"{settings.db} has vanished. Put it back (its folder may be unmounted); to begin anew, restart."
            )
        try:
            stack.enter_context(self.setup.hold(settings))
        except Locked as exc:
            self._outages.missing("another run", exc)
            raise WaitingError(exc.sentence) from exc
        self._outages.mended("another run")
        return stack

    def _count_deaths(self, pool: BrowserPool) -> None:
        died = pool.load.died
        if died > self._died:
            count = died - self._died
            words = "A browser" if count == 1 else counted(count, "browser")
            self._died = died
            self.report(
                events.Hiccup(
                    "browser", f"{words} died or did not answer, and {'was' if count == 1 else 'were'} replaced."
                )
            )


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Store]:
    """Open the store away from the event loop: another writer may keep it waiting."""
    opening = Store.open(settings.db)
    store = await anyio.to_thread.run_sync(opening.__enter__)
    try:
        yield store
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(opening.__exit__, None, None, None)


async def _has_work(store: Store) -> bool:
    due_s = await anyio.to_thread.run_sync(store.queue.next_due_in_s)
    return due_s is not None and due_s <= 0


def _stamp(path: Path) -> object:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
