"""The outbox: digests with their frozen bytes and recipients, from ready to sent."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Sequence

from jpt.models.digests import OPEN_STATES, Channel, Digest, Frozen, Recipient, State
from jpt.store.connection import Repository
from jpt.store.reported import AlreadyReported, assign, mark_mailed, move_to_halves
from jpt.store.rows import count, line, moment


class Outbox(Repository):
    """Digests; every method is one transaction, and done twice it changes nothing the second time."""

    def put(self, channel: Channel, frozen: Frozen, keys: Iterable[tuple[str, str]] = ()) -> Digest | None:
        """Store a digest with its jobs and recipients; None, and no change, when another has one of its jobs.

        *keys* are pairs of a sameness key and the address of the job that has it.
        """
        now, pairs = self._db.now(), list(keys)

        def act(raw: sqlite3.Connection) -> None:
            if _insert(raw, channel, frozen, now):
                assign(raw, channel, frozen, pairs)

        try:
            self._db.write(act)
        except AlreadyReported:
            return None
        return self.get(frozen.digest_id)

    def get(self, digest_id: str) -> Digest | None:
        """Return one digest, without its bytes."""
        return next(iter(self._digests("g.digest_id = ?", [digest_id])), None)

    def content(self, digest_id: str) -> bytes:
        """Return the bytes of a digest; empty where they are kept no longer."""
        found = self._db.value("SELECT content FROM jpt_digests WHERE digest_id = ?", [digest_id])
        return found if isinstance(found, bytes) else b""

    def find(self, start: str) -> list[Digest]:
        """Return the digests whose id begins with *start*."""
        return self._digests("substr(g.digest_id, 1, ?) = ?", [len(start), start])

    def listed(self, limit: int = 50) -> list[Digest]:
        """Return all digests that are not sent, and the latest of the others, newest first."""
        latest = "SELECT digest_id FROM jpt_digests ORDER BY created_ts_ms DESC, rowid DESC LIMIT ?"
        return self._digests(f"g.state IN ({_OPEN}) OR g.digest_id IN ({latest})", [limit], order="DESC")

    def unsent(self, channel: Channel) -> list[Digest]:
        """Return the channel's digests that are not sent, in the order in which they were made."""
        return self._digests(
            f"g.profile = ? AND g.channel = ? AND g.state IN ({_OPEN})", [channel.profile, channel.name]
        )

    def last_created_ms(self, channel: Channel) -> int | None:
        """Return when the channel's last digest was made."""
        query = "SELECT max(created_ts_ms) FROM jpt_digests WHERE profile = ? AND channel = ?"
        last: int | None = self._db.value(query, [channel.profile, channel.name])
        return last

    def recover(self, *, hold: bool) -> list[Digest]:
        """Recover the digests that dead senders had claimed; only for the holder of the mail lock.

        Without the final dot it was certainly not sent; after it nobody knows. With *hold* what is
        unknown waits for the user.
        """
        unknown = "HELD" if hold else "UNKNOWN"
        update = """UPDATE jpt_digests
                    SET state = CASE WHEN dot_ts_ms IS NULL THEN 'READY' ELSE ? END,
                        unknowns = unknowns + (dot_ts_ms IS NOT NULL),
                        last_error = CASE WHEN dot_ts_ms IS NULL THEN 'the sender ended before it was handed over'
                                     ELSE 'the sender ended before the server answered' END,
                        owner = NULL
                    WHERE state = 'SENDING'
                    RETURNING digest_id"""
        rows = self._db.write(lambda raw: raw.execute(update, [unknown]).fetchall())
        return [digest for row in rows if (digest := self.get(row["digest_id"])) is not None]

    def claim(self, digest: Digest, owner: str) -> Digest | None:
        """Claim *digest* to send it; None when somebody else has it, or it is sent."""
        claim = f"{owner}:{secrets.token_hex(4)}"

        def act(raw: sqlite3.Connection) -> sqlite3.Row | None:
            raw.execute(
                """UPDATE jpt_digests
                   SET state = 'SENDING', owner = ?, attempts = attempts + 1, dot_ts_ms = NULL
                   WHERE digest_id = ? AND state IN ('READY', 'UNKNOWN', 'FAILED') AND attempts = ?""",
                [claim, digest.digest_id, digest.attempts],
            )
            found: sqlite3.Row | None = raw.execute(
                "SELECT content FROM jpt_digests WHERE digest_id = ? AND owner = ?", [digest.digest_id, claim]
            ).fetchone()
            return found

        row = self._db.write(act)
        if row is None:
            return None
        content = row["content"] or b""
        return next(iter(self._digests("g.digest_id = ?", [digest.digest_id], owner=claim, content=content)), None)

    def note_handover(self, digest: Digest) -> bool:
        """Note that the end of the message is about to be written: from now on nobody knows.

        False when the digest is not ours any more; then it must not be written.
        """
        values = [self._db.now(), *_claim(digest)]
        return self._db.execute(f"UPDATE jpt_digests SET dot_ts_ms = ? WHERE {_OURS}", values) == 1

    def note_accepted(self, digest: Digest, answers: Iterable[Recipient], *, next_try_ms: int | None) -> None:
        """Note that the server took the message for the recipients that say so.

        Those who are asked to wait keep the digest open.
        """
        now, said = self._db.now(), list(answers)

        def act(raw: sqlite3.Connection) -> None:
            _note(raw, digest, said)
            pending = "SELECT 1 FROM jpt_digest_rcpts WHERE digest_id = ? AND state = 'PENDING' LIMIT 1"
            waits = raw.execute(pending, [digest.digest_id]).fetchone()
            ours = raw.execute(
                f"""UPDATE jpt_digests
                    SET state = ?, accepted_ts_ms = coalesce(accepted_ts_ms, ?), owner = NULL, dot_ts_ms = NULL,
                        next_try_ts_ms = ?, last_error = (SELECT group_concat(address || ': ' || text, '; ')
                                                          FROM jpt_digest_rcpts
                                                          WHERE digest_id = jpt_digests.digest_id
                                                            AND state <> 'ACCEPTED' AND text IS NOT NULL)
                    WHERE {_OURS}""",
                ["READY" if waits else "SENT", now, next_try_ms if waits else None, *_claim(digest)],
            ).rowcount
            if ours:
                mark_mailed(raw, digest.channel, digest.digest_id, now)

        self._db.write(act)

    def release(
        self,
        digest: Digest,
        state: State,
        reason: str,
        answers: Iterable[Recipient] = (),
        *,
        next_try_ms: int | None = None,
    ) -> None:
        """Release a claimed digest unsent, with its new state and the reason."""
        said, unknown = list(answers), state in {"UNKNOWN", "HELD"}

        def act(raw: sqlite3.Connection) -> None:
            _note(raw, digest, said)
            raw.execute(
                f"""UPDATE jpt_digests
                    SET state = ?, last_error = ?, next_try_ts_ms = ?, owner = NULL,
                        unknowns = unknowns + ?, dot_ts_ms = CASE WHEN ? THEN dot_ts_ms END
                    WHERE {_OURS}""",
                [state, reason, next_try_ms, unknown, unknown, *_claim(digest)],
            )

        self._db.write(act)

    def resolve(self, digest: Digest, *, sent: bool) -> None:
        """Do as the user says with a digest that waits: count it as sent, or send it again."""
        now, waiting = self._db.now(), [digest.digest_id, digest.state]

        def act(raw: sqlite3.Connection) -> None:
            if not sent:
                raw.execute(
                    """UPDATE jpt_digests SET state = 'READY', unknowns = 0, next_try_ts_ms = NULL
                       WHERE digest_id = ? AND state = ?""",
                    waiting,
                )
                return
            raw.execute(
                """UPDATE jpt_digests SET state = 'SENT', accepted_ts_ms = coalesce(accepted_ts_ms, ?)
                   WHERE digest_id = ? AND state = ?""",
                [now, *waiting],
            )
            raw.execute(
                """UPDATE jpt_digest_rcpts SET state = 'ACCEPTED', text = 'as the user said'
                   WHERE digest_id = ? AND state = 'PENDING'""",
                [digest.digest_id],
            )
            mark_mailed(raw, digest.channel, digest.digest_id, now)

        self._db.write(act)

    def park(self, digest: Digest, reason: str) -> None:
        """Put a refused digest aside until the user resolves it."""
        update = """UPDATE jpt_digests SET state = 'HELD', last_error = ?
                    WHERE digest_id = ? AND state IN ('FAILED', 'READY', 'UNKNOWN')"""
        self._db.execute(update, [reason, digest.digest_id])

    def split(self, digest: Digest, halves: Sequence[Frozen]) -> list[Digest]:
        """Replace a refused digest by smaller ones that together report the same jobs."""
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> None:
            gone = raw.execute(
                """UPDATE jpt_digests SET state = 'SPLIT', content = NULL
                   WHERE digest_id = ? AND state IN ('FAILED', 'READY')""",
                [digest.digest_id],
            ).rowcount
            if gone:
                for half in halves:
                    _insert(raw, digest.channel, half, now)
                move_to_halves(raw, digest.channel, digest.digest_id, halves)

        self._db.write(act)
        return [stored for half in halves if (stored := self.get(half.digest_id)) is not None]

    def _digests(
        self, where: str, values: Sequence[object], *, order: str = "ASC", owner: str = "", content: bytes = b""
    ) -> list[Digest]:
        rows = self._db.rows(
            f"""SELECT g.digest_id, g.profile, g.channel, g.kind, g.state, g.subject, g.message_id,
                       g.created_ts_ms, g.attempts, g.unknowns, g.next_try_ts_ms, g.accepted_ts_ms, g.last_error,
                       (SELECT count(*) FROM jpt_digest_items i
                        WHERE i.digest_id = g.digest_id AND i.copy_of IS NULL) AS jobs
                FROM jpt_digests g
                WHERE {where}
                ORDER BY g.created_ts_ms {order}, g.rowid {order}""",
            values,
        )
        return [self._digest(row, owner, content) for row in rows]

    def _digest(self, row: sqlite3.Row, owner: str, content: bytes) -> Digest:
        recipients = self._db.rows(
            "SELECT * FROM jpt_digest_rcpts WHERE digest_id = ? ORDER BY place", [row["digest_id"]]
        )
        return Digest(
            digest_id=row["digest_id"],
            channel=Channel(row["profile"], row["channel"]),
            state=row["state"],
            kind=row["kind"],
            subject=line(row["subject"]),
            message_id=row["message_id"],
            created_ts_ms=moment(row["created_ts_ms"]) or 0,
            jobs=row["jobs"],
            attempts=count(row["attempts"]),
            unknowns=count(row["unknowns"]),
            next_try_ts_ms=moment(row["next_try_ts_ms"]),
            accepted_ts_ms=moment(row["accepted_ts_ms"]),
            last_error=line(row["last_error"], 2_000) or None,
            recipients=tuple(
                Recipient(one["address"], one["state"], one["code"], line(one["text"], 2_000))
                for one in recipients
            ),
            owner=owner,
            content=content,
        )


_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)
_OURS = "digest_id = ? AND owner = ? AND attempts = ? AND state = 'SENDING'"


def _claim(digest: Digest) -> list[object]:
    return [digest.digest_id, digest.owner, digest.attempts]


def _insert(raw: sqlite3.Connection, channel: Channel, frozen: Frozen, now: int) -> bool:
    """Store a digest; False when it is stored already."""
    new = raw.execute(
        """INSERT OR IGNORE INTO jpt_digests (digest_id, profile, channel, kind, state, subject, message_id,
                                              created_ts_ms, content, content_sha256)
           VALUES (?, ?, ?, ?, 'READY', ?, ?, ?, ?, ?)""",
        [frozen.digest_id, channel.profile, channel.name, frozen.kind, frozen.subject, frozen.message_id, now,
         frozen.content, frozen.sha256],
    ).rowcount  # fmt: skip
    raw.executemany(
        "INSERT OR IGNORE INTO jpt_digest_rcpts (digest_id, address, place) VALUES (?, ?, ?)",
        [(frozen.digest_id, address, place) for place, address in enumerate(frozen.recipients)],
    )
    return bool(new)


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
