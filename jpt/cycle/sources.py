"""What lists are read from: feeds by HTTP, pages in the browser, and what the store knows of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from jpt.cycle.guarded import apply, ends_here
from jpt.cycle.store_calls import StoreCalls
from jpt.errors import FeedFault, NotAPage, NotYet, Outage, PageFault
from jpt.extract.listing import judged
from jpt.feeds.board_listing import BoardListing, listing
from jpt.feeds.protocol import Board
from jpt.models.pages import Company, ListRead, PageRead
from jpt.net.http import Http, Response, Validators
from jpt.store import Store
from jpt.store.feeds import KnownLinks

NOT_GIVEN = (FeedFault, PageFault, Outage, NotAPage)
"""The faults of a feed or an answer that cannot be used."""

Browse = Callable[[str], Awaitable[PageRead]]
"""Reads a careers page in the browser; raises PageFault, NotAPage or Outage."""


HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
"""What Chromium accepts for a page."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the readers of lists get what they need."""

    store: Store
    http: Http
    browse: Browse
    db: StoreCalls

    async def known(self, company: Company) -> KnownLinks:
        """Give all links that the site ever showed."""
        return await self.db(self.store.feeds.known, company)

    async def listing(
        self, board: Board, validators: Validators | None = None, *, thorough: bool = True
    ) -> BoardListing:
        """Read all of *board*; raises FeedFault, Unchanged, Outage or PageFault, and nothing else."""
        with ends_here():
            return await listing(board, self.http, validators, thorough=thorough)


async def judged_listing(found: BoardListing, url: str, seconds: float = 0.0) -> ListRead:
    """Judge what a feed lists as the read of the page *url*."""
    return await apply(judged, found.page(url, seconds), url)


async def get_once(
    http: Http, url: str, validators: Validators, *, accept: str, most: int, agent: str
) -> Response | None:
    """Give the answer to GET *url* without retries; None if it fails. Raises NotYet."""
    try:
        with ends_here():
            return await http.get(url, validators, accept=accept, most=most, agent=agent, once=True)
    except NotYet:
        raise
    except NOT_GIVEN:
        return None
