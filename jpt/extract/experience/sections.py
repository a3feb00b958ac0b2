"""The parts of a page: which heading a place stands under. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from jpt.extract.experience.headings import Kind, heading, is_weak, page_kind, requires_too
from jpt.extract.experience.wording import Wording
from jpt.text.late import late

LONGEST_HEADING = 90
FLAT = 700
"""A line longer than this has lost its breaks: headings are looked for inside it."""

_JOBS_IN_LINE = late(
    r"\W{0,3}(?:similar|related|other|recommended|more) (?:jobs|roles|vacancies|positions"
    r"|openings)\s?[:–-].{20}"
    r"|\W{0,3}(?:ahnliche|weitere) (?:jobs|stellen)\s?:.{20}|\W{0,3}(?:offres similaires|ofertas similares"
    r"|vergelijkbare vacatures)\s?:.{20}"
)
"""Other jobs, all in one line."""
_JOBS_END = late(
    r"^(?:view|see|show|browse|load) (?:all|more)|^home (?:[>/|»›-]|$)|^(?:alle anzeigen|alle jobs|voir tou"
    r"|ver tod|bekijk alle)|^back to\b|^breadcrumb"
)
_BODY = late(
    r"(?:(?:full )?(?:job|position|role)? ?(?:description|summary|overview|details|requirements"
    r"|responsibilities)|(?:key |minimum )?(?:responsibilities|requirements|qualifications)|about (?:us"
    r"|the (?:role|job|position|company))"
    r"|the role|what you'll do|stellenbeschreibung|(?:deine|ihre) aufgaben|descripcion.{0,15}"
    r"|description.{0,15}"
    r"|functieomschrijving)$"
)
_OPENS = late(
    r"(?:(?:your|ihr|dein|das|votre|ton|tu|jouw|je) profi\w+|profil recherche|requisitos\b|requirements?\b"
    r"|qualifications?\b"
    r"|wat (?:vragen|breng|ga)|what (?:you|we)\b|who you are|about you|you (?:have|are|bring)\b"
    r"|anforderungen|voraussetzungen"
    r"|das bring|was (?:du|sie|dich)|functie-?eisen|(?:minimum|basic|required|essential|preferred"
    r"|key) [a-z]+|(?:job|position"
    r"|role) (?:purpose|summary|profile)|person specification|selection criteria|missions?\b|vos missions"
    r"|votre mission"
    r"|(?:the )?(?:must|nice|good)[- ](?:to[- ])?haves?|non-negotiables|hiring\b|(?:skills?"
    r"|education) required|funciones|taken\b|aufgaben"
    r"|duties|skills? (?:and|&))"
)
"""Headings with which posts begin in earnest; filters have none of them."""
_OF_MENU = late(
    r"cookie|consent|privacy|javascript|sign in|log ?in|subscribe|newsletter|datenschutz|einwilligung"
    r"|confidentialite|\(\d+\)$"
)
_LABEL = late(
    r"(?:^|(?<=[\n.;:!?)\]>*|•·§\uf0b7\u25cf\u25aa-])"
    r"|(?<=[a-z]))[ *]{0,4}(?P<label>[A-Z][A-Za-z'&/,+() -]{2,60}?)\s?(?::|\?$)"
)
_NEXT_LABEL = late(r"[.;!|)] {1,2}$")
"""What stands before a second label in one line."""
_INSIDE = late(
    r"(?:(?<=[a-z.;:!?)*])|(?<=[.;:!?)*,a-zA-Z•+\s] ))(?P<label>"
    r"(?:Preferred|Desired|Desirable|Bonus|Additional|Minimum|Basic|Required|Essential|Mandatory|Key|Job|Other"
    r"|Core|Main|Top|Your|Our|Education|Physical|Technical|Professional|Work|Company|Position|Role)"
    r"(?:,? (?:and|&|or|Preferred|Required|Desired|Minimum|Basic|Technical|Key|Job|Work|Education"
    r"|Education(?:al)?))? ?(?:/ ?)?"
    r"(?:Qualifications?|Skills|Experiences?|Requirements?|Points|Responsibilities|Duties|Description|Summary"
    r"|Overview|Profile|Environment|Criteria|Attributes|Knowledge|Competencies)"
    r"|NICE TO HAVES?|Nice [Tt]o [Hh]aves?|Good [Tt]o [Hh]ave|MUST[- ]HAVES?|Must[- ][Hh]aves?"
    r"|PREFERRED(?: [A-Z]+)?|DESIRED(?: [A-Z]+)?|REQUIRED(?: [A-Z]+)?|REQUIREMENTS|QUALIFICATIONS"
    r"|RESPONSIBILITIES|BENEFITS|EXPERIENCE REQUIRED"
    r"|[Ww]hat [Yy]ou(?:'ll|'ll| [Ww]ill)? (?:[Nn]eed|[Bb]ring|[Hh]ave|[Dd]o|[Gg]et)|What [Ww]e(?:'re"
    r"| [Aa]re)? (?:[Ll]ook(?:ing)? [Ff]or|[Oo]ffer)|Who [Yy]ou [Aa]re|About [Yy]ou|About (?:Us|the [A-Z][a-z]+"
    r"|[Tt]he [Rr]ole)|Who [Ww]e [Aa]re|Qualifications|Requirements|Responsibilities|Benefits|Perks"
    r"|Bonus [Pp]oints|Why [Jj]oin"
    r")(?P<tail>:| ?[-•·*●▪◦‣►➢✓✔§]| ?\(|(?=[A-Z0-9])|\s(?=[A-Z0-9•·§-]|[a-z]{0,2}\d)|$)"
)
_MARKUP = late(r"^[\W_]+|[\W_]+$")
_BULLET_START = late(r"^\s*(?:[•·●▪◦‣►➢✓✔§\uf0b7*o]|-|\d{1,2}[.)])\s")
_HALF = late(r"(?:strongly |highly )?(?:preferred|desired|desirable|additional|optional)")
_OTHER_HALF = late(
    r"(?:skills?|qualifications?|experiences?|requirements?|criteria|competenc\w+|knowledge|education|attributes)"
    r"(?:,? (?:and |& )?(?:skills?|qualifications?|experience|requirements?|knowledge|education))?"
)
_YEARS = late(r"\d\s?\+?\s?(?:years?|yrs?|months?)|\b(?:years?|yrs?|months?) (?:of )?(?:[a-z]+ ){0,2}exp")
_HOW_MANY = late(
    r"\b(?:how (?:many|much|long)\b|wie ?viele? (?:jahre|erfahrung)|wie lange|combien d'(?:annee|an|experience)"
    r"|cuant[oa]s? (?:an|experiencia|tiempo)|hoe(?:veel| lang)|quant[ia] (?:anni|esperienza)"
    r"|quant[oa]s? (?:an|experiencia)"
    r"|hur (?:manga|många|lang)|hvor (?:mange|lang)|ile lat)[^?\n]{0,160}\?"
)
"""A question whose answers may follow, to choose from."""
_OPTIONS = late(
    r"(?:[\W_]{0,6}(?:(?:less|more|fewer|over|up|under|greater|at least|no|none|yes|i have|have|than|to|or"
    r"|plus|experience|of|weniger|mehr"
    r"|als|keine|moins|plus|de|menos|mas|minder|meer|dan|geen|meno|piu|di|mindre|mere|mer|[ao]|years?|yrs?"
    r"|months?|jahre?n?|ans|anos?"
    r"|jaar|anni|års?|lat|and|between|-?\d{1,2}\+?)\b\+?)){1,60}"
)
_VALUE = late(
    r"(?:\W|\d|\b(?:less|more|fewer|over|up|under|greater|at least|no|none|than|to|or|plus|of|but|and"
    r"|between|experience|equal|weniger|mehr"
    r"|als|keine|moins|de|menos|mas|minder|meer|dan|geen|meno|di|years?|yrs?|months?|jahre?n?|ans|anos?|jaar"
    r"|anni|års?|lat|entry|level|il)\b){3,80}"
)
_LONGEST_VALUE = 300
_ANSWERS = 3
_OPTION = late(r"\s*(?:[○◯☐□⃝◻⬜▢❍()\[\]]|[-*•o]\s|yes\b|no\b|none\b|n/a\b|(?:[a-e]|\d)[.)]\s)")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page, from its heading on."""

    start: int
    kind: Kind
    titled: bool = True
    """False when no heading was seen."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a page, in order."""

    starts: tuple[int, ...]
    sections: tuple[Section, ...]

    def at(self, place: int) -> Section:
        """Return which section *place* stands in."""
        return self.sections[max(0, bisect_right(self.starts, place) - 1)]


