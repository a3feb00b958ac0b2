"""The queue of job links: leases with fencing. Results of a lease that was lost change nothing."""

from __future__ import annotations

import json
import random
import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from jpt.models.jobs import Ending, Task
from jpt.store.connection import Repository
from jpt.store.history import close, note_event
from jpt.store.leases import Lease, is_dead
from jpt.store.rows import MOST_URL, count, line, urls_of
from jpt.store.tasks import end, enqueue, forget_link, requeue, settle

MAX_ATTEMPTS = 3
"""Attempts that the page's own faults may use up (the old system's `--max-job-attempts`)."""

MAX_CRASHES = 10
"""Crashes of jpt while it reads a post before the post is given up: it may be the cause."""

RETRY_AFTER_S = (5, 60, 600)
"""Pause after the first, second… fault of a page, in seconds: a hiccup is over within the run."""

JITTER = 0.2
"""Up to this part of a pause is added to it, so that what failed together does not come back together."""

OUTAGE_PAUSE_S = 30
"""Pause of a task that an outage gave back, in seconds."""

CRASH_PAUSE_S = 300
"""Longest pause of a task during which jpt crashed several times, in seconds."""

_CLOCK_WENT_BACK_MS = 24 * 3600 * 1000
"""A pause that ends later than this from now was written under another clock: it counts as over."""

_SITES = """
WITH RECURSIVE sites (site) AS (
  SELECT min(site) FROM job_tasks INDEXED BY idx_jpt_tasks_turn WHERE status = 'PENDING'
  UNION ALL
  SELECT (SELECT min(site) FROM job_tasks INDEXED BY idx_jpt_tasks_turn
          WHERE status = 'PENDING' AND site > sites.site)
  FROM sites WHERE sites.site IS NOT NULL
)
"""
"""The sites with waiting tasks, by a leap from each to the next: the time does not grow with the queue."""

_DUE = """
SELECT t.id, t.site, t.url, t.attempts, coalesce(c.crashes, 0) AS crashes
FROM job_tasks t INDEXED BY idx_jpt_tasks_turn
LEFT JOIN jpt_task_crashes c ON c.task_id = t.id
WHERE t.status = 'PENDING' AND t.site = ?1 AND coalesce(t.backoff_until_ms, 0)
"""
_NOT_TAKEN = "AND t.id NOT IN (SELECT value FROM json_each(?2))"


@dataclass(frozen=True, slots=True)
class PendingDiff:
    """A row of the old system's queue whose links are no tasks yet."""

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


