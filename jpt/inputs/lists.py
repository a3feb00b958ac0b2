"""Lists of companies as people keep them: CSV, lines, bookmarks, OPML, Markdown. Pure but for `read`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from jpt.errors import InputError
from jpt.identity.aggregators import aggregator
from jpt.identity.urls import openable
from jpt.text.clean import clean_line
from jpt.text.decoding import decoded
from jpt.text.html import labelled

MOST_BYTES = 10_000_000
MOST_ENTRIES = 5_000
_LONGEST = 120
_LONGEST_LINE = 4_000


@dataclass(frozen=True, slots=True)
class ListedCompany:
    """A company of a list."""

    url: str
    name: str = ""
    """As the list calls it; empty if it gives the address alone."""


@dataclass(frozen=True, slots=True)
class ParsedList:
    """What a list names."""

    entries: tuple[ListedCompany, ...]
    """Each address once, in order."""
    without: tuple[str, ...] = ()
    """Lines that name something without an address."""


def read(path: Path) -> ParsedList:
    """Read the list in a file; raises InputError if it cannot be read or names no address."""
    try:
        if not path.is_file():
            raise InputError(f"{path} is not a file. Give one that lists companies with their addresses.")
        with path.open("rb") as opened:
            text = decoded(opened.read(MOST_BYTES))
    except OSError as exc:
        raise InputError(f"{path} cannot be read: {exc.strerror}.") from exc
    found = listed(text)
    if not found.entries:
        raise InputError(f"{path} contains no address. Give a list with an address (https://…) for each company.")
    return found


def listed(text: str) -> ParsedList:
    """Read a list, in whichever of the forms it is."""
    without: list[str] = []
    if _OPML.search(text[:5_000]):
        pairs = list(_opml(text))
    elif _HTML.search(text[:5_000]):
        pairs = list(_html(text))
    else:
        pairs, without = _table(text) or _lines(text)
    found: dict[str, ListedCompany] = {}
    for name, typed in pairs:
        if (url := _address(typed)) and len(found) < MOST_ENTRIES:
            found.setdefault(url, ListedCompany(url, clean_line(name, _LONGEST)))
    return ParsedList(tuple(found.values()), tuple(clean_line(line, _LONGEST) for line in without))


def _address(typed: str) -> str | None:
    typed = typed.strip().strip("<>")
    if "://" in typed:
        return openable(typed) if typed.lower().startswith(("http://", "https://")) else None
    return openable(f"https://{typed}") if _HOST.fullmatch(typed) else None


def _opml(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pages of the outlines, and of feeds that name none the feed itself."""
    found: list[tuple[str, str]] = []

    def label(tag: str, attributes: Mapping[str, str]) -> str:
        said = {name.lower(): value for name, value in attributes.items()}
        if tag == "outline" and (url := said.get("htmlurl") or said.get("url") or said.get("xmlurl")):
            found.append((said.get("title") or said.get("text") or "", url))
        return ""

    with suppress(ValueError):
        labelled(text, label)
    yield from found


def _html(text: str) -> Iterator[tuple[str, str]]:
    """Yield the links of a page of bookmarks."""
    with suppress(ValueError):  # what lies in itself without end is no list of anybody's
        for url, name in labelled(text, lambda tag, attributes: attributes.get("href", "") if tag == "a" else ""):
            yield name, url


def _table(text: str) -> tuple[list[tuple[str, str]], list[str]] | None:
    """Read a CSV whose header names a column of addresses; None if it has none."""
    lines = text.splitlines()
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    head = lines[first] if lines else ""
    delimiter = max("\t;,", key=head.count)
    columns = [cell.casefold() for cell in _cells(head, delimiter)]
    careers, sites, names = (
        [place for place, column in enumerate(columns) if pattern.search(column)]
        for pattern in (_CAREERS_COLUMN, _SITE_COLUMN, _NAME_COLUMN)
    )
    if len(columns) < 2 or not (careers or sites) or any(_URL.search(column) for column in columns):
        return None
    pairs: list[tuple[str, str]] = []
    without: list[str] = []
    name_at = next((place for place in names if place not in {*careers, *sites}), None)
    try:
        for row in csv.reader(lines[first + 1 :], delimiter=delimiter):
            cells = [cell.strip() for cell in row]
            name = cells[name_at] if name_at is not None and name_at < len(cells) else ""
            given = (cells[place] for place in (*careers, *sites) if place < len(cells))
            address = next((cell for cell in given if _address(cell)), "")
            if address:
                pairs.append((name, address))
            elif any(cells):
                without.append(name or ", ".join(filter(None, cells)))
    except csv.Error:
        return None
    return (pairs, without) if pairs else None


