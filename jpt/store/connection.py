"""One connection to the SQLite file: how it is opened, and the one way to write."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar

from sqlite_utils import Database

from jpt.errors import CannotCreate, InputError, StoreError
from jpt.files import refuse_pipe
from jpt.store.checkpoint import Checkpoints
from jpt.store.faults import UncertainCommit, translated, translated_errors
from jpt.store.migrations import MIGRATIONS
from jpt.store.rows import stored_key
from jpt.text.clock import Clock, wall_clock

BUSY_S = 10.0
"""How long to wait for another writer before giving up, in seconds."""
RETRY_S = 0.02
"""Pause between attempts if SQLite does not wait by itself, in seconds."""

SYNCHRONOUS = "FULL"
"""What has been committed survives a power cut."""
CACHE_KB = 16_000
"""Memory for pages of the file, in kB: with a long queue its indexes are used all over."""


T = TypeVar("T")


class Connection:
    """A connection on which every write is `BEGIN IMMEDIATE … COMMIT`."""

    def __init__(self, path: Path, clock: Clock, cache_kb: int = CACHE_KB) -> None:
        self.path = path
        self._cache_kb = cache_kb
        self.now = clock
        self._name = os.fspath(path)
        self._checkpoints = Checkpoints(path)
        self._open()

    def _open(self) -> None:
        with translated_errors(self.path):
            # Threads take turns: the callers see to it that only one is here at a time.
            self._raw = sqlite3.connect(self.path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
            try:
                self._inode = _inode(self._name)
                self._raw.row_factory = sqlite3.Row
                self._prepare()
            except BaseException:
                self._raw.close()
                raise

    def _prepare(self) -> None:
        _refuse_cut_short(self.path)
        if self._raw.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            self._switch_to_wal()
        self._raw.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
        self._raw.execute("PRAGMA foreign_keys = ON")
        self._raw.execute(f"PRAGMA cache_size = {-self._cache_kb}")
        # What statements note for their own undoing is small; a full temporary folder must not end them.
        self._raw.execute("PRAGMA temp_store = MEMORY")
        # It takes bytes, for text that is no UTF-8 could not be handed over.
        self._raw.create_function("canonical", 1, _key, deterministic=True)
        # A damaged file may hold text that is none; what reads it must not end for that.
        self._raw.text_factory = lambda data: str(data, "utf-8", "replace")
        self._checkpoints.prepare(self._raw)

    def _switch_to_wal(self) -> None:
        """Set the journal mode; raises sqlite3.OperationalError if another process still writes after BUSY_S.

        SQLite itself does not wait here: it fails at once while another connection holds the write lock.
        """
        deadline = monotonic() + BUSY_S
        while True:
            try:
                self._raw.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as exc:
                if exc.sqlite_errorcode != sqlite3.SQLITE_BUSY or monotonic() > deadline:
                    raise
                sleep(RETRY_S)
            else:
                return

    def write(self, act: Callable[[sqlite3.Connection], T]) -> T:
        """Run *act* as one writing transaction; raises Locked or StoreError.

        A failed commit may have happened all the same. Then the file is opened anew and *act* runs again: it must
        find its own traces by their keys and leave them as they are.
        """
        try:
            return self._written(act)
        except UncertainCommit:
            self._raw.close()
            self._open()
            return self._written(act)

    def _written(self, act: Callable[[sqlite3.Connection], T]) -> T:
        try:
            self._begin()
            try:
                result = act(self._raw)
            except BaseException:
                self._raw.rollback()
                raise
            self._commit()
        except sqlite3.Error as exc:
            raise translated(self.path, exc) from exc
        return result

    def _begin(self) -> None:
        """Take the write lock.

        A deferred transaction that has read before it writes fails at once when another process
        wrote in between, whatever the timeout; `IMMEDIATE` waits its turn instead.
        """
        self._refuse_other_file()
        self._raw.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        try:
            self._raw.execute("COMMIT")
        except sqlite3.Error as exc:
            with suppress(sqlite3.Error):
                self._raw.rollback()
            raise UncertainCommit.of(self.path, exc) from exc
        self._checkpoints.after_commit(self._raw)

    def changes(self) -> int:
        """Return the number of rows that this connection has changed."""
        return self._raw.total_changes

    def rows(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[sqlite3.Row]:
        """Return all rows of a query."""
        with translated_errors(self.path):
            return self._raw.execute(sql, values).fetchall()

    def tuples(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query by place, for thousands of short ones."""
        with translated_errors(self.path):
            cursor = self._raw.cursor()
            cursor.row_factory = None
            return cursor.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Row | None:
        """Return the first row of a query, or None."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Return the first column of a query's first row, or None."""
        found = self.row(sql, values)
        return found[0] if found is not None else None

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement as a writing transaction; returns the number of rows that it changed."""
        return self.write(lambda raw: raw.execute(sql, values).rowcount)

    def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for each of *rows*, in one writing transaction."""
        self.write(lambda raw: raw.executemany(sql, rows))

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection itself, for what is no transaction: backup, vacuum, checks."""
        with translated_errors(self.path):
            yield self._raw

    def close(self) -> None:
        """Make a checkpoint, if nobody else is using the file, and close."""
        self._raw.close()

    def _refuse_other_file(self) -> None:
        """Raise StoreError when the file at the path is not the one that was opened: writes would go nowhere."""
        if _inode(self._name) != self._inode:
            raise StoreError(
                f"{self.path} was moved, deleted or replaced while jpt was using it. Nothing is written any more;"
                " put the right file there and run again."
            )


class Repository:
    """Queries about one subject, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection


