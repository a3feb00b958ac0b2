"""Jobs in a page's data: inline state, structured data, the answers that its scripts fetched. Pure.

An entry is an object with a title and something that its address is made of. Its address is a field of
its own, or made after the pattern of a link that the page does show.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from jpt.identity.urls import canonical
from jpt.models.pages import Anchor
from jpt.text.clean import clean_line

MOST_NODES = 300_000
MOST_ENTRIES = 5_000
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
_WRAPPERS = ("node", "item", "_source", "fields", "attributes", "job", "posting", "data")
_START = re.compile(r"(?:=|\(|,|^|:)\s*([\[{])")
_STRING = re.compile(r"JSON\.parse\(\s*([\"'])")


@dataclass(frozen=True, slots=True)
class Entry:
    """One job of a page's data."""

    title: str
    urls: tuple[str, ...]
    """What its fields give as addresses, as they stand there, the likeliest first."""
    tokens: Mapping[str, str]
    """Values that its address may be made of, by the names of their fields."""
    place: str
    """Where, in which team: what stands beside the title."""


def entries(texts: Iterable[str], titles: frozenset[str] = frozenset()) -> list[Entry]:
    """Give the jobs in *texts*: JSON, or scripts with JSON in them.

    A list is one of jobs by its names, or because it has the *titles* (case folded) that the page shows.
    """
    found: dict[tuple[str, tuple[str, ...], tuple[str, ...]], Entry] = {}
    budget = [MOST_NODES]
    for text in texts:
        for value in _values(text):
            for entry in _jobs(value, "", 0, budget, titles):
                if len(found) < MOST_ENTRIES:
                    found.setdefault((entry.title, entry.urls, tuple(entry.tokens.values())), entry)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Placed:
    """Jobs of the data that the page does not show, with their addresses."""

    anchors: tuple[Anchor, ...]
    sure: bool
    """The addresses follow the pattern of links that are on the page; else one of them should be tried."""


def placed(found: Iterable[Entry], anchors: Iterable[Anchor], jobs: frozenset[str], base: str) -> Placed:
    """Make the links of those entries that are not among the page's *anchors*.

    *jobs* are the addresses of the links on the page that are jobs, *base* is what addresses are relative to.
    """
    shown = list(anchors)
    there = {canonical(anchor.url) or anchor.url for anchor in shown}
    entries_ = list(found)
    linked = [anchor for anchor in shown if anchor.url in jobs]
    pattern = _pattern(entries_, linked)
    field_fits = any(_address(entry, base) in there for entry in entries_)
    sure = bool(pattern) or field_fits
    made: dict[str, Anchor] = {}
    for entry in entries_:
        own = _address(entry, base)
        by_pattern = _filled(pattern, entry) if pattern else ""
        url = own if own and (field_fits or not by_pattern) else by_pattern
        key = canonical(url) or url
        # Without proof that the data's addresses are those of the page's links, the same title is the same job.
        if url and key not in there and key not in made and (sure or not _is_shown(entry, linked)):
            made[key] = anchor_of(entry, url)
    return Placed(tuple(made.values()), sure)


def guesses(entry: Entry, base: str) -> list[str]:
    """Give addresses that *entry* may have by the customs of the web, to be tried."""
    parts = urlsplit(base)
    root, here = f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/")
    folders = dict.fromkeys(
        [
            here,
            here.rpartition("/")[0] + "/jobs",
            "/jobs",
            "/job",
            "/careers",
            "/positions",
            here.rpartition("/")[0] + "/job",
        ]
    )
    words = slug(entry.title)
    names = dict.fromkeys(
        [*entry.tokens.values(), *(f"{value}-{words}" for value in entry.tokens.values()), words]
    )
    return [f"{root}{folder}/{quote(name)}" for name in list(names)[:5] for folder in folders][:30]


def anchor_of(entry: Entry, url: str) -> Anchor:
    """Give the link of *entry* at *url*."""
    return Anchor(
        url=url,
        text=entry.title,
        heading=entry.title,
        context=clean_line(f"{entry.title} {entry.place}", 300),
        region="main",
        shape="data<jobs",
        group="data jobs",
        role="data",
    )


