"""The memory of links: what a site ever showed, so that nothing is news twice."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from jpt.models import Link
from jpt.urls import canonical


def urls_of(text: str) -> list[str]:
    """Give the URLs of a stored JSON array; a row of the old system may hold anything that a page printed."""
    try:
        loaded = json.loads(text)
    except ValueError:
        return []
    return [url for url in loaded if isinstance(url, str)] if isinstance(loaded, list) else []


def remember_old_snapshot(raw: sqlite3.Connection, site: str, now: int) -> None:
    """Take over what the old system saw, once: its links are no news, whichever read shows them again."""
    if raw.execute("SELECT 1 FROM jpt_links WHERE site = ? LIMIT 1", [site]).fetchone():
        return
    row = raw.execute("SELECT links_json FROM current_snapshot WHERE site = ?", [site]).fetchone()
    if row is not None:
        links = [Link(url, "", is_job=None, score=0.5, why=("seen by the old system",)) for url in urls_of(row[0])]
        remember(raw, site, links, now, baseline=True)


def fresh_links(
    raw: sqlite3.Connection, site: str, links: Iterable[Link], added: set[str]
) -> list[tuple[Link, str]]:
    """Give the links that are news, in page order, each with the URL that its task has or will have.

    News is what was *added* since the last read and never seen before; a post that was gone or given up and is
    listed again; and what was no job when it was first seen and now, among its like, is one.
    """
    seen = {row["link_key"]: row for row in raw.execute("SELECT * FROM jpt_links WHERE site = ?", [site])}
    # The last task of a key tells: an old file may have several that differ in trackers only.
    tasks = {
        canonical(row["url"]) or row["url"]: row
        for row in raw.execute("SELECT url, status, last_error FROM job_tasks WHERE site = ? ORDER BY id", [site])
    }
    fresh: dict[str, tuple[Link, str]] = {}
    for link in links:
        key = canonical(link.url) or link.url
        task, known = tasks.get(key), seen.get(key)
        if task is not None:
            news = link.url in added and _is_over(task)
        elif known is not None:
            news = known["is_job"] == 0 and not known["baseline"] and link.is_job is not False
        else:
            news = link.url in added
        if news:
            fresh.setdefault(key, (link, task["url"] if task is not None else link.url))
    return list(fresh.values())


def remember(raw: sqlite3.Connection, site: str, links: Iterable[Link], now: int, *, baseline: bool) -> None:
    """Note links as seen, with the present verdict; those of a *baseline* are never news."""
    raw.executemany(
        """INSERT INTO jpt_links (site, link_key, url, text, is_job, score, why, first_seen_ts_ms, baseline)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (site, link_key) DO UPDATE
           SET text = excluded.text, is_job = excluded.is_job, score = excluded.score, why = excluded.why""",
        [
            (
                site,
                canonical(link.url) or link.url,
                link.url,
                link.text,
                link.is_job,
                link.score,
                "; ".join(link.why),
                now,
                baseline,
            )
            for link in links
        ],
    )


def _is_over(task: sqlite3.Row) -> bool:
    return task["status"] == "FAILED" or (
        task["status"] == "DONE" and (task["last_error"] or "").startswith("gone:")
    )
