"""Rules for what is not asked for, not a number, somebody else's, or an age. Pure."""

from __future__ import annotations

import re

from jpt.extract.experience.clause import Clause
from jpt.extract.experience.reasons import Reason
from jpt.extract.experience.rules.rule import Rule, after, before
from jpt.extract.experience.rules.vocabulary import TOO_MUCH, shuts_out_less

_NO_NEED = re.compile(
    r"(?:\b(?:not|never|no)|n't|\bwithout) (?:really |necessarily |actually )?(?:need|require|expect|demand"
    r"|looking"
    r"|have to have|necessary|essential|required)\w*\W+(?:(?:to|have|for|you|that|the|a|an|any|at|least|minimum"
    r"|of|more|than|over)\W+){0,6}$"
    r"|\b(?:whether|regardless of|no matter|irrespective of)\b[^.;]{0,50}$"
)
_MONEY = re.compile(r"'?\s?(?::|=|-)\s?[$€£]?\d{2,3}[,.k]|\s?\(\d{2,6}\)")
_AGE_AFTER = re.compile(
    r"'?\s?-?\s?(?:of age\b|olds?|ou plus\b(?=.{0,12}age)|d'age|revolus|de edad|alt\b|\(age|oud\b)"
)
_AGE_BEFORE = re.compile(
    r"(?:\bage[ds]?(?: (?:of|from|between|group))?:?|\bunder|\baged?|unter|aged? \d+ (?:to"
    r"|-))\s*(?:\(?\d* ?(?:weeks?|months?)?,? ?(?:to|-|through|and)? ?)?$"
)
_CHILDREN = re.compile(
    r"\b(?:toddlers?|infants?|bab(?:y|ies)|children|kids|preschoolers?|pupils)\s?,?\s?\(?(?:aged?|from|between)?\s*$"
)
_OTHERS = re.compile(
    r"\b(?:work(?:ing)? (?:closely )?(?:with|alongside|under|beside)|mentor(?:ed|ship)?|founders?|head chef"
    r"|ceo|cto"
    r"|your (?:manager|boss|trainer|lead))\b[^.;:]{0,80}\bwho(?:'ve| have| has| bring\w*| each"
    r"| together)?[^.;:]{0,25}$"
    r"|\b(?:led|headed|founded|managed|taught|trained|mentored|guided|run|owned) by\b[^.;:]{0,80}"
    r"\b(?:with|who|has|have)\b[^.;:]{0,25}$"
    r"|\b(?:a|your) (?:mentor|coach|trainer|buddy|manager)\b[^.;:]{0,30}\bwith (?:over |more than )?$"
    r"|\bwhose (?:members|staff|people|engineers|team|colleagues)\b[^.;:]{0,40}$"
)
"""Whose years they are: those of the people one will work with."""
_LESSER = re.compile(
    r"\b(?:mentor|coach|train|supervise|onboard|teach)(?:s|ing|es)?\s(?:[a-z]+ ){0,2}(?:colleagues|juniors?|staff"
    r"|employees|apprentices|engineers|developers|nurses|associates|members|people|peers|hires)\s"
    r"(?:with|who have) (?:less than |fewer than |under |up to |only )?$"
)


def _not_needed(clause: Clause) -> bool:
    said = _NO_NEED.search(clause.before) or TOO_MUCH.match(clause.after)
    return bool(said) and not shuts_out_less(clause)


def _asks_who_has_less(clause: Clause) -> bool:
    return clause.asks and bool(re.search(r"\b(?:less|fewer|under) (?:than )?$", clause.before))


def _article(clause: Clause) -> bool:
    """An article is no number, except where experience or "or more" follows it."""
    return (
        clause.statement.article
        and not re.search(r"\b(?:least|minimum|full|whole)\b", clause.before[-16:] + clause.said)
        and not _COUNTED_ARTICLE.match(clause.after)
    )


_COUNTED_ARTICLE = re.compile(
    r"'?s?\s?(?:of|or more\b|or longer\b|or greater)?\s?(?:[a-z-]+ ){0,4}experienc"
    r"|'?\s(?:or (?:more|longer)|minimum)\b"
)


def _age(clause: Clause) -> bool:
    before, after = clause.before, clause.after
    if _AGE_AFTER.match(after) or _CHILDREN.search(before):
        return True
    of_experience = after.lstrip(" '").startswith(("of exp", "exp")) or (
        clause.experienced and before.endswith("under ")
    )
    return not of_experience and bool(_AGE_BEFORE.search(before))


NOT_ASKED = (
    Rule(
        Reason.NOT_ASKED,
        before(r"\black(?:s|ing)? (?:up to |about )?$"),
        "Even if you lack 2 years of experience, write to us.",
        "Even if you are young: 2 years of experience are required.",
        of_fields=True,
    ),
    Rule(
        Reason.NOT_ASKED,
        _not_needed,
        "You do not need 5 years of experience to apply.",
        "Candidates with less than 5 years of experience will not be considered.",
        of_fields=True,
    ),
    Rule(
        Reason.NOT_ASKED,
        _asks_who_has_less,
        "Less than 3 years of experience? Write to us, too.",
        "Do you have 3 years of experience in design? Then we want you.",
        of_fields=True,
    ),
)

OTHERS = (
    Rule(
        Reason.NOT_A_NUMBER,
        _article,
        "We grow every quarter; a year from here we have twenty shops.",
        "A year of experience in a kitchen is required.",
    ),
    Rule(
        Reason.TABLE,
        after(_MONEY),
        "Pay scale\n2 years: $52,400 with experience",
        "2 years: experience in a kitchen is required",
    ),
    Rule(
        Reason.AGE,
        _age,
        "You must be at least 18 years of age.",
        "Requirements\nUnder 2 years of experience",
    ),
    Rule(
        Reason.SOMEBODY_ELSES,
        before(_OTHERS, 140),
        "You will work alongside a head chef who has 20 years of experience.",
        "You will work alongside a head chef. Requirements: 2 years of experience.",
    ),
    Rule(
        Reason.SOMEBODY_ELSES,
        before(_LESSER, 120),
        "You will train staff with less than 2 years of experience.",
        "You have trained staff for 2 years: such experience is required.",
    ),
)
