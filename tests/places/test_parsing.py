"""Words that say where a job is become city, region, country and remote."""

from __future__ import annotations

import subprocess
import sys

import pytest

from jpt.models.places import Place, as_rows, places_from
from jpt.places.gazetteer import begins_name, countries_of, meanings
from jpt.places.parsing import read_places
from jpt.text.stretches import spots
from tests.table import each_row


def places(words: str, home: str = "") -> list[Place]:
    return [one.place for one in read_places(words, home)]


@each_row(
    ("words", "city", "region", "country"),
    [
        ("Munich", "Munich", None, "DE"),
        ("München, DE", "München", None, "DE"),
        ("DE-80331 München", "München", None, "DE"),
        ("Halle (Saale)", "Halle (Saale)", None, "DE"),
        ("NRW", None, "North Rhine-Westphalia", "DE"),
        ("Cologne, NRW, Germany", "Cologne", "North Rhine-Westphalia", "DE"),
        ("UK-London", "London", None, "GB"),
        ("London EC1A 1BB", "London", None, "GB"),
        ("Greater London", None, "Greater London", "GB"),
        ("Leeds, West Yorkshire", "Leeds", "West Yorkshire", "GB"),
        ("Paris", "Paris", None, "FR"),
        ("Paris, TX", "Paris", "Texas", "US"),
        ("Cambridge, MA", "Cambridge", "Massachusetts", "US"),
        ("Cambridge, UK", "Cambridge", None, "GB"),
        ("Gering, NE", "Gering", "Nebraska", "US"),
        ("Dover, DE", "Dover", "Delaware", "US"),
        ("Hamburg, DE", "Hamburg", None, "DE"),
        ("Mumbai, IN", "Mumbai", None, "IN"),
        ("Bloomington, IN", "Bloomington", "Indiana", "US"),
        ("Toronto, CA", "Toronto", None, "CA"),
        ("Ontario, CA", "Ontario", "California", "US"),
        ("US-CA-San Francisco", "San Francisco", "California", "US"),
        ("Germany - Berlin", "Berlin", None, "DE"),
        ("Berlin HQ", "Berlin", None, "DE"),
        ("Friedrichstr. 12, 10117 Berlin", "Berlin", None, "DE"),
        ("123 Main Street, Boston, MA 02110", "Boston", "Massachusetts", "US"),
        ("Melbourne VIC", "Melbourne", "Victoria", "AU"),
        ("Western Sydney, NSW, AU", "Western Sydney", "New South Wales", "AU"),
        ("Los Angeles County, CA", None, "Los Angeles County", "US"),
        ("Georgia, USA", None, "Georgia", "US"),
        ("Atlanta, Georgia, United States", "Atlanta", "Georgia", "US"),
        ("Tbilisi, Georgia", "Tbilisi", None, "GE"),
        ("Warwick, UK (3 days onsite)", "Warwick", None, "GB"),
        ("ROME, ITALY", "Rome", None, "IT"),
        ("東京", "東京", None, "JP"),
        ("Kleinkleckersdorf, Germany", "Kleinkleckersdorf", None, "DE"),
    ],
)
def test_a_place_is_read(words: str, city: str | None, region: str | None, country: str) -> None:
    assert places(words) == [Place(city, region, country)]


@each_row(
    ("words", "country", "area"),
    [
        ("Remote", None, None),
        ("100% remote", None, None),
        ("Home office within Germany", "DE", None),
        ("Remote, US", "US", None),
        ("Germany (Remote)", "DE", None),
        ("Remote - EMEA", None, "EMEA"),
        ("EU remote", None, "EU"),
    ],
)
def test_what_is_done_from_home_has_no_city(words: str, country: str | None, area: str | None) -> None:
    assert places(words) == [Place(country=country, remote=True, area=area)]


