"""Where links stand: the anchors of one address together, and the names of the families they belong to. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from jpt.extract.links import buttons, entries, headings
from jpt.extract.links.link_address import LinkAddress
from jpt.extract.links.roles import has_gender_marker, has_role, names_job
from jpt.extract.links.url_shape import UrlShape, url_shape
from jpt.models.pages import Anchor, PageRead
from jpt.text.late import late

MOST_TITLE = 140
"""Longer texts are sentences or whole cards; a title is looked for in their heading first."""
MOST_TEXT = 300
MOST_CARD = 280
"""Longer contexts are cut or whole sections: what they name need not be the link's."""
ALONE = "g0"
"""The group of links that stand in no list."""

_ITEM = late(r"^[\w%.~-]{2,}$")
_NUMBER = late(r"\d{3,}")
_LINK = late(r"a(?:[.#<]|$)")
"""The shape of a real link; a row's address that was found out otherwise begins with the row."""
_FEWEST_OF_BUTTON = 2
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One address of a page with all anchors that lead there."""

    url: str
    anchors: tuple[Anchor, ...]
    shape: UrlShape
    title: str
    """The best text: what reads like a title; empty when there is none."""
    heading: str
    """The heading that only this address stands under; empty when it is shared."""
    sections: tuple[str, ...]
    """The headings of the sections that its anchors stand in."""
    is_titled: bool
    """Title or card name an occupation."""
    is_item: bool = False
    """It stands on the page itself, behind a fragment."""

    @property
    def address(self) -> LinkAddress:
        """The parts of its address."""
        return self.shape.address

    @property
    def heads(self) -> frozenset[str]:
        """Return the headings of its sections and of its anchors."""
        return frozenset((*self.sections, *(anchor.heading for anchor in self.anchors)))

    @property
    def lists(self) -> frozenset[str]:
        """Name the containers that it stands in together with links to the same part of its site."""
        return frozenset(
            f"{anchor.group} {self.address.area} {self.address.has_id}"
            for anchor in self.anchors
            if is_in_list(anchor)
        )

    @property
    def places(self) -> frozenset[str]:
        """Name the places of one shape on the page that it shares with addresses of one folder."""
        return frozenset(f"{anchor.shape} {self.address.folder}" for anchor in self.anchors)


def candidates(page: PageRead) -> tuple[Candidate, ...]:
    """Collect the page's addresses in page order, each with all its anchors."""
    own = {page.url.partition("#")[0], page.final_url.partition("#")[0]}
    together: dict[str, list[Anchor]] = defaultdict(list)
    items = _items(page.anchors, own) | _own_items(page.anchors, own)
    slashed: dict[str, str] = {}
    for anchor in _rows_once(page.anchors):
        address = _address(anchor.url, items)
        together[slashed.setdefault(address.removesuffix("/"), address)].append(anchor)
    shared = _shared(page.anchors, items)
    return tuple(_candidate(url, tuple(found), shared, own) for url, found in together.items())


def is_in_list(anchor: Anchor) -> bool:
    """Return whether *anchor* stands in a list: a container that repeats its shape."""
    return anchor.group.partition(" ")[0] != ALONE


def by_name(things: Iterable[_T], names: Callable[[_T], Iterable[str]]) -> dict[str, list[_T]]:
    """Group *things* by their *names*: one with several names stands in several groups."""
    groups: dict[str, list[_T]] = defaultdict(list)
    for thing in things:
        for name in names(thing):
            groups[name].append(thing)
    return groups


def _section_of(anchor: Anchor) -> str:
    """Return the heading of the section that *anchor* stands in: what follows the group's number."""
    return anchor.group.partition(" ")[2]


def _items(anchors: Iterable[Anchor], own: set[str]) -> set[str]:
    """Return the pages to which several links go that differ in a plain fragment only: lists of items."""
    fragments: dict[str, set[str]] = defaultdict(set)
    for anchor in anchors:
        base, _, fragment = anchor.url.partition("#")
        if fragment and base not in own and _ITEM.match(fragment) and has_role(anchor.text):
            fragments[base].add(fragment)
    return {base for base, found in fragments.items() if len(found) > 1}


def _own_items(anchors: Iterable[Anchor], own: set[str]) -> set[str]:
    """Return the page itself where several rows of one list lead to posts further down, or folded into it."""
    rows: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for anchor in anchors:
        base, _, fragment = anchor.url.partition("#")
        name = anchor.group.partition(" ")[0]
        in_list = is_in_list(anchor) and anchor.region not in {"nav", "footer"}
        if base in own and in_list and _may_name_item(anchor.text, fragment):
            rows[f"{name} {anchor.shape} {base}"].append((fragment, anchor.text))
    return {place.rpartition(" ")[2] for place, found in rows.items() if _are_items(found)}


def _may_name_item(text: str, fragment: str) -> bool:
    # A number behind it is that of a filter's hits.
    is_text = 2 < len(text) <= MOST_TITLE and text[-1] not in "?0123456789" and not entries.leads_elsewhere(text)
    return bool(_ITEM.match(fragment)) and is_text


