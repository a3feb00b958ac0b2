"""The screens and the JSON: what they show is what is stored, and what is clicked is kept."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from icalendar import Calendar

from jpt.cli.page_look import look_json
from jpt.cycle.careers_page import CareersPage
from jpt.extract.experience import experience
from jpt.models.digests import DEFAULT, MAIL, Channel, Frozen
from jpt.models.pages import Link, ListRead, PageRead
from jpt.settings import Settings
from jpt.store import Store
from tests.catalogue.stock import Post, stock
from tests.web.conftest import POSTS, Pages, served

SCREENS = ("/", "/sites", "/rules", "/follow-ups", "/digests", "/runs", "/trends")


def ids(pages: Pages, query: str = "") -> dict[str, str]:
    return {job["job_title"]: job["id"] for job in pages.get(f"/api/jobs.json{query}").json["jobs"]}


def test_each_screen_answers(pages: Pages) -> None:
    assert [pages.get(path).code for path in SCREENS] == [200] * len(SCREENS)
    assert pages.get("/jobs/z9z").code == 404
    assert pages.get("/digests/nothing").code == 404


def test_the_inbox_shows_each_job_with_its_quote(pages: Pages) -> None:
    shown = pages.get("/").text

    assert "Data Engineer" in shown
    assert "at least 2 years of experience" in shown
    assert "Data Analyst" not in shown
    assert "Data Analyst" in pages.get("/?list=all").text
    assert "1 more does not fit" in shown


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?q=kafka", {"Data Engineer"}),
        ("?company=Globex&years=0", {"Baker"}),
        ("?place=berlin", {"Data Engineer"}),
        ("?years=-1", {"Nurse"}),
        ("?list=all&q=data", {"Data Engineer", "Data Analyst"}),
        ("?q=nothing-like-it", set()),
    ],
)
def test_the_list_is_narrowed_by_its_address(pages: Pages, query: str, titles: set[str]) -> None:
    with Store.open(pages.folder / "jpt.sqlite3") as store:
        store.catalogue.index()

    assert set(ids(pages, query)) == titles
    assert all(title in pages.get(f"/{query}").text for title in titles)


def test_a_mark_is_kept_shown_and_undone(pages: Pages) -> None:
    job = ids(pages)["Nurse"]

    assert pages.post("/marks", {"one": f"{job} applied"}).code == 303
    assert "Nurse" not in ids(pages)
    assert "Nurse" in pages.get("/follow-ups").text
    assert pages.post("/marks/undo").code == 303
    assert "Nurse" in ids(pages)


def test_several_jobs_are_marked_at_once(pages: Pages) -> None:
    found = ids(pages)

    answer = pages.post("/marks", {"job": [found["Nurse"], found["Baker"]], "stage": "hidden"})

    assert answer.code == 303
    assert {"Nurse", "Baker"} & set(ids(pages)) == set()


def test_notes_and_dates_go_into_a_calendar(pages: Pages) -> None:
    job = ids(pages)["Baker"]

    pages.post(f"/jobs/{job[1:]}/mark", {"stage": "interview", "due": "2031-05-06", "note": "bring bread"})
    (event,) = Calendar.from_ical(pages.get("/follow-ups.ics").text).walk("VEVENT")

    assert event.decoded("dtstart") == date(2031, 5, 6)
    assert "bring bread" in str(event["description"])
    assert "bring bread" in pages.get("/follow-ups").text


def test_the_years_that_the_user_corrects_win_over_every_reading(pages: Pages) -> None:
    job = ids(pages)["Baker"]

    pages.post(f"/jobs/{job[1:]}/years", {"years": "5"})
    assert ids(pages, "?list=all&years=5") == {"Baker": job}
    with sqlite3.connect(pages.folder / "jpt.sqlite3") as raw:
        raw.execute("UPDATE job_tasks SET status = 'PENDING', attempts = 0")
    raw.close()
    stock(pages.folder / "jpt.sqlite3", *POSTS)

    assert ids(pages, "?list=all&years=5") == {"Baker": job}
    (line,) = (pages.folder / "corrections.jsonl").read_text().splitlines()
    label = json.loads(line)
    assert (label["min_years"], label["stated"]) == (5, True)
    assert experience(label["text"]).min_years == 0

    pages.post(f"/jobs/{job[1:]}/years", {"remove": "1"})
    assert ids(pages, "?list=all&years=0") == {"Baker": job}
    assert (pages.folder / "corrections.jsonl").read_text() == ""


def test_years_that_are_no_number_are_refused_and_change_nothing(pages: Pages) -> None:
    job = ids(pages)["Baker"]

    for typed in ("3 years", "61", "-1"):
        assert "is+not+a+number" in pages.post(f"/jobs/{job[1:]}/years", {"years": typed}).headers["location"]

    assert ids(pages, "?list=all&years=0") == {"Baker": job}


def test_rules_are_previewed_before_they_are_saved_and_keep_their_comments(pages: Pages) -> None:
    path = pages.folder / "filters.toml"
    path.write_text("# mine\n[title]\nexclude = ['nurse']  # not again\n")

    shown = pages.post("/rules", {"act": "try-form", "title-exclude": "nurse, baker", "years-max": "9"})
    assert shown.code == 200
    assert "<strong>2 fit</strong>" in shown.text
    assert "baker" not in path.read_text()

    assert (
        pages.post("/rules", {"act": "save-form", "title-exclude": "nurse, baker", "years-max": "9"}).code == 303
    )
    assert "# mine" in path.read_text()
    assert set(ids(pages)) == {"Data Engineer", "Data Analyst"}

    wrong = pages.post("/rules", {"act": "save-text", "text": "[title]\nexlude = ['x']\n"})
    assert wrong.code == 400
    assert "line 2" in wrong.text
    assert "# mine" in path.read_text()


def test_a_view_is_saved_and_removed(pages: Pages) -> None:
    pages.post("/views", {"name": "Bread", "query": "company=Globex&evil=1"})
    assert '<a href="/?company=Globex">Bread</a>' in pages.get("/").text

    pages.post("/views", {"remove": "Bread", "query": ""})
    assert "Bread" not in pages.get("/").text


def test_a_digest_is_shown_in_the_bytes_that_went_out_and_can_do_nothing(pages: Pages) -> None:
    message = EmailMessage()
    message["Subject"] = "Jobs"
    message.set_content("plain")
    message.add_alternative("<p>Hello</p><script>alert(1)</script>", subtype="html")
    with Store.open(pages.folder / "jpt.sqlite3") as store:
        store.outbox.put(
            Channel(DEFAULT, MAIL), Frozen("d1g3st", "<a@b>", "Jobs", message.as_bytes(), ("a@example.org",))
        )

    letter = pages.get("/digests/d1g3st/letter")

    assert "Jobs" in pages.get("/digests").text
    assert "sandbox" in pages.get("/digests/d1g3st").text
    assert "<p>Hello</p>" in letter.text
    assert {"sandbox", "default-src 'none'"} <= {
        part.strip() for part in letter.headers["content-security-policy"].split(";")
    }
    assert pages.get("/digests/d1g3st/message").text.encode() == message.as_bytes()


def test_sites_can_be_paused_and_unknown_ones_are_named(pages: Pages) -> None:
    assert pages.post("/sites/do", {"site": "Acme", "act": "pause"}).code == 303
    assert "paused" in pages.get("/sites").text
    assert pages.post("/sites/do", {"site": "Nobody", "act": "pause"}).code == 404
    assert pages.post("/sites/do", {"site": "Acme", "act": "explode"}).code == 400


def test_a_page_that_is_looked_at_is_shown_with_its_jobs_before_it_is_added(
    pages: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "https://globex.example/jobs"
    link = Link(f"{url}/1", "Baker", True, 0.9)
    look = CareersPage(url, ListRead(PageRead(url, url, 200, "Jobs", "Jobs"), "ok", "", (link,)))
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps({**look_json(look), "name": "Globex", "known": False}))
    jpt = tmp_path / "jpt"
    jpt.write_text(f"#!/bin/sh\ncat {answer}\n")
    jpt.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(jpt))

    started = pages.post("/sites/add", {"address": url}).headers["location"]
    while "Working" in (shown := pages.get(started).text):
        time.sleep(0.05)

    assert "1 job at" in shown
    assert "<li>Baker</li>" in shown
    assert "Add to the list" in shown


def test_a_pasted_list_that_is_no_csv_is_refused_with_the_reason(pages: Pages) -> None:
    answer = pages.post("/sites/import", {"rows": f"Acme,https://acme.example/{'x' * 200_000}"})

    assert answer.code == 303
    assert "field+larger+than+field+limit" in answer.headers["location"]


def test_the_json_refuses_what_it_does_not_know(pages: Pages) -> None:
    refused = pages.get("/api/jobs.json?colour=red")

    assert refused.code == 400
    assert "colour" in refused.json["error"]
    assert pages.get("/api/jobs.json?limit=0").code == 400
    assert pages.post("/api/marks.json", b"[" * 100_000).code == 400
    assert pages.post("/api/marks.json", json.dumps({"jobs": ["a3f"], "stage": "best"}).encode()).code == 400
    assert pages.get("/api/sites.json").json[0]["site"] == "Acme"
    assert pages.get("/api/filters.json").json["keeps"] == 4


def test_marks_can_be_sent_as_json(pages: Pages) -> None:
    job = ids(pages)["Nurse"]

    assert pages.post("/api/marks.json", json.dumps({"jobs": [job], "stage": "applied"}).encode()).code == 200
    assert pages.get(f"/api/jobs/{job[1:]}.json").json["stage"] == "applied"


def test_a_job_in_several_places_is_one_card_and_names_them(
    tmp_path: Path, settings: Callable[..., Settings]
) -> None:
    made = settings(filters=tmp_path / "filters.toml")
    posts = [Post("Shop Assistant", 1, place, number=n) for n, place in enumerate(("Bonn", "Trier", "Ulm"))]
    stock(made.db, *posts)
    with served(made, tmp_path) as pages:
        inbox = pages.get("/").text
        name = re.findall(r'href="/jobs/(\w+)"', inbox)[0]
        pages.post(f"/jobs/{name}/mark", {"stage": "interested", "note": "ask Tom", "due": ""})
        board, one = pages.get("/follow-ups").text, pages.get(f"/jobs/{name}").text

    assert "1 marked job ·" in board
    assert board.count('class="card') == 1
    assert all(place in board and place in one for place in ("Bonn", "Trier", "Ulm"))


def test_a_place_that_names_the_kind_of_work_is_shown_once(
    tmp_path: Path, settings: Callable[..., Settings]
) -> None:
    made = settings(filters=tmp_path / "filters.toml")
    stock(made.db, Post("Baker", 1, "Remote", facts={"remote": "remote"}))
    with served(made, tmp_path) as pages:
        facts = [re.findall(r'<p class="facts">(.*?)</p>', pages.get(path).text)[0] for path in ("/", "/jobs/a0b")]

    assert [one.lower().count("remote") for one in facts] == [1, 1]
