"""What the user noted on jobs: how far he is with each, a note, a date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from jpt.models.changes import Reminder
from jpt.models.postings import STAGES, Mark
from jpt.store.connection import Repository
from jpt.store.rows import MOST_URL, line, moment, stored_key
from jpt.text.moments import day

_MOST_NOTE = 2_000


class Marks(Repository):
    """Marks on jobs, by the identity of their address."""

    def put(self, url: str, mark: Mark, *, also: Iterable[str] = (), noted: tuple[str, str] | None = None) -> Mark:
        """Replace the mark on the job at *url* and keep the one before for `undo`; an empty one takes it away.

        *also*: addresses of the same opening, which get its stage and keep their own notes and dates.
        *noted*: a name and a text that are noted with it, both or neither.
        """
        now = self._db.now()
        new, others = replace(mark, ts_ms=now), tuple(also)

        def act(raw: sqlite3.Connection) -> None:
            _change(raw, url, new, now)
            for other in others:
                _change(raw, other, replace(_of(raw, other), stage=mark.stage, ts_ms=now), now)
            _note(raw, noted)

        self._db.write(act)
        return new

    def undo(
        self, url: str, *, also: Iterable[str] = (), noted: tuple[str, str] | None = None
    ) -> tuple[Mark, Mark] | None:
        """Bring back the mark that *url* had before its last change; returns both, or None where there is none.

        *also*: addresses of the same opening; what the same act changed there is brought back, too.
        *noted* as with `put`.
        """
        last = self._db.row(_LAST, [stored_key(url)])
        if last is None:
            return None
        undone, before, others = self.of(url), _mark(last), tuple(also)

        def act(raw: sqlite3.Connection) -> None:
            if raw.execute("DELETE FROM jpt_mark_log WHERE id = ?", [last["id"]]).rowcount:
                _put(raw, url, before)
                for other in others:
                    _take_back(raw, other, last["ts_ms"])
            _note(raw, noted)

        self._db.write(act)
        return undone, before

    def last_changed(self) -> str | None:
        """Return the address of the job whose mark was changed last; None where there is none to undo."""
        row = self._db.row("SELECT url FROM jpt_mark_log ORDER BY id DESC LIMIT 1")
        return str(row["url"]) if row else None

    def all(self) -> dict[str, Mark]:
        """Return the marks by the identity of the jobs' addresses."""
        return {row["url_key"]: _mark(row) for row in self._db.rows("SELECT * FROM jpt_marks")}

    def due(self, until: str) -> list[Reminder]:
        """Return what is due by the day *until* (YYYY-MM-DD), the oldest first; not of jobs that are over."""
        rows = self._db.rows(
            """SELECT m.*, d.site, d.job_title, l.closed_ts_ms
               FROM jpt_marks m
               LEFT JOIN job_details d ON d.url = m.url
               LEFT JOIN jpt_links l ON l.site = d.site AND l.link_key = m.url_key
               WHERE m.due <= ? AND coalesce(m.mark, '') NOT IN ('hidden', 'rejected')
               GROUP BY m.url_key
               ORDER BY m.due, m.ts_ms""",
            [until],
        )
        return [_reminder(row) for row in rows if day(row["due"])]

    def of(self, url: str) -> Mark:
        """Return the mark on the job at *url*; an empty one where there is none."""
        with self._db.raw() as raw:
            return _of(raw, url)


_LAST = "SELECT * FROM jpt_mark_log WHERE url_key = ? ORDER BY id DESC LIMIT 1"


def _of(raw: sqlite3.Connection, url: str) -> Mark:
    row = raw.execute("SELECT * FROM jpt_marks WHERE url_key = ?", [stored_key(url)]).fetchone()
    return _mark(row) if row else Mark()


def _change(raw: sqlite3.Connection, url: str, new: Mark, now: int) -> None:
    # The same mark once more is no change: one undo takes it back.
    if replace(_of(raw, url), ts_ms=now) != new:
        _log(raw, url, now)
        _put(raw, url, new)


def _take_back(raw: sqlite3.Connection, url: str, changed_ts_ms: int) -> None:
    last = raw.execute(_LAST, [stored_key(url)]).fetchone()
    if last is not None and last["ts_ms"] == changed_ts_ms:
        raw.execute("DELETE FROM jpt_mark_log WHERE id = ?", [last["id"]])
        _put(raw, url, _mark(last))


def _note(raw: sqlite3.Connection, noted: tuple[str, str] | None) -> None:
    if noted is not None:
        raw.execute("INSERT OR REPLACE INTO jpt_digest_notes (name, value) VALUES (?, ?)", noted)


def _log(raw: sqlite3.Connection, url: str, now: int) -> None:
    before = _of(raw, url)
    raw.execute(
        """INSERT INTO jpt_mark_log (url_key, url, mark, note, due, marked_ts_ms, ts_ms)
           VALUES (?, ?, ?, ?, ?, ?, ?)""",
        [stored_key(url), url, before.stage or "", before.note, before.due, before.ts_ms, now],
    )


def _put(raw: sqlite3.Connection, url: str, mark: Mark) -> None:
    if mark.is_empty:
        raw.execute("DELETE FROM jpt_marks WHERE url_key = ?", [stored_key(url)])
        return
    raw.execute(
        "INSERT OR REPLACE INTO jpt_marks (url_key, url, mark, note, due, ts_ms) VALUES (?, ?, ?, ?, ?, ?)",
        [stored_key(url), url, mark.stage or "", mark.note[:_MOST_NOTE], mark.due, mark.ts_ms],
    )


def _reminder(row: sqlite3.Row) -> Reminder:
    mark, url = _mark(row), line(row["url"], MOST_URL)
    return Reminder(
        site=line(row["site"]),
        url=url,
        title=line(row["job_title"]) or url,
        due=mark.due or "",
        stage=mark.stage or "",
        note=mark.note,
        is_open=row["closed_ts_ms"] is None,
    )


def _mark(row: sqlite3.Row) -> Mark:
    stage = next((one for one in STAGES if one == row["mark"]), None)
    when = row["marked_ts_ms"] if "marked_ts_ms" in row.keys() else row["ts_ms"]  # noqa: SIM118  # a Row's values
    due = day(row["due"])
    return Mark(stage, line(row["note"], _MOST_NOTE), due.isoformat() if due else None, moment(when) or 0)