def outline(words: Wording, until: int) -> Outline:
    """Divide a page into sections as far as *until*."""
    walk = _Walk()
    place = 0
    for line in words.plain[:until].split("\n"):
        if line:
            walk.read(line, words.low[place : place + len(line)], place)
        place += len(line) + 1
    return Outline(tuple(s.start for s in walk.sections), tuple(walk.sections))


@dataclass(slots=True)
class _Walk:
    """What has been seen of a page so far."""

    sections: list[Section] = field(default_factory=lambda: [Section(0, "none", titled=False)])
    body_seen: bool = False
    prose_seen: bool = False
    filled: bool = False
    """A line stands below the last heading."""
    heading: tuple[str, int] = ("", -1)
    """The last heading's words, and where its line ends."""
    nests: bool = False
    """Headings that name a field stand below the preferred one, as parts of it."""
    values: tuple[int, int, Section] | None = None
    """A run of lines that are nothing but lengths of time: how many, where it began, in which section."""
    asked: Section | None = None
    """The section that a question with answers to choose from interrupts."""

    def read(self, line: str, low: str, place: int) -> None:
        """Add the sections that begin in a *line*."""
        self._value(low, place)
        if self.asked and not self._is_option(low):
            self.sections.append(Section(place, self.asked.kind, self.asked.titled))
            self.asked = None
        if "?" in low and (question := _HOW_MANY.search(low)):
            self._question(low, place, question)
            return
        count = len(self.sections)
        for section in self._of_line(line, low, place):
            self.sections.append(section)
            self.body_seen = self.body_seen or section.kind == "required"
        headed = len(self.sections) > count and self.sections[-1].start == place
        if self.sections[-1].kind not in {"jobs", "page"}:
            self.body_seen = self.body_seen or len(line) > 200
            self.prose_seen = self.prose_seen or (line.count(" ") >= 7 and not _OF_MENU.search(low))
        if headed:
            self.filled, self.heading = False, (_MARKUP.sub("", low), place + len(line))
        elif low.strip():
            self.filled = True

    def _value(self, low: str, place: int) -> None:
        """Take three or more lines that are only lengths of time for answers to choose from."""
        bare = low.strip()
        if not bare:
            return
        if len(bare) > _LONGEST_VALUE or not _VALUE.fullmatch(bare):
            self.values = None
            return
        count, start, section = self.values or (0, place, self.sections[-1])
        self.values = (count + 1, start, section)
        if count + 1 == _ANSWERS and section.kind != "questions":
            self.sections = [*(one for one in self.sections if one.start < start), Section(start, "questions")]
            self.asked = section

    def _is_option(self, low: str) -> bool:
        return not low.strip() or (
            len(low) <= 80
            and bool(
                _OPTION.match(low)
                or _VALUE.fullmatch(low.strip())
                or ((m := _OPTIONS.match(low)) and m.end() >= len(low.rstrip()) - 3)
            )
        )

    def _question(self, low: str, place: int, question: re.Match[str]) -> None:
        before = self.asked or self.sections[-1]
        self.sections.append(Section(place + question.start(), "questions"))
        options = _OPTIONS.match(low, question.end())
        end = options.end() if options else question.end()
        if low[end:].strip():
            self.sections.append(Section(place + end, before.kind, before.titled))
        elif before.kind != "questions":
            self.asked = before

    def _of_line(self, line: str, low: str, place: int) -> Iterator[Section]:
        before = self.sections[-1]
        menu = before.kind == "jobs" or (before.kind == "page" and not self.body_seen)
        if len(line) <= LONGEST_HEADING:
            bare = _MARKUP.sub("", low)
            if menu:
                yield from self._end_of_menu(bare, low, place)
                return
            kind = None if not bare or _YEARS.search(low) else _kind(bare, low)
            if kind:
                if not (self._below(kind, bare) or self._is_second_half(bare, place)):
                    yield Section(place, kind)
                return
        elif menu:
            if not self.body_seen and (len(line) > 300 or before.kind == "page"):
                yield Section(place, "none", titled=False)
            return
        if _JOBS_IN_LINE.match(low):
            yield Section(place, "jobs")
            yield Section(place + len(line), before.kind, before.titled)
            return
        yield from _of_prose(line, low, place, before)

    def _below(self, kind: Kind, bare: str) -> bool:
        """Return whether a heading stands below the one before it: Skills below Preferred."""
        before = self.sections[-1].kind
        if before == "questions":
            return kind == "required" and is_weak(bare)
        if not (kind == "required" and before == "preferred" and is_weak(bare)):
            self.nests = False
            return False
        self.nests = self.nests or not self.filled
        return self.nests

    def _is_second_half(self, bare: str, place: int) -> bool:
        """Return whether a heading is the second half of a broken one: Preferred, and Qualifications below."""
        words, end = self.heading
        return end == place - 1 and bool(_HALF.fullmatch(words)) and bool(_OTHER_HALF.fullmatch(bare))

    def _end_of_menu(self, bare: str, low: str, place: int) -> Iterator[Section]:
        page = self.sections[-1].kind == "page"
        if _leaves(bare, body_seen=self.body_seen) or (page and not self.prose_seen and _begins(bare, low)):
            kind = _kind(bare, low)
            yield Section(place, kind or "none", titled=kind is not None)


