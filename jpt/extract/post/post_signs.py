"""The signs that a page is a job post, or is none. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from jpt.extract.links import judge, judge_url
from jpt.extract.links.link_address import address_of
from jpt.extract.links.roles import names_job
from jpt.extract.post.inline import PART
from jpt.extract.post.naming import labelled_titles
from jpt.extract.post.sections import STRONG, Part, glued_parts, part_named, parts_of
from jpt.models.pages import PageRead
from jpt.text.late import late

_OWN_NUMBER = late(r"\d{3,}")
_LONG_LINE = 400
_BEFORE_COLON = late(r"(?:^|[.!?]\s)([^\W\d_][^.:!?\n]{2,35}):(?=\s)")
_CV = late(
    r"\b(?:cv|c\.v\.|resumes?|résumés?|lebenslauf|bewerbung(?:en|sunterlagen|smappe)?|curr[ií]cul\w{1,3}|candidature|candidatura"
    r"|sollicitatie|ansökan|ansøgning|søknad|hakemus\w{0,6}|ansioluettelo|życiorys|životopis\w{0,3}|önéletrajz\w{0,6}|cv-ul"
    r"|βιογραφικ\w{1,4}|резюме|автобиография|özgeçmiş\w{0,6}|prijav[eu]|gyvenimo aprašym\w{1,3}"
    r"|elulookirjeldus"
    r"|hồ sơ|letters? of motivation|lettre de motivation|cover letters?)(?!\w)|履歴書",
    re.IGNORECASE,
)
_REACHED = late(r"[\w.+-]{1,60}@[\w-]{1,60}\.\w|(?<![\w-])[+0]\d[\d /()-]{5,20}\d")
_LEAST_MARK = 4
_A_LINE = 25
_A_HEADING = 60
_MOST_HEADS = 300
"""Different short lines that are looked at, those that stand there most often first."""
_A_TITLE = 90
_MOST_TEXT = 400_000
_SURE = 0.95


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of one page."""

    parts: dict[Part, str]
    """The parts of a job post that its text has, with their headings."""
    applies: bool
    """It has a control, a link or a line to apply."""
    forms: bool
    """It has the fields of an application."""
    prose: bool
    """It speaks as adverts do: "we are looking for…", "you will…"."""
    labels: int
    """Facts of a job on lines of their own: Location, Employment type…"""
    other_jobs: int
    """Links to other jobs, outside of menus."""
    length: int
    """Characters of the text."""
    embedded: str
    """The frame from another host that holds a job's page; empty without one."""
    address: bool | None
    """Whether its URL is one of a job; None if that cannot be told."""
    is_list_address: bool = False
    """Its URL names a list of jobs."""
    repeats: int = 0
    """How often the heading of a part that only posts have stands there: posts in a row have several."""
    titles: int = 0
    """Headings that name an occupation, each another."""
    link_share: float = 0.0
    """How much of the text stands in links outside of menus, 0 to 1."""
    leads_on: bool = False
    """A link in its text goes on from this page: it carries this page's number or name, in any language."""
    sections: int = 0
    """Headings below the first that have lines of text under them."""
    asks_for_cv: bool = False
    """A line says where a CV or a letter is to be sent."""
    named: tuple[str, ...] = ()
    """The jobs that a label names (`Job title: Baker`), each once."""
    speaks_to_you: bool = False
    """It tells what its reader is or has, or how many years: so do adverts, and so do those who sell something."""

    @property
    def strong_parts(self) -> int:
        """How many parts it has that only job posts have."""
        return sum(part in STRONG for part in self.parts)


