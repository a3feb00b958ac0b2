"""Maintenance of the file: what is thinned with age, what the user clears, and the space given back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jpt.store.connection import Repository
from jpt.store.used_links import UsedLinks

DAY_MS = 24 * 3600 * 1000
_LONGEST_AWAY_MS = 40 * DAY_MS
"""A step of the clock by more than this since the last thinning may be a wrong clock: it thins the next day."""
_BATCH = 500
"""Rows deleted in one transaction: nobody waits long for it."""

_NOT_THE_LAST_OF = """
SELECT id FROM snapshots s
WHERE ts_ms < ?1 AND EXISTS (
  SELECT 1 FROM snapshots later
  WHERE later.site = s.site AND later.ts_ms >= s.ts_ms AND later.id > s.id AND later.ts_ms / ?2 = s.ts_ms / ?2)
"""
"""Old snapshots of which the same site has a later one in the same span of time."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """What clearing would remove, or removed."""

    rows: int
    kept: int
    """Rows that stay because something still depends on them."""


class Maintenance(Repository):
    """Upkeep of the file."""

    def daily(self, keep_days: int) -> int:
        """Thin what is older than *keep_days*, once a day; returns the number of rows removed."""
        now = self._db.now()
        thinned = self._db.value("SELECT ts_ms FROM jpt_upkeep WHERE name = 'thinned'")
        since = None if thinned is None else now - thinned
        if since is not None and 0 <= since < DAY_MS:
            return 0
        self._db.execute("INSERT OR REPLACE INTO jpt_upkeep (name, ts_ms) VALUES ('thinned', ?)", [now])
        if since is None or not 0 <= since <= _LONGEST_AWAY_MS:
            return 0
        return self.thin(keep_days)

    def thin(self, keep_days: int) -> int:
        """Thin what is older than *keep_days*; returns the number of rows removed.

        Of a site's old snapshots the last of each week stays (of four weeks, when six times as old), of a day's
        old runs the last one. The text of a post goes three times *keep_days* after its job closed; what was read
        out of it stays. Used links go when they are too old to be used again.
        """
        before = self._db.now() - keep_days * DAY_MS
        UsedLinks(self._db).forget()
        return sum(
            (
                self._remove("snapshots", _NOT_THE_LAST_OF, before, 7 * DAY_MS),
                self._remove("snapshots", _NOT_THE_LAST_OF, before - 5 * keep_days * DAY_MS, 28 * DAY_MS),
                self._remove(
                    "jpt_runs",
                    """SELECT id FROM jpt_runs r
                       WHERE begun_ts_ms < ?1 AND EXISTS (
                         SELECT 1 FROM jpt_runs later
                         WHERE later.id > r.id AND later.begun_ts_ms / ?2 = r.begun_ts_ms / ?2)""",
                    before,
                    DAY_MS,
                ),
                self._remove(
                    "jpt_post_texts",
                    """SELECT t.job_id
                       FROM jpt_links l
                       JOIN job_details d ON d.site = l.site AND d.url = l.url
                       JOIN jpt_post_texts t ON t.job_id = d.id
                       WHERE l.closed_ts_ms < ?1 AND ?2""",
                    before - 2 * keep_days * DAY_MS,
                    1,
                    key="job_id",
                ),
            )
        )

    def finished_diffs(self) -> Cleared:
        """Count the diffs that are in the queue as tasks already, and those that still wait to be."""
        done = self._db.value("SELECT count(*) FROM diff_queue WHERE status = 'DONE'")
        return Cleared(done, self._db.value("SELECT count(*) FROM diff_queue WHERE status <> 'DONE'"))

    def clear_diffs(self) -> Cleared:
        """Remove the diffs whose links are tasks already; one that is not expanded yet is news and stays."""
        removed = self._db.execute("DELETE FROM diff_queue WHERE status = 'DONE'")
        return Cleared(removed, self.finished_diffs().kept)

    def details(self) -> tuple[int, int]:
        """Count the stored jobs, and those of them that no digest has reported yet."""
        unreported = "SELECT count(*) FROM job_details WHERE include_job AND emailed_ts_ms IS NULL"
        return self._db.value("SELECT count(*) FROM job_details"), self._db.value(unreported)

    def clear_details(self) -> int:
        """Remove all stored jobs; their links stay known, so that none of them is news again."""
        return self._db.execute("DELETE FROM job_details")

    def vacuum(self) -> tuple[int, int]:
        """Free unused space on the disk; returns the file's size before and after, in bytes."""
        before = _size(self._db.path)
        with self._db.raw() as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            # It writes the whole database once more: that goes to a file, whatever its size.
            raw.execute("PRAGMA temp_store = FILE")
            raw.execute("VACUUM")
            raw.execute("PRAGMA temp_store = MEMORY")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return before, _size(self._db.path)

    def _remove(self, table: str, wanted: str, before: int, span: int, *, key: str = "id") -> int:
        removed = 0
        while True:
            count = self._db.execute(
                f"DELETE FROM {table} WHERE {key} IN ({wanted} LIMIT {_BATCH})", [before, span]
            )
            removed += count
            if count < _BATCH:
                return removed


def _size(path: Path) -> int:
    names = (path, path.with_name(path.name + "-wal"))
    return sum(name.stat().st_size for name in names if name.exists())
