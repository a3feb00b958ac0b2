"""Which links of mails were used: each acts once."""

from __future__ import annotations

import sqlite3

from jpt.store.connection import Repository

KEPT_S = 62 * 86_400
"""How long a used link is remembered: longer than it is good for (`jpt.digest.signed_actions.GOOD_FOR_S`), and two
days, for clocks differ."""


class UsedLinks(Repository):
    """The codes of used links, with when each was used."""

    def __contains__(self, code: str) -> bool:
        return self._db.row("SELECT 1 FROM jpt_used_links WHERE code = ?", [code]) is not None

    def use(self, code: str) -> bool:
        """Note that *code* is used; returns whether it was not before."""
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> bool:
            raw.execute("INSERT OR IGNORE INTO jpt_used_links (code, ts_ms) VALUES (?, ?)", [code, now])
            # By its time and not by the insert: a commit that failed may have happened, and this runs again.
            ours = raw.execute("SELECT 1 FROM jpt_used_links WHERE code = ? AND ts_ms = ?", [code, now])
            return ours.fetchone() is not None

        return self._db.write(act)

    def forget(self) -> None:
        """Remove those that are too old to be used again."""
        self._db.execute("DELETE FROM jpt_used_links WHERE ts_ms < ?", [self._db.now() - KEPT_S * 1000])
