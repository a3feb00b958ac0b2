"""SQLite's errors as ours: the file, what is wrong with it, and the next step."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from jpt.errors import JptError, Locked, StoreError
from jpt.store import leases, run_lock

_LOCKED = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")

_RESTORE = "Restore a backup (`jpt db restore FILE`), or move it away to start over."

_SENTENCES = {
    "SQLITE_NOTADB": "{path} is not an SQLite database. Name another file, or move this one away.",
    "SQLITE_CORRUPT": f"{{path}} is damaged ({{why}}). {_RESTORE}",
    "SQLITE_FULL": "{path} cannot grow: the disk is full. Free some space and run again; nothing is lost.",
    "SQLITE_READONLY": "{path} is read-only ({why}). Make it and its folder writable, or name another with --db.",
    "SQLITE_CANTOPEN": "{path} cannot be opened. Check that it is a file and that you may read and write it.",
    "SQLITE_PERM": "{path} cannot be opened. Check that it is a file and that you may read and write it.",
    "SQLITE_IOERR": "{path}: the disk refused ({name}). Check the disk and its free space, and run again; what was"
    " stored before is safe.",
}


class UncertainCommit(StoreError):
    """A commit failed: whether its transaction is in the file shows only when it is opened anew."""

    @classmethod
    def of(cls, path: Path, exc: sqlite3.Error) -> Self | JptError:
        """Return our error; a commit that was only kept waiting certainly did not happen."""
        words = translated(path, exc)
        return words if isinstance(words, Locked) else cls(str(words))


@contextmanager
def translated_errors(path: Path) -> Iterator[None]:
    """Translate SQLite's errors within the block into ours, with a sentence that names *path*."""
    try:
        yield
    except sqlite3.Error as exc:
        raise translated(path, exc) from exc


def translated(path: Path, exc: sqlite3.Error) -> JptError:
    """Return our error for one of SQLite's."""
    name: str = getattr(exc, "sqlite_errorname", "")
    if name.startswith(_LOCKED) or "database is locked" in str(exc):
        return Locked(
            f"{path} is locked by {_who(path)} that is writing to it. Wait for it to finish, or close it."
        )
    for prefix, sentence in _SENTENCES.items():
        if name.startswith(prefix):
            return StoreError(sentence.format(path=path, why=exc, name=name))
    return StoreError(f"{path}: the database refused ({name or type(exc).__name__}: {exc}).")


def _who(path: Path) -> str:
    """Name who works on the file, as far as we know: the writer itself leaves no name in it."""
    said = run_lock.holder_of(path)
    if said is not None:
        return f"another program ({said.removesuffix('.')})"
    if pids := [pid for pid in leases.workers(path) if pid != os.getpid()]:
        return f"another program (jpt works on it in process {', '.join(map(str, pids))})"
    return "another program"
