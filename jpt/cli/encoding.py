"""Output to terminals and pipes that cannot write every character: ASCII of the same width stands in its place."""

from __future__ import annotations

import codecs
import io
import unicodedata
from collections.abc import MutableMapping
from typing import TextIO

from jpt.text.numbers import whole

_PLAIN = {
    **dict.fromkeys("‐‑‒–—−╌─━", "-"),
    **dict.fromkeys("“”„«»″", '"'),
    **dict.fromkeys("‘’‚′", "'"),
    **dict.fromkeys("●■◌•", "*"),
    "·": "-",
    "…": "~",
    "→": ">",
    "×": "x",
    "‖": "=",
    "│": "|",
    "ß": "s",
    "€": "E",
}
"""Replacements of characters that NFKD does not decompose."""

_PIECES = ("Jobs: 3+ (new).\n", "a@b.example\n\n", "x" * 80)
"""Samples that every terminal can show."""
_WIDE = {"W", "F"}
_ERRORS = "jpt-plain"
_LARGEST = 10_000
"""More columns than any terminal has: tables are padded to the width."""


def writes_all(stream: TextIO) -> bool:
    """Return whether every character can be written to *stream*."""
    try:
        return codecs.lookup(stream.encoding or "").name.startswith("utf-")
    except (LookupError, AttributeError, TypeError):
        return True


def replace_unwritable(*streams: TextIO) -> None:
    """Let each of *streams* replace the characters that its encoding lacks, instead of failing.

    One whose encoding is not meant for streams (PYTHONIOENCODING=idna) gets UTF-8.
    """
    codecs.register_error(_ERRORS, _plain)
    for stream in streams:
        if not isinstance(stream, io.TextIOWrapper) or writes_all(stream):
            continue
        if not _is_for_streams(stream.encoding):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        elif stream.writable():
            stream.reconfigure(errors=_ERRORS)


def _is_for_streams(encoding: str) -> bool:
    """Return whether *encoding* can be written in pieces and read again, and writes replacements."""
    try:
        encoder = codecs.getincrementalencoder(encoding)(_ERRORS)
        written = b"".join(encoder.encode(piece) for piece in _PIECES)
        return codecs.decode(written, encoding) == "".join(_PIECES) and bool(encoder.encode("│…東"))
    except (UnicodeError, LookupError):
        return False


def drop_invalid_sizes(environ: MutableMapping[str, str]) -> None:
    """Remove invalid sizes of the terminal from *environ*: libraries do not check them."""
    for name in ("COLUMNS", "LINES", "TERMINAL_WIDTH"):
        if name in environ and whole(environ[name], low=1, high=_LARGEST) is None:
            del environ[name]


def _plain(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    lacking = fault.object[fault.start : fault.end]
    return "".join(map(_for, lacking)), fault.end


def _for(char: str) -> str:
    """Return ASCII that is as wide as *char*; `?` if nothing is like it."""
    if unicodedata.combining(char):
        return ""
    width = 2 if unicodedata.east_asian_width(char) in _WIDE else 1
    base = unicodedata.normalize("NFKD", char)[:1]
    likeness = _PLAIN.get(char) or (base if base.isascii() else "?")
    return likeness.ljust(width, "?" if likeness == "?" else " ")
