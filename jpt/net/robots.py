"""What a site's robots.txt asks of robots (RFC 9309), where the user wants to follow it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit

import anyio
from protego import Protego

from jpt.errors import NotAPage, Outage, TaskError
from jpt.text.numbers import decimal

AGENT = "jpt"
"""The name that a robots.txt can address."""
MOST_CHARS = 500_000
"""RFC 9309, 2.5: at least 500 KiB are to be read."""
ANSWER_S = 30.0
"""Longest wait for a robots.txt, with its repeats."""
AGAIN_S = 300.0
"""One that could not be had is asked for again after this long."""

Fetch = Callable[[str], Awaitable[tuple[int, str]]]
"""Gives the status and the text of a URL; raises TaskError."""


@dataclass(eq=False, slots=True)
class _Site:
    fetching: anyio.Lock = field(default_factory=anyio.Lock)
    rules: Protego | None = None
    fault: TaskError | None = None
    again_at: float = 0.0
    """When it is asked for again, on the monotonic clock."""


class Robots:
    """The robots.txt of each site met, fetched once; a site that hangs holds nobody up but its own visitors."""

    def __init__(self, fetch: Fetch, time_s: Callable[[], float] = monotonic) -> None:
        self._fetch = fetch
        self._time_s = time_s
        self._sites: dict[str, _Site] = defaultdict(_Site)

    async def delay_s(self, url: str) -> float:
        """Check *url*; gives the seconds that the site wants between two visits, 0 where it says nothing sensible.

        Raises NotAPage when it may not be read, Outage or PageFault when that cannot be found out.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        rules = await self._rules(origin)
        if not rules.can_fetch(url, AGENT):
            raise NotAPage(f"{url} is not read: {origin}/robots.txt asks robots not to (JPT_ROBOTS).")
        return decimal(rules.crawl_delay(AGENT)) or 0.0

    async def _rules(self, origin: str) -> Protego:
        site = self._sites[origin]
        async with site.fetching:
            if site.rules is not None:
                return site.rules
            if site.fault is not None and self._time_s() < site.again_at:
                raise type(site.fault)(site.fault.sentence)
            try:
                site.rules = await self._fetched(origin)
            except TaskError as exc:
                site.fault, site.again_at = exc, self._time_s() + AGAIN_S
                raise
            return site.rules

    async def _fetched(self, origin: str) -> Protego:
        with anyio.move_on_after(ANSWER_S) as limit:
            status, text = await self._fetch(f"{origin}/robots.txt")
        if limit.cancelled_caught:
            words = f"{origin}/robots.txt did not come within {ANSWER_S:g} s"
            raise Outage(f"{words}, so nothing there is read (JPT_ROBOTS).")
        if status >= 500:
            raise Outage(f"{origin}/robots.txt answers with HTTP {status}, so nothing there is read (JPT_ROBOTS).")
        # Without a file that can be read, everything may be (RFC 9309, 2.3.1.3).
        return Protego.parse(text[:MOST_CHARS] if status < 300 else "")
