"""The jobs that fit, for the live screen of a watch: read from the database now and then, and marked in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import anyio
import anyio.to_thread

from jpt.catalogue.marking import MARKED
from jpt.catalogue.openings import Opening
from jpt.catalogue.query import Query, answer
from jpt.catalogue.view import JobsView
from jpt.cli.jobs_table import facts_of, marked, proof
from jpt.errors import JptError
from jpt.models.postings import Stage
from jpt.observers.screen.navigation import JobRow, Navigation
from jpt.settings import Settings
from jpt.store import Store
from jpt.text.clock import local_time, wall_clock

LOOK_S = 1.0
"""How often to check whether the list has to be read again."""
SHARE = 0.01
"""Reading it takes at most this share of one core…"""
LATEST_S = 30.0
"""…but it is read at least this often, in seconds: other programs mark jobs, too."""


@dataclass(eq=False, slots=True)
class LiveJobs:
    """What the live screen lists. Each read opens the database anew: it may be moved or restored meanwhile."""

    settings: Callable[[], Settings]
    navigation: Navigation
    clock: Callable[[], int] = wall_clock
    version: int = 0
    """Changes with the list."""
    _view: JobsView | None = None
    _marked: list[list[str]] = field(default_factory=list)
    """Addresses that were marked here, together with each key."""
    _one: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(1))

    async def follow(self, news: Callable[[], int]) -> None:
        """Read the list when the number *news* changes, and now and then; until cancelled."""
        seen, next_at, latest = -1, 0.0, 0.0
        while True:
            now = time.monotonic()
            if (news() != seen and now >= next_at) or now >= latest + LATEST_S:
                seen, latest = news(), now
                await self.refresh()
                next_at = now + (time.monotonic() - now) / SHARE
            await anyio.sleep(LOOK_S)

    async def refresh(self) -> None:
        """Read the list now; the screen shows what is wrong with database or rules."""
        try:
            listed, left_out = await anyio.to_thread.run_sync(self._read, limiter=self._one)
        except JptError as exc:
            self.navigation.said = exc.sentence
        else:
            self.navigation.take(listed, left_out)
        self.version += 1

    async def search(self, words: str) -> None:
        """Find the jobs whose posts hold *words*, as far as they are indexed."""
        try:
            found = await anyio.to_thread.run_sync(self._found, words, limiter=self._one)
        except JptError:
            found = frozenset()
        if words == self.navigation.words:
            self.navigation.found = found
            self.version += 1

    async def mark(self, job: JobRow, stage: Stage) -> None:
        """Mark a job, in all of its places."""
        await self._write(partial(self._mark, job, stage), f"{MARKED[stage]} {job.title}. u undoes it.")

    async def undo(self) -> None:
        """Take back the last mark."""
        await self._write(self._undo, "")

    async def _write(self, act: Callable[[], str], said: str) -> None:
        try:
            answered = await anyio.to_thread.run_sync(act, limiter=self._one)
        except JptError as exc:
            said, answered = "", exc.sentence
        await self.refresh()
        self.navigation.said = said or answered
        self.version += 1

    # --- In the thread that may use the database ---

    def _read(self) -> tuple[list[JobRow], int]:
        settings = self.settings()
        if not settings.db.exists():
            return [], 0
        with Store.open(settings.db) as store:
            if self._view is None or self._view.filters != settings.filters:
                self._view = JobsView.of(store, settings)
            self._view.max_years = settings.max_years
            self._view.use(store)
            found = answer(self._view.postings(), Query())
        today = _day(self.clock())
        return [_listed(one, today) for one in found.jobs], found.jobs_do_not_fit

    def _found(self, words: str) -> frozenset[int]:
        with Store.open(self.settings().db) as store:
            return frozenset(store.catalogue.ranks(words) or ())

    def _mark(self, job: JobRow, stage: Stage) -> str:
        with Store.open(self.settings().db) as store:
            # The list may be some seconds old: keep what was noted since.
            urls = [url for url in map(store.catalogue.url, job.numbers) if url]
            if urls:
                first, *also = urls
                store.marks.put(first, replace(store.marks.of(first), stage=stage), also=also)
        self._marked.append(urls)
        return ""

    def _undo(self) -> str:
        with Store.open(self.settings().db) as store:
            urls = self._marked.pop() if self._marked else [store.marks.last_changed()]
            undone = [url for url in urls if url and store.marks.undo(url)]
        return "Undone." if undone else "There is no mark to undo."


def _listed(one: Opening, today: str) -> JobRow:
    first = one.first
    news = first.news
    places = dict.fromkeys(posting.news.location for posting in one.postings if posting.news.location)
    return JobRow(
        numbers=tuple(posting.stored.number for posting in one.postings),
        id=first.id,
        years=news.experience.shown,
        title=news.title,
        company=news.site,
        place=" / ".join(places),
        facts=" · ".join(facts_of(news)),
        proof=proof(news),
        mark=marked(first),
        url=news.url,
        found_ts_ms=news.found_ts_ms,
        is_new=news.is_news and _day(news.found_ts_ms) == today,
    )


def _day(ts_ms: int) -> str:
    return f"{local_time(ts_ms):%Y-%m-%d}"