def slug(words: str) -> str:
    """Write *words* as addresses have them."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


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
    decoder = json.JSONDecoder()
    end = 0
    for attempt, match in enumerate(_START.finditer(text)):
        if attempt > _ATTEMPTS * 20:
            break
        if match.start(1) < end:
            continue
        try:
            value, end = decoder.raw_decode(text, match.start(1))
        except (ValueError, RecursionError):
            continue
        yield value
    for match in list(_STRING.finditer(text))[:_ATTEMPTS]:
        yield from _quoted(text, match)


def _quoted(text: str, match: re.Match[str]) -> Iterator[Any]:
    """Give the value of a JSON text in a string of a script."""
    begin, mark = match.end() - 1, match.group(1)
    end = begin + 1
    while end < len(text) and text[end] != mark:
        end += 2 if text[end] == "\\" else 1
    written = text[begin + 1 : end]
    if mark == "'":
        written = written.replace("\\'", "'").replace('"', '\\"') if '\\"' not in written else written
    try:
        yield json.loads(json.loads(f'"{written}"'))
    except (ValueError, TypeError, RecursionError):
        return


# ---- from values to entries


def _jobs(value: Any, name: str, depth: int, budget: list[int], titles: frozenset[str]) -> Iterator[Entry]:
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
        if _is_posting(value) and (one := _entry(value)):
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


def _list_of_jobs(items: list[dict[str, Any]], name: str, titles: frozenset[str]) -> list[Entry]:
    """Make the entries of a list of objects, if they are jobs."""
    if not items:
        return []
    made = [(item, entry) for item in items if (entry := _entry(item)) is not None]
    if len(made) * 10 < len(items) * 6:
        return []
    postings = sum(_is_posting(item) for item, _ in made)
    listed = sum(
        "position" in item and "url" in item and str(item.get("@type", "")) == "ListItem" for item, _ in made
    )
    shown = sum(entry.title.casefold() in titles for _, entry in made)
    if postings * 2 >= len(made) or listed or shown >= 2:
        return [entry for _, entry in made]
    keyed = sum(any(_JOBISH_KEY.match(key) for key in item) for item, _ in made) * 2 >= len(made)
    if _OTHER_LIST.search(name) and not _JOBISH_LIST.search(name):
        return []
    return [entry for _, entry in made] if keyed or _JOBISH_LIST.search(name) else []


def _is_posting(item: dict[str, Any]) -> bool:
    kind = item.get("@type") or item.get("__typename") or ""
    return "JobPosting" in (kind if isinstance(kind, list) else str(kind))


def _unwrapped(item: dict[str, Any]) -> dict[str, Any]:
    for key in _WRAPPERS:
        inner = item.get(key)
        if isinstance(inner, dict) and _title(inner) and not (_title(item) and key in {"job", "posting", "data"}):
            return {**{k: v for k, v in item.items() if not isinstance(v, dict | list)}, **inner}
    return item


def _entry(item: dict[str, Any]) -> Entry | None:
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
    return Entry(title, tuple(urls), tokens, _place(item))


def _title(item: dict[str, Any]) -> str:
    for key in _TITLES:
        for name in (key, key[:1].upper() + key[1:]):
            value = item.get(name)
            if isinstance(value, dict):
                value = next(
                    (
                        value[inner]
                        for inner in ("rendered", "text", "value", "label", "en", "name", "title")
                        if isinstance(value.get(inner), str)
                    ),
                    None,
                )
            if isinstance(value, str) and 2 < len(value.strip()) <= 200 and re.search(r"[^\W\d_]{2}", value):
                return clean_line(re.sub(r"<[^>]{0,100}>", "", value), 200)
    return ""


def _is_closed(item: dict[str, Any]) -> bool:
    for key, value in item.items():
        name = key.lower()
        if (
            name in {"status", "state", "jobstatus", "job_status"}
            and isinstance(value, str)
            and value.lower() in _CLOSED
        ):
            return True
        if (
            name
            in {
                "active",
                "isactive",
                "is_active",
                "published",
                "ispublished",
                "is_published",
                "listed",
                "islisted",
                "visible",
            }
            and value is False
        ):
            return True
        if name in {"closed", "isclosed", "archived", "isarchived", "draft", "hidden"} and value is True:
            return True
    return False


def _urls(item: dict[str, Any]) -> list[str]:
    found: list[tuple[int, str]] = []
    for key, value in item.items():
        if not isinstance(value, str) or not _URL_KEY.search(key) or _NO_URL.search(key):
            continue
        text = value.strip()
        if (
            not re.match(r"https?://|/(?!/)|\.{0,2}/|#!?/|\?|[\w%.-]+/[\w%./-]+$", text)
            or " " in text
            or len(text) > 2_000
        ):
            continue
        if re.search(r"/api/|\.(?:png|jpe?g|svg|gif|webp|json|xml)(?:$|\?)", text, re.IGNORECASE):
            continue
        worth = 3 if _APPLY.search(key) else 2 if key == "@id" else 0 if text.startswith("http") else 1
        found.append((worth, text))
    return [text for _, text in sorted(found, key=lambda each: each[0])]


def _place(item: dict[str, Any]) -> str:
    words = []
    for key, value in item.items():
        if re.search(r"location|city|town|team|department|employment|office|country", key, re.IGNORECASE):
            inner = (
                value.get("name") or value.get("label") or value.get("city") if isinstance(value, dict) else value
            )
            if isinstance(inner, str) and 1 < len(inner) < 80:
                words.append(inner)
    return clean_line(" ".join(words), 200)


# ---- from entries to addresses


def _address(entry: Entry, base: str) -> str:
    for url in entry.urls:
        full = urljoin(base, url)
        if found := canonical(full):
            return found if full.startswith("http") else ""
    return ""


def _pattern(entries_: list[Entry], linked: list[Anchor]) -> str:
    """Give the way in which the page's links are made of the data: `/jobs/{id}-{*slug}`; empty without one."""
    by_title: dict[str, list[Anchor]] = {}
    for anchor in linked:
        for words in {anchor.text.casefold(), anchor.heading.casefold()}:
            by_title.setdefault(words, []).append(anchor)
    counts: Counter[str] = Counter()
    for entry in entries_[:500]:
        title = entry.title.casefold()
        same = by_title.get(title) or [
            anchor for anchor in linked[:200] if len(title) > 5 and title in anchor.text.casefold()
        ]
        for url in {anchor.url for anchor in same[:5]}:
            if pattern := _abstracted(url, entry):
                counts[pattern] += 1
    return counts.most_common(1)[0][0] if counts else ""


