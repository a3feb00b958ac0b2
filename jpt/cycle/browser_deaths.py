"""Browsers of a pool that died and were replaced, reported as they are noticed."""

from __future__ import annotations

from dataclasses import dataclass

from jpt.browser.pool.protocol import PagePool
from jpt.models import events
from jpt.models.events import Report


@dataclass(eq=False, slots=True)
class BrowserDeaths:
    """Counts the browsers of *pool* that died."""

    pool: PagePool
    report: Report
    _known: int = 0

    def check(self) -> None:
        """Report those that died since the last time."""
        died = self.pool.load.died
        if died > self._known:
            self._known, new = died, died - self._known
            self.report(events.BrowsersDied(new))
