"""The cycle, top to bottom: Company → PageRead → ListRead → diff and tasks → PageRead → JobPost → Finding.

    run     every page of every company is scanned while the queue is worked
    scan    feed or careers page → links, judged → compared with the last good read → tasks, one transaction
    work    one waiting post after the other, in fair turns over the sites → finding, one transaction

Nothing here is shared but the store. A fault of one page is recorded where it happens, and the
others go on; what a run leaves unfinished, the next one finds in the queue.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import TypeVar, TypeVarTuple, Unpack

import anyio
import anyio.to_thread
from anyio.abc import TaskGroup

from jpt.browser.pool.pool import BrowserPool, Slot
from jpt.browser.visit.open_list import Seek
from jpt.cycle import worker as lifeline
from jpt.cycle.guarded import understood
from jpt.cycle.network import Missed, network_fault, strays
from jpt.cycle.reader import Reader, client
from jpt.cycle.rota import More, Rota
from jpt.cycle.turns import Turns
from jpt.errors import (
    BrowserLost,
    JptError,
    NoConnection,
    NotAPage,
    Outage,
    PageCrash,
    PageFault,
    TaskError,
    Throttled,
    Unreachable,
)
from jpt.extract.health import shrunk
from jpt.extract.links import judge_url
from jpt.extract.listing import glance, wanted
from jpt.extract.model import AT_ONCE, ModelReader
from jpt.extract.reading import NoJob, link_only, openable_page, read_post, with_reading
from jpt.identity.urls import canonical, host_of
from jpt.models import events
from jpt.models.events import Report
from jpt.models.jobs import Finding, Job, Task
from jpt.models.pages import Company, Health, ListRead, PageRead
from jpt.net.breaker import Breakers
from jpt.net.manners import Manners
from jpt.net.robots import Robots
from jpt.settings import Settings
from jpt.store import Store, wall_clock
from jpt.store.jobs import Same
from jpt.store.queue import MAX_ATTEMPTS, MAX_CRASHES, OUTAGE_PAUSE_S

SUSPECTS = 3
"""Implausible reads of a page that must agree before they are believed."""
GOOD = frozenset({"ok", "none"})
"""The reads that may become a snapshot."""

MAX_PAGE_CRASHES = 2
"""Attempts after which a page that crashes its browser is given up."""

log = logging.getLogger(__name__)
Args = TypeVarTuple("Args")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do."""

    companies: tuple[Company, ...]
    baseline: bool = False
    """Record what the pages show now; queue nothing."""
    limit: int | None = None
    """Most posts to read; None: all."""
    anew: bool = False
    """Take each good read as a new start: doubt none, forget what the site's dropped pages showed."""
    stop_on_error: bool = False
    """Begin no further page once one has failed."""
    more: More | None = None
    """Asked for pages that have fallen due while others are still read."""
    posts_until: float | None = None
    """On the monotonic clock: once all pages are read, no further post is begun after this."""


