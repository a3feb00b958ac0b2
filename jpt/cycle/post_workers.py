"""The workers of the queue: one waiting post after the other, in fair turns over the sites."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

import anyio
from anyio.abc import TaskGroup

from jpt.browser.pool.protocol import PageSlot
from jpt.cycle.concurrency import Concurrency
from jpt.cycle.fair_queue import FairQueue
from jpt.cycle.guarded import ends_here
from jpt.cycle.post_by_http import How, PostsByHttp
from jpt.cycle.reader import Reader
from jpt.cycle.settle import Settler, TitleOut, TooManyCrashes, Tried
from jpt.cycle.store_calls import StoreCalls
from jpt.cycle.visits import Visits
from jpt.errors import Download, JptError, Locked, NotYet, OwnFault, TaskError
from jpt.extract.finding import openable_page
from jpt.identity.urls import host_of
from jpt.models import events
from jpt.models.events import Report
from jpt.models.jobs import Task
from jpt.models.pages import PageRead
from jpt.models.wants import Wants
from jpt.store import Store
from jpt.store.leases import BEAT_S
from jpt.store.queue import MAX_CRASHES


@dataclass(eq=False, slots=True)
class PostWorkers:
    """Reads the posts that wait."""

    store: Store
    db: StoreCalls
    reader: Reader
    posts: PostsByHttp
    visits: Visits
    settler: Settler
    fair_queue: FairQueue
    owner: str
    """The name to lease under."""
    report: Report
    wants: Wants

    def start(self, tg: TaskGroup, concurrency: Concurrency) -> None:
        """Work the queue in *tg* until it is empty."""
        for _ in range(concurrency.count):
            tg.start_soon(self._worker, concurrency)

    async def _worker(self, concurrency: Concurrency) -> None:
        is_over = False
        while not is_over:
            async with concurrency.turn:
                is_over = not await self._next()

    async def _next(self) -> bool:
        """Try the next post; False when the work is done."""
        task = await self.fair_queue.next()
        if task is None:
            return False
        was_read = False
        try:
            was_read = await self._attempt(task)
        finally:
            self.fair_queue.done(task, read=was_read)
        return True

    async def _attempt(self, waiting: Task) -> bool:
        """Try to read a post and store what it says; False when somebody else has it, or it has to wait."""
        tried = await self._without_browser(waiting)
        if tried is not None:
            return await self._tried(waiting, tried, "browser")
        async with self.posts.way(waiting) as how:
            if how == "http" and (post := await self.posts.post(waiting)) is not None:
                self.visits.note_answer(host_of(waiting.url), post.page)
                return await self._tried(waiting, post, how)
            return await self._tried(waiting, None, how)

    async def _tried(self, waiting: Task, tried: Tried | None, how: How) -> bool:
        """Open the page of a post, unless *tried* has what it gives, and store the outcome."""
        host = host_of(waiting.url)
        async with AsyncExitStack() as visit:
            slot: PageSlot | None = None
            if tried is None:
                try:
                    # The slot comes before the lease: a lease must not run while its holder queues.
                    slot = await visit.enter_async_context(self.visits.slot(host))
                except NotYet as exc:
                    tried = exc
            if isinstance(tried, NotYet):
                await self.db(self.store.queue.postpone, host, tried.reason, tried.pause_s or 0.0)
                return False
            async with self._leased(waiting) as task:
                if task is None:
                    return False
                if how == "http" and slot is None and not await self.posts.is_taken(task):
                    await self.db(partial(self.store.queue.give_back, task, "to be rendered", pause_s=0))
                    return False
                if slot is not None:
                    if how == "both":
                        self.posts.ask_ahead(task, self.visits.agent)
                    tried = await self._rendered(task, slot)
                # The page is given back before its text is read: extraction needs no browser.
                await visit.aclose()
                if isinstance(tried, Download):
                    tried = await self._as_pdf(task)
                if how == "both" and isinstance(tried, PageRead):
                    tried = await self.posts.compare(task, tried)
                assert tried is not None
                await self._settled(task, tried)
        return True

    async def _title_out(self, waiting: Task) -> TitleOut | None:
        """Give the rule by which the title alone keeps a post from everybody; None: it has to be opened."""
        title = await self.db(self.store.unopened.title, waiting)
        rule = self.wants.title_out(waiting.site, title) if title else None
        return TitleOut(title, rule) if rule is not None else None

    async def _without_browser(self, waiting: Task) -> Tried | None:
        """Give the outcome of a post that needs no browser; None if it has to be opened."""
        if waiting.crashes >= MAX_CRASHES:
            return TooManyCrashes(waiting.crashes)
        try:
            with ends_here():
                if (post := await self.reader.post(waiting)) is not None:
                    return post
                if (out := await self._title_out(waiting)) is not None:
                    return out
                if pause_s := self.visits.politeness.long_pause_s(host_of(waiting.url)):
                    return NotYet(f"{host_of(waiting.url)} is left alone for a while.", pause_s)
                await self.visits.check_robots(waiting.url)
                openable_page(waiting.url)
        except TaskError as exc:
            return exc
        return None

    async def _rendered(self, task: Task, slot: PageSlot) -> Tried:
        try:
            with ends_here():
                return await self.visits.post_page(slot, task.url)
        except TaskError as exc:
            return exc

    async def _as_pdf(self, task: Task) -> Tried:
        try:
            with ends_here():
                return await self.visits.pdf_page(task.url)
        except TaskError as exc:
            return exc

    async def _settled(self, task: Task, tried: Tried) -> None:
        """Settle *task*; where even that fails, its page is at fault."""
        try:
            with ends_here():
                await self.settler.settle(task, tried)
        except OwnFault as exc:
            await self.settler.settle(task, exc)

    @asynccontextmanager
    async def _leased(self, waiting: Task) -> AsyncIterator[Task | None]:
        """Hold the lease of a task for the length of the block; None when somebody else has it.

        A block that is cancelled, or ends because the run cannot continue (no browser, no slot, no store), gives
        the task back unharmed.
        """
        task: Task | None = await self.db(self.store.queue.lease, waiting, self.owner)
        if task is not None:
            self.report(events.TaskStarted(task.site, task.url))
        try:
            yield task
        except (anyio.get_cancelled_exc_class(), JptError):
            if task is not None:
                with anyio.CancelScope(shield=True):
                    await self.db(partial(self.store.queue.give_back, task, "interrupted", pause_s=0))
            raise


@asynccontextmanager
async def worker_name(store: Store, db: StoreCalls, on_work: Callable[[], None]) -> AsyncIterator[str]:
    """Register as a worker for the length of the block; gives the name to lease under.

    *on_work* is called when tasks of dead workers have come back to the queue.
    """
    with store.worker() as name:
        await db(store.queue.reclaim)
        async with anyio.create_task_group() as tg:
            tg.start_soon(_live, store, db, name, on_work)
            yield name
            tg.cancel_scope.cancel()


async def _live(store: Store, db: StoreCalls, name: str, on_work: Callable[[], None]) -> None:
    while True:
        await anyio.sleep(BEAT_S)
        # One missed heartbeat is harmless: it takes many in a row to look dead.
        with suppress(Locked):
            await db(store.queue.beat, name)
            if await db(store.queue.reclaim):
                on_work()
