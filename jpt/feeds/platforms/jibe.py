"""Jibe, the job sites of iCIMS: the sitemap names the posts, which declare themselves; else its list, paged."""

from __future__ import annotations

from jpt.errors import FeedFault
from jpt.feeds.paging import complete, total_of
from jpt.feeds.platforms.sitemap import HostSitemap
from jpt.feeds.protocol import Batch, Board, FeedClient, made, merged
from jpt.feeds.shape import Node, count, day, inner, items, joined, loaded, need, node, rows, salary, text_at
from jpt.models.pages import FeedJob


class Jibe(HostSitemap):
    """Boards at {company}.jibeapply.com, or on the company's own host."""

    name = "jibe"
    title = "Jibe's sitemap"
    marks = r"jibecdn\.com|\.jibeapply\.com"
    hosts = r"(?!www\.)[a-z0-9-]+\.jibeapply\.com"
    posts = r"^/(?:[\w-]+/)?jobs/([\w-]*\d[\w-]*)"
    lists = r"/(?:[\w-]+/)?(?:jobs)?"

    def parse(self, board: Board, text: str) -> Batch:
        """Read the sitemap, or one answer of the list."""
        if not text.lstrip().startswith("{"):
            return super().parse(board, text)
        answer = node(loaded(text, "Jibe's list"), "Jibe's answer")
        listed = rows(answer.get("jobs"), "Jibe's list of jobs")
        jobs = made(listed, lambda item: self._listed(board, node(inner(item, "data"), "a job of Jibe")))
        return Batch(jobs, count(answer, "totalCount"))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Request the sitemap, or the list where there is none."""
        try:
            return await super().read(board, client)
        except FeedFault:
            return await self._paged(board, client)

    async def _paged(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        api = f"https://{board.token}/api/jobs?page="
        first = self.parse(board, await client.get(f"{api}1"))
        total, jobs, page = total_of(first, "Jibe"), merged(first.jobs), 1
        while len(jobs) < total:
            page += 1
            known, jobs = len(jobs), merged((*jobs, *self.parse(board, await client.get(f"{api}{page}")).jobs))
            if len(jobs) == known:
                break
        return complete(jobs, total, "Jibe's list")

    def _listed(self, board: Board, item: Node) -> FeedJob:
        slug = need(item, "slug", "a job of Jibe")
        url = text_at(item, "meta_data", "canonical_url") or f"https://{board.token}/jobs/{slug}"
        place = joined(text_at(item, "city"), text_at(item, "state"), text_at(item, "country"))
        html = [text_at(item, name) for name in ("description", "responsibilities", "qualifications")]
        low, high = item.get("salary_min_value"), item.get("salary_max_value")
        return FeedJob(
            url=url,
            title=need(item, "title", "a job of Jibe"),
            keys=(f"jibe:{board.token}/{slug}".lower(),),
            location=text_at(item, "full_location") or place or text_at(item, "location_name"),
            html="\n".join(filter(None, html)),
            posted=day(item.get("posted_date")) or day(item.get("create_date")),
            closing=day(item.get("posting_expiry_date")),
            company=text_at(item, "hiring_organization"),
            department=text_at(item, "department")
            or joined(*(text_at(part, "name") for part in items(item.get("categories")))),
            employment=text_at(item, "employment_type").replace("_", " ").lower(),
            salary=salary(low, high, text_at(item, "salary_currency")),
            requisition=text_at(item, "req_id"),
            detail=url,
        )
