"""Sends one digest: every step is noted before the next one begins, so that a crash at any of them is known."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

from jpt.digest.submission import Kind, Post, Submission
from jpt.models.digests import Digest
from jpt.store.outbox import Outbox

MOST_UNKNOWNS = 3
"""Times without an answer after which a digest waits for the user: no server may cause endless copies."""

_PAUSES_S = (60, 300, 900, 3_600, 3 * 3_600)
LONGEST_PAUSE_MS = _PAUSES_S[-1] * 1000
"""A pause that ends later than this from now was noted before the clock was set back: it is over."""


Record = Callable[[Digest, tuple[str, ...]], None]
"""Notes outside the database which recipients accepted a digest."""


def send(outbox: Outbox, digest: Digest, post: Post, record: Record, *, hold: bool, now_ms: int) -> Kind | None:
    """Send one digest and note what came of it; None when somebody else has it.

    Only the holder of the mail lock may call this. With *hold* a digest whose fate is unknown waits for the user.
    """
    ours = outbox.claim(digest, str(os.getpid()))
    if ours is None:
        return None
    came = post(ours, lambda: outbox.note_handover(ours))
    pause_ms = _PAUSES_S[min(ours.attempts, len(_PAUSES_S)) - 1] * 1000
    match came.kind:
        case "accepted":
            # Outside first: whoever dies between the two finds the proof there.
            record(ours, tuple(one.address for one in came.answers if one.state == "ACCEPTED"))
            outbox.note_accepted(ours, came.answers, next_try_ms=now_ms + pause_ms)
        case "unknown":
            held = hold or ours.unknowns + 1 >= MOST_UNKNOWNS
            outbox.release(ours, "HELD" if held else "UNKNOWN", _unknown_reason(ours, came, hold=hold))
        case "refused" | "nobody":
            answers = [replace(one, state="PENDING") for one in came.answers]
            outbox.release(ours, "FAILED", came.text, answers, next_try_ms=now_ms + pause_ms)
        case _:
            outbox.release(ours, "READY", came.text, came.answers, next_try_ms=now_ms + pause_ms)
    return came.kind


def _unknown_reason(digest: Digest, came: Submission, *, hold: bool) -> str:
    if not hold and digest.unknowns + 1 < MOST_UNKNOWNS:
        return f"{came.text}; the same message is sent again"
    return f"{came.text}; run `jpt digest resolve {digest.digest_id[:8]} --sent` or `--resend`"
