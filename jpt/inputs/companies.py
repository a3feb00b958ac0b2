"""inputs/companies.csv becomes a list of companies, and every line that cannot be used is named."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, get_args

from jpt.errors import InputError
from jpt.identity.urls import MAX_CHARS, key_of, openable
from jpt.inputs.rows import SEPARATOR_LINE, FileLine, Record, delimiter_of, is_web, lines_of, none_usable, records
from jpt.models.pages import Company, Via
from jpt.text.clean import clean_line
from jpt.text.counts import counted
from jpt.text.durations import seconds_of

MAX_BYTES = 50_000_000
MAX_COMPANIES = 250_000
"""More would take three days to visit at one page a second, and 200 MB to hold."""
MOST_PROBLEMS = 10_000
"""Problems named one by one; further ones are counted."""

MOST_LISTED = 50
"""Bad lines named one by one if no line is usable: more would hide the sentence after them."""

_EXAMPLE = "Acme,https://www.acme.example/careers"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a line."""

    line: int
    """Physical line, from 1."""
    sentence: str
    bad: bool
    """Whether the line is ignored; False if it is used, or another one like it."""


@dataclass(frozen=True, slots=True)
class CompanyList:
    """What a file lists."""

    companies: tuple[Company, ...]
    problems: tuple[Problem, ...]


def read_companies(path: Path, *, may_be_empty: bool = False) -> CompanyList:
    """Read *path* as `company,url` lines, with or without a header.

    Takes UTF-8, UTF-16 and Windows-1252; commas, semicolons, tabs or bars; quotes, comments (#) and any
    line ends. Raises InputError when the file cannot be read or has no usable line; a list that is only begun
    (a header, comments) is one without companies where it *may_be_empty*.
    """
    reading = _Reading(path)
    try:
        with _opened(path) as file:
            reading.read(lines_of(file))
    except OSError as exc:
        reason = exc.strerror or type(exc).__name__
        raise InputError(f"{path} cannot be read: {reason}. Correct that, or name another with --csv.") from exc
    return reading.result(may_be_empty=may_be_empty)


def layout_of(path: Path, name: str, url: str) -> tuple[str, list[str]]:
    """Return the delimiter of the list, and the cells of a row for *name* and *url* in its columns."""
    with _opened(path) as file:
        delimiter, head = _delimiter(lines_of(file))
    first = next(records(iter(head), delimiter), None)
    columns = _header(first.fields) if first else None
    if columns is None:
        return delimiter, [name, url]
    cells = [""] * columns.width
    cells[columns.company], cells[columns.url] = name, url
    return delimiter, cells


def _delimiter(lines: Iterator[FileLine]) -> tuple[str, list[FileLine]]:
    """Return the delimiter, and the first lines of the file, without the one in which Excel names it."""
    head = list(islice(lines, 200))
    named = SEPARATOR_LINE.fullmatch(head[0].text.strip()) if head else None
    return (named[1], head[1:]) if named else (delimiter_of([line.text for line in head]), head)


def _opened(path: Path) -> BinaryIO:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise InputError(
            f"{path} does not exist. `jpt add URL` creates it, with lines such as '{_EXAMPLE}'; --csv names "
            "another list."
        ) from None
    except ValueError:
        raise InputError(f"{str(path)!r} is not a name that a file can have.") from None
    if stat.S_ISDIR(status.st_mode):
        raise InputError(
            f"{path} is a folder. Name the file with the companies, such as {path / 'companies.csv'}."
        )
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{path} is not a regular file. Save the list of companies as one.")
    if status.st_size > MAX_BYTES:
        raise InputError(
            f"{path} has {status.st_size / 1e6:,.0f} MB and {MAX_BYTES // 10**6} MB are the most: split it, "
            "or check whether it is a list of companies at all."
        )
    return path.open("rb")


