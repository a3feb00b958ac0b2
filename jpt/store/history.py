"""What happened: runs, reads of each page, and what became of each job. Charts, digests and `jpt why` ask here."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, cast

from jpt.identity.urls import page_of
from jpt.models.changes import Change, ChangeKind
from jpt.models.digests import Channel
from jpt.models.pages import Company, Diff, Health, ListRead
from jpt.models.postings import FOLLOWED
from jpt.store.connection import Repository
from jpt.store.rows import MOST_URL, count, line, loaded_dict, moment, number, stored_key, tidy, urls_of
from jpt.store.tasks import requeue

EventKind = Literal["new", "closed", "reopened", "edited", "moved"]

SAME_STORY_MS = 7 * 24 * 3600 * 1000
"""What happens to a job again within this time (a list that shows it every other day) is one row with a count."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command that reads pages or posts."""

    id: int
    command: str
    owner: str
    begun_ts_ms: int
    ended_ts_ms: int | None
    """None: it is running, or it was killed."""
    outcome: str | None
    """done, partly, interrupted or failed."""
    report: dict[str, Any]
    """What `jpt run --json` says; empty until the end."""


@dataclass(frozen=True, slots=True)
class PageReads:
    """Reads of one page in a row that all came out the same."""

    site: str
    url: str
    status: Health
    reason: str
    links: int
    jobs: int
    advertised_total: int | None
    method: str
    added: int
    """Links that the first of them had and the read before had not."""
    gone: int
    first_ts_ms: int
    last_ts_ms: int
    reads: int
    seconds: float
    """Of all of them together."""


@dataclass(frozen=True, slots=True)
class JobEvent:
    """What became of a job."""

    id: int
    site: str
    url: str
    kind: EventKind
    ts_ms: int
    """When it last happened."""
    detail: dict[str, Any]
    """`reason` of a closed one; `field: [before, after]` of an edited one; `from`, its address, of a moved one."""
    times: int
    """How often it happened within a week or so of the first time."""


class History(Repository):
    """The past."""

    def begin(self, command: str) -> int:
        """Note that a run of this process begins; returns its number."""
        now, owner = self._db.now(), f"{socket.gethostname()}:{os.getpid()}"
        insert = "INSERT INTO jpt_runs (command, owner, begun_ts_ms) VALUES (?, ?, ?) RETURNING id"
        row = self._db.write(lambda raw: raw.execute(insert, [command, owner, now]).fetchone())
        return int(row["id"])

    def end(self, run: int, outcome: str, report: dict[str, Any]) -> None:
        """Note how a run ended."""
        values = [self._db.now(), outcome, json.dumps(report, ensure_ascii=False), run]
        self._db.execute("UPDATE jpt_runs SET ended_ts_ms = ?, outcome = ?, report_json = ? WHERE id = ?", values)

    def runs(self, limit: int = 20) -> list[Run]:
        """Return the latest runs, newest first."""
        rows = self._db.rows(
            """SELECT id, command, owner, begun_ts_ms, ended_ts_ms, outcome, report_json
               FROM jpt_runs ORDER BY id DESC LIMIT ?""",
            [limit],
        )
        return [
            Run(id_, line(command), line(owner), moment(begun) or 0, moment(ended), line(outcome) or None,
                loaded_dict(report))
            for id_, command, owner, begun, ended, outcome, report in rows
        ]  # fmt: skip

    def reads(self) -> list[PageReads]:
        """Return the reads of all pages, oldest first; equal ones in a row are one."""
        return [_page_reads(row) for row in self._db.rows("SELECT * FROM jpt_reads ORDER BY id")]

    def changes(self, since_ts_ms: int) -> list[Change]:
        """Return what became of jobs with a row since a time, oldest first."""
        return [_change(row) for row in self._db.rows(f"{_CHANGES} ORDER BY e.ts_ms, e.id", [since_ts_ms])]

    def changes_reported(self, channel: Channel, since_ts_ms: int) -> list[Change]:
        """Return those of jobs that *channel* reported, or that the user follows."""
        rows = self._db.rows(
            f"""{_CHANGES}
               AND (m.mark IN (SELECT value FROM json_each(?))
                    OR EXISTS (SELECT 1 FROM jpt_digest_items i
                               WHERE i.profile = ? AND i.channel = ? AND i.site = d.site AND i.url = d.url))
               ORDER BY e.ts_ms, e.id""",
            [since_ts_ms, json.dumps(sorted(FOLLOWED)), channel.profile, channel.name],
        )
        return [_change(row) for row in rows if row["mark"] not in {"hidden", "rejected"}]


