"""Days and hours are those of the user, wherever he is and whatever his clock does."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from jpt.digest.compose import ago, row
from jpt.models.digests import DigestEntry, News
from jpt.models.jobs import Experience
from jpt.text.timetable import SYSTEM, Timetable, clock_times, not_after
from tests.table import each_row

ZONES = ["America/Los_Angeles", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland", "UTC"]


def ms(text: str, zone: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


@pytest.fixture(params=ZONES)
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """This machine lives in a time zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_the_systems_own_zone_knows_its_changes_of_the_clock(system: str) -> None:
    named = ZoneInfo(system)
    for hours in range(0, 366 * 24, 5):
        moment = datetime(2026, 1, 1, 0, 30, tzinfo=UTC) + timedelta(hours=hours)
        ours = moment.astimezone(SYSTEM)
        assert (ours.replace(tzinfo=None), ours.utcoffset()) == (
            moment.astimezone(named).replace(tzinfo=None),
            moment.astimezone(named).utcoffset(),
        )


@pytest.mark.parametrize("zone", ZONES)
def test_a_digest_at_eight_is_at_eight_through_a_whole_year(zone: str) -> None:
    table = Timetable.parsed("08:00", "", zone)
    moment = ms("2026-01-01T12:00", zone)
    for _ in range(365):
        before, moment = moment, table.next_after(moment)
        assert f"{table.local(moment):%H:%M}" == "08:00"
        assert 19 * 3_600_000 < moment - before < 26 * 3_600_000


@each_row(
    ("now", "quiet"),
    [
        ("2026-03-28T21:59", False),
        ("2026-03-28T22:00", True),
        ("2026-03-29T01:59", True),
        ("2026-03-29T03:00", True),  # an hour was left out
        ("2026-03-29T06:59", True),
        ("2026-03-29T07:00", False),
        ("2026-10-25T02:30", True),  # that hour comes twice
        ("2026-10-25T07:00", False),
    ],
)
def test_quiet_hours_over_midnight_and_changes_of_the_clock(now: str, quiet: bool) -> None:
    assert Timetable.parsed("", "22:00-07:00", "Europe/Berlin").is_quiet(ms(now, "Europe/Berlin")) is quiet


def test_now_means_no_times() -> None:
    assert clock_times(" Now ") == ()


@pytest.mark.parametrize(
    ("zone", "found", "now", "said"),
    [
        ("America/Los_Angeles", "2026-11-25T23:50", "2026-11-25T23:55", "today"),
        ("America/Los_Angeles", "2026-11-25T23:50", "2026-11-26T00:05", "yesterday"),
        ("Pacific/Auckland", "2026-11-25T00:05", "2026-11-25T23:55", "today"),
        ("Europe/Berlin", "2026-10-24T23:30", "2026-10-25T23:30", "yesterday"),
        ("Europe/Berlin", "2026-10-25T00:30", "2026-10-25T23:30", "today"),
    ],
)
def test_today_is_the_users_day(zone: str, found: str, now: str, said: str) -> None:
    local = Timetable.parsed("", "", zone).local(ms(now, zone))

    assert ago(ms(found, zone), local) == said


def test_what_was_found_on_the_day_of_a_change_has_its_own_offset(
    system: str,
) -> None:
    table = Timetable()
    for month in range(1, 13):
        found = ms(f"2026-{month:02d}-10T23:40", system)
        assert ago(
            found, table.local(ms("2026-12-20T12:00", system))
        ) == f"on 10 {date(2026, month, 10):%b} 2026" or (month == 12)


def test_nothing_was_posted_tomorrow() -> None:
    local = Timetable.parsed("", "", "America/Los_Angeles").local(ms("2026-11-25T20:00", "America/Los_Angeles"))
    years = Experience(2, stated=True, evidence=None, confidence="high")
    job = News(
        "Acme", "https://acme.example/1", "Baker", years, int(local.timestamp() * 1000), posted="2026-11-26"
    )

    assert "posted 25 Nov 2026" in row(DigestEntry(job), local).meta
    assert not_after("2026-11-24", date(2026, 11, 25)) == "2026-11-24"
    assert not_after("not a day", date(2026, 11, 25)) == "not a day"
