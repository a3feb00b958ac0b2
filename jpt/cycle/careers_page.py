"""The search for a company's list of jobs, from any of its pages, before it is watched."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Self

import anyio
import anyio.to_thread

from jpt.browser.pool.pool import BrowserPool
from jpt.cycle.by_http import found_beside
from jpt.cycle.contents import ListSource
from jpt.cycle.guarded import ends_here
from jpt.cycle.link_checker import LinkChecker, dry_looks
from jpt.cycle.sources import NOT_GIVEN, judged_listing
from jpt.cycle.visits import unless_lost
from jpt.cycle.way import compared_why
from jpt.errors import TaskError
from jpt.extract.links import career_pages, is_home
from jpt.extract.listing import judged, possible_jobs
from jpt.feeds.board_listing import listing
from jpt.feeds.compare import compared
from jpt.feeds.registry import MOST_BOARDS, board_at, boards_on
from jpt.identity.aggregators import cannot_read
from jpt.models.events import Report
from jpt.models.pages import GOOD, Link, ListRead, PageRead
from jpt.models.ways import WayReason, Why
from jpt.net.http import Http
from jpt.settings import Settings
from jpt.text.clock import wall_clock

MOST_FOLLOWED = 6
"""Pages looked at on the way from a home page to the list."""
LONGEST_S = 300.0
"""Longest search; then the best page so far is taken."""
FEW = 3
"""Jobs below which a page may be a teaser of the list."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class FeedLook:
    """What the feed of a page was found to be."""

    board: str
    """Platform and company, like `greenhouse:tern`."""
    jobs: int | None
    """How many it lists; None if it is not believed."""
    why: Why
    """How it compares with the page, or why it is not believed."""
    asks_for: str = ""
    """A filter in the address that the feed does not know."""


@dataclass(frozen=True, slots=True)
class CareersPage:
    """What a careers page shows, and how it was found."""

    url: str
    read: ListRead | None
    fault: str = ""
    followed: tuple[str, ...] = ()
    """The pages that led to it."""
    feed: FeedLook | None = None
    """The board's public feed, and how it compares with the page."""
    source: ListSource | None = None
    """What holds the list without a browser, where that was looked for."""
    is_sought: bool = False
    """Whether it was looked for."""
    elsewhere: str = ""
    """Why its jobs cannot be read, where they are on a site such as LinkedIn."""

    @property
    def asked(self) -> str:
        """The address that was given."""
        return self.followed[0] if self.followed else self.url

    @property
    def jobs(self) -> list[Link]:
        """The links that are jobs, or may be."""
        return possible_jobs(self.read) if self.read is not None else []

    @property
    def is_good(self) -> bool:
        """Whether the page could be read."""
        return self.read is not None and self.read.status in GOOD


@dataclass(eq=False, slots=True)
class Scout:
    """Looks for lists; use `Scout.open`."""

    settings: Settings
    looks: LinkChecker
    say: Say

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings, pool: BrowserPool, report: Report, say: Say) -> AsyncIterator[Self]:
        """Open a search for the length of the block; *say* is called with each link that is followed."""
        # A page whose links look like jobs will do; whether each is one, the next run finds out.
        async with dry_looks(settings, pool, report, doubts_sure=False) as looks:
            yield cls(settings, looks, say)

    async def find(self, url: str) -> CareersPage:
        """Look at the page; from a home page or one without jobs follow the links to its careers page."""
        if sentence := cannot_read(url):
            return CareersPage(url, None, sentence, elsewhere=sentence)
        found = [CareersPage(url, None, f"{url} was not read within {LONGEST_S:.0f} s.")]
        with anyio.move_on_after(LONGEST_S):
            await self._follow(url, found)
        best = max(found, key=_worth)
        return await self._compared(best)

    async def _compared(self, look: CareersPage) -> CareersPage:
        """Add the feed or the source that holds the list as well."""
        if self.settings.feeds == "auto" and not look.elsewhere:
            look = replace(look, feed=await _look_at_feed(look.url, look.read, self.looks.visits.http))
        if self.settings.cheap == "auto" and look.feed is None and look.read is not None:
            found = await found_beside(self.looks.visits.http, look.read, wall_clock())
            look = replace(look, source=found.source if found else None, is_sought=True)
        return look

    async def _follow(self, url: str, found: list[CareersPage]) -> None:
        """Replace the content of *found* by the pages that were read."""
        first, page = await self._one(url)
        found[:] = [first]
        if page is None or (first.jobs and not is_home(url)):
            return
        waiting, seen = list(career_pages(page)[:3]), [url]
        while waiting and len(seen) < MOST_FOLLOWED and not any(_is_enough(look) for look in found):
            following = waiting.pop(0)
            if following in seen:
                continue
            if sentence := cannot_read(following):
                found[0] = replace(found[0], elsewhere=found[0].elsewhere or sentence)
                continue
            self.say(f"Few jobs there; trying {following} …")
            look, page = await self._one(following)
            found.append(replace(look, followed=tuple(seen)))
            seen.append(following)
            if page is not None and not look.jobs:
                waiting = [*career_pages(page)[:2], *waiting]

    async def _one(self, url: str) -> tuple[CareersPage, PageRead | None]:
        try:
            with ends_here():
                page = await unless_lost(partial(self.looks.visits.list_page, url))
                read = await anyio.to_thread.run_sync(judged, page, url)
                # The links of a home page are not opened for jobs: its careers page is searched for instead.
                return CareersPage(url, read if is_home(url) else await self.looks.decided(url, read)), page
        except TaskError as exc:
            return CareersPage(url, None, exc.sentence), None


def _is_enough(look: CareersPage) -> bool:
    return len(look.jobs) >= FEW and not is_home(look.url)


def _worth(look: CareersPage) -> tuple[int, bool, bool]:
    # What a home page shows are teasers; a careers page without jobs is still better to watch than a home page.
    jobs = min(len(look.jobs), FEW - 1) if is_home(look.url) else len(look.jobs)
    return jobs, look.read is not None and look.read.status == "none", look.is_good and bool(look.followed)


async def _look_at_feed(url: str, read: ListRead | None, http: Http) -> FeedLook | None:
    """Find the feed of the page at *url* and compare it with what the page showed; None where there is none."""
    board = board_at(url)
    boards = [board] if board else list(boards_on(read.page))[:MOST_BOARDS] if read is not None else []
    faults = []
    for candidate in boards:
        try:
            with ends_here():
                found = await listing(candidate.whole, http)
        except NOT_GIVEN as exc:
            reason = WayReason.DOUBTED if candidate.has_feed else WayReason.NO_FEED
            what = exc.sentence if candidate.has_feed else candidate.feed
            faults.append(FeedLook(candidate.name, None, Why(reason, what)))
            continue
        if read is None or not read.links:
            return FeedLook(candidate.name, len(found.jobs), Why(WayReason.NOTHING_SHOWN))
        seen = compared(await judged_listing(found, url), read)
        if not board and not seen.both:
            continue
        asks_for = candidate.unclear[0] if candidate.unclear else ""
        return FeedLook(candidate.name, len(found.jobs), compared_why(seen), asks_for)
    return next(iter(faults), None)
