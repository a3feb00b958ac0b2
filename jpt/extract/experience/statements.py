"""The statements of years and months in a post: numbers with a unit, whatever they are about. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jpt.extract.experience.wording import Wording

MOST = 400
"""Statements read in one text: no post comes near; a hostile page cannot make us judge a million."""


def _counted(words: str, first: int = 1) -> dict[str, int]:
    return {word: number for number, word in enumerate(words.split(), first)}


_WORDS = {
    **_counted("zero one two three four five six seven eight nine ten eleven twelve", 0),
    **_counted("thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty", 13),
    **_counted("ein zwei drei vier funf sechs sieben acht neun zehn"),
    **_counted("un deux trois quatre cinq six sept huit neuf dix"),
    **_counted("uno dos tres cuatro cinco seis siete ocho nueve diez"),
    **_counted("een twee drie vier vijf zes zeven acht negen tien"),
    **dict.fromkeys(("a", "an", "eine", "einem", "einer", "einjahrige", "une", "una"), 1),
    "half": 0,
    "twenty-five": 25,
    "twenty five": 25,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
_WORD = "|".join(sorted((w.replace(" ", "[ -]") for w in _WORDS), key=len, reverse=True))
_GLUED_WORD = "One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Twelve|Eighteen"
_DIGITS = r"(?<![\d$€£%])(?<!\d[.,])\d{1,2}(?:\.\d{1,2}|\s?½|\s1/2)?(?![\d%])"
_NUM = (
    rf"(?:{_DIGITS}|(?<![A-Za-z])(?i:{_WORD})(?=[\s(+/-]|(?i:years?|months?|yrs?|jahrig|jährig))"
    rf"|(?<=[a-z.)])(?:{_GLUED_WORD})(?=[\s(-]))"
)
_PAREN = rf"(?:\s{{0,2}}\(\s?(?:\d{{1,2}}|(?i:{_WORD}))\s?\+?\s?\))"
_MORE = (
    r"(?:(?:\s{0,2}|-)(?:\+|(?i:plus|or more|or greater|or above|and above|and more|and up|o mas|ou plus|oder mehr"
    r"|of meer)\b))"
)
_ONE = rf"{_PAREN}?{_MORE}{{0,2}}"
_SEP = r"\s{0,3}(?:-(?i:to|or)-|-{1,2}|~|\?|/|(?i:to|or|and|through|bis|a|o|y|tot|et|ou|und|oder|of|en))\s{0,3}"
_BETWEEN = (
    r"(?i:\s{0,2}(?:full|solid|continuous|consecutive|additional|recent|relevant|calendar|total|combined"
    r"|progressive"
    r"|complete|successful|working|professional|post[- ][a-z]{2,12}|industry|hands-on|further|school|academic"
    r"|volle|complete?s)\b)?"
)
_YEARS = (
    r"years?|(?<=\d)y(?=\+|\b)|yrs?\b|yr'?s\b|yoe\b|pqe\b|jahr(?:en?|es)?\b|jahrige[rsnm]?|annees?|ans\b"
    r"|(?<=1 )an\b|(?<=un )an\b|anos?\b|jaar\b"
    r"|jaren\b|anni\b"
    r"|anno\b|lata?\b"
)
_MONTHS = r"months?|mths?\b|mos\b|monat(?:en?|s)?\b|mois\b|meses\b|mes\b|maand(?:en)?\b|mesi\b"
_UNIT = rf"(?i:(?P<unit>{_YEARS}|{_MONTHS})(?!ly\b|book|end))"
_STATEMENT = re.compile(
    rf"(?P<first>{_NUM}){_ONE}(?:{_SEP}(?P<second>{_NUM}){_ONE})?\s{{0,3}}-?\s{{0,2}}\(?{_BETWEEN}\s{{0,3}}{_UNIT}"
)
# "3 of the last 5 years": the first number counts.
_OF_THE_LAST = re.compile(
    rf"(?P<first>{_NUM})(?:\s(?i:years?|months?))?\s(?i:(?:out )?of the (?:last|past"
    rf"|previous))\s{_NUM}{_ONE}\s(?P<unit>(?i:years?|months?))"
)
# "Years of experience: 3-5", "Experience (in years): 3": a field names the unit before the number.
_FIELD = re.compile(
    r"(?i:(?:(?P<unit>years?|yrs?)\.?(?: of)?(?: [a-z]{2,14}){0,3} exp(?:erience)?|(?P<unit3>yoe))\b"
    r"|experience,? ?\(?(?:in )?(?P<unit2>years?|yrs?|months?)\)?)"
    r"(?i: (?:required|needed|range|level))?\)?\s{0,2}[:=-]\s{0,3}(?i:(?:min|minimum|at least|from)\.?\s)?"
    rf"(?P<first>{_NUM}){_ONE}(?:{_SEP}(?P<second>{_NUM}){_ONE})?(?!\s?(?i:[:,.]\d|years?|yrs?|months?))"
)
# "Experience: 2+", "Exp: 3-6": a field that leaves the unit out; a bare "Experience: 3" may be anything.
_UNITLESS = re.compile(
    r"(?im)^[ \t*|•-]{0,4}(?:(?:total|work|relevant|minimum|min\.?|required|overall|professional|job)[ \t]){0,3}"
    r"(?:experience|exp\.?|yoe)(?:[ \t](?:required|needed|level"
    r"|range))?[ \t]{0,2}[:=-][ \t]{0,3}(?P<first>\d{1,2})[ \t]?"
    r"(?:\+|(?:-|to)[ \t]?(?P<second>\d{1,2})[ \t]?\+?)[ \t]*$"
)
# "experience including at least 3 with hardware", "at least 2 of which": the unit stands earlier in the sentence.
_OF_WHICH = re.compile(
    rf"(?i:years?|yrs?)[^.;\n]{{0,120}}?(?:(?i:at least|minimum(?: of)?)\s|,\s(?:(?i:with"
    rf"|and)\s)?)(?P<first>{_NUM})\+?\s(?i:of (?:which"
    rf"|them|those)\b)"
)
# "half a decade", "two decades"
_DECADES = re.compile(
    r"(?<![A-Za-z])(?i:(?P<half>half (?:of )?a )|(?P<first>a|one|two|three|four|[1-4]) (?:full |whole )?)"
    r"(?i:decades?)\b(?! ago)"
)


# What every statement has in it, quick to look for.
_ANY_UNIT = re.compile(
    r"y(?:ea)?rs?(?!ly)|yoe\b|pqe\b|(?<=\d)y\b|decade|mo(?:nth|nat|is\b|s\b)|mths?\b|m(?:eses|es|aand\w*|esi)\b"
    r"|ja(?:hr|ar)"
    r"|(?<=[\d\s])an(?:nees?|s|os?|ni|no)\b|(?<=1 )an\b|(?<=un )an\b|(?<=\d )lata?\b"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A stretch of time named in a post."""

    start: int
    end: int
    months: float
    """The lower end, in months."""
    top: float
    """The upper end, in months; the same as the lower one when there is no range."""
    field: bool = False
    """A field of a table: its label says that it is experience."""
    article: bool = False
    """The number is only an article: a year."""
    nested: bool = False
    """The unit stands before it: 5 years, at least 2 of which."""

    @property
    def years(self) -> int:
        """The lower end in whole years, floored."""
        return int(self.months // 12)


def statements(words: Wording) -> list[Statement]:
    """Find every statement of years or months, in order of place, at most `MOST`."""
    found = sorted(_all(words.even, words.low), key=lambda s: (s.start, -s.end))
    kept: list[Statement] = []
    for statement in found:
        if kept and statement.start < kept[-1].end:
            continue
        kept.append(statement)
        if len(kept) == MOST:
            break
    return kept


def _all(even: str, low: str) -> Iterator[Statement]:
    yield from _unitless(even, low)
    for start, end in _places(low):
        for match in _STATEMENT.finditer(even, start, end):
            yield _read(match, match["unit"])
        for match in _FIELD.finditer(even, start, end):
            yield _read(match, match["unit"] or match["unit2"] or match["unit3"], field=True)
        for match in _DECADES.finditer(even, start, end):
            yield _decades(match)
        for match in _OF_THE_LAST.finditer(even, start, end):
            yield _read(match, match["unit"])
        for match in _OF_WHICH.finditer(even, start, end):
            yield Statement(match.start("first"), match.end(), 12 * _number(match["first"]), 0, nested=True)


def _unitless(even: str, low: str) -> Iterator[Statement]:
    if "exp" in low or "yoe" in low:
        for match in _UNITLESS.finditer(even):
            yield _read(match, "years", field=True)


def _places(low: str) -> Iterator[tuple[int, int]]:
    """Where a unit stands, with what may belong to it: everything else need not be searched."""
    begin = last = -1
    for n, match in enumerate(_ANY_UNIT.finditer(low)):
        if n == 4 * MOST:
            break
        if begin >= 0 and match.start() - 70 <= last:
            last = match.end() + 150
            continue
        if begin >= 0:
            yield begin, last
        begin, last = max(0, match.start() - 70), match.end() + 150
    if begin >= 0:
        yield begin, last


def _read(match: re.Match[str], unit: str, *, field: bool = False) -> Statement:
    groups = match.groupdict()
    scale = 1 if unit.lower().startswith(("mo", "mth", "mes", "maand")) else 12
    first = _number(groups["first"])
    second = _number(groups["second"]) if groups.get("second") else first
    low, high = (second, first) if second < first and not _half(groups.get("second")) else (first, second)
    article = groups["first"].lower() in {"a", "an"}
    return Statement(match.start(), match.end(), scale * low, scale * high, field, article)


def _decades(match: re.Match[str]) -> Statement:
    decades = 0.5 if match["half"] else _number(match["first"])
    return Statement(match.start(), match.end(), 120 * decades, 120 * decades)


def _half(word: str | None) -> bool:
    return bool(word) and word is not None and word.lower() in {"half", "one", "a"}


def _number(word: str) -> float:
    low = word.lower().strip()
    if low in _WORDS:
        return _WORDS[low]
    if low.endswith(("½", "1/2")):
        return int(re.match(r"\d+", low).group()) + 0.5  # type: ignore[union-attr]
    return float(low)
