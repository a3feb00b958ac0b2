"""The day until which a post may be answered, as people write days in many languages. Pure."""

from __future__ import annotations

from datetime import date

from jpt.extract.post.posting import iso_date
from jpt.text.late import late
from jpt.text.moments import calendar_day

_NUMBERS = late(r"(?<!\d)(\d{1,2})([./-])\s?(\d{1,2})[./-]\s?(\d{4})(?!\d)")
_NAMED = late(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|[.ºª])?\s(?:de |of |d['’])?([^\W\d_]{3,12})\.?,?\s"
    r"(?:de |del )?(\d{4})(?!\d)"
)
_YEAR_FIRST = late(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_MONTHS = (
    "jan gen ene sty янв січ led", "feb fév fev lut фев лют úno", "mar mär maa mrt břez",
    "apr abr avr kwi апр квіт dub", "may mai maj mei mag май мая трав kvě", "jun juin giu cze июн чер",
    "jul juil lug lip июл лип", "aug ago aoû sie авг сер srp", "sep set wrz сен вер zář",
    "oct okt ott out paź окт жовт říj", "nov lis ноя лист", "dec dez déc dic gru дек груд pro",
)  # fmt: skip
"""How the names of the months begin in English, German, the Romance and Nordic languages, Dutch, Polish, Russian,
Ukrainian and Czech. Source: CLDR."""


def closing_day(text: str) -> str | None:
    """Give the day that *text* names as YYYY-MM-DD; of two readings the later: no post ends too early."""
    if found := _NUMBERS.search(text):
        first, mark, second, year = found.groups()
        ways = [calendar_day(year, second, first)]
        if mark != ".":
            ways.append(calendar_day(year, first, second))
        days = [day for day in ways if day]
        return max(days).isoformat() if days else None
    if found := _YEAR_FIRST.search(text):
        return _iso(calendar_day(*found.groups()))
    if (found := _NAMED.search(text)) and (month := _month(found[2])):
        return _iso(calendar_day(found[3], month, found[1]))
    return iso_date(text)


def _month(name: str) -> int:
    """Give the number of the month of this *name*; 0 where it is none."""
    low = name.lower()
    return next((number for number, stems in enumerate(_MONTHS, 1) if low.startswith(tuple(stems.split()))), 0)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
