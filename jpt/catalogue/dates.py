"""The dates of marked jobs as a calendar file. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from jpt import __version__
from jpt.catalogue.view import Posting


def calendar(jobs: Iterable[Posting]) -> bytes:
    """Return an all-day event for each job with a date, as iCalendar (RFC 5545)."""
    from icalendar import Calendar, Event  # 80 modules and 3 MB, and few ever ask for it

    made = Calendar()
    made.add("prodid", f"-//jpt//jpt {__version__}//EN")
    made.add("version", "2.0")
    for one in jobs:
        if one.mark.due is None:
            continue
        event = Event()
        event.add("uid", f"{one.stored.number}@jpt")
        event.add("dtstamp", datetime.fromtimestamp(one.mark.ts_ms / 1000, UTC))
        event.add("dtstart", date.fromisoformat(one.mark.due))
        event.add("summary", f"{one.news.title} ({one.news.site})")
        event.add("description", "\n".join(filter(None, (one.mark.stage, one.mark.note, one.news.url))))
        event.add("url", one.news.url)
        made.add_component(event)
    return bytes(made.to_ical())
