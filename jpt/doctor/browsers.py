"""Checks of the browser: whether one is found, renders a page, and runs in its sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator

from jpt.browser.chromium.find import Chromium, RejectedCandidate, find
from jpt.browser.chromium.install import ensure
from jpt.browser.pool.pool import BrowserPool
from jpt.doctor.diagnosis import Diagnosis, fail, ok, warn
from jpt.errors import BrowserUnusable, JptError, NoSandbox
from jpt.settings import Settings, environment
from jpt.text.counts import counted

SANDBOX = (
    "Allow user namespaces: sysctl kernel.unprivileged_userns_clone=1, on Ubuntu also "
    "kernel.apparmor_restrict_unprivileged_userns=0, in a container the profile docker/seccomp.json; "
    "or run without it: PPT_DISABLE_SANDBOX=1."
)
INSTALL = "Run `jpt browser install`, or set JPT_CHROMIUM to a Chromium that works."


async def browser(settings: Settings, *, fix: bool) -> AsyncIterator[Diagnosis]:
    """Find a Chromium and let it render a page; with *fix* fetch one where there is none."""
    if settings.browser_ws or settings.browser_cdp:
        async for diagnosis in _remote(settings):
            yield diagnosis
        return
    found, said, is_about_sandbox = await _found(settings, sandbox=settings.sandbox)
    if found is None and settings.sandbox and is_about_sandbox:
        alone, _, _ = await _found(settings, sandbox=False)
        if alone is not None:
            yield ok("browser", f"{_described(alone)}; it renders pages, but only without its sandbox.")
            yield fail("sandbox", f"Chromium does not start in its sandbox: {said[0]}", SANDBOX)
            return
    if found is None and fix:
        try:
            found = await _downloaded(settings, said)
        except BrowserUnusable as exc:
            said = [exc.sentence]
    if found is None:
        seen = f" ({said[0].rstrip('.')})" if said else ""
        words = said[0] if settings.chromium and said else f"No Chromium on this machine renders a page{seen}."
        yield fail("browser", words, INSTALL)
        return
    yield ok("browser", f"{_described(found)}; it renders pages.")
    yield _sandbox(settings, said if is_about_sandbox else [])


async def _found(settings: Settings, *, sandbox: bool) -> tuple[Chromium | None, list[str], bool]:
    """Return the Chromium that renders, or None; why others do not; and whether the sandbox is a reason."""
    unused: list[RejectedCandidate] = []
    try:
        # Ignores the cached result of an earlier check: it has to render now.
        found = await find(settings.chromium, sandbox=sandbox, note=unused.append, environ=environment())
    except BrowserUnusable as exc:
        return None, [exc.sentence], isinstance(exc, NoSandbox)
    return found, [one.sentence for one in unused], any(one.why.is_about_sandbox for one in unused)


def _described(found: Chromium) -> str:
    kind = "headless shell" if found.is_headless_shell else "full Chromium, which needs 2.6 times the CPU"
    return f"{found.path}: Chromium {found.version}, {kind} ({found.origin})"


def _sandbox(settings: Settings, failed: list[str]) -> Diagnosis:
    if settings.is_root:
        return warn("sandbox", "Off, because this is root.", "Run jpt as a normal user if you can.")
    if settings.disable_sandbox:
        return warn("sandbox", "Off, because PPT_DISABLE_SANDBOX is set.", "Unset it if the sandbox works.")
    if failed:
        return ok("sandbox", f"On, though not every Chromium on this machine starts in it: {failed[0]}")
    return ok("sandbox", "On, and Chromium starts in it.")


async def _downloaded(settings: Settings, said: list[str]) -> Chromium:
    return await ensure(
        settings.chromium,
        sandbox=settings.sandbox,
        say=said.append,
        environ=environment(),
        cache=settings.files.browser_cache,
    )


async def _remote(settings: Settings) -> AsyncIterator[Diagnosis]:
    where = settings.browser_ws or settings.browser_cdp or ""
    try:
        async with BrowserPool.open(settings, None) as pool:
            count = pool.load.browsers
    except JptError as exc:
        yield fail("browser", exc.sentence, "Start them, or correct JPT_BROWSER_WS or JPT_BROWSER_CDP.")
        return
    wanted = len([one for one in where.split(",") if one.strip()])
    words = f"{count} of {counted(wanted, 'remote browser')} {'responds' if count == 1 else 'respond'}."
    yield ok("browser", words) if count == wanted else warn("browser", words, "Start the others.")
