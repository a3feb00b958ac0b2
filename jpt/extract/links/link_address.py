"""The parts of an address that tell posts from other pages: facts, no verdict. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

from jpt.extract.links.decoys import gives_advice
from jpt.extract.links.roles import slug_reads_like_title
from jpt.extract.links.vocabulary import JOB_WORDS, JOIN_US, LIST_WORDS, LOOSE_JOB_WORDS, word_set
from jpt.identity.ids import UUID
from jpt.text.late import late

Query = Literal["id", "weak id", "filter", "number", ""]

MOST_SEGMENTS = 40
MOST_CHARS = 200
"""Most segments of a path, and characters of a segment, that are read: longer ones say nothing more."""

_ID_NAMES = late(
    r"^(?:\w{0,12}_?jid|j|jk|jcode|pid|rid|vid|oid|jvi|gni|req|record|jobs?|item|detail|jobdetails?|jncounter"
    r"|in_jncounter|jobreq|wid|finnkode)$"
    r"|^\w{0,20}(?:job|vacanc|vac|posit|requi|req|posting|offer|offre|opening|opport|stelle|anzeige"
    r"|vacature|vaga|advert|recruitment|career)\w{0,20}?"
    r"(?:id|no|nr|num|number|code|key|ref|guid|seqno)$|^(?:job|vacancy|position|requisition|posting"
    r"|stelle|vacature|vaga|offre|offer|advert|ad)$",
    re.IGNORECASE,
)
"""Names of parameters that hold a post's id on public boards: gh_jid, jobId, vacancyNo, career_job_req_id…"""
_WEAK_ID_NAMES = word_set("""id uid guid uuid nid p slug name title key ref nr no num cod code""")
_FILTER_NAMES = late(
    r"^(?:page|pagenum|p|pr|start|startrow|offset|limit|joboffset|jobrecordsperpage|folderoffset|sort.*"
    r"|order.*|q|query|search.*|keywords?|location.*|department.*|team|commitment"
    r"|category.*|country|city|region|lang|language|locale|set_language|letter|type|worktype"
    r"|workplacetype|filter.*|facet.*|tag|tags|view|per_?page|rows|d|dept|function|level|letter|s"
    r"|distance|pagina|página|seite|sida|side|sivu|strona|strana|stranka|oldal|sayfa|bereich|abteilung|standort|ort"
    r"|branche|beruf|kategori\w{0,4}|categor\w{0,4}|ciudad|cidade|ville|citt[aà]|stad|plaats|afdeling|departamento|area"
    r"|[áa]rea|provinci\w|regi\w{2,4}|secteur|sector|settore|m[ée]tier|fun[cç][aã]o|funci[oó]n|misto|obor|kraj|miasto"
    r"|mj?esto|grad|oras|judet|il|sehir|bolum)$",
    re.IGNORECASE,
)
_SEARCH_NAMES = late(r"^(?:q|query|search|s|keywords?)$", re.IGNORECASE)
_DATED = late(r"/(?:19|20)\d\d/[01]?\d/")
_UUID = late(UUID, re.IGNORECASE)
_HEX = late(r"^(?=[a-z]*\d)(?=\d*[a-f])[0-9a-f]{8,}$", re.IGNORECASE)
_NUMBERED = late(
    r"^\d{2,}$|(?:^|[-_~:=.])[a-z]{0,6}\d{4,}(?:[-_.](?:[a-z]{1,3}|\d))?$|^(?!(?:19|20)\d\d[-_])\d{3,}[-_]",
    re.IGNORECASE,
)
_MIXED_CODE = late(r"^(?=[^\d]*\d)[0-9A-Za-z_-]{6,40}$")
_YEAR_ONLY = late(r"(?:^|[-_])(?:19|20)\d\d$")
LOCALE = late(
    r"^(?:en|de|fr|es|it|pt|nl|sv|da|no|nb|fi|pl|cs|sk|hu|ro|bg|el|tr|ru|uk|ja|zh|ko|ar|he|th|vi|id|hr|sl"
    r"|et|lv|lt|us|uk|gb|ch|at|be|br|jp|cn|eu)"
    r"(?:[-_][a-z]{2,4})?$",
    re.IGNORECASE,
)
"""Language and country codes (ISO 639-1, ISO 3166-1) that stand as a segment in paths."""
_JOBS_PLACE = late(
    r"(?:stellen|jobs?|karriere|careers?|bewerber|vacatures?|vagas?|empleos?|emplois?|rekry|recruit(?:ment"
    r"|ing)?)-?"
    r"(?:portal|börse|boerse|markt|angebote?|finder|suche|search|site|center|centre|board|list|listings?|page"
    r"|seite"
    r"|übersicht|uebersicht|bank|opportunities)$"
)
"""Places of jobs in one word: stellenportal, jobfinder, careercenter."""
_INDEX = late(r"^(?:index|default|home)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_SUFFIX = late(r"\.(?:html?|php|aspx?|jsp|cfm|do|shtml)$", re.IGNORECASE)
_DOCUMENT = late(r"\.(?:pdf|docx?|odt|rtf|pages)$", re.IGNORECASE)
PAGING = late(r"^(?:page|seite)(?:[-_]?\d+)?$|^p[-_]?\d{1,3}$", re.IGNORECASE)
_CLOSING = word_set("""job detail details view viewdetails description show jobdetails apply""")
_DIGITS = late(r"\d+")
_TOKENS = late(r"[-_.:=\s+]+")
_CAMEL = late(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class LinkAddress:
    """One address, taken apart."""

    host: str
    path: str
    query: str
    names: tuple[str, ...]
    """Segments: unquoted, lower case, without suffixes, dates and closing words such as `details`."""
    start: int | None
    """Index of the name that means jobs and has others below it; None without one."""
    has_id: bool
    query_kind: Query
    slug: str
    """The segment that carries most words, without suffix."""
    reads_like_title: bool
    is_document: bool
    is_dated: bool
    area: str
    """Host and first segment of a path of several: the part of the site."""
    folder: str
    """Host and path without the last segment; with it where the id is in the query."""

    @property
    def tail(self) -> tuple[str, ...]:
        """Return what stands behind the segment of jobs; all if there is none."""
        return self.names if self.start is None else self.names[self.start + 1 :]

    @property
    def ends_in_locale(self) -> bool:
        """Return whether its last name could be a language, behind a segment of jobs: `recruit/cs`."""
        return len(self.names) > 1 and bool(LOCALE.match(self.names[-1])) and self.is_list

    @property
    def is_list(self) -> bool:
        """Return whether it names a list of jobs and no id of one."""
        return is_list(self.names) and self.query_kind not in {"id", "weak id", "number"}


@lru_cache(maxsize=4_000)
def split(url: str) -> SplitResult:
    """Split *url*; one that cannot be split gives an empty address."""
    try:
        parts = urlsplit(url)
        _ = parts.hostname
    except ValueError:
        return urlsplit("")
    return parts


def joined(base: str, address: str) -> str:
    """Resolve *address* as a link on the page *base*; empty if it is no address."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return ""


def segments(parts: SplitResult) -> list[str]:
    """Return the path's segments, unquoted, without an index page at the end."""
    found = [
        unquote(segment[: 3 * MOST_CHARS]).strip()[:MOST_CHARS] for segment in parts.path.split("/") if segment
    ]
    if found and _INDEX.match(found[-1]):
        found.pop()
    return found[:MOST_SEGMENTS]


@lru_cache(maxsize=4_000)
def address_of(url: str) -> LinkAddress:
    """Take *url* apart; a route in its fragment, or the name of an item there, counts as path."""
    parts = _with_fragment(split(url))
    host = (parts.hostname or "").lower()
    is_dated = _DATED.search(parts.path) is not None
    found = _telling(segments(parts), is_dated=is_dated)
    names = tuple(_plain(segment) for segment in found)
    start = _job_start(names)
    kind = _query_kind(parts.query)
    if kind == "weak id" and names and _stands_for_jobs(names[-1]):
        kind = "id"  # `annuncio.php?id=8812`
    slug = _slug(found)
    behind = found if start is None else found[start + 1 :]
    in_query = kind in {"id", "weak id"}
    return LinkAddress(
        host=host,
        path=parts.path,
        query=parts.query,
        names=names,
        start=start,
        has_id=in_query or any(_is_id(segment) for segment in behind),
        query_kind=kind,
        slug=slug,
        reads_like_title=slug_reads_like_title(slug),
        is_document=bool(_DOCUMENT.search(parts.path)) or host in {"docs.google.com", "drive.google.com"},
        is_dated=is_dated,
        area=f"{host}/{found[0].lower()}" if len(found) > 1 else host,
        folder=f"{host}/{'/'.join(names)}?" if in_query else _folder(host, found),
    )


def is_list(names: tuple[str, ...]) -> bool:
    """Return whether plain segment names end in one that only names a list of jobs."""
    rest = list(names)
    while rest and (LOCALE.match(rest[-1]) or PAGING.match(rest[-1])):
        rest.pop()
    if not rest:
        return False
    if _is_job_name(rest[-1]) or rest[-1] in JOIN_US or _JOBS_PLACE.match(rest[-1]):
        return True
    words = set(tokens(rest[-1]))
    return bool(words & JOB_WORDS) and words <= (JOB_WORDS | LIST_WORDS | LOOSE_JOB_WORDS)


def tokens(name: str) -> list[str]:
    """Return the words of a segment."""
    return [token for token in _TOKENS.split(name) if token]


def _with_fragment(parts: SplitResult) -> SplitResult:
    fragment = parts.fragment
    if fragment.isdigit() and len(fragment) >= 4:
        tail = f"?id={fragment}"
    elif "/" in fragment or "=" in fragment:
        route = fragment.lstrip("!/")
        tail = route if "/" in route or "?" in route or "=" not in route else f"?{route}"
    elif fragment and slug_reads_like_title(unquote(fragment[:MOST_CHARS]).lower()):
        tail = fragment
    else:
        return parts
    return split(f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/{tail}")


def _telling(found: list[str], *, is_dated: bool) -> list[str]:
    """Drop dates, and a last segment such as `job` or `details` behind an id."""
    if is_dated:
        found = [segment for segment in found if not (segment.isdigit() and len(segment) in {1, 2, 4})]
    if len(found) > 2 and found[-1].lower() in _CLOSING and any(_is_id(segment) for segment in found[-3:-1]):
        return found[:-1]
    return found


def _job_start(names: tuple[str, ...]) -> int | None:
    best = None
    for index, name in enumerate(names[:-1]):
        if _stands_for_jobs(name) or (best is None and name in LOOSE_JOB_WORDS):
            best = index
    return best


def _folded(name: str) -> str:
    """Write a name without accents and with one mark between words, as most sites do in their paths."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("ı", "i"))
    return "".join(char for char in plain if not unicodedata.combining(char)).replace("_", "-")


_FOLDED_JOB_WORDS = frozenset(_folded(word) for word in JOB_WORDS if word.isascii() or _folded(word).isascii())


def _is_job_name(name: str) -> bool:
    return name in JOB_WORDS or _folded(name) in _FOLDED_JOB_WORDS


def _stands_for_jobs(name: str) -> bool:
    if gives_advice(name):
        return False
    words = tokens(name)
    return (
        _is_job_name(name)
        or name in JOIN_US
        or bool(_JOBS_PLACE.match(name))
        or (len(words) <= 5 and not JOB_WORDS.isdisjoint(words))
    )


def _query_kind(query: str) -> Query:
    kind: Query = ""
    for raw_name, raw_value in parse_qsl(query[:4_000], keep_blank_values=True):
        name, value = raw_name[:60], raw_value[:MOST_CHARS]
        has_digit = any(char.isdigit() for char in value)
        if _ID_NAMES.match(name) and (has_digit or len(value) >= 6):
            return "id"
        least = 4 if name.lower() == "p" else 2
        if _is_code(value) or (name.lower() in _WEAK_ID_NAMES and has_digit and len(value) >= least):
            kind = "weak id"
        elif _SEARCH_NAMES.match(name) and value.isdigit() and len(value) >= 4:
            kind = "weak id"  # nobody searches for a bare number: some sites ask for a post by it
        elif not kind and _FILTER_NAMES.match(name):
            kind = "filter"
        elif not kind and value.isdigit() and len(value) >= 2:
            kind = "number"  # of a post, or of whatever its name means: what stands beside it tells
    return kind


def _is_code(value: str) -> bool:
    return bool(_UUID.search(value)) or (len(value) >= 16 and bool(_HEX.match(value)))


def _is_id(segment: str) -> bool:
    name = _SUFFIX.sub("", segment)
    if _UUID.search(name) or _HEX.match(name):
        return True
    if _YEAR_ONLY.search(name):
        return False
    if _NUMBERED.search(name):
        return True
    digits = sum(char.isdigit() for char in name)
    return digits >= 3 and bool(_MIXED_CODE.match(name)) and "-" not in name.strip("-")


def _is_code_like(segment: str) -> bool:
    return len(segment) <= 40 and bool(_DIGITS.search(segment)) and not slug_reads_like_title(_plain(segment))


def _plain(segment: str) -> str:
    # `jobSearchDescription` and `ShowJob` are several words; a title in capitals or with an id stays as it is.
    bare = _SUFFIX.sub("", segment)
    if len(bare) <= 40 and bare.isalpha() and not bare.isupper():
        bare = _CAMEL.sub("-", bare)
    return bare.lower()


def _slug(found: list[str]) -> str:
    # The title may stand before a code: `/ad/brand-assistant/pc1kx1`.
    if len(found) > 1 and _is_code_like(found[-1]) and slug_reads_like_title(_plain(found[-2])):
        return _plain(found[-2])
    for segment in reversed(found[-4:]):
        name = _DOCUMENT.sub("", _plain(segment))
        is_code = _UUID.search(name) or _HEX.match(name)
        if len(name) > 2 and any(char.isalpha() for char in name) and name not in JOB_WORDS and not is_code:
            return name
    return _plain(found[-1]) if found else ""


def _folder(host: str, found: list[str]) -> str:
    return "/".join([host, *(_DIGITS.sub("0", segment.lower()) for segment in found[:-1])])
