"""The browser pool: one shared Chromium, a context a page, at most so many pages at once.

Only a slot can read, so reading without permission cannot be written. Whoever finds the browser
sick discards the engine that he was given, not whichever is the present one.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
from playwright.async_api import BrowserContext, Page, Route
from playwright.async_api import Error as PlaywrightError

from jpt.browser import faults
from jpt.browser.find import Chromium
from jpt.browser.launch import Engine
from jpt.browser.page import Enough, visit
from jpt.browser.scratch import scratch
from jpt.errors import BrowserUnusable, Outage, PageFault
from jpt.models import PageRead
from jpt.settings import Settings

OPEN_S = 10.0
"""Longest time for a context and its page to open; a stopped Chromium would take for ever."""
CLOSE_S = 5.0
"""Longest time for a context to close."""
ENGINE_STARTS = 10
"""Browsers that may be started anew in one run before it is given up."""

log = logging.getLogger(__name__)
_VIEWPORT = {"width": 1366, "height": 1000}


class BrowserPool:
    """The shared Chromium and the limit of pages."""

    def __init__(self, settings: Settings, chromium: Chromium, folder: Path) -> None:
        self._settings = settings
        self._chromium = chromium
        self._folder = folder
        self._permits = anyio.CapacityLimiter(settings.max_pages)
        self._starting = anyio.Lock()
        self._engine: Engine | None = None
        self._numbers = itertools.count(1)

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings, chromium: Chromium) -> AsyncIterator[BrowserPool]:
        """Run a pool for the length of the block; nothing of it is left afterwards.

        Chromium starts here already, so that a browser that does not start ends the run before
        any work begins: raises BrowserUnusable.
        """
        asyncio.get_running_loop().set_exception_handler(_hush)
        with scratch() as folder:
            pool = cls(settings, chromium, folder)
            try:
                await pool._present()
                yield pool
            finally:
                if pool._engine is not None:
                    await pool._engine.end()

    @property
    def contexts(self) -> int:
        """Count the contexts open now."""
        return len(self._engine.browser.contexts) if self._engine else 0

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[Slot]:
        """Wait for the right to have a page open, and hold it for the length of the block."""
        # A task may hold several slots one after the other, and two tasks may share a borrower.
        borrower = object()
        await self._permits.acquire_on_behalf_of(borrower)
        try:
            yield Slot(self)
        finally:
            self._permits.release_on_behalf_of(borrower)

    async def read(self, url: str, enough: Enough | None, body: bytes | None) -> PageRead:
        """Read one page in a context of its own; use a slot for it."""
        limit_s = self._settings.watchdog_s
        try:
            with anyio.fail_after(limit_s):
                async with self._page() as page:
                    if body is not None:
                        await _serve_only(page, body)
                    return await visit(page, url, enough)
        except TimeoutError:
            raise PageFault(f"{url} did not finish within {limit_s:g} s.") from None

    @asynccontextmanager
    async def _page(self) -> AsyncIterator[Page]:
        engine, context, page = await self._opened()
        try:
            yield page
        finally:
            if not await _closed(context):
                await self._discard(engine)

    async def _opened(self) -> tuple[Engine, BrowserContext, Page]:
        """Open a context and its page; a browser that cannot is replaced, once."""
        for _ in range(2):
            engine = await self._present()
            opened = await self._open_in(engine)
            if opened is not None:
                return engine, *opened
            await self._discard(engine)
        raise Outage("The browser opens no page.")

    async def _open_in(self, engine: Engine) -> tuple[BrowserContext, Page] | None:
        # Opening is shielded: a context whose opening is cancelled half-way is never closed.
        context: BrowserContext | None = None
        with anyio.move_on_after(OPEN_S, shield=True):
            try:
                context = await engine.browser.new_context(**self._manners(engine))
                return context, await context.new_page()
            except PlaywrightError as exc:
                if not faults.browser_gone(exc.message):
                    raise Outage(f"The browser opens no page: {faults.first_line(exc.message)}.") from exc
        if context is not None:
            await _closed(context)
        return None

    def _manners(self, engine: Engine) -> dict[str, Any]:
        """How every context presents itself, and what it is not allowed."""
        settings = self._settings
        return {
            "user_agent": settings.user_agent or _desktop_chrome(engine.browser.version),
            "locale": settings.language.partition(",")[0].strip() or "en-US",
            "extra_http_headers": {"Accept-Language": _accept_language(settings.language)},
            "viewport": _VIEWPORT,
            "reduced_motion": "reduce",
            "service_workers": "block",
            "accept_downloads": False,
        }

    async def _present(self) -> Engine:
        """Give the engine, started anew if the last one is gone."""
        async with self._starting:
            if self._engine is not None and not self._engine.alive:
                await self._engine.end()
                self._engine = None
            if self._engine is None:
                number = next(self._numbers)
                if number > ENGINE_STARTS:
                    raise BrowserUnusable(
                        f"{self._chromium.path} died {ENGINE_STARTS} times. Try another one: set JPT_CHROMIUM."
                    )
                self._engine = await Engine.start(
                    self._chromium, self._folder / f"browser-{number}", sandbox=self._settings.sandbox
                )
            return self._engine

    async def _discard(self, engine: Engine) -> None:
        with anyio.CancelScope(shield=True):
            async with self._starting:
                if self._engine is engine:
                    self._engine = None
                    await engine.end()


@dataclass(frozen=True, slots=True)
class Slot:
    """The right to have one page open."""

    _pool: BrowserPool

    async def read(self, url: str, enough: Enough | None = None, *, body: bytes | None = None) -> PageRead:
        """Read *url*; with *body*, that is what stands there and nothing is fetched from the network.

        A page that does not show *enough* gets a few seconds more to do so.
        Raises PageFault, NotAPage or Outage; BrowserUnusable when no Chromium starts any more.
        """
        return await self._pool.read(url, enough, body)


def _hush(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what Playwright leaves in futures that nobody awaits any more; asyncio would print it.

    Calls that were cancelled, or pending when the driver died, end so; their callers know already.
    """
    log.info("%s: %r", context.get("message"), context.get("exception"))


