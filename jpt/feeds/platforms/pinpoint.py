"""Pinpoint: one answer with all postings and their texts."""

from __future__ import annotations

from html import escape

from jpt.feeds.protocol import Address, Batch, Board, FeedClient, Platform, made, merged, unclear
from jpt.feeds.shape import Node, address_in, day, joined, loaded, need, no_further, node, rows, salary, text_at
from jpt.models.pages import FeedJob

_OTHERS = frozenset({"www", "app", "api", "help", "developers"})


class Pinpoint(Platform):
    """Boards at {company}.pinpointhq.com."""

    name = "pinpoint"
    title = "Pinpoint"

    def board(self, address: Address) -> Board | None:
        """Recognise a board from its pages and API."""
        company = address.host.removesuffix(".pinpointhq.com")
        if company == address.host or company in _OTHERS or "." in company:
            return None
        steps = [step for step in address.path if step not in {"postings.json", "postings", "jobs.rss"}]
        return Board(self.name, address.host, origin=address.origin, unclear=unclear(address, steps=steps))

    def key(self, address: Address) -> str | None:
        """Know a posting by its UUID."""
        is_here = address.host.endswith(".pinpointhq.com")
        return f"pinpoint:{address.uuid}" if is_here and address.uuid else None

    def parse(self, board: Board, text: str) -> Batch:
        """Read the list."""
        answer = node(loaded(text, self.title), "Pinpoint's answer")
        no_further(answer, answer.get("meta"), answer.get("links"))
        return Batch(made(rows(answer.get("data"), "Pinpoint's list of postings"), self._job))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Make one request."""
        return merged(self.parse(board, await client.get(f"https://{board.token}/postings.json")).jobs)

    def _job(self, item: Node) -> FeedJob:
        url = address_in(item, "url", "a posting of Pinpoint")
        low, high = item.get("compensation_minimum"), item.get("compensation_maximum")
        shown = item.get("compensation_visible") is not False
        pay = salary(low, high, text_at(item, "compensation_currency"), text_at(item, "compensation_frequency"))
        place = joined(text_at(item, "location", "city"), text_at(item, "location", "province"))
        return FeedJob(
            url=url,
            title=need(item, "title", "a posting of Pinpoint"),
            keys=self.keys(url) or (f"pinpoint:{need(item, 'id', 'a posting of Pinpoint')}",),
            location=text_at(item, "location", "name") or place,
            html=_html(item),
            posted=day(item.get("published_at")) or day(item.get("created_at")),
            closing=day(item.get("deadline_at")),
            department=text_at(item, "job", "department", "name"),
            employment=text_at(item, "employment_type_text") or text_at(item, "employment_type"),
            remote=text_at(item, "workplace_type") == "remote",
            pay=text_at(item, "compensation") if shown else "",
            salary=pay if shown else None,
            requisition=text_at(item, "job", "requisition_id"),
        )


def _html(item: Node) -> str:
    parts = []
    for name in ("description", "key_responsibilities", "skills_knowledge_expertise", "benefits"):
        if text := text_at(item, name):
            heading = text_at(item, f"{name}_header")
            parts.append((f"<h2>{escape(heading)}</h2>" if heading else "") + text)
    return "\n".join(parts)
