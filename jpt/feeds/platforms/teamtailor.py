"""Teamtailor: a JSON Feed (jsonfeed.org) whose entries carry a schema.org JobPosting."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from jpt.errors import FeedFault
from jpt.feeds.declared import declared
from jpt.feeds.paging import by_links, either, to_the_end
from jpt.feeds.platforms.rss import entries
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, Platform, made, unclear
from jpt.feeds.shape import Node, address_in, day, loaded, need, no_further, node, rows, text_at, text_of
from jpt.models.pages import FeedJob

PAGE = 100
"""Entries of an answer of the RSS."""
_NUMBER = re.compile(r"(\d+)(?:-|$)")
_OTHERS = frozenset({"www", "app", "api", "docs", "support"})


class Teamtailor(Platform):
    """Boards at {company}.teamtailor.com."""

    name = "teamtailor"
    title = "Teamtailor"
    marks = r"teamtailor-cdn\.com"

    def board(self, address: Address) -> Board | None:
        """Recognise a board from its pages and feeds."""
        company = address.host.removesuffix(".teamtailor.com")
        if company == address.host or company.split(".")[0] in _OTHERS:
            return None
        steps = [step for step in address.path if step not in {"jobs.json", "jobs.rss"}]
        further = unclear(address, "ittk", "split_view", steps=steps)
        return Board(self.name, address.host, origin=address.origin, unclear=further)

    def key(self, address: Address) -> str | None:
        """Know a post by its number."""
        found = _NUMBER.match(address.after("jobs")) if address.host.endswith(".teamtailor.com") else None
        return f"teamtailor:{found[1]}" if found else None

    def parse(self, board: Board, text: str) -> Batch:
        """Read one part of the feed; it is there as RSS too."""
        if text.lstrip().startswith("<"):
            jobs = entries(text, "Teamtailor's RSS")
            return Batch(tuple(replace(job, keys=_keys(job.url) or job.keys) for job in jobs))
        answer = node(loaded(text, self.title), "Teamtailor's feed")
        if not text_at(answer, "version").startswith("https://jsonfeed.org/version/1"):
            raise FeedFault("Teamtailor's feed is no JSON Feed: its shape has changed")
        listed = rows(answer.get("items"), "Teamtailor's list of items")
        no_further({name: value for name, value in answer.items() if name != "next_url"})
        return Batch(made(listed, self._job), further=text_of(answer.get("next_url")))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Request the JSON Feed, or the RSS where there is none."""
        return await either(partial(self._by_links, board, client), partial(self._by_offsets, board, client))

    async def _by_offsets(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        async def step(offset: int) -> Batch:
            api = f"https://{board.token}/jobs.rss?per_page={PAGE}&offset={offset}"
            return self.parse(board, await client.get(api, accept="application/rss+xml, application/xml"))

        # How many an answer holds at most nobody says: only an empty one is the end.
        return await to_the_end(await step(0), step, size=1, title="Teamtailor's RSS", thorough=True)

    async def _by_links(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        async def get(url: str) -> Batch:
            return self.parse(board, await client.get(url))

        first = await get(f"https://{board.token}/jobs.json")
        return await by_links(first, get, host=board.token, title="Teamtailor's feed")

    def _job(self, item: Node) -> FeedJob:
        url = address_in(item, "url", "an item of Teamtailor")
        posting = item.get("_jobposting")
        text = text_at(item, "content_html") or text_at(item, "content_text")
        return declared(
            posting if isinstance(posting, dict) else {},
            url=url,
            title=need(item, "title", "an item of Teamtailor"),
            keys=_keys(url) or (f"teamtailor:{need(item, 'id', 'an item of Teamtailor')}",),
            html=text,
            posted=day(item.get("date_published")),
        )


def _keys(url: str) -> tuple[str, ...]:
    """Give the name of the post at *url* on whichever host, if its path ends with one."""
    address = Address.of(url)
    own = _NUMBER.match(address.path[-1]) if address and address.path else None
    return (f"teamtailor:{own[1]}",) if own else ()
