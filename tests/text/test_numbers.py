"""The gate for numbers from outside."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from jpt.text.moments import LONGEST_WAIT_S, calendar_day, day, moment, retry_after_s
from jpt.text.numbers import decimal, whole
from tests.table import each_row

NONE = [
    "²",
    "٣",
    "１２",
    "9" * 400,
    "1e999",
    "1e3",
    "nan",
    "-inf",
    "1_0",
    "0x10",
    "",
    " ",
    "12 3",
    "½",
    "\ud800",
    "1٫5",
]
ODD: list[object] = [
    None,
    True,
    False,
    float("nan"),
    float("inf"),
    float("-inf"),
    10**400,
    -(10**400),
    [],
    {},
    b"5",
]
NOW = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


@each_row("value", [*NONE, *ODD])
def test_what_is_no_plain_number_was_not_said(value: object) -> None:
    assert whole(value) is None
    assert decimal(value) is None
    assert day(value) is None
    assert moment(value) is None
    assert retry_after_s(value, NOW) is None


def test_numbers_within_bounds_are_given() -> None:
    assert [whole(value) for value in (0, 7, "7", " 007 ", 7.0, "-1", -1, 7.5, "7.5")] == [
        0, 7, 7, 7, 7, None, None, None, None,
    ]  # fmt: skip
    assert [whole(value, low=-5, high=5) for value in ("-5", "5", "6", -6)] == [-5, 5, None, None]
    assert [decimal(value) for value in (1, "1.50", "+2", 0.25, "-1", -0.1)] == [1.0, 1.5, 2.0, 0.25, None, None]
    assert decimal(600.1, high=600) is None


@each_row(
    ("value", "named"),
    [
        ("2026-11-24", "2026-11-24"),
        (" 2026-11-24T23:30:00-08:00", "2026-11-24"),
        ("2026-11-24 and more", "2026-11-24"),
        ("Tue, 24 Nov 2026 23:30:00 -0800", "2026-11-24"),
        (1_795_478_400, "2026-11-24"),
        (1_795_478_400_000, "2026-11-24"),
        ("1795478400000", "2026-11-24"),
    ],
)
def test_a_day_is_read_in_the_usual_ways(value: object, named: str) -> None:
    assert day(value) == date.fromisoformat(named)


@each_row(
    "value",
    [
        "2026-02-30", "2026-11-245", "20261-11-24", "0001-01-01", "9999-12-31", "99999-01-01", "٢٠٢٦-11-24",
        "2026-²1-24", "Tue, 24 Nov 12026 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", 1e18, -1.0, 5, "tomorrow",
        "Tue, 24 Nov 2026 00:00:00 +9999", "0001-01-01T00:00+23:59", "9999-12-31T23:59-23:59",
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_meant_was_not_said(value: object) -> None:
    assert day(value) is None


def test_a_moment_has_a_zone_and_can_be_compared() -> None:
    berlin = ZoneInfo("Europe/Berlin")

    assert moment("2026-11-24T10:00:00+02:00") == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    assert moment("2026-11-24T10:00", berlin) == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert moment("2026-11-24", berlin) == datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    assert moment("2026-11-24", None) is not None
    assert moment("0001-01-01T00:00+23:59") is None


def test_parts_of_a_day_make_one_only_together() -> None:
    assert calendar_day("2026", "2", 28) == date(2026, 2, 28)
    assert calendar_day("2026", "2", "30") is None
    assert calendar_day("２０２６", "2", "1") is None
    assert calendar_day(2026, 10**400, 1) is None


@each_row(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 1.5 ", 1.5),
        ("0", 0.0),
        ("Tue, 24 Nov 2026 12:01:00 GMT", 60.0),
        ("Tue, 24 Nov 2026 12:01:00 -0000", 60.0),
        ("Tuesday, 24-Nov-26 12:01:00 GMT", 60.0),
        ("Mon, 23 Nov 2026 12:00:00 GMT", 0.0),
        ("-5", None),
        ("99999999999", None),
        ("9" * 400, None),
        ("²", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None),
        ("Mon, 01 Jan 0101 00:00:00 +2359", None),
        ("Tue, 24 Nov 2026 12:00:00 +9999", None),
        ("soon", None),
        (None, None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value: str | None, seconds: float | None) -> None:
    assert retry_after_s(value, NOW) == seconds


@given(st.text() | st.integers() | st.floats() | st.booleans() | st.binary() | st.none() | st.datetimes().map(str))
def test_nothing_breaks_the_gate_and_nothing_leaves_its_bounds(value: object) -> None:
    number, share, wait, at = whole(value), decimal(value), retry_after_s(value, NOW), moment(value)

    assert number is None or 0 <= number <= 10**15
    assert share is None or 0 <= share <= 10**15
    assert wait is None or 0 <= wait <= LONGEST_WAIT_S
    # What is given can be reckoned with in any zone.
    assert at is None or at.astimezone(UTC) + timedelta(days=365) > at
