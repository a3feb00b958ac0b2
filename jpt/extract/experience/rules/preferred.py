"""Rules for what is only preferred. Pure."""

from __future__ import annotations

import re

from jpt.extract.experience import lexicon
from jpt.extract.experience.clause import Clause
from jpt.extract.experience.lexicon import words
from jpt.extract.experience.numbers import WORD
from jpt.extract.experience.reasons import Reason
from jpt.extract.experience.rules.rule import Rule
from jpt.extract.experience.rules.vocabulary import DEGREE
from jpt.extract.experience.statements import UNITS
from jpt.text.late import late

_PREFER_WORD = (
    r"(?:preferred|preferable|prefered|(?:be|is|are) prefer\w*|(?:(?:an? |the )(?:\w+ )?|(?:strong|big|huge"
    r"|definite|added|significant|great"
    r"|distinct|clear|major) )(?:advantage|plus|bonus|asset)|desired|desirable|nice[- ]to[- ]have"
    r"|good[- ]to[- ]have|a (?:big |huge "
    r"|strong |definite )?plus|an? (?:added )?(?:advantage|bonus|asset)|advantageous|beneficial|helpful"
    r"|recommended|ideal|would be (?:ideal|great|nice|good|welcome)|welcome|not required|(?<!not )optional"
    r"|not essential"
    r"|not necessary|not a must|no es (?:imprescindible|necesari\w+|obligatori\w+|excluyente)|nicht (?:zwingend"
    r"|notwendig|erforderlich)|kein muss|pas (?:obligatoire|exigee?|indispensable|requise?)|niet (?:vereist"
    r"|noodzakelijk|nodig)"
    r"|encouraged|wunschenswert|von vorteil|souhaite\w*|un plus|un atout|deseable|valorable|se valora\w*"
    r"|een pre"
    r"|apprecie\w*|favored|favoured|valued|suggested|looked upon favou?rably)"
)
_PREFER_AFTER = late(rf"\b(?:{_PREFER_WORD}|{words(lexicon.PREFER_AFTER)})\b")
_PREFER_BEFORE = late(
    r"\b(?:a (?:big |huge |strong |definite )?plus(?=:)|preferably"
    r"|valoramos|se valora(?:ra)?|(?<!required/)(?<!required / )(?<!required or )(?<!required and )preferred"
    rf"|{words(lexicon.PREFER_BEFORE)}"
    r"|preference|prefer"
    r"|ideally|ideal"
    r"|desired|desirable|desirably|nice to haves?|bonus"
    r"|plus if|it helps if|helps if you|would help if|we'd love|would love|idealerweise|idealement"
    r"|idealmente|bij voorkeur|vorzugsweise|de preference"
    r"|preferiblemente|preferentemente|advantage|optionally|it would be (?:great|nice|a plus))\b"
)
_PREFER_OWN = late(
    rf"(?<!ist )(?<!sind )(?<!est )(?<!es )(?<!is )(?<!ar )(?:{words(lexicon.PREFER_BEFORE)}"
    r"|preferably|ideally|idealerweise|idealement|bij voorkeur|idealmente|preferiblemente|vorzugsweise)\s*(?:,"
    r"|with|having|have|has|you|you'll|you have|you've|you bring|a minimum of|minimum|min\.?|at least|over"
    r"|more than|for|about|around|mit|mindestens|met|avec|con|someone|candidates?|the|will|contributors"
    r"|\s)*\W*$"
)
_OF_THE_ONE_BEFORE = late(rf"(?:{UNITS})[^,;.()]{{0,40}}(?<! and)(?<! or)(?<! with)\s\W?$")
_SET_OFF = late(r"[a-z ]+(?:,|\W?\s?but\b)")


def _own(clause: Clause) -> bool:
    """`Ideally 5 years`; not `5 years ideally, at least 2`."""
    match = _PREFER_OWN.search(clause.before)
    if match is None:
        return False
    return not (_SET_OFF.match(match[0]) and _OF_THE_ONE_BEFORE.search(clause.before[: match.start()]))


