"""Things noted by name that belong to no table: this file's own name, how far a record was read."""

from __future__ import annotations

from jpt.store.connection import Connection


class Notes:
    """Texts by name; `database` is this file's own name for itself."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def get(self, name: str) -> str | None:
        """Give what is noted under *name*."""
        row = self._db.row("SELECT value FROM jpt_digest_notes WHERE name = ?", [name])
        return row["value"] if row else None

    def put(self, name: str, value: str) -> None:
        """Note *value* under *name*."""
        put = "INSERT OR REPLACE INTO jpt_digest_notes (name, value) VALUES (?, ?)"
        self._db.write(lambda raw: raw.execute(put, [name, value]))
