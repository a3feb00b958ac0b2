"""Two lists of links compared by identity."""

from __future__ import annotations

import hashlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jpt.identity.diff import diff, diff_hash, links_json, snapshot_hash
from jpt.models.pages import Diff
from tests.table import each_row

SITE = "https://acme.example"


def test_added_and_gone_are_given_as_written_in_the_order_of_the_page() -> None:
    before = [f"{SITE}/b", f"{SITE}/a/", f"{SITE}/c"]
    after = [f"{SITE}/z/?utm_source=x", f"{SITE}/a", f"{SITE}/y#apply"]

    found = diff(before, after)

    assert found == Diff(added=(f"{SITE}/z/?utm_source=x", f"{SITE}/y#apply"), gone=(f"{SITE}/b", f"{SITE}/c"))


def test_a_link_shown_twice_is_added_once() -> None:
    assert diff([], [f"{SITE}/a#apply", f"{SITE}/a", f"{SITE}/a?utm_source=x"]).added == (f"{SITE}/a#apply",)


def test_what_is_no_page_is_neither_added_nor_gone() -> None:
    assert diff(["mailto:x@acme.example", "", "Headless debug"], ["javascript:void(0)"]) == Diff((), ())


def test_links_as_another_program_stored_them_are_not_new() -> None:
    before = ["http://Acme.example:80/jobs/7/?gh_src=1&b=2&a=1#top", "https://acme.example/jobs/8;jsessionid=1A"]
    after = ["https://acme.example/jobs/7?a=1&b=2", "https://acme.example/jobs/8;jsessionid=2B"]

    assert diff(before, after) == Diff((), ())


def test_a_token_that_changes_on_all_links_at_once_is_noise() -> None:
    before = [f"{SITE}/jobs/{name}?tk=old" for name in ("cook", "waiter", "chef")]
    after = [f"{SITE}/jobs/{name}?tk=new" for name in ("cook", "baker", "waiter", "chef")]

    assert diff(before, after) == Diff(added=(f"{SITE}/jobs/baker?tk=new",), gone=(), noise=frozenset({"tk"}))


def test_two_tokens_that_change_together_are_noise() -> None:
    before = [f"{SITE}/jobs/{name}?refNo=1{name}&tk=1{name}" for name in ("cook", "waiter", "chef", "baker")]
    after = [f"{SITE}/jobs/{name}?refNo=2{name}&tk=2{name}" for name in ("cook", "waiter", "chef")]

    assert diff(before, after) == Diff(
        added=(), gone=(f"{SITE}/jobs/baker?refNo=1baker&tk=1baker",), noise=frozenset({"refNo", "tk"})
    )


def test_two_links_are_enough_where_each_has_a_page_of_its_own() -> None:
    before = [f"{SITE}/careers/{name}?visit=7f3a" for name in ("night-porter", "head-gardener")]
    after = [f"{SITE}/careers/{name}?visit=99b0" for name in ("head-gardener", "night-porter")]

    assert diff(before, after) == Diff(added=(), gone=(), noise=frozenset({"visit"}))


@pytest.mark.parametrize("number", ["JR-2024-13{}", "202413{}", "R00013{}"])
def test_a_job_that_is_open_again_under_a_new_number_is_new(number: str) -> None:
    others = [
        f"{SITE}/jobs/{name}?ref={number.format(n)}" for n, name in ((11, "night-porter"), (12, "sous-chef"))
    ]
    before = [f"{SITE}/jobs/head-gardener?ref={number.format(20)}", *others]
    after = [f"{SITE}/jobs/head-gardener?ref={number.format(31)}", *others]

    assert diff(before, after) == Diff(added=(after[0],), gone=(before[0],), noise=frozenset())


def test_the_time_of_a_visit_is_noise_where_it_changes_everywhere() -> None:
    names = ("night-porter", "sous-chef", "head-gardener")
    before = [f"{SITE}/jobs/{name}?t=1790000000" for name in names]
    after = [f"{SITE}/jobs/{name}?t=1790003600" for name in names]

    assert diff(before, after) == Diff(added=(), gone=(), noise=frozenset({"t"}))


def test_known_noise_counts_for_a_single_link_as_well() -> None:
    before = [f"{SITE}/show?nr=a&visit=1", f"{SITE}/about"]
    after = [f"{SITE}/show?nr=a&visit=2", f"{SITE}/about"]

    assert diff(before, after).added == (f"{SITE}/show?nr=a&visit=2",)
    assert diff(before, after, frozenset({"visit"})) == Diff(added=(), gone=())


def test_known_noise_does_not_merge_links_of_one_page_that_only_it_tells_apart() -> None:
    before = [f"{SITE}/show?visit=1"]
    after = [f"{SITE}/show?visit=2", f"{SITE}/show?visit=3"]

    assert diff(before, after, frozenset({"visit"})).added == tuple(after)