def signs_of(page: PageRead, text: str) -> Signs:
    """Read the signs of *page*, whose post is *text*."""
    text = text[:_MOST_TEXT]
    lines = [line.strip() for line in text.splitlines()]
    here = page.final_url.partition("#")[0]
    # What leads to another page is an entry of a menu, however much it is called like a part of a post.
    entries = {_squashed(anchor.text) for anchor in page.anchors if anchor.url.partition("#")[0] != here}
    short = [line for line in lines if line and len(line) <= 120]
    heads = _outside(short, entries)
    glued = glued_parts(text) if len(text) > 150 * len([line for line in lines if line]) else {}
    asks_for_cv = any(map(_names_whom_to_write, lines))
    return Signs(
        parts={
            **glued,
            **parts_of((*_outside(page.headings, entries), *heads, *_labels(lines))),
        },
        applies=asks_for_cv or _applies(page, short),
        forms=len({found[0].lower() for line in short if (found := _FORM.search(line))}) >= 3,
        prose=bool(_PROSE.search(text)),
        labels=len({found[1].lower() for line in short if (found := _LABEL.match(line))}),
        other_jobs=_other_jobs(page),
        length=len(text),
        embedded=_embedded(page),
        address=None if page.meta == PART else judge_url(page.final_url).is_job,
        is_list_address=page.meta != PART and address_of(page.final_url).is_list,
        repeats=_repeats(heads),
        titles=_titles(page),
        link_share=_link_share(page, len(text)),
        leads_on=_leads_on(page),
        sections=_sections(page, lines),
        asks_for_cv=asks_for_cv,
        named=labelled_titles(lines),
        speaks_to_you=bool(_TO_YOU.search(text)),
    )


def _applies(page: PageRead, lines: list[str]) -> bool:
    # "How to apply" in a menu stands on every page of a site.
    links = [anchor.text for anchor in page.anchors if anchor.visible and anchor.region not in {"nav", "footer"}]
    menu = {_squashed(anchor.text) for anchor in page.anchors} - set(map(_squashed, links))
    texts = [*page.controls, *links, *_outside(lines, menu)]
    return any(len(text) <= 60 and _APPLY.search(text) for text in texts)


def _outside(lines: Sequence[str], entries: Collection[str]) -> list[str]:
    """Return the *lines* that are no entry; an entry of two languages often stands on two lines."""
    squashed = [_squashed(line) for line in lines]
    inside = {number for number, line in enumerate(squashed) if line in entries}
    for number, (one, two) in enumerate(pairwise(squashed)):
        if one + two in entries:
            inside |= {number, number + 1}
    return [line for number, line in enumerate(lines) if number not in inside]


def _squashed(text: str) -> str:
    return "".join(text.split())


def _labels(lines: Iterable[str]) -> list[str]:
    """Return what stands before colons at the begin of sentences: `Requirements: a licence. We offer: a car.`

    One such word makes no post: tenders and animals have requirements, too.
    """
    named = (found for line in lines for found in _BEFORE_COLON.findall(line[:_LONG_LINE]))
    found = [label for label in named if label.count(" ") <= 3]
    return found if len(parts_of(found)) > 1 else []


def _names_whom_to_write(line: str) -> bool:
    """Return whether a line names a CV or a letter, and an address or a number where it goes."""
    return len(line) <= _LONG_LINE and bool(_CV.search(line) and _REACHED.search(line))


def _repeats(lines: list[str]) -> int:
    # In a row of a table the first cell is the heading.
    cells = (line.partition("\t")[0] for line in lines)
    counts = Counter(cell.casefold().rstrip(" :") for cell in cells if 3 < len(cell) <= _A_HEADING)
    repeated = ((head, times) for head, times in counts.most_common(_MOST_HEADS) if times > 1)
    return next((times for head, times in repeated if part_named(head) in STRONG), 0)


def _titles(page: PageRead) -> int:
    texts = (text for text in page.headings if len(text) <= _A_TITLE)
    return len({text.casefold() for text in texts if names_job(text)})


def _link_share(page: PageRead, length: int) -> float:
    shown = sum(len(anchor.text) for anchor in page.anchors if anchor.region not in {"nav", "footer", "header"})
    return min(1.0, shown / max(length, 1))


def _leads_on(page: PageRead) -> bool:
    parts = urlsplit(page.final_url)
    last = parts.path.rstrip("/").rpartition("/")[2].lower()
    numbers = _OWN_NUMBER.findall(f"{parts.path}?{parts.query}")
    marks = {mark for mark in (last, *numbers) if len(mark) >= _LEAST_MARK}
    return any(
        anchor.region not in {"nav", "footer", "header"}
        and _bare(anchor.url) != _bare(page.final_url)
        and any(mark in anchor.url.lower() for mark in marks)
        and not any(part in anchor.url for part in ("?url=", "?u=", "share", "mailto:"))
        for anchor in page.anchors
    )


