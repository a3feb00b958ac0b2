"""Parsing of answers: a missing field that must be there means a changed shape, and a FeedFault. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import escape, unescape
from typing import Any
from xml.etree import ElementTree as ET

from jpt.errors import FeedFault
from jpt.models.pages import Salary
from jpt.text import moments
from jpt.text.numbers import decimal, whole

Node = dict[str, Any]


def loaded(text: str, title: str) -> Any:
    """Parse JSON; raises FeedFault. Halves of characters, which escapes can make, become question marks."""
    text = text.removeprefix(_GUARD).lstrip(", \t\r\n")
    try:
        value = json.loads(text)
        if not _HALF.search(text):
            return value
        return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise FeedFault(f"{title} answers with something else than JSON: {_start(text)}") from None


def parsed_xml(text: str, title: str) -> ET.Element:
    """Parse XML; raises FeedFault, for a document with entities of its own too."""
    text = text.lstrip()
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text[:100_000], re.IGNORECASE):
        raise FeedFault(f"{title} answers with a page or a document type instead of a feed")
    # It is a text by now: the encoding that it declares for its bytes no longer holds.
    parser = ET.XMLParser(encoding="utf-8")  # noqa: S314  without entities of its own it is only as long as it is
    try:
        return ET.fromstring(text.encode(), parser)  # noqa: S314
    except (ET.ParseError, ValueError, UnicodeError):
        raise FeedFault(f"{title} answers with something else than XML: {_start(text)}") from None


def as_xml(text: str) -> str:
    """Repair careless XML: stray `&`, entities of HTML, control characters.

    CDATA keeps its `&`.
    """
    return "".join(
        _CONTROLS.sub(" ", part) if is_cdata else _CARELESS.sub(_mended, part) for part, is_cdata in by_cdata(text)
    )


def by_cdata(text: str) -> Iterator[tuple[str, bool]]:
    """Give the parts of *text* in order, and whether each is a whole CDATA section; in linear time.

    A section ends at the first mark of an end (XML 1.0, 2.7); one without an end is none.
    """
    at = 0
    while (begin := text.find("<![CDATA[", at)) >= 0 and (end := text.find("]]>", begin)) >= 0:
        yield text[at:begin], False
        yield text[begin : end + 3], True
        at = end + 3
    yield text[at:], False


def _mended(found: re.Match[str]) -> str:
    written: str = found[0]
    if written == "&":
        return "&amp;"
    if not written.startswith("&"):
        return " "
    name = written[1:-1] if written.endswith(";") else ""
    if name in _NAMES_OF_XML:
        return written
    said = unescape(written) if name else written
    # An invalid number comes back unchanged, empty or as U+FFFD.
    return " " if name.startswith("#") and said in {"", "\ufffd", written} else escape(_CONTROLS.sub(" ", said))


def node(value: Any, what: str) -> Node:
    """Take *value* as an object; raises FeedFault."""
    if not isinstance(value, dict):
        raise FeedFault(f"{what} is not as it was: {type(value).__name__} instead of an object")
    return value


def rows(value: Any, what: str) -> list[Any]:
    """Take *value* as a list; raises FeedFault."""
    if not isinstance(value, list):
        raise FeedFault(f"{what} is not as it was: {type(value).__name__} instead of a list")
    return value


def need(item: Any, name: str, what: str) -> str:
    """Give the text or number *name* of *item*; raises FeedFault without it."""
    found = text_at(item, name)
    if not found:
        raise FeedFault(f"{what} without {name!r}: the shape of the answer has changed")
    return found


def address_in(item: Node, name: str, what: str) -> str:
    """Give the address *name* of *item*; raises FeedFault without it, and for what is none."""
    found = need(item, name, what)
    if not found.startswith(("https://", "http://")):
        raise FeedFault(f"{what} has {found[:40]!r} for its address: the shape of the answer has changed")
    return found


def count(item: Node, name: str) -> int | None:
    """Give the whole number *name* of *item*, if it has one."""
    return whole(item.get(name), high=_MOST)


def no_further(*nodes: Any) -> None:
    """Raise FeedFault if an answer announces further ones in an unknown way."""
    for item in nodes:
        for name, value in item.items() if isinstance(item, dict) else ():
            if value and not isinstance(value, float) and _FURTHER.fullmatch(name):
                raise FeedFault(f"the answer says {name!r}: there is more than it lists")


def text_of(value: Any) -> str:
    """Give a text or number as a text; empty for everything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def inner(item: Any, *path: str) -> Any:
    """Give the value at *path* in nested objects, or None."""
    for name in path:
        item = item.get(name) if isinstance(item, dict) else None
    return item


def text_at(item: Any, *path: str) -> str:
    """Give the text at *path*; empty without one."""
    return text_of(inner(item, *path))


def items(value: Any) -> Iterator[Any]:
    """Give the members of a list; nothing for what is none."""
    yield from value if isinstance(value, list) else ()


def joined(*parts: str, by: str = ", ") -> str:
    """Join the parts that are not empty, each once."""
    return by.join(dict.fromkeys(part for part in map(str.strip, parts) if part))


def in_country(place: str, country: str) -> str:
    """Append *country*, a name or an ISO code, to *place* unless that seems to name one."""
    if not place or not country:
        return place or country
    last = place.rpartition(",")[2].strip()
    names_one = "," in place and len(last) > 3
    return place if names_one or country.casefold() in place.casefold().split(", ") else f"{place}, {country}"


def number(value: Any) -> float | None:
    """Give a positive number, also from a text of digits."""
    return decimal(value, high=_MOST) or None


def salary(low: Any, high: Any, currency: str, per: str = "") -> Salary | None:
    """Give the pay from *low* to *high*; None where neither is a number."""
    least, most = number(low), number(high)
    return Salary(least, most, currency, per) if least or most else None


def day(value: Any) -> str:
    """Give a date as YYYY-MM-DD from ISO text, an RFC 822 date, or seconds or milliseconds; empty without one."""
    found = moments.day(value)
    return found.isoformat() if found else ""


def days_ago(words_: str, today: date) -> str:
    """Give the day that `Posted 3 Days Ago` means; empty for `30+ Days Ago` and for other languages."""
    text = words_.lower()
    if "today" in text:
        return today.isoformat()
    if "yesterday" in text:
        return (today - timedelta(days=1)).isoformat()
    found = re.search(r"(?<!\S)([0-9]{1,3}) days? ago", text)
    return (today - timedelta(days=int(found[1]))).isoformat() if found else ""


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CARELESS = re.compile(rf"&(?:#?[0-9A-Za-z]{{1,32}};)?|{_CONTROLS.pattern}")
_NAMES_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_GUARD = ")]}'"
"""Some servers put it before JSON, so that no script of another site can run it; a comma may follow."""
_MOST = 10**9
"""Limit of counts of jobs and of pay: larger numbers are ignored."""
_HALF = re.compile(r"\\ud[89a-f]", re.IGNORECASE)


def _start(text: str) -> str:
    return " ".join(text[:60].split()) or "nothing"


_FURTHER = re.compile(
    r"next|next_?(?:page|url|link|cursor|token|page_?token)|has_?(?:more|next)(?:_?pages?)?|cursor|continuation_?\w*"
    r"|truncated|is_?truncated",
    re.IGNORECASE,
)
