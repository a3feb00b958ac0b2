"""Words for terminals and pipes that cannot write every letter: a plain one in its place, so that columns hold."""

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
"""What stands for a letter that NFKD does not take apart."""

_PIECES = ("Jobs: 3+ (new).\n", "a@b.example\n\n", "x" * 80)
"""What every terminal can show."""
_WIDE = {"W", "F"}
_ERRORS = "jpt-plain"
_LARGEST = 10_000
"""Columns that no terminal has; tables are padded to them."""


def writes_all(stream: TextIO) -> bool:
    """Tell whether every letter can be written to *stream*."""
    try:
        return codecs.lookup(stream.encoding or "").name.startswith("utf-")
    except (LookupError, AttributeError, TypeError):
        return True


def make_do(*streams: TextIO) -> None:
    """Let each of *streams* that lacks letters write plain ones in their place, and never fail for want of one.

    One whose encoding is for something else than streams (PYTHONIOENCODING=idna) gets UTF-8.
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
    """Tell whether *encoding* writes piece by piece what can be read again, and something for letters it lacks."""
    try:
        encoder = codecs.getincrementalencoder(encoding)(_ERRORS)
        written = b"".join(encoder.encode(piece) for piece in _PIECES)
        return codecs.decode(written, encoding) == "".join(_PIECES) and bool(encoder.encode("│…東"))
    except (UnicodeError, LookupError):
        return False


def believe_size(environ: MutableMapping[str, str]) -> None:
    """Take sizes of the terminal that are none out of *environ*: libraries take them as they come."""
    for name in ("COLUMNS", "LINES", "TERMINAL_WIDTH"):
        if name in environ and whole(environ[name], low=1, high=_LARGEST) is None:
            del environ[name]


def _plain(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    lacking = fault.object[fault.start : fault.end]
    return "".join(map(_for, lacking)), fault.end


def _for(char: str) -> str:
    """Give ASCII that is as wide as *char*; `?` where nothing is like it."""
    if unicodedata.combining(char):
        return ""
    width = 2 if unicodedata.east_asian_width(char) in _WIDE else 1
    base = unicodedata.normalize("NFKD", char)[:1]
    likeness = _PLAIN.get(char) or (base if base.isascii() else "?")
    return likeness.ljust(width, "?" if likeness == "?" else " ")