_COMPANY_WORDS = ("company", "company_name", "name", "employer", "organisation", "organization", "firm", "site")
_URL_WORDS = (
    "careers_url", "career_url", "careers_page", "careers_link", "jobs_url", "job_url", "url", "link", "page",
    "careers", "career_page", "jobs", "address", "href", "website",
)  # fmt: skip
"""Header words, the most telling first."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the header says that things are."""

    company: int
    url: int
    width: int
    every: int | None = None
    via: int | None = None


class _UnusableError(ValueError):
    """Why a row cannot be used."""


def _header(fields: tuple[str, ...]) -> _Columns | None:
    words = [re.sub(r"[\s_-]+", "_", clean_line(cell).lower()) for cell in fields]
    company = next((words.index(word) for word in _COMPANY_WORDS if word in words), None)
    url = next((words.index(word) for word in _URL_WORDS if word in words), None)
    every = words.index("every") if "every" in words else None
    via = words.index("via") if "via" in words else None
    return None if company is None or url is None else _Columns(company, url, len(fields), every, via)


def _company(record: Record, columns: _Columns | None, delimiter: str) -> tuple[Company, list[str]]:
    """Return the company of a row, and what is wrong with other cells of it. Raises _UnusableError."""
    if record.fault:
        raise _UnusableError(record.fault)
    pair = _by_header(record.fields, columns, delimiter) if columns else _by_place(record.fields)
    name, url = pair if is_web(pair[1]) or not is_web(pair[0]) else pair[::-1]
    name, url = clean_line(name), url.strip("\u200b\u200e\u200f\ufeff \xa0")
    usable = openable(url)
    if not name or not usable or is_web(name) or _CREDENTIALS.match(url):
        raise _UnusableError(_fault(name, url, usable))
    every_s, every_fault = _every(_cell(record.fields, columns.every if columns else None))
    via, via_fault = _via(_cell(record.fields, columns.via if columns else None))
    return Company(name, usable, record.number, every_s, via), list(filter(None, [every_fault, via_fault]))


def _cell(fields: tuple[str, ...], place: int | None) -> str:
    return clean_line(fields[place]) if place is not None and place < len(fields) else ""


def _every(text: str) -> tuple[float | None, str]:
    """Return a row's own interval in seconds, if it has one, and what is wrong with it."""
    try:
        return (seconds_of(text) if text else None), ""
    except ValueError as exc:
        return None, f"the column 'every' is ignored: expected {exc}, got {text[:40]!r}."


def _via(text: str) -> tuple[Via, str]:
    """Return how a row's page is to be read, and what is wrong with what it says."""
    way = next((way for way in get_args(Via) if way == text.lower()), None)
    if way or not text:
        return way or "auto", ""
    return "auto", f"the column 'via' is ignored: it is {text.lower()!r}, not auto, feed, http or browser."


def _by_header(fields: tuple[str, ...], columns: _Columns, delimiter: str) -> tuple[str, str]:
    url = fields[columns.url : columns.url + 1]
    if any(fields[columns.width :]):
        # A URL with a comma in it, when nothing else comes after it.
        url = fields[columns.url :]
        if columns.url != columns.width - 1 or not is_web(url[0]) or any(" " in cell for cell in url):
            raise _UnusableError(
                f"it has {len(fields)} columns, the header {columns.width}; quote cells that contain {delimiter!r}"
            )
    return "".join(fields[columns.company : columns.company + 1]), delimiter.join(url).rstrip(delimiter)


def _by_place(fields: tuple[str, ...]) -> tuple[str, str]:
    while len(fields) > 2 and not fields[-1]:
        fields = fields[:-1]
    if len(fields) == 3 and fields[0].isdigit() and is_web(fields[2]):
        fields = fields[1:]
    if len(fields) > 2:
        raise _UnusableError(
            f"it has {len(fields)} columns and no header names them; quote a URL that contains a comma, "
            "or write a first line such as company,url,notes"
        )
    return fields[0], "".join(fields[1:])


def _fault(name: str, url: str, usable: str | None) -> str:
    """Why these two are not a company and its page."""
    if _CREDENTIALS.match(url):
        # Not shown: it may be a real password.
        return "the URL contains a user name or password; remove it"
    got = f"expected a company and an http(s) URL, got {clean_line(name, 80)!r} and {clean_line(url, 200)!r}; "
    return got + ("write the company's name too" if usable else _advice(url))


