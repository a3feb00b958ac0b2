"""The statements of years and months in a post: numbers with a unit, whatever they are about. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from jpt.extract.experience.lexicon import AT_LEAST, words
from jpt.extract.experience.numbers import HALF_MORE, NUMBER, is_article, value
from jpt.extract.experience.wording import Wording
from jpt.text.late import late

MOST = 400
"""Statements read in one text: no post comes near; a hostile page cannot make us judge a million."""

_PAREN = (
    rf"(?:\s{{0,2}}[(\[]\s?(?:(?:at least|minimum(?: of)?|min\.?|mind(?:estens"
    rf"|\.)?)\s)?{NUMBER}\s?\+?\s?[)\]]|\s?\((?:\d{{1,2}}\+? )?[a-z][a-z'./-]{{1,13}}(?: \d{{1,2}}\+?)?\)(?=\s))"
)
_MORE = (
    r"(?:(?:\s{0,2}|-)\(?(?:\+|(?:plus|(?:or|and|&) (?:plus|above|over|up)|or more|or greater|or above"
    r"|or longer|and above|and more|and up|o mas"
    r"|y mas|ou plus|et plus"
    r"|oder mehr|oder langer|und mehr|of meer|en meer|o piu|e piu|ou mais|eller mere?|eller fler|lub wiecej"
    r"|i wiecej"
    r"|o superior)\b)\)?)"
)
_ONE = rf"{HALF_MORE}?{_PAREN}?{_MORE}{{0,2}}{_PAREN}?(?:\s?[)\]])?{_MORE}?"
_TO = r"-(?:to|or)-|-{1,2}>?|~|/|\.{2,3}|…|(?:to|up to|upto|till?|bis(?: zu)?|a|al|tot|ate|fino a|do)"
_SEP = rf"\s{{0,3}}(?:{_TO}|\?|(?:or|and|through|o|y|et|ou|und|oder|of|en|e|eller|och|og|lub|i))\s{{0,3}}"
_BETWEEN = (
    r"(?:\s{0,2}(?:full|solid|continuous|consecutive|successful|erfolgreiche|additional|recent|relevant|calendar|total|combined"
    r"|progressive"
    r"|complete|successful|working|professional|post[- ][a-z]{2,12}|industry|hands-on|further|school|academic"
    r"|volle|complete?s|full-time|whole)\b)?"
)
_YEARS = (
    r"years?(?:\(s\))?|(?<=\d)y(?=\+|\b)|yrs?(?:\(s\)|\b)|yr'?s\b|y/o/e\b|y\.o\.e\b|yoe\b|pqe\b|(?<=\d)jr\b"
    r"|jr\.? ?(?=(?:werk)?ervaring|relevante )|j\. ?(?=(?:berufs)?erfahrung|(?:berufs)?praxis|einschlagige )"
    r"|jahr(?:e?\(e?n?\)|en?|es)?(?!\w)|jahrige[rsnm]?|annee(?:\(s\)|s?)|ans\b|an\(s\)|(?<=[1n)] )an\b"
    r"|ano(?:\(s\)|s?)(?!\w)|jaar\b|jaren\b|jaar\(en\)|jarige?\b|ann[io]\b|lata?\b|rok(?:u|iem)?\b"
    r"|(?<=rocz)n[ae]\w{0,4}"
    r"|letni\w{0,4}|års?\b|årig\w?\b"
)
_MONTHS = (
    r"months?(?:\(s\))?|mn?ths?\b|mos\b|monat(?:\(e\)|en?|s)?\b|mois\b|mes(?:es|\(es\))?(?!\w)|maand(?:en"
    r"|\(en\))?(?!\w)|mes[ei]\b"
    r"|månad(?:er|ers|s)?\b|måned(?:er|ers|s)?\b|mdr\b|miesi[ae]c\w{0,3}"
)
UNITS = rf"{_YEARS}|{_MONTHS}"
_UNIT = rf"(?:(?P<unit>{_YEARS}|{_MONTHS})(?!ly\b|book|end))"
_STATEMENT = late(
    rf"(?P<first>{NUMBER}){_ONE}(?:{_SEP}(?P<second>{NUMBER}){_ONE})?\s{{0,3}}-?\s{{0,2}}\(?{_BETWEEN}\s{{0,3}}{_UNIT}"
)
# What may follow: "3 years and 6 months", "two years and a half", "6 months to 1 year".
_REST = late(
    rf"'?(?P<half>{HALF_MORE})"
    rf"|'?(?:,?\s?(?:and|und|et|y|en|e|og|och|i)?)\s(?P<months>{NUMBER})\s?(?:{_MONTHS})"
    rf"|\s{{0,2}}(?:{_TO})\s{{0,2}}(?P<top>{NUMBER}){_ONE}\s{{0,2}}(?P<unit>(?:{_YEARS}|{_MONTHS}))"
)
_LEAST = (
    r"(?:(?:at least|a minimum of|mindestens|mind\.|au moins|al menos|minimaal|almeno|pelo menos|minst|mindst"
    r"|co najmniej)\s)?"
)
# "3 of the last 5 years": the first number counts.
_OF_THE_LAST = late(
    rf"(?P<first>{NUMBER})(?:\s(?:years?|months?))?\s(?:(?:out )?of the (?:last|past"
    rf"|previous))\s{NUMBER}{_ONE}\s(?P<unit>(?:years?|months?))"
)
# "Years of experience: 3-5", "Experience (in years): 3", "Ervaring (jaren) 3": the unit stands before the number.
_UNIT_WORD = r"years?|yrs?|months?|jahren?|annees?|ans|anos?|jaren|jaar|anni|års?|lat"
_EXP_WORD = (
    r"exp(?:erience|erienci?a|\.)?|\w{0,8}erfahrung|\w{0,6}ervaring|esperienza|erfarenhet|erfaring"
    r"|doswiadczenia"
)
_FIELD = late(
    rf"(?:(?:(?P<unit>{_UNIT_WORD})\.?(?: (?:of|de|di)| d'|)(?: ?[a-z]{{2,14}}){{0,3}} ?(?:{_EXP_WORD})"
    rf"|(?P<unit3>yoe))\b"
    rf"|(?:{_EXP_WORD})(?: [a-z]{{2,12}}){{0,2}},? ?\(?(?:in |en |em )?(?P<unit2>{_UNIT_WORD})\)?)"
    r"(?: (?:required|needed|range|level|minimum|min\.?|richiest[ie]|requerid[ao]s?|minim[ao]s?|vereist"
    r"|exigee?s?))?\)?(?:\s{0,2}[:=|-]\s{0,3}"
    r"|(?P<bare>\s{0,2}\n\s{0,3}|\s{1,4}))"
    r"(?:(?:min|minimum|at least|from|mindestens|mind|min|minimaal|minimo|minst|mindst|ab)\.?:?\s)?"
    rf"(?P<first>{NUMBER}){_ONE}(?:{_SEP}(?P<second>{NUMBER}){_ONE})?"
    rf"(?!\s?(?:[:,.]\d|{_YEARS}|{_MONTHS}|days?|hours?|weeks?))(?(bare)(?=[ \t]*(?:\n|$|[/|;])))"
)
_HEAD_CELL = late(
    r"(?:^|\n)\W{0,3}(?:skills?|s[lr]?\.? ?no\.?|no\.?|#|tools?|technolog(?:y|ies)|competenc\w+)\W{0,3}\s*$"
)
"""A cell of a table's head: what stands below the next one is a number of a row."""
# "Experience: 2+", "Exp: 3-6": a field that leaves the unit out; a bare "Experience: 3" may be anything.
_UNITLESS = late(
    r"(?m)^[ \t*|•-]{0,4}(?:(?:total|work|relevant|minimum|min\.?|required|overall|professional"
    r"|job)[ \t]){0,3}"
    r"(?:experience|exp\.?|yoe)(?:[ \t](?:required|needed|level"
    r"|range))?[ \t]{0,2}[:=-][ \t]{0,3}(?P<first>\d{1,2})[ \t]?"
    r"(?:\+|(?:-|to)[ \t]?(?P<second>\d{1,2})[ \t]?\+?)[ \t]*$"
)
# "4+ as a news editor", "5+ experience in sales": the word for years is missing.
_NO_UNIT = late(
    r"(?m)^[ \t]*(?:[-*•●▪·+>]|\d[.)])?[ \t]*(?:(?:at least|minimum(?: of)?|over"
    r"|more than)[ \t])?(?P<first>\d{1,2})\+[ \t]?"
    r"(?=(?:(?:as an? |(?:[a-z-]+ ){0,2}experience\b)))"
)
# "experience including at least 3 with hardware", "at least 2 of which": the unit stands earlier in the sentence.
OF_WHICH = (
    r"of which|including|inclusive of|davon|darunter|dont|de los cuales|de las cuales|de los que|de ellos"
    r"|waarvan|di cui|dos quais|das quais"
    r"|varav|heraf|hvoraf|hvorav|w tym|z czego"
)
"""What a part of a longer time begins with."""
_OF_WHICH = late(
    rf"(?:{_YEARS})[^.;\n]{{0,120}}?(?:"
    rf"(?:(?:at least|minimum(?: of)?)\s|,\s(?:with|and)?\s?)(?P<first>{NUMBER})\+?\s(?:of (?:which|them"
    rf"|those)\b)"
    rf"|\b(?:{OF_WHICH})\s(?:{_LEAST})(?P<part>{NUMBER})\+?(?=\s(?:in|with|as|of|on|en|als?|mit|bei|im|como"
    rf"|con|met|bij|dans|avec|nell?a?"
    r"|com|med|i|w|z|jako|leading|managing|working|using|building|[a-z]{3,}ing)\b))"
)
# "several years (3+)", "mehrere Jahre (mind. 3)": the number stands behind the unit, in brackets.
_BEHIND = late(
    rf"\b(?P<unit>{_YEARS}) \((?:(?:{words(AT_LEAST)})\b\.?\s?(?P<first>{NUMBER})"
    rf"|(?P<more>\d{{1,2}}\+))[^()]{{0,12}}\)"
)
# "ideally 5 years, but no less than 2": what is asked for stands beside what is liked, without its unit.
_LIKED = (
    r"(?:ideal\w*|prefer\w*|desirabl\w*|liefst|(?:bij|de) voorkeur|wunschenswert|vorzugsweise|bevorzugt|souhait\w*"
    r"|de preferen\w+|deseable\w*|desejavel\w*|helst|fortrinsvis|najlepiej)"
)
_ITS_END = r"(?=\+?\s?(?:[).,;\n]|$|(?:is |are )?(?:required|mandatory|the minimum)))"
_LEAST_OF = rf"(?:{words(AT_LEAST)})\s(?:aber )?"
_LEAST_BESIDE = late(
    rf"\b{_LIKED}\b[^.;\n]{{0,40}}?(?:{_YEARS})[^.;\n]{{0,60}}?\b{_LEAST_OF}(?P<first>{NUMBER}){_ITS_END}"
    rf"|(?:{_YEARS})[^.;\n]{{0,40}}?\b{_LIKED}\b[^.;\n]{{0,12}}?(?:\b{_LEAST_OF}(?P<part>{NUMBER})"
    rf"{_ITS_END}|[,;] (?P<whole>{NUMBER})\s(?:is )?(?:the )?(?:minimum|required|mandatory)\b)"
)
# "half a decade", "two decades"
_DECADES = late(
    r"(?<![a-z])(?:(?P<half>half (?:of )?a )|(?P<first>a|one|two|three|four|[1-4]) (?:full |whole )?)"
    r"(?:decades?)\b(?! ago)"
)
# "esperienza triennale", "roczne doswiadczenie": an adjective says how many years; with a degree it is a course.
_ADJECTIVES = {
    "annuale": 1, "biennale": 2, "triennale": 3, "quadriennale": 4, "quinquennale": 5, "decennale": 10,
    "bienal": 2, "trienal": 3,
}  # fmt: skip
_ADJECTIVE = late(
    rf"(?:(?:esperienz\w|experiencia)\s(?:[a-z]{{1,12}}\s){{0,3}}?(?P<first>{'|'.join(_ADJECTIVES)}))\b"
)
# "minimum rok doswiadczenia": one, in a language without articles.
_LONE = late(r"(?:(?:minimum|min\.|przynajmniej|co najmniej|ponad)\s(?P<first>rok|roku))\b")

