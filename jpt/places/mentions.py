"""The names of places in running text, each with what stands beside it: `Austin, TX`. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from jpt.models.places import JobPlace
from jpt.places.cutting import is_code, state
from jpt.places.gazetteer import Meaning, begins_name, meanings
from jpt.places.parsing import ParsedPlace, read_places
from jpt.places.wording import WORDS
from jpt.text.late import late

MOST = 60_000
"""Characters that are looked at."""
_LONGEST_NAME = 4
"""Words of a name."""
_MOST_PARTS = 4
_LEAST_SURE = 28
"""A name that is a city of 16,000 people or more in one country alone says where a text is from."""
_LEAST_KNOWN = 24
_LEAD = 6
"""Eight times as many people."""
_WORD = late(r"(?<![^\W_])[A-ZÀ-ÞŁŚŻ][\w'’]{0,40}(?:\.(?=[ -][A-ZÀ-Þ]))?")
_FORT = late(r"\b(?:Fort|Camp|Lake|Point|Cape|Mount) (?:[A-ZÀ-Þ]\w+ )?$")
_SMALL = late(
    r"(?: (?:am|an der|bei|de la|de|del|la|upon|on|sur|in|of|y|e) "
    r"|-(?:sur|en|lès|sous|aux|la|le|les|de|du|des|upon|on|am|an|der|in)-(?:la-|le-)?|[ -])"
)
"""What may stand between two words of a name."""
_CODE_BEHIND = late(r"(?:, ?|,? \(| |/|-| - )([A-Z]{2,3})\b(?!['’.-]?\w)")
_COUNTRY_BEHIND = late(r", ?[A-ZÀ-Þ]")
"""Behind a word that is a town's name, too, where it is meant as one: `Reading, UK`."""
_WORDLIKE = frozenset(["ID", "OR", "IN", "ME", "OK", "HI", "DE", "LA", "MS", "MD", "CO", "AL", "PA", "MA", "AS"])
"""Codes of states that are words or letters of other things, too: behind a town only with a comma."""
_JOIN = late(r" ?, | \(|,| [-–—|>] | ?-|/| in |, in | ?> ?")
"""What may stand between a place and the one round it."""
_CAPITAL = r"(?!(?:Locations?|Standort|Locatie|Lieu|Remote|Hybrid|Onsite)\b)[A-ZÀ-Þ][a-zà-ÿ'’-][\w'’-]{0,25}"
_TOWN = late(rf"(?<![\w-])(?:{_CAPITAL} |St\. ){{0,2}}{_CAPITAL}$")
_STATE = late(r" ([A-Z]{2})\b(?!['’.-]?\w)")
"""A town that nobody knows, and the code of its state."""
_IN_REGION = late(rf"(?<![\w-])((?:{_CAPITAL} |St\. ){{0,2}}{_CAPITAL}), $")
_NEAR = late(
    r"^[ \t]{0,9}([A-ZÀ-Þ][\w-]{1,30} (?:bei|an der|am|ob der|im) [A-ZÀ-Þ][\w-]{1,30})[ \t]{0,9}$", re.MULTILINE
)
"""A line that is the name of a town with the larger one beside it: `Hart bei Graz`."""
_BEFORE = 60
_POSTAL = late(
    rf"\b(?:(?:A|D|DE|CH|F|B|L|DK|SE)-)?(?:\d{{4,5}}|\d{{4}} ?[A-Z]{{2}}|\d{{3}} \d{{2}}) "
    rf"((?:'s-)?{_CAPITAL}(?: (?:am|an der|im|in|bei|ob der|aan den|den) {_CAPITAL}|-{_CAPITAL})*)"
    r"(?= ?(?:$|[\n,;/|(.–-])|\s{2,})"
)
"""A town behind its postal code, and nothing else behind it."""
_SEATED = late(
    rf"\b(?:situé|basé|situado|ubicado|gelegen|gevestigd|situat|ansässig)(?:e|a|s|es|as|os)? "
    rf"(?:à|en|in|te|a) ({_CAPITAL}(?:[ -]{_CAPITAL}){{0,2}})"
)
_ARTICLES = ("las ", "los ")
"""Small words that begin names, and are written small within sentences."""
_CODES = frozenset({"USA", "UK", "US", "UAE", "EU", "NYC", "SF", "NRW", "DACH", "EMEA", "APAC", "LATAM", "GTA"})
"""Names in capitals that stand for places also alone."""
_WIDE = "weit"
"""German: all over, `österreichweit`."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that a text names."""

    start: int
    end: int
    said: ParsedPlace
    weight: int
    """Of the largest thing of its kind with that name; 0 for what nobody knows."""
    lead: int
    """By how much that outweighs what has the name in any other country."""


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    found: tuple[Meaning, ...]


