"""When each page is read again: its own interval, jitter, more often where news comes, less where it fails. Pure.

The wall clock decides, for a laptop that slept must notice it; a clock that was set back or forward, by
however much, leads to one read of each page.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Container, Iterable
from dataclasses import replace

from jpt.identity.urls import key_of, page_of
from jpt.models import events
from jpt.models.pace import JITTER, Key, Pace, Uniform
from jpt.models.pages import Company, Health

TOGETHER = 0.2
"""What is due within this part of its interval is read along with what is due now: one wake-up serves many."""
OFFLINE_S = 30.0
"""After an outage of the network, pages are tried again this soon."""


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
        self._companies = {page_of(company): company for company in companies}
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
        """Start a cycle."""
        self._before.clear()

    def due(self) -> list[Company]:
        """Return the pages to read now, each once until it is `read`, skipped or given up; empty if none."""
        now_ms = self._clock()
        waits = {key: pace.wait_s(now_ms) for key, pace in self._paces.items() if key not in self._reading}
        if not any(wait_s <= 0 for wait_s in waits.values()):
            return []
        together = [key for key, wait_s in waits.items() if wait_s <= self._paces[key].interval_s * TOGETHER]
        self._reading.update(together)
        return [self._companies[key] for key in together]

    def wait_s(self) -> float | None:
        """Return the seconds until the next page is due; None when there is none."""
        now_ms = self._clock()
        waits = [pace.wait_s(now_ms) for key, pace in self._paces.items() if key not in self._reading]
        return min(waits, default=None)

    def read(self, site: str, url: str, status: Health, *, news: bool) -> None:
        """Note how a page was read; the first read of a page has no news, whatever it shows."""
        key = site, key_of(url)
        self._reading.discard(key)
        if pace := self._paces.get(key):
            self._before.setdefault(key, pace)
            news = news and pace.read_ms is not None
            self._paces[key] = pace.after(status, news=news, now_ms=self._clock(), uniform=self._uniform)

    def skip(self, site: str, url: str, wait_s: float | None) -> None:
        """Note that a page was not read: it is due after its interval, or when its host may be visited again."""
        key = site, key_of(url)
        self._reading.discard(key)
        if pace := self._paces.get(key):
            # No page is due later than its longest interval: that would look like a clock that was set back.
            due_s = min(pace.interval_s if wait_s is None else wait_s, pace.longest_s)
            due_s *= self._uniform(1.0, 1 + JITTER)
            self._paces[key] = replace(pace, due_ms=self._clock() + int(due_s * 1000))

    def give_up(self, companies: Iterable[Company]) -> None:
        """Give up pages that were not read after all: they are still due."""
        self._reading.difference_update(map(page_of, companies))

    def hurry(self, sites: Container[str] | None = None) -> None:
        """Make all pages (or those of *sites*) due now; those that are being read are not read twice."""
        self._paces = {
            key: pace
            if key in self._reading or (sites is not None and key[0] not in sites)
            else replace(pace, due_ms=None)
            for key, pace in self._paces.items()
        }

    def offline(self) -> None:
        """Note that this cycle's pages failed for want of a network: soon again, and no failure of theirs."""
        now_ms = self._clock()
        for key, before in self._before.items():
            if key in self._paces and self._paces[key].failures > before.failures:
                wait_s = min(before.every_s, OFFLINE_S) * self._uniform(1 - JITTER, 1 + JITTER)
                self._paces[key] = replace(before, due_ms=now_ms + int(wait_s * 1000))

    def due_times(self, *pages: tuple[str, str]) -> list[events.PageDue]:
        """Return when each page (or each of *pages*, by site and URL) is due, as far as they were read before."""
        keys = [(site, key_of(url)) for site, url in pages] or list(self._paces)
        known = ((self._companies[key], self._paces[key]) for key in keys if key in self._paces)
        return [
            events.PageDue(company.name, company.url, pace.due_ms, pace.interval_s)
            for company, pace in known
            if pace.due_ms is not None
        ]

    @property
    def companies(self) -> list[Company]:
        """The pages followed."""
        return list(self._companies.values())

    @property
    def paces(self) -> list[Pace]:
        """All paces, to be kept."""
        return list(self._paces.values())
