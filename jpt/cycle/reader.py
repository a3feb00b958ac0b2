"""Lists and posts, each read by the way that has proved right for it.

    listed      the route of the page (`way.py`) → by its feed, or by the page → known addresses → what is missing
    by_feed     the whole list, or a fault and then the page; compared with the page now and then
    by_http     its document as the server sends it, where that is known to hold the list and is as it was
    by_page     what the browser shows; where that is all of a board, its feed is used from then on
    post        what came with the list, or what the feed says of it; else the browser is to read it

One bad answer closes nothing: known jobs that are missing stay open until the page attests that they are gone, or
until they were missed often and long enough (`feeds/absent.py`); a list that was read in part closes none.
"""

from __future__ import annotations

import logging
from dataclasses import replace

from jpt.cycle.by_feed import FeedReader
from jpt.cycle.by_http import HttpReader
from jpt.cycle.by_page import PageReader
from jpt.cycle.guarded import apply, ends_here
from jpt.cycle.known_jobs import with_known_addresses, with_missing
from jpt.cycle.sources import NOT_GIVEN, Browse, Sources
from jpt.cycle.store_calls import StoreCalls
from jpt.cycle.way import Way, route
from jpt.feeds.board_listing import completed
from jpt.feeds.stored_post import post_page, unpacked
from jpt.models.jobs import Task
from jpt.models.pages import GOOD, Company, ListRead, PageRead
from jpt.net.http import Http
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.feeds import FeedState

log = logging.getLogger(__name__)


class Reader:
    """Reads lists and posts."""

    def __init__(self, settings: Settings, store: Store, http: Http, browse: Browse, db: StoreCalls) -> None:
        self._sources = Sources(store, http, browse, db)
        self._uses_feeds = settings.feeds != "off"
        self._is_cheap = settings.cheap == "auto"
        self._pages = PageReader(self._sources, self._uses_feeds)
        self._feeds = FeedReader(self._sources, self._pages)
        self._documents = HttpReader(self._sources)

    async def listed(self, company: Company, *, anew: bool = False, keep: bool = True) -> ListRead:
        """Read the list of *company*; raises PageFault, NotAPage or Outage.

        With *anew* nothing known from earlier reads counts. With *keep* the posts that came with the list are
        stored for whoever reads them.
        """
        sources = self._sources
        before = await sources.db(sources.store.feeds.state, company)
        way = await self._way(company, FeedState() if anew else before, anew=anew)
        way = replace(way, read=await with_known_addresses(sources, company, way.read, keep=keep))
        if way.read.status not in GOOD:
            # Whether the next read may close anything depends on the way of the last good one.
            way = replace(way, state=replace(way.state, via=before.via))
        elif not anew:
            way = await with_missing(sources, company, way)
        if way.state != before:
            await sources.db(sources.store.feeds.note, company, way.state)
        if way.is_provable:
            way = replace(way, read=await self._documents.prove(company, way.read))
        # The answers to its scripts are no longer needed, and can be megabytes.
        return replace(way.read, page=replace(way.read.page, heard=()))

    async def post(self, task: Task) -> PageRead | None:
        """Give the post of *task* from the feed that listed it; None when the browser is to read it."""
        kept = await self._sources.db(self._sources.store.feeds.post, task)
        if kept is None:
            return None
        try:
            found = await apply(unpacked, kept)
            if found is None:
                return None
            job, board = found
            with ends_here():
                whole = await completed(board, job, self._sources.http)
            return await apply(post_page, whole, task.url, board.feed) if whole is not None else None
        except NOT_GIVEN as exc:
            log.info("%s is rendered: %s", task.url, exc.sentence)
            return None

    async def _way(self, company: Company, state: FeedState, *, anew: bool) -> Way:
        found = route(company, state, feeds=self._uses_feeds, cheap=self._is_cheap)
        if found.by == "feed" and found.board is not None:
            return await self._feeds.read(company, state, found.board)
        if found.by == "http" and not anew and (known := await self._documents.read(company, state)) is not None:
            return known
        way = await self._pages.read(company, state, found.board, found.why)
        return replace(way, is_provable=found.by == "http")
