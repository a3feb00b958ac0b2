"""JSON-LD of a list page: schema.org JobPostings that stand in the page as it is sent."""

from __future__ import annotations

from jpt.errors import FeedFault
from jpt.feeds.declared import WithPages, declared
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, merged
from jpt.feeds.shape import text_at
from jpt.models.pages import FeedJob
from jpt.text.html import json_ld_of
from jpt.text.json_ld import postings


class JsonLd(WithPages):
    """A page that declares all that it lists. Recognised from the page alone."""

    name = "json-ld"
    title = "the page's JSON-LD"

    def board(self, address: Address) -> Board | None:
        """Give None: no address tells."""
        return None

    def page(self, address: Address) -> Board:
        """Take the page at *address* as a list that declares its jobs."""
        return Board(self.name, address.host, address.url, address.origin)

    def parse(self, board: Board, text: str) -> Batch:
        """Read the page's declarations; those without an address of their own are no list."""
        jobs = []
        for posting in postings(json_ld_of(text)):
            url = text_at(posting, "url") or text_at(posting, "@id")
            if not url.startswith(("http://", "https://")):
                raise FeedFault("the page declares a job without its address")
            jobs.append(declared(posting, url=url))
        return Batch(tuple(jobs))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Make one request."""
        jobs = merged(self.parse(board, await client.get(board.site, accept="text/html")).jobs)
        if not jobs:
            raise FeedFault("the page no longer declares a job")
        return jobs
