"""Jobs that a list shows under addresses that no browser opens: they get a row with the reason, and no task."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable

from jpt.models.pages import BadRow, Link
from jpt.store.history import close, note_event, reopen_listed
from jpt.store.seen import remember
from jpt.text.clean import clean_line
from jpt.text.secrets import without_password

_LONGEST = 2_000
_KEPT = 200


def keep_unopenable(raw: sqlite3.Connection, site: str, page_key: str, rows: Iterable[BadRow], now: int) -> int:
    """Store a row for each job that was not known before, and close those that the page shows no more.

    Returns how many are new. Their tasks are given up at once, so that lists of failures show them.
    """
    shown = {_stored_url(row): row for row in rows}
    known = {row["url"] for row in raw.execute(_KNOWN, [site, page_key])}
    for url in known - shown.keys():
        close(raw, site, url, "the page no longer lists it", now)
    reopen_listed(raw, site, known & shown.keys(), now)
    new = [url for url in shown if url not in known and _store(raw, site, page_key, url, shown[url], now)]
    return len(new)


_KNOWN = """SELECT url FROM job_details
            WHERE site = ?
              AND CASE WHEN json_valid(raw_json) THEN json_extract(raw_json, '$.unopenable') END = ?"""


def _store(raw: sqlite3.Connection, site: str, page_key: str, url: str, row: BadRow, now: int) -> bool:
    new = raw.execute(
        """INSERT OR IGNORE INTO job_tasks (site, url, status, last_error, created_ts_ms, updated_ts_ms)
           VALUES (?, ?, 'FAILED', ?, ?, ?)""",
        [site, url, row.why, now, now],
    ).rowcount
    if not new:
        return False
    facts = {"stated": False, "confidence": "low", "source": "rules", "unread": row.why, "unopenable": page_key}
    raw.execute(
        """INSERT OR IGNORE INTO job_details (site, url, job_title, min_years, raw_json, created_ts_ms,
                                              updated_ts_ms)
           VALUES (?, ?, ?, 0, ?, ?, ?)""",
        [site, url, row.title, json.dumps(facts, ensure_ascii=False), now, now],
    )
    remember(
        raw, site, [Link(url, row.title, is_job=True, score=1.0, why=("listed among jobs",))], now, baseline=False
    )
    note_event(raw, site, url, "new", now)
    return True


def _stored_url(row: BadRow) -> str:
    """Return an address as it can be kept and shown: of a very long one the beginning and a fingerprint."""
    url = without_password(row.url) or f"row:{row.title}"
    if len(url) > _LONGEST:
        url = f"{url[:_KEPT]}…{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()[:16]}"
    return clean_line(url, _LONGEST)
