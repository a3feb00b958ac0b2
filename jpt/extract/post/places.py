"""The places that a post names as its own: in fields, beside its title, in sentences about the job. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from jpt.extract.post import place_words
from jpt.extract.post.homeland import home_in
from jpt.extract.post.place_classifier import Likely, likely_places
from jpt.extract.post.plain import plain, without_other_jobs
from jpt.extract.post.sentence_places import KNOWN_ALONE, KNOWN_AT_HOME, Found, are_sure, is_sure, sentence_places
from jpt.models.places import JobPlace
from jpt.places.names import folded
from jpt.places.parsing import ParsedPlace, may_name, read_places
from jpt.places.within import within
from jpt.places.wording import WORDS
from jpt.text.clean import clean_line

_MOST_LINES = 600
_HEAD = 14
"""Lines behind the title that belong to the head of a post."""
_LONGEST = 120
_LONGEST_LIST = 400
_LEAST_LONG = 6
"""So many words in small letters make a sentence, which is no place as a whole."""
_LEAST_COLUMNS = 3
"""A line with as many wide gaps was a row of fields, before it lost its breaks."""
_SHORT = 40
_MOST_NAMES = 8
_MOST_FIELD = 8
"""Lines below a label that stands alone, each a place."""


@dataclass(frozen=True, slots=True)
class Named:
    """Places with the words that name them."""

    places: tuple[JobPlace, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """What the data of a page says of places."""

    places: str = ""
    """Where the work is, in words: `Berlin, DE; Paris, FR`."""
    homes: str = ""
    """Where those who work from home must live."""
    home: str = ""
    """The country where the page is from; empty if nobody can tell."""


def places_of_post(declared: Declared, text: str, title: str, work: str | None) -> Named:
    """Return all places of a post, from its data or else its text, and whether it can be done from home."""
    said = [place for one in read_places(declared.places, declared.home) if (place := one.place) != JobPlace()]
    found = Named(tuple(said), (declared.places,)) if said else _named_places(text, title, declared.home)
    if work != "remote":
        return found
    homes = [replace(one.place, remote=True) for one in read_places(declared.homes) if one.known]
    wide = [place for place in found.places if place.city is None and place != JobPlace(remote=True)]
    if wide and len(wide) == len([place for place in found.places if place != JobPlace(remote=True)]):
        return Named(tuple(dict.fromkeys(replace(place, remote=True) for place in wide)), found.words)
    if any(place.remote for place in found.places):
        return found
    places = [replace(place, remote=True) for place in found.places] or homes or [JobPlace(remote=True)]
    return Named(tuple(dict.fromkeys(places)), found.words)


def _named_places(text: str, title: str, home: str) -> Named:
    """Read where the job is: by rules, and by an opinion on all places that are named."""
    text = without_other_jobs(plain(text[:200_000]), title)
    lines = [line.strip() for line in text.splitlines() if line.strip()][:_MOST_LINES]
    home = home or home_in(text)
    found = _fields(lines, home)
    if any(said.place.city for said, _ in found):
        return _named(found)
    likely = likely_places(text, title, home)
    found = _ruled(found, lines, text, title, home, likely)
    cities = {folded(said.place.city) for said, _ in found if said.place.city}
    found += [
        (ParsedPlace(one.place, known=True), one.words)
        for one in likely
        if _is_likely(one, beside=bool(cities)) and folded(one.place.city or "") not in cities
    ]
    return _named(found)


def _named(found: Sequence[Found]) -> Named:
    return Named(narrowest(said.place for said, _ in found), tuple(dict.fromkeys(words for _, words in found)))


_LIKELY, _LIKELY_MORE, _UNLIKELY = 0.7, 0.85, 0.05
"""From the first on a city counts by opinion alone, from the second on a region, and a city beside one that rules
find; below the third the rules do not do, but in fields."""
_NAMED_OFTEN = frozenset({"US"})
"""Whose states firms and laws name as often as jobs do."""


def _is_likely(one: Likely, *, beside: bool) -> bool:
    """Return whether a place counts without a rule: countries are too often named for other reasons."""
    is_region = one.place.region and one.place.country not in _NAMED_OFTEN
    if one.contradicted or not (one.place.city or is_region):
        return False
    return one.chance >= (_LIKELY if one.place.city and not beside else _LIKELY_MORE)


def _is_plausible(said: ParsedPlace, likely: Sequence[Likely]) -> bool:
    """Return whether the classifier allows a place that the rules give; it knows only places of the table."""
    bare = replace(said.place, remote=False, area=None)
    chances = [one.chance for one in likely if _is_same(bare, one.place)]
    return max(chances) >= _UNLIKELY if chances else bare == JobPlace() or not said.in_table


def _is_same(one: JobPlace, other: JobPlace) -> bool:
    """Return whether two places are one by their names, as far as they are given."""
    if one.country and other.country and one.country != other.country:
        return False
    if one.city or other.city:
        return folded(one.city or "") == folded(other.city or "")
    return folded(one.region or "") == folded(other.region or "") and one.area == other.area


def _ruled(
    found: list[Found], lines: Sequence[str], text: str, title: str, home: str, likely: Sequence[Likely]
) -> list[Found]:
    """Add to what fields give what the head gives, else sentences, else addresses."""
    if not _is_narrow(found):
        found += _plausible(_head(lines, title, home), likely)
    if not _is_narrow(found):
        found += _plausible(sentence_places(text[:60_000], title, home), likely)
    elif not any(said.place.city for said, _ in found):
        country = next((said.place.country for said, _ in found if said.place.country), None)
        found += _plausible(_cities_in(found, sentence_places(text[:60_000], title, country or home)), likely)
    return found or list(_plausible(_addresses(lines, home), likely))


def _plausible(found: Iterable[Found], likely: Sequence[Likely]) -> Iterator[Found]:
    return (one for one in found if _is_plausible(one[0], likely))


def _cities_in(found: Sequence[Found], others: Iterable[Found]) -> Iterator[Found]:
    """Yield of *others* the cities after which a county or state of *found* is named, or that lie in it."""
    regions = [said.place for said, _ in found if said.place.region]
    for said, words in others:
        named = any(folded(region.region or "").startswith(folded(said.place.city or "-")) for region in regions)
        if said.place.city and (named or any(within(said.place, region) is True for region in regions)):
            yield said, words


def _is_narrow(found: Iterable[Found]) -> bool:
    return any(said.place.city or said.place.region for said, _ in found)


def narrowest(places: Iterable[JobPlace]) -> tuple[JobPlace, ...]:
    """Leave out what another place of the same list says more closely, and what it says again."""
    every = list(dict.fromkeys(places))
    kept: list[JobPlace] = []
    if any(one.remote and one != JobPlace(remote=True) for one in every):
        every = [one for one in every if one != JobPlace(remote=True)]
    for number, one in enumerate(every):
        others = every[:number] + every[number + 1 :]
        if not any(
            _says_more(other, one) and not (_says_more(one, other) and number < every.index(other))
            for other in others
        ):
            kept.append(one)
    return tuple(kept)


def _says_more(other: JobPlace, one: JobPlace) -> bool:
    """Return whether *other* lies in *one*, and names at least as much."""
    if one.remote and not other.remote:
        return False
    named = [sum(map(bool, (each.city, each.region, each.country))) for each in (other, one)]
    if one == JobPlace(area=one.area) and one.area:
        return named[0] > 0
    same_city = not one.city or (other.city is not None and within(replace(other, remote=one.remote), one) is True)
    return named[0] >= named[1] > 0 and same_city and within(replace(other, remote=one.remote), one) is True


_FRAME = " :：-–\t*_"
"""What may stand round the value of a field: marks and the stars of Markdown."""


def _fields(lines: Sequence[str], home: str) -> list[Found]:
    """Read the fields; those of the firm's offices only where no other says where the job is."""
    job: list[Found] = []
    firm: list[Found] = []
    for number, line in enumerate(lines):
        label = place_words.LABEL.match(line) if len(line) <= 2 * _LONGEST else None
        if label is not None:
            value = line[label.end() :].strip(_FRAME)
            found = _read(place_words.UNTIL.split(value)[0], home) if value else _below(lines[number + 1 :], home)
            (firm if place_words.OFFICES.match(label[0]) else job).extend(found)
    return job or firm