def _change(row: sqlite3.Row) -> Change:
    event = job_event(row)
    title = line(row["job_title"]) or event.url
    followed = row["mark"] in FOLLOWED
    return Change(cast("ChangeKind", event.kind), event.site, event.url, title, event.detail, followed)


_CHANGES = """
SELECT e.*, d.job_title, m.mark
FROM jpt_job_events e
JOIN job_details d ON d.site = e.site AND d.url = e.url
LEFT JOIN jpt_marks m ON m.url_key = e.link_key
WHERE e.ts_ms > ? AND e.kind IN ('closed', 'reopened', 'edited', 'moved')
"""


def job_event(row: sqlite3.Row) -> JobEvent:
    """Read a row of jpt_job_events."""
    return JobEvent(
        row["id"],
        line(row["site"]),
        line(row["url"], MOST_URL),
        row["kind"],
        moment(row["ts_ms"]) or 0,
        tidy(loaded_dict(row["detail_json"])),
        count(row["times"]),
    )


def note_read(
    raw: sqlite3.Connection,
    company: Company,
    status: Health,
    reason: str,
    now: int,
    read: ListRead | None = None,
    change: Diff | None = None,
) -> None:
    """Note a read of a page, a good one with its *change*; one like the last one is only counted there."""
    page, outcome, seconds = page_of(company), [company.url, status, reason, 0, 0, None, "browser"], 0.0
    if read is not None:
        outcome[3:] = len(read.links), len(read.jobs), read.advertised_total, read.page.method
        seconds = read.page.seconds
    added, gone = (len(change.added), len(change.gone)) if change is not None else (0, 0)
    same = (
        not (added or gone)
        and raw.execute(
            """UPDATE jpt_reads
           SET reads = reads + 1, last_ts_ms = ?, seconds = seconds + ?
           WHERE id = (SELECT max(id) FROM jpt_reads WHERE site = ? AND page_key = ?)
             AND url = ? AND status = ? AND reason = ? AND links = ? AND jobs = ? AND advertised_total IS ?
             AND method = ?""",
            [now, seconds, *page, *outcome],
        ).rowcount
    )
    if not same:
        raw.execute(
            """INSERT INTO jpt_reads (site, page_key, url, status, reason, links, jobs, advertised_total, method,
                                      added, gone, first_ts_ms, last_ts_ms, seconds)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [*page, *outcome, added, gone, now, now, seconds],
        )


def note_event(
    raw: sqlite3.Connection, site: str, url: str, kind: EventKind, now: int, detail: dict[str, Any] | None = None
) -> None:
    """Note what became of a job; what happened to it lately already only counts there."""
    text = json.dumps(detail, ensure_ascii=False) if detail else None
    again = raw.execute(
        """UPDATE jpt_job_events
           SET ts_ms = ?, detail_json = ?, times = times + 1
           WHERE id = (SELECT max(id) FROM jpt_job_events WHERE site = ? AND link_key = ? AND kind = ?)
             AND kind NOT IN ('new', 'moved') AND first_ts_ms BETWEEN ? AND ?""",
        [now, text, site, stored_key(url), kind, now - SAME_STORY_MS, now],
    ).rowcount
    if not again:
        raw.execute(
            """INSERT INTO jpt_job_events (site, link_key, url, kind, first_ts_ms, ts_ms, detail_json)
               VALUES (?, ?, ?, ?, ?, ?, ?)""",
            [site, stored_key(url), url, kind, now, now, text],
        )


def close(raw: sqlite3.Connection, site: str, url: str, reason: str, now: int) -> None:
    """Mark the link of a job as closed, unless it is closed already."""
    closed = raw.execute(
        """UPDATE jpt_links SET closed_ts_ms = ?
           WHERE site = ? AND link_key = ? AND closed_ts_ms IS NULL""",
        [now, site, stored_key(url)],
    ).rowcount
    if closed:
        note_event(raw, site, url, "closed", now, {"reason": reason})
        _requeue_copies(raw, site, url, now)


def _requeue_copies(raw: sqlite3.Connection, site: str, url: str, now: int) -> None:
    """Requeue the duplicates of *url* that a page still lists: each needs a row of its own now."""
    copies = raw.execute(
        """SELECT t.id, t.url FROM jpt_task_ends e JOIN job_tasks t ON t.id = e.task_id
           WHERE e.same_url = ? AND t.site = ? AND t.status = 'DONE'""",
        [url, site],
    ).fetchall()
    shown = shown_keys(raw, site) if copies else set()
    requeue(raw, [row["id"] for row in copies if stored_key(row["url"]) in shown], now)


def shown_keys(raw: sqlite3.Connection, site: str, *, but: str = "") -> set[str]:
    """Return the keys of all links that the site's pages show, but for the page with the key *but*."""
    rows = raw.execute("SELECT links_json FROM jpt_pages WHERE site = ? AND page_key <> ?", [site, but])
    return {stored_key(url) for row in rows for url in urls_of(row["links_json"])}


def close_unlisted(raw: sqlite3.Connection, site: str, gone: Iterable[str], now: int) -> None:
    """Close the jobs among *gone* links that no page of the site shows any more."""
    missing = dict.fromkeys(map(stored_key, gone))
    shown = shown_keys(raw, site) if missing else set()
    hidden = [key for key in missing if key not in shown]
    jobs = SiteJobs.of(raw, site) if hidden else None
    for key in hidden:
        link = raw.execute(
            "SELECT url, is_job FROM jpt_links WHERE site = ? AND link_key = ?", [site, key]
        ).fetchone()
        if link is not None and jobs is not None and jobs.has(link["url"], link["is_job"] == 1):
            close(raw, site, link["url"], "the page no longer lists it", now)


def reopen_listed(raw: sqlite3.Connection, site: str, added: Iterable[str], now: int) -> None:
    """Reopen the closed jobs among *added* links."""
    for key in {stored_key(url) for url in added}:
        row = raw.execute(
            """UPDATE jpt_links SET closed_ts_ms = NULL
               WHERE site = ? AND link_key = ? AND closed_ts_ms IS NOT NULL
               RETURNING url""",
            [site, key],
        ).fetchone()
        if row is not None:
            note_event(raw, site, row["url"], "reopened", now)


def reopen_read(raw: sqlite3.Connection, site: str, url: str, now: int) -> None:
    """Reopen a closed job whose post was read after all, if a page lists it."""
    if stored_key(url) in shown_keys(raw, site):
        reopen_listed(raw, site, [url], now)


@dataclass(frozen=True, slots=True)
class SiteJobs:
    """Which links of a site are jobs, as far as is known."""

    rows: frozenset[str]
    """Addresses that have a row as a job."""
    read: frozenset[str]
    """Addresses whose posts were read."""

    @classmethod
    def of(cls, raw: sqlite3.Connection, site: str) -> SiteJobs:
        """Load it."""
        rows = raw.execute("SELECT url FROM job_details WHERE site = ?", [site])
        read = raw.execute("SELECT url FROM job_tasks WHERE site = ? AND status = 'DONE'", [site])
        return cls(*(frozenset(row["url"] for row in found.fetchall()) for found in (rows, read)))

    def has(self, url: str, judged: bool | None) -> bool:
        """Return whether a link is a job: it has a row, or its list says so and no post behind it said no."""
        names = {url, stored_key(url)}
        return bool(names & self.rows) or (judged is True and not names & self.read)


def _page_reads(row: sqlite3.Row) -> PageReads:
    return PageReads(
        site=line(row["site"]),
        url=line(row["url"], MOST_URL),
        status=row["status"],
        reason=line(row["reason"], 2_000),
        links=count(row["links"]),
        jobs=count(row["jobs"]),
        advertised_total=None if row["advertised_total"] is None else count(row["advertised_total"]),
        method=line(row["method"]),
        added=count(row["added"]),
        gone=count(row["gone"]),
        first_ts_ms=moment(row["first_ts_ms"]) or 0,
        last_ts_ms=moment(row["last_ts_ms"]) or 0,
        reads=count(row["reads"]),
        seconds=number(row["seconds"]),
    )
