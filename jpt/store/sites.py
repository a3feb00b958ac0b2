"""Reads of careers pages: snapshots, what they added, and the status of each page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from jpt.identity.urls import page_of
from jpt.models.digests import News
from jpt.models.pages import Company, Health, ListRead, Partial
from jpt.models.ways import NO_REASON, Proof, Why
from jpt.store.connection import Repository
from jpt.store.feeds import absences
from jpt.store.history import note_read
from jpt.store.list_sources import proof_of
from jpt.store.recording import Recorded, record
from jpt.store.rows import MOST_URL, count, line, moment, stored_partial, stored_why, urls_of
from jpt.store.site_decisions import ACCEPTED

NO_PROOF = Proof()


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
    partial: Partial | None = None
    """How much of its list the last good read found; None when all of it."""
    partials: int = 0
    """Good reads in a row that found a part of the list only."""
    # What follows is filled in by `Sites.states` alone.
    is_paused: bool = False
    waiting: int = 0
    """Posts of the site still in the queue."""
    done: int = 0
    failed: int = 0
    why: Why = NO_REASON
    """What people should know of the way it is read: why not by its feed, or what feed and page showed."""
    unsure: int = 0
    """Known jobs that its last read lacks, and that stay open until that is sure."""
    proof: Proof = NO_PROOF
    """What it is known by without a browser, and how that has proved itself."""
    due_ts_ms: int | None = None
    """When `jpt watch` reads it next; None where it never watched it."""


class Sites(Repository):
    """Snapshots and health of the careers pages."""

    def state(self, company: Company) -> PageState | None:
        """Return what is known of the company's page, or None when it was never read."""
        query = "SELECT * FROM jpt_pages WHERE site = ? AND page_key = ?"
        row = self._db.row(query, page_of(company))
        return _state(row) if row else None

    def states(self) -> list[PageState]:
        """Return the state of every page, with the queue's counts of its site, by name."""
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
        proofs = {(row["site"], row["page_key"]): row for row in self._db.rows("SELECT * FROM jpt_sources")}
        return [
            replace(
                _state(row),
                waiting=row["waiting"],
                done=row["done"],
                failed=row["failed"],
                is_paused=bool(row["is_paused"]),
                why=stored_why(row["why_json"]),
                unsure=sum(not one.is_gone for one in absences(row["absent_json"])),
                due_ts_ms=moment(row["due_ts_ms"]),
                proof=proof_of(found) if (found := proofs.get((row["site"], row["page_key"]))) else NO_PROOF,
            )
            for row in rows
        ]

    def new_since(self, ts_ms: int) -> dict[tuple[str, str], int]:
        """Count the new job links of each page that were queued since then, by site and URL of the page."""
        rows = self._db.rows(
            """SELECT p.site, p.url, count(*) AS new
               FROM job_tasks t
               JOIN jpt_pages p ON p.site = t.site
               LEFT JOIN jpt_links k ON k.site = t.site AND k.link_key = canonical(CAST(t.url AS BLOB))
               WHERE t.created_ts_ms >= ? AND coalesce(k.found_as, 'new') = 'new'
                 AND (NOT EXISTS (SELECT 1 FROM jpt_pages o WHERE o.site = p.site AND o.page_key <> p.page_key)
                      OR EXISTS (SELECT 1
                                 FROM json_each(iif(json_valid(p.links_json), p.links_json, '[]')) l
                                 WHERE l.value = t.url))
               GROUP BY p.site, p.page_key""",
            [ts_ms],
        )
        return {(row["site"], row["url"]): row["new"] for row in rows}

    def old_links(self, company: Company) -> list[str]:
        """Return the links that the old system last saw on a site that was never read here."""
        if self._db.row("SELECT 1 FROM jpt_pages WHERE site = ? AND good_ts_ms IS NOT NULL", [company.name]):
            return []
        return urls_of(self._db.value("SELECT links_json FROM current_snapshot WHERE site = ?", [company.name]))

    def record(
        self,
        company: Company,
        read: ListRead,
        *,
        queue: bool,
        forget_before_ms: int | None = None,
        fits: Callable[[News], bool] = lambda _: True,
    ) -> Recorded:
        """Store a good read: snapshot, diff and tasks in one transaction.

        With *queue* off the page's links become the baseline and nothing is put in the queue.
        With *forget_before_ms* the site's pages that were not read since then no longer count.
        *fits* says of which jobs the posts are read again now and then.
        """
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> Recorded:
            if forget_before_ms is not None:
                forget = "DELETE FROM jpt_pages WHERE site = ? AND read_ts_ms < ?"
                raw.execute(forget, [company.name, forget_before_ms])
            return record(raw, company, read, now, queue=queue, fits=fits)

        return self._db.write(act)

    def fail(self, company: Company, status: Health, reason: str, suspect_jobs: Sequence[str] = ()) -> int:
        """Note a read that is not good; the snapshot stays. Returns the agreeing suspects in a row."""
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> int:
            suspects = 0
            row = raw.execute(
                "SELECT suspects, suspect_jobs_json FROM jpt_pages WHERE site = ? AND page_key = ?",
                page_of(company),
            ).fetchone()
            if status == "suspect":
                agrees = row is not None and _agree(urls_of(row["suspect_jobs_json"]), suspect_jobs)
                said = count(row["suspects"]) if row is not None else 0
                suspects = (said if agrees or said >= ACCEPTED else 0) + 1
            jobs = json.dumps(list(suspect_jobs)) if suspects else None
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
                [*page_of(company), company.url, status, reason, now, now, suspects, jobs],
            )
            note_read(raw, company, status, reason, now)
            return suspects

        return self._db.write(act)


def _agree(before: Sequence[str], after: Sequence[str]) -> bool:
    """Return whether two suspect reads show at least four fifths of the same jobs."""
    one, two = set(before), set(after)
    if not one or not two:
        return one == two
    return len(one & two) / len(one | two) >= 0.8


def _state(row: sqlite3.Row) -> PageState:
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
        partial=stored_partial(row["partial_json"]),
        partials=count(row["partials"]),
    )
