"""What careers sites show beside their posts, by stems of many languages: people, fields, perks. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from jpt.text.late import late

NonJobKind = Literal[
    "people and stories", "fields of work", "how hiring goes", "what the firm offers", "whom it is for"
]

_NON_JOB: dict[NonJobKind, re.Pattern[str]] = {
    "people and stories": late(
        # English, German, French, Spanish, Italian, Portuguese, Dutch, Nordic, Finnish, Polish
        r"(?:employee|people|staff|team|our|career|success)-(?:stor(?:y|ies)|voices|profiles?|portraits?"
        r"|spotlights?)"
        r"|(?:^|-)(?:stories|story|testimonials?|portraits?|voices|interviews?|spotlights?)$"
        r"|mitarbeiter-?(?:portr|stimm|geschicht|stor|interview)|portraets|porträts|erfahrungsberichte"
        r"|menschen-bei"
        r"|t[ée]moignages?|portraits?-m[ée]tiers?|ils-nous-ont|nos-collaborateurs|nos-talents"
        r"|testimonios?|testimonianze|historias|conoce-a|nuestra-gente|le-nostre-persone|storie-di"
        r"|depoimentos|nossa-gente|nossas-pessoas|quem-somos|verhalen|collegas|onze-mensen|medewerkers-aan"
        r"|medarbetar(?:e|na|porträtt|berättelser)|möt-|mot-vara|medarbejder(?:e|historier|portr)|mød-|moed-"
        r"|(?:våre|vare)-(?:ansatte|folk)|møt-|mot-(?:oss|vare|våre)|ansatte(?:historier)?$|uratarin|tarinat"
        r"|(?:^|-)t[yö]{1,2}o?ntekij(?:at|ät|oiden|öiden|amme|ämme)|historie-pracownik|nasi-(?:ludzie|pracownicy)|poznaj-|nasz-zespol"
    ),
    "fields of work": late(
        r"^(?:unsere-)?berufe$|berufs(?:felder|bilder|feld|bild)|t[äa]tigkeitsfelder|arbeitsbereiche|einsatzbereiche|fachbereiche"
        r"|(?:^|-)m[ée]tiers$|nos-m[ée]tiers|domaines-d|(?:career|job)-(?:paths?|areas?|families|categories"
        r"|fields?)"
        r"|(?:our|business)-areas|areas-of-(?:work|expertise|interest)|what-we-do|disciplines|professions$"
        r"|(?:professional|support|corporate|shared|clinical|business)-services?$|^our-(?:teams?|departments?"
        r"|locations?|functions|roles)$"
        r"|[áa]reas-(?:profesionales|de-trabajo|de-atua)|profesiones|aree-professionali|profili-professionali"
        r"|vakgebieden|werkvelden|beroepen|yrkesområden|yrkesomraden|fagområder|fagomraader|fagomrader"
        r"|ammatit|zawody"
        r"|obszary-"
    ),
    "how hiring goes": late(
        r"(?:hiring|recruit(?:ing|ment)|application|applying|interview|selection)-?(?:process|tips|advice"
        r"|guide|faqs?)"
        r"|(?:bewerbungs|auswahl|einstellungs|recruiting)-?(?:prozess|verfahren|tipps|ablauf|hinweise|faq)"
        r"|so-bewerben|processus-(?:de-)?(?:recrutement|s[ée]lection)|(?:notre|le)-processus|conseils-candidat"
        r"|proceso-de-(?:selecci|contrata)|processo-(?:seletivo|di-selezione|de-(?:sele|recruta))"
        r"|iter-di-selezione"
        r"|(?:sollicitatie|selectie)-?(?:procedure|proces|tips)|rekryterings?-?process|anställningsprocess"
        r"|(?:ansættelses|ansaettelses|rekrutterings|ansettelses)-?(?:proces|prosess)|rekrytointi-?prosessi"
        r"|proces-rekrutacji|rekrutacja-krok|etapy-rekrutacji|選考|応募の流れ|recruitment-agenc|agency-policy"
        r"|(?:candidate|applicant)s?-(?:privacy|faq|guid|info|charter|experience|ai|portal)|(?:^"
        r"|-)ai-guidance$"
        r"|before-you-apply|accommodations?$|reasonable-adjustments|recruitment-fraud|fraud-alert|scam"
    ),
    "what the firm offers": late(
        r"^(?:employee-|our-)?benefits(?:-and-\w+)?$|(?:^|-)perks$|rewards|our-offer|was-wir-bieten"
        r"|unser-angebot|benefits-bei|vorteile"
        r"|avantages|nos-engagements|qualit[ée]-de-vie|beneficios|benef[íi]cios|vantaggi|welfare$"
        r"|arbeidsvoorwaarden|voordelen|wat-wij-bieden|f[öo]rm[åa]ner|personalegoder|goder$|fordeler"
        r"|medarbejdergoder"
        r"|^(?:ihre-|deine-|unsere-)?(?:einstiegs|entwicklungs|aufstiegs|karriere)-?m[öo]e?glichkeiten$"
        r"|^(?:die-)?karriere-?(?:stufen|wege|pfade|leiter|chancen)$|^(?:fort-und-)?weiterentwicklung$"
        r"|^career-(?:levels?|ladder|growth|progression|development)$|^(?:our-)?levels$"
        r"|^[ée]volutions?-(?:de-)?carri[èe]re|^parcours-(?:de-)?carri[èe]re|^plan-de-carrera$"
        r"|^desarrollo-(?:profesional|de-carrera)$|^desenvolvimento-(?:profissional|de-carreira)$"
        r"|^(?:percorsi|sviluppo)-(?:di-)?(?:carriera|professionale)$|^(?:doorgroei|loopbaan)-?mogelijkheden$"
        r"|^(?:karri[äæ]r|karriere)-?(?:v[äe]gar|veier|veje|muligheter|muligheder|m[öo]jligheter)$"
        r"|^urapolut$|^(?:ścieżki|sciezki)-(?:kariery|rozwoju)$|^rozwój$"
        r"|ty[öo]suhde-?edut|(?:^|-)edut$|benefity|co-oferujemy|福利厚生|kultur$|unternehmenskultur|^(?:our-"
        r"|company-)?culture$|kulturen"
        r"|(?:^|-)cultura$|^(?:onze-)?cultuur$|kulttuuri|kultura$|wellbeing|diversity|diversit[éàa]t?"
        r"|inclusion|vielfalt|mangfold"
        r"|mångfald|handicap$|moderne?-slavery|sustainability"
    ),
    "whom it is for": late(
        r"^(?:(?:\w+-){0,2})?(?:students|graduates|professionals|school-leavers|early-careers?|apprenticeships"
        r"|sch[üu]ler(?:innen)?|studierende|studenten|absolventen|berufserfahrene|berufseinsteiger"
        r"|fachkr[äa]fte"
        r"|young-professionals|quereinsteiger|auszubildende|[ée]tudiants?|jeunes-dipl[ôo]m[ée]s"
        r"|exp[ée]riment[ée]s"
        r"|estudiantes|reci[ée]n-graduados|estudantes|jovens|studenti|neolaureati|starters|studerande"
        r"|studerende"
        r"|elev(?:er)?-og-\w+|elever|l(?:æ|ae)rling(?:er|e)|praktikanter"
        r"|opiskelijat|opiskelijoille|studenci|absolwenci|veterans|military|returners)$"
    ),
}
_MEETS = late(
    r"^(?:meet|møt|möt|mød|tapaa|ontmoet|maak kennis|rencontrez|rencontre|découvrez|conoce a|conoce|conheça"
    r"|conosci"
    r"|incontra|scopri|poznaj|lerne|triff|lernen sie|entdecke|hör|høre?|lue|läs|les|lees|lire|leggi|lee|leia"
    r"|przeczytaj|sådan|så|hur|hvordan|miten|jak|come|como|cómo|comment|wie|warum|pourquoi|perché|por qué|waarom"
    r"|hvorfor|varför|miksi|dlaczego)\s",
    re.IGNORECASE,
)
_A_DAY = late(
    r"\b(?:a (?:day|week|year)|ein tag|une? journée|un día|um dia|una giornata|een dag|en dag|jeden dzień"
    r"|dzień z życia"
    r"|päivä(?!koti))\b|の一日|インタビュー|対談|座談会|社員紹介|体験記",
    re.IGNORECASE,
)
_PROGRAMME = late(
    r"\b(?:graduate|internship|trainee|apprenticeship|leadership|scholar|fellow|mentor|returner|rotational"
    r"|development|university|summer|early talent)\w*\s(?:\w+\s){0,2}(?:programs?|programmes?|schemes?)$"
    r"|\b(?:programmes?|programs?|schemes?|(?:teacher|nurse|pilot|professional|vocational) training)$",
    re.IGNORECASE,
)
_NOTICE = late(
    r"(?:policy|policies|contacts|directory|timetable|statement|notice|guidance|charter"
    r"|terms and conditions|monitoring form|richtlinie"
    r"|erklärung"
    r"|hinweise|merkblatt|informationen zum|politique|mentions légales|aviso legal|política|informativa"
    r"|regolamento"
    r"|verklaring|policyn?|erklæring|tietosuoja\w*|regulamin|klauzula \w+)$",
    re.IGNORECASE,
)
_STUDY = late(
    r"\b(?:interview questions|salary guide|salaries|how to become|cv template|resume template|cover letter"
    r"|career advice|job description template)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4_096)
def non_job_kind(segment: str) -> NonJobKind | None:
    """Return what a path segment (lower case) shows beside posts; None if it is not known for that."""
    name = segment.replace("_", "-")
    return next((kind for kind, pattern in _NON_JOB.items() if pattern.search(name)), None)


def non_job_kind_named(text: str) -> NonJobKind | None:
    """Return what the whole text of a link, as short as a menu's, names beside posts."""
    return non_job_kind("-".join(text.lower().split())) if len(text) <= 60 else None


def meets_people(text: str) -> bool:
    """Return whether *text* introduces somebody or tells how things are: Møt Kari, A day in the life, Wie wir…"""
    return bool(_MEETS.match(text) or _A_DAY.search(text))


def names_programme(text: str) -> bool:
    """Return whether *text* ends in a programme or scheme, which may be one post or a page about many."""
    return bool(_PROGRAMME.search(text))


def names_notice(text: str) -> bool:
    """Return whether *text* ends in a policy, a notice or a form for applicants."""
    return bool(_NOTICE.search(text.strip(" .!»>→›"))) or bool(_STUDY.search(text))
