"""Words that several rules share. Pure."""

from __future__ import annotations

import re

from jpt.extract.experience.clause import Clause

STUDY = (
    r"(?:degree|college|universit|diploma|course\b|bachelor|master|institution|stud(?:y|ies)\b|undergrad"
    r"|high school|programme?\b|curriculum|certificat|apprenticeship|school\b|schooling|coursework"
    r"|post-?secondary|graduate\b|education\b"
    r"|nursing school|technical school|trade school|vocational|associate|vwo|lehre\b|ausbildung|studium|bac\b"
    r"|educational|license|tertiary|accredited|academic)"
)
WANTED = re.compile(
    r"\b(?:you|your|you'll|you've|you're|must|required?|requires|requiring|requirements?|candidates?|applicants?"
    r"|minimum|min\.?|at least|least|need(?:s|ed)?|seek(?:ing|s)?|ask(?:s|ing)? for|expect(?:s|ed|ing)?"
    r"|looking|look for|qualif\w+|should|hiring"
    r"|individuals?|someone|person|typically|ideal|accept|degrees?|doctorate|registration|bachelor\w*|master'?s|diploma|phd|possess"
    r"|suit(?:s|able)?|successful|eligible|"
    r"mindestens|sie|du|deine?|ihre?|sucht|suchen|profil|vous|votre|recherch\w+|minimum|usted|tienes|buscamos"
    r"|minimo|minima|requerid\w+|exige|jij|je|jouw|minimaal|zoeken|bezit|hast|haben|verfugst|verfugen|bringst"
    r"|bringen|idealement|almenos|menos|moins|experience required|years experience required)\b"
)
BIG = re.compile(r"\b(?:over|nearly|almost|than|celebrat\w+|plus)\s+(?:the )?$")
COMPANY_SUBJECT = re.compile(
    r"\b(?:we|we're|we've|our|ours|us|company|firm|organi[sz]ation|group|agency|corporation|practice|family"
    r"|business|inc|llc|ltd|gmbh|provider|leader in|has been|have been|was founded|serving|wir|unser\w*|nous"
    r"|notre|nuestr\w+|onze|clients have|brand|school|hospital|founders?|its|unternehmen|entreprise|empresa"
    r"|bedrijf|has (?:grown|built|served|helped|provided|become|led|been|delivered|offered|steadily|connected"
    r"|empowered|brought))\b"
)
OPENING = re.compile(
    r"^[\W\d_]*(?:(?:have|has|having|must|you|you'll|with|a|an|the|minimum|min\.?|at|least|of|about|around"
    r"|approx\w*|typically|generally|usually|over|more|than|possess\w*|possesses|bring|need|should|ideal\w*"
    r"|proven|requires?|required|candidate|and|plus|or|experience|related|work|professional|absolute|total"
    r"|overall|relevant|mandatory|not|fewer|less|exp|up|to|least|no|between|minimal|mindestens|minimaal|minimo"
    r"|au|moins|ten|minste|al|menos|degree|bachelor's|master's|phd|bs|ms|ba)\b[\W_]*)*$"
)
DEGREE = re.compile(
    r"\b(?:degrees?|bachelor\w*|master'?s|b\.?s\.?c?|b\.?a|m\.?s\.?c?|m\.?b\.?a|ph\.?d|doctorate|diploma|ged"
    r"|college|university|education|graduat\w+|certificat\w+|credit hours|associate'?s|studium|abschluss|licence"
    r"|bac ?\+ ?\d|school|schooling|licen[cs]e|cpa|cfa|credits|coursework|training)\b"
)
TOO_MUCH = re.compile(
    r"[^.;?]{0,90}\b(?:(?:will|can|would|do|does|are|is) ?not|won't|cannot|can't|aren't"
    r"|isn't) (?:be )?(?:considered"
    r"|eligible|accepted|shortlisted|qualify|a fit|suitable)|[^.;?]{0,90}\b(?:overqualified|over-qualified"
    r"|too senior)"
)


def shuts_out_less(clause: Clause) -> bool:
    """Tell whether it says that less than so much is not enough: then so much is required."""
    return bool(
        TOO_MUCH.match(clause.after) and re.search(r"\b(?:(?:less|fewer) than|under|below)\W*$", clause.before)
    )
