"""The second opinion on links: numbers only, and where it differs from the rules the page behind decides."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

from jpt.extract.links import judge, judge_twice
from jpt.extract.links.link_classifier import probabilities
from jpt.extract.links.link_signs import Row, signs_of
from jpt.extract.links.page_signs import page_signs
from jpt.extract.links.relation import ListedPage
from jpt.extract.links.structure import candidates
from jpt.extract.listing import judged
from jpt.models.pages import PageRead
from tests.extract.links.test_links import LIST, a_list, menu, page, row

SITE = "https://www.brightloom.example/"
PAGE = page(menu(SITE, "Home"), menu(f"{SITE}about/", "About us"), *a_list(), menu(f"{SITE}privacy/", "Privacy"))


def stored() -> Any:
    return json.loads((files("jpt.extract.links") / "link_classifier.json").read_text(encoding="utf-8"))


def test_it_is_made_of_numbers_only_and_is_small() -> None:
    text = (files("jpt.extract.links") / "link_classifier.json").read_text(encoding="utf-8")

    assert set(stored()) == {"bias", "weights", "scale", "shift", "start", "trees"}
    assert not [char for char in text if char.isalpha() and char not in "biaswegthsrteclf"]
    assert len(text) < 40_000


def test_it_has_a_weight_for_each_sign() -> None:
    (first, *_) = signs_of(candidates(PAGE), ListedPage.of(PAGE))

    assert len(stored()["weights"]) == len(first)


def test_it_knows_a_plain_list_from_a_menu() -> None:
    found = chances(PAGE)

    assert min(found[anchor.url] for anchor in a_list()) > 0.5 > found[f"{SITE}privacy/"]


def test_the_same_links_are_less_likely_on_a_page_that_speaks_of_no_jobs() -> None:
    people = ("Nurse Ida Berg", "Chef Tom Hale", "Driver Ann Lee")
    read = page(*(row(f"{SITE}{name.lower().replace(' ', '-')}/", name, "") for name in people))
    url = f"{SITE}about/"
    about = replace(read, title="Brightloom", url=url, final_url=url, headings=("Our teams",))

    assert max(chances(about).values()) < min(chances(read).values()) / 2


def test_what_a_page_shows_is_counted_outside_of_its_menus() -> None:
    listed = page(*a_list())
    more = page(*a_list(), menu(f"{LIST}nurse/", "Nurse"), menu(f"{LIST}chef/", "Chef"))
    menus = page(*(menu(anchor.url, anchor.text) for anchor in a_list()))

    assert signs_of_page(listed) == signs_of_page(more)
    assert sum(signs_of_page(menus)) < sum(signs_of_page(listed))


def signs_of_page(read: PageRead) -> Row:
    return page_signs(read, candidates(read), ListedPage.of(read))


def chances(read: PageRead) -> dict[str, float]:
    found = candidates(read)
    return dict(zip((one.url for one in found), probabilities(read, found, ListedPage.of(read)), strict=True))


def test_a_page_without_links_has_no_chances() -> None:
    assert chances(page()) == {}


def test_where_both_agree_the_verdict_stands() -> None:
    rules, twice = judge(PAGE), judge_twice(PAGE)

    assert [link.is_job for link in twice] == [link.is_job for link in rules]


def test_where_they_differ_a_link_is_unsure_and_says_so_and_keeps_its_score() -> None:
    texts = ("Hat", "Tas", "Ulp", "Ots", "Ark")
    read = page(*(row(f"{SITE}x/{text.lower()}-{number}", text, "") for number, text in enumerate(texts, 90210)))
    differing = [
        (one, two) for one, two in zip(judge(read), judge_twice(read), strict=True) if one.is_job != two.is_job
    ]

    for one, two in differing:
        assert (two.is_job, two.score) == (None, one.score)
        assert "the second opinion says" in two.why[-1]


def test_a_list_that_the_rules_are_sure_of_is_read_well_whatever_the_second_opinion() -> None:
    assert judged(PAGE, LIST).status == "ok"
