"""HTML as the text that a browser would show (innerText, HTML standard section 3.2.7). Pure.

lxml's tokenizer tells of tags and texts as they come, and no tree is built: so hostile markup takes the time of
its length, where trees take the square of it (a thousand open elements, a thousand attributes).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import unescape

from lxml import etree

from jpt.text.clean import clean_line, clean_text
from jpt.text.late import late

MOST_CHARS = 5_000_000
"""Of a page at most; browsers show more, people read less."""
_LONGEST = 300_000
DEEPEST = 1_000
"""Elements within each other at most; Chromium stops at 512."""
_MOST_LINKS = 5_000
_MOST_OPEN = 9
_MOST_HEADINGS = 50


@dataclass(frozen=True, slots=True)
class Html:
    """What a document says without its scripts run and its style sheets loaded."""

    text: str
    """A line for each block, an empty one around paragraphs, a tab between cells."""
    title: str = ""
    lang: str = ""
    base: str = ""
    """What `<base>` says that addresses are relative to."""
    canonical: str = ""
    headings: tuple[str, ...] = ()
    """Texts of h1 and h2, in order, at most 50."""
    links: tuple[tuple[str, str], ...] = ()
    """Address as written, and text, of each link that shows; at most 5,000."""
    json_ld: tuple[str, ...] = ()
    """The raw texts of its application/ld+json scripts."""


def html_text(html: str) -> str:
    """Return the text of a piece of HTML, as it stands in feeds and JSON-LD.

    Markup that was escaped once too often is markup; text without blocks keeps its own lines.
    """
    html = html[:_LONGEST]
    if "<" not in html or ("&lt;" in html and not _TAGGED.search(html)):
        html = unescape(html)
    html = html.replace("<![CDATA[", "").replace("]]>", "")
    if _LAID_OUT.search(html) is None:
        html = f"<pre>{html}</pre>"
    return clean_text(_read(html, folded=True).text, _LONGEST)


def document(html: str) -> Html:
    """Read a whole page."""
    return _read(html[:MOST_CHARS])


def json_ld_of(html: str) -> tuple[str, ...]:
    """Return the raw texts of the application/ld+json scripts of a page."""
    return document(html).json_ld if "ld+json" in html.lower() else ()


def labelled(html: str, label: Callable[[str, Mapping[str, str]], str]) -> list[tuple[str, str]]:
    """Return (label, text) of each element of a page that *label* names, in order; it is given tag and attributes.

    Raises ValueError where elements lie deeper in each other than in any page.
    """
    labels = _Labels(label)
    try:
        tell(html[:MOST_CHARS], labels)
    except TooDeepError:
        raise ValueError("its elements lie in each other without end") from None
    return [(name, _joined(texts)) for name, texts in labels.found]


def _read(html: str, *, folded: bool = False) -> Html:
    reader = _Reader(folded=folded)
    try:
        tell(html, reader)
    except TooDeepError:
        return Html(unescape(_ANY_TAG.sub("\n", html)))
    return reader.html()


class Target:
    """Receives a document's tags and texts in order, each start with an end. This one ignores them."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Enter an element."""

    def end(self, tag: str) -> None:
        """Leave an element."""

    def data(self, text: str) -> None:
        """Meet text."""

    def close(self) -> None:
        """End."""


def tell(html: str, target: Target) -> None:
    """Feed every tag and text to *target*; what it raises goes through."""
    parser = etree.HTMLParser(  # type: ignore[call-overload]  # its stub wants what targets may leave out
        target=target, encoding="utf-8", huge_tree=True, remove_comments=True
    )
    # It is a syntax error if there is no element at all; the text was fed before.
    with suppress(etree.XMLSyntaxError):
        parser.feed(html.replace("\0", "").encode("utf-8", "ignore") or b" ")
        parser.close()


class TooDeepError(Exception):
    """More elements within each other than any browser keeps."""


