"""The decision: which statements are required, and the lowest of them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jpt.extract.experience.machine import Orders, orders
from jpt.extract.experience.sections import Section, outline, sentence
from jpt.extract.experience.statements import Statement, statements
from jpt.extract.experience.subject import (
    AROUND,
    Clause,
    clause,
    other_subject,
    shuts_out_less,
    speaks_of_experience,
)
from jpt.extract.experience.wording import Wording, wording
from jpt.models.jobs import Confidence, Experience, Rejected
from jpt.text.counts import counted

QUOTE = 160
"""Characters of evidence at most."""
MEANT_FOR_MACHINES = "meant for a machine, not for applicants"
_HEAD = 600
"""Characters of menu that may stand above a post that is not recognised as one."""
REJECTED = 20
"""Rejected statements told of at most."""

_UP_TO = re.compile(
    r"(?:up to|upto|(?<!not )(?<!no )less than|(?<!not )(?<!no )fewer than|under|below|no more than"
    r"|not more than|maximum(?: of)?|max\.?(?: of)?|at most|not exceed\w*|bis zu|maximal|jusqu'a|moins de|hasta"
    r"|menos de|tot|maximaal|<|freshers? (?:to|-))\s*(?:the |an? |~)?\s?\(?$"
)
_MOST_FIELD = re.compile(
    r"\bmax(?:imum)?\b\.?(?: (?:years?|exp\w*|work|of))*\W{0,3}(?:\(?(?:in )?years?\)?)?\s?[:=(]?\s*$"
)
"""A field that names the most years."""
_OR_LESS = re.compile(r"'?\s*(?:of [a-z ]{0,30})?\b(?:or (?:less|fewer|under)|maximum|max)\b")

_PREFER_WORD = (
    r"(?:preferred|preferable|prefered|desired|desirable|nice[- ]to[- ]have|good[- ]to[- ]have|a (?:big |huge "
    r"|strong |definite )?plus|an? (?:added )?(?:advantage|bonus|asset)|advantageous|beneficial|helpful"
    r"|recommended|ideal|would be (?:ideal|great|nice|good|welcome)|welcome|not required|(?<!not )optional"
    r"|not essential"
    r"|not necessary|not a must|no es (?:imprescindible|necesari\w+|obligatori\w+|excluyente)|nicht (?:zwingend"
    r"|notwendig|erforderlich)|kein muss|pas (?:obligatoire|exigee?|indispensable|requise?)|niet (?:vereist"
    r"|noodzakelijk|nodig)"
    r"|encouraged|wunschenswert|von vorteil|souhaite\w*|un plus|un atout|deseable|valorable|se valora\w*|een pre"
    r"|apprecie\w*|favored|favoured|valued|suggested|looked upon favou?rably)"
)
_PREFER_AFTER = re.compile(rf"\b{_PREFER_WORD}\b")
_PREFER_BEFORE = re.compile(
    r"\b(?:a (?:big |huge |strong |definite )?plus(?=:)|preferably"
    r"|valoramos|se valora(?:ra)?|(?<!required/)(?<!required / )(?<!required or )(?<!required and )preferred"
    r"|preference|prefer"
    r"|ideally|ideal"
    r"|desired|desirable|desirably|nice to haves?|bonus"
    r"|plus if|it helps if|helps if you|would help if|we'd love|would love|idealerweise|idealement"
    r"|idealmente|bij voorkeur|vorzugsweise|de preference"
    r"|preferiblemente|preferentemente|advantage|optionally|it would be (?:great|nice|a plus))\b"
)
_PREFER_OWN = re.compile(
    r"(?:preferably|ideally|idealerweise|idealement|bij voorkeur|idealmente|preferiblemente|vorzugsweise)\s*(?:,"
    r"|with|having|have|has|you|you'll|you have|you've|you bring|a minimum of|minimum|min\.?|at least|over"
    r"|more than|for|about|around|mit|mindestens|met|avec|con|someone|candidates?|the|will|contributors|\s)*\W*$"
)
_NUMBERED = re.compile(r"\d\s?\+?\s?(?:years?|yrs?|months?)\b")
_ADVERBS = re.compile(
    r"\W*(?:(?:is|are|be|would|will|strongly|highly|very|much|most|but|definitely|also|not required|or more"
    r"|minimum"
    r"|experience)\W*)*"
)
_REQUIRED_WORD = re.compile(r"\b(?:required?|requires|must|mandatory|minimum requirement)\b")

_DEGREE = re.compile(
    r"\b(?:degrees?|bachelor\w*|master'?s|b\.?s\.?c?|b\.?a|m\.?s\.?c?|m\.?b\.?a|ph\.?d|doctorate|diploma|ged"
    r"|college|university|education|graduat\w+|certificat\w+|credit hours|associate'?s|studium|abschluss|licence"
    r"|bac ?\+ ?\d|school|schooling|licen[cs]e|cpa|cfa|credits|coursework|training)\b"
)
_OR_BEFORE = re.compile(
    r"(?:\bor\b|/|\bin lieu of\b|\boder\b|\bou\b)[\s,;:(+]*(?:(?:an?|the|at|least|minimum|min|of|with|have|has"
    r"|having|more|over|plus|alternatively|equivalent|comparable|combination|education|professional|and|work"
    r"|experience|training|which|may|include|possess|completion|in|lieu|degree|related|field|relevant|practical"
    r"|demonstrated|to|any|approximately|two|one|high|school|diploma)\b[\s,;:(+]*){0,14}$"
)
_EQUIVALENT = re.compile(
    r"'?s?\s*(?:of )?(?:[a-z-]+ ){0,3}(?:equivalent|equivalency|comparable|commensurate)|.{0,90}(?:in lieu of"
    r"|instead of|in place of|considered in lieu|as (?:a )?(?:substitute|replacement|equivalent))"
)
_OR_DEGREE_AFTER = re.compile(
    r"[^.;]{0,70}?\bor (?:an? |the |have |completed |completion of |equivalent |possess |hold |\d+ (?:credit"
    r"|college|semester)|\w+ credit|college |higher |related |relevant )*(?:bachelor|master|degree|b\.?s\b"
    r"|b\.?a\b|ph\.?d|diploma|\d+ (?:college |semester )?credit|college credit|college degree|university degree"
    r"|advanced degree|graduate degree|associate)[^.;,]{0,50}"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement with its sentence and the reason why it does not count, if it does not."""

    clause: Clause
    years: int
    reason: str | None
    doubtful: bool = False


