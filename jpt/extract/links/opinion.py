"""A second opinion on links, with no point set by hand: `tests/accuracy/train_links.py` makes it of captured pages
and prints how right it is.

First a logistic regression over the signs of each link; then boosted trees that also see what its like are, on
average and at most; what they say is calibrated on repositories left out. Only numbers are kept, no word of any
page. Pure.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from statistics import median
from typing import Any

from jpt.extract.links.relation import Here
from jpt.extract.links.signs import Row, places_of, signs_of
from jpt.extract.links.structure import Candidate
from jpt.text.odds import chance

_FILE = "opinion.json"
_LIKELY = 0.5


def probabilities(candidates: Sequence[Candidate], here: Here) -> list[float]:
    """Give for each of *candidates* how likely it is a job, 0 to 1."""
    rows = signs_of(candidates, here)
    model = _model()
    first = [_logistic(row, model["weights"], model["bias"]) for row in rows]
    return [_boosted(row, model) for row in grouped(rows, first, candidates)]


def grouped(rows: Sequence[Row], first: Sequence[float], candidates: Sequence[Candidate]) -> list[Row]:
    """Add to the signs of each link its own first probability and those of its like, and of the whole page."""
    found: list[Row] = [[] for _ in rows]
    likely = sum(one >= _LIKELY for one in first)
    most = max(first, default=0.0)
    for members in places_of(candidates).values():
        ours = [first[number] for number in members]
        together = [max(ours), median(ours), sum(ours) / len(ours), min(len(ours), 30) / 30]
        for number in members:
            found[number] = [*rows[number], first[number], *together, min(likely, 30) / 30, most]
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
