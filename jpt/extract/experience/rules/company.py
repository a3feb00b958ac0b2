"""Rules for what is another job's, or the history of a firm. Pure."""

from __future__ import annotations

import re

from jpt.extract.experience import lexicon
from jpt.extract.experience.clause import Clause
from jpt.extract.experience.lexicon import BOUND, words
from jpt.extract.experience.reasons import Reason
from jpt.extract.experience.rules.claims import opens
from jpt.extract.experience.rules.rule import Rule, after, before
from jpt.extract.experience.rules.vocabulary import BIG, COMPANY_SUBJECT, WANTED
from jpt.text.late import late

MOST_YEARS = 30
"""No post requires more years than this: they are the age of something."""
_COMPANY_AFTER = late(
    r"'?\s*(?:de (?:historia|tradicion|existencia|trayectoria empresarial)|d'(?:existence|histoire)"
    r"|firmengeschichte|tradition|di (?:storia|attivita)"
    r"|de historia|bestaan|historia|geschiedenis|in (?:business|operation|existence)(?=\s*(?:$|[.,;!)]|and\b"
    r"|for\b|since|at\b|with|we\b|worldwide))"
    r"|of (?:(?:runway|funding|financing|profitability|partnership|uptime|cash (?:left|in the bank)|history"
    r"|heritage|innovation|(?:proven |outstanding )?results|excellence|operation|(?:steady "
    r"|strong )?growth|success|tradition"
    r"|existence|research|legacy|change|assumptions|market)\b(?! (?:experience|marketing|hacking|equity"
    r"|strateg|product|engineer|team|management|lead))|service to|serving|leadership in"
    r"|continuous (?:growth|operation))"
    r"|(?:named|voted|ranked|recogni[sz]ed)\b|history|legacy|heritage|strong\b|young\b"
    r"|in the making|now\b|supporting sus)"
)
_COMPANY_SAID = late(
    r"company history|years? of history|founded|established (?:in|since|over|for|by|as a)\b|(?:was|were"
    r"|been) established|since (?:19|20)\d\d|our (?:team|recruiters"
    r"|consultants|experts|staff|founders) (?:have|has|bring)|we(?:'ve| have) (?:been|over|more|grown)"
    r"|backed by"
    r"|proud to"
)
_COMBINED = late(r"\b(?:combined|collective)\b")
_FOR_SO_LONG = late(rf"\b(?:{words(lexicon.WITH)})\s+{BOUND}$")
_FOR_OVER = late(r"\bfor (?:over|more than|nearly|almost) $")
_MANY = 8
"""Years from which on a firm is likelier to tell its age than to ask for them, where it speaks of itself."""


def _wanted(clause: Clause) -> bool:
    return bool(WANTED.search(clause.before[-110:]) or re.search(r"\bnot less than $", clause.before))


def _combined(clause: Clause) -> bool:
    """Years of several people, added up; a firm says so of itself, a demand begins with its number."""
    if not _COMBINED.search(clause.after[:60]) or _wanted(clause):
        return False
    return not opens(clause) or bool(BIG.search(clause.before))


def _told_of_itself(clause: Clause) -> bool:
    return bool(_COMPANY_SAID.search(clause.whole)) and not _wanted(clause) and not opens(clause)


def _has_been(clause: Clause) -> bool:
    """The firm is what has done something for so long."""
    before, years = clause.before, clause.statement.years
    have = _WE_HAVE.search(before)
    if (have and not _OF_OTHERS.search(have[0])) or _AVERAGE.search(before):
        return not _REQUEST.search(before)
    if not _FOR_SO_LONG.search(before) or _wanted(clause):
        return False
    if last := next(reversed(list(COMPANY_SUBJECT.finditer(before))), None):
        if _SEEKS.search(before, last.end()):
            return False
        return years >= _MANY or not _REQUEST.search(before)
    big = BIG.search(before) is not None
    if (big or years >= _MANY) and COMPANY_SUBJECT.search(clause.after):
        return years >= _MANY or not WANTED.search(clause.after)
    return big and bool(_FOR_OVER.search(before)) and not clause.experienced


_WE_HAVE = late(
    r"\b(?:wir|we|nous|wij|vi)\b[^.;:]{0,60}\b(?:haben|have|avons|hebben|har|verfugen|blicken|bring"
    r"|bringen)\b(?: (?:uber|auf|mit|med))?"
    rf"\s{BOUND}$|\b(?:contamos con|llevamos|abbiamo|vantiamo|temos|contamos com|mamy|posiadamy)\s{BOUND}$"
)
_OF_OTHERS = late(r"\b(?:you|someone|somebody|candidates?|who|du|dich|sie|vous|qui|je|jij|die|dig|deg|som)\b")
_AVERAGE = late(
    r"\b(?:average(?: of)?|averaging|durchschnittlich|im schnitt|en promedio|de media|gemiddeld|en moyenne"
    r"|in media|em media|i snitt"
    rf"|i gennemsnit|i genomsnitt|srednio)\s{BOUND}$"
)
"""Nobody asks for an average."""
_REQUEST = late(
    r"\b(?:we(?:'re| are)?|i(?:'m| am)|wir|nous|wij|vi|my) (?:\w+ )?(?:looking|seeking|hiring|recruiting"
    r"|are looking|like to (?:hear|meet|speak|talk)|love to (?:hear"
    r"|meet)|welcome"
    r"|invite|look|seek|want|need|require|ask|prefer|hire"
    r"|recruit|suchen|erwarten|wunschen"
    r"|recherchons|cherchons|demandons|souhaitons|zoeken|vragen|verwachten|soker|soger|kraver|forvantar"
    r"|forventer)\b"
    r"|\b(?:buscamos|pedimos|requerimos|necesitamos|valoramos|cerchiamo|richiediamo|chiediamo|procuramos"
    r"|exigimos|szukamy|wymagamy)\b"
)
"""A firm speaks of itself, but asks."""

