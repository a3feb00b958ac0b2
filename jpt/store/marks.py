"""What the user said of jobs: hidden, or applied for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from jpt.models.jobs import Job
from jpt.store.connection import Connection
from jpt.store.rows import key_of

Mark = Literal["hidden", "applied"]


class Marks:
    """Marks on jobs, by the identity of their address."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def put(self, url: str, mark: Mark) -> None:
        """Mark the job at *url*; a later mark replaces an earlier one."""
        with self._db.transaction() as raw:
            raw.execute(
                "INSERT OR REPLACE INTO jpt_marks (url_key, url, mark, ts_ms) VALUES (?, ?, ?, ?)",
                [key_of(url), url, mark, self._db.now()],
            )

    def remove(self, url: str) -> bool:
        """Take the mark away; tells whether there was one."""
        with self._db.transaction() as raw:
            return raw.execute("DELETE FROM jpt_marks WHERE url_key = ?", [key_of(url)]).rowcount > 0

    def put_on(self, jobs: Iterable[Job]) -> list[Job]:
        """Give *jobs* with their marks."""
        marks = {row["url_key"]: row["mark"] for row in self._db.rows("SELECT url_key, mark FROM jpt_marks")}
        return [replace(job, mark=marks.get(key_of(job.url))) for job in jobs]

    def of(self, url: str) -> str | None:
        """Give the mark on the job at *url*."""
        row = self._db.row("SELECT mark FROM jpt_marks WHERE url_key = ?", [key_of(url)])
        return row["mark"] if row else None

    def job_at(self, url: str) -> str | None:
        """Give the address under which the job at *url* is stored, or None when there is none."""
        if row := self._db.row("SELECT url FROM job_details WHERE url = ?", [url]):
            return str(row["url"])
        key = key_of(url)
        rows = self._db.rows("SELECT DISTINCT url FROM job_details")
        return next((row["url"] for row in rows if key_of(row["url"]) == key), None)
