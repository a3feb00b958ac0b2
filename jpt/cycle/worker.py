"""Being a worker: a name to lease under, a sign of life for the others, and the work of those who died."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import anyio

from jpt.errors import Locked
from jpt.store import Store
from jpt.store.leases import BEAT_S


@asynccontextmanager
async def worker(store: Store, db: Callable[..., Awaitable[Any]], tell: Callable[[], None]) -> AsyncIterator[str]:
    """Be a worker for the length of the block; gives the name to lease under.

    Store calls go through *db*; *tell* is called when tasks of the dead have come back to the queue.
    """
    with store.worker() as name:
        await db(store.queue.reclaim)
        async with anyio.create_task_group() as tg:
            tg.start_soon(_live, store, db, name, tell)
            yield name
            tg.cancel_scope.cancel()


async def _live(store: Store, db: Callable[..., Awaitable[Any]], name: str, tell: Callable[[], None]) -> None:
    while True:
        await anyio.sleep(BEAT_S)
        # A beat that a busy database misses is no reason to end: many in a row would be needed to look dead.
        with suppress(Locked):
            await db(store.queue.beat, name)
            if await db(store.queue.reclaim):
                tell()
