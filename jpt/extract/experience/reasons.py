"""Why a statement of years does not count: values that are stored, and the words in which they are shown."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a statement of years does not count."""

    TO_MACHINE = "to_machine"
    NOT_ASKED = "not_asked"
    NOT_EXPERIENCE = "not_experience"
    NOT_A_NUMBER = "not_a_number"
    TABLE = "table"
    AGE = "age"
    SOMEBODY_ELSES = "somebody_elses"
    PROGRAMME = "programme"
    STUDY = "study"
    PERIOD = "period"
    GIVEN = "given"
    RESIDENCE = "residence"
    SUBSTITUTED = "substituted"
    TERM = "term"
    LICENCE = "licence"
    BENEFIT = "benefit"
    AROUND = "around"
    COMPANY = "company"
    PREFERRED = "preferred"
    ANSWER = "answer"
    PART = "part"
    REPLACES_DEGREE = "replaces_degree"
    PAY = "pay"
    RANGE_TOP = "range_top"
    OTHER_DATA = "other_data"


_WORDS = {
    Reason.TO_MACHINE: "meant for a machine, not for applicants",
    Reason.NOT_ASKED: "not asked for",
    Reason.NOT_EXPERIENCE: "not said to be experience",
    Reason.NOT_A_NUMBER: "not a number",
    Reason.TABLE: "a table or a filter",
    Reason.AGE: "age",
    Reason.SOMEBODY_ELSES: "somebody else's",
    Reason.PROGRAMME: "study or length of a programme",
    Reason.STUDY: "study",
    Reason.PERIOD: "a period of time",
    Reason.GIVEN: "what the job gives",
    Reason.RESIDENCE: "residence",
    Reason.SUBSTITUTED: "credited or substituted",
    Reason.TERM: "length of a contract or programme",
    Reason.LICENCE: "a licence, record or residence",
    Reason.BENEFIT: "a benefit",
    Reason.AROUND: "another job or the page around",
    Reason.COMPANY: "company history",
    Reason.PREFERRED: "preferred",
    Reason.ANSWER: "an answer to choose",
    Reason.PART: "a part of a longer time",
    Reason.REPLACES_DEGREE: "replaces a degree",
    Reason.PAY: "what the pay depends on",
    Reason.RANGE_TOP: "the upper end of a range",
    Reason.OTHER_DATA: "the page's own data says less",
}


def in_words(reason: str) -> str:
    """Say a stored *reason* as people read it; older databases hold the words themselves."""
    try:
        return _WORDS[Reason(reason)]
    except ValueError:
        return reason
