"""The parts of a page: which heading a place stands under, and which sentence it stands in. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from jpt.extract.experience.wording import Wording

Kind = Literal["required", "preferred", "company", "benefits", "duties", "jobs", "page", "none"]

LONGEST_HEADING = 90
REACH = 420
"""Characters read to either side of a statement when its sentence is looked for."""
FLAT = 700
"""A line longer than this has lost its breaks: headings are looked for inside it."""

_PREFERRED = re.compile(
    r"preferred|preferen|preferably|\bdesir(?!ed (?:candidate )?profile)|nice[- ]to[- ]have|nice but"
    r"|bonus (?:point|skill|qualif|experience"
    r"|if|for)|^bonus$|good[- ]to[- ]have"
    r"|great[- ]to[- ]have|(?:would|will) be (?:nice|great|good|a plus|an? (?:added )?(?:advantage|bonus|asset)"
    r"|advantageous|beneficial)"
    r"|\ba (?:big |huge |strong |definite )?(?:plus|bonus)\b|^plus(?:es)?\b|extra credit|brownie|advantageous"
    r"|\bideal(?:ly)?\b"
    r"|(?:we'd|we would|would) (?:also )?love|stand out|set you apart|(?<!not )\boptional|not required"
    r"|not essential"
    r"|\bbeneficial|an (?:added )?advantage|asset"
    r"|^negotiables?$|wunschenswert|von vorteil|idealerweise|un plus|souhait|deseable|valorable|se valora"
    r"|pluspunt|\bpre\b"
    r"|apprecie|valoramos|serait un"
)
_REQUIRED_TOO = re.compile(
    r"\brequire[ds]|requirements?|must|minimum|mandatory|\bessential\b(?! functions)|and preferred|/ ?preferred"
    r"|basic qual"
)
_NOT_REQUIRED = re.compile(r"not (?:be )?(?:required|mandatory|essential|a must)")
_REQUIRED = re.compile(
    r"requirements?\b|required\b|require:?$|qualifications?\b|qualified\b|must[- ]haves?|you must|minimum"
    r"|essential (?:skills|criteria|experience|qual|req|job crit)"
    r"|what (?:do )?(?:you|we)(?:'ll|'re| will| are)? ?(?:also )?(?:need|bring|look|have|expect|require|want"
    r"|seek)|who (?:you are|we're looking|we are looking|are you)"
    r"|about (?:you|yourself)\b|you (?:have|bring|are|should|need|will (?:have|need|bring)|'ll)|you'll (?:have"
    r"|need|bring|be successful)|your (?:profile|background|experience|skills|qualif|strength|talent)"
    r"|looking for|\bcriteria|candidate|eligib|you might thrive|good fit|be a fit|be successful|to succeed"
    r"|^you$|what it takes|we're after|person spec|education"
    r"|\bexperience\b|\bskills\b|\bcompetenc|knowledge|mandatory|prerequisite|we seek|we ask|your toolkit"
    r"|here is what|basic|desired (?:candidate )?profile"
    r"|profil\b|anforderung|voraussetzung|das bringst|mitbring|requisitos|perfil\b|perfiel|functie-?eisen"
    r"|vragen wij|profiel|wie ben jij|wat breng|competences|exigences|prerequis"
)
_WEAK = re.compile(
    r"^(?:(?:professional |work |relevant |technical |and |& |/ ?|, )*(?:experience|education|skills|knowledge"
    r"|competenc\w+))+\W*$"
)
_COMPANY = re.compile(
    r"\babout (?:us\b|our\b|the (?:company|team|organi[sz]ation|firm|business|group|school|client|agency))"
    r"|who we are|company (?:desc|over|prof|info|back)|our (?:story|history|company|mission|values|culture|team"
    r"|client)"
    r"|why (?:join|work|choose|us\b)|uber uns|wer wir sind|qui sommes|sobre nosotros|quienes somos|over ons"
    r"|wie zijn wij|life (?:at|here)|^about [a-z0-9&.' -]{2,40}$|^who is |^company$"
)
_ABOUT_WORK = re.compile(
    r"about (?:the|this|your)? ?(?:role|job|position|opportunit|work|internship|vacancy|project|program)"
    r"|about you"
)
_BENEFITS = re.compile(
    r"\bbenefits?\b|perks|what (?:we|you'll|you will) (?:offer|get|receive)|we offer|compensation|salary"
    r"|\bpay (?:range|transp|rate)|reward|remuneration|what's in it|in it for you|wir bieten|bieten wir"
    r"|nous offrons|ofrecemos|offrons"
    r"|wij bieden|wat bieden|bieden wij|arbeidsvoorwaarden|how we invest|time off|^bonus pay|stipend"
)
_DUTIES = re.compile(
    r"responsibilit|\bduties\b|what (?:you'll|you will|you'd) (?:do|be|work|own)|^the role|^role\b"
    r"|the opportunity|^the (?:job|position)$|(?:job|position|role) (?:desc|summ|purp|over|obj)|your (?:role"
    r"|mission|impact|tasks|day)"
    r"|accountab|day[- ]to[- ]day|a day in|key (?:task|deliver)|\baufgaben|\bmissions?\b|funciones|\btaken\b"
    r"|overview|^summary|^description|how you(?:'ll| will)|in this role|scope|working conditions"
    r"|physical (?:demand|req)|essential (?:functions|duties)"
    r"|work(?:ing)? environment|how to apply|to apply\b|application (?:process|instr)|residency"
    r"|equal (?:employment )?opportunit|\beeo\b|schedule|location|additional info|travel|our (?:tech )?stack"
    r"|interview process"
)
_JOBS = re.compile(
    r"(?:similar|related|more|other|recommended|suggested|latest|featured|nearby) (?:jobs|job openings|openings"
    r"|positions|roles|opportunit|vacanc|careers)|people also (?:viewed|searched)|jobs (?:you might|you may"
    r"|for you|like this|near)|^recommended\b"
    r"|(?:you )?(?:may|might) also (?:be interested|like)|also of interest|other people viewed|ahnliche (?:jobs"
    r"|stellen)|weitere (?:jobs|stellen)|offres similaires|autres offres|empleos similares|ofertas similares"
    r"|otras ofertas"
    r"|vergelijkbare (?:vacatures|banen)|andere vacatures|meer vacatures|explore (?:more|other) (?:jobs|roles|opp)"
)
_JOBS_IN_LINE = re.compile(
    r"\W{0,3}(?:similar|related|other|recommended|more) (?:jobs|roles|vacancies|positions|openings)\s?[:–-].{20}"
    r"|\W{0,3}(?:ahnliche|weitere) (?:jobs|stellen)\s?:.{20}|\W{0,3}(?:offres similaires|ofertas similares"
    r"|vergelijkbare vacatures)\s?:.{20}"
)
"""Other jobs, all in one line."""
_JOBS_END = re.compile(
    r"^(?:view|see|show|browse|load) (?:all|more)|^home (?:[>/|»›-]|$)|^(?:alle anzeigen|alle jobs|voir tou"
    r"|ver tod|bekijk alle)|^back to\b|^breadcrumb"
)
_PAGE = re.compile(
    r"^(?:refine|(?:all )?filters?\b)|^meet (?:your|our|the) |salary insights|average base salary|career advice"
    r"|employee stories|privacy notice|self-identification|submit your application"
    r"|^follow us|job alerts?|^promoted$|^sponsored$|interested in this role|^apply for this job$"
    r"|^application form|^share this|testimonial|talent community|terms of use|datenschutz|page helpful"
)
_BODY = re.compile(
    r"(?:(?:full )?(?:job|position|role)? ?(?:description|summary|overview|details|requirements"
    r"|responsibilities)|(?:key |minimum )?(?:responsibilities|requirements|qualifications)|about (?:us"
    r"|the (?:role|job|position|company))"
    r"|the role|what you'll do|stellenbeschreibung|(?:deine|ihre) aufgaben|descripcion.{0,15}|description.{0,15}"
    r"|functieomschrijving)$"
)
_OPENS = re.compile(
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
_OF_MENU = re.compile(
    r"cookie|consent|privacy|javascript|sign in|log ?in|subscribe|newsletter|datenschutz|einwilligung"
    r"|confidentialite|\(\d+\)$"
)
_LABEL = re.compile(
    r"(?:^|(?<=[\n.;:!?)\]>*|•·§\uf0b7\u25cf\u25aa-])"
    r"|(?<=[a-z]))[ *]{0,4}(?P<label>[A-Z][A-Za-z'&/,+() -]{2,60}?)\s?(?::|\?$)"
)
_NEXT_LABEL = re.compile(r"[.;!|)] {1,2}$")
"""What stands before a second label in one line."""
_INSIDE = re.compile(
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
    r")(?P<tail>:| ?[-•·*]| ?\(|(?=[A-Z0-9])|\s(?=[A-Z0-9•·§-]|[a-z]{0,2}\d)|$)"
)
_MARKUP = re.compile(r"^[\W_]+|[\W_]+$")
_BULLET_START = re.compile(r"^\s*(?:[•·●▪◦‣►➢✓✔§\uf0b7*o]|-|\d{1,2}[.)])\s")
_YEARS = re.compile(r"\d\s?\+?\s?(?:years?|yrs?|months?)|\b(?:years?|yrs?|months?) (?:of )?(?:[a-z]+ ){0,2}exp")


@dataclass(frozen=True, slots=True)
class Section:
    """From a heading on: what what follows is."""

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
        """Tell which section *place* stands in."""
        return self.sections[max(0, bisect_right(self.starts, place) - 1)]


def outline(words: Wording, until: int) -> Outline:
    """Divide a page into sections as far as *until*."""
    sections = [Section(0, "none", titled=False)]
    body_seen = prose_seen = False
    place = 0
    for line in words.even[:until].split("\n"):
        if not line:
            place += 1
            continue
        before = sections[-1]
        low = words.low[place : place + len(line)]
        for section in _of_line(line, low, place, before, body_seen=body_seen, prose_seen=prose_seen):
            sections.append(section)
            body_seen = body_seen or section.kind == "required"
        if sections[-1].kind not in {"jobs", "page"}:
            body_seen = body_seen or len(line) > 200
            prose_seen = prose_seen or (line.count(" ") >= 7 and not _OF_MENU.search(low))
        place += len(line) + 1
    return Outline(tuple(s.start for s in sections), tuple(sections))


def _of_line(
    line: str, low: str, place: int, before: Section, *, body_seen: bool, prose_seen: bool
) -> Iterator[Section]:
    if len(line) <= LONGEST_HEADING:
        bare = _MARKUP.sub("", low)
        if before.kind == "jobs" or (before.kind == "page" and not body_seen):
            if _leaves(bare, body_seen=body_seen) or (
                before.kind == "page" and not prose_seen and _begins(bare, low)
            ):
                kind = _kind(bare, low)
                yield Section(place, kind or "none", titled=kind is not None)
            return
        kind = None if not bare or _YEARS.search(low) else _kind(bare, low)
        if kind:
            if not (kind == "required" and before.kind == "preferred" and _WEAK.match(bare)):
                yield Section(place, kind)
            return
    elif before.kind == "jobs" or (before.kind == "page" and not body_seen):
        if not body_seen and (len(line) > 300 or before.kind == "page"):
            yield Section(place, "none", titled=False)
        return
    if _JOBS_IN_LINE.match(low):
        yield Section(place, "jobs")
        yield Section(place + len(line), before.kind, before.titled)
        return
    yield from _of_prose(line, low, place, before)


def _of_prose(line: str, low: str, place: int, before: Section) -> Iterator[Section]:
    """Headings inside a line, or at its end; a line that lost its breaks holds many."""
    if len(line) > FLAT:
        yield from _inside(line, place)
    elif lead := _lead_in(low):
        yield Section(place + len(line), lead)
    else:
        yield from _label(line, place, before)


def _begins(bare: str, low: str) -> bool:
    """Tell whether a short line behind a page's menus and filters is the first of the post."""
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
    """Tell whether a short line ends the list of other jobs, or the page's head, that it stands in."""
    return bool(_JOBS_END.match(bare) or kind_of_page(bare) or (not body_seen and _body_heading(bare)))


