"""The places that a post's text names as its own, and those that it names for other reasons."""

from __future__ import annotations

import json
from dataclasses import replace

from jpt.extract.post import job_post, text_post
from jpt.models.pages import PageRead
from jpt.models.places import JobPlace
from tests.table import each_row

DUTIES = "You build bridges and talk to people.\nYou have 2 years of experience with concrete."


def read(text: str, title: str = "Bridge Builder") -> list[JobPlace]:
    return list(text_post(title, f"{text}\n{DUTIES}").places)


@each_row(
    ("text", "found"),
    [
        ("Location: Hamburg, Germany", [JobPlace("Hamburg", None, "DE")]),
        ("Location\nHamburg, Germany\nFull-time", [JobPlace("Hamburg", None, "DE")]),
        ("Standort: München oder Ulm", [JobPlace("München", None, "DE"), JobPlace("Ulm", None, "DE")]),
        ("Arbeitsort: 80331 München", [JobPlace("München", None, "DE")]),
        ("Lieu : Lyon", [JobPlace("Lyon", None, "FR")]),
        ("Ubicación: Sevilla", [JobPlace("Sevilla", None, "ES")]),
        ("Sede di lavoro: Torino", [JobPlace("Torino", None, "IT")]),
        ("Standplaats: Utrecht", [JobPlace("Utrecht", None, "NL")]),
        ("Localização: Porto, Portugal", [JobPlace("Porto", None, "PT")]),
        ("Arbetsort: Göteborg", [JobPlace("Göteborg", None, "SE")]),
        ("Arbejdssted: Aarhus", [JobPlace("Aarhus", None, "DK")]),
        ("Miejsce pracy: Kraków", [JobPlace("Kraków", None, "PL")]),
        ("Bridge Builder\nHamburg, Germany · Full-time", [JobPlace("Hamburg", None, "DE")]),
        ("Acme | Bridge Builder | Remote (US, Canada) | Full-time", [JobPlace(None, None, c, True) for c in ("US", "CA")]),
        ("Acme | Bridge Builder | Bangalore (Hybrid) | Full-time", [JobPlace("Bangalore", None, "IN")]),
        ("This position is based in San Jose, CA.", [JobPlace("San Jose", "California", "US")]),
        ("You will work onsite in either Austin, TX or Denver, CO.",
         [JobPlace("Austin", "Texas", "US"), JobPlace("Denver", "Colorado", "US")]),
        ("We are looking for a builder to join our Cape Town bridges team.", [JobPlace("Cape Town", None, "ZA")]),
        ("Wir suchen für unseren Standort in Leipzig eine Brückenbauerin.", [JobPlace("Leipzig", None, "DE")]),
        ("Buscamos dos personas para nuestro equipo en Las Palmas de Gran Canaria.",
         [JobPlace("Las Palmas de Gran Canaria", None, "ES")]),
        ("Location: Canada or USA (Remote)", [JobPlace(None, None, c, True) for c in ("CA", "US")]),
        ("**Work Location:**\nKent County\n**Telework:**\nIn Office\nYou live in the United States.",
         [JobPlace(None, "Kent County", "US")]),
        ("**Primary Location** : Portugal-Lisboa-Lisbon", [JobPlace("Lisbon", "Lisboa", "PT")]),
        ("The Location: Melbourne or Sydney, Australia\nEEO employer in the United States",
         [JobPlace("Melbourne", None, "AU"), JobPlace("Sydney", None, "AU")]),
        ("- Ubicación: Oficinas Puentes Bilbao", [JobPlace("Bilbao", None, "ES")]),
        ("**Belfast - Hybrid**", [JobPlace("Belfast", None, "GB")]),
        ("Acme Bridges - London (Hybrid) - No sponsorship. " + "We build bridges. " * 12, [JobPlace("London", None, "GB")]),
        ("**Bridge Builder - Full Time - Thornton, Colorado** **Acme Bridges** " + "builds in many towns " * 8,
         [JobPlace("Thornton", "Colorado", "US")]),
        ("Permanent contract, Paris, Bridges, Hybrid", [JobPlace("Paris", None, "FR")]),
        ("The bridges team in Israel is looking for a builder.", [JobPlace(None, None, "IL")]),
        ("Primary Location City:\nChennai\nPrimary Location Region:\nTamil Nadu\nPrimary Location Country:\nIndia",
         [JobPlace("Chennai", None, "IN")]),
        ("Location:\nFilton\nRate: £41 an hour", [JobPlace("Filton", None, "GB")]),
        ("Acme is seeking a builder to join our team's Fairborn, Ohio office.", [JobPlace("Fairborn", "Ohio", "US")]),
        ("Necesitamos incorporar un técnico de puentes en Gran Canaria.", [JobPlace(None, "Gran Canaria", "ES")]),
        ("Work Location: Kent County\nThe job is based in the Kent Field Office. It needs US citizens.",
         [JobPlace(None, "Kent County", "US"), JobPlace("Kent", None, "US")]),
        ("Write to Acme Bridges\n9990 Jasper Avenue\nEdmonton, AB T5J 1P7", [JobPlace("Edmonton", "Alberta", "CA")]),
        ("Locatie(s): Utrecht Afdeling: Bruggen", [JobPlace("Utrecht", None, "NL")]),
        ("Acme | Bridge Builder | Remote (US, UTC-6 to UTC+2) | Full-time", [JobPlace(None, None, "US", True)]),
        ("We are open to builders in one of the following hubs: London, Dubai or NYC.",
         [JobPlace("London", None, "GB"), JobPlace("Dubai", None, "AE"), JobPlace("NYC", None, "US")]),
        ("You are based in Canada, the US or the UK.", [JobPlace(None, None, c) for c in ("CA", "US", "GB")]),
        ("**Location: California, Fresno County****Travel:** This is a regional job.",
         [JobPlace(None, "Fresno County", "US")]),
        ("Other Locations\nNorth America-Canada-Alberta-Edmonton, North America-Canada-Quebec-Montréal",
         [JobPlace("Edmonton", "Alberta", "CA"), JobPlace("Montréal", "Quebec", "CA")]),
        ("Acme | Bridge Builder | REMOTE (US, EST-friendly) | Apply: acme.example", [JobPlace(None, None, "US", True)]),
        ("Location\nSeattle, Washington\nReq ID\n174376", [JobPlace("Seattle", "Washington", "US")]),
        ("Location\nMilan\nRemote/Hybrid\nHybrid", [JobPlace("Milan", None, "IT")]),
        ("Join us in the greater Sacramento area.", [JobPlace("Sacramento", None, "US")]),
        ("Buscamos gente para nuestra tienda en las Palmas.", [JobPlace("las Palmas", None, "ES")]),
        ("Obras en la Isla de Tenerife. Buscamos gente para nuestra obra en la Isla de Tenerife.",
         [JobPlace(None, "Tenerife", "ES")]),
        ("Acme | Bridge Builder | Chicago, IL (Hybrid Tue/Thu) or Remote (US) | Full-time",
         [JobPlace("Chicago", "Illinois", "US"), JobPlace(None, None, "US", True)]),
        ("Buscamos gente para la zona de LAS PALMAS.", [JobPlace("Las Palmas", None, "ES")]),
        ("Bridge Builder    40 uur    Nederweert    MBO    Vast    jouw werkzaamheden",
         [JobPlace("Nederweert", None, "NL")]),
    ],
)  # fmt: skip
def test_own_places_are_read(text: str, found: list[JobPlace]) -> None:
    assert read(text) == found


