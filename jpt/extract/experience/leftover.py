"""Numbers beside a word for years or months, in any language, that no rule has explained. Pure.

The rules know the usual ways to state years. This check knows none of them: it looks for the words for years and
months of CLDR and reports the numbers beside them that the rules have not matched, so that no answer that leaves
one out has high confidence. It never gives a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from jpt.extract.experience.language import READ, UNKNOWN, languages
from jpt.extract.experience.wording import Wording, wording
from jpt.text.late import late

MOST = 20
"""Left-over numbers that are reported."""
_LARGEST = 30
"""More years than this are no experience."""
_BEFORE = 5
"""Words and marks that are looked at before a unit."""
_BEHIND = 8
"""The same behind a unit in a label."""
_SHORT = 4
"""A unit of no more letters may be another word elsewhere: it counts directly behind a number."""
_ENDING = 4
"""Letters at most that inflect a unit of a language that the rules do not read."""

_WINDOW = 90
"""Characters looked at before and behind a unit."""
_WORD = late(r"[^\W\d_]+")
_TOKEN = late(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)?|\n|[^\w\s]")
_UNSPACED = late(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_UNSPACED_CODES = ("ja", "ko", "th", "zh")
_ORDINAL = frozenset("st nd rd th er ere eme e o a k m x % € $ £ :".split())
_IN = frozenset({"in", "of", "the", "om", "i", "w"})
"""A label may have these: experience in years."""
_PLURALS = ("en", "es")
_STOPS = frozenset(".;!?|•·$€£¥%")
_LINKS = frozenset(":=|")
# ruff: noqa: SIM905
_RATE = frozenset(  # a unit behind these is a rate or a date: `12 days a year`, `3 times within the year`
    "/ per pro a an the each every this that last next past previous first final current par al por za na chaque"
    " cada elk dieses letzten nachsten fiscal school academic calendar in within of il nel ogni om i w".split()
)
_AMOUNT = frozenset("$€£¥₹#&")
_GLUE = frozenset(",.:/-'")


@dataclass(frozen=True, slots=True)
class UnexplainedNumber:
    """A number beside a unit that no rule has explained."""

    start: int
    end: int
    """Where number and unit stand in the text."""
    languages: tuple[str, ...]
    """Codes of the languages that the unit is a word of, those that the rules read first."""


@dataclass(frozen=True, slots=True)
class _Tables:
    units: dict[str, frozenset[str]]
    """Words for years and months, with the languages that they are of."""
    others: frozenset[str]
    """Words for other lengths of time."""
    numbers: dict[str, frozenset[str]]
    ones: frozenset[str]
    """Words for one: they are articles, too, and count only directly before a unit."""
    unspaced: re.Pattern[str]


def leftovers(words: Wording, code: str | None, explained: Iterable[tuple[int, int]]) -> list[UnexplainedNumber]:
    """Find the numbers beside a unit that stand in none of the *explained* stretches, in order, at most `MOST`.

    *code* is the text's language: words of other languages count if the rules read them.
    """
    spans = sorted(explained)
    found: list[UnexplainedNumber] = []
    for one in sorted(_all(words.low, code, spans), key=lambda one: one.start):
        if found and one.start < found[-1].end:
            continue
        if any(start < one.end and one.start < end for start, end in spans):
            continue
        found.append(one)
        if len(found) == MOST:
            break
    return found


def _all(low: str, code: str | None, explained: Sequence[tuple[int, int]]) -> Iterator[UnexplainedNumber]:
    tables = _tables()
    if not low.isascii() and _UNSPACED.search(low):
        for match in tables.unspaced.finditer(low):
            yield UnexplainedNumber(match.start(), match.end(), _UNSPACED_CODES)
    known = READ if code is None else {*READ, code}
    spoken = frozenset(languages()[code].common) if code in languages() else frozenset()
    words = set(_WORD.findall(low))
    if code is None or code in READ:  # no endings but plurals: most words are left at once
        words = {*(words & tables.units.keys()), *(word for word in words if word.endswith(_PLURALS))}
    units = {
        word: codes
        for word in words
        if (codes := _unit(word, code, tables)) and (code == UNKNOWN or not known.isdisjoint(codes))
    }
    if not units:
        return
    forms = "|".join(
        # another language's word that is one of this language's own counts where it brings an ending: an(s)
        rf"{re.escape(word)}(?=\(\w)" if word in spoken and code not in codes else re.escape(word)
        for word, codes in sorted(units.items())
    )
    pattern = re.compile(rf"(?<![^\W\d_])(?:{forms})(?![^\W\d_])")
    for match in islice(pattern.finditer(low), 10 * MOST):
        if any(start < match.end() and match.start() < end for start, end in explained):
            continue
        place = _number_before(low, match, tables, units) or _number_behind(low, match, tables, units)
        if place:
            first, last = sorted((place, match.span()))
            yield UnexplainedNumber(first[0], last[1], _ordered(units[match[0]]))


def _ordered(codes: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(codes, key=lambda code: (code not in READ, code)))


def _number_before(
    low: str, unit: re.Match[str], tables: _Tables, units: Mapping[str, frozenset[str]]
) -> tuple[int, int] | None:
    """Find the number of a unit: `3 years`, `3 (three) full years`."""
    tokens = list(_TOKEN.finditer(low, max(0, unit.start() - _WINDOW), unit.start()))[-_BEFORE:]
    lines = 0
    for place, token in enumerate(reversed(tokens)):
        word = token[0]
        if _counts(token, units[unit[0]], tables) and (place == 0 or word not in tables.ones):
            return token.span()
        if place == 0 and word in _RATE and not (word in {"a", "an"} and "en" not in units[unit[0]]):
            return None
        lines += word == "\n"
        if lines > 1 or word[0].isdigit() or word in _STOPS or word in tables.others or word in units:
            return None
        if word[0].isalpha() and len(unit[0]) <= _SHORT and "en" not in units[unit[0]]:
            return None
    return None


def _number_behind(
    low: str, unit: re.Match[str], tables: _Tables, units: Mapping[str, frozenset[str]]
) -> tuple[int, int] | None:
    """Find the number of a label with a unit: `Years of experience (minimum): 3`, the number on its line too."""
    before = low[max(0, unit.start() - 12) : unit.start()].split()
    if before and (before[-1] in _RATE - _IN or before[-1][-1].isdigit()):
        return None
    tokens = list(_TOKEN.finditer(low, unit.end(), unit.end() + _WINDOW))[: _BEHIND + 1]
    linked = False
    for place, token in enumerate(tokens):
        word = token[0]
        if linked and _counts(token, units[unit[0]], tables):
            after = tokens[place + 1][0] if place + 1 < len(tokens) else "\n"
            return token.span() if not after[0].isalpha() or after in units or after == "to" else None
        if linked and word != "\n":
            return None
        linked = linked or word in _LINKS or word == "\n"
        if word in _STOPS - _LINKS or word[0].isdigit() or word in units or word in tables.others:
            return None
    return None


def _counts(token: re.Match[str], codes: frozenset[str], tables: _Tables) -> bool:
    """Return whether a token is a number that may count the unit, no part of a date, an amount or a name."""
    word, low = token[0], token.string
    if not word[0].isdigit():
        return not codes.isdisjoint(tables.numbers.get(word, ()))
    whole = re.split("[.,]", word)[0]
    if len(whole) > 2 or len(word) > 4 or int(whole) > _LARGEST:
        return False
    before = low[token.start() - 1 : token.start()]
    if before and (before.isalnum() or before in _AMOUNT):
        return False
    if before in _GLUE and low[token.start() - 2 : token.start() - 1].isdigit():
        return False
    glued = re.compile(r"[^\W\d_]+|[%€$£:]").match(low, token.end())
    return not (glued and glued[0] in _ORDINAL)


def _unit(word: str, code: str | None, tables: _Tables) -> frozenset[str]:
    """Return the languages that *word* is years or months in; inflected ones only in a text of that language."""
    codes = tables.units.get(word)
    if not codes and word.endswith(_PLURALS):
        codes = tables.units.get(word.removesuffix("s").removesuffix("n").removesuffix("e"))
    if codes or code is None or code in READ:
        return codes or frozenset()
    for cut in range(1, min(_ENDING, len(word) - 2) + 1):
        codes = tables.units.get(word[:-cut], frozenset())
        if code in codes:
            return codes
    return frozenset()


@cache
def _tables() -> _Tables:
    """Turn the shipped table round, in the letters of `Wording.low`."""
    units: dict[str, set[str]] = {}
    numbers: dict[str, set[str]] = {}
    others: set[str] = set()
    for code, one in languages().items():
        for form in (*one.years, *one.months):
            units.setdefault(wording(form).low, set()).add(code)
        others.update(wording(form).low for form in one.others)
        for word in one.numbers:
            numbers.setdefault(wording(word).low, set()).add(code)
    unspaced = sorted((form for form in units if _UNSPACED.match(form)), key=len, reverse=True)
    counting = "".join(sorted({*"".join(languages()["ja"].numbers), *"".join(languages()["zh"].numbers)}))
    ones = (word for one in languages().values() for word, number in one.numbers.items() if number == 1)
    return _Tables(
        {word: frozenset(codes) for word, codes in units.items() if word not in unspaced},
        frozenset(others - set(units)),
        {word: frozenset(codes) for word, codes in numbers.items()},
        frozenset(wording(word).low for word in ones),
        re.compile(rf"(?<![\d.,])(?:\d{{1,2}}|[{counting}]{{1,3}})\s?(?P<unit>{'|'.join(unspaced)})"),
    )
