"""How each page is read, by its feed or in the browser, and the posts that came with a list."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace

from jpt.identity.urls import canonical, page_of
from jpt.models.jobs import Task
from jpt.models.pages import Absence, Company, Link
from jpt.models.ways import NO_REASON, Why
from jpt.store.connection import Repository
from jpt.store.history import SiteJobs
from jpt.store.rows import count, line, loaded, moment, number, stored_key, stored_why, urls_of, why_json
from jpt.store.second_look import wait_for_edits

_KEPT_MS = 60 * 24 * 3600 * 1000
"""How long the post of a task that nobody works on is kept."""
_PUT_POST = "INSERT OR REPLACE INTO jpt_feed_posts (site, link_key, kept_ts_ms, post) VALUES (?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of the feed of one careers page."""

    board: str = ""
    """The board, as feeds write it; empty where the address alone tells it."""
    via: str = ""
    """feed or browser: which one the last read was taken from; empty before the first."""
    why: Why = NO_REASON
    """What people should know of it: what the feed or the page had more, or why the feed was not believed."""
    compared_ts_ms: int = 0
    """When feed and page were last compared, or that was last tried."""
    etag: str = ""
    """With which it can be asked whether the stored list is the present one still; empty where it cannot."""
    last_modified: str = ""
    absences: tuple[Absence, ...] = ()
    """Known jobs that were missing from the last read."""


@dataclass(frozen=True, slots=True)
class KnownLinks:
    """What a site ever showed."""

    keys: frozenset[str]
    """The keys of all its links."""
    jobs: tuple[str, ...]
    """The addresses of those that are jobs, or may be."""

    def has(self, url: str) -> bool:
        """Return whether the site ever showed a link to *url*."""
        return stored_key(url) in self.keys