def experience(text: str, months: int | None = None) -> Experience:
    """Read the least years of experience that a post requires.

    *text* is a rendered page's inner text; *months* is schema.org's monthsOfExperience, in months. The lower
    of the two counts; evidence is verbatim from *text*, white space aside, and at most `QUOTE` characters.
    Nothing is guessed: where nothing is stated, 0 years with stated false.
    """
    words = wording(text)
    judged = judge(words)
    read = _decide(words, judged)
    return read if months is None or months < 0 else _with_data(read, months // 12)


def _with_data(read: Experience, years: int) -> Experience:
    if not read.stated:
        return Experience(years, True, None, "high", "json-ld", read.rejected)
    if read.min_years == years:
        return Experience(years, True, None, "high", "json-ld", read.rejected)
    doubt = f"the text says {_in_words(read.min_years)}, the page's own data {_in_words(years)}"
    if read.min_years < years:
        return replace(read, confidence="low", doubt=doubt)
    other = Rejected(read.min_years, read.evidence or "", "the page's own data says less")
    return Experience(years, True, None, "low", "json-ld", (other, *read.rejected), doubt)


def _in_words(years: int) -> str:
    return counted(years, "year")


def judge(words: Wording) -> list[Judged]:
    """Find every statement and say whether it counts, and why not."""
    found = statements(words)
    if not found:
        return []
    parts = outline(words, found[-1].end)
    to_machine = orders(words, ((one.start, one.end) for one in found))
    judged = [_judged(words, statement, parts.at(statement.start), to_machine) for statement in found]
    if any(one.reason is None for one in judged):
        return judged
    return [_judged_again(words, one, to_machine) for one in judged]


def _judged_again(words: Wording, judged: Judged, to_machine: Orders) -> Judged:
    """Doubt that a statement stands in a menu: where no other says anything, the post may begin within it."""
    said = judged.clause
    if said.section.kind != "page" or judged.reason != AROUND or not speaks_of_experience(said):
        return judged
    above = words.even[: said.section.start]
    if len(above) > _HEAD or any(line.count(" ") > 6 for line in above.split("\n")):
        return judged  # the post was above
    again = _judged(words, said.statement, Section(said.section.start, "none", titled=False), to_machine)
    return replace(again, doubtful=True)


def _judged(words: Wording, statement: Statement, section: Section, to_machine: Orders) -> Judged:
    said = clause(words, statement, sentence(words, statement.start, statement.end), section)
    years = _least(said)
    if to_machine.hold(statement.start):
        return Judged(said, years, MEANT_FOR_MACHINES)
    reason = other_subject(said) or _preferred(said) or _replaced(said)
    doubtful = section.kind in {"company", "benefits"}
    return Judged(said, years, reason, doubtful)


def _least(said: Clause) -> int:
    """Up to three years is also met by none."""
    if (_UP_TO.search(said.before) or _OR_LESS.match(said.after)) and not shuts_out_less(said):
        return 0
    return said.statement.years


def _preferred(said: Clause) -> str | None:
    before, after = said.before, said.after
    if _PREFER_OWN.search(before):
        return "preferred"
    if said.section.kind == "preferred":
        return "preferred"
    last = next(reversed(list(_PREFER_BEFORE.finditer(before))), None)
    if (
        last
        and re.match(r"[^,;.)]{0,60}$", before[last.end() :])
        and not _DEGREE.search(before[max(0, last.start() - 60) : last.start()])
    ):
        return "preferred"
    match = _PREFER_AFTER.search(after)
    if match and _reaches(after[: match.start()], after[match.end() :]):
        return "preferred"
    return None


def _reaches(between: str, behind: str) -> bool:
    """Tell whether a "preferred" behind a statement speaks of the statement, not of a field or a second matter."""
    if ";" in between or "|" in between or _REQUIRED_WORD.search(between) or _NUMBERED.search(between):
        return False
    opened = between.rfind("(")
    if opened > between.rfind(")"):
        if re.match(r"\s?[:,-]?[^)]{0,60}\d", behind):
            return False  # what is preferred has a number of its own
        alone = re.fullmatch(
            r"\W*(?:(?:strongly|highly|but|is|very|much|not required,?|would be)\W*)*", between[opened:]
        )
        return bool(alone) and not re.match(r"[^)]{0,30}\)\s*(?:,|/|and\b|or\b|in\b|with\b)", behind)
    if "," in between and re.search(
        r",\s*(?:with|and|preferably|ideally|plus|including)?\s*(?:[a-z/&-]+ ){0,7}(?:experience|degree"
        r"|certification|knowledge|background|license|skills)? ?(?:is |are |would be |being )?(?:\w+ )?$",
        between,
    ):
        tail = between.rsplit(",", 1)[1]
        if not re.search(r"\b(?:or|and)\b", tail) and not _ADVERBS.fullmatch(tail):
            return False  # what stands behind the comma is preferred: "5 years in purchasing, CPIM a plus"
        return not re.search(
            r"experience|degree|certif|knowledge|background|licen|skill|with|mba|cpa|master", tail
        )
    return not re.search(r"\b(?:bachelor|master|mba|degree|cpa|certification)\b", between[-40:])


def _replaced(said: Clause) -> str | None:
    """Experience that only stands in for a degree is not demanded (a ladder with years on each rung is)."""
    before, after = said.before, said.after
    if (
        _EQUIVALENT.match(after)
        and (_DEGREE.search(before) or _DEGREE.search(after))
        and re.search(r"\bor\b|lieu|instead|combination", before[-80:] + after[:120])
    ) and not re.search(r"(?:\band|\bplus|with|\+)\s*(?:an? |at least |minimum (?:of )?|\d+-)*$", before):
        return "replaces a degree"
    if (
        re.search(
            r"(?:\b(?:and|with|plus)|\+)\s*\(?(?:(?:an?|at least|minimum|min|of|over|more than)\W{1,2})*$", before
        )
        and "combination" not in before[-80:]
    ):
        return None
    match = _OR_BEFORE.search(before)
    if (
        match
        and _DEGREE.search(before[: match.start() + 1])
        and not _years_in(before)
        and (
            not re.match(
                r"[^.;]{0,120}\b(?:and|with|plus)\b[^.;]{0,40}\b(?:degree|diploma|credit|bachelor|school"
                r"|associate)",
                after,
            )
            or "training" in after[:80]
        )
    ):
        return "replaces a degree"
    if (
        not _years_in(before)
        and _OR_DEGREE_AFTER.match(after)
        and not re.match(r"[^.;]{0,160}\b(?:with|and|plus|\+)\s[^.;]{0,20}\d", after)
        and not re.match(
            r"'?s?[^.;,]{0,60}\b(?:and|with|plus) (?:an? )?(?:[a-z']+ ){0,2}(?:degree|bachelor|diploma)", after
        )
    ):
        return "replaces a degree"
    return None


def _years_in(part: str) -> bool:
    return bool(re.search(r"\b(?:years?|yrs|months)\b(?!.{0,3}(?:degree|college|university))", part))


def _decide(words: Wording, judged: list[Judged]) -> Experience:
    judged = _without_tops(judged)
    counted = [j for j in judged if j.reason is None]
    rejected = tuple(Rejected(j.years, cut(words, j.clause), j.reason) for j in judged if j.reason is not None)[
        :REJECTED
    ]
    if any(j.reason == MEANT_FOR_MACHINES for j in judged):
        doubt = "the page speaks of years to machines"
    elif counted:
        doubt = "it stands where a page speaks of something else" if min(counted, key=_years).doubtful else ""
    else:
        doubt = "" if words.is_post else "hardly a whole post was there to read"
    if not counted:
        unsure = any(j.reason in {"preferred", "replaces a degree"} for j in judged)
        confidence: Confidence = "low" if doubt else "medium" if unsure else "high"
        return Experience(0, False, None, confidence, "rules", rejected, doubt)
    least = min(counted, key=_years)
    confidence = "low" if doubt else _confidence(counted, least)
    return Experience(least.years, True, cut(words, least.clause), confidence, "rules", rejected, doubt)


def _years(judged: Judged) -> int:
    return judged.years


def _confidence(counted: list[Judged], least: Judged) -> Confidence:
    if len({j.years for j in counted}) > 1 or least.clause.section.kind not in {"required", "duties"}:
        return "medium"
    return "high"


def _without_tops(judged: list[Judged]) -> list[Judged]:
    """Take out what only closes a range that another field begins: `Min. experience: 2`, `Max. experience: 5`."""
    if not any(j.reason is None and not _MOST_FIELD.search(j.clause.before[-50:]) for j in judged):
        return judged
    return [
        replace(j, reason="the upper end of a range")
        if j.reason is None and _MOST_FIELD.search(j.clause.before[-50:])
        else j
        for j in judged
    ]


def cut(words: Wording, said: Clause) -> str:
    """Cut the words that decide out of the text: the sentence, or what of it fits round the statement."""
    start, end = said.start, said.end
    if end - start > QUOTE:
        statement = said.statement
        if statement.start - start > QUOTE // 3:
            start = _word_start(words.text, statement.start - QUOTE // 3, statement.start)
        end = max(statement.end, min(end, start + QUOTE))
        end = _word_end(words.text, statement.end, end, said.end)
    return " ".join(words.text[start:end].split())


def _word_start(text: str, place: int, limit: int) -> int:
    while place < limit and not text[place - 1].isspace():
        place += 1
    return place


def _word_end(text: str, floor: int, place: int, bound: int) -> int:
    if place >= bound:
        return place
    while place > floor and not text[place].isspace():
        place -= 1
    return place
