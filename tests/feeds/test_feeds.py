"""Feeds: boards recognised, lists read whole or refused aloud, posts with their texts. No browser."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import anyio
import pytest

from jpt.errors import FeedFault, Throttled
from jpt.extract.finding import NoJob, read_post
from jpt.feeds.board_listing import BoardListing, completed, listing, sorted_out
from jpt.feeds.known_address import Names, moved, names_of, names_of_job
from jpt.feeds.protocol import Board, Unchanged, merged
from jpt.feeds.registry import FEEDS, board_at, boards_on, feed_of, post_key
from jpt.feeds.stored_post import packed, post_page, unpacked
from jpt.models.pages import Anchor, FeedJob, Link, PageRead
from jpt.net.bases import Bases
from jpt.net.guard import AddressGuard
from jpt.net.http import Http, Validators
from jpt.net.politeness import Politeness
from tests.boards import ADDRESSES, Boards, Opening, openings
from tests.table import each_row

CAPTURES = Path(__file__).parents[3] / "shared/data/pages"
PAGED = ("lever", "workday", "smartrecruiters", "oracle", "eightfold", "teamtailor", "manatal")
WITH_TEXTS = ("greenhouse", "lever", "ashby", "workable", "recruitee", "personio", "teamtailor", "pinpoint")


def read(
    boards: Boards, url: str, validators: Validators | None = None, *, thorough: bool = False
) -> BoardListing:
    """Read the board at *url* from the local server."""

    async def run() -> BoardListing:
        board = board_at(url)
        assert board is not None
        bases = Bases.parsed(boards.base)
        async with Http.open(Politeness(4, 0), AddressGuard(frozenset()), bases=bases) as http:
            return await listing(board, http, validators, thorough=thorough)

    return anyio.run(run)


def posts(boards: Boards, found: BoardListing) -> list[FeedJob | None]:
    """Complete all jobs of a list."""

    async def run() -> list[FeedJob | None]:
        async with Http.open(Politeness(4, 0), AddressGuard(frozenset()), bases=Bases.parsed(boards.base)) as http:
            return [await completed(found.board, job, http) for job in found.jobs]

    return anyio.run(run)


@pytest.fixture(scope="module")
def server() -> Iterator[Boards]:
    with Boards() as boards:
        yield boards


def test_one_row_without_its_path_costs_workday_that_row_alone(server: Boards) -> None:
    found = read(server, server.put("workday", "tern", openings(245), trap="bad-row"))

    assert len(found.jobs) == 244
    assert [(row.title, "externalPath" in row.why) for row in found.bad_rows] == [("Loom Engineer 8", True)]
    assert found.page("https://tern.example/jobs").bad_rows == found.bad_rows


# --- Whole -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ADDRESSES)
def test_a_board_is_listed_whole_and_its_posts_have_their_texts(server: Boards, platform: str) -> None:
    jobs = openings(3)
    found = read(server, server.put(platform, "tern", jobs))

    assert found.board.feed == platform
    assert len(found.jobs) == 3
    assert len({job.url for job in found.jobs}) == 3
    whole = posts(server, found)
    for job, post in zip(jobs, whole, strict=True):
        assert post is not None
        page = post_page(post, post.url, platform)
        finding = read_post(page, post.title, 3)
        assert not isinstance(finding, NoJob), finding
        assert (finding.title, finding.experience.min_years) == (job.title, job.years)
        assert finding.experience.stated
        assert finding.facts.get("posted", "2026-03-04") == "2026-03-04"


@pytest.mark.parametrize("platform", PAGED)
def test_a_long_board_is_listed_whole_over_all_its_pages(server: Boards, platform: str) -> None:
    found = read(server, server.put(platform, "tern", openings(245)))

    assert sorted(job.title for job in found.jobs) == sorted(job.title for job in openings(245))


@pytest.mark.parametrize("platform", [name for name in WITH_TEXTS if name not in {"lever", "teamtailor"}])
def test_one_call_lists_all_where_the_platform_has_it_so(server: Boards, platform: str) -> None:
    url = server.put(platform, "tern", openings(120))
    server.asked.clear()

    assert len(read(server, url).jobs) == 120
    assert len(server.asked) == 1


def test_a_board_of_lever_below_a_page_takes_one_call(server: Boards) -> None:
    url = server.put("lever", "tern", openings(60))
    server.asked.clear()

    assert len(read(server, url).jobs) == 60
    assert len(server.asked) == 1
    assert len(read(server, url, thorough=True).jobs) == 60
    assert len(server.asked) == 3


def test_a_board_that_has_not_changed_says_so_at_the_next_read(server: Boards) -> None:
    url = server.put("greenhouse", "tern", openings(3))
    found = read(server, url)

    with pytest.raises(Unchanged):
        read(server, url, found.validators)
    server.put("greenhouse", "tern", openings(4))
    assert len(read(server, url, found.validators).jobs) == 4


@pytest.mark.parametrize(
    ("platform", "trap"),
    [
        ("breezy", "no-sitemap"),
        ("jibe", "no-sitemap"),
        ("successfactors", "no-sitemap"),
        ("eightfold", "branded"),
        ("workable", "newer"),
        ("teamtailor", "no-json"),
    ],
)
def test_a_board_is_listed_by_the_other_way_that_its_platform_has(
    server: Boards, platform: str, trap: str
) -> None:
    first = read(server, server.put(platform, "tern", openings(125)))
    usual = {job.keys for job in first.jobs}

    found = read(server, server.put(platform, "tern", openings(125), trap=trap))

    assert {job.title for job in found.jobs} == {job.title for job in openings(125)}
    assert {job.keys for job in found.jobs} == usual
    assert all(job.posted == "2026-03-04" and job.location for job in found.jobs)
    (whole, *_) = posts(server, found)
    assert whole is not None
    assert "years of professional experience with looms" in whole.html


@pytest.mark.parametrize("trap", ["cap", "cap-told"])
def test_workday_is_read_past_its_cap_by_the_values_of_a_facet(server: Boards, trap: str) -> None:
    found = read(server, server.put("workday", "tern", openings(2_100), trap=trap))

    assert len(found.jobs) == 2_100


def test_workday_past_its_cap_is_refused_where_the_values_leave_a_hole(server: Boards) -> None:
    with pytest.raises(FeedFault, match="does not part all"):
        read(server, server.put("workday", "tern", openings(3_200), trap="cap-hole"))
    with pytest.raises(FeedFault, match="does not part all"):
        read(server, server.put("workday", "tern", openings(2_100), trap="cap-few"), thorough=True)


# --- Or loud -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", ADDRESSES)
@pytest.mark.parametrize("trap", ["nothing", "page", "shape", "down"])
def test_an_answer_that_is_not_the_platforms_is_refused(server: Boards, platform: str, trap: str) -> None:
    with pytest.raises(FeedFault):
        read(server, server.put(platform, "tern", openings(3), trap=trap))


@pytest.mark.parametrize("platform", ADDRESSES)
def test_a_list_of_nothing_is_not_believed(server: Boards, platform: str) -> None:
    with pytest.raises(FeedFault):
        read(server, server.put(platform, "tern", []))


@pytest.mark.parametrize(
    ("platform", "trap"),
    [
        ("greenhouse", "short-first"),
        ("bamboohr", "short-first"),
        ("workday", "dry"),
        ("workday", "short"),
        ("workday", "elsewhere"),
        ("lever", "no-skip"),
        ("smartrecruiters", "dry"),
        ("smartrecruiters", "short"),
        ("smartrecruiters", "short-first"),
        ("smartrecruiters", "wrong-total"),
        ("oracle", "dry"),
        ("oracle", "cap"),
        ("manatal", "dry"),
        ("manatal", "short"),
        ("eightfold", "dry"),
        ("eightfold", "short"),
        ("eightfold", "cap"),
        ("ashby", "further"),
        ("pinpoint", "further"),
        ("teamtailor", "loop"),
    ],
)
def test_a_list_that_is_not_whole_is_refused(server: Boards, platform: str, trap: str) -> None:
    with pytest.raises(FeedFault):
        read(server, server.put(platform, "tern", openings(245), trap=trap))


@pytest.mark.parametrize("platform", PAGED)
def test_a_burst_of_refusals_loses_nothing(server: Boards, platform: str) -> None:
    found = read(server, server.put(platform, "tern", openings(245), trap="burst"))

    assert len(found.jobs) == 245


def test_a_board_below_a_page_is_whole_though_its_server_knows_no_pages(server: Boards) -> None:
    found = read(server, server.put("lever", "tern", openings(60), trap="no-skip"), thorough=True)

    assert len(found.jobs) == 60


def test_a_site_of_eightfold_that_does_not_name_its_company_is_asked_all_the_same(server: Boards) -> None:
    server.put("eightfold", "tern", openings(25))

    assert len(read(server, "https://tern.eightfold.ai/careers").jobs) == 25


def test_a_feed_that_only_refuses_is_left_alone() -> None:
    from tests.career_sites.server import Reply, Server

    async def run(port: int) -> None:
        bases = Bases.parsed(f"boards-api.greenhouse.io=http://127.0.0.1:{port}")
        async with Http.open(Politeness(4, 0), AddressGuard(frozenset()), bases=bases) as http:
            await listing(Board("greenhouse", "tern"), http)

    with Server(lambda _: Reply(b"", 429, headers=(("Retry-After", "900"),))) as busy, pytest.raises(Throttled):
        anyio.run(run, busy.port)


# --- What the address asks for -----------------------------------------------------------------------


def test_filters_of_the_address_are_honoured(server: Boards) -> None:
    url = server.put("lever", "tern", openings(12))

    found = read(server, f"{url}?location=Quayside&team=Sales")

    assert {job.title for job in found.jobs} == {
        job.title for job in openings(12) if job.place == "Quayside" and job.team == "Sales"
    }
    assert found.jobs


def test_a_filter_that_no_job_has_is_for_the_page_to_decide(server: Boards) -> None:
    url = server.put("lever", "tern", openings(12))

    with pytest.raises(FeedFault, match="atlantis"):
        read(server, f"{url}?location=Atlantis")


def test_workday_itself_is_asked_for_its_facets_and_words(server: Boards) -> None:
    url = server.put("workday", "tern", openings(30))
    kitchen = f"{ord('K'):032x}"

    found = read(server, f"{url}?jobFamilyGroup={kitchen}")

    assert len(found.jobs) == sum(job.team == "Kitchen" for job in openings(30))


@each_row(
    "url",
    [
        "https://boards.greenhouse.io/tern?keyword=loom",
        "https://jobs.ashbyhq.com/tern?departmentId=1b2",
        "https://tern.teamtailor.com/departments/engineering",
        "https://tern.wd5.myworkdayjobs.com/External?locations=berlin",
        "https://apply.workable.com/tern/?search=loom",
        "https://careers.smartrecruiters.com/tern/sales",
        "https://tern.fa.em2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/jobs?locationId=3",
        "https://tern.eightfold.ai/careers?domain=tern.example&query=loom",
    ],
)
def test_what_only_the_page_understands_is_named(url: str) -> None:
    board = board_at(url)

    assert board is not None
    assert board.unclear


@each_row(
    "url",
    [
        *(url.format(name="tern") for url in ADDRESSES.values()),
        "https://jobs.lever.co/tern?utm_source=x&lever-source=y",
    ],
)
def test_a_plain_address_of_a_board_asks_for_all_of_it(url: str) -> None:
    board = board_at(url)

    assert board is not None
    assert not board.unclear
    assert not board.wanted


# --- Recognised --------------------------------------------------------------------------------------


@each_row(
    ("url", "name", "key"),
    [
        ("https://job-boards.eu.greenhouse.io/tern/jobs/4012", "greenhouse:tern", "greenhouse:4012"),
        ("https://boards.greenhouse.io/embed/job_board/js?for=tern", "greenhouse:tern", None),
        ("https://boards-api.greenhouse.io/v1/boards/tern/jobs?content=true", "greenhouse:tern", None),
        ("https://jobs.eu.lever.co/tern/00000000-0000-4000-8000-000000000001/apply", "lever:tern/eu", "lever:00000000-0000-4000-8000-000000000001"),
        ("https://jobs.ashbyhq.com/Tern%20Looms/00000000-0000-4000-8000-000000000001?embed=js", "ashby:Tern Looms", "ashby:00000000-0000-4000-8000-000000000001"),
        ("https://tern.wd3.myworkdayjobs.com/en-US/External/job/Berlin/Cook_R12-1", "workday:tern/External", "workday:tern/external/r12-1"),
        ("https://wd5.myworkdaysite.com/recruiting/tern/Jobs/job/Berlin/Cook_R12", "workday:tern/Jobs", "workday:tern/jobs/r12"),
        ("https://jobs.smartrecruiters.com/Tern/743999967085474-cook", "smartrecruiters:Tern", "smartrecruiters:743999967085474"),
        ("https://apply.workable.com/tern/j/0963E49F80/", "workable:tern", "workable:0963E49F80"),
        ("https://tern.recruitee.com/o/cook", "recruitee:tern.recruitee.com", "recruitee:tern.recruitee.com/cook"),
        ("https://tern.jobs.personio.com/job/1003901?language=en", "personio:tern.jobs.personio.com/en", "personio:tern/1003901"),
        ("https://tern.teamtailor.com/jobs/3554606-cook", "teamtailor:tern.teamtailor.com", "teamtailor:3554606"),
        ("http://tern.bamboohr.com/jobs/view.php?id=276", "bamboohr:tern.bamboohr.com", "bamboohr:tern.bamboohr.com/276"),
        ("https://www.careers-page.com/tern/job/QVXR6YY8", "manatal:tern", "manatal:QVXR6YY8"),
        ("https://tern.breezy.hr/p/871a4746bae4-cook", "breezy:tern.breezy.hr", "breezy:tern.breezy.hr/871a4746bae4"),
        ("https://careers-tern.icims.com/jobs/2120/cook/job?in_iframe=1", "icims:careers-tern.icims.com", "icims:careers-tern.icims.com/2120"),
        ("https://tern.example/careers?gh_jid=4012", None, "greenhouse:4012"),
        ("https://tern.example/careers?ashby_jid=00000000-0000-4000-8000-000000000001", None, "ashby:00000000-0000-4000-8000-000000000001"),
        ("http://www.boards.greenhouse.io:80/tern/?gh_src=1#/", "greenhouse:tern", None),
        ("https://Boards.Greenhouse.io/embed/job_app?for=tern&token=4012", "greenhouse:tern", "greenhouse:4012"),
        ("https://boards-api.greenhouse.io/v1/boards/", None, None),
        ("https://JOBS.lever.co./tern/00000000-0000-4000-8000-00000000000A/apply?lever-source=x", "lever:tern", "lever:00000000-0000-4000-8000-00000000000a"),
        ("https://jobs.smartrecruiters.com/ni/Tern/00000000-0000-4000-8000-00000000000a-cook", "smartrecruiters:Tern", "smartrecruiters:00000000-0000-4000-8000-00000000000a"),
        ("https://careers.smartrecruiters.com/?company=Tern", "smartrecruiters:Tern", None),
        ("https://tern.wd5.myworkdayjobs.com/zh-Hans/External/jobs", "workday:tern/External", None),
        ("https://tern.breezy.hr/fr/p/871a4746bae4-cook", "breezy:tern.breezy.hr", "breezy:tern.breezy.hr/871a4746bae4"),
        ("https://ats.us1.rippling.com/en-GB/tern/jobs/00000000-0000-4000-8000-00000000000a/apply", "rippling:tern", "rippling:00000000-0000-4000-8000-00000000000a"),
        ("https://tern.rippling-ats.com/job/600852/cook", "rippling:tern", "rippling:tern/600852"),
        ("https://career5.successfactors.eu/career?company=tern&career_job_req_id=203", "successfactors:tern", "successfactors:tern/203"),
        ("https://app.eightfold.ai/careers?domain=tern.example", "eightfold:app.eightfold.ai/tern.example", None),
        ("https://tern.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/job/123", "oracle:tern.fa.us2.oraclecloud.com", "oracle:tern.fa.us2.oraclecloud.com/123"),
        ("https://jobs.lever.co.tern.example/tern", None, None),
        ("https://www.greenhouse.io/blog", None, None),
        ("https://www.lever.co/careers", None, None),
        ("https://tern.example/jobs", None, None),
    ],
)  # fmt: skip
def test_boards_and_posts_are_known_by_their_addresses(url: str, name: str | None, key: str | None) -> None:
    board = board_at(url)

    assert (board.name if board else None) == name
    assert post_key(url) == key


def test_a_board_of_a_kind_without_a_feed_is_known_and_nobody_is_asked(server: Boards) -> None:
    server.asked.clear()

    with pytest.raises(FeedFault, match="no public feed"):
        read(server, "https://career5.successfactors.eu/career?company=tern")

    assert server.asked == []


def test_a_page_shows_its_board_by_scripts_frames_and_links() -> None:
    def page(**parts: tuple[object, ...]) -> PageRead:
        url = "https://tern.example/careers"
        return PageRead(url=url, final_url=url, http_status=200, title="", text="", **parts)  # type: ignore[arg-type]

    script = "https://boards.greenhouse.io/embed/job_board/js?for=tern"
    frame = "https://tern.bamboohr.com/jobs/embed2.php"
    link = Anchor("https://jobs.lever.co/tern/00000000-0000-4000-8000-000000000001", "Cook")

    assert [board.name for board in boards_on(page(hints=(script,)))] == ["greenhouse:tern"]
    assert [board.name for board in boards_on(page(frames=(frame,)))] == ["bamboohr:tern.bamboohr.com"]
    assert [board.name for board in boards_on(page(anchors=(link,)))] == ["lever:tern"]
    assert boards_on(page(hints=("https://cdn.example/app.js",))) == ()
    assert [board.feed for board in boards_on(page(hints=("feed:https://tern.example/jobs.rss",)))] == ["rss"]


@pytest.mark.parametrize(
    ("platform", "hint"),
    [
        ("phenom", "https://cdn.phenompeople.com/CareerConnectResources/prod/common/js/vendor.js"),
        ("jibe", "https://app.jibecdn.com/prod/search/4.9.1/main.js"),
        ("successfactors", "https://rmkcdn.successfactors.com/1a2b3c/unify.js"),
        ("teamtailor", "https://assets-aws.teamtailor-cdn.com/assets/packs/js/runtime-1a2b.js"),
        ("recruitee", "https://d27i7n2isjbnbi.cloudfront.net/recruiteecdn.com/app.js"),
    ],
)
def test_a_board_on_a_host_of_its_company_is_known_by_its_scripts_and_listed_whole(
    server: Boards, platform: str, hint: str
) -> None:
    url = server.put_on_own_host(platform, openings(3))
    page = PageRead(url=url, final_url=url, http_status=200, title="", text="", hints=(hint,))

    async def run() -> BoardListing:
        (board,) = boards_on(page)
        async with Http.open(Politeness(4, 0), AddressGuard(frozenset()), bases=Bases.parsed(server.base)) as http:
            found = await listing(board, http)
            (first, *_) = [await completed(found.board, job, http) for job in found.jobs]
        assert first is not None
        assert "years of professional experience" in first.html
        return found

    found = anyio.run(run)

    assert found.board.feed == platform
    assert len(found.jobs) == 3


@each_row(
    ("hint", "name"),
    [
        ("https://boards-api.greenhouse.io/v1/boards/tern/jobs?content=true", "greenhouse:tern"),
        ("https://api.lever.co/v0/postings/tern?mode=json&group=team", "lever:tern"),
        ("https://api.ashbyhq.com/posting-api/job-board/Tern", "ashby:Tern"),
        ("https://jobs.ashbyhq.com/Tern/embed?version=2", "ashby:Tern"),
        ("https://apply.workable.com/api/v1/widget/accounts/tern?details=true", "workable:tern"),
        ("https://www.workable.com/api/accounts/tern?details=true", "workable:tern"),
        ("https://api.smartrecruiters.com/v1/companies/Tern/postings", "smartrecruiters:Tern"),
        ("https://tern.recruitee.com/api/offers/", "recruitee:tern.recruitee.com"),
        ("https://tern.bamboohr.com/js/embed.js", "bamboohr:tern.bamboohr.com"),
        ("https://tern.pinpointhq.com/postings.json", "pinpoint:tern.pinpointhq.com"),
        ("https://tern.jobs.personio.de/xml", "personio:tern.jobs.personio.de"),
        ("https://core.api.manatal.com/open/v3/career-page/tern/jobs/", "manatal:tern"),
        ("https://tern.breezy.hr/embed/js?inline=true", "breezy:tern.breezy.hr"),
        ("https://api.rippling.com/platform/api/ats/v1/board/tern/jobs", "rippling:tern"),
    ],
)
def test_what_a_page_asks_shows_whose_board_it_is(hint: str, name: str) -> None:
    url = "https://tern.example/careers?gh_jid=4012"
    page = PageRead(url=url, final_url=url, http_status=200, title="", text="", hints=(hint,))

    (board,) = boards_on(page)

    assert board.name == name
    assert not board.unclear


def test_the_same_job_is_known_under_its_other_addresses() -> None:
    names = Names(
        [
            "https://tern.example/careers/cook-8445428002",
            "https://boards.greenhouse.io/tern/jobs/4012",
            "https://tern.example/about/1234567",
            "https://tern.example/team/1234567",
        ]
    )
    branded = FeedJob("https://tern.example/careers?gh_jid=8445428002", "Cook", ("greenhouse:8445428002",))

    assert names.find(names_of_job(branded)) == "https://tern.example/careers/cook-8445428002"
    assert names.find(names_of("https://job-boards.greenhouse.io/tern/jobs/4012?gh_src=x")) == (
        "https://boards.greenhouse.io/tern/jobs/4012"
    )
    assert names.find(["#1234567"]) is None


_TERN = "https://tern.example"
_BOARD = "1f0c0f5e-8a37-4a64-9a51-0c5c2a1f3b11"
_JOBS = ("6b1c1a52-37ad-4c57-9a0e-5f3f6e1d2a01", "6b1c1a52-37ad-4c57-9a0e-5f3f6e1d2a02")


def moves(known: Sequence[str], *links: str) -> dict[str, str]:
    shown = [Link(url, "", is_job=True, score=0.9) for url in links]
    strange = [link for link in shown if link.url not in known]
    return moved(strange, {}, known, [link.url for link in shown])


@pytest.mark.parametrize(
    ("known", "new"),
    [
        (f"{_TERN}/jobs/2000001-cook/office/1000001", f"{_TERN}/jobs/2000002-baker/office/1000001"),
        (
            f"{_TERN}/board/{_BOARD}/job?opportunityId={_JOBS[0]}",
            f"{_TERN}/board/{_BOARD}/job?opportunityId={_JOBS[1]}",
        ),
        (f"{_TERN}/job.html?cid={_BOARD}&jobId=512345", f"{_TERN}/job.html?cid={_BOARD}&jobId=512346"),
        (f"{_TERN}/of/1234567/kitchen/cook", f"{_TERN}/of/1234567/bakery/baker"),
        (f"{_TERN}/jobs/cook?office=1000001", f"{_TERN}/jobs/baker?office=1000001"),
    ],
)
def test_a_number_of_an_office_or_a_company_makes_no_new_job_an_old_one(known: str, new: str) -> None:
    assert moves([known], known, new) == {}
    assert moves([known], new) == {}
    # A feed that only gives addresses knows no better.
    strange = Link(new, "", is_job=True, score=0.9)
    assert moved([strange], {new: FeedJob(new, "Baker")}, [known], [new]) == {}


def test_a_job_that_moved_keeps_its_first_address_unless_two_might_be_it() -> None:
    old = "https://boards.example/2000001"
    own = f"{_TERN}/careers/cook-2000001"

    assert moves([old], own) == {own: old}
    assert moves([old], own, f"{_TERN}/careers/baker-2000001") == {}
    assert moves([f"{_TERN}/jobs/2000001-cook"], f"{_TERN}/jobs/2000001-chef") == {
        f"{_TERN}/jobs/2000001-chef": f"{_TERN}/jobs/2000001-cook"
    }


def test_a_kept_post_comes_back_as_it_was(server: Boards) -> None:
    found = read(server, server.put("recruitee", "tern", openings(1)))

    kept = unpacked(packed(found.jobs[0], found.board))

    assert kept == (found.jobs[0], found.board)
    assert unpacked(b"something else") is None


def test_the_text_reads_as_on_the_page(server: Boards) -> None:
    found = read(server, server.put("greenhouse", "tern", [Opening(7, "Cook & Baker", 4)]))

    page = post_page(found.jobs[0], found.jobs[0].url, "greenhouse")

    lines = page.text.splitlines()
    assert lines[:2] == ["Cook & Baker", "Location: Port Ellery"]
    assert "Requirements" in lines
    assert "4+ years of professional experience with looms" in lines


def test_every_feed_has_a_name_of_its_own() -> None:
    assert len({feed.name for feed in FEEDS}) == len(FEEDS)


# --- Generic feeds -----------------------------------------------------------------------------------

_RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:j="http://jobs.example/ns"><channel><title>Jobs</title>
<item><title>Cook</title><link>https://tern.example/jobs/1</link><pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate>
<description>&lt;p&gt;We cook.&lt;/p&gt;</description><j:location>Port Ellery</j:location>
<j:minimumSalary>100</j:minimumSalary><j:maximumSalary>200</j:maximumSalary><j:salaryCurrency>EUR</j:salaryCurrency>
<j:qualifications>&lt;p&gt;Two years at sea.&lt;/p&gt;</j:qualifications></item></channel></rss>"""

_ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Jobs</title><entry><title>Cook</title>
<link rel="alternate" href="https://tern.example/jobs/1"/><published>2026-03-04T10:00:00Z</published>
<summary>We cook.</summary></entry></feed>"""


@pytest.mark.parametrize("text", [_RSS, _ATOM])
def test_rss_and_atom_are_read(text: str) -> None:
    (job,) = feed_of(Board("rss", "x")).parse(Board("rss", "x"), text).jobs

    assert (job.url, job.title, job.posted) == ("https://tern.example/jobs/1", "Cook", "2026-03-04")
    assert "We cook." in job.html


def test_an_entry_that_cannot_be_opened_is_a_row_with_its_reason_and_costs_no_other() -> None:
    odd = ("javascript:open(1)", "ftp://tern.example/2", "https://[::1", "https://tern.example:6000/3", "")
    long = [f"https://tern.example/{'x' * 9_000}{n}" for n in range(2)]
    items = "".join(
        f"<item><title>Odd {n}</title><link>{url}</link></item>" for n, url in enumerate([*odd, *long], 1)
    )
    nameless = "<item><link>https://tern.example/jobs/9</link></item>"
    text = _RSS.replace("</channel>", f"{items}{nameless}</channel>")

    jobs, bad_rows = sorted_out(merged(feed_of(Board("rss", "x")).parse(Board("rss", "x"), text).jobs))

    assert [job.url for job in jobs] == ["https://tern.example/jobs/1", "https://tern.example/jobs/9"]
    assert [row.title for row in bad_rows] == [f"Odd {n}" for n in range(1, 8)]
    assert all(row.why and len(row.url) < 1_000 for row in bad_rows)
    assert len({row.url for row in bad_rows}) == 7


def test_a_feed_of_which_nothing_can_be_opened_is_refused() -> None:
    with pytest.raises(FeedFault):
        sorted_out([FeedJob("ftp://tern.example/2", "Cook", fault="no address of the web")])


def test_further_fields_of_an_rss_entry_are_taken() -> None:
    (job,) = feed_of(Board("rss", "x")).parse(Board("rss", "x"), _RSS).jobs

    assert job.location == "Port Ellery"
    assert job.salary is not None
    assert (job.salary.low, job.salary.high, job.salary.currency) == (100, 200, "EUR")
    assert "Two years at sea." in job.html


def test_a_feed_with_further_pages_or_entities_of_its_own_is_refused() -> None:
    rss = feed_of(Board("rss", "x"))
    paged = _ATOM.replace("<entry>", '<link rel="next" href="/2"/><entry>', 1)
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel/></rss>'

    for text in (paged, bomb, "<html/>", "no xml"):
        with pytest.raises(FeedFault):
            rss.parse(Board("rss", "x"), text)


def test_jobs_that_a_page_declares_are_read() -> None:
    postings = [
        {
            "@type": "JobPosting",
            "title": f"Cook {n}",
            "url": f"https://tern.example/jobs/{n}",
            "description": "We cook.",
        }
        for n in (1, 2)
    ]
    script = json.dumps({"@context": "https://schema.org", "@graph": postings})
    page = f"<html><script type='application/ld+json'>{script}</script></html>"

    jobs = feed_of(Board("json-ld", "x")).parse(Board("json-ld", "x"), page).jobs

    assert [job.title for job in jobs] == ["Cook 1", "Cook 2"]


def test_entries_of_one_job_are_one_job_with_all_its_places() -> None:
    one = FeedJob("https://a.example/1", "Cook", ("x:1",), location="Here")
    two = FeedJob("https://a.example/1", "Cook", ("x:1",), location="There", html="text")

    (job,) = merged([one, two])

    assert (job.location, job.html) == ("Here; There", "text")


# --- Real answers, where they are at hand ------------------------------------------------------------

_OTHER_NAMES = {"oracle-orc": "oracle", "neogov": "rss"}
_NOT_A_FEED = {"p340", "p367", "p368", "p369"}
"""A form without any job; two lists that are no XML (`<>577</>`); a sitemap of a platform that is read as JSON."""
CAPTURED = {
    "p336": (15, 15, 15, 0, 0, 0),
    "p337": (1, 1, 1, 1, 0, 1),
    "p338": (168, 168, 168, 168, 0, 0),
    "p339": (2, 2, 2, 2, 0, 2),
    "p341": (17, 17, 0, 0, 17, 0),
    "p342": (1, 1, 1, 1, 0, 0),
    "p343": (10, 8, 0, 10, 0, 0),
    "p344": (11, 11, 0, 11, 0, 7),
    "p345": (4, 4, 4, 4, 0, 1),
    "p346": (13, 13, 13, 0, 13, 0),
    "p347": (1, 1, 1, 1, 0, 0),
    "p348": (8, 8, 8, 8, 0, 0),
    "p349": (20, 20, 17, 0, 20, 0),
    "p350": (1, 1, 1, 1, 0, 0),
    "p370": (2, 2, 2, 2, 0, 0),
    "p371": (2, 2, 2, 2, 0, 0),
    "p372": (2, 2, 2, 2, 0, 1),
    "p373": (2, 2, 2, 0, 2, 0),
    "p374": (1, 1, 1, 0, 1, 0),
    "p375": (1, 1, 1, 0, 0, 0),
    "p376": (2, 2, 2, 0, 2, 0),
    "p377": (2, 2, 2, 0, 2, 0),
    "p378": (2, 2, 2, 2, 2, 2),
    "p379": (1, 1, 0, 0, 1, 0),
    "p380": (1, 1, 1, 0, 0, 0),
    "p381": (2, 2, 0, 0, 2, 0),
    "p382": (2, 2, 2, 0, 0, 0),
}
"""Jobs of each answer, and how many of them it gives a place, a date, a text, an address for the text, and pay."""


@pytest.mark.skipif(not CAPTURES.is_dir(), reason="needs the captured answers, which are no part of the project")
def test_real_answers_are_read_whole() -> None:
    known = {feed.name for feed in FEEDS}
    rows = [json.loads(line) for line in (CAPTURES / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        name = _OTHER_NAMES.get(row["platform"], row["platform"])
        if row["kind"] != "api" or row["id"] in _NOT_A_FEED or name not in known:
            continue
        board = (board_at(row["base_url"]) if row["base_url"] else None) or Board(
            name, "t.example", origin="https://t.example"
        )
        jobs = merged(feed_of(board).parse(board, (CAPTURES / row["file"]).read_text(encoding="utf-8")).jobs)
        if row["job_links"]:
            assert {job.url for job in jobs} == set(row["job_links"]), row["id"]
        assert jobs, row["id"]
        assert all(job.title for job in jobs), row["id"]
        if (said := CAPTURED.get(row["id"])) is None:
            continue  # captured since
        counted = (
            sum(bool(getattr(job, name)) for job in jobs) for name in ("location", "posted", "html", "detail")
        )
        assert (len(jobs), *counted, sum(bool(job.salary or job.pay) for job in jobs)) == said, row["id"]


@pytest.mark.skipif(not CAPTURES.is_dir(), reason="needs the captured addresses, which are no part of the project")
def test_boards_are_recognised_from_real_addresses_of_posts() -> None:
    ours = {feed.name for feed in FEEDS}
    missed = []
    for line in (CAPTURES / "posting_urls.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        platform, url, *_ = line.split("\t")
        name = _OTHER_NAMES.get(platform, platform)
        board = board_at(url)
        if name in ours and (board is None or board.feed != name):
            missed.append(url)
        if name not in ours and name != "custom" and board is not None:
            missed.append(url)

    assert missed == []
