"""Which Chromium: the first candidate that starts and renders a page."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from jpt.browser.chromium.process import Environ
from jpt.browser.chromium.proof import PROOF_S, LaunchFailure, LaunchProof, prove
from jpt.errors import BrowserUnusable, NoSandbox

NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "headless_shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
"""Programs looked for on the PATH; the headless shell first, for it needs 2.6 times less CPU a page."""
PLAYWRIGHTS = "Playwright's folder"
"""The origin of what Playwright downloaded, now or earlier."""

_PLAYWRIGHT_SHELLS = ("chrome-headless-shell", "headless_shell", "chrome-headless-shell.exe", "headless_shell.exe")
_PLAYWRIGHT_CHROMIUMS = (
    "chrome",
    "chrome.exe",
    "Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
    "Chromium.app/Contents/MacOS/Chromium",
)
_MAC_APPS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)


@dataclass(frozen=True, slots=True)
class Chromium:
    """A browser that was seen to render."""

    path: Path
    """Absolute. It may be a wrapper script that does not exec: the browser is then a child of it."""
    version: str
    """`156.0.8078.79`; empty when it does not say."""
    is_headless_shell: bool
    origin: str
    """Where it was found, for people: `PATH`, `JPT_CHROMIUM`, `Playwright's folder`."""


@dataclass(frozen=True, slots=True)
class RejectedCandidate:
    """A candidate that is not used."""

    path: Path
    why: LaunchFailure

    @property
    def sentence(self) -> str:
        """A sentence for the user."""
        return f"{self.path} is not used: {self.why.words}."


async def find(
    explicit: Path | None,
    *,
    sandbox: bool,
    note: Callable[[RejectedCandidate], None],
    environ: Environ,
    cache: Path | None = None,
    limit_s: float = PROOF_S,
) -> Chromium | None:
    """Give the first Chromium that renders within *limit_s*; None when there is none.

    With *explicit* (JPT_CHROMIUM) no other is used: raises BrowserUnusable when it does not render, NoSandbox when
    that is for its sandbox. *note* gets those that do not and are skipped. *cache* remembers what rendered.
    """
    # A bare name would be looked for on the PATH when it is started.
    named = [(Path.cwd() / explicit, "JPT_CHROMIUM")] if explicit is not None else None
    for path, origin in named or candidates(environ):
        shown = await prove(path, sandbox=sandbox, environ=environ, cache=cache, limit_s=limit_s)
        if isinstance(shown, LaunchProof):
            return Chromium(path, shown.version, shown.is_headless_shell, origin)
        if explicit is not None:
            raise _named_one_fails(explicit, shown)
        note(RejectedCandidate(path, shown))
    return None


def candidates(environ: Environ) -> Iterator[tuple[Path, str]]:
    """Give what may be a Chromium, best first, with where it came from; each program once."""
    shells = [*_on_path(environ, NAMES[:3]), *_in_playwrights_folder(environ, _PLAYWRIGHT_SHELLS)]
    others = [*_on_path(environ, NAMES[3:]), *_in_playwrights_folder(environ, _PLAYWRIGHT_CHROMIUMS)]
    apps = [(path, "Applications") for path in _MAC_APPS if sys.platform == "darwin" and path.is_file()]
    seen = set()
    for path, origin in [*shells, *others, *apps]:
        real = os.path.realpath(path)
        if real not in seen:
            seen.add(real)
            yield path, origin


def playwright_folder(environ: Environ) -> Path | None:
    """Give the folder into which Playwright downloads browsers, as its own code finds it.

    None where there is no home folder.
    """
    named = environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if named == "0":
        return _inside_playwright()
    if named:
        return Path(environ.get("INIT_CWD") or Path.cwd(), named)
    if sys.platform == "win32" and (local := environ.get("LOCALAPPDATA")):
        return Path(local, "ms-playwright")
    if sys.platform == "linux" and (cache := environ.get("XDG_CACHE_HOME")):
        return Path(cache, "ms-playwright")
    home = _home(environ)
    below = {"darwin": "Library/Caches", "win32": "AppData/Local"}.get(sys.platform, ".cache")
    return home and home / below / "ms-playwright"


def _named_one_fails(named: Path, why: LaunchFailure) -> BrowserUnusable:
    seen = f"JPT_CHROMIUM is {named}, but {why.words}."
    if why.is_about_sandbox:
        step = "Run jpt as a user for whom Chromium's sandbox starts, or set PPT_DISABLE_SANDBOX=1 to do without."
        return NoSandbox(f"{seen} {step}")
    return BrowserUnusable(
        f"{seen} Set it to the full path of a Chromium that works, or unset it to have one found."
    )


def _inside_playwright() -> Path | None:
    spec = find_spec("playwright")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "driver/package/.local-browsers"


def _home(environ: Environ) -> Path | None:
    if named := environ.get("HOME") or environ.get("USERPROFILE"):
        return Path(named)
    # A container's user may have a number only.
    with suppress(RuntimeError):
        return Path.home()
    return None


def _on_path(environ: Environ, names: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    folders = environ.get("PATH", os.defpath).split(os.pathsep)
    for name in names:
        # Every folder, not the first that has the name: a stub must not hide the real one behind it.
        for folder in filter(None, folders):
            path = Path(folder, name).absolute()
            # Not Path.is_file(), which raises where a folder of the PATH may not be looked into.
            if os.path.isfile(path) and os.access(path, os.X_OK):  # noqa: PTH113
                yield path, "PATH"


def _in_playwrights_folder(environ: Environ, names: tuple[str, ...]) -> list[tuple[Path, str]]:
    """Give what is there by one of *names*, the newest revision first."""
    folder = playwright_folder(environ)
    # Playwright's layout: chromium_headless_shell-1255/chrome-headless-shell-linux64/chrome-headless-shell.
    revisions = sorted(folder.glob("chromium*-*"), key=_revision, reverse=True) if folder else []
    found = [path for revision in revisions for name in names for path in sorted(revision.glob(f"*/{name}"))]
    return [(path.absolute(), PLAYWRIGHTS) for path in found if os.path.isfile(path)]  # noqa: PTH113


def _revision(folder: Path) -> int:
    number = folder.name.rpartition("-")[2]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 20 else 0