def _lines(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    pairs: list[tuple[str, str]] = []
    without: list[str] = []
    is_code = False
    for line in text.splitlines():
        bare = line.strip()[:_LONGEST_LINE]
        if bare.startswith(("```", "~~~")):
            is_code = not is_code
        if not bare or bare.startswith(("#", "//", "<!--", "```", "~~~")) or _RULE.fullmatch(bare):
            continue
        found = list(_markdown(bare)) or list(_plain(bare))
        pairs += found
        if not found and not is_code and not _PROSE.search(bare):
            without.append(bare)
    return pairs, without


def _markdown(line: str) -> Iterator[tuple[str, str]]:
    """Yield the company of a table's row or an item, named by its first cell that is words."""
    links = [(name, url) for name, url in _LINK.findall(line) if not _IMAGE.search(url)]
    if not line.startswith("|") and line.count("|") < 2:
        if links and (_ITEM.match(line) or len(links) == 1):
            yield links[0][0], _best(url for _, url in links)
        return
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    first = next((words for cell in cells if (words := _words(cell))), "")
    addresses = [url for _, url in links] or [found[0] for cell in cells if (found := _URL.search(cell))]
    if addresses:
        yield first, _best(addresses)


def _best(addresses: Iterable[str]) -> str:
    """Choose the page of jobs among the addresses of one company, not one of a site that gathers others' jobs."""
    return min(addresses, key=lambda url: (bool(aggregator(url)), not _CAREERS.search(url)))


def _words(cell: str) -> str:
    """Return what a cell says without its markup; empty for a bare address."""
    text = _LINK.sub(r"\1", _PICTURE.sub("", cell)).strip("*_` ")
    return "" if _URL.search(text) or not re.search(r"\w", text) else text


def _plain(line: str) -> Iterator[tuple[str, str]]:
    """Yield the company of a line: a CSV row in any order, or an address with a name before it."""
    if found := _URL.search(line):
        before = line[: found.start()].strip(' ,;|\t"-–—:*')
        cells = _cells(line)
        # A name may hold a comma of its own; in a row the address is a cell alone.
        is_row = any(_URL.fullmatch(cell) for cell in cells)
        names = [cell for cell in cells if cell and not _URL.search(cell)] if is_row else [before]
        yield next(iter(names), before), found[0]
        return
    hosts = [cell for cell in _cells(line) if _HOST.fullmatch(cell)]
    if hosts:
        yield next((cell for cell in _cells(line) if cell and cell not in hosts), ""), hosts[0]


def _cells(line: str, delimiter: str = "") -> list[str]:
    delimiter = delimiter or next((one for one in ("\t", ";") if one in line), ",")
    try:
        cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))
    except (StopIteration, csv.Error):
        cells = [line]
    return [cell.strip().removeprefix("- ").removeprefix("* ").strip() for cell in cells]


_OPML = re.compile(r"<opml\b", re.IGNORECASE)
_HTML = re.compile(r"<!doctype\s+(?:netscape-bookmark|html)|<html\b|<dl\b|<body\b", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s,;|\"<>)\]]+", re.IGNORECASE)
_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::[0-9]{1,5})?(?:/[^\s]*)?", re.IGNORECASE
)
_LINK = re.compile(r"(?<!!)\[([^\]\[]{0,200})\]\(<?(https?://[^\s)>\[]{1,2000})>?[^)\[]{0,200}\)", re.IGNORECASE)
_PICTURE = re.compile(r"!\[[^\]\[]{0,200}\]\([^)]{0,2000}\)")
_ITEM = re.compile(r"(?:[-*+]|[0-9]{1,4}[.)])\s")
_IMAGE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp)(?:\?|$)|shields\.io|badge", re.IGNORECASE)
_CAREERS = re.compile(r"career|jobs?\b|hiring|karriere|vacanc|stellen|work-with|join", re.IGNORECASE)
_RULE = re.compile(r"[|:\s=*_-]+")
_PROSE = re.compile(r"[.!?]\s|[.!?:]$")
_CAREERS_COLUMN = re.compile(r"career|jobs?\b|hiring|vacanc")
_SITE_COLUMN = re.compile(r"^(?:url|link|web ?site|web|homepage|home page|domain|company ?url|address)$|website")
_NAME_COLUMN = re.compile(r"^(?:company|name|company ?name|organi[sz]ation|employer|title)$|company|name")
