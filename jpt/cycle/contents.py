"""What a server's answer says of a list: the jobs that it names, and whether it has changed. Pure.

Two digests are taken of an answer. *whole* is of all that it says, but for what is known to change by itself
(tokens, times, counters, order); where even so it changes while its list does not, *naming* is used: of what names
the jobs, and of the marks that a script may choose them by.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from jpt.browser.visit.data_jobs import DataJob, data_jobs
from jpt.extract.health import barred
from jpt.extract.links import advertised_total
from jpt.extract.listing import possible_jobs
from jpt.identity.urls import canonical, site_of
from jpt.models.pages import Link, ListRead, PageRead
from jpt.models.ways import SourceKind
from jpt.net.http import Response
from jpt.text.clean import clean_line
from jpt.text.decoding import decoded, format_of
from jpt.text.html import document
from jpt.text.page_marks import marks

LONGEST = 5_000_000
"""Characters of an answer at most: a longer one is left to the browser."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an answer holds of a list."""

    whole: str
    naming: str
    """Empty if no job can be recognised without the page."""
    keys: frozenset[str] = frozenset()
    """The canonical addresses of its links."""
    jobs: tuple[DataJob, ...] = ()
    """The jobs of its data."""


@dataclass(frozen=True, slots=True)
class ListSource:
    """An address that may hold a list."""

    url: str
    kind: SourceKind
    contents: Contents | None = None
    """What it held when the browser asked; None where that is not kept."""


def answer_text(answer: Response) -> str:
    """Give the text of an answer; raises UndecodableError."""
    return decoded(answer.body, format_of(answer.kind, answer.body), answer.charset)


def contents_of(text: str, url: str, kind: SourceKind, titles: frozenset[str] = frozenset()) -> Contents | None:
    """Read *text*, which came from *url*; None if it is no list.

    *titles* (case folded) are those that its page shows: what lists them lists jobs.
    """
    if len(text) > LONGEST:
        return None
    return _of_data(text, titles) if kind == "json" else _of_html(text, url, titles, whole_page=kind == "document")


def source_of(read: ListRead) -> ListSource | None:
    """Give the one answer that may hold what the browser *read*; None where none does, or several do in part."""
    titles, page = titles_of(read), read.page
    naming = [one for one in page.heard if _names(one.body, read)]
    if not naming:
        return ListSource(page.url, "document")
    found: list[ListSource] = []
    for one in naming:
        kind: SourceKind = "json" if one.body.lstrip()[:1] in {"{", "["} else "html"
        said = contents_of(one.body, one.url, kind, titles)
        if said is None or not holds(said, read):
            # Its page may show less, or more, by what this answer says.
            return None
        if one.method == "GET" and not _is_passing(one.url):
            found.append(ListSource(one.url, kind, said))
    # Answers with the same jobs count as one; of different ones it is unknown which one the page uses.
    same = {source.contents.naming if source.contents else "" for source in found}
    return found[-1] if len(found) == len(naming) and len(same) == 1 else None


def holds(said: Contents, read: ListRead) -> bool:
    """Tell whether an answer names all jobs that the browser *read*, and none that the page does not show."""
    jobs = {key: link for link in possible_jobs(read) if (key := canonical(link.url))}
    if not jobs:
        return False
    if set(jobs) <= said.keys:
        return not _unshown(said, read)
    return _is_matched(said.jobs, jobs, read.page.final_url)


def titles_of(read: ListRead) -> frozenset[str]:
    """Give the titles that a page shows, case folded."""
    return frozenset(link.text.casefold() for link in possible_jobs(read) if link.text)


def digest(body: bytes) -> str:
    """Give the digest of a whole answer."""
    return hashlib.sha256(body).hexdigest()


def over_at_ms(text: str, now_ms: int) -> int:
    """Give the next moment at which something in *text* ends; 0 if nothing does.

    A day may end by this machine's time or by UTC.
    """
    moments: list[float] = []
    for match in list(_ENDING.finditer(text))[:_MOST_DATES]:
        moments += _moments(match[1])
    coming = [moment * 1000 for moment in moments if moment * 1000 > now_ms]
    return int(min(coming, default=0))


# ---- HTML


