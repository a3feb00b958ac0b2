"""A post that was found gone while its page goes on listing it: a list may be faster than what it links to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from jpt.models.pages import Link
from jpt.store.rows import key_of
from jpt.store.tasks import GONE, wait_again

LOOKS = 3
"""So often a listed post is looked at before it is left as gone."""
LOOK_AGAIN_MS = (3_600_000, 24 * 3_600_000)
"""How long after the first and the second look."""


def look_again(raw: sqlite3.Connection, site: str, links: Iterable[Link], now: int) -> int:
    """Let posts among *links* that were found gone some time ago wait to be looked at; gives how many."""
    gone = raw.execute(
        f"SELECT id, url, attempts, updated_ts_ms FROM job_tasks t WHERE site = ? AND {GONE} AND attempts < ?",
        [site, LOOKS],
    ).fetchall()
    shown = {key_of(link.url) for link in links if link.is_job is not False} if gone else set()
    due = [row["id"] for row in gone if key_of(row["url"]) in shown and _is_due(row, now)]
    # The looks taken stay counted as attempts.
    return wait_again(raw, due, now, keep_attempts=True)


def _is_due(row: sqlite3.Row, now: int) -> bool:
    # By a clock that was set back since, it is due as well.
    return not 0 <= now - row["updated_ts_ms"] < LOOK_AGAIN_MS[max(row["attempts"], 1) - 1]
