"""Whether a place lies in the one that is looked for."""

from __future__ import annotations

from jpt.places.parsing import read_places
from jpt.places.within import wanted_by, within
from tests.table import each_row


@each_row(
    ("place", "wanted", "lies"),
    [
        ("Munich", "Germany", True),
        ("Munich", "Bavaria", True),
        ("München", "Munich", True),
        ("Munich", "Berlin", False),
        ("San Francisco", "California", True),
        ("Paris, TX", "Paris", False),
        ("London, Ontario", "London", False),
        ("Madrid", "Europe", True),
        ("Remote - EMEA", "Germany", None),
        ("Remote", "Germany", None),
        ("Germany", "Munich", None),
        ("Cambridge", "Germany", False),
        ("Cambridge", "UK", None),
        ("Kleinkleckersdorf", "Germany", None),
        ("London, UK", "Surrey", False),
        ("Remote, US", "Germany", False),
        ("Greater London", "London", True),
        ("Munich", "remote in Germany", False),
        ("Remote (Germany)", "remote in Germany", True),
        ("San Diego, CA", "CA", True),
    ],
)
def test_a_place_is_in_another(place: str, wanted: str, lies: bool | None) -> None:
    (here,) = [one.place for one in read_places(place)]
    answers = {within(here, there) for there in wanted_by(wanted)}

    assert (True if True in answers else None if None in answers else False) is lies


def test_words_that_are_no_places_stand_for_none() -> None:
    assert wanted_by("Kleinkleckersdorf") == ()
    assert wanted_by("hybrid") == ()
