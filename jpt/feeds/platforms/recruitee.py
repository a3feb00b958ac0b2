"""Recruitee: one answer with all offers and their texts, on the board's own host."""

from __future__ import annotations

from typing import Any

from jpt.errors import FeedFault
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, Platform, made, merged, unclear
from jpt.feeds.shape import (
    Node,
    address_in,
    day,
    inner,
    items,
    joined,
    loaded,
    need,
    no_further,
    node,
    rows,
    salary,
    text_at,
)
from jpt.models.pages import FeedJob

_OTHERS = frozenset({"www", "app", "api", "docs", "support", "help", "careers"})


_HIDDEN = frozenset({"draft", "closed", "archived", "internal"})


class Recruitee(Platform):
    """Boards at {company}.recruitee.com."""

    name = "recruitee"
    title = "Recruitee"
    marks = r"recruiteecdn\.com|recruitee\.com/(?:assets|widget)"

    def board(self, address: Address) -> Board | None:
        """Recognise a board from its pages and API."""
        company = address.host.removesuffix(".recruitee.com")
        if company == address.host or company in _OTHERS or "." in company:
            return None
        steps = [] if address.path[:1] == ("api",) else list(address.path)
        steps = steps[1:] if steps[:1] == ["l"] else steps
        return Board(self.name, address.host, origin=address.origin, unclear=unclear(address, steps=steps))

    def key(self, address: Address) -> str | None:
        """Know an offer by its host and name."""
        name = address.after("o") if address.host.endswith(".recruitee.com") else ""
        return f"recruitee:{address.host}/{name}".lower() if name else None

    def parse(self, board: Board, text: str) -> Batch:
        """Read the list of offers; those that are not published are left out."""
        answer = node(loaded(text, self.title), "Recruitee's answer")
        if isinstance(answer.get("offer"), dict):
            return Batch((self._job(answer["offer"]),), 1)
        no_further(answer, answer.get("meta"))
        listed = rows(answer.get("offers"), "Recruitee's list of offers")
        return Batch(made(filter(_is_open, listed), self._job))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Make one request."""
        return merged(self.parse(board, await client.get(f"https://{board.token}/api/offers/")).jobs)

    def _job(self, item: Node) -> FeedJob:
        url = address_in(item, "careers_url", "an offer of Recruitee")
        places = [
            joined(
                text_at(place, "city") or text_at(place, "name"),
                text_at(place, "state"),
                text_at(place, "country"),
            )
            for place in items(item.get("locations"))
        ]
        place = joined(text_at(item, "city"), text_at(item, "state_name"), text_at(item, "country"))
        pay = item.get("salary")
        return FeedJob(
            url=url,
            title=need(item, "title", "an offer of Recruitee"),
            keys=self.keys(url) or (f"recruitee:{need(item, 'id', 'an offer of Recruitee')}",),
            location=joined(*places, by="; ") or place or text_at(item, "location"),
            html="\n".join(part for name in ("description", "requirements") if (part := text_at(item, name))),
            posted=day(item.get("published_at")) or day(item.get("created_at")),
            closing=day(item.get("close_at")),
            company=text_at(item, "company_name"),
            department=text_at(item, "department"),
            employment=text_at(item, "employment_type_code").replace("_", " "),
            remote=item.get("remote") is True,
            salary=salary(inner(pay, "min"), inner(pay, "max"), text_at(pay, "currency"), text_at(pay, "period")),
        )


def _is_open(item: Any) -> bool:
    status = inner(item, "status")
    if status is None or status == "published":
        return True
    if text_at(item, "status") in _HIDDEN:
        return False
    raise FeedFault(f"an offer of Recruitee is {text_at(item, 'status')[:40]!r}, which jpt does not know")
