"""Where the sentence that a statement stands in begins and ends. Pure."""

from __future__ import annotations

import re

from jpt.extract.experience.wording import Wording
from jpt.text.late import late

REACH = 420
"""Characters read to either side of a statement when its sentence is looked for."""

# Where a sentence ends: marks, bullets, line breaks, and the seams of glued words.
_ABBREVIATIONS = (
    r"e\.g", r"i\.e", "[Mm]in", "[Mm]ax", "[Aa]pprox", "[Aa]prox", "[Ii]nc", "[Ll]td", "[Yy]rs", "yr", "vs",
    "[DMJS]r", "[Nn]o", "incl", "ca", "mind", "B", "S", "[Ee]xp", "etc",
)  # fmt: skip
_ABBREVIATED = "".join(rf"(?<!\b{word}\.)" for word in _ABBREVIATIONS)
_STARTERS = (
    "Minimum|At least|At Least|Must|Experience|Experienced|Proven|Strong|Excellent|Bachelor|Master|Ability"
    "|Knowledge|Proficien|Familiar|Demonstrated|Previous|Prior|Good|High|Degree|Education|Skills|Preferred"
    "|Required|Requirements"
    "|Qualification|Responsibilit|Solid|You |We |Our |Willing|Able|Valid|Understanding|One|Two|Three|Four|Five"
    "|Six|Seven|Eight|Nine|Ten|An? |The |In |Additional|Working|Self|Problem|Hands|Commit|Candidate|Applicant"
    "|Desired|Bonus|Nice|Benefits|Great"
    "|Exceptional|Outstanding|Advanced|Basic|Fluent|Certif|Licens|Current|Job|Position|About|Who|What|Why|Salary"
    "|Full|Part|Ideal|Possess|Has|Have|Over|More|Up to|Less|Typically|Some|No |Any |Be |Is |Are |This|Join|Work"
)
_UNIT_NEXT = late(r"[-+(]|years?|yrs?|months?|jahr|ans\b|ano|jaar|anni|år|lat")
_SHORT = 60
_NO_VERDICT = (
    r"(?!(?i:(?:an? |strong |big |definite |huge |highly |strongly |great |ist |un |een |une )?(?:advantage"
    r"|plus\b|prefer|nice to have"
    r"|desir|bonus|optional|mandatory|must\b|required|von vorteil|wunschenswert|zwingend|deseable|valorable"
    r"|imprescindible|souhait"
    r"|exige|pre\b|vereist|gradit|richiest|desejavel|meriterande|mile widzian)))"
)
"""A dash in front of a verdict divides nothing: `2 years of Python - strong advantage`."""
_BOUNDARY = late(
    r"(?![a-z,])(?:"  # none begins with such a letter: most places are left at once
    r"\n\s*"
    rf"|(?<!\s)[.!](?=\s+[^a-z\s]|[A-Z][a-z]){_ABBREVIATED}"
    r"|\?(?=\s+[A-Z])"
    r"|(?<=rs)\.(?=\s(?:Preferred|Required|Minimum|Must|Desired|Nice|Location|Salary|The|We|You)\b)"
    r"|[•●▪◦‣►➢✓✔✅§\uf0b7|]|\s·\s|(?<=[.:;a-z)])·"
    r"|(?=(?:REQUIRED|PREFERRED|DESIRED|MINIMUM) [A-Z]{4,16}:)"
    r"|(?<=[a-z.)]) -(?=[A-Z][a-z.]|\d{1,2}\s?\+?(?:-\d{1,2}\+?)?\s(?:years|yrs|months))"
    r"|(?<=[a-z)]) (?=(?:Preferred|Desired|Desirable|Required) (?:Technical |Key )?[A-Z])"
    r"|(?<= [a-z]{4})(?<!ears)(?<!lant)(?<!vant)(?<!onal) (?=(?:Experience|Knowledge|Ability|Excellent"
    r"|Proven|Demonstrated|Familiarity|Proficien[a-z]+|Understanding|Ervaring"
    r"|Kennis|Goede|Erfahrung|Kenntnisse|Experiencia|Conocimientos?|Esperienza|Conoscenza|Erfaring|Erfarenhet)"
    r" (?:in|with|of|to|using|as|knowledge|communication|met|van|mit|im|con|de|en|nel|av|med)\b)"
    r"|(?<=[a-z)]) (?=(?:Minimum|Minimaal|Minstens|Mindestens|Au moins|Al menos|Minimo|Almeno|Pelo menos"
    r"|Minst|Mindst|Co najmniej)\b)"
    rf"|\s[-*+]\s{_NO_VERDICT}(?=[A-Z0-9])(?!\d{{1,2}}\s?\+?(?:\s?(?:-|to)\s?\d{{1,2}}\+?)?\s?(?:[Yy]ears?"
    rf"|[Yy]rs?|[Mm]onths?))(?!\d{{1,2}}\s?(?:uur|uren|[Hh]ours?|[Hh]rs|[Ss]td|[Ss]tunden|h\b))"
    rf"|(?<=[.;:])\s?-\s?{_NO_VERDICT}(?=[A-Z0-9])"
    rf"|(?<=[a-z)])-\s{_NO_VERDICT}(?=[A-Z])"
    rf"|(?=[A-Z])(?<=[a-z)\]])(?=(?:{_STARTERS}))(?<!Java)(?<!Type)(?<!Power)(?<!Linked)(?<!Git)"
    r"|(?=\d)(?<=[A-Za-z)])(?=\d{1,2}\s?\+?(?:\s?(?:-|to)\s?\d{1,2})?\+?\s?(?:[Yy]ears|[Yy]rs|[Mm]onths))"
    r")"
)
_GOES_ON = late(
    r"(?:a|an|and|or|of|in|with|to|for|as|the|on|at|from|by|your|our|per|within|using|experience)\b|[(,&]"
)
_POINT = late(r"[-*•●▪◦‣►➢✓✔§·]\s|\d[.)]\s|o\s")
"""The mark of a point of a list."""
_LEFT_OPEN = late(
    r"(?:\b(?:a|an|and|or|of|(?<![:*_/])in|with|to|for|as|the|on|at|from|by|plus|least)|[,&(/]"
    r"|\d\+?)$"
)
_ASKS = late(
    r"(?:^|\n)[^\w\n]{0,4}(?:what|who|whom|which)\b[^\n.;:]{0,50}\b(?:for|of|in|with|on|at|to|from|by)$"
    r"|\bwe(?:'re|'ll be| are)? (?:\w+ )?(?:look|looking|ask|asking|search|searching|hope|hoping|hiring) for$"
)
"""A heading that ends in a preposition and is whole: `What we're looking for`."""


