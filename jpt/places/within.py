"""Whether a place lies in another, as far as anybody can tell. Pure."""

from __future__ import annotations

from functools import lru_cache

from jpt.models.places import JobPlace
from jpt.places.gazetteer import Meaning, countries_of, meanings, of_code
from jpt.places.names import folded
from jpt.places.parsing import place_of, read_places


def within(place: JobPlace, wanted: JobPlace) -> bool | None:
    """Return whether a job at *place* is in *wanted*; None where it may be: a wider or an unknown place."""
    if wanted.remote and not place.remote:
        return False
    if wanted == JobPlace(remote=True):
        return True
    here, there = _countries(place), _countries(wanted)
    if here and there and not here & there:
        return False
    if wanted.city:
        return _in_city(place, wanted)
    if wanted.region:
        return _in_region(place, wanted)
    if place.country:
        return True
    return True if here and here <= there else None


@lru_cache(maxsize=2_048)
def wanted_by(words: str) -> tuple[JobPlace, ...]:
    """Return the places that a rule's *words* stand for; none where they are no places that are known."""
    if words.isupper() and len(words) in {2, 3}:
        found = [*of_code({"UK": "GB"}.get(words, words)), *of_code("US", words), *meanings(words)]
        return tuple(dict.fromkeys(place_of(one) for one in found))
    said = read_places(words)
    return tuple(one.place for one in said) if all(one.known for one in said) else ()


def _countries(place: JobPlace) -> frozenset[str]:
    """Return all countries that it may be in; none where nobody knows."""
    if place.country:
        return frozenset({place.country})
    if place.area:
        return countries_of(place.area)
    return frozenset(one.country for one in meanings(place.city or place.region or "") if one.country)


def _in_city(place: JobPlace, wanted: JobPlace) -> bool | None:
    if place.city is None:
        if place.region and folded(place.region).removeprefix("greater ") == folded(wanted.city or ""):
            return True
        inside = place.region is None or _region_codes(wanted) & _region_codes(place)
        return None if inside else False
    if folded(place.city) == folded(wanted.city or ""):
        return not (place.region and wanted.region) or bool(_region_codes(place) & _region_codes(wanted))
    known = set(_cities(place))
    if not known:
        return None if place.country is None else False
    return bool(known & set(_cities(wanted)[:1]))


def _in_region(place: JobPlace, wanted: JobPlace) -> bool | None:
    if place.region and folded(place.region) == folded(wanted.region or ""):
        return True
    if _is_county(wanted):
        return None if place.city is None and place.region is None else False
    here, there = _region_codes(place), _region_codes(wanted)
    return bool(here & there) if here and there else None


def _is_county(place: JobPlace) -> bool:
    return all(one.kind != "region" for one in meanings(place.region or ""))


@lru_cache(maxsize=16_384)
def _cities(place: JobPlace) -> tuple[Meaning, ...]:
    """Return the cities that it may be, the largest first."""
    found = [
        one for one in meanings(place.city or "") if one.kind == "city" and place.country in {None, one.country}
    ]
    if place.region:
        codes = _region_codes(JobPlace(None, place.region, place.country))
        found = [one for one in found if not codes or one.region in codes]
    return tuple(found)


@lru_cache(maxsize=16_384)
def _region_codes(place: JobPlace) -> frozenset[str]:
    """Return the codes of the region that it is in, as far as that is known."""
    if place.region:
        found = [one for one in meanings(place.region) if one.kind in {"region", "county"}]
        return frozenset(one.region for one in found if place.country in {None, one.country})
    largest = _cities(place)[:1]
    return frozenset(one.region for one in largest if one.region)
