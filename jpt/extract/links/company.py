"""Lists of something else than jobs, recognised by the other rows: prices, parts of the site, employers. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jpt.extract.links import decoys, entries, subjects
from jpt.extract.links.families import CandidateScore
from jpt.extract.links.non_job_words import meets_people, names_notice, non_job_kind
from jpt.extract.links.roles import has_gender_marker, has_role
from jpt.extract.links.structure import MOST_CARD, MOST_TITLE, Candidate, by_name
from jpt.extract.links.url_shape import Points
from jpt.text.late import late

_FEWEST = 3
"""Rows that make a list."""
_FEWEST_PARTS = 2
_PART = 4
"""A list is one of parts of the site if one row in so many is such a part."""

_PRICE = late(
    r"(?<![\d.,])\d{1,3}(?:[.,]\d{2})?\s?(?:€|EUR\b|£|GBP\b|\$|USD\b|zł\b|kr\b|CHF\b|Kč\b|Ft\b|lei\b|лв|₽)"
    r"|(?:€|£|\$|CHF|zł)\s?\d{1,3}(?:[.,]\d{2})?(?![\d.,]*\d)(?!\s?k\b)",
    re.IGNORECASE,
)
_PAID = late(
    r"\b(?:hour(?:ly)?|hr|year|annum|month(?:ly)?|salary|wages?|pay|stunde|std|monat\w*|jahr|gehalt|lohn|brutto|heure|mois"
    r"|salaire|brut|hora|mes|a[nñ]o|salario|sueldo|ora|mese|stipendio|uur|maand|salaris|timme|tim|månad|lön|time|godz\w*"
    r"|mies\w*|wynagrodzenie|brutto|bruto|hodin\w*|plat)\b|/\s?h\b",
    re.IGNORECASE,
)

_MOST_BEHIND = 10
"""Links that may belong to the last row."""
_JOBS_OF = late(
    r"^\W{0,3}(?:their )?(?:jobs?|careers?|vacancies|openings|karriere|stellen|emplois?|carri[èe]res?|empleos?"
    r"|vagas|lavoro|vacatures|jobb|praca|kariera)(?: (?:page|site|website|portal))?\W{0,3}$",
    re.IGNORECASE,
)


def among_prices(opinions: Sequence[CandidateScore]) -> frozenset[str]:
    """Return the addresses in lists most of whose rows show what they cost: things, as far as the page can tell.

    What a job pays is said by the hour, the month or the year.
    """
    return frozenset(
        row.candidate.url for rows in _lists(opinions) if _have_prices(rows) for row in rows if _may_move(row)
    )


def part_points(opinions: Sequence[CandidateScore]) -> dict[str, list[Points]]:
    """Count against addresses without ids in a list of which some are plainly parts of the careers site."""
    found = [(-3.5, "in a list of parts of the careers site")]
    return {
        row.candidate.url: found for rows in _lists(opinions) if _are_parts(rows) for row in rows if _may_move(row)
    }


def employer_points(opinions: Sequence[CandidateScore]) -> dict[str, list[Points]]:
    """Count against rows most of which are followed by a link to somebody's jobs: they are employers."""
    numbers = {opinion.candidate.url: number for number, opinion in enumerate(opinions)}
    said = {
        number
        for number, opinion in enumerate(opinions)
        if any(_JOBS_OF.match(anchor.text) for anchor in opinion.candidate.anchors)
    }
    found = [(-5.0, "a row with a link to an employer's jobs")]
    return {
        row.candidate.url: found
        for rows in (_lists(opinions) if said else [])
        if _are_followed(sorted(numbers[row.candidate.url] for row in rows), said)
        for row in rows
        if _may_move(row) and not has_role(row.candidate.title[:MOST_TITLE])
    }


def _are_followed(rows: Sequence[int], said: set[int]) -> bool:
    """Return whether behind most rows, before the next one, one of *said* stands."""
    ends = [*rows[1:], rows[-1] + _MOST_BEHIND]
    followed = (any(number in said for number in range(row + 1, end)) for row, end in zip(rows, ends, strict=True))
    return sum(followed) * 2 > len(rows)


def _lists(opinions: Sequence[CandidateScore]) -> list[list[CandidateScore]]:
    places = by_name(opinions, lambda opinion: opinion.candidate.places)
    return [rows for rows in places.values() if len(rows) >= _FEWEST]


def _may_move(row: CandidateScore) -> bool:
    return not row.candidate.shape.is_firm and not has_gender_marker(row.candidate.title[:MOST_TITLE])


def _have_prices(rows: Sequence[CandidateScore]) -> bool:
    cards = [_card(row.candidate) for row in rows]
    priced = sum(bool(_PRICE.search(card)) for card in cards)
    return priced * 2 > len(rows) and not any(_PAID.search(card) for card in cards)


def _are_parts(rows: Sequence[CandidateScore]) -> bool:
    if any(row.candidate.address.has_id for row in rows):
        return False
    parts = sum(_is_part(row.candidate) for row in rows)
    return parts >= _FEWEST_PARTS and parts * _PART >= len(rows)


def _is_part(candidate: Candidate) -> bool:
    last = candidate.address.names[-1] if candidate.address.names else ""
    title = candidate.title[:MOST_TITLE]
    if entries.is_general_application(title) or entries.is_general_application(last):
        return False
    return (
        non_job_kind(last) is not None
        or last in decoys.SUBPAGES
        or last in decoys.WIDE_SUBPAGES
        or entries.leads_elsewhere(title)
        or subjects.names_people(title)
        or meets_people(title)
        or names_notice(title)
    )


def _card(candidate: Candidate) -> str:
    return next((anchor.context for anchor in candidate.anchors if len(anchor.context) < MOST_CARD), "")
