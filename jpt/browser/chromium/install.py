"""Fetch a Chromium where there is none: Playwright's own download, else the distribution's package."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import anyio

from jpt.browser.chromium.bounded import Ended, Environ, Limits, how_it_ended, run
from jpt.browser.chromium.find import (
    PLAYWRIGHTS,
    UNUSED,
    Chromium,
    Say,
    about_sandbox,
    candidates,
    find,
    playwright_folder,
)
from jpt.browser.chromium.proof import PROOF_S
from jpt.errors import BrowserUnusable
from jpt.text.clean import clean_line

_PLAYWRIGHT = (sys.executable, "-m", "playwright")
_WITH_LIBRARIES = (*_PLAYWRIGHT, "install", "--with-deps", "--only-shell", "chromium")
_LIBRARIES = (*_PLAYWRIGHT, "install-deps", "chromium-headless-shell")
_PACKAGES = ("chromium-headless-shell", "chromium")
_APT_FOLDERS = (Path("/var/cache/apt/archives"), Path("/var/lib/apt/lists"))
_APT_OPTIONS = (
    "-o",
    "Acquire::http::Timeout=20",
    "-o",
    "Acquire::https::Timeout=20",
    "-o",
    "Dpkg::Options::=--force-confold",
)
"""A dead network is told soon, and a changed configuration file is kept without a question."""
_LOCKED = re.compile(
    r"could not get lock|unable to lock|unable to acquire|locked by another process", re.IGNORECASE
)
_OTHER_MANAGERS = {"dnf": "install chromium-headless", "zypper": "install chromium", "pacman": "-S chromium"}
_ERROR = re.compile(r"(?:e|error|[a-z.-]{1,30}: error): *", re.IGNORECASE)


_DOWNLOAD_LIMITS = Limits(total_s=900.0, silent_s=60.0, grace_s=3.0)
"""110 MB take 15 minutes at 1 Mbit/s. Only bytes are progress: Playwright prints a line for each of five
tries of 30 s that get nowhere."""
_APT_LIMITS = Limits(total_s=900.0, silent_s=120.0, grace_s=10.0)
"""A package's scripts may be silent for a minute; dpkg gets a warning before it is killed."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """How a Chromium is fetched; all times are in seconds."""

    download: tuple[str, ...] = (*_PLAYWRIGHT, "install", "--only-shell", "chromium")
    """Playwright's words for the headless shell alone (it adds a small ffmpeg, which jpt does not need)."""
    download_limits: Limits = _DOWNLOAD_LIMITS
    apt: str | None = None
    """The apt-get to run; None: the system's, if this is root."""
    apt_limits: Limits = _APT_LIMITS
    lock_s: float = 120.0
    """Longest wait for another package manager: a new server updates itself for minutes."""
    proof_s: float = PROOF_S
    """Longest time for a candidate to render."""


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to get a Chromium."""

    name: str
    announced: str
    origin: str
    commands: tuple[tuple[str, ...], ...]
    by_apt: bool


@dataclass(frozen=True, slots=True)
class _Once:
    """Says each sentence once: what cannot be used is looked at again after each way."""

    say: Say
    said: list[str] = field(default_factory=list)

    def __call__(self, sentence: str) -> None:
        if sentence not in self.said:
            self.said.append(sentence)
            self.say(sentence)


async def ensure(
    explicit: Path | None,
    *,
    sandbox: bool,
    say: Say,
    environ: Environ,
    cache: Path | None = None,
    how: Fetching = Fetching(),
) -> Chromium:
    """Give a Chromium that renders, fetched if there is none; each step is said.

    Raises BrowserUnusable with what to type when all ways fail, or when *explicit* does not render.
    """
    once = _Once(say)

    async def found() -> Chromium | None:
        return await find(explicit, sandbox=sandbox, say=once, environ=environ, cache=cache, limit_s=how.proof_s)

    if chromium := await found():
        return chromium
    fetcher = _Fetcher(how, environ, once)
    faults = []
    for way in _ways(how, environ):
        once(f"{way.announced}…")
        fault = await fetcher.go(way)
        # Even after a fault: what failed may have been a part that jpt does not need.
        if chromium := await found():
            return replace(chromium, origin=way.origin)
        faults.append(f"{way.name} failed: {fault or 'what it brought does not render a page'}")
        once(f"{faults[-1]}.")
    raise BrowserUnusable(_what_to_type(environ, faults, once.said))


def _ways(how: Fetching, environ: Environ) -> Iterator[_Way]:
    yield _Way(
        "Playwright's download",
        "No Chromium that works was found; downloading the headless shell with Playwright (about 110 MB)",
        "downloaded by Playwright",
        (how.download,),
        by_apt=False,
    )
    apt = how.apt or _roots_apt(environ)
    if apt is None:
        return
    install = (apt, *_APT_OPTIONS, "install", "-y", "--no-install-recommends")
    for package in _PACKAGES:
        name = f"Installing {package} with apt-get"
        before = ((apt, *_APT_OPTIONS, "update"),) if package == _PACKAGES[0] else ()
        yield _Way(name, name, "apt-get", (*before, (*install, package)), by_apt=True)
    # Ubuntu has Chromium as a snap only: there the download needs libraries, and Playwright knows which.
    if how.apt is None and _has_download(environ):
        name = "Installing the libraries of the downloaded headless shell with apt-get"
        yield _Way(name, name, "downloaded by Playwright", (_LIBRARIES,), by_apt=True)


def _roots_apt(environ: Environ) -> str | None:
    return _which("apt-get", environ) if _is_root() else None


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _which(name: str, environ: Environ) -> str | None:
    return shutil.which(name, path=environ.get("PATH", os.defpath))


def _has_download(environ: Environ) -> bool:
    return any(origin == PLAYWRIGHTS for _, origin in candidates(environ))


@dataclass(slots=True)
class _Fetcher:
    """Runs what fetches a Chromium."""

    how: Fetching
    environ: Environ
    say: Say
    waited_s: float = 0.0
    """How long other package managers were waited for, all in all."""

    async def go(self, way: _Way) -> str | None:
        """Run a way's commands; gives what went wrong first if the last of them failed, else None."""
        faults: list[str | None] = []
        for words in way.commands:
            try:
                faults.append(await (self._apt(words) if way.by_apt else self._download(words)))
            except OSError as exc:
                faults.append(f"`{words[0]}` cannot be run ({exc.strerror})")
        # Package lists that cannot be refreshed may still do.
        return next(filter(None, faults)) if faults[-1] else None

    async def _download(self, words: Sequence[str]) -> str | None:
        browsers = playwright_folder(self.environ)
        # A temporary folder of its own shows how much has come, and nothing is left when it is killed.
        with tempfile.TemporaryDirectory(prefix="jpt-download-", ignore_cleanup_errors=True) as name:
            own = Path(name)

            def progress(_: int) -> object:
                waiting = not any(own.iterdir())
                return _bytes_in(own), _bytes_in(browsers), _others_turn(browsers) if waiting else None

            environ = {**self.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), name)}
            limits = self.how.download_limits
            return _fault(await run(words, environ=environ, limits=limits, progress=progress))

    async def _apt(self, words: Sequence[str]) -> str | None:
        """Run apt-get, or what runs it, after other package managers."""
        environ = _apt_environ(self.environ)
        while True:
            ended = await run(words, environ=environ, limits=self.how.apt_limits, progress=_apt_progress)
            if ended.code == 0 or not _LOCKED.search(ended.err) or self.waited_s >= self.how.lock_s:
                return _fault(ended)
            self.say("Waiting for another package manager to end…")
            pause_s = min(3.0, self.how.lock_s / 4)
            await anyio.sleep(pause_s)
            self.waited_s += pause_s


