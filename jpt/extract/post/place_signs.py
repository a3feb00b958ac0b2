"""What stands round the name of a place, as signs: of fields, heads, the job, the firm, the law. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from jpt.extract.post import place_words
from jpt.places.mentions import Mention
from jpt.places.wording import REMOTE, WORDS
from jpt.text.late import late, whole_words

_AHEAD = 140
_LONGEST_HEAD, _LEAST_PARTS = 300, 2
_LONGEST_LINE = 130
_LONGEST_LABEL = 40
_SMALL_WORDS = """
    in at from near to of à en bei am te für for join the our unser unsere unserem unseren nuestra nuestro onze
    notre de des and or und oder y et ou e i w na im across throughout within outside via den der das la el le
    las los with between dans chez hos på v z da do di per
"""
_LINKS = frozenset(_SMALL_WORDS.split())
"""Small words that may stand before a place: each is a sign of its own, all others are one."""
_SENTENCE_WORDS = {
    "job": place_words.JOB,
    "others": place_words.OTHERS,
    "legal": place_words.LEGAL,
    "living": place_words.LIVING,
    "hiring": place_words.HIRING,
    "travel": whole_words(r"travel\w*|reis\w*|viaj\w+|déplac\w+|visit\w*|trips?|events?|conferences?"),
    "firm": whole_words(
        r"headquarter\w*|founded|offices in|we are an?|is an?|leading|leader|global\w*|clients?|customers?"
        r"|worldwide|countries|presence|operat\w+|serv(?:es|ing)|since|gegründet|kunden|klanten|clientes"
    ),
    "learned": whole_words(
        r"fluent|languages?|speak\w*|degree|universit\w+|diploma|school|experience (?:in|with)|licen[sc]e\w*"
    ),
    "way": whole_words(
        r"remote\w*|hybrid\w*|onsite|on-site|in-office|offices?|relocat\w+|commut\w+|full[- ]?time|vollzeit"
        r"|part[- ]?time|m/w/d|w/m/d"
    ),
}
_OURS = late(r"\b(?:our|unser\w*|nuestr\w+|notre|onze|the) (?:\w+ )?$", re.IGNORECASE)
_STRONG = late(
    r"dienst|arbeits|einsatz|werk|job|work|position|role|primary|place of|standplaats|arbeids|travail"
    r"|miejsce|location\W*$|location\s?:",
    re.IGNORECASE,
)
_OF_FIRM = late(r"standorte|offices|headquarter|\bhq\b|sitz|sede|vestigingen|locations\b", re.IGNORECASE)
_INLINE = late(
    r"\b(?:(?:job |work |primary |office )?locations?|standort|(?:arbeits|dienst|einsatz)?ort|ubicación|lieu"
    r"|standplaats|(?:werk)?locatie|regio|plaats|vestiging|miejsce pracy|place of work|based)"
    r"\s{0,2}[:–-]?\s{0,3}\W{0,3}$",
    re.IGNORECASE,
)
_REMOTE_AHEAD = late(
    rf"(?:{REMOTE.pattern})\W{{0,3}}(?:(?:in|within|from|across|anywhere in|throughout)\W)?\W{{0,2}}(?:the )?$",
    re.IGNORECASE,
)
_BASED_BEHIND = late(r"[- ]based\b", re.IGNORECASE)
_CAPITAL_AHEAD, _CAPITAL_BEHIND = late(r"[A-ZÀ-Þ]\w{1,30} $"), late(r" [A-ZÀ-Þ]\w")
_POSTAL, _NUMBER = late(r"\d{3,9} ?$"), late(r"\d")
_ADDRESS = late(r"(?:,|\bstr\w*|\d)\W*$", re.IGNORECASE)
_AGENCY = late(
    r"\b(?:agence|agency|agencia|agenzia|agentur|niederlassung|uitzendbureau|kantoor|filiale)\b[^.,;:\n]{0,30}$",
    re.IGNORECASE,
)
"""An agency's office looks for somebody who works elsewhere."""
_WEB = late(r"(?:https?:|www\.)\S{0,120}$")
_BRACKET_BEHIND = late(r"[^\n]{0,3}\)")
_LINE_END = late(r" *\n")
_LAST_WORDS = late(r"[\w'’]+")
_GAP = late(r"[^\w]{0,20}$")
_IS_WORD = late(r" ?([^\W\d_])")


@dataclass(frozen=True, slots=True)
class TitledText:
    """A text whose first line is its title, with where its lines begin."""

    text: str
    title: int
    """Where the title ends."""
    name: int
    """Where the name of the firm ends that a head begins with: `Acme | Builder | Rome | onsite`."""
    home: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, title: str, text: str, home: str) -> TitledText:
        """Put the title on a line of its own before the text."""
        whole = f"{title}\n{text}"
        lengths = (len(line) for line in whole.split("\n"))
        head = text[: text.find("\n", 0, _LONGEST_HEAD) if "\n" in text[:_LONGEST_HEAD] else _LONGEST_HEAD]
        name = len(title) + 1 + head.find("|") if head.count("|") >= _LEAST_PARTS else 0
        return cls(
            whole, len(title), name, home, tuple(accumulate((each + 1 for each in lengths), initial=0))[:-1]
        )

    def line(self, at: int) -> tuple[int, int]:
        """Return the number of the line at a character, and where it begins."""
        number = bisect_right(self.starts, at) - 1
        return number, self.starts[number]