def _are_items(found: list[tuple[str, str]]) -> bool:
    """Return whether the rows of a list are posts: one names an occupation, or each has a number of its own."""
    if len({fragment for fragment, _ in found}) < 2:
        return False
    titled = any(names_job(text) for _, text in found)
    return titled or all(_NUMBER.search(fragment) for fragment, _ in found)


def _address(url: str, items: set[str]) -> str:
    # Not urldefrag(): pages hold addresses that it refuses, such as `https://[#`.
    base, _, fragment = url.partition("#")
    is_item = base in items and bool(_ITEM.match(fragment))
    return url if "/" in fragment or "=" in fragment or fragment.isdigit() or is_item else base


def _rows_once(anchors: Sequence[Anchor]) -> list[Anchor]:
    """Leave out the address of a whole row where a link in it leads to the same, by its title or number."""
    inside: dict[str, list[Anchor]] = defaultdict(list)
    for anchor in anchors:
        if _LINK.match(anchor.shape) and anchor.context:
            inside[anchor.context].append(anchor)
    return [anchor for anchor in anchors if _LINK.match(anchor.shape) or not _is_repeated(anchor, inside)]


def _is_repeated(row: Anchor, inside: dict[str, list[Anchor]]) -> bool:
    numbers = set(_NUMBER.findall(row.url))
    return any(
        link.shape.endswith("<" + row.shape)
        and link.url != row.url
        and (
            numbers & set(_NUMBER.findall(link.url)) or (bool(link.text) and link.text in {row.text, row.heading})
        )
        for link in inside.get(row.context, ())
    )


@dataclass(frozen=True, slots=True)
class _Shared:
    """What several addresses of one page have in common, so that it is no title of any."""

    headings: frozenset[str]
    texts: frozenset[str]
    """Of three addresses or more: buttons, in whatever language."""


def _shared(anchors: Iterable[Anchor], items: set[str]) -> _Shared:
    heads: dict[str, set[str]] = defaultdict(set)
    texts: dict[str, set[str]] = defaultdict(set)
    for anchor in anchors:
        heads[anchor.heading].add(_address(anchor.url, items))
        texts[anchor.text].add(_address(anchor.url, items))
    return _Shared(
        frozenset(heading for heading, urls in heads.items() if len(urls) > 1),
        frozenset(text for text, urls in texts.items() if text and len(urls) > _FEWEST_OF_BUTTON),
    )


def _candidate(url: str, anchors: tuple[Anchor, ...], shared: _Shared, own_pages: set[str]) -> Candidate:
    own = (one for one in anchors if _is_own(one) and (one.heading not in shared.headings or _is_of_several(one)))
    heading = next((anchor.heading for anchor in own), "")
    sections = tuple(dict.fromkeys(section for anchor in anchors if (section := _section_of(anchor))))
    title = _title(anchors, heading, shared.texts)[:MOST_TEXT]
    base, _, fragment = url.partition("#")
    is_item = base in own_pages and bool(_ITEM.match(fragment)) and not fragment.isdigit()
    return Candidate(url, anchors, url_shape(url), title, heading, sections, _is_titled(title, anchors), is_item)


def _is_titled(title: str, anchors: tuple[Anchor, ...]) -> bool:
    text = title[:MOST_TITLE] or next(
        (anchor.context for anchor in anchors if len(anchor.context) < MOST_CARD), ""
    )
    return names_job(text)


def _is_own(anchor: Anchor) -> bool:
    """Return whether the heading may be the link's: its card's, or a section's that announces no other thing."""
    heading = anchor.heading
    announces = headings.says_open(heading) or headings.says_closed(heading) or headings.says_other(heading)
    return bool(heading) and (heading != _section_of(anchor) or has_role(heading) or not announces)


def _is_of_several(anchor: Anchor) -> bool:
    """Return whether a button stands under the title of one of several openings, in several towns say."""
    is_of_card = is_in_list(anchor) and anchor.heading != _section_of(anchor)
    return is_of_card and names_job(anchor.heading) and buttons.is_generic(anchor.text)


def _title(anchors: tuple[Anchor, ...], heading: str, shared: frozenset[str]) -> str:
    """Choose what reads like a title among the texts and the heading of their own."""
    bare = [buttons.bare(anchor.text) for anchor in anchors]
    texts = [text for text in bare if text and not buttons.is_generic(text)]
    # What other addresses are called, too, is a button where something else names this one.
    texts = [text for text in texts if text not in shared] or ([] if heading else texts)
    inside = [anchor.heading for anchor in anchors if anchor.heading and anchor.text.startswith(anchor.heading)]
    offered = [*inside, *texts, *([heading] if heading else [])]
    return max(offered, key=_title_worth, default="")


def _title_worth(text: str) -> float:
    worth = 2.0 * has_gender_marker(text[:MOST_TITLE]) + 1.5 * has_role(text[:MOST_TITLE])
    worth -= 2.0 * entries.leads_elsewhere(text)
    # Of two that are alike the shorter one is the title, the longer one the card.
    return worth - len(text) / 100
