"""The places that sentences name: a job's own, told from those of firms and laws by the words around. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jpt.extract.post.place_words import (
    BEFORE,
    CODES,
    IN,
    INLINE,
    JOB,
    LEGAL,
    LIVING,
    LOOSE,
    NOT_PLACE,
    OTHERS,
    OUR,
    OURS,
    REMOTE_ALONE,
    RUN_ON,
    SENTENCE_END,
    UNKNOWN_TOWN,
)  # fmt: skip
from jpt.models.places import Place
from jpt.places.gazetteer import meanings
from jpt.places.parsing import Said, read_places
from jpt.places.wording import WORDS
from jpt.text.clean import clean_line
from jpt.text.late import late

Found = tuple[Said, str]
"""A place, and the words that name it."""

KNOWN_ALONE = 34
"""A city that a line may consist of: 130,000 people; smaller ones are too often words or names."""
_KNOWN_BEHIND_IN = 28
"""The same for what stands behind `in`, in a sentence about the job: 16,000 people."""


def sentence_places(text: str, title: str, home: str) -> Iterator[Found]:
    """Read what stands behind `in` and the like, where the words before it speak of this job and of no firm."""
    of_job = _about(title)
    for match in (*IN.finditer(text), *OUR.finditer(text)):
        before = SENTENCE_END.split(text[max(0, match.start() - BEFORE) : match.start() + 1])[-1]
        after = text[match.end() : match.end() + BEFORE]
        is_ours = match.re is OUR
        if LEGAL.search(before + match[0] + SENTENCE_END.split(after)[0]) or not (
            is_ours or _is_of_job(before, match[0], after, of_job)
        ):
            continue
        yield from _named(
            match[1], before + match[0][: match.start(1) - match.start()], after, home, is_ours=is_ours
        )
    for match in INLINE.finditer(text):
        for words in _shorter(RUN_ON.split(match[1])[0].strip()):
            said = read_places(words.title() if words.islower() else words, home)
            bare = ":" not in match[0] and "-" not in match[0]
            if said and all(is_sure(one, words) if bare else one.known and one.in_table for one in said):
                yield from ((one, clean_line(words, 120)) for one in said)
                break


def _named(name: str, before: str, after: str, home: str, *, is_ours: bool) -> Iterator[Found]:
    """Read *name*, or the longest beginning of it that is a place; its rest must not make a firm of it."""
    ours = is_ours or bool(OURS.search(before))
    for words in _shorter(name):
        rest = name[len(words) :]
        if NOT_PLACE.match(rest or after) or (rest and not ours and not rest.startswith((",", ";"))):
            continue
        said = read_places(words, home)
        least = KNOWN_ALONE if rest or is_ours else _KNOWN_BEHIND_IN
        if said and all(is_sure(one, words, least) for one in said):
            is_city = any(one.place.city for one in said)
            if is_city or (not rest and (ours or LIVING.search(before))):
                yield from ((one, clean_line(words, 120)) for one in said[:6])
            return


def _about(title: str) -> re.Pattern[str] | None:
    """Find the words of a title: a sentence with one before the place speaks of the job."""
    found = re.findall(r"[^\W\d_]{5,}", title)[-4:]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, found))})\b", re.IGNORECASE) if found else None


def _is_of_job(before: str, said: str, after: str, title: re.Pattern[str] | None) -> bool:
    """Tell whether a sentence's place is the job's: what was spoken of last is the job, and no firm."""
    jobs, others = list(JOB.finditer(before)), list(OTHERS.finditer(before))
    if before.strip() == "Based" and _FIRM_BEHIND.search(said + after):
        return False
    if title is not None:
        jobs += title.finditer(before)
    if not others:
        return bool(jobs or OURS.search(said))
    strong = [one.start() for one in jobs if not LOOSE.fullmatch(one[0])]
    return bool(strong) and max(strong) > others[-1].start()


_FIRM_BEHIND = late(r"^[^.]{3,60}?, [A-Z][^.]{0,40}\b(?:is|has|was)\b")


def _shorter(words: str) -> Iterator[str]:
    """Give *words*, then without the last one, and so on."""
    ends = [found.end() for found in re.finditer(r"\S+", words)][:12]
    for end in reversed(ends):
        yield words[:end].rstrip(",;(")


def are_sure(said: Sequence[Said], words: str) -> bool:
    """Whether *words* that stand alone are places, each by itself or beside a sure one of its country."""
    sure = [one for one in said if is_sure(one, words)]
    countries = {one.place.country for one in sure if one.place.city}
    others = [one for one in said if one not in sure]
    return bool(sure) and all(one.known and one.place.city and one.place.country in countries for one in others)


def is_sure(said: Said, words: str, least: int = KNOWN_ALONE) -> bool:
    """Whether *words* that stand alone are a place, and not a word that a place is named like."""
    place = said.place
    if not said.known or _NO_PLACE.search(words):
        return False
    if place == Place(remote=True):
        return bool(REMOTE_ALONE.fullmatch(words))
    if place.city is None:
        return place.region is not None or not CODES.search(words)
    if said.anchored:
        return said.in_table or bool(UNKNOWN_TOWN.fullmatch(words))
    if place.city.lower() in WORDS or not place.city[:1].isupper():
        return False
    return any(one.kind == "city" and one.weight >= least for one in meanings(place.city))


_NO_PLACE = late(r"\b(?:20[0-3]\d|time ?zones?|time)\b", re.IGNORECASE)
"""Days and hours, of which one part may be named like a town."""
