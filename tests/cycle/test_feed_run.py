"""`jpt run` where a board has a feed: what is read by it, what by the page, and what people are told."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from tests.boards import ADDRESSES, Boards, Opening, openings
from tests.career_sites.server import Answer, Reply, Request, Server
from tests.conftest import Ended, Jpt

WITHOUT_DAY = {"manatal", "pinpoint", "rippling"}
FORMS = ("https://boards.greenhouse.io/tern/jobs/{number}", "https://job-boards.greenhouse.io/tern/jobs/{number}")


class Company:
    """A company's own page that embeds its board, and what it was asked for."""

    def __init__(self) -> None:
        self.shown: Sequence[Opening] = ()
        self.form = FORMS[0]
        self.embed = '<script src="https://boards.greenhouse.io/embed/job_board/js?for=tern"></script>'
        self.asked: list[str] = []
        self.server = Server(self._answer)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}/careers"

    @property
    def reads(self) -> int:
        return self.asked.count("/careers")

    def _answer(self, request: Request) -> Answer:
        self.asked.append(request.path)
        if request.path != "/careers":
            return Reply(status=404)
        rows = "".join(
            f'<li><a href="{self.form.format(number=job.number)}">{job.title}</a></li>' for job in self.shown
        )
        return Reply(f"<title>Careers</title><h1>Open positions</h1><ul>{rows}</ul>{self.embed}".encode())


@pytest.fixture
def boards() -> Iterator[Boards]:
    with Boards() as running:
        yield running


@pytest.fixture
def company() -> Iterator[Company]:
    page = Company()
    with page.server:
        yield page