class Feeds(Repository):
    """The feeds of the pages, and the posts that came with them."""

    def state(self, company: Company) -> FeedState:
        """Return what is known of the feed of the company's page."""
        row = self._db.row(
            """SELECT f.*, coalesce(p.good_ts_ms >= f.noted_ts_ms, 0) AS is_stored
               FROM jpt_feeds f
               LEFT JOIN jpt_pages p ON p.site = f.site AND p.page_key = f.page_key
               WHERE f.site = ? AND f.page_key = ?""",
            page_of(company),
        )
        return _state(row) if row else FeedState()

    def note(self, company: Company, state: FeedState) -> None:
        """Keep what is known of the feed of the company's page."""
        self._db.execute(
            """INSERT OR REPLACE INTO jpt_feeds (site, page_key, board, via, why_json, compared_ts_ms, etag,
                                                 last_modified, absent_json, noted_ts_ms)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                *page_of(company),
                state.board,
                state.via,
                why_json(state.why),
                state.compared_ts_ms,
                state.etag,
                state.last_modified,
                json.dumps([astuple(one) for one in state.absences]) if state.absences else "",
                self._db.now(),
            ],
        )

    def known(self, company: Company) -> KnownLinks:
        """Return what the site ever showed; what the old system saw there too."""
        rows = self._db.rows("SELECT link_key, url, is_job FROM jpt_links WHERE site = ?", [company.name])
        if rows:
            jobs = tuple(row["url"] for row in rows if row["is_job"] != 0)
            return KnownLinks(frozenset(row["link_key"] for row in rows), jobs)
        urls = urls_of(self._db.value("SELECT links_json FROM current_snapshot WHERE site = ?", [company.name]))
        return KnownLinks(frozenset(filter(None, map(canonical, urls))), tuple(urls))

    def open_jobs(self, company: Company) -> tuple[Link, ...]:
        """Return the jobs of the page's last good read that are not closed."""
        with self._db.raw() as raw:
            jobs = SiteJobs.of(raw, company.name)
        query = "SELECT link_key FROM jpt_links WHERE site = ? AND closed_ts_ms IS NOT NULL"
        closed = {row["link_key"] for row in self._db.rows(query, [company.name])}
        links = (link for link in self.last_links(company) if not {link.url, stored_key(link.url)} & closed)
        return tuple(replace(link, is_job=True) for link in links if jobs.has(link.url, link.is_job))

    def last_links(self, company: Company) -> tuple[Link, ...]:
        """Return the links of the page's last good read, as they were judged then."""
        urls = urls_of(
            self._db.value(
                "SELECT links_json FROM jpt_pages WHERE site = ? AND page_key = ? AND good_ts_ms IS NOT NULL",
                page_of(company),
            )
        )
        seen = {
            row["link_key"]: row for row in self._db.rows("SELECT * FROM jpt_links WHERE site = ?", [company.name])
        }
        return tuple(_link(url, seen.get(stored_key(url))) for url in urls)

    def keep(self, company: Company, posts: Iterable[tuple[str, bytes]]) -> None:
        """Keep *posts* (link key and packed post) until their tasks are done."""
        now = self._db.now()
        rows = [(company.name, key, now, post) for key, post in posts]
        self._db.execute_many(_PUT_POST, rows)

    def edited(self, company: Company, marks: Mapping[str, str]) -> set[str]:
        """Return the link keys whose post has another fingerprint in *marks* than it had in the last list."""
        rows = self._db.rows("SELECT link_key, mark FROM jpt_feed_marks WHERE site = ?", [company.name])
        return {row["link_key"] for row in rows if marks.get(row["link_key"], row["mark"]) != row["mark"]}

    def note_posts(self, company: Company, marks: Mapping[str, str], edited: Iterable[tuple[str, bytes]]) -> int:
        """Keep the fingerprints of a list, and let the *edited* posts that have a row be read again.

        Those come as link key and packed post. Returns how many are read again.
        """
        now, site, posts = self._db.now(), company.name, dict(edited)

        def act(raw: sqlite3.Connection) -> int:
            raw.executemany(
                """INSERT INTO jpt_feed_marks (site, link_key, mark) VALUES (?, ?, ?)
                   ON CONFLICT (site, link_key) DO UPDATE SET mark = excluded.mark WHERE mark <> excluded.mark""",
                [(site, key, mark) for key, mark in marks.items()],
            )
            again = wait_for_edits(raw, site, set(posts), now) if posts else {}
            raw.executemany(_PUT_POST, [(site, key, now, posts[key]) for key in again])
            return len(again)

        return self._db.write(act)

    def post(self, task: Task) -> bytes | None:
        """Return the post that came with the list for the task's link."""
        query = "SELECT post FROM jpt_feed_posts WHERE site = ? AND link_key = ?"
        post = self._db.value(query, [task.site, stored_key(task.url)])
        return None if post is None else bytes(post)

    def forget(self) -> None:
        """Drop the posts that nobody waits for any more."""
        old = self._db.now() - _KEPT_MS

        def act(raw: sqlite3.Connection) -> None:
            unfinished = raw.execute("SELECT site, url FROM job_tasks WHERE status IN ('PENDING', 'IN_PROGRESS')")
            waiting = {(row["site"], stored_key(row["url"])) for row in unfinished}
            kept = raw.execute("SELECT site, link_key, kept_ts_ms FROM jpt_feed_posts").fetchall()
            raw.executemany(
                "DELETE FROM jpt_feed_posts WHERE site = ? AND link_key = ?",
                [
                    (row["site"], row["link_key"])
                    for row in kept
                    if (row["site"], row["link_key"]) not in waiting or row["kept_ts_ms"] < old
                ],
            )

        self._db.write(act)


def absences(text: str | None) -> tuple[Absence, ...]:
    """Read the jobs that are missing from a page's reads as they are stored."""
    found = loaded(text)
    return tuple(
        Absence(one[0], one[1], one[2], bool(one[3]))
        for one in (found if isinstance(found, list) else ())
        if isinstance(one, list) and len(one) == 4 and isinstance(one[0], str) and moment(one[1]) and count(one[2])
    )


def _link(url: str, row: sqlite3.Row | None) -> Link:
    if row is None:
        return Link(url, "", is_job=None, score=0.5)
    judged = None if row["is_job"] is None else bool(row["is_job"])
    why = tuple(filter(None, line(row["why"], 2_000).split("; ")))
    return Link(url, line(row["text"]), judged, number(row["score"]), why)


def _state(row: sqlite3.Row) -> FeedState:
    return FeedState(
        board=line(row["board"]),
        via=line(row["via"]),
        why=stored_why(row["why_json"]),
        compared_ts_ms=moment(row["compared_ts_ms"]) or 0,
        # What came with a read that was never stored (doubted, or the process ended) says nothing of what is.
        etag=row["etag"] if row["is_stored"] else "",
        last_modified=row["last_modified"] if row["is_stored"] else "",
        absences=absences(row["absent_json"]),
    )