def _below(lines: Sequence[str], home: str) -> Iterator[Found]:
    """Read what stands below a label that is alone in its line."""
    for number, marked in enumerate(lines[:_MOST_FIELD]):
        below = marked.strip("*_ ")
        longest = _LONGEST_LIST if below.count(", ") > 1 else _LONGEST
        if len(below) > longest or below.endswith((":", "?", ".")):
            return
        said = list(_read(below.strip(_FRAME), home))
        if not said or not all(_is_next(one, below, first=not number) for one, _ in said):
            if not number:
                yield from said
            return
        yield from said


def _read(words: str, home: str) -> Iterator[Found]:
    """Read a field: of several names those that are known, else a short one that nobody knows."""
    words = clean_line(words, 300)
    said = read_places(words, home)
    known = [
        one
        for one in said
        if one.known
        and (one.place != JobPlace(remote=True) or len(words) <= _SHORT)
        and (one.anchored or (one.place.city or "").lower() not in WORDS)
    ]
    alone = len(said) == 1 and len(words) <= _SHORT and words.lower() not in WORDS
    alone = alone and not any(map(str.isdigit, words))
    if not known and not (known := list(_last_words(words, home))) and alone:
        # Nobody knows the town, but the post shows its country.
        known = [replace(one, place=replace(one.place, country=home or None)) for one in said]
    yield from ((one, words) for one in known)


