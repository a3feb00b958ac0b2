"""What a database holds, read beside jpt: by a connection of the test's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path
from typing import Any

from jpt.models.digests import News
from jpt.store import Store
from jpt.store.history import JobEvent, job_event
from jpt.store.rows import stored_key


def rows(path: Path, sql: str, *values: Any) -> list[sqlite3.Row]:
    """Give all rows of a query, each by place and by name."""
    with closing(sqlite3.connect(path)) as raw:
        raw.row_factory = sqlite3.Row
        return raw.execute(sql, values).fetchall()


def stored_jobs(store: Store) -> list[News]:
    """Give all jobs, newest first."""
    return [one.news for one in store.catalogue.listing().jobs]


def job_events(
    store: Store, *, url: str | None = None, kinds: Collection[str] = (), since_ts_ms: int = 0
) -> list[JobEvent]:
    """Give what became of jobs, oldest first: of one link, of some kinds, since a time."""
    found = rows(store.path, "SELECT * FROM jpt_job_events WHERE ts_ms >= ? ORDER BY ts_ms, id", since_ts_ms)
    wanted = [row for row in found if url is None or row["link_key"] == stored_key(url)]
    return [job_event(row) for row in wanted if not kinds or row["kind"] in kinds]