@each_row(
    "text",
    [
        "Work location: In person",
        "Acme was founded in Berlin in 1990.",
        "We serve customers in London, Paris and New York.",
        "Our headquarters are in Chicago, IL, with offices in Tokyo and Madrid.",
        "You must be eligible to work in Germany.",
        "You have experience with the markets of France and Spain.",
        "Degree: UG or PG, any graduate",
        "CI/CD pipelines, UX and QA are your daily bread.",
        "Reading and Mobile are two of our values.",
        "Benefits: home office and flexible hours",
        "perm or 6 months FTC",
        "BASIC QUALIFICATIONS",
        "Salary - £29,500 PA",
        "For roles based in Germany: write to the builders.",
        "Based in Southern California, we build bridges.",
        "Acme is one of the Best Places to Work in Indiana.",
        "Only candidates with full working rights in Australia.",
        "This role is based in ID and owns all bridges.",
        "Region:",
        "Meta, Science and Bridges",
        "Location: MAIN CAMPUS",
        "Please tell our Talent Team whether you need help.",
        "LA EMPRESA\nHacemos puentes.",
        "It was 2024 Post the flood.",
        "Our builders are in a team in Israel and four others.",
    ],
)
def test_places_named_for_other_reasons_are_none(text: str) -> None:
    assert read(text) == []


