"""Manners per host: how many pages at once, and how long between two navigations."""

from __future__ import annotations

import ipaddress
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic

import anyio


@dataclass(slots=True)
class _Visits:
    open: int = 0
    next_at: float = 0.0
    ended: anyio.Event = field(default_factory=anyio.Event)


class Manners:
    """The permits of one process, by host:port. Loopback has no limit."""

    def __init__(self, pages: int, interval_ms: int) -> None:
        self._pages = pages
        self._interval_s = interval_ms / 1000
        self._hosts: dict[str, _Visits] = defaultdict(_Visits)

    def free(self, host: str) -> bool:
        """Tell whether *host* may be visited now, without waiting."""
        visits = self._hosts[host]
        return _is_loopback(host) or (visits.open < self._pages and visits.next_at <= monotonic())

    @asynccontextmanager
    async def permit(self, host: str) -> AsyncIterator[None]:
        """Wait until *host* may be visited, and count as a visit for the length of the block."""
        if _is_loopback(host):
            yield
            return
        visits = self._hosts[host]
        while not self.free(host):
            if visits.open >= self._pages:
                await visits.ended.wait()
            else:
                await anyio.sleep(max(0.0, visits.next_at - monotonic()))
        visits.open += 1
        visits.next_at = monotonic() + self._interval_s
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
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