def _of_html(text: str, url: str, titles: frozenset[str], *, whole_page: bool) -> Contents | None:
    html = document(text)
    page = PageRead(url, url, 200, html.title, html.text, headings=html.headings)
    if whole_page and barred(page) is not None:
        return None
    seen = marks(text)
    base = urljoin(url, html.base)
    links = {(canonical(urljoin(base, address)) or "", words) for address, words in html.links}
    jobs = tuple(data_jobs(seen.scripts, titles)) if whole_page else ()
    fields = {mark for mark in seen.marks if mark.startswith("input ") and "password" in mark}
    total = advertised_total(html.text)
    rows = [f"{key}\t{words}" for key, words in links if key]
    named = [*rows, *_job_lines(jobs), html.title, *html.headings, str(total), *sorted(fields)]
    lines = {_DIGITS.sub("#", line.strip()) for line in html.text.splitlines()}
    marked = {mark for mark in seen.marks if not _CHANGING.search(mark)}
    return Contents(
        whole=_digest([*named, *lines, *marked, *seen.scripts]),
        naming=_digest(named),
        keys=frozenset(key for key, _ in links if key),
        jobs=jobs,
    )


def _unshown(said: Contents, read: ListRead) -> bool:
    """Tell whether a document has links of its site that its page does not show: a script may have chosen."""
    shown = {canonical(link.url) for link in read.links} | {canonical(one.url) for one in read.page.anchors}
    here = {canonical(read.page.url), canonical(read.page.final_url)}
    site = site_of(read.page.final_url)
    return any(site_of(key) == site for key in said.keys - shown - here)


# ---- data


def _of_data(text: str, titles: frozenset[str]) -> Contents | None:
    try:
        value = json.loads(text)
        whole = json.dumps(_steady(value), sort_keys=True, ensure_ascii=False)
    except (ValueError, RecursionError):
        return None
    known = data_jobs([text])
    naming = _digest([*_job_lines(known), *_choices(value, 0)]) if known else ""
    return Contents(_digest([whole]), naming, jobs=tuple(data_jobs([text], titles)))


def _job_lines(jobs: Iterable[DataJob]) -> list[str]:
    lines = []
    for job in jobs:
        tokens = [f"{name}={value}" for name, value in sorted(job.tokens.items()) if not _changes(name)]
        lines.append("\t".join([job.title, *job.urls, *tokens, job.place]))
    return lines


