"""Where links stand: the anchors of one address together, and the names of the families they belong to. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from jpt.extract.links import phrases
from jpt.extract.links.roles import has_gender_marker, has_role
from jpt.extract.links.url_shape import UrlShape, shape_of
from jpt.models.pages import Anchor, PageRead

MOST_TITLE = 140
"""Longer texts are sentences or whole cards; a title is looked for in their heading first."""
MOST_TEXT = 300
MOST_CARD = 280
"""Longer contexts are cut or whole sections: what they name need not be the link's."""
ALONE = "g0"
"""The group of links that stand in no list."""

_ITEM = re.compile(r"^[\w%.~-]{2,}$")


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

    @property
    def lists(self) -> frozenset[str]:
        """Name the containers that it stands in together with links to the same part of its site."""
        return frozenset(
            f"{anchor.group} {self.shape.address.area} {self.shape.address.has_id}"
            for anchor in self.anchors
            if anchor.group.partition(" ")[0] != ALONE
        )

    @property
    def places(self) -> frozenset[str]:
        """Name the places of one shape on the page that it shares with addresses of one folder."""
        return frozenset(f"{anchor.shape} {self.shape.address.folder}" for anchor in self.anchors)


def candidates(page: PageRead) -> tuple[Candidate, ...]:
    """Collect the page's addresses in page order, each with all its anchors."""
    own = {page.url.partition("#")[0], page.final_url.partition("#")[0]}
    together: dict[str, list[Anchor]] = defaultdict(list)
    items = _items(page.anchors, own)
    for anchor in page.anchors:
        together[_address(anchor.url, items)].append(anchor)
    shared = _shared_headings(page.anchors, items)
    return tuple(_candidate(url, tuple(anchors), shared) for url, anchors in together.items())


def section_of(anchor: Anchor) -> str:
    """Give the heading of the section that *anchor* stands in: what follows the group's number."""
    return anchor.group.partition(" ")[2]


def _items(anchors: Iterable[Anchor], own: set[str]) -> set[str]:
    """Give the pages to which several links go that differ in a plain fragment only: lists of items."""
    fragments: dict[str, set[str]] = defaultdict(set)
    for anchor in anchors:
        base, _, fragment = anchor.url.partition("#")
        if fragment and base not in own and _ITEM.match(fragment) and has_role(anchor.text):
            fragments[base].add(fragment)
    return {base for base, found in fragments.items() if len(found) > 1}


def _address(url: str, items: set[str]) -> str:
    # Not urldefrag(): pages hold addresses that it refuses, such as `https://[#`.
    base, _, fragment = url.partition("#")
    return url if "/" in fragment or "=" in fragment or fragment.isdigit() or base in items else base


def _shared_headings(anchors: Iterable[Anchor], items: set[str]) -> set[str]:
    under: dict[str, set[str]] = defaultdict(set)
    for anchor in anchors:
        under[anchor.heading].add(_address(anchor.url, items))
    return {heading for heading, urls in under.items() if len(urls) > 1}


def _candidate(url: str, anchors: tuple[Anchor, ...], shared: set[str]) -> Candidate:
    heading = next((anchor.heading for anchor in anchors if anchor.heading not in shared and _is_own(anchor)), "")
    sections = tuple(dict.fromkeys(section for anchor in anchors if (section := section_of(anchor))))
    title = _title(anchors, heading)[:MOST_TEXT]
    return Candidate(url, anchors, shape_of(url), title, heading, sections, _is_titled(title, anchors))


def _is_titled(title: str, anchors: tuple[Anchor, ...]) -> bool:
    text = title[:MOST_TITLE] or next(
        (anchor.context for anchor in anchors if len(anchor.context) < MOST_CARD), ""
    )
    return has_gender_marker(text) or has_role(text)


def _is_own(anchor: Anchor) -> bool:
    """Tell whether the heading may be the link's: that of its card, or a section's that announces nothing else."""
    heading = anchor.heading
    announces = phrases.says_open(heading) or phrases.says_closed(heading) or phrases.says_other(heading)
    return bool(heading) and (heading != section_of(anchor) or has_role(heading) or not announces)


def _title(anchors: tuple[Anchor, ...], heading: str) -> str:
    """Choose what reads like a title among the texts and the heading of their own."""
    bare = [phrases.bare(anchor.text) for anchor in anchors]
    texts = [text for text in bare if text and not phrases.is_generic(text)]
    inside = [anchor.heading for anchor in anchors if anchor.heading and anchor.text.startswith(anchor.heading)]
    offered = [*inside, *texts, *([heading] if heading else [])]
    return max(offered, key=_title_worth, default="")


def _title_worth(text: str) -> float:
    worth = 2.0 * has_gender_marker(text[:MOST_TITLE]) + 1.5 * has_role(text[:MOST_TITLE])
    worth -= 2.0 * phrases.leads_elsewhere(text)
    # Of two that are alike the shorter one is the title, the longer one the card.
    return worth - len(text) / 100