def test_the_title_may_name_the_place() -> None:
    assert read("", "Bridge Builder (Rotterdam)") == [JobPlace("Rotterdam", None, "NL")]
    assert read("", "Bridge Builder in Albania") == [JobPlace(None, None, "AL")]
    assert read("", "Remote Bridge Builder") == [JobPlace(remote=True)]


def test_what_is_fully_remote_has_its_city_and_the_mark() -> None:
    assert read("Location: Berlin\nThis role is 100% remote.") == [JobPlace("Berlin", None, "DE", remote=True)]


def test_data_come_before_the_text_and_name_where_those_at_home_must_live() -> None:
    posting = {
        "@type": "JobPosting",
        "title": "Bridge Builder",
        "description": DUTIES * 4,
        "jobLocation": [
            {"address": {"addressLocality": "Graz", "addressCountry": "AT"}},
            {"address": {"addressLocality": "Linz", "addressCountry": {"name": "AT"}}},
        ],
    }
    page = PageRead(
        "https://acme.example/jobs/1",
        "https://acme.example/jobs/1",
        200,
        "Bridge Builder",
        f"Bridge Builder\nApply\nWien\n{DUTIES * 4}",
        headings=("Bridge Builder",),
        json_ld=(json.dumps(posting),),
    )
    at_home = {**posting, "jobLocation": None, "jobLocationType": "TELECOMMUTE",
               "applicantLocationRequirements": [{"@type": "Country", "name": "Germany"}]}  # fmt: skip
    remote = replace(page, text=page.text.replace("Wien\n", ""), json_ld=(json.dumps(at_home),))

    assert job_post(page).places == (JobPlace("Graz", None, "AT"), JobPlace("Linz", None, "AT"))
    assert job_post(remote).places == (JobPlace(None, None, "DE", remote=True),)


def test_a_page_of_a_country_decides_between_cities_of_one_name() -> None:
    page = PageRead("https://acme.co.uk/1", "https://acme.co.uk/1", 200, "Builder", f"Builder\nLocation: Cambridge\n{DUTIES}",
                    headings=("Builder",), controls=("Apply",))  # fmt: skip

    assert job_post(page, "Builder").places == (JobPlace("Cambridge", None, "GB"),)


def test_a_city_that_no_rule_finds_is_told_by_what_stands_round_it() -> None:
    text = "Duties\nYou build bridges. You will work closely with our people, mostly in our London workshop.\nHybrid - London"

    assert [place.city for place in text_post("Bridge Builder", text).places] == ["London"]


def test_the_office_of_an_agency_is_no_place_of_work() -> None:
    text = "Notre agence Ponts de Montélimar recrute des soudeurs pour une société de la région."

    assert read(text, "Soudeur") == []


def test_other_jobs_on_the_page_give_no_places() -> None:
    text = (
        "Location: Hamburg, Germany\nSimilar jobs\nRoad Builder\nAcme - Toronto, ON\nTunnel Builder\nAcme - Sydney NSW\n"
        "View all jobs"
    )

    assert read(text) == [JobPlace("Hamburg", None, "DE")]


def test_the_offices_of_a_firm_are_no_places_beside_the_place_of_work() -> None:
    text = "Dienstort\nLinz\nÜber das Unternehmen\nStandorte\nLinz, Salzburg, Graz"

    assert read(text) == [JobPlace("Linz", None, "AT")]


def test_commas_that_a_table_wrote_otherwise_are_commas() -> None:
    text = "Werklocatie   Brugstraat_ Arnhem   38 uur per week_ thuis &middot jouw team"

    assert [place.city for place in read(text)] == ["Arnhem"]
