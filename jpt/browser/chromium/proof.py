"""The proof that a program is a Chromium: it starts, renders a page, and is remembered for that."""

from __future__ import annotations

import errno
import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jpt.browser.chromium.bounded import Ended, Environ, Limits, how_it_ended, run
from jpt.browser.chromium.scratch import place
from jpt.errors import CannotCreate
from jpt.text.clean import clean_line

PROOF_S = 30.0
"""Longest time for a candidate to render the proof page; a cold start on a slow disk takes seconds."""

_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-breakpad",
    # Containers have a /dev/shm too small for a renderer; Playwright starts Chromium so as well.
    "--disable-dev-shm-usage",
    # macOS would ask for the key chain's password.
    "--password-store=basic",
    "--use-mock-keychain",
)
# The answer stands nowhere in the page's source: only a page whose script ran shows it. A full
# Chromium has `window.chrome` in its new headless mode, the headless shell has not.
_PAGE = "data:text/html,<script>document.write('jpt-'+6*7+'-'+typeof window.chrome+'-end')</script>"
_PROVEN = re.compile(r"jpt-42-(object|undefined)-end")
_VERSION = re.compile(r"\d{1,4}(?:\.\d{1,6}){1,3}")
_LOG_LINE = re.compile(r"\[[^\]:]{0,60}(?::[^\]:]{0,60}){0,4}:(FATAL|ERROR|WARNING|INFO):([^\]]{1,120})\]\s*")
_NOISE = ("dbus/", "device/", "media/", "gpu/", "ui/", "components/")
"""Where Chromium complains on a healthy server too: no message bus, no Bluetooth, no graphics card."""
_REMEMBERED = 10
"""How many proofs the cache keeps: a machine has a handful of browsers."""


@dataclass(frozen=True, slots=True)
class Proven:
    """What the proof showed of a Chromium."""

    version: str
    """`156.0.8078.79`; empty when it does not tell."""
    is_headless_shell: bool


@dataclass(frozen=True, slots=True)
class _Key:
    """What a remembered proof holds for.

    The version is asked anew each time: a wrapper script stays the same when the program behind it
    changes or stops working.
    """

    path: str
    size: int
    mtime_ns: int
    version: str
    sandbox: bool


async def prove(
    path: Path, *, sandbox: bool, environ: Environ, cache: Path | None, limit_s: float = PROOF_S
) -> Proven | str:
    """Start *path* and have it render a page, unless *cache* remembers that it did.

    Gives what it showed, or in a clause why it is not usable.
    Raises CannotCreate when there is no room for its temporary profile.
    """
    with _folder() as folder:
        try:
            return await _proven(path, folder, sandbox=sandbox, environ=environ, cache=cache, limit_s=limit_s)
        except OSError as exc:
            return _no_start(path, exc)


def forget(cache: Path) -> None:
    """Drop all that is remembered: for when a remembered Chromium did not start after all."""
    with suppress(OSError):
        cache.unlink()


async def _proven(
    path: Path, folder: Path, *, sandbox: bool, environ: Environ, cache: Path | None, limit_s: float
) -> Proven | str:
    if fault := _unrunnable(path):
        return fault
    info = path.stat()  # noqa: ASYNC240 - one call on a local disk
    # Chromium leaves files in the temporary folder when it is killed: all of that goes with *folder*.
    environ = {**environ, "TMPDIR": str(folder)}
    told = await run([str(path), "--version"], environ=environ, limits=Limits(limit_s))
    if told.code != 0:
        return _why(told)
    version = number.group() if (number := _VERSION.search(told.out)) else ""
    key = _Key(str(path), info.st_size, info.st_mtime_ns, version, sandbox)
    known = _recalled(cache, key)
    if known is not None:
        return Proven(version, known)
    words = [
        str(path),
        *_FLAGS,
        *([] if sandbox else ["--no-sandbox"]),
        f"--user-data-dir={folder / 'profile'}",
        "--dump-dom",
        _PAGE,
    ]
    ended = await run(words, environ=environ, limits=Limits(limit_s), enough=_shows_proof, mark=str(folder))
    shown = _PROVEN.search(ended.out)
    if shown is None:
        return _why(ended)
    is_headless_shell = shown.group(1) == "undefined"
    _remember(cache, key, is_headless_shell=is_headless_shell)
    return Proven(version, is_headless_shell)


