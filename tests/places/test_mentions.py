"""The names of places in running text, with what beside them says where they are."""

from __future__ import annotations

import pytest

from jpt.places.mentions import country_among, mentions
from tests.linear import is_linear


def named(text: str, home: str = "") -> list[tuple[str | None, str | None, str | None]]:
    return [(one.said.place.city, one.said.place.region, one.said.place.country) for one in mentions(text, home)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bridges in Austin, TX or Paris, Texas.", [("Austin", "Texas", "US"), ("Paris", "Texas", "US")]),
        (
            "Canada-Ontario-Toronto, Canada-Alberta-Calgary",
            [("Toronto", "Ontario", "CA"), ("Calgary", "Alberta", "CA")],
        ),
        ("Peapack, NJ builds bridges", [("Peapack", "New Jersey", "US")]),
        ("Österreichweit gesucht", [(None, None, "AT")]),
        ("Hart bei Graz\nWir bauen.", [("Hart bei Graz", None, "AT")]),
        ("Our tent is in Fort Sam Houston, TX", [("Fort Sam Houston", "Texas", "US")]),
        ("una tienda en las Palmas", [("las Palmas", None, "ES")]),
        (
            "Berlin, Hamburg und München",
            [("Berlin", None, "DE"), ("Hamburg", None, "DE"), ("München", None, "DE")],
        ),
        ("Reading, UK", [("Reading", None, "GB")]),
        ("Reading and Mobile are values. Job ID 7. PART TIME.", []),
        ("Say hello to Time and Opportunity.", []),
    ],
)
def test_names_are_read_with_what_stands_beside_them(
    text: str, found: list[tuple[str | None, str | None, str | None]]
) -> None:
    assert named(text) == found


def test_a_town_that_nobody_knows_is_told_by_its_postal_code() -> None:
    assert ("Slootdorp", None, "NL") in named("Brugweg 16, 1774 AA Slootdorp", "NL")


@pytest.mark.parametrize(
    ("text", "said", "country"),
    [
        ("Bridges in Hamburg, Germany and München", "", "DE"),
        ("Cambridge and Boston, MA", "", "US"),
        ("One bridge in Hamburg", "US", "US"),
    ],
)
def test_most_places_tell_the_country(text: str, said: str, country: str) -> None:
    assert country_among(mentions(text, said), said) == country


@pytest.mark.parametrize("part", ["Aa", "Aa ", "New York, ", "Berlin-", "Fort ", "1234 AA ", "in Ulm bei "])
def test_names_are_found_in_linear_time(part: str) -> None:
    assert is_linear(lambda chars: mentions(part * (chars // len(part)), "US"))


def test_of_two_countries_with_as_many_places_the_first_in_the_text_counts() -> None:
    found = mentions("Offices in Lyon, France and in Bonn, Germany.", "")

    assert country_among(found, "") == "FR"
    assert country_among(found[::-1], "") == "DE"
