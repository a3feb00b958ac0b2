"""Start Playwright's driver and one Chromium, and end both for certain."""

from __future__ import annotations

from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import psutil
from playwright.async_api import Browser, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from jpt.browser import faults
from jpt.browser.find import Chromium
from jpt.browser.scratch import end_processes
from jpt.errors import BrowserUnusable
from jpt.settings import redirect_temp

START_S = 45.0
"""Longest time for driver and Chromium to start, in seconds."""
END_S = 2.0
"""Longest time for each of them to end by itself; then their processes are killed."""

_FLAGS = (
    # No picture is ever looked at: this spares its download without a round trip per request.
    "--blink-settings=imagesEnabled=false",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--mute-audio",
)


@dataclass(eq=False, slots=True)
class Engine:
    """A driver with its one Chromium. It is replaced as a whole, never mended."""

    browser: Browser
    _playwright: Playwright
    _folder: Path
    _drivers: frozenset[psutil.Process]

    @classmethod
    async def start(cls, chromium: Chromium, folder: Path, *, sandbox: bool) -> Engine:
        """Start *chromium*, with all its files in *folder* (made here; used by no other engine).

        Raises BrowserUnusable when it does not start; nothing is left of it then.
        """
        folder.mkdir()  # noqa: ASYNC240 - one call on a local disk
        # The driver takes its temporary folder from the environment that it is born with.
        redirect_temp(folder)
        before = _drivers()
        playwright: Playwright | None = None
        try:
            with anyio.fail_after(START_S):
                playwright = await async_playwright().start()
                browser = await playwright.chromium.launch(
                    executable_path=chromium.path,
                    args=_FLAGS,
                    chromium_sandbox=sandbox,
                    # Signals are ours: with Playwright's own handling a Ctrl-C kills the driver under us.
                    handle_sigint=False,
                    handle_sigterm=False,
                    handle_sighup=False,
                    timeout=0,
                )
        except BaseException as exc:
            if playwright is not None:
                with anyio.CancelScope(shield=True):
                    await _within(END_S, playwright.stop())
            end_processes(folder)
            _kill(_drivers() - before)
            if isinstance(exc, (PlaywrightError, TimeoutError)):
                raise BrowserUnusable(_did_not_start(chromium, exc)) from exc
            raise
        return cls(browser, playwright, folder, _drivers() - before)

    @property
    def alive(self) -> bool:
        """Whether both are there as far as can be told without asking them."""
        return self.browser.is_connected() and all(_running(driver) for driver in self._drivers)

    async def end(self) -> None:
        """End Chromium and driver, by themselves or by force; takes at most a few seconds."""
        with anyio.CancelScope(shield=True):
            await _within(END_S, self.browser.close())
            await anyio.to_thread.run_sync(end_processes, self._folder)
            await _within(END_S, self._playwright.stop())
            _kill(self._drivers)


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


def _running(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _kill(processes: frozenset[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.Error):
            process.kill()


def _did_not_start(chromium: Chromium, exc: Exception) -> str:
    seen = f"not within {START_S:g} s" if isinstance(exc, TimeoutError) else faults.first_line(str(exc))
    return (
        f"{chromium.path} does not start ({seen}). Try `jpt browser install`, or set JPT_CHROMIUM to another one."
    )
