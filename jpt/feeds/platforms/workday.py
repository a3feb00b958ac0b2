"""Workday: twenty jobs an answer, the total only in the first one, at most 2,000 of them."""

from __future__ import annotations

import re
from typing import Any

from jpt.errors import FeedFault
from jpt.feeds.paging import to_total
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, Platform, made, merged
from jpt.feeds.shape import (
    Node,
    address_in,
    count,
    day,
    days_ago,
    in_country,
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
from jpt.text.clock import today

PAGE = 20
"""The most that is answered; a higher limit is refused."""
CAP = 2_000
"""Some tenants count no further."""
_HOST = re.compile(r"([a-z0-9_-]+)(?:\.wd\d+)?\.myworkdayjobs(?:-impl)?\.com")
_SITE_HOST = re.compile(r"(?:wd\d+\.)?myworkdaysite\.com")
_LOCALE = re.compile(r"[a-z]{2}(?:-[a-zA-Z]{2,4})?")
_ID = re.compile(r"[0-9a-f]{32}")
_IDLE = frozenset({"mode", "source", "redirect", "shared_id", "Codes", "jobsource", "workdayredirect"})


class Workday(Platform):
    """Sites at {tenant}.wdN.myworkdayjobs.com and wdN.myworkdaysite.com."""

    name = "workday"
    title = "Workday"

    def board(self, address: Address) -> Board | None:
        """Recognise a site from its pages and API."""
        parts = _parts(address)
        if parts is None:
            return None
        tenant, site, before, rest = parts
        rest = [] if rest == ["jobs"] else rest
        wanted = tuple(
            ("searchText" if key == "q" else key, value)
            for key, value in address.query
            if key == "q" or _ID.fullmatch(value)
        )
        known = {key for key, _ in wanted} | {"q"} | _IDLE
        unclear = [f"{key}={value}" for key, value in address.query if key not in known]
        unclear += [f"/{step}" for step in rest]
        return Board(self.name, tenant, site, address.origin + before, wanted=wanted, unclear=tuple(unclear))

    def key(self, address: Address) -> str | None:
        """Know a post by its site and the requisition, which stands at the end of its path behind the title."""
        parts = _parts(address)
        if parts is None or parts[3][:1] not in (["job"], ["details"]) or len(parts[3]) < 2:
            return None
        rest = [step for step in parts[3] if step not in {"apply", "autofillWithResume", "applyManually"}]
        return f"workday:{parts[0]}/{parts[1]}/{_requisition(rest[-1])}".lower()

    def parse(self, board: Board, text: str) -> Batch:
        """Read an answer of the list, or of one post."""
        answer = node(loaded(text, self.title), "Workday's answer")
        if "jobPostingInfo" in answer:
            return Batch((self._post(board, answer),), 1)
        listed = rows(answer.get("jobPostings"), "Workday's list of jobs")
        return Batch(made(listed, lambda item: self._job(board, item)), count(answer, "total"))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Request page after page until all jobs are there; past the cap by the values of a facet."""
        facets: dict[str, list[str]] = {}
        for key, value in board.wanted:
            if key != "searchText":
                facets.setdefault(key, []).append(value)
        text = await client.post(_api(board) + "/jobs", _query(board, facets, 0))
        first = self.parse(board, text)
        total = first.total or 0
        name, parts = (
            _splitting(node(loaded(text, self.title), "the answer"), facets) if total >= CAP else ("", [])
        )
        if name:
            return await self._by_facet(board, client, facets, first, (name, parts))
        if total == CAP:
            raise FeedFault(f"Workday counts no further than {CAP} jobs, and nothing parts the list")
        return await self._all(board, client, facets, first)

    def detail(self, board: Board, job: FeedJob, text: str) -> FeedJob:
        """Read the answer of one post; the address of *job* stays."""
        return self._post(board, node(loaded(text, self.title), "Workday's answer"), job)

    async def _all(
        self, board: Board, client: FeedClient, facets: dict[str, list[str]], first: Batch
    ) -> tuple[FeedJob, ...]:
        async def step(offset: int) -> Batch:
            return self.parse(board, await client.post(_api(board) + "/jobs", _query(board, facets, offset)))

        return await to_total(first, step, size=PAGE, title=self.title)

    async def _by_facet(
        self,
        board: Board,
        client: FeedClient,
        facets: dict[str, list[str]],
        first: Batch,
        split: tuple[str, list[str]],
    ) -> tuple[FeedJob, ...]:
        """Read the parts that a facet makes of too long a list; they must bring back what it began with."""
        name, parts = split
        jobs: tuple[FeedJob, ...] = ()
        for value in parts:
            chosen = {**facets, name: [value]}
            text = await client.post(_api(board) + "/jobs", _query(board, chosen, 0))
            part = self.parse(board, text)
            if (part.total or 0) >= CAP:
                raise FeedFault(f"Workday counts no further than {CAP} jobs, even for one value of {name}")
            jobs = merged((*jobs, *await self._all(board, client, chosen, part)))
        known = {job.keys for job in jobs}
        listed = first.jobs
        if client.thorough and first.total == CAP:
            # Nobody says how many there are: a job without any of the values would show among the newest 2,000.
            listed = await self._all(board, client, facets, first)
        if len(jobs) < (first.total or CAP) or any(job.keys not in known for job in listed):
            raise FeedFault(f"Workday lists at most {CAP} jobs at once, and {name} does not part all of them")
        return jobs

    def _job(self, board: Board, item: Node) -> FeedJob:
        path = need(item, "externalPath", "a job of Workday")
        bullets = [text_of(bullet) for bullet in items(item.get("bulletFields"))]
        end = path.rpartition("/")[2]
        return FeedJob(
            url=board.origin + path,
            title=need(item, "title", "a job of Workday"),
            keys=(f"workday:{board.token}/{board.site}/{_requisition(end)}".lower(),),
            location=text_at(item, "locationsText"),
            posted=days_ago(text_at(item, "postedOn"), today()),  # the board names no zone either
            remote="remote" in text_at(item, "remoteType").lower(),
            requisition=next((bullet for bullet in bullets if bullet and bullet in end), ""),
            detail=_api(board) + path,
        )

    def _post(self, board: Board, answer: Node, job: FeedJob | None = None) -> FeedJob:
        item = node(answer.get("jobPostingInfo"), "a post of Workday")
        url = job.url if job else address_in(item, "externalUrl", "a post of Workday")
        country = text_at(item, "country", "descriptor") or text_at(
            item, "jobRequisitionLocation", "country", "descriptor"
        )
        places = [in_country(text_at(item, "location"), country)]
        places += [text_of(place) for place in items(item.get("additionalLocations"))]
        return FeedJob(
            url=url,
            title=need(item, "title", "a post of Workday"),
            keys=job.keys if job else self.keys(url),
            location=joined(*places, by="; "),
            html=need(item, "jobDescription", "a post of Workday"),
            posted=day(item.get("startDate")),
            closing=day(item.get("endDate")),
            company=text_at(answer, "hiringOrganization", "name"),
            employment=text_at(item, "timeType"),
            remote="remote" in text_at(item, "remoteType").lower(),
            requisition=text_at(item, "jobReqId"),
        )


def _requisition(end: str) -> str:
    """Give what of the end of a post's path names it: `R7-1` of `Cook_R7-1`, for titles are edited."""
    number_ = end.rpartition("_")[2]
    return number_ if any(char in "0123456789" for char in number_) else end


def _parts(address: Address) -> tuple[str, str, str, list[str]] | None:
    """Give tenant, site, what stands before a post's path, and the steps behind the site."""
    steps = list(address.path)
    if steps[:2] == ["wday", "cxs"] and len(steps) > 3 and ("myworkday" in address.host):
        return steps[2], steps[3], f"/{steps[3]}", [step for step in steps[4:] if step != "jobs"]
    locale = [steps.pop(0)] if steps and _LOCALE.fullmatch(steps[0]) else []
    if _SITE_HOST.fullmatch(address.host):
        steps = steps[1:] if steps[:1] == ["recruiting"] else steps
        if len(steps) < 2:
            return None
        before = "/".join(["", *locale, "recruiting", *steps[:2]])
        return steps[0], steps[1], before, steps[2:]
    host = _HOST.fullmatch(address.host)
    if host is None or not steps:
        return None
    return host[1], steps[0], "/".join(["", *locale, steps[0]]), steps[1:]


def _api(board: Board) -> str:
    origin = "/".join(board.origin.split("/")[:3])
    return f"{origin}/wday/cxs/{board.token}/{board.site}"


def _query(board: Board, facets: dict[str, list[str]], offset: int) -> dict[str, Any]:
    search = next((value for key, value in board.wanted if key == "searchText"), "")
    return {"appliedFacets": facets, "limit": PAGE, "offset": offset, "searchText": search}


def _splitting(answer: Node, taken: dict[str, list[str]]) -> tuple[str, list[str]]:
    """Choose the facet whose values are all below the cap and together the most."""
    best: tuple[int, str, list[str]] = (0, "", [])
    groups = [*items(answer.get("facets"))]
    # Places are a facet of facets: countries, towns.
    groups += [inside for facet in groups for inside in items(inner(facet, "values")) if inner(inside, "values")]
    for facet in groups:
        name = text_at(facet, "facetParameter")
        values = [value for value in items(inner(facet, "values")) if text_at(value, "id")]
        counts = [count(value, "count") or 0 for value in values]
        if name and name not in taken and counts and max(counts) < CAP:
            best = max(best, (sum(counts), name, [text_at(value, "id") for value in values]))
    return (best[1], best[2]) if best[0] >= CAP else ("", [])
