"""Posts that nobody wants by the title that their list shows: stored unread, and read once the rules change."""

from __future__ import annotations

from collections.abc import Callable

from jpt.models.jobs import Ending, Task
from jpt.models.postings import FOLLOWED
from jpt.store.connection import Repository
from jpt.store.rows import line, stored_key
from jpt.store.tasks import requeue

_LONGEST = 80
"""Longer texts of links hold more than a title, and words of theirs are no title's."""


class Unopened(Repository):
    """The tasks of such posts."""

    def title(self, task: Task) -> str:
        """Return what the list calls a post that was never read; empty if it is to be read whatever its title."""
        row = self._db.row(
            """SELECT l.text, l.is_job, m.mark, d.id AS job, e.ending
               FROM jpt_links l
               LEFT JOIN job_details d ON d.site = l.site AND d.url = ?
               LEFT JOIN jpt_marks m ON m.url_key = l.link_key
               LEFT JOIN jpt_task_ends e ON e.task_id = ?
               WHERE l.site = ? AND l.link_key = ?""",
            [task.url, task.id, task.site, stored_key(task.url)],
        )
        if row is None or not row["is_job"] or row["mark"] in FOLLOWED:
            return ""
        if row["job"] is not None and row["ending"] != Ending.UNOPENED:
            return ""
        text = line(row["text"])
        return text if len(text) <= _LONGEST else ""

    def reconsider(self, title_out: Callable[[str, str], str | None]) -> int:
        """Requeue those that somebody may want by now, or that the user follows; returns their number."""
        rows = self._db.rows(
            """SELECT t.id, t.site, d.job_title, m.mark
               FROM jpt_task_ends e
               JOIN job_tasks t ON t.id = e.task_id
               JOIN job_details d ON d.site = t.site AND d.url = t.url
               LEFT JOIN jpt_marks m ON m.url_key = canonical(CAST(t.url AS BLOB))
               WHERE e.ending = ? AND t.status = 'DONE'""",
            [Ending.UNOPENED],
        )
        wanted = [
            row["id"]
            for row in rows
            if row["mark"] in FOLLOWED or title_out(line(row["site"]), line(row["job_title"])) is None
        ]
        now = self._db.now()
        return self._db.write(lambda raw: requeue(raw, wanted, now)) if wanted else 0
