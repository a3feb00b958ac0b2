"""The table of places, searched by name. Pure; read from its file when first asked.

`places.tsv.xz` is written by `tests/accuracy/make_places.py`. It holds a name a line, sorted by bytes, in streams
of some 64 kB one after the other; the first one names the first line of each, and its length. A look-up unpacks
one of them, for the whole table takes longer than all that is read of a page.
"""

from __future__ import annotations

import lzma
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import Literal

from jpt.places.names import folded

Kind = Literal["city", "region", "county", "country", "area"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a name may stand for."""

    kind: Kind
    country: str
    """ISO 3166-1 alpha-2; empty for an area of several."""
    region: str
    """ISO 3166-2 of the region that it is, or lies in; empty where it has none."""
    weight: int
    """Twice the power of two of its people; less in countries whose posts are seldom read."""
    name: str
    """Its usual name."""


def meanings(name: str) -> tuple[Meaning, ...]:
    """Return what *name* may stand for, the largest first; none where nobody knows it."""
    return _found(folded(name)) if name else ()


def of_code(*parts: str) -> tuple[Meaning, ...]:
    """Return the country of an ISO code (DE, DEU) or the region of one (US, CA)."""
    return _found("=" + "-".join(parts).lower())


@lru_cache(maxsize=32_768)
def begins_name(word: str) -> bool:
    """Return whether *word*, or a part of it between marks, is the first word of any name: quick, and kept."""
    return any(_begins(part.encode()) for part in folded(word).split())


@lru_cache(maxsize=256)
def countries_of(area: str) -> frozenset[str]:
    """Return the countries of the area with that name, like EMEA or EU."""
    found = _found("=area " + folded(area))
    return frozenset(found[0].name.split()) if found else frozenset()


@dataclass(frozen=True, slots=True)
class _Table:
    """The packed table."""

    packed: bytes
    firsts: tuple[bytes, ...]
    """The first line of each stream, up to its name's end."""
    starts: tuple[int, ...]
    """Where each begins, and where the last one ends."""

    @classmethod
    def read(cls) -> _Table:
        opener = lzma.LZMADecompressor()
        named = opener.decompress((files("jpt.places") / "places.tsv.xz").read_bytes())
        rows = [line.rsplit(b"\t", 1) for line in named.splitlines() if not line.startswith(b"#")]
        starts = accumulate((int(length) for _, length in rows), initial=0)
        return cls(opener.unused_data, tuple(first for first, _ in rows), tuple(starts))


@lru_cache(maxsize=1)
def _table() -> _Table:
    return _Table.read()


@lru_cache(maxsize=128)
def _stream(number: int) -> bytes:
    table = _table()
    return lzma.decompress(table.packed[table.starts[number] : table.starts[number + 1]])


def _lines(key: bytes) -> bytes:
    """Return the lines among which that of *key* stands."""
    return _stream(max(0, bisect_right(_table().firsts, key) - 1))


@lru_cache(maxsize=16_384)
def _found(key: str) -> tuple[Meaning, ...]:
    if not key:
        return ()
    wanted = key.encode() + b"\t"
    table = _lines(wanted[:-1])
    start = _first_line(table, wanted)
    line = table[start : table.find(b"\n", start)]
    return tuple(_meanings(key, line[len(wanted) :].decode())) if line.startswith(wanted) else ()


def _begins(word: bytes) -> bool:
    table = _lines(word)
    start = _first_line(table, word + b"\t")
    if start < len(table):
        return table.startswith((word + b"\t", word + b" "), start)
    # A stream may end before the first name of two words.
    firsts = _table().firsts
    following = bisect_right(firsts, word)
    return following < len(firsts) and firsts[following].startswith(word + b" ")


def _first_line(table: bytes, wanted: bytes) -> int:
    """Return where the first line of *table* stands that is not less than *wanted*; its end where all are."""
    low, high = 0, len(table)
    while low < high:
        middle = (low + high) // 2
        start = table.rfind(b"\n", low, middle) + 1 or low
        end = table.index(b"\n", middle)
        if table[start : start + len(wanted)] < wanted:
            low = end + 1
        else:
            high = start
    return low


_KINDS: dict[str, Kind] = {"T": "city", "R": "region", "S": "county", "C": "country", "A": "area"}


def _meanings(key: str, said: str) -> Iterator[Meaning]:
    for one in said.split("\t"):
        code, weight, name = one[1:].split(":", 2)
        kind = _KINDS[one[0]]
        country, _, within = code.partition("-")
        yield Meaning(
            kind,
            "" if kind == "area" else country,
            code if within and kind != "area" else "",
            int(weight),
            name or (code if kind == "area" else key.title()),
        )
