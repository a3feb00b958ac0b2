"""What models answered, and the tokens that it took: nothing is paid for twice, and a month has an end."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from jpt.models.jobs import Remembered
from jpt.store.connection import Repository

USELESS_MS = 7 * 24 * 3600 * 1000
"""How long a useless answer is remembered: then the post may be sent again."""

_CLAIM_MS = 10 * 60_000
"""No question takes longer, with its repeats: the watchdog of a post ends it."""


class Answers(Repository):
    """Answers by the digest of what was asked, and the tokens by month and model."""

    def recall(self, key: str) -> Remembered | None:
        """Return the answer kept under *key*; one of no use only for a week."""
        row = self._db.row(
            "SELECT answer_json, fault FROM jpt_answers WHERE key = ? AND (fault = '' OR ts_ms > ?)",
            [key, self._db.now() - USELESS_MS],
        )
        return Remembered(row["answer_json"], row["fault"]) if row else None

    def keep(self, key: str, model: str, kept: Remembered, tokens: tuple[int, int]) -> None:
        """Keep an answer and count its tokens, in one transaction."""
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> None:
            raw.execute(
                """INSERT OR REPLACE INTO jpt_answers (key, model, answer_json, fault, ts_ms)
                   VALUES (?, ?, ?, ?, ?)""",
                [key, model, kept.answer, kept.fault, now],
            )
            raw.execute(_COUNT, [_month(now), model, *tokens])

        self._db.write(act)

    def spend(self, model: str, tokens: tuple[int, int]) -> None:
        """Count the tokens of an answer that is not kept."""
        self._db.execute(_COUNT, [_month(self._db.now()), model, *tokens])

    def spent(self) -> int:
        """Return the tokens of this month, of all models together."""
        return int(self._db.value(_USED, [_month(self._db.now())]) or 0)

    def claim(self, tokens: int, cap: int) -> int | None:
        """Reserve *tokens* for a question, if those under way leave room below *cap*; returns the claim's number.

        One that was never released, as its process was killed, ends by itself.
        """
        now = self._db.now()

        def act(raw: sqlite3.Connection) -> int | None:
            raw.execute("DELETE FROM jpt_token_claims WHERE ts_ms NOT BETWEEN ? AND ?", [now - _CLAIM_MS, now])
            claimed = raw.execute("SELECT sum(tokens) FROM jpt_token_claims").fetchone()[0]
            used = raw.execute(_USED, [_month(now)]).fetchone()[0] or 0
            if claimed is not None and used + claimed >= cap:
                return None
            put = "INSERT INTO jpt_token_claims (tokens, ts_ms) VALUES (?, ?)"
            return raw.execute(put, [tokens, now]).lastrowid

        return self._db.write(act)

    def release(self, claim: int) -> None:
        """Release what was reserved."""
        self._db.execute("DELETE FROM jpt_token_claims WHERE id = ?", [claim])


_USED = "SELECT sum(prompt_tokens + completion_tokens) FROM jpt_tokens WHERE month = ?"
_COUNT = """INSERT INTO jpt_tokens (month, model, calls, prompt_tokens, completion_tokens)
            VALUES (?, ?, 1, ?, ?)
            ON CONFLICT (month, model) DO UPDATE
            SET calls = calls + 1,
                prompt_tokens = prompt_tokens + excluded.prompt_tokens,
                completion_tokens = completion_tokens + excluded.completion_tokens"""


def _month(ts_ms: int) -> str:
    return datetime.fromtimestamp(ts_ms / 1000, UTC).strftime("%Y-%m")
