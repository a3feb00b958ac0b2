"""Rows of a document that lead somewhere without being links: their addresses stand in attributes. Pure.

What only a press would tell is not found here; a browser finds it (rows.js).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from jpt.text.clean import clean_line
from jpt.text.late import late
from jpt.text.tree import MOST_LOOKED_AT, Node

MOST_ROWS = 2_000
_LONGEST = 1_500
"""Characters of a row at most; more is a part of the page."""
_ATTRIBUTE = late(r"data-(?:[\w-]{0,30}-)?(?:href|url|link|uri|path|route|permalink|location)$")
_CODE = late(
    r"(?:location(?:\.href)?\s{0,3}=|location\.(?:assign|replace)\s{0,3}\(|window\.open\s{0,3}\()\s{0,3}"
    r"['\"]([^'\"\s]{2,500})['\"]\s{0,3}(?![+\s])"
)
"""What a handler goes to, where the whole address stands there as one string."""
_ADDRESS = late(r"https?://\S+$|//[\w.-]+/\S+$|/[^\s/]\S*$|\.{1,2}/\S+$|\?[\w\[\]-]+=\S+$|[\w%-]+(?:/[\w%.~-]+)+/?(?:[?#]\S*)?$"
                      r"|[\w%-]+\.(?:html?|php|aspx?|jsp)(?:[?#]\S*)?$")  # fmt: skip
_ASSET = late(r"\.(?:png|jpe?g|gif|svg|webp|css|js|json|xml|ico|woff2?)(?:$|\?)|/api/", re.IGNORECASE)
_NEVER = frozenset({"", "html", "body", "main", "head", "script", "style", "link", "meta", "img", "iframe", "form",
                    "input", "select", "option", "textarea", "label", "svg", "nav", "header", "footer", "a",
                    "area", "base", "video", "audio", "source", "object", "embed"})  # fmt: skip
_NAMES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "th", "td"})
_NAMED = late(r"title|name", re.IGNORECASE)
_LETTERS = late(r"[^\W\d_]{2}")
_ROW_TAGS = frozenset({"tr", "li", "article"})


def row_links(root: Node) -> Iterator[tuple[Node, str]]:
    """Yield each such row of *root* with the address as it is written, in document order.

    A row that holds a link of its own, or lies in one, is left out: the link says it.
    """
    found = [(node, address) for node in root.walk() if (address := _address(node)) and _is_row(node)]
    kinds = Counter((node.tag, node["class"]) for node, _ in found)
    lone = (node.tag in _ROW_TAGS or kinds[node.tag, node["class"]] > 1 for node, _ in found)
    yield from [one for one, keep in zip(found, lone, strict=True) if keep][:MOST_ROWS]


def row_title(node: Node) -> str:
    """Return what names a row: its heading, its title, its first cell; else its words."""
    for one in node.walk(MOST_LOOKED_AT):
        is_name = one.tag in _NAMES or one["role"] == "heading" or _NAMED.search(one["class"][:200])
        if is_name and one is not node and _LETTERS.search(words := clean_line(one.text(200))):
            return words
    return clean_line(node.text(300))


def _address(node: Node) -> str:
    if node.tag in _NEVER:
        return ""
    offered = [value for name, value in node.attributes.items() if value and _ATTRIBUTE.match(name)]
    for name in ("onclick", "@click", "v-on:click"):
        offered += _CODE.findall(node[name][:2_000])
    return next(
        (text for one in offered if _ADDRESS.match(text := one.strip()[:2_000]) and not _ASSET.search(text)), ""
    )


def _is_row(node: Node) -> bool:
    if any(one is not node and one.tag in {"a", "area"} and one["href"] for one in node.walk(MOST_LOOKED_AT)):
        return False
    if any(one.tag == "a" and one["href"] for one in node.above(40)):
        return False
    words = node.text(_LONGEST + 1)
    return 3 <= len(words) <= _LONGEST and not node.hidden
