"""What pages behind unsure links turned out to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jpt.store.connection import Repository

FORGET_MS = 14 * 24 * 3_600_000
"""How long "no post" holds: a site may be rebuilt in the same shape."""


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """One page that was opened, or whose like were."""

    key: str
    """The canonical address of the link."""
    place: str
    """Where on its list the link stood: links of one place share shape and folder."""
    is_post: bool
    reason: str
    """Why it is no post; empty for a post."""


class LinkChecks(Repository):
    """The memory of unsure links."""

    def known(self, site: str) -> list[LinkCheck]:
        """Return the checks of a *site* that still hold."""
        rows = self._db.rows(
            "SELECT * FROM jpt_looks WHERE site = ? AND (is_post OR looked_ts_ms > ?)",
            [site, self._db.now() - FORGET_MS],
        )
        return [LinkCheck(row["link_key"], row["place"], bool(row["is_post"]), row["reason"]) for row in rows]

    def keep(self, site: str, looks: Iterable[LinkCheck]) -> None:
        """Note what was found."""
        now = self._db.now()
        rows = [(site, look.key, look.place, look.is_post, look.reason, now) for look in looks]
        put = """INSERT OR REPLACE INTO jpt_looks (site, link_key, place, is_post, reason, looked_ts_ms)
                 VALUES (?, ?, ?, ?, ?, ?)"""
        self._db.execute_many(put, rows)