def sentence(words: Wording, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence round *start* and *end*, at most `REACH` to either side."""
    left = max(0, start - REACH)
    first = left
    for match in _BOUNDARY.finditer(words.plain, left, start + 40):  # what looks ahead must see the statement
        if match.end() > start:
            break
        if not _is_wrapped(words, match):
            first = match.end()
    right = min(len(words.plain), end + REACH)
    last = right
    for match in _BOUNDARY.finditer(words.plain, end, right):
        if not _is_wrapped(words, match):
            last = match.start() + (1 if words.plain[match.start() : match.start() + 1] in {".", "!"} else 0)
            break
    if words.plain[max(0, first - 1) : first] == "|":
        # A cell of a row: the cells before it say what it is about, where one says how much it matters.
        row = max(left, words.plain.rfind("\n", left, start) + 1)
        first = row if _MATTERS.search(words.low, row, start) else first
    return first, last


_MATTERS = late(
    r"\b(?:required|mandatory|must|essential|preferred|desired|desirable|nice to have|good to have|optional"
    r"|a plus)\b"
)


def _is_wrapped(words: Wording, match: re.Match[str]) -> bool:
    """Return whether a boundary is only a line break inside a wrapped sentence."""
    if not match.group().startswith("\n"):
        return False
    if _POINT.match(words.plain, match.end(), match.end() + 4):
        return False
    if _GOES_ON.match(words.plain, match.end(), match.end() + 12):
        return True
    left = _LEFT_OPEN.search(words.low, max(0, match.start() - 8), match.start())
    if left and left[0] == "," and words.plain[match.end() : match.end() + 1].isalnum():
        # A list without marks: short lines that end in a comma, each with a capital or a number.
        line = words.plain.rfind("\n", max(0, match.start() - _SHORT), match.start())
        begins = words.plain[match.end()]
        return not (line >= 0 and (begins.isdigit() or begins.isupper()))
    if left and left[0].isalpha() and _ASKS.search(words.low, max(0, match.start() - _SHORT), match.start()):
        return False
    if left and left[0][0].isdigit():
        return bool(_UNIT_NEXT.match(words.low, match.end()))
    return bool(left)
