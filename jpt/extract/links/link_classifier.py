"""A second opinion on links, with no point set by hand: `tests/accuracy/train_links.py` makes it of captured pages
and prints how right it is.

First a logistic regression over the signs of each link; then boosted trees that also see what its like are, on
average and at most, and the signs of the whole page; what they say is calibrated on repositories left out. Only
numbers are kept, no word of any page. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from statistics import median
from typing import Any

from jpt.extract.links.link_signs import Row, places_of, signs_of
from jpt.extract.links.page_signs import page_signs
from jpt.extract.links.relation import ListedPage
from jpt.extract.links.structure import Candidate
from jpt.models.pages import PageRead
from jpt.text.odds import chance

_FILE = "link_classifier.json"
_LIKELY = 0.5


def probabilities(page: PageRead, candidates: Sequence[Candidate], here: ListedPage) -> list[float]:
    """Return for each of the *candidates* of *page* how likely it is a job, 0 to 1."""
    if not candidates:
        return []
    rows = signs_of(candidates, here)
    model = _model()
    first = [_logistic(row, model["weights"], model["bias"]) for row in rows]
    return [_boosted(row, model) for row in grouped(rows, first, candidates, page_signs(page, candidates, here))]


def grouped(
    rows: Sequence[Row], first: Sequence[float], candidates: Sequence[Candidate], of_page: Row
) -> list[Row]:
    """Add to the signs of each link its own first probability, those of its like and of the whole page."""
    found: list[Row] = [[] for _ in rows]
    likely = sum(one >= _LIKELY for one in first)
    most = max(first, default=0.0)
    for members in places_of(candidates).values():
        ours = [first[number] for number in members]
        together = [max(ours), median(ours), sum(ours) / len(ours), min(len(ours), 30) / 30]
        for number in members:
            found[number] = [*rows[number], first[number], *together, min(likely, 30) / 30, most, *of_page]
    return found


def _logistic(row: Row, weights: Sequence[float], bias: float) -> float:
    return chance(bias + sum(value * weight for value, weight in zip(row, weights, strict=True)))


def _boosted(row: Row, model: dict[str, Any]) -> float:
    total = model["start"]
    for tree in model["trees"]:
        node = tree
        while len(node) > 1:
            sign, limit, below, above = node
            node = below if row[sign] <= limit else above
        total += node[0]
    return chance(model["scale"] * total + model["shift"])


@lru_cache(maxsize=1)
def _model() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((files("jpt.extract.links") / _FILE).read_text(encoding="utf-8"))
    return found
