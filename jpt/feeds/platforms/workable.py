"""Workable: one answer with all jobs and their texts; a job in several places stands there several times."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import quote

from jpt.errors import FeedFault
from jpt.feeds.paging import complete, either, total_of
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, Platform, made, merged, unclear
from jpt.feeds.shape import Node, count, day, items, joined, loaded, need, no_further, node, rows, text_at, text_of
from jpt.models.pages import FeedJob

_CODE = re.compile(r"[0-9A-F]{6,12}", re.IGNORECASE)
_OTHERS = frozenset({"www", "apply", "help", "jobs", "careers", "resources", "get"})


class Workable(Platform):
    """Boards at apply.workable.com/{company} and {company}.workable.com."""

    name = "workable"
    title = "Workable"

    def board(self, address: Address) -> Board | None:
        """Recognise a board from its pages, its widget and its API."""
        steps = list(address.path)
        if address.host == "apply.workable.com":
            if steps[:1] == ["api"]:
                steps = steps[steps.index("accounts") + 1 :] if "accounts" in steps else []
            if not steps or steps[0] == "j":
                return None
            further = unclear(address, "details", "origin", steps=steps[1:])
            return Board(self.name, steps[0], origin=address.origin, unclear=further)
        company = address.host.removesuffix(".workable.com")
        if company == address.host and address.host in {"www.workable.com", "workable.com"}:
            company = ""
        if address.host in {"www.workable.com", "workable.com"} and steps[:3] == ["api", "accounts", *steps[2:3]]:
            return Board(self.name, steps[2]) if len(steps) > 2 else None
        if not company or company == address.host or "." in company or company in _OTHERS:
            return None
        return Board(self.name, company, origin=address.origin, unclear=unclear(address, steps=steps))

    def key(self, address: Address) -> str | None:
        """Know a post by its short code."""
        if not address.host.endswith("workable.com"):
            return None
        if address.path[:1] == ("jobs",) and address.path[1:2] and address.path[1].isdigit():
            return f"workable:{address.host}/{address.path[1]}"
        code = address.after("j")
        return f"workable:{code.upper()}" if _CODE.fullmatch(code) else None

    def parse(self, board: Board, text: str) -> Batch:
        """Read the widget's answer."""
        answer = node(loaded(text, self.title), "Workable's answer")
        if "results" in answer:
            listed = rows(answer.get("results"), "Workable's list of jobs")
            jobs = made(listed, lambda item: _job(item, "", board.token))
            return Batch(jobs, count(answer, "total"), text_at(answer, "nextPage"))
        if "jobs" not in answer and "shortcode" in answer:
            return Batch((_job(answer, "", board.token),), 1)
        no_further(answer)
        company = text_at(answer, "name")
        return Batch(made(rows(answer.get("jobs"), "Workable's list of jobs"), lambda item: _job(item, company)))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Make one request, or one a page where that is refused."""
        return await either(partial(self._at_once, board, client), partial(self._paged, board, client))

    async def _at_once(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        api = f"https://apply.workable.com/api/v1/widget/accounts/{quote(board.token)}?details=true"
        return merged(self.parse(board, await client.get(api)).jobs)

    async def _paged(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        api = f"https://apply.workable.com/api/v3/accounts/{quote(board.token)}/jobs"
        asked: dict[str, Any] = {"query": "", "location": [], "department": [], "worktype": [], "remote": []}
        batch = self.parse(board, await client.post(api, asked))
        total, jobs = total_of(batch, self.title), merged(batch.jobs)
        while batch.further and len(jobs) < total:
            batch = self.parse(board, await client.post(api, {**asked, "token": batch.further}))
            known, jobs = len(jobs), merged((*jobs, *batch.jobs))
            if len(jobs) == known:
                break
        return complete(jobs, total, self.title)

    def detail(self, board: Board, job: FeedJob, text: str) -> FeedJob:
        """Read the answer of one post; the address of *job* stays."""
        found = next(iter(self.parse(board, text).jobs), None)
        if found is None or not found.html:
            raise FeedFault("a job of Workable without a description: the shape of the answer has changed")
        return replace(found, url=job.url, keys=job.keys, detail="")


def _job(item: Node, company: str, account: str = "") -> FeedJob:
    code = need(item, "shortcode", "a job of Workable")
    places = [
        joined(text_at(place, "city"), text_at(place, "region"), text_at(place, "country"))
        for place in (*items(item.get("locations")), item.get("location"))
        if isinstance(place, dict) and place.get("hidden") is not True
    ]
    departments = item.get("department")
    own = f"https://apply.workable.com/{quote(account)}/j/{code}" if account else ""
    place = joined(text_at(item, "city"), text_at(item, "state"), text_at(item, "country"))
    parts = [text_at(item, name) for name in ("description", "requirements", "benefits")]
    return FeedJob(
        url=text_at(item, "url") or text_at(item, "shortlink") or own or f"https://apply.workable.com/j/{code}",
        title=need(item, "title", "a job of Workable"),
        keys=(f"workable:{code.upper()}",),
        location=joined(*places, by="; ") or place,
        html="\n".join(part for part in parts if part),
        posted=day(item.get("published_on")) or day(item.get("published")) or day(item.get("created_at")),
        company=company,
        department=joined(*map(text_of, items(departments))) or text_of(departments),
        employment=text_at(item, "employment_type") or text_at(item, "type"),
        remote=item.get("telecommuting") is True or item.get("remote") is True,
        requisition=text_at(item, "code"),
        detail=f"https://apply.workable.com/api/v2/accounts/{quote(account)}/jobs/{code}" if account else "",
    )