_NUMBERED = late(r"\d\s?\+?\s?(?:years?|yrs?|months?)\b")
_ADVERBS = late(
    r"\W*(?:(?:is|are|be|would|will|strongly|highly|very|much|most|but|definitely|also|not required|or more"
    r"|minimum"
    r"|experience)\W*)*"
)
_REQUIRED_WORD = late(rf"\b(?:{words(lexicon.NEEDED)})\b")
_BEHIND_COMMA = late(
    r",\s*(?:with|and|preferably|ideally|plus|including)?\s*(?:[a-z/&-]+ ){0,7}(?:experience|degree"
    r"|certification|knowledge|background|license|skills)? ?(?:is |are |would be |being )?(?:\w+ )?$"
)
_OF_WHAT_FOLLOWS = late(
    r"(?:deseable|valorable|se valora\w*|valorara\w*|preferible|desejavel|valorizad\w+|preferivel|gradit[aoie]"
    r"|preferibile|meriterande|onskvart|mile widzian\w+|wunschenswert|gewenst|preferred)$"
)
"""Verdicts that stand before what they are of: `3 años de experiencia, valorable inglés`."""
_FRESH = late(r"[,;(/-]\s*(?:muy |altamente |tambien |e |y |och |i )?$")
_A_MATTER = late(
    r":?\s+(?!(?:pero|ma|mas|men|aber|ale|maar|y|e|o|no|non|nao|inte|nie|but|not|and|or|in|with|at|for|by|if|as"
    r"|from|over)\b)[a-z]{2}"
)
_OTHER_MATTER = late(r"experience|degree|certif|knowledge|background|licen|skill|with|mba|cpa|master")
_ALONE = late(r"\W*(?:(?:strongly|highly|but|is|very|much|not required,?|would be)\W*)*")

_CLOSES = late(
    r"(?:\W*(?:but|not|required|strongly|highly|and|is|very|much|ed)\b)*[^\w)]*\)(?!\s*(?:,"
    r"|/|and\b|or\b|in\b|with\b))"
)

_PREFER_IF = late(
    r"\b(?:fordel|vorteil|plus|pluspunt|pre|meriterande|atut\w*|diferencial|advantage|bonus|wunschenswert"
    r"|toll|super|schon|great|nice|ideal"
    r"|optimal|apprecie|souhaitable|deseable|valorable|gradit\w|fint|bra)\b,?\s(?:hvis|wenn|als|om|att"
    r"|at (?=du\b|man\b|have\b|ha\b|de\b|i\b)|dass|falls|si|if|se|jesli|gdy|ter|ha|har)\b"
    r"[^,;.]{0,60}$"
)
"""`It would be great if you had 3 years`, in the languages whose verb opens a new clause for it."""

_A_NUMBER = late(rf"(?<![a-z\d])(?:\d{{1,2}}|{WORD})(?![a-z\d])")
_LEAST_LAST = late(rf"\b(?:{words(lexicon.AT_LEAST)})\W{{1,3}}(?:aber |of )?$")
_IS_THE_LEAST = late(
    r"'?s?\s(?:of experience )?(?:is|are) (?:the |an? |our )?(?:absolute |bare |strict )?(?:minimum|required"
    r"|mandatory|must)\b"
)
_IDEALLY_BEHIND = late(
    rf"[^,;.()\n]{{0,60}}?,?\s\(?(?:preferably|ideally|{words(lexicon.PREFER_BEFORE)})\)?\s*"
    r"(?:,\s*(?!in\b|at\b|with\b|as\b|of\b|im\b|mit\b|bei\b|dans\b|avec\b|en\b|con\b|met\b|bij\b|nel|com\b|med\b)"
    r"|;|but\b|aber\b|mais\b|pero\b|maar\b|ma\b|mas\b|men\b|ale\b|\W*$)"
)


def _least_all_the_same(clause: Clause, since: int) -> bool:
    """`Ideally 5 but no less than 2 years`: a least behind another number is asked for."""
    return bool(_LEAST_LAST.search(clause.before) and _A_NUMBER.search(clause.before, since)) or bool(
        _IS_THE_LEAST.match(clause.after)
    )


