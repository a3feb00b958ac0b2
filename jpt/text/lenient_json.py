"""JSON as pages really write it: strictly where it is, as JavaScript where it is not. Pure."""

from __future__ import annotations

import json
import re
from html import unescape
from itertools import islice
from typing import Any

import chompjs

from jpt.text.late import late

MOST_CHARS = 2_000_000
"""Of a script at most."""
_MOST_VALUES = 200
"""Of a script at most: one object behind the other."""


def values_in(script: str) -> list[Any]:
    """Return the objects and lists of *script*, one after the other; none where nothing can be made of it.

    In turn: JSON (raw line breaks in strings are the commonest mistake); JSON in whose texts quotes stand without
    an escape, or other escapes than its own; JavaScript, with its comments, quotes, names and `var x = …;`.
    Takes time by its length.
    """
    script = _bare(script[:MOST_CHARS])
    return _strict(script) or _strict(_QUOTE.sub(_mended, script)) or _javascript(script)


def _bare(script: str) -> str:
    """Remove what hides a script from old browsers, and the escapes of one that was taken for text."""
    script = script.strip(_BLANK)
    if script.startswith(_ESCAPED):
        script = unescape(script)
    return _WRAPPING.sub("", script).strip(_BLANK)


def _strict(text: str) -> list[Any]:
    """Return the values that stand one behind the other; none where something else stands between them."""
    decoder = json.JSONDecoder(strict=False)
    found: list[Any] = []
    at = 0
    try:
        while at < len(text) and len(found) < _MOST_VALUES:
            value, at = decoder.raw_decode(text, at)
            found.append(value)
            at = _GAP.match(text, at).end()  # type: ignore[union-attr]  # it matches everywhere
    except (ValueError, RecursionError):
        return []
    return [value for value in found if isinstance(value, dict | list)]


def _javascript(text: str) -> list[Any]:
    try:
        chompjs.parse_js_object(text)  # raises where the first is broken: of that one no part counts
        return list(islice(chompjs.parse_js_objects(text), _MOST_VALUES))
    except (ValueError, RecursionError, MemoryError):
        return []


def _mended(found: re.Match[str]) -> str:
    """Escape a quote that neither begins nor ends a text; write escapes of JavaScript as those of JSON."""
    written: str = found[0]
    if written.startswith("\\"):
        return "\\u00" if written == "\\x" else written if written[1] in _ESCAPES else written[1]
    return written if found[1] or found[2] else '\\"'


_BLANK = " \t\r\n\f\ufeff\u200b\u00a0"
_ESCAPED = ("{&quot;", "[{&quot;", "{ &quot;", "[&quot;")
_WRAPPING = late(
    r"^(?:/\*\s{0,99})?(?://\s{0,99})?<!\[CDATA\[(?:\s{0,99}\*/)?|(?:/\*\s{0,99}|//\s{0,99})?\]\]>(?:\s{0,99}\*/)?$"
    r"|^<!--|(?://\s{0,99})?-->$"
)
_ESCAPES = frozenset('"\\/bfnrtu')
_GAP = late(r"[\s;,\ufeff]*")
_QUOTE = late(r'\\.|([:,\[{]\s*)?"(?=(\s*[,:}\]])?)', re.DOTALL)
