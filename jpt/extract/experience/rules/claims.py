"""Claims: how the words round a statement say that it is experience that somebody must have. Pure."""

from __future__ import annotations

import re

from jpt.extract.experience import lexicon
from jpt.extract.experience.clause import EXPERIENCE, SAYS_EXPERIENCE, Clause
from jpt.extract.experience.lexicon import BOUND, words
from jpt.extract.experience.reasons import Reason
from jpt.extract.experience.rules.rule import Claim, Rule, after, bare, before
from jpt.extract.experience.rules.vocabulary import COMPANY_SUBJECT, DEGREE, OPENING, SIMILAR_WORK, STUDY, WANTED
from jpt.text.late import late

_ON_A_RUNG = late(
    r"\b(?:degrees?|bachelor'?s?|master'?s?|b\.?s\.?c?|b\.?a|m\.?s\.?c?|m\.?b\.?a|ph\.?d\.?|doctorate"
    r"|diploma|ged)"
    r"[^.;]{0,30}(?:\b(?:and|with|plus|or)|[+,:(&-])\s*(?:a minimum of |at least )?$"
)
"""A rung of a ladder: `Bachelor's and 6 years' experience; Master's and 4 years`."""
_LEVELS = late(
    r"\b(?:i{1,3}|iv|v|[1-6]|[abc]|junior|senior|lead|entry|mid|associate|principal|staff|level"
    r"|grade)\s*[(:-]\s*$"
)
_NESTS = late(r"'?s?\s[^.;]{0,80}?[,(]\s?(?:with |including |at least ){0,2}\w{1,6} of (?:which|those|them)\b")
_NEEDED = late(
    r"'?s?[)\s,:-]{0,4}(?:[a-z][^.;,|(]{0,70}\s)?\(?(?:is |are )?(?:required|req'?d|needed|necessary|essential"
    r"|mandatory"
    r"|a must|erforderlich|exige\w*|requerid\w+|vereist)\b"
)
_FUTURE = late(
    r"\b(?:from \w+ to \w+|grow|become|joined|celebrat\w*|turned|turns|trained|will (?:be|spend|last)"
    r"|you'll (?:spend|gain|rotate)|retain|stored?|keep|file|update|certified|graduat\w+"
    r"|complet\w+ (?:of )?(?:your|the)|obtain|promot\w+|award\w*|named|recogni[sz]ed|best (?:place|work)\w*"
    r"|employer|ranked|visited|worn)\b[^.]{0,60}$"
)
_DOING = late(
    r"'?s?\W{0,4}(?:(?:(?:of|in|as|with|at|on|using|within|under|across|post|managing|leading|working|total"
    r"|direct\w*|hands-on|professional|relevant|industry|related|or more|trabajando|como|en|als|im|bei|comme"
    r"|als|im|in der|in einer|mit|bei|como|con|del?|tatigkeit|pracy|arbete|arbejde|werkzaam|actief|dans"
    r"|comme|chez|met|bij|nel\w*|come|com|na|som|inom|med"
    r"|w|jako|przy|d'|sea time|site time|flight time|call|tatigkeit|minimum|worth"
    r"|dans|bij)\b)|[a-z-]+ing\b"
    r"|[a-z/&-]+ (?:management|leadership|experience)|(?:\(?(?:required|mandatory|must))|or (?:more|equiv"
    r"|higher"
    r"|greater)|min)"
)
_NAMED_THING = late(r"'?s?\W{1,3}(?:[a-z0-9][a-z0-9+#./&'-]*+[ /]{0,2}+){1,8}+(?:\W{0,4}$|[,;(])")
"""`4+ years Salesforce administration`: a point of a list of demands that names the thing and no more."""
_IN_IT = late(
    r"\bexperienced?\b[^.;]{0,90}\b(?:at least|minimum(?: of)?|min\.?|minimal|over|more than"
    r"|no less than)\W{0,2}$"
)
"""The number behind the matter: `Experience as a purchasing manager min. 5 years`."""
_VALUE = late(r"^\W{0,3}[a-z][\w /&.,()+#-]{1,45}:\s*(?:at least |min\.? |minimum )?$")
"""A point of a list of demands that is a name and a value: `General clerical: 2 years`."""
_CELL = late(r"\b(?:required|mandatory|must(?: have)?|essential)\s*\|\s*$")
_HAS_BEEN = late(
    r"\b(?:someone|somebody|person|candidates?|applicants?|must|you|you've)\b[^.;]{0,60}"
    r"(?:\b(?:has|have|been|having|worked|working|doing)\b|'ve\b)[^.;]{0,60}\bfor\s(?:at least "
    r"|a minimum of |over "
    r"|more than |about |around |some |no fewer than |no less than |not less than )?$"
)
"""So long somebody is to have done something."""
_MUST = late(
    rf"\b(?:must(?: have)?|required?|requires|requirements?|minimum|min|{words(lexicon.AT_LEAST)})\W{{1,3}}$"
)
_LABELLED = late(rf"(?:{EXPERIENCE}|seniority|tenure in)[^.]{{0,50}}[:(-]\s*{BOUND}$")

