"""Lever: a bare array of posts with their texts, by pages where there are many."""

from __future__ import annotations

import re
from html import escape

from jpt.errors import FeedFault
from jpt.feeds.paging import to_the_end
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, Platform, made, unclear
from jpt.feeds.shape import (
    Node,
    address_in,
    day,
    in_country,
    inner,
    items,
    joined,
    loaded,
    need,
    node,
    rows,
    salary,
    text_at,
    text_of,
)
from jpt.models.pages import FeedJob

PAGE = 100
_HOST = re.compile(r"(?:jobs|api)(\.eu)?\.lever\.co")
_FILTERS = ("location", "department", "team", "commitment", "workplaceType")


class Lever(Platform):
    """Boards at jobs.lever.co and jobs.eu.lever.co."""

    name = "lever"
    title = "Lever"

    def board(self, address: Address) -> Board | None:
        """Recognise a board from its pages and API."""
        host = _HOST.fullmatch(address.host)
        steps = list(address.path)
        if host and address.host.startswith("api"):
            steps = steps[2:] if steps[:2] == ["v0", "postings"] else []
        if not host or not steps:
            return None
        wanted = tuple((key, value.lower()) for key, value in address.query if key in _FILTERS)
        return Board(
            self.name,
            steps[0],
            origin=f"https://jobs{host[1] or ''}.lever.co",
            site="eu" if host[1] else "",
            wanted=wanted,
            unclear=unclear(address, *_FILTERS, "skip", "limit", steps=steps[1:]),
        )

    def key(self, address: Address) -> str | None:
        """Know a post by its UUID."""
        return f"lever:{address.uuid}" if address.uuid and _HOST.fullmatch(address.host) else None

    def parse(self, board: Board, text: str) -> Batch:
        """Read an array of posts, or one post."""
        answer = loaded(text, self.title)
        if isinstance(answer, dict) and "text" in answer:
            answer = [answer]
        return Batch(made(rows(answer, "Lever's list of posts"), self._job))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Request page after page until there is no more."""
        api = f"https://api{'.eu' if board.site else ''}.lever.co/v0/postings/{board.token}?mode=json&limit={PAGE}"

        async def step(offset: int) -> Batch:
            return self.parse(board, await client.get(f"{api}&skip={offset}"))

        first = self.parse(board, await client.get(api))
        return await to_the_end(first, step, size=PAGE, title=self.title, thorough=client.thorough)

    def detail(self, board: Board, job: FeedJob, text: str) -> FeedJob:
        """Read the answer of one post."""
        found = self.parse(board, text).jobs
        if len(found) != 1:
            raise FeedFault("Lever gives a list where one post was asked for")
        return found[0]

    def _job(self, item: Node) -> FeedJob:
        number_ = need(item, "id", "a post of Lever")
        categories = node(item.get("categories") or {}, "the categories of a post of Lever")
        first = text_at(categories, "location")
        places = [text_of(place) for place in items(categories.get("allLocations"))] or [first]
        groups = {(name, text_at(categories, name).lower()) for name in ("department", "team", "commitment")}
        groups |= {("location", place.lower()) for place in (*places, first)}
        groups.add(("workplaceType", text_at(item, "workplaceType").lower()))
        # The country is that of the first place alone.
        shown = (in_country(place, text_at(item, "country")) if place == first else place for place in places)
        pay = item.get("salaryRange")
        return FeedJob(
            url=address_in(item, "hostedUrl", "a post of Lever"),
            title=need(item, "text", "a post of Lever"),
            keys=(f"lever:{number_.lower()}",),
            location=joined(*shown, by="; "),
            html=_html(item),
            posted=day(item.get("createdAt")),
            department=joined(text_at(categories, "department"), text_at(categories, "team")).strip("- "),
            employment=text_at(categories, "commitment"),
            remote=text_at(item, "workplaceType").lower() == "remote",
            pay=text_at(item, "salaryDescriptionPlain"),
            salary=salary(
                inner(pay, "min"), inner(pay, "max"), text_at(pay, "currency"), text_at(pay, "interval")
            ),
            groups=frozenset(groups),
        )


def _html(item: Node) -> str:
    """Put the parts together in the order of the page: opening, body, lists, closing."""
    parts = [text_at(item, "description") or escape(text_at(item, "descriptionPlain")).replace("\n", "<br>")]
    parts += [
        f"<h3>{escape(text_at(part, 'text'))}</h3><ul>{text_at(part, 'content')}</ul>"
        for part in items(item.get("lists"))
    ]
    parts.append(text_at(item, "additional") or escape(text_at(item, "additionalPlain")).replace("\n", "<br>"))
    return "\n".join(f"<div>{part}</div>" for part in parts if part)
