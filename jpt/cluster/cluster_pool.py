"""The pool of a cluster: its slots are the free pages of all workers, and without workers those of this machine.

A page that is lost with its worker goes back unharmed, as with a browser that ended: whoever asked for it decides
when it is asked again, with a new permit. Which pages were open when a browser crashed is known here, so that the
next worker reads each of them alone; one that ends worker after worker, alone each time, is to blame.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import anyio

from jpt.browser.faults import LOST_PAUSE_S
from jpt.browser.pool.pool import BrowserPool
from jpt.browser.pool.protocol import Elastic, PageSlot
from jpt.browser.visit.open_list import Seek
from jpt.cluster.faults import as_error
from jpt.cluster.hub import Hub
from jpt.cluster.joined_worker import JoinedWorker
from jpt.cluster.messages import Depth, Fault, Limits, PageRequest, PageResult
from jpt.errors import PageCrash, TaskError, WorkerLost
from jpt.identity.urls import key_of
from jpt.models.load import Load
from jpt.models.pages import PageRead
from jpt.net.guard import AddressGuard, note_public, was_public
from jpt.settings import Settings

LATE_S = 30.0
"""How long after its deadline a page may still arrive."""
LONE_LOSSES = 2
"""Workers that may be lost while they read one page alone, before it is to blame."""


def limits_of(settings: Settings, guard: AddressGuard) -> Limits:
    """Give the limits of all pages of a run."""
    return Limits(
        watchdog_ms=settings.scrape_watchdog_ms,
        language=settings.language,
        user_agent=settings.user_agent,
        silent_s=settings.cluster_silent_s,
        named=tuple(sorted(guard.named)),
    )


@dataclass(eq=False, slots=True)
class ClusterPool(Elastic):
    """Slots on all workers; use `ClusterPool.open`."""

    local: BrowserPool
    """Where pages are read while there is no worker."""
    local_pages: int
    deadline_s: float
    say: Callable[[str, bool], None]
    hub: Hub = field(init=False)
    _permits: anyio.CapacityLimiter = field(init=False)
    _change: anyio.Event = field(init=False, default_factory=anyio.Event)
    _followers: list[Callable[[int], None]] = field(init=False, default_factory=list)
    _numbers: itertools.count[int] = field(init=False, default_factory=lambda: itertools.count(1))
    _suspects: set[str] = field(init=False, default_factory=set)
    """Pages that were open when a browser crashed."""
    _losses: Counter[str] = field(init=False, default_factory=Counter)
    """How many workers each page was lost with."""
    _lone: Counter[str] = field(init=False, default_factory=Counter)
    """With how many of them it was alone."""

    @classmethod
    @asynccontextmanager
    async def open(
        cls, local: BrowserPool, settings: Settings, hub: Callable[[Limits, Callable[[], None]], Hub],
        say: Callable[[str, bool], None],
    ) -> AsyncIterator[ClusterPool]:  # fmt: skip
        """Run the pool for the length of the block; raises CannotCreate if it cannot listen."""
        pool = cls(local, settings.max_pages, settings.watchdog_s + LATE_S, say)
        pool._permits = anyio.CapacityLimiter(settings.max_pages)
        pool.hub = hub(limits_of(settings, local.guard), pool.changed)
        async with pool.hub.open():
            yield pool

    @property
    def guard(self) -> AddressGuard:
        """The guard here; workers get the named hosts."""
        return self.local.guard

    @property
    def load(self) -> Load:
        """How all browsers are used, here and at the workers."""
        own, members = self.local.load, self.hub.members
        far = [member.load for member in members if member.load is not None]
        return Load(
            pages=own.pages + sum(len(member.asked) for member in members),
            contexts=own.contexts + sum(one.contexts for one in far),
            browsers=own.browsers + sum(one.browsers for one in far),
            memory_mb=own.memory_mb + sum(one.memory_mb for one in far),
            died=own.died + self.hub.died + sum(one.died for one in far),
            recycled=own.recycled + sum(one.recycled for one in far),
            workers=tuple(member.worker_load for member in members),
        )

    @property
    def room(self) -> int:
        """How many pages may be open now."""
        return sum(member.room for member in self.hub.members) or self.local_pages

    def changed(self) -> None:
        """React to workers that came, went, or have room."""
        if (room := self.room) != self._permits.total_tokens:
            self._permits.total_tokens = room
            for handle in self._followers:
                handle(room)
        self._change.set()
        self._change = anyio.Event()

    def follow(self, handle: Callable[[int], None]) -> None:
        """Call *handle* with the number of slots, now and whenever it changes."""
        self._followers.append(handle)
        handle(self.room)

    def leave(self, handle: Callable[[int], None]) -> None:
        """Call *handle* no more."""
        self._followers.remove(handle)

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[PageSlot]:
        """Wait for the right to have a page open somewhere, and hold it for the length of the block."""
        borrower = object()
        await self._permits.acquire_on_behalf_of(borrower)
        try:
            yield ClusterSlot(self)
        finally:
            self._permits.release_on_behalf_of(borrower)

    async def read(self, url: str, seek: Seek | None) -> PageRead:
        """Read one page wherever there is room; use a slot for it."""
        key = key_of(url)
        alone = bool(self._losses[key])
        member = await (self._lone_member() if alone else self._member())
        if member is None:
            return await self._read_here(url, key, seek)
        ask = PageRequest(
            next(self._numbers),
            url,
            None if seek is None else Depth(seek.pages, seek.presses, seek.seconds),
            suspect=key in self._suspects,
            public=was_public(url),
        )
        try:
            done = await self._done(member, ask, seek)
        finally:
            if alone:
                member.is_alone = False
            member.forget(ask.number)
            self.changed()
        if done is None:
            raise self._lost(url, key, alone=alone)
        return self._taken(member, url, key, done)

    async def _member(self) -> JoinedWorker | None:
        """Wait for a worker with room; None if no worker may have any."""
        while any(one.room for one in self.hub.members):
            able = [one for one in self.hub.members if one.has_room]
            if able:
                return min(able, key=lambda one: len(one.asked) / one.pages)
            await self._news()
        return None

    async def _lone_member(self) -> JoinedWorker | None:
        """Reserve a worker for one page alone, and wait until it is idle."""
        kept: JoinedWorker | None = None
        try:
            while any(one.room for one in self.hub.members):
                if kept is not None and not kept.room:
                    kept.is_alone, kept = False, None
                if kept is None:
                    able = [one for one in self.hub.members if one.room and not one.is_alone]
                    kept = min(able, key=lambda one: len(one.asked), default=None)
                if kept is not None:
                    kept.is_alone = True
                    if not kept.asked:
                        found, kept = kept, None
                        return found
                await self._news()
        finally:
            if kept is not None:
                kept.is_alone = False
        return None

    async def _news(self) -> None:
        change = self._change
        # The end of a rest is not announced.
        with anyio.move_on_after(1.0):
            await change.wait()

    async def _read_here(self, url: str, key: str, seek: Seek | None) -> PageRead:
        if key in self._suspects:
            self.local.suspect(url)
        async with self.local.slot() as slot:
            page = await slot.read(url, seek=seek)
        self._clear(key)
        return page

    async def _done(self, member: JoinedWorker, ask: PageRequest, seek: Seek | None) -> PageResult | None:
        """Wait for the result of a page; None if the worker is gone, or late."""
        asked = member.ask(ask, seek)
        with anyio.move_on_after(self.deadline_s) as scope:
            await asked.over.wait()
        if scope.cancelled_caught:
            self._note(member, lost=True)
        return asked.done

    def _taken(self, member: JoinedWorker, url: str, key: str, done: PageResult) -> PageRead:
        """Give the page that a worker read, or raise how it failed."""
        note_public(done.public)
        if done.page is not None:
            self._note(member, lost=False)
            self._clear(key)
            return done.page
        fault = done.fault or Fault("OwnFault", f"worker {member.name} sent nothing", page=url)
        if done.suspect:
            self._suspects.add(key)
        if fault.kind == "unfit":
            if member.rest():
                self.say(f"Worker {member.name} reads nothing for now: {fault.reason}", True)
            raise WorkerLost(f"worker {member.name} reads nothing for now", LOST_PAUSE_S, page=url)
        self._note(member, lost=fault.kind == "BrowserLost")
        raise as_error(fault)

    def _lost(self, url: str, key: str, *, alone: bool) -> TaskError:
        """Note that a page was lost with its worker, and give the error to raise."""
        self._losses[key] += 1
        self._lone[key] += alone
        if self._lone[key] > LONE_LOSSES:
            self._clear(key)
            return PageCrash("it ends the workers that read it", page=url)
        return WorkerLost("its worker is gone", LOST_PAUSE_S, page=url)

    def _note(self, member: JoinedWorker, *, lost: bool) -> None:
        if member.note(lost=lost):
            self.say(f"Worker {member.name} gets no pages for a while: it lost several in a row.", True)

    def _clear(self, key: str) -> None:
        self._suspects.discard(key)
        self._losses.pop(key, None)
        self._lone.pop(key, None)


@dataclass(frozen=True, slots=True)
class ClusterSlot:
    """The right to have one page open, on whichever machine has room."""

    _pool: ClusterPool

    async def read(self, url: str, *, seek: Seek | None = None) -> PageRead:
        """Read *url*; raises PageFault, NotAPage or Outage."""
        return await self._pool.read(url, seek)
