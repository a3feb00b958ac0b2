"""The proof that a program is a Chromium: it starts, renders a page, and is remembered for that."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jpt.browser.chromium.process import Environ, ProcessResult, run
from jpt.browser.chromium.scratch import place
from jpt.errors import BrowserUnusable, CannotCreate
from jpt.files import write_whole
from jpt.settings import needed
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
_EXHAUSTED = re.compile(
    r"too many open files|resource temporarily unavailable|cannot allocate memory|no space left",
    re.IGNORECASE,
)
"""What programs print when resources are exhausted: another Chromium would fail in the same way."""
_NOISE = ("dbus/", "device/", "media/", "gpu/", "ui/", "components/")
"""Where Chromium complains on a healthy server too: no message bus, no Bluetooth, no graphics card."""


@dataclass(frozen=True, slots=True)
class LaunchProof:
    """What the proof showed of a Chromium."""

    version: str
    """`156.0.8078.79`; empty when it does not say."""
    is_headless_shell: bool


@dataclass(frozen=True, slots=True)
class LaunchFailure:
    """Why a program cannot be used as a Chromium."""

    how: str
    """What happened, in a clause."""
    said: str = ""
    """Its own words for it, or the system's; empty when there were none."""

    @property
    def words(self) -> str:
        """The clause with the words."""
        return f"{self.how} ({self.said})" if self.said else f"{self.how}, saying nothing"

    @property
    def is_about_sandbox(self) -> bool:
        """Tell whether Chromium itself says that its sandbox is why it does not start.

        The zygote is what the sandbox is made by: where it may start and not finish, only that dies.
        """
        return "sandbox" in self.said.lower() or "zygote" in self.said.lower()


async def prove(
    path: Path, *, sandbox: bool, environ: Environ, cache: Path | None, limit_s: float = PROOF_S
) -> LaunchProof | LaunchFailure:
    """Start *path* and have it render a page, unless *cache* remembers that it did.

    Gives what it showed, or why it is not usable.
    Raises CannotCreate when there is no room for its temporary profile, BrowserUnusable when the machine
    has no room for any Chromium.
    """
    shown: LaunchProof | LaunchFailure
    try:
        with place() as folder:
            try:
                shown = await _proven(path, folder, sandbox=sandbox, environ=environ, cache=cache, limit_s=limit_s)
            except OSError as exc:
                shown = LaunchFailure("it cannot be started", exc.strerror or "")
    except OSError as exc:
        raise CannotCreate(
            f"No temporary folder can be created to try a browser in ({exc.strerror}). "
            "Free some space there, or set TMPDIR to another folder."
        ) from exc
    if isinstance(shown, LaunchFailure) and _EXHAUSTED.search(shown.said):
        raise BrowserUnusable(f"No Chromium can start here now: {path}: {shown.words}. Check `ulimit -a`.")
    return shown


async def _proven(
    path: Path, folder: Path, *, sandbox: bool, environ: Environ, cache: Path | None, limit_s: float
) -> LaunchProof | LaunchFailure:
    info = path.stat()  # noqa: ASYNC240 - one call on a local disk
    # Chromium leaves files in the temporary folder when it is killed: all of that goes with *folder*.
    environ = needed(environ) | {"TMPDIR": str(folder)}
    asked = await run([str(path), "--version"], folder, limit_s, environ=environ)
    if asked.code != 0:
        return _why(asked)
    version = number.group() if (number := _VERSION.search(asked.out)) else ""
    # The version is asked anew each time: a wrapper script stays the same when the program behind it changes.
    key = [info.st_size, info.st_mtime_ns, version, sandbox]
    known = _remembered(cache).get(str(path))
    if isinstance(known, list) and known[:-1] == key:
        return LaunchProof(version, known[-1] is True)
    options = [*_FLAGS, *([] if sandbox else ["--no-sandbox"]), f"--user-data-dir={folder / 'profile'}"]
    words = [str(path), *options, "--dump-dom", _PAGE]
    ended = await run(words, folder, limit_s, environ=environ, enough=_PROVEN)
    shown = _PROVEN.search(ended.out)
    if shown is None:
        return _why(ended)
    is_headless_shell = shown.group(1) == "undefined"
    _remember(cache, path, [*key, is_headless_shell])
    return LaunchProof(version, is_headless_shell)


def _why(ended: ProcessResult) -> LaunchFailure:
    how = ended.how if ended.code != 0 else "it does not render a page"
    return LaunchFailure(how, _said(ended.err) or _said(ended.out))


def _said(output: str) -> str:
    """Pick what shows the cause: a fatal log line, else plain words, else the first error logged."""
    lines = [line for line in map(clean_line, output.splitlines()) if line]
    logged = [(found, line[found.end() :]) for line in lines if (found := _LOG_LINE.match(line))]
    fatal = [words for found, words in logged if found[1] == "FATAL"]
    errors = [words for found, words in logged if not found[2].startswith(_NOISE)]
    plain = [line for line in lines if not _LOG_LINE.match(line)]
    whole = " ".join(plain)
    best = fatal[:1] or ([whole] if 0 < len(whole) <= 200 else plain[-1:]) or errors[:1]
    return best[0][:200].rstrip(". ") if best else ""


def _remembered(cache: Path | None) -> dict[str, Any]:
    """Give the stored proofs by path; none if the file is broken."""
    with suppress(OSError, ValueError, RecursionError):
        loaded = json.loads(cache.read_text(encoding="utf-8")) if cache else {}
        return loaded if isinstance(loaded, dict) else {}
    return {}


def _remember(cache: Path | None, path: Path, proof: list[Any]) -> None:
    """Store a proof; one that cannot be written is made again next time."""
    if cache is not None:
        with suppress(OSError):
            cache.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(cache, json.dumps({**_remembered(cache), str(path): proof}).encode())
