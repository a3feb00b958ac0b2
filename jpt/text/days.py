"""Days as people write them, in many languages: `5 March 2026`, `05.03.2026`, `2026年3月5日`. Pure.

What machines write (ISO 8601, dates of mail, seconds since 1970) is read by `moments`.
"""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from importlib.resources import files

from jpt.text.late import late
from jpt.text.moments import calendar_day


def day_named(text: str) -> date | None:
    """Return the first day that *text* names; None where it names none, or could mean several."""
    days = possible_days(text)
    return days[0] if len(days) == 1 else None


def possible_days(text: str) -> tuple[date, ...]:
    """Return the first day that *text* names, in each way in which it can be read, the earliest first.

    Empty where it names no day; several for `05/12/2026`, or where languages call two months by one name.
    """
    text = text[:_LONGEST]
    found = [match for pattern in _PATTERNS for match in pattern.finditer(text)]
    for match in sorted(found, key=lambda one: one.start()):
        if days := _readings(match.groupdict()):
            return tuple(sorted(days))
    return ()


def _readings(said: dict[str, str]) -> set[date]:
    ways: list[tuple[int | str, str]]
    if "name" in said:
        ways = [(month, said["day"]) for month in _months().get(said["name"].lower(), ())]
    elif "month" in said:
        ways = [(said["month"], said["day"])]
    else:
        ways = [(said["second"], said["first"])]
        # With points the day comes first everywhere; with slashes and dashes Americans begin with the month.
        ways += [(said["first"], said["second"])] if said["mark"] != "." else []
    return {day for month, number in ways if (day := calendar_day(said["year"], month, number))}


@cache
def _months() -> dict[str, list[int]]:
    """Return the months, 1 to 12, that are called by a name in lower case.

    The names come from `months.json`, which `tests/accuracy/make_languages.py` writes.
    """
    named: dict[str, list[int]] = {}
    for number, names in enumerate(json.loads((files("jpt.text") / "months.json").read_text("utf-8")), 1):
        for name in names.split():
            named.setdefault(name, []).append(number)
    return named


_LONGEST = 400
_YEAR = r"(?P<year>\d{4})(?!\d)"
_DAY = r"(?P<day>\d{1,2})"
_NAME = r"(?P<name>[^\W\d_]{3,16})"
_PATTERNS = (
    late(rf"(?<!\d)(?P<first>\d{{1,2}})(?P<mark>[./-])\s?(?P<second>\d{{1,2}})[./-]\s?{_YEAR}"),
    late(rf"(?<!\d)(?P<year>\d{{4}})\s?[-/.年년]\s?(?P<month>\d{{1,2}})\s?[-/.月월]\s?{_DAY}(?!\d)"),
    late(
        rf"(?<!\d){_DAY}(?:st|nd|rd|th|er|[.ºª])?[\s-](?:de |of |d['’])?{_NAME}\.?,?[\s-](?:de |del )?{_YEAR}",
        re.IGNORECASE,
    ),
    late(rf"\b{_NAME}\.?\s{_DAY}(?:st|nd|rd|th)?,?\s{_YEAR}", re.IGNORECASE),
    late(rf"(?<!\d)(?P<year>\d{{4}})\.?\s{_NAME}\.?\s{_DAY}(?!\d)"),
)
