"""Calls into the store from a cycle: in one thread of their own, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple, Unpack

import anyio
import anyio.to_thread

Args = TypeVarTuple("Args")
T = TypeVar("T")


class StoreCalls:
    """Runs store methods away from the event loop.

    SQLite has one writer, and a database that is busy must not keep the watchdogs waiting.
    """

    def __init__(self) -> None:
        self.limiter = anyio.CapacityLimiter(1)

    async def __call__(self, method: Callable[[Unpack[Args]], T], *args: *Args) -> T:
        """Call *method* with *args* after the calls before it; gives its result."""
        return await anyio.to_thread.run_sync(method, *args, limiter=self.limiter)
