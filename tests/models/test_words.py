"""Values of reads have words for people, each of them."""

from __future__ import annotations

from typing import get_args

from jpt.models.changes import Change
from jpt.models.pages import Cut, CutReason, Partial
from jpt.models.ways import Proof, WayReason, Why
from jpt.models.words import (
    change_words,
    cut_words,
    doubt_words,
    partial_words,
    recorded_words,
    way_words,
    why_words,
)


def test_every_reason_of_a_way_has_words_of_its_own() -> None:
    said = [why_words(Why(reason, "Sitemap", 3, 2, 1)) for reason in WayReason if reason is not WayReason.NONE]

    assert all(said)
    assert not [words for words in said if "{" in words]
    assert len(set(said)) == len(said)


def test_every_reason_why_a_list_was_cut_has_words_of_its_own() -> None:
    said = [cut_words(Cut(reason, page=4, limit=30)) for reason in get_args(CutReason)]

    assert all(said)
    assert len(set(said)) == len(said)


def test_how_much_was_read_comes_with_why_not_the_rest() -> None:
    assert partial_words(Partial(30, 40, Cut("page", page=4, status=500))) == "30 of 40: page 4 gave HTTP 500"
    assert partial_words(Partial(1_200, None, Cut("time", limit=60))) == "1,200 and more: stopped after 60 s"
    assert partial_words(Partial(30, 40, Cut("count"))) == "30 of 40, incomplete"


def test_bad_rows_stand_before_the_reason_of_a_way() -> None:
    why = Why(WayReason.SAME, "", 1, 1, bad_rows=1, rows=1_200, bad_row="no address.")

    assert way_words(why, 2) == (
        "1 of 1,200 rows cannot be used: no address; feed and page show the same 1 job; "
        "2 known jobs are missing from it, and open until that is sure"
    )


def test_what_there_is_nothing_to_say_of_has_no_words() -> None:
    assert [why_words(Why()), way_words(Why(), 0), doubt_words(Proof()), recorded_words(flooded=0, moved=0, unopenable=0)] == [""] * 4  # fmt: skip


def test_a_change_says_what_is_now_and_what_was() -> None:
    changed = Change(
        "edited",
        "Acme",
        "https://acme.example/1",
        "Cook",
        {"years": [2, 8], "pay": [None, "50,000 EUR a year"], "place": ["Ulm", None]},
    )

    assert change_words(changed) == "asks 8 years now, was 2; pay added: 50,000 EUR a year; place removed, was Ulm"
