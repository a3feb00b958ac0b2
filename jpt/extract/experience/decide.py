"""The decision: which statements are required, and the lowest of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from jpt.extract.experience import lexicon
from jpt.extract.experience.clause import SAYS_EXPERIENCE, Clause, clause
from jpt.extract.experience.injections import Injections, injections
from jpt.extract.experience.language import language, unsupported_language
from jpt.extract.experience.leftover import UnexplainedNumber, leftovers
from jpt.extract.experience.lexicon import words as any_word
from jpt.extract.experience.none_required import none_asked
from jpt.extract.experience.reasons import Reason
from jpt.extract.experience.rules import reason_against
from jpt.extract.experience.rules.vocabulary import shuts_out_less
from jpt.extract.experience.sections import Section, outline
from jpt.extract.experience.sentences import sentence
from jpt.extract.experience.statements import Statement, statements
from jpt.extract.experience.wording import Wording, wording
from jpt.extract.experience.years_classifier import StatedYears, probability, weights
from jpt.models.jobs import Confidence, Experience, LeftOver, Rejected
from jpt.text.counts import counted
from jpt.text.late import late

QUOTE = 160
"""Characters of evidence at most."""
_UNLIKELY = 0.5
"""Below this probability another answer is likelier, and confidence is low."""
_HEAD = 600
"""Characters of menu that may stand above a post that is not recognised as one."""
_AROUND = 40
"""Characters quoted before and behind a number that no rule explains."""
_MOST_REJECTED = 20
"""Rejected statements that are reported."""

_UP_TO = late(rf"(?:^|(?<=[^\w]))(?P<up>{any_word(lexicon.UP_TO)})\s*(?:the |an? |~|:)?\s?\(?$")
_NEGATED = late(r"\b(?:no|not|nicht|keine?|pas|niet|non|nao|inte|ikke|nie)\s*$")
_MOST_FIELD = late(
    r"\bmax(?:imum)?\b\.?(?: (?:years?|exp\w*|work|of))*\W{0,3}(?:\(?(?:in )?years?\)?)?\s?[:=(]?\s*$"
)
"""A field that names the most years."""
_OR_LESS = late(
    r"'?\s*(?:(?:of )?[a-z ]{0,30})?\b(?:or (?:less|fewer|under)|(?:maximum"
    r"|max)(?!\.?\s?(?:exp\w*\s?)?[:=]?\s?\d))\b"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement with its sentence and the reason why it does not count, if it does not."""

    clause: Clause
    years: int
    reason: Reason | None
    doubtful: bool = False


Policy = Literal["lowest", "headline", "highest"]
"""Which of several required numbers counts; the headline is the one that a post states first."""


