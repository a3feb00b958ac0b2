"""Sites that gather other companies' jobs, told from companies."""

from __future__ import annotations

import pytest

from jpt.identity.aggregators import aggregator, cannot_read


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.linkedin.com/company/acme/jobs", "LinkedIn"),
        ("https://de.indeed.com/cmp/Acme-GmbH/jobs", "Indeed"),
        ("https://uk.indeed.com/viewjob?jk=1", "Indeed"),
        ("https://www.glassdoor.co.uk/Jobs/Acme", "Glassdoor"),
        ("https://www.xing.com/pages/acme", "XING"),
    ],
)
def test_they_are_known_in_every_country(url: str, name: str) -> None:
    assert aggregator(url) == name
    assert cannot_read(url).startswith(f"{name} is not read: ")


@pytest.mark.parametrize(
    "url",
    [
        "https://indeed.acme.example/jobs",
        "https://monsterenergy.com/careers",
        "http://127.0.0.1:80/",
        "https://[",
        "",
    ],
)
def test_others_are_not_taken_for_one(url: str) -> None:
    assert aggregator(url) == cannot_read(url) == ""


def test_the_company_is_named_where_the_address_names_it() -> None:
    assert "Add Acme Gmbh's own site instead" in cannot_read("https://de.indeed.com/cmp/acme-gmbh/jobs")
    assert "Add the company's own site instead" in cannot_read("https://www.linkedin.com/jobs/view/7")
