"""A page's HTML read without a browser: what its server sent, without what scripts add. Pure.

Gives what `readPage()` of the browser (read.js) gives for the same document, as far as no style sheet decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from jpt.extract.links.link_address import joined
from jpt.extract.row_links import row_links, row_title
from jpt.models.pages import Anchor, Cut, PageRead
from jpt.text.clean import clean_line, clean_text
from jpt.text.html import document
from jpt.text.late import late
from jpt.text.tree import MOST_LOOKED_AT, Node, tree

MOST_LINKS = 5_000
MOST_TEXT = 2_000_000
_CUT = 300
_DEPTH = 14
"""Elements above a link at which a card, and the shape of its place, end."""
_LONGEST_CARD = 1_500
"""Characters of what a link that stands alone may have around it."""
_LANDMARKS = {"header": "header", "nav": "nav", "main": "main", "aside": "aside", "footer": "footer"}
_ROLES = {"banner": "header", "navigation": "nav", "main": "main", "complementary": "aside",
          "contentinfo": "footer", "menu": "nav", "menubar": "nav"}  # fmt: skip
_PARTS = frozenset({"article", "main", "section", "li", "aside"})
"""A header or footer in one of these belongs to that part, not to the page (HTML-AAM 1.0)."""
_LINKS = frozenset({"a", "area"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SECTIONS = frozenset({*_HEADINGS, "legend", "caption", "summary"})
_STATES = late(r"odd|even|first|last|active|selected|current|is-.*|has-.*")
_DIGITS = late(r"\d+")
_META = frozenset({"og:title", "og:site_name", "description", "robots"})
_LONGEST_PLACE = 120
_MOST_LOCATED = 8
_LOCATED_CLASS = late(r"location|standort|map-marker|map-pin|(?:^|\s)city(?:\s|$)", re.IGNORECASE)
"""Classes of what holds a job's place, or of a pin beside it."""
_COLUMN = late(
    r"(?:job |work )?locations?|place|city|town|office|where|region|(?:arbeits|einsatz|dienst)?orte?|standorte?"
    r"|stadt|lieux?|localisation|ville|ubicaci[oó]n|lugar|ciudad|localidad|sede|luogo|citt[àa]|locatie|plaats"
    r"|standplaats|plats|ort|sted|lokalizacja|miasto",
    re.IGNORECASE,
)
"""Heads of a column of places, as in read.js."""
_LETTERS = late(r"[^\W\d_]{3}")
_FEWEST_CELLS = 2
_LONGEST_BUTTON, _MOST_OF_BUTTON = 20, 3
"""Characters and words of a link at most that is the button of the only row of a table."""
_FEWEST_OF_BUTTON = 2
"""Addresses that one text leads to from which on it is a button: `Voir`, `View details`."""
_TITLE_CLASS = late(r"title|position-name", re.IGNORECASE)


def page_of(html: str, base_url: str) -> PageRead:
    """Read *html*, which was served at *base_url*; whatever it holds, it gives a page and raises nothing."""
    said, root = document(html), tree(html)
    base = joined(base_url, said.base)
    anchors, total = _Places(root, base, base_url).anchors()
    return PageRead(
        url=base_url,
        final_url=base_url,
        http_status=200,
        title=said.title,
        text=clean_text(said.text, MOST_TEXT),
        anchors=anchors,
        headings=said.headings,
        meta=_meta(root, base, {"canonical": said.canonical, "lang": said.lang}),
        json_ld=said.json_ld,
        controls=tuple(_controls(root)),
        method="html",
        cuts=(Cut("links", limit=MOST_LINKS),) if total > MOST_LINKS else (),
    )


def _meta(root: Node, base: str, said: dict[str, str]) -> dict[str, str]:
    found = {"lang": said["lang"], "canonical": joined(base, said["canonical"]) if said["canonical"] else ""}
    for node in root.walk():
        name = (node["property"] or node["name"]).lower() if node.tag == "meta" else ""
        if name in _META:
            found.setdefault(name, clean_line(node["content"], 2_000))
    return {name: value for name, value in found.items() if value}