_GLUED = late(
    r"(?<=[a-z.)])(?P<first>One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Twelve"
    r"|Eighteen)(?:\s(?:to|or|-)\s\w{2,10}"
    r"|-\w{2,10})?(?:\s{0,2}\(\d{1,2}\))?\+?(?:\sor\smore)?[\s-]{1,3}"
    r"(?i:(?P<unit>years?|yrs?|months?))\b"
)
"""A number word at the seam of glued lines: `a degreeThree years`."""
_EXPERIENCED = late("exp|erfahrung|ervaring|esperienza|erfarenhet|erfaring|doswiadczenia|yoe")
"""What every word for experience has in it."""
# "Min Exp 3 Max Exp 6 years", "mind. 3, max. 6 Jahre"
_OF_EXP = rf"(?:(?:of|de|di|van)\s)?(?:(?:work|job|years?)\s)?(?:(?:{_EXP_WORD})\w{{0,3}}\.?\s?)?[:=]?\s{{0,2}}"
_MIN_MAX = late(
    rf"\bmin[a-z]{{0,7}}\b\.?\s?{_OF_EXP}(?P<first>{NUMBER})\s?\+?\s?(?:(?:{UNITS})\.?)?\s{{0,3}}[,;/"
    rf"|&-]?\s{{0,3}}"
    r"(?:(?:and|und|et|y|e|en|og|och|i)\s)?\b(?:max[a-z]{0,5}|maks[a-z]{0,6}|massimo|hochst[a-z]{0,4}|hogst"
    r"|hojst|hoyst)"
    rf"\b\.?\s?{_OF_EXP}(?P<second>{NUMBER})\s?\+?\s?(?P<unit>{UNITS})"
)


