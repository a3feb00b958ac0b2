"""Jobs in a page's data: inline state, structured data, the answers that its scripts fetched. Pure.

A job is an object with a title and something that its address is made of. Its address is a field of
its own, or made after the pattern of a link that the page does show.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from jpt.text.clean import clean_line

MOST_NODES = 300_000
MOST_JOBS = 5_000
_DEEPEST = 14
_ATTEMPTS = 60

_TITLES = (
    "title", "jobTitle", "job_title", "postingTitle", "posting_title", "positionTitle", "position_title",
    "jobName", "job_name", "positionName", "position_name", "roleTitle", "role_title", "vacancyTitle",
    "name", "position",
    "headline", "designation", "label", "text", "role",
)  # fmt: skip
_URL_KEY = re.compile(r"(?:url|href|link|permalink|path|uri|route)$|^(?:@id|to)$", re.IGNORECASE)
_NO_URL = re.compile(
    r"image|logo|api|icon|photo|avatar|thumb|video|company|social|employer|department|background|cover|picture"
    r"|facebook|linkedin|twitter|self|ref_?url|xhr|css|breadcrumb|category|locationurl|teamurl|parent",
    re.IGNORECASE,
)
_APPLY = re.compile(r"apply|application", re.IGNORECASE)
_TOKEN_KEY = re.compile(
    r"(?:^|_|[a-z])(?:id|slug|uuid|guid|key|code|ref|reference|number|no|shortcode|token|handle|seq|alias)$"
    r"|^(?:id|ID|Id|slug|pk|uid|nid)$",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"^[\w.~%-]{1,160}$")
_JOBISH_KEY = re.compile(
    r"^(?:job|jobs|locations?|departments?|teams?|employment|employment_?types?|job_?types?|offices?|city|cities|town"
    r"|requisition|workplace|workplace_?type|remote|salary|contract|contract_?type|date_?posted|posted|posted_?(?:at|on|date)"
    r"|job_?location|hiring_?organization|apply_?url|seniority|experience|schedule|work_?mode|commitment|categories"
    r"|job_?id|job_?function|req_?id|function|closing_?date|valid_?through|region|country)$",
    re.IGNORECASE,
)
_JOBISH_LIST = re.compile(
    r"job|position|opening|vacanc|posting|role|opportunit|requisition|stellen|offre|oferta|vaga|emploi|annonce|career",
    re.IGNORECASE,
)
_OTHER_LIST = re.compile(
    r"nav|menu|footer|filter|facet|breadcrumb|social|benefit|perk|testimonial|article|blog|news|story|stories|faq"
    r"|departments|teams|locations|offices|categor|countr|language|locale|tags|options|event|product|person|people",
    re.IGNORECASE,
)
_CLOSED = frozenset({"closed", "archived", "draft", "inactive", "filled", "expired", "unpublished", "deleted"})
_STATUS = frozenset({"status", "state", "jobstatus", "job_status"})
_OPEN_NAMES = "active isactive is_active published ispublished is_published listed islisted visible"
_OPEN_FLAGS = frozenset(_OPEN_NAMES.split())
_CLOSED_FLAGS = frozenset({"closed", "isclosed", "archived", "isarchived", "draft", "hidden"})
_PLACE_KEY = re.compile(r"location|city|town|team|department|employment|office|country", re.IGNORECASE)
_URL = re.compile(r"https?://|/(?!/)|\.{0,2}/|#!?/|\?|[\w%.-]+/[\w%./-]+$")
_NO_PAGE = re.compile(r"/api/|\.(?:png|jpe?g|svg|gif|webp|json|xml)(?:$|\?)", re.IGNORECASE)
_LONGEST_URL = 2_000
_WORDED = ("rendered", "text", "value", "label", "en", "name", "title")
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_TAG = re.compile(r"<[^>]{0,100}>")
_WRAPPERS = ("node", "item", "_source", "fields", "attributes", "job", "posting", "data")
_START = re.compile(r"(?:=|\(|,|^|:)\s*([\[{])")
_STRING = re.compile(r"JSON\.parse\(\s*([\"'])")
_DOUBLE = re.compile(r'([^"\\]*+(?:\\.[^"\\]*+)*+)"', re.DOTALL)
_SINGLE = re.compile(r"([^'\\]*+(?:\\.[^'\\]*+)*+)'", re.DOTALL)
_SPARE = 4
"""How many times the length of a text may be parsed in vain."""
_COSTLY = 100_000
"""The cost of an attempt that fails at an unknown position."""


@dataclass(frozen=True, slots=True)
class DataJob:
    """One job of a page's data."""

    title: str
    urls: tuple[str, ...]
    """What its fields give as addresses, as they stand there, the likeliest first."""
    tokens: Mapping[str, str]
    """Values that its address may contain, by the names of their fields."""
    place: str
    """Its place and team."""