@each_row("name", ["gh_jid", "pid", "jobId", "id", "vacancyNo", "reqId", "opportunityId"])
def test_new_ids_are_new_jobs_however_many_change(name: str) -> None:
    before = [f"{SITE}/jobs/{title}?{name}=1{title}" for title in ("cook", "waiter", "chef")]
    after = [f"{SITE}/jobs/{title}?{name}=2{title}" for title in ("cook", "waiter", "chef")]

    found = diff(before, after)

    assert found.added == tuple(after)


def test_a_parameter_that_alone_tells_links_apart_is_not_noise() -> None:
    before = [f"{SITE}/show?nr={number}" for number in (1, 2, 3, 4)]
    after = [f"{SITE}/show?nr={number}" for number in (5, 6, 7, 8)]

    assert diff(before, after).added == tuple(after)


def test_one_job_in_place_of_another_is_new() -> None:
    before = [f"{SITE}/about?v=1", f"{SITE}/team?v=1", f"{SITE}/show?nr=1"]
    after = [f"{SITE}/about?v=1", f"{SITE}/team?v=1", f"{SITE}/show?nr=2"]

    assert diff(before, after).added == (f"{SITE}/show?nr=2",)


def test_a_parameter_that_stays_on_most_links_is_not_noise() -> None:
    stays = [f"{SITE}/jobs/{number}?v=1" for number in range(20)]
    before = stays + [f"{SITE}/x/{title}?v=1" for title in "abc"]
    after = stays + [f"{SITE}/x/{title}?v=2" for title in "abc"]

    assert len(diff(before, after).added) == 3


LINKS = st.lists(st.integers(0, 30).map(lambda number: f"{SITE}/jobs/{number}"))


@given(LINKS, LINKS)
def test_a_diff_is_the_difference_of_two_sets_and_can_be_undone(before: list[str], after: list[str]) -> None:
    found = diff(before, after)

    assert set(found.added) == set(after) - set(before)
    assert set(found.gone) == set(before) - set(after)
    assert diff(after, before) == Diff(added=found.gone, gone=found.added)


def test_links_are_stored_as_a_compact_array_in_page_order() -> None:
    assert (
        links_json(["https://b.example/ü", "https://a.example/"]) == '["https://b.example/ü","https://a.example/"]'
    )


def test_the_hash_of_a_snapshot_is_that_of_its_stored_text() -> None:
    text = '["https://b.example/ü"]'

    assert snapshot_hash(text) == hashlib.sha256(text.encode()).hexdigest()


def test_the_hash_of_a_diff_is_that_of_its_sorted_links_and_site() -> None:
    text = '{"added_urls":["https://a.example/","https://b.example/ü"],"site":"Müller"}'

    assert (
        diff_hash("Müller", ["https://b.example/ü", "https://a.example/"])
        == hashlib.sha256(text.encode()).hexdigest()
    )


@pytest.mark.parametrize(
    "form", ["/jobs/{slug}#t={token}", "/jobs/{slug}?ref=r{place}#t={token}", "/careers#/job/{id}?sid={token}"]
)
def test_tokens_in_fragments_that_change_at_every_read_make_no_news(form: str) -> None:
    slugs = [f"night-porter-{number}" for number in range(101, 109)]

    def shown(seed: int, names: list[str]) -> list[str]:
        dice = random.Random(seed)
        token = f"a1{dice.getrandbits(48):012x}"
        return [
            "https://acme.example" + form.format(slug=name, id=name[-3:], token=token, place=place)
            for place, name in enumerate(dice.sample(names, len(names)))
        ]

    for seed in range(20):
        change = diff(shown(seed, slugs[:7]), shown(seed + 500, slugs[1:]))

        assert [("108" in url, "101" in gone) for url, gone in zip(change.added, change.gone, strict=True)] == [
            (True, True)
        ]


def test_ids_in_fragments_are_the_jobs_themselves() -> None:
    before = [f"https://acme.example/home?site=5016#jobDetails={number}_5016" for number in range(7041, 7048)]
    after = [f"https://acme.example/home?site=5016#jobDetails={number}_5016" for number in range(8041, 8048)]

    assert set(diff(before, after).added) == set(after)


@pytest.mark.parametrize("fresh", [0, 1])
def test_places_in_a_shuffled_list_make_no_news(fresh: int) -> None:
    def shown(seed: int, first: int) -> list[str]:
        numbers = random.Random(seed).sample(range(first, first + 8), 8)
        return [f"https://acme.example/job?nr=7{number}&pos={place}" for place, number in enumerate(numbers, 1)]

    for seed in range(20):
        change = diff(shown(seed, 101), shown(seed + 500, 101 + fresh))

        assert len(change.added) in {fresh, fresh + 1}
        assert sum(int(url.partition("nr=7")[2][:3]) >= 109 for url in change.added) == fresh


def test_a_department_and_a_number_within_it_name_a_job_together() -> None:
    before = [f"https://acme.example/job?dept={d}&nr={n}" for d, n in ((5, 1), (6, 2), (7, 3), (8, 4))]
    after = [f"https://acme.example/job?dept={d}&nr={n}" for d, n in ((6, 1), (7, 2), (8, 3), (5, 4))]

    assert set(diff(before, after).added) == set(after)
