"""Hostile text made harmless, once, on the way in. Pure."""

from __future__ import annotations

import re
import unicodedata

from jpt.text.late import late


def clean_line(text: str, limit: int = 300) -> str:
    """Make *text* one line: nothing invisible or controlling, white space folded, cut at *limit* with `…`."""
    return _cut(" ".join(_plain(text).split()), limit)


def clean_text(text: str, limit: int) -> str:
    """Make *text* as harmless, but keep its lines (at most one empty between two) and its tabs; cut at *limit*."""
    text = _SPACES.sub(lambda run: "\t" if "\t" in run[0] else " ", _plain(text))
    text = "\n".join(line.strip(" \t") for line in text.split("\n"))
    return _cut(_EMPTY_LINES.sub("\n\n", text).strip(), limit)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    # Half an emoji would leave its joiner behind.
    return text[: max(limit - 1, 0)].rstrip(" \t\n\u200d\ufe0e\ufe0f") + "…"


def _plain(text: str) -> str:
    if not text.isascii() or "\x1b" in text:
        text = _TERMINAL.sub("", text)
    text = _DROPPED.sub("", _LINE_ENDS.sub("\n", text))
    if text.isascii():
        return text
    text = _STRAY_JOINER.sub("", _STRAY_SELECTOR.sub("", text))
    return unicodedata.normalize("NFC", _PILE.sub(_levelled, text))


def _levelled(pile: re.Match[str]) -> str:
    # Marks hide the lines around, and normalising takes the square of their number.
    return "".join(
        char for place, char in enumerate(pile[0]) if place < _TALLEST or not unicodedata.combining(char)
    )


_TERMINAL = late(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c\n]{0,2000}(?:\x07|\x9c|\x1b\\)"
    r"|\x1b[ -/]{0,4}[0-~]"
)
"""Terminal control sequences (ECMA-48): CSI, the strings OSC, DCS, SOS, PM and APC, and the short ones."""

_LINE_ENDS = late("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

_DROPPED = late(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""C0, C1 and NUL, bidirectional controls, what shows as nothing, lone surrogates (which SQLite refuses)."""

_PICTURE = "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_STRAY_SELECTOR = late(f"[\ufe0e\ufe0f](?<!{_PICTURE}.)(?!\u20e3)")
_STRAY_JOINER = late(f"\u200d(?:(?<!{_PICTURE}.)(?<!\ufe0f.)|(?!{_PICTURE}))")
"""Joiners and selectors stay where emoji are made of them, and go everywhere else."""

_PILE = late(r"[^\w\s\x00-\x7f]{30,}")
"""Where marks may be piled on one letter: 30 is the most that text needs (UAX #15, stream-safe text)."""
_TALLEST = 8

_SPACES = late(r"[^\S\n]{2,}|[^\S\n\t ]")
_EMPTY_LINES = late(r"\n{3,}")


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula (OWASP's list, with the wide forms)."""


def spreadsheet_text(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
