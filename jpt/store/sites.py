"""Reads of careers pages: snapshots, what they added, and how each page fares."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from jpt.identity.diff import diff, diff_hash, links_json, snapshot_hash
from jpt.identity.urls import host_of
from jpt.models.pages import Company, Health, ListRead, Partial
from jpt.models.ways import NO_REASON, Why
from jpt.store.connection import Connection
from jpt.store.decisions import ACCEPTED
from jpt.store.enqueue import make_tasks
from jpt.store.feeds import absences
from jpt.store.history import close_unlisted, note_read, reopen_listed
from jpt.store.moves import follow
from jpt.store.rows import (
    MOST_URL,
    count,
    key_of,
    line,
    moment,
    partial_json,
    stored_partial,
    stored_why,
    urls_of,
)
from jpt.store.second_look import look_again, read_again
from jpt.store.seen import FoundAs, fresh_links, remember, remember_old_snapshot
from jpt.store.unopenable import keep_unopenable

READER = 2
"""Goes up when jpt sees more of a page than before: what only that shows is reported as newly visible."""
FLOOD = 20
"""New jobs at once, and more than half of all on a known page: a new design of the site rather than news."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a good read changed."""

    added: int
    """Links that the last good read of the page did not have."""
    queued: int
    """Job links put in the queue: those among them, and those to be looked at again."""
    found_as: FoundAs = "new"
    """As what the queued ones are reported."""
    unopenable: int = 0
    """Jobs that nobody can open, which have a row with the reason now."""
    again: int = 0
    """Posts that were read before and are read again."""
    moved: int = 0
    """Links whose addresses the page changed; they are neither added nor gone."""


@dataclass(frozen=True, slots=True)
class PageState:
    """What is known of one careers page."""

    site: str
    url: str
    status: Health
    reason: str
    read_ts_ms: int
    good_ts_ms: int | None
    links: int
    jobs: int
    advertised_total: int | None
    method: str
    failures: int
    """Bad reads in a row."""
    failing_since_ts_ms: int | None
    suspects: int
    """Implausible reads in a row that agreed with each other."""
    suspect_jobs: tuple[str, ...]
    final_host: str | None = None
    """Where the last good read ended up; None when that is not known."""
    is_paused: bool = False
    waiting: int = 0
    """Posts of the site still in the queue; filled in by `states`."""
    done: int = 0
    failed: int = 0
    why: Why = NO_REASON
    """What people should know of the way it is read: why not by its feed, or what feed and page showed."""
    unsure: int = 0
    """Known jobs that its last read lacks, and that stay open until that is sure."""
    partial: Partial | None = None
    """How much of its list the last good read found; None when all of it."""
    partials: int = 0
    """Good reads in a row that found a part of the list only."""
    due_ts_ms: int | None = None
    """When `jpt watch` reads it next; None where it never watched it."""


