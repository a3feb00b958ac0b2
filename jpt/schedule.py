"""When each page is read again: its own interval, jitter, more often where news comes, less where it fails. Pure.

The wall clock decides, for a laptop that slept must notice it; a clock that was set back or forward, by
however much, leads to one read of each page.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from jpt.models import Company, Health
from jpt.urls import canonical

JITTER = 0.1
"""An interval varies by so much each way, so that no site is read to the second."""
TOGETHER = 0.2
"""What is due within this part of its interval is read along with what is due now: one wake-up serves many."""
LIVELIEST = 0.5
"""A page that always has news is read at this part of its interval."""
BACKOFF = 8.0
"""A page that fails is read at most this many times more seldom…"""
BACKOFF_S = 6 * 3_600.0
"""…and at least this often, unless its own interval is longer."""
OFFLINE_S = 30.0
"""After an outage of the network, pages are tried again this soon."""

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
        """Give the pace after a read: how it went, and whether it showed *news*."""
        failures = 0
        if status in {"ok", "none"}:
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
        """Give the pace for another wish of the user, the last read kept."""
        if every_s == self.every_s:
            return self
        new = replace(self, every_s=every_s, interval_s=every_s)
        due_ms = None if self.read_ms is None else self.read_ms + int(every_s * 1000)
        return replace(new, due_ms=due_ms)

    def wait_s(self, now_ms: int) -> float:
        """Give the seconds until it is due; 0 when it is, or when the clock makes no sense."""
        if self.due_ms is None:
            return 0.0
        left_s = (self.due_ms - now_ms) / 1000
        # Farther away than any interval: the clock was set back.
        return 0.0 if left_s > self.longest_s * (1 + JITTER) + 1 else max(0.0, left_s)


class Schedule:
    """The paces of all pages of the list."""

    def __init__(self, every_s: float, clock: Callable[[], int], uniform: Uniform = random.uniform) -> None:
        self._every_s = every_s
        self._clock = clock
        self._uniform = uniform
        self._companies: dict[Key, Company] = {}
        self._paces: dict[Key, Pace] = {}
        self._reading: set[Key] = set()
        self._before: dict[Key, Pace] = {}
        """What this cycle's reads have changed."""

    def __len__(self) -> int:
        return len(self._companies)

    def follow(self, companies: Iterable[Company], known: Iterable[Pace] = ()) -> None:
        """Follow this list from now on; pages that stay keep their pace, *known* ones take theirs up again."""
        self._companies = {_key(company): company for company in companies}
        before = dict(self._paces)
        for one in known:
            present = before.get(key := (one.site, one.page_key))
            if present is None or present.read_ms is None:
                before[key] = one
        self._paces = {}
        for key, company in self._companies.items():
            every_s = company.every_s or self._every_s
            pace = before.get(key)
            self._paces[key] = pace.at(every_s) if pace else Pace(*key, every_s, every_s)

    def begin(self) -> None:
        """Begin a cycle."""
        self._before.clear()

    def due(self) -> list[Company]:
        """Give the pages to read now, each once until it is `done` or given `up`; empty while none is due."""
        now_ms = self._clock()
        waits = {key: pace.wait_s(now_ms) for key, pace in self._paces.items() if key not in self._reading}
        if not any(wait_s <= 0 for wait_s in waits.values()):
            return []
        together = [key for key, wait_s in waits.items() if wait_s <= self._paces[key].interval_s * TOGETHER]
        self._reading.update(together)
        return [self._companies[key] for key in together]

    def wait_s(self) -> float | None:
        """Give the seconds until the next page is due; None when there is none."""
        now_ms = self._clock()
        waits = [pace.wait_s(now_ms) for key, pace in self._paces.items() if key not in self._reading]
        return min(waits, default=None)

    def done(self, company: Company, status: Health, *, news: bool) -> None:
        """Note how a page was read."""
        key = _key(company)
        self._reading.discard(key)
        if pace := self._paces.get(key):
            self._before.setdefault(key, pace)
            self._paces[key] = pace.after(status, news=news, now_ms=self._clock(), uniform=self._uniform)

    def up(self, companies: Iterable[Company]) -> None:
        """Give pages up that were not read after all: they are still due."""
        self._reading.difference_update(map(_key, companies))

    def hurry(self) -> None:
        """Make all pages due now; those that are being read are not read twice."""
        self._paces = {
            key: pace if key in self._reading else replace(pace, due_ms=None) for key, pace in self._paces.items()
        }

    def offline(self) -> None:
        """Note that this cycle's pages failed for want of a network: soon again, and no failure of theirs."""
        now_ms = self._clock()
        for key, before in self._before.items():
            if key in self._paces and self._paces[key].failures > before.failures:
                wait_s = min(before.every_s, OFFLINE_S) * self._uniform(1 - JITTER, 1 + JITTER)
                self._paces[key] = replace(before, due_ms=now_ms + int(wait_s * 1000))

    def find(self, site: str, url: str) -> Company | None:
        """Give the page of the list that has this name and address."""
        return self._companies.get((site, canonical(url) or url))

    def pace(self, company: Company) -> Pace:
        """Give the pace of a page of the list."""
        return self._paces[_key(company)]

    @property
    def companies(self) -> list[Company]:
        """The pages followed."""
        return list(self._companies.values())

    @property
    def paces(self) -> list[Pace]:
        """All paces, to be kept."""
        return list(self._paces.values())


def _key(company: Company) -> Key:
    return company.name, canonical(company.url) or company.url
