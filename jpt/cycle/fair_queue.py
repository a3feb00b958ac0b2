"""The queue's posts in fair order: site after site, without hosts that are busy."""

from __future__ import annotations

import random
from collections import deque
from time import monotonic

import anyio

from jpt.cycle.store_calls import StoreCalls
from jpt.identity.urls import host_of
from jpt.models.jobs import Task
from jpt.net.politeness import Politeness
from jpt.store.queue import Queue

LINGER_S = 10.0
"""A task that is due again within this time is waited for; later ones are for the next run."""
LOOK_AGAIN_S = 0.25
"""How often the queue is looked at when nobody announces new work."""
LOOK_ROUND_S = 2.0
"""How often all sites are looked at while some have work."""
MOST_SKIPPED = 15
"""Any of so many tasks of a site is taken where several processes would compete for the first one."""


class FairQueue:
    """Hands out waiting tasks, one site after the other, each task to one worker."""

    def __init__(
        self,
        queue: Queue,
        politeness: Politeness,
        db: StoreCalls,
        limit: int | None = None,
        *,
        beside_others: bool = False,
        until: float | None = None,
        site: str | None = None,
    ) -> None:
        """Take posts of *site* alone if given; *beside_others*: further processes work the same queue.

        Once it is closed nothing more is handed out after *until*, on the monotonic clock.
        """
        self._queue = queue
        self._politeness = politeness
        self._db = db
        self._left = limit
        self._most_skipped = MOST_SKIPPED if beside_others else 0
        self._sites: deque[str] = deque()
        self._taken: set[int] = set()
        self._looking = anyio.Lock()
        self._news = anyio.Event()
        self._open = True
        self._looked_at = 0.0
        self._stopped = False
        self._until = until
        self._site = site

    def wake(self) -> None:
        """Announce that the queue has more work."""
        self._looked_at = 0.0
        self._notify()

    def _notify(self) -> None:
        self._news.set()
        self._news = anyio.Event()

    def close(self) -> None:
        """Announce that no work will be added: workers may end when the queue is empty."""
        self._open = False
        self.wake()

    def stop(self) -> None:
        """Hand out no more tasks, whatever waits."""
        self._stopped = True
        self.close()

    async def next(self) -> Task | None:
        """Wait for a due task of a free host; None when the work is done. It is not leased yet."""
        while not self._exhausted():
            news = self._news
            async with self._looking:
                # Whoever waited for the lock may find that the last one has been handed out.
                if self._exhausted():
                    continue
                task = await self._look()
                if task is not None:
                    self._left = None if self._left is None else self._left - 1
                    self._taken.add(task.id)
                    return task
                if not await self._may_come():
                    return None
            with anyio.move_on_after(LOOK_AGAIN_S):
                await news.wait()
        return None

    def done(self, task: Task, *, read: bool = True) -> None:
        """Note that a task handed out is settled; one that was not *read* does not count for the limit."""
        self._taken.discard(task.id)
        if not read and self._left is not None:
            self._left += 1
        self._notify()

    def _exhausted(self) -> bool:
        late = self._until is not None and not self._open and monotonic() >= self._until
        return self._stopped or late or self._left == 0

    async def _look(self) -> Task | None:
        if not self._sites or monotonic() - self._looked_at >= LOOK_ROUND_S:
            # Sites that were read in the meantime, and those with posts to try again, join the round.
            self._looked_at = monotonic()
            due = await self._db(self._queue.due_sites, self._site)
            self._sites.extendleft(site for site in reversed(due) if site not in self._sites)
        for _ in range(len(self._sites)):
            site = self._sites.popleft()
            skip = random.randint(0, self._most_skipped)  # noqa: S311 - keeps processes apart
            task = await self._db(self._queue.due, site, tuple(self._taken), skip)
            if task is None:
                continue
            self._sites.append(site)
            host = host_of(task.url)
            # A task whose host is paused for long is handed out to be postponed.
            if self._politeness.free(host) or self._politeness.long_pause_s(host):
                return task
        return None

    async def _may_come(self) -> bool:
        if self._open or self._taken or self._sites:
            return True
        due_in_s = await self._db(self._queue.next_due_in_s, self._site)
        return due_in_s is not None and due_in_s <= LINGER_S
