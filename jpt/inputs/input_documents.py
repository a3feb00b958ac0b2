"""What `jpt try links` and `jpt try extract` read: a URL, a saved page, a text, or many of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jpt.errors import InputError, UsageError
from jpt.files import read_bounded
from jpt.identity.urls import openable, why_not_openable
from jpt.text.decoding import UndecodableError, decoded

UNKNOWN_BASE = "https://saved-page.invalid/"
"""The address of a saved page whose own address is unknown; nothing real has this one."""

MOST_BYTES = 500_000_000
"""No file of posts or pages is larger: this stops at endless ones."""


@dataclass(frozen=True, slots=True)
class InputDocument:
    """One thing to read."""

    url: str = ""
    """Where it is, or where the saved page came from; empty for a bare text."""
    body: bytes | None = None
    """The saved page; None when it is to be fetched."""
    text: str | None = None
    """A rendered page's text, where that is all there is."""
    title: str = ""
    id: Any = None
    """The id in a line of a file, returned as it is."""
    fault: str | None = None
    """Why this line of a file cannot be read."""


def from_argument(argument: str, base_url: str | None) -> InputDocument:
    """Make the source that *argument* names: a URL, a file, or `-` for text on stdin.

    Raises InputError or UsageError.
    """
    if "://" in argument:
        url = openable(argument)
        if url is None:
            raise UsageError(why_not_openable(argument))
        return InputDocument(url=url)
    if argument == "-":
        try:
            return _text(read_bounded(sys.stdin.buffer, MOST_BYTES), "stdin")
        except OSError as exc:
            raise InputError(f"stdin cannot be read: {exc.strerror}.") from exc
    body = _content(Path(argument))
    if body.startswith(b"%PDF-"):
        return InputDocument(url=_base(base_url), body=body)
    if not _is_page(body):
        return _text(body, argument)
    return InputDocument(url=_base(base_url), body=_page(body, argument))


def _text(content: bytes, place: str) -> InputDocument:
    try:
        text = decoded(content)
    except UndecodableError:
        text = "\0"
    if text.count("\x00") + text.count("\ufffd") > len(text) / 50:
        raise InputError(f"{place} is not text. Give a job post's text, a saved page, or a URL.")
    if not text.strip():
        raise InputError(f"{place} is empty. Give a job post's text, a saved page, or a URL.")
    return InputDocument(text=text)


def from_jsonl(path: Path) -> Iterator[InputDocument]:
    """Yield a source for each line of *path*; a line that cannot be used has a fault.

    Raises InputError when the file itself cannot be read.
    """
    for row, place, fault in _objects(path):
        yield InputDocument(fault=f"{place}: {fault}") if row is None else _from_object(path, row, place)


def rows(path: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each object of a JSON Lines file with its place; raises InputError at a line that is none."""
    for row, place, fault in _objects(path):
        if row is None:
            raise InputError(f"{place}: {fault}")
        yield row, place


def _objects(path: Path) -> Iterator[tuple[dict[str, Any] | None, str, str]]:
    """Yield for each line that is not blank its object, its place, and what is wrong if it is no object."""
    # Not splitlines(): JSON may hold other line separators (U+2028, U+0085) as they are.
    for number, line in enumerate(_content(path).decode("utf-8-sig", "replace").split("\n"), start=1):
        if line.strip():
            row, fault = _object(line)
            yield row, f"{path}, line {number}", fault


def _object(line: str) -> tuple[dict[str, Any] | None, str]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as exc:
        return None, f"this is not JSON ({exc})."
    return (row, "") if isinstance(row, dict) else (None, f"expected an object, got {type(row).__name__}.")


def _from_object(path: Path, row: dict[str, Any], place: str) -> InputDocument:
    name = row.get("id")
    if isinstance(row.get("file"), str):
        return _saved_page(path, row, place)
    if isinstance(row.get("text"), str):
        title = row.get("title")
        return InputDocument(text=row["text"], title=title if isinstance(title, str) else "", id=name)
    return InputDocument(id=name, fault=f'{place}: expected "file" or "text".')


def _saved_page(path: Path, row: dict[str, Any], place: str) -> InputDocument:
    name = row.get("id")
    try:
        body = _page(_content(path.parent / row["file"]), row["file"])
        base = _base(row.get("base_url") or None)
    except (InputError, UsageError) as exc:
        return InputDocument(id=name, fault=f"{place}: {exc.sentence}")
    return InputDocument(url=base, body=body, id=name)


def _base(base_url: object) -> str:
    if base_url is None:
        return UNKNOWN_BASE
    url: str | None = openable(base_url) if isinstance(base_url, str) else None
    if url is None:
        raise UsageError(f"The base URL {base_url!r} is not an http(s) address.")
    return url


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return read_bounded(file, MOST_BYTES)
    except ValueError:
        raise InputError(f"{str(path)!r} is not a name that a file can have.") from None
    except OSError as exc:
        hint = (
            f"If it is an address, write https://{path}"
            if "." in str(path).partition("/")[0].strip(".")
            else "Give a file, or a URL"
        )
        raise InputError(f"{path} cannot be read: {exc.strerror}. {hint}.") from exc


def _page(body: bytes, place: str) -> bytes:
    """Return a saved page in UTF-8: it often lost the header that named its encoding."""
    try:
        return decoded(body, "html").encode("utf-8", "replace")
    except UndecodableError as exc:
        raise InputError(f"{place} cannot be read: {exc}.") from None


def _is_page(body: bytes) -> bool:
    # A text saved from a page does not begin with a tag; a page does, after a byte order mark or a comment.
    return body.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")[:1] == b"<"
