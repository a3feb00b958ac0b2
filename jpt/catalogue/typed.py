"""Moments and days as the user types them: `--since 7d`, `--due 2026-12-24`. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from jpt.errors import UsageError
from jpt.text.durations import seconds_of
from jpt.text.moments import day, moment

_LONGEST_S = 36_525 * 86_400.0
"""A century."""


def since_ms(words: str, now_ms: int) -> int:
    """Read `7d`, `1h30m` or a date as milliseconds since the epoch; raises UsageError."""
    since = moment(words, zone=None)
    if since is not None:
        return int(since.timestamp() * 1000)
    try:
        return now_ms - int(seconds_of(words, least=0, most=_LONGEST_S) * 1000)
    except ValueError:
        raise UsageError(f"--since {words!r}: expected 7d, 12h, 30m, 2w, or a date like 2026-11-24.") from None


def due_day(words: str, today: date) -> str | None:
    """Read `2026-12-24` or `+7d` as YYYY-MM-DD; None for `none` and for nothing. Raises UsageError."""
    text = words.strip().lower()
    if text in {"none", ""}:
        return None
    try:
        due = (
            today + timedelta(seconds=seconds_of(text[1:], least=0, most=_LONGEST_S))
            if text[0] == "+"
            else day(text)
        )
    except ValueError:
        due = None
    if due is None:
        raise UsageError(f"due {words[:60]!r} is no day: expected 2026-12-24, +7d, or none.")
    return due.isoformat()
