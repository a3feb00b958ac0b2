"""The wall clock, in milliseconds since the epoch."""

from __future__ import annotations

import time
from collections.abc import Callable

Clock = Callable[[], int]
"""Gives the time in integer milliseconds since the epoch."""


def wall_clock() -> int:
    """Give the time of day in milliseconds since the epoch."""
    return time.time_ns() // 1_000_000