class Queue(Repository):
    """Tasks, from waiting to done or failed."""

    def due_sites(self, site: str | None = None) -> list[str]:
        """Return the sites (or of them *site* alone) that have a due task, the one that waits longest first."""
        now = self._db.now()
        rows = self._db.rows(
            f"""{_SITES}
               SELECT site, min(
                 coalesce((SELECT id FROM job_tasks t
                           WHERE t.status = 'PENDING' AND t.site = sites.site AND coalesce(backoff_until_ms, 0) = 0
                           ORDER BY id LIMIT 1), {2**62}),
                 coalesce((SELECT id FROM job_tasks t
                           WHERE t.status = 'PENDING' AND t.site = sites.site
                             AND coalesce(backoff_until_ms, 0) BETWEEN 1 AND ?
                           ORDER BY coalesce(backoff_until_ms, 0) LIMIT 1), {2**62}),
                 coalesce((SELECT id FROM job_tasks t
                           WHERE t.status = 'PENDING' AND t.site = sites.site AND coalesce(backoff_until_ms, 0) > ?
                           LIMIT 1), {2**62})) AS first
               FROM sites
               WHERE site IS NOT NULL AND site = coalesce(?, site) AND first < {2**62}
               ORDER BY first""",
            [now, now + _CLOCK_WENT_BACK_MS, site],
        )
        return [row["site"] for row in rows]

    def due(self, site: str, beside: Iterable[int] = (), skip: int = 0) -> Task | None:
        """Return the site's oldest due task that is not among *beside*, without leasing it: fresh ones first.

        *skip* passes over so many fresh ones if there are more, so that processes that share a queue seldom
        reach for the same task.
        """
        taken = json.dumps(list(beside))
        row = None
        for offset in (skip, 0) if skip else (0,):
            row = row or self._db.row(
                f"{_DUE} = 0 {_NOT_TAKEN} ORDER BY t.id LIMIT 1 OFFSET ?3", [site, taken, offset]
            )
        if row is None:
            now = self._db.now()
            order = "ORDER BY coalesce(t.backoff_until_ms, 0), t.id LIMIT 1"
            row = self._db.row(f"{_DUE} BETWEEN 1 AND ?3 {_NOT_TAKEN} {order}", [site, taken, now])
            row = row or self._db.row(
                f"{_DUE} > ?3 {_NOT_TAKEN} {order}", [site, taken, now + _CLOCK_WENT_BACK_MS]
            )
        return Task(row["id"], row["site"], row["url"], row["attempts"], crashes=row["crashes"]) if row else None

    def next_due_in_s(self, site: str | None = None) -> float | None:
        """Return the seconds until the next task (of *site*) is due (0 when one is), None when none waits."""
        due = self._db.value(
            f"""{_SITES}
               SELECT min((SELECT min(coalesce(backoff_until_ms, 0)) FROM job_tasks t
                           WHERE t.status = 'PENDING' AND t.site = sites.site))
               FROM sites WHERE site IS NOT NULL AND site = coalesce(?, site)""",
            [site],
        )
        return None if due is None else float(max(0.0, (due - self._db.now()) / 1000))

    def waiting(self, site: str | None = None) -> int:
        """Count the tasks (of *site*) that are not finished."""
        return int(
            self._db.value(
                """SELECT count(*) FROM job_tasks
                   WHERE status IN ('PENDING', 'IN_PROGRESS') AND site = coalesce(?, site)""",
                [site],
            )
        )

    def lease(self, task: Task, owner: str) -> Task | None:
        """Take *task* for *owner*; None when it is no longer waiting."""
        claim = f"{owner}:{secrets.token_hex(4)}"
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> sqlite3.Row | None:
            row: sqlite3.Row | None = raw.execute(
                """UPDATE job_tasks
                   SET status = 'IN_PROGRESS', owner = ?, attempts = attempts + 1, updated_ts_ms = ?
                   WHERE id = ? AND status = 'PENDING'
                   RETURNING id, site, url, attempts""",
                [claim, now, task.id],
            ).fetchone()
            return (
                row
                or raw.execute("SELECT * FROM job_tasks WHERE id = ? AND owner = ?", [task.id, claim]).fetchone()
            )

        row = self._db.write(act)
        return Task(row["id"], row["site"], row["url"], row["attempts"], claim, task.crashes) if row else None

    def dismiss(self, task: Task, reason: str, *, gone: bool = False) -> bool:
        """Finish a link that is not an open job post: done, with the reason and no job; *gone* if it was one."""
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> bool:
            if not end(raw, task, Ending.GONE if gone else Ending.NO_JOB, reason, now):
                return False
            forget_link(raw, task)
            if gone:
                close(raw, task.site, task.url, reason, now)
            return True

        return self._db.write(act)

    def fail(self, task: Task, reason: str) -> bool:
        """Give up a link whose page was at fault too often, without a row."""
        now = self._db.now()
        return self._db.write(lambda raw: settle(raw, task, "FAILED", reason, now))

    def give_back(self, task: Task, reason: str, *, pause_s: float = OUTAGE_PAUSE_S) -> bool:
        """Put a task back into the queue; the attempt does not count."""
        now = self._db.now()
        due = now + _jittered_ms(pause_s) if pause_s else None
        attempts = task.attempts - 1
        return self._db.write(lambda raw: settle(raw, task, "PENDING", reason, now, attempts=attempts, due=due))

    def retry_later(self, task: Task, reason: str) -> bool:
        """Note a fault of the page; the task is due again after a pause."""
        now = self._db.now()
        due = now + _jittered_ms(RETRY_AFTER_S[min(task.attempts, len(RETRY_AFTER_S)) - 1])
        return self._db.write(lambda raw: settle(raw, task, "PENDING", reason, now, due=due))

    def postpone(self, host: str, reason: str, pause_s: float) -> int:
        """Postpone all waiting posts of a host; returns their number."""
        now = self._db.now()
        due = now + int(pause_s * 1000)
        return self._db.execute(
            """UPDATE job_tasks
               SET backoff_until_ms = ?, last_error = ?, updated_ts_ms = ?
               WHERE status = 'PENDING' AND coalesce(backoff_until_ms, 0) < ?
                 AND substr(url, instr(url, '//') + 2, ?) IN (?, ?, ?)""",
            [due, reason, now, due, len(host) + 1, f"{host}/", f"{host}?", host],
        )

    def beat(self, owner: str) -> int:
        """Renew the heartbeat of all leases of *owner*; returns their number."""
        prefix = f"{owner}:"
        return self._db.execute(
            """UPDATE job_tasks SET updated_ts_ms = max(?, updated_ts_ms + 1)
               WHERE status = 'IN_PROGRESS' AND substr(owner, 1, ?) = ?""",
            [self._db.now(), len(prefix), prefix],
        )

    def reclaim(self) -> int:
        """Put back the tasks whose worker is dead; returns their number.

        The crash was not the pages' fault, so the attempts do not count; but crashes are counted per post, for
        one of them may be the cause.
        """
        now = self._db.now()
        leases = [
            Lease(row["id"], row["owner"], row["updated_ts_ms"])
            for row in self._db.rows("SELECT id, owner, updated_ts_ms FROM job_tasks WHERE status = 'IN_PROGRESS'")
        ]
        dead = [lease for lease in leases if is_dead(self._db.path, lease, now)]
        return self._db.write(lambda raw: _take_back(raw, dead, now)) if dead else 0

    def retry(self, *, site: str | None = None, url: str | None = None) -> int:
        """Requeue given-up posts as if never tried, all or those of a site; returns their number.

        A post that is named by its *url* is requeued even if it was read before; if it was taken for a duplicate,
        it is an opening of its own from now on.
        """
        # What a killed run still seems to read would get its pause only later.
        self.reclaim()
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> int:
            rows = raw.execute(
                """SELECT id FROM job_tasks
                   WHERE (? IS NULL OR site = ? COLLATE NOCASE)
                     AND CASE WHEN ? IS NULL
                              THEN status = 'FAILED' OR (status = 'PENDING' AND last_error IS NOT NULL)
                              ELSE status != 'IN_PROGRESS'
                                   AND (url = ? OR canonical(CAST(url AS BLOB)) = canonical(?)) END""",
                [site, site, url, url, url],
            ).fetchall()
            ids = [row["id"] for row in rows]
            if url is not None:
                _keep_apart(raw, ids, now)
            return requeue(raw, ids, now)

        return self._db.write(act)

    def requeue(self, urls: Iterable[str]) -> int:
        """Requeue the posts at *urls*, also one that is being stored; returns their number."""
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> int:
            found = (raw.execute("SELECT id FROM job_tasks WHERE url = ?", [url]).fetchall() for url in urls)
            return requeue(raw, [row["id"] for rows in found for row in rows], now)

        return self._db.write(act)

    def knows(self, url: str) -> bool:
        """Return whether a post of this address was ever in the queue, however it is spelled."""
        found = self._db.row(
            "SELECT 1 FROM job_tasks WHERE url = ? OR canonical(CAST(url AS BLOB)) = canonical(?)", [url, url]
        )
        return found is not None

    def adopt(self) -> None:
        """Requeue what the old system would retry: its failed tasks have a time for that, ours never do."""
        now = self._db.now()
        rows = self._db.rows(
            "SELECT id FROM job_tasks WHERE status = 'FAILED' AND backoff_until_ms IS NOT NULL AND attempts <= ?",
            [MAX_ATTEMPTS],
        )
        if rows:
            self._db.write(lambda raw: requeue(raw, [row["id"] for row in rows], now, keep_attempts=True))

    def pending_diffs(self) -> list[PendingDiff]:
        """Return the diffs whose links are no tasks yet: only the old system leaves such."""
        rows = self._db.rows(
            "SELECT id, site, added_urls_json FROM diff_queue"
            " WHERE status IN ('PENDING', 'IN_PROGRESS') ORDER BY id"
        )
        return [PendingDiff(row["id"], row["site"], tuple(urls_of(row["added_urls_json"]))) for row in rows]

    def make_tasks(self, pending: PendingDiff, urls: Iterable[str]) -> int:
        """Turn the job links *urls* of a waiting diff into tasks; returns how many are new."""
        now, listed = self._db.now(), list(urls)
        return self._db.write(lambda raw: make_tasks(raw, pending.id, pending.site, listed, now))

    def unread(self, site: str | None = None) -> list[Unread]:
        """Return the posts that failed, and the documents that stand for a job, the latest first."""
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
                line(row["site"]),
                line(row["url"], MOST_URL),
                line(row["text"]),
                count(row["attempts"]),
                line(row["unread"] or row["reason"], 2_000),
                row["status"] != "PENDING",
            )
            for row in rows
        ]

    def link_text(self, task: Task, key: str) -> tuple[str, bool | None]:
        """Return the text that the list showed for the task's link, and whether it was surely a job."""
        row = self._db.row("SELECT text, is_job FROM jpt_links WHERE site = ? AND link_key = ?", [task.site, key])
        if row is None:
            return "", None
        return row["text"], None if row["is_job"] is None else bool(row["is_job"])


