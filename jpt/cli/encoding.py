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
    """Let each of *streams* that lacks letters write plain ones in their place, and never fail for want of one."""
    codecs.register_error(_ERRORS, _plain)
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper) and not writes_all(stream):
            stream.reconfigure(errors=_ERRORS)


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
