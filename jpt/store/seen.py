"""The memory of links: what a site ever showed, so that nothing is news twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from jpt import __version__
from jpt.identity.diff import told_apart, without
from jpt.models.pages import Link
from jpt.store.rows import stored_key, urls_of
from jpt.store.tasks import OVER


def remember_old_snapshot(raw: sqlite3.Connection, site: str, now: int) -> None:
    """Import what the old system saw, once: its links are no news, whichever read shows them again."""
    if raw.execute("SELECT 1 FROM jpt_links WHERE site = ? LIMIT 1", [site]).fetchone():
        return
    row = raw.execute("SELECT links_json FROM current_snapshot WHERE site = ?", [site]).fetchone()
    if row is not None:
        links = [Link(url, "", is_job=None, score=0.5, why=("seen by the old system",)) for url in urls_of(row[0])]
        remember(raw, site, links, now, baseline=True)


FoundAs = Literal["new", "first_read", "newly_visible", "flood"]
"""How a link was first reported: as new; open at the first read of its site; an old one that a new way of reading
shows; one of a flood."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """What of a read is news, and what was known already under another spelling."""

    news: tuple[tuple[Link, str], ...]
    """In page order, each with the URL that its task has or will have."""
    known_as: tuple[str, ...]
    """The remembered URLs of links that only differ from them in the page's noise."""


def fresh_links(
    raw: sqlite3.Connection, site: str, links: Iterable[Link], added: set[str], noise: frozenset[str]
) -> Fresh:
    """Return what is news.

    News is what was *added* since the last read and never seen before; a post that was gone or given up and is
    listed again; and what was no job when it was first seen and now, among its like, is one. That better rules
    make a job of an old link is no news.
    """
    shown: dict[str, Link] = {}
    for link in links:
        shown.setdefault(stored_key(link.url), link)
    memory = _Memory.of(raw, site, list(shown), noise)
    news, known_as = [], []
    for key, link in shown.items():
        task, known, respelled = memory.recall(key)
        if task is not None:
            is_news = link.url in added and task["is_over"]
        elif known is not None:
            is_news = link.is_job is not False and _was_none(known)
        else:
            is_news = link.url in added
        if respelled:
            known_as.append(respelled)
        if is_news:
            news.append((link, task["url"] if task is not None else link.url))
    return Fresh(tuple(news), tuple(known_as))


@dataclass(frozen=True, slots=True)
class _Memory:
    """All that a site ever showed, by key and, where a page has noise, by what is left without it."""

    seen: dict[str, sqlite3.Row]
    tasks: dict[str, sqlite3.Row]
    rests: dict[str, str]
    """Of the links now shown: what tells them apart without the noise."""
    by_rest: dict[str, str]
    """The key under which such a rest is remembered."""

    @classmethod
    def of(cls, raw: sqlite3.Connection, site: str, shown: list[str], noise: frozenset[str]) -> _Memory:
        seen = {row["link_key"]: row for row in raw.execute("SELECT * FROM jpt_links WHERE site = ?", [site])}
        # The last task of a key tells: an old file may have several that differ in trackers only.
        tasks = {
            stored_key(row["url"]): row
            for row in raw.execute(
                f"SELECT t.url, {OVER} AS is_over FROM job_tasks t WHERE t.site = ? ORDER BY t.id", [site]
            )
        }
        rests = told_apart(shown, noise) if noise else {}
        by_rest = {without(key, noise): key for key in (*seen, *tasks)} if noise else {}
        return cls(seen, tasks, rests, by_rest)

    def recall(self, key: str) -> tuple[sqlite3.Row | None, sqlite3.Row | None, str]:
        """Return the task and the memory of a link, and its remembered URL where that is spelled otherwise."""
        if key in self.tasks or key in self.seen:
            return self.tasks.get(key), self.seen.get(key), ""
        same = self.by_rest.get(self.rests.get(key, ""), "")
        task, known = self.tasks.get(same), self.seen.get(same)
        row = known if known is not None else task
        return task, known, row["url"] if row is not None else ""


def remember(
    raw: sqlite3.Connection,
    site: str,
    links: Iterable[Link],
    now: int,
    *,
    baseline: bool,
    found_as: FoundAs = "new",
) -> None:
    """Note links as seen, with the present verdict; those of a *baseline* are never news."""
    raw.executemany(
        """INSERT INTO jpt_links (site, link_key, url, text, is_job, score, why, first_seen_ts_ms, baseline,
                                  found_as, judged_by, place)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (site, link_key) DO UPDATE
           SET text = excluded.text, is_job = excluded.is_job, score = excluded.score, why = excluded.why,
               judged_by = excluded.judged_by, place = excluded.place""",
        [
            (site, stored_key(link.url), link.url, link.text, link.is_job, link.score, "; ".join(link.why),
             now, baseline, found_as, __version__, link.place)
            for link in links
        ],
    )  # fmt: skip


def _was_none(known: sqlite3.Row) -> bool:
    return known["is_job"] == 0 and not known["baseline"] and known["judged_by"] == __version__
