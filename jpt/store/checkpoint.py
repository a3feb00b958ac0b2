"""Checkpoints of the write-ahead log: by one process at a time where SQLite has the WAL-reset bug.

SQLite before 3.51.3 can damage a file when two connections checkpoint at the same moment. There automatic
checkpoints are off, and only the holder of a lock makes one.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

FIXED = (3, 51, 3)
"""The first SQLite without the WAL-reset bug."""

CHECKPOINT_BYTES = 4_000_000
"""Size of the log at which a checkpoint is made: what SQLite itself does, after 1,000 pages."""

COMMITS = 250
"""Commits between two looks at the log's size: about what SQLite itself waits for."""


def has_reset_bug() -> bool:
    """Return whether SQLite has the WAL-reset bug."""
    return sqlite3.sqlite_version_info < FIXED


class Checkpoints:
    """The checkpoints of one connection."""

    def __init__(self, path: Path) -> None:
        resolved = path.resolve()
        self._log = resolved.with_name(resolved.name + "-wal")
        self._lock = FileLock(resolved.with_name(resolved.name + ".fold"), mode=0o600, thread_local=False)
        self._commits = 0

    def prepare(self, raw: sqlite3.Connection) -> None:
        """Turn off automatic checkpoints, where they are not safe."""
        if has_reset_bug():
            raw.execute("PRAGMA wal_autocheckpoint = 0")

    def after_commit(self, raw: sqlite3.Connection) -> None:
        """Make a checkpoint once the log has grown, unless another process does; until then the log only grows."""
        self._commits += 1
        if self._commits % COMMITS or not has_reset_bug():
            return
        with suppress(OSError, Timeout, sqlite3.Error):
            if self._log.stat().st_size >= CHECKPOINT_BYTES:
                with self._lock.acquire(timeout=0):
                    raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