_SEEKS = late(
    r"\b(?:(?:is|are) (?:\w+ )?(?:looking for|seeking|hiring|recruiting|searching for)|seeks|requires|needs"
    r"|sucht|recherche"
    r"|recrute|cherche|precisa|busca|necesita|selecciona|requiere|solicita|incorpora|zoekt|vraagt|cerca|ricerca"
    r"|seleziona"
    r"|has (?:an? )?(?:[a-z]+ ){0,2}(?:opportunity|opening|position|vacancy|need|role)s? for"
    r"|procura|contrata|seleciona|soker|soger|poszukuje|szuka|zatrudni)\b"
)
"""The firm asks, in the third person: `Empresa precisa cocinero con más de 5 años`."""
_OURS = late(
    r"\b(?:our|its|unsere|seine|deren|nos|nuestros|onze|nostri|nossos|vores|våre|våra|nasze)\s"
    rf"(?:(?:{words(lexicon.MORE_THAN)})\s)?$"
)
"""The firm's own years: `we share our 12 years of experience`."""
_AGES = 20
"""More years than this are likelier a firm's than required."""
_MORE = late(rf"\b(?:{words(lexicon.MORE_THAN)})\s*$")

_SO_LONG_FIRST = late(
    rf"\W*(?:with|mit|avec|fort[es]* de|con|met|com|med|z)\s+(?:{words(lexicon.MORE_THAN)})\s+(?:the |de )?$"
)


def _opens_with_it(clause: Clause) -> bool:
    """`With over 15 years of experience, ...`: so a firm begins to speak of itself."""
    if clause.statement.years < _MANY or not _SO_LONG_FIRST.fullmatch(clause.before):
        return False
    return not _APPLICANT.search(clause.after[:140])


_APPLICANT = late(
    r"\b(?:you(?:'ll|'ve)? (?:have|are|bring|will be)|candidates?|applicants?|du|sie|tu|jij|je|voce"
    r"|kandidat\w*)\b"
)


def _asked_for(clause: Clause) -> bool:
    """A number that a list of demands begins a point with."""
    return clause.section.kind in {"required", "preferred", "ideal"} and clause.section.titled and opens(clause)


def _too_long(clause: Clause) -> bool:
    years = clause.statement.years
    if years >= _AGES and not _wanted(clause) and not (_asked_for(clause) and not _MORE.search(clause.before)):
        return True
    return years > MOST_YEARS or (years > 20 and not _wanted(clause) and not clause.experienced)


def _in_its_section(clause: Clause) -> bool:
    section = clause.section
    return (
        section.kind == "company"
        and section.titled
        and clause.statement.years > 7
        and not WANTED.search(clause.whole)
    )


COMPANY = (
    Rule(
        Reason.AROUND,
        lambda clause: clause.section.kind in {"jobs", "page"},
        "Baker\nWe bake bread in a small shop by the sea, and we need you.\nRequirements\nPatience\n"
        "Similar jobs\nCook\n1 year of experience\n",
        "Baker\nWe bake bread in a small shop by the sea, and we need you.\nRequirements\n1 year of experience\n",
    ),
    Rule(
        Reason.COMPANY,
        _combined,
        "Over 20 years of combined experience are behind our bread.",
        "You have 20 years of combined experience.",
    ),
    Rule(
        Reason.COMPANY,
        after(_COMPANY_AFTER),
        "A bakery with 12 years in business.",
        "Requirements\n12 years in a bakery",
    ),
    Rule(
        Reason.COMPANY,
        _told_of_itself,
        "Founded by bakers, 12 years of experience show in our bread.",
        "You have 12 years of experience; our bakery was founded in May.",
    ),
    Rule(
        Reason.COMPANY,
        _has_been,
        "Our bakery bakes bread with 12 years of love.",
        "You have been baking for 12 years.",
    ),
    Rule(
        Reason.COMPANY,
        before(_OURS),
        "We share our 12 years of experience with you.",
        "Our bakery asks for 12 years of experience.",
    ),
    Rule(
        Reason.COMPANY,
        _opens_with_it,
        "With over 15 years of experience, the bakery at the corner knows bread.",
        "With over 15 years of experience you are the baker for this bakery.",
    ),
    Rule(
        Reason.COMPANY,
        _too_long,
        "Requirements\n40 years of experience in bread",
        "Requirements\n14 years of experience in bread",
    ),
    Rule(
        Reason.COMPANY,
        _in_its_section,
        "About us\nBread from people of 12 years of experience",
        "About you\nBread from people of 12 years of experience",
    ),
)
