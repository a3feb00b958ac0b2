"""Edits of the list of companies that leave everything else as it is: encoding, line ends, columns, comments."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from jpt.errors import InputError, UsageError, writing
from jpt.files import read_bounded, write_whole
from jpt.identity.urls import canonical
from jpt.inputs.companies import MAX_BYTES, layout_of, read_companies
from jpt.text.decoding import encoding_of

_ADVICE = "Make it and its folder writable."
_ENDS = re.compile(r"\r\n|\r|\n")


def add_row(path: Path, name: str, url: str) -> None:
    """Append a company to the list, which is created if it is missing.

    Raises InputError when the list cannot be read, CannotCreate when it cannot be written.
    """
    if not path.exists():
        with writing(path, _ADVICE):
            path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, _row(["company", "url"], ",", "\n") + _row([name, url], ",", "\n"), "utf-8")
        return
    text, encoding = _content(path)
    delimiter, cells = layout_of(path, name, url)
    end = found[0] if (found := _ENDS.search(text)) else "\n"
    joint = "" if not text or text.endswith(("\n", "\r")) else end
    _replace(path, text + joint + _row(cells, delimiter, end), encoding)
    if not is_listed(path, name, url):
        raise InputError(f"{path} got the row, but cannot be read with it. Check its last line.")


def rename_rows(path: Path, old: str, new: str) -> int:
    """Rename a company in its rows; returns the number of rows."""
    return _change(path, old, new)


def remove_rows(path: Path, name: str) -> int:
    """Remove the rows of a company; returns their number."""
    return _change(path, name, None)


def is_listed(path: Path, name: str, url: str) -> bool:
    """Return whether the list, if it exists, has *url* under *name*; raises InputError when it cannot be read."""
    companies = read_companies(path, may_be_empty=True).companies if path.exists() else ()
    key = canonical(url)
    return any(company.name == name and canonical(company.url) == key for company in companies)


def _change(path: Path, old: str, new: str | None) -> int:
    if not path.exists():
        return 0
    rows = {company.line for company in read_companies(path, may_be_empty=True).companies if company.name == old}
    if not rows:
        return 0
    text, encoding = _content(path)
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)
    delimiter, _ = layout_of(path, "", "")
    changed = [
        line if number not in rows else _renamed(line, delimiter, old, new) for number, line in enumerate(lines, 1)
    ]
    if None in changed:
        raise UsageError(f"A row of {old!r} in {path} goes over several lines: change it in an editor.")
    _replace(path, "".join(line for line in changed if line), encoding)
    return len(rows)


def _renamed(line: str, delimiter: str, old: str, new: str | None) -> str | None:
    """Return the line with its cell *old* replaced by *new*; empty to drop it; None if its row continues below."""
    content, end = _ENDS.split(line)[0], (found[0] if (found := _ENDS.search(line)) else "")
    if content.count('"') % 2:
        return None
    if new is None:
        return ""
    cells = next(csv.reader([content], delimiter=delimiter, skipinitialspace=True))
    place = next((place for place, cell in enumerate(cells) if " ".join(cell.split()) == old), None)
    if place is None:
        return None
    cells[place] = new
    return _row(cells, delimiter, end)


def _row(cells: list[str], delimiter: str, end: str) -> str:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator=end).writerow(cells)
    return written.getvalue()


def _content(path: Path) -> tuple[str, str]:
    try:
        with path.open("rb") as file:
            raw = read_bounded(file, MAX_BYTES)
    except OSError as exc:
        raise InputError(f"{path} cannot be read: {exc.strerror}.") from exc
    encoding = encoding_of(raw[:4_096])
    if encoding == "utf-8-sig" and not raw.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8"
    # Bytes that are no UTF-8 go out as they came in.
    return raw.decode(encoding, "surrogateescape"), encoding


def _replace(path: Path, text: str, encoding: str) -> None:
    """Replace the file at once: a crash leaves the old or the new one whole."""
    with writing(path, _ADVICE):
        mode = path.stat().st_mode & 0o7777 if path.exists() else 0o644
        write_whole(path, text.encode(encoding, "surrogateescape"), mode)