async def _closed(context: BrowserContext) -> bool:
    """Close *context*, whatever is being cancelled; False when the browser does not answer."""
    with anyio.move_on_after(CLOSE_S, shield=True):
        try:
            await context.close()
        except PlaywrightError:
            return True
        return True
    return False


async def _serve_only(page: Page, body: bytes) -> None:
    """Answer the page's own navigation with *body*, and every other request with nothing."""
    answered = False

    async def answer(route: Route) -> None:
        nonlocal answered
        if not route.request.is_navigation_request():
            await route.abort()
        elif answered:
            # "No content" leaves the page on show; an aborted navigation would put an error in its place.
            await route.fulfill(status=204)
        else:
            answered = True
            await route.fulfill(status=200, body=body, headers={"Content-Type": _content_type(body)})

    await page.context.route("**/*", answer)
    await page.context.route_web_socket("**", lambda socket: socket.close())


def _content_type(body: bytes) -> str:
    # A saved page often lost the header that named its encoding; UTF-8 proves itself.
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "text/html"
    return "text/html; charset=utf-8"


def _desktop_chrome(version: str) -> str:
    """What a current desktop Chrome of that version says: the shell's own name gets blocked."""
    major = version.partition(".")[0] or "150"
    return (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
        f"Chrome/{major}.0.0.0 Safari/537.36"
    )


def _accept_language(languages: str) -> str:
    """`en-US,en` with falling weights: `en-US,en;q=0.9`."""
    names = [name.strip() for name in languages.split(",") if name.strip()]
    weighted = [name if rank == 0 else f"{name};q={max(0.1, 1 - rank / 10):g}" for rank, name in enumerate(names)]
    return ",".join(weighted)
