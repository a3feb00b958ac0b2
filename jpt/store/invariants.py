"""What must be true of the file at any time: shared by `jpt doctor` and by the tests of faults. Writes nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from jpt.identity.diff import snapshot_hash
from jpt.store.connection import Connection
from jpt.store.leases import Lease, is_dead
from jpt.store.rows import line, loaded_dict, stored_job, stored_key, urls_of
from jpt.text.counts import counted

MOST_EXAMPLES = 5
"""Examples of one kind of problem; more say nothing new."""


def problems(connection: Connection, *, at_rest: bool = False) -> list[str]:
    """Return what is wrong, a sentence each; with *at_rest* nothing may be in progress.

    Cheap enough for a look now and then: no page of a large file is read twice.
    """
    with connection.raw() as raw:
        return [
            *_snapshots(raw),
            *_tasks(raw, connection.path, connection.now(), at_rest=at_rest),
            *_results(raw),
            *_diffs(raw),
            *_damage(raw),
        ]


def _snapshots(raw: sqlite3.Connection) -> list[str]:
    """A site's snapshot is the union of the last good reads of its pages, and its hash is right."""
    found = []
    pages: dict[str, list[str]] = {}
    for row in raw.execute(
        "SELECT site, links_json FROM jpt_pages WHERE links_json IS NOT NULL ORDER BY page_key"
    ):
        pages.setdefault(row["site"], []).extend(urls_of(row["links_json"]))
    current = {
        row["site"]: row for row in raw.execute("SELECT site, snapshot_hash, links_json FROM current_snapshot")
    }
    for site, links in pages.items():
        row = current.get(site)
        if row is None:
            found.append(f"{site}: pages were read, but there is no snapshot.")
        elif urls_of(row["links_json"]) != list(dict.fromkeys(links)):
            found.append(f"{site}: the snapshot is not what its pages last showed.")
        elif row["snapshot_hash"] != snapshot_hash(row["links_json"]):
            found.append(f"{site}: the snapshot does not match its stored hash.")
    return found


def _tasks(raw: sqlite3.Connection, path: Path, now: int, *, at_rest: bool) -> list[str]:
    """Each task is done with a job or a reason, given up with a reason, waiting, or with a live worker."""
    found = _found(raw, _OF_TASKS)
    for row in raw.execute(
        "SELECT id, site, url, owner, updated_ts_ms FROM job_tasks WHERE status = 'IN_PROGRESS'"
    ):
        lease = Lease(row["id"], row["owner"], row["updated_ts_ms"])
        if at_rest or is_dead(path, lease, now):
            found.append(f"{row['site']}: {row['url']} is in progress, but no worker has it.")
    return found


def _results(raw: sqlite3.Connection) -> list[str]:
    """No years without a statement, one job per canonical address, no text without its job."""
    found = _found(raw, _OF_RESULTS)
    seen: dict[tuple[str, str], str] = {}
    for row in raw.execute(f"SELECT site, url FROM job_details WHERE {_STATED} IS NOT NULL"):
        key = row["site"], stored_key(row["url"])
        if key in seen:
            found.append(f"{row['site']}: {row['url']} is stored twice (also as {seen[key]}).")
        seen[key] = row["url"]
    return found


def _damage(raw: sqlite3.Connection) -> list[str]:
    """Every row of job_details can be understood."""
    columns = "id, site, url, job_title, min_years, include_job, exclude_reason, raw_json, created_ts_ms"
    read = (stored_job(row) for row in raw.execute(f"SELECT {columns} FROM job_details"))
    found = [f"{one.site}: {one.url[:300]}: {one.unread}." for one in read if not one.is_sound]
    more = len(found) - MOST_EXAMPLES
    return found[:MOST_EXAMPLES] + (
        [f"{counted(more, 'more row of jobs is', 'more rows of jobs are')} damaged."] if more > 0 else []
    )


def _diffs(raw: sqlite3.Connection) -> list[str]:
    """A diff that is done has a task for each of its links."""
    found = []
    known = {(row["site"], row["url"]) for row in raw.execute("SELECT site, url FROM job_tasks")}
    for row in raw.execute("SELECT site, detail_json FROM jpt_job_events WHERE kind = 'moved'"):
        known.add((row["site"], loaded_dict(row["detail_json"]).get("from", "")))
    for row in raw.execute(
        """SELECT site, added_urls_json FROM diff_queue
           WHERE status = 'DONE' AND owner IS NULL AND claimed_ts_ms IS NULL"""
    ):
        missing = [url for url in urls_of(row["added_urls_json"]) if (row["site"], url) not in known]
        found += [
            f"{row['site']}: {url} was found, but never came into the queue." for url in missing[:MOST_EXAMPLES]
        ]
    return found


def _found(raw: sqlite3.Connection, checks: dict[str, str]) -> list[str]:
    """Return the rows that the queries of *checks* find, each with its words."""
    return [
        f"{line(row['site'])}: {line(row['url'])} {words} {line(row['what'])}."
        for words, query in checks.items()
        for row in raw.execute(f"{query} LIMIT {MOST_EXAMPLES}").fetchall()
    ]


_OF_TASKS = {
    "has the unknown state": """SELECT site, url, status AS what FROM job_tasks
        WHERE status NOT IN ('PENDING', 'IN_PROGRESS', 'DONE', 'FAILED')""",
    "has neither a job nor a reason, though it is": """SELECT t.site, t.url, 'DONE' AS what FROM job_tasks t
        WHERE t.status = 'DONE' AND t.last_error IS NULL
          AND NOT EXISTS (SELECT 1 FROM job_details d WHERE d.site = t.site AND d.url = t.url)
          AND EXISTS (SELECT 1 FROM job_details)""",
    "gives no reason, though it is": """SELECT site, url, 'FAILED' AS what FROM job_tasks
        WHERE status = 'FAILED' AND last_error IS NULL""",
    "is in the queue, though it is of the": """SELECT t.site, t.url, 'baseline' AS what FROM job_tasks t
        JOIN jpt_links l ON l.site = t.site AND l.link_key = canonical(CAST(t.url AS BLOB))
        WHERE l.baseline AND t.created_ts_ms > l.first_seen_ts_ms""",
}
_STATED = "CASE WHEN json_valid(raw_json) THEN json_extract(raw_json, '$.stated') END"
_OF_RESULTS = {
    "states no years, but has": f"""SELECT site, url, min_years AS what FROM job_details
        WHERE min_years > 0 AND {_STATED} = 0""",
    "is a job without a": f"""SELECT site, url, 'task' AS what FROM job_details d
        WHERE {_STATED} IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM job_tasks t WHERE t.site = d.site AND t.url = d.url)""",
}