def run(jpt: Jpt, boards: Boards, url: str, via: str = "", **env: str) -> Ended:
    """Run a cycle over one page."""
    (jpt.folder / "inputs").mkdir(exist_ok=True)
    with (jpt.folder / "inputs/companies.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("company", "url", "via"), ("Tern", url, via)])
    return Jpt(jpt.folder, {**jpt.env, "JPT_FEED_BASE": boards.base, **env})("run", "--json")


def rows(jpt: Jpt, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(jpt.folder / "state/snapshots.sqlite3")) as db:
        return db.execute(sql).fetchall()


def site(jpt: Jpt) -> dict[str, Any]:
    (row,) = jpt("sites", "--json").json
    return dict(row)


def test_a_board_is_read_by_its_feed_with_the_texts_of_its_posts(jpt: Jpt, boards: Boards) -> None:
    url = boards.put("greenhouse", "tern", openings(5))

    first = run(jpt, boards, url)
    asked = len(boards.asked)
    second = run(jpt, boards, url)
    boards.put("greenhouse", "tern", openings(6))
    third = run(jpt, boards, url)
    edited = openings(6)
    edited[0] = replace(edited[0], years=8)
    boards.put("greenhouse", "tern", edited)
    fourth = run(jpt, boards, url)

    assert first.code == 0, first.err
    assert first.json["jobs"] == {"queued": 5, "done": 5, "failed": 0, "not_jobs": 0}
    assert second.json["jobs"]["queued"] == 0
    assert len(boards.asked) == asked + 3
    assert boards.unchanged == 1
    assert third.json["jobs"] == {"queued": 1, "done": 1, "failed": 0, "not_jobs": 0}
    found = rows(
        jpt, "SELECT job_title, min_years, json_extract(raw_json, '$.location') FROM job_details ORDER BY url"
    )
    assert found[0] == ("Loom Engineer 1", 8, "Quayside")
    assert [(one["kind"], one["detail"]["years"]) for one in fourth.json["changes"]] == [("edited", [2, 8])]
    assert fourth.json["jobs"]["failed"] == 0
    assert site(jpt)["via"] == "feed:greenhouse"
    assert "could not be compared" in site(jpt)["via_why"]


def test_place_days_and_pay_of_each_platform_are_stored_without_opening_a_post(jpt: Jpt, boards: Boards) -> None:
    (jpt.folder / "inputs").mkdir()
    with (jpt.folder / "inputs/companies.csv").open("w", newline="") as file:
        sites = [(name, boards.put(name, "tern", openings(1)), "feed") for name in ADDRESSES]
        csv.writer(file).writerows([("company", "url", "via"), *sites])

    ended = Jpt(jpt.folder, {**jpt.env, "JPT_FEED_BASE": boards.base})("run", "--json")

    assert ended.json["jobs"] == {"queued": len(ADDRESSES), "done": len(ADDRESSES), "failed": 0, "not_jobs": 0}
    found = dict(rows(jpt, "SELECT site, raw_json FROM job_details"))
    stored = {name: json.loads(found[name]) for name in ADDRESSES}
    # Manatal names no day, Pinpoint and Rippling one only at the post, where they have it.
    assert {name: raw.get("posted") for name, raw in stored.items() if name not in WITHOUT_DAY} == dict.fromkeys(
        ADDRESSES.keys() - WITHOUT_DAY, "2026-03-04"
    )
    assert {name: "Quayside" in raw["location"] for name, raw in stored.items()} == dict.fromkeys(ADDRESSES, True)
    pay = {
        name: (raw["salary"]["min"], raw["salary"]["max"], raw["salary"]["currency"])
        for name, raw in stored.items()
    }
    assert pay == dict.fromkeys(ADDRESSES, (50_000, 60_000, "EUR"))
    assert {site["via"] for site in jpt("sites", "--json").json} == {f"feed:{name}" for name in ADDRESSES}


def test_a_page_that_shows_its_whole_board_is_read_by_the_feed_from_then_on(
    jpt: Jpt, boards: Boards, company: Company
) -> None:
    boards.put("greenhouse", "tern", openings(5))
    company.shown = openings(5)

    first = run(jpt, boards, company.url)
    seen = company.reads
    boards.put("greenhouse", "tern", openings(6))
    second = run(jpt, boards, company.url)
    boards.put("greenhouse", "tern", openings(6), trap="shape")
    third = run(jpt, boards, company.url)

    assert first.json["jobs"]["done"] == 5
    assert seen == 1
    assert second.json["jobs"]["done"] == 1
    # The feed has changed its shape: the page decides, which shows five of the six, and closes nothing.
    assert third.json["jobs"]["queued"] == 0
    assert company.reads == 2
    assert "not believed" in site(jpt)["via_why"]
    assert rows(jpt, "SELECT count(*) FROM job_details") == [(6,)]


def test_a_feed_that_lacks_some_jobs_closes_none_that_the_page_shows(
    jpt: Jpt, boards: Boards, company: Company
) -> None:
    boards.put("greenhouse", "tern", openings(10))
    company.shown = openings(10)
    run(jpt, boards, company.url)

    boards.put("greenhouse", "tern", openings(7))
    short = run(jpt, boards, company.url)

    assert short.code == 0, short.err
    assert rows(jpt, "SELECT count(*) FROM jpt_links WHERE closed_ts_ms IS NOT NULL") == [(0,)]
    company.shown = openings(7)
    run(jpt, boards, company.url)
    assert rows(jpt, "SELECT count(*) FROM jpt_links WHERE closed_ts_ms IS NOT NULL") == [(3,)]


def test_a_page_whose_script_asks_its_board_is_known_to_be_one(jpt: Jpt, boards: Boards, company: Company) -> None:
    boards.put("greenhouse", "tern", openings(5))
    company.shown, company.form = openings(5), "/careers?gh_jid={number}"
    company.embed = (
        "<script>fetch(`https://${'boards-api'}.greenhouse.io/v1/boards/tern/jobs`).catch(() => 0)</script>"
    )

    ended = run(jpt, boards, company.url)

    assert ended.json["jobs"]["done"] == 5
    assert site(jpt)["via"] == "feed:greenhouse"


def test_a_page_that_shows_a_part_of_the_board_announces_that_part_alone(
    jpt: Jpt, boards: Boards, company: Company
) -> None:
    boards.put("greenhouse", "tern", openings(90))
    company.shown = openings(4)

    first = run(jpt, boards, company.url)
    company.shown = openings(5)
    second = run(jpt, boards, company.url)

    assert first.json["jobs"]["done"] == 4
    assert second.json["jobs"]["done"] == 1
    assert rows(jpt, "SELECT count(*), sum(min_years > 0) FROM job_details") == [(5, 5)]
    assert "the page decides" in site(jpt)["via_why"]


@pytest.mark.slow
def test_a_site_that_moves_between_browser_and_feed_announces_nothing_old(
    jpt: Jpt, boards: Boards, company: Company
) -> None:
    boards.put("greenhouse", "tern", openings(5))
    company.shown, company.form = openings(5), FORMS[1]

    by_page = run(jpt, boards, company.url, "browser", JPT_MAX_YEARS="3")
    calls = len(boards.asked)
    by_feed = run(jpt, boards, company.url)
    by_page_again = run(jpt, boards, company.url, JPT_FEEDS="off")

    assert calls == 0
    assert by_page.json["jobs"]["queued"] == 5
    assert len(boards.asked) > 0
    assert by_feed.json["jobs"]["queued"] == 0
    assert by_page_again.json["jobs"]["queued"] == 0


def test_add_shows_the_feed_and_compares_it_with_the_page(jpt: Jpt, boards: Boards, company: Company) -> None:
    boards.put("greenhouse", "tern", openings(5))
    company.shown = openings(4)

    shown = Jpt(jpt.folder, {**jpt.env, "JPT_FEED_BASE": boards.base})(
        "add", company.url, "--dry-run", "--json"
    ).json

    assert shown["feed"]["board"] == "greenhouse:tern"
    assert shown["feed"]["jobs"] == 5
    assert shown["feed"]["words"] == "the feed lists 5 jobs, the page shows 4"


def test_a_bad_word_in_the_column_is_told(jpt: Jpt, boards: Boards) -> None:
    ended = run(jpt, boards, boards.put("greenhouse", "tern", openings(1)), "smoke signals")

    assert "'via' is ignored" in ended.err
