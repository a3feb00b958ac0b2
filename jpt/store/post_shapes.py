"""Posts that can be read from their servers' own HTML, by site and shape of address, and what has proved it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace

from jpt.store.connection import Repository
from jpt.store.rows import count, line, loaded, moment
from jpt.store.tasks import requeue

PROOFS = 3
"""Posts in a row that must read alike both ways."""
CHECK_EACH = 20
"""The browser checks one of this many posts that are read by HTTP."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of the posts of one site and shape of address."""

    proofs: int = 0
    """Posts in a row that read alike in the browser and by HTTP."""
    reads: int = 0
    """Posts read by HTTP since the browser was last asked."""
    unchecked: tuple[int, ...] = ()
    """The tasks of those."""
    differed: int = 0
    """Times that the two did not read alike."""
    least: int = 0
    """Characters of the shortest post that read alike."""
    agent: str = ""
    """What the browser said of itself (User-Agent)."""
    ts_ms: int = 0
    """When the two were last compared."""

    @property
    def is_proven(self) -> bool:
        """Whether further posts may be read by HTTP."""
        return self.proofs >= PROOFS


class PostShapes(Repository):
    """The shapes of all sites, as the present *version* of jpt has seen them."""

    def shape(self, site: str, shape: str, version: str) -> Shape:
        """Return what is known of a shape."""
        with self._db.raw() as raw:
            return _shape(raw, site, shape, version)

    def all(self, version: str) -> dict[str, dict[str, Shape]]:
        """Return what is known of the shapes of each site, by name."""
        rows = self._db.rows("SELECT * FROM jpt_post_shapes WHERE version = ? ORDER BY site, shape", [version])
        found: dict[str, dict[str, Shape]] = {}
        for row in rows:
            found.setdefault(row["site"], {})[row["shape"]] = _read(row)
        return found

    def agreed(self, site: str, shape: str, version: str, agent: str, chars: int) -> None:
        """Note that a post of *chars* characters read alike both ways.

        What was read before it since the last such post is as good.
        """

        def act(raw: sqlite3.Connection) -> None:
            before = _shape(raw, site, shape, version)
            # What was read while the two were compared is for the next check.
            later = before.unchecked[CHECK_EACH - 1 :]
            least = min(before.least or chars, chars)
            after = Shape(before.proofs + 1, len(later), later, before.differed, least, agent, self._db.now())
            _put(raw, site, shape, version, after)

        self._db.write(act)

    def disagreed(self, site: str, shape: str, version: str) -> int:
        """Note that a post read differently; requeues what was read since the last check, returns its number."""

        def act(raw: sqlite3.Connection) -> int:
            before = _shape(raw, site, shape, version)
            now = self._db.now()
            _put(raw, site, shape, version, Shape(differed=before.differed + 1, ts_ms=now))
            return requeue(raw, before.unchecked, now)

        return self._db.write(act)

    def read(self, site: str, shape: str, version: str, task: int) -> bool:
        """Note that the post of *task* is read by HTTP; False where its shape is not to be read so any more."""

        def act(raw: sqlite3.Connection) -> bool:
            before = _shape(raw, site, shape, version)
            if not before.is_proven:
                return False
            unchecked = tuple(dict.fromkeys((*before.unchecked, task)))
            after = replace(before, reads=before.reads + 1, unchecked=unchecked)
            _put(raw, site, shape, version, after)
            return True

        return self._db.write(act)


def _shape(raw: sqlite3.Connection, site: str, shape: str, version: str) -> Shape:
    query = "SELECT * FROM jpt_post_shapes WHERE site = ? AND shape = ? AND version = ?"
    row = raw.execute(query, [site, shape, version]).fetchone()
    return Shape() if row is None else _read(row)


def _read(row: sqlite3.Row) -> Shape:
    tasks = loaded(row["unchecked_json"])
    return Shape(
        proofs=count(row["proofs"]),
        reads=count(row["reads"]),
        unchecked=tuple(one for one in tasks if isinstance(one, int)) if isinstance(tasks, list) else (),
        differed=count(row["differed"]),
        least=count(row["least"]),
        agent=line(row["agent"], 1_000),
        ts_ms=moment(row["ts_ms"]) or 0,
    )


def _put(raw: sqlite3.Connection, site: str, shape: str, version: str, known: Shape) -> None:
    raw.execute(
        """INSERT OR REPLACE INTO jpt_post_shapes
             (site, shape, version, proofs, reads, unchecked_json, differed, least, agent, ts_ms)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [site, shape, version, known.proofs, known.reads, json.dumps(known.unchecked), known.differed, known.least,
         known.agent, known.ts_ms],
    )  # fmt: skip
