"""Facts of a job that a page's text states plainly: on a line of their own, or behind their name. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from jpt.extract.post.days import last_day, posted_day
from jpt.extract.post.place_words import LABEL
from jpt.extract.post.plain import plain
from jpt.extract.post.terms import visa_sponsorship
from jpt.extract.post.wage import wage
from jpt.extract.post.workplace import in_title, workplace
from jpt.text.clean import clean_line
from jpt.text.late import late

_MOST_LINES = 600
_TOP_LINES = 60
_LONGEST = 160


def stated_facts(text: str, title: str = "") -> dict[str, Any]:
    """Read what *title* and *text* state beside the duties: `_LABELS`, remote, salary, visa_sponsorship."""
    text = plain(text[:200_000])
    lines = [line.strip() for line in text.splitlines() if line.strip()][:_MOST_LINES]
    found: dict[str, Any] = {name: _labelled(lines, pattern) for name, pattern in _LABELS.items()}
    found["posted"] = posted_day(found["posted"])
    found.update(last_day(found.pop("closing")))
    found["employment_type"] = found["employment_type"] or _alone(lines, _EMPLOYMENT)
    named = (_alone(lines, _PLACE), _labelled(lines, _WORKPLACE), _labelled(lines, LABEL), in_title(title))
    found["remote"] = found["work"] = workplace(text, named)
    found["salary"] = found["pay"] = wage(text) or wage(title)
    found["visa_sponsorship"] = visa_sponsorship(text)
    return {name: value for name, value in found.items() if value or value is False}


def _labelled(lines: Sequence[str], pattern: re.Pattern[str]) -> str:
    """Return what stands behind a label, or on the line after one that stands alone."""
    for number, line in enumerate(lines):
        label = pattern.match(line) if len(line) <= _LONGEST else None
        if label is None:
            continue
        value = line[label.end() :].strip(" :：-–\t*_")
        if not value and number + 1 < len(lines) and len(lines[number + 1]) <= 80:
            value = lines[number + 1]
        if value and not value.endswith((":", "?")):
            return clean_line(value, 120)
    return ""


def _alone(lines: Sequence[str], pattern: re.Pattern[str]) -> str:
    """Return the first short line near the top, or part of one between marks, that *pattern* is all of."""
    for line in lines[:_TOP_LINES]:
        if len(line) <= _LONGEST:
            for part in _BETWEEN.split(line):
                if pattern.fullmatch(part.strip(" *_")):
                    return clean_line(part)
    return ""


def _label(names: str) -> re.Pattern[str]:
    return late(rf"\W{{0,4}}(?:{names})[*_]{{0,3}}\s?(?:[:：]|$|\s[-–]\s)", re.IGNORECASE)


_LABELS = {
    "posted": _label(
        r"(?:date )?posted(?: on| date)?|posting date|date posted|published(?: on)?|veröffentlicht(?: am)?"
        r"|publiée? le|publicado(?: el| em)?|gepubliceerd|publicerad"
    ),
    "closing": _label(
        r"(?:application |closing |apply )?deadline|closing date|(?:applications? )?close(?:s|d)?(?: on)?"
        r"|apply (?:by|before)|bewerbungsfrist|bewerbungsschluss|date limite(?: de candidature)?|fecha l[ií]mite"
        r"|data limite|scadenza|sluitingsdatum|sista ansökningsdag|søknadsfrist|ansøgningsfrist"
        r"|expir(?:ed|es|y|ation)(?: (?:at|on|date))?|valid (?:until|through|till)|open (?:until|till)"
        r"|last date(?: to apply)?|einsendeschluss|bewerbung bis|vencimiento|(?:fin de )?plazo(?: de [^:]{1,30})?"
        r"|prazo(?: de [^:]{1,30})?|reageren (?:voor|tot)|termin (?:składania|nadsyłania) [^:]{1,40}"
        r"|uzávěrka(?: [^:]{1,30})?|(?:jelentkezési )?határidő|hakuaika päättyy|срок подачи(?: [^:]{1,30})?"
        r"|son başvuru(?: tarihi)?|hạn (?:cuối|chót|nộp)(?: [^:]{1,20})?|応募締切日?|締切日?|截止(?:日期|时间)"
    ),
    "employment_type": _label(
        r"(?:employment|job|contract|position) type|type of (?:employment|contract|position)|type|contract"
        r"|beschäftigungsart|anstellungsart|vertragsart|type de contrat|contrat"
        r"|tipo de (?:contrato|empleo|contratação)|dienstverband|anställningsform|雇用形態"
    ),
    "requisition_id": _label(
        r"(?:job|req|requisition|posting|position|vacancy) ?(?:id|number|no\.?|ref(?:erence)?|#)"
        r"|reference(?: number| code)?|ref(?:erence)?\.? ?(?:no|number|id)?\.?|referenznummer|kennziffer"
        r"|stellen-?(?:nr|id|nummer)\.?|référence|referencia"
    ),
}
_WORKPLACE = _label(
    r"work ?place(?: type)?|work site|tele-?work(?:ing)?(?: type)?|work location (?:model|type|assignment)"
    r"|location type|work environment|(?:work(?:ing)? )?(?:arrangement|model|mode|setting)"
    r"|remote(?: status| work)?|arbeitsmodell"
)
_BETWEEN = late(r"\s[·•|/–—-]\s|[·•|,;()]|\s/")
_EMPLOYMENT = late(
    r"(?:(?:permanent|regular|fixed[- ]term|temporary|contract|unbefristet|befristet)[ ,]{1,2})?"
    r"(?:full[- ]?time|part[- ]?time|contract(?:or)?|internship|temporary|freelance|permanent"
    r"|apprenticeship|vollzeit|teilzeit"
    r"|festanstellung|werkstudent|praktikum|temps plein|temps partiel|cdi|cdd|alternance|stage"
    r"|tiempo completo|jornada completa"
    r"|media jornada|tempo integral|tempo pieno|fulltime|parttime|heltid|deltid|pełny etat"
    r"|正社員|契約社員|アルバイト)"
    r"(?: (?:employee|position|employment|permanent|regular|contract|job))?",
    re.IGNORECASE,
)
_PLACE = late(
    r"(?:fully |100 ?% )?(?:remote|hybrid|on-?site|in-?office|home ?office|télétravail|remoto"
    r"|híbrido|ibrido|hybride|zdalnie|hybrydowo"
    r"|リモート|フルリモート)(?: (?:work|job|position|role|ok|friendly|first|only|possible|möglich))?",
    re.IGNORECASE,
)
