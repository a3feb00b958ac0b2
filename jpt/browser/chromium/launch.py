"""Start Playwright's driver with one browser, and end both for certain."""

from __future__ import annotations

import shutil
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import anyio
import anyio.to_thread
import psutil
from playwright.async_api import Browser, CDPSession, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from jpt.browser import faults
from jpt.browser.chromium.find import Chromium
from jpt.browser.chromium.process import end_all, give_up_first, is_running, kill
from jpt.errors import BrowserLost, BrowserUnusable
from jpt.settings import needed, redirect_temp, without_secrets

START_S = 45.0
"""Longest time for driver and browser to start, in seconds."""
END_S = 2.0
"""Longest time for each of them to end by itself; then their processes are killed."""
ANSWER_S = 8.0
"""Longest time for a browser to tell its version; a stopped or wedged one never does."""

_FLAGS = (
    # No picture is ever looked at: this spares its download without a round trip per request.
    "--blink-settings=imagesEnabled=false",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-quic",
    # Only the gate resolves names: WebRTC and prefetches would bypass it.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--mute-audio",
)


@dataclass(eq=False, slots=True)
class Engine:
    """A driver with its one browser. It is replaced as a whole, never mended."""

    name: str
    """Its name for people: its path, or its endpoint."""
    browser: Browser
    folder: Path | None
    """Where all its files are; None for a remote one."""
    drivers: frozenset[psutil.Process]
    born: float = field(default_factory=monotonic)
    users: int = 0
    """Pages that are open in it now."""
    opened: int = 0
    """Pages that were ever opened in it."""
    retired: bool = False
    """It takes no new pages, and ends when its last one has closed."""
    dead: bool = False
    """It was found sick and is being ended; its pages are lost."""
    emptied: anyio.Event = field(default_factory=anyio.Event)
    """Set when it has no page open."""
    crashed: bool = False
    """It ended by itself while its driver lived."""
    casualties: int = 0
    """How many pages were open in it when it was found dead."""
    scopes: set[anyio.CancelScope] = field(default_factory=set)
    """The pages being read in it: cancelled when it is found dead, so that nobody waits for it."""
    _playwright: Playwright | None = None
    _pulse: CDPSession | None = None

    @property
    def alive(self) -> bool:
        """Whether browser and driver run, as far as can be told without asking them."""
        return not self.dead and self.browser.is_connected() and all(is_running(driver) for driver in self.drivers)

    def enter(self) -> None:
        """Count one more page."""
        if not self.users:
            self.emptied = anyio.Event()
        self.users += 1
        self.opened += 1

    def leave(self) -> None:
        """Count one page less."""
        self.users -= 1
        if not self.users:
            self.emptied.set()

    async def answers(self) -> bool:
        """Ask the browser for its version, under a limit."""
        with anyio.move_on_after(ANSWER_S), suppress(PlaywrightError):
            if self._pulse is None:
                self._pulse = await self.browser.new_browser_cdp_session()
            await self._pulse.send("Browser.getVersion")
            return True
        return False

    def abandon(self) -> None:
        """Declare it dead, and cancel the reading of its pages at once."""
        self.crashed = not self.browser.is_connected() and all(is_running(driver) for driver in self.drivers)
        self.casualties = self.users
        self.retired = self.dead = True
        for scope in list(self.scopes):
            scope.cancel()

    async def end(self) -> None:
        """End browser and driver, by themselves or by force; takes at most a few seconds."""
        self.retired = True
        with anyio.CancelScope(shield=True):
            await _within(END_S, self.browser.close())
            if self.folder is not None:
                await anyio.to_thread.run_sync(end_all, [self.folder])
            if self._playwright is not None:
                await _within(END_S, self._playwright.stop())
            kill(self.drivers)
            if self.folder is not None:
                await anyio.to_thread.run_sync(shutil.rmtree, self.folder, True)


async def launched(chromium: Chromium, folder: Path, *, sandbox: bool, proxy: str) -> Engine:
    """Start *chromium* behind *proxy*, with all its files in *folder* (made here; used by no other engine).

    Raises BrowserUnusable when it does not start, BrowserLost when Playwright's driver does not; nothing is
    left of it then.
    """
    folder.mkdir()  # noqa: ASYNC240 - one call on a local disk

    async def launch(playwright: Playwright) -> Browser:
        return await playwright.chromium.launch(
            executable_path=chromium.path,
            args=_FLAGS,
            chromium_sandbox=sandbox,
            proxy={"server": proxy},
            # Foreign pages run in it.
            env={**needed(), "TMPDIR": str(folder)},
            # Signals are ours: with Playwright's own handling a Ctrl-C kills the driver under us.
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
            timeout=0,
        )

    try:
        return await _started(str(chromium.path), folder, launch)
    except (PlaywrightError, TimeoutError) as exc:
        raise BrowserUnusable(_did_not_start(chromium, exc)) from exc


