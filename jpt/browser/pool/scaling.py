"""How many pages are open at once: as many as the processor keeps up with.

A page that waits for its server costs no processor time, so one more can load meanwhile. Where the processor
is busy, further pages only make all of them slower, and a slow page may not show its text in time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import anyio
import psutil

from jpt.browser.pool.memory import HERE

FIRST = 4
"""Pages open at once to begin with, and at the least: two cores are at four fifths with them (measured)."""
LOOK_S = 1.0
"""How often the load of the processor is measured, in seconds, while pages wait for a slot."""
_IDLE, _BUSY = 0.25, 0.05
"""Share of idle time from which one more page opens, and below which one fewer."""


@dataclass(frozen=True, slots=True)
class CpuTime:
    """What the processor did since the machine started, in seconds of all its cores."""

    idle_s: float
    total_s: float
    throttled: int = 0
    """How often the kernel made our groups wait because their share was used up."""


def cpu_time() -> CpuTime:
    """Measure what the processor did so far."""
    times = psutil.cpu_times()._asdict()
    # A guest's time is in that of its host's user already; waiting for a disk is no work.
    total = sum(seconds for name, seconds in times.items() if not name.startswith("guest"))
    return CpuTime(times["idle"] + times.get("iowait", 0.0), total, HERE.throttled())


def idle_share(before: CpuTime, after: CpuTime) -> float:
    """Give the share of the time between two looks in which the processor, or our part of it, was free: 0 to 1."""
    if after.throttled > before.throttled:
        return 0.0
    passed_s = after.total_s - before.total_s
    return min(1.0, max(0.0, (after.idle_s - before.idle_s) / passed_s)) if passed_s > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Pages:
    """How many pages may be open at once: first and at least, and at most."""

    first: int
    most: int

    @classmethod
    def up_to(cls, most: int) -> Pages:
        """From FIRST to *most*, by the load of the processor."""
        return cls(min(FIRST, most), most)

    @classmethod
    def fixed(cls, count: int) -> Pages:
        """Always *count*: pages are rendered elsewhere, or others rely on the number."""
        return cls(count, count)

    def after(self, now: int, idle: float) -> int:
        """Give how many may be open after *now* were, with the processor idle for a share *idle* of the time."""
        if idle >= _IDLE:
            return min(self.most, now + 1)
        return max(self.first, now - 1) if idle < _BUSY else now


class Scaling:
    """The permits to have a page open; their number follows the processor while somebody waits for one."""

    def __init__(self, pages: Pages, has_room: Callable[[], bool]) -> None:
        self.permits = anyio.CapacityLimiter(pages.first)
        self._pages, self._has_room = pages, has_room
        self._timer: asyncio.TimerHandle | None = None

    async def take(self, borrower: object) -> None:
        """Wait for a permit for *borrower*."""
        with suppress(anyio.WouldBlock):
            self.permits.acquire_on_behalf_of_nowait(borrower)
            return
        if self._timer is None and self._pages.first < self._pages.most:
            self._look_again(cpu_time())
        await self.permits.acquire_on_behalf_of(borrower)

    def give_back(self, borrower: object) -> None:
        """Give the permit of *borrower* to whoever waits the longest."""
        self.permits.release_on_behalf_of(borrower)

    def close(self) -> None:
        """Stop measuring."""
        if self._timer is not None:
            self._timer.cancel()

    def _look_again(self, before: CpuTime) -> None:
        self._timer = asyncio.get_running_loop().call_later(LOOK_S, self._adjust, before)

    def _adjust(self, before: CpuTime) -> None:
        self._timer = None
        after, now = cpu_time(), int(self.permits.total_tokens)
        wanted = self._pages.after(now, idle_share(before, after))
        if wanted < now or (wanted > now and self._has_room()):
            self.permits.total_tokens = wanted
        # Without a waiting page more room is useless; the next that waits measures again.
        if self.permits.statistics().tasks_waiting:
            self._look_again(after)
