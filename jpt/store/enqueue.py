"""A diff becomes tasks: written once, used when a page is recorded and for the old system's queue."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from jpt.store.history import note_event
from jpt.store.tasks import enqueue


def make_tasks(raw: sqlite3.Connection, diff_id: int, site: str, urls: Iterable[str], now: int) -> int:
    """Turn *urls* of a diff into tasks and mark the diff done, within the caller's transaction.

    A link that has a task keeps it, unless that one failed for good or found the post gone:
    a list that shows it again is a reason to look again. Gives the number of tasks now waiting.
    """
    waiting = 0
    for url in urls:
        waits, is_new = enqueue(raw, site, url, now)
        waiting += waits
        if is_new:
            note_event(raw, site, url, "new", now)
    raw.execute(
        """UPDATE diff_queue
           SET status = 'DONE', last_error = NULL, updated_ts_ms = ?
           WHERE id = ?""",
        [now, diff_id],
    )
    return waiting
