"""Browsers elsewhere: Playwright servers and debugging ports, each with a limit of its own."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic

import anyio

from jpt.browser.chromium.launch import Engine, connected
from jpt.browser.pool.engines import ASK_EVERY, PULSE_S
from jpt.browser.pool.slots import Say
from jpt.errors import BrowserLost, BrowserUnusable, JptError, Outage, SettingError
from jpt.settings import Settings

REST_S = 30.0
"""How long an endpoint is left out that died or did not answer."""

_ENDPOINT = re.compile(r"(?P<url>(?:wss?|https?)://[^\s;]+)(?:;pages=(?P<pages>[1-9][0-9]{0,2}))?")


@dataclass(eq=False, slots=True)
class RemoteBrowser:
    """One browser elsewhere, connected or not."""

    url: str
    cdp: bool
    pages: int
    engine: Engine | None = None
    rests_until: float = 0.0
    connecting: anyio.Lock = field(default_factory=anyio.Lock)

    @property
    def load(self) -> float:
        """How full it is, from 0 to 1."""
        return self.engine.users / self.pages if self.engine else 0.0


def endpoints(settings: Settings) -> list[RemoteBrowser]:
    """Give the endpoints of JPT_BROWSER_WS and JPT_BROWSER_CDP; raises SettingError.

    They are separated by commas; `;pages=2` after one is its limit, else it is PPT_MAX_PAGES.
    """
    found = []
    for name, words, cdp in (
        ("JPT_BROWSER_WS", settings.browser_ws, False),
        ("JPT_BROWSER_CDP", settings.browser_cdp, True),
    ):
        for word in filter(None, (part.strip() for part in (words or "").split(","))):
            match = _ENDPOINT.fullmatch(word)
            if match is None:
                raise SettingError(f"{name} has {word!r}: it should be like ws://host:3000/path or {_EXAMPLE}.")
            found.append(RemoteBrowser(match["url"], cdp, int(match["pages"] or settings.max_pages)))
    return found


_EXAMPLE = "http://host:9222;pages=2"


class Remotes:
    """The endpoints of one pool: each page goes to the one that is least full."""

    recycled, helpers, memory_mb = 0, 0, 0.0
    """They are never replaced by us, and none of their processes is ours."""

    def __init__(self, found: list[RemoteBrowser], say: Say) -> None:
        self._endpoints = found
        self._say = say
        self._freed = anyio.Event()
        self._pulses: set[asyncio.Task[None]] = set()
        self.died = 0
        """Endpoints that stopped answering while they were used."""

    @property
    def browsers(self) -> int:
        """How many are connected."""
        return sum(endpoint.engine is not None for endpoint in self._endpoints)

    @property
    def pages(self) -> int:
        """Most pages at once, all together."""
        return sum(endpoint.pages for endpoint in self._endpoints)

    @property
    def contexts(self) -> int:
        """Count our pages open now: others may use the same browsers."""
        return sum(endpoint.engine.users for endpoint in self._endpoints if endpoint.engine)

    async def connect(self) -> None:
        """Connect to what answers; raises BrowserUnusable when nothing does."""
        faults: list[JptError] = []
        for endpoint in self._endpoints:
            try:
                await self._engine(endpoint)
            except (BrowserUnusable, BrowserLost) as exc:
                self._lay_off(endpoint, exc.sentence)
                faults.append(exc)
        if len(faults) == len(self._endpoints):
            raise faults[0]

    @asynccontextmanager
    async def lease(self) -> AsyncIterator[Engine]:
        """Give a browser for one page; raises Outage when none answers."""
        engine = await self._chosen()
        try:
            yield engine
        finally:
            engine.leave()
            self._freed.set()
            self._freed = anyio.Event()

    quarantine = lease

    def discard(self, engine: Engine) -> None:
        """Leave an endpoint out for a while, and cancel the reading of its pages."""
        if engine.dead:
            return
        self.died += 1
        engine.abandon()
        for endpoint in self._endpoints:
            if endpoint.engine is engine:
                self._lay_off(endpoint, f"{endpoint.url} no longer responds.")
        self._pulses.add(task := asyncio.get_running_loop().create_task(engine.end()))
        task.add_done_callback(self._pulses.discard)

    async def close(self) -> None:
        """Disconnect from all of them."""
        with anyio.CancelScope(shield=True):
            for endpoint in self._endpoints:
                engine, endpoint.engine = endpoint.engine, None
                if engine is not None:
                    await engine.end()
            for task in list(self._pulses):
                task.cancel()
            await asyncio.gather(*self._pulses, return_exceptions=True)

    async def _chosen(self) -> Engine:
        while True:
            awake = [endpoint for endpoint in self._endpoints if endpoint.rests_until <= monotonic()]
            if not awake:
                raise Outage("No remote browser answers (JPT_BROWSER_WS, JPT_BROWSER_CDP).")
            endpoint = min(awake, key=lambda one: one.load)
            if endpoint.load >= 1:
                await self._freed.wait()
                continue
            try:
                engine = await self._engine(endpoint)
            except (BrowserUnusable, BrowserLost) as exc:
                self._lay_off(endpoint, exc.sentence)
                continue
            if engine.users < endpoint.pages:
                engine.enter()
                return engine

    async def _engine(self, endpoint: RemoteBrowser) -> Engine:
        async with endpoint.connecting:
            if endpoint.engine is not None and not endpoint.engine.alive:
                self.discard(endpoint.engine)
            if endpoint.engine is None:
                endpoint.engine = await connected(endpoint.url, cdp=endpoint.cdp)
                task = asyncio.get_running_loop().create_task(self._watched(endpoint.engine))
                self._pulses.add(task)
                task.add_done_callback(self._pulses.discard)
            return endpoint.engine

    def _lay_off(self, endpoint: RemoteBrowser, reason: str) -> None:
        endpoint.engine = None
        endpoint.rests_until = monotonic() + REST_S
        self._say(f"{reason} It is left out for {REST_S:g} s.")

    async def _watched(self, engine: Engine) -> None:
        missed = 0
        while not engine.retired:
            await anyio.sleep(PULSE_S * ASK_EVERY)
            if engine.users:
                missed = 0 if await engine.answers() else missed + 1
                if missed >= 2 or not engine.alive:
                    self.discard(engine)
                    return
