"""A circuit breaker per host or endpoint: what fails several times in a row is left alone for a while."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

TRIPS_AT = 3
"""Outages in a row after which a circuit opens."""
FIRST_PAUSE_S = 30.0
"""How long it is open the first time; twice as long each time that its trial fails."""
LONGEST_PAUSE_S = 900.0


@dataclass(slots=True)
class Breakers:
    """The circuits of one process, by any key."""

    time_s: Callable[[], float] = monotonic
    _failed: Counter[str] = field(default_factory=Counter)
    _open_until: dict[str, float] = field(default_factory=dict)

    def failed(self, key: str) -> float | None:
        """Note an outage; gives for how many seconds to leave *key* alone, if that opens its circuit.

        While it is open, late failures of work that had begun before do not count. After that one failure, that
        of the trial, opens it again.
        """
        if self.open_s(key):
            return None
        self._failed[key] += 1
        times = self._failed[key] - TRIPS_AT
        if times < 0:
            return None
        pause_s = min(FIRST_PAUSE_S * 2.0**times, LONGEST_PAUSE_S)
        self._open_until[key] = self.time_s() + pause_s
        return pause_s

    def worked(self, key: str) -> None:
        """Note a success: the circuit is closed."""
        self._failed.pop(key, None)
        self._open_until.pop(key, None)

    def open_s(self, key: str) -> float:
        """Give for how many seconds *key* is still to be left alone; 0 when it may be tried."""
        return max(0.0, self._open_until.get(key, 0.0) - self.time_s())
