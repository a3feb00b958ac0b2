"""Oracle Cloud recruiting: a total, short pages, and an end near 10,000."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from jpt.errors import FeedFault
from jpt.feeds.paging import to_total
from jpt.feeds.protocol import Address, Batch, Board, FeedClient, Platform, made
from jpt.feeds.shape import Node, count, day, items, joined, loaded, need, node, rows, text_at
from jpt.models.pages import FeedJob

PAGE = 100
CAP = 10_000
_HOST = re.compile(r"[a-z0-9-]+\.fa(?:\.[a-z0-9-]+)*\.oraclecloud\.com")
_IDLE_NAMES = "mode lastSelectedFacet selectedFlexFieldsFacets utm_medium sortBy src source jobPipeline"
_IDLE = frozenset(_IDLE_NAMES.split())
_TEXTS = ("ExternalDescription", "ExternalResponsibilities", "ExternalQualifications", "CorporateDescription",
          "OrganizationDescription")  # fmt: skip


class Oracle(Platform):
    """Sites at {tenant}.fa.{region}.oraclecloud.com/hcmUI/CandidateExperience."""

    name = "oracle"
    title = "Oracle"

    def board(self, address: Address) -> Board | None:
        """Recognise a site from its pages and API."""
        if not _HOST.fullmatch(address.host):
            return None
        steps = list(address.path)
        if steps[:1] == ["hcmRestApi"]:
            found = re.search(r"siteNumber=([\w-]+)", address.value("finder"))
            return Board(self.name, address.host, found[1], address.origin) if found else None
        if "sites" not in steps[:-1]:
            # Which of the tenant's sites it is only the page knows.
            return Board(self.name, address.host, has_feed=False) if "CandidateExperience" in steps else None
        at = steps.index("sites")
        before = "/".join([address.origin, *steps[: at + 2]])
        wanted = tuple((key, value) for key, value in address.query if key == "keyword" and value)
        rest = [step for step in steps[at + 2 :] if step not in {"jobs", "requisitions"}]
        further = [f"{key}={value}" for key, value in address.query if value and key not in {"keyword", *_IDLE}]
        further += [f"/{step}" for step in rest]
        return Board(self.name, address.host, steps[at + 1], before, wanted, tuple(further))

    def key(self, address: Address) -> str | None:
        """Know a post by its host and number."""
        number = address.after("job") or address.after("preview")
        return f"oracle:{address.host}/{number}" if number and _HOST.fullmatch(address.host) else None

    def parse(self, board: Board, text: str) -> Batch:
        """Read an answer of the list, or of one post."""
        answer = node(loaded(text, self.title), "Oracle's answer")
        found = [node(item, "an item of Oracle") for item in rows(answer.get("items"), "Oracle's list of items")]
        if found and "requisitionList" not in found[0] and "ExternalDescriptionStr" in found[0]:
            return Batch(made(found, lambda item: self._post(board, item)), len(found))
        if len(found) != 1:
            raise FeedFault(f"Oracle answers with {len(found)} results instead of one: its shape has changed")
        listed = rows(found[0].get("requisitionList"), "Oracle's list of requisitions")
        return Batch(made(listed, lambda item: self._job(board, item)), count(found[0], "TotalJobsCount"))

    async def read(self, board: Board, client: FeedClient) -> tuple[FeedJob, ...]:
        """Request page after page until all jobs are there."""
        first = self.parse(board, await client.get(_list(board, 0)))
        if (first.total or 0) >= CAP:
            raise FeedFault(f"Oracle lists at most {CAP} jobs, and there are {first.total}")

        async def step(offset: int) -> Batch:
            return self.parse(board, await client.get(_list(board, offset)))

        return await to_total(first, step, size=PAGE, title=self.title)

    def detail(self, board: Board, job: FeedJob, text: str) -> FeedJob:
        """Read the answer of one post; the address of *job* stays."""
        found = rows(node(loaded(text, self.title), "Oracle's answer").get("items"), "Oracle's list of items")
        if len(found) != 1:
            raise FeedFault(f"Oracle gives {len(found)} posts where one was asked for")
        return self._post(board, node(found[0], "an item of Oracle"), job)

    def _job(self, board: Board, item: Node) -> FeedJob:
        number = need(item, "Id", "a requisition of Oracle")
        places = [text_at(item, "PrimaryLocation")]
        places += [text_at(place, "Name") for place in items(item.get("secondaryLocations"))]
        return FeedJob(
            url=f"{board.origin}/job/{number}",
            title=need(item, "Title", "a requisition of Oracle"),
            keys=(f"oracle:{board.token}/{number}",),
            location=joined(*places, by="; "),
            posted=day(item.get("PostedDate")),
            closing=day(item.get("PostingEndDate")),
            department=text_at(item, "Department") or text_at(item, "JobFamily"),
            employment=text_at(item, "WorkerType"),
            remote="remote" in text_at(item, "WorkplaceType").lower(),
            requisition=number,
            detail=f"https://{board.token}/hcmRestApi/resources/latest/recruitingCEJobRequisitionDetails"
            f'?expand=all&onlyData=true&finder=ById;Id="{quote(number)}",siteNumber={board.site}',
        )

    def _post(self, board: Board, item: Node, job: FeedJob | None = None) -> FeedJob:
        found = self._job(board, item)
        html = "\n".join(f"<div>{part}</div>" for name in _TEXTS if (part := text_at(item, f"{name}Str")))
        if not html:
            raise FeedFault("a post of Oracle without a description: the shape of the answer has changed")
        known = job or found
        return replace(
            found,
            url=known.url,
            keys=known.keys,
            location=found.location or known.location,
            html=html,
            posted=day(item.get("ExternalPostedStartDate")) or known.posted,
            closing=day(item.get("ExternalPostedEndDate")) or known.closing,
            employment=text_at(item, "JobSchedule") or found.employment,
            detail="",
        )


def _list(board: Board, offset: int) -> str:
    search = "".join(f',keyword="{quote(value)}"' for key, value in board.wanted if key == "keyword")
    return (
        f"https://{board.token}/hcmRestApi/resources/latest/recruitingCEJobRequisitions?onlyData=true"
        "&expand=requisitionList.secondaryLocations"
        f"&finder=findReqs;siteNumber={board.site},limit={PAGE},offset={offset}{search}"
        ",sortBy=POSTING_DATES_DESC"
    )
