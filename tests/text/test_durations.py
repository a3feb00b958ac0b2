"""Lengths of time as people write them."""

from __future__ import annotations

import pytest

from jpt.text.durations import seconds_of, spoken
from tests.table import each_row


@each_row(
    ("text", "seconds"),
    [
        ("15m", 900),
        ("2h", 7200),
        ("1h30m", 5400),
        ("1 day", 86400),
        ("90 S", 90),
        ("1.5h", 5400),
        ("2 weeks", 1209600),
    ],
)
def test_a_length_is_understood(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@each_row("text", ["", "15", "m", "soon", "15m later", "1s", "1000d", "1e9d"])
def test_anything_else_is_refused_with_what_is_wanted(text: str) -> None:
    with pytest.raises(ValueError, match="a time"):
        seconds_of(text)


def test_the_bounds_are_those_of_who_asks() -> None:
    assert [seconds_of("0s", least=0), seconds_of("100d", most=9e6)] == [0, 8_640_000]
    with pytest.raises(ValueError, match="between 0s and 1d"):
        seconds_of("2d", least=0, most=86_400)


def test_a_length_is_spoken_in_two_units() -> None:
    assert [spoken(seconds) for seconds in (0, 45, 90, 3600, 5400, 90_061)] == [
        "0s",
        "45s",
        "1m 30s",
        "1h",
        "1h 30m",
        "1d 1h",
    ]