@each_row(
    ("words", "found"),
    [
        ("Berlin, DE or remote in Germany", [Place("Berlin", None, "DE"), Place(None, None, "DE", remote=True)]),
        ("Munich, Germany or Remote", [Place("Munich", None, "DE"), Place(remote=True)]),
        ("Poznań, Poland (Remote option available)", [Place("Poznań", None, "PL"), Place(remote=True)]),
        ("Berlin (Remote)", [Place("Berlin", None, "DE", remote=True)]),
        (
            "San Francisco, CA / New York, NY",
            [Place("San Francisco", "California", "US"), Place("New York", "New York", "US")],
        ),
        ("Austin, TX, Denver, CO", [Place("Austin", "Texas", "US"), Place("Denver", "Colorado", "US")]),
        ("Berlin, Germany, Paris, France", [Place("Berlin", None, "DE"), Place("Paris", None, "FR")]),
        ("Bonn, Köln oder Ulm", [Place("Bonn", None, "DE"), Place("Köln", None, "DE"), Place("Ulm", None, "DE")]),
        (
            "Remote (US, Colombia, Argentina)",
            [Place(None, None, country, remote=True) for country in ("US", "CO", "AR")],
        ),
        ("Dublin or Cork", [Place("Dublin", None, "IE"), Place("Cork", None, "IE")]),
        (
            "Austin, TX San Jose, CA",
            [Place("Austin", "Texas", "US"), Place("San Jose", "California", "US")],
        ),
        (
            "London or remote (Spain, Portugal)",
            [Place("London", None, "GB"), Place(None, None, "ES", True), Place(None, None, "PT", True)],
        ),
        (
            "Remote (TX, NC, CO)",
            [Place(None, name, "US", True) for name in ("Texas", "North Carolina", "Colorado")],
        ),
        ("Remote (DE, PL)", [Place(None, None, "DE", True), Place(None, None, "PL", True)]),
        ("Rome, Milan, remote", [Place("Rome", None, "IT"), Place("Milan", None, "IT"), Place(remote=True)]),
        ("Austin, Texas, remote", [Place("Austin", "Texas", "US", True)]),
        ("Wakefield (BOS), MA", [Place("Wakefield", "Massachusetts", "US")]),
        (
            "Chandler AZ Richmond VA Mason OH",
            [
                Place("Chandler", "Arizona", "US"),
                Place("Richmond", "Virginia", "US"),
                Place("Mason", "Ohio", "US"),
            ],
        ),
        ("regio Utrecht", [Place("Utrecht", None, "NL")]),
    ],
)
def test_all_places_of_a_field_are_read(words: str, found: list[Place]) -> None:
    assert places(words) == found


@each_row(
    "words", ["In person", "Hybrid", "On-site", "Multiple locations", "Various", "", "3 days a week", "Full-time"]
)
def test_kinds_of_work_and_empty_words_are_no_places(words: str) -> None:
    assert places(words) == []


def test_a_name_of_several_countries_is_decided_by_the_country_at_hand_or_left_open() -> None:
    assert places("Cambridge") == [Place("Cambridge")]
    assert places("Cambridge", "GB") == [Place("Cambridge", None, "GB")]
    assert places("London, UK; Cambridge") == [Place("London", None, "GB"), Place("Cambridge", None, "GB")]
    assert places("Paris", "US") == [Place("Paris", None, "US")] or places("Paris", "US") == [
        Place("Paris", None, "FR")
    ]


def test_an_unknown_place_stays_as_it_is_written() -> None:
    (found,) = read_places("Kleinkleckersdorf")

    assert found.place == Place("Kleinkleckersdorf")
    assert not found.known


def test_names_of_other_languages_mean_the_same_city() -> None:
    assert {meanings(name)[0].name for name in ("Munich", "München", "Monaco di Baviera", "Múnich")} == {"Munich"}
    assert {"DE", "FR"} <= countries_of("EU")
    assert "GB" in countries_of("Europe")
    assert "GB" not in countries_of("EU")


def test_places_survive_the_store() -> None:
    found = (*places("Berlin, DE or remote in Germany"), Place(remote=True, area="EMEA"))

    assert places_from(as_rows(found)) == found
    assert places_from([{"city": 3}, "x", None]) == ()


def test_the_table_is_not_read_before_somebody_asks() -> None:
    code = """
import sys
opened = []
sys.addaudithook(lambda event, words: opened.append(str(words[0])) if event == "open" else None)
import jpt.cli.app
print(any("places.tsv" in name for name in opened))
from jpt.places.gazetteer import meanings
meanings("berlin")
print(any("places.tsv" in name for name in opened))
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said.split() == ["False", "True"]


def test_a_word_that_begins_no_name_is_known_at_once() -> None:
    assert begins_name("San")
    assert begins_name("Berlin-Mitte")
    assert begins_name("zwolle")
    assert not begins_name("Zwoll")
    assert not begins_name("—")


@pytest.mark.parametrize("text", ["Remote in REMOTE İstanbul, remote", "none", ""])
def test_signs_are_found_whatever_their_case_and_what_stands_before_them(text: str) -> None:
    assert [text[start:end].lower() for start, end in spots(text, ("remote", "mote"))] == [
        word for _ in range(text.lower().count("remote")) for word in ("remote", "mote")
    ]
