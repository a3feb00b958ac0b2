"""Rows of the file as values: cleaned and bounded on the way out, whatever a row holds. Pure.

A database of the old system, or a damaged one, may hold any type, nesting, time or character in any column. What
cannot be understood is named in the value, and ends nothing.
"""

from __future__ import annotations

import json
import math
import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, cast, get_args

from jpt.identity.urls import key_of as same_key
from jpt.models.jobs import Confidence, Experience, Rejected, Source
from jpt.models.pages import Cut, CutReason, Partial
from jpt.models.ways import WayReason, Why
from jpt.text.clean import clean_line, clean_text
from jpt.text.numbers import whole

LATEST_MS = 253_370_764_800_000
"""The beginning of the year 9999: no clock means a later time."""
MOST_YEARS = 100
_CONFIDENCES, _SOURCES = get_args(Confidence), get_args(Source)
_MOST_TITLE = 300
MOST_URL = 8_192
_MOST_WORDS = 4_000
_MOST_ITEMS = 200
_DEEPEST = 8
_LONGEST_TEXT = 4_000_000
"""Bytes of a stored text at most: a page's text is capped far below."""


@dataclass(frozen=True, slots=True)
class StoredJob:
    """A row of job_details."""

    id: int
    site: str
    url: str
    key: tuple[str, str] | None
    """Site and address as they stand in the file; None where no query can name them."""
    title: str
    experience: Experience
    created_ts_ms: int
    include: bool
    exclude_reason: str | None
    unread: str | None
    """Why the post could not be read, or what is wrong with the row."""
    is_sound: bool = True
    facts: dict[str, Any] = field(default_factory=dict)
    """What else raw_json holds."""


def stored_job(row: sqlite3.Row) -> StoredJob:
    """Read a row of job_details."""
    facts, faults = _facts(row["raw_json"]), []
    if facts is None:
        faults.append("raw_json")
        facts = {}
    years = row["min_years"]
    if not _is_whole(years) or not 0 <= years <= MOST_YEARS:
        faults.append("min_years")
        years = 0
    found = moment(row["created_ts_ms"])
    if found is None:
        faults.append("created_ts_ms")
    faults += [name for name in ("site", "url") if not isinstance(row[name], str) or "\ufffd" in row[name]]
    url = line(row["url"], MOST_URL)
    unread = line(facts.get("unread"), _MOST_WORDS) or None
    if faults:
        unread = f"its row in the database is damaged ({', '.join(faults)})"
    return StoredJob(
        id=row["id"],
        site=line(row["site"], 120) or "(no name)",
        url=url,
        key=None if {"site", "url"} & set(faults) else (row["site"], row["url"]),
        title=line(row["job_title"], _MOST_TITLE) or clean_line(url) or "(no title)",
        experience=_experience(years, facts, is_sound=not faults),
        created_ts_ms=found or 0,
        include=bool(row["include_job"]),
        exclude_reason=line(row["exclude_reason"]) or None,
        unread=unread,
        is_sound=not faults,
        facts=facts,
    )


def line(value: object, limit: int = 300) -> str:
    """Return a value of the file as one clean line; empty for what is no text."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    # Nearly all texts are clean, and thousands are read at a time.
    if len(value) <= limit and value.isascii() and value.isprintable() and "  " not in value:
        return value.strip(" ")
    return clean_line(value[: 20 * limit], limit)


def stored_key(url: object) -> str:
    """Return what an address of the file is compared by; itself where it has no identity."""
    return same_key(url) if isinstance(url, str) else line(url)


def count(value: object, most: int = 10**12) -> int:
    """Return a number of the file that counts something; 0 for what is none."""
    return min(value, most) if isinstance(value, int) and value > 0 else 0


def number(value: object) -> float:
    """Return a number of the file; 0 for what is none."""
    return float(value) if isinstance(value, int | float) and math.isfinite(value) and abs(value) < 10**15 else 0.0


def moment(value: object) -> int | None:
    """Return a time of the file, in milliseconds since the epoch; None where there is none that a clock shows."""
    return value if isinstance(value, int) and 0 <= value < LATEST_MS else None


def loaded(text: object) -> Any:
    """Read JSON that stands in the file; None where it is none."""
    try:
        return json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None


def loaded_dict(text: object) -> dict[str, Any]:
    """Read a JSON object that stands in the file, as it is; empty where it is none."""
    found = loaded(text)
    return found if isinstance(found, dict) else {}


def facts_json(facts: dict[str, Any]) -> str:
    """Write a JSON object as raw_json has it."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def urls_of(text: object) -> list[str]:
    """Return the addresses of a JSON array that stands in the file."""
    found = loaded(text)
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []


def tidy(value: Any, depth: int = _DEEPEST) -> Any:
    """Return a value as JSON has them with clean texts, and no more of it than can be shown."""
    match value:
        case str():
            return clean_text(value[: 2 * _MOST_WORDS], _MOST_WORDS)
        case bool() | None:
            return value
        case int():
            return value if abs(value) < 10**15 else None
        case float():
            return value if math.isfinite(value) else None
        case dict() if depth:
            pairs = list(value.items())[:_MOST_ITEMS]
            return {line(name, 80): tidy(one, depth - 1) for name, one in pairs}
        case list() if depth:
            return [tidy(one, depth - 1) for one in value[:_MOST_ITEMS]]
        case _:
            return None


def unpacked(packed: object) -> str:
    """Return a stored text; empty where it cannot be unpacked."""
    if not isinstance(packed, bytes):
        return ""
    try:
        return zlib.decompressobj().decompress(packed, _LONGEST_TEXT).decode("utf-8", "replace")
    except zlib.error:
        return ""


def _facts(text: object) -> dict[str, Any] | None:
    """Return what raw_json holds; None where it is damaged."""
    if text is None or text == "":
        return {}
    found = loaded(text)
    return tidy(found) if isinstance(found, dict) else None


def _experience(years: int, facts: Mapping[str, Any], *, is_sound: bool) -> Experience:
    """Read the proof back; a row of the old system has none, and its 0 may mean anything."""
    stated = facts.get("stated", years > 0)
    confidence, source, rejected = facts.get("confidence"), facts.get("source"), facts.get("rejected")
    return Experience(
        min_years=years,
        stated=stated is True and is_sound,
        evidence=_words(facts.get("evidence")) or None,
        confidence=cast("Confidence", confidence if is_sound and confidence in _CONFIDENCES else "low"),
        source=cast("Source", source if source in _SOURCES else "openai"),
        rejected=tuple(_rejected(rejected if isinstance(rejected, list) else ())),
        doubt=line(facts.get("doubt"), _MOST_WORDS),
    )


def _rejected(items: Iterable[Any]) -> Iterable[Rejected]:
    for item in items:
        if isinstance(item, dict) and _is_whole(item.get("years")):
            yield Rejected(item["years"], _words(item.get("quote")), line(item.get("reason")))


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def why_json(why: Why) -> str:
    """Write why a page is read as it is; empty where there is nothing to know."""
    return json.dumps(asdict(why), ensure_ascii=False) if why else ""


def stored_why(text: object) -> Why:
    """Read what `why_json` wrote; nothing to know where it is not understood."""
    found = loaded(text)
    if not isinstance(found, dict) or found.get("reason") not in set(WayReason):
        return Why()
    figures = {name: count(found.get(name)) for name in ("listed", "shown", "others", "bad_rows", "rows")}
    what, bad_row = (line(found.get(name), 2_000) for name in ("what", "bad_row"))
    return Why(WayReason(found["reason"]), what, bad_row=bad_row, **figures)


def partial_json(partial: Partial | None) -> str | None:
    """Write how much of a list was read; None where all of it was."""
    return json.dumps(asdict(partial)) if partial is not None else None


def stored_partial(text: object) -> Partial | None:
    """Read what `partial_json` wrote; None where it is not understood."""
    found = loaded(text)
    cut = found.get("cut") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(cut, dict) or cut.get("reason") not in get_args(CutReason):
        return None
    limits = (whole(cut.get(name)) for name in ("limit", "page", "status"))
    return Partial(count(found.get("found")), whole(found.get("of")), Cut(cut["reason"], *limits))
