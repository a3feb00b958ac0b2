"""What a site's robots.txt asks of robots (RFC 9309), where the user wants to follow it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import anyio
from protego import Protego

from jpt.errors import NotAPage, Outage
from jpt.text.numbers import decimal

AGENT = "jpt"
"""The name that a robots.txt can address."""
MOST_CHARS = 500_000
"""RFC 9309, 2.5: at least 500 KiB are to be read."""

Fetch = Callable[[str], Awaitable[tuple[int, str]]]
"""Gives the status and the text of a URL; raises TaskError."""


class Robots:
    """The robots.txt of each site met, fetched once."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._rules: dict[str, Protego] = {}
        self._fetching = anyio.Lock()

    async def delay_s(self, url: str) -> float:
        """Check *url*; gives the seconds that the site wants between two visits.

        Raises NotAPage when it may not be read, Outage when that cannot be found out.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self._fetching:
            rules = self._rules.get(origin) or await self._fetched(origin)
            self._rules[origin] = rules
        if not rules.can_fetch(url, AGENT):
            raise NotAPage(f"{url} is not read: {origin}/robots.txt asks robots not to (JPT_ROBOTS).")
        return decimal(rules.crawl_delay(AGENT)) or 0.0

    async def _fetched(self, origin: str) -> Protego:
        status, text = await self._fetch(f"{origin}/robots.txt")
        if status >= 500:
            raise Outage(f"{origin}/robots.txt answers with HTTP {status}, so nothing there is read (JPT_ROBOTS).")
        # Without a file that can be read, everything may be (RFC 9309, 2.3.1.3).
        return Protego.parse(text[:MOST_CHARS] if status < 300 else "")
