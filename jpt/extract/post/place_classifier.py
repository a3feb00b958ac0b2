"""A second opinion on the places of a post: how likely each that it names is one of the job's own. Pure.

A logistic regression and boosted trees say it of each place from the signs round all of its mentions
(`place_signs`), never from the rules' verdict. `python -m tests.accuracy.train_places` writes the weights, which
hold no words of posts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from jpt.extract.post.place_signs import TitledText, signs_of
from jpt.models.places import JobPlace
from jpt.places.mentions import ENGLISH, MOST, Mention, country_among, is_open, mentions
from jpt.places.names import folded
from jpt.text.odds import chance


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place with its signs, for and against."""

    place: JobPlace
    words: str
    """The text that names it first."""
    signs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Likely:
    """A place, and how likely it is one of the job's."""

    place: JobPlace
    words: str
    chance: float
    contradicted: bool
    """Some sentence about it speaks of the firm or of laws, or it is named like some small town."""


def likely_places(text: str, title: str, home: str) -> list[Likely]:
    """Say of each place that *title* or *text* names how likely the work is there, in their order."""
    return [
        Likely(one.place, one.words, _chance(one.signs), _is_contradicted(one.signs))
        for one in candidates(text, title, home)
    ]


def _is_contradicted(signs: frozenset[str]) -> bool:
    return (
        bool(signs & _AGAINST) or signs >= _OF_FIRM or not (signs & _FOR or any(sign in signs for sign in _LARGE))
    )


_OF_FIRM = frozenset({"label of firm", "other label of job"})
_FOR = frozenset({"at home", "anchored city", "region", "country", "area"})
_LARGE = tuple(f"weight city {number}" for number in (5, 6, 7, 8, 9))
"""Cities of 33,000 people or more."""
_AGAINST = frozenset(
    {"legal ahead", "legal behind", "others nearer", "firm ahead", "travel ahead", "agency ahead", "name of firm"}
)


def candidates(text: str, title: str, home: str) -> list[PlaceCandidate]:
    """Return each place that is named once, with the signs of all its mentions."""
    page, found = _read(text[:MOST], title, home)
    groups: dict[tuple[str, str, str], list[tuple[Mention, frozenset[str]]]] = {}
    for one, signs in zip(found, signs_of(page, found), strict=True):
        place = one.said.place
        name = folded(place.city) if place.city else f"={folded(place.region or place.area or '')}"
        groups.setdefault((name, place.country or "", place.area or ""), []).append((one, signs))
    every = [_candidate(page, group, len(groups)) for group in groups.values()]
    return [_beside(one, every) for one in every]


def _read(text: str, title: str, home: str) -> tuple[TitledText, list[Mention]]:
    page = TitledText.of(title, text, home)
    found = mentions(page.text, home)
    here = country_among(found, home)
    if here == home:
        return page, found
    if here not in ENGLISH or any(map(is_open, found)):
        found = mentions(page.text, here)
    return replace(page, home=here), found


def _candidate(page: TitledText, group: list[tuple[Mention, frozenset[str]]], others: int) -> PlaceCandidate:
    best = max((one for one, _ in group), key=lambda one: (one.said.anchored, bool(one.said.place.region)))
    signs = {each for _, signs in group for each in signs}
    signs |= {f"mentions {min(4, len(group))}", f"places {min(5, others)}"}
    first = group[0][0]
    return PlaceCandidate(best.said.place, page.text[first.start : first.end], frozenset(signs))


_TELLING = (
    "city", "label of job", "label", "label above", "label inside", "title", "office", "share 4", "share 3",
    "start 0", "start 1", "job nearer", "anchored city", "next end", "living ahead",
)  # fmt: skip
"""Signs that tell something also where another place of the post has them."""


def _beside(one: PlaceCandidate, every: list[PlaceCandidate]) -> PlaceCandidate:
    """Add what the other places of the post have and this one has not."""
    rivals = {sign for other in every if other is not one for sign in other.signs}
    lacking = {f"other {sign}" for sign in _TELLING if sign in rivals and sign not in one.signs}
    return PlaceCandidate(one.place, one.words, one.signs | lacking)


_HOPELESS = -2.5
"""Below it the trees, which take most of the time, could not make a place likely."""


def _chance(signs: frozenset[str]) -> float:
    """Return what both halves of the opinion say, on average: the line, and the trees."""
    model = _model()
    numbers = {number for sign in signs if (number := model["numbers"].get(sign)) is not None}
    line = model["bias"] + sum(model["weights"][number] for number in numbers)
    if line < _HOPELESS:
        return chance(line)
    trees = model["start"]
    for tree in model["trees"]:
        node = tree
        while len(node) > 1:
            sign, without, having = node
            node = having if sign in numbers else without
        trees += node[0]
    return (chance(line) + chance(trees)) / 2


@cache
def _model() -> dict[str, Any]:
    text = (files("jpt.extract.post") / "place_classifier.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    found["numbers"] = {sign: number for number, sign in enumerate(found["signs"])}
    return found
