"""The place beside a job's title in the row of a list."""

from __future__ import annotations

import pytest

from jpt.extract.links.row_place import row_place


@pytest.mark.parametrize(
    ("title", "row", "place"),
    [
        ("Data Engineer", "Data Engineer Hamburg, Germany · Full-time", "Hamburg, Germany"),
        ("Data Engineer", "Data Engineer Berlin, Germany Full-time Engineering", "Berlin, Germany"),
        ("Data Engineer", "Engineering Data Engineer Munich Apply", "Munich"),
        ("Data Engineer", "Data Engineer Remote - US Full-time", "Remote - US"),
        (
            "Data Engineer",
            "Data Engineer Location: San Francisco, CA / New York, NY Posted 3 days ago",
            "San Francisco, CA / New York, NY",
        ),
        ("Nurse", "Nurse Leeds, West Yorkshire £30,000", "Leeds, West Yorkshire"),
        ("Mobile Developer", "Mobile Developer Mobile Reading, UK", "Reading, UK"),
        ("Account Executive", "Account Executive London, UK New York, NY Apply now", "London, UK; New York, NY"),
        ("Koch (m/w/d)", "Koch (m/w/d) Teilzeit 80331 München", "München"),
        ("Engineer", "Engineer Berlin or remote in Germany Product", "Berlin or remote in Germany"),
        ("Nurse", "Nurse Full-time Apply now", ""),
        ("Nurse", "Nurse Sales Marketing", ""),
        ("Mobile Developer", "Mobile Developer Mobile Reading", ""),
        ("Engineer", "Engineer Multiple locations", ""),
        ("Engineer", "Engineer " + "We build bridges in Berlin and London for customers in Paris. " * 6, ""),
    ],
)
def test_a_row_shows_its_place_or_none(title: str, row: str, place: str) -> None:
    assert row_place(row, title) == place