def make_tasks(raw: sqlite3.Connection, diff_id: int, site: str, urls: Iterable[str], now: int) -> int:
    """Turn *urls* of a diff into tasks and mark the diff done, within the caller's transaction.

    A link that has a task keeps it, unless that one failed for good or found the post gone:
    a list that shows it again is a reason to look again. Returns the number of tasks now waiting.
    """
    waiting = 0
    for url in urls:
        waits, is_new = enqueue(raw, site, url, now)
        waiting += waits
        if is_new:
            note_event(raw, site, url, "new", now)
    done = "UPDATE diff_queue SET status = 'DONE', last_error = NULL, updated_ts_ms = ? WHERE id = ?"
    raw.execute(done, [now, diff_id])
    return waiting


def _take_back(raw: sqlite3.Connection, dead: list[Lease], now: int) -> int:
    taken = 0
    for lease in dead:
        changed = raw.execute(
            """UPDATE job_tasks
               SET status = 'PENDING', owner = NULL, attempts = max(0, attempts - 1), backoff_until_ms = NULL,
                   last_error = 'the run that read it ended', updated_ts_ms = ?
               WHERE id = ? AND owner IS ? AND updated_ts_ms = ? AND status = 'IN_PROGRESS'""",
            [now, lease.task, lease.owner, lease.beat_ts_ms],
        ).rowcount
        taken += changed
        if changed:
            _note_crash(raw, lease.task, now)
    return taken