async def connected(endpoint: str, *, cdp: bool) -> Engine:
    """Connect to a browser elsewhere: a Playwright server, or with *cdp* a debugging port.

    Raises BrowserUnusable when it does not answer or speaks another version, BrowserLost when Playwright's
    driver does not start.
    """

    async def connect(playwright: Playwright) -> Browser:
        if cdp:
            return await playwright.chromium.connect_over_cdp(endpoint, timeout=START_S * 1000)
        return await playwright.chromium.connect(endpoint, timeout=START_S * 1000)

    try:
        return await _started(endpoint, None, connect)
    except (PlaywrightError, TimeoutError) as exc:
        raise BrowserUnusable(_did_not_connect(endpoint, exc)) from exc


async def _started(name: str, folder: Path | None, start: Callable[[Playwright], Awaitable[Browser]]) -> Engine:
    before = _drivers()
    playwright: Playwright | None = None
    ours: frozenset[psutil.Process] = frozenset()
    try:
        if folder is not None:
            # The driver's temporary folder is that of the environment that it starts with.
            redirect_temp(folder)
        playwright = await _driver()
        ours = _drivers() - before
        give_up_first(driver.pid for driver in ours)
        with anyio.fail_after(START_S):
            browser = await start(playwright)
    except BaseException as exc:
        has_driver = bool(ours) and all(map(is_running, ours))
        with anyio.CancelScope(shield=True):
            if playwright is not None:
                await _within(END_S, playwright.stop())
        if folder is not None:
            end_all([folder])
        kill(_drivers() - before)
        if isinstance(exc, PlaywrightError) and not has_driver:
            raise BrowserLost("Playwright's driver died as it started a browser.", faults.LOST_PAUSE_S) from exc
        raise
    finally:
        if folder is not None:
            redirect_temp(folder.parent)
    return Engine(name, browser, folder, ours, _playwright=playwright)


async def _driver() -> Playwright:
    """Start Playwright's driver; raises BrowserLost when it does not come up, which is no Chromium's fault."""
    try:
        # It passes its environment to the browser alone, and needs none of our keys.
        with anyio.fail_after(START_S), without_secrets():
            return await async_playwright().start()
    except Exception as exc:
        # Playwright has no narrower class for a driver that ends as it starts.
        seen = f"not within {START_S:g} s" if isinstance(exc, TimeoutError) else faults.first_line(str(exc))
        raise BrowserLost(f"Playwright's driver does not start ({seen}).", faults.LOST_PAUSE_S) from exc


async def _within(seconds: float, closing: Awaitable[Any]) -> None:
    with anyio.move_on_after(seconds), suppress(PlaywrightError):
        await closing


def _drivers() -> frozenset[psutil.Process]:
    """Playwright's driver processes among our own children."""
    found = set()
    for child in psutil.Process().children():
        with suppress(psutil.Error):
            if "run-driver" in child.cmdline():
                found.add(child)
    return frozenset(found)


def _did_not_start(chromium: Chromium, exc: Exception) -> str:
    seen = f"not within {START_S:g} s" if isinstance(exc, TimeoutError) else faults.first_line(str(exc))
    return (
        f"{chromium.path} does not start ({seen}). Try `jpt browser install`, or set JPT_CHROMIUM to another one."
    )


def _did_not_connect(endpoint: str, exc: Exception) -> str:
    text = str(exc)
    if "version mismatch" in text.lower():
        words = " ".join(line.strip(" ║╔╗╚╝═") for line in text.splitlines())
        return f"{endpoint} runs another version of Playwright than jpt: {' '.join(words.split())[:300]}."
    seen = f"not within {START_S:g} s" if isinstance(exc, TimeoutError) else faults.first_line(text)
    return (
        f"{endpoint} cannot be used as a browser ({seen}). Start it, or correct JPT_BROWSER_WS or JPT_BROWSER_CDP."
    )