class _TextLayout:
    """Puts texts together as they would be laid out."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._breaks = 0
        self._space = False

    def words(self, text: str, *, kept: bool = False) -> None:
        """Add text of a line; white space is one space unless it is *kept*."""
        if kept:
            self._flush()
            self._parts.append(text)
            return
        line = _WHITE.sub(" ", text)
        self._space = self._space or line.startswith(" ")
        if shown := line.strip(" "):
            self._flush()
            self._parts.append(shown)
            self._space = line.endswith(" ")

    def ends(self, count: int) -> None:
        """End the line, if there is one, and leave *count* - 1 empty ones."""
        self._breaks = max(self._breaks, count)
        self._space = False

    def break_line(self) -> None:
        """Start a new line whatever there is."""
        self._flush(spaced=False)
        self._parts.append("\n")

    def cell(self) -> None:
        """Go on to the next cell of a row."""
        self._flush(spaced=False)
        self._parts.append("\t")

    def __str__(self) -> str:
        return "".join(self._parts)

    def _flush(self, *, spaced: bool = True) -> None:
        if self._breaks and self._parts:
            self._parts.append("\n" * self._breaks)
        elif spaced and self._space and self._parts and not self._parts[-1].endswith(("\n", "\t")):
            self._parts.append(" ")
        self._breaks, self._space = 0, False


class _Reader(Target):
    """The target of lxml's parser that keeps text and facts."""

    def __init__(self, *, folded: bool) -> None:
        self._lines = _TextLayout()
        self._folded = folded
        """Whether what is folded away (`<details>`) is read, too."""
        self._depth = 0
        self._unseen_at = 0
        """How deep the element lies in which nothing shows; 0 outside of any."""
        self._head_at = 0
        """How deep the head lies, where nothing shows because of it; 0 elsewhere."""
        self._fold_at = 0
        """How deep the closed `<details>` lies that the parser is in; 0 outside of any."""
        self._kept = 0
        self._caught: dict[str, list[str]] = {}
        self._href = ""
        self._cells = 0
        self._said: dict[str, str] = {}
        self._headings: list[str] = []
        self._links: list[tuple[str, str]] = []
        self._json_ld: list[str] = []

    # --- what lxml tells -----------------------------------------------------------------------------

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise TooDeepError
        self._note(tag, attributes)
        if tag == "summary" and 0 < self._fold_at == self._unseen_at == self._depth - 1:
            self._unseen_at = 0
        if tag not in _OF_HEAD and 0 < self._head_at == self._unseen_at:
            # The parser leaves it in the head where no <body> is written and the element is newer than itself.
            self._unseen_at = 0
        if self._unseen_at:
            return
        if tag in UNSEEN or is_hidden(tag, attributes):
            self._unseen_at = self._depth
            self._head_at = self._depth if tag == "head" else 0
            return
        if tag in {"h1", "h2"}:
            self._caught["heading"] = []
        elif tag == "a" and attributes.get("href"):
            self._caught["link"], self._href = [], attributes["href"]
        elif tag == "tr":
            self._cells = 0
        self._lay_out(tag)
        if tag == "details" and not self._folded and "open" not in attributes:
            self._unseen_at = self._fold_at = self._depth

    def end(self, tag: str) -> None:
        self._depth -= 1
        if tag == "title" and "title" in self._caught:
            self._said.setdefault("title", _joined(self._caught.pop("title")))
        elif tag == "script" and (found := self._caught.pop("script", None)):
            self._json_ld.append("".join(found))
        if self._unseen_at:
            if self._depth >= self._unseen_at:
                return
            self._unseen_at = 0
            if tag != "details":
                return
        if tag == "summary" and 0 < self._fold_at == self._depth:
            self._unseen_at = self._fold_at
        elif tag == "details":
            self._fold_at = 0
        if tag in {"h1", "h2"} and "heading" in self._caught:
            self._headings.append(_joined(self._caught.pop("heading")))
        elif tag == "a" and "link" in self._caught:
            self._links.append((self._href, _joined(self._caught.pop("link"))))
        if tag in _KEPT:
            self._kept -= 1
        if tag in BLOCKS:
            self._lines.ends(BLOCKS[tag])

    def data(self, text: str) -> None:
        for caught in ("title", "script"):
            if caught in self._caught:
                self._caught[caught].append(text)
                return
        if self._unseen_at:
            return
        for texts in self._caught.values():
            texts.append(text)
        self._lines.words(text.replace("\r", " ") if self._kept == 0 else text, kept=self._kept > 0)

    # --- what it makes of it -------------------------------------------------------------------------

    def html(self) -> Html:
        """Return what was read."""
        said = self._said
        return Html(
            text=str(self._lines),
            title=said.get("title", ""),
            lang=said.get("lang", ""),
            base=said.get("base", ""),
            canonical=said.get("canonical", ""),
            headings=tuple(filter(None, self._headings[:_MOST_HEADINGS])),
            links=tuple(self._links[:_MOST_LINKS]),
            json_ld=tuple(self._json_ld),
        )

    def _note(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Keep what an element says without showing it."""
        match tag:
            case "html":
                self._said.setdefault("lang", attributes.get("lang", ""))
            case "base":
                self._said.setdefault("base", attributes.get("href", ""))
            case "link" if attributes.get("rel", "").strip().lower() == "canonical":
                self._said.setdefault("canonical", attributes.get("href", ""))
            case "title" if "title" not in self._said:
                self._caught["title"] = []
            case "script" if _JSON_LD.fullmatch(attributes.get("type", "")):
                self._caught["script"] = []

    def _lay_out(self, tag: str) -> None:
        if tag == "br":
            self._lines.break_line()
        elif tag in _CELLS:
            if self._cells:
                self._lines.cell()
            self._cells += 1
        elif tag in BLOCKS:
            self._lines.ends(BLOCKS[tag])
        if tag in _KEPT:
            self._kept += 1


class _Labels(Target):
    """A target that keeps the texts of some elements."""

    def __init__(self, label: Callable[[str, Mapping[str, str]], str]) -> None:
        self.found: list[tuple[str, list[str]]] = []
        self._label = label
        self._open: list[tuple[int, list[str]]] = []
        self._depth = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise TooDeepError
        if name := self._label(tag, attributes):
            self.found.append((name, []))
            self._open = [*self._open[-_MOST_OPEN:], (self._depth, self.found[-1][1])]

    def end(self, _tag: str) -> None:
        while self._open and self._open[-1][0] >= self._depth:
            self._open.pop()
        self._depth -= 1

    def data(self, text: str) -> None:
        for _, texts in self._open:
            texts.append(text)


def is_hidden(tag: str, attributes: Mapping[str, str]) -> bool:
    """Return whether an element says itself that it does not show."""
    if "hidden" in attributes or (tag == "dialog" and "open" not in attributes):
        return True
    style = attributes.get("style")
    return bool(style and _HIDING.search(style[:2_000]))


def _joined(texts: list[str]) -> str:
    return clean_line("".join(texts))


_BLOCK_NAMES = """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol
    optgroup option plaintext pre search section summary table tbody tfoot thead tr ul xmp"""
BLOCKS = dict.fromkeys(_BLOCK_NAMES.split(), 1) | {"p": 2}
"""How many line breaks stand at least before and behind an element (HTML standard, sections 3.2.7 and 15.3)."""
_CELLS = frozenset({"td", "th"})
_KEPT = frozenset({"pre", "textarea", "listing", "xmp", "plaintext"})
_UNSEEN_NAMES = """area audio base basefont canvas datalist head iframe link meta meter noembed noframes noscript
    param progress rp script style svg template textarea title video"""
UNSEEN = frozenset(_UNSEEN_NAMES.split())
_OF_HEAD = frozenset(
    {"base", "basefont", "bgsound", "link", "meta", "noframes", "noscript", "script", "style", "template", "title"}
)
"""Elements that may stand in a head (HTML standard, section 13.2.6.4.4); any other one ends it."""
_WHITE = late(r"[ \t\n\f\r]+")
_HIDING = late(
    r"(?:^|;)\s{0,9}(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}(?:hidden|collapse))\b", re.IGNORECASE
)
_JSON_LD = late(r"\s*application/ld\+json\s*(?:;.*)?", re.IGNORECASE | re.DOTALL)
_TAGGED = late(r"</?(?:p|br|div|ul|li|h[1-6]|strong|b|span)\b", re.IGNORECASE)
_LAID_OUT = late(r"<(?:p|br|li|div|h[1-6]|tr|section|article)\b", re.IGNORECASE)
_ANY_TAG = late(r"<[^<>]*>")
