"""The user's corrections as a file of labelled posts, which `jpt try eval` reads."""

from __future__ import annotations

import json

from jpt.files import write_whole
from jpt.settings import Settings
from jpt.store import Store
from jpt.text.short_ids import short_id


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
