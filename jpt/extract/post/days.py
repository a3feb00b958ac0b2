"""The days that a post states: when it was posted, and until when it can be answered. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from jpt.text.days import day_named, possible_days


def posted_day(text: str) -> str | None:
    """Return the day that *text* names as YYYY-MM-DD; None if it names none, or could mean several."""
    day = day_named(text)
    return day.isoformat() if day else None


def last_day(text: str) -> dict[str, str]:
    """Return the fact `closing` as YYYY-MM-DD; `closing_at_latest` where *text* could mean several days."""
    days = possible_days(text)
    return {"closing" if len(days) == 1 else "closing_at_latest": days[-1].isoformat()} if days else {}


def closed_on(facts: Mapping[str, Any]) -> date | None:
    """Return the last day of a post with these *facts*: of several possible ones the latest."""
    closing = facts.get("closing") or facts.get("closing_at_latest")
    try:
        return date.fromisoformat(closing) if isinstance(closing, str) else None
    except ValueError:
        return None
