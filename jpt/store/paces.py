"""How often each page is read: kept, so that a watch that starts again continues where it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from jpt.models.pace import Pace
from jpt.store.connection import Connection


class Paces:
    """The schedule of `jpt watch`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def all(self) -> list[Pace]:
        """Give what was kept."""
        rows = self._db.rows("SELECT * FROM jpt_schedule")
        return [
            Pace(
                site=row["site"],
                page_key=row["page_key"],
                every_s=row["every_s"],
                interval_s=row["interval_s"],
                read_ms=row["read_ts_ms"],
                due_ms=row["due_ts_ms"],
                failures=row["failures"],
            )
            for row in rows
        ]

    def keep(self, paces: Iterable[Pace]) -> None:
        """Keep these paces and no others."""
        rows = [
            (
                pace.site,
                pace.page_key,
                pace.every_s,
                pace.interval_s,
                pace.read_ms,
                pace.due_ms,
                pace.failures,
            )
            for pace in paces
        ]

        def act(raw: sqlite3.Connection) -> None:
            raw.execute("DELETE FROM jpt_schedule")
            raw.executemany(
                """INSERT INTO jpt_schedule (site, page_key, every_s, interval_s, read_ts_ms, due_ts_ms, failures)
                   VALUES (?, ?, ?, ?, ?, ?, ?)""",
                rows,
            )

        self._db.write(act)
