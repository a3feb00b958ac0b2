"""Each site's robots.txt (RFC 9309), followed if the user wants that."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
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
"""One that could not be fetched is fetched again after this long."""
KEPT_S = 24 * 3_600.0
"""RFC 9309, 2.4: one that was read holds for a day at most."""
MISSING_S = 3_600.0
"""How long a site counts as having none."""
MOST_KEPT = 5_000

Fetch = Callable[[str], Awaitable[tuple[int, str]]]
"""Gives the status and the text of a URL; raises TaskError."""


@dataclass(eq=False, slots=True)
class _Site:
    fetching: anyio.Lock = field(default_factory=anyio.Lock)
    rules: Protego | None = None
    fault: TaskError | None = None
    again_at: float = 0.0
    """When it is asked for again."""


def _since_boot_s() -> float:
    """Give a monotonic time that includes sleep of the machine, if the system has such a clock."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


@dataclass(eq=False, slots=True)
class KeptRobots:
    """What is known of each site's robots.txt; cycles that follow each other share it."""

    time_s: Callable[[], float] = _since_boot_s
    _sites: dict[str, _Site] = field(default_factory=dict)

    def of(self, origin: str) -> _Site:
        """Give the entry of a site; old ones make room when there are too many."""
        if origin not in self._sites and len(self._sites) >= MOST_KEPT:
            idle = [name for name, site in self._sites.items() if not site.fetching.locked()]
            for name in sorted(idle, key=lambda name: self._sites[name].again_at)[: MOST_KEPT // 10]:
                del self._sites[name]
        return self._sites.setdefault(origin, _Site())

    def __len__(self) -> int:
        return len(self._sites)


class Robots:
    """The robots.txt of each site; a site that hangs delays only its own visitors."""

    def __init__(self, fetch: Fetch, kept: KeptRobots | None = None) -> None:
        self._fetch = fetch
        self._kept = KeptRobots() if kept is None else kept

    async def delay_s(self, url: str) -> float:
        """Check *url*; gives the site's Crawl-delay in seconds, 0 without a valid one.

        Raises NotAPage if it may not be read, Outage or PageFault if that is unknown.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        rules = await self._rules(origin)
        if not rules.can_fetch(url, AGENT):
            raise NotAPage(f"{origin}/robots.txt asks robots not to (JPT_ROBOTS)", page=url)
        return decimal(rules.crawl_delay(AGENT)) or 0.0

    async def _rules(self, origin: str) -> Protego:
        site = self._kept.of(origin)
        async with site.fetching:
            if self._kept.time_s() < site.again_at:
                if site.fault is not None:
                    raise type(site.fault)(site.fault.reason, page=site.fault.page)
                if site.rules is not None:
                    return site.rules
            try:
                rules, holds_s = await self._fetched(origin)
            except TaskError as exc:
                site.fault, site.again_at = exc, self._kept.time_s() + AGAIN_S
                raise
            site.rules, site.fault, site.again_at = rules, None, self._kept.time_s() + holds_s
            return rules

    async def _fetched(self, origin: str) -> tuple[Protego, float]:
        """Give the rules of a site, and for how many seconds they hold."""
        with anyio.move_on_after(ANSWER_S) as limit:
            status, text = await self._fetch(f"{origin}/robots.txt")
        if limit.cancelled_caught:
            words = f"{origin}/robots.txt did not come within {ANSWER_S:g} s"
            raise Outage(f"{words}, so nothing there is read (JPT_ROBOTS).")
        if status >= 500:
            raise Outage(f"{origin}/robots.txt answers with HTTP {status}, so nothing there is read (JPT_ROBOTS).")
        # Without a file that can be read, everything may be (RFC 9309, 2.3.1.3).
        if status >= 300:
            return Protego.parse(""), MISSING_S
        # The parser encodes its input, which fails for half a surrogate pair.
        return Protego.parse(text[:MOST_CHARS].encode("utf-8", "replace").decode()), KEPT_S