_CREDENTIALS = re.compile(r"https?://[^/?#]*@", re.IGNORECASE)


def _advice(url: str) -> str:
    """What to do about a URL that cannot be opened."""
    if not url:
        return f"write both, as in {_EXAMPLE}"
    if re.search(r"[\x00-\x1f\x7f-\x9f\\]", url):
        return "remove backslashes and control characters from the URL"
    if len(url) > MAX_CHARS:
        return f"a URL may have {MAX_CHARS:,} characters"
    if re.match(r"[\w-]+(?:\.[\w-]+)+(?:[/:?#]|$)", url):
        return f"write it as https://{clean_line(url, 100)}"
    if not is_web(url):
        return "only pages at http:// or https:// can be watched"
    return "the URL has no valid host, or a port that browsers refuse"


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    path: Path
    companies: list[Company] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    bad: int = 0
    unnamed: list[bool] = field(default_factory=list)
    foreign: list[int] = field(default_factory=list)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)

    def read(self, lines: Iterator[FileLine]) -> None:
        """Take every row in."""
        delimiter, head = _delimiter(lines)
        found = records(self._watched(chain(head, lines)), delimiter)
        first = next(found, None)
        columns = _header(first.fields) if first else None
        for record in found if columns or not first else chain([first], found):
            self._take(record, columns, delimiter)

    def result(self, *, may_be_empty: bool) -> CompanyList:
        """Return the list, or raise InputError when nothing is in it."""
        if not self.companies and not self.bad and not may_be_empty:
            raise InputError(
                f"{self.path} lists no company. `jpt add URL` adds one, or write a line such as '{_EXAMPLE}'."
            )
        if not self.companies and self.bad:
            sentences = [problem.sentence for problem in self._all_problems() if problem.bad]
            raise none_usable(self.path, self.bad, sentences[:MOST_LISTED], f"Write lines such as '{_EXAMPLE}'.")
        return CompanyList(tuple(self.companies), tuple(self._all_problems()))

    def _take(self, record: Record, columns: _Columns | None, delimiter: str) -> None:
        try:
            company, faults = _company(record, columns, delimiter)
        except _UnusableError as exc:
            self.bad += 1
            self._add_problem(record.number, f"{exc}.", bad=True)
            return
        before = self.seen.setdefault((company.name, key_of(company.url)), company.line)
        if before != company.line:
            sentence = f"{company.name} with this URL is already on line {before}; it is read once."
            self._add_problem(company.line, sentence)
            return
        for fault in faults:
            self._add_problem(company.line, fault)
        self.companies.append(company)
        if len(self.companies) > MAX_COMPANIES:
            raise InputError(f"{self.path} lists more than {MAX_COMPANIES:,} pages. Split it into several files.")

    def _add_problem(self, line: int, sentence: str, *, bad: bool = False) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(line, f"{self.path}, line {line}: {sentence}", bad))
        else:
            self.unnamed.append(bad)

    def _watched(self, lines: Iterable[FileLine]) -> Iterator[FileLine]:
        for line in lines:
            if not line.is_unicode:
                self.foreign.append(line.number)
            yield line

    def _all_problems(self) -> Iterator[Problem]:
        if self.foreign:
            others = f" and {counted(len(self.foreign) - 1, 'more line')}" if len(self.foreign) > 1 else ""
            yield Problem(
                self.foreign[0],
                f"{self.path}, line {self.foreign[0]}{others}: not UTF-8, read as Windows-1252. "
                "Save the file as UTF-8 if a name looks wrong.",
                bad=False,
            )
        yield from self.problems
        if self.unnamed:
            last = self.problems[-1].line
            more = f"{counted(len(self.unnamed), 'more line')} like these"
            yield Problem(last, f"{self.path}, after line {last}: {more}.", bad=any(self.unnamed))