_WORKED = late(rf"(?:{EXPERIENCE}|worked|working|{SIMILAR_WORK})[^;]{{0,80}}$")
_PQE = late(r"'?s?\W{0,3}(?:[a-z-]+ ){0,3}(?:pqe|post[- ]qualif)")
_MINIMUM_AFTER = late(r"'?s?\s(?:minimum|min\b)")
_SOMETHING = late(r"'?s?\s\(?[a-z]{2}")
_ENDS = late(r"[\s'.+)]*$")
_SPENT = late(r"'?s?\s(?:worth )?(?:of|in|as|[a-z]+ing)\b")


def _does(clause: Clause) -> bool:
    return _DOING.match(clause.after) is not None


def _wanted(clause: Clause) -> bool:
    return WANTED.search(clause.before) is not None


def opens(clause: Clause) -> bool:
    """Return whether the number begins its sentence, or all but begins it."""
    return OPENING.match(clause.before[-70:]) is not None


def _in_demands(clause: Clause) -> bool:
    return clause.section.kind in {"required", "preferred", "ideal"}


def _label_above(clause: Clause) -> bool:
    """A field on two lines, or in two cells: its label says experience."""
    return bool(SAYS_EXPERIENCE.search(clause.label)) and bool(VALUE_ONLY.fullmatch(clause.before))


VALUE_ONLY = late(rf"[\W_]*(?:(?:{words(lexicon.UP_TO)})\b\s*)?{BOUND}")


def _experience_behind(clause: Clause) -> bool:
    return bool(SAYS_EXPERIENCE.search(clause.after[:160])) and (_does(clause) or _wanted(clause))


def _rung(clause: Clause) -> bool:
    return bool(_ON_A_RUNG.search(clause.before[-60:]) and SAYS_EXPERIENCE.search(clause.whole))


def _plus(clause: Clause) -> bool:
    """`3+ years in sales`: the plus asks for it, unless a firm says so of itself."""
    return (
        "+" in clause.said + clause.after[:2]
        and bool(_DOING.match(clause.after.lstrip("+ ")))
        and not COMPANY_SUBJECT.search(clause.before)
    )


def _name_and_value(clause: Clause) -> bool:
    return (
        _in_demands(clause)
        and clause.section.titled
        and bool(_VALUE.match(clause.before))
        and not re.search(STUDY, clause.before)
        and bool(re.match(r"\W*$", clause.after))
    )


def _names_the_thing(clause: Clause) -> bool:
    named = _MUST.search(clause.before[-40:]) or _in_demands(clause)
    return opens(clause) and bool(named) and bool(_NAMED_THING.match(clause.after))


def _minimum_behind(clause: Clause) -> bool:
    return opens(clause) and bool(_MINIMUM_AFTER.match(clause.after))


