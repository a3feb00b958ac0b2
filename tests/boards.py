"""A local server that speaks the feeds of the platforms, with their pages and their traps.

with Boards() as boards:
    boards.put("workday", "tern", openings(45), trap="total-once")
    ... JPT_FEED_BASE=boards.base ...
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs

from tests.career_sites.server import Answer, Reply, Request, Server

PAY = "<p>Salary: EUR 50,000 - 60,000 per year</p>"
"""For platforms that have no field for it."""
_RANGE = {"minValue": 50_000, "maxValue": 60_000}
REQUIREMENT = "{years}+ years of professional experience with looms"


@dataclass(frozen=True)
class Opening:
    """One job of a board, and what is true of it."""

    number: int
    title: str
    years: int
    place: str = "Port Ellery"
    team: str = "Engineering"

    @property
    def uuid(self) -> str:
        return f"00000000-0000-4000-8000-{self.number:012d}"

    @property
    def html(self) -> str:
        wanted = REQUIREMENT.format(years=self.years)
        return (
            "<h2>About the role</h2><p>You work in a team of nine, on things of daily use, with people who like it."
            " You plan, build and look after what we offer, and talk with those who use it.</p>"
            f"<h3>Requirements</h3><ul><li>{wanted}</li><li>Clear written English</li></ul>"
            "<h3>What we offer</h3><ul><li>30 days of holiday</li><li>Two days a week at home</li></ul>"
        )


def openings(count: int, first: int = 1) -> list[Opening]:
    """Give *count* different jobs."""
    places, teams = ("Port Ellery", "Quayside"), ("Engineering", "Sales", "Kitchen")
    return [
        Opening(7_000_000 + n, f"Loom Engineer {n}", n % 9 + 1, places[n % 2], teams[n % 3])
        for n in range(first, first + count)
    ]


Speak = Callable[["Board", Request, dict[str, str]], Any]


@dataclass
class Board:
    """One board as it is now."""

    jobs: list[Opening]
    trap: str = ""
    calls: int = 0


@dataclass(eq=False)
class Boards:
    """The server; boards are kept by platform and name."""

    boards: dict[tuple[str, str], Board] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    unchanged: int = 0
    served: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.server = Server(self._answer)

    def __enter__(self) -> Self:
        self.server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.__exit__(kind, error, trace)

    def put(self, platform: str, name: str, jobs: Sequence[Opening], trap: str = "") -> str:
        """Set a board up, or change it; gives the address of its list."""
        self.boards[platform, name] = Board(list(jobs), trap)
        return ADDRESSES[platform].format(name=name)

    def put_on_own_host(self, platform: str, jobs: Sequence[Opening]) -> str:
        """Set a board up on a host of its company; gives the address of its list."""
        self.boards[platform, platform] = Board(list(jobs))
        return f"https://{platform}.tern.example/careers"

    @property
    def base(self) -> str:
        """What JPT_FEED_BASE is to be."""
        hosts = {host for host, _ in SPEAKERS}
        return ",".join(f"{host}=http://127.0.0.1:{self.server.port}" for host in sorted(hosts))

    def _answer(self, request: Request) -> Answer:
        self.asked.append(request)
        host = request.headers.get("x-forwarded-host", "")
        for (pattern, platform), speak in SPEAKERS.items():
            if host != pattern and not (pattern.startswith("*.") and host.endswith(pattern[1:])):
                continue
            steps = [step for step in request.path.split("/") if step]
            name = next(
                (
                    name
                    for kind, name in self.boards
                    if kind == platform and (name in steps or host.startswith(f"{name}."))
                ),
                None,
            )
            if name is not None:
                return self._by(platform, self.boards[platform, name], speak, request)
        return Reply(b'{"error": "not found"}', 404, "application/json")

    def _by(self, platform: str, board: Board, speak: Speak, request: Request) -> Answer:
        board.calls += 1
        self.served[platform] += 1
        if board.trap == "burst" and board.calls in {2, 3}:
            return Reply(b"slow down", 429, headers=(("Retry-After", "0"),))
        if board.trap == "down":
            return Reply(b"<h1>Maintenance</h1>", 404)
        if board.trap == "nested":
            return Reply(b"[" * 100_000, kind="application/json")
        if board.trap == "nothing":
            return Reply(b"", 200, "application/json")
        if board.trap == "page":
            return Reply(b"<!doctype html><title>Sign in</title>", 200)
        query = {key: values[0] for key, values in parse_qs(request.query).items()}
        value = speak(board, request, query)
        if isinstance(value, Reply):
            return value
        if board.trap == "shape" and isinstance(value, dict):
            value = {f"{key}V2": part for key, part in value.items()}
        elif board.trap == "shape" and isinstance(value, list):
            value = [{f"{key}V2": part for key, part in item.items()} for item in value]
        kind, body = (
            ("application/xml", value.encode())
            if isinstance(value, str)
            else ("application/json", json.dumps(value).encode())
        )
        tag = f'"{hash(body)}"'
        if request.headers.get("if-none-match") == tag:
            self.unchanged += 1
            return Reply(b"", 304)
        return Reply(body, 200, kind, (("ETag", tag),))


def _cut(board: Board, jobs: Sequence[Opening], page: int) -> list[Opening]:
    """Take from a page of jobs what the trap leaves of it."""
    if board.trap == "short" and page > 0:
        return list(jobs)[: len(jobs) // 2]
    if board.trap == "short-first" and page == 0:
        return list(jobs)[:-1]
    return [] if board.trap == "dry" and page > 0 else list(jobs)


def _greenhouse(board: Board, request: Request, query: dict[str, str]) -> Any:
    jobs = _cut(board, board.jobs, 0)
    bad = {"title": None} if board.trap == "bad-row" else {}
    rows: list[dict[str, Any]] = [
        {
            "id": job.number,
            "title": job.title,
            "absolute_url": f"https://boards.greenhouse.io/tern/jobs/{job.number}",
            "location": {"name": job.place},
            "first_published": "2026-03-04T05:06:07-05:00",
            "content": escape(job.html),
            "pay_input_ranges": [{"min_cents": 5_000_000, "max_cents": 6_000_000, "currency_type": "EUR"}],
            "departments": [{"id": ord(job.team[0]), "name": job.team, "parent_id": None, "child_ids": []}],
            "a_new_field": {"of": "no importance"},
            **(bad if job is jobs[0] else {}),
        }
        for job in jobs
    ]
    return {"jobs": rows, "meta": {"total": len(board.jobs)}}


def _lever(board: Board, request: Request, query: dict[str, str]) -> Any:
    limit, skip = int(query.get("limit", 1000)), int(query.get("skip", 0))
    skip = 0 if board.trap == "no-skip" else skip
    jobs = _cut(board, board.jobs[skip : skip + limit], 0)
    return [
        {
            "id": job.uuid,
            "text": job.title,
            "hostedUrl": f"https://jobs.lever.co/tern/{job.uuid}",
            "categories": {
                "location": job.place,
                "team": job.team,
                "commitment": "Permanent",
                "allLocations": [job.place],
            },
            "createdAt": 1_772_600_400_000,
            "description": "<div>We make looms.</div>",
            "lists": [{"text": "You have", "content": f"<li>{REQUIREMENT.format(years=job.years)}</li>"}],
            "additional": "<div>Write to us in your own words, and tell us what you would do first in your new job.</div>",
            "workplaceType": "onsite",
            "salaryRange": {"min": 50000, "max": 60000, "currency": "EUR", "interval": "per-year-salary"},
        }
        for job in jobs
    ]


def _ashby(board: Board, request: Request, query: dict[str, str]) -> Any:
    rows = [
        {
            "id": job.uuid,
            "title": job.title,
            "jobUrl": f"https://jobs.ashbyhq.com/tern/{job.uuid}",
            "location": job.place,
            "secondaryLocations": [{"location": "Anywhere"}],
            "publishedAt": "2026-03-04T05:06:07.000+00:00",
            "isListed": True,
            "descriptionHtml": job.html,
            "compensation": {
                "compensationTierSummary": "€50K – €60K",
                "summaryComponents": [
                    {"compensationType": "Salary", "interval": "1 YEAR", "currencyCode": "EUR", **_RANGE}
                ],
            },
        }
        for job in board.jobs
    ]
    hidden = {"id": "x", "title": "Secret", "jobUrl": "https://jobs.ashbyhq.com/tern/x", "isListed": False}
    further = {"nextCursor": "abc"} if board.trap == "further" else {}
    return {"jobs": [*rows, hidden], "apiVersion": "1", **further}


def _workday(board: Board, request: Request, query: dict[str, str]) -> Any:
    host = request.headers["x-forwarded-host"]
    if request.method == "GET":
        job = next(job for job in board.jobs if request.path.endswith(f"_R{job.number}"))
        return {
            "jobPostingInfo": {
                "title": job.title,
                "jobDescription": job.html + PAY,
                "location": job.place,
                "startDate": "2026-03-04",
                "timeType": "Full time",
                "jobReqId": f"R{job.number}",
                "externalUrl": f"https://{host}/External/job/{job.place.replace(' ', '-')}/x_R{job.number}",
            },
            "hiringOrganization": {"name": "Tern Looms"},
        }
    asked = json.loads(request.body)
    offset, limit = asked["offset"], asked["limit"]
    if limit > 20:
        return Reply(b'{"errorCode": "HTTP_400"}', 400, "application/json")
    if board.trap == "elsewhere" and offset:
        return Reply(b"", 303, headers=(("Location", "/maintenance"),))
    jobs, total = board.jobs, len(board.jobs)
    for chosen in asked["appliedFacets"].values():
        jobs = [job for job in jobs if f"{ord(job.team[0]):032x}" in chosen]
        total = len(jobs)
    if board.trap == "cap":
        jobs, total = jobs[:2_000], min(total, 2_000)
    if board.trap in {"cap-told", "cap-hole"}:
        jobs = jobs[:2_000]
    if board.trap == "cap-few":
        # A few late ones are in no part.
        jobs, total = jobs[: 2_000 if not asked["appliedFacets"] else None], min(total, 2_000)
        jobs = [job for job in jobs if not asked["appliedFacets"] or not 1_500 < job.number - 7_000_000 < 1_510]
        total = min(total, len(jobs))
    page = _cut(board, jobs[offset : offset + limit], offset // limit)
    facet = Counter(job.team for job in board.jobs)
    if board.trap == "cap-hole":
        del facet["Kitchen"]
    values = [{"descriptor": team, "id": f"{ord(team[0]):032x}", "count": count} for team, count in facet.items()]
    return {
        "total": 0 if offset else total,
        "jobPostings": [
            {
                "title": job.title,
                "externalPath": f"/job/{job.place.replace(' ', '-')}/{job.title.replace(' ', '-')}_R{job.number}",
                "locationsText": job.place,
                "postedOn": "Posted Yesterday",
                "bulletFields": [f"R{job.number}", job.place],
            }
            if board.trap != "bad-row" or job is not board.jobs[7]
            else {"title": job.title, "bulletFields": [f"R{job.number}"]}
            for job in page
        ],
        "facets": [{"facetParameter": "jobFamilyGroup", "descriptor": "Team", "values": values}],
    }


def _smartrecruiters(board: Board, request: Request, query: dict[str, str]) -> Any:
    number = request.path.rstrip("/").rpartition("/")[2]
    rows = {
        str(job.number): {
            "id": str(job.number),
            "name": job.title,
            "uuid": job.uuid,
            "company": {"identifier": "tern", "name": "Tern Looms"},
            "releasedDate": "2026-03-04T05:06:07.000Z",
            "location": {"city": job.place, "country": "de", "remote": False},
        }
        for job in board.jobs
    }
    if number in rows:
        job = next(job for job in board.jobs if str(job.number) == number)
        return {
            **rows[number],
            "jobAd": {"sections": {"jobDescription": {"title": "Job Description", "text": job.html + PAY}}},
        }
    offset, limit = int(query["offset"]), int(query["limit"])
    page = _cut(board, board.jobs[offset : offset + limit], offset // limit)
    total = 100 if board.trap == "wrong-total" else len(board.jobs)
    return {
        "offset": offset,
        "limit": limit,
        "totalFound": total,
        "content": [rows[str(job.number)] for job in page],
    }


def _workable(board: Board, request: Request, query: dict[str, str]) -> Any:
    if (request.path.startswith("/api/v1/")) == (board.trap == "newer"):
        return Reply(b"{}", 403, "application/json")
    if board.trap == "newer":
        return _newer_workable(board, request)
    rows = [
        {
            "title": job.title,
            "shortcode": f"AB{job.number:08d}",
            "url": f"https://apply.workable.com/j/AB{job.number:08d}",
            "published_on": "2026-03-04",
            "locations": [{"city": place, "country": "Germany", "region": None, "hidden": False}],
            "description": job.html + PAY,
        }
        for job in board.jobs
        for place in (job.place, "Second Town")
    ]
    return {"name": "Tern Looms", "jobs": rows}


def _newer_workable(board: Board, request: Request) -> Any:
    for job in board.jobs:
        if request.path.endswith(f"/AB{job.number:08d}"):
            return {"shortcode": f"AB{job.number:08d}", "title": job.title, "description": job.html}
    at = int(json.loads(request.body).get("token", "0"))
    rows = [
        {
            "shortcode": f"AB{job.number:08d}",
            "title": job.title,
            "published": "2026-03-04T00:00:00.000Z",
            "location": {"city": job.place, "country": "Germany"},
        }
        for job in board.jobs[at : at + 10]
    ]
    more = {"nextPage": str(at + 10)} if at + 10 < len(board.jobs) else {}
    return {"total": len(board.jobs), "results": rows, **more}


def _recruitee(board: Board, request: Request, query: dict[str, str]) -> Any:
    rows = [
        {
            "id": job.number,
            "title": job.title,
            "careers_url": f"https://tern.recruitee.com/o/loom-{job.number}",
            "status": "published",
            "published_at": "2026-03-04 05:06:07 UTC",
            "city": job.place,
            "country": "Germany",
            "description": "<p>We make looms.</p>",
            "requirements": job.html,
            "salary": {"min": "50000", "max": "60000", "period": "year", "currency": "EUR"},
        }
        for job in board.jobs
    ]
    return {"offers": rows}


def _personio(board: Board, request: Request, query: dict[str, str]) -> Any:
    if board.trap == "shape":
        return "<jobs><job/></jobs>"
    rows = "".join(
        f"<position><id>{job.number}</id><office>{job.place}</office><name>{job.title}</name><jobDescriptions>"
        f"<jobDescription><name>Your profile</name><value><![CDATA[{job.html}{PAY}]]></value></jobDescription>"
        "</jobDescriptions><schedule>full-time</schedule><createdAt>2026-03-04T05:06:07+00:00</createdAt></position>"
        for job in board.jobs
    )
    return f"<?xml version='1.0' encoding='UTF-8'?><workzag-jobs>{rows}</workzag-jobs>"


def _teamtailor(board: Board, request: Request, query: dict[str, str]) -> Any:
    if board.trap == "no-json":
        return _teamtailor_rss(board, request, query)
    page = int(query.get("page", 1))
    jobs = board.jobs[(page - 1) * 30 : page * 30]
    rows = [
        {
            "id": job.uuid,
            "title": job.title,
            "url": f"https://tern.teamtailor.com/jobs/{job.number}-loom-engineer",
            "date_published": "2026-03-04T05:06:07+01:00",
            "content_html": job.html,
            "_jobposting": {
                "@type": "JobPosting",
                "jobLocation": [{"address": {"addressLocality": job.place}}],
                "baseSalary": {"currency": "EUR", "value": {**_RANGE, "unitText": "YEAR"}},
            },
        }
        for job in jobs
    ]
    more = (
        {"next_url": f"https://tern.teamtailor.com/jobs.json?page={page + 1}"}
        if page * 30 < len(board.jobs)
        else {}
    )
    if board.trap == "loop":
        more, rows = {"next_url": "https://tern.teamtailor.com/jobs.json?page=1"}, rows[:30]
    return {"version": "https://jsonfeed.org/version/1.1", "title": "Tern", "items": rows, **more}


def _teamtailor_rss(board: Board, request: Request, query: dict[str, str]) -> Any:
    if request.path != "/jobs.rss":
        return Reply(b"not found", 404)
    offset, limit = int(query.get("offset", 0)), min(int(query.get("per_page", 30)), 50)
    rows = "".join(
        f"<item><title>{job.title}</title><link>https://tern.teamtailor.com/jobs/{job.number}-loom-engineer</link>"
        f"<pubDate>Wed, 04 Mar 2026 05:06:07 +0100</pubDate><description>{escape(job.html)}</description>"
        f"<tt:locations><tt:location><tt:city>{job.place}</tt:city></tt:location></tt:locations></item>"
        for job in board.jobs[offset : offset + limit]
    )
    return f'<rss version="2.0" xmlns:tt="https://teamtailor.com/locations"><channel>{rows}</channel></rss>'


def _bamboohr(board: Board, request: Request, query: dict[str, str]) -> Any:
    for job in board.jobs:
        if request.path == f"/careers/{job.number}/detail":
            opening = {
                "jobOpeningShareUrl": f"https://tern.bamboohr.com/careers/{job.number}",
                "jobOpeningName": job.title,
                "description": job.html,
                "compensation": "EUR 50,000 - 60,000 per year",
                "datePosted": "2026-03-04",
                "location": {"city": job.place},
            }
            return {"meta": {}, "result": {"jobOpening": opening}}
    rows = [
        {"id": str(job.number), "jobOpeningName": job.title, "location": {"city": job.place, "state": None}}
        for job in _cut(board, board.jobs, 0)
    ]
    return {"meta": {"totalCount": len(board.jobs)}, "result": rows}


def _pinpoint(board: Board, request: Request, query: dict[str, str]) -> Any:
    rows = [
        {
            "id": str(job.number),
            "title": job.title,
            "url": f"https://tern.pinpointhq.com/en/postings/{job.uuid}",
            "description": job.html,
            "location": {"name": job.place},
            "compensation": "€50,000 - €60,000 / year",
            "compensation_minimum": 50_000.0,
            "compensation_maximum": 60_000.0,
            "compensation_currency": "EUR",
            "compensation_frequency": "year",
            "deadline_at": "2199-08-26T23:59:59+01:00",
        }
        for job in board.jobs
    ]
    return {"data": rows, **({"links": {"next": "/postings.json?page=2"}} if board.trap == "further" else {})}


def _rippling(board: Board, request: Request, query: dict[str, str]) -> Any:
    for job in board.jobs:
        if request.path.endswith(job.uuid):
            return {
                "uuid": job.uuid,
                "name": job.title,
                "description": {"company": "<p>We make looms.</p>", "role": job.html + PAY},
            }
    return [
        {
            "uuid": job.uuid,
            "name": job.title,
            "url": f"https://ats.rippling.com/tern/jobs/{job.uuid}",
            "workLocation": {"label": place},
        }
        for job in board.jobs
        for place in (job.place, "Remote (Germany)")
    ]


def _manatal(board: Board, request: Request, query: dict[str, str]) -> Any:
    page = int(query.get("page", 1))
    jobs = _cut(board, board.jobs[(page - 1) * 10 : page * 10], page - 1)
    rows = [
        {
            "id": job.number,
            "hash": f"A{job.number}",
            "position_name": job.title,
            "description": job.html + PAY,
            "city": job.place,
            "country": "Germany",
            "location_display": f"{job.place}, Germany",
            "is_remote": None,
            "contract_details": "full_time",
        }
        for job in jobs
    ]
    more = page * 10 < len(board.jobs)
    return {
        "count": len(board.jobs),
        "next": f"https://core.api.manatal.com/open/v3/career-page/tern/jobs/?page={page + 1}" if more else None,
        "previous": None,
        "results": rows,
    }


def _oracle(board: Board, request: Request, query: dict[str, str]) -> Any:
    finder = query["finder"]
    if finder.startswith("ById"):
        number = finder.split('"')[1]
        job = next(job for job in board.jobs if str(job.number) == number)
        return {"items": [{"Id": number, "Title": job.title, "ExternalDescriptionStr": job.html + PAY}]}
    asked = dict(part.split("=", 1) for part in finder.partition(";")[2].split(","))
    offset, limit = int(asked["offset"]), int(asked["limit"])
    page = _cut(board, board.jobs[offset : offset + limit], offset // limit)
    rows = [
        {"Id": str(job.number), "Title": job.title, "PostedDate": "2026-03-04", "PrimaryLocation": job.place}
        for job in page
    ]
    total = 10_000 if board.trap == "cap" else len(board.jobs)
    return {"items": [{"TotalJobsCount": total, "requisitionList": rows}], "count": 1, "hasMore": False}


def _eightfold(board: Board, request: Request, query: dict[str, str]) -> Any:
    def row(job: Opening, text: str) -> dict[str, Any]:
        return {
            "id": job.number,
            "name": job.title,
            "canonicalPositionUrl": f"https://tern.eightfold.ai/careers/job/{job.number}",
            "locations": [job.place],
            "t_create": 1_772_600_400,
            "job_description": text,
        }

    if ("pcsx" in request.path) != (board.trap == "branded"):
        return Reply(b"{}", 403, "application/json")
    if "position_id" in query:
        job = next(job for job in board.jobs if str(job.number) == query["position_id"])
        found = {
            "id": job.number,
            "name": job.title,
            "publicUrl": f"https://tern.eightfold.ai/careers/job/{job.number}",
        }
        return {"status": 200, "data": {**found, "jobDescription": job.html}}
    for job in board.jobs:
        if request.path.endswith(str(job.number)):
            return row(job, job.html + PAY)
    start, num = int(query["start"]), int(query.get("num", 10))
    if board.trap == "branded":
        brief = [
            {
                "id": job.number,
                "name": job.title,
                "locations": [job.place],
                "postedTs": 1_772_600_400,
                "positionUrl": f"/careers/job/{job.number}",
            }
            for job in board.jobs[start : start + num]
        ]
        return {"status": 200, "error": None, "data": {"positions": brief, "count": len(board.jobs)}}
    total = 2_000 if board.trap == "cap" else len(board.jobs)
    page = _cut(board, board.jobs[start : start + num], start // num)
    return {"domain": query.get("domain"), "count": total, "positions": [row(job, "") for job in page]}


def _breezy(board: Board, request: Request, query: dict[str, str]) -> Any:
    if request.path != "/json":
        return None
    return [
        {
            "id": f"{job.number:012x}",
            "friendly_id": f"{job.number:012x}-loom",
            "name": job.title,
            "url": f"https://tern.breezy.hr/p/{job.number:012x}-loom",
            "published_date": "2026-03-04T05:06:07.000Z",
            "type": {"id": "fullTime", "name": "Full-Time"},
            "location": {"country": {"id": "DE", "name": "Germany"}, "city": job.place, "name": job.place},
            "salary": "",
            "company": {"name": "Tern Looms"},
        }
        for job in board.jobs
    ]


def _jibe(board: Board, request: Request, query: dict[str, str]) -> Any:
    if request.path != "/api/jobs":
        return None
    page = int(query["page"])
    rows = [
        {
            "slug": str(job.number),
            "req_id": str(job.number),
            "title": job.title,
            "full_location": job.place,
            "posted_date": "2026-03-04T05:06:07+0000",
            "description": job.html,
            "meta_data": {"canonical_url": f"https://tern.jibeapply.com/jobs/{job.number}?lang=en-us"},
        }
        for job in _cut(board, board.jobs[(page - 1) * 10 : page * 10], page - 1)
    ]
    return {"jobs": [{"data": row} for row in rows], "totalCount": len(board.jobs), "count": len(rows)}


def _successfactors(board: Board, request: Request, query: dict[str, str]) -> Any:
    if request.path != "/googlefeed.xml":
        return None
    rows = "".join(
        f"<item><title>{job.title}</title><link>https://tern.jobs2web.com/job/Loom/{job.number}/</link>"
        f"<g:location>{job.place}</g:location><g:id>{job.number}</g:id>"
        f"<pubDate>Wed, 04 Mar 2026 05:06:07 GMT</pubDate><description>{escape(job.html)}</description></item>"
        for job in board.jobs
    )
    return f'<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>{rows}</channel></rss>'


def _sitemap(path: str, instead: Speak | None = None) -> Speak:
    def speak(board: Board, request: Request, query: dict[str, str]) -> Any:
        host = request.headers["x-forwarded-host"]
        if board.trap == "no-sitemap" and "sitemap" in request.path:
            return Reply(b"not found", 404)
        if board.trap == "no-sitemap" and instead and (answer := instead(board, request, query)) is not None:
            return answer
        for job in board.jobs:
            if path.format(number=job.number) == request.path:
                posting = {
                    "@type": "JobPosting",
                    "title": job.title,
                    "description": job.html,
                    "datePosted": "2026-03-04",
                    "jobLocation": {"address": {"addressLocality": job.place}},
                    "baseSalary": {"currency": "EUR", "value": {**_RANGE, "unitText": "YEAR"}},
                }
                return Reply(f'<script type="application/ld+json">{json.dumps(posting)}</script>'.encode())
        if board.trap == "shape":
            return "<html><body>moved</body></html>"
        urls = [
            f"https://{host}/about",
            *(f"https://{host}{path.format(number=job.number)}" for job in board.jobs),
        ]
        rows = "".join(f"<url><loc>{url}</loc><lastmod>2026-03-04</lastmod></url>" for url in urls)
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'

    return speak


SPEAKERS: dict[tuple[str, str], Speak] = {
    ("boards-api.greenhouse.io", "greenhouse"): _greenhouse,
    ("api.lever.co", "lever"): _lever,
    ("api.ashbyhq.com", "ashby"): _ashby,
    ("*.wd5.myworkdayjobs.com", "workday"): _workday,
    ("api.smartrecruiters.com", "smartrecruiters"): _smartrecruiters,
    ("apply.workable.com", "workable"): _workable,
    ("*.recruitee.com", "recruitee"): _recruitee,
    ("*.jobs.personio.de", "personio"): _personio,
    ("*.teamtailor.com", "teamtailor"): _teamtailor,
    ("*.bamboohr.com", "bamboohr"): _bamboohr,
    ("*.pinpointhq.com", "pinpoint"): _pinpoint,
    ("api.rippling.com", "rippling"): _rippling,
    ("core.api.manatal.com", "manatal"): _manatal,
    ("*.fa.em2.oraclecloud.com", "oracle"): _oracle,
    ("*.eightfold.ai", "eightfold"): _eightfold,
    ("*.breezy.hr", "breezy"): _sitemap("/p/{number:012x}-loom", _breezy),
    ("*.icims.com", "icims"): _sitemap("/jobs/{number}/loom-engineer/job"),
    ("*.jobs2web.com", "successfactors"): _sitemap("/job/Port-Ellery-Loom/{number}/", _successfactors),
    ("*.jibeapply.com", "jibe"): _sitemap("/jobs/{number}", _jibe),
    ("phenom.tern.example", "phenom"): _sitemap("/us/en/job/{number}/loom-engineer"),
    ("jibe.tern.example", "jibe"): _sitemap("/careers-home/jobs/{number}"),
    ("successfactors.tern.example", "successfactors"): _sitemap("/job/Port-Ellery-Loom/{number}/"),
    ("teamtailor.tern.example", "teamtailor"): _teamtailor,
    ("recruitee.tern.example", "recruitee"): _recruitee,
}
"""By the host of the API and the platform."""

ADDRESSES = {
    "greenhouse": "https://boards.greenhouse.io/{name}",
    "lever": "https://jobs.lever.co/{name}",
    "ashby": "https://jobs.ashbyhq.com/{name}",
    "workday": "https://{name}.wd5.myworkdayjobs.com/en-US/External",
    "smartrecruiters": "https://careers.smartrecruiters.com/{name}",
    "workable": "https://apply.workable.com/{name}/",
    "recruitee": "https://{name}.recruitee.com/",
    "personio": "https://{name}.jobs.personio.de/",
    "teamtailor": "https://{name}.teamtailor.com/jobs",
    "bamboohr": "https://{name}.bamboohr.com/careers",
    "pinpoint": "https://{name}.pinpointhq.com/",
    "rippling": "https://ats.rippling.com/{name}/jobs",
    "manatal": "https://www.careers-page.com/{name}",
    "oracle": "https://{name}.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/jobs",
    "eightfold": "https://{name}.eightfold.ai/careers?domain=tern.example",
    "breezy": "https://{name}.breezy.hr/",
    "icims": "https://{name}.icims.com/jobs/search",
    "successfactors": "https://{name}.jobs2web.com/search",
    "jibe": "https://{name}.jibeapply.com/jobs",
}
"""Where each platform's boards are watched."""
