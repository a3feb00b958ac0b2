"""Breezy: the sitemap of a board names its posts, which declare themselves; else one JSON array."""

from __future__ import annotations

from jpt.errors import FeedFault
from jpt.feeds.platforms.sitemap import HostSitemap
from jpt.feeds.protocol import Batch, Board, FeedClient, made, merged
from jpt.feeds.shape import Node, address_in, day, items, joined, loaded, need, rows, text_at
from jpt.models.pages import FeedJob


class Breezy(HostSitemap):
    """Boards at {company}.breezy.hr."""

    name = "breezy"
    title = "Breezy's sitemap"
    hosts = r"(?!www\.|app\.|api\.)[a-z0-9-]+\.breezy\.hr"
    posts = r"^/(?:[a-z]{2}(?:-[a-z]{2})?/)?p/([0-9a-f]{8,})"
    lists = r"/(?:embed|json)?"

    def parse(self, board: Board, text: str) -> Batch:
        """Read the sitemap, or the array."""
        if not text.lstrip().startswith("["):
            return super().parse(board, text)
        listed = rows(loaded(text, "Breezy's list"), "Breezy's list of positions")
        return Batch(made(listed, _job))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Request the sitemap, or the array where there is none."""
        try:
            return await super().read(board, client)
        except FeedFault:
            text = await client.get(f"https://{board.token}/json")
        return merged(self.parse(board, text).jobs)


def _job(item: Node) -> FeedJob:
    url = address_in(item, "url", "a position of Breezy")
    places = [*items(item.get("locations"))] or [item.get("location")]
    host = url.split("/")[2] if url.startswith("https://") else ""
    return FeedJob(
        url=url,
        title=need(item, "name", "a position of Breezy"),
        keys=(f"breezy:{host}/{need(item, 'id', 'a position of Breezy')}".lower(),),
        location=joined(*map(_place, places), by="; "),
        html=text_at(item, "description"),
        posted=day(item.get("published_date")),
        company=text_at(item, "company", "name"),
        department=text_at(item, "department", "name") or text_at(item, "department"),
        employment=text_at(item, "type", "name") or text_at(item, "type"),
        remote=any(isinstance(place, dict) and place.get("is_remote") is True for place in places),
        pay=text_at(item, "salary"),
        detail=url,
    )


def _place(place: object) -> str:
    state = text_at(place, "state", "name") or text_at(place, "state")
    country = text_at(place, "country", "name") or text_at(place, "country")
    return text_at(place, "name") or joined(text_at(place, "city"), state, country)
