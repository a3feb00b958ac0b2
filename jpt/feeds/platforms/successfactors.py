"""SuccessFactors: the sitemap names the posts, which declare themselves; else its RSS for search engines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from urllib.parse import urljoin

from jpt.errors import FeedFault
from jpt.feeds.platforms.rss import entries
from jpt.feeds.platforms.sitemap import HostSitemap
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, made, merged
from jpt.feeds.shape import Node, count, day, inner, items, joined, loaded, need, node, rows, text_at, text_of
from jpt.models.pages import FeedJob
from jpt.text.days import day_named
from jpt.text.html import labelled

_OLD_HOST = re.compile(r"(?:[\w-]+\.)?(?:successfactors\.(?:com|eu)|sapsf\.(?:com|eu|cn))")
_LINK = re.compile(r".{0,2000}/job/.{0,2000}/[0-9]{4,20}[^/]{0,200}/?")


class SuccessFactors(HostSitemap):
    """Boards at {name}.jobs2web.com, or on the company's own host."""

    name = "successfactors"
    title = "SuccessFactors' sitemap"
    marks = r"rmkcdn\.successfactors\.com|\.jobs2web\.com"
    hosts = r"(?!www\.)[a-z0-9.-]+\.jobs2web\.com|[a-z0-9-]+\.jobs\.hr\.cloud\.sap"
    posts = r"^/(?:[\w-]+/)?job/[^/]+/(\d{4,})"
    lists = r"/(?:search|go)?"

    def board(self, address: Address) -> Board | None:
        """Recognise a board by its host; one of the old kind is known by its company, and has no feed."""
        if _OLD_HOST.fullmatch(address.host):
            company = address.value("company") or address.value("career_company")
            return Board(self.name, company, has_feed=False) if company else None
        return super().board(address)

    def key(self, address: Address) -> str | None:
        """Know a post by its host and number, one of the old kind by its company and number."""
        if not _OLD_HOST.fullmatch(address.host):
            return super().key(address)
        company = address.value("company") or address.value("career_company")
        number = address.value("career_job_req_id") or address.value("jobId")
        return f"successfactors:{company}/{number}".lower() if company and number.isdigit() else None

    def parse(self, board: Board, text: str) -> Batch:
        """Read the sitemap, the RSS, an answer of its search, or the tiles of a search page."""
        start = text.lstrip()[:2_000]
        if start.startswith("{"):
            return self._found(board, node(loaded(text, "SuccessFactors' search"), "SuccessFactors' answer"))
        if re.search(r"<rss\b", start):
            return Batch(tuple(self._with_key(job) for job in entries(text, "SuccessFactors' RSS")))
        if re.search(r"job-tile|jobTitle-link|data-row", text):
            return Batch(tuple(self._tiles(board, text)))
        return super().parse(board, text)

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Request the sitemap, or the RSS where there is none."""
        try:
            return await super().read(board, client)
        except FeedFault:
            text = await client.get(f"https://{board.token}/googlefeed.xml", accept="application/xml, text/xml")
        return merged(self.parse(board, text).jobs)

    def _with_key(self, job: FeedJob) -> FeedJob:
        return replace(job, keys=self.keys(job.url) or job.keys)

    def _found(self, board: Board, answer: Node) -> Batch:
        listed = rows(answer.get("jobSearchResult"), "SuccessFactors' list of jobs")
        jobs = made(
            listed, lambda item: self._job_of(board, node(inner(item, "response"), "a job of SuccessFactors"))
        )
        return Batch(jobs, count(answer, "totalJobs"))

    def _job_of(self, board: Board, item: Node) -> FeedJob:
        number = need(item, "id", "a job of SuccessFactors")
        title = unescape(need(item, "unifiedStandardTitle", "a job of SuccessFactors"))
        name = unescape(text_at(item, "unifiedUrlTitle") or text_at(item, "urlTitle") or title)
        locale = next(map(text_of, items(item.get("supportedLocales"))), "") or "en_US"
        places = [*items(item.get("jobLocationShort"))] or [*items(item.get("mfield1"))]
        shown = (re.sub(r"<[^<>]+>", "", text_of(place)) for place in places)
        slug = re.sub(r"[\s/\\]+", "-", name).strip("-")
        url = f"{board.origin or f'https://{board.token}'}/job/{slug}/{number}-{locale}"
        return FeedJob(
            url=url,
            title=title,
            keys=(f"successfactors:{board.token}/{number}".lower(),),
            location=joined(*shown, by="; "),
            posted=_american(text_at(item, "unifiedStandardStart")),
            closing=_american(text_at(item, "unifiedStandardEnd")),
            detail=url,
        )

    def _tiles(self, board: Board, text: str) -> list[FeedJob]:
        """Give the jobs of a search page, whether a table or tiles; a link that comes twice is one job."""
        found: dict[str, FeedJob] = {}
        url = ""
        for name, said in labelled(text, _label):
            if name not in _FIELDS:
                url = urljoin(f"{board.origin or f'https://{board.token}'}/", name)
                known = found.get(url) or self._with_key(FeedJob(url=url, title="", detail=url))
                found[url] = replace(known, title=said or known.title)
            elif url and name == "place":
                found[url] = replace(found[url], location=found[url].location or said)
            elif url:
                found[url] = replace(found[url], posted=found[url].posted or _shown_day(said))
        if not found or not all(job.title for job in found.values()):
            raise FeedFault("a search page of SuccessFactors without any job that it names")
        return list(found.values())


def _label(tag: str, attributes: Mapping[str, str]) -> str:
    """Name the elements of a search page that say something of a job: a link by where it leads."""
    address = attributes.get("href", "")
    if tag == "a" and _LINK.fullmatch(address):
        return address
    named = attributes.get("class", "").split()
    return next((_FIELDS_BY_CLASS[name] for name in named if name in _FIELDS_BY_CLASS), "")


_FIELDS_BY_CLASS = {"jobLocation": "place", "jobDate": "date"}
_FIELDS = frozenset(_FIELDS_BY_CLASS.values())


def _american(text: str) -> str:
    """Give a day that is written month first; else as any other."""
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})", text)
    if found is None:
        return day(text)
    year = found[3] if len(found[3]) == 4 else f"20{found[3]}"
    return day(f"{year}-{int(found[1]):02d}-{int(found[2]):02d}")


def _shown_day(text: str) -> str:
    """Give the day that a search page shows, as YYYY-MM-DD; empty where it could mean several."""
    found = day_named(text)
    return found.isoformat() if found else ""
