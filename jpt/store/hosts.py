"""Which named hosts have had public addresses, beyond the end of a process."""

from __future__ import annotations

from collections.abc import Iterable

from jpt.store.connection import Repository

FORGET_MS = 90 * 24 * 3_600_000
"""A host that was public so long ago may have moved into the user's own network since."""
_MOST = 50_000


class Hosts(Repository):
    """The memory of hosts."""

    def public(self) -> frozenset[str]:
        """Return the hosts that had a public address recently."""
        rows = self._db.rows(
            """SELECT host FROM jpt_hosts
               WHERE typeof(host) = 'text' AND public_ts_ms > ?
               ORDER BY public_ts_ms DESC
               LIMIT ?""",
            [self._db.now() - FORGET_MS, _MOST],
        )
        return frozenset(row["host"] for row in rows)

    def note_public(self, hosts: Iterable[str]) -> None:
        """Note that *hosts* had public addresses just now."""
        now = self._db.now()
        rows = [(host, now) for host in hosts]
        put = """INSERT INTO jpt_hosts (host, public_ts_ms) VALUES (?, ?)
                 ON CONFLICT (host) DO UPDATE SET public_ts_ms = excluded.public_ts_ms"""
        if rows:
            self._db.execute_many(put, rows)
