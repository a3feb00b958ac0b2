"""How often each page is read: kept, so that a watch that starts again continues where it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple

from jpt.models.pace import Pace
from jpt.store.connection import Repository

_COLUMNS = "site, page_key, every_s, interval_s, read_ts_ms, due_ts_ms, failures"
"""In the order of the fields of `Pace`."""


class Paces(Repository):
    """The schedule of `jpt watch`."""

    def all(self) -> list[Pace]:
        """Return what was kept."""
        return [Pace(*row) for row in self._db.tuples(f"SELECT {_COLUMNS} FROM jpt_schedule")]

    def keep(self, paces: Iterable[Pace]) -> None:
        """Keep these paces and no others."""
        rows = [astuple(pace) for pace in paces]

        def act(raw: sqlite3.Connection) -> None:
            raw.execute("DELETE FROM jpt_schedule")
            raw.executemany(f"INSERT INTO jpt_schedule ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

        self._db.write(act)
