"""The queue's posts in fair order: site after site, without hosts that are busy."""

from __future__ import annotations

import random
from collections import deque
from dataclasses import KW_ONLY, dataclass, field
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


@dataclass(eq=False, slots=True)
class FairQueue:
    """Hands out waiting tasks, one site after the other, each task to one worker."""

    queue: Queue
    politeness: Politeness
    db: StoreCalls
    limit: int | None = None
    """How many more are handed out; None: all."""
    _: KW_ONLY
    beside_others: bool = False
    """Further processes work the same queue."""
    until: float | None = None
    """On the monotonic clock: once it is closed nothing more is handed out after this."""
    site: str | None = None
    """The site whose posts alone are handed out."""
    _sites: deque[str] = field(init=False, default_factory=deque)
    _taken: set[int] = field(init=False, default_factory=set)
    _looking: anyio.Lock = field(init=False, default_factory=anyio.Lock)
    _news: anyio.Event = field(init=False, default_factory=anyio.Event)
    _open: bool = field(init=False, default=True)
    _looked_at: float = field(init=False, default=0.0)
    _stopped: bool = field(init=False, default=False)

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
                    self.limit = None if self.limit is None else self.limit - 1
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
        if not read and self.limit is not None:
            self.limit += 1
        self._notify()

    def _exhausted(self) -> bool:
        late = self.until is not None and not self._open and monotonic() >= self.until
        return self._stopped or late or self.limit == 0

    async def _look(self) -> Task | None:
        if not self._sites or monotonic() - self._looked_at >= LOOK_ROUND_S:
            # Sites that were read in the meantime, and those with posts to try again, join the round.
            self._looked_at = monotonic()
            due = await self.db(self.queue.due_sites, self.site)
            self._sites.extendleft(site for site in reversed(due) if site not in self._sites)
        for _ in range(len(self._sites)):
            site = self._sites.popleft()
            skip = random.randint(0, MOST_SKIPPED if self.beside_others else 0)  # noqa: S311 - keeps processes apart
            task = await self.db(self.queue.due, site, tuple(self._taken), skip)
            if task is None:
                continue
            self._sites.append(site)
            host = host_of(task.url)
            # A task whose host is paused for long is handed out to be postponed.
            if self.politeness.free(host) or self.politeness.long_pause_s(host):
                return task
        return None

    async def _may_come(self) -> bool:
        if self._open or self._taken or self._sites:
            return True
        due_in_s = await self.db(self.queue.next_due_in_s, self.site)
        return due_in_s is not None and due_in_s <= LINGER_S