def _point(clause: Clause) -> bool:
    """A point of a list of demands, or what reads like one."""
    if not opens(clause):
        return False
    if _in_demands(clause) and clause.section.titled and _SOMETHING.match(clause.after):
        return True
    if not (_does(clause) or _ENDS.match(clause.after)):
        return False
    plain = clause.section.kind in {"none", "duties"} and bool(_SPENT.match(clause.after))
    return _in_demands(clause) or "+" in clause.said or _wanted(clause) or plain


_IN_BRACKETS = late(rf"[(\[](?:[^()]{{0,40}}[,;])?\s*{BOUND}$")
_LEAST_IN = late(rf"[(\[]\s*(?:{words(lexicon.AT_LEAST)})\b[^()]{{0,12}}$")
_ROLE = late(
    r"\b(?:want|hire|builders?|scientists?|consultants?|people|hiring|grads?|graduates?|early[- ]career"
    r"|juniors?|mid(?:-level)?|seniors?|engineers?|developers?"
    r"|analysts?|designers?|managers?)\b"
)


def _in_brackets(clause: Clause) -> bool:
    """`Kotlin (2 years)` in a list of demands; `Recent graduates (0-2 years)` anywhere."""
    if not (
        _IN_BRACKETS.search(clause.before)
        and re.match(
            r"\s*(?:(?:min(?:imum)?\.?"
            r"|exp\.?)\s*)?[)\]]",
            clause.after,
        )
    ):
        return False
    if clause.section.kind in {"company", "benefits"}:
        return False
    least = _LEAST_IN.search(clause.before) is not None
    return least or _in_demands(clause) or "+" in clause.said or bool(_ROLE.search(clause.before[-80:]))


_SIMILAR = late(
    r"'?s?\s(?:minimum |min\.? |minimo |de )?(?:in|en|as|como|als|dans|nel\w*|em|i|na|im"
    r"|op)\s(?:[a-z/]+\s){0,5}?(?:similar\w*|comparable|equivalent|vergleichbar\w*"
    r"|vergelijkbare|soortgelijke|similaire|analog\w|lignende|liknande|motsvarande|tilsvarende|podobn\w+"
    r"|semelhante)\b"
)


def _similar_post(clause: Clause) -> bool:
    """`2 years in a similar position`, in every language."""
    return bool(_SIMILAR.match(clause.after)) and not COMPANY_SUBJECT.search(clause.before)


def _opens_with_plus(clause: Clause) -> bool:
    return (
        "+" in clause.said
        and "mo" not in clause.said
        and clause.statement.years <= _MOST_OPEN
        and opens(clause)
        and bool(re.match(r"'?s?\s[a-z(]", clause.after))
    )


_MOST_OPEN = 15
"""Years beyond which words must say that somebody has to have them."""


def _role_and_years(clause: Clause) -> bool:
    """An open role and what it asks: `Staff engineer, search (Berlin) - 8+ years`."""
    return (
        "+" in clause.said
        and clause.statement.years <= _MOST_OPEN
        and bool(re.search(r"[a-z)]\s?[-:]\s*$|\)\s?,\s*$", clause.before))
        and bool(_ENDS.match(clause.after))
        and not COMPANY_SUBJECT.search(clause.before)
    )


_AND_SO_MANY = late(rf"\b(?:and|plus|with|und|et|y|e|en|og|och|i)\s+{BOUND}$")


def _degree_and(clause: Clause) -> bool:
    """A degree and so many years, in a list of demands: they need not be called experience."""
    return (
        _in_demands(clause)
        and bool(_AND_SO_MANY.search(clause.before))
        and bool(DEGREE.search(clause.before[-200:]))
    )


def _cell_of_a_head(clause: Clause) -> bool:
    """`Baker | Oslo | Full-time | 3-7 years`: a cell of the line that a post begins with."""
    return (
        clause.start < _HEAD
        and clause.label.count("|") >= 1
        and clause.statement.top > clause.statement.months
        and "mo" not in clause.said
        and bool(VALUE_ONLY.fullmatch(clause.before))
        and not clause.after.strip(" .")
    )


_HEAD = 300

