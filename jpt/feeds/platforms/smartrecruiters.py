"""SmartRecruiters: a hundred posts an answer; their texts one by one."""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from urllib.parse import quote

from jpt.feeds.paging import to_total
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, Platform, made, unclear
from jpt.feeds.shape import Node, count, day, in_country, inner, joined, loaded, need, node, rows, text_at
from jpt.identity.ids import UUID
from jpt.models.pages import FeedJob

PAGE = 100
_HOSTS = frozenset(f"{name}.smartrecruiters.com" for name in ("careers", "jobs", "join", "www"))
_NUMBER = re.compile(r"(\d{6,})(?:-|$)")
_UUID = re.compile(UUID, re.IGNORECASE)


class SmartRecruiters(Platform):
    """Boards at careers.smartrecruiters.com and jobs.smartrecruiters.com."""

    name = "smartrecruiters"
    title = "SmartRecruiters"

    def board(self, address: Address) -> Board | None:
        """Recognise a company from its pages and API."""
        steps = list(address.path)
        if address.host == "api.smartrecruiters.com" and steps[:2] == ["v1", "companies"]:
            return Board(self.name, steps[2]) if len(steps) > 2 else None
        if address.host in _HOSTS and (company := address.value("company")):
            return Board(self.name, company, unclear=unclear(address, "company"))
        if steps[:1] == ["ni"]:
            del steps[0]
        if address.host not in _HOSTS or not steps or steps[0].startswith("sr-"):
            return None
        if address.host.startswith("www.") and not self.key(address):
            return None
        if steps[:2] == ["oneclick-ui", "company"] and len(steps) > 2:
            return Board(self.name, steps[2], unclear=("a post",))
        return Board(self.name, steps[0], origin=address.origin, unclear=unclear(address, "trid", steps=steps[1:]))

    def key(self, address: Address) -> str | None:
        """Know a post by its number, or the UUID of its publication."""
        if address.host not in _HOSTS:
            return None
        for step in address.path[1:]:
            if found := _UUID.match(step):
                return f"smartrecruiters:{found[0].lower()}"
            if found := _NUMBER.match(step):
                return f"smartrecruiters:{found[1]}"
        return None

    def parse(self, board: Board, text: str) -> Batch:
        """Read an answer of the list, or of one post."""
        answer = node(loaded(text, self.title), "SmartRecruiters' answer")
        if "content" not in answer and "jobAd" in answer:
            return Batch((self._post(board, answer),), 1)
        listed = rows(answer.get("content"), "SmartRecruiters' list of posts")
        return Batch(made(listed, lambda item: self._job(board, item)), count(answer, "totalFound"))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Request page after page until all jobs are there."""
        api = f"{_api(board.token)}?limit={PAGE}&offset="

        async def step(offset: int) -> Batch:
            return self.parse(board, await client.get(f"{api}{offset}"))

        return await to_total(await step(0), step, size=PAGE, title=self.title)

    def detail(self, board: Board, job: FeedJob, text: str) -> FeedJob:
        """Read the answer of one post; the address of *job* stays."""
        return self._post(board, node(loaded(text, self.title), "SmartRecruiters' answer"), job)

    def _job(self, board: Board, item: Node) -> FeedJob:
        number = need(item, "id", "a post of SmartRecruiters")
        company = text_at(item, "company", "identifier") or board.token
        place = item.get("location")
        full, country = text_at(place, "fullLocation"), text_at(place, "country").upper()
        shown = (
            in_country(full, country)
            if full
            else joined(text_at(place, "city"), text_at(place, "region"), country)
        )
        further = tuple(
            f"smartrecruiters:{text_at(item, name).lower()}" for name in ("uuid", "jobAdId") if item.get(name)
        )
        return FeedJob(
            url=text_at(item, "postingUrl") or f"https://jobs.smartrecruiters.com/{quote(company)}/{number}",
            title=need(item, "name", "a post of SmartRecruiters"),
            keys=(f"smartrecruiters:{number}", *further),
            location=shown,
            posted=day(item.get("releasedDate")),
            company=text_at(item, "company", "name"),
            department=text_at(item, "department", "label") or text_at(item, "function", "label"),
            employment=text_at(item, "typeOfEmployment", "label"),
            remote=inner(place, "remote") is True,
            requisition=text_at(item, "refNumber"),
            detail=f"{_api(company)}/{number}",
        )

    def _post(self, board: Board, item: Node, job: FeedJob | None = None) -> FeedJob:
        found = self._job(board, item)
        sections = node(inner(item, "jobAd", "sections"), "the sections of a post of SmartRecruiters")
        parts = [
            f"<h2>{escape(text_at(section, 'title'))}</h2>{text_at(section, 'text')}"
            for section in sections.values()
            if text_at(section, "text")
        ]
        return replace(found, url=job.url if job else found.url, html="\n".join(parts), detail="")


def _api(company: str) -> str:
    return f"https://api.smartrecruiters.com/v1/companies/{quote(company)}/postings"
