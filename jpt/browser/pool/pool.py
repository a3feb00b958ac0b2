"""The browser pool: a context a page, at most so many pages at once, in whichever browser is well.

Only a slot can read, so reading without permission cannot be written. Whoever finds a browser
sick discards the one that he was given, not whichever is the present one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import anyio
from playwright.async_api import Page

from jpt.browser import faults
from jpt.browser.chromium.find import Chromium
from jpt.browser.chromium.launch import Engine
from jpt.browser.chromium.scratch import scratch
from jpt.browser.faults import refused_frames
from jpt.browser.pool.contexts import Contexts, Fleet
from jpt.browser.pool.engines import Engines
from jpt.browser.pool.memory import A_PAGE_MB, HERE
from jpt.browser.pool.remotes import Remotes, endpoints
from jpt.browser.pool.scaling import FIRST, Pages, Scaling
from jpt.browser.pool.slots import Say, Slots
from jpt.browser.visit.capture import with_portrait
from jpt.browser.visit.context import serve_only
from jpt.browser.visit.frame_probe import PATIENCE_S
from jpt.browser.visit.lesson import Lessons
from jpt.browser.visit.open_list import Seek
from jpt.browser.visit.opened import Opened
from jpt.browser.visit.page import visit
from jpt.errors import BrowserLost, Outage, PageCrash, PageFault
from jpt.identity.urls import key_of
from jpt.models.load import Load
from jpt.models.pages import PageRead
from jpt.net.egress import Egress
from jpt.net.guard import AddressGuard
from jpt.settings import Settings
from jpt.text.counts import counted

SETTLED_S = 0.2
"""Wait after a fault until a dead browser is known to be dead (0.1 s, measured)."""
HELPERS_SHELL, HELPERS_FULL = 15, 40
"""Browser processes above which no page opens beside another: 4 plain pages make 8 and 14."""
CROWDED_S = 0.25
"""How often room for another page is looked for."""


log = logging.getLogger(__name__)


class BrowserPool:
    """The limit of pages, and the browsers that they open in."""

    def __init__(
        self, settings: Settings, fleet: Fleet, gate: Egress, pages: Pages, helpers: int, say: Say
    ) -> None:
        self._settings = settings
        self._fleet = fleet
        self._gate = gate
        self._openings = Contexts(settings, fleet, gate)
        self._scaling = Scaling(pages, self._has_room)
        self._most_helpers = settings.max_chrome_helpers or round(helpers * max(1, pages.most / FIRST))
        self._say = say
        self._reported: set[str] = set()
        self._open = 0
        self._suspects: set[str] = set()
        self.lessons = Lessons() if settings.cheap == "auto" else None
        """What was learned of when posts are complete; None if each gets the full wait."""

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        settings: Settings,
        chromium: Chromium | None,
        *,
        named: Iterable[str] = (),
        say: Say = log.info,
        fixed: bool = False,
    ) -> AsyncIterator[BrowserPool]:
        """Run a pool for the length of the block; nothing of it is left afterwards.

        The hosts and ports of *named* URLs may be private. A *fixed* pool has all its slots from the start.
        *chromium* is None where browsers are used that run elsewhere, which are asked here already: raises
        BrowserUnusable when none answers. On this machine a browser starts when the first page wants one: a
        cycle that needs none costs none.
        """
        asyncio.get_running_loop().set_exception_handler(_hush)
        with scratch() as folder:
            async with Egress.open(
                named, allow_private=settings.allow_private, upstream=settings.upstream
            ) as gate:
                fleet: Fleet
                if chromium is None:
                    remotes = Remotes(endpoints(settings), say)
                    fleet, pages, helpers = remotes, Pages.fixed(remotes.pages), HELPERS_FULL
                else:
                    slots = Slots.of(settings, say)
                    fleet = Engines(settings, chromium, folder, gate.url, slots)
                    pages = Pages.fixed(settings.max_pages) if fixed else Pages.up_to(settings.max_pages)
                    helpers = HELPERS_SHELL if chromium.is_headless_shell else HELPERS_FULL
                pool = cls(settings, fleet, gate, pages, helpers, say)
                try:
                    if isinstance(fleet, Remotes):
                        await fleet.connect()
                    yield pool
                finally:
                    pool._scaling.close()
                    await fleet.close()

    @property
    def guard(self) -> AddressGuard:
        """The guard of the pages, for HTTP as well."""
        return self._gate.guard

    @property
    def contexts(self) -> int:
        """Count the contexts of pages open now, without the one that is opened ahead."""
        return max(0, self._fleet.contexts - self._openings.spares)

    @property
    def load(self) -> Load:
        """How it is used at the moment."""
        fleet = self._fleet
        return Load(self._open, self.contexts, fleet.browsers, fleet.memory_mb, fleet.died, fleet.recycled)

    def suspect(self, url: str) -> None:
        """Read *url* alone the next time: a browser crashed with it elsewhere."""
        self._suspects.add(key_of(url))

    def is_suspect(self, url: str) -> bool:
        """Tell whether a browser crashed while *url* was open, and it has not been read since."""
        return key_of(url) in self._suspects

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[Slot]:
        """Wait for the right to have a page open, and hold it for the length of the block."""
        # A task may hold several slots one after the other, and two tasks may share a borrower.
        borrower = object()
        await self._scaling.take(borrower)
        try:
            yield Slot(self)
        finally:
            self._scaling.give_back(borrower)

    async def read(self, url: str, body: bytes | None, seek: Seek | None) -> PageRead:
        """Read one page in a context of its own; use a slot for it."""
        await self._room()
        self._open += 1
        try:
            # A browser that opens no page, or died with this one alone, is replaced, once.
            for _ in range(2):
                page = await self._read(url, body, seek)
                if page is not None:
                    return page
        finally:
            self._open -= 1
            if not self._open:
                await self._openings.close_spare()
        raise BrowserLost("the browser opens no page, or died", faults.LOST_PAUSE_S, page=url)

    async def _read(self, url: str, body: bytes | None, seek: Seek | None) -> PageRead | None:
        """Read in one browser; None when that one opens no page, or died and nobody knows why."""
        key = key_of(url)
        # Of the pages that were open when a browser died each is read alone: then it shows which one did it.
        place = self._fleet.quarantine() if key in self._suspects else self._fleet.lease()
        async with place as engine:
            limit_s = self._settings.watchdog_s
            with anyio.move_on_after(limit_s) as scope:
                engine.scopes.add(scope)
                try:
                    async with self._openings.page(engine, saved=body is not None) as opened:
                        if opened is None:
                            return None
                        if key not in self._suspects:
                            self._open_ahead(engine)
                        page = await self._visited(engine, opened, url, body, seek)
                        page = replace(page, agent=self._openings.presented(engine)["user_agent"])
                except (Outage, PageFault):
                    # A dying browser also makes navigations fail as if the page were at fault.
                    await anyio.sleep(SETTLED_S)
                    if engine.alive:
                        raise
                    self._fleet.discard(engine)
                    self._raise_lost(engine, url, key)
                    return None
                finally:
                    engine.scopes.discard(scope)
                self._suspects.discard(key)
                return page
            if engine.dead:
                self._raise_lost(engine, url, key)
                return None
            raise PageFault(f"it did not finish within {limit_s:g} s", page=url)

    async def _visited(
        self, engine: Engine, opened: Opened, url: str, body: bytes | None, seek: Seek | None
    ) -> PageRead:
        if body is not None:
            await serve_only(opened.page, body)
        refusal = self._gate.refusal if self._openings.is_proxied(engine) else lambda _url: None
        end = monotonic() + self._settings.watchdog_s
        async with _ended_by_crash(opened, url, lambda: self._open == 1):
            patience_s = min(PATIENCE_S, 0.75 * self._settings.watchdog_s)
            read = await visit(opened, url, refusal, seek, patience_s, self.lessons if body is None else None)
            if refused := refused_frames(read.frames, refusal):
                read = replace(read, truncated=(*read.truncated, *refused))
            # Only a help for people: it must not exceed the deadline.
            return await with_portrait(opened.page, read, seek, (end - monotonic()) / 2)

    def _raise_lost(self, engine: Engine, url: str, key: str) -> None:
        """Raise the fault of a page that lost its browser; returns if it should be read again, alone.

        Only a page that was alone with a browser that crashed, twice, is to blame: once may have been the
        machine, or somebody who ended the browser.
        """
        if not engine.crashed:
            raise BrowserLost("the browser stopped responding, or was ended", faults.LOST_PAUSE_S, page=url)
        if engine.casualties == 1 and key in self._suspects:
            raise PageCrash("it crashes the browser", page=url)
        self._suspects.add(key)
        if engine.casualties > 1:
            raise BrowserLost(
                f"the browser crashed with {engine.casualties} pages open", faults.LOST_PAUSE_S, page=url
            )

    async def _room(self) -> None:
        """Wait while another page is open and the machine has no room for one more."""
        while self._open and (why := self._crowded()):
            if why not in self._reported:
                self._reported.add(why)
                self._say(f"{why}: only one page is open at a time until there is room again.")
            await anyio.sleep(CROWDED_S)

    def _has_room(self) -> bool:
        return not self._crowded() and HERE.free_mb() >= self._settings.min_free_mb + A_PAGE_MB

    def _crowded(self) -> str:
        if self._fleet.helpers > self._most_helpers:
            most = counted(self._most_helpers, "browser process", "browser processes")
            return f"More than {most} run (PPT_MAX_CHROME_HELPERS)"
        if HERE.free_mb() < self._settings.min_free_mb:
            return f"Less than {self._settings.min_free_mb} MB of memory are free (JPT_MIN_FREE_MB)"
        return ""

    def _open_ahead(self, engine: Engine) -> None:
        """Open the next page's context while this one loads, where all slots are in use and there is room."""
        # Tasks without a slot may still process their last page.
        permits = self._scaling.permits
        if permits.total_tokens > 1 and permits.available_tokens <= 0 and not self._crowded():
            self._openings.open_ahead(engine)


