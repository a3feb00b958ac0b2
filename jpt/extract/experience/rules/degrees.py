"""Rules for experience that only stands in for a degree; a ladder with years on each rung demands them. Pure."""

from __future__ import annotations

import re

from jpt.extract.experience.clause import Clause
from jpt.extract.experience.reasons import Reason
from jpt.extract.experience.rules.rule import Rule
from jpt.extract.experience.rules.vocabulary import DEGREE
from jpt.text.late import late

_OR_BEFORE = late(
    r"(?:\bor\b|/|\bin lieu of\b|\boder\b|\bou\b|\boppure\b|\beller\b|\blub\b|\bo(?= (?:al menos|minimo"
    r"|experiencia|un |una |\d)|\s*$))[\s,;:(+]*(?:(?:an?|the|at|least|minimum|min|of|with|have|has"
    r"|having|more|over|plus|mindestens|mehrjahrige|vergleichbare|einschlagige|experiencia|minima|minimo|al"
    r"|menos|de|con|moins|au|almeno|minst|alternatively|equivalent|comparable|combination|education"
    r"|professional|and|work"
    r"|experience|training|which|may|include|possess|completion|in|lieu|degree|related|field|relevant|practical"
    r"|demonstrated|to|any|approximately|two|one|high|school|diploma)\b[\s,;:(+]*){0,14}$"
)
_OF_BEFORE = late(
    r"\bof\s+(?:(?:een|met|minimaal|minstens|ten|minste|tenminste|ruim|meer|dan|anders|door|aantoonbaar"
    r"|aantoonbare"
    r"|vergelijkbare|relevante|gelijkwaardige|werkervaring|ervaring|van)\b[\s,;:(]*){0,8}$"
)
"""Dutch for or: in English this word says something else, so that the unit has to be Dutch."""
_EQUIVALENT = late(
    r"'?s?\s*(?:of )?(?:[a-z-]+ ){0,3}(?:equivalent|equivalency|comparable|commensurate)|.{0,90}(?:in lieu of"
    r"|instead of|in place of|considered in lieu|as (?:a )?(?:substitute|replacement|equivalent))"
)
_OR_DEGREE_AFTER = late(
    r"[^.;]{0,70}?\bor (?:an? |the |have |completed |completion of |equivalent |possess |hold |\d+ (?:credit"
    r"|college|semester)|\w+ credit|college |higher |related |relevant )*(?:bachelor|master|degree|b\.?s\b"
    r"|b\.?a\b|ph\.?d|diploma|\d+ (?:college |semester )?credit|college credit|college degree|university degree"
    r"|advanced degree|graduate degree|associate)[^.;,]{0,50}"
)
_OR_FIELD = late(
    r"\b(?:or|oder|ou|o|of) (?:an? |in |other |another |any )*(?:(?:closely|directly) )?(?:related|relevant"
    r"|similar|equivalent|comparable|technical"
    r"|adjacent|allied) (?:\w+ ){0,2}(?:fields?|disciplines?|areas?|subjects?|degrees?|majors?|studies"
    r"|qualifications?)\b\)?\s?[,;:.-]?\s?"
    r"(?:with |and |plus )?(?:an? |at least |minimum (?:of )?)*$"
)
"""`a degree in law or a related field, 4 years`: the field is what may be another."""
_SAID_ALREADY = late(r"\b(?:equivalent|comparable) (?:work |professional |practical )?experience\s+$")
"""`a degree or equivalent experience 7 years in tax`: two demands that have lost the break between them."""
_YEARS = late(r"\b(?:years?|yrs|months)\b(?!.{0,3}(?:degree|college|university))")
_AND_NUMBER = late(r"(?:\band|\bplus|with|\+)\s*(?:an? |at least |minimum (?:of )?|\d+-)*$")
_AND = late(
    r"(?:\b(?:and|with|plus)|\+)\s*\(?(?:(?:an?|at least|minimum|min|of|over"
    r"|more than)\W{1,2})*$"
)
_AND_DEGREE = late(
    r"[^.;]{0,120}\b(?:and|with|plus)\b[^.;]{0,40}\b(?:degree|diploma|credit|bachelor|school|associate)"
)
_AND_MORE = late(
    r"[^.;]{0,160}\b(?:with|and|plus|\+)\s[^.;]{0,20}\d"
    r"|'?s?[^.;,]{0,60}\b(?:and|with|plus) (?:an? )?(?:[a-z']+ ){0,2}(?:degree|bachelor|diploma)"
)

_FOR_EXPERIENCE = late(
    r"[^.;]{0,160}\b(?:(?:substitut\w+|accepted|considered|count\w*) (?:for|as|in place of|in lieu of)"
    r"|in place of|in lieu of|instead of) (?:the |some |part of |work |relevant |required |such )*experience\b"
)
"""`3 years of experience; a degree may be substituted for experience`: here the degree stands in."""


def _equivalent(clause: Clause) -> bool:
    before, after = clause.before, clause.after
    return (
        not _FOR_EXPERIENCE.match(after)
        and bool(_EQUIVALENT.match(after) and (DEGREE.search(before) or DEGREE.search(after)))
        and bool(re.search(r"\bor\b|lieu|instead|combination", before[-80:] + after[:120]))
        and not _AND_NUMBER.search(before)
    )


def _besides(clause: Clause) -> bool:
    """A degree and so many years: both are asked for."""
    return bool(_AND.search(clause.before)) and "combination" not in clause.before[-80:]


def _or_years(clause: Clause) -> bool:
    before, after = clause.before, clause.after
    match = _OR_BEFORE.search(before) or ("jaar" in clause.said and _OF_BEFORE.search(before)) or None
    if match is None or _besides(clause) or _OR_FIELD.search(before) or _SAID_ALREADY.search(before):
        return False
    return (
        bool(DEGREE.search(before[: match.start() + 1]))
        and not _YEARS.search(before)
        and (not _AND_DEGREE.match(after) or "training" in after[:80])
    )


def _or_degree(clause: Clause) -> bool:
    if _besides(clause) or _YEARS.search(clause.before) or _FOR_EXPERIENCE.match(clause.after):
        return False
    return bool(_OR_DEGREE_AFTER.match(clause.after)) and not _AND_MORE.match(clause.after)


DEGREES = (
    Rule(
        Reason.REPLACES_DEGREE,
        _equivalent,
        "Requirements\nBachelor's degree or 4 years of equivalent experience",
        "Requirements\nBachelor's degree or equivalent, with 4 years of experience",
        of_fields=True,
    ),
    Rule(
        Reason.REPLACES_DEGREE,
        _or_years,
        "Requirements\nA degree, or 4 years of experience",
        "Requirements\nA degree and 4 years of experience",
        of_fields=True,
    ),
    Rule(
        Reason.REPLACES_DEGREE,
        _or_degree,
        "Requirements\n4 years of experience or a bachelor's degree",
        "Requirements\n4 years of experience and a bachelor's degree",
        of_fields=True,
    ),
)
