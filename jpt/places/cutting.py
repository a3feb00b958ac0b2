"""Words about places are cut into names. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jpt.places.gazetteer import Meaning, meanings, of_code
from jpt.places.wording import (
    AND,
    AROUND,
    BASED,
    BESIDE,
    CODE_AHEAD,
    CODE_BEHIND,
    COMMA,
    DASH,
    DIGIT,
    EMPTY,
    LETTER,
    NOTES,
    OF_BASES,
    OF_OFFICES,
    OF_WORK,
    OFFICE,
    POSTAL,
    PREPOSITIONS,
    SPACES,
    STATE_BEHIND,
    WORK,
    has_sign,
)


def tidy(words: str) -> str:
    """Fold white space, and take remarks in brackets and counts of further places away."""
    words = SPACES.sub(" ", words.replace("\u00ad", "")).replace("_ ", ", ").strip(" ,;:|/-–—•·*_")
    if "(" in words or "&" in words or DIGIT.search(words):
        words = NOTES.sub(" ", words)
    words = STATE_BEHIND.sub(" ; ", words).strip(" ,;:|/-–—•·*")
    return words if "(" in words else words.rstrip(")")


def alternatives(words: str) -> Iterator[str]:
    """Return alternatives one by one: `Berlin / Hamburg or remote`; names that have such marks stay whole."""
    if _whole(words):
        yield words
        return
    chains = words.split(", ")
    if len(chains) > 1 and all(one.count("-") > 1 and _is_wide(one.partition("-")[0]) for one in chains):
        yield from (", ".join(reversed(one.split("-"))) for one in chains)
        return
    for part in BESIDE.split(words):
        if not part.strip():
            continue
        if _whole(part):
            yield part
            continue
        smaller = [one for one in AND.split(part) if one.strip()]
        yield from smaller if len(smaller) > 1 else [part]


def _whole(words: str) -> bool:
    return bool(meanings(words))


def _is_wide(words: str) -> bool:
    return any(one.kind in {"country", "area"} for one in meanings(words)[:2])


def bare(words: str) -> str:
    """Remove the words for kinds of work and for offices."""
    low = words.lower()
    if has_sign(low, OF_WORK):
        words = WORK.sub(" , ", words)
    if has_sign(low, OF_OFFICES):
        words = OFFICE.sub(" ", words)
    if has_sign(low, OF_BASES):
        words = BASED.sub(" ", words)
    if "(" in low or "[" in low:
        words = EMPTY.sub(" ", words)
    words = AROUND.sub("", words)
    return words if LETTER.search(words) else ""


def pieces(words: str) -> list[str]:
    """Cut into names: by commas, brackets, dashes between words, and behind a code of a country."""
    found: list[str] = []
    for piece in [words] if _whole(words) and "," not in words else COMMA.split(words):
        part = piece.strip(" .-–—:_")
        if not part or _whole(part):
            found += [part] if part else []
            continue
        found += _pieces_of(POSTAL.sub(" ", part).strip(" .-–—:"))
    return found


def _pieces_of(part: str) -> list[str]:
    part = PREPOSITIONS.sub("", part)
    dashed = [one.strip() for one in DASH.split(part) if one.strip()]
    if len(dashed) == 1 and (ahead := CODE_AHEAD.match(part)) and is_code(ahead[1]):
        return [*pieces(part[ahead.end() :]), ahead[1]]
    if len(dashed) == 1 and (behind := CODE_BEHIND.match(part)) and state(behind[2], "") and _whole(behind[1]):
        dashed = [behind[1], behind[2]]
    elif len(dashed) == 1 and " " in part and not _whole(part) and _is_country(part.rpartition(" ")[2]):
        dashed = [part.rpartition(" ")[0], part.rpartition(" ")[2]]
    elif len(dashed) == 1 and "-" in part and not _whole(part) and not part.rpartition("-")[2][:1].islower():
        tight = [one for one in part.split("-") if one]
        if all(_whole(one) or is_code(one) for one in tight) or (len(tight[0]) == 2 and is_code(tight[0])):
            dashed = tight
    if len(dashed) > 1 and _is_around(dashed[0], dashed[-1]):
        dashed.reverse()
    if len(dashed) == 1 and part.count(" ") > 1 and not _whole(part):
        dashed = _run_together(part)
    return [one for each in dashed if (one := PREPOSITIONS.sub("", each).strip(" .:"))]


def _run_together(part: str) -> list[str]:
    """Cut names that stand side by side without a mark: `New York New York United States`."""
    words, found, at = part.split()[:12], [], 0
    while at < len(words):
        ends = range(min(len(words), at + 4), at, -1)
        end = next((end for end in ends if _whole(" ".join(words[at:end]))), 0)
        if not end:
            return [part]
        found.append(" ".join(words[at:end]))
        at = end
    return found


def _is_around(first: str, last: str) -> bool:
    """Whether the first name of a chain is the widest: `Germany - Berlin`, `Washington-Seattle`."""
    if _is_country(last):
        return False
    regions = {one.region for one in meanings(first) if one.kind == "region"}
    return _is_country(first) or any(one.region in regions for one in meanings(last) if one.kind == "city")


def _is_country(words: str) -> bool:
    return is_code(words) or any(one.kind == "country" for one in meanings(words)[:2])


def is_code(words: str) -> bool:
    """Whether *words* are the code of a country."""
    return words.isupper() and len(words) in {2, 3} and bool(of_code(words) or words == "UK")


def state(piece: str, home: str) -> tuple[Meaning, ...]:
    """Return the states that a code stands for where codes are written: US, Canada, Australia, home."""
    if not (piece.isupper() and len(piece) in {2, 3}):
        return ()
    countries = dict.fromkeys(filter(None, (home, "US", "CA", "AU")))
    return tuple(one for country in countries for one in of_code(country, piece))


def are_states(names: Sequence[str]) -> bool:
    """Whether *names* are a list of states by their codes, `TX, NC, CO`: one of them is no country's."""
    return all(state(one, "") for one in names) and any(not is_code(one) for one in names)


def are_countries(names: Sequence[str]) -> bool:
    """Whether *names* are a list of countries by their codes, `DE, PL`, and no state of a country."""
    return all(map(is_code, names)) and not (
        all(state(one, "") for one in names[:-1]) and (state(names[-1], "") or names[-1] in _OF_STATES)
    )


_OF_STATES = frozenset({"US", "USA", "CA", "AU"})


UK = {"UK": "GB", "EL": "GR"}
"""Codes that people write for others."""