def _lead_in(low: str) -> Kind | None:
    """The last sentence of a paragraph that ends in a colon heads the list that follows."""
    stop = low.rstrip()
    if not stop.endswith(":") or len(stop) <= LONGEST_HEADING:
        return None
    last = re.split(r"[.!?]\s", stop[-300:])[-1]
    return heading(_MARKUP.sub("", last), colon=True)


def kind_of_page(bare: str) -> Kind | None:
    """Tell what of the page around the post a line is, if it is that."""
    if _JOBS.search(bare) and len(bare) < 60:
        return "jobs"
    return "page" if len(bare) < 60 and _PAGE.search(bare) else None


def _body_heading(bare: str) -> bool:
    return bool(_BODY.match(bare))


def _kind(bare: str, low: str) -> Kind | None:
    """Judge a short line as a heading."""
    stop = low.rstrip()
    count = bare.count(" ") + 1
    page = kind_of_page(bare)
    if page:
        return page
    if count > 12 or (stop.endswith((".", ",", ";")) and not stop.endswith("..")):
        return None
    colon = stop.endswith((":", "...", "?", "-"))
    if count > 7 and not colon:
        return None
    if _BULLET_START.match(low) and not colon:
        return None
    return heading(bare, colon=colon)


def heading(bare: str, *, colon: bool) -> Kind | None:
    """Judge the words of a heading, in lower case and without marks."""
    few = bare.count(" ") < (10 if colon else 6)
    if not few:
        return None
    if _PREFERRED.search(bare) and not (_REQUIRED_TOO.search(bare) and not _NOT_REQUIRED.search(bare)):
        return "preferred"
    if _ABOUT_WORK.search(bare):
        return "required" if "about you" in bare and "your" not in bare else "duties"
    if _BENEFITS.search(bare) and not re.search(r"require|qualif|eligib", bare):
        return "benefits"
    if _COMPANY.search(bare):
        return "company"
    if _DUTIES.search(bare) and not re.search(r"requirement|qualif|experience", bare):
        return "duties"
    if _REQUIRED.search(bare) and (colon or bare.count(" ") < 5):
        return "required"
    return None


