"""What a heading of a post says of the lines below it, in the languages that are read. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from jpt.text.late import late

Kind = Literal[
    "required", "preferred", "company", "benefits", "duties", "jobs", "page", "questions", "ideal", "none"
]

_REMEMBERED = 4096
"""Headings that are kept with what they say: posts share most of theirs."""

_PREFERRED = {
    "en": r"preferred|preferen|preferably|\bdesir(?!ed (?:candidate )?profile)|nice[- ]to[- ]have|nice but"
    r"|bonus (?:point|skill|qualif|experience|if|for)|^bonus$|good[- ]to[- ]have|great[- ]to[- ]have"
    r"|(?:would|will) be (?:nice|great|good|a plus|an? (?:added )?(?:advantage|bonus|asset)|advantageous"
    r"|beneficial)"
    r"|\ba (?:big |huge |strong |definite )?(?:plus|bonus)\b|^plus(?:es)?\b|extra credit|brownie|advantageous"
    r"|\bideal(?:ly)?\b|(?:we'd|we would|would) (?:also )?love|stand out|set you apart|(?<!not )\boptional"
    r"|not required|not essential|\bbeneficial|an (?:added )?advantage|asset|^negotiables?$|even better",
    "de": r"wunschenswert|von vorteil|idealerweise|pluspunkt|das ware (?:schon|toll)|wunschqualif",
    "fr": r"un plus|(?<!profil )souhait|apprecie|serait un|^les plus\b|\batouts?\b",
    "es": r"^(?:otros )?meritos\b|deseable|valorable|se valora|valoramos|preferible|^plus\b",
    "nl": r"\b(?:functie)?wensen\b|pluspunt|\bpre\b|mooi meegenomen|bij voorkeur",
    "it": r"preferenzial|gradit\w|costituir\w+ (?:un )?(?:titolo|plus)|nice to have",
    "pt": r"^meritos\b|desejave|diferencia(?:l|is)\b|valorizad|valorizamos",
    "sv": r"meriterande|onskvart|\bett plus\b|merit\b",
    "da": r"en fordel|onskelig|et plus|foretrukn",
    "pl": r"mile widzian|dodatkow\w+ atut|atutem|nie wymagamy, ale",
}
_REQUIRED_TOO = late(
    r"\brequire[ds]|requirements?|must|minimum|mandatory|\bessential\b(?! functions)|and preferred|/ ?preferred"
    r"|basic qual|erforderlich|anforderung|voraussetzung|vereist|requisitos (?:y|e)|exige|krav (?:och|og)"
    r"|wymagan"
)
_NOT_REQUIRED = late(
    r"not (?:be )?(?:required|mandatory|essential|a must)|nicht erforderlich"
    r"|niet vereist"
)
_REQUIRED = {
    "en": r"requirements?\b|required\b|require:?$|qualifications?\b|qualified\b|must[- ]haves?|you must|minimum"
    r"|essential (?:skills|criteria|experience|qual|req|job crit)"
    r"|what (?:do )?(?:you|we)(?:'ll|'re| will| are)? ?(?:also )?(?:need|bring|look|have|expect|require|want"
    r"|seek)|who (?:you are|we're looking|we are looking|are you)"
    r"|about (?:you|yourself)\b|you (?:have|bring|are|should|need|will (?:have|need|bring)|'ll)|you'll (?:have"
    r"|need|bring|be successful)|your (?:profile|background|experience|skills|qualif|strength|talent)"
    r"|looking for|\bcriteria|candidate|eligib|you might thrive|good fit|be a fit|be successful|to succeed"
    r"|^you$|what it takes|we're after|person spec|education"
    r"|\bexperience\b|\bskills\b|\bcompetenc|knowledge|mandatory|prerequisite|we seek|we ask|your toolkit"
    r"|here is what|basic|desired (?:candidate )?profile",
    "de": r"profil\b|anforderung|voraussetzung|das bringst|mitbring|erfahrung(?:en)?\b|qualifikation|kenntnisse"
    r"|wir erwarten|du bringst|sie bringen|was du mit|was sie mit|zeichnet (?:dich|sie) aus|wen wir suchen"
    r"|das hast du|\bbring(?:en|st|t)\b.*\bmit$|wen suchen wir|(?:was|wonach) wir suchen"
    r"|was (?:dich|sie) auszeichnet"
    r"|was wir (?:uns )?(?:von (?:dir|ihnen) )?(?:wunschen|erwarten)|das erwarten wir|(?:dein|ihr) background"
    r"|pass(?:t|en) (?:du |sie )?zu uns,? wenn|was du kannst|so stellen wir uns (?:dich|sie)"
    r"|(?:du|sie) biete(?:st|n)$"
    r"|(?:wo|da)mit (?:du|sie|punkte|begeister|uberzeug)\w*\b.*\bunse?r?s?\b"
    r"|uberzeug\w+ (?:sie|du)|mit diesen|dein know-how|ihr hintergrund",
    "fr": r"competences|exigences|prerequis|pre-requis|vous etes|qui etes[- ]vous|nous recherchons"
    r"|votre parcours"
    r"|formation\b|qualifications|ce que vous apportez",
    "es": r"requisitos|requerimientos|perfil\b|perfiel|experiencia\b|formacion|conocimientos|competencias"
    r"|que buscamos"
    r"|buscamos\b|que esperamos|necesitas|se requiere|imprescindible|que pedimos|estudios",
    "nl": r"functie-?eisen|vragen wij|wij vragen|we vragen|profiel|wie ben (?:jij|je)|wat breng|breng jij"
    r"|eisen\b|vereisten"
    r"|ervaring\b|kwalificaties|wij zoeken|we zoeken|neem je mee|jij hebt|jij bent|dit ben jij|heb jij"
    r"|wat heb je|vaardigheden"
    r"|opleiding\b|wat verwachten",
    "it": r"requisiti|competenze|esperienza\b|profilo|cerchiamo|chiediamo|candidato ideale|formazione"
    r"|conoscenze|chi sei",
    "pt": r"qualificacoes|requisitos|experiencia\b|o que (?:buscamos|esperamos|procuramos)|voce precisa"
    r"|formacao|conhecimentos"
    r"|perfil|o que esperamos|obrigatorio",
    "sv": r"kvalifikationer|\bkrav\b|vi soker|vem är du|vem ar du|din profil|din bakgrund|om dig\b"
    r"|erfarenhet|kompetens\w*"
    r"|vi soker dig|du har\b|utbildning",
    "da": r"kvalifika\w+|vi soger|hvem er du|om deg\b|baggrund|bakgrunn|erfaring\b|kompetencer|kompetanse"
    r"|vi forventer"
    r"|utdanning|uddannelse|onskede kval",
    "pl": r"wymagania|wymagamy|oczekujemy|oczekiwania|kogo szukamy|doswiadczenie\b"
    r"|czego (?:od ciebie )?oczekujemy"
    r"|kwalifikacje|umiejetnosci|wyksztalcenie|kim jestes\b",
}
_PLAIN = late(
    r"(?:dein|ihr|euer|your|votre|tu|jouw|uw|din)e? (?:profile?|skills?|background|qualifi[kc]\w+"
    r"|areas of knowledge|perfil|profiel|competences)\b"
    r"|.*\bbring(?:st|en|t) (?:du|sie|ihr) (?:dafur )?mit$|.*play to your strengths$"
)
"""Words that head what is required however long the heading is."""
_WEAK = late(
    r"^(?:(?:professional |work |relevant |technical |and |& |/ ?|, )*(?:experience|education|skills|knowledge"
    r"|competenc\w+))+\W*$"
)
_COMPANY = {
    "en": r"\babout (?:us\b|our\b|the (?:company|team|organi[sz]ation|firm|business|group|school|client"
    r"|agency))"
    r"|who we are(?! (?:looking|searching|seeking|after|hiring))|company (?:desc|over|prof|info|back)"
    r"|\bour (?:story|history|company|mission|values|culture|team"
    r"|client)|why (?:join|work|choose|us\b)|life (?:at|here)|^about [a-z0-9&.' -]{2,40}$|^who is |^company$",
    "de": r"uber uns|wer wir sind|das sind wir|unser unternehmen|ihr arbeitgeber|wir uber uns|warum wir",
    "fr": r"qui sommes[- ]nous|a propos|l'entreprise|notre entreprise|presentation de|la societe|pourquoi nous",
    "es": r"sobre nosotros|quienes somos|sobre la empresa|la empresa|nuestra empresa|conocenos",
    "nl": r"over ons|wie zijn wij|wie wij zijn|over het bedrijf|het bedrijf|ons bedrijf|waar ga je werken"
    r"|de organisatie",
    "it": r"chi siamo|l'azienda|la nostra azienda|azienda$",
    "pt": r"quem somos|sobre (?:nos|a empresa|a gente)\b|nossa empresa",
    "sv": r"om oss|om foretaget|vi är\b|om arbetsgivaren",
    "da": r"om os\b|om virksomheden|om selskapet|hvem er vi",
    "pl": r"o nas\b|o firmie|kim jestesmy",
}
_ABOUT_WORK = late(
    r"about (?:the|this|your)? ?(?:role|job|position|opportunit|work|internship|vacancy|project|program)"
    r"|about you"
)
_BENEFITS = {
    "en": r"\bbenefits?\b|perks|what (?:we|you'll|you will) (?:offer|get|receive)|we offer|compensation|salary"
    r"|\bpay (?:range|transp|rate)|reward|remuneration|what's in it|in it for you|how we invest|time off"
    r"|^bonus pay"
    r"|stipend",
    "de": r"wir bieten|bieten wir|das erwartet (?:dich|sie)|unser angebot|deine vorteile|ihre vorteile"
    r"|leistungen\b|was wir dir"
    r"|was wir ihnen|darauf (?:kannst|konnen)",
    "fr": r"nous offrons|offrons|avantages|nous proposons|remuneration|ce que nous vous",
    "es": r"ofrecemos|beneficios|se ofrece|condiciones|que te ofre|salario",
    "nl": r"wij bieden|wat bieden|bieden wij|arbeidsvoorwaarden|ons aanbod|dit krijg je|dat bieden|we bieden"
    r"|krijg je ervoor",
    "it": r"offriamo|si offre|benefit\b|cosa offr|vantaggi|retribuzione",
    "pt": r"beneficios|oferecemos|o que oferecemos|remuneracao",
    "sv": r"vi erbjuder|formaner|vi tilbyder|vi tilbyr|det erbjuder",
    "da": r"vi tilbyder|vi tilbyr|tilbyder vi|fordele\b",
    "pl": r"oferujemy|benefity|co oferujemy|zapewniamy|wynagrodzenie",
}
_DUTIES = {
    "en": r"responsibilit|\bduties\b|what (?:you'll|you will|you'd) (?:do|be|work|own)|^the role|^role\b"
    r"|the opportunity|^the (?:job|position)$|(?:job|position|role) (?:desc|summ|purp|over|obj)|your (?:role"
    r"|mission|impact|tasks|day)|accountab|day[- ]to[- ]day|a day in|key (?:task|deliver)"
    r"|overview|^summary|^description|how you(?:'ll| will)|in this role|scope|working conditions"
    r"|physical (?:demand|req)|essential (?:functions|duties)"
    r"|work(?:ing)? environment|how to apply|to apply\b|application (?:process|instr)|residency"
    r"|equal (?:employment )?opportunit|\beeo\b|schedule|location|additional info|travel|our (?:tech )?stack"
    r"|interview process",
    "de": r"\baufgaben|tatigkeit|das machst du|stellenbeschreibung|einsatzort|arbeitsort|verantwortung"
    r"|bewirb dich|kontakt$",
    "fr": r"\bmissions?\b|responsabilites|le poste|description du poste|vos taches|votre role|lieu\b",
    "es": r"funciones|responsabilidades|tareas|descripcion|tu mision|que haras|ubicacion|horario",
    "nl": r"\btaken\b|functieomschrijving|wat ga je doen|werkzaamheden|de functie|de baan|jouw rol"
    r"|verantwoordelijk"
    r"|solliciteren|sollicitatie",
    "it": r"mansioni|responsabilita|attivita|cosa farai|di cosa|il ruolo|sede\b|descrizione",
    "pt": r"responsabilidades|atividades|atribuicoes|funcoes|descricao|o que voce vai|local\b",
    "sv": r"arbetsuppgifter|om tjansten|om rollen|rollen|ansvarsomraden|ansok|dina uppgifter",
    "da": r"arbejdsopgaver|arbeidsoppgaver|opgaver|oppgaver|om (?:jobbet|stillingen|rollen)|ansvars?omrader"
    r"|ansøg|ansvarsområ",
    "pl": r"obowiazk|zakres|zadania|twoja rola|opis stanowiska|lokalizacja|miejsce pracy",
}
_QUESTIONS = late(
    r"(?:supplemental|supplementary|screening|application|applicant|pre-?screen(?:ing)?|required|additional"
    r"|vragenlijst"
    r"|knock-?out) (?:questions?|questionnaire)\b|^questions?$|^questionnaire\b|preguntas|bewerbungsfragen"
    r"|fragebogen"
    r"|questions? (?:de|du) |sollicitatievragen|domande\b|perguntas|urvalsfragor|screeningsporg"
)
_JOBS = late(
    r"(?:similar|related|more|other|recommended|suggested|latest|featured|nearby) (?:jobs|job openings|openings"
    r"|positions|roles|opportunit|vacanc|careers)|people also (?:viewed|searched)|jobs (?:you might|you may"
    r"|for you|like this|near)|^recommended\b"
    r"|(?:you )?(?:may|might) also (?:be interested|like)|also of interest|other people viewed|ahnliche (?:jobs"
    r"|stellen)|weitere (?:jobs|stellen)|offres similaires|autres offres|empleos similares|ofertas similares"
    r"|otras ofertas|offerte simili|altre offerte|vagas semelhantes|outras vagas|liknande jobb|lignende job"
    r"|podobne oferty|inne oferty"
    r"|vergelijkbare (?:vacatures|banen)|andere vacatures|meer vacatures|explore (?:more|other) (?:jobs"
    r"|roles|opp)"
)
_PAGE = late(
    r"^(?:refine|(?:all )?filters?\b)|^meet (?:your|our|the) |salary insights|average base salary|career advice"
    r"|employee stories|privacy notice|self-identification|submit your application"
    r"|^follow us|job alerts?|^promoted$|^sponsored$|interested in this role|^apply for this job$"
    r"|^application form|^share this|testimonial|talent community|terms of use|datenschutz|page helpful"
)


def _any(table: dict[str, str]) -> re.Pattern[str]:
    return late("|".join(table.values()))


_PREFERS, _REQUIRES, _TELLS_COMPANY, _GIVES, _DOES = map(
    _any, (_PREFERRED, _REQUIRED, _COMPANY, _BENEFITS, _DUTIES)
)
_GENERIC = (
    r"(?:(?:qualif\w+|functie|puesto|poste|stelle|skills?|experiences?|requirements?|points?|criteria"
    r"|competenc\w+|knowledge|attributes"
    r"|abilities"
    r"|characteristics|credentials|education|background|certifications?|licen[cs]es?|extras?|profile"
    r"|candidates?"
    r"|if|you|we|it|that|they|these|this|the|our|your|my|of|for|and|or|but|in|to|with|as|is|are|an?|also|not"
    r"|have|having"
    r"|has|work|job|technical|professional|additional|other|following|any|some|what|things?|to haves?|haves?"
    r"|strong|highly|very"
    r"|big|huge|definite|added|would|will|be|points if|us|at|on|who|make|makes|get|love|see|even|better|all"
    r"|earn|role|position"
    r"|kenntnisse|erfahrung\w*|fahigkeiten|qualifikation\w*|sind|ist|ein|und|das|ware|waere|conocimientos"
    r"|experiencia|requisitos"
    r"|competencias|aspectos|se|un|y|que|lo|son|seria|habilidades|competences|profil|est|serait|et|les|tes"
    r"|vos|wat|is|een|het"
    r"|competenze|requisiti|titoli|sono|e|o|requisitos|erfarenhet|kompetens\w*|ar|det|er|nu|som|wymagania"
    r"|umiejetnosci"
    r"|[0-9]+)\b[\W_]*)*"
)
_PREFERENCE = (
    r"(?:preferred|preferences?|preferably|prefer|desired|desirable|desirables?|nice[- ]to[- ]haves?|nice"
    r"|good[- ]to[- ]haves?"
    r"|great[- ]to[- ]haves?|good|great|bonus|plus(?:es)?|extra credit|brownie|advantageous|advantages?"
    r"|ideal(?:ly)?|optional"
    r"|stand out|set(?:s)? (?:you )?apart|not required|not essential|beneficial|assets?|negotiables?|required"
    r"|" + "|".join(value for key, value in _PREFERRED.items() if key != "en") + r")\w*[\W_]*"
)
_BARE_PREFERENCE = late(rf"{_GENERIC}{_PREFERENCE}{_GENERIC}(?:{_PREFERENCE}{_GENERIC})?")

_IDEAL = late(
    r"\bideal (?:candidate|applicant|profile|person|background|team member|match|fit)"
    r"|\bideale?[rn]? (?:kandidat|bewerber)|candidat ideal"
    r"|(?:candidat[oa]|perfil|profil) ideal|ideale kandidaat"
)
"""Whom they would like best: what is preferred, but where a least is named it is asked for."""


@lru_cache(_REMEMBERED)
def page_kind(bare: str) -> Kind | None:
    """Return what of the page around the post a line is, if it is that."""
    if _JOBS.search(bare) and len(bare) < 60:
        return "jobs"
    return "page" if len(bare) < 60 and _PAGE.search(bare) else None


@lru_cache(_REMEMBERED)
def heading(bare: str, *, colon: bool) -> Kind | None:
    """Judge the words of a heading, in lower case and without marks."""
    bare = bare.replace(" - ", " ")
    if bare.count(" ") >= (10 if colon else 6):
        return None
    if _QUESTIONS.search(bare):
        return "questions"
    if _PREFERS.search(bare) and not (_REQUIRED_TOO.search(bare) and not _NOT_REQUIRED.search(bare)):
        # "MBA preferred" is no heading: it names a thing, and speaks of nothing below.
        if _IDEAL.search(bare):
            return "ideal"
        return "preferred" if colon or _BARE_PREFERENCE.fullmatch(bare) else None
    if _ABOUT_WORK.search(bare):
        return "required" if "about you" in bare and "your" not in bare else "duties"
    if _GIVES.search(bare) and not re.search(r"require|qualif|eligib", bare):
        return "benefits"
    if _TELLS_COMPANY.search(bare):
        return "company"
    if _DOES.search(bare) and not re.search(r"requirement|qualif|experience", bare):
        return "duties"
    if _PLAIN.match(bare) or (_REQUIRES.search(bare) and (colon or bare.count(" ") < 5)):
        return "required"
    return None


def is_weak(bare: str) -> bool:
    """Return whether a heading only names a field, so that it may stand below another heading."""
    return _WEAK.match(bare) is not None


def requires_too(bare: str) -> bool:
    """Return whether a heading, whatever else it says, says that what follows is required."""
    return _REQUIRED_TOO.search(bare) is not None
