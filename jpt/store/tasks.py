"""Changes of a row of `job_tasks` within a transaction: the one place where tasks end or are requeued."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from jpt.models.jobs import Ending, Task

OVER = f"""(t.status = 'FAILED' OR (t.status = 'DONE' AND EXISTS (
  SELECT 1 FROM jpt_task_ends e WHERE e.task_id = t.id AND e.ending = '{Ending.GONE}')))"""
"""SQL: the task *t* was given up, or its post was gone. A list that shows it again is a reason to look again."""

GONE = f"""(coalesce(t.status, '') = 'DONE' AND EXISTS (
  SELECT 1 FROM jpt_task_ends e WHERE e.task_id = t.id AND e.ending = '{Ending.GONE}'))"""
"""SQL: the post of the task *t* was gone when it was last looked at."""


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
    left = task.attempts if attempts is None else attempts
    changed = raw.execute(
        """UPDATE job_tasks
           SET status = ?, owner = NULL, attempts = ?, last_error = ?, backoff_until_ms = ?, updated_ts_ms = ?
           WHERE id = ? AND owner = ? AND attempts = ? AND status = 'IN_PROGRESS'""",
        [status, left, reason, due, now, task.id, task.owner, task.attempts],
    ).rowcount
    if changed and attempts is None and task.crashes:
        raw.execute("DELETE FROM jpt_task_crashes WHERE task_id = ?", [task.id])
    # After a commit of which nobody knows whether it happened, the task may stand as it should already.
    return bool(changed) or (
        raw.execute(
            """SELECT 1 FROM job_tasks
               WHERE id = ? AND status = ? AND owner IS NULL AND attempts = ? AND last_error IS ?
                 AND backoff_until_ms IS ? AND updated_ts_ms = ?""",
            [task.id, status, left, reason, due, now],
        ).fetchone()
        is not None
    )


def end(
    raw: sqlite3.Connection, task: Task, ending: Ending, reason: str | None, now: int, same_url: str | None = None
) -> bool:
    """Finish *task* as *ending*, with the *reason* for people; False when its lease was lost."""
    if not settle(raw, task, "DONE", reason, now):
        return False
    if ending is Ending.JOB:
        raw.execute("DELETE FROM jpt_task_ends WHERE task_id = ?", [task.id])
    else:
        raw.execute(
            "INSERT OR REPLACE INTO jpt_task_ends (task_id, ending, same_url) VALUES (?, ?, ?)",
            [task.id, ending, same_url],
        )
    return True


def forget_link(raw: sqlite3.Connection, task: Task) -> None:
    """Remove a row that only stood for the link of *task*: its post was never read."""
    raw.execute(
        """DELETE FROM job_details
           WHERE site = ? AND url = ?
             AND CASE WHEN json_valid(raw_json)
                      THEN coalesce(json_extract(raw_json, '$.unread'), json_extract(raw_json, '$.unopened'))
                 END IS NOT NULL""",
        [task.site, task.url],
    )


def enqueue(raw: sqlite3.Connection, site: str, url: str, now: int) -> tuple[bool, bool]:
    """Queue a link; returns whether it waits now, and whether it is new to the queue.

    One that has a task keeps it, unless that is over.
    """
    new = raw.execute(
        """INSERT INTO job_tasks (site, url, created_ts_ms, updated_ts_ms) VALUES (?, ?, ?, ?)
           ON CONFLICT (site, url) DO NOTHING""",
        [site, url, now, now],
    ).rowcount
    if new:
        return True, True
    over = raw.execute(f"SELECT t.id FROM job_tasks t WHERE site = ? AND url = ? AND {OVER}", [site, url])
    return requeue(raw, [row["id"] for row in over], now) > 0, False


def requeue(raw: sqlite3.Connection, ids: Iterable[int], now: int, *, keep_attempts: bool = False) -> int:
    """Requeue tasks as if never tried, or with *keep_attempts* as often as they were; returns their number."""
    left = "attempts" if keep_attempts else "0"
    return raw.executemany(
        f"""UPDATE job_tasks
           SET status = 'PENDING', owner = NULL, attempts = {left}, last_error = NULL, backoff_until_ms = NULL,
               updated_ts_ms = ?
           WHERE id = ?""",
        [(now, one) for one in ids],
    ).rowcount