@contextmanager
def connect(path: Path, clock: Clock = wall_clock, cache_kb: int = CACHE_KB) -> Iterator[Connection]:
    """Open the file at *path*, made or brought up to date where needed.

    Raises CannotCreate when it cannot be made, InputError when it is newer than this program,
    Locked when another process writes for longer than BUSY_S, StoreError for all other faults.
    """
    _make_private(path)
    connection = Connection(path, clock, cache_kb)
    try:
        _migrate(connection)
        yield connection
    finally:
        connection.close()


def _key(url: object) -> str:
    return stored_key(url.decode("utf-8", "replace") if isinstance(url, bytes) else url)


def _inode(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 (at every task, and twice as fast)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _make_private(path: Path) -> None:
    # The database shows which jobs somebody looks for, so nobody else may read it.
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder. Name a file with --db, for example {path / 'jpt.sqlite3'}.")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        refuse_pipe(path)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        elif hasattr(os, "geteuid"):
            _close_to_others(path, 0o600)
            if path.parent.resolve().name == "state":  # by contract it holds jpt's files alone
                _close_to_others(path.parent, 0o700)
    except FileExistsError as exc:
        raise CannotCreate(f"{path} cannot be created: {exc.filename} is not a folder. Use another --db.") from exc
    except OSError as exc:
        raise CannotCreate(f"{path} cannot be created: {exc.strerror}. Name another file with --db.") from exc


def _close_to_others(path: Path, mode: int) -> None:
    found = path.stat()
    if found.st_uid == os.geteuid() and stat.S_IMODE(found.st_mode) & 0o077:
        with suppress(OSError):  # a read-only file system is reported at the first write
            path.chmod(stat.S_IMODE(found.st_mode) & mode)


def _refuse_cut_short(path: Path) -> None:
    """Raise StoreError when the file is shorter than its head says: pages are missing."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(100)
    except OSError:
        return
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0") or head[24:28] != head[92:96]:
        return
    page = int.from_bytes(head[16:18], "big")
    expected = int.from_bytes(head[28:32], "big") * (65_536 if page == 1 else page)
    # What the write-ahead log still holds is not in the file yet.
    if size < expected and not path.with_name(path.name + "-wal").exists():
        raise StoreError(
            f"{path} is damaged: {expected - size:,} bytes are missing at its end. Restore a backup"
            " (`jpt db restore FILE`), or move it away to start over."
        )


def _migrate(connection: Connection) -> None:
    """Bring the schema up to date; several processes may try at once.

    All of it, the look at what is pending included, happens under the write lock: without it,
    concurrent first opens fail with 'table already exists'.
    """
    if _behind(connection):
        connection.write(lambda raw: MIGRATIONS.apply(Database(raw)))


def _behind(connection: Connection) -> bool:
    if connection.row("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'") is None:
        return True
    applied = {
        name for (name,) in connection.tuples("SELECT name FROM _sqlite_migrations WHERE migration_set = 'jpt'")
    }
    ours = MIGRATIONS.names
    if unknown := sorted(applied - ours):
        raise InputError(
            f"{connection.path} was written by a newer jpt (it has {unknown[0]}). Update jpt, or give another"
            " --db."
        )
    return applied != ours
