"""The outbox: digests with their frozen bytes, the jobs that each tells, and whom they reached.

One job is in one digest of a channel: the primary key of jpt_digest_items is the proof of it.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Sequence

from jpt.models.digests import (
    OPEN_STATES,
    Channel,
    Digest,
    Frozen,
    News,
    Recipient,
    SentLine,
    State,
    Told,
)
from jpt.store.connection import Connection

LEASE_MS = 20 * 60 * 1000
"""For how long a digest is left to a sender on another machine, whose end no lock here can show."""


class Digests:
    """Digests, from ready to sent; every method is one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def begin(self, channel: Channel) -> None:
        """Note when a channel came about, once."""
        with self._db.transaction() as raw:
            raw.execute(
                "INSERT OR IGNORE INTO jpt_channels (profile, channel, since_ts_ms) VALUES (?, ?, ?)",
                [channel.profile, channel.name, self._db.now()],
            )

    def put(self, channel: Channel, frozen: Frozen, keys: Iterable[tuple[str, str]] = ()) -> Digest | None:
        """Store a digest with its jobs and recipients; None, and no change, when another tells one of them.

        *keys* are pairs of a sameness key and the address of the job that has it.
        """
        now = self._db.now()
        try:
            with self._db.transaction() as raw:
                _insert(raw, channel, frozen, now)
                _assign(raw, channel, frozen)
                raw.executemany(
                    "INSERT OR IGNORE INTO jpt_digest_keys VALUES (?, ?, ?, ?, ?)",
                    [(channel.profile, channel.name, key, frozen.digest_id, url) for key, url in keys],
                )
        except _Taken:
            return None
        return self.get(frozen.digest_id)

    def put_copies(self, channel: Channel, copies: Iterable[tuple[News, str, str]]) -> None:
        """Note jobs as told with an earlier digest: each with that digest and the address told there."""
        with self._db.transaction() as raw:
            for job, digest_id, copy_of in copies:
                taken = raw.execute(
                    """INSERT OR IGNORE INTO jpt_digest_items
                       VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?)""",
                    [
                        channel.profile,
                        channel.name,
                        job.site,
                        job.url,
                        digest_id,
                        copy_of,
                        job.title,
                        job.experience.min_years,
                    ],
                ).rowcount
                if taken and channel.is_default_mail:
                    raw.execute(
                        """UPDATE job_details
                           SET digest_id = ?, emailed_ts_ms = (SELECT accepted_ts_ms FROM jpt_digests
                                                               WHERE digest_id = ?)
                           WHERE site = ? AND url = ? AND digest_id IS NULL""",
                        [digest_id, digest_id, job.site, job.url],
                    )

    def told_keys(self, channel: Channel, keys: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Give for each of the sameness keys that was told the digest and the address told there."""
        rows = self._db.rows(
            """SELECT same_key, digest_id, url FROM jpt_digest_keys
               WHERE profile = ? AND channel = ? AND same_key IN (SELECT value FROM json_each(?))""",
            [channel.profile, channel.name, json.dumps(list(keys))],
        )
        return {row["same_key"]: (row["digest_id"], row["url"]) for row in rows}

    def get(self, digest_id: str) -> Digest | None:
        """Give one digest, without its bytes."""
        row = self._db.row(f"{_SELECT} WHERE g.digest_id = ?", [digest_id])
        return self._digest(row) if row else None

    def find(self, start: str) -> list[Digest]:
        """Give the digests whose id begins with *start*."""
        rows = self._db.rows(f"{_SELECT} WHERE substr(g.digest_id, 1, ?) = ?", [len(start), start])
        return [self._digest(row) for row in rows]

    def listed(self, limit: int = 50) -> list[Digest]:
        """Give all digests that are not sent, and the latest of the others, newest first."""
        rows = self._db.rows(
            f"""{_SELECT}
               WHERE g.state IN ({_QUOTED}) OR g.digest_id IN
                     (SELECT digest_id FROM jpt_digests ORDER BY created_ts_ms DESC, rowid DESC LIMIT ?)
               ORDER BY g.created_ts_ms DESC, g.rowid DESC""",
            [limit],
        )
        return [self._digest(row) for row in rows]

    def unsent(self, channel: Channel) -> list[Digest]:
        """Give the channel's digests that are not sent, in the order in which they were made."""
        rows = self._db.rows(
            f"""{_SELECT}
               WHERE g.profile = ? AND g.channel = ? AND g.state IN ({_QUOTED})
               ORDER BY g.created_ts_ms, g.rowid""",
            [channel.profile, channel.name],
        )
        return [self._digest(row) for row in rows]

    def last_created_ms(self, channel: Channel) -> int | None:
        """Say when the channel's last digest was made."""
        row = self._db.row(
            "SELECT max(created_ts_ms) AS last FROM jpt_digests WHERE profile = ? AND channel = ?",
            [channel.profile, channel.name],
        )
        return row["last"] if row else None

    def recover(self, machine: str, *, hold: bool) -> list[Digest]:
        """Take over what a dead sender left in its hands; only for the holder of the mail lock.

        The lock proves that no sender of this *machine* lives; one of another machine has its lease.
        Without the final dot it was certainly not sent; after it nobody knows. With *hold* what is
        unknown waits for the user.
        """
        now = self._db.now()
        unknown = "HELD" if hold else "UNKNOWN"
        with self._db.transaction() as raw:
            rows = raw.execute(
                """UPDATE jpt_digests
                   SET state = CASE WHEN dot_ts_ms IS NULL THEN 'READY' ELSE ? END,
                       unknowns = unknowns + (dot_ts_ms IS NOT NULL),
                       last_error = CASE WHEN dot_ts_ms IS NULL THEN 'the sender ended before it was handed over'
                                    ELSE 'the sender ended before the server answered' END,
                       owner = NULL
                   WHERE state = 'SENDING'
                     AND (owner LIKE ? OR coalesce(lease_until_ms, 0) < ? OR lease_until_ms > ?)
                   RETURNING digest_id""",
                [unknown, f"{machine}:%", now, now + 2 * LEASE_MS],
            ).fetchall()
        return [digest for row in rows if (digest := self.get(row["digest_id"])) is not None]

    def take(self, digest: Digest, owner: str) -> Digest | None:
        """Take *digest* into our hands to send it; None when somebody else has it, or it is sent."""
        claim = f"{owner}:{secrets.token_hex(4)}"
        now = self._db.now()
        with self._db.transaction() as raw:
            row = raw.execute(
                """UPDATE jpt_digests
                   SET state = 'SENDING', owner = ?, lease_until_ms = ?, attempts = attempts + 1, dot_ts_ms = NULL
                   WHERE digest_id = ? AND state IN ('READY', 'UNKNOWN', 'FAILED') AND attempts = ?
                   RETURNING digest_id, content""",
                [claim, now + LEASE_MS, digest.digest_id, digest.attempts],
            ).fetchone()
        if row is None:
            return None
        stored = self._db.row(f"{_SELECT} WHERE g.digest_id = ?", [digest.digest_id])
        return self._digest(stored, claim, row["content"] or b"") if stored else None

    def dot(self, digest: Digest) -> bool:
        """Note that the end of the message is about to be written: from now on nobody knows.

        False when the digest is not ours any more; then it must not be written.
        """
        now = self._db.now()
        with self._db.transaction() as raw:
            return (
                raw.execute(
                    f"UPDATE jpt_digests SET dot_ts_ms = ?, lease_until_ms = ? WHERE {_OURS}",
                    [now, now + LEASE_MS, digest.digest_id, digest.owner, digest.attempts],
                ).rowcount
                == 1
            )

    def accepted(self, digest: Digest, answers: Iterable[Recipient], *, next_try_ms: int | None) -> bool:
        """Note that the server took the message for the recipients that say so.

        Those who are asked to wait keep the digest open. False when the digest is not ours any more.
        """
        now = self._db.now()
        with self._db.transaction() as raw:
            _note(raw, digest, answers)
            waits = raw.execute(
                "SELECT 1 FROM jpt_digest_rcpts WHERE digest_id = ? AND state = 'PENDING' LIMIT 1",
                [digest.digest_id],
            ).fetchone()
            ours = raw.execute(
                f"""UPDATE jpt_digests
                    SET state = ?, accepted_ts_ms = coalesce(accepted_ts_ms, ?), owner = NULL, dot_ts_ms = NULL,
                        next_try_ts_ms = ?, last_error = (SELECT group_concat(address || ': ' || text, '; ')
                                                          FROM jpt_digest_rcpts
                                                          WHERE digest_id = jpt_digests.digest_id
                                                            AND state <> 'ACCEPTED' AND text IS NOT NULL)
                    WHERE {_OURS}""",
                [
                    "READY" if waits else "SENT",
                    now,
                    next_try_ms if waits else None,
                    digest.digest_id,
                    digest.owner,
                    digest.attempts,
                ],
            ).rowcount
            if ours and digest.channel.is_default_mail:
                _mark_mailed(raw, digest.digest_id, now)
        return bool(ours)

    def ended(
        self,
        digest: Digest,
        state: State,
        reason: str,
        answers: Iterable[Recipient] = (),
        *,
        next_try_ms: int | None = None,
    ) -> bool:
        """Give the digest out of our hands unsent: its new state and why."""
        with self._db.transaction() as raw:
            _note(raw, digest, answers)
            return (
                raw.execute(
                    f"""UPDATE jpt_digests
                        SET state = ?, last_error = ?, next_try_ts_ms = ?, owner = NULL,
                            unknowns = unknowns + ?, dot_ts_ms = CASE WHEN ? THEN dot_ts_ms END
                        WHERE {_OURS}""",
                    [
                        state,
                        reason,
                        next_try_ms,
                        state in {"UNKNOWN", "HELD"},
                        state in {"UNKNOWN", "HELD"},
                        digest.digest_id,
                        digest.owner,
                        digest.attempts,
                    ],
                ).rowcount
                == 1
            )

    def resolve(self, digest: Digest, *, sent: bool) -> None:
        """Do as the user says with a digest that waits: count it as sent, or send it again."""
        now = self._db.now()
        with self._db.transaction() as raw:
            if not sent:
                raw.execute(
                    """UPDATE jpt_digests SET state = 'READY', unknowns = 0, next_try_ts_ms = NULL
                       WHERE digest_id = ? AND state = ?""",
                    [digest.digest_id, digest.state],
                )
                return
            raw.execute(
                """UPDATE jpt_digests SET state = 'SENT', accepted_ts_ms = coalesce(accepted_ts_ms, ?)
                   WHERE digest_id = ? AND state = ?""",
                [now, digest.digest_id, digest.state],
            )
            raw.execute(
                """UPDATE jpt_digest_rcpts SET state = 'ACCEPTED', text = 'as the user said'
                   WHERE digest_id = ? AND state = 'PENDING'""",
                [digest.digest_id],
            )
            if digest.channel.is_default_mail:
                _mark_mailed(raw, digest.digest_id, now)

    def park(self, digest: Digest, reason: str) -> None:
        """Put a refused digest aside until the user resolves it."""
        with self._db.transaction() as raw:
            raw.execute(
                "UPDATE jpt_digests SET state = 'HELD', last_error = ? WHERE digest_id = ? AND state = 'FAILED'",
                [reason, digest.digest_id],
            )

    def split(self, digest: Digest, halves: Sequence[Frozen]) -> list[Digest]:
        """Replace a refused digest by smaller ones that together tell the same jobs."""
        now = self._db.now()
        with self._db.transaction() as raw:
            gone = raw.execute(
                "UPDATE jpt_digests SET state = 'SPLIT', content = NULL WHERE digest_id = ? AND state = 'FAILED'",
                [digest.digest_id],
            ).rowcount
            if not gone:
                return []
            for half in halves:
                _insert(raw, digest.channel, half, now)
                for place, entry in enumerate(half.entries):
                    for job in (entry.news, *entry.copies):
                        key = [digest.channel.profile, digest.channel.name, job.site, job.url]
                        raw.execute(
                            """UPDATE jpt_digest_items SET digest_id = ?, place = ?
                               WHERE profile = ? AND channel = ? AND site = ? AND url = ?""",
                            [half.digest_id, place, *key],
                        )
                        raw.execute(
                            """UPDATE jpt_digest_keys SET digest_id = ?
                               WHERE digest_id = ? AND url = ?""",
                            [half.digest_id, digest.digest_id, entry.news.url],
                        )
                        if digest.channel.is_default_mail:
                            raw.execute(
                                "UPDATE job_details SET digest_id = ? WHERE site = ? AND url = ?",
                                [half.digest_id, job.site, job.url],
                            )
            _keep_repeats(raw, digest, halves[0].digest_id)
        return [stored for half in halves if (stored := self.get(half.digest_id)) is not None]

    def items(self, digest_id: str) -> list[tuple[str, str, str | None]]:
        """Give site, address and, for a copy, the address told instead, in the digest's order."""
        rows = self._db.rows(
            """SELECT site, url, copy_of FROM jpt_digest_items
               WHERE digest_id = ? ORDER BY place, copy_of IS NOT NULL""",
            [digest_id],
        )
        return [(row["site"], row["url"], row["copy_of"]) for row in rows]

    def content(self, digest_id: str) -> bytes:
        """Give a digest's frozen bytes."""
        row = self._db.row("SELECT content FROM jpt_digests WHERE digest_id = ?", [digest_id])
        return row["content"] or b"" if row else b""

    def telling(self, url: str) -> list[Told]:
        """Say in which digests the job at *url* is, by profile and channel."""
        rows = self._db.rows(
            """SELECT i.profile, i.channel, i.site, i.digest_id, i.copy_of, g.state, g.accepted_ts_ms
               FROM jpt_digest_items i JOIN jpt_digests g ON g.digest_id = i.digest_id
               WHERE i.url = ? ORDER BY i.profile <> 'default', i.profile, i.channel <> 'mail'""",
            [url],
        )
        return [
            Told(
                Channel(row["profile"], row["channel"]),
                row["site"],
                row["digest_id"],
                row["state"],
                row["accepted_ts_ms"],
                row["copy_of"] or "",
            )
            for row in rows
        ]

    # --- The record of sent mail, outside the database ------------------------------------------------

    def note(self, name: str) -> str | None:
        """Give a thing noted by name; `database` is this file's own name for itself."""
        row = self._db.row("SELECT value FROM jpt_digest_notes WHERE name = ?", [name])
        return row["value"] if row else None

    def put_note(self, name: str, value: str) -> None:
        """Note a thing by name."""
        with self._db.transaction() as raw:
            raw.execute("INSERT OR REPLACE INTO jpt_digest_notes (name, value) VALUES (?, ?)", [name, value])

    def honour(self, lines: Iterable[SentLine]) -> int:
        """Take over what the record says was sent and this file does not know; gives how many digests."""
        taken = 0
        with self._db.transaction() as raw:
            for line in lines:
                taken += _honour(raw, line)
        return taken

    def sent_jobs(self) -> list[tuple[int, str, str, str, int]]:
        """Give every job that the default profile was mailed, in order: time, site, URL, title, years."""
        rows = self._db.rows(
            """SELECT g.accepted_ts_ms AS ts, i.site, i.url, i.job_title AS title, i.min_years
               FROM jpt_digest_items i JOIN jpt_digests g ON g.digest_id = i.digest_id
               WHERE i.profile = 'default' AND i.channel = 'mail' AND g.accepted_ts_ms IS NOT NULL
               UNION ALL
               SELECT d.emailed_ts_ms, d.site, d.url, coalesce(d.job_title, ''), d.min_years
               FROM job_details d
               WHERE d.emailed_ts_ms IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM jpt_digest_items i
                                 WHERE i.profile = 'default' AND i.channel = 'mail'
                                   AND i.site = d.site AND i.url = d.url)
               ORDER BY 1, 2, 3"""
        )
        return [(row["ts"], row["site"], row["url"], row["title"], row["min_years"]) for row in rows]

    def knows(self, url: str) -> bool:
        """Whether a job at *url* is stored."""
        return self._db.row("SELECT 1 FROM job_details WHERE url = ?", [url]) is not None

    def _digest(self, row: sqlite3.Row, owner: str = "", content: bytes = b"") -> Digest:
        recipients = self._db.rows(
            "SELECT * FROM jpt_digest_rcpts WHERE digest_id = ? ORDER BY place", [row["digest_id"]]
        )
        return Digest(
            digest_id=row["digest_id"],
            channel=Channel(row["profile"], row["channel"]),
            state=row["state"],
            kind=row["kind"],
            subject=row["subject"],
            message_id=row["message_id"],
            created_ts_ms=row["created_ts_ms"],
            jobs=row["jobs"],
            attempts=row["attempts"],
            unknowns=row["unknowns"],
            next_try_ts_ms=row["next_try_ts_ms"],
            accepted_ts_ms=row["accepted_ts_ms"],
            last_error=row["last_error"],
            recipients=tuple(
                Recipient(one["address"], one["state"], one["code"], one["text"] or "") for one in recipients
            ),
            owner=owner,
            content=content,
        )


class _Taken(Exception):
    """A job is in another digest of the channel already."""


_QUOTED = ", ".join(f"'{state}'" for state in OPEN_STATES)
_OURS = "digest_id = ? AND owner = ? AND attempts = ? AND state = 'SENDING'"
_SELECT = """SELECT g.digest_id, g.profile, g.channel, g.kind, g.state, g.subject, g.message_id, g.created_ts_ms,
                    g.attempts, g.unknowns, g.next_try_ts_ms, g.accepted_ts_ms, g.last_error,
                    (SELECT count(*) FROM jpt_digest_items i
                     WHERE i.digest_id = g.digest_id AND i.copy_of IS NULL) AS jobs
             FROM jpt_digests g"""


def _insert(raw: sqlite3.Connection, channel: Channel, frozen: Frozen, now: int) -> None:
    raw.execute(
        """INSERT INTO jpt_digests (digest_id, profile, channel, kind, state, subject, message_id, created_ts_ms,
                                    content, content_sha256)
           VALUES (?, ?, ?, ?, 'READY', ?, ?, ?, ?, ?)""",
        [
            frozen.digest_id,
            channel.profile,
            channel.name,
            frozen.kind,
            frozen.subject,
            frozen.message_id,
            now,
            frozen.content,
            frozen.sha256,
        ],
    )
    raw.executemany(
        "INSERT INTO jpt_digest_rcpts (digest_id, address, place) VALUES (?, ?, ?)",
        [(frozen.digest_id, address, place) for place, address in enumerate(frozen.recipients)],
    )


def _assign(raw: sqlite3.Connection, channel: Channel, frozen: Frozen) -> None:
    """Give every job of the digest to it, by the key that proves that no other has it."""
    for place, entry in enumerate(frozen.entries):
        for job in (entry.news, *entry.copies):
            copy_of = None if job is entry.news else entry.news.url
            values = [channel.profile, channel.name, job.site, job.url, frozen.digest_id, place, copy_of]
            try:
                raw.execute(
                    "INSERT INTO jpt_digest_items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [*values, job.title, job.experience.min_years],
                )
            except sqlite3.IntegrityError:
                raise _Taken from None
            if channel.is_default_mail:
                ours = raw.execute(
                    """UPDATE job_details SET digest_id = ?
                       WHERE site = ? AND url = ? AND digest_id IS NULL AND emailed_ts_ms IS NULL""",
                    [frozen.digest_id, job.site, job.url],
                ).rowcount
                if not ours:
                    raise _Taken


def _keep_repeats(raw: sqlite3.Connection, digest: Digest, heir: str) -> None:
    """Let what was noted as told by a digest that was split be told by one of its halves."""
    raw.execute("UPDATE jpt_digest_items SET digest_id = ? WHERE digest_id = ?", [heir, digest.digest_id])
    raw.execute("UPDATE jpt_digest_keys SET digest_id = ? WHERE digest_id = ?", [heir, digest.digest_id])
    if digest.channel.is_default_mail:
        raw.execute("UPDATE job_details SET digest_id = ? WHERE digest_id = ?", [heir, digest.digest_id])


def _note(raw: sqlite3.Connection, digest: Digest, answers: Iterable[Recipient]) -> None:
    raw.executemany(
        """UPDATE jpt_digest_rcpts SET state = ?, code = ?, text = ?
           WHERE digest_id = ? AND address = ? AND state = 'PENDING'
             AND EXISTS (SELECT 1 FROM jpt_digests WHERE digest_id = ? AND owner = ? AND state = 'SENDING')""",
        [
            (one.state, one.code, one.text, digest.digest_id, one.address, digest.digest_id, digest.owner)
            for one in answers
        ],
    )


def _mark_mailed(raw: sqlite3.Connection, digest_id: str, now: int) -> None:
    raw.execute(
        """UPDATE job_details SET emailed_ts_ms = ?
           WHERE digest_id = ? AND emailed_ts_ms IS NULL""",
        [now, digest_id],
    )


def _honour(raw: sqlite3.Connection, line: SentLine) -> int:
    row = raw.execute("SELECT state FROM jpt_digests WHERE digest_id = ?", [line.digest_id]).fetchone()
    news = row is None or row["state"] not in {"SENT", "SPLIT"}
    if row is None:
        raw.execute(
            """INSERT INTO jpt_digests (digest_id, profile, channel, kind, state, subject, message_id,
                                        created_ts_ms, content_sha256, accepted_ts_ms, last_error)
               VALUES (?, ?, ?, 'jobs', 'SENT', '', ?, ?, ?, ?, 'known from the record of sent digests only')""",
            [
                line.digest_id,
                line.profile,
                line.channel,
                line.message_id,
                line.sent_ts_ms,
                line.sha256,
                line.sent_ts_ms,
            ],
        )
    raw.executemany(
        """INSERT INTO jpt_digest_rcpts (digest_id, address, place, state) VALUES (?, ?, 0, 'ACCEPTED')
           ON CONFLICT (digest_id, address) DO UPDATE SET state = 'ACCEPTED' WHERE state = 'PENDING'""",
        [(line.digest_id, address) for address in line.recipients],
    )
    raw.execute(
        """UPDATE jpt_digests
           SET accepted_ts_ms = coalesce(accepted_ts_ms, ?), owner = NULL, dot_ts_ms = NULL,
               state = CASE WHEN EXISTS (SELECT 1 FROM jpt_digest_rcpts r
                                         WHERE r.digest_id = jpt_digests.digest_id AND r.state = 'PENDING')
                       THEN 'READY' ELSE 'SENT' END
           WHERE digest_id = ? AND state NOT IN ('SENT', 'SPLIT')""",
        [line.sent_ts_ms, line.digest_id],
    )
    for site, url in line.jobs:
        raw.execute(
            """INSERT OR IGNORE INTO jpt_digest_items
               SELECT ?, ?, ?, ?, ?, -1, NULL, coalesce(max(job_title), ''), coalesce(max(min_years), 0)
               FROM job_details WHERE site = ? AND url = ?""",
            [line.profile, line.channel, site, url, line.digest_id, site, url],
        )
        if Channel(line.profile, line.channel).is_default_mail:
            raw.execute(
                """UPDATE job_details
                   SET digest_id = coalesce(digest_id, ?), emailed_ts_ms = ?
                   WHERE site = ? AND url = ? AND emailed_ts_ms IS NULL""",
                [line.digest_id, line.sent_ts_ms, site, url],
            )
    return int(news)