@dataclass(frozen=True, slots=True)
class Slot:
    """The right to have one page open."""

    _pool: BrowserPool

    async def read(self, url: str, *, body: bytes | None = None, seek: Seek | None = None) -> PageRead:
        """Read *url*; with *body*, that is what stands there and nothing is fetched from the network.

        With *seek* it is a list, and read to its end.
        Raises PageFault, NotAPage or Outage; BrowserUnusable when no Chromium starts any more, Locked when
        no slot of the machine comes free.
        """
        return await self._pool.read(url, body, seek)


@asynccontextmanager
async def _ended_by_crash(opened: Opened, url: str, is_alone: Callable[[], bool]) -> AsyncIterator[None]:
    """End the block with PageCrash as soon as the page's own process dies: Playwright may wait for it for ever.

    Where the kernel ended processes because memory ran out, only a page that *is_alone* is to blame; for others
    that is an Outage.
    """
    kills = HERE.kills()
    with anyio.CancelScope() as scope:

        def end(_page: Page) -> None:
            scope.cancel()

        opened.page.on("crash", end)
        if opened.crashed:
            scope.cancel()
        try:
            yield
        except PageFault:
            # A navigation reports a crash as an abort; the crash is known a moment later.
            await anyio.sleep(SETTLED_S)
            raise
        finally:
            opened.page.remove_listener("crash", end)
    if scope.cancelled_caught:
        if HERE.kills() > kills and not is_alone():
            raise Outage("memory ran out. Give jpt more, or lower PPT_MAX_PAGES", page=url)
        raise PageCrash("it crashes the browser's page", page=url)


def _hush(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what Playwright leaves in futures that nobody awaits any more; asyncio would print it.

    Calls that were cancelled, or pending when the driver died, end so; their callers know already.
    """
    log.info("%s: %r", context.get("message"), context.get("exception"))