def mentions(text: str, home: str) -> list[Mention]:
    """Return all places that *text* names, in order; *home* is the country that it seems to be from."""
    text = text[:MOST]
    names = _names(text)
    found, at = [], 0
    while at < len(names):
        mention, taken = _chain(text, names, at, home)
        if mention is not None:
            found.append(mention)
        at += taken
    near = list(_near(text, found))
    found = [one for one in found if not any(wide.start <= one.start and one.end <= wide.end for wide in near)]
    return sorted([*found, *near, *_towns(text, found, home)], key=lambda one: one.start)


def country_among(found: Sequence[Mention], said: str) -> str:
    """Return the country of most of the places that can be in one only; *said* is the one by other signs."""
    votes: Counter[str] = Counter()
    # In the order of the text, for the first of two countries with as many votes counts.
    for place, is_anchored in dict.fromkeys((one.said.place, one.said.anchored) for one in found if _is_sure(one)):
        votes[place.country or ""] += _ANCHORED if is_anchored else _UNANCHORED
    if not votes and not said:
        near = {one.said.place.country for one in found if one.said.place.country and one.weight >= _LEAST_KNOWN}
        return (next(iter(near)) or "") if len(near) == 1 else ""
    votes[said] += _SIGN if said else 0
    return max(votes, key=lambda country: (votes[country], country == said))


_ANCHORED, _UNANCHORED, _SIGN = 10, 5, 9
"""What one place, with and without the country beside it, and all other signs count."""


def is_open(one: Mention) -> bool:
    """Whether it lies elsewhere if the text is from elsewhere."""
    return not one.said.anchored and one.lead < _LEAD


def _is_sure(one: Mention) -> bool:
    return bool(one.said.place.country) and (
        one.said.anchored or (one.weight >= _LEAST_SURE and one.lead >= _LEAD)
    )


@lru_cache(maxsize=1)
def _names(text: str) -> tuple[_Name, ...]:
    """Return the longest names that the table knows; kept, for a text is read again when its country is known."""
    return tuple(_read_names(text))


def _read_names(text: str) -> Iterator[_Name]:
    words = [found for found in _WORD.finditer(text) if len(found[0]) > 1]
    at = 0
    while at < len(words):
        name = _longest(text, words, at) if begins_name(words[at][0]) else _wide(words[at])
        if name is None:
            at += 1
            continue
        yield name
        while at < len(words) and words[at].start() < name.end:
            at += 1


def _longest(text: str, words: Sequence[re.Match[str]], at: int) -> _Name | None:
    start, last = words[at].start(), at
    while last + 1 < min(len(words), at + _LONGEST_NAME):
        if not _SMALL.fullmatch(text, words[last].end(), words[last + 1].start()):
            break
        last += 1
    for article in _ARTICLES if text[max(0, start - 2) : start] == "s " else ():
        begin = start - len(article)
        if text[max(0, begin) : start].lower() == article and (found := meanings(text[begin : words[at].end()])):
            return _Name(begin, words[at].end(), found)
    for number in range(last, at - 1, -1):
        name = text[start : words[number].end()].rstrip(".'’")
        if len(name) < 4 and name.isupper() and name not in _CODES:
            continue
        if number == at and name.lower() in WORDS and not _COUNTRY_BEHIND.match(text, start + len(name)):
            return None
        if found := meanings(name):
            return _Name(start, start + len(name), found)
    return None


def _wide(word: re.Match[str]) -> _Name | None:
    name = word[0].removesuffix(_WIDE)
    found = meanings(name) if name != word[0] else ()
    return _Name(word.start(), word.start() + len(name), found) if found else None