_WORK = late(
    r"\b(?:worked|gearbeitet|berufstatig|tatig (?:gewesen|warst|waren)|avez (?:deja )?(?:travaille|exerce)"
    r"|haya?s? trabajado|trabajado|gewerkt|werkzaam"
    r"|lavorato|trabalhado|arbetat|arbejdet|jobbet|arbeidet|pracowal\w*|pracy w)\b"
)


def _has_worked(clause: Clause) -> bool:
    """So long somebody is to have worked, in a language whose verb may stand at the end."""
    return (
        bool(_WORK.search(clause.before[-120:] + " " + clause.after[:100]))
        and bool(WANTED.search(clause.whole))
        and not re.search(r"\b(?:wir|we|nous|wij|vi)\b", clause.before)
    )


def _wanted_plus(clause: Clause) -> bool:
    return (
        "+" in clause.said
        and _wanted(clause)
        and clause.statement.years < 20
        and bool(re.match(r" [a-z(]", clause.after))
    )


_SOMEONE_WITH = late(
    r"^[\W\d_]*(?:(?:(?:we are |we're )?(?:looking for|seeking|hiring|need) )?(?:an?|the) )?"
    r"(?:(?:established|experienced|seasoned|qualified|accomplished|skilled|certified|licensed|expert) "
    r"(?:[a-z/&'-]+ ){0,3}(?P<who>[a-z'-]+) (?:with|having)"
    r"|(?:erfahrene|versierte|gestandene|etablierte|qualifizierte)[rsnm]? (?:[a-z/&-]+ ){0,2}(?P<wer>[a-z-]+) mit"
    r"|(?:une? )?(?P<qui>[a-z-]+) (?:[a-z-]+ ){0,2}(?:confirme|experimente|chevronne|qualifie|aguerri)e? avec"
    r"|(?:una? )?(?P<quien>[a-z-]+) (?:[a-z-]+ ){0,3}(?:consolidad|experimentad|cualificad|expert|affermat"
    r"|qualificat)"
    r"[oa] con|(?P<quem>[a-z-]+) (?:[a-z-]+ ){0,3}(?:experiente|consolidad[oa]|qualificad[oa]) com"
    r"|(?:een |en )?ervaren (?:[a-z-]+ ){0,2}(?P<wie>[a-z-]+) met"
    r"|(?:en )?erfaren (?:[a-z-]+ ){0,2}(?P<vem>[a-z-]+) med"
    rf"|doswiadczon\w{{1,3}} (?:[a-z-]+ ){{0,2}}(?P<kto>[a-z-]+) z) {BOUND}$"
)
"""Somebody who is good at something, with years of it; `_NO_PERSON` excludes those who are no person."""
_NO_PERSON = late(
    r"(?:compan(?:y|ies)|firm|business|team|organi[sz]ations?|brand|agency|leader|provider|school|practice"
    r"|group|studio"
    r"|start-?up|employer|store|shop|hotel|restaurant|clinic|hospital|supplier|manufacturer|consultancy|bank"
    r"|dealer"
    r"|distributor|partner|vendor|publisher|retailer|insurer|carrier|lender|center|centre|institut\w+|network"
    r"|unternehmen|firma|anbieter|betrieb|haus|partner|hersteller|entreprise|societe|cabinet|agence|groupe|equipe"
    r"|empresa|compania|grupo|agencia|equipo|azienda|societa|gruppo|equipa|marca|bedrijf|organisatie|bureau"
    r"|foretag"
    r"|bolag|virksomhed|selskap|spolka|zespol)s?$"
)


def _someone_with(clause: Clause) -> bool:
    """`Established accountant with 7 years`: who is looked for is named, and how long she has been it."""
    match = _SOMEONE_WITH.match(clause.before[-90:])
    if match is None or clause.statement.years > _MOST_OPEN:
        return False
    who = next(name for name in match.groups() if name)
    return not _NO_PERSON.search(who) and bool(_SOMEBODY_S.match(clause.after))


