"""A model's answer against the text: it counts only if its quote is there and bears the number out. Pure.

A model may be weak, and answer anything: what it says must not make an answer worse than the rules' own. So a
number of its own needs words that the rules know nothing against and that the second opinion holds likely; of two
required numbers the lower one stands; and only a number with its quote makes an answer surer, by one step.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jpt.extract.experience import Reason, in_words, quoted
from jpt.extract.model.answer import Answer
from jpt.models.jobs import Confidence, Experience, Rejected
from jpt.text.counts import counted
from jpt.text.late import late

_OPEN = frozenset({Reason.NOT_EXPERIENCE, Reason.NOT_A_NUMBER})
"""Where the rules only lack a word that says so, a model may know better."""
_LIKELY = 0.5
"""A less likely statement, by the second opinion, is not taken for a requirement."""
_SURER: dict[Confidence, Confidence] = {"low": "medium", "medium": "high", "high": "high"}
_FOREIGN_UNIT = late(
    r"лет|год|рок|\bлітн?|年|년|\blat[a]?\b|\brok[ui]?\b|\blet\b|\brok[yů]\b|\bår\b|\bvuo[dtn]|\banni\b|\bani\b|\banos?\b"
    r"|χρόνια|έτη|\byıl|\bév|سنوات|שנ|वर्ष|ปี|năm|tahun",
    re.IGNORECASE,
)
"""Years in languages that the rules do not read."""
_LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of an answer."""

    experience: Experience
    verdict: str
    """agrees, counts, or why it does not count."""


def checked(text: str, answer: Answer, rules: Experience) -> Checked:
    """Take *answer* where the text bears it out; else the *rules* stand, and the contradiction is kept."""
    if not answer.stated:
        if rules.stated:
            return _stands(rules, answer, "the model found no required years")
        return _agrees(rules)
    found = quoted(text, answer.evidence or "")
    if found is None:
        return _stands(rules, answer, "its quote is not in the text")
    if found.to_machine:
        return _stands(rules, answer, "its quote stands in words meant for a machine")
    borne_out = [one for one in found.said if one.years == answer.min_years]
    for one in sorted(borne_out, key=lambda one: one.reason is not None):
        if one.reason is None:
            return _known(rules, answer)
        if one.reason in _OPEN and one.likely >= _LIKELY:
            return _counts(rules, answer, one.evidence)
    if borne_out:
        return _stands(rules, answer, f"its quote does not count: {in_words(borne_out[0].reason or '')}")
    if not found.said and _names(found.evidence, answer.min_years):
        return _counts(rules, answer, found.evidence)
    return _stands(rules, answer, f"its quote does not say {counted(answer.min_years, 'year')}")


def _names(quote: str, years: int) -> bool:
    numbers = [int(digits) for digits in re.findall(r"\d{1,3}", quote)]
    return len(quote) <= _LONGEST_QUOTE and years in numbers and bool(_FOREIGN_UNIT.search(quote))


def _agrees(rules: Experience) -> Checked:
    # A weak model says "none stated" of anything: that explains nothing, and no number that is left over.
    surer = rules.stated and not rules.left_over
    confidence = _SURER[rules.confidence] if surer else rules.confidence
    doubt = "" if surer and confidence == "high" else rules.doubt
    return Checked(replace(rules, source="openai", confidence=confidence, doubt=doubt), "agrees")


def _known(rules: Experience, answer: Answer) -> Checked:
    """Hold a number that the rules count, too, against the one that they chose."""
    if rules.stated and rules.min_years == answer.min_years:
        return _agrees(rules)
    return _stands(rules, answer, f"the post also asks for {counted(rules.min_years, 'year')}")


def _counts(rules: Experience, answer: Answer, evidence: str) -> Checked:
    if rules.stated and rules.min_years == answer.min_years:
        return _agrees(rules)
    if rules.stated and rules.min_years < answer.min_years:
        return _known(rules, answer)
    # Two readers differ: the number is borne out, but a person should look.
    confidence: Confidence = "low" if rules.stated else "medium"
    read = counted(rules.min_years, "year") if rules.stated else "no years"
    other = (Rejected(rules.min_years, rules.evidence or "", "the rules read this"),) if rules.stated else ()
    doubt = f"the model reads {counted(answer.min_years, 'year')} here, the rules {read}"
    return Checked(
        Experience(answer.min_years, True, evidence, confidence, "openai", (*other, *rules.rejected), doubt),
        "counts",
    )


def _stands(rules: Experience, answer: Answer, reason: str) -> Checked:
    said = (
        f"the model says {counted(answer.min_years, 'year')}"
        if answer.stated
        else "the model says that none are stated"
    )
    rejected = Rejected(answer.min_years, (answer.evidence or "")[:160], f"the model's answer: {reason}")
    confidence: Confidence = "medium" if rules.confidence == "high" else "low"
    return Checked(
        replace(rules, confidence=confidence, rejected=(*rules.rejected, rejected), doubt=f"{said}, but {reason}"),
        reason,
    )