def _of_prose(line: str, low: str, place: int, before: Section) -> Iterator[Section]:
    """Headings inside a line, or at its end; a line that lost its breaks holds many."""
    if len(line) > FLAT:
        yield from _inside(line, place)
    elif lead := _lead_in(low):
        yield Section(place + len(line), lead)
    else:
        yield from _label(line, place, before)


def _begins(bare: str, low: str) -> bool:
    """Return whether a short line behind a page's menus and filters is the first of the post."""
    if _OF_MENU.search(bare):
        return False
    prose = bare.count(" ") >= (9 if _YEARS.search(low) else 7)
    return (
        prose
        or low.rstrip().endswith(("(required)", "(preferred)"))
        or bool(_BULLET_START.match(low))
        or bool(_OPENS.match(bare))
    )


def _leaves(bare: str, *, body_seen: bool) -> bool:
    """Return whether a short line ends the list of other jobs, or the page's head, that it stands in."""
    return bool(_JOBS_END.match(bare) or page_kind(bare) or (not body_seen and _BODY.match(bare)))


def _lead_in(low: str) -> Kind | None:
    """The last sentence of a paragraph that ends in a colon heads the list that follows."""
    stop = low.rstrip()
    if not stop.endswith(":") or len(stop) <= LONGEST_HEADING:
        return None
    last = re.split(r"[.!?]\s", stop[-300:])[-1]
    return heading(_MARKUP.sub("", last), colon=True)