class Sites:
    """Snapshots and health of the careers pages."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def state(self, company: Company) -> PageState | None:
        """Give what is known of the company's page, or None when it was never read."""
        row = self._db.row(
            """SELECT *
               FROM jpt_pages
               WHERE site = ? AND page_key = ?""",
            [company.name, _page_key(company)],
        )
        return _state(row) if row else None

    def states(self) -> list[PageState]:
        """Give the state of every page, with the queue's counts of its site, by name."""
        rows = self._db.rows(
            """SELECT p.*, coalesce(t.waiting, 0) AS waiting, coalesce(t.done, 0) AS done,
                      coalesce(t.failed, 0) AS failed,
                      EXISTS (SELECT 1 FROM jpt_paused u WHERE u.site = p.site) AS is_paused,
                      f.why_json, f.absent_json,
                      (SELECT s.due_ts_ms FROM jpt_schedule s
                       WHERE s.site = p.site AND s.page_key = p.page_key) AS due_ts_ms
               FROM jpt_pages p
               LEFT JOIN jpt_feeds f ON f.site = p.site AND f.page_key = p.page_key
               LEFT JOIN (SELECT site, sum(status IN ('PENDING', 'IN_PROGRESS')) AS waiting,
                                 sum(status = 'DONE') AS done, sum(status = 'FAILED') AS failed
                          FROM job_tasks
                          GROUP BY site) t ON t.site = p.site
               ORDER BY p.site COLLATE NOCASE, p.url"""
        )
        return [
            _state(
                row,
                row["waiting"],
                row["done"],
                row["failed"],
                is_paused=bool(row["is_paused"]),
                why=stored_why(row["why_json"]),
                unsure=sum(not one.is_gone for one in absences(row["absent_json"])),
                due_ts_ms=moment(row["due_ts_ms"]),
            )
            for row in rows
        ]

    def new_since(self, ts_ms: int) -> dict[tuple[str, str], int]:
        """Count the job links of each page that were put in the queue since then, by site and URL of the page."""
        rows = self._db.rows(
            """SELECT p.site, p.url, count(*) AS new
               FROM job_tasks t
               JOIN jpt_pages p ON p.site = t.site
               WHERE t.created_ts_ms >= ?
                 AND (NOT EXISTS (SELECT 1 FROM jpt_pages o WHERE o.site = p.site AND o.page_key <> p.page_key)
                      OR EXISTS (SELECT 1
                                 FROM json_each(iif(json_valid(p.links_json), p.links_json, '[]')) l
                                 WHERE l.value = t.url))
               GROUP BY p.site, p.page_key""",
            [ts_ms],
        )
        return {(row["site"], row["url"]): row["new"] for row in rows}

    def old_links(self, company: Company) -> list[str]:
        """Give the links that the old system last saw on a site that was never read here."""
        if self._db.row("SELECT 1 FROM jpt_pages WHERE site = ? AND good_ts_ms IS NOT NULL", [company.name]):
            return []
        row = self._db.row("SELECT links_json FROM current_snapshot WHERE site = ?", [company.name])
        return urls_of(row["links_json"]) if row else []

    def record(
        self, company: Company, read: ListRead, *, queue: bool, forget_before_ms: int | None = None
    ) -> Recorded:
        """Store a good read: snapshot, diff and tasks in one transaction.

        With *queue* off the page's links become the baseline and nothing is put in the queue.
        With *forget_before_ms* the site's pages that were not read since then no longer count.
        """
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> Recorded:
            if forget_before_ms is not None:
                raw.execute(
                    "DELETE FROM jpt_pages WHERE site = ? AND read_ts_ms < ?",
                    [company.name, forget_before_ms],
                )
            return _record(raw, company, read, now, queue=queue)

        return self._db.write(act)

    def fail(self, company: Company, status: Health, reason: str, suspect_jobs: Sequence[str] = ()) -> int:
        """Note a read that is not good; the snapshot stays. Gives the agreeing suspects in a row."""
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> int:
            suspects = 0
            row = raw.execute(
                "SELECT suspects, suspect_jobs_json FROM jpt_pages WHERE site = ? AND page_key = ?",
                [company.name, _page_key(company)],
            ).fetchone()
            if status == "suspect":
                agrees = row is not None and _agree(urls_of(row["suspect_jobs_json"]), suspect_jobs)
                said = count(row["suspects"]) if row is not None else 0
                suspects = (said if agrees or said >= ACCEPTED else 0) + 1
            raw.execute(
                """INSERT INTO jpt_pages (site, page_key, url, status, reason, read_ts_ms, failures,
                                          failing_since_ts_ms, suspects, suspect_jobs_json)
                   VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?)
                   ON CONFLICT (site, page_key) DO UPDATE
                   SET url = excluded.url,
                       status = excluded.status,
                       reason = excluded.reason,
                       read_ts_ms = excluded.read_ts_ms,
                       failures = failures + 1,
                       failing_since_ts_ms = coalesce(failing_since_ts_ms, excluded.failing_since_ts_ms),
                       suspects = excluded.suspects,
                       suspect_jobs_json = excluded.suspect_jobs_json""",
                [
                    company.name,
                    _page_key(company),
                    company.url,
                    status,
                    reason,
                    now,
                    now,
                    suspects,
                    json.dumps(list(suspect_jobs)) if suspects else None,
                ],
            )
            note_read(raw, company, _page_key(company), status, reason, now)
            return suspects

        return self._db.write(act)


