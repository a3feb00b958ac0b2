"""The queue of job links: leases with fencing. Results of a lease that was lost change nothing."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from jpt.models import Task
from jpt.store.connection import Connection
from jpt.store.expand import expand
from jpt.store.history import close

MAX_ATTEMPTS = 3
"""Attempts that the page's own faults may use up (the old system's `--max-job-attempts`)."""

RETRY_AFTER_S = (5, 60, 600)
"""Pause after the first, second… fault of a page, in seconds: a hiccup is over within the run."""

OUTAGE_PAUSE_S = 30
"""Pause of a task that an outage gave back, in seconds."""

_CLOCK_WENT_BACK_MS = 24 * 3600 * 1000
"""A pause that ends later than this from now was written under another clock: it counts as over."""


@dataclass(frozen=True, slots=True)
class PendingDiff:
    """A row of the old system's queue that nobody expanded yet."""

    id: int
    site: str
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A post that could not be read."""

    site: str
    url: str
    text: str
    """What the list called it."""
    attempts: int
    reason: str
    given_up: bool


class Queue:
    """Tasks, from waiting to done or failed."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def due_sites(self) -> list[str]:
        """Give the sites that have a due task, the one that waits longest first."""
        now = self._db.now()
        rows = self._db.rows(
            """SELECT site, min(id) AS first
               FROM job_tasks
               WHERE status = 'PENDING' AND (coalesce(backoff_until_ms, 0) <= ? OR backoff_until_ms > ?)
               GROUP BY site
               ORDER BY first""",
            [now, now + _CLOCK_WENT_BACK_MS],
        )
        return [row["site"] for row in rows]

    def due(self, site: str, beside: Iterable[int] = ()) -> Task | None:
        """Give the site's oldest due task that is not among *beside*, without leasing it."""
        now = self._db.now()
        row = self._db.row(
            """SELECT id, site, url, attempts
               FROM job_tasks
               WHERE status = 'PENDING' AND site = ?
                 AND (coalesce(backoff_until_ms, 0) <= ? OR backoff_until_ms > ?)
                 AND id NOT IN (SELECT value FROM json_each(?))
               ORDER BY attempts, id
               LIMIT 1""",
            [site, now, now + _CLOCK_WENT_BACK_MS, json.dumps(list(beside))],
        )
        return Task(row["id"], row["site"], row["url"], row["attempts"]) if row else None

    def next_due_in_s(self) -> float | None:
        """Give the seconds until the next task is due (0 when one is), None when none waits."""
        row = self._db.row(
            "SELECT min(coalesce(backoff_until_ms, 0)) AS due FROM job_tasks WHERE status = 'PENDING'"
        )
        if row is None or row["due"] is None:
            return None
        return float(max(0.0, (row["due"] - self._db.now()) / 1000))

    def waiting(self) -> int:
        """Count the tasks that are not finished."""
        row = self._db.row("SELECT count(*) AS n FROM job_tasks WHERE status IN ('PENDING', 'IN_PROGRESS')")
        return int(row["n"]) if row else 0

    def lease(self, task: Task, owner: str) -> Task | None:
        """Take *task* for *owner*; None when it is no longer waiting."""
        claim = f"{owner}:{secrets.token_hex(4)}"
        with self._db.transaction() as raw:
            row = raw.execute(
                """UPDATE job_tasks
                   SET status = 'IN_PROGRESS', owner = ?, attempts = attempts + 1, updated_ts_ms = ?
                   WHERE id = ? AND status = 'PENDING'
                   RETURNING id, site, url, attempts""",
                [claim, self._db.now(), task.id],
            ).fetchone()
        return Task(row["id"], row["site"], row["url"], row["attempts"], claim) if row else None

    def dismiss(self, task: Task, reason: str) -> bool:
        """Finish a link that is not an open job post: done, with the reason and no job."""
        with self._db.transaction() as raw:
            if not settle(raw, task, "DONE", reason, self._db.now()):
                return False
            # An earlier try may have left a row that only stood for the link.
            raw.execute(
                """DELETE FROM job_details
                   WHERE site = ? AND url = ? AND json_valid(raw_json)
                     AND json_extract(raw_json, '$.unread') IS NOT NULL""",
                [task.site, task.url],
            )
            if reason.startswith("gone:"):
                close(raw, task.site, task.url, reason, self._db.now())
            return True

    def fail(self, task: Task, reason: str) -> bool:
        """Give up a link whose page was at fault too often, without a row."""
        with self._db.transaction() as raw:
            return settle(raw, task, "FAILED", reason, self._db.now())

    def give_back(self, task: Task, reason: str, *, pause_s: float = OUTAGE_PAUSE_S) -> bool:
        """Return a task unharmed: the attempt did not count."""
        now = self._db.now()
        with self._db.transaction() as raw:
            return settle(
                raw, task, "PENDING", reason, now, attempts=task.attempts - 1, due=now + int(pause_s * 1000)
            )

    def retry_later(self, task: Task, reason: str) -> bool:
        """Note a fault of the page; the task is due again after a pause."""
        now = self._db.now()
        pause_s = RETRY_AFTER_S[min(task.attempts, len(RETRY_AFTER_S)) - 1]
        with self._db.transaction() as raw:
            return settle(raw, task, "PENDING", reason, now, due=now + pause_s * 1000)

    def reclaim(self) -> int:
        """Return the tasks that a dead run left leased; only for the holder of the run lock.

        Its crash was not the pages' fault, so the attempts begun do not count.
        """
        with self._db.transaction() as raw:
            return raw.execute(
                """UPDATE job_tasks
                   SET status = 'PENDING', owner = NULL, attempts = max(0, attempts - 1),
                       last_error = 'the run that read it ended', updated_ts_ms = ?
                   WHERE status = 'IN_PROGRESS'""",
                [self._db.now()],
            ).rowcount

    def retry(self, *, site: str | None = None, url: str | None = None) -> int:
        """Make given-up posts wait again as if never tried, all or those of a site; gives how many.

        A post that is named by its *url* is read again even where it was read before.
        """
        with self._db.transaction() as raw:
            return raw.execute(
                """UPDATE job_tasks
                   SET status = 'PENDING', attempts = 0, last_error = NULL, backoff_until_ms = NULL, owner = NULL,
                       updated_ts_ms = ?
                   WHERE (? IS NULL OR site = ? COLLATE NOCASE)
                     AND CASE WHEN ? IS NULL
                              THEN status = 'FAILED' OR (status = 'PENDING' AND last_error IS NOT NULL)
                              ELSE status != 'IN_PROGRESS' AND (url = ? OR canonical(url) = canonical(?)) END""",
                [self._db.now(), site, site, url, url, url],
            ).rowcount

    def pending_diffs(self) -> list[PendingDiff]:
        """Give the diffs that wait to be expanded; ours never do, the old system's may."""
        rows = self._db.rows(
            "SELECT id, site, added_urls_json FROM diff_queue"
            " WHERE status IN ('PENDING', 'IN_PROGRESS') ORDER BY id"
        )
        return [PendingDiff(row["id"], row["site"], _urls(row["added_urls_json"])) for row in rows]

    def expand(self, pending: PendingDiff, urls: Iterable[str]) -> int:
        """Turn the job links *urls* of a waiting diff into tasks; gives how many are new."""
        with self._db.transaction() as raw:
            return expand(raw, pending.id, pending.site, urls, self._db.now())

    def unread(self, site: str | None = None) -> list[Unread]:
        """Give the posts that failed, and the documents that stand for a job, the latest first."""
        rows = self._db.rows(
            """SELECT t.site, t.url, t.attempts, t.status, t.last_error AS reason, l.text,
                      CASE WHEN json_valid(d.raw_json) THEN json_extract(d.raw_json, '$.unread') END AS unread
               FROM job_tasks t
               LEFT JOIN job_details d ON d.site = t.site AND d.url = t.url
               LEFT JOIN jpt_links l ON l.site = t.site AND l.url = t.url
               WHERE (? IS NULL OR t.site = ? COLLATE NOCASE)
                 AND (t.status = 'FAILED' OR (t.status = 'PENDING' AND t.last_error IS NOT NULL)
                      OR unread IS NOT NULL)
               ORDER BY t.updated_ts_ms DESC, t.id DESC""",
            [site, site],
        )
        return [
            Unread(
                row["site"],
                row["url"],
                row["text"] or "",
                row["attempts"],
                row["unread"] or row["reason"] or "",
                row["status"] != "PENDING",
            )
            for row in rows
        ]

    def link_text(self, task: Task, key: str) -> tuple[str, bool | None]:
        """Give the text that the list showed for the task's link, and whether it was surely a job."""
        row = self._db.row("SELECT text, is_job FROM jpt_links WHERE site = ? AND link_key = ?", [task.site, key])
        if row is None:
            return "", None
        return row["text"], None if row["is_job"] is None else bool(row["is_job"])


def settle(
    raw: sqlite3.Connection,
    task: Task,
    status: str,
    reason: str | None,
    now: int,
    *,
    attempts: int | None = None,
    due: int | None = None,
) -> bool:
    """End the lease of *task*; False, and no change, when it is not the present one any more."""
    return (
        raw.execute(
            """UPDATE job_tasks
               SET status = ?, owner = NULL, attempts = ?, last_error = ?, backoff_until_ms = ?, updated_ts_ms = ?
               WHERE id = ? AND owner = ? AND attempts = ? AND status = 'IN_PROGRESS'""",
            [
                status,
                task.attempts if attempts is None else attempts,
                reason,
                due,
                now,
                task.id,
                task.owner,
                task.attempts,
            ],
        ).rowcount
        == 1
    )


def _urls(text: str) -> tuple[str, ...]:
    try:
        loaded = json.loads(text)
    except ValueError:
        return ()
    return tuple(url for url in loaded if isinstance(url, str)) if isinstance(loaded, list) else ()
