"""Manners per host: how many pages at once, how long between two navigations, and pauses that a host asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic

import anyio

from jpt.errors import Throttled
from jpt.net.addresses import literal

LONGEST_WAIT_S = 10.0
"""A pause that a host asked for is waited for up to this long; a longer one is for a later run."""
LONGEST_PAUSE_S = 3_600.0
"""A host that asks for more is asked again after this long."""
REFUSED_PAUSE_S = 60.0
"""Pause after "too many requests" without a word for how long."""


@dataclass(slots=True)
class _Visits:
    interval_s: float
    open: int = 0
    next_at: float = 0.0
    paused_until: float = 0.0
    ended: anyio.Event = field(default_factory=anyio.Event)


class Manners:
    """The permits of one process, by host:port. On loopback only pauses count."""

    def __init__(self, pages: int, interval_ms: int) -> None:
        self._pages = pages
        self._hosts: dict[str, _Visits] = defaultdict(lambda: _Visits(interval_ms / 1000))

    def free(self, host: str) -> bool:
        """Tell whether *host* may be visited now, without waiting."""
        visits, now = self._hosts[host], monotonic()
        if visits.paused_until > now:
            return False
        return _is_loopback(host) or (visits.open < self._pages and visits.next_at <= now)

    def pause(self, host: str, seconds: float | None) -> None:
        """Leave *host* alone for the time that it asked for (None: it named none)."""
        pause_s = REFUSED_PAUSE_S if seconds is None else min(seconds, LONGEST_PAUSE_S)
        visits = self._hosts[host]
        visits.paused_until = max(visits.paused_until, monotonic() + pause_s)

    def long_pause_s(self, host: str) -> float:
        """Give the seconds that *host* is still to be left alone, if they are too many to wait for; else 0."""
        left = self._hosts[host].paused_until - monotonic()
        return left if left > LONGEST_WAIT_S else 0.0

    def slow_down(self, host: str, interval_s: float) -> None:
        """Let at least *interval_s* pass between two visits of *host*."""
        visits = self._hosts[host]
        visits.interval_s = max(visits.interval_s, interval_s)

    async def due(self, host: str) -> None:
        """Wait until the interval since the last visit of *host* is over."""
        if not _is_loopback(host):
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

        Raises Throttled when the host asked for a pause that is too long to wait for.
        """
        visits = self._hosts[host]
        while not self.free(host):
            if pause_s := self.long_pause_s(host):
                raise Throttled(f"{host} asked to be left alone for {pause_s:.0f} s more.", pause_s)
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


def _is_loopback(host: str) -> bool:
    name = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = literal(name)
    return address is not None and address.is_loopback