def _controls(root: Node) -> Iterator[str]:
    """Yield the words of buttons, and of links that lead nowhere; at most 200."""
    count = 0
    for node in root.walk():
        is_button = node.tag == "button" or node["role"].lower() == "button"
        is_input = node.tag == "input" and node["type"].lower() in {"submit", "button"}
        is_script = node.tag == "a" and (not node["href"] or node["href"].lower().startswith(("javascript:", "#")))
        if node.hidden or not (is_button or is_input or is_script):
            continue
        words = clean_line(node["value"]) or "Submit" if is_input else _label(node)
        if words and count < 200:
            count += 1
            yield words


def _label(node: Node) -> str:
    if own := node.text(_CUT):
        return clean_line(own)
    pictures = (one for one in node.walk(MOST_LOOKED_AT) if one["aria-label"] or (one.tag == "img" and one["alt"]))
    picture = next(pictures, None)
    inner = (picture["alt"] or picture["aria-label"]) if picture else ""
    return clean_line(node["aria-label"] or node["title"] or node["alt"] or inner)


@dataclass(eq=False, slots=True)
class _Link:
    """A link, and where it stands."""

    node: Node
    url: str
    card: Node
    group: str = ""


@dataclass(eq=False, slots=True)
class _Below:
    """The links below an element."""

    url: str
    several: bool = False