def _apt_progress(printed: int) -> object:
    return printed, *map(_bytes_in, _APT_FOLDERS)


def _apt_environ(environ: Environ) -> dict[str, str]:
    return {
        **environ,
        # dpkg wants the system folders, which a root shell got by `su` lacks.
        "PATH": os.pathsep.join([environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin", "/sbin"]),
        # Nobody is there to answer questions.
        "DEBIAN_FRONTEND": "noninteractive",
        "NEEDRESTART_SUSPEND": "1",
        # The message about a lock has to be known in any language.
        "LC_ALL": "C",
    }


def _bytes_in(folder: Path | None) -> int:
    total = 0
    for place, _, names in os.walk(folder) if folder else ():
        for name in names:
            # Files come and go meanwhile.
            with suppress(OSError):
                total += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118 - thousands of files
    return total


def _others_turn(browsers: Path | None) -> float:
    """Give the time of the lock that another Playwright renews every few seconds while it installs."""
    with suppress(OSError):
        return (browsers / "__dirlock").stat().st_mtime if browsers else 0.0
    return 0.0


def _fault(ended: Ended) -> str | None:
    """Say why a command failed, with its own first words of error: the later ones follow from it."""
    if ended.code == 0:
        return None
    lines = list(filter(None, map(clean_line, f"{ended.err}\n{ended.out}".splitlines())))
    errors = [line[found.end() :] for line in lines if (found := _ERROR.match(line))]
    # The last line of one that was stopped only tells what it was doing.
    said = (errors or ([] if ended.late else lines[-1:]))[:1]
    return how_it_ended(ended) + "".join(f" ({words[:200].rstrip('. ')})" for words in said)


def _what_to_type(environ: Environ, faults: Sequence[str], said: Sequence[str]) -> str:
    """Name the one thing to do on this system, in one sentence."""
    if any(about_sandbox(sentence.partition(UNUSED)[2]) for sentence in said):
        return (
            "Chromium's sandbox does not start here: run jpt as a user for whom it does, "
            "or set PPT_DISABLE_SANDBOX=1 to do without it."
        )
    return (
        f"No Chromium works here and none could be fetched ({faults[0]}): type `{_command(environ)}` "
        "and run jpt again, or set JPT_CHROMIUM to the path of one that works."
    )


def _command(environ: Environ) -> str:
    if sys.platform == "darwin":
        return "brew install --cask google-chrome"
    sudo = "" if _is_root() else "sudo "
    if _which("apt-get", environ):
        if _has_download(environ):
            return sudo + shlex.join(_LIBRARIES)
        # Ubuntu's own Chromium is a snap; Playwright's asks for sudo itself where it needs that.
        return shlex.join(_WITH_LIBRARIES) if _is_ubuntu() else f"{sudo}apt-get install chromium-headless-shell"
    for manager, words in _OTHER_MANAGERS.items():
        if _which(manager, environ):
            return f"{sudo}{manager} {words}"
    return shlex.join(Fetching().download)


def _is_ubuntu() -> bool:
    with suppress(OSError):
        return "ID=ubuntu" in Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    return False
