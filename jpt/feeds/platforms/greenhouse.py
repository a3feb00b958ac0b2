"""Greenhouse: one answer with all jobs and their texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jpt.errors import FeedFault
from jpt.feeds.paging import complete
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
    no_further,
    node,
    number,
    rows,
    text_at,
)
from jpt.models.pages import FeedJob, Salary

_HOST = re.compile(r"(?:boards|job-boards|boards-api|api)(?:\.eu)?\.greenhouse\.io")


class Greenhouse(Platform):
    """Boards at boards.greenhouse.io and job-boards.greenhouse.io, embedded or not."""

    name = "greenhouse"
    title = "Greenhouse"

    def board(self, address: Address) -> Board | None:
        """Recognise a board from its pages, embeds and API."""
        if not _HOST.fullmatch(address.host) or not address.path:
            return None
        first, *rest = address.path
        if first == "embed":
            token = address.value("for")
            return Board(self.name, token, unclear=unclear(address, "for")) if token else None
        if first in {"v1", "v2"}:
            further = unclear(address, "questions", "pay_transparency", "render_as", steps=rest[3:])
            return Board(self.name, rest[1], unclear=further) if rest[:1] == ["boards"] and rest[1:] else None
        if rest[:1] == ["jobs"] and len(rest) > 1:
            return Board(self.name, first, unclear=(f"/jobs/{rest[1]}",))
        wanted = tuple(
            (key.removesuffix("[]"), value.lower())
            for key, value in address.query
            if key.removesuffix("[]") in {"departments", "offices"}
        )
        return Board(
            self.name,
            first,
            origin=address.origin,
            wanted=wanted,
            unclear=unclear(address, "departments", "offices", steps=rest),
        )

    def key(self, address: Address) -> str | None:
        """Know a post by its number, on the board and on pages of the company's own."""
        number_ = address.value("gh_jid")
        if not number_ and _HOST.fullmatch(address.host):
            number_ = address.after("jobs")
        if not number_ and address.host.endswith("greenhouse.io") and address.path[:2] == ("embed", "job_app"):
            number_ = address.value("token")
        return f"greenhouse:{number_}" if number_.isdigit() else None

    def parse(self, board: Board, text: str) -> Batch:
        """Read a board's list, or one post."""
        answer = node(loaded(text, self.title), "Greenhouse's answer")
        if "jobs" not in answer and "absolute_url" in answer:
            return Batch((self._job(answer),), 1)
        if "jobs" not in answer and ("departments" in answer or "offices" in answer):
            return Batch(merged(made(_grouped(answer), self._job)))
        no_further(answer, answer.get("meta"))
        jobs = made(rows(answer.get("jobs"), "Greenhouse's list of jobs"), self._job)
        return Batch(jobs, count(node(answer.get("meta") or {}, "Greenhouse's 'meta'"), "total"))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Make one request."""
        batch = self.parse(board, await client.get(f"{_api(board)}/jobs?content=true"))
        if any(("parent", value) in job.groups for _, value in board.wanted for job in batch.jobs):
            # Jobs name their own department and office alone, so it cannot be told who belongs to a group of them.
            raise FeedFault("Greenhouse's feed cannot tell what belongs to a group of departments or offices")
        return complete(merged(batch.jobs), batch.total, self.title)

    def detail(self, board: Board, job: FeedJob, text: str) -> FeedJob:
        """Read the answer of one post."""
        found = self.parse(board, text).jobs
        if len(found) != 1:
            raise FeedFault("Greenhouse gives a list where one post was asked for")
        return found[0]

    def _job(self, item: Node) -> FeedJob:
        number_ = need(item, "id", "a job of Greenhouse")
        offices = [
            joined(text_at(office, "location") or text_at(office, "name")) for office in items(item.get("offices"))
        ]
        place = text_at(item, "location", "name")
        groups = {("departments", text_at(group, "id")) for group in items(item.get("departments"))}
        groups |= {("offices", text_at(group, "id")) for group in items(item.get("offices"))}
        parted = (*items(item.get("departments")), *items(item.get("offices")))
        groups |= {("parent", parent) for group in parted if (parent := text_at(group, "parent_id"))}
        return FeedJob(
            url=address_in(item, "absolute_url", "a job of Greenhouse"),
            title=need(item, "title", "a job of Greenhouse"),
            keys=(f"greenhouse:{number_}",),
            # "Hybrid" is no place; the offices are.
            location=joined(place, *offices, by="; ") if place.lower() in _NO_PLACE else _fuller(place, offices),
            html=text_at(item, "content"),
            posted=day(item.get("first_published")) or day(item.get("updated_at")),
            closing=day(item.get("application_deadline")),
            company=text_at(item, "company_name"),
            department=joined(*(text_at(group, "name") for group in items(item.get("departments")))),
            salary=_salary(item),
            requisition=text_at(item, "requisition_id"),
            groups=frozenset(groups),
        )


def _fuller(place: str, offices: list[str]) -> str:
    """Give the one office that names *place* and more, like `Munich, Bavaria, Germany` for `Munich`."""
    fuller = [office for office in offices if office.casefold().startswith(f"{place.casefold()},")]
    return fuller[0] if len(fuller) == 1 else place


def _grouped(group: Node) -> Iterator[Any]:
    """Give the jobs that stand in groups of offices and departments, however deep."""
    yield from rows(group.get("jobs", []), "Greenhouse's list of jobs of a group")
    for name in ("offices", "departments", "children"):
        for part in rows(group.get(name, []), f"Greenhouse's list of {name}"):
            yield from _grouped(node(part, f"an entry of Greenhouse's list of {name}"))


def _api(board: Board) -> str:
    return f"https://boards-api.greenhouse.io/v1/boards/{board.token}"


def _salary(item: Node) -> Salary | None:
    for pay in items(item.get("pay_input_ranges")):
        low, high = number(inner(pay, "min_cents")), number(inner(pay, "max_cents"))
        if low or high:
            return Salary(low and low / 100, high and high / 100, text_at(pay, "currency_type"))
    return None


_NO_PLACE = frozenset({"", "hybrid", "remote", "on-site", "onsite", "in-office"})
