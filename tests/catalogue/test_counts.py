"""A job that is open in several places is one job, whoever counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from jpt.settings import Settings
from jpt.store import Store
from tests.catalogue.stock import Post, stock
from tests.cli.test_terminal import plain, seen
from tests.conftest import Jpt
from tests.web.conftest import served

PLACES = ("Bonn", "Trier", "Ulm")
POSTS = (
    *(Post("Shop Assistant", 1, place, number=n) for n, place in enumerate(PLACES)),
    *(Post("Shop Manager", 9, place, number=10 + n) for n, place in enumerate(PLACES)),
    Post("Baker", 2, "Köln", number=20),
    Post("Bookkeeper", None, "Köln", number=21),
)


@pytest.fixture
def shop(bare_jpt: Jpt) -> Jpt:
    (bare_jpt.folder / "state").mkdir()
    stock(bare_jpt.folder / "state/snapshots.sqlite3", *POSTS)
    return bare_jpt


def test_list_and_filters_count_the_same_jobs(shop: Jpt) -> None:
    listed = plain(seen(shop, "jobs"))
    cut = plain(seen(shop, "jobs", "--limit", "2"))
    filtered = shop("filters").out

    assert listed.startswith("3 jobs that fit")
    assert "1 more does not fit" in listed
    assert cut.startswith("2 of 3 jobs that fit")
    assert len(re.findall(r"^#\w+ ", cut, re.MULTILINE)) == 2
    assert filtered.startswith("Of 4 open jobs, 3 fit and 1 does not")
    assert re.search(r"^ *1 +years ", filtered, re.MULTILINE)


def test_json_counts_the_rows_that_json_lists(shop: Jpt) -> None:
    told = shop("filters", "--json").json

    assert (told["keeps"], told["drops"]) == (5, 3)
    assert len(shop("jobs", "--json").json) == told["keeps"]


def test_the_pages_count_the_same_jobs(tmp_path: Path, settings: Callable[..., Settings]) -> None:
    made = settings(filters=tmp_path / "filters.toml")
    stock(made.db, *POSTS)
    with served(made, tmp_path) as pages:
        inbox, rules = pages.get("/").text, pages.get("/rules").text

    assert '<p class="sum">3 jobs · 1 more does not fit' in inbox
    assert 'Acme <span class="count">3</span>' in inbox
    assert all(f'{place} <span class="count">1</span>' in inbox for place in PLACES)
    assert "Of 4 open jobs, <strong>3 fit</strong> and 1 does not" in rules
    assert "1 by years" in rules


def test_what_is_hidden_is_counted_apart(shop: Jpt) -> None:
    shop("hide", "Baker")

    assert plain(seen(shop, "jobs")).startswith("2 jobs that fit")
    assert "You applied for or hid 1 of those that fit." in shop("filters").out


def test_a_note_on_one_of_its_places_leaves_a_job_one(shop: Jpt) -> None:
    shop("mark", "Shop Assistant", "interested", "--note", "ask Tom", "--due", "2026-12-05")

    shown = plain(seen(shop, "jobs", "--interested"))

    assert shown.split("\n")[0].strip() == "1 job"
    assert "ask Tom" in shown
    assert all(place in shown for place in PLACES)


def test_two_notes_are_both_shown(shop: Jpt) -> None:
    with Store.open(shop.folder / "state/snapshots.sqlite3") as store:
        urls = [post.url for post in POSTS[:2]]
        for url, note in zip(urls, ("ask Tom", "ask Eva"), strict=True):
            from jpt.models.postings import Mark

            store.marks.put(url, Mark("interested", note, None))

    shown = plain(seen(shop, "jobs", "--interested"))

    assert "ask Tom" in shown
    assert "ask Eva" in shown


def test_marked_jobs_are_not_said_to_be_left_out_too(shop: Jpt) -> None:
    shop("mark", "Shop Manager", "interested")

    assert "does not fit" not in plain(seen(shop, "jobs", "--interested"))


def test_years_have_one_form(shop: Jpt, tmp_path: Path, settings: Callable[..., Settings]) -> None:
    made = settings(filters=tmp_path / "filters.toml", db=shop.folder / "state/snapshots.sqlite3")
    with served(made, tmp_path) as pages:
        inbox = pages.get("/").text

    assert re.search(r"^#\w+ +2\+ +Baker", plain(seen(shop, "jobs")), re.MULTILINE)
    assert '<span class="years" title="years of experience required">2+</span>' in inbox
    assert "Years       2+" in shop("job", "Baker").out
    assert "Years: 2+ (" in shop("why", POSTS[-2].url).out
    assert "2+\t" in shop("jobs", "Baker").out
    assert ">2+</b>" in preview(shop)


def preview(jpt: Jpt) -> str:
    jpt("digest", "--preview")
    return (jpt.folder / "state/digest-preview.html").read_text(encoding="utf-8")