def _record(raw: sqlite3.Connection, company: Company, read: ListRead, now: int, *, queue: bool) -> Recorded:
    """Compare with the last good read as it stands in the file now, and write all that follows from it."""
    before = _links_before(raw, company)
    remember_old_snapshot(raw, company.name, now)
    noise = _noise(raw, company)
    change = diff(before or (), (link.url for link in read.links), noise)
    noise |= _learn(raw, company, change.noise - noise, now)
    is_same = before is not None and not (change.added or change.gone)
    came = len(change.added)
    change = follow(raw, company.name, _page_key(company), change, read.links, now)
    fresh = fresh_links(raw, company.name, read.links, set(change.added), noise)
    wanted = [url for link, url in fresh.news if link.is_job is not False] if queue else []
    found_as = _found_as(raw, company, read, len(wanted), known=before is not None)
    news = [link for link, _ in fresh.news]
    remember(raw, company.name, news, now, baseline=not queue, found_as=found_as)
    queued = _enqueue(raw, company.name, wanted, now)
    bad = keep_unopenable(raw, company.name, _page_key(company), read.bad_rows, now) if queue else 0
    queued += look_again(raw, company.name, read.links, now) if queue else 0
    again = read_again(raw, company.name, read.links, now) if queue else 0
    _keep_page(raw, company, read, now, unchanged=is_same)
    _keep_snapshot(raw, company, now)
    if read.partial is None or not read.partial.is_sure:
        # What stands on a part that was not read is not gone.
        close_unlisted(raw, company.name, change.gone, now)
    reopen_listed(raw, company.name, (*change.added, *fresh.known_as), now)
    note_read(
        raw,
        company,
        _page_key(company),
        read.status,
        read.reason,
        now,
        links=len(read.links),
        jobs=sum(link.is_job is not False for link in read.links),
        advertised_total=read.advertised_total,
        method=read.page.method,
        added=len(change.added),
        gone=len(change.gone),
        seconds=read.page.seconds,
    )
    moved = came - len(change.added)
    return Recorded(
        added=len(change.added),
        queued=queued,
        found_as=found_as if queued else "new",
        unopenable=bad,
        moved=moved,
        again=again,
    )


def _page_key(company: Company) -> str:
    return key_of(company.url)


def _links_before(raw: sqlite3.Connection, company: Company) -> list[str] | None:
    """The links of the page's last good read; of its site's where the page is new; None if both are."""
    row = raw.execute(
        """SELECT links_json FROM jpt_pages
           WHERE site = ? AND page_key = ? AND good_ts_ms IS NOT NULL""",
        [company.name, _page_key(company)],
    ).fetchone()
    if row is None:
        row = raw.execute("SELECT links_json FROM current_snapshot WHERE site = ?", [company.name]).fetchone()
    return None if row is None else urls_of(row["links_json"])


def _noise(raw: sqlite3.Connection, company: Company) -> frozenset[str]:
    rows = raw.execute(
        "SELECT name FROM jpt_noise WHERE site = ? AND page_key = ?", [company.name, _page_key(company)]
    )
    return frozenset(row["name"] for row in rows)


def _learn(raw: sqlite3.Connection, company: Company, names: frozenset[str], now: int) -> frozenset[str]:
    raw.executemany(
        "INSERT OR IGNORE INTO jpt_noise (site, page_key, name, learned_ts_ms) VALUES (?, ?, ?, ?)",
        [(company.name, _page_key(company), name, now) for name in sorted(names)],
    )
    return names


def way_of(method: str) -> str:
    """Give how a page is read, without what one visit added to it: `browser`, `feed`; with the reader's number."""
    return f"{re.split('[^a-z]', method, maxsplit=1)[0]}/{READER}"


def _found_as(raw: sqlite3.Connection, company: Company, read: ListRead, news: int, *, known: bool) -> FoundAs:
    """Tell as what the *news* of a read are to be reported."""
    if not known:
        return "first_read"
    row = raw.execute(
        "SELECT way, jobs FROM jpt_pages WHERE site = ? AND page_key = ? AND good_ts_ms IS NOT NULL",
        [company.name, _page_key(company)],
    ).fetchone()
    if row is None:
        # The old system, or another page of the site, knew the site before this page was read.
        seen = raw.execute("SELECT 1 FROM jpt_pages WHERE site = ? AND good_ts_ms IS NOT NULL", [company.name])
        return "new" if seen.fetchone() else "newly_visible"
    if way_of(read.page.method) not in (row["way"] or "").split():
        return "newly_visible"
    jobs = sum(link.is_job is not False for link in read.links)
    return "flood" if news >= FLOOD and news * 2 > jobs and row["jobs"] > 0 else "new"


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


