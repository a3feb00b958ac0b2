"""Manatal: ten jobs an answer with their texts, the number of all, and where the next answer is."""

from __future__ import annotations

import re
from urllib.parse import quote

from jpt.feeds.paging import by_links, complete, total_of
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, Platform, made, unclear
from jpt.feeds.shape import Node, count, day, joined, loaded, need, no_further, node, rows, text_at, text_of
from jpt.models.pages import FeedJob

_HOSTS = frozenset({"www.careers-page.com", "careers-page.com"})
_API = "core.api.manatal.com"
_HASH = re.compile(r"[0-9A-Z]{6,12}", re.IGNORECASE)


class Manatal(Platform):
    """Boards at careers-page.com/{company}."""

    name = "manatal"
    title = "Manatal"

    def board(self, address: Address) -> Board | None:
        """Recognise a board from its pages and API."""
        steps = list(address.path)
        if address.host == _API and "career-page" in steps[:-1]:
            return Board(self.name, steps[steps.index("career-page") + 1])
        if address.host not in _HOSTS or not steps:
            return None
        origin = f"https://www.careers-page.com/{quote(steps[0])}"
        return Board(self.name, steps[0], origin=origin, unclear=unclear(address, "page", steps=steps[1:]))

    def key(self, address: Address) -> str | None:
        """Know a job by its hash."""
        if address.host not in _HOSTS or "job" not in address.path[1:-1]:
            return None
        found = address.path[address.path.index("job", 1) + 1]
        return f"manatal:{found.upper()}" if _HASH.fullmatch(found) else None

    def parse(self, board: Board, text: str) -> Batch:
        """Read one answer."""
        answer = node(loaded(text, self.title), "Manatal's answer")
        no_further({name: value for name, value in answer.items() if name != "next"})
        listed = rows(answer.get("results"), "Manatal's list of jobs")
        jobs = made(listed, lambda item: self._job(board, item))
        return Batch(jobs, count(answer, "count"), text_of(answer.get("next")))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Follow the links from answer to answer; the first one says how many jobs there are."""

        async def get(url: str) -> Batch:
            return self.parse(board, await client.get(url))

        first = await get(f"https://{_API}/open/v3/career-page/{quote(board.token)}/jobs/")
        total = total_of(first, self.title)
        return complete(await by_links(first, get, host=_API, title="Manatal's feed"), total, self.title)

    def _job(self, board: Board, item: Node) -> FeedJob:
        name = need(item, "hash", "a job of Manatal")
        place = joined(text_at(item, "city"), text_at(item, "state"), text_at(item, "country"))
        return FeedJob(
            url=f"https://www.careers-page.com/{quote(board.token)}/job/{name}",
            title=need(item, "position_name", "a job of Manatal"),
            keys=(f"manatal:{name.upper()}",),
            location=text_at(item, "location_display") or place,
            html=text_at(item, "description"),
            posted=day(item.get("published_at")),
            employment=text_at(item, "contract_details").replace("_", " "),
            remote=item.get("is_remote") is True,
        )
