"""Why a statement of years does not count: values that are stored, and the words in which they are shown."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Reason(StrEnum):
    """Why a statement of years does not count: a value that is stored, and the words that people read."""

    words: str

    def __new__(cls, value: str, words: str = "") -> Self:
        """Create the member *value*, shown as *words*."""
        reason = str.__new__(cls, value)
        reason._value_, reason.words = value, words
        return reason

    TO_MACHINE = "to_machine", "meant for a machine, not for applicants"
    NOT_ASKED = "not_asked", "not asked for"
    NOT_EXPERIENCE = "not_experience", "not said to be experience"
    NOT_A_NUMBER = "not_a_number", "not a number"
    TABLE = "table", "a table or a filter"
    AGE = "age", "age"
    SOMEBODY_ELSES = "somebody_elses", "somebody else's"
    PROGRAMME = "programme", "study or length of a programme"
    STUDY = "study", "study"
    PERIOD = "period", "a period of time"
    GIVEN = "given", "what the job gives"
    RESIDENCE = "residence", "residence"
    SUBSTITUTED = "substituted", "credited or substituted"
    TERM = "term", "length of a contract or programme"
    LICENCE = "licence", "a licence, record or residence"
    BENEFIT = "benefit", "a benefit"
    AROUND = "around", "another job or the page around"
    COMPANY = "company", "company history"
    PREFERRED = "preferred", "preferred"
    ANSWER = "answer", "an answer to choose"
    PART = "part", "a part of a longer time"
    REPLACES_DEGREE = "replaces_degree", "replaces a degree"
    PAY = "pay", "what the pay depends on"
    RANGE_TOP = "range_top", "the upper end of a range"
    OTHER_DATA = "other_data", "the page's own data says less"


def in_words(reason: str) -> str:
    """Return the words for a stored *reason*; older databases hold the words themselves."""
    try:
        return Reason(reason).words
    except ValueError:
        return reason
