"""Times of the day at which digests go out, and hours in which none does. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jpt.text.late import late

_TIME = late(r"([01]?\d|2[0-4]):([0-5]\d)")


_CLOCK_WENT_BACK_MS = 24 * 3600 * 1000
"""What lies farther ahead was noted before the clock was set back."""


NOW = "now"
"""Instead of times: as soon as there is something."""
CALM_AT = "08:00"


def clock_times(text: str) -> tuple[time, ...]:
    """Read `08:00,18:00`; none for `now`. Raises ValueError."""
    if text.strip().lower() == NOW:
        return ()
    return tuple(sorted({_time(part) for part in re.split(r"[,;\s]+", text.strip()) if part}))


def quiet_span(text: str) -> tuple[time, time] | None:
    """Read `22:00-07:00`; None when it is empty, raises ValueError."""
    if not text.strip():
        return None
    begin, dash, end = re.sub(r"[–—]", "-", text).partition("-")
    if not dash:
        raise ValueError("two times with a dash between, like 22:00-07:00")
    span = _time(begin.strip()), _time(end.strip())
    if span[0] == span[1]:
        raise ValueError("two different times, like 22:00-07:00")
    return span


class SystemZone(tzinfo):
    """The time zone of this machine with its changes of the clock; `astimezone()` only knows the offset of now."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """Return the offset that was, or will be, in force then."""
        return None if moment is None else moment.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, moment: datetime | None) -> timedelta | None:
        """Return nothing: what it is called does not matter here."""
        del moment
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        """Return what the zone is called then."""
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()

    def fromutc(self, moment: datetime) -> datetime:
        """Return the local time of a moment in universal time."""
        there = moment.replace(tzinfo=UTC).astimezone()
        here = there.replace(tzinfo=self)
        # Of the hour that comes twice it is the second time.
        return here if here.utcoffset() == there.utcoffset() else here.replace(fold=1)


SYSTEM = SystemZone()


def zone(name: str) -> tzinfo:
    """Return the time zone of that name, the system's own when it is empty. Raises ValueError."""
    if not name.strip():
        return SYSTEM
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("the name of a time zone, like Europe/Berlin") from None


@dataclass(frozen=True, slots=True)
class Timetable:
    """When digests may go out."""

    at: tuple[time, ...] = ()
    """Empty: at any time."""
    quiet: tuple[time, time] | None = None
    zone: tzinfo = SYSTEM

    @classmethod
    def parsed(cls, at: str, quiet: str, name: str) -> Timetable:
        """Read the three settings; raises ValueError."""
        return cls(clock_times(at), quiet_span(quiet), zone(name))

    def local(self, ts_ms: int) -> datetime:
        """Return a moment in the timetable's time zone."""
        return datetime.fromtimestamp(ts_ms / 1000, UTC).astimezone(self.zone)

    def is_quiet(self, now_ms: int) -> bool:
        """Whether nothing goes out now."""
        if self.quiet is None:
            return False
        now, (begin, end) = self.local(now_ms).time().replace(tzinfo=None), self.quiet
        return begin <= now < end if begin < end else now >= begin or now < end

    @property
    def quiet_end(self) -> str:
        """The time of the day at which the quiet hours end."""
        return self.quiet[1].strftime("%H:%M") if self.quiet else ""

    def is_due(self, found_ms: int, now_ms: int) -> bool:
        """Whether what was found then may be reported now: one of the times lies between.

        What was found long after now was found under another clock, and does not wait for that one's times.
        """
        return not self.at or self.next_after(found_ms) <= now_ms or found_ms - now_ms > _CLOCK_WENT_BACK_MS

    def next_after(self, ts_ms: int) -> int:
        """Return the first of the times after a moment, in milliseconds; the moment itself if there are none."""
        if not self.at:
            return ts_ms
        day = self.local(ts_ms).date()
        for later in range(3):
            for at in self.at:
                moment = datetime.combine(day + timedelta(days=later), at, self.zone)
                if (found := int(moment.timestamp() * 1000)) > ts_ms:
                    return found
        return ts_ms


def not_after(day: str, today: date) -> str:
    """Return a day (YYYY-MM-DD) that a site stated, or *today*: where the site is it may be tomorrow already."""
    tomorrow = today + timedelta(days=1)
    return today.isoformat() if day == tomorrow.isoformat() else day


def _time(text: str) -> time:
    found = _TIME.fullmatch(text)
    if found is None or (found[1] == "24" and found[2] != "00"):
        raise ValueError(f"times like 08:00 ({text!r} is none)")
    return time(int(found[1]) % 24, int(found[2]))
