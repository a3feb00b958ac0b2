"""A job in several places is one entry of a digest, with a link for each place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from jpt.digest.compose import letter
from jpt.digest.extras import DigestExtras
from jpt.digest.render import html, text
from jpt.models.digests import DigestEntry, HealthReport, News
from jpt.models.jobs import Experience

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def advert(number: int, place: str, years: int = 2, site: str = "Acme") -> DigestEntry:
    years_ = Experience(years, True, f"{years} years", "high")
    return DigestEntry(
        News(site, f"https://acme.example/jobs/{number}", "Shop Assistant", years_, 0, location=place)
    )


def test_a_job_in_several_places_is_one_entry_with_a_link_for_each() -> None:
    entries = [advert(1, "Bonn"), advert(2, "Trier"), advert(3, "Ulm", years=1), advert(4, "Ulm")]
    said = letter(entries, HealthReport(), DigestExtras(), NOW)

    (group,) = said.groups
    assert [row.places for row in group.rows] == [
        (
            ("Bonn", "https://acme.example/jobs/1"),
            ("Trier", "https://acme.example/jobs/2"),
            ("Ulm", "https://acme.example/jobs/4"),
        ),
        (),
    ]
    assert said.heading == "2 new jobs that fit"
    assert said.subject.startswith("2 new jobs")
    assert text(said).count("Shop Assistant") == 2
    assert all(f"{place}: https://acme.example/jobs/{n}" in text(said) for n, place in ((1, "Bonn"), (2, "Trier")))
    assert html(said).count("https://acme.example/jobs/2") == 1
    assert ">Trier</a>" in html(said)


def test_the_heading_counts_a_job_in_several_places_once_where_it_is_visible_only_now() -> None:
    adverts = (advert(1, "Bonn"), advert(2, "Trier"))
    visible = [replace(one, news=replace(one.news, newly_visible=True)) for one in adverts]
    said = letter(visible, HealthReport(), DigestExtras(), NOW)

    assert said.heading == "1 job visible only now"
    assert said.subject == "1 job visible only now · Acme"


def test_jobs_of_two_sites_or_without_a_place_stay_apart() -> None:
    entries = [advert(1, "Bonn"), advert(2, "Trier", site="Globex"), advert(3, ""), advert(4, "")]

    assert sum(len(group.rows) for group in letter(entries, HealthReport(), DigestExtras(), NOW).groups) == 4
