"""Days and moments as strangers write them: a value within bounds, or None for "not said". Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

from jpt.text.late import late
from jpt.text.numbers import decimal, whole

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Days outside of these years stand for "none": 0001-01-01 and 9999-12-31 are the commonest."""
LONGEST_WAIT_S = 366 * 86_400.0
"""A server that asks for a longer wait has said nothing that can be followed."""

_LONGEST_TEXT = 80
_DAY = late(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_EPOCH = late(r"[0-9]{10}|[0-9]{13}")
_LEAST_EPOCH_S, _LEAST_EPOCH_MS = 10**8, 10**11


def calendar_day(year: object, month: object, day_: object) -> date | None:
    """Return the day with these numbers, where there is one."""
    numbers = whole(year, low=FIRST_YEAR, high=LAST_YEAR), whole(month), whole(day_)
    try:
        return date(*numbers) if None not in numbers else None  # type: ignore[arg-type]  # None was asked for
    except (ValueError, OverflowError):
        return None


def day(value: object) -> date | None:
    """Return the day that a value names.

    Texts begin with `2026-11-24` or are dates of mail and HTTP; numbers are seconds or milliseconds since 1970.
    """
    if isinstance(value, str) and (found := _DAY.match(value.lstrip())):
        return calendar_day(*found.groups())
    found_ = moment(value)
    return found_.date() if found_ else None


def moment(value: object, zone: tzinfo | None = UTC) -> datetime | None:
    """Return the moment that a value names, with its own zone; what names none is in *zone* (None: the system's).

    Texts are ISO 8601 or dates of mail and HTTP; numbers are seconds or milliseconds since 1970.
    """
    if isinstance(value, str) and _EPOCH.fullmatch(value.strip()):
        value = whole(value)
    if not isinstance(value, str):
        return _since_epoch(value)
    text = value.strip()
    if not text.isascii() or not 8 <= len(text) <= _LONGEST_TEXT:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            found = read(text)
            if not FIRST_YEAR <= found.year <= LAST_YEAR:
                return None
            if found.tzinfo is None:
                return found.replace(tzinfo=zone) if zone else found.astimezone()
            found.astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError, OSError):
            continue
        return found
    return None


def _since_epoch(value: object) -> datetime | None:
    number = decimal(value, low=_LEAST_EPOCH_S)
    if number is None:
        return None
    seconds = number / 1000 if number > _LEAST_EPOCH_MS else number
    try:
        found = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return found if found.year <= LAST_YEAR else None


def retry_after_s(value: object, now: datetime) -> float | None:
    """Return the seconds that `Retry-After` asks for at *now* (RFC 9110, 10.2.3): a number of them, or a date.

    A date that is over asks for none. None: no wait is named, or one of more than a year.
    """
    seconds = decimal(value)
    if seconds is None:
        until = moment(value)
        if until is None:
            return None
        seconds = max(0.0, (until - now).total_seconds())
    return seconds if seconds <= LONGEST_WAIT_S else None