def _chain(text: str, names: Sequence[_Name], at: int, home: str) -> tuple[Mention | None, int]:
    """Read a name with the code, and the names, behind it that say where it is; and how many names that took."""
    first, taken, is_dashed = names[at], 1, False
    end = first.end
    if ahead := _FORT.search(text, max(0, first.start - _BEFORE), first.start):
        return _fort(text, ahead.start(), first, home), taken
    if (code := _CODE_BEHIND.match(text, end)) and text[first.start : end] not in _CODES and _is_meant(code, home):
        said = read_places(text[first.start : code.end(1)], home)
        if len(said) == 1 and said[0].anchored:
            end = code.end(1)
    while at + taken < len(names) and taken < _MOST_PARTS:
        following = names[at + taken]
        if following.start < end:
            taken += 1
            continue
        join = text[end : following.start]
        if not _JOIN.fullmatch(join) or (is_dashed and "," in join):
            break
        is_dashed = is_dashed or join == "-"
        said = read_places(text[first.start : following.end], home)
        if len(said) != 1 or not said[0].anchored or not _may_hold(first, following, said[0], home):
            break
        end, taken = following.end, taken + 1
    said = read_places(text[first.start : end], home)
    if len(said) != 1 or not said[0].known:
        return None, taken
    place = said[0].place
    kind = "city" if place.city else "region" if place.region else "country"
    kinds = {kind, "county"} if kind == "region" else {kind}
    weight = max((one.weight for one in first.found if one.kind in kinds), default=0)
    others = (one.weight for one in first.found if one.country != place.country)
    return Mention(first.start, end, said[0], weight, weight - max(others, default=0)), taken


def _fort(text: str, start: int, name: _Name, home: str) -> Mention | None:
    """Read `Fort Sam Houston, TX`: a place that is named after another one, which is somewhere else."""
    code = _CODE_BEHIND.match(text, name.end)
    end = code.end(1) if code and _is_meant(code, home) else name.end
    said = read_places(text[start:end], home)
    if len(said) != 1 or not said[0].place.city:
        return None
    return Mention(start, end, replace(said[0], in_table=False), 0, 0)


def _is_meant(code: re.Match[str], home: str) -> bool:
    """Whether letters behind a name are the code of its state or country."""
    if code[1] in _WORDLIKE and "," not in code[0] and "(" not in code[0]:
        return False
    return bool(state(code[1], home) or is_code(code[1]))


def _may_hold(first: _Name, outer: _Name, said: ParsedPlace, home: str) -> bool:
    """Whether *outer* may be where a place is: no city abroad, and no region beside one, as in lists."""
    best = max(outer.found, key=lambda one: (one.country == home, one.weight))
    if said.place.city is None:
        return "country" in {best.kind, first.found[0].kind} or best.kind == "area"
    return best.kind != "city" or best.country == said.place.country


def _towns(text: str, found: Sequence[Mention], home: str) -> Iterator[Mention]:
    """Return towns that the table does not have, by the state, or the name of it, behind them."""
    taken = [(one.start, one.end) for one in found]
    abroad = home if home in _OF_STATES else "US"
    for code in _STATE.finditer(text):
        has_comma = text[code.start() - 1 : code.start()] == ","
        if not state(code[1], home) or (code[1] in _WORDLIKE and not has_comma):
            continue
        ahead = max(0, code.start() - _BEFORE)
        match = _TOWN.search(text[ahead : code.start() - has_comma])
        begin = ahead + match.start() if match else 0
        if match and all(start >= code.end() or end <= begin for start, end in taken):
            yield from _town(text, begin, code.end(), abroad)
    is_abroad = home and home not in ENGLISH
    for match in (*_POSTAL.finditer(text), *_SEATED.finditer(text)) if is_abroad else ():
        if not any(start < match.end(1) and end > match.start(1) for start, end in taken):
            place = JobPlace(city=match[1], country=home)
            yield Mention(match.start(1), match.end(1), ParsedPlace(place, known=True, in_table=False), 0, 0)
    for one in found:
        if one.said.place.region and not one.said.place.city and not one.said.anchored:
            ahead = max(0, one.start - _BEFORE)
            if town := _IN_REGION.search(text[ahead : one.start]):
                yield from _town(text, ahead + town.start(), one.end, home)


def _town(text: str, start: int, end: int, home: str) -> Iterator[Mention]:
    said = read_places(text[start:end], home)
    if len(said) == 1 and said[0].place.city and said[0].place.region:
        yield Mention(start, end, said[0], 0, 0)


def _near(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Return what stands for itself in a line and is named after a larger town nearby, which is known."""
    for match in _NEAR.finditer(text) if any(sign in text for sign in _OF_NEAR) else ():
        inside = [one for one in found if match.start(1) <= one.start and one.end <= match.end(1)]
        if inside and inside[-1].end == match.end(1) and inside[-1].said.place.city:
            place = JobPlace(city=match[1], country=inside[-1].said.place.country)
            yield Mention(match.start(1), match.end(1), ParsedPlace(place, known=True, in_table=False), 0, 0)


_OF_NEAR = (" bei ", " an der ", " am ", " ob der ", " im ")
_OF_STATES = frozenset({"US", "CA", "AU"})
ENGLISH = frozenset({"US", "GB", "CA", "AU", "IE", "NZ"})
"""Where no postal code stands in front of a town."""
