"""Lists read by the feed of their board; where that fails, by the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

from jpt.cycle import way as ways
from jpt.cycle.by_page import PageReader
from jpt.cycle.guarded import apply
from jpt.cycle.sources import NOT_GIVEN, Sources, judged_listing
from jpt.cycle.way import Way
from jpt.errors import EmptyFeed, TaskError, Unreachable
from jpt.extract.listing import judged
from jpt.feeds.absent import lacking
from jpt.feeds.board_listing import BoardListing
from jpt.feeds.protocol import Board, Unchanged
from jpt.identity.urls import host_of
from jpt.models.pages import GOOD, Company, Link, ListRead
from jpt.models.ways import WayReason, Why
from jpt.models.words import why_words
from jpt.net.http import Validators
from jpt.store.feeds import FeedState


@dataclass(eq=False, slots=True)
class FeedReader:
    """Reads lists by feeds; compares them with their pages now and then."""

    sources: Sources
    pages: PageReader
    _unreachable: set[str] = field(default_factory=set)
    """Hosts whose pages could not be reached to compare them: not tried for each board."""

    async def read(self, company: Company, state: FeedState, board: Board) -> Way:
        """Read the list of *company* by the feed of *board*; raises PageFault, NotAPage or Outage."""
        sources = self.sources
        is_due = ways.is_comparison_due(company, state, sources.store.clock())
        started = monotonic()
        validators = None if is_due else Validators(state.etag, state.last_modified)
        try:
            found = await sources.listing(board, validators, thorough=is_due)
        except Unchanged:
            return Way(await self._unchanged(company, board), replace(state, via="feed"))
        except NOT_GIVEN as exc:
            return await self._without_feed(company, state, board, exc)
        read = await judged_listing(found, company.url, monotonic() - started)
        known = await sources.db(sources.store.feeds.open_jobs, company)
        missing = await apply(lacking, known, found.jobs)
        way = ways.fed(state, read, found)
        if (
            is_due
            or missing
            or found.bad_rows
            or (ways.may_be_cut(found) and await self._has_news(company, found))
        ):
            return await self._compared(company, way, found, missing)
        return way

    async def _without_feed(self, company: Company, state: FeedState, board: Board, fault: TaskError) -> Way:
        """Read the page instead of a feed that cannot be read."""
        if await self._is_empty_still(company, state, fault):
            empty = ListRead(BoardListing(board, (), (), None).page(company.url), "none", fault.sentence)
            return Way(empty, replace(ways.asked_anew(state), via="feed"))
        why = Why(WayReason.DOUBTED, fault.sentence)
        try:
            way = await self.pages.read(company, state, None, why)
        except TaskError as exc:
            # Both failed: the fault of the feed is why the page was tried.
            exc.reason = f"{exc.reason.rstrip('.')}; {why_words(why)}"
            raise
        agree = way.read.status == "none" and isinstance(fault, EmptyFeed)
        return replace(way, is_whole=way.is_whole or agree)

    async def _has_news(self, company: Company, found: BoardListing) -> bool:
        known = await self.sources.known(company)
        return any(not known.has(job.url) for job in found.jobs)

    async def _compared(self, company: Company, way: Way, found: BoardListing, missing: Sequence[Link]) -> Way:
        """Read the page as well, and keep what only one of the two has."""
        page, fault = await self._page(company)
        if page is None:
            return ways.uncompared(way, found, fault, self.sources.store.clock())
        return await apply(ways.feed_and_page, company, way, found, page, missing, self.sources.store.clock())

    async def _page(self, company: Company) -> tuple[ListRead | None, str]:
        """Read a page to compare it; gives None and the reason where that fails."""
        host = host_of(company.url)
        if host in self._unreachable:
            return None, f"{host} could not be reached."
        try:
            page = await apply(judged, await self.sources.browse(company.url), company.url)
        except TaskError as exc:
            if isinstance(exc, Unreachable):
                self._unreachable.add(host)
            return None, exc.reason_for(company.url)
        return (page, "") if page.status in GOOD else (None, page.reason)

    async def _unchanged(self, company: Company, board: Board) -> ListRead:
        """Give the stored list: the board says that it is unchanged."""
        links = await self.sources.db(self.sources.store.feeds.last_links, company)
        page = BoardListing(board, (), (), None).page(company.url)
        jobs = sum(link.is_job is not False for link in links)
        return ListRead(page, "ok" if jobs else "none", "", links, jobs)

    async def _is_empty_still(self, company: Company, state: FeedState, fault: TaskError) -> bool:
        """Tell whether an empty feed agrees with the last read of the page."""
        if not isinstance(fault, EmptyFeed) or ways.is_comparison_due(company, state, self.sources.store.clock()):
            return False
        page = await self.sources.db(self.sources.store.sites.state, company)
        return page is not None and page.status == "none" and not page.failures
