"""A few words that say where a job is become places. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from jpt.models.places import JobPlace
from jpt.places.cutting import UK, alternatives, are_countries, are_states, bare, is_code, pieces, state, tidy
from jpt.places.gazetteer import Meaning, begins_name, countries_of, meanings, of_code
from jpt.places.names import folded
from jpt.places.wording import (
    DAYS,
    DIGIT,
    GREATER,
    NAME,
    NO_NAME,
    NOWHERE,
    OF_REMOTE,
    OF_STREETS,
    OPTION,
    QUARTER,
    REMOTE,
    REMOTE_IN,
    STREET,
    TIGHT,
    has_sign,
)
from jpt.text.late import late

MOST = 400
"""Characters of a field that are looked at."""
_MOST_PLACES = 60
_SURE = 4
"""A name is the largest city of its name when that is four times the next one abroad."""
_SEAT = 30
"""A region and a city of one name mean the city, if that has 33,000 people."""
_FAR = 16
"""Nor does the country at hand count where the world knows the name for a city 256 times as large."""


@dataclass(frozen=True, slots=True)
class ParsedPlace:
    """A place that words name, with how well it is known."""

    place: JobPlace
    known: bool
    """Some part of it stands in the table of places."""
    anchored: bool = False
    """Its region or country is named beside it."""
    in_table: bool = True
    """Its city stands in the table, too, where it has one."""


@lru_cache(maxsize=4_096)
def read_places(words: str, home: str = "") -> tuple[ParsedPlace, ...]:
    """Read what *words*, a field about nothing else, name; *home* is the country where the post seems to be from.

    None is given twice, and words for kinds of work, streets and postal codes are no places.
    """
    words = tidy(words[:MOST])
    found = _parts_of(words, home)
    anchors = {one.place.country for one in found if one.anchored}
    homes = anchors if home else {one.place.country for one in found if one.place.country}
    if len(homes) == 1 and homes != {home} and any(one.known and not one.anchored for one in found):
        found = _parts_of(words, next(iter(homes)) or home)
    return tuple(dict.fromkeys(found))[:_MOST_PLACES]


def may_name(words: str) -> bool:
    """Whether *words* may name a place that is known: quick, for what would be read in vain."""
    return any(begins_name(word) or (word.isupper() and len(word) < _LONGEST_CODE) for word in words.split()) or (
        has_sign(words.lower(), OF_REMOTE)
    )


_LONGEST_CODE = 6
"""A code with the marks round it: `(USA)`."""


def _parts_of(words: str, home: str) -> list[ParsedPlace]:
    may_be_remote = has_sign(words.lower(), OF_REMOTE)
    homes = list(_remote_in(words, home)) if may_be_remote and "(" in words else []
    if homes:
        words = REMOTE_IN.sub(" / ", words).strip(" /,")
    found: list[ParsedPlace] = []
    for one in _beside_home(words) if may_be_remote else alternatives(words):
        remote = may_be_remote and bool(REMOTE.search(one)) and not DAYS.search(one)
        if remote and OPTION.search(one):
            found += [
                *_group(pieces(bare(OPTION.sub(" ", one))), home),
                ParsedPlace(JobPlace(remote=True), known=True),
            ]
            continue
        said = _without_quarters(list(_group(pieces(bare(one)), home)))
        found += [replace(each, place=replace(each.place, remote=True)) for each in said] if remote else said
        if remote and not said:
            found.append(ParsedPlace(JobPlace(remote=True), known=True))
    return _joined([*found, *homes])


def _beside_home(words: str) -> Iterator[str]:
    """Return what stands beside each other, with a last "remote" behind several cities: `Rome, Pisa, remote`."""
    for one in alternatives(words):
        *places, last = (part.strip() for part in one.split(","))
        if len(places) > 1 and REMOTE.fullmatch(last) and all(_is_city(place) for place in places):
            yield ",".join(places)
            yield last
        else:
            yield one


def _is_city(name: str) -> bool:
    return any(one.kind == "city" for one in meanings(name)) and not _is_rather_a_region(name)


def _remote_in(words: str, home: str) -> Iterator[ParsedPlace]:
    """Return the places that stand in brackets behind "remote"."""
    for inside in REMOTE_IN.finditer(words):
        for one in alternatives(inside[1]):
            for said in _group(pieces(bare(one)), home):
                if said.known:
                    yield replace(said, place=replace(said.place, remote=True))


def _without_quarters(said: list[ParsedPlace]) -> list[ParsedPlace]:
    """Leave out names that nobody knows in front of a known city: `Belandur, Bangalore`."""
    known = [number for number, one in enumerate(said) if one.known and one.place.city]
    return [one for number, one in enumerate(said) if one.known or not any(number < other for other in known)]


def _joined(found: list[ParsedPlace]) -> list[ParsedPlace]:
    """Let a lone "remote" beside a single country or area mean remote in there."""
    lone = ParsedPlace(JobPlace(remote=True), known=True)
    others = [one for one in found if one != lone]
    wide = [one for one in others if one.place.city is None and one.place.region is None]
    remote = any(one.place.remote for one in wide)
    if others and len(others) == len(wide) and (remote or (lone in found and len(wide) == 1)):
        return [replace(one, place=replace(one.place, remote=True)) for one in wide]
    return found


def _group(names: Sequence[str], home: str) -> Iterator[ParsedPlace]:
    """Put a city together with the region and country behind it; in front of it where the widest comes first."""
    sized = [(piece, _sizes(piece, home)) for piece in names if not _is_street(piece)]
    sized = [(piece, sizes) for piece, sizes in sized if sizes or not NO_NAME.search(piece)]
    if len(sized) > 1 and are_states([piece for piece, _ in sized]):
        yield from (ParsedPlace(place_of(one), known=True) for piece, _ in sized for one in state(piece, "US")[:1])
        return
    if len(sized) > 1 and are_countries([piece for piece, _ in sized]):
        yield from (each for piece, _ in sized for each in _single(piece, ""))
        return
    if any("city" in sizes for _, sizes in sized):
        sized = [(piece, sizes) for piece, sizes in sized if sizes or not _CODE.fullmatch(piece)]
    known = [(piece, sizes) for piece, sizes in sized if sizes]
    if len(known) > 1 and _is_wide(known[0][1]) and not _is_wide(known[-1][1]):
        if all(_is_wide(sizes) for _, sizes in known[:-1]):
            sized.reverse()
        elif sized[0] == known[0]:
            sized = [*sized[1:], sized[0]]
    group: list[str] = []
    before: frozenset[str] = frozenset()
    for piece, sizes in sized:
        if group and ((before and before <= {"country", "area"}) or not _narrows(piece, sizes, group, home)):
            yield from _settled(group, home)
            group = []
        group.append(piece)
        before = sizes
    if group:
        yield from _settled(group, home)


def _is_street(piece: str) -> bool:
    may_be = DIGIT.search(piece) or has_sign(piece.lower(), OF_STREETS)
    return bool(may_be and STREET.search(piece))


_CODE = late(r"[A-Z]{2,3}")
"""Letters that stand for no place that anybody knows: of an airport, a building, a team."""


def _sizes(piece: str, home: str) -> frozenset[str]:
    if len(piece) in {2, 3} and piece.isupper():
        codes = {one.kind for one in (*of_code(UK.get(piece, piece)), *state(piece, home))}
        codes |= {one.kind for one in meanings(piece) if one.kind == "area"}
        if codes:
            return frozenset(codes)
    return frozenset(one.kind for one in meanings(piece))


def _is_wide(sizes: frozenset[str]) -> bool:
    return bool(sizes & {"country", "region", "area"}) and "city" not in sizes


def _narrows(piece: str, sizes: frozenset[str], group: Sequence[str], home: str) -> bool:
    """Whether *piece* says where the names before it are."""
    if not sizes & {"country", "region", "county", "area"}:
        return False
    before = meanings(group[-1])
    if not before:
        return not is_code(group[-1]) or "country" in sizes
    if "country" in sizes or "area" in sizes:
        if not any(one.kind == "country" for one in before):
            return not all(one.kind == "area" for one in before)
        countries = {
            one.country for one in (*meanings(piece), *of_code(UK.get(piece, piece))) if one.kind == "country"
        }
        return any(one.country in countries for one in before if one.kind in {"country", "region"})
    inside = _regions(piece, home)
    return any(one.region in inside for one in before if one.kind in {"city", "county"}) or (
        any(one.kind == "city" for one in before) and (bool(state(piece, home)) or _is_rather_a_region(piece))
    )


def _is_rather_a_region(name: str) -> bool:
    every = meanings(name)
    seats = {one.country for one in every if one.kind == "city" and one.weight >= _SEAT}
    return bool(every) and every[0].kind == "region" and every[0].country not in seats


def _regions(piece: str, home: str) -> frozenset[str]:
    found = [one.region for one in meanings(piece) if one.kind in {"region", "county"}]
    return frozenset([*found, *(one.region for one in state(piece, home))])


def _settled(group: Sequence[str], home: str) -> Iterator[ParsedPlace]:
    """Make a place of names that belong together, the narrowest first."""
    if len(group) == 1:
        yield from _single(group[0], home)
        return
    wide = _chain(group, home)
    if wide is None:
        for name in group:
            yield from _single(name, home)
        return
    country, region, rest, area = wide
    city = rest[0] if rest else None
    if (
        city is not None
        and not meanings(city)
        and (plain := _without_district(city))
        and _has_city(country, plain)
    ):
        city = plain
    if city is not None and country and not _has_city(country, city):
        inner = [one for one in meanings(city) if one.country == country and one.kind in {"region", "county"}]
        if inner:
            city, region = None, inner[0].name
    yield ParsedPlace(
        JobPlace(city and _shown(city), region, country or None, area=None if country else area or None),
        True,
        anchored=True,
        in_table=city is None or _has_city(country, city),
    )


def _has_city(country: str, name: str) -> bool:
    return any(one.country == country and one.kind == "city" for one in meanings(name))


def _chain(group: Sequence[str], home: str) -> tuple[str, str | None, list[str], str] | None:
    """Read names from the widest to the narrowest: the country, the region, and the names left."""
    best: tuple[int, tuple[str, str | None, list[str], str]] | None = None
    for last in _readings(group[-1], home):
        rest = list(group[:-1])
        country, region, area = last.country, None, last.name if last.kind == "area" else ""
        if last.kind in {"region", "county"}:
            region = last.name
        elif len(rest) > 1:
            inner = [
                one
                for one in (*meanings(rest[-1]), *(of_code(country, rest[-1]) if rest[-1].isupper() else ()))
                if one.country == country and one.kind in {"region", "county"}
            ]
            if inner:
                region = inner[0].name
                rest = rest[:-1]
        points = _points(rest, last, country, home)
        if best is None or points > best[0]:
            best = points, (country, region, rest[:1], area)
    return best[1] if best else None


def _readings(name: str, home: str) -> Iterator[Meaning]:
    code = UK.get(name, name)
    if name.isupper() and len(name) in {2, 3}:
        yield from state(name, home)
        yield from of_code(code)
    yield from (one for one in meanings(name) if one.kind != "city")


def _points(rest: Sequence[str], last: Meaning, country: str, home: str) -> int:
    """Return how well a reading of the last name goes with the names before it."""
    points = 3 if country and country == home else 0
    if last.kind == "country" and country in _OFTEN_MEANT:
        points += 1
    if not rest:
        return points
    first = meanings(rest[0])
    inside = [one for one in first if (one.region == last.region if last.region else one.country == country)]
    if last.kind == "area":
        inside = [one for one in first if one.country in countries_of(last.name)]
    if inside:
        points += 10 + max(one.weight for one in inside) + 5 * (last.kind == "region" and inside[0].kind == "city")
    elif first and not last.region:
        points -= 5
    return points


_OFTEN_MEANT = frozenset({"DE"})
"""Codes that say the country, and not the state of the United States, behind a town that nobody knows."""


def _single(name: str, home: str) -> Iterator[ParsedPlace]:
    """Make a place of one name."""
    found = list(meanings(name))
    if name.isupper() and len(name) in {2, 3} and not any(one.kind in {"country", "area"} for one in found):
        found = [*of_code(UK.get(name, name)), *state(name, home)][:1] or found
    if not found:
        if plain := _without_district(name):
            yield from _single(plain, home)
        elif NAME.fullmatch(name) and not NOWHERE.fullmatch(name):
            yield ParsedPlace(JobPlace(city=_shown(name)), known=False, in_table=False)
        return
    yield ParsedPlace(place_of(_likeliest(found, name, home), _shown(name)), known=True)


def _without_district(name: str) -> str:
    """Return the city of `Berlin-Mitte`, `Greater Boston`, `San Francisco Bay`."""
    for pattern in (GREATER, TIGHT, QUARTER):
        match = pattern.fullmatch(name)
        if match is None or is_code(match[1]) or (pattern is QUARTER and name.isupper()):
            continue  # what is all in capitals is a heading
        least = _LARGE if pattern is QUARTER else 0
        if any(one.kind == "city" and one.weight >= least for one in meanings(match[1])):
            return match[1]
    return ""


_LARGE = 36
"""A city whose quarters are written behind its name: 260,000 people."""


def _named_after(best: Meaning, found: Sequence[Meaning], name: str) -> Meaning | None:
    """Return the island or county that *name* is, where the city *best* is only called after it: `Tenerife`."""
    known, usual = folded(name), folded(best.name)
    if best.kind != "city" or not usual.endswith(f" {known}"):
        return None
    return next(
        (
            one
            for one in found
            if one.kind in {"county", "region"} and one.country == best.country and folded(one.name) == known
        ),
        None,
    )


def _likeliest(found: Sequence[Meaning], name: str, home: str) -> Meaning:
    """Choose among several; a name that two countries share alike keeps no country."""
    for kind in ("country", "area"):
        if first := next((one for one in found if one.kind == kind), None):
            states = [one for one in found if one.kind == "region" and one.country in {home, "US"}]
            return replace(states[0], country=home) if states and first.name == "Georgia" else first
    best = max(found, key=lambda one: (one.weight, one.kind == "city"))
    if inner := _named_after(best, found, name):
        return inner
    near = [one for one in found if one.country == home]
    if near and best.weight - near[0].weight <= _FAR:
        best = near[0]
        seat = [one for one in near if one.kind == "city" and one.weight >= _SEAT]
        return seat[0] if seat and best.kind == "region" else best
    if best.kind == "region":
        seat = [one for one in found if one.kind == "city" and one.country == best.country and one.weight >= _SEAT]
        best = seat[0] if seat else best
    abroad = max((one.weight for one in found if one.country != best.country), default=0)
    return best if best.weight - abroad >= _SURE else replace(best, country="")


def place_of(one: Meaning, city: str = "") -> JobPlace:
    """Return the place that a meaning stands for; a *city* keeps the name that is given."""
    if one.kind == "area":
        return JobPlace(area=one.name)
    country = one.country or None
    if one.kind == "country":
        return JobPlace(country=country)
    return JobPlace(city or one.name, None, country) if one.kind == "city" else JobPlace(None, one.name, country)


def _shown(name: str) -> str:
    """Return a city's name as it is written, in the usual case."""
    if name != name.upper() and name != name.lower():
        return name
    return name.title() if len(name) > 3 or name.islower() else name
