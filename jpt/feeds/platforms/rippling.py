"""Rippling: one array with all jobs, one entry a place; their texts one by one."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from jpt.errors import FeedFault
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, Platform, made, merged, unclear
from jpt.feeds.shape import (
    Node,
    address_in,
    count,
    day,
    inner,
    items,
    joined,
    loaded,
    need,
    node,
    rows,
    text_at,
    text_of,
)
from jpt.models.pages import FeedJob

_HOST = re.compile(r"ats(?:\.[a-z0-9]+)?\.rippling\.com")
_OLD_HOST = re.compile(r"(?!www\.)([a-z0-9-]+)\.rippling-ats\.com")
_LOCALE = re.compile(r"[a-z]{2}-[A-Z]{2}")


class Rippling(Platform):
    """Boards at ats.rippling.com/{company}/jobs."""

    name = "rippling"
    title = "Rippling"

    def board(self, address: Address) -> Board | None:
        """Recognise a board from its pages and API."""
        steps = [step for step in address.path if not _LOCALE.fullmatch(step)]
        if address.host == "api.rippling.com" and "board" in steps[:-1]:
            return Board(self.name, steps[steps.index("board") + 1])
        if old := _OLD_HOST.fullmatch(address.host):
            return Board(self.name, old[1], has_feed=False)
        if not _HOST.fullmatch(address.host) or not steps or steps[0] == "api":
            return None
        return Board(self.name, steps[0], origin=address.origin, unclear=unclear(address, steps=steps[1:]))

    def key(self, address: Address) -> str | None:
        """Know a job by its UUID."""
        if old := _OLD_HOST.fullmatch(address.host):
            number = address.path[1] if address.path[:1] == ("job",) and len(address.path) > 1 else ""
            return f"rippling:{old[1]}/{number}" if number.isdigit() else None
        return f"rippling:{address.uuid}" if address.uuid and _HOST.fullmatch(address.host) else None

    def parse(self, board: Board, text: str) -> Batch:
        """Read the array, or one job."""
        answer = loaded(text, self.title)
        if isinstance(answer, dict) and "uuid" in answer:
            return Batch((self._job(board, answer),), 1)
        if isinstance(answer, dict) and "items" in answer:
            listed = rows(answer.get("items"), "Rippling's list of jobs")
            return Batch(made(listed, lambda item: self._job(board, item)), count(answer, "totalItems"))
        return Batch(made(rows(answer, "Rippling's list of jobs"), lambda item: self._job(board, item)))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Make one request."""
        return merged(self.parse(board, await client.get(_api(board))).jobs)

    def detail(self, board: Board, job: FeedJob, text: str) -> FeedJob:
        """Read the job alone: what it does, and who offers it."""
        answer = node(loaded(text, self.title), "Rippling's answer")
        described = answer.get("description")
        parts = (
            [text_of(described)]
            if isinstance(described, str)
            else [text_of(inner(described, name)) for name in ("company", "role")]
        )
        if not any(parts):
            raise FeedFault("a job of Rippling without a description: the shape of the answer has changed")
        places = [text_of(place) or text_at(place, "label") for place in items(answer.get("workLocations"))]
        return replace(
            job,
            html="\n".join(filter(None, parts)),
            location=joined(*places, by="; ") or job.location,
            posted=day(answer.get("createdOn")),
            company=text_at(answer, "companyName"),
            employment=text_at(answer, "employmentType", "label"),
        )

    def _job(self, board: Board, item: Node) -> FeedJob:
        number = text_at(item, "uuid") or need(item, "id", "a job of Rippling")
        places = [text_at(item, "workLocation", "label")]
        places += [
            text_of(place) or text_at(place, "label") or text_at(place, "name")
            for place in (*items(item.get("workLocations")), *items(item.get("locations")))
        ]
        return FeedJob(
            url=address_in(item, "url", "a job of Rippling"),
            title=need(item, "name", "a job of Rippling"),
            keys=(f"rippling:{number.lower()}",),
            location=joined(*places, by="; "),
            department=text_at(item, "department", "label") or text_at(item, "department", "name"),
            remote=any(place.lower().startswith("remote") for place in places),
            detail=f"{_api(board)}/{number}",
        )


def _api(board: Board) -> str:
    return f"https://api.rippling.com/platform/api/ats/v1/board/{quote(board.token)}/jobs"