def _is_next(said: ParsedPlace, line: str, *, first: bool) -> bool:
    """Return whether a line below a label is one more of its values, and no label of its own: `Req ID`."""
    if first or said.place != JobPlace(remote=True):
        return said.known and (first or said.in_table)
    return bool(place_words.REMOTE_ALONE.fullmatch(line))


def _last_words(words: str, home: str) -> Iterator[ParsedPlace]:
    """Read the end of a field that is no place as a whole: `Acme Tower Lisbon`."""
    names = words.split()
    if 1 < len(names) <= _MOST_NAMES and not words.endswith("."):
        for first in range(max(1, len(names) - 4), len(names)):
            end = " ".join(names[first:])
            said = read_places(end, home) if end[0].isupper() else ()
            if len(said) == 1 and said[0].place.city and said[0].in_table and is_sure(said[0], end):
                yield said[0]
                return


def _head(lines: Sequence[str], title: str, home: str) -> Iterator[Found]:
    """Read the lines round the title, as far as they or their parts are places."""
    start = _line_of(title, lines)
    for line in (title, *lines[max(0, start - 2) : start + _HEAD]):
        has_columns = len(place_words.COLUMNS.findall(line[:500])) >= _LEAST_COLUMNS
        first = _first_part(line)
        is_sentence = len(first) > _LONGEST or (first.endswith(".") and first.count(" ") > 6)
        if is_sentence and not has_columns and line.count(" | ") < 2:
            continue
        for candidates in _parts(line[:500] if has_columns or line.count(" | ") > 1 else first):
            for candidate in candidates:
                part = _behind(title, candidate)
                if len(place_words.LONG_WORD.findall(part)) >= _LEAST_LONG or not may_name(part):
                    continue
                said = read_places(part, home)
                at_home = home and has_columns and all(one.place.country == home for one in said)
                least = KNOWN_AT_HOME if at_home else KNOWN_ALONE
                if said and ":" not in part and are_sure(said, part, least):
                    yield from ((one, clean_line(part, 120)) for one in said)
                    break


def _first_part(line: str) -> str:
    """Return the part that stands out at the start of a line: in bold, or between dashes."""
    if len(line) > _LONGEST and (found := place_words.BOLD.match(line) or place_words.DASHED.match(line)):
        return found[0]
    return line


def _behind(title: str, part: str) -> str:
    """Return *part* without the title that it begins with."""
    begins = title and part != title and part.casefold().startswith(title.casefold())
    return place_words.EDGES.sub("", part[len(title) :]) if begins else part


def _line_of(title: str, lines: Sequence[str]) -> int:
    wanted = title.casefold()[:60]
    return next((number for number, line in enumerate(lines[:200]) if wanted and wanted in line.casefold()), 0)


def _parts(line: str) -> Iterator[Iterator[str]]:
    """Yield for each part of a line between marks what of it may be a place, the longest first."""
    for piece in place_words.MARKS.split(line):
        part = place_words.EDGES.sub("", piece)
        if 2 <= len(part) <= 80:
            yield _within_part(part)
            yield (inside[1] for inside in place_words.BRACKETS.finditer(part))


def _within_part(part: str) -> Iterator[str]:
    yield part
    bare = place_words.BRACKETS.sub(" ", part).strip()
    if bare != part:
        yield bare
    pieces = place_words.SEPARATORS.split(bare)
    for first in range(1, len(pieces)):
        yield ",".join(pieces[first:]).strip()
    if len(pieces) > 2 and place_words.EMPLOYMENT.search(bare):
        yield from map(str.strip, pieces)
    if behind := place_words.BEHIND_IN.search(bare):
        yield behind[1]


def _addresses(lines: Sequence[str], home: str) -> Iterator[Found]:
    seen = {match[0] for line in lines if len(line) <= 200 for match in place_words.ADDRESS.finditer(line)}
    if len(seen) == 1:
        for each in seen:
            found = [one for one in read_places(each, home) if one.known]
            if not place_words.NO_ADDRESS.match(each) and all(
                (one.place.city or "").lower() not in WORDS for one in found
            ):
                yield from ((one, each) for one in found)
