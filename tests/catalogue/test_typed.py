"""Moments and days as the user types them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from jpt.catalogue.typed import due_day, since_ms
from jpt.errors import UsageError
from tests.table import each_row

NOW_MS = int(datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp() * 1000)
HOUR_MS = 3_600_000


@each_row(
    ("words", "hours"),
    [("12h", 12), ("30m", 0.5), ("1h30m", 1.5), ("1 week", 168), ("400d", 9_600), ("0d", 0), (" 7D ", 168)],
)
def test_since_is_a_length_before_now(words: str, hours: float) -> None:
    assert NOW_MS - since_ms(words, NOW_MS) == hours * HOUR_MS


def test_since_is_a_day_or_a_moment() -> None:
    assert since_ms("2026-11-24T10:00Z", NOW_MS) == NOW_MS - 2 * HOUR_MS
    assert since_ms("2026-11-24", NOW_MS) == int(datetime(2026, 11, 24).timestamp() * 1000)  # noqa: DTZ001 - the user's


@pytest.mark.parametrize("words", ["soon", "7", "7 moons", "-7d", "99999999d", "2026-13-01", ""])
def test_since_nothing_that_is_known_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match=r"--since .*: expected 7d"):
        since_ms(words, NOW_MS)


@each_row(
    ("words", "day"),
    [
        ("2026-12-24", "2026-12-24"),
        ("+7d", "2026-12-01"),
        ("+2w", "2026-12-08"),
        ("+0d", "2026-11-24"),
        ("none", None),
        ("", None),
    ],
)
def test_due_is_a_day_or_one_after_today(words: str, day: str | None) -> None:
    assert due_day(words, date(2026, 11, 24)) == day


@pytest.mark.parametrize("words", ["tomorrow", "+", "+x", "7d", "2026-13-01", "+9999999d"])
def test_due_on_no_day_is_refused(words: str) -> None:
    with pytest.raises(UsageError, match="is no day: expected 2026-12-24"):
        due_day(words, date(2026, 11, 24))
