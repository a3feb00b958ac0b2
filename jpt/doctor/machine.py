"""Checks of the machine: clock, disk, memory, leftovers of runs that were killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from jpt.browser.chromium.limits import NEEDED_MB
from jpt.browser.chromium.scratch import abandoned, sweep
from jpt.browser.pool.memory import A_PAGE_MB, HERE
from jpt.browser.pool.scaling import Pages
from jpt.doctor.diagnosis import Diagnosis, fail, ok, warn
from jpt.files import temporary_folder
from jpt.settings import Settings, needed
from jpt.text.counts import counted

BUILT = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right shows an earlier time than the release of this version."""
FULL_MB, NEARLY_FULL_MB = 100, 500
A_RUN_MB = 20
"""Memory that `jpt run` takes before its browser starts, beyond what the doctor itself has taken by then."""


def python() -> Iterator[Diagnosis]:
    """Report the Python that runs jpt."""
    yield ok("python", f"Python {sys.version.split()[0]} at {sys.executable}.")


def clock(newest_ms: int | None) -> Iterator[Diagnosis]:
    """Check whether the clock can be right; *newest_ms* is the latest time in the database."""
    now = datetime.now(UTC)
    if now < BUILT:
        yield fail(
            "clock", f"The clock shows {now:%Y-%m-%d}, which is in the past.", "Set the clock, or let NTP do it."
        )
        return
    ahead_s = 0.0 if newest_ms is None else newest_ms / 1000 - time.time()
    if ahead_s > 120:
        yield warn(
            "clock",
            f"The database has times that are {ahead_s / 3600:.1f} h in the future: the clock was set back.",
            "Check whether the clock is right now; jpt continues in any case.",
        )
        return
    if _is_synchronised() is False:
        yield warn(
            "clock", f"{now:%Y-%m-%d %H:%M} UTC, but nothing keeps it in sync.", "Run: timedatectl set-ntp true"
        )
        return
    yield ok("clock", f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S %Z}.")


def disk(settings: Settings) -> Iterator[Diagnosis]:
    """Check whether there is room for the database and for the browser's files."""
    places = {"disk": _existing(settings.db.parent.absolute()), "temporary folder": temporary_folder()}
    for check, folder in places.items():
        free = shutil.disk_usage(folder).free // 1024**2
        words = f"{free:,} MB free at {folder}."
        if free < FULL_MB:
            yield fail(check, words, "Free some space: writing will fail soon.")
        elif free < NEARLY_FULL_MB:
            yield warn(check, words, "Free some space.")
        elif not os.access(folder, os.W_OK):
            yield fail(check, f"{folder} cannot be written to.", "Make it writable for the user that runs jpt.")
        else:
            yield ok(check, words)


def too_little_memory() -> Iterator[Diagnosis]:
    """Report that memory is too short even for the other checks: the kernel would kill them silently."""
    left = HERE.free_mb()
    if left < NEEDED_MB + A_RUN_MB:
        yield fail(
            "memory",
            f"{left:,.0f} MB of memory are left here, and a run needs {NEEDED_MB + A_RUN_MB} at the least.",
            "Raise the limit of the container or service, or end other programs: nothing else can be checked.",
        )


def memory(settings: Settings) -> Iterator[Diagnosis]:
    """Check whether the pages that may be open at once fit into memory."""
    free, wanted = HERE.free_mb(), Pages.up_to(settings.max_pages).first * A_PAGE_MB
    words = f"{free:,.0f} MB free for up to {counted(settings.max_pages, 'page')} at once."
    if free < settings.min_free_mb:
        yield warn("memory", words, f"Only one page at a time is opened below {settings.min_free_mb} MB.")
    elif free < wanted:
        yield warn("memory", words, f"Heavy pages need about {A_PAGE_MB} MB each: set PPT_MAX_PAGES lower.")
    else:
        yield ok("memory", words)


def leftovers(*, fix: bool) -> Iterator[Diagnosis]:
    """Look for files and browsers of runs that were killed."""
    home = temporary_folder()
    left = abandoned(home)
    if not left:
        yield ok("leftovers", "No run has left files or browsers behind.")
    elif fix:
        sweep(home)
        yield ok("leftovers", f"Removed what {len(left)} dead runs had left in {home}.")
    else:
        yield warn(
            "leftovers",
            f"{len(left)} dead runs have left files in {home}, with browsers that may still run.",
            "The next run removes them; so does `jpt doctor --fix`.",
        )


def _is_synchronised() -> bool | None:
    """Ask systemd whether the clock is synchronised; None if that is unknown."""
    program = shutil.which("timedatectl")
    if program is None or not Path("/run/systemd/system").exists():
        return None
    with suppress(OSError, subprocess.TimeoutExpired):
        done = subprocess.run(  # noqa: S603 - fixed words
            [program, "show", "-p", "NTPSynchronized", "--value"],
            capture_output=True, text=True, timeout=5, check=False, env=needed(),
        )  # fmt: skip
        if done.returncode == 0 and done.stdout.strip():
            return done.stdout.strip() == "yes"
    return None


def _existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder
