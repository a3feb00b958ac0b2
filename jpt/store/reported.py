"""Which job was reported in which digest, on which channel.

One job is in one digest of a channel: the primary key of jpt_digest_items is the proof of it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from jpt.models.digests import Channel, DigestEntry, Frozen, InDigest, News, SentLine
from jpt.store.connection import Repository
from jpt.store.rows import MOST_URL, count, line, moment


class Reported(Repository):
    """Jobs that digests report."""

    def open_channel(self, channel: Channel) -> None:
        """Record when a channel was first used."""
        put = "INSERT OR IGNORE INTO jpt_channels (profile, channel, since_ts_ms) VALUES (?, ?, ?)"
        self._db.execute(put, [channel.profile, channel.name, self._db.now()])

    def add_copies(self, channel: Channel, copies: Iterable[tuple[News, str, str]]) -> None:
        """Note jobs as reported with an earlier digest: each with that digest and the address reported there."""
        listed = list(copies)

        def act(raw: sqlite3.Connection) -> None:
            for job, digest_id, copy_of in listed:
                new = _put(raw, channel, job, digest_id, place=-1, copy_of=copy_of)
                if new and channel.is_default_mail:
                    raw.execute(
                        """UPDATE job_details
                           SET digest_id = ?, emailed_ts_ms = (SELECT accepted_ts_ms FROM jpt_digests
                                                               WHERE digest_id = ?)
                           WHERE site = ? AND url = ? AND digest_id IS NULL""",
                        [digest_id, digest_id, job.site, job.url],
                    )

        if listed:
            self._db.write(act)

    def by_keys(self, channel: Channel, keys: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Return for each of the sameness keys that was reported the digest and the address reported there."""
        rows = self._db.tuples(
            """SELECT same_key, digest_id, url FROM jpt_digest_keys
               WHERE profile = ? AND channel = ? AND same_key IN (SELECT value FROM json_each(?))""",
            [channel.profile, channel.name, json.dumps(list(keys))],
        )
        return {key: (digest_id, url) for key, digest_id, url in rows}

    def on(self, channel: Channel) -> set[tuple[str, str]]:
        """Return site and address of all jobs that a channel has in a digest, sent or waiting."""
        query = "SELECT site, url FROM jpt_digest_items WHERE profile = ? AND channel = ?"
        return set(self._db.tuples(query, [channel.profile, channel.name]))

    def items(self, digest_id: str) -> list[tuple[str, str, str | None]]:
        """Return site, address and, for a copy, the address reported instead, in the digest's order."""
        return self._db.tuples(
            """SELECT site, url, copy_of FROM jpt_digest_items
               WHERE digest_id = ? ORDER BY place, copy_of IS NOT NULL""",
            [digest_id],
        )

    def of(self, url: str) -> list[InDigest]:
        """Return the digests that the job at *url* is in, by profile and channel."""
        rows = self._db.rows(
            """SELECT i.profile, i.channel, i.site, i.digest_id, i.copy_of, g.state, g.accepted_ts_ms
               FROM jpt_digest_items i JOIN jpt_digests g ON g.digest_id = i.digest_id
               WHERE i.url = ? ORDER BY i.profile <> 'default', i.profile, i.channel <> 'mail'""",
            [url],
        )
        return [
            InDigest(Channel(profile, channel), site, digest_id, state, accepted_ts_ms, copy_of or "")
            for profile, channel, site, digest_id, copy_of, state, accepted_ts_ms in rows
        ]

    def mailed(self) -> list[tuple[int, str, str, str, int]]:
        """Return every job that the default profile was mailed, in order: time, site, URL, title, years."""
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
        return [
            (moment(ts_ms) or 0, line(site), line(url, MOST_URL), line(title), count(years))
            for ts_ms, site, url, title, years in rows
        ]

    def knows(self, url: str) -> bool:
        """Whether a job at *url* is stored."""
        return self._db.row("SELECT 1 FROM job_details WHERE url = ?", [url]) is not None

    def import_sent(self, lines: Iterable[SentLine]) -> int:
        """Import what the record says was sent and this database lacks; returns the number of digests."""
        listed = list(lines)
        return self._db.write(lambda raw: sum(_import_sent(raw, one) for one in listed)) if listed else 0


class AlreadyReported(Exception):
    """A job is in another digest of the channel already."""


def assign(raw: sqlite3.Connection, channel: Channel, frozen: Frozen, keys: Iterable[tuple[str, str]]) -> None:
    """Assign every job of a digest to it; raises AlreadyReported when another of the channel has one of them.

    *keys* are pairs of a sameness key and the address of the job that has it.
    """
    for place, entry in enumerate(frozen.entries):
        for job in (entry.news, *entry.copies):
            copy_of = None if job is entry.news else entry.news.url
            if not _put(raw, channel, job, frozen.digest_id, place=place, copy_of=copy_of):
                raise AlreadyReported
            if channel.is_default_mail:
                ours = raw.execute(
                    """UPDATE job_details SET digest_id = ?
                       WHERE site = ? AND url = ? AND digest_id IS NULL AND emailed_ts_ms IS NULL""",
                    [frozen.digest_id, job.site, job.url],
                ).rowcount
                if not ours:
                    raise AlreadyReported
    raw.executemany(
        "INSERT OR IGNORE INTO jpt_digest_keys VALUES (?, ?, ?, ?, ?)",
        [(channel.profile, channel.name, key, frozen.digest_id, url) for key, url in keys],
    )


