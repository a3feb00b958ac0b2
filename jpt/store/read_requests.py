"""What the user asked of a running watch, from another process: sites to be read now."""

from __future__ import annotations

import sqlite3

from jpt.store.connection import Repository
from jpt.store.rows import line


class ReadRequests(Repository):
    """Sites that are to be read as soon as may be."""

    def ask(self, site: str) -> None:
        """Ask for a read of *site*; twice is once."""
        self._db.execute("INSERT OR REPLACE INTO jpt_wishes (site, ts_ms) VALUES (?, ?)", [site, self._db.now()])

    def take(self) -> list[str]:
        """Return and remove the requested sites, the oldest request first."""
        if not self._db.rows("SELECT 1 FROM jpt_wishes LIMIT 1"):
            return []

        def act(raw: sqlite3.Connection) -> list[str]:
            rows = raw.execute("SELECT site FROM jpt_wishes ORDER BY ts_ms, site").fetchall()
            raw.execute("DELETE FROM jpt_wishes")
            return [line(row["site"]) for row in rows]

        return self._db.write(act)