def _label(line: str, place: int, before: Section) -> Iterator[Section]:
    """A label with its content behind it holds for its line only, or until the next label in it."""
    found = False
    for match in _LABEL.finditer(line):
        if match.start() and not _NEXT_LABEL.search(line, 0, match.start("label")):
            continue
        bare = _MARKUP.sub("", match["label"].lower())
        kind = None if len(match["label"].split()) > 7 or _YEARS.search(bare) else heading(bare, colon=True)
        if kind is None or (kind == "required" and before.kind == "preferred" and not _REQUIRED_TOO.search(bare)):
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


# Where a sentence ends: marks, bullets, line breaks, and the seams of glued words.
_ABBREVIATED = "".join(
    rf"(?<!\b{a}\.)"
    for a in (
        "e\\.g",
        "i\\.e",
        "[Mm]in",
        "[Mm]ax",
        "approx",
        "[Ii]nc",
        "[Ll]td",
        "[Yy]rs",
        "yr",
        "vs",
        "[DMJS]r",
        "[Nn]o",
        "incl",
        "ca",
        "mind",
        "B",
        "S",
        "exp",
        "etc",
    )
)
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
_BOUNDARY = re.compile(
    r"\n\s*"
    rf"|[.!](?=\s+[^a-z\s]|[A-Z][a-z]){_ABBREVIATED}"
    r"|\?(?=\s+[A-Z])"
    r"|[•●▪◦‣►➢✓✔✅§\uf0b7|]|\s·\s|(?<=[.:;a-z)])·"
    r"|(?=(?:REQUIRED|PREFERRED|DESIRED|MINIMUM) [A-Z]{4,16}:)"
    r"|\s[-*+]\s(?=[A-Z0-9])(?!\d{1,2}\s?\+?(?:\s?(?:-|to)\s?\d{1,2}\+?)?\s?(?:[Yy]ears?|[Yy]rs?|[Mm]onths?))|(?<=[.;:])\s?-\s?(?=[A-Z0-9])"
    r"|(?<=[a-z)])-\s(?=[A-Z])"
    rf"|(?=[A-Z])(?<=[a-z)\]])(?=(?:{_STARTERS}))(?<!Java)(?<!Type)(?<!Power)(?<!Linked)(?<!Git)"
    r"|(?=\d)(?<=[A-Za-z)])(?=\d{1,2}\s?\+?(?:\s?(?:-|to)\s?\d{1,2})?\+?\s?(?:[Yy]ears|[Yy]rs|[Mm]onths))"
)
_GOES_ON = re.compile(
    r"(?:a|an|and|or|of|in|with|to|for|as|the|on|at|from|by|your|our|per|within|using|experience)\b|[(,&]"
)
_LEFT_OPEN = re.compile(r"(?:\b(?:a|an|and|or|of|in|with|to|for|as|the|on|at|from|by|plus|least)|[,&(/]|\d\+?)$")