def _kind(bare: str, low: str) -> Kind | None:
    """Judge a short line as a heading."""
    stop = low.rstrip()
    count = bare.count(" ") + 1
    page = page_kind(bare)
    if page:
        return page
    if count > 12 or (stop.endswith((".", ",", ";")) and not stop.endswith("..")):
        return None
    colon = stop.endswith((":", "...", "…", "?", "-"))
    if count > 7 and not colon:
        return None
    if _BULLET_START.match(low) and not colon:
        return None
    return heading(bare, colon=colon)


def _label(line: str, place: int, before: Section) -> Iterator[Section]:
    """A label with its content behind it holds for its line only, or until the next label in it."""
    if ":" not in line and not line.endswith("?"):
        return
    found = False
    for match in _LABEL.finditer(line):
        if match.start() and not _NEXT_LABEL.search(line, 0, match.start("label")):
            continue
        bare = _MARKUP.sub("", match["label"].lower())
        kind = None if len(match["label"].split()) > 7 or _YEARS.search(bare) else heading(bare, colon=True)
        if kind is None or (kind == "required" and before.kind == "preferred" and not requires_too(bare)):
            continue
        found = True
        yield Section(place + match.start("label"), kind)
    if found:
        yield Section(place + len(line), before.kind, before.titled)


def _inside(line: str, place: int) -> Iterator[Section]:
    """Headings inside a line that has lost its breaks."""
    for match in _INSIDE.finditer(line):
        bare = _MARKUP.sub("", match["label"].lower())
        kind = heading(bare, colon=True)
        if kind:
            yield Section(place + match.start("label"), kind)
