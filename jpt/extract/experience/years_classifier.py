"""A second opinion: how likely an answer is by the words round each number, whatever the rules say of them. Pure.

A logistic regression says of each statement of years how likely it is that somebody must have them: from the words
before and behind it, its heading, and which of the rules' patterns are found there; never from the rules' verdict.
The answer is as likely as it is that its statement is the lowest that counts. The weights hold no words: features
are hashed. `python -m tests.accuracy.train_years` writes them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from typing import Literal
from zlib import crc32

from jpt.extract.experience import rules
from jpt.extract.experience.clause import Clause
from jpt.extract.experience.wording import Wording
from jpt.text.late import is_pattern, late
from jpt.text.odds import chance

MOST = 16
"""Statements that an opinion is formed on at most: of a text with more there is none."""
BUCKETS = 2048
"""Weights."""
_BEFORE, _AFTER, _TOKENS = 120, 120, 10
"""Characters and words looked at before and behind a number."""
_HEADING = 90
_ABOVE = 400
Way = Literal["ends", "follows", "stands"]
"""A pattern ends at the number, follows the unit at once, or stands anywhere before or behind."""
Named = tuple[str, re.Pattern[str], Way]
"""A pattern with its name and its way."""
_TOKEN = late(r"[a-z]+|\d+|[^\w\s]|\n")
_DIGIT = late(r"\d")


@dataclass(frozen=True, slots=True)
class StatedYears:
    """A statement with its sentence, and the years that it asks if it asks any."""

    clause: Clause
    years: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned."""

    fingerprint: str
    """Of the names of the patterns that they were learned with."""
    sure: float
    """From this probability on an answer is sure."""
    patterns: frozenset[str]
    """Names of the patterns that tell something: the others are not looked for."""
    bias: float
    buckets: tuple[float, ...]


@cache
def weights() -> Weights:
    """Read the shipped weights."""
    table = json.loads((files("jpt.extract.experience") / "years_classifier.json").read_text("utf-8"))
    return Weights(
        table["fingerprint"],
        table["sure"],
        frozenset(table["patterns"]),
        table["bias"],
        tuple(w / table["scale"] for w in table["buckets"]),
    )


def probability(words: Wording, mentions: Sequence[StatedYears], years: int | None) -> float | None:
    """Return how likely it is that *years* is the lowest number that counts (None: that none does), from 0 to 1.

    None where there are too many statements to have an opinion.
    """
    if len(mentions) > MOST:
        return None
    likely = likelihoods(words, mentions)
    none_below = none_at = 1.0
    for mention, each in zip(mentions, likely, strict=True):
        if years is None or mention.years < years:
            none_below *= 1.0 - each
        elif mention.years == years:
            none_at *= 1.0 - each
    return none_below if years is None else none_below * (1.0 - none_at)


def likelihoods(words: Wording, mentions: Sequence[StatedYears]) -> list[float]:
    """Say of each statement how likely it is that somebody must have its years."""
    learned = weights()
    found = []
    for place, mention in enumerate(mentions):
        hashed = {
            crc32(feature.encode("utf-8", "replace")) % BUCKETS
            for feature in features(words, mention, place, len(mentions))
        }
        score = learned.bias + sum(learned.buckets[bucket] for bucket in hashed)
        found.append(chance(score))
    return found


def features(
    words: Wording, mention: StatedYears, place: int, count: int, patterns: Sequence[Named] | None = None
) -> Iterator[str]:
    """Yield what is to be known of a statement, the *place*-th of *count*: numbers in it are made one sign.

    *patterns* are those that are looked for; None for those that the weights were learned with.
    """
    said = mention.clause
    before = _tokens(said.before[-_BEFORE:])[-_TOKENS:]
    after = _tokens(said.after[:_AFTER])[:_TOKENS]
    for distance, word in enumerate(reversed(before)):
        yield f"b:{word}"
        if distance < 3:
            yield f"b{distance}:{word}"
    for distance, word in enumerate(after):
        yield f"a:{word}"
        if distance < 4:
            yield f"a{distance}:{word}"
    yield f"bb:{' '.join(before[-2:])}"
    yield f"aa:{' '.join(after[:2])}"
    yield f"s:{' '.join(_tokens(said.said))}"
    yield from _headings(words, said)
    yield from _shape(mention, place, count)
    yield from _hits(said.before[-_BEFORE:], said.after[:_AFTER], _learned() if patterns is None else patterns)


def _tokens(part: str) -> list[str]:
    return ["#" if token[0].isdigit() else token for token in _TOKEN.findall(part)]


def _headings(words: Wording, said: Clause) -> Iterator[str]:
    """Yield the words of the section's heading, and those of the next short line above."""
    section = said.section
    yield f"k:{section.kind}:{section.titled}"
    if section.titled:
        heading = words.low[section.start : section.start + _HEADING].split("\n", 1)[0]
        yield from (f"h:{word}" for word in _tokens(heading)[:8])
    line = words.low.rfind("\n", 0, said.statement.start) + 1
    for above in reversed(words.low[max(0, line - _ABOVE) : max(0, line - 1)].split("\n")):
        if 2 < len(above.strip()) < 60 and not _DIGIT.search(above):
            yield from (f"u:{word}" for word in _tokens(above)[:6])
            break
    yield f"l:{min(6, (said.statement.start - line) // 20)}"


def _shape(mention: StatedYears, place: int, count: int) -> Iterator[str]:
    statement = mention.clause.statement
    yield f"v:{mention.years if mention.years < 12 else 12 if mention.years < 20 else 20}"
    yield "months" if statement.months % 12 else "years"
    yield "range" if statement.top != statement.months else "one"
    yield f"i:{min(place, 3)}"
    yield f"n:{min(count, 5)}"
    if statement.field:
        yield "field"
    if mention.clause.asks:
        yield "asks"
    if mention.clause.experienced:
        yield "experienced"


def _hits(before: str, after: str, patterns: Sequence[Named]) -> Iterator[str]:
    for name, pattern, way in patterns:
        if way == "ends":
            if pattern.search(before):
                yield f"p:{name}"
        elif pattern.match(after):
            yield f"pm:{name}"
        elif way == "stands":
            if pattern.search(after):
                yield f"pa:{name}"
            if pattern.search(before):
                yield f"pb:{name}"


@cache
def _learned() -> tuple[Named, ...]:
    """Return the patterns that the weights were learned with."""
    return tuple(one for one in every_pattern() if one[0] in weights().patterns)


@cache
def every_pattern() -> tuple[Named, ...]:
    """Return the patterns of the rules by module and name, and how each is made to be looked for."""
    found: dict[re.Pattern[str], str] = {}
    for module in sorted(module.name for module in iter_modules(rules.__path__)):
        for name, value in sorted(vars(import_module(f"{rules.__name__}.{module}")).items()):
            if is_pattern(value):
                found.setdefault(value, f"{module}.{name}")
    return tuple((name, pattern, _way(pattern.pattern)) for pattern, name in found.items())


def _way(pattern: str) -> Way:
    if pattern.endswith(("$", "$)")):
        return "ends"
    return "stands" if pattern.startswith((r"\b", r"(?:\b", r"(?<")) else "follows"


def fingerprint(names: Iterable[str] | None = None) -> str:
    """Sum up names of patterns, of the learned ones that there are if None: others need other weights."""
    known = (name for name, _, _ in _learned()) if names is None else names
    return sha256("\n".join(sorted(known)).encode()).hexdigest()[:16]
