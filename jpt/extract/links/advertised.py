"""How many jobs a page says there are. Pure."""

from __future__ import annotations

import re

_NUMBER = r"(\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3}){1,2}|\d{1,6})"
_NOUN = (
    r"(?:open|current|available|active|matching|total|live|offene|aktuelle|freie|verfügbare|aktuella"
    r"|lediga|ledige|openstaande)?\s{0,3}"
    r"(?:jobs|roles|positions|openings|vacancies|opportunities|postings|results|job (?:offers"
    r"|openings|opportunities|postings)|(?:job|position|role|opening|vacancy) (?:found|available|open)"
    r"|stellen(?:angebote?|anzeigen?|ausschreibungen?)?|stelle|treffer|ergebnisse"
    r"|offres?(?: d[’']emplois?)?|postes?|emplois?|résultats?"
    r"|ofertas?(?: de (?:empleo|trabajo))?|empleos?|vacantes?|resultados?|vagas?|oportunidades?"
    r"|posizioni(?: aperte)?|offerte(?: di lavoro)?|annunci|risultati"
    r"|vacatures?|resultaten|(?:lediga |ledige )?(?:jobb|stillinger|tjänster|job)|työpaikkaa?|avointa"
    r"|ofert(?:y|a)?(?: pracy)?|wynik(?:ów|i)?|állás|вакансий|вакансии|вакансия)"
)
_OF = r"(?:of|von|sur|de|di|van|av|af|z|из|/|über)"
_RANGE = re.compile(
    rf"\b\d{{1,6}}\s{{0,2}}(?:-|–|—|to|bis|à|a|al|t/m|tot"
    rf"|до)\s{{0,2}}\d{{1,6}}\s{{1,2}}{_OF}\s{{1,2}}(?:about |over )?{_NUMBER}\b",
    re.IGNORECASE,
)
_SHOWING = re.compile(
    rf"\b(?:showing|displaying|viewing|zeige|affichage|mostrando|visar"
    rf"|viser)\s{{1,2}}\d{{1,6}}\s{{1,2}}{_OF}\s{{1,2}}{_NUMBER}\b",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"(?<![\w.,$€£/+-])(?<!\d\s)(?!0\d){_NUMBER}\s{{1,3}}(?:[^\W\d_]{{1,12}} )?{_NOUN}"
    r"(?![\w-])(?!\s+(?:per|a|an|pro|by)\b)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"\b(?:open (?:positions|roles|jobs)|jobs? (?:found|openings)|total (?:jobs|results)|all jobs"
    rf"|vacancies|openings|offene stellen|stellenangebote|offres|vacatures|vagas|ofertas)"
    rf"\s{{0,2}}[:(]\s{{0,2}}{_NUMBER}\b",
    re.IGNORECASE,
)
_CJK = re.compile(
    r"(?:全|共|총|全部で)?\s{0,2}(\d{1,3}(?:,\d{3}){1,2}|\d{1,6})\s{0,2}"
    r"(?:件|个职位|個職位|個職缺|个岗位|개의? ?(?:채용|공고|포지션)|건)"
)
_BEYOND = 100_000
_SEARCHED = 200_000


def advertised_total(text: str) -> int | None:
    """Give the number of jobs that a list page's text plainly states; None where it does not.

    `1-20 of 143` comes before `143 open roles`; of several counts the largest is the total, for the
    others are those of departments and places.
    """
    text = text[:_SEARCHED]
    for pattern in (_RANGE, _SHOWING):
        if found := pattern.search(text):
            return _value(found.group(1))
    counts = [_value(found.group(1)) for pattern in (_COUNT, _LABEL, _CJK) for found in pattern.finditer(text)]
    plausible = [count for count in counts if count is not None]
    return max(plausible, default=None)


def _value(digits: str) -> int | None:
    number = int(re.sub(r"\D", "", digits))
    return number if number < _BEYOND else None
