"""Politeness per host: how many pages at once, how long between two navigations, pauses that it asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic

import anyio

from jpt.errors import NotYet
from jpt.net.addresses import literal
from jpt.net.robots import KeptRobots

LONGEST_WAIT_S = 10.0
"""A pause that a host asked for is waited for up to this long; a longer one is for a later run."""
LONGEST_GAP_S = 60.0
"""The same of the time between two visits (`Crawl-delay`): after a longer one the host's next visit is due."""
LONGEST_PAUSE_S = 3_600.0
"""A host that asks for more is asked again after this long."""
LONGEST_INTERVAL_S = 23 * 3_600.0
"""Two visits of a host are never held farther apart than this, whatever it asks for: less than a day, which is the
longest that a post in the queue is put off."""
REFUSED_PAUSE_S = 60.0
"""Pause after "too many requests" without a Retry-After."""


@dataclass(slots=True)
class _Visits:
    interval_s: float
    open: int = 0
    next_at: float = 0.0
    paused_until: float = 0.0
    ended: anyio.Event = field(default_factory=anyio.Event)


class Politeness:
    """The permits of one process, by host:port. On loopback only pauses count."""

    def __init__(self, pages: int, interval_ms: int) -> None:
        self._pages = pages
        self.robots = KeptRobots()
        """The robots.txt of the sites met, kept from one cycle to the next."""
        self._hosts: dict[str, _Visits] = defaultdict(lambda: _Visits(interval_ms / 1000))

    def free(self, host: str) -> bool:
        """Tell whether *host* may be visited now, without waiting."""
        visits, now = self._hosts[host], monotonic()
        if visits.paused_until > now:
            return False
        return _is_loopback(host) or (visits.open < self._pages and visits.next_at <= now)

    def pause(self, host: str, seconds: float | None) -> None:
        """Leave *host* alone for as long as it asked for (None: REFUSED_PAUSE_S)."""
        pause_s = REFUSED_PAUSE_S if seconds is None else min(seconds, LONGEST_PAUSE_S)
        visits = self._hosts[host]
        visits.paused_until = max(visits.paused_until, monotonic() + pause_s)

    def long_pause_s(self, host: str) -> float:
        """Give the seconds that *host* is still to be left alone, if they are too many to wait for; else 0."""
        visits, now = self._hosts[host], monotonic()
        pause_s = visits.paused_until - now
        gap_s = 0.0 if _is_loopback(host) else visits.next_at - now
        return max(pause_s if pause_s > LONGEST_WAIT_S else 0.0, gap_s if gap_s > LONGEST_GAP_S else 0.0)

    def slow_down(self, host: str, interval_s: float) -> None:
        """Let at least *interval_s* pass between two visits of *host*."""
        visits = self._hosts[host]
        visits.interval_s = max(visits.interval_s, min(interval_s, LONGEST_INTERVAL_S))

    async def due(self, host: str) -> None:
        """Wait until the interval since the last visit of *host* is over; raises NotYet if that is long."""
        if not _is_loopback(host):
            self._check(host)
            await anyio.sleep(max(0.0, self._hosts[host].next_at - monotonic()))

    def begin(self, host: str) -> bool:
        """Begin a visit now; False when another one began in the meantime and the interval runs again."""
        visits, now = self._hosts[host], monotonic()
        if visits.next_at > now and not _is_loopback(host):
            return False
        visits.next_at = now + visits.interval_s
        return True

    @asynccontextmanager
    async def permit(self, host: str) -> AsyncIterator[None]:
        """Wait until *host* may be visited, and count as a visit for the length of the block; then `begin` it.

        Raises NotYet when that is too long to wait for.
        """
        visits = self._hosts[host]
        while not self.free(host):
            self._check(host)
            if visits.paused_until > monotonic() or visits.open < self._pages:
                await anyio.sleep(max(0.01, max(visits.next_at, visits.paused_until) - monotonic()))
            else:
                await visits.ended.wait()
        visits.open += 1
        try:
            yield
        finally:
            visits.open -= 1
            visits.ended.set()
            visits.ended = anyio.Event()

    def _check(self, host: str) -> None:
        if pause_s := self.long_pause_s(host):
            raise NotYet(f"{host} asks to be left alone for {pause_s:.0f} s more.", pause_s)


def _is_loopback(host: str) -> bool:
    name = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = literal(name)
    return address is not None and address.is_loopback
