"""Copies of the file: made by SQLite's own backup while jpt runs, checked before they count, and put back."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from jpt.errors import CannotCreate, InputError, Locked, StoreError
from jpt.files import Files
from jpt.store.faults import translated_errors
from jpt.store.leases import workers
from jpt.store.run_lock import Say, hold

FIVE_TABLES = ("snapshots", "current_snapshot", "diff_queue", "job_tasks", "job_details")
_ABANDONED_S = 3600


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that was checked."""

    path: Path
    size: int
    rows: dict[str, int]
    """Rows of each of the five tables that it has."""
    removed: tuple[Path, ...] = ()
    """Older backups that made room."""


def folder_of(database: Path) -> Path:
    """Return the folder of the backups of *database*."""
    return database.resolve().parent / "backups"


def backups(database: Path) -> list[Path]:
    """Return the backups of *database*, the latest first."""
    name = database.resolve().stem
    return sorted(folder_of(database).glob(f"{name}-*.sqlite3"), reverse=True)


def back_up(database: Path, keep: int) -> Copied:
    """Copy *database* into its folder of backups, where the latest *keep* stay.

    Raises StoreError when there is nothing to copy or the copy is not sound, CannotCreate when it cannot be made.
    """
    if not database.exists():
        raise StoreError(f"{database} does not exist, so there is nothing to back up. Name the file with --db.")
    folder = folder_of(database)
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S-%f")
    target = folder / f"{database.resolve().stem}-{stamp}.sqlite3"
    with _made(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    made = _copy(database, target)
    removed = backups(database)[keep:]
    for old in removed:
        with suppress(OSError):
            old.unlink()
    return Copied(made.path, made.size, made.rows, tuple(removed))


def restore(source: Path, database: Path, *, wait: bool = False, say: Say | None = None) -> Path | None:
    """Put a backup in the place of *database*; returns where the file that stood there is now.

    Raises InputError when the backup is not sound, Locked when somebody uses the database; with *wait* a run that
    reads pages is waited for, which is said.
    """
    _checked(source)
    with hold(Files(database).run_lock, "jpt db restore", wait=wait, say=say):
        if pids := workers(database):
            raise Locked(f"{database} is in use by jpt (process {', '.join(map(str, pids))}). End it first.")
        fresh = database.with_name(f"{database.name}.restored")
        _copy(source, fresh)
        away = None
        if database.exists():
            stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
            away = database.with_name(f"{database.name}.before-restore-{stamp}")
            database.replace(away)
        # A log that belongs to the file before would be played into this one.
        for end in ("-wal", "-shm"):
            beside = database.with_name(database.name + end)
            if beside.exists():
                beside.replace(Path(f"{away or database}{end}{'' if away else '.stray'}"))
        fresh.replace(database)
        _sync_folder(database.parent)
    return away


def bring_in(source: Path, database: Path) -> Copied:
    """Copy the database of another installation to *database*, where there is none yet.

    Raises InputError when *source* is no such database or *database* has jobs already.
    """
    _checked(source)
    if database.exists() and any(_rows(database).values()):
        raise InputError(
            f"{database} already holds data, and cannot be merged with another. Move it away, or use --db."
        )
    with hold(Files(database).run_lock, "jpt import"):
        fresh = database.with_name(f"{database.name}.imported")
        copied = _copy(source, fresh)
        for end in ("-wal", "-shm"):
            database.with_name(database.name + end).unlink(missing_ok=True)
        fresh.replace(database)
        _sync_folder(database.parent)
    return Copied(database, copied.size, copied.rows)


def _copy(source: Path, target: Path) -> Copied:
    """Copy a database with all that its log still holds, check the copy, and only then give it its name."""
    part = target.with_name(target.name + ".part")
    with _made(part):
        # The log of a copy that was killed would be played into this one.
        _discard(part)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with (
            translated_errors(source),
            closing(_reader(source)) as old,
            translated_errors(part),
            closing(sqlite3.connect(part)) as new,
        ):
            old.backup(new, pages=1_000)
            new.execute("PRAGMA journal_mode = DELETE")  # one file, whole in itself
            said = [row[0] for row in new.execute("PRAGMA integrity_check(3)")]
        if said != ["ok"]:
            raise StoreError(f"The copy of {source} is not sound ({said[0]}). Restore an older backup.")
        rows = _rows(part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
        _sync_folder(target.parent)
    finally:
        _discard(part)
    return Copied(target, target.stat().st_size, rows)


def _discard(part: Path) -> None:
    for end in ("", "-journal"):
        part.with_name(part.name + end).unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Remove what copies left that were killed; one that is being made is written to all the time."""
    for part in folder.glob("*.sqlite3.part*"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > _ABANDONED_S:
                part.unlink()


def _checked(source: Path) -> None:
    """Raise InputError unless *source* is a sound database with some of the five tables."""
    if not source.is_file():
        raise InputError(f"{source} does not exist, or is not a file. Name the database to import.")
    try:
        with translated_errors(source), closing(_reader(source)) as raw:
            said = [row[0] for row in raw.execute("PRAGMA quick_check(3)")]
        rows = _rows(source)
    except StoreError as exc:
        raise InputError(exc.sentence) from exc
    if said != ["ok"]:
        raise InputError(f"{source} is damaged ({said[0]}). Take another copy.")
    if not rows:
        raise InputError(f"{source} is no database of jpt: it has none of its tables. Name another file.")


def _rows(path: Path) -> dict[str, int]:
    with translated_errors(path), closing(_reader(path)) as raw:
        names = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {
            name: raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in FIVE_TABLES
            if name in names
        }


def _reader(path: Path) -> sqlite3.Connection:
    # Not `mode=ro`: a log that a crash left must be replayed, and that writes.
    raw = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=10)
    raw.execute("PRAGMA query_only = ON")
    return raw


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _made(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        raise CannotCreate(f"{path} cannot be created: {exc.strerror}. Make its folder writable.") from exc
