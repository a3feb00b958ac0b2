"""What follows from a good read of a page: news, jobs that closed or moved, the snapshot. One transaction."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace

from jpt.identity.diff import diff, diff_hash, links_json, repeated, snapshot_hash
from jpt.identity.urls import host_of, page_of
from jpt.models.digests import News
from jpt.models.pages import Company, ListRead
from jpt.store.failed_pages import forget_failed
from jpt.store.history import close_unlisted, note_read, reopen_listed
from jpt.store.moves import follow
from jpt.store.queue import make_tasks
from jpt.store.rows import count, partial_json, urls_of
from jpt.store.second_look import look_again, read_again
from jpt.store.seen import FoundAs, fresh_links, remember, remember_old_snapshot
from jpt.store.unopenable import keep_unopenable

_READER = 2
"""Goes up when jpt sees more of a page than before: what only that shows is reported as newly visible."""

_FLOOD = 20
"""New jobs at once, and more than half of all on a known page: a new design of the site rather than news."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a good read changed."""

    added: int
    """Links that the last good read of the page did not have."""
    queued: int
    """Job links put in the queue: those among them, and those to be looked at again."""
    found_as: FoundAs = "new"
    """How the queued ones are reported."""
    unopenable: int = 0
    """Jobs that nobody can open, which have a row with the reason now."""
    again: int = 0
    """Posts that were read before and are read again."""
    moved: int = 0
    """Links whose addresses the page changed; they are neither added nor gone."""


def record(
    raw: sqlite3.Connection,
    company: Company,
    read: ListRead,
    now: int,
    *,
    queue: bool,
    fits: Callable[[News], bool],
) -> Recorded:
    """Compare with the last good read as it stands in the file now, and write all that follows from it."""
    site, page = page_of(company)
    stored = raw.execute("SELECT * FROM jpt_pages WHERE site = ? AND page_key = ?", [site, page]).fetchone()
    good = stored if stored is not None and stored["good_ts_ms"] is not None else None
    before = _links_before(raw, site, good)
    remember_old_snapshot(raw, site, now)
    noise = _noise(raw, company)
    if twice := repeated(((link.url, link.text) for link in read.links), noise):
        read = replace(read, links=tuple(link for link in read.links if link.url not in twice))
    change = diff(before or (), (link.url for link in read.links), noise)
    _learn(raw, company, change.noise - noise, now)
    noise |= change.noise
    is_same = before is not None and not (change.added or change.gone)
    came = len(change.added)
    change = follow(raw, site, page, change, read.links, now)
    fresh = fresh_links(raw, site, read.links, set(change.added), noise)
    wanted = [url for link, url in fresh.news if link.is_job is not False] if queue else []
    found_as = "first_read" if before is None else _found_as(raw, read, len(wanted), good, site)
    news = [link for link, _ in fresh.news]
    remember(raw, site, news, now, baseline=not queue, found_as=found_as)
    queued = _enqueue(raw, site, wanted, now)
    bad = keep_unopenable(raw, site, page, read.bad_rows, now) if queue else 0
    queued += look_again(raw, site, read.links, now) if queue else 0
    again = read_again(raw, site, read.links, now, fits) if queue else 0
    _keep_page(raw, company, read, stored, now, same=is_same)
    forget_failed(raw, site, page)
    _keep_snapshot(raw, company, now)
    if read.partial is None or not read.partial.is_sure:
        # What stands on a part that was not read is not gone.
        close_unlisted(raw, site, change.gone, now)
    reopen_listed(raw, site, (*change.added, *fresh.known_as), now)
    note_read(raw, company, read.status, read.reason, now, read, change)
    return Recorded(
        added=len(change.added),
        queued=queued,
        found_as=found_as if queued else "new",
        unopenable=bad,
        again=again,
        moved=came - len(change.added),
    )


def _links_before(raw: sqlite3.Connection, site: str, good: sqlite3.Row | None) -> list[str] | None:
    """Return the links of the page's last good read; of its site's if the page is new; None if both are."""
    row = good
    if row is None:
        row = raw.execute("SELECT links_json FROM current_snapshot WHERE site = ?", [site]).fetchone()
    return None if row is None else urls_of(row["links_json"])


def _noise(raw: sqlite3.Connection, company: Company) -> frozenset[str]:
    rows = raw.execute("SELECT name FROM jpt_noise WHERE site = ? AND page_key = ?", page_of(company))
    return frozenset(row["name"] for row in rows)


def _learn(raw: sqlite3.Connection, company: Company, names: frozenset[str], now: int) -> None:
    raw.executemany(
        "INSERT OR IGNORE INTO jpt_noise (site, page_key, name, learned_ts_ms) VALUES (?, ?, ?, ?)",
        [(*page_of(company), name, now) for name in sorted(names)],
    )


