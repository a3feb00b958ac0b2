"""A model's answer, parsed leniently and believed strictly. Pure."""

from __future__ import annotations

import json
import math
import re
from dataclasses import asdict, dataclass
from typing import Any

from jpt.text.counts import counted

LONGEST = 20_000
"""Characters of an answer that are looked at: an honest one has two hundred."""
MOST_YEARS = 60
_MOST_STARTS = 50


class Unusable(Exception):
    """An answer that says nothing: the message is the reason, one clause."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model read."""

    min_years: int
    stated: bool
    evidence: str | None

    def as_json(self) -> str:
        """Write it down as it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)


def parsed(content: str) -> Answer:
    """Read an answer, also a fenced one or one with words around it; raises Unusable.

    What is missing or mistyped is a fault, never a 0.
    """
    if not content.strip():
        raise Unusable("the answer is empty")
    if len(content) > LONGEST:
        raise Unusable(f"the answer has {len(content):,} characters")
    value = _object(content)
    years, stated, evidence = value.get("min_years"), value.get("stated"), value.get("evidence")
    if isinstance(years, float) and math.isfinite(years) and years.is_integer():
        years = int(years)
    if isinstance(years, bool) or not isinstance(years, int):
        raise Unusable(f"min_years is {_brief(years)}, not a whole number")
    if not 0 <= years <= MOST_YEARS:
        raise Unusable(f"min_years is {_brief(years)}")
    if not isinstance(stated, bool):
        raise Unusable(f"stated is {_brief(stated)}, not true or false")
    if evidence is not None and not isinstance(evidence, str):
        raise Unusable(f"evidence is {_brief(evidence)}, not a string")
    if years and not stated:
        raise Unusable(f"it says that nothing is stated, and {counted(years, 'year')}")
    if stated and not (evidence or "").strip():
        raise Unusable("it has no evidence")
    return Answer(years, stated, without_surrogates(evidence) if stated and evidence else None)


def without_surrogates(text: str) -> str:
    """Replace lone surrogates in *text*, which JSON may hold and nothing else can encode."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _object(content: str) -> dict[str, Any]:
    """Find the JSON object that has the answer's key; of several the last, for models think aloud before."""
    decoder = json.JSONDecoder(parse_constant=_no_constant, object_pairs_hook=_unique)
    found: list[dict[str, Any]] = []
    end = 0
    for start in [match.start() for match in re.finditer(r"\{", content)][:_MOST_STARTS]:
        if start < end:
            continue
        try:
            value, end = decoder.raw_decode(content, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and "min_years" in value:
            found.append(value)
    if not found:
        raise Unusable("the answer is no JSON object with min_years")
    return found[-1]


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key stands twice")
    return value


def _brief(value: object) -> str:
    return repr(value)[:40]
