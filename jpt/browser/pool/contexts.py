"""The contexts of a pool: opened and closed under limits, one of them ahead of the page that will need it.

Opening a context with its page and session takes the browser some 70 ms, 140 while other pages load. If all slots
are in use, one is opened for the next page while the others wait for their servers.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import anyio
from playwright.async_api import BrowserContext
from playwright.async_api import Error as PlaywrightError

from jpt.browser import faults
from jpt.browser.chromium.launch import Engine
from jpt.browser.pool.engines import Engines
from jpt.browser.pool.remotes import Remotes
from jpt.browser.visit.context import presentation
from jpt.browser.visit.opened import Opened
from jpt.errors import Outage
from jpt.net.addresses import is_local_name, literal
from jpt.net.egress import Egress
from jpt.net.guard import host_and_port
from jpt.settings import Settings

OPEN_S = 10.0
"""Longest time for a context and its page to open; a stopped Chromium would take for ever."""
CLOSE_S = 5.0
"""Longest time for a context to close."""
NOWHERE = "socks5://127.0.0.1:9"
"""The proxy of saved pages in a browser on another machine, where nothing listens."""

Fleet = Engines | Remotes
"""Where browsers come from: here, or elsewhere."""


@dataclass(eq=False, slots=True)
class _Spare:
    """A context that is opened for the next page."""

    engine: Engine
    opening: asyncio.Task[Opened | None]


class Contexts:
    """Opens contexts in the browsers of a fleet, and closes them."""

    def __init__(self, settings: Settings, fleet: Fleet, gate: Egress) -> None:
        self._settings = settings
        self._fleet = fleet
        self._gate = gate
        self._spare: _Spare | None = None
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def spares(self) -> int:
        """Count the contexts open, or being opened or closed, that no page was read in."""
        return len(self._closing) + (self._spare is not None)

    @asynccontextmanager
    async def page(self, engine: Engine, *, saved: bool) -> AsyncIterator[Opened | None]:
        """Have a page open for the length of the block; None (and the browser discarded) when it does not open.

        The context of a *saved* page reaches nothing, whatever its scripts and workers ask for.
        Raises Outage.
        """
        opened = None if saved else await self._spared(engine)
        if opened is None and not engine.dead:
            opened = await self._opened(engine, saved=saved)
            if opened is None:
                self._fleet.discard(engine)
        try:
            yield opened
        finally:
            if opened is not None and not await closed(opened.context):
                self._fleet.discard(engine)

    def open_ahead(self, engine: Engine) -> None:
        """Open a context in *engine* for the next page, unless one is open already."""
        # In a browser elsewhere the number of contexts is limited by others.
        if self._spare is None and engine.folder is not None and not (engine.retired or engine.dead):
            self._spare = _Spare(engine, asyncio.get_running_loop().create_task(self._opened_ahead(engine)))

    async def close_spare(self) -> None:
        """Close what was opened ahead, and wait until all such are closed."""
        with anyio.CancelScope(shield=True):
            self._drop()
            await asyncio.gather(*self._closing, return_exceptions=True)

    def presented(self, engine: Engine) -> dict[str, Any]:
        """Give how a context of *engine* presents itself."""
        return presentation(self._settings, engine.browser.version)

    @staticmethod
    def is_proxied(engine: Engine) -> bool:
        """Tell whether the gate can guard this browser: it must run on this machine."""
        place = host_and_port(engine.name) if engine.folder is None else None
        if place is None:
            return engine.folder is not None
        address = literal(place[0])
        return is_local_name(place[0]) or (address is not None and address.is_loopback)

    async def _spared(self, engine: Engine) -> Opened | None:
        """Give the context that was opened ahead in *engine*, if it is still usable."""
        spare = self._spare
        if spare is None:
            return None
        if spare.engine is not engine:
            self._drop()
            return None
        self._spare = None
        try:
            # If we are cancelled meanwhile, it has to be closed.
            opened = await asyncio.shield(spare.opening)
        except BaseException:
            self._close(spare)
            raise
        if opened is None or opened.crashed or opened.page.is_closed():
            self._close(spare)
            return None
        return opened

    async def _opened_ahead(self, engine: Engine) -> Opened | None:
        try:
            opened = await self._opened(engine, saved=False)
        except Outage:
            # The next page will fail in the same way, and report it.
            return None
        if opened is None:
            self._discard(engine)
        return opened

    def _drop(self) -> None:
        spare, self._spare = self._spare, None
        if spare is not None:
            self._close(spare)

    def _close(self, spare: _Spare) -> None:
        async def close() -> None:
            opened = await spare.opening
            if opened is not None and not await closed(opened.context):
                self._discard(spare.engine)

        task = asyncio.get_running_loop().create_task(close())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    def _discard(self, engine: Engine) -> None:
        """Discard a browser that was found sick, unless it is being ended anyway."""
        if not engine.retired:
            self._fleet.discard(engine)

    async def _opened(self, engine: Engine, *, saved: bool) -> Opened | None:
        """Open a context and its page; None when the browser does not."""
        options = self.presented(engine)
        if saved:
            options["proxy"] = {"server": self._gate.closed_url if self.is_proxied(engine) else NOWHERE}
        elif engine.folder is None and self.is_proxied(engine):
            options["proxy"] = {"server": self._gate.url}
        # Opening is shielded: a context whose opening is cancelled half-way is never closed.
        context: BrowserContext | None = None
        with anyio.CancelScope(shield=True):
            with anyio.move_on_after(OPEN_S):
                try:
                    context = await engine.browser.new_context(**options)
                    return await Opened.of(context)
                except PlaywrightError as exc:
                    if not faults.browser_gone(exc.message):
                        if context is not None:
                            await closed(context)
                        raise Outage(f"The browser opens no page: {faults.first_line(exc.message)}.") from exc
                except Outage:
                    if context is not None:
                        await closed(context)
                    raise
            if context is not None:
                await closed(context)
        return None


async def closed(context: BrowserContext) -> bool:
    """Close *context*, whatever is being cancelled; False when the browser does not answer."""
    with anyio.move_on_after(CLOSE_S, shield=True):
        try:
            await context.close()
        except PlaywrightError:
            return True
        return True
    return False