def data_jobs(texts: Iterable[str], titles: frozenset[str] = frozenset()) -> list[DataJob]:
    """Give the jobs in *texts*: JSON, or scripts with JSON in them.

    A list is one of jobs by its names, or because it has the *titles* (case folded) that the page shows.
    """
    found: dict[tuple[str, tuple[str, ...], tuple[str, ...]], DataJob] = {}
    budget = [MOST_NODES]
    for text in texts:
        for value in _values(text):
            for job in _jobs(value, "", 0, budget, titles):
                if len(found) < MOST_JOBS:
                    found.setdefault((job.title, job.urls, tuple(job.tokens.values())), job)
    return list(found.values())


# ---- from text to values


def _values(text: str) -> Iterator[Any]:
    stripped = text.strip()
    if stripped[:1] in {"{", "["}:
        try:
            yield json.loads(stripped)
        except (ValueError, RecursionError):
            pass
        else:
            return
    yield from _assigned(text)
    # Each failed attempt reads the text again: the sum is bounded.
    spare = _SPARE * len(text)
    for match in itertools.islice(_STRING.finditer(text), _ATTEMPTS):
        written = (_DOUBLE if match[1] == '"' else _SINGLE).match(text, match.end())
        spare -= len(written[0]) if written else len(text) - match.end()
        if written:
            yield from _quoted(written[1], match[1])
        if spare < 0:
            return


def _assigned(text: str) -> Iterator[Any]:
    """Give the JSON values that stand in a script, one after the other."""
    decoder = json.JSONDecoder()
    end, spare = 0, _SPARE * len(text)
    for match in itertools.islice(_START.finditer(text), _ATTEMPTS * 20):
        begin = match.start(1)
        if begin < end:
            continue
        try:
            value, end = decoder.raw_decode(text, begin)
        except json.JSONDecodeError as exc:
            spare -= exc.pos - begin
        except (ValueError, RecursionError):
            spare -= _COSTLY
        else:
            yield value
        if spare < 0:
            return


def _quoted(written: str, mark: str) -> Iterator[Any]:
    """Give the value of a JSON text in a string of a script."""
    if mark == "'":
        written = written.replace("\\'", "'").replace('"', '\\"') if '\\"' not in written else written
    with suppress(ValueError, TypeError, RecursionError):
        yield json.loads(json.loads(f'"{written}"'))


# ---- from values to jobs


def _jobs(value: Any, name: str, depth: int, budget: list[int], titles: frozenset[str]) -> Iterator[DataJob]:
    budget[0] -= 1
    if budget[0] < 0 or depth > _DEEPEST:
        return
    if isinstance(value, str) and len(value) > 200 and value[:1] in "{[":
        # State is often kept as text within the state.
        for inner in _values(value):
            yield from _jobs(inner, name, depth + 1, budget, titles)
    elif isinstance(value, list):
        items = [_unwrapped(item) for item in value if isinstance(item, dict)]
        made = _list_of_jobs(items, name, titles)
        yield from made
        for item in value:
            if not made or not isinstance(item, dict) or _title(_unwrapped(item)) == "":
                yield from _jobs(item, name, depth + 1, budget, titles)
    elif isinstance(value, dict):
        if _is_posting(value) and (one := _job(value)):
            yield one
            return
        inner_items = [_unwrapped(item) for item in value.values() if isinstance(item, dict)]
        made = _list_of_jobs(inner_items, name, titles) if len(inner_items) > 1 else []
        yield from made
        for key, item in value.items():
            if not (made and isinstance(item, dict) and _title(_unwrapped(item))):
                yield from _jobs(
                    item, key if isinstance(item, list | dict | str) else name, depth + 1, budget, titles
                )