@dataclass(eq=False, slots=True)
class Pipeline:
    """One cycle over some companies."""

    settings: Settings
    store: Store
    pool: BrowserPool
    report: Report
    manners: Manners | None = None
    """Shared by cycles that follow each other, so that a host that asked for a pause gets it."""
    _manners: Manners = field(init=False)
    _rota: Rota | None = field(init=False, default=None)
    _turns: Turns | None = field(init=False, default=None)
    _winding: bool = field(init=False, default=False)
    _robots: Robots | None = field(init=False, default=None)
    _reader: Reader = field(init=False)
    _one_by_one: anyio.CapacityLimiter = field(init=False)
    _model: ModelReader = field(init=False)
    _owner: str = field(init=False, default="")
    """The name to lease under, while a cycle lasts."""
    _breakers: Breakers = field(init=False, default_factory=Breakers)
    _reached: set[str] = field(init=False, default_factory=set)
    """Hosts that answered in this cycle."""
    _asked: set[str] = field(init=False, default_factory=set)
    """Pages read in this cycle, for better or worse."""
    _missed: list[tuple[Company, Health, Missed]] = field(init=False, default_factory=list)
    """Pages that may be missed for no fault of theirs: decided when all are read."""
    _begun_ms: int = field(init=False, default_factory=wall_clock)

    def __post_init__(self) -> None:
        self._manners = self.manners or Manners(self.settings.host_pages, self.settings.host_interval_ms)
        # SQLite has one writer; a thread of its own keeps a busy database away from the watchdogs.
        self._one_by_one = anyio.CapacityLimiter(1)
        self._model = ModelReader(self.settings, self.store.answers, self._warn, self._one_by_one)

    async def run(self, plan: Plan) -> None:
        """Scan all companies and work the queue until it is empty."""
        self._turns = turns = Turns(self.store.queue, self._manners, self._db, plan.limit, until=plan.posts_until)
        self._rota = rota = Rota(plan.companies, plan.more)
        if self._winding:
            self.wind_down()
        async with self._at_work(turns):
            if not plan.baseline:
                await self._take_stock()
            await self._run(plan, rota, turns)
        await self._db(self.store.care.daily, self.settings.keep_days)

    async def work(self, limit: int | None = None) -> None:
        """Work the queue alone, beside others that do, until it is empty or *limit* posts were read."""
        self._turns = turns = Turns(self.store.queue, self._manners, self._db, limit, beside_others=True)
        turns.close()
        async with self._at_work(turns):
            await self._take_stock()
            async with anyio.create_task_group() as tg:
                self._start_workers(tg, turns)

    @asynccontextmanager
    async def _at_work(self, turns: Turns) -> AsyncIterator[None]:
        """Be one of those who work the queue for the length of the block; then say what is left of it."""
        async with (
            client(self.settings, self._manners, self.pool.guard) as http,
            self._model,
            lifeline.worker(self.store, self._db, turns.tell) as self._owner,
        ):
            self._robots = Robots(http.page) if self.settings.robots else None
            http.heed = self._heed_robots
            self._reader = Reader(self.settings, self.store, http, self._scanned, self._db)
            yield
        await self._db(self.store.feeds.forget)
        if self.settings.extractor != "rules":
            self.report(events.ModelUsed(**asdict(self._model.usage)))
        self.report(events.QueueLeft(await self._db(self.store.queue.waiting)))

    async def _run(self, plan: Plan, rota: Rota, turns: Turns) -> None:
        async with anyio.create_task_group() as tg:
            if plan.limit is None and not plan.baseline:
                self._start_workers(tg, turns)
            await self._scan_all(plan, rota, turns)
            turns.close()
            if plan.limit is not None and not plan.baseline:
                # Only when all sites have been read can so many posts be shared out fairly.
                self._start_workers(tg, turns)

    def wind_down(self) -> None:
        """Begin nothing more; what is in flight is finished."""
        self._winding = True
        for source in (self._rota, self._turns):
            if source is not None:
                source.stop()

    def _start_workers(self, tg: TaskGroup, turns: Turns) -> None:
        # Two more than pages: while they extract and store, the pages are in use. A model takes seconds.
        waiting = 2 if self.settings.extractor == "rules" else 2 + AT_ONCE
        for _ in range(self.settings.max_pages + waiting):
            tg.start_soon(self._work, turns)

    async def _scan_all(self, plan: Plan, rota: Rota, turns: Turns) -> None:
        async def scanner() -> None:
            while (company := await rota.next()) is not None:
                try:
                    good = await self._scan_twice(company, plan)
                except (Outage, NoConnection) as exc:
                    good = False
                    self._missed.append((company, "error", _missed(company, exc)))
                    self.report(events.SiteDone(company.name, company.url, "error", exc.sentence))
                finally:
                    rota.done(company)
                if plan.stop_on_error and not good:
                    rota.stop()
                turns.tell()

        async with anyio.create_task_group() as tg:
            for _ in range(self.settings.max_pages):
                tg.start_soon(scanner)
        await self._blame()
        if not plan.baseline:
            self.report(events.QueueKnown(await self._db(self.store.queue.waiting), plan.limit))

    async def _scan_twice(self, company: Company, plan: Plan) -> bool:
        """Scan a page, once more if the browser ended under it; a paused one stays as it is."""
        if await self._db(self.store.upkeep.is_paused, company.name):
            self.report(events.SiteDone(company.name, company.url, "ok", "paused, not read"))
            return True
        self._asked.add(company.url)
        with suppress(BrowserLost):
            return await self.scan(company, plan)
        return await self.scan(company, plan)

    async def scan(self, company: Company, plan: Plan) -> bool:
        """Read one careers page and store what it shows; tells whether the read was good.

        Raises Outage or NoConnection when the page could not be reached.
        """
        self.report(events.SiteStarted(company.name, company.url))
        try:
            read = await self._reader.listed(company, anew=plan.anew, keep=not plan.baseline)
        except NoConnection:
            raise
        except (PageFault, NotAPage) as exc:
            await self._db(self.store.sites.fail, company, "error", exc.sentence)
            self.report(events.SiteDone(company.name, company.url, "error", exc.sentence))
            return False
        if not plan.anew:
            read = await self._believed(company, read)
        added = queued = 0
        if read.status in GOOD:
            keep = partial(self.store.sites.record, company, read, queue=not plan.baseline)
            recorded = await self._db(partial(keep, forget_before_ms=self._begun_ms if plan.anew else None))
            added, queued = recorded.added, recorded.queued
            if recorded.found_as == "flood":
                read = replace(read, reason=f"{queued} new jobs at once: the site may have been rebuilt")
        elif read.status != "suspect":
            await self._note_bad(company, read)
        self.report(_site_done(company, read, added, queued))
        return read.status in GOOD

    async def _scanned(self, url: str) -> PageRead:
        """Read a careers page in the browser."""
        host = host_of(url)
        await self._heed_robots(url)
        async with self._place(host) as slot:
            page = await slot.read(url, seek=Seek.of(self.settings, glance, self._turn))
        self._heed_pause(host, page)
        self._reached.add(host)
        return page

    async def _turn(self, url: str) -> bool:
        """Wait until a further page of a list may be opened; tells whether it may."""
        try:
            await self._heed_robots(url)
        except TaskError:
            return False
        host = host_of(url)
        if self._manners.long_pause_s(host):
            return False
        await self._manners.due(host)
        self._manners.begin(host)
        return True

    @asynccontextmanager
    async def _place(self, host: str) -> AsyncIterator[Slot]:
        """Wait until *host* may be visited and a page may open; no slot is held while a host is waited for."""
        async with self._manners.permit(host):
            while True:
                await self._manners.due(host)
                async with self.pool.slot() as slot:
                    if self._manners.begin(host):
                        yield slot
                        return

    async def _heed_robots(self, url: str) -> None:
        """Follow robots.txt where the user wants that; raises NotAPage or Outage."""
        if self._robots is not None:
            self._manners.slow_down(host_of(url), await self._robots.delay_s(url))

    def _heed_pause(self, host: str, page: PageRead) -> None:
        """Leave a host alone that asks for it."""
        if page.http_status == 429 or page.retry_after_s is not None:
            self._manners.pause(host, page.retry_after_s)

    async def _note_bad(self, company: Company, read: ListRead) -> None:
        """Note a bad read; one that ended on a strange site once all are read, for it may be the network."""
        before = await self._db(self.store.sites.state, company)
        final = read.page.final_url
        if strays(company.url, final, before.final_host if before else None):
            self._missed.append((company, read.status, Missed(company.url, read.reason, landed_on=host_of(final))))
        else:
            await self._db(self.store.sites.fail, company, read.status, read.reason)

    async def _believed(self, company: Company, read: ListRead) -> ListRead:
        """Doubt a good read that lost most jobs or came from another site, until it has agreed often enough."""
        if read.status not in GOOD:
            return read
        reason = await self._doubt(company, read)
        if not reason:
            return read
        shown = [link.url for link in wanted(read)]
        agreed = await self._db(self.store.sites.fail, company, "suspect", reason, shown)
        return read if agreed >= SUSPECTS else replace(read, status="suspect", reason=reason)

    async def _doubt(self, company: Company, read: ListRead) -> str:
        before = await self._db(self.store.sites.state, company)
        if before is not None and before.good_ts_ms is not None:
            had, has, what = before.jobs, len(wanted(read)), "jobs"
            if before.final_host and strays(company.url, read.page.final_url, before.final_host):
                host = host_of(read.page.final_url)
                return f"the page leads to {host} now, no more to {before.final_host}: the last good list is kept"
        else:
            # The old system kept no count of jobs, but all links.
            old = {canonical(url) for url in await self._db(self.store.sites.old_links, company)}
            had, has, what = len(old), len(old & {canonical(link.url) for link in read.links}), "of the old links"
        if not shrunk(had, has):
            return ""
        return f"{has} {what} where there were {had}: the last good list is kept for now"

    async def _blame(self) -> None:
        """Blame the sites for what was missed, or the network when it was most of several hosts."""
        fault = network_fault(self._asked, [one for _, _, one in self._missed])
        if fault:
            self.report(events.NoNetwork(len(self._missed), self._missed[0][2].sentence, fault))
            return
        for company, status, one in self._missed:
            await self._db(self.store.sites.fail, company, status, one.sentence)

    async def _work(self, turns: Turns) -> None:
        while (task := await turns.next()) is not None:
            read = False
            try:
                read = await self._attempt(task)
            finally:
                turns.done(task, read=read)

    async def _attempt(self, waiting: Task) -> bool:
        """Lease a task, read its post and store what it says; False when somebody else has it."""
        task: Task | None = None
        host = host_of(waiting.url)
        if waiting.crashes < MAX_CRASHES and (post := await self._reader.post(waiting)) is not None:
            return await self._take(waiting, post)
        if pause_s := self._manners.long_pause_s(host):
            await self._put_off(host, f"{host} is left alone for a while.", pause_s)
            return False
        if waiting.crashes >= MAX_CRASHES:
            return await self._park(waiting)
        try:
            await self._heed_robots(waiting.url)
        except TaskError as exc:
            return await self._not_allowed(waiting, exc)
        try:
            async with self._place(host) as slot:
                # The slot comes before the lease: a lease must not run while its holder queues.
                task = await self._db(self.store.queue.lease, waiting, self._owner)
                if task is None:
                    return False
                page = await self._render(slot, task)
            if isinstance(page, PageRead):
                self._heed_pause(host, page)
                self._reached.add(host)
                self._breakers.worked(host)
            # The page is given back before its text is read: extraction needs no browser.
            await self._conclude(task, page)
        except (anyio.get_cancelled_exc_class(), JptError):
            # Cancelled, or the run cannot go on (no browser, no slot, no store): the task is unharmed.
            if task is not None:
                with anyio.CancelScope(shield=True):
                    await self._db(partial(self.store.queue.give_back, task, "interrupted", pause_s=0))
            raise
        return True

    async def _take(self, waiting: Task, post: PageRead) -> bool:
        """Lease a task whose post a feed has given, and store what it says."""
        task: Task | None = await self._db(self.store.queue.lease, waiting, self._owner)
        if task is None:
            return False
        self.report(events.TaskStarted(task.site, task.url))
        async with self._unharmed(task):
            await self._conclude(task, post)
        return True

    @asynccontextmanager
    async def _unharmed(self, task: Task) -> AsyncIterator[None]:
        """Give the task back when the block is cancelled, or the run cannot go on."""
        try:
            yield
        except (anyio.get_cancelled_exc_class(), JptError):
            with anyio.CancelScope(shield=True):
                await self._db(partial(self.store.queue.give_back, task, "interrupted", pause_s=0))
            raise

    async def _put_off(self, host: str, reason: str, pause_s: float) -> None:
        """Give all waiting posts of a host that is to be left alone a later date."""
        await self._db(self.store.queue.put_off, host, reason, pause_s)

    async def _park(self, waiting: Task) -> bool:
        """Give up a post under which jpt ended again and again: perhaps it is what ends it."""
        task = await self._db(self.store.queue.lease, waiting, self._owner)
        if task is not None:
            text, is_job = await self._db(self.store.queue.link_text, task, canonical(task.url) or task.url)
            reason = f"jpt ended {task.crashes} times while it read this post; `jpt retry` tries it again."
            await self._give_up(task, reason, text, surely_job=is_job is not False)
        return True

    async def _not_allowed(self, waiting: Task, fault: TaskError) -> bool:
        """End a task that may not be read."""
        task = await self._db(self.store.queue.lease, waiting, self._owner)
        if task is not None:
            await self._conclude(task, fault)
        return True

    async def _render(self, slot: Slot, task: Task) -> PageRead | TaskError:
        self.report(events.TaskStarted(task.site, task.url))
        try:
            openable_page(task.url)
            return await slot.read(task.url)
        except TaskError as exc:
            return exc

    async def _conclude(self, task: Task, page: PageRead | TaskError) -> None:
        """Store what became of a task: a job, no job, or a fault and whose it was."""
        text, surely_job = await self._db(self.store.queue.link_text, task, canonical(task.url) or task.url)
        outcome: Finding | NoJob | TaskError
        try:
            outcome = page if isinstance(page, TaskError) else await self._read(page, text)
        except TaskError as exc:
            outcome = exc
        if isinstance(outcome, Unreachable) and self._reached - {host_of(task.url)}:
            # Other hosts answer, so it is not the network.
            outcome = PageFault(outcome.sentence)
        match outcome:
            case Finding():
                await self._finish(task, outcome)
            case NoJob(reason, gone):
                await self._db(partial(self.store.queue.dismiss, task, reason, gone=gone))
                self.report(events.TaskDismissed(task.site, task.url, reason))
            case NotAPage():
                await self._finish(task, link_only(text, task.url, outcome.sentence))
            case PageCrash() if task.attempts >= MAX_PAGE_CRASHES:
                await self._give_up(task, outcome.sentence, text, surely_job=surely_job is not False)
            case PageFault() if task.attempts >= MAX_ATTEMPTS:
                await self._give_up(task, outcome.sentence, text, surely_job=surely_job is not False)
            case PageFault():
                await self._db(self.store.queue.retry_later, task, outcome.sentence)
                self.report(events.TaskFailed(task.site, task.url, outcome.sentence, final=False))
            case _:
                await self._note_outage(task, outcome)
                pause_s = outcome.pause_s if isinstance(outcome, Outage) and outcome.pause_s else OUTAGE_PAUSE_S
                await self._db(partial(self.store.queue.give_back, task, outcome.sentence, pause_s=pause_s))
                self.report(events.TaskFailed(task.site, task.url, outcome.sentence, final=False))

    async def _read(self, page: PageRead, text: str) -> Finding | NoJob:
        """Read a post by the rules, and its years by a model where the user wants that."""
        found = await understood(read_post, page, text, self._max_years)
        if isinstance(found, NoJob):
            return found
        return with_reading(found, await self._model.read(found.text, found.experience), self._max_years)

    async def _note_outage(self, task: Task, outcome: TaskError) -> None:
        """Leave a host alone that cannot be reached again and again; a browser's end is not the host's."""
        host = host_of(task.url)
        if isinstance(outcome, BrowserLost | Throttled) or not (pause_s := self._breakers.failed(host)):
            return
        self._manners.pause(host, pause_s)
        await self._put_off(host, outcome.sentence, pause_s)

    async def _finish(self, task: Task, finding: Finding) -> None:
        match await self._db(self.store.jobs.finish, task, finding):
            case Job() as job:
                self.report(events.TaskDone(job))
            case Same() as same:
                self.report(events.TaskDismissed(task.site, task.url, same.reason))
            case None:
                pass  # somebody else has it now

    async def _give_up(self, task: Task, reason: str, text: str, *, surely_job: bool) -> None:
        """End a task whose page was at fault too often; a link that is surely a job keeps a row."""
        if surely_job:
            finding = link_only(text, task.url, reason)
            await self._db(partial(self.store.jobs.finish, task, finding, failed=True))
        else:
            await self._db(self.store.queue.fail, task, reason)
        self.report(events.TaskFailed(task.site, task.url, reason, final=True))

    async def _take_stock(self) -> None:
        """Take over what the old system left to be done, and say how much waits."""
        await self._db(self.store.queue.adopt)
        await self._adopt_old_diffs()
        self.report(events.Backlog(await self._db(self.store.queue.waiting)))

    async def _adopt_old_diffs(self) -> None:
        """Turn what the old system found but never expanded into tasks."""
        for pending in await self._db(self.store.queue.pending_diffs):
            urls = [url for url in pending.urls if canonical(url) and judge_url(url).is_job is not False]
            await self._db(self.store.queue.expand, pending, urls)

    def _warn(self, sentence: str) -> None:
        self.report(events.Notice(sentence, warning=True))

    @property
    def _max_years(self) -> int:
        return self.settings.max_years

    async def _db(self, act: Callable[[Unpack[Args]], T], *args: *Args) -> T:
        return await anyio.to_thread.run_sync(act, *args, limiter=self._one_by_one)


def _missed(company: Company, fault: TaskError) -> Missed:
    kind = type(fault)
    return Missed(
        company.url,
        fault.sentence,
        is_outage=kind in {Outage, Unreachable},
        is_unconnected=kind in {Outage, Unreachable, NoConnection},
    )


def _site_done(company: Company, read: ListRead, added: int = 0, queued: int = 0) -> events.SiteDone:
    return events.SiteDone(
        company.name,
        company.url,
        read.status,
        read.reason,
        links=len(read.links),
        jobs=len(wanted(read)),
        added=added,
        queued=queued,
        seconds=read.page.seconds,
        method=read.page.method,
        advertised=read.advertised_total,
    )
