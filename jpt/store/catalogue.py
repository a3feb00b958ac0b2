"""The stored jobs as a list to look through: all of them at once, and a search over their words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeGuard

from jpt.models.digests import News
from jpt.models.jobs import Rejected
from jpt.models.postings import Mark, StoredPosting
from jpt.store.connection import Repository
from jpt.store.marks import Marks
from jpt.store.rows import MOST_URL, line, stored_job, stored_key, unpacked
from jpt.store.tasks import GONE
from jpt.store.unreported import news

_AT_ONCE = 500
_SLACK = 1_000
"""The index is made anew once it has so many rows of former texts, beside as many as there are jobs."""
_WORD = re.compile(r'"([^"]*)"|(\S+)')
_LETTERS = re.compile(r"\w+")
_UNMARKED = Mark()


@dataclass(frozen=True, slots=True)
class _Ends:
    """What became of jobs, and what the user noted on them."""

    closed: dict[tuple[str, str], int]
    """When links closed, by site and identity of the address."""
    gone: dict[tuple[str, str], int]
    """When posts were found gone, by site and address."""
    marks: dict[str, Mark]
    """By identity of the address."""

    def on(self, one: StoredPosting) -> StoredPosting:
        """Return the job with its present mark and end; itself if neither changed."""
        site, url = one.news.key
        ended = self.closed.get((site, one.key), self.gone.get((site, url)))
        mark = self.marks.get(one.key, _UNMARKED)
        if one.closed_ts_ms == ended and one.mark == mark:
            return one
        return replace(one, closed_ts_ms=ended, mark=mark)


@dataclass(frozen=True, slots=True, eq=False)
class CatalogueState:
    """All jobs at one moment, and what they were made of: the next listing reads only what differs."""

    jobs: list[StoredPosting]
    """Newest first; never altered."""
    ends: _Ends


class Catalogue(Repository):
    """All jobs, and their words."""

    def version(self) -> tuple[int, int]:
        """Return a value that changes whenever this file was written to, by anybody."""
        return self._db.value("PRAGMA data_version"), self._db.changes()

    def listing(self, before: CatalogueState | None = None) -> CatalogueState:
        """Return all jobs. Those of *before* that were not written to since are taken over unread."""
        ends = _Ends(self._closed(), self._gone(), Marks(self._db).all())
        known = {one.number: one for one in before.jobs} if before else {}
        has_same_ends = before is not None and before.ends == ends
        heads = self._db.tuples("SELECT id, updated_ts_ms FROM job_details ORDER BY created_ts_ms DESC, id DESC")
        fresh = self._news([number for number, ts_ms in heads if not _is_as_it_was(known.get(number), ts_ms)])
        found = []
        for number, ts_ms in heads:
            one = known.get(number)
            if _is_as_it_was(one, ts_ms):
                found.append(one if has_same_ends else ends.on(one))
            elif (said := fresh.get(number)) is not None:  # None: removed since the first query
                found.append(ends.on(StoredPosting(number, stored_key(said.url), said, ts_ms)))
        return CatalogueState(found, ends)

    def _closed(self) -> dict[tuple[str, str], int]:
        rows = self._db.tuples("SELECT site, link_key, closed_ts_ms FROM jpt_links WHERE closed_ts_ms IS NOT NULL")
        return {(site, key): ts_ms for site, key, ts_ms in rows}

    def _gone(self) -> dict[tuple[str, str], int]:
        rows = self._db.tuples(f"SELECT t.site, t.url, t.updated_ts_ms FROM job_tasks t WHERE {GONE}")
        return {(site, url): ts_ms for site, url, ts_ms in rows}

    def _news(self, numbers: list[int]) -> dict[int, News]:
        found: dict[int, News] = {}
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            rows = self._db.rows(f"SELECT * FROM job_details WHERE id IN ({marks})", some)
            found |= {row["id"]: _shown(news(row)) for row in rows}
        return found

    def url(self, number: int) -> str:
        """Return the address of a job; empty where its row is gone."""
        return line(self._db.value("SELECT url FROM job_details WHERE id = ?", [number]), MOST_URL)

    def text(self, number: int) -> str:
        """Return the text of a job's post; empty where none was kept."""
        return unpacked(self._db.value("SELECT text_zlib FROM jpt_post_texts WHERE job_id = ?", [number]))

    def rejected(self, number: int) -> tuple[Rejected, ...]:
        """Return the numbers of a job's post that did not count, each with its reason."""
        row = self._db.row("SELECT * FROM job_details WHERE id = ?", [number])
        return stored_job(row).experience.rejected if row else ()

    def search(self, words: str) -> dict[int, float] | None:
        """Return what `ranks` gives, once jobs that were stored since the last search are indexed."""
        if _query(words):
            self.index()
        return self.ranks(words)

    def ranks(self, words: str) -> dict[int, float] | None:
        """Return the rows of jobs with all *words* (parts of words match at their start, `"…"` is a phrase).

        The lower the number the better the match: title before company before place before text. None where
        *words* hold no letter or digit.
        """
        query = _query(words)
        if not query:
            return None
        rows = self._db.rows(
            """SELECT s.job_id, bm25(jpt_search, 12.0, 6.0, 4.0, 1.0) AS rank
               FROM jpt_search JOIN jpt_searchable s ON s.search_id = jpt_search.rowid
               WHERE jpt_search MATCH ?""",
            [query],
        )
        return {row["job_id"]: row["rank"] for row in rows}

    def index(self) -> int:
        """Bring the index up to date with the jobs; returns how many were late."""
        late = self._late()
        if not late:
            return 0

        def act(raw: sqlite3.Connection) -> int:
            used = raw.execute("SELECT max(rowid) FROM jpt_search_docsize").fetchone()[0] or 0
            jobs = raw.execute("SELECT count(*) FROM job_details").fetchone()[0]
            numbers = late
            if used + len(late) > 2 * jobs + _SLACK:
                # Rows of a contentless index cannot be removed one by one.
                raw.execute("INSERT INTO jpt_search (jpt_search) VALUES ('delete-all')")
                raw.execute("DELETE FROM jpt_searchable")
                numbers, used = [row[0] for row in raw.execute("SELECT id FROM job_details")], 0
            for place, number in enumerate(numbers, used + 1):
                _index(raw, number, place)
            return len(numbers)

        return self._db.write(act)

    def _late(self) -> list[int]:
        rows = self._db.rows(
            """SELECT d.id FROM job_details d LEFT JOIN jpt_searchable s ON s.job_id = d.id
               WHERE s.updated_ts_ms IS NOT d.updated_ts_ms"""
        )
        return [row["id"] for row in rows]


