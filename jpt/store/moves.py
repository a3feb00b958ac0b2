"""Jobs whose page changed their addresses: everything that is known of them goes with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from jpt.identity.moves import moved
from jpt.models.pages import Diff, Link
from jpt.store.history import note_event, shown_keys
from jpt.store.rows import line, stored_key

_URLS = (
    ("job_tasks", "url"),
    ("job_details", "url"),
    ("jpt_digest_items", "url"),
    ("jpt_digest_items", "copy_of"),
)
"""Where the address of a job stands, beside the name of its site."""
_KEYS = (
    ("jpt_links", "link_key"),
    ("jpt_job_events", "link_key"),
    ("jpt_feed_posts", "link_key"),
    ("jpt_feed_marks", "link_key"),
    ("jpt_looks", "link_key"),
)
"""Where the identity of its address does."""


def follow(
    raw: sqlite3.Connection, site: str, page_key: str, change: Diff, links: Iterable[Link], now: int
) -> Diff:
    """Find the new addresses of jobs whose links went, among the links that came, and rename their rows.

    Returns the *change* without them. What another page of the site shows, and what is known under both addresses,
    stays as it is.
    """
    if not change.gone or not change.added:
        return change
    now_shown = {link.url: link for link in links if link.is_job is not False}
    titles = [
        (url, now_shown[url].text) for url in change.added if url in now_shown and not _is_known(raw, site, url)
    ]
    before = [row for url in change.gone if (row := _job_link(raw, site, url)) is not None]
    pairs = moved([(row["url"], line(row["text"])) for row in before], titles, stayed=len(now_shown) - len(titles))
    elsewhere = shown_keys(raw, site, but=page_key) if pairs else set()
    found = {old: new for old, new in pairs.items() if stored_key(old) not in elsewhere}
    for old, new in found.items():
        _move(raw, site, old, new)
        note_event(raw, site, new, "moved", now, {"from": old})
    after = set(found.values())
    return replace(
        change,
        added=tuple(url for url in change.added if url not in after),
        gone=tuple(url for url in change.gone if url not in found),
    )


def _job_link(raw: sqlite3.Connection, site: str, url: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = raw.execute(
        """SELECT url, text FROM jpt_links
           WHERE site = ? AND link_key = ? AND is_job IS NOT 0 AND closed_ts_ms IS NULL""",
        [site, stored_key(url)],
    ).fetchone()
    return row


def _is_known(raw: sqlite3.Connection, site: str, url: str) -> bool:
    query = """SELECT 1 FROM jpt_links WHERE site = ? AND link_key = ?
               UNION ALL SELECT 1 FROM job_tasks WHERE site = ? AND url = ?
               UNION ALL SELECT 1 FROM job_details WHERE site = ? AND url = ?"""
    return raw.execute(query, [site, stored_key(url), site, url, site, url]).fetchone() is not None


def _move(raw: sqlite3.Connection, site: str, old: str, new: str) -> None:
    for table, column in _URLS:
        raw.execute(f"UPDATE {table} SET {column} = ? WHERE site = ? AND {column} = ?", [new, site, old])
    for table, column in _KEYS:
        values = [stored_key(new), site, stored_key(old)]
        raw.execute(f"UPDATE OR REPLACE {table} SET {column} = ? WHERE site = ? AND {column} = ?", values)
    raw.execute("UPDATE jpt_links SET url = ? WHERE site = ? AND link_key = ?", [new, site, stored_key(new)])
    # Whoever keeps a list in memory, and the index of words, reads these rows again.
    raw.execute("UPDATE job_details SET updated_ts_ms = updated_ts_ms + 1 WHERE site = ? AND url = ?", [site, new])
    raw.execute("UPDATE jpt_task_ends SET same_url = ? WHERE same_url = ?", [new, old])
    raw.execute("UPDATE jpt_digest_keys SET url = ? WHERE url = ?", [new, old])
    for table in ("jpt_marks", "jpt_mark_log"):
        raw.execute(
            f"UPDATE OR REPLACE {table} SET url_key = ?, url = ? WHERE url_key = ?",
            [stored_key(new), new, stored_key(old)],
        )
