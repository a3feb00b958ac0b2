"""The wall clock, in milliseconds since the epoch, and what it shows where the user is."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], int]
"""Gives the time in integer milliseconds since the epoch."""


def wall_clock() -> int:
    """Return the time of day in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


def is_within(since_ms: int, now_ms: int, length_ms: float) -> bool:
    """Return whether *since_ms* is less than *length_ms* ago.

    A time that is still to come is not: the clock was set back since, and nobody may wait until it has caught up.
    """
    return 0 <= now_ms - since_ms < length_ms


def local_time(ts_ms: int) -> datetime:
    """Return a moment in the time zone of this process: `JPT_TIMEZONE`, or the system's."""
    return datetime.fromtimestamp(ts_ms / 1000, UTC).astimezone()


def today() -> date:
    """Return today's date where the user is."""
    return local_time(wall_clock()).date()