def _is_as_it_was(one: StoredPosting | None, ts_ms: int) -> TypeGuard[StoredPosting]:
    return one is not None and one.updated_ts_ms == ts_ms


def _shown(said: News) -> News:
    """Return a job as it can be shown: a damaged row may hold anything in place of a name or an address."""
    site, url = line(said.site, 120) or "(no name)", line(said.url, MOST_URL)
    return said if (site, url) == said.key else replace(said, site=site, url=url)


def _index(raw: sqlite3.Connection, number: int, place: int) -> None:
    row = raw.execute(
        """SELECT d.*, x.text_zlib FROM job_details d LEFT JOIN jpt_post_texts x ON x.job_id = d.id
           WHERE d.id = ?""",
        [number],
    ).fetchone()
    said = news(row)
    words = (said.title, f"{said.site} {said.employer}", said.location, unpacked(row["text_zlib"]))
    raw.execute(
        "INSERT INTO jpt_search (rowid, title, company, place, text) VALUES (?, ?, ?, ?, ?)", [place, *words]
    )
    raw.execute("INSERT OR REPLACE INTO jpt_searchable VALUES (?, ?, ?)", [number, place, row["updated_ts_ms"]])


def _query(words: str) -> str:
    """Return *words* as a query of FTS5, in which nothing of them is an operator."""
    return " ".join(_terms(_WORD.finditer(words[:500])))


def _terms(parts: Iterable[re.Match[str]]) -> Iterable[str]:
    for part in parts:
        if part[1] is not None and _LETTERS.search(part[1]):
            yield '"{}"'.format(" ".join(_LETTERS.findall(part[1])))
        elif part[2]:
            yield from (f'"{word}"*' for word in _LETTERS.findall(part[2]))
