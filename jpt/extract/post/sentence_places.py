"""The job's places among those that sentences name: words around them exclude those of firms and laws. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jpt.extract.links.roles import has_role
from jpt.extract.post import place_words
from jpt.models.places import JobPlace
from jpt.places.cutting import state
from jpt.places.gazetteer import meanings
from jpt.places.parsing import ParsedPlace, may_name, read_places
from jpt.places.wording import WORDS
from jpt.text.clean import clean_line
from jpt.text.late import late, whole_words
from jpt.text.stretches import spots

Found = tuple[ParsedPlace, str]
"""A place, and the words that name it."""

KNOWN_ALONE = 34
"""A city that a line may consist of: 130,000 people; smaller ones are too often words or names."""
_KNOWN_BEHIND_IN = 28
"""The same for what stands behind `in`, in a sentence about the job: 16,000 people."""
KNOWN_AT_HOME = 24
"""And in the country that the post is from: 4,000 people."""
_ENGLISH = frozenset({"US", "GB", "CA", "AU"})
"""Where towns are named like English words, so that it does not do."""


def sentence_places(text: str, title: str, home: str) -> Iterator[Found]:
    """Read what stands behind `in` and the like, where the words before it speak of this job and of no firm."""
    of_job = _about(title)
    for match, is_ours in (
        *((one, False) for one in place_words.IN.finditer(text)),
        *((one, True) for one in place_words.OUR.finditer(text)),
    ):
        if not may_name(match[1]):
            continue
        before = place_words.SENTENCE_END.split(
            text[max(0, match.start() - place_words.BEFORE) : match.start() + 1]
        )[-1]
        after = text[match.end() : match.end() + place_words.BEFORE]
        if place_words.LEGAL.search(before + match[0] + place_words.SENTENCE_END.split(after)[0]) or not (
            is_ours or _is_of_job(before, match[0], after, of_job)
        ):
            continue
        ahead = before[:-1] + match[0][: match.start(1) - match.start()]
        yield from _named(match[1], ahead, after, home, is_ours=is_ours)
    for match in _inline(text):
        for words in _shorter(place_words.COLUMNS.split(place_words.RUN_ON.split(match[1])[0].strip())[0]):
            said = read_places(words.title() if words.islower() else words, home)
            bare = ":" not in match[0] and "-" not in match[0]
            if said and all(is_sure(one, words) if bare else _is_named(one) for one in said):
                yield from ((one, clean_line(words, 120)) for one in said)
                break


def _inline(text: str) -> Iterator[re.Match[str]]:
    """Find the fields within lines: looked for by their first words, which is quicker than by their pattern."""
    end = 0
    for start, _ in spots(text, place_words.INLINE_LABELS):
        if start >= end and (match := place_words.INLINE.match(text, start)):
            yield match
            end = match.end()


def _named(name: str, before: str, after: str, home: str, *, is_ours: bool) -> Iterator[Found]:
    """Read *name*, or the longest beginning of it that is a place; its rest must not make a firm of it."""
    ours = is_ours or bool(place_words.OURS.search(before)) or _is_hiring_team(before, after)
    for words in _shorter(name):
        rest = name[len(words) :]
        if place_words.NOT_PLACE.match(rest or after):
            continue
        has_office = bool(place_words.OFFICE_BEHIND.match(rest))
        if rest and not ours and not rest.startswith((",", ";")) and not has_office:
            continue
        said = read_places(words, home)
        least = KNOWN_ALONE if (rest and not has_office) or is_ours else _KNOWN_BEHIND_IN
        if home and home not in _ENGLISH and not rest and all(one.place.country == home for one in said):
            least = KNOWN_AT_HOME
        if said and all(is_sure(one, words, least) for one in said):
            if not all(one.in_table for one in said) and _AT.search(before):
                return
            is_city = any(one.place.city for one in said)
            is_region = all(one.place.region for one in said) and place_words.HIRING.search(before)
            if is_city or (not rest and (ours or is_region or _is_from(words, before, after))):
                yield from ((one, clean_line(words, 120)) for one in said[:6])
            return


def _is_from(words: str, before: str, after: str) -> bool:
    """Return whether a country or region is said to be that of the job or its holder: firms are so more often."""
    is_asked = before.strip().lower() == "based in" and not after.startswith(",")
    speaks_of_job = is_asked or any(
        not place_words.LOOSE.fullmatch(one[0]) for one in place_words.JOB.finditer(before)
    )
    is_code = len(words) < _LEAST_NAME and words not in _CODES_IN_SENTENCES
    return (
        speaks_of_job
        and not is_code
        and bool(place_words.LIVING.search(before))
        and not _OTHER_JOBS.search(before)
    )


_LEAST_NAME = 4
_CODES_IN_SENTENCES = frozenset({"US", "USA", "UK", "UAE", "EU"})
_OTHER_JOBS = late(r"\bfor (?:roles|positions|jobs|those|candidates|applicants)\b", re.IGNORECASE)
_AT = late(r"\bat \w{0,3}\s?$", re.IGNORECASE)
"""It is followed by a firm as often as by an unknown town."""


def _about(title: str) -> re.Pattern[str] | None:
    """Find the words of a title: a sentence with one before the place speaks of the job."""
    found = re.findall(r"[^\W\d_]{5,}", title)[-4:]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, found))})\b", re.IGNORECASE) if found else None


def _is_of_job(before: str, said: str, after: str, title: re.Pattern[str] | None) -> bool:
    """Return whether a sentence's place is the job's: what was spoken of last is the job, and no firm."""
    jobs, others = list(place_words.JOB.finditer(before)), list(place_words.OTHERS.finditer(before))
    if before.strip() == "Based" and _FIRM_BEHIND.search(said + after):
        return False
    if title is not None:
        jobs += title.finditer(before)
    if not others:
        return bool(jobs or place_words.OURS.search(said) or _is_hiring_team(before, after))
    strong = [one.start() for one in jobs if not place_words.LOOSE.fullmatch(one[0])]
    return bool(strong) and max(strong) > others[-1].start()


def _is_named(said: ParsedPlace) -> bool:
    return said.known and said.in_table and (said.place.city or "").lower() not in WORDS


def _is_hiring_team(before: str, after: str) -> bool:
    """Return whether the place is that of a team or office that is hiring, by its sentence."""
    return bool(_TEAM.search(before) and _HIRES.match(after))


_TEAM = late(
    r"\b(?:team|office|lab|group|branch|studio|kantoor|équipe|equipo|büro)s? (?:here )?\w{1,3}\s?$", re.IGNORECASE
)
_HIRES = late(
    r" (?:is|are|has|zoekt|sucht|recherche|busca)\b(?: \w+){0,3}?"
    r"(?: (?:looking|seeking|hiring|searching|recruiting|growing"
    r"|opening|een|eine?|une?|un)\b)",
    re.IGNORECASE,
)
_FIRM_BEHIND = late(r"^[^.]{3,60}?, [A-Z][^.]{0,40}\b(?:is|has|was)\b")


def _shorter(words: str) -> Iterator[str]:
    """Yield *words*, then without the last one, and so on."""
    ends = [found.end() for found in re.finditer(r"\S+", words)][:12]
    for end in reversed(ends):
        yield words[:end].rstrip(",;(")


def are_sure(said: Sequence[ParsedPlace], words: str, least: int) -> bool:
    """Return whether *words* that stand alone are places, each by itself or beside a sure one of its country."""
    sure = [one for one in said if is_sure(one, words, least)]
    countries = {one.place.country for one in sure if one.place.city}
    others = [one for one in said if one not in sure]
    lone = JobPlace(remote=True)
    return bool(sure) and all(
        one.place == lone or (one.known and one.in_table and one.place.city and one.place.country in countries)
        for one in others
    )


def is_sure(said: ParsedPlace, words: str, least: int = KNOWN_ALONE) -> bool:
    """Return whether *words* that stand alone are a place, and not a word that a place is named like."""
    place = said.place
    if not said.known or _NO_PLACE.search(words) or words.strip(" :").lower() in WORDS:
        return False
    if place == JobPlace(remote=True):
        return bool(place_words.REMOTE_ALONE.fullmatch(words))
    if place.city is None:
        if place.region is not None:
            return len(words) > _SHORT_NAME or place.country in _SHORT_REGIONS
        is_code = len(words) < _LEAST_NAME and words not in _CODES_IN_SENTENCES
        if is_code or _AMOUNT.search(words):
            return False
        return all(meanings(code) or state(code, "") for code in place_words.CODES.findall(words))
    if said.anchored:
        return said.in_table or bool(
            place_words.UNKNOWN_TOWN.fullmatch(words) and not _JOB_CODE.search(words) and not has_role(words)
        )
    if place.city.lower() in WORDS:
        return False
    if place.city.lower() in words:
        least = max(least, _KNOWN_SMALL)
    return any(one.kind == "city" and one.weight >= least for one in meanings(place.city))


_JOB_CODE = late(r"\b(?:SWE|QA|AI|PM|ML|BI|HR|SRE|PR)\b")
"""Letters that are a country's, too, but of a job behind what is no town that anybody knows."""
_AMOUNT = late(r"(?<![\d.,])\d[\d.,]*+ [A-Z]{2,3}$")
"""`29,500 PA` is no country."""
_SHORT_NAME = 5
_SHORT_REGIONS = frozenset({"US", "GB", "IE", "AU", "ES", "FR"})
"""Where a region's name of five letters or fewer is seldom another word: Texas, Wales, Kerry."""
_KNOWN_SMALL = 38
"""A city that is known without its capital letter: 520,000 people."""
_NO_PLACE = whole_words(r"20[0-3]\d|time ?zones?|time")
"""Days and hours, of which one part may be named like a town."""