def _sections(page: PageRead, lines: list[str]) -> int:
    """Count the headings after the first that two lines of some length follow."""
    heads = {" ".join(text.split()) for text in page.headings[1:]}
    found = 0
    for number, line in enumerate(lines):
        if line in heads:
            following = [text for text in lines[number + 1 : number + 8] if text]
            found += sum(len(text) > _A_LINE for text in following[:4]) >= 2
    return found


def apply_link(page: PageRead) -> str | None:
    """Return the address that the page's apply link leads to; None if only a button does."""
    for anchor in page.anchors:
        leads_on = not anchor.url.endswith("#") and anchor.url != page.final_url
        if leads_on and anchor.visible and len(anchor.text) <= 60 and _APPLY.search(anchor.text):
            return anchor.url
    return None


def _embedded(page: PageRead) -> str:
    """Return the first frame whose address is surely one of a job: a board's page inside the company's."""
    for frame in page.frames:
        link = judge_url(frame)
        if link.is_job is True and link.score >= _SURE:
            return frame
    return ""


def _other_jobs(page: PageRead) -> int:
    here = {_bare(page.url), _bare(page.final_url)}
    menus = {anchor.url for anchor in page.anchors if anchor.region in {"nav", "footer", "header"}}
    return sum(
        link.is_job is True and link.url not in menus and _bare(link.url) not in here for link in judge(page)
    )


def _bare(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path.rstrip('/').removesuffix('/apply')}?{parts.query}"


_APPLY = late(
    r"^\W{0,4}(?:(?:easy |quick |quickly )?apply(?! (?:filters?|to all|changes|coupon|code|the))\b"
    r"|(?:submit|send|start|begin)(?: your| my| an| the)? (?:job )?(?:application|resume|cv)\b|i(?:'"
    r"|’)?(?:m| am) interested\b|attach resume|upload (?:your )?(?:resume|cv)|view application"
    r"|continue (?:to )?appl)"
    r"|^\W{0,4}(?:(?:jetzt |hier |online |direkt )*bewerben|bewirb dich|zur bewerbung"
    r"|bewerbung (?:senden|abschicken|starten)|online-bewerbung|(?:je )?postuler?\b|postulez"
    r"|déposer (?:ma|votre) candidature|envoyer (?:ma|votre) candidature|je postule|candidater"
    r"|aplicar(?: ahora)?\b|solicitar|inscribirse|inscr[ií]bete|postular(?:me|se)?\b"
    r"|enviar candidatura|candidatar(?:-se)?|candidate-se|candidatura|inscrever-se|candidati\b"
    r"|invia (?:la )?candidatura|soll?iciteer|solliciteren|ansök|sök (?:jobbet|tjänsten)"
    r"|søk (?:på )?(?:stillingen|jobben|her)|søk nå|ansøg|send ansøgning|hae (?:paikkaa|tehtävää"
    r"|nyt)|jätä hakemus|aplikuj|wyślij (?:cv|aplikację)|odpovědět na|mám zájem|jelentkez|aplică"
    r"|müraciət et"
    r"|başvur|hemen başvur|откликнуться|отправить резюме|відгукнутися|ứng tuyển|nộp (?:đơn|hồ sơ)|lamar\b"
    r"|mohon sekarang|hantar permohonan|สมัคร|आवेदन|تقدم|قدم |التقديم|ارسال رزومه|הגש(?:ת|ו)?\b|שלחו? קורות"
    r"|prijavi(?:te)? se"
    r"|кандидатствай|υποβολή|κάντε αίτηση|kandideeri|sækja um|pieteikties|kandidatuoti|inscriu-te|apliko|応募"
    r"|エントリー(?:する)?$|立即申请|申请职位"
    r"|立即应聘|投递简历|我要應徵|지원하기|입사\s?지원)"
    r"|\b(?:to apply|how to apply|apply (?:now|here|today|online|via|by|at|through|with|for this)"
    r"|send (?:us )?(?:your|a|an) (?:cv|resume|résumé|application|portfolio|cover letter))\b",
    re.IGNORECASE,
)