def _way_of(method: str) -> str:
    """Return how a page is read, with the reader's number: `browser/2`, without what one visit added to it."""
    return f"{re.split('[^a-z]', method, maxsplit=1)[0]}/{_READER}"


def _found_as(raw: sqlite3.Connection, read: ListRead, news: int, good: sqlite3.Row | None, site: str) -> FoundAs:
    """Return how *news* of a known site are reported; *good* is the row of the page, if it was ever read well."""
    if good is None:
        # The old system, or another page of the site, knew the site before this page was read.
        seen = raw.execute("SELECT 1 FROM jpt_pages WHERE site = ? AND good_ts_ms IS NOT NULL", [site])
        return "new" if seen.fetchone() else "newly_visible"
    if _way_of(read.page.method) not in (good["way"] or "").split():
        return "newly_visible"
    return "flood" if news >= _FLOOD and news * 2 > len(read.jobs) and good["jobs"] > 0 else "new"


def _enqueue(raw: sqlite3.Connection, site: str, urls: list[str], now: int) -> int:
    """Write the diff and its tasks; a set of links that comes again is expanded again."""
    if not urls:
        return 0
    row = raw.execute(
        """INSERT INTO diff_queue (site, created_ts_ms, diff_hash, added_urls_json, updated_ts_ms)
           VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (site, diff_hash) DO UPDATE
           SET status = 'PENDING', updated_ts_ms = excluded.updated_ts_ms
           RETURNING id""",
        [site, now, diff_hash(site, urls), links_json(urls), now],
    ).fetchone()
    return make_tasks(raw, row["id"], site, urls, now)


def _keep_page(
    raw: sqlite3.Connection, company: Company, read: ListRead, before: sqlite3.Row | None, now: int, *, same: bool
) -> None:
    links = links_json(link.url for link in read.links)
    digest, ways, partials = snapshot_hash(links), [_way_of(read.page.method)], int(read.partial is not None)
    # Feeds, and what only compares, do not show where the page itself leads to.
    host = None if read.page.method.startswith(("feed", "http")) else host_of(read.page.final_url)
    if before is not None:
        if same and before["links_json"] is not None:
            # An unchanged page keeps its stored links: trackers may rotate in them at every read.
            links, digest = before["links_json"], before["snapshot_hash"]
        ways = [*(before["way"] or "").split(), *ways]
        host = before["final_host"] if host is None else host
        partials *= count(before["partials"]) + 1
    site, page_key = page_of(company)
    values = {
        "site": site,
        "page_key": page_key,
        "url": company.url,
        "status": read.status,
        "reason": read.reason,
        "read_ts_ms": now,
        "good_ts_ms": now,
        "links_json": links,
        "snapshot_hash": digest,
        "links": len(read.links),
        "jobs": len(read.jobs),
        "advertised_total": read.advertised_total,
        "method": read.page.method,
        "way": " ".join(dict.fromkeys(ways)),
        "final_host": host,
        "partial_json": partial_json(read.partial),
        "partials": partials,
        "failures": 0,
        "failing_since_ts_ms": None,
        "suspects": 0,
        "suspect_jobs_json": None,
    }
    raw.execute(
        f"""INSERT INTO jpt_pages ({", ".join(values)}) VALUES ({", ".join("?" * len(values))})
            ON CONFLICT (site, page_key) DO UPDATE
            SET {", ".join(f"{name} = excluded.{name}" for name in values)}""",
        list(values.values()),
    )


def _keep_snapshot(raw: sqlite3.Connection, company: Company, now: int) -> None:
    """Write the site's snapshot (all links of its pages) and, if it changed, its history."""
    rows = raw.execute(
        """SELECT links_json FROM jpt_pages
           WHERE site = ? AND links_json IS NOT NULL
           ORDER BY page_key""",
        [company.name],
    ).fetchall()
    links = links_json(list(dict.fromkeys(url for row in rows for url in urls_of(row["links_json"]))))
    digest = snapshot_hash(links)
    before = raw.execute("SELECT snapshot_hash FROM current_snapshot WHERE site = ?", [company.name]).fetchone()
    raw.execute(
        """INSERT OR REPLACE INTO current_snapshot (site, url, ts_ms, snapshot_hash, links_json)
           VALUES (?, ?, ?, ?, ?)""",
        [company.name, company.url, now, digest, links],
    )
    if before is None or before["snapshot_hash"] != digest:
        raw.execute(
            "INSERT INTO snapshots (site, url, ts_ms, snapshot_hash, links_json) VALUES (?, ?, ?, ?, ?)",
            [company.name, company.url, now, digest, links],
        )