def _before(clause: Clause) -> bool:
    if _PREFER_IF.search(clause.before):
        return True
    last = next(reversed(list(_PREFER_BEFORE.finditer(clause.before))), None)
    if (
        last is not None
        and _IDEAL.match(clause.before, last.start())
        and _LEAST.search(clause.before[last.end() :])
    ):
        return False  # the ideal candidate has at least 3 years
    return (
        last is not None
        and not _least_all_the_same(clause, last.end())
        and bool(re.match(r"[^,;.)]{0,60}$", clause.before[last.end() :]))
        and not DEGREE.search(clause.before[max(0, last.start() - 60) : last.start()])
    )


def _behind(clause: Clause) -> bool:
    if _IDEALLY_BEHIND.match(clause.after):
        return True
    match = _PREFER_AFTER.search(clause.after)
    if match is None:
        return False
    between, behind = clause.after[: match.start()], clause.after[match.end() :]
    if _OF_WHAT_FOLLOWS.search(match[0]) and _FRESH.search(between) and _A_MATTER.match(behind):
        return False
    return _reaches(between, behind)


def _reaches(between: str, behind: str) -> bool:
    """Return whether a "preferred" behind a statement refers to the statement, and to no field or other matter."""
    if ";" in between or "|" in between or _REQUIRED_WORD.search(between) or _NUMBERED.search(between):
        return False
    if re.search(r"experience\b.{12,}\bare (?:\w+ )?$", between):
        return False  # "5 years of experience in X databases are a plus": the databases are
    opened = between.rfind("(")
    if opened > between.rfind(")"):
        if re.match(r"\s?[:,-]?[^)]{0,60}\d", behind):
            return False  # what is preferred has a number of its own
        alone = _ALONE.fullmatch(between[opened:])
        return bool(alone) and _CLOSES.match(behind) is not None
    if "," in between and _BEHIND_COMMA.search(between):
        tail = between.rsplit(",", 1)[1]
        if not re.search(r"\b(?:or|and)\b", tail) and not _ADVERBS.fullmatch(tail):
            return False  # what stands behind the comma is preferred: "5 years in purchasing, CPIM a plus"
        return not _OTHER_MATTER.search(tail)
    return not re.search(r"\b(?:bachelor|master|mba|degree|cpa|certification)\b", between[-40:])


def _in_its_section(clause: Clause) -> bool:
    """Below a heading that prefers, unless the sentence itself says that it is required."""
    if clause.section.kind == "ideal":
        return not _LEAST.search(clause.before) and not _DEMANDED.search(clause.whole)
    if clause.section.kind != "preferred":
        return False
    return not _DEMANDED.search(clause.whole) or _PREFER_AFTER.search(clause.whole) is not None


_LEAST = late(rf"\b(?:must|needs?|{words(lexicon.AT_LEAST)})\b[^.;]{{0,30}}$")
_IDEAL = late(r"ideal (?:candidate|applicant|profile|person|background)s?\b")
_DEMANDED = late(
    r"\b(?:is|are|be) (?:strictly )?(?:required|mandatory|essential)\b|\(required\)|\(mandatory\)|\bmust have\b"
    r"|ist (?:zwingend )?erforderlich|est exigee?|es imprescindible|is vereist|e richiesta|e obrigatori"
)

PREFERRED = (
    Rule(
        Reason.PREFERRED,
        _own,
        "Requirements\nIdeally 5 years of experience with Rust",
        "Requirements\nIdeally a degree. 5 years of experience with Rust",
        of_fields=True,
    ),
    Rule(
        Reason.PREFERRED,
        _in_its_section,
        "Requirements\nA degree\n\nNice to have\n5 years of experience with Rust",
        "Nice to have\nA degree\n\nRequirements\n5 years of experience with Rust",
        of_fields=True,
    ),
    Rule(
        Reason.PREFERRED,
        _before,
        "Preference is given to 5 years of experience.",
        "We prefer a degree, and ask for 5 years of experience.",
        of_fields=True,
    ),
    Rule(
        Reason.PREFERRED,
        _behind,
        "Requirements\n5 years of experience with Rust is a plus",
        "Requirements\n5 years of experience in purchasing, CPIM certification a plus",
        of_fields=True,
    ),
)
