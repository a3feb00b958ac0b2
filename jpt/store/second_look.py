"""Posts that are read again while their pages list them: those found gone, edited ones, open ones now and then."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Iterable
from itertools import islice

from jpt.models.digests import News
from jpt.models.pages import Link
from jpt.models.postings import FOLLOWED
from jpt.store.rows import stored_key
from jpt.store.tasks import GONE, requeue
from jpt.store.unreported import RULED_OUT, news
from jpt.text.clock import is_within

LOOKS = 3
"""How often a listed post is read before it is accepted as gone."""
LOOK_AGAIN_MS = (3_600_000, 24 * 3_600_000)
"""How long after the first and the second look."""


def look_again(raw: sqlite3.Connection, site: str, links: Iterable[Link], now: int) -> int:
    """Requeue posts among *links* that were found gone some time ago; returns their number."""
    gone = raw.execute(
        f"SELECT id, url, attempts, updated_ts_ms FROM job_tasks t WHERE site = ? AND {GONE} AND attempts < ?",
        [site, LOOKS],
    ).fetchall()
    shown = {stored_key(link.url) for link in links if link.is_job is not False} if gone else set()
    due = [row["id"] for row in gone if stored_key(row["url"]) in shown and _is_due(row, now)]
    # The looks taken stay counted as attempts.
    return requeue(raw, due, now, keep_attempts=True)


def _is_due(row: sqlite3.Row, now: int) -> bool:
    # By a clock that was set back since, it is due as well.
    return not is_within(row["updated_ts_ms"], now, LOOK_AGAIN_MS[max(row["attempts"], 1) - 1])


DAY_MS = 24 * 3_600_000
WEEK_MS = 7 * DAY_MS
MOST_AGAIN = 20
"""Posts of one site that are read again after one read of its list."""
_LAST_MS = 1
"""As the end of a pause: read when nothing new waits."""

_READ = f"""
SELECT t.id, t.url, t.updated_ts_ms, d.id AS job_id, d.created_ts_ms, m.mark,
       CASE WHEN json_valid(d.raw_json) THEN json_extract(d.raw_json, '$.confidence') END AS confidence
FROM job_tasks t
JOIN job_details d ON d.site = t.site AND d.url = t.url
LEFT JOIN jpt_marks m ON m.url_key = canonical(CAST(t.url AS BLOB))
WHERE t.site = ? AND t.status = 'DONE' AND t.updated_ts_ms <= ? AND NOT (d.include_job = 0 AND NOT {RULED_OUT})
ORDER BY t.updated_ts_ms
"""


def read_again(
    raw: sqlite3.Connection, site: str, links: Iterable[Link], now: int, fits: Callable[[News], bool]
) -> int:
    """Requeue open posts among *links* that were read long ago, behind all others; returns their number.

    Posts that *fits* accepts are due weekly, doubtful ones once more after a day, marked ones daily.
    """
    read = raw.execute(_READ, [site, now - DAY_MS]).fetchall()
    shown = {stored_key(link.url) for link in links if link.is_job is not False} if read else set()
    old = (row for row in read if _is_old(row, now) and stored_key(row["url"]) in shown)
    due = [row["id"] for row in islice((row for row in old if _is_wanted(raw, row, fits)), MOST_AGAIN)]
    _wait_last(raw, due, now)
    return len(due)


def _is_wanted(raw: sqlite3.Connection, row: sqlite3.Row, fits: Callable[[News], bool]) -> bool:
    """Return whether a job's changes are wanted: it is marked, or fits somebody today."""
    if row["mark"] in FOLLOWED:
        return True
    return fits(news(raw.execute("SELECT * FROM job_details WHERE id = ?", [row["job_id"]]).fetchone()))


def wait_for_edits(raw: sqlite3.Connection, site: str, keys: Container[str], now: int) -> dict[str, int]:
    """Requeue the posts of *keys* that were read: their feed has another text now; returns the tasks by key."""
    read = raw.execute(
        """SELECT t.id, t.url FROM job_tasks t JOIN job_details d ON d.site = t.site AND d.url = t.url
           WHERE t.site = ? AND t.status = 'DONE'""",
        [site],
    ).fetchall()
    found = {key: row["id"] for row in read if (key := stored_key(row["url"])) in keys}
    _wait_last(raw, found.values(), now)
    return found


def _wait_last(raw: sqlite3.Connection, tasks: Iterable[int], now: int) -> None:
    raw.executemany(
        """UPDATE job_tasks SET status = 'PENDING', attempts = 0, backoff_until_ms = ?, updated_ts_ms = ?
           WHERE id = ? AND status = 'DONE'""",
        [(_LAST_MS, now, one) for one in tasks],
    )


def _is_old(row: sqlite3.Row, now: int) -> bool:
    age = now - row["updated_ts_ms"]
    is_young = row["updated_ts_ms"] - row["created_ts_ms"] < DAY_MS
    if row["mark"] in FOLLOWED or (row["confidence"] == "low" and is_young):
        return bool(age >= DAY_MS)
    return bool(age >= WEEK_MS and row["mark"] not in {"hidden", "rejected"})
