"""The user's corrections of years: parsed, and written as labelled posts for `jpt try eval`."""

from __future__ import annotations

import json

from jpt.errors import UsageError
from jpt.files import write_whole
from jpt.settings import Settings
from jpt.store import Store
from jpt.text.numbers import whole
from jpt.text.short_ids import short_id


def typed_years(text: str) -> int | None:
    """Return the years that the user typed; None if *text* is blank: the post states none. Raises UsageError."""
    years = whole(text, high=60)
    if years is None and text.strip():
        raise UsageError(
            f"{text[:20]!r} is not a number of years: expected 0 to 60, or nothing if none are stated."
        )
    return years


def write_labels(settings: Settings, store: Store) -> None:
    """Write `corrections.jsonl` beside the database; raises OSError."""
    lines = [
        json.dumps(
            {
                "id": short_id(one.number),
                "title": one.title,
                "text": one.text,
                "min_years": one.years or 0,
                "stated": one.years is not None,
            },
            ensure_ascii=False,
        )
        for one in store.corrections.all()
    ]
    write_whole(settings.files.corrections, "".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
