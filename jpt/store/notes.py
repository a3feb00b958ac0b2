"""Things noted by name that belong to no table: this file's own name, how far a record was read."""

from __future__ import annotations

from jpt.store.connection import Repository


class Notes(Repository):
    """Texts by name; `database` is this file's own name for itself."""

    def get(self, name: str) -> str | None:
        """Return what is noted under *name*."""
        value: str | None = self._db.value("SELECT value FROM jpt_digest_notes WHERE name = ?", [name])
        return value

    def put(self, name: str, value: str) -> None:
        """Note *value* under *name*."""
        self._db.execute("INSERT OR REPLACE INTO jpt_digest_notes (name, value) VALUES (?, ?)", [name, value])