def _choices(value: Any, depth: int) -> Iterable[str]:
    """Give what a script may filter jobs by: booleans, and short strings under names of states."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _choices(item, depth + 1)
    elif isinstance(value, dict):
        own = [
            f"{key}={item}"
            for key, item in sorted(value.items())
            if isinstance(item, bool) or (isinstance(item, str) and _STATE.search(key) and len(item) < 60)
        ]
        if own:
            yield " ".join([*own, *(str(value[key]) for key in ("id", "slug", "title", "name") if key in value)])
        for item in value.values():
            yield from _choices(item, depth + 1)


def _steady(value: Any) -> Any:
    """Give a value without what changes by itself, its lists sorted."""
    if isinstance(value, dict):
        return {key: _steady(item) for key, item in value.items() if not (_changes(key) or _is_time(key, item))}
    if isinstance(value, list):
        return sorted((_steady(item) for item in value), key=lambda one: json.dumps(one, sort_keys=True))
    return "" if isinstance(value, str) and _AGO.search(value) and len(value) < 60 else value


def _is_matched(found: Sequence[DataJob], jobs: dict[str, Link], base: str) -> bool:
    """Tell whether each of the *jobs* has one entry in the data, and each entry is one of them."""
    if not found or len(found) != len(jobs):
        return False
    left = dict(jobs)
    for one in found:
        own = [key for url in one.urls if (key := canonical(urljoin(base, url))) in left]
        key = own[0] if own else next((key for key, link in left.items() if _is_of(one, link)), None)
        if key is None:
            return False
        del left[key]
    return not left


def _is_of(job: DataJob, link: Link) -> bool:
    """Tell whether an entry's title is that of a link, and a part of the link's address is of the entry."""
    if clean_line(job.title).casefold() not in clean_line(link.text).casefold():
        return False
    parts = _parts(link.url)
    return any(value.casefold() in parts for value in job.tokens.values())


def _parts(url: str) -> set[str]:
    """Give the parts that an address is made of, case folded: `/jobs/12-cook?id=a` of `12-cook`, `12`, `cook`…."""
    address = urlsplit(unquote(url))
    fields = [value for _, value in parse_qsl(address.query)]
    parts = [*address.path.split("/"), *fields, *re.split(r"[/=&?]", address.fragment)]
    return {word.casefold() for part in parts for word in (part, *re.split(r"[-_.~]", part)) if word}


def _names(text: str, read: ListRead) -> bool:
    """Tell whether an answer names any job of a list: by its title, or by a part of its address alone."""
    folded = text.casefold()
    jobs = possible_jobs(read)
    if any(len(link.text) > _SHORT and link.text.casefold() in folded for link in jobs):
        return True
    words = set(_VALUE.findall(text[:LONGEST]))
    common = set.intersection(*(_parts(link.url) for link in jobs)) if len(jobs) > 1 else set()
    own = {part for link in jobs for part in _parts(link.url) - common if part.isdigit() or len(part) > _SHORT}
    return not own.isdisjoint(word.strip('"').casefold() for word in words)


def _is_passing(url: str) -> bool:
    """Tell whether an address was made for one request: it has a time or a random value."""
    now = datetime.now(UTC).timestamp()
    for name, value in parse_qsl(urlsplit(url).query, keep_blank_values=True):
        if name.casefold() in _PASSING:
            return True
        if value.isascii() and value.isdigit() and len(value) in {10, 13} and abs(int(value[:10]) - now) < _DAY_S:
            return True
    return False


def _changes(name: str) -> bool:
    words = set(_WORDS.sub("_", name).lower().split("_"))
    return not words.isdisjoint(_BY_ITSELF) or {"request", "id"} <= words


def _is_time(name: str, value: Any) -> bool:
    """Tell whether a value is a time, unless something ends then."""
    if _ENDS.search(name):
        return False
    if isinstance(value, str):
        return _MOMENT.match(value) is not None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and value > 10**9 and _TIMED.search(name) is not None


def _moments(written: str) -> list[float]:
    try:
        if len(written) > 10:
            moment = datetime.fromisoformat(written.replace(" ", "T"))
            return [moment.astimezone(UTC).timestamp(), moment.replace(tzinfo=UTC).timestamp()]
        day = datetime.fromisoformat(written)
    except (ValueError, OverflowError, OSError):
        return []
    days = [day, day + timedelta(days=1)]
    return [moment for each in days for moment in (each.timestamp(), each.replace(tzinfo=UTC).timestamp())]


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(parts)).encode("utf-8", "replace")).hexdigest()


_MOST_DATES = 2_000
_DEEPEST = 40
_SHORT = 5
_DAY_S = 24 * 3600.0
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")
_VALUE = re.compile(r'"[^"\\]{1,200}"|\d{1,20}')
_BY_ITSELF = frozenset(
    {"token", "nonce", "csrf", "xsrf", "session", "trace", "timestamp", "generated", "updated", "modified", "took",
     "fetched", "elapsed", "views", "view", "clicks", "impressions", "applicants", "applications", "score", "rank",
     "relevance", "cursor", "etag", "now", "cache", "cached", "order", "sort"}
)  # fmt: skip
"""Words in names of fields that change while the list does not."""
_CHANGING = re.compile(r"nonce|csrf|xsrf|token|session|timestamp", re.IGNORECASE)
_PASSING = frozenset(
    {"_", "cb", "cachebuster", "cache_buster", "nocache", "rand", "random", "nonce", "ts", "timestamp"}
)
_ENDS = re.compile(r"clos|expir|deadline|until|through|valid|\bend|end_?date|unpublish", re.IGNORECASE)
_TIMED = re.compile(r"time|date|_at$|At$|_ts|_on$|On$")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d")
_AGO = re.compile(r"\b\d+\s?(?:s|sec|min|minute|hour|day|week|month)s?\b", re.IGNORECASE)
_STATE = re.compile(
    r"stat(?:e|us)$|visib|access|publish|audience|hidden|region|language|locale|type$", re.IGNORECASE
)
_ENDING = re.compile(
    r"(?:clos|expir|deadline|until|through|end|unpublish)[\w-]{0,20}[\"'=:\s>\\]{1,6}"
    r"(20\d\d-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?)",
    re.IGNORECASE,
)
"""A date under a name such as `validThrough`: something ends then."""