@dataclass(eq=False, slots=True)
class _Places:
    """The links of a document with their places: cards, groups, sections, landmarks."""

    root: Node
    base: str
    page: str
    """The page's own address: what leads there is no row."""
    _below: dict[Node, _Below] = field(default_factory=dict)
    _labels: dict[str, set[str]] = field(default_factory=dict)
    """Where the links lead that are called the same: what several are called is a button."""
    _repeats: dict[Node, set[str]] = field(default_factory=dict)
    _groups: dict[tuple[Node, str], str] = field(default_factory=dict)
    _titles: dict[Node, Node | None] = field(default_factory=dict)
    _in_cards: set[Node] = field(default_factory=set)
    _signatures: dict[Node, str] = field(default_factory=dict)
    _texts: dict[Node, str] = field(default_factory=dict)
    _headings: dict[Node, Node | None] = field(default_factory=dict)
    _large: dict[Node, bool] = field(default_factory=dict)
    _marked: dict[Node, list[str]] = field(default_factory=dict)
    _columns: dict[Node, tuple[int, int]] = field(default_factory=dict)

    def anchors(self) -> tuple[tuple[Anchor, ...], int]:
        """Return the links in document order, at most 5,000, and how many there are."""
        places, total = self._found()
        links = [place for place in places if isinstance(place, _Link)]
        for link in links:
            self._labels.setdefault(_label(link.node), set()).add(link.url)
            for at in link.node.above(40):
                known = self._below.setdefault(at, _Below(link.url))
                known.several = known.several or known.url != link.url
        titles = {link: self._placed(link) for link in links}
        found: list[Anchor] = []
        section = ""
        for place in places:
            if isinstance(place, _Link):
                found.append(self._anchor(place, titles[place], section))
            elif place not in self._in_cards:
                section = self._text(place) or section
        return tuple(found), total

    def _found(self) -> tuple[list[_Link | Node], int]:
        """Return links and headings in document order, and the number of all links."""
        places: list[_Link | Node] = []
        total = 0
        rows = dict(row_links(self.root))
        own = self.page.partition("#")[0]
        for node in self.root.walk():
            if node in rows and (url := joined(self.base, rows[node])).partition("#")[0] != own:
                total += 1
                if total <= MOST_LINKS and url.lower().startswith(("http://", "https://")):
                    places.append(_Link(node, url, node))
            if node.tag in _LINKS and "href" in node.attributes:
                url = joined(self.base, node["href"])
                if url.lower().startswith(("http://", "https://")):
                    total += 1
                    if total <= MOST_LINKS:
                        places.append(_Link(node, url, node))
            elif node.tag in _SECTIONS or node["role"] == "heading":
                places.append(node)
        return places, total

    def _placed(self, link: _Link) -> Node | None:
        """Find the card of *link*, the nearest element beside others of its kind; returns the heading in it."""
        for at in link.node.above(_DEPTH):
            container = at.parent
            if container is None:
                break
            if at.tag not in {"td", "th"} and self._kind(at) in self._repeated(container):
                link.card = at
                link.group = self._groups.setdefault((container, self._kind(at)), f"g{len(self._groups) + 1}")
                return self._inner_title(link, self._card_title(at))
        # Alone: its row of a table, else the largest part around it that holds no other link and little text.
        if row := self._lone_row(link.node):
            link.card = row
            return self._inner_title(link, self._card_title(row))
        for at in link.node.above(6):
            if at is not link.node and (at.tag in {"body", ""} or self._below[at].several or self._is_large(at)):
                break
            link.card = at
        return self._inner_title(link, self._card_title(link.card))

    def _is_large(self, node: Node) -> bool:
        if node not in self._large:
            self._large[node] = len(node.text(_LONGEST_CARD + 1)) > _LONGEST_CARD
        return self._large[node]

    def _repeated(self, container: Node) -> set[str]:
        """Return the kinds of children that occur with links to different places."""
        if container not in self._repeats:
            firsts: dict[str, str] = {}
            known: set[str] = set()
            for child in container.children:
                if child in self._below:
                    kind = self._kind(child)
                    if firsts.setdefault(kind, self._below[child].url) != self._below[child].url:
                        known.add(kind)
            self._repeats[container] = known
        return self._repeats[container]

    def _card_title(self, card: Node) -> Node | None:
        if card not in self._titles:
            nodes = list(card.walk(MOST_LOOKED_AT))
            headings = [one for one in nodes if one.tag in _HEADINGS or one["role"] == "heading"]
            self._in_cards.update(headings)
            named = (one for one in nodes if _TITLE_CLASS.search(one["class"]) or one["itemprop"] == "title")
            told = (one for one in headings if self._text(one))
            self._titles[card] = next(told, None) or next(named, None) or self._first_cell(card)
        return self._titles[card]

    def _lone_row(self, node: Node) -> Node | None:
        """Return the row of a table whose first cell names it and whose last one holds only a short link."""
        row = next((at for at in node.above(_DEPTH) if at.tag == "tr"), None)
        cells, named = self._cells(row)
        if row is None or named is None or named in self._below or self._below[row].several:
            return None
        words = self._text(cells[-1])
        is_button = (
            cells[-1] in self._below and len(words) <= _LONGEST_BUTTON and len(words.split()) <= _MOST_OF_BUTTON
        )
        return row if is_button and len(words) <= len(self._text(named)) <= _LONGEST_PLACE else None

    def _cells(self, row: Node | None) -> tuple[list[Node], Node | None]:
        """Return the cells of a table's *row*, and the first that has words."""
        cells = [one for one in row.children if one.tag in {"td", "th"}] if row is not None else []
        return cells, next((one for one in cells if _LETTERS.search(self._text(one))), None)

    def _first_cell(self, row: Node) -> Node | None:
        """Return the cell that names a table's row whose only link stands in a later cell, on a button."""
        cells, named = self._cells(row if row.tag == "tr" else None)
        if len(cells) < _FEWEST_CELLS or named is None or named in self._below or self._below[row].several:
            return None
        holder = next((one for one in cells if one in self._below), None)
        is_button = holder is not None and len(self._labels.get(self._text(holder), ())) >= _FEWEST_OF_BUTTON
        is_button = is_button or (holder is not None and row is self._lone_row(holder))
        return named if is_button and len(self._text(named)) <= _LONGEST_PLACE else None

    def _highest(self, node: Node) -> Node | None:
        """Return the highest heading in a link: a place or a team may stand above its title, as a lower one."""
        headings = [one for one in node.walk(MOST_LOOKED_AT) if one.tag in _HEADINGS and self._text(one)]
        return min(headings, key=lambda one: one.tag, default=None)

    def _inner_title(self, link: _Link, outer: Node | None) -> Node | None:
        """A section taken for a card, as others stand beside it, may hold a smaller card with its own heading."""
        if highest := self._highest(link.node):
            return highest
        if outer is None or outer.tag not in {"h1", "h2"}:
            return outer
        for at in link.node.above(_DEPTH):
            if at is link.card:
                break
            if at not in self._headings:
                below = (one for one in at.walk(MOST_LOOKED_AT) if one.tag in _HEADINGS[1:])
                self._headings[at] = next(below, None)
            if (found := self._headings[at]) is not None:
                return found if found.tag > outer.tag and self._text(found) else outer
        return outer

    def _anchor(self, link: _Link, title: Node | None, section: str) -> Anchor:
        node = link.node
        return Anchor(
            url=link.url,
            text=_label(node) if node.tag in _LINKS else row_title(node),
            heading=(self._text(title) if title is not None else "") or section,
            context=self._text(link.card),
            location=self._located(link.card, (self._text(title) if title is not None else "", _label(node))),
            region=_region(node),
            shape=self._shape(node),
            group=f"{link.group or 'g0'} {section[:120]}".strip(),
            visible=not node.hidden,
        )

    def _located(self, card: Node, names: Sequence[str]) -> str:
        """Return what the markup of *card* calls the job's place: none that holds one of its *names*."""
        if card not in self._marked:
            self._marked[card] = [*islice(self._marked_in(card), _MOST_LOCATED), *self._in_column(card)]
        found = (words for words in self._marked[card] if not any(name and name in words for name in names))
        return next(found, "")

    def _marked_in(self, card: Node) -> Iterator[str]:
        for node in islice(card.walk(MOST_LOOKED_AT), 1, None):
            is_named = node.tag == "address" or node["itemprop"].lower() in {"joblocation", "addresslocality"}
            if node.hidden or not (is_named or _LOCATED_CLASS.search(node["class"])):
                continue
            above = node.parent
            words = self._text(node) or (self._text(above) if above is not None and above is not card else "")
            if 0 < len(words) <= _LONGEST_PLACE:
                yield words

    def _in_column(self, row: Node) -> Iterator[str]:
        """Yield the text of the cell below a head like Location, where *row* has a cell for each head."""
        table = next((one for one in row.above(4) if one.tag == "table"), None) if row.tag == "tr" else None
        if table is None:
            return
        if table not in self._columns:
            first = next((one for one in table.walk(MOST_LOOKED_AT) if one.tag == "tr"), None)
            heads = [self._text(one) for one in first.children] if first is not None else []
            at = next((number for number, head in enumerate(heads) if _COLUMN.fullmatch(head)), -1)
            self._columns[table] = len(heads), at
        count, at = self._columns[table]
        cells = list(row.children)
        if at >= 0 and len(cells) == count and len(words := self._text(cells[at])) <= _LONGEST_PLACE:
            yield words

    def _text(self, node: Node) -> str:
        if node not in self._texts:
            self._texts[node] = clean_line(node.text(_CUT))
        return self._texts[node]

    def _signature(self, node: Node) -> str:
        if node not in self._signatures:
            names = [name for name in node["class"][:200].lower().split() if not _STATES.fullmatch(name)]
            own = "-".join(node["id"][:40].lower().replace("<", " ").split())
            word = node.tag + "".join(f".{name[:24]}" for name in names[:3]) + (f"#{own}" if own else "")
            self._signatures[node] = _DIGITS.sub("0", word)[:90]
        return self._signatures[node]

    def _kind(self, node: Node) -> str:
        return ".".join(re.split(r"[.#]", self._signature(node))[:2])

    def _shape(self, node: Node) -> str:
        words: list[str] = []
        for at in node.above(_DEPTH):
            if at.tag in {"body", "html", ""} or sum(map(len, words)) > 900:
                break
            words.append(self._signature(at))
        return "<".join(words)[:1_000]


def _region(node: Node) -> str:
    """Name the nearest landmark around *node*."""
    above = list(node.above(200))
    for place, at in enumerate(above):
        named = _ROLES.get(at["role"]) or _LANDMARKS.get(at.tag)
        of_a_part = at.tag in {"header", "footer"} and any(one.tag in _PARTS for one in above[place + 1 :])
        if named and not of_a_part:
            return named
    return "body"
