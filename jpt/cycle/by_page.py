"""Lists read by their page in the browser; if it shows a whole board, its feed is used from then on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jpt.cycle import way as ways
from jpt.cycle.guarded import apply
from jpt.cycle.sources import NOT_GIVEN, Sources, judged_listing
from jpt.cycle.way import COMPARE_AFTER_MS, Way
from jpt.extract.listing import judged, possible_jobs
from jpt.feeds.protocol import Board, asks_for
from jpt.feeds.registry import GENERIC, MOST_BOARDS, board_at, boards_on
from jpt.models.pages import Company
from jpt.models.ways import WayReason, Why
from jpt.store.feeds import FeedState
from jpt.text.clock import is_within


@dataclass(eq=False, slots=True)
class PageReader:
    """Reads lists by their pages; the feeds of boards that they show bring the posts."""

    sources: Sources
    feeds: bool
    """Whether feeds may be used at all."""

    async def read(self, company: Company, before: FeedState, board: Board | None, why: Why) -> Way:
        """Read the page of *company*; raises PageFault, NotAPage or Outage."""
        sources = self.sources
        page = await sources.browse(company.url)
        read = await apply(judged, page, company.url)
        state = replace(ways.asked_anew(before), via="browser", why=why)
        way = Way(read, state, is_whole=ways.shows_all_open(before, read))
        if ways.wants_browser(company, feeds=self.feeds) or read.status not in {"ok", "empty"}:
            return way
        if read.status == "empty":
            return await self._by_its_board(company, way)
        known = await sources.known(company)
        fresh = [link for link in possible_jobs(read) if not known.has(link.url)]
        helps = board is not None or state.why.reason is WayReason.PAGE_DECIDES
        if is_within(state.compared_ts_ms, sources.store.clock(), COMPARE_AFTER_MS) and not (fresh and helps):
            return way
        boards = [board.whole] if board else list(boards_on(page))[:MOST_BOARDS]
        own = board is None and board_at(company.url) is None
        way = replace(way, state=replace(state, why=Why() if own else why, compared_ts_ms=sources.store.clock()))
        for candidate in boards:
            way, is_found = await self._with_board(company, way, candidate, own=own)
            if is_found:
                break
        return way

    async def _by_its_board(self, company: Company, way: Way) -> Way:
        """Read a page that shows nothing at all by the one board that it embeds: its script may not have come."""
        boards = boards_on(way.read.page)
        is_one = len(boards) == 1 and boards[0].feed not in GENERIC
        if not is_one or board_at(company.url) or asks_for(company.url):
            return way
        try:
            found = await self.sources.listing(boards[0])
        except NOT_GIVEN as exc:
            return way.because(Why(WayReason.DOUBTED, exc.reason_for(company.url)))
        return ways.only_board(way, await judged_listing(found, company.url), found, self.sources.store.clock())

    async def _with_board(self, company: Company, way: Way, board: Board, *, own: bool) -> tuple[Way, bool]:
        """Compare a page with a *board* that it embeds; gives also whether the page lists that board."""
        try:
            found = await self.sources.listing(board)
        except NOT_GIVEN as exc:
            return way.because(Why(WayReason.DOUBTED, exc.reason_for(company.url))), False
        by_feed = await judged_listing(found, company.url)
        return await apply(lambda: ways.page_and_board(company, way, by_feed, found, own=own))