def _abstracted(url: str, entry: Entry) -> str:
    """Replace in *url* what the entry carries; empty when it carries nothing of it."""
    parts = urlsplit(url)
    head = f"{parts.scheme}://{parts.netloc}"
    rest = url[len(head) :].replace("{", "%7B").replace("}", "%7D")
    named = [*entry.tokens.items(), ("*slug", slug(entry.title))]
    done = False
    for name, value in sorted(named, key=lambda each: -len(each[1])):
        if not value:
            continue
        written, count = re.subn(
            rf"(?<![A-Za-z0-9{{]){re.escape(value)}(?![A-Za-z0-9}}])", f"{{{name}}}", rest, count=1
        )
        if count:
            rest, done = written, True
    return head + rest if done else ""


def _filled(pattern: str, entry: Entry) -> str:
    values = {**entry.tokens, "*slug": slug(entry.title)}
    names = re.findall(r"\{([^{}]+)\}", pattern)
    if any(not values.get(name) for name in names):
        return ""
    return re.sub(r"\{([^{}]+)\}", lambda match: values[match.group(1)], pattern)


def _is_shown(entry: Entry, linked: list[Anchor]) -> bool:
    """Tell whether the page has a link of this title."""
    title = entry.title.casefold()
    return any(title in {anchor.text.casefold(), anchor.heading.casefold()} for anchor in linked)
