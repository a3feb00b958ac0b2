"""The number of tasks at work at once: fixed, or that of the slots of a pool, which may change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import anyio

from jpt.browser.pool.protocol import Elastic, PagePool

MOST = 512
"""Tasks started for a pool whose slots may grow; those without a turn wait, and cost nothing."""


class Concurrency:
    """The tasks that scan or work the queue; use `Concurrency.at`."""

    def __init__(self, count: int, beyond: int) -> None:
        self.count = count
        """How many are started."""
        self.turn = anyio.CapacityLimiter(count)
        """Held by each task while it works."""
        self._beyond = beyond

    @classmethod
    @contextmanager
    def at(cls, pool: PagePool, pages: int, beyond: int = 0) -> Iterator[Concurrency]:
        """Follow the slots of *pool* for the length of the block, or *pages* where their number is fixed.

        *beyond*: how many more may work, for while they do something else the slots are in use.
        """
        if not isinstance(pool, Elastic):
            yield cls(pages + beyond, beyond)
            return
        concurrency = cls(MOST, beyond)
        pool.follow(concurrency.resize)
        try:
            yield concurrency
        finally:
            pool.leave(concurrency.resize)

    def resize(self, pages: int) -> None:
        """Allow one task for each of *pages*, and those beyond."""
        self.turn.total_tokens = min(MOST, pages + self._beyond)
