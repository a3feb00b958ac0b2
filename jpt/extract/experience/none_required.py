"""Statements that no experience is required, in the languages that are read. Pure."""

from __future__ import annotations

import re

from jpt.extract.experience.wording import Wording
from jpt.text.late import late

_KIND = (
    r"(?:(?:prior|previous|work|working|professional|relevant|specific|formal|minimum|job|related|direct"
    r"|particular) )*"
)
_GENERAL = {
    "en": rf"\b(?:no|zero) (?:years? of )?{_KIND}experience (?:is |are |at all |whatsoever )*"
    r"(?:required|needed|necessary|essential|expected|mandatory|demanded)\b"
    rf"|(?:^|(?<=[.;:!?•\n(*])|(?<=[.;:!?•\n(*,-] )){_KIND}experience (?:is "
    rf"|are )?(?:absolutely )?not (?:required|needed|necessary|essential"
    r"|mandatory|a must|a requirement)\b"
    rf"|\b(?:you (?:do not|don't|won't) need|no need for|(?:we|which) (?:do not|don't) (?:require|expect"
    rf"|need)|does not require|doesn't require)"
    rf" (?:to have )?(?:any )?{_KIND}experience\b(?! (?:with|in|of|using|as))"
    rf"|\b(?:candidates|applicants|people|those|anyone) without (?:any )?{_KIND}experience (?:are |is |may "
    rf"|can |should )*(?:welcome|apply|considered)"
    r"|\bno experience\?",
    "de": r"\bkeine(?:rlei)? (?:vor|berufs|praktische |einschlagige |fachliche )*(?:erfahrung"
        r"|kenntnisse?)(?:en)? (?:ist |sind |wird )?"
    r"(?:erforderlich|notwendig|notig|vorausgesetzt|benotigt|zwingend)"
    r"|(?:berufs|vor)?erfahrung(?:en)? (?:ist |sind |wird )(?:nicht|keine) (?:zwingend )?(?:erforderlich"
    r"|notwendig|notig|vorausgesetzt|voraussetzung)"
    r"|\bauch ohne (?:berufs|vor|praktische )?erfahrung\b|\bbrauchst (?:du )?keine (?:berufs|vor)?erfahrung",
    "fr": r"\baucune experience (?:\w+ )?(?:n'est |est )?(?:requise|exigee|necessaire|demandee|obligatoire)"
    r"|\bexperience (?:n'est )?(?:pas|non) (?:requise|exigee|necessaire|obligatoire|indispensable)"
    r"|\bsans experience (?:acceptee?s?|exigee|requise|bienvenu\w*)|\bdebutant(?:\(e\)|e|s)* acceptee?s?\b",
    "es": r"\bno (?:se )?(?:requiere|necesita|necesitas|exige|precisa|es necesari[oa]|es imprescindible"
        r"|es obligatori[oa]|hace falta)"
    r" (?:tener |de |contar con )?(?:la |ninguna )?experiencia(?: previa| laboral| especifica"
    r"| minima)?\b(?! (?:en|con|como) )"
    r"|\bexperiencia(?: previa| laboral)? no (?:es )?(?:requerida|necesaria|imprescindible|obligatoria)"
    r"|\bsin (?:necesidad de )?experiencia(?: previa)?(?: necesaria| requerida)?(?=\s*(?:[.,;)\n]|$))",
    "nl": r"\bgeen (?:werk|relevante )?ervaring (?:is |zijn )?(?:nodig|vereist|noodzakelijk)"
    r"|(?:werk)?ervaring (?:is )?niet (?:nodig|vereist|noodzakelijk|verplicht)"
    r"|\b(?:ook )?zonder (?:werk)?ervaring (?:kun|kan|ben|welkom|mag)"
    r"|\bgeen ervaring\?",
    "it": r"\bnessuna esperienza (?:\w+ )?(?:e )?(?:richiesta|necessaria)"
    r"|\bnon (?:e|si|viene) (?:richiesta|richiede|necessaria) (?:alcuna |nessuna |una )?(?:precedente "
    r"|pregressa )?esperienza\b(?! (?:in|con|nel) )"
    r"|\besperienza non (?:richiesta|necessaria|indispensabile)|\banche (?:senza esperienza|prima esperienza)",
    "pt": r"\bnao (?:e |ha )?(?:necessari[ao]|necessidade de|exig\w+|precisa\w*|requer\w*) (?:de |ter "
        r"|ter )?experiencia\b(?! (?:em|com|na|no) )"
    r"|\bexperiencia nao (?:e )?(?:necessaria|exigida|obrigatoria|requerida)"
    r"|\bsem (?:necessidade de )?experiencia(?: previa)?(?=\s*(?:[.,;)\n]|$))"
    r"|\bnenhuma experiencia",
    "sv": r"\bingen (?:tidigare |arbetslivs)?erfarenhet (?:kravs|behovs|ar nodvandig)"
        r"|\berfarenhet (?:kravs inte|ar inte (?:ett )?(?:krav|nodvandig))"
    r"|\b(?:inga|inget) krav på (?:tidigare )?erfarenhet|\bbehover (?:inte"
    r"|ingen) (?:ha )?(?:tidigare )?erfarenhet",
    "da": r"\bingen (?:tidligere |saerlig )?erfaring (?:er )?(?:nodvendig|påkravet|kraves|pakravet)"
    r"|\berfaring (?:er )?ikke (?:et krav|nodvendig\w*|påkravet|et must)|\b(?:intet|ikke noe"
    r"|ingen) krav om (?:tidligere )?erfaring"
    r"|\bbehover (?:ikke|ingen) (?:tidligere )?erfaring",
    "pl": r"\bdoswiadczenie (?:zawodowe )?nie jest (?:wymagane|konieczne)"
        r"|\bnie wymagamy (?:wczesniejszego )?doswiadczenia|\bbez doswiadczenia"
    r"|\bbrak wymaganego doswiadczenia",
}  # fmt: skip
_FIELD = (
    r"(?:^|\n)[ *•|-]{0,4}(?:(?:minimum|required|work|years of|total|relevant|previous) )*"
    r"(?:experience|berufserfahrung|experiencia|ervaring|werkervaring|esperienza|erfarenhet|erfaring)"
    r"(?: (?:required|needed|level|minima|laboral|requerida|requise|richiesta|vereist|previa"
    r"|nodig))*(?: ?\((?:in )?years\))?"
    r"\s{0,2}[:|]?\s{0,3}(?:none(?: required| needed| necessary)?|not required|no experience|nil|keine"
    r"|aucune|ninguna|no requerida|sin experiencia"
    r"|no es necesaria|geen|nessuna|nenhuma|sem experiencia|ingen|debutant accepte)[ .*)]*(?=\n|$|[|;,.])"
)
_NONE = late("|".join((*_GENERAL.values(), _FIELD)), re.MULTILINE)
_STEM = late(r"exper|erfa|ervaring|esper|doswiadcz|debutant|kenntnis")

_NEAR = 120
"""Characters round a word for experience that are read."""
_DENIES = late(
    r"\b(?:no|not|none|zero|nil|without|[a-z]+n't|keine?\w*|nicht|ohne|brauchst|aucune|sans|pas|debutants?|sin"
    r"|ninguna|geen|niet|zonder"
    r"|nessuna|non|senza|anche|nao|sem|nenhuma|ingen|inte|inga|inget|ikke|intet|nie|bez|brak)\b"
)


def none_asked(words: Wording) -> tuple[int, int] | None:
    """Return the span of the first words that ask for no experience at all; None without such words."""
    low = words.low
    match: re.Match[str] | None = None
    for stem in _STEM.finditer(low):
        start, end = max(0, stem.start() - _NEAR), min(len(low), stem.end() + _NEAR)
        if not _DENIES.search(low, start, end):
            continue
        match = _NONE.search(low, start, end)
        if match is not None:
            break
    if match is None:
        return None
    start = match.start() + len(match[0]) - len(match[0].lstrip("\n *•|-"))
    return start, match.end()
