"""Lists that change their addresses while the jobs stay."""

from __future__ import annotations

from jpt.identity.moves import moved
from tests.table import each_row

HOST = "https://acme.example"


def links(pattern: str, *titles: str) -> list[tuple[str, str]]:
    return [
        (HOST + pattern.format(n=n, id=73_400 + n, slug=title.lower()), title) for n, title in enumerate(titles)
    ]


@each_row(
    ("before", "after"),
    [
        ("/jobs/{slug}", "/en/jobs/{slug}"),
        ("/jobs/{slug}", "/jobs/{slug}/en-US"),
        ("/jobs/{slug}", "/jobs/{slug}_de"),
        ("/en/jobs/{slug}", "/de/jobs/{slug}"),
        ("/jobs/{slug}?lang=en", "/jobs/{slug}?lang=fr"),
        ("/jobs/{id}-{slug}", "/careers/open/{slug}-{id}"),
        ("/jobs/{id}", "/en/positions/{id}/apply-now"),
    ],
)
@each_row("titles", [("Baker",), ("Baker", "Cook"), ("Baker", "Cook", "Waiter")])
def test_one_title_with_its_number_or_all_but_the_language_is_the_same_job(
    before: str, after: str, titles: tuple[str, ...]
) -> None:
    old, new = links(before, *titles), links(after, *titles)

    assert moved(old, new, stayed=50) == {one[0]: two[0] for one, two in zip(old, new, strict=True)}


def test_new_slugs_all_over_a_list_are_moves_by_their_titles() -> None:
    titles = ("Baker", "Cook", "Waiter", "Host")
    old, new = links("/jobs/{slug}", *titles), links("/open/{slug}-we-want-you", *titles)

    assert len(moved(old, new, stayed=0)) == 4
    assert moved(old, new, stayed=20) == {}
    assert moved(old[:2], new[:2], stayed=0) == {}


@each_row(
    ("old", "new"),
    [
        # A job that was filled and is open again is another one.
        (("/jobs/73401-baker", "Baker"), ("/jobs/73499-baker", "Baker")),
        (("/jobs/baker", "Baker"), ("/jobs/baker-2", "Baker")),
        (("/jobs/73401", "Baker"), ("/en/jobs/73401", "Cook")),
        (("/jobs/baker", ""), ("/en/jobs/baker", "")),
        (("/jobs", "Jobs"), ("/en/jobs", "Jobs")),
        (("/jobs/de", "Jobs"), ("/jobs/en", "Jobs")),
    ],
)
def test_in_doubt_two_addresses_stay_two(old: tuple[str, str], new: tuple[str, str]) -> None:
    assert moved([(HOST + old[0], old[1])], [(HOST + new[0], new[1])], stayed=10) == {}


def test_of_several_with_one_title_only_those_with_a_number_move() -> None:
    old = links("/jobs/{id}", "Baker", "Baker")
    new = links("/en/jobs/{id}", "Baker", "Baker")

    assert moved(old, new, stayed=0) == {one[0]: two[0] for one, two in zip(old, new, strict=True)}
    assert (
        moved([(f"{HOST}/a/x-1", "Baker"), (f"{HOST}/a/x-2", "Baker")], [(f"{HOST}/b/y", "Baker")], stayed=0) == {}
    )
