"""Views of the list of jobs that the user saved under a name."""

from __future__ import annotations

from jpt.store.connection import Repository
from jpt.store.rows import line


class SavedViews(Repository):
    """Saved views, by name."""

    def all(self) -> dict[str, str]:
        """Return the query of each view, by name."""
        rows = self._db.rows("SELECT name, query FROM jpt_views ORDER BY ts_ms")
        return {line(row["name"], 40): line(row["query"], 2_000) for row in rows}

    def put(self, name: str, query: str) -> None:
        """Save a view; one of the same name is replaced."""
        self._db.execute("INSERT OR REPLACE INTO jpt_views VALUES (?, ?, ?)", [name, query, self._db.now()])

    def remove(self, name: str) -> None:
        """Forget a view."""
        self._db.execute("DELETE FROM jpt_views WHERE name = ?", [name])
