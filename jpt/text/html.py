"""The text of a piece of HTML as a browser's innerText would give it. Pure.

The standard library's html.parser takes the square of the length for tags that are never closed, and
descriptions come from strangers: so one pattern cuts the markup into tokens instead.
"""

from __future__ import annotations

import re
from html import unescape

from jpt.text.clean import clean_text

_LONGEST = 300_000

_BLOCK_NAMES = """address article aside blockquote br caption center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section summary table tbody
    tfoot thead tr ul"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
"""Elements that begin a new line (HTML standard, section 15.3)."""
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "title", "svg"})

_COMMENT = "<!--"
_TOKEN = re.compile(r"<!--|<[!?][^<>]*>|<(/?)([a-zA-Z][a-zA-Z0-9]*)(?![^\s/>])[^<>]*>|[^<]+|<")


def html_text(html: str) -> str:
    """Give the text of *html*: a line for each block, an empty one around paragraphs.

    Markup that was escaped once too often is markup.
    """
    html = html[:_LONGEST]
    if "<" not in html or ("&lt;" in html and not _TAGGED.search(html)):
        html = unescape(html)
    # Line ends are white space where blocks make the lines; text without blocks has no other lines.
    flat = _LAID_OUT.search(html) is not None
    pieces: list[str] = []
    unseen = ""
    for token in _TOKEN.finditer(html):
        name = (token[2] or "").lower()
        if unseen == _COMMENT:
            _, closed, rest = token[0].partition("-->")
            unseen = "" if closed else unseen
            pieces.append(unescape(rest))
        elif unseen:
            unseen = "" if name == unseen and token[1] else unseen
        elif token[0] == _COMMENT:
            unseen = _COMMENT
        elif name in _UNSEEN and not token[1] and not token[0].endswith("/>"):
            unseen = name
        elif not token[0].startswith("<") or token[0] == "<":
            words = unescape(token[0]).replace("\r", " ")
            pieces.append(_LINE_END.sub(" ", words) if flat else words)
        else:
            pieces.append(_break(name))
    return clean_text("".join(pieces), _LONGEST)


def _break(name: str) -> str:
    if name == "p":
        return "\n\n"
    if name in _BLOCKS:
        return "\n"
    return " " if name in _CELLS else ""


_TAGGED = re.compile(r"</?(?:p|br|div|ul|li|h[1-6]|strong|b|span)\b", re.IGNORECASE)
_LAID_OUT = re.compile(r"<(?:p|br|li|div)\b", re.IGNORECASE)
_LINE_END = re.compile(r"[ \t]*\n[ \t\n]*")
