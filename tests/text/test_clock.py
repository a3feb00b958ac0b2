"""What the clock shows where the user is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime

import pytest

from jpt.text.clock import is_within, local_time, today

MIDNIGHT_MS = int(datetime.fromisoformat("2026-11-24T00:30:00Z").timestamp() * 1000)


@pytest.fixture(params=["Asia/Tokyo", "America/New_York"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with monkeypatch.context() as changed:
        changed.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def test_a_moment_is_shown_in_the_users_zone(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    day, hour = {"Asia/Tokyo": (24, 9), "America/New_York": (23, 19)}[zone]
    monkeypatch.setattr(time, "time_ns", lambda: MIDNIGHT_MS * 1_000_000)

    assert (local_time(MIDNIGHT_MS).day, local_time(MIDNIGHT_MS).hour) == (day, hour)
    assert today() == date(2026, 11, day)


def test_what_is_still_to_come_is_not_within_any_time() -> None:
    assert is_within(1_000, 1_500, 600)
    assert not is_within(1_000, 1_600, 600)
    assert not is_within(1_000, 999, 600)
