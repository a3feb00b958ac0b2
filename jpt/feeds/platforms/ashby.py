"""Ashby: one answer with all jobs and their texts."""

from __future__ import annotations

import re
from html import escape
from typing import Any
from urllib.parse import quote

from jpt.errors import FeedFault
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, Platform, made, merged, unclear
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
    no_further,
    node,
    rows,
    salary,
    text_at,
)
from jpt.identity.ids import UUID
from jpt.models.pages import FeedJob, Salary

_UUID = re.compile(UUID, re.IGNORECASE)


class Ashby(Platform):
    """Boards at jobs.ashbyhq.com; their names tell capitals from small letters."""

    name = "ashby"
    title = "Ashby"

    def board(self, address: Address) -> Board | None:
        """Recognise a board from its pages, its embed and its API."""
        steps = list(address.path)
        if address.host == "api.ashbyhq.com":
            steps = steps[2:] if steps[:2] == ["posting-api", "job-board"] else []
        elif address.host != "jobs.ashbyhq.com" or steps[:1] == ["api"]:
            return None
        if not steps:
            return None
        return Board(self.name, steps[0], origin=address.origin, unclear=unclear(address, steps=steps[1:]))

    def key(self, address: Address) -> str | None:
        """Know a post by its UUID, on the board and on pages of the company's own."""
        found = address.value("ashby_jid")
        if not found and address.host == "jobs.ashbyhq.com" and len(address.path) > 1:
            found = address.path[1]
        return f"ashby:{found.lower()}" if _UUID.fullmatch(found) else None

    def parse(self, board: Board, text: str) -> Batch:
        """Read a board's list; jobs that are not listed there are left out, as on its page."""
        answer = node(loaded(text, self.title), "Ashby's answer")
        if isinstance(inner(answer, "data", "jobBoard"), dict):
            briefs = rows(answer["data"]["jobBoard"].get("jobPostings"), "Ashby's list of postings")
            return Batch(made(briefs, lambda item: _brief(board, item)))
        no_further(answer)
        listed = rows(answer.get("jobs"), "Ashby's list of jobs")
        return Batch(made((item for item in listed if inner(item, "isListed") is not False), self._job))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Make one request."""
        api = (
            f"https://api.ashbyhq.com/posting-api/job-board/{quote(board.token, safe='')}?includeCompensation=true"
        )
        return merged(self.parse(board, await client.get(api)).jobs)

    def _job(self, item: Node) -> FeedJob:
        url = address_in(item, "jobUrl", "a job of Ashby")
        places = [_place(place) for place in (item, *items(item.get("secondaryLocations")))]
        shown = item.get("shouldDisplayCompensationOnJobPostings") is not False
        return FeedJob(
            url=url,
            title=need(item, "title", "a job of Ashby"),
            keys=self.keys(url) or (f"ashby:{need(item, 'id', 'a job of Ashby')}".lower(),),
            location=joined(*places, by="; "),
            html=text_at(item, "descriptionHtml")
            or escape(text_at(item, "descriptionPlain")).replace("\n", "<br>"),
            posted=day(item.get("publishedAt")),
            department=joined(text_at(item, "department"), text_at(item, "team")),
            employment=text_at(item, "employmentType"),
            remote=item.get("isRemote") is True,
            pay=text_at(item, "compensation", "compensationTierSummary") if shown else "",
            salary=_salary(item) if shown else None,
        )


def _brief(board: Board, item: Node) -> FeedJob:
    """Make a job of what the page itself is given: without its text."""
    if not board.token:
        raise FeedFault("Ashby's answer does not say whose board it is")
    number_ = need(item, "id", "a job of Ashby").lower()
    places = [text_at(item, "locationName")]
    places += [text_at(place, "locationName") for place in items(item.get("secondaryLocations"))]
    return FeedJob(
        url=f"https://jobs.ashbyhq.com/{quote(board.token, safe='')}/{number_}",
        title=need(item, "title", "a job of Ashby"),
        keys=(f"ashby:{number_}",),
        location=joined(*places, by="; "),
        employment=text_at(item, "employmentType"),
        remote=text_at(item, "workplaceType") == "Remote",
        pay=text_at(item, "compensationTierSummary"),
    )


def _place(item: Any) -> str:
    """Give a place with what its address adds: region and country."""
    place, address = text_at(item, "location"), inner(item, "address")
    address = inner(address, "postalAddress") or address
    region, country = text_at(address, "addressRegion"), text_at(address, "addressCountry")
    if "," in place or region.casefold() in place.casefold():
        return in_country(place, country)
    return joined(place, region, country)


def _salary(item: Node) -> Salary | None:
    for part in items(inner(item, "compensation", "summaryComponents")):
        low, high, per = inner(part, "minValue"), inner(part, "maxValue"), text_at(part, "interval").lower()
        found = salary(low, high, text_at(part, "currencyCode"), per.lstrip("1 "))
        if text_at(part, "compensationType") == "Salary" and found:
            return found
    return None
