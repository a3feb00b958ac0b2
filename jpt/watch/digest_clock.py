"""When a watch sends digests: when all is read that waited, and in between where that takes long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from jpt.text.timetable import Timetable

LOOK_S = 300.0
"""How often to check whether a digest is due, while no page and no post is read."""
BACKLOG_S = 900.0
"""Shortest time between two digests while posts wait: a first look at many sites must not send fifty mails."""


@dataclass(eq=False, slots=True)
class DigestClock:
    """The clock of one watch."""

    clock: Callable[[], int]
    """The wall clock, in milliseconds."""
    look_at: float = field(init=False, default=0.0)
    """When to check next whether a digest is due, on the monotonic clock."""
    _backlog_since: float | None = field(init=False, default=None)
    """Since when posts wait that no digest names; None when there are none."""

    def is_due(self, timetable: Timetable, *, was_busy: bool, has_backlog: bool, since: float) -> bool:
        """Return whether digests are to be sent after a cycle that started at *since*, on the monotonic clock."""
        if not has_backlog:
            self._backlog_since = None
            return was_busy or monotonic() >= self.look_at
        if self._backlog_since is None:
            self._backlog_since = since
        # Times that the user has named are kept, whatever waits.
        return bool(timetable.at) or monotonic() >= self._backlog_since + BACKLOG_S

    def restart(self, timetable: Timetable) -> None:
        """Count from now on: digests are being sent."""
        now_ms = self.clock()
        left_s = (timetable.next_after(now_ms) - now_ms) / 1000 if timetable.at else LOOK_S
        self.look_at = monotonic() + min(LOOK_S, max(1.0, left_s))
        self._backlog_since = None
