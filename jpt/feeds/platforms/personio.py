"""Personio: one XML document with all positions and their texts, in one language."""

from __future__ import annotations

import re
from html import escape
from xml.etree import ElementTree as ET

from jpt.errors import FeedFault
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, Platform, made, merged, unclear
from jpt.feeds.shape import Node, day, items, joined, loaded, need, parsed_xml, rows, text_at, text_of
from jpt.models.pages import FeedJob

_HOST = re.compile(r"([a-z0-9-]+)\.jobs\.personio\.[a-z]{2,3}")


class Personio(Platform):
    """Boards at {company}.jobs.personio.de and .com."""

    name = "personio"
    title = "Personio"

    def board(self, address: Address) -> Board | None:
        """Recognise a board from its pages and its XML."""
        if not _HOST.fullmatch(address.host):
            return None
        steps = [step for step in address.path if step not in {"xml", "search.json"}]
        further = unclear(address, "pid", "it", "_pc", steps=steps)
        return Board(self.name, address.host, address.value("language"), address.origin, unclear=further)

    def key(self, address: Address) -> str | None:
        """Know a position by its company and number."""
        host = _HOST.fullmatch(address.host)
        number = address.after("job")
        return f"personio:{host[1]}/{number}" if host and number.isdigit() else None

    def parse(self, board: Board, text: str) -> Batch:
        """Read the document, or the array that the board's own search is given."""
        if text.lstrip().startswith("["):
            listed = rows(loaded(text, self.title), "Personio's list of positions")
            return Batch(made(listed, lambda item: _found(board, item)))
        root = parsed_xml(text, self.title)
        if root.tag != "workzag-jobs":
            raise FeedFault(f"Personio's document is <{root.tag[:40]}>: its shape has changed")
        if any(child.tag != "position" for child in root):
            raise FeedFault("Personio's document lists something else than positions: its shape has changed")
        return Batch(made(root, lambda item: _job(board, item)))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Make one request."""
        language = f"?language={board.site}" if board.site.isalpha() else ""
        text = await client.get(f"https://{board.token}/xml{language}", accept="application/xml, text/xml")
        return merged(self.parse(board, text).jobs)


def _found(board: Board, item: Node) -> FeedJob:
    number = need(item, "id", "a position of Personio")
    host = board.token or "jobs.personio.de"
    places = [text_of(place) or text_at(place, "name") for place in items(item.get("offices"))]
    return FeedJob(
        url=_url(board, number),
        title=need(item, "name", "a position of Personio"),
        keys=(f"personio:{host.partition('.')[0]}/{number}",),
        location=joined(text_at(item, "office"), *places, by="; "),
        html=text_at(item, "description"),
        posted=day(item.get("createdAt")) or day(item.get("created_at")),
        company=text_at(item, "subcompany"),
        department=text_at(item, "department"),
        employment=joined(text_at(item, "employment_type"), text_at(item, "schedule")),
    )


def _url(board: Board, number: str) -> str:
    host = board.token or "jobs.personio.de"
    return f"https://{host}/job/{number}" + (f"?language={board.site}" if board.site.isalpha() else "")


def _job(board: Board, item: ET.Element) -> FeedJob:
    def said(name: str) -> str:
        return (item.findtext(name) or "").strip()

    number, title = said("id"), said("name")
    if not number.isdigit() or not title:
        raise FeedFault("a position of Personio without number or name: the shape of the document has changed")
    host = board.token or "jobs.personio.de"
    places = [said("office"), *((place.text or "") for place in item.iterfind("additionalOffices/office"))]
    parts = [
        f"<h2>{escape((part.findtext('name') or '').strip())}</h2>{(part.findtext('value') or '').strip()}"
        for part in item.iterfind("jobDescriptions/jobDescription")
    ]
    return FeedJob(
        url=_url(board, number),
        title=title,
        keys=(f"personio:{host.partition('.')[0]}/{number}",),
        location=joined(*places, by="; "),
        html="\n".join(parts),
        posted=day(said("createdAt")),
        company=said("subcompany"),
        department=joined(said("department"), said("recruitingCategory")),
        employment=joined(said("employmentType"), said("schedule")),
    )