def experience(text: str, months: int | None = None, policy: Policy = "lowest") -> Experience:
    """Read the least years of experience that a post requires.

    *text* is a rendered page's inner text; *months* is schema.org's monthsOfExperience, in months. The lower
    of the two counts; evidence is verbatim from *text*, white space aside, and at most `QUOTE` characters.
    Nothing is guessed: where nothing is stated, 0 years with stated false; where a post says that it asks for
    no experience, with that as evidence.
    """
    words = wording(text)
    judged = judge(words)
    read = by_rules(words, judged, policy)
    if policy == "lowest":  # the second opinion knows no other
        read = _with_second_opinion(words, judged, read)
    if not read.stated and not any(one.reason == Reason.TO_MACHINE for one in judged):
        read = _none_asked(words, read)
    return read if months is None or months < 0 else _with_data(read, months // 12)


def by_rules(words: Wording, judged: list[Judged], policy: Policy = "lowest") -> Experience:
    """Read the years by rules alone, with their doubts; only the second opinion makes the confidence high."""
    spans = ((one.clause.statement.start, one.clause.statement.end) for one in judged)
    return _with_doubts(words, _decide(words, judged, policy), spans)


def _with_doubts(words: Wording, read: Experience, explained: Iterable[tuple[int, int]]) -> Experience:
    """Doubt *read* where the text's language is not read, or a number beside a unit is in no *explained* place."""
    code = language(words.text)
    left = leftovers(words, code, explained)
    foreign = unsupported_language(code)
    if not left and not foreign:
        return read
    over = tuple(LeftOver(_quote(words, one), one.languages) for one in left)
    doubts = [read.doubt] if read.doubt else []
    if foreign:
        doubts.append(f"not read: {foreign}")
    if over:
        doubts.append(f"no rule explains “{over[0].quote}”")
    return replace(read, confidence="low", doubt="; ".join(doubts), left_over=over)


def _quote(words: Wording, one: UnexplainedNumber) -> str:
    text, first, last = words.text, words.place(one.start), words.place(one.end)
    start = _word_start(text, max(0, first - _AROUND), first)
    end = _word_end(text, last, min(len(text), last + _AROUND), len(text))
    return " ".join(text[start:end].split())


def _none_asked(words: Wording, read: Experience) -> Experience:
    """Quote the words that ask for no experience; no years are stated all the same."""
    place = none_asked(words)
    if place is None or outline(words, place[1]).at(place[0]).kind in {"jobs", "questions"}:
        return read
    evidence = " ".join(words.text[words.place(place[0]) : words.place(place[1])].split())
    confidence: Confidence = "medium" if read.confidence == "low" else read.confidence
    return replace(read, evidence=evidence[:QUOTE], confidence=confidence, doubt="")


def _with_data(read: Experience, years: int) -> Experience:
    if not read.stated or read.min_years == years:
        doubt, over = (read.doubt, read.left_over) if read.left_over else ("", ())
        return Experience(years, True, None, "low" if over else "high", "json-ld", read.rejected, doubt, over)
    doubt = f"the text says {counted(read.min_years, 'year')}, the page's own data {counted(years, 'year')}"
    if read.min_years < years:
        return replace(read, confidence="low", doubt=doubt)
    other = Rejected(read.min_years, read.evidence or "", Reason.OTHER_DATA)
    return Experience(years, True, None, "low", "json-ld", (other, *read.rejected), doubt, read.left_over)


def judge(words: Wording) -> list[Judged]:
    """Find every statement and decide whether it counts, and why not."""
    found = statements(words)
    if not found:
        return []
    parts = outline(words, found[-1].end)
    to_machine = injections(words, ((one.start, one.end) for one in found))
    judged = [_judged(words, statement, parts.at(statement.start), to_machine) for statement in found]
    if any(one.reason is None for one in judged):
        return judged
    return [_judged_in_menu(words, one, to_machine) for one in judged]


def _judged_in_menu(words: Wording, judged: Judged, to_machine: Injections) -> Judged:
    """Judge a statement in a menu as one of the post, which may begin there if no other statement counts."""
    said = judged.clause
    if said.section.kind != "page" or judged.reason != Reason.AROUND or not SAYS_EXPERIENCE.search(said.whole):
        return judged
    above = words.plain[: said.section.start]
    if len(above) > _HEAD or any(line.count(" ") > 6 for line in above.split("\n")):
        return judged  # the post was above
    again = _judged(words, said.statement, Section(said.section.start, "none", titled=False), to_machine)
    return replace(again, doubtful=True)


def _judged(words: Wording, statement: Statement, section: Section, to_machine: Injections) -> Judged:
    said = clause(words, statement, sentence(words, statement.start, statement.end), section)
    years = _least(said)
    if to_machine.contain(statement.start):
        return Judged(said, years, Reason.TO_MACHINE)
    reason = reason_against(said)
    doubtful = section.kind in {"company", "benefits"}
    return Judged(said, years, reason, doubtful)


def _least(said: Clause) -> int:
    """Return the least years that meet a statement: none for `up to three years`."""
    up_to = _UP_TO.search(said.before, max(0, len(said.before) - 80))
    if up_to and _NEGATED.search(said.before[: up_to.start("up")]):
        return said.statement.years  # no less than so much
    if (up_to or _OR_LESS.match(said.after)) and not shuts_out_less(said):
        return 0
    return said.statement.years


def _decide(words: Wording, judged: list[Judged], policy: Policy) -> Experience:
    judged = _without_range_tops(judged)
    required = [j for j in judged if j.reason is None]
    chosen = _chosen(required, policy) if required else None
    rejected = tuple(Rejected(j.years, cut(words, j.clause), j.reason) for j in judged if j.reason is not None)
    rejected = rejected[:_MOST_REJECTED]
    if any(j.reason == Reason.TO_MACHINE for j in judged):
        doubt = "the page gives instructions about years to AI readers"
    elif chosen is not None:
        doubt = _doubt(words, required, chosen)
    else:
        doubt = "" if words.is_post else "the post looks incomplete"
    confidence: Confidence = "low" if doubt else "medium"
    if chosen is None:
        return Experience(0, False, None, confidence, "rules", rejected, doubt)
    return Experience(chosen.years, True, cut(words, chosen.clause), confidence, "rules", rejected, doubt)


def _chosen(required: list[Judged], policy: Policy) -> Judged:
    """Choose the number that counts; *required* stand in the order of the text."""
    if policy == "headline":
        return required[0]
    choose = min if policy == "lowest" else max
    return choose(required, key=lambda one: one.years)


def _doubt(words: Wording, required: list[Judged], chosen: Judged) -> str:
    if chosen.clause.statement.guessed:
        return "the word for years is missing"
    if chosen.doubtful:
        return "it is in a part of the page about something else"
    is_headed = _is_below_unknown_heading(words, required, chosen)
    return "it is below a heading that jpt does not understand" if is_headed else ""


_HEADING = late(r"[^\w\n]*[^\W\d]+(?:[ /'&-]{1,3}[^\W\d]+){0,5}[ /'&-]{0,3}:\W*")


def _is_below_unknown_heading(words: Wording, required: list[Judged], chosen: Judged) -> bool:
    """Return whether an unknown heading stands between a higher number and the one that counts: `Merits:`."""
    said = chosen.clause
    above = [
        one.clause.end
        for one in required
        if one.years > chosen.years and one.clause.section == said.section and one.clause.end <= said.start
    ]
    lines = words.low[max(above) : said.start].split("\n")[1:] if above else []
    return any(_HEADING.fullmatch(line.strip()) for line in lines)


def _with_second_opinion(words: Wording, judged: list[Judged], read: Experience) -> Experience:
    """Set the confidence of *read*: high if the second opinion agrees, low if it finds another answer likelier."""
    if read.doubt:
        return read
    likely = probability(
        words, [StatedYears(one.clause, one.years) for one in judged], read.min_years if read.stated else None
    )
    if likely is None:
        return read
    if likely < _UNLIKELY:
        return replace(read, confidence="low", doubt="the words around it may mean something else")
    return replace(read, confidence="high") if likely >= weights().sure else read


def _without_range_tops(judged: list[Judged]) -> list[Judged]:
    """Reject upper ends of ranges whose lower end is another field: `Min. experience: 2`, `Max. experience: 5`."""
    required = [j for j in judged if j.reason is None]
    tops = [j for j in required if _MOST_FIELD.search(j.clause.before[-50:])]
    if len(tops) == len(required):
        return judged
    return [replace(j, reason=Reason.RANGE_TOP) if j in tops else j for j in judged]


def cut(words: Wording, said: Clause) -> str:
    """Quote the sentence of a statement, or as much of it as fits round the statement."""
    start, end = words.place(said.start), words.place(said.end)
    if end - start > QUOTE:
        first, last = words.place(said.statement.start), words.place(said.statement.end)
        if first - start > QUOTE // 3:
            start = _word_start(words.text, first - QUOTE // 3, first)
        bound, end = end, max(last, min(end, start + QUOTE))
        end = _word_end(words.text, last, end, bound)
    return _MARK_BEFORE.sub("", " ".join(words.text[start:end].split())).rstrip(" -–•*|·")


_MARK_BEFORE = late(r"^(?:[\s\-–—*•·●▪◦‣►➢✓✔§|>#○☐_]|[oO] |\d{1,2}[.)] (?=[A-Z])|[:;,.)\]] )+")
"""Marks of a list before a quote."""


def _word_start(text: str, place: int, limit: int) -> int:
    while 0 < place < limit and not text[place - 1].isspace():
        place += 1
    return place


def _word_end(text: str, floor: int, place: int, bound: int) -> int:
    if place >= bound:
        return place
    while place > floor and not text[place].isspace():
        place -= 1
    return place
