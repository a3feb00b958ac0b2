"""Checks of the database."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from jpt.doctor.diagnosis import Diagnosis, fail, ok, warn
from jpt.errors import JptError
from jpt.files import temporary_folder
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.filesystem import network_file_system
from jpt.store.inspection import Checkup, checkup, sqlite_version
from jpt.text.counts import counted

RESTORE = "Restore a backup with `jpt db restore`"
FIXED_IN = (3, 51, 3)
"""Earlier versions of SQLite may, very rarely, damage a file that several processes write (its WAL-reset bug)."""


def sqlite() -> Iterator[Diagnosis]:
    """Look at the version of SQLite."""
    version = sqlite_version()
    words = f"SQLite {'.'.join(map(str, version))}"
    if version >= FIXED_IN:
        yield ok("sqlite", f"{words}.")
        return
    # Not a warning: jpt works around it.
    yield ok("sqlite", f"{words}. Let no other program write to jpt's file: only from 3.51.3 on is that safe.")


def database(settings: Settings, *, fix: bool) -> Iterator[Diagnosis]:
    """Open the file, check its integrity and who may read it."""
    path = settings.db
    if not path.exists():
        yield ok("database", f"{path} does not exist yet; the first run creates it.")
        return
    # Before it is opened, which corrects the modes.
    yield from _private(settings, fix=fix)
    try:
        with Store.open(path) as store:
            seen, wrong = checkup(path), store.problems()
    except JptError as exc:
        yield fail("database", exc.sentence, f"{RESTORE}, or name another file with --db.")
        return
    if seen.faults:
        yield fail(
            "database",
            f"{path} is damaged: {seen.faults[0]}.",
            f"{RESTORE}, or move the file away.",
        )
    elif wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        yield warn("database", f"{path}: {wrong[0]}{more}", "Run jpt again; if this persists, please report it.")
    else:
        yield ok("database", _words(settings, seen))
    if kind := network_file_system(path):
        yield warn(
            "database",
            f"{path} is on a network file system ({kind}), where SQLite's locks are unreliable.",
            "Move it to a local disk (--db, JPT_DB), and copy it with `jpt db backup`.",
        )


def newest_ms(settings: Settings) -> int | None:
    """Return the latest time in the database; None if there is none."""
    if not settings.db.exists():
        return None
    with suppress(JptError):
        return checkup(settings.db, deep=False).newest_ms
    return None


def _words(settings: Settings, seen: Checkup) -> str:
    size = settings.db.stat().st_size / 1024**2
    jobs, posts = counted(seen.jobs, "job"), counted(seen.waiting, "post")
    return f"{settings.db}: {size:,.1f} MB, intact; {jobs}, {posts} queued."


def _private(settings: Settings, *, fix: bool) -> Iterator[Diagnosis]:
    """Check whether other users can read the database."""
    if os.name != "posix":
        return
    folder = settings.db.parent.resolve()
    places = [(settings.db, 0o600)]
    # A folder that is also for other things keeps its mode.
    if folder not in {Path.cwd(), Path.home(), temporary_folder().resolve()}:
        places.append((folder, 0o700))
    exposed = [(path, mode) for path, mode in places if path.stat().st_mode & 0o077]
    if not exposed:
        yield ok("privacy", f"Only you can read {settings.db}.")
    for path, mode in exposed:
        if fix:
            with suppress(OSError):
                path.chmod(mode)
                yield ok("privacy", f"Only you can read {path} now.")
                continue
        yield warn("privacy", f"Others can read {path}.", f"chmod {mode:o} {path}, or `jpt doctor --fix`.")
