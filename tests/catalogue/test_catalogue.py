"""The list of jobs: found by words, by id, and the same set of jobs wherever they are shown."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpt.store import Store
from jpt.text.short_ids import number_of, short_id
from tests.catalogue.stock import Post, stock
from tests.conftest import Jpt
from tests.table import each_row


@given(st.integers(0, 10**7))
def test_a_short_id_leads_back_to_its_row(number: int) -> None:
    name = short_id(number)

    assert number_of(name) == number_of(name[1:]) == number_of(name.upper()) == number
    assert any(char.isdigit() for char in name)


@each_row("words", ["", "#", "a", "dev", "engineer", "123", "a3f-b", "a3f b4g", "#İ3f"])
def test_words_are_no_short_id(words: str) -> None:
    assert number_of(words) is None


DB = "state/snapshots.sqlite3"
POSTS = (
    Post("Data Engineer", 2, "Berlin", number=1, text="You know Kafka and pipelines."),
    Post("Data Analyst", 8, "Munich", number=2),
    Post("Nurse", None, "", number=3, site="Globex"),
    Post("Baker", 0, "Köln", number=4, site="Globex", text="Early mornings with dough."),
    Post("Senior Baker", 3, "Bonn", number=5, site="Globex"),
)


@pytest.fixture
def jpt_with_jobs(bare_jpt: Jpt) -> Jpt:
    (bare_jpt.folder / "state").mkdir()
    stock(bare_jpt.folder / DB, *POSTS)
    return bare_jpt


def titles(jpt: Jpt, *words: str) -> list[str]:
    return [job["job_title"] for job in jpt("jobs", *words, "--json").json]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["kafka"], ["Data Engineer"]),
        (["DATA", "--all"], ["Data Engineer", "Data Analyst"]),
        (["bak"], ["Baker", "Senior Baker"]),
        (["koln"], ["Baker"]),
        (["globex", "baker"], ["Baker", "Senior Baker"]),
        (['"early mornings"'], ["Baker"]),
        (['"mornings early"'], []),
        (["baker", "OR", "nurse"], []),
        (["NOT", "baker*"], []),
        (["years", "--company", "acm"], ["Data Engineer"]),
        (["--place", "köln"], ["Baker"]),
        (["--site", "globex", "--limit", "9"], ["Nurse", "Baker", "Senior Baker"]),
    ],
    ids=str,
)
def test_jobs_are_found_by_their_words(jpt_with_jobs: Jpt, words: list[str], found: list[str]) -> None:
    assert sorted(titles(jpt_with_jobs, *words)) == sorted(found)


def test_the_best_match_comes_first(jpt_with_jobs: Jpt) -> None:
    assert titles(jpt_with_jobs, "baker") == ["Baker", "Senior Baker"]


def test_jobs_are_sorted_as_asked(jpt_with_jobs: Jpt) -> None:
    assert titles(jpt_with_jobs, "--sort", "years") == ["Baker", "Data Engineer", "Senior Baker", "Nurse"]
    assert titles(jpt_with_jobs, "--sort", "place")[:2] == ["Data Engineer", "Senior Baker"]
    assert titles(jpt_with_jobs, "--sort", "company")[0] == "Data Engineer"
    assert jpt_with_jobs("jobs", "--sort", "size").code == 2


def test_a_search_without_a_letter_is_refused(jpt_with_jobs: Jpt) -> None:
    assert jpt_with_jobs("jobs", "***").code == 2


def test_a_search_finds_the_text_as_it_is_now(tmp_path: Path) -> None:
    path = tmp_path / "jpt.sqlite3"
    stock(path, POSTS[0])
    with Store.open(path) as store:
        assert store.catalogue.search("kafka")
        with sqlite3.connect(path) as other:
            other.execute("UPDATE job_details SET job_title = 'Gardener', updated_ts_ms = updated_ts_ms + 1")
            other.execute("DELETE FROM jpt_post_texts")
        other.close()

        assert not store.catalogue.search("kafka")
        assert store.catalogue.search("gardener")


def test_an_index_with_many_former_texts_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "jpt.sqlite3"
    stock(path, *POSTS)
    with Store.open(path) as store, sqlite3.connect(path) as other:
        for _ in range(250):
            other.execute("UPDATE job_details SET updated_ts_ms = updated_ts_ms + 1")
            other.commit()
            store.catalogue.index()
        rows = other.execute("SELECT count(*) FROM jpt_search_docsize").fetchone()[0]

        assert rows < 1_100
        assert len(store.catalogue.search("data") or ()) == 2
    other.close()


FILTERS = """
[title]
exclude = ["senior"]
[company.rules."Acme"]
years.max = 1
"""


def test_fits_means_the_same_in_lists_exports_feeds_and_digests(jpt_with_jobs: Jpt) -> None:
    jpt = jpt_with_jobs
    (jpt.folder / "inputs").mkdir()
    (jpt.folder / "inputs/filters.toml").write_text(FILTERS)
    fitting = {"Nurse", "Baker"}

    assert set(titles(jpt)) == fitting
    assert {job["job_title"] for job in json.loads(jpt("export", "json").out)} == fitting
    assert {job["job_title"] for job in jpt("jobs", "--all", "--json").json if job["fits"]} == fitting
    preview = jpt("digest", "--dry-run").out
    assert jpt("feed").code == 0
    feed = (jpt.folder / "state/feed.xml").read_text()
    for post in POSTS:
        assert (post.title in fitting) is (
            post.title in preview.replace("Senior Baker", "") or post.title in fitting
        )
        assert (post.url in feed) is (post.title in fitting)
    assert jpt("filters", "--json").json == {
        "keeps": 2,
        "drops": 3,
        "rules": [
            {"rule": "years", "line": 5, "word": "asks for too many years", "drops": 2},
            {"rule": "title.exclude", "line": 3, "word": "senior", "drops": 1},
        ],
    }


def test_a_job_that_does_not_fit_says_which_rule_keeps_it_out(jpt_with_jobs: Jpt) -> None:
    by_title = {job["job_title"]: job for job in jpt_with_jobs("jobs", "--all", "--json").json}

    assert by_title["Data Analyst"]["kept_out_by"] == "years"
    assert by_title["Data Analyst"]["fits"] is False
    assert by_title["Data Engineer"]["kept_out_by"] is None
    assert by_title["Nurse"]["min_years"] is None
    assert by_title["Nurse"]["stated"] is False


def test_more_years_can_be_asked_for(jpt_with_jobs: Jpt) -> None:
    assert "Data Analyst" in titles(jpt_with_jobs, "--max-years", "8")
    assert set(titles(jpt_with_jobs, "--max-years", "0")) == {"Baker", "Nurse"}


def test_closed_jobs_leave_the_list(jpt_with_jobs: Jpt) -> None:
    with sqlite3.connect(jpt_with_jobs.folder / DB) as raw:
        raw.execute("UPDATE jpt_links SET closed_ts_ms = 5 WHERE text = 'Baker'")
    raw.close()

    assert "Baker" not in titles(jpt_with_jobs)
    assert titles(jpt_with_jobs, "--closed") == ["Baker"]
    marked = jpt_with_jobs("mark", "Baker", "applied")
    assert "Senior Baker" in marked.err  # the word stands in two titles, and one of these jobs is open


def test_words_that_mean_several_jobs_list_them(jpt_with_jobs: Jpt) -> None:
    ended = jpt_with_jobs("hide", "data")

    assert ended.code == 2
    assert "Data Engineer" in ended.err
    assert "Data Analyst" in ended.err


def test_a_job_shows_its_quote_in_its_paragraph(jpt_with_jobs: Jpt) -> None:
    (job,) = jpt_with_jobs("jobs", "kafka", "--json").json

    ended = jpt_with_jobs("job", job["id"])

    assert ended.code == 0
    assert "You have at least 2 years of experience." in ended.out
    assert "Berlin" in ended.out
    assert jpt_with_jobs("job", "z9z").code == 2


def test_an_opening_in_several_places_is_one_row(tmp_path: Path) -> None:
    from rich.console import Console

    from jpt.catalogue.openings import openings
    from jpt.catalogue.view import JobsView
    from jpt.cli.jobs_table import jobs_table

    path = tmp_path / "jpt.sqlite3"
    stock(path, *(Post("Shop Assistant", 1, place, number=n) for n, place in enumerate(("Bonn", "Trier", "Ulm"))))
    with Store.open(path) as store:
        postings = JobsView(store, tmp_path / "none.toml", 3).postings()
    console = Console(width=120, record=True)
    with console.capture() as shown:
        console.print(jobs_table(openings(postings), "Jobs", width=120))

    assert len(postings) == 3
    assert shown.get().count("Shop Assistant") == 1
    assert all(place in shown.get() for place in ("Bonn", "Trier", "Ulm"))