def signs_of(page: TitledText, found: Sequence[Mention]) -> Iterator[frozenset[str]]:
    """Yield the signs of each of the places that are *found* on *page*."""
    in_line = Counter(page.line(one.start)[0] for one in found)
    for one in found:
        number, start = page.line(one.start)
        end = page.text.find("\n", one.end)
        line = page.text[start : end if end >= 0 else len(page.text)]
        yield frozenset(
            (
                *_of_name(page, one),
                *_of_place(page, one, number, line, in_line[number]),
                *_of_label(page, one, number, start, line),
                *_of_neighbours(page, one),
                *_of_sentence(page, one),
            )
        )


def _of_name(page: TitledText, one: Mention) -> Iterator[str]:
    place, name = one.said.place, page.text[one.start : one.end]
    kind = "city" if place.city else "region" if place.region else "country" if place.country else "area"
    yield kind
    yield f"weight {kind} {one.weight // 6}"
    if one.said.anchored:
        yield f"anchored {kind}"
    if not place.country:
        yield "country unknown"
    elif page.home:
        yield "at home" if place.country == page.home else "abroad"
    if not one.said.in_table or not one.weight:
        yield "not in table"
    if name.split()[0].lower() in WORDS:
        yield "word"
    if name.isupper():
        yield "capitals"
    if " " in name:
        yield "several words"


def _of_place(page: TitledText, one: Mention, number: int, line: str, beside: int) -> Iterator[str]:
    if one.start <= page.title:
        yield "title"
    elif one.start < page.name:
        yield "name of firm"
    long = len(line.strip())
    yield f"line {min(6, long // 30)}"
    yield f"share {min(4, 4 * (one.end - one.start) // max(1, long))}"
    yield f"part {min(5, 6 * one.start // len(page.text))}"
    edges = (page.title + 1, 150, 400, 1000, len(page.text) + 1)
    yield f"start {next(number for number, most in enumerate(edges) if one.start < most)}"
    yield f"number {0 if number < 1 else 1 if number < 4 else 2 if number < 10 else 3}"
    yield f"beside {min(beside, 6)}"


def _of_label(page: TitledText, one: Mention, number: int, start: int, line: str) -> Iterator[str]:
    label = place_words.LABEL.match(line)
    if label and label.end() <= one.start - start + 2:
        yield "label"
        yield from _kinds_of_label(label[0])
    elif len(line) < _LONGEST_LINE and (above := _line_above(page, number)) and place_words.LABEL.fullmatch(above):
        yield "label above"
        yield from _kinds_of_label(above)
    if _INLINE.search(page.text[max(0, one.start - _LONGEST_LABEL) : one.start]):
        yield "label inside"


def _kinds_of_label(label: str) -> Iterator[str]:
    if _STRONG.search(label):
        yield "label of job"
    if _OF_FIRM.search(label):
        yield "label of firm"


def _line_above(page: TitledText, number: int) -> str:
    for above in range(number - 1, max(0, number - 4), -1):
        line = page.text[page.starts[above] : page.starts[above + 1]].strip()
        if line:
            return line if len(line) <= _LONGEST_LABEL else ""
    return ""


def _of_neighbours(page: TitledText, one: Mention) -> Iterator[str]:
    before, after = page.text[max(0, one.start - _AHEAD) : one.start], page.text[one.end : one.end + _AHEAD]
    gap = (_GAP.search(before) or [""])[0]
    mark = gap.strip()[-1:]
    yield "gap line" if "\n" in gap else f"gap {mark}" if mark else "gap wide" if len(gap) > 2 else "gap"
    if not after.strip() or _LINE_END.match(after):
        yield "next end"
    elif word := _IS_WORD.match(after):
        yield "next capital" if word[1].isupper() else "next small"
    else:
        yield f"next {after.strip()[:1]}"
    for name, pattern, where in (
        ("office", place_words.OFFICE_BEHIND, after),
        ("based", _BASED_BEHIND, after),
        ("capital behind", _CAPITAL_BEHIND, after),
        ("bracket behind", _BRACKET_BEHIND, after),
    ):
        if pattern.match(where):
            yield name
    for name, pattern in (
        ("ours", _OURS),
        ("remote ahead", _REMOTE_AHEAD),
        ("agency ahead", _AGENCY),
        ("capital ahead", _CAPITAL_AHEAD),
        ("postal", _POSTAL),
        ("web", _WEB),
    ):
        if pattern.search(before):
            yield name
    if _NUMBER.search(before[-40:]) and _ADDRESS.search(before):
        yield "address"


def _of_sentence(page: TitledText, one: Mention) -> Iterator[str]:
    before = place_words.SENTENCE_END.split(page.text[max(0, one.start - _AHEAD) : one.start])[-1]
    after = place_words.SENTENCE_END.split(page.text[one.end : one.end + _AHEAD])[0]
    last = _LAST_WORDS.findall(before)[-1:]
    yield (
        f"behind {last[0].lower()}"
        if last and last[0].lower() in _LINKS
        else ("behind nothing" if not last else "behind a name" if last[0][:1].isupper() else "behind a word")
    )
    for name, pattern in _SENTENCE_WORDS.items():
        if pattern.search(before):
            yield f"{name} ahead"
        if pattern.search(after):
            yield f"{name} behind"
    said = list(place_words.JOB.finditer(before))
    jobs = [found.start() for found in said]
    strong = [found.start() for found in said if not place_words.LOOSE.fullmatch(found[0])]
    others = [found.start() for found in place_words.OTHERS.finditer(before)]
    if jobs and max(jobs) > max(others, default=-1):
        yield "job nearer"
    if strong and max(strong) > max(others, default=-1):
        yield "job surely nearer"
    if others and max(others) > max(jobs, default=-1):
        yield "others nearer"
