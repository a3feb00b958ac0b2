"""Access to the jobs for pages and assistants: settings, the store in a thread of its own, the list of jobs."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, TypeVarTuple, Unpack

import anyio
import anyio.to_thread

from jpt.catalogue.view import JobsView
from jpt.errors import JptError
from jpt.settings import Settings, heap
from jpt.store import Store

log = logging.getLogger(__name__)
Args = TypeVarTuple("Args")
T = TypeVar("T")
CACHE_KB = 2_000
"""Small, for the list is in memory anyway: few pages of the file are read twice."""
INDEX_S = 5.0
"""How often new jobs are indexed, so that no search has to wait for it."""


@dataclass(eq=False, slots=True)
class Backend:
    """The database for requests. Its connection is used by one request at a time."""

    settings: Settings
    store: Store
    view: JobsView
    _one_by_one: anyio.CapacityLimiter

    async def __call__(self, act: Callable[[Unpack[Args]], T], *args: *Args) -> T:
        """Run *act* in the thread that may use the store."""
        return await anyio.to_thread.run_sync(act, *args, limiter=self._one_by_one)

    def local(self, ts_ms: int) -> datetime:
        """Return a time of the database in the user's time zone."""
        return self.settings.timetable.local(ts_ms)

    async def keep_current(self) -> None:
        """Read all jobs, so that the first question need not wait; then index what is stored, for ever.

        A database that is being written to is left for later.
        """
        await self._succeeds(self.view.postings)
        seen: object = None
        while True:
            version = await self(self.store.catalogue.version)
            if version != seen and await self._succeeds(self.store.catalogue.index):
                seen = await self(self.store.catalogue.version)
                await self(heap.trim)
            await anyio.sleep(INDEX_S)

    async def _succeeds(self, act: Callable[[], object]) -> bool:
        """Run *act*; returns False if it fails: the next request reports why."""
        try:
            await self(act)
        except JptError as exc:
            log.debug("%s", exc.sentence)
            return False
        return True


@asynccontextmanager
async def backend(settings: Settings) -> AsyncIterator[Backend]:
    """Open the database for the length of the block; raises InputError, Locked or StoreError."""
    with Store.open(settings.db, cache_kb=CACHE_KB) as store:
        made = Backend(settings, store, JobsView.of(store, settings), anyio.CapacityLimiter(1))
        async with anyio.create_task_group() as tg:
            tg.start_soon(made.keep_current)
            yield made
            tg.cancel_scope.cancel()
