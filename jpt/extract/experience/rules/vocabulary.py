"""Words that several rules share. Pure."""

from __future__ import annotations

import re

from jpt.extract.experience import lexicon
from jpt.extract.experience.clause import Clause
from jpt.extract.experience.lexicon import words
from jpt.text.late import late

STUDY = (
    r"(?:degree|college|universit|diploma|course\b|bachelor|master|institution|stud(?:y|ies|ium|ies|e|en"
    r"|ier)\b|undergrad"
    r"|high school|programme?\b|curriculum|certificat|apprenticeship|school\b|schooling|coursework"
    r"|post-?secondary|graduate\b|education\b"
    r"|nursing school|technical school|trade school|vocational|associate|vwo|lehre\b|ausbildung|bac\b"
    r"|educational|license|tertiary|accredited|academic|estudios|carrera|formacion|d'etudes|etudes|opleiding"
    r"|hbo\b|studi\b"
    r"|estudo|faculdade|utbildning|uddannelse|studiow|nauki\b|laurea|berufsschul|lehrzeit|grado\b)"
)
WANTED = late(rf"\b(?:{words(lexicon.WANTED)})\b")
BIG = late(rf"\b(?:celebrat\w+|plus|than|{words(lexicon.MORE_THAN)})\s+(?:the |de )?$")
COMPANY_SUBJECT = late(rf"\b(?:{words(lexicon.WE)})\b")
OPENING = late(
    r"^[\W\d_]*(?:(?:few|several|some|mehrere|quelques|varios|enkele|reqs?|requirements?|profile|have|has"
    r"|having|must|you|you'll|with|a|an|the|minimum"
    r"|min\.?|at|least|of|about|around"
    r"|approx\w*|typically|generally|usually|over|more|than|possess\w*|possesses|bring|need|should|ideal\w*"
    r"|proven|requires?|required|candidate|and|plus|or|experience|related|work|professional|absolute|total"
    r"|mit|mehr|als|uber|eine?|du|sie|hast|haben|verfugst|verfugen|bringst|bringen|idealerweise|avec|une"
    r"|vous|avez|avoir|justifiez"
    r"|de|d'|con|tener|tienes|una|experiencia|experience|berufserfahrung|erfahrung|ervaring|met|een|je|jij"
    r"|hebt|beschikt|over"
    r"|esperienza|di|com|uma|med|ett|et|du|har|en|z|erfarenhet|erfaring|doswiadczenie"
    rf"|{words(lexicon.AT_LEAST, lexicon.MORE_THAN)}"
    r"|overall|relevant|mandatory|not|fewer|less|exp|up|to|least|no|between|minimal|mindestens|minimaal|minimo"
    r"|au|moins|ten|minste|al|menos|degree|bachelor's|master's|phd|bs|ms|ba)\b[\W_]*)*$"
)
DEGREE = late(
    r"\b(?:degrees?|diplomes?|bachelor\w*|master'?s|b\.?s\.?c?|b\.?a|m\.?s\.?c?|m\.?b\.?a|ph\.?d|doctorate"
    r"|diploma|ged"
    r"|college|university|education|graduat\w+|certificat\w+|credit hours|associate'?s|studium|abschluss"
    r"|licence"
    r"|bac ?\+ ?\d|titulo|titulacion|fp|licenciatura|laurea|opleiding|ausbildung|utbildning|uddannelse"
    r"|utdanning|wyksztalcenie|bts|dut|hbo|mbo|school|schooling|licen[cs]e|cpa|cfa|credits|coursework"
    r"|training)\b"
)
SIMILAR_WORK = (
    r"\b(?:work|arbeit|tatigkeit|werk|travail|trabajo|lavoro|trabalho|arbete|arbejde|praca) (?:in|en|em|dans|na|i)"
    r" (?:[a-z]+ ){0,2}(?:similar|ahnlich|vergleichb|vergelijkb|simil|semelhante|liknande|lignende|podobn)"
)
"""`Work in a similar position`: experience by another name."""
TOO_MUCH = late(
    r"[^.;?]{0,90}\b(?:(?:will|can|would|do|does|are|is) ?not|won't|cannot|can't|aren't"
    r"|isn't) (?:be )?(?:considered"
    r"|eligible|accepted|shortlisted|qualify|a fit|suitable)|[^.;?]{0,90}\b(?:overqualified|over-qualified"
    r"|too senior)"
)


def shuts_out_less(clause: Clause) -> bool:
    """Return whether it says that less than so much is not enough: then so much is required."""
    return bool(
        TOO_MUCH.match(clause.after) and re.search(r"\b(?:(?:less|fewer) than|under|below)\W*$", clause.before)
    )
