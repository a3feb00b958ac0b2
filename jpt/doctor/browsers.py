"""Checks of the browser: is one found, does it really render a page, does its sandbox work."""

from __future__ import annotations

from collections.abc import AsyncIterator

from jpt.browser.find import Chromium, about_sandbox, find
from jpt.browser.install import ensure
from jpt.browser.pool import BrowserPool
from jpt.doctor.finding import Finding, fail, ok, warn
from jpt.errors import BrowserUnusable, JptError
from jpt.settings import Settings, environment

INSTALL = "Run `jpt browser install`, or set JPT_CHROMIUM to a Chromium that works."


async def browser(settings: Settings, *, fix: bool) -> AsyncIterator[Finding]:
    """Find a Chromium and let it render a page; with *fix* fetch one where there is none."""
    if settings.browser_ws or settings.browser_cdp:
        async for finding in _remote(settings):
            yield finding
        return
    said: list[str] = []
    try:
        # Without the note of an earlier proof, so that it really renders now.
        found = await find(settings.chromium, sandbox=settings.sandbox, say=said.append, environ=environment())
        if found is None and fix:
            found = await _fetched(settings, said)
    except BrowserUnusable as exc:
        yield fail("browser", exc.sentence, INSTALL)
        return
    if found is None:
        seen = f" ({said[0].rstrip('.')})" if said else ""
        yield fail("browser", f"No Chromium here renders a page{seen}.", INSTALL)
        return
    kind = "headless shell" if found.is_headless_shell else "full Chromium, which needs 2.6 times the CPU"
    yield ok("browser", f"{found.path}: Chromium {found.version}, {kind} ({found.origin}); it renders a page.")
    yield _sandbox(settings, said)


def _sandbox(settings: Settings, said: list[str]) -> Finding:
    if settings.is_root:
        return warn("sandbox", "Off, because this is root.", "Run jpt as a normal user where you can.")
    if settings.disable_sandbox:
        return warn("sandbox", "Off, because PPT_DISABLE_SANDBOX is set.", "Unset it where the sandbox starts.")
    if any(about_sandbox(words) for words in said):
        return warn(
            "sandbox", f"On, but not every Chromium here starts with it: {said[0]}", "No need to do anything."
        )
    return ok("sandbox", "On, and Chromium starts with it.")


async def _fetched(settings: Settings, said: list[str]) -> Chromium:
    return await ensure(
        settings.chromium,
        sandbox=settings.sandbox,
        say=said.append,
        environ=environment(),
        cache=settings.browser_cache,
    )


async def _remote(settings: Settings) -> AsyncIterator[Finding]:
    where = settings.browser_ws or settings.browser_cdp or ""
    try:
        async with BrowserPool.open(settings, None) as pool:
            count = pool.load.browsers
    except JptError as exc:
        yield fail("browser", exc.sentence, "Start them, or correct JPT_BROWSER_WS or JPT_BROWSER_CDP.")
        return
    wanted = len([one for one in where.split(",") if one.strip()])
    words = f"{count} of {wanted} browsers elsewhere answer."
    yield ok("browser", words) if count == wanted else warn("browser", words, "Start the others.")
