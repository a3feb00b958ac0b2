"""Words that say where a job is become city, region, country and remote."""

from __future__ import annotations

import subprocess
import sys

import pytest

from jpt.models.places import JobPlace, as_rows, places_from
from jpt.places.gazetteer import begins_name, countries_of, meanings
from jpt.places.parsing import read_places
from jpt.text.stretches import spots
from tests.table import each_row


def places(words: str, home: str = "") -> list[JobPlace]:
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
    assert places(words) == [JobPlace(city, region, country)]


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
    assert places(words) == [JobPlace(country=country, remote=True, area=area)]


@each_row(
    ("words", "found"),
    [
        (
            "Berlin, DE or remote in Germany",
            [JobPlace("Berlin", None, "DE"), JobPlace(None, None, "DE", remote=True)],
        ),
        ("Munich, Germany or Remote", [JobPlace("Munich", None, "DE"), JobPlace(remote=True)]),
        ("Poznań, Poland (Remote option available)", [JobPlace("Poznań", None, "PL"), JobPlace(remote=True)]),
        ("Berlin (Remote)", [JobPlace("Berlin", None, "DE", remote=True)]),
        (
            "San Francisco, CA / New York, NY",
            [JobPlace("San Francisco", "California", "US"), JobPlace("New York", "New York", "US")],
        ),
        ("Austin, TX, Denver, CO", [JobPlace("Austin", "Texas", "US"), JobPlace("Denver", "Colorado", "US")]),
        ("Berlin, Germany, Paris, France", [JobPlace("Berlin", None, "DE"), JobPlace("Paris", None, "FR")]),
        (
            "Bonn, Köln oder Ulm",
            [JobPlace("Bonn", None, "DE"), JobPlace("Köln", None, "DE"), JobPlace("Ulm", None, "DE")],
        ),
        (
            "Remote (US, Colombia, Argentina)",
            [JobPlace(None, None, country, remote=True) for country in ("US", "CO", "AR")],
        ),
        ("Dublin or Cork", [JobPlace("Dublin", None, "IE"), JobPlace("Cork", None, "IE")]),
        (
            "Austin, TX San Jose, CA",
            [JobPlace("Austin", "Texas", "US"), JobPlace("San Jose", "California", "US")],
        ),
        (
            "London or remote (Spain, Portugal)",
            [JobPlace("London", None, "GB"), JobPlace(None, None, "ES", True), JobPlace(None, None, "PT", True)],
        ),
        (
            "Remote (TX, NC, CO)",
            [JobPlace(None, name, "US", True) for name in ("Texas", "North Carolina", "Colorado")],
        ),
        ("Remote (DE, PL)", [JobPlace(None, None, "DE", True), JobPlace(None, None, "PL", True)]),
        (
            "Rome, Milan, remote",
            [JobPlace("Rome", None, "IT"), JobPlace("Milan", None, "IT"), JobPlace(remote=True)],
        ),
        ("Austin, Texas, remote", [JobPlace("Austin", "Texas", "US", True)]),
        ("Wakefield (BOS), MA", [JobPlace("Wakefield", "Massachusetts", "US")]),
        (
            "Chandler AZ Richmond VA Mason OH",
            [
                JobPlace("Chandler", "Arizona", "US"),
                JobPlace("Richmond", "Virginia", "US"),
                JobPlace("Mason", "Ohio", "US"),
            ],
        ),
        ("regio Utrecht", [JobPlace("Utrecht", None, "NL")]),
    ],
)
def test_all_places_of_a_field_are_read(words: str, found: list[JobPlace]) -> None:
    assert places(words) == found


@each_row(
    "words", ["In person", "Hybrid", "On-site", "Multiple locations", "Various", "", "3 days a week", "Full-time"]
)
def test_kinds_of_work_and_empty_words_are_no_places(words: str) -> None:
    assert places(words) == []


def test_a_name_of_several_countries_is_decided_by_the_country_at_hand_or_left_open() -> None:
    assert places("Cambridge") == [JobPlace("Cambridge")]
    assert places("Cambridge", "GB") == [JobPlace("Cambridge", None, "GB")]
    assert places("London, UK; Cambridge") == [JobPlace("London", None, "GB"), JobPlace("Cambridge", None, "GB")]
    assert places("Paris", "US") == [JobPlace("Paris", None, "US")] or places("Paris", "US") == [
        JobPlace("Paris", None, "FR")
    ]


def test_an_unknown_place_stays_as_it_is_written() -> None:
    (found,) = read_places("Kleinkleckersdorf")

    assert found.place == JobPlace("Kleinkleckersdorf")
    assert not found.known


def test_names_of_other_languages_mean_the_same_city() -> None:
    assert {meanings(name)[0].name for name in ("Munich", "München", "Monaco di Baviera", "Múnich")} == {"Munich"}
    assert {"DE", "FR"} <= countries_of("EU")
    assert "GB" in countries_of("Europe")
    assert "GB" not in countries_of("EU")


def test_places_survive_the_store() -> None:
    found = (*places("Berlin, DE or remote in Germany"), JobPlace(remote=True, area="EMEA"))

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
