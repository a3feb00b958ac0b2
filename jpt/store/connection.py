"""One connection to the SQLite file: how it is opened, and the one way to write."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from jpt.errors import CannotCreate, InputError, JptError, Locked, StoreError
from jpt.store.migrations import MIGRATIONS
from jpt.urls import canonical

BUSY_S = 10.0
"""How long to wait for another writer before giving up, in seconds."""

Clock = Callable[[], int]
"""Gives the time in integer milliseconds since the epoch."""

_LOCKED = {
    "SQLITE_BUSY",
    "SQLITE_BUSY_SNAPSHOT",
    "SQLITE_BUSY_RECOVERY",
    "SQLITE_LOCKED",
    "SQLITE_BUSY_TIMEOUT",
}


def wall_clock() -> int:
    """Give the time of day in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


class Connection:
    """A connection on which every write is `BEGIN IMMEDIATE … COMMIT`."""

    def __init__(self, path: Path, raw: sqlite3.Connection, clock: Clock) -> None:
        self.path = path
        self.now = clock
        self._raw = raw
        raw.row_factory = sqlite3.Row

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run the block as one writing transaction; raises Locked or StoreError.

        A deferred transaction that has read before it writes fails at once when another process
        wrote in between, whatever the timeout; `IMMEDIATE` waits its turn instead.
        """
        with told(self.path):
            self._raw.execute("BEGIN IMMEDIATE")
            try:
                yield self._raw
            except BaseException:
                self._raw.rollback()
                raise
            self._raw.execute("COMMIT")

    def rows(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[sqlite3.Row]:
        """Give all rows of a query."""
        with told(self.path):
            return self._raw.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Row | None:
        """Give the first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def close(self) -> None:
        """Fold the write-ahead log into the file, if nobody else is using it, and close."""
        self._raw.close()


@contextmanager
def connect(path: Path, clock: Clock = wall_clock) -> Iterator[Connection]:
    """Open the file at *path*, made or brought up to date where needed.

    Raises CannotCreate when it cannot be made, InputError when it is newer than this program,
    Locked when another process writes for longer than BUSY_S, StoreError for all other faults.
    """
    _make_private(path)
    with told(path):
        raw = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    connection = Connection(path, raw, clock)
    try:
        with told(path):
            _prepare(raw)
        _migrate(connection)
        yield connection
    finally:
        connection.close()


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn SQLite's errors within the block into ours, with a sentence that names *path*."""
    try:
        yield
    except sqlite3.Error as exc:
        raise _in_our_words(path, exc) from exc


def _in_our_words(path: Path, exc: sqlite3.Error) -> JptError:
    name: str = getattr(exc, "sqlite_errorname", "")
    if name in _LOCKED or "locked" in str(exc):
        return Locked(
            f"{path} is locked by another program that is writing to it. Wait for it to finish, or close it."
        )
    sentence = {
        "SQLITE_NOTADB": f"{path} is not an SQLite database. Give another file with --db, or move this one away.",
        "SQLITE_CORRUPT": f"{path} is damaged ({exc}). Restore a backup, or move it away to start anew.",
        "SQLITE_FULL": f"{path} cannot grow: the disk is full. Free some space and run again; nothing is lost.",
        "SQLITE_READONLY": f"{path} is read-only. Make it and its folder writable, or give another with --db.",
        "SQLITE_CANTOPEN": f"{path} cannot be opened. Check that it is a file and that you may read and write it.",
    }.get(name)
    for prefix in ("SQLITE_READONLY", "SQLITE_CORRUPT"):
        if sentence is None and name.startswith(prefix):
            sentence = f"{path} cannot be used ({exc}). Check its permissions, or restore a backup."
    return StoreError(sentence or f"{path}: the database refused ({name or type(exc).__name__}: {exc}).")


def _make_private(path: Path) -> None:
    # The database shows which jobs somebody looks for, so nobody else may read it.
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder. Give a file with --db, for instance {path / 'jpt.sqlite3'}.")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except FileExistsError as exc:
        raise CannotCreate(f"{path} cannot be made: {exc.filename} is not a folder. Give another --db.") from exc
    except OSError as exc:
        raise CannotCreate(f"{path} cannot be made: {exc.strerror}. Give another file with --db.") from exc


def _prepare(raw: sqlite3.Connection) -> None:
    if raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.create_function("canonical", 1, lambda url: canonical(url) or url, deterministic=True)


def _migrate(connection: Connection) -> None:
    """Bring the schema up to date; several processes may try at once.

    All of it, the look at what is pending included, happens under the write lock: without it,
    concurrent first opens fail with 'table already exists'.
    """
    with told(connection.path):
        if not _behind(connection):
            return
    with connection.transaction() as raw:
        MIGRATIONS.apply(Database(raw))


def _behind(connection: Connection) -> bool:
    exists = connection.row("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'")
    if exists is None:
        return True
    applied = {
        row["name"]
        for row in connection.rows("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", ["jpt"])
    }
    ours = MIGRATIONS.names
    if unknown := sorted(applied - ours):
        raise InputError(
            f"{connection.path} was written by a newer jpt (it has {unknown[0]}). Update jpt, or give another"
            " --db."
        )
    return applied != ours