_SOMEBODY_S = late(r"'?\s*(?:$|[.,;:|)]|(?:in|of|as|at|within|im|in|als|bei|dans|en|como|nel\w*|em|som|inom|w) )")

CLAIMS = (
    Claim("label", before(_LABELLED, 90), "Seniority level: min. 3 years"),
    Claim("label above", _label_above, "Requirements\nExperience\n3 years"),
    Claim("experience", lambda clause: clause.experienced, "3 years of experience"),
    Claim("worked", before(_WORKED), "You have worked in kitchens, 3 years or longer."),
    Claim("experience behind", _experience_behind, "You must show 3 years, all of them real kitchen experience."),
    Claim("rung", _rung, "Bachelor's and 6 years; experience with ships is required"),
    Claim("level", before(_LEVELS, 20), "Level II: 3 years"),
    Claim("has been", before(_HAS_BEEN, 200), "Someone who has been cooking for 3 years."),
    Claim("parts", after(_NESTS), "6 years in sales, 2 of which abroad"),
    Claim("needed", after(_NEEDED), "3 years required"),
    Claim("plus", _plus, "3+ years in sales"),
    Claim("number behind", before(_IN_IT, 140), "Experience as a cook with at least 3 years"),
    Claim("cell", before(_CELL, 40), "Sales | Required | 3 years"),
    Claim("name and value", _name_and_value, "Requirements\nGeneral clerical: 2 years"),
    Claim("post-qualified", after(_PQE), "3 years' post-qualified"),
    Claim("in brackets", _in_brackets, "Requirements\nFluent Kotlin (2 years)"),
    Claim("wanted plus", _wanted_plus, "Hiring 7+ yrs senior engineers"),
    Claim(
        "degree and years", _degree_and, "Requirements\nA degree in safety or the like. and 7 years construction"
    ),
    Claim("cell of a head", _cell_of_a_head, "Baker | Oslo | Full-time | 3-7 yrs"),
    Claim("has worked", _has_worked, "Du hast schon 3 Jahre lang als Koch gearbeitet."),
    Claim("similar post", _similar_post, "We offer:\nA bicycle\n- 3 years in a similar position"),
    Claim("opens with plus", _opens_with_plus, "3+ years early-stage sales"),
    Claim("someone with", _someone_with, "Established accountant with 7 years"),
    Claim("role and years", _role_and_years, "- Staff baker, cakes - 8+ years"),
    Claim("minimum behind", _minimum_behind, "3 years minimum"),
    Claim("thing", _names_the_thing, "Requirements\n- 3 years Java"),
    Claim("point", _point, "Requirements\n- 3 years in a kitchen"),
    Claim(
        "wanted",
        lambda clause: _wanted(clause) and _does(clause),
        "We would require, as of now, 3 years in a kitchen",
    ),
)


def claimed(clause: Clause) -> bool:
    """Return whether words bear out that a statement is experience."""
    if clause.statement.field:
        return True
    return any(claim.holds(clause) for claim in CLAIMS)


def _future(clause: Clause) -> bool:
    return bool(_FUTURE.search(clause.before)) and not _LABELLED.search(clause.before[-90:])


def _of_benefits(clause: Clause) -> bool:
    return (
        clause.section.kind == "benefits"
        and not SAYS_EXPERIENCE.search(clause.whole)
        and not _SIMILAR.match(clause.after)
        and not _LABELLED.search(clause.before[-90:])
    )


UNCLAIMED = (
    Rule(
        Reason.PERIOD,
        bare(_future),
        "You will rotate: you'll spend 2 years in each shop.",
        "Requirements\n2 years in a shop",
    ),
    Rule(
        Reason.BENEFIT,
        bare(_of_benefits),
        "What we offer\nA bicycle that is yours when 2 years are over",
        "What we offer\n2 years of experience are enough to begin with us",
    ),
    Rule(
        Reason.NOT_EXPERIENCE,
        lambda clause: not claimed(clause),
        "The bridge was 2 years late.",
        "You were on a bridge for 2 years; such experience is required.",
        of_fields=True,
    ),
)