# What every statement has in it, quick to look for.
_ANY_UNIT = late(
    r"y(?:(?:ea)?rs?(?!ly)|oe\b|[/.]o|(?<=\dy)\b)|pqe\b|decade|m(?:o(?:nth|nat|is\b|s\b)|n?ths?\b|es(?:es)?\b|aand"
    r"|es[ei]\b|ån|dr\b|iesi)"
    r"|ja(?:hr|ar|re?n|rig)|j(?<=[\d ]j)(?:r\b|\. ?[bpe])|a(?:(?<![a-z]a)n(?:nees?|s|os?|ni|no)\b"
    r"|(?<=[1n)] a)n\b|no?\(s\))"
    r"|lata?(?<![a-z]lat)(?<![a-z]lata)\b"
    r"|r(?:(?<![a-z]r)ok|oczn)|letni|år|(?:bien|trien)(?:nal|al)|ennale|annuale"
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
    guessed: bool = False
    """No unit stands with it: 4+ as a news editor."""

    @property
    def years(self) -> int:
        """The lower end in whole years, floored."""
        return int(self.months // 12)


def statements(words: Wording) -> list[Statement]:
    """Find every statement of years or months, in order of place, at most `MOST`."""
    found = sorted(_all(words.plain, words.low), key=lambda s: (s.start, -s.end))
    kept: list[Statement] = []
    for statement in found:
        if kept and statement.start < kept[-1].end:
            continue
        kept.append(statement)
        if len(kept) == MOST:
            break
    return kept


_RARE_WORDS = (
    (_OF_THE_LAST, ("of the last", "of the past", "of the previous")),
    (_DECADES, ("decade",)),
    (_ADJECTIVE, ("ennale", "bienal", "trienal", "annuale")),
    (_LONE, (" rok",)),
    (_MIN_MAX, ("max", "maks", "massimo", "hochst", "hogst", "hojst", "hoyst")),
)
"""Patterns with words, one of which is in the text where they can be found: quick to look for first."""
_RARE_FORMS = (
    (_OF_WHICH, late(rf" (?:of (?:which|them|those) |(?:{OF_WHICH}) {_LEAST}{NUMBER})")),
    (_LEAST_BESIDE, late(rf"\b{_LIKED}\b")),
    (_BEHIND, late(r"[a-zå] \((?:\d{1,2}\+|m|at l|au m|al m|w|co n|pelo)")),
)

_BEHIND_UNIT = 150
"""Characters behind a unit that may belong to it."""
_LONGEST_UNIT = 40
"""Characters behind a unit's first ones that are still its own, or tell that it is one."""


def _all(even: str, low: str) -> Iterator[Statement]:
    yield from _unitless(low)
    spans = list(_places(low))
    if not spans:
        return
    rare = [pattern for pattern, signs in _RARE_WORDS if any(sign in low for sign in signs)]
    for start, end in spans:
        for match in _STATEMENT.finditer(low, start, end - _BEHIND_UNIT + _LONGEST_UNIT):
            yield _read(match, match["unit"], rest=_REST.match(low, match.end(), end))
        if _EXPERIENCED.search(low, start, end):
            for match in _FIELD.finditer(low, start, end):
                if "\n" in (match["bare"] or "") and _HEAD_CELL.search(
                    low, max(0, match.start() - 60), match.start()
                ):
                    continue
                yield _read(match, match["unit"] or match["unit2"] or match["unit3"], field=True)
        for match in _GLUED.finditer(even, start, end):
            yield _read(match, match["unit"])
        for pattern in rare:
            yield from _rare(pattern, low, start, end)
        for pattern, sign in _RARE_FORMS:
            if sign.search(low, start, end):
                yield from _rare(pattern, low, start, end)


def _rare(pattern: re.Pattern[str], low: str, start: int, end: int) -> Iterator[Statement]:
    """Read what one of the rare patterns finds."""
    for match in pattern.finditer(low, start, end):
        if pattern is _OF_THE_LAST:
            yield _read(match, match["unit"])
        elif pattern is _MIN_MAX:  # what names the least is said before it
            yield replace(_read(match, match["unit"]), start=match.start("first"))
        elif pattern is _DECADES:
            months = 120 * (0.5 if match["half"] else value(match["first"]))
            yield Statement(match.start(), match.end(), months, months)
        elif pattern is _BEHIND:
            months = 12 * value(match["first"] or match["more"][:-1])
            yield Statement(match.start(), match.end(), months, months)
        elif pattern is _LEAST_BESIDE:
            part = next(name for name, found in match.groupdict().items() if found)
            months = 12 * value(match[part])
            yield Statement(match.start(part), match.end(part), months, months, field=True)
        elif pattern is _OF_WHICH:
            part = "first" if match["first"] else "part"
            yield Statement(match.start(part), match.end(), 12 * value(match[part]), 0, nested=True)
        else:
            months = 12 * _ADJECTIVES.get(match["first"], 1)
            yield Statement(match.start("first"), match.end(), months, months)


def _unitless(low: str) -> Iterator[Statement]:
    if "exp" in low or "yoe" in low:
        for match in _UNITLESS.finditer(low):
            yield _read(match, "years", field=True)
    if "+" in low:
        for match in _NO_UNIT.finditer(low):
            months = 12 * value(match["first"])
            yield Statement(match.start("first"), match.end(), months, months, guessed=True)


def _places(low: str) -> Iterator[tuple[int, int]]:
    """Yield the spans round units of time; nothing else need be searched."""
    begin = last = -1
    for match in islice(_ANY_UNIT.finditer(low), 4 * MOST):
        if begin >= 0 and match.start() - 70 <= last:
            last = match.end() + _BEHIND_UNIT
            continue
        if begin >= 0:
            yield begin, last
        begin, last = max(0, match.start() - 70), match.end() + _BEHIND_UNIT
    if begin >= 0:
        yield begin, last


def _scale(unit: str) -> int:
    return 1 if unit.lower().startswith(("mo", "mth", "mnth", "mes", "maand", "mån", "mdr", "mies")) else 12


def _read(match: re.Match[str], unit: str, *, field: bool = False, rest: re.Match[str] | None = None) -> Statement:
    groups = match.groupdict()
    scale = _scale(unit)
    first = _with_half(match, "first")
    last = groups.get("second") or ""
    second = _with_half(match, "second") if last else first
    low, high = (second, first) if second < first and last.lower() not in {"half", "one", "a"} else (first, second)
    low, high, end = scale * low, scale * high, match.end()
    if rest is not None and rest["months"]:
        more = value(rest["months"])
        if scale == 12 and more < 12:
            low, high, end = low + more, high + more, rest.end()
    elif rest is not None and rest["half"]:
        low, high, end = low + scale / 2, high + scale / 2, rest.end()
    elif rest is not None and (top := _scale(rest["unit"]) * value(rest["top"])) > low:
        high, end = top, rest.end()
    return Statement(match.start(), end, low, high, field, is_article(groups["first"]))


def _with_half(match: re.Match[str], group: str) -> float:
    """Read a number with the half that may follow it."""
    half = _HALF_BEHIND.match(match.string, match.end(group))
    return value(match[group]) + (0.5 if half and half.end() <= match.end() else 0)


_HALF_BEHIND = late(HALF_MORE)
