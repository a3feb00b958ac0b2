"""How often a page is read at present. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from jpt.models.pages import GOOD, Health

JITTER = 0.1
"""An interval varies by so much each way, so that no site is read to the second."""
LIVELIEST = 0.5
"""A page that always has news is read at this part of its interval."""
BACKOFF = 8.0
"""A page that fails is read at most this many times more seldom…"""
BACKOFF_S = 6 * 3_600.0
"""…and at least this often, unless its own interval is longer."""
Key = tuple[str, str]
Uniform = Callable[[float, float], float]


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a page is read at present."""

    site: str
    page_key: str
    every_s: float
    """What the user asked for."""
    interval_s: float
    """What it is now."""
    read_ms: int | None = None
    """When it was last read, however that went."""
    due_ms: int | None = None
    """When it is to be read again; None: at once."""
    failures: int = 0
    """Bad reads in a row."""

    @property
    def longest_s(self) -> float:
        """The most that may lie between two reads."""
        return max(self.every_s, min(self.every_s * BACKOFF, BACKOFF_S))

    def after(self, status: Health, *, news: bool, now_ms: int, uniform: Uniform) -> Pace:
        """Return the pace after a read: how it went, and whether it showed *news*."""
        failures = 0
        if status in GOOD:
            interval = self.interval_s / 2 if news else self.interval_s * 1.25
            interval = min(max(interval, self.every_s * LIVELIEST), self.every_s)
        elif status == "suspect":
            # It is believed once it has said the same often enough: no reason to ask more seldom.
            interval = self.every_s
        else:
            failures = self.failures + 1
            interval = min(self.every_s * 2.0 ** min(failures - 1, 20), self.longest_s)
        due_ms = now_ms + int(interval * uniform(1 - JITTER, 1 + JITTER) * 1000)
        return replace(self, interval_s=interval, read_ms=now_ms, due_ms=due_ms, failures=failures)

    def at(self, every_s: float) -> Pace:
        """Return the pace for another interval of the user, the last read kept."""
        if every_s == self.every_s:
            return self
        new = replace(self, every_s=every_s, interval_s=every_s)
        due_ms = None if self.read_ms is None else self.read_ms + int(every_s * 1000)
        return replace(new, due_ms=due_ms)

    def wait_s(self, now_ms: int) -> float:
        """Return the seconds until it is due; 0 when it is, or when the clock makes no sense."""
        if self.due_ms is None:
            return 0.0
        left_s = (self.due_ms - now_ms) / 1000
        # Farther away than any interval: the clock was set back.
        return 0.0 if left_s > self.longest_s * (1 + JITTER) + 1 else max(0.0, left_s)