def move_to_halves(raw: sqlite3.Connection, channel: Channel, digest_id: str, halves: Sequence[Frozen]) -> None:
    """Move the jobs of a digest to the *halves* that replace it; its reposts to the first of them."""
    for half in halves:
        for place, entry in enumerate(half.entries):
            _move(raw, channel, digest_id, half.digest_id, entry, place)
    heir = halves[0].digest_id
    raw.execute("UPDATE jpt_digest_items SET digest_id = ? WHERE digest_id = ?", [heir, digest_id])
    raw.execute("UPDATE jpt_digest_keys SET digest_id = ? WHERE digest_id = ?", [heir, digest_id])
    if channel.is_default_mail:
        raw.execute("UPDATE job_details SET digest_id = ? WHERE digest_id = ?", [heir, digest_id])


def mark_mailed(raw: sqlite3.Connection, channel: Channel, digest_id: str, now: int) -> None:
    """Note in job_details, as the old system's readers expect, that a digest was mailed."""
    if channel.is_default_mail:
        raw.execute(
            "UPDATE job_details SET emailed_ts_ms = ? WHERE digest_id = ? AND emailed_ts_ms IS NULL",
            [now, digest_id],
        )


def _put(
    raw: sqlite3.Connection, channel: Channel, job: News, digest_id: str, *, place: int, copy_of: str | None
) -> bool:
    """Note that a job is in a digest; False when it is in another one of the channel."""
    values = [channel.profile, channel.name, job.site, job.url, digest_id, place, copy_of]
    return bool(
        raw.execute(
            "INSERT OR IGNORE INTO jpt_digest_items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*values, job.title, job.experience.min_years],
        ).rowcount
    )


def _move(
    raw: sqlite3.Connection, channel: Channel, before: str, after: str, entry: DigestEntry, place: int
) -> None:
    for job in (entry.news, *entry.copies):
        raw.execute(
            """UPDATE jpt_digest_items SET digest_id = ?, place = ?
               WHERE profile = ? AND channel = ? AND site = ? AND url = ?""",
            [after, place, channel.profile, channel.name, job.site, job.url],
        )
        if channel.is_default_mail:
            raw.execute(
                "UPDATE job_details SET digest_id = ? WHERE site = ? AND url = ?", [after, job.site, job.url]
            )
    raw.execute(
        "UPDATE jpt_digest_keys SET digest_id = ? WHERE digest_id = ? AND url = ?", [after, before, entry.news.url]
    )


def _import_sent(raw: sqlite3.Connection, sent: SentLine) -> int:
    row = raw.execute("SELECT state FROM jpt_digests WHERE digest_id = ?", [sent.digest_id]).fetchone()
    if row is None:
        raw.execute(
            """INSERT INTO jpt_digests (digest_id, profile, channel, kind, state, subject, message_id,
                                        created_ts_ms, content_sha256, accepted_ts_ms, last_error)
               VALUES (?, ?, ?, 'jobs', 'SENT', '', ?, ?, ?, ?, 'known from the record of sent digests only')""",
            [sent.digest_id, sent.profile, sent.channel, sent.message_id, sent.sent_ts_ms, sent.sha256,
             sent.sent_ts_ms],
        )  # fmt: skip
    raw.executemany(
        """INSERT INTO jpt_digest_rcpts (digest_id, address, place, state) VALUES (?, ?, 0, 'ACCEPTED')
           ON CONFLICT (digest_id, address) DO UPDATE SET state = 'ACCEPTED' WHERE state = 'PENDING'""",
        [(sent.digest_id, address) for address in sent.recipients],
    )
    raw.execute(
        """UPDATE jpt_digests
           SET accepted_ts_ms = coalesce(accepted_ts_ms, ?), owner = NULL, dot_ts_ms = NULL,
               state = CASE WHEN EXISTS (SELECT 1 FROM jpt_digest_rcpts r
                                         WHERE r.digest_id = jpt_digests.digest_id AND r.state = 'PENDING')
                       THEN 'READY' ELSE 'SENT' END
           WHERE digest_id = ? AND state NOT IN ('SENT', 'SPLIT')""",
        [sent.sent_ts_ms, sent.digest_id],
    )
    for site, url in sent.jobs:
        _import_job(raw, sent, site, url)
    return int(row is None or row["state"] not in {"SENT", "SPLIT"})


def _import_job(raw: sqlite3.Connection, sent: SentLine, site: str, url: str) -> None:
    raw.execute(
        """INSERT OR IGNORE INTO jpt_digest_items
           SELECT ?, ?, ?, ?, ?, -1, NULL, coalesce(max(job_title), ''), coalesce(max(min_years), 0)
           FROM job_details WHERE site = ? AND url = ?""",
        [sent.profile, sent.channel, site, url, sent.digest_id, site, url],
    )
    if Channel(sent.profile, sent.channel).is_default_mail:
        raw.execute(
            """UPDATE job_details
               SET digest_id = coalesce(digest_id, ?), emailed_ts_ms = ?
               WHERE site = ? AND url = ? AND emailed_ts_ms IS NULL""",
            [sent.digest_id, sent.sent_ts_ms, site, url],
        )
