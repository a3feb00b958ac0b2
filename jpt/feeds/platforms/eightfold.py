"""Eightfold: ten positions an answer, about 2,000 at most; their texts one by one."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from urllib.parse import quote, urljoin

from jpt.errors import FeedFault
from jpt.feeds.paging import either, to_total
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, Platform, made, unclear
from jpt.feeds.shape import Node, count, day, items, joined, loaded, need, node, rows, text_at, text_of
from jpt.models.pages import FeedJob

PAGE = 10
CAP = 2_000
_NUMBER = re.compile(r"(\d{4,})(?:-|$)")
_OTHERS = frozenset({"www", "app", "static", "docs"})


class Eightfold(Platform):
    """Sites at {tenant}.eightfold.ai/careers, where the address says the domain."""

    name = "eightfold"
    title = "Eightfold"

    def board(self, address: Address) -> Board | None:
        """Recognise a site from its pages and API."""
        tenant = address.host.removesuffix(".eightfold.ai")
        if tenant == address.host or "." in tenant or (tenant in _OTHERS and not address.value("domain")):
            return None
        steps = [] if address.path[:1] == ("api",) else [step for step in address.path if step != "job"]
        known = ("domain", "start", "num", "sort_by", "triggerGoButton", "hl", "Codes", "microsite")
        further = unclear(address, *known, steps=steps)
        return Board(self.name, address.host, address.value("domain"), address.origin, unclear=further)

    def key(self, address: Address) -> str | None:
        """Know a position by its host and number."""
        if not address.host.endswith(".eightfold.ai"):
            return None
        found = _NUMBER.match(address.after("job"))
        number = address.value("pid") or (found[1] if found else "")
        return f"eightfold:{address.host}/{number}" if number.isdigit() else None

    def parse(self, board: Board, text: str) -> Batch:
        """Read an answer of the list, or of one position."""
        answer = _unwrapped(node(loaded(text, self.title), "Eightfold's answer"))
        if "positions" not in answer and "name" in answer:
            return Batch((self._job(board, answer),), 1)
        listed = rows(answer.get("positions"), "Eightfold's list of positions")
        return Batch(made(listed, lambda item: self._job(board, item)), count(answer, "count"))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Request page after page until all jobs are there."""
        # Branded sites refuse the one or the other of the two, or count less than they have in it.
        return await either(
            partial(self._all, board, client, f"{_old(board)}?{_domain(board)}num={PAGE}&start="),
            partial(self._all, board, client, f"{_new(board)}/search?{_domain(board)}start="),
        )

    async def _all(self, board: Board, client: FeedClient, api: str) -> tuple[FeedJob, ...]:
        async def step(offset: int) -> Batch:
            return self.parse(board, await client.get(f"{api}{offset}"))

        first = await step(0)
        if (first.total or 0) >= CAP:
            raise FeedFault(f"Eightfold lists at most {CAP} positions, and there are {first.total}")
        return await to_total(first, step, size=PAGE, title=self.title)

    def detail(self, board: Board, job: FeedJob, text: str) -> FeedJob:
        """Read the answer of one position; the address of *job* stays."""
        found = self._job(board, _unwrapped(node(loaded(text, self.title), "Eightfold's answer")))
        if not found.html:
            raise FeedFault("a position of Eightfold without a description: the shape of the answer has changed")
        return replace(found, url=job.url, keys=job.keys, detail="")

    def _job(self, board: Board, item: Node) -> FeedJob:
        number = need(item, "id", "a position of Eightfold")
        is_new = "canonicalPositionUrl" not in item
        url = text_at(item, "canonicalPositionUrl") or text_at(item, "publicUrl") or text_at(item, "positionUrl")
        if not url:
            raise FeedFault("a position of Eightfold without its address: the shape of the answer has changed")
        url = urljoin(f"https://{board.token}/", url)
        places = [text_of(place) for place in items(item.get("locations"))] or [text_at(item, "location")]
        host = board.token or getattr(Address.of(url), "host", "")
        html = text_at(item, "job_description") or text_at(item, "jobDescription")
        asked = f"{_old(board)}/{number}?{_domain(board)}".rstrip("?&")
        if is_new:
            asked = f"{_new(board)}/position_details?{_domain(board)}position_id={number}"
        return FeedJob(
            url=url,
            title=need(item, "name", "a position of Eightfold"),
            keys=(f"eightfold:{host}/{number}",),
            location=joined(*places, by="; "),
            html=html,
            posted=day(item.get("t_create")) or day(item.get("postedTs")) or day(item.get("creationTs")),
            department=text_at(item, "department"),
            employment=text_at(item, "type"),
            remote="remote" in {text_at(item, "work_location_option"), text_at(item, "workLocationOption")},
            requisition=text_at(item, "display_job_id") or text_at(item, "displayJobId"),
            detail="" if html else asked,
        )


def _unwrapped(answer: Node) -> Node:
    """Give what stands inside `data`, where the newer API wraps it."""
    return node(answer["data"], "Eightfold's 'data'") if "data" in answer else answer


def _domain(board: Board) -> str:
    """Name the company, where the address does; a site that has one alone knows whose it is."""
    return f"domain={quote(board.site)}&" if board.site else ""


def _old(board: Board) -> str:
    return f"https://{board.token}/api/apply/v2/jobs"


def _new(board: Board) -> str:
    return f"https://{board.token}/api/pcsx"