_FORM = late(
    r"^(?:first name|last name|full name|given name|family name|e-?mail(?: address)?"
    r"|phone(?: number)?|resume(?:/cv)?|cv|cover letter|linkedin(?: (?:profile|url))?"
    r"|current (?:company|location)|vorname|nachname|lebenslauf|anschreiben|telefon|prénom|nom"
    r"|téléphone|lettre de motivation|nombre|apellidos|teléfono|curr[ií]culum|voornaam|achternaam"
    r"|cognome|telefono)\b",
    re.IGNORECASE,
)

_PROSE = late(
    r"\b(?:we(?:'|’)?(?:re| are) (?:currently |now |actively )?(?:looking for|seeking|hiring"
    r"|searching for|recruiting)|is (?:currently |now |actively )?(?:looking for|seeking|hiring"
    r"|recruiting) (?:an?|talented|experienced|motivated)|you(?:'|’)?(?:ll"
    r"| will) (?:be (?:responsible|working|joining|part)|work|join|lead|help|own|collaborate|report"
    r"|design|build|develop|manage|support)|(?:the )?(?:ideal|successful|right) (?:candidate"
    r"|applicant)|the (?:role|position|job) (?:is|will|requires|involves|reports)|this (?:role"
    r"|position|is an? (?:full|part)[ -]time)|reports? to the|wir suchen|du verfügst|sie verfügen über"
    r"|suchen wir|nous recherchons|vous (?:justifiez d|serez (?:chargé|responsable|en charge|amené))"
    r"|recherche (?:un|une)\b|buscamos"
    r"|estamos buscando|procuramos|cerchiamo|wij zoeken|vi söker|vi søger|vi søker|szukamy"
    r"|poszukujemy|hledáme|hľadáme|мы ищем|ищем|keressük|keresünk|haemme|etsimme|odotamme (?:sinulta|hakijalta)"
    r"|hakuaika päättyy|sista ansökningsdag|søknadsfrist|ansøgningsfrist|raspisuje (?:se )?(?:javni )?natječaj"
    r"|prijam u radni odnos|tražimo|zapošljavamo|angajăm|căutăm|търсим|ζητούμε|ζητείται|αναζητούμε|otsime|ieškome"
    r"|meklējam|leitum|işe alınacak|arıyoruz|aramaktayız|arayışındayız)\b"
    r"|募集しています|を募集|求めています|我们正在寻找|모십니다",
    re.IGNORECASE,
)

_TO_YOU = late(
    r"\b(?:years(?:'|’)? (?:of )?(?:\w+ ){0,3}experience|du (?:bist|hast)|sie haben eine"
    r"|vous (?:serez|êtes|avez))\b",
    re.IGNORECASE,
)

_LABEL = late(
    r"^\W{0,3}(location|locations|department|team|employment type|job type|type|contract(?: type)?"
    r"|salary|salary range|compensation|start(?: date)?|reports to|work ?place(?: type)?|job id"
    r"|req(?:uisition)? ?id|job number|posted(?: on| date)?|date posted|closing date|deadline|hours"
    r"|schedule|seniority(?: level)?|experience(?: level)?|industry|standort|arbeitsort|einsatzort"
    r"|beschäftigungsart|anstellungsart|vertragsart|eintritt|beginn|bereich|abteilung|pensum|lieu"
    r"|type de contrat|contrat|salaire|ubicaci[oó]n|tipo de contrato|jornada|salario|local"
    r"|localiza[cç][aã]o|sede|contratto|locatie|standplaats|dienstverband|ort|plats|anställningsform"
    r"|sted|lokalizacja|umowa|lokalita|勤務地|雇用形態|給与|年収|工作地点|근무지)\b ?(?::|：|$|-\s|\t)",
    re.IGNORECASE,
)
