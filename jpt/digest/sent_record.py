"""Files beside the database: the append-only record of sent digests, and the list of mailed jobs."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from jpt.files import refuse_endless, refuse_pipe, write_whole
from jpt.models.digests import SentLine
from jpt.text.clean import clean_line, spreadsheet_text
from jpt.text.clock import local_time

_COLUMNS = ("emailed_date", "emailed_time", "site", "url", "job_title", "min_years")


def append(path: Path, line: SentLine) -> None:
    """Add a line and wait until it is on the disk; raises OSError."""
    data = json.dumps(asdict(line), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(refuse_pipe(path), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(file).st_size
        if size and os.pread(file, 1, size - 1) != b"\n":
            data = b"\n" + data  # the last writer died within its line
        os.write(file, data)
        os.fsync(file)
    finally:
        os.close(file)


def size(path: Path) -> int:
    """Return the length of the record in bytes."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def lines(path: Path, start: int, database: str) -> Iterator[SentLine]:
    """Return the lines from byte *start* on that *database* wrote; a broken one is passed over. Raises OSError."""
    try:
        with refuse_endless(path).open("rb") as file:
            file.seek(start)
            for raw in file:
                line = _line(raw)
                if line is not None and line.database == database:
                    yield line
    except FileNotFoundError:
        return


def _line(raw: bytes) -> SentLine | None:
    try:
        loaded = json.loads(raw)
        loaded["recipients"] = tuple(map(str, loaded["recipients"]))
        loaded["jobs"] = tuple((str(site), str(url)) for site, url in loaded["jobs"])
        return SentLine(**loaded)
    except (ValueError, TypeError, KeyError):
        return None


def write_mailed(path: Path, jobs: Iterable[tuple[int, str, str, str, int]], knows: Callable[[str], bool]) -> None:
    """Write the list of mailed jobs anew; raises OSError.

    Lines of jobs that the database does not know any more stay: it cannot tell whether they were sent. So do
    columns that the user has added.
    """
    before = _read(path)
    rows = [
        (
            f"{when:%Y-%m-%d}",
            f"{when:%H:%M:%S}",
            *(spreadsheet_text(text) for text in (site, url, clean_line(title))),
            str(years),
        )
        for ts_ms, site, url, title, years in jobs
        for when in (local_time(ts_ms),)
    ]
    ours = {row[3] for row in rows}
    kept = [row for row in before.rows if row[3] not in ours and not knows(row[3].removeprefix("'"))]
    text, blank = io.StringIO(), ("",) * len(before.added)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*_COLUMNS, *before.added])
    writer.writerows([*row, *before.noted.get(row[3], blank)] for row in (*kept, *rows))
    write_text(path, text.getvalue())


@dataclass(frozen=True, slots=True)
class _List:
    """The list of mailed jobs as it stands in its file."""

    rows: tuple[tuple[str, ...], ...] = ()
    """Their values of our columns."""
    added: tuple[str, ...] = ()
    """The user's own columns."""
    noted: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What stands in these, by address."""


def _read(path: Path) -> _List:
    try:
        with refuse_endless(path).open(encoding="utf-8-sig", errors="replace", newline="") as file:
            head, *lines = list(csv.reader(file)) or [[]]
    except (FileNotFoundError, csv.Error):
        return _List()
    if not set(_COLUMNS) <= set(head):
        # An old file may have no names of columns.
        return _List(tuple(tuple(row) for row in (head, *lines) if len(row) == len(_COLUMNS)))
    places = [head.index(name) for name in _COLUMNS]
    others = [place for place, name in enumerate(head) if place not in places and name.strip()]
    full = [row + [""] * (len(head) - len(row)) for row in lines if any(row)]
    return _List(
        tuple(tuple(row[place] for place in places) for row in full),
        tuple(head[place] for place in others),
        {row[head.index("url")]: tuple(row[place] for place in others) for row in full},
    )


def write_text(path: Path, text: str) -> None:
    """Write a text of ours, in a folder made where it is missing; raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(path, text.encode("utf-8", "replace"))