@contextmanager
def _folder() -> Iterator[Path]:
    """Make a temporary folder for the length of the block."""
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(place())
        except OSError as exc:
            raise CannotCreate(
                f"No temporary folder can be made to try a browser in ({exc.strerror}). "
                "Free some space there, or set TMPDIR to another folder."
            ) from exc
        yield folder


def _shows_proof(output: str) -> bool:
    return _PROVEN.search(output) is not None


def _unrunnable(path: Path) -> str | None:
    if os.path.isdir(path):  # noqa: PTH112 - a path that may not be looked at is none
        return "it is a folder, not a program"
    if os.path.exists(path) and not os.access(path, os.X_OK):  # noqa: PTH110
        return "it is not executable"
    return None


def _no_start(path: Path, exc: OSError) -> str:
    if not os.path.lexists(path):
        return "there is no such file"
    if isinstance(exc, FileNotFoundError):
        return "a link, interpreter or loader that it needs is missing"
    if exc.errno == errno.ENOEXEC:
        return "it is not a program for this machine (Exec format error)"
    return f"it cannot be started ({exc.strerror})"


def _why(ended: Ended) -> str:
    """Say in a clause what went wrong, with the program's own words for it."""
    said = _said(ended.err) or _said(ended.out)
    how = how_it_ended(ended) if ended.code != 0 else "it does not render a page"
    return f"{how} ({said})" if said else f"{how}, saying nothing"


def _said(output: str) -> str:
    """Pick what tells the cause: a fatal log line, else plain words, else the first error logged."""
    plain, fatal, errors = [], [], []
    for line in filter(None, map(clean_line, output.splitlines())):
        logged = _LOG_LINE.match(line)
        if logged is None:
            plain.append(line)
        elif logged.group(1) == "FATAL":
            fatal.append(line[logged.end() :])
        elif not logged.group(2).startswith(_NOISE):
            errors.append(line[logged.end() :])
    whole = " ".join(plain)
    best = fatal[:1] or ([whole] if 0 < len(whole) <= 200 else plain[-1:]) or errors[:1]
    return best[0][:200].rstrip(". ") if best else ""


def _recalled(cache: Path | None, key: _Key) -> bool | None:
    """Tell whether it was a headless shell when it was seen to render; None when it was not seen."""
    for entry in _entries(cache) if cache is not None else ():
        is_shell = entry.get("is_headless_shell")
        if isinstance(is_shell, bool) and entry == {**asdict(key), "is_headless_shell": is_shell}:
            return is_shell
    return None


def _entries(cache: Path) -> list[dict[str, Any]]:
    try:
        loaded = json.loads(cache.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    return [entry for entry in loaded if isinstance(entry, dict)] if isinstance(loaded, list) else []


def _remember(cache: Path | None, key: _Key, *, is_headless_shell: bool) -> None:
    """Note a proof; one that cannot be written, or that two runs write at once, is only made anew."""
    if cache is None:
        return
    noted = [
        entry for entry in _entries(cache) if entry.get("path") != key.path or entry.get("sandbox") != key.sandbox
    ]
    noted = [*noted, {**asdict(key), "is_headless_shell": is_headless_shell}][-_REMEMBERED:]
    with suppress(OSError):
        cache.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, fresh = tempfile.mkstemp(prefix=f"{cache.name}.", dir=cache.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(noted, file)
            os.replace(fresh, cache)  # noqa: PTH105 - the name is a string here
        except OSError:
            os.unlink(fresh)  # noqa: PTH108
            raise
