"""Things noted by name that belong to no table: this file's own name, how far a record was read."""

from __future__ import annotations

import sqlite3

from jpt.store.connection import Connection

USED_LINK = "act:"
"""The beginning of the names of notes about used links of mails; their text is when each was used, in seconds."""
USED_LINK_S = 62 * 86_400
"""How long such a note stays: longer than the link is good for (`jpt.digest.acts.GOOD_FOR_S`), and two days, for
clocks differ."""


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

    def forget(self, beginning: str, before_s: int) -> None:
        """Remove the notes whose names begin so and whose texts are times, in seconds, before *before_s*.

        One that is no time, as an older jpt wrote them, is as old as the day on which it is met.
        """
        now_s = self._db.now() // 1000

        def act(raw: sqlite3.Connection) -> None:
            named = "substr(name, 1, ?) = ?"
            raw.execute(
                f"UPDATE jpt_digest_notes SET value = ? WHERE {named} AND value GLOB '*[^0-9]*'",
                [str(now_s), len(beginning), beginning],
            )
            raw.execute(
                f"DELETE FROM jpt_digest_notes WHERE {named} AND CAST(value AS INTEGER) < ?",
                [len(beginning), beginning, before_s],
            )

        self._db.write(act)
