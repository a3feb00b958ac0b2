"""The cycle, top to bottom: Company → PageRead → ListRead → diff and tasks → PageRead → JobPost → Finding.

    run     every page of every company is scanned while the queue is worked
    scan    feed or careers page → links, judged → compared with the last good read → tasks, one transaction
    work    one waiting post after the other, in fair turns over the sites → finding, one transaction

Nothing here is shared but the store. A fault of one page is recorded where it happens, and the others continue;
what a run leaves unfinished, the next one finds in the queue.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import asdict, dataclass, field

import anyio

from jpt.browser.pool.protocol import PagePool
from jpt.cycle.concurrency import Concurrency
from jpt.cycle.fair_queue import FairQueue
from jpt.cycle.link_checker import LinkChecker
from jpt.cycle.page_queue import PageQueue
from jpt.cycle.plan import Plan
from jpt.cycle.post_by_http import PostsByHttp
from jpt.cycle.post_workers import PostWorkers, worker_name
from jpt.cycle.reader import Reader
from jpt.cycle.scan import Scan
from jpt.cycle.settle import Settler
from jpt.cycle.store_calls import StoreCalls
from jpt.cycle.visits import BrowserDeaths, Visits
from jpt.extract.links import judge_url
from jpt.extract.model import AT_ONCE, ModelReader
from jpt.identity.urls import canonical
from jpt.models import events
from jpt.models.events import Report
from jpt.models.pages import Via, chosen_vias
from jpt.models.wants import EVERYTHING, Wants
from jpt.net.guard import newly_public, remember_public
from jpt.net.politeness import Politeness
from jpt.settings import Settings
from jpt.store import Store
from jpt.text.counts import counted


@dataclass(eq=False, slots=True)
class Pipeline:
    """One cycle over some companies."""

    settings: Settings
    store: Store
    pool: PagePool
    report: Report
    politeness: Politeness | None = None
    """Shared by cycles that follow each other, so that a host that asked for a pause gets it."""
    deaths: BrowserDeaths | None = None
    """Shared by cycles that use the same pool, so that none is reported twice."""
    wants: Wants = EVERYTHING
    """Which of the posts found are read, and read again."""
    vias: dict[str, Via] = field(default_factory=dict)
    """How the posts of a company are to be read, by its name; a plan adds its own."""
    _politeness: Politeness = field(init=False)
    _db: StoreCalls = field(init=False, default_factory=StoreCalls)
    _page_queue: PageQueue | None = field(init=False, default=None)
    _fair_queue: FairQueue | None = field(init=False, default=None)
    _site: str | None = field(init=False, default=None)
    """The company whose posts alone are read."""
    _is_winding_down: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._politeness = self.politeness or Politeness(self.settings.host_pages, self.settings.host_interval_ms)

    async def run(self, plan: Plan) -> None:
        """Scan all companies and work the queue until it is empty."""
        fair_queue = FairQueue(
            self.store.queue, self._politeness, self._db, plan.limit, until=plan.posts_until, site=plan.site
        )
        page_queue = PageQueue(plan.companies, plan.more)
        self.vias.update(chosen_vias(plan.companies))
        self._page_queue, self._fair_queue, self._site = page_queue, fair_queue, plan.site
        if self._is_winding_down:
            self.wind_down()
        async with self._work(fair_queue) as (work, reader):
            if not plan.baseline:
                await self._take_stock()
            looks = LinkChecker(self.store, self._db, work.visits, self.settings.max_years)
            scan = Scan(plan, page_queue, self.store, self._db, reader, looks, self.report, self.wants.fits)
            await self._scan_and_work(plan, scan, work, fair_queue)
        await self._db(self.store.maintenance.daily, self.settings.keep_days)

    async def work(self, limit: int | None = None) -> None:
        """Only work the queue, beside other processes, until it is empty or *limit* posts were read."""
        self._fair_queue = fair_queue = FairQueue(
            self.store.queue, self._politeness, self._db, limit, beside_others=True
        )
        fair_queue.close()
        async with self._work(fair_queue) as (work, _):
            await self._take_stock()
            with self._workers() as workers:
                async with anyio.create_task_group() as tg:
                    work.start(tg, workers)

    def wind_down(self) -> None:
        """Start nothing more; what is in flight is finished."""
        self._is_winding_down = True
        for source in (self._page_queue, self._fair_queue):
            if source is not None:
                source.stop()

    async def _scan_and_work(self, plan: Plan, scan: Scan, work: PostWorkers, fair_queue: FairQueue) -> None:
        with self._workers() as workers, Concurrency.at(self.pool, self.settings.max_pages) as scanners:
            async with anyio.create_task_group() as tg:
                if plan.limit is None and not plan.baseline:
                    work.start(tg, workers)
                await scan.run(scanners, fair_queue.wake)
                await self._keep_hosts()
                if not plan.baseline:
                    waiting = await self._db(self.store.queue.waiting, self._site)
                    self.report(events.QueueKnown(waiting, plan.limit))
                fair_queue.close()
                if plan.limit is not None and not plan.baseline:
                    # Only when all sites have been read can so many posts be shared out fairly.
                    work.start(tg, workers)

    @asynccontextmanager
    async def _work(self, fair_queue: FairQueue) -> AsyncIterator[tuple[PostWorkers, Reader]]:
        """Open what working the queue needs for the length of the block; then report what is left of it."""
        model = ModelReader(self.settings, self.store.answers, self._warn, self._db.limiter)
        deaths = self.deaths or BrowserDeaths(self.pool, self.report)
        remember_public(await self._db(self.store.hosts.public))

        async def again(urls: Collection[str]) -> None:
            if count := await self._db(self.store.queue.requeue, urls):
                posts = counted(count, "post was", "posts were")
                self.report(events.Notice(f"{posts} read before their whole text had arrived: reading again."))
                fair_queue.wake()

        async with (
            Visits.open(self.settings, self.pool, self._politeness, deaths, again) as visits,
            model,
            worker_name(self.store, self._db, fair_queue.wake) as owner,
        ):
            reader = Reader(self.settings, self.store, visits.http, visits.list_page, self._db)
            settler = Settler(
                self.store, self._db, visits, model, self.settings.max_years, self.settings.years, self.report
            )
            posts = PostsByHttp(
                self.store, self._db, visits.http, self.settings, self.report, fair_queue.wake, self.vias
            )
            yield (
                PostWorkers(
                    self.store,
                    self._db,
                    reader,
                    posts,
                    visits,
                    settler,
                    fair_queue,
                    owner,
                    self.report,
                    self.wants,
                ),
                reader,
            )
        await self._keep_hosts()
        await self._db(self.store.feeds.forget)
        if self.settings.extractor != "rules":
            self.report(events.ModelUsed(**asdict(model.usage)))
        self.report(events.QueueLeft(await self._db(self.store.queue.waiting, self._site)))

    def _workers(self) -> AbstractContextManager[Concurrency]:
        """Two more than pages: while they extract and store, the pages are in use. A model takes seconds."""
        beyond = 2 if self.settings.extractor == "rules" else 2 + AT_ONCE
        return Concurrency.at(self.pool, self.settings.max_pages, beyond)

    async def _keep_hosts(self) -> None:
        """Store which hosts are public, so that none of them can lead to a private address after a restart."""
        await self._db(self.store.hosts.note_public, newly_public())

    async def _take_stock(self) -> None:
        """Take over the unfinished work of the old system, and report how much waits."""
        await self._db(self.store.queue.adopt)
        # What the old system found but never expanded.
        for pending in await self._db(self.store.queue.pending_diffs):
            urls = [url for url in pending.urls if canonical(url) and judge_url(url).is_job is not False]
            await self._db(self.store.queue.make_tasks, pending, urls)
        await self._db(self.store.unopened.reconsider, self.wants.title_out)
        self.report(events.Backlog(await self._db(self.store.queue.waiting, self._site)))

    def _warn(self, sentence: str) -> None:
        self.report(events.Notice(sentence, warning=True))
