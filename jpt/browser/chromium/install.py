"""Fetch a Chromium where there is none: Playwright's own download, else the distribution's package."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jpt.browser.chromium.find import PLAYWRIGHTS, Chromium, RejectedCandidate, candidates, find
from jpt.browser.chromium.limits import too_little_memory, too_tight
from jpt.browser.chromium.process import Environ, ProcessResult, run
from jpt.browser.chromium.scratch import place
from jpt.errors import BrowserUnusable
from jpt.settings import needed
from jpt.text.clean import clean_line

_PLAYWRIGHT = (sys.executable, "-m", "playwright")
_LIBRARIES = (*_PLAYWRIGHT, "install-deps", "chromium-headless-shell")
_PACKAGES = ("chromium-headless-shell", "chromium")
_APT_OPTIONS = (
    "-o",
    "Acquire::http::Timeout=20",
    "-o",
    "Acquire::https::Timeout=20",
    # A new server updates itself for minutes.
    "-o",
    "DPkg::Lock::Timeout=110",
    # A changed configuration file is kept without a question.
    "-o",
    "Dpkg::Options::=--force-confold",
)
_OTHER_MANAGERS = {"dnf": "install chromium-headless", "zypper": "install chromium", "pacman": "-S chromium"}
_ERROR = re.compile(r"(?:e|error|[a-z.-]{1,30}: error): *", re.IGNORECASE)


_STALLED_MS = 12_000
"""After so long without a byte Playwright gives up one of its five tries."""
_GRACE_S = 10.0
"""dpkg gets a warning before it is killed."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """How a Chromium is fetched; all times are in seconds."""

    download: tuple[str, ...] = (*_PLAYWRIGHT, "install", "--only-shell", "chromium")
    """Playwright's words for the headless shell alone (it adds a small ffmpeg, which jpt does not need)."""
    apt: str | None = None
    """The apt-get to run; None: the system's, if this is root."""
    limit_s: float = 900.0
    """Longest time for one command: 110 MB take 15 minutes at 1 Mbit/s."""
    grace_s: float = _GRACE_S


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to get a Chromium."""

    name: str
    announced: str
    origin: str
    commands: tuple[tuple[str, ...], ...]
    by_apt: bool = True


async def ensure(
    explicit: Path | None,
    *,
    sandbox: bool,
    say: Callable[[str], None],
    environ: Environ,
    cache: Path | None = None,
    how: Fetching = Fetching(),
) -> Chromium:
    """Give a Chromium that renders, fetched if there is none; each step is reported by *say*.

    Raises BrowserUnusable with what to type when all ways fail, when *explicit* does not render, or where a
    browser would be ended for want of memory.
    """
    if why := too_little_memory():
        raise BrowserUnusable(why)
    said, unused = set[str](), list[RejectedCandidate]()

    def once(sentence: str) -> None:
        # What cannot be used is looked at again after each way.
        if sentence not in said:
            said.add(sentence)
            say(sentence)

    def skip(one: RejectedCandidate) -> None:
        unused.append(one)
        once(one.sentence)

    async def found() -> Chromium | None:
        return await find(explicit, sandbox=sandbox, note=skip, environ=environ, cache=cache)

    if chromium := await found():
        return chromium
    if why := too_tight():
        raise BrowserUnusable(f"No Chromium starts here. {why}")
    faults = []
    for way in _ways(how, environ):
        once(f"{way.announced}…")
        fault = await _fetched(way, how, environ)
        # Even after a fault: what failed may have been a part that jpt does not need.
        if chromium := await found():
            return replace(chromium, origin=way.origin)
        faults.append(f"{way.name} failed: {fault or 'what it brought does not render a page'}")
        once(f"{faults[-1]}.")
    raise BrowserUnusable(_what_to_type(environ, faults, unused))


def _ways(how: Fetching, environ: Environ) -> Iterator[_Way]:
    yield _Way(
        "Playwright's download",
        "No Chromium that works was found; downloading the headless shell with Playwright (about 110 MB)",
        "downloaded by Playwright",
        (how.download,),
        by_apt=False,
    )
    apt = how.apt or (_which("apt-get", environ) if _is_root() else None)
    if apt is None:
        return
    before: tuple[tuple[str, ...], ...] = ((apt, *_APT_OPTIONS, "update"),)
    for package in _PACKAGES:
        name = f"Installing {package} with apt-get"
        install = (apt, *_APT_OPTIONS, "install", "-y", "--no-install-recommends", package)
        yield _Way(name, name, "apt-get", (*before, install))
        before = ()
    # Ubuntu has Chromium as a snap only: there the download needs libraries, and Playwright knows which.
    if how.apt is None and _has_download(environ):
        name = "Installing the libraries of the downloaded headless shell with apt-get"
        yield _Way(name, name, "downloaded by Playwright", (_LIBRARIES,))


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _which(name: str, environ: Environ) -> str | None:
    return shutil.which(name, path=environ.get("PATH", os.defpath))


def _has_download(environ: Environ) -> bool:
    return any(origin == PLAYWRIGHTS for _, origin in candidates(environ))


async def _fetched(way: _Way, how: Fetching, environ: Environ) -> str | None:
    """Run the commands of a way; gives the first fault if the last of them failed, else None."""
    faults: list[str | None] = []
    for words in way.commands:
        try:
            with place() as folder:
                ended = await (_by_apt if way.by_apt else _downloaded)(words, folder, how, environ)
            faults.append(_fault(ended))
        except OSError as exc:
            faults.append(f"`{words[0]}` cannot be run ({exc.strerror})")
    # Old package lists may be good enough.
    return next(filter(None, faults)) if faults[-1] else None


async def _downloaded(words: Sequence[str], folder: Path, how: Fetching, environ: Environ) -> ProcessResult:
    # In a temporary folder of ours nothing is left of it when it is killed.
    temps = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    environ = {
        "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": str(_STALLED_MS),
        **needed(environ, installer=True),
        **temps,
    }
    return await run(words, folder, how.limit_s, environ=environ, grace_s=how.grace_s)


async def _by_apt(words: Sequence[str], folder: Path, how: Fetching, environ: Environ) -> ProcessResult:
    environ = {
        **needed(environ, installer=True),
        # dpkg wants the system folders, which a root shell got by `su` lacks.
        "PATH": os.pathsep.join([environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin", "/sbin"]),
        # Nobody can answer questions.
        "DEBIAN_FRONTEND": "noninteractive",
        "NEEDRESTART_SUSPEND": "1",
        "LC_ALL": "C",
    }
    return await run(words, folder, how.limit_s, environ=environ, grace_s=how.grace_s)


def _fault(ended: ProcessResult) -> str | None:
    """Give why a command failed, with its own first error: the later ones follow from it."""
    if ended.code == 0:
        return None
    lines = list(filter(None, map(clean_line, f"{ended.err}\n{ended.out}".splitlines())))
    errors = [line[found.end() :] for line in lines if (found := _ERROR.match(line))]
    # The last line of one that was stopped only shows what it was doing.
    said = (errors or ([] if ended.late else lines[-1:]))[:1]
    return ended.how + "".join(f" ({words[:200].rstrip('. ')})" for words in said)


def _what_to_type(environ: Environ, faults: Sequence[str], unused: Iterable[RejectedCandidate]) -> str:
    """Name the one thing to do on this system, in one sentence."""
    if any(one.why.is_about_sandbox for one in unused):
        return (
            "Chromium's sandbox does not start here: run jpt as a user for whom it does, "
            "or set PPT_DISABLE_SANDBOX=1 to do without it."
        )
    return (
        f"No Chromium works here and none could be fetched ({faults[0]}): type `{_command(environ)}` "
        "and run jpt again, or set JPT_CHROMIUM to the path of one that works."
    )


def _command(environ: Environ) -> str:
    sudo = "" if _is_root() else "sudo "
    if sys.platform == "darwin":
        return "brew install --cask google-chrome"
    if _which("apt-get", environ):
        # Ubuntu's own Chromium is a snap: there Playwright's has to do, with its libraries.
        return sudo + shlex.join(_LIBRARIES if _has_download(environ) else (*Fetching().download, "--with-deps"))
    for manager, words in _OTHER_MANAGERS.items():
        if _which(manager, environ):
            return f"{sudo}{manager} {words}"
    return shlex.join(Fetching().download)