def _list_of_jobs(items: list[dict[str, Any]], name: str, titles: frozenset[str]) -> list[DataJob]:
    """Give the jobs of a list of objects, if that is what they are."""
    if not items:
        return []
    made = [(item, job) for item in items if (job := _job(item)) is not None]
    if len(made) * 10 < len(items) * 6:
        return []
    postings = sum(_is_posting(item) for item, _ in made)
    listed = sum(
        "position" in item and "url" in item and str(item.get("@type", "")) == "ListItem" for item, _ in made
    )
    shown = sum(job.title.casefold() in titles for _, job in made)
    if postings * 2 >= len(made) or listed or shown >= 2:
        return [job for _, job in made]
    keyed = sum(any(_JOBISH_KEY.match(key) for key in item) for item, _ in made) * 2 >= len(made)
    if _OTHER_LIST.search(name) and not _JOBISH_LIST.search(name):
        return []
    return [job for _, job in made] if keyed or _JOBISH_LIST.search(name) else []


def _is_posting(item: dict[str, Any]) -> bool:
    kind = item.get("@type") or item.get("__typename") or ""
    return "JobPosting" in (kind if isinstance(kind, list) else str(kind))


def _unwrapped(item: dict[str, Any]) -> dict[str, Any]:
    for key in _WRAPPERS:
        inner = item.get(key)
        if isinstance(inner, dict) and _title(inner) and not (_title(item) and key in {"job", "posting", "data"}):
            return {**{k: v for k, v in item.items() if not isinstance(v, dict | list)}, **inner}
    return item


def _job(item: dict[str, Any]) -> DataJob | None:
    title = _title(item)
    if not title or _is_closed(item):
        return None
    urls = _urls(item)
    tokens = {
        key: str(value)
        for key, value in item.items()
        if isinstance(value, str | int)
        and not isinstance(value, bool)
        and _TOKEN_KEY.search(key)
        and _TOKEN.match(str(value))
    }
    if not urls and not tokens:
        return None
    return DataJob(title, tuple(urls), tokens, _place(item))


def _title(item: dict[str, Any]) -> str:
    for key in _TITLES:
        for name in (key, key[:1].upper() + key[1:]):
            value = item.get(name)
            if isinstance(value, dict):
                value = next((value[inner] for inner in _WORDED if isinstance(value.get(inner), str)), None)
            if isinstance(value, str) and 2 < len(value.strip()) <= 200 and _TWO_LETTERS.search(value):
                return clean_line(_TAG.sub("", value), 200)
    return ""


def _is_closed(item: dict[str, Any]) -> bool:
    for key, value in item.items():
        name = key.lower()
        if name in _STATUS and isinstance(value, str) and value.lower() in _CLOSED:
            return True
        if (name in _OPEN_FLAGS and value is False) or (name in _CLOSED_FLAGS and value is True):
            return True
    return False


def _urls(item: dict[str, Any]) -> list[str]:
    found: list[tuple[int, str]] = []
    for key, value in item.items():
        if not isinstance(value, str) or not _URL_KEY.search(key) or _NO_URL.search(key):
            continue
        text = value.strip()
        if len(text) > _LONGEST_URL or " " in text or not _URL.match(text) or _NO_PAGE.search(text):
            continue
        worth = 3 if _APPLY.search(key) else 2 if key == "@id" else 0 if text.startswith("http") else 1
        found.append((worth, text))
    return [text for _, text in sorted(found, key=lambda each: each[0])]


def _place(item: dict[str, Any]) -> str:
    words = []
    for key, value in item.items():
        if _PLACE_KEY.search(key):
            named = isinstance(value, dict) and (value.get("name") or value.get("label") or value.get("city"))
            inner = named if isinstance(value, dict) else value
            if isinstance(inner, str) and 1 < len(inner) < 80:
                words.append(inner)
    return clean_line(" ".join(words), 200)
