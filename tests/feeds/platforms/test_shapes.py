"""Answers in the shapes that platforms are known to give: nulls, absent fields, other endpoints. No server."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from time import process_time
from typing import Any

import pytest

from jpt.errors import FeedFault
from jpt.extract.finding import NoJob, read_post
from jpt.feeds.board_listing import sorted_out
from jpt.feeds.protocol import Batch, Board
from jpt.feeds.registry import board_at, feed_of
from jpt.feeds.shape import in_country
from jpt.feeds.stored_post import packed, post_page, unpacked
from jpt.models.pages import FeedJob, Salary
from tests.table import each_row

UUID = "00000000-0000-4000-8000-000000000001"


def parsed(url: str, answer: Any) -> Batch:
    """Read *answer* (a value for JSON, a text as it is) as one of the board at *url*."""
    board = board_at(url)
    assert board is not None
    batch = feed_of(board).parse(board, answer if isinstance(answer, str) else json.dumps(answer))
    jobs, _ = sorted_out(batch.jobs)
    return replace(batch, jobs=jobs)


def one(url: str, answer: Any) -> FeedJob:
    (job,) = parsed(url, answer).jobs
    return job


GREENHOUSE = "https://job-boards.eu.greenhouse.io/tern"
GH_JOB: dict[str, Any] = {
    "id": 4012101,
    "title": "Cook",
    "absolute_url": "https://job-boards.eu.greenhouse.io/tern/jobs/4012101",
}


# --- What may be missing, and what may not -----------------------------------------------------------

LEAST: dict[str, tuple[str, Any]] = {
    "greenhouse": (GREENHOUSE, {"jobs": [GH_JOB | {"location": None, "departments": None, "offices": None}], "meta": None}),
    "lever": (
        "https://jobs.eu.lever.co/tern",
        [{"id": UUID, "text": "Cook", "hostedUrl": f"https://jobs.eu.lever.co/tern/{UUID}", "categories": None}],
    ),
    "ashby": (
        "https://jobs.ashbyhq.com/tern",
        {"jobs": [{"id": UUID, "title": "Cook", "jobUrl": f"https://jobs.ashbyhq.com/tern/{UUID}", "compensation": None}]},
    ),
    "workday": (
        "https://tern.wd5.myworkdayjobs.com/External",
        {"total": 1, "jobPostings": [{"title": "Cook", "externalPath": "/job/Cook_R1", "bulletFields": None}]},
    ),
    "smartrecruiters": (
        "https://careers.smartrecruiters.com/Tern",
        {"totalFound": 1, "content": [{"id": "743999967085474", "name": "Cook", "location": None, "customField": None}]},
    ),
    "workable": ("https://apply.workable.com/tern", {"jobs": [{"shortcode": "0963E49F80", "title": "Cook", "locations": None}]}),
    "recruitee": (
        "https://tern.recruitee.com",
        {"offers": [{"id": 7, "title": "Cook", "careers_url": "https://careers.tern.example/o/cook", "salary": None}]},
    ),
    "personio": (
        "https://tern.jobs.personio.de",
        "<workzag-jobs><position><id>12</id><name>Cook</name><office/></position></workzag-jobs>",
    ),
    "teamtailor": (
        "https://tern.teamtailor.com/jobs",
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": UUID, "title": "Cook", "url": "https://tern.teamtailor.com/jobs/7-cook", "_jobposting": None}],
        },
    ),
    "bamboohr": (
        "https://tern.bamboohr.com/careers",
        {"meta": None, "result": [{"id": "7", "jobOpeningName": "Cook", "location": None, "atsLocation": None}]},
    ),
    "pinpoint": (
        "https://tern.pinpointhq.com",
        {"data": [{"id": "7", "title": "Cook", "url": f"https://tern.pinpointhq.com/en/postings/{UUID}", "job": None, "location": None}]},
    ),
    "rippling": (
        "https://ats.rippling.com/tern/jobs",
        [{"uuid": UUID, "name": "Cook", "url": f"https://ats.rippling.com/tern/jobs/{UUID}", "workLocation": None, "department": None}],
    ),
    "manatal": (
        "https://www.careers-page.com/tern",
        {"count": 1, "next": None, "results": [{"hash": "QVXR6YY8", "position_name": "Cook", "city": None, "is_remote": None}]},
    ),
    "oracle": (
        "https://tern.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/jobs",
        {"items": [{"TotalJobsCount": 1, "requisitionList": [{"Id": "7", "Title": "Cook", "secondaryLocations": None}]}]},
    ),
    "eightfold": (
        "https://tern.eightfold.ai/careers?domain=tern.example",
        {"count": 1, "positions": [{"id": 70000, "name": "Cook", "canonicalPositionUrl": "https://tern.eightfold.ai/careers/job/70000", "locations": None}]},
    ),
    "breezy": (
        "https://tern.breezy.hr",
        [{"id": "871a4746bae4", "name": "Cook", "url": "https://tern.breezy.hr/p/871a4746bae4-cook", "location": None, "type": None}],
    ),
    "jibe": (
        "https://tern.jibeapply.com/jobs",
        {"totalCount": 1, "jobs": [{"data": {"slug": "7", "title": "Cook", "categories": None, "meta_data": None}}]},
    ),
    "successfactors": (
        "https://tern.jobs2web.com/search",
        {"totalJobs": 1, "jobSearchResult": [{"response": {"id": 70001, "unifiedStandardTitle": "Cook", "jobLocationShort": None}}]},
    ),
}  # fmt: skip


@each_row("platform", LEAST)
def test_a_job_needs_no_more_than_title_and_address(platform: str) -> None:
    job = one(*LEAST[platform])

    assert job.title == "Cook"
    assert job.url.startswith("https://")
    assert job.keys
    assert (job.location, job.posted, job.salary) == ("", "", None)


def without_title(value: Any, lost: str | None) -> Any:
    """Give *value* where "Cook" is null, empty, or under another name."""
    if isinstance(value, list):
        return [without_title(part, lost) for part in value]
    if not isinstance(value, dict):
        return value
    return {
        f"{name}V2" if part == "Cook" and lost == "gone" else name: lost
        if part == "Cook" and lost != "gone"
        else without_title(part, lost)
        for name, part in value.items()
    }


@each_row("platform", LEAST)
@each_row("lost", [None, "", "gone"])
def test_a_job_without_title_is_a_changed_shape(platform: str, lost: str | None) -> None:
    url, answer = LEAST[platform]
    if isinstance(answer, str):
        broken: Any = answer.replace("<name>Cook</name>", "" if lost == "gone" else "<name/>")
    else:
        broken = without_title(answer, lost)

    with pytest.raises(FeedFault):
        parsed(url, broken)


@each_row("platform", LEAST)
@each_row("part", [0.3, 0.7, 0.97])
def test_an_answer_that_breaks_off_is_refused(platform: str, part: float) -> None:
    url, answer = LEAST[platform]
    text = answer if isinstance(answer, str) else json.dumps(answer)

    with pytest.raises(FeedFault):
        parsed(url, text[: int(len(text) * part)])


STRANGE: tuple[Any, ...] = (
    None,
    0,
    -1,
    1e300,
    True,
    "",
    "x",
    "\ud800",
    [],
    {},
    [None],
    ["x"],
    [[]],
    {"name": None},
    "gone",
)


def changed(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """Give *value* where *other* stands at *path*, or nothing does."""
    if not path:
        return other
    step, *rest = path
    copy = dict(value) if isinstance(value, dict) else list(value)
    if not rest and other == "gone":
        del copy[step]
    else:
        copy[step] = changed(copy[step], tuple(rest), other)
    return copy


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the path of each value that stands in *value*."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in parts:
        yield (*path, step)
        yield from places_in(part, (*path, step))


@each_row("platform", [name for name in LEAST if name != "personio"])
def test_whatever_stands_in_an_answer_it_is_read_or_refused(platform: str) -> None:
    url, answer = LEAST[platform]
    for path in places_in(answer):
        for other in STRANGE:
            with suppress(FeedFault):
                for job in parsed(url, changed(answer, path, other)).jobs:
                    assert job.url.startswith("https://"), (path, other)
                    assert unpacked(packed(job, Board(platform, "tern"))), (path, other)
                    post_page(job, job.url, platform)


def with_row_beside(answer: Any, spoil: Callable[[Any], Any]) -> Any:
    """Give *answer* with a spoilt copy of its one row before that row."""
    path = next(path for path in places_in(answer) if value_at(answer, path) == "Cook")
    at = max(step for step, part in enumerate(path) if isinstance(part, int))
    (row,) = value_at(answer, path[:at])
    return changed(answer, path[:at], [spoil(row), row])


def value_at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


SPOILT: dict[str, Callable[[Any], Any]] = {
    "no title": lambda row: without_title(row, "gone"),
    "an empty title": lambda row: without_title(row, ""),
    "null": lambda row: None,
    "a text": lambda row: "x",
    "a list": lambda row: [row],
    "empty": lambda row: {},
}


@each_row("platform", [name for name in LEAST if name != "personio"])
@each_row("how", SPOILT)
def test_one_bad_row_is_one_bad_row(platform: str, how: str) -> None:
    url, answer = LEAST[platform]
    board = board_at(url)
    assert board is not None

    batch = feed_of(board).parse(board, json.dumps(with_row_beside(answer, SPOILT[how])))
    jobs, bad_rows = sorted_out(batch.jobs)

    assert [job.title for job in jobs] == ["Cook"]
    assert len(bad_rows) == 1 and bad_rows[0].why


@each_row(
    ("address", "why"),
    [
        ("https://jobs.example:6000/7", "port 6000"),
        ("javascript:alert(1)", "address"),
        ("https://[::1:z]/x", "not an http"),
        ("https://jobs.example/" + "x" * 9_000, "too long"),
        ("/jobs/7", "address"),
        (None, "absolute_url"),
    ],
)
def test_a_row_whose_address_cannot_be_opened_has_its_reason(address: str | None, why: str) -> None:
    batch = feed_of(Board("greenhouse", "tern")).parse(
        Board("greenhouse", "tern"),
        json.dumps({"jobs": [GH_JOB, GH_JOB | {"id": 99, "title": "Baker", "absolute_url": address}]}),
    )
    jobs, bad_rows = sorted_out(batch.jobs)

    assert len(jobs) == 1
    assert [row.title for row in bad_rows] == ["Baker"]
    assert why in bad_rows[0].why and len(bad_rows[0].url) <= 300


def test_a_feed_of_bad_rows_is_refused_for_its_shape() -> None:
    bad = [GH_JOB | {"id": number, "title": None} for number in range(9)]

    with pytest.raises(FeedFault, match="without 'title'"):
        parsed(GREENHOUSE, {"jobs": [GH_JOB, *bad]})


def test_an_offer_whose_status_is_unknown_is_a_changed_shape() -> None:
    url, answer = LEAST["recruitee"]

    with pytest.raises(FeedFault, match="half-open"):
        parsed(url, {"offers": [answer["offers"][0] | {"status": "half-open"}]})


# --- Greenhouse --------------------------------------------------------------------------------------


def test_greenhouse_text_that_is_escaped_twice_reads_as_text() -> None:
    job = one(
        GREENHOUSE,
        {"jobs": [GH_JOB | {"content": "&lt;p&gt;R&amp;amp;D &amp;mdash; 3+ years of cooking&lt;/p&gt;"}]},
    )

    assert "R&D — 3+ years of cooking" in post_page(job, job.url, "greenhouse").text


def test_greenhouse_jobs_are_found_in_departments_and_offices_of_any_depth() -> None:
    cook, baker = GH_JOB, GH_JOB | {"id": 4012102, "title": "Baker"}
    nested = [
        {
            "name": "Kitchen",
            "jobs": [cook],
            "children": [{"name": "Bakery", "jobs": [baker, cook], "children": []}],
        }
    ]

    by_department = parsed(GREENHOUSE, {"departments": nested})
    by_office = parsed(GREENHOUSE, {"offices": [{"name": "Quay", "departments": nested}]})

    assert [job.title for job in by_department.jobs] == ["Cook", "Baker"]
    assert by_office.jobs == by_department.jobs


@pytest.mark.parametrize(
    ("place", "offices", "shown"),
    [
        ("Hybrid", [{"name": "HQ", "location": "Port Ellery"}, {"name": "Quay", "location": None}], "Hybrid; Port Ellery; Quay"),
        ("Quayside", [{"name": "HQ", "location": "Port Ellery"}], "Quayside"),
        (None, [{"name": "HQ", "location": None}], "HQ"),
    ],
)  # fmt: skip
def test_greenhouse_offices_stand_in_for_a_place_that_is_none(
    place: str | None, offices: list[Any], shown: str
) -> None:
    job = one(GREENHOUSE, {"jobs": [GH_JOB | {"location": {"name": place}, "offices": offices}]})

    assert job.location == shown


def test_greenhouse_pay_is_in_cents() -> None:
    pay = [{"min_cents": 5_000_000, "max_cents": 6_000_000, "currency_type": "EUR", "title": "Pay"}]

    assert one(GREENHOUSE, GH_JOB | {"pay_input_ranges": pay}).salary == Salary(50_000, 60_000, "EUR")


# --- Lever -------------------------------------------------------------------------------------------


def test_lever_lists_and_closing_are_read_in_the_order_of_the_page() -> None:
    job = one(
        "https://jobs.eu.lever.co/tern",
        [
            {
                "id": UUID,
                "text": "Cook",
                "hostedUrl": f"https://jobs.eu.lever.co/tern/{UUID}",
                "categories": {"location": "Quayside", "allLocations": ["Quayside", "Port Ellery"], "team": "-"},
                "descriptionPlain": "We cook & bake.\nEvery day.",
                "lists": [{"text": "You have", "content": "<li>4+ years of experience</li>"}, {"text": None, "content": None}],
                "additional": None,
                "additionalPlain": "Write to us.",
                "salaryRange": {"min": 50000, "max": 60000, "currency": "EUR", "interval": "per-year-salary"},
                "createdAt": 1_772_600_400_000,
            }
        ],
    )  # fmt: skip

    text = post_page(job, job.url, "lever").text
    order = [text.index(part) for part in ("We cook & bake.", "You have", "4+ years", "Write to us.")]
    assert order == sorted(order)
    assert job.location == "Quayside; Port Ellery"
    assert job.department == ""
    assert job.salary == Salary(50_000, 60_000, "EUR", "per-year-salary")


# --- Ashby -------------------------------------------------------------------------------------------


def ashby(**fields: Any) -> Batch:
    job = {"id": UUID, "title": "Cook", "jobUrl": f"https://jobs.ashbyhq.com/tern/{UUID}", **fields}
    return parsed("https://jobs.ashbyhq.com/tern", {"apiVersion": "1", "jobs": [job]})


def test_ashby_jobs_that_are_not_listed_are_none() -> None:
    assert ashby(isListed=False).jobs == ()
    assert len(ashby(isListed=True).jobs) == 1
    assert len(ashby().jobs) == 1


def test_ashby_pay_is_taken_where_it_is_shown() -> None:
    parts = [
        {"compensationType": "EquityPercentage", "minValue": 0.1, "maxValue": 0.3, "interval": "NONE"},
        {
            "compensationType": "Salary",
            "minValue": 50000,
            "maxValue": 60000,
            "currencyCode": "GBP",
            "interval": "1 YEAR",
        },
    ]
    pay = {"compensationTierSummary": "£50K – £60K", "summaryComponents": parts}

    (shown,) = ashby(compensation=pay).jobs
    (hidden,) = ashby(compensation=pay, shouldDisplayCompensationOnJobPostings=False).jobs

    assert (shown.pay, shown.salary) == ("£50K – £60K", Salary(50_000, 60_000, "GBP", "year"))
    assert (hidden.pay, hidden.salary) == ("", None)


def test_what_the_page_of_ashby_is_given_names_the_same_jobs() -> None:
    posting = {
        "id": UUID,
        "title": "Cook",
        "locationName": "Quayside",
        "secondaryLocations": [{"locationName": "Port Ellery"}],
    }

    job = one("https://jobs.ashbyhq.com/tern", {"data": {"jobBoard": {"teams": [], "jobPostings": [posting]}}})

    (usual,) = ashby().jobs
    assert (job.url, job.keys, job.location) == (usual.url, usual.keys, "Quayside; Port Ellery")


# --- Workday -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("site", ["https://tern.wd5.myworkdayjobs.com/de-DE/External", "https://wd5.myworkdaysite.com/de-DE/recruiting/tern/External"])  # fmt: skip
def test_workday_addresses_keep_the_language_that_is_watched(site: str) -> None:
    job = one(
        site,
        {
            "total": 1,
            "jobPostings": [
                {"title": "Cook", "externalPath": "/job/Quayside/Cook_R1-2", "locationsText": "2 Locations"}
            ],
        },
    )

    assert job.url == f"{site}/job/Quayside/Cook_R1-2"
    assert job.keys == ("workday:tern/external/r1-2",)
    assert job.detail == f"{'/'.join(site.split('/')[:3])}/wday/cxs/tern/External/job/Quayside/Cook_R1-2"


def test_a_post_of_workday_has_all_its_places() -> None:
    job = one(
        "https://tern.wd5.myworkdayjobs.com/External",
        {
            "jobPostingInfo": {
                "title": "Cook",
                "externalUrl": "https://tern.wd5.myworkdayjobs.com/External/job/Quayside/Cook_R1",
                "jobDescription": "<p>We cook.</p>",
                "location": "Quayside",
                "additionalLocations": ["Port Ellery"],
                "startDate": "2026-03-04",
            },
            "hiringOrganization": None,
        },
    )

    assert (job.location, job.posted) == ("Quayside; Port Ellery", "2026-03-04")


# --- SmartRecruiters, Workable, Recruitee, Personio, Teamtailor --------------------------------------


def test_a_post_of_smartrecruiters_has_its_sections_and_its_place() -> None:
    job = one(
        "https://jobs.smartrecruiters.com/Tern",
        {
            "id": "743999967085474",
            "name": "Cook",
            "postingUrl": "https://jobs.smartrecruiters.com/Tern/743999967085474-cook",
            "location": {"city": "Quayside", "region": None, "country": "de", "remote": True},
            "customField": [{"fieldLabel": "Brands", "valueLabel": "Tern"}],
            "jobAd": {
                "sections": {
                    "companyDescription": {"title": "Company", "text": "<p>Tern.</p>"},
                    "qualifications": {"title": "You", "text": "<p>5+ years of cooking</p>"},
                    "videos": {"urls": []},
                    "additionalInformation": None,
                }
            },
        },
    )

    assert (job.location, job.remote) == ("Quayside, DE", True)
    assert "5+ years of cooking" in job.html


def test_workable_is_read_in_its_newer_shape() -> None:
    batch = parsed(
        "https://apply.workable.com/tern",
        {
            "total": 12,
            "results": [
                {
                    "id": 3,
                    "shortcode": "0963E49F80",
                    "title": "Cook",
                    "remote": True,
                    "location": {"country": "Germany", "city": "Quayside", "region": ""},
                    "locations": [],
                    "published": "2026-03-04T00:00:00.000Z",
                    "type": "full",
                    "department": ["Kitchen"],
                }
            ],
            "nextPage": "WzE3M10=",
        },
    )

    (job,) = batch.jobs
    assert (batch.total, batch.further) == (12, "WzE3M10=")
    assert job.url == "https://apply.workable.com/tern/j/0963E49F80"
    assert (job.location, job.posted, job.department, job.remote) == (
        "Quayside, Germany",
        "2026-03-04",
        "Kitchen",
        True,
    )


def test_hidden_places_of_workable_stay_hidden() -> None:
    places = [{"city": "Quayside", "hidden": False}, {"city": "Secret", "hidden": True}]

    job = one(
        "https://apply.workable.com/tern",
        {"jobs": [{"shortcode": "0963E49F80", "title": "Cook", "locations": places}]},
    )

    assert job.location == "Quayside"


def test_offers_of_recruitee_on_a_domain_of_their_own_are_known() -> None:
    offer = {"id": 7, "title": "Cook", "careers_url": "https://careers.tern.example/o/cook", "status": "published"}
    closed = offer | {"id": 8, "status": "closed"}

    listed = parsed("https://tern.recruitee.com", {"offers": [offer, closed]}).jobs
    alone = one("https://tern.recruitee.com", {"offer": offer})

    assert [job.url for job in listed] == ["https://careers.tern.example/o/cook"]
    assert alone.keys == listed[0].keys == ("recruitee:7",)


@pytest.mark.parametrize("language", ["de", "en", "fr"])
def test_personio_is_read_in_the_language_that_is_watched(language: str) -> None:
    text = (
        "<workzag-jobs><position><id>12</id><name>Koch</name><office>Kai</office><additionalOffices><office>Hafen</office>"
        "</additionalOffices><jobDescriptions><jobDescription><name>Profil</name><value><![CDATA[<p>Text</p>]]></value>"
        "</jobDescription></jobDescriptions><createdAt>2026-03-04T05:06:07+00:00</createdAt></position></workzag-jobs>"
    )

    job = one(f"https://tern.jobs.personio.com/?language={language}", text)

    assert job.url == f"https://tern.jobs.personio.com/job/12?language={language}"
    assert (job.location, job.posted) == ("Kai; Hafen", "2026-03-04")
    assert job.html == "<h2>Profil</h2><p>Text</p>"


def test_the_search_of_personio_names_the_same_jobs() -> None:
    found = [
        {"id": 12, "name": "Cook", "office": "Kai", "offices": ["Kai", "Hafen"], "employment_type": "permanent"}
    ]

    job = one("https://tern.jobs.personio.de/", found)

    assert (job.url, job.keys, job.location) == (
        "https://tern.jobs.personio.de/job/12",
        ("personio:tern/12",),
        "Kai; Hafen",
    )


def test_teamtailor_as_rss_has_the_same_jobs() -> None:
    text = """<?xml version="1.0"?><rss version="2.0" xmlns:tt="https://teamtailor.com/locations"><channel>
    <title>Tern</title><item><title>Cook</title><description>&lt;p&gt;We cook.&lt;/p&gt;</description>
    <pubDate>Wed, 04 Mar 2026 05:06:07 +0100</pubDate><link>https://tern.teamtailor.com/jobs/7308188-cook</link>
    <remoteStatus>fully</remoteStatus><guid>679cc864</guid><tt:locations>
    <tt:location><tt:name>HQ</tt:name><tt:city>Quayside</tt:city><tt:country>Germany</tt:country></tt:location>
    <tt:location><tt:name>Port</tt:name><tt:city/><tt:country/></tt:location></tt:locations>
    <tt:department>Kitchen</tt:department></item></channel></rss>"""

    job = one("https://tern.teamtailor.com/jobs", text)

    assert (job.url, job.keys) == ("https://tern.teamtailor.com/jobs/7308188-cook", ("teamtailor:7308188",))
    assert (job.location, job.posted, job.remote, job.department) == (
        "Quayside, Germany; Port",
        "2026-03-04",
        True,
        "Kitchen",
    )


# --- BambooHR, Pinpoint, Rippling, Oracle, Eightfold, SuccessFactors ---------------------------------


def test_bamboohr_takes_two_steps() -> None:
    url = "https://tern.bamboohr.com/careers"
    listed = one(
        url,
        {
            "meta": {"totalCount": 1},
            "result": [{"id": "7", "jobOpeningName": "Cook", "location": {"city": "Quayside", "state": None}}],
        },
    )
    opening = {
        "jobOpeningShareUrl": "https://tern.bamboohr.com/careers/7",
        "jobOpeningName": "Cook",
        "description": "<p>We cook.</p>",
        "compensation": "€50k",
        "datePosted": "2026-03-04",
        "location": {"city": "Quayside", "state": "", "addressCountry": "Germany"},
    }
    board = board_at(url)
    assert board is not None

    whole = feed_of(board).detail(board, listed, json.dumps({"meta": {}, "result": {"jobOpening": opening}}))

    assert listed.detail == "https://tern.bamboohr.com/careers/7/detail"
    assert (whole.url, whole.location, whole.posted, whole.pay) == (
        listed.url,
        "Quayside, Germany",
        "2026-03-04",
        "€50k",
    )


def test_pay_of_pinpoint_that_is_not_shown_is_not_taken() -> None:
    posting = {
        "id": "7",
        "title": "Cook",
        "url": f"https://tern.pinpointhq.com/en/postings/{UUID}",
        "compensation": "€50k",
        "compensation_minimum": 50000.0,
        "compensation_visible": False,
    }

    job = one("https://tern.pinpointhq.com", {"data": [posting]})

    assert (job.pay, job.salary) == ("", None)


def test_rippling_is_read_in_its_newer_shape() -> None:
    batch = parsed(
        "https://ats.rippling.com/tern/jobs",
        {
            "items": [
                {
                    "id": UUID,
                    "name": "Cook",
                    "url": f"https://ats.rippling.com/tern/jobs/{UUID}",
                    "department": {"name": "Kitchen"},
                    "locations": [{"name": "Quayside"}, {"name": "Remote (Germany)"}],
                }
            ],
            "totalItems": 30,
        },
    )

    (job,) = batch.jobs
    assert (batch.total, job.keys, job.location, job.remote) == (
        30,
        (f"rippling:{UUID}",),
        "Quayside; Remote (Germany)",
        True,
    )


def test_a_post_of_oracle_puts_its_parts_together() -> None:
    job = one(
        "https://tern.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job/7",
        {
            "items": [
                {
                    "Id": "7",
                    "Title": "Cook",
                    "ExternalDescriptionStr": "<p>We cook.</p>",
                    "ExternalQualificationsStr": "<p>5+ years</p>",
                    "ExternalResponsibilitiesStr": None,
                    "ExternalPostedStartDate": "2026-03-04T05:06:07+00:00",
                    "PrimaryLocation": "Quayside",
                    "secondaryLocations": [{"Name": "Port Ellery"}],
                }
            ]
        },
    )

    assert job.html == "<div><p>We cook.</p></div>\n<div><p>5+ years</p></div>"
    assert (job.location, job.posted) == ("Quayside; Port Ellery", "2026-03-04")


def test_eightfold_is_read_in_its_newer_shape() -> None:
    batch = parsed(
        "https://tern.eightfold.ai/careers?domain=tern.example",
        {
            "status": 200,
            "data": {
                "count": 1,
                "positions": [
                    {"id": 70000, "name": "Cook", "positionUrl": "/careers/job/70000", "postedTs": 1_772_600_400}
                ],
            },
        },
    )

    (job,) = batch.jobs
    assert (batch.total, job.url, job.posted) == (1, "https://tern.eightfold.ai/careers/job/70000", "2026-03-04")


def test_successfactors_is_read_as_search_and_as_page() -> None:
    url = "https://tern.jobs2web.com/search"
    found = {
        "totalJobs": 20,
        "jobSearchResult": [
            {
                "response": {
                    "id": "70001",
                    "unifiedStandardTitle": "Cook &amp; Baker",
                    "unifiedUrlTitle": "Cook-%26-Baker",
                    "jobLocationShort": ["Quayside, DEU<br/>"],
                    "unifiedStandardStart": "3/4/26",
                }
            }
        ],
    }
    tiles = """<ul><li class="job-tile job-id-70001" data-url="/job/Quayside-Cook/70001/"><a class="jobTitle-link"
    href="/job/Quayside-Cook/70001/">Cook &amp; Baker</a><span class="jobLocation"> Quayside, DE </span>
    <a href="/job/Quayside-Cook/70001/">Cook &amp; Baker</a><span class="jobDate">Mar 4, 2026</span></li></ul>"""

    searched, shown = parsed(url, found), one(url, tiles)

    (job,) = searched.jobs
    assert searched.total == 20
    assert job.url == "https://tern.jobs2web.com/job/Cook-%26-Baker/70001-en_US"
    assert (job.title, job.location, job.posted) == ("Cook & Baker", "Quayside, DEU", "2026-03-04")
    assert (shown.url, shown.title, shown.location) == (
        "https://tern.jobs2web.com/job/Quayside-Cook/70001/",
        "Cook & Baker",
        "Quayside, DE",
    )
    assert shown.posted == "2026-03-04"
    assert shown.keys == job.keys == ("successfactors:tern.jobs2web.com/70001",)


# --- To the extractor --------------------------------------------------------------------------------


def test_place_days_and_pay_reach_the_finding() -> None:
    job = FeedJob(
        "https://tern.example/jobs/7",
        "Cook",
        location="Quayside",
        html="<h2>Requirements</h2><ul><li>4+ years of professional experience in kitchens</li></ul>" + "<p>We cook for all who come by, every day but Sunday.</p>" * 8,
        posted="2026-03-04",
        closing="2026-05-01",
        salary=Salary(50_000, 60_000, "EUR", "year"),
        remote=True,
    )  # fmt: skip

    finding = read_post(post_page(job, job.url, "greenhouse"), job.title, 3)

    assert not isinstance(finding, NoJob)
    assert finding.experience.min_years == 4
    assert finding.facts["location"] == "Quayside"
    assert finding.facts["posted"] == "2026-03-04"
    assert "50" in str(finding.facts["salary"])


def test_a_board_without_a_name_builds_no_address() -> None:
    with pytest.raises(FeedFault):
        sorted_out(
            feed_of(Board("ashby", ""))
            .parse(
                Board("ashby", ""),
                json.dumps({"data": {"jobBoard": {"jobPostings": [{"id": UUID, "title": "Cook"}]}}}),
            )
            .jobs
        )


def test_a_page_of_scripts_that_never_end_is_a_fault_and_no_wait() -> None:
    job = FeedJob("https://acme.example/jobs/7", "Baker", detail="https://acme.example/jobs/7")
    begun = process_time()

    with pytest.raises(FeedFault, match="declares 0 jobs"):
        feed_of(Board("rss", "x")).detail(Board("rss", "x"), job, "<script type=application/ld+json>" * 90_000)

    assert process_time() - begun < 5


@pytest.mark.parametrize("lead", [")]}'\n", ")]}',\n", "\n "])
def test_what_guards_json_from_scripts_is_taken_off(lead: str) -> None:
    assert one(GREENHOUSE, lead + json.dumps({"jobs": [GH_JOB]})).title == "Cook"


# --- Places ------------------------------------------------------------------------------------------


def test_a_country_in_a_field_of_its_own_is_part_of_the_place() -> None:
    lever = LEAST["lever"][1][0] | {
        "country": "DE",
        "categories": {"location": "Munich", "allLocations": ["Munich", "Paris"]},
    }
    ashby = LEAST["ashby"][1]["jobs"][0] | {
        "location": "Munich",
        "address": {
            "postalAddress": {"addressLocality": "Munich", "addressRegion": "Bavaria", "addressCountry": "Germany"}
        },
        "secondaryLocations": [
            {"location": "Remote", "address": {"addressCountry": "France"}},
            {"location": "Oslo"},
        ],
    }
    smart = {"id": "1", "name": "Cook", "location": {"fullLocation": "San Francisco, CA", "country": "us"}}
    offices = [{"id": 1, "name": "Munich", "location": "Munich, Bavaria, Germany"}, {"id": 2, "name": "Oslo"}]

    assert one(LEAST["lever"][0], [lever]).location == "Munich, DE; Paris"
    assert one(LEAST["ashby"][0], {"jobs": [ashby]}).location == "Munich, Bavaria, Germany; Remote, France; Oslo"
    assert (
        one(LEAST["smartrecruiters"][0], {"totalFound": 1, "content": [smart]}).location == "San Francisco, CA, US"
    )
    assert one(GREENHOUSE, {"jobs": [GH_JOB | {"location": {"name": "Munich"}, "offices": offices}]}).location == (
        "Munich, Bavaria, Germany"
    )


@each_row(
    ("place", "country", "whole"),
    [
        ("Munich", "DE", "Munich, DE"),
        ("Munich, Germany", "DE", "Munich, Germany"),
        ("Austin, TX", "US", "Austin, TX, US"),
        ("Germany", "Germany", "Germany"),
        ("Berlin, DE", "de", "Berlin, DE"),
        ("", "DE", "DE"),
        ("Remote", "", "Remote"),
    ],
)
def test_a_country_stands_behind_a_place_once(place: str, country: str, whole: str) -> None:
    assert in_country(place, country) == whole
