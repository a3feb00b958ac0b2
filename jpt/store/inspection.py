"""A look at the file from outside: is it sound, and what is in it. Writes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from jpt.store.faults import translated_errors


@dataclass(frozen=True, slots=True)
class Checkup:
    """What was found."""

    faults: tuple[str, ...]
    """What SQLite says is broken."""
    jobs: int
    waiting: int
    newest_ms: int | None
    """The latest time that stands in it."""


def sqlite_version() -> tuple[int, ...]:
    """Return the version of the SQLite in use."""
    return sqlite3.sqlite_version_info


def checkup(path: Path, *, deep: bool = True) -> Checkup:
    """Look at the file at *path*, with *deep* at every page of it; raises StoreError."""
    with translated_errors(path), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as raw:
        said = [row[0] for row in raw.execute("PRAGMA quick_check(5)")] if deep else ["ok"]
        jobs, newest = raw.execute("SELECT count(*), max(updated_ts_ms) FROM job_details").fetchone()
        waiting = raw.execute(
            "SELECT count(*) FROM job_tasks WHERE status IN ('PENDING', 'IN_PROGRESS')"
        ).fetchone()[0]
    return Checkup(tuple(line for line in said if line != "ok"), jobs, waiting, newest)
