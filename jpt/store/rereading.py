"""Stored posts, to be read again by newer rules or another reader."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass
from typing import Any

from jpt.models.jobs import Experience
from jpt.store.connection import Repository
from jpt.store.corrections import correct
from jpt.store.history import note_event
from jpt.store.rows import facts_json, loaded_dict, stored_job, unpacked

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class StoredPost:
    """A job, with the text that its years were read from."""

    id: int
    site: str
    url: str
    title: str
    text: str
    """Empty where none was kept: the page could not be read, or the old system read it."""
    months: int | None
    """What the page's own data said."""
    experience: Experience


class Rereading(Repository):
    """Posts and their texts."""

    def posts(self, site: str | None = None, after: int = 0) -> list[StoredPost]:
        """Return the next stored posts behind the one with the number *after*, in order."""
        rows = self._db.rows(
            """SELECT d.*, t.text_zlib
               FROM job_details d
               LEFT JOIN jpt_post_texts t ON t.job_id = d.id
               WHERE d.id > ? AND (? IS NULL OR d.site = ? COLLATE NOCASE)
               ORDER BY d.id
               LIMIT ?""",
            [after, site, site, _AT_ONCE],
        )
        return [_post(row) for row in rows]

    def keep(
        self, post: StoredPost, experience: Experience, exclude_reason: str | None, model: dict[str, Any] | None
    ) -> None:
        """Store a new reading of a post; what else is known of it stays, also in which digest it was."""
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> None:
            row = raw.execute("SELECT raw_json FROM job_details WHERE id = ?", [post.id]).fetchone()
            if row is None:
                return
            facts = {**loaded_dict(row["raw_json"]), **asdict(experience)}
            if model is not None:
                facts["model"] = model
            raw.execute(
                """UPDATE job_details
                   SET min_years = ?, include_job = ?, exclude_reason = ?, raw_json = ?, updated_ts_ms = ?
                   WHERE id = ?""",
                [experience.min_years, exclude_reason is None, exclude_reason, facts_json(facts), now, post.id],
            )
            correct(raw, post.id, now)
            before, after = (one.min_years if one.stated else None for one in (post.experience, experience))
            if before != after:
                note_event(raw, post.site, post.url, "edited", now, {"years": [before, after]})

        self._db.write(act)


def _post(row: sqlite3.Row) -> StoredPost:
    found = stored_job(row)
    months = found.facts.get("months_of_experience")
    return StoredPost(
        id=found.id,
        site=found.site,
        url=found.url,
        title=found.title,
        text=unpacked(row["text_zlib"]),
        months=months if isinstance(months, int) else None,
        experience=found.experience,
    )
