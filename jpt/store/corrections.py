"""Years that the user has put right: they win over every reading, also a later one."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from jpt.store.connection import Repository
from jpt.store.rows import facts_json, line, loaded_dict, unpacked

_READ = ("stated", "evidence", "confidence", "source", "doubt")


@dataclass(frozen=True, slots=True)
class Corrected:
    """A post with the years that are right, as a labelled post."""

    number: int
    """The id of the job's row."""
    title: str
    text: str
    years: int | None
    """None: it states none."""


class Corrections(Repository):
    """What the user said of the years of posts."""

    def put(self, number: int, years: int | None) -> None:
        """Set the years that the job with this row requires; None: it states none."""
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> None:
            raw.execute("INSERT OR REPLACE INTO jpt_corrections VALUES (?, ?, ?)", [number, years, now])
            correct(raw, number, now)

        self._db.write(act)

    def remove(self, number: int) -> None:
        """Restore what was read."""
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> None:
            raw.execute("DELETE FROM jpt_corrections WHERE job_id = ?", [number])
            row = raw.execute("SELECT raw_json FROM job_details WHERE id = ?", [number]).fetchone()
            facts = loaded_dict(row["raw_json"]) if row else {}
            before = facts.pop("read", None)
            if isinstance(before, dict):
                years = before.pop("min_years", 0)
                _write(raw, number, years if isinstance(years, int) else 0, {**facts, **before}, now)

        self._db.write(act)

    def of(self, number: int) -> bool:
        """Whether the user has corrected the job with this row."""
        return self._db.value("SELECT 1 FROM jpt_corrections WHERE job_id = ?", [number]) is not None

    def all(self) -> list[Corrected]:
        """Return the corrected posts whose text is known."""
        rows = self._db.rows(
            """SELECT c.job_id, c.years, d.job_title, x.text_zlib
               FROM jpt_corrections c JOIN job_details d ON d.id = c.job_id
               JOIN jpt_post_texts x ON x.job_id = c.job_id ORDER BY c.job_id"""
        )
        return [
            Corrected(row["job_id"], line(row["job_title"]), unpacked(row["text_zlib"]), row["years"])
            for row in rows
        ]


def correct(raw: sqlite3.Connection, number: int, now: int) -> None:
    """Put the user's years in place of those that were read, where there are any."""
    said = raw.execute("SELECT years FROM jpt_corrections WHERE job_id = ?", [number]).fetchone()
    row = raw.execute("SELECT min_years, raw_json FROM job_details WHERE id = ?", [number]).fetchone()
    if said is None or row is None:
        return
    facts = loaded_dict(row["raw_json"])
    if facts.get("source") != "user":
        facts["read"] = {"min_years": row["min_years"], **{name: facts[name] for name in _READ if name in facts}}
    facts |= {
        "stated": said["years"] is not None,
        "evidence": None,
        "confidence": "high",
        "source": "user",
        "doubt": "",
    }
    _write(raw, number, said["years"] or 0, facts, now)


def _write(raw: sqlite3.Connection, number: int, years: int, facts: dict[str, Any], now: int) -> None:
    raw.execute(
        """UPDATE job_details SET min_years = ?, raw_json = ?, updated_ts_ms = max(?, updated_ts_ms + 1)
           WHERE id = ?""",
        [years, facts_json(facts), now, number],
    )
