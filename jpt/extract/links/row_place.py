"""The place that the row of a list shows beside a job's title. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jpt.models.places import JobPlace
from jpt.places.gazetteer import meanings
from jpt.places.parsing import ParsedPlace, read_places
from jpt.places.wording import WORDS
from jpt.text.clean import clean_line
from jpt.text.late import late

MOST_ROW = 300
"""A longer row is a text, whose places need not be the job's."""
_MOST_WORDS = 8
_LONGEST_NAME = 40
_MOST_STARTS = 30
_KNOWN = 34
"""A city that stands for itself: 130,000 people."""


@lru_cache(maxsize=8_192)
def row_place(row: str, title: str) -> str:
    """Return the words of *row*, the text of a list's row, that are places; empty if none are.

    Behind the title a row has columns, marks or nothing between its parts: `Berlin, Germany Full-time Design`.
    """
    if not title or len(row) >= MOST_ROW:
        return ""
    parts = [_LABEL.sub("", part) for part in _MARKS.split(_behind(row, title))]
    found = list(dict.fromkeys(words for part in parts for words in _places(part.strip())))
    return "; ".join(found[:8])


def marked_place(words: str) -> str:
    """Return *words*, which the markup of a row calls its place, if they name one that is known or may be one."""
    words = _LABEL.sub("", words) if words else ""
    said = read_places(words)
    may_be = len(said) == 1 and len(words) <= _LONGEST_NAME and not _OTHER.search(words)
    return words if any(one.known for one in said) or may_be else ""


def _behind(row: str, title: str) -> str:
    """Return *row* without its title; what stands in front of it is seldom the place."""
    at = row.casefold().find(title.casefold())
    if at < 0:
        return ""
    return f"{row[at + len(title) :]} | {row[:at]}"


def _places(part: str) -> Iterator[str]:
    words = part.split()
    at = 0
    while at < min(len(words), _MOST_STARTS):
        ends = range(min(len(words), at + _MOST_WORDS), at, -1) if _may_begin(words[at : at + 4]) else ()
        longest = next((last for last in ends if _is_place(words[at:last])), 0)
        longest = next((last for last in range(at + 1, longest) if _is_border(words, at, last, longest)), longest)
        if longest:
            yield clean_line(" ".join(words[at:longest]).strip(" ,;"), 120)
        at = longest or at + 1


def _is_border(words: list[str], at: int, last: int, end: int) -> bool:
    """Return whether two places stand side by side, with nothing between them: `London, UK New York, NY`."""
    if words[last - 1].endswith((",", ";")) or not _ends(words[last - 1]) or not _ends(words[last]):
        return False
    left = words[at:last]
    anchored = all(one.anchored or one.place.city is None for one in read_places(" ".join(left)))
    return anchored and _is_place(left) and _is_place(words[last:end])


def _may_begin(words: list[str]) -> bool:
    """Return whether a place may begin here: looked up before whole spans are read, which costs more."""
    if not words[0][:1].isupper() and not words[0][:1].isdigit() and words[0][:1].isascii():
        return False
    firsts = (" ".join(words[:number]).strip(" ,;()") for number in range(1, len(words) + 1))
    return bool(_REMOTE.match(words[0]) or "-" in words[0] or any(map(meanings, firsts)))


def _is_place(words: list[str]) -> bool:
    said = read_places(" ".join(words).strip(" ,"))
    said_all = bool(said) and all(map(_is_sure, said))
    # Every word belongs to the place: what the parser leaves aside is another column.
    return said_all and not _OTHER.search(" ".join(words)) and words[0][:1].isupper() and _ends(words[-1])


def _is_sure(said: ParsedPlace) -> bool:
    place = said.place
    if not said.known or not said.in_table:
        return False
    if place == JobPlace(remote=True) or place.city is None:
        return place.country is None or place.region is not None or place.remote or said.known
    if place.city.lower() in WORDS and not said.anchored:
        return False
    return said.anchored or any(one.kind == "city" and one.weight >= _KNOWN for one in meanings(place.city))


def _ends(word: str) -> bool:
    return word.lower().strip(",") not in _JOINTS and not word.isdigit()


_REMOTE = late(r"\(?(?:remote|home|télétravail|teletrabajo|100)", re.IGNORECASE)
_JOINTS = frozenset({"in", "within", "or", "and", "und", "oder", "/", "-", "–", "the", "from", "&"})
_MARKS = late(r"[·•|\t]|\s{3,}")
_LABEL = late(r"^\W*(?:locations?|standorte?|ort|lieu|ubicaci[oó]n|locatie|plats|sede)\s*:?\s+", re.IGNORECASE)
_OTHER = late(
    r"\b(?:full|part|time|teilzeit|vollzeit|permanent|contract|temporary|intern(?:ship)?|apply|now|view|posted|ago|today"
    r"|days?|engineer\w*|sales|marketing|design|product|data|support|team|department|job|jobs|role|details|more|read|save|share"
    r"|senior|junior)\b|\d{3,}",
    re.IGNORECASE,
)
