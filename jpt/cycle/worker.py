"""Being a worker: a name to lease under, a sign of life for the others, and the work of those who died."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import anyio

from jpt.cycle.store_calls import StoreCalls
from jpt.errors import Locked
from jpt.store import Store
from jpt.store.leases import BEAT_S


@asynccontextmanager
async def worker_name(store: Store, db: StoreCalls, on_work: Callable[[], None]) -> AsyncIterator[str]:
    """Be a worker for the length of the block; gives the name to lease under.

    *on_work* is called when tasks of the dead have come back to the queue.
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
        # A beat that a busy database misses is no reason to end: many in a row would be needed to look dead.
        with suppress(Locked):
            await db(store.queue.beat, name)
            if await db(store.queue.reclaim):
                on_work()