def sentence(words: Wording, start: int, end: int) -> tuple[int, int]:
    """Give the bounds of the sentence round *start* and *end*, at most `REACH` to either side."""
    left = max(0, start - REACH)
    first = left
    for match in _BOUNDARY.finditer(words.even, left, start + 40):  # what looks ahead must see the statement
        if match.end() > start:
            break
        if not _runs_on(words, match):
            first = match.end()
    right = min(len(words.even), end + REACH)
    last = right
    for match in _BOUNDARY.finditer(words.even, end, right):
        if not _runs_on(words, match):
            last = match.start() + (1 if words.even[match.start() : match.start() + 1] in {".", "!"} else 0)
            break
    if words.even[max(0, first - 1) : first] == "|":
        # A cell of a row: the cells before it say what it is about, where one says how much it matters.
        row = max(left, words.even.rfind("\n", left, start) + 1)
        first = row if _MATTERS.search(words.low, row, start) else first
    return first, last


_MATTERS = re.compile(
    r"\b(?:required|mandatory|must|essential|preferred|desired|desirable|nice to have|good to have|optional"
    r"|a plus)\b"
)


def _runs_on(words: Wording, match: re.Match[str]) -> bool:
    """A line break inside a sentence that was wrapped is none."""
    if not match.group().startswith("\n"):
        return False
    if _GOES_ON.match(words.even, match.end(), match.end() + 12):
        return True
    return bool(_LEFT_OPEN.search(words.low, max(0, match.start() - 8), match.start()))