def _keep_page(raw: sqlite3.Connection, company: Company, read: ListRead, now: int, *, unchanged: bool) -> None:
    # An unchanged page keeps its stored links: trackers may rotate in them at every read.
    links = links_json([link.url for link in read.links])
    raw.execute(
        """INSERT INTO jpt_pages (site, page_key, url, status, reason, read_ts_ms, good_ts_ms, links_json,
                                  snapshot_hash, links, jobs, advertised_total, method, way, final_host,
                                  partial_json, partials)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (site, page_key) DO UPDATE
           SET url = excluded.url,
               status = excluded.status,
               reason = excluded.reason,
               read_ts_ms = excluded.read_ts_ms,
               good_ts_ms = excluded.good_ts_ms,
               links_json = CASE WHEN ? AND links_json IS NOT NULL THEN links_json ELSE excluded.links_json END,
               snapshot_hash = CASE WHEN ? AND links_json IS NOT NULL THEN snapshot_hash
                                    ELSE excluded.snapshot_hash END,
               links = excluded.links,
               jobs = excluded.jobs,
               advertised_total = excluded.advertised_total,
               method = excluded.method,
               way = CASE WHEN instr(' ' || coalesce(way, '') || ' ', ' ' || excluded.way || ' ') > 0 THEN way
                          ELSE trim(coalesce(way, '') || ' ' || excluded.way) END,
               final_host = coalesce(excluded.final_host, final_host),
               partial_json = excluded.partial_json,
               partials = CASE WHEN excluded.partial_json IS NULL THEN 0 ELSE partials + 1 END,
               failures = 0,
               failing_since_ts_ms = NULL,
               suspects = 0,
               suspect_jobs_json = NULL""",
        [
            company.name,
            _page_key(company),
            company.url,
            read.status,
            read.reason,
            now,
            now,
            links,
            snapshot_hash(links),
            len(read.links),
            sum(link.is_job is not False for link in read.links),
            read.advertised_total,
            read.page.method,
            way_of(read.page.method),
            # A feed does not show where the page itself leads to.
            None if read.page.method.startswith("feed") else host_of(read.page.final_url),
            partial_json(read.partial),
            int(read.partial is not None),
            unchanged,
            unchanged,
        ],
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
        """INSERT INTO current_snapshot (site, url, ts_ms, snapshot_hash, links_json)
           VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (site) DO UPDATE
           SET url = excluded.url,
               ts_ms = excluded.ts_ms,
               snapshot_hash = excluded.snapshot_hash,
               links_json = excluded.links_json""",
        [company.name, company.url, now, digest, links],
    )
    if before is None or before["snapshot_hash"] != digest:
        raw.execute(
            "INSERT INTO snapshots (site, url, ts_ms, snapshot_hash, links_json) VALUES (?, ?, ?, ?, ?)",
            [company.name, company.url, now, digest, links],
        )


def _agree(before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether two suspect reads show at least four fifths of the same jobs."""
    one, two = set(before), set(after)
    if not one or not two:
        return one == two
    return len(one & two) / len(one | two) >= 0.8


def _state(
    row: sqlite3.Row,
    waiting: int = 0,
    done: int = 0,
    failed: int = 0,
    *,
    is_paused: bool = False,
    why: Why | None = None,
    unsure: int = 0,
    due_ts_ms: int | None = None,
) -> PageState:
    status = row["status"]
    return PageState(
        site=line(row["site"]),
        url=line(row["url"], MOST_URL),
        status=status if status in get_args(Health) else "error",
        reason=line(row["reason"], 2_000),
        read_ts_ms=moment(row["read_ts_ms"]) or 0,
        good_ts_ms=moment(row["good_ts_ms"]),
        links=count(row["links"]),
        jobs=count(row["jobs"]),
        advertised_total=None if row["advertised_total"] is None else count(row["advertised_total"]),
        method=line(row["method"]),
        failures=count(row["failures"]),
        failing_since_ts_ms=moment(row["failing_since_ts_ms"]),
        suspects=count(row["suspects"]),
        suspect_jobs=tuple(urls_of(row["suspect_jobs_json"])),
        final_host=line(row["final_host"]) or None,
        is_paused=is_paused,
        waiting=waiting,
        done=done,
        failed=failed,
        why=why or NO_REASON,
        unsure=unsure,
        partial=stored_partial(row["partial_json"]),
        partials=count(row["partials"]),
        due_ts_ms=due_ts_ms,
    )