def _note_crash(raw: sqlite3.Connection, task: int, now: int) -> None:
    """Count a crash of jpt during a task; from the second on the task is postponed."""
    crashes = raw.execute(
        """INSERT INTO jpt_task_crashes (task_id, crashes, last_ts_ms) VALUES (?, 1, ?)
           ON CONFLICT (task_id) DO UPDATE SET crashes = crashes + 1, last_ts_ms = excluded.last_ts_ms
           RETURNING crashes""",
        [task, now],
    ).fetchone()["crashes"]
    if 1 < crashes < MAX_CRASHES:
        pause_s = min(5 * 2 ** (crashes - 2), CRASH_PAUSE_S)
        raw.execute("UPDATE job_tasks SET backoff_until_ms = ? WHERE id = ?", [now + _jittered_ms(pause_s), task])


def _jittered_ms(pause_s: float) -> int:
    return int(pause_s * 1000 * random.uniform(1, 1 + JITTER))  # noqa: S311 - keeps retries out of step


def _keep_apart(raw: sqlite3.Connection, ids: Iterable[int], now: int) -> None:
    """Note of those tasks that were taken for another post that they are openings of their own."""
    raw.executemany(
        f"""INSERT OR IGNORE INTO jpt_apart (site, url, ts_ms)
            SELECT t.site, t.url, ? FROM job_tasks t JOIN jpt_task_ends e ON e.task_id = t.id
            WHERE t.id = ? AND t.status = 'DONE' AND e.ending = '{Ending.SAME}'""",
        [(now, one) for one in ids],
    )
