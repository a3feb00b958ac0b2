"""Lines of a file with columns become rows, whatever its encoding, delimiter, quotes and line ends."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from jpt.errors import InputError
from jpt.text.counts import counted
from jpt.text.decoding import encoding_of


@dataclass(frozen=True, slots=True)
class FileLine:
    """A physical line of the file, without its end."""

    number: int
    text: str
    is_unicode: bool


def lines_of(file: BinaryIO) -> Iterator[FileLine]:
    """The physical lines of the file, without their ends."""
    encoding = encoding_of(file.read(4_096))
    file.seek(0)
    # Bytes that are not UTF-8 come through as lone surrogates and are read anew, line by line: one bad
    # byte must not spoil the other names, which are what sites are known by.
    errors = "surrogateescape" if encoding == "utf-8-sig" else "replace"
    with io.TextIOWrapper(file, encoding, errors, newline=None) as text:
        for number, line in enumerate(text, start=1):
            content = line.removesuffix("\n").replace("\x00", "")
            if content.isascii() or not _STRAY_BYTE.search(content):
                yield FileLine(number, content, is_unicode=True)
            else:
                raw = content.encode("utf-8", "surrogateescape")
                yield FileLine(number, raw.decode("cp1252", "replace"), is_unicode=False)


_STRAY_BYTE = re.compile("[\udc80-\udcff]")


_LONGEST_LINE = 100_000
_MOST_JOINED = 5
"""Lines that one quoted field may span."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row: its fields, or why it has none."""

    number: int
    fields: tuple[str, ...] = ()
    fault: str = ""


def records(lines: Iterator[FileLine], delimiter: str) -> Iterator[Record]:
    """The rows that are not empty, each with the number of its first line."""
    waiting: list[FileLine] = []
    while line := (waiting.pop(0) if waiting else next(lines, None)):
        if _is_blank(line.text):
            continue
        if len(line.text) > _LONGEST_LINE:
            yield Record(line.number, fault=f"it has {len(line.text):,} characters; write a company and its URL")
            continue
        fields = _fields([line.text], delimiter)
        if fields is None:
            waiting += islice(lines, _MOST_JOINED - len(waiting))
            fields, used = _joined(line.text, waiting, delimiter)
            del waiting[:used]
        if fields is None:
            yield Record(line.number, fault="it opens a quotation mark and never closes it; put both or none")
        elif any(fields):
            yield Record(line.number, tuple(fields))


def _joined(text: str, following: list[FileLine], delimiter: str) -> tuple[list[str] | None, int]:
    """The fields of a row whose quotes do not close on its line, and how many of the following lines it took."""
    texts = [text]
    for used, line in enumerate(following, start=1):
        # A forgotten quotation mark would swallow other rows: they have no mark that could close it, or
        # the field that it makes has their URL in it.
        if line.text.count('"') % 2 == 0 and _row_in([line.text], delimiter):
            break
        texts.append(line.text)
        fields = _fields(texts, delimiter)
        if fields:
            return (None, 0) if any("\n" in cell and "://" in cell for cell in fields) else (fields, used)
    return None, 0


def _fields(texts: list[str], delimiter: str) -> list[str] | None:
    """The fields of exactly one row; None when a quotation mark stays open."""
    strict = texts[0].count('"') % 2 == 1 or len(texts) > 1
    reader = csv.reader((text + "\n" for text in texts), delimiter=delimiter, skipinitialspace=True, strict=strict)
    try:
        rows = list(reader)
    except csv.Error:
        return None
    return [cell.strip() for cell in rows[0]] if len(rows) == 1 else None


def _is_blank(text: str) -> bool:
    text = text.lstrip("\ufeff \t")
    return not text or text.startswith("#")


_DELIMITERS = (",", ";", "\t", "|")
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
"""The first line in which Excel names its delimiter."""


def delimiter_of(texts: list[str]) -> str:
    """What parts a company from a URL in most lines; a comma when nothing does."""
    rows = [text for text in texts if not _is_blank(text) and len(text) < _LONGEST_LINE]
    return max(_DELIMITERS, key=lambda delimiter: sum(_row_in([text], delimiter) for text in rows))


def _row_in(texts: list[str], delimiter: str) -> bool:
    fields = _fields(texts, delimiter) or []
    return len(fields) > 1 and any(is_web(cell) for cell in fields)


def is_web(text: str) -> bool:
    """Return whether *text* begins like the address of a page."""
    return text[:8].lower().startswith(("http://", "https://"))


def none_usable(path: Path, count: int, faults: Sequence[str], advice: str) -> InputError:
    """Return the error for a file whose *count* lines are all unusable, with the first *faults* in detail."""
    left = count - len(faults)
    more = [f"And {counted(left, 'more line')} like these."] if left > 0 else []
    return InputError(f"{path} has no usable line ({count:,} invalid). {advice}", details=(*faults, *more))
