"""Rules for what is not asked for, not a number, somebody else's, or an age. Pure."""

from __future__ import annotations

import re

from jpt.extract.experience import lexicon
from jpt.extract.experience.clause import SAYS_EXPERIENCE, Clause
from jpt.extract.experience.lexicon import BOUND, words
from jpt.extract.experience.numbers import WORD
from jpt.extract.experience.reasons import Reason
from jpt.extract.experience.rules.rule import Rule, after, before
from jpt.extract.experience.rules.vocabulary import TOO_MUCH, shuts_out_less
from jpt.extract.experience.sentences import REACH
from jpt.extract.experience.statements import OF_WHICH, UNITS
from jpt.text.late import late

_NO_NEED = late(
    r"(?:\b(?:not|never|no)|n't|\bwithout) (?:really |necessarily |actually )?(?:need|require|expect|demand"
    r"|looking"
    r"|have to have|necessary|essential|required)\w*\W+(?:(?:to|have|for|you|that|the|a|an|any|at|least|minimum"
    r"|of|more|than|over)\W+){0,6}$"
    r"|\b(?:whether|regardless of|no matter|irrespective of)\b[^.;]{0,50}$"
    r"|\b(?:kein\w{0,2}|musst nicht|mussen nicht|nicht notig|no (?:es necesari\w+|necesitas|hace[n]? falta"
    r"|se requieren?|exigimos|pedimos)"
    r"|pas besoin d[e']|n'avez pas|ne (?:demandons|exigeons) pas|geen|hoeft niet|hoef je niet|non (?:servono"
    r"|serve|e necessari\w"
    r"|richiediamo|occorrono)|nao (?:e necessari\w|precisa\w?|exigimos)|kraver inte|behover inte|ingen"
    r"|kraver ikke|krever ikke"
    r"|nie (?:wymagamy|musisz))\b(?: ?(?!weniger|menos|moins|minder|meno|mindre|mniej)\w+\W+){0,4} ?$"
)
_MONEY = late(r"'?\s?(?::|=|-)\s?[$€£]?\d{2,3}[,.k]|\s?\(\d{2,6}\)")
_AGE_AFTER = late(
    r"'?\s?(?:anni )?(?:di eta\b|de idade|års ålder|gammal|gammel|wieku|ou mais de idade|ou alter\b"
    r"|oder alter\b)|of ouder\b|o mas de edad|'?\s?-?\s?(?:of age\b|olds?|ou plus\b(?=.{0,12}age)|d'age"
    r"|revolus|de edad|alt\b|\(age|oud\b)"
)
_AGE_BEFORE = late(
    r"(?:mayor(?:es)? de|menor(?:es)? de|edad(?: minima)?(?: de)?:?|mindestalter:?|\balter(?: von| ab)?:?"
    r"|age minimum:?|agee?s? de"
    r"|ouder dan|leeftijd(?: van)?:?|\beta(?: minima)?:?|maggior\w+ di|idade(?: minima)?:?|maior(?:es)? de"
    r"|fyllt|fylt|ålder:?|\balder:?"
    r"|ukonczon\w+|\bwiek\w*:?)\s*(?:\w{1,10} ){0,2}\(?$|(?:\bage[ds]?(?: (?:of|from|between|group))?:?"
    r"|\bunder|\baged?|unter|aged? \d+ (?:to"
    r"|-))\s*(?:\(?\d* ?(?:weeks?|months?)?,? ?(?:to|-|through|and)? ?)?$"
)
_CHILDREN = late(
    r"\b(?:toddlers?|infants?|bab(?:y|ies)|children|kids|preschoolers?|pupils)\s?,?\s?\(?(?:aged?|from"
    r"|between)?\s*$"
)
_WHO = (
    r"(?:with|who(?:'ve| have| has| bring\w*| each| together)?|whose|ha[sv]e?|having|bring\w*|each|mit"
    r"|die|avec|qui|con|que|met|che|com|med|som|z)"
)
_BESIDE = late(
    r"(?:\breport(?:s|ing)? (?:directly |in)?to|\balongside|\blearn(?:ing)? (?:directly )?(?:from|with)"
    r"|\b(?:led|headed|founded|managed|taught"
    r"|trained|mentored|guided|run|owned|coached|supported|supervised|surrounded|built|started|created) by"
    r"|\bguidance of|\bsupervision of"
    r"|\bunder (?:the |an? |our )|\bbeside|\bwork(?:ing|s)? (?:closely )?(?:with|under|beside)|\bmentorship"
    r"|\barbeite(?:st|n|t)? (?:eng )?mit|\bseite (?:von|eines|einer)"
    r"|\bunter (?:der )?(?:leitung|anleitung)|\b(?:gemeinsam|zusammen) mit|\blern(?:st|en) von|\baux cotes"
    r"|\bdirige par|\bencadre par"
    r"|\bsous la (?:responsabilite|direction)|\bjunto (?:a|con)|\bliderado por"
    r"|\bbajo la (?:direccion|supervision)"
    r"|\bcuentas con|\bcontaras con|\btendras|\bsamen met|\bonder leiding van|\bgeleid door|\bal fianco"
    r"|\bguidato da|\bao lado|\bliderad\w por"
    r"|\btillsammans med|\bleds av"
    r"|\bsammen med|\bledet av?f?|\bpod kierunkiem)\b"
    rf"[^.;:]{{0,60}}\b(?:{words(lexicon.COLLEAGUES)})\b[^.;:]{{0,40}}?\b{_WHO}\b[^.;:]{{0,25}}$"
)
_PEOPLE_WHO = late(
    rf"\b(?:{words(lexicon.COLLEAGUES)})\b,?[^.;:]{{0,25}}\b(?:who(?:'ve| have| has| bring\w*| each"
    rf"| together)?|ha[sv]e?|whose|brings?)\b[^.;:]{{0,20}}$"
)
_TEAM_THAT = late(
    r"\b(?:team|group|crew|company|studio|agency|firm) (?:that|which|who) (?:has|have)\b[^.;:]{0,80}"
    r"\bfor (?:over |more than )?$"
)
_HERS = late(
    r"\b(?:your|our|the|a|an) (?:manager|boss|trainer|mentor|coach|buddy|lead|founders?|ceo|cto|head chef"
    r"|head of \w+|director)\b[^.;:]{0,40}"
    r"\b(?:with|has|have|brings?)\b[^.;:]{0,20}$"
    r"|\bwhose (?:members|staff|people|engineers|team|colleagues)\b[^.;:]{0,40}$"
)
_SOUGHT = late(
    r"\b(?:seek\w*|looking|need\w*|hir(?:e|ing)|requir\w+|want\w*|must|should|ideal|candidates?|recruit\w*"
    r"|searching|join \w+ \w+ as)\b"
)
"""Whose years they are: those of the people one will work with."""


def _somebody_elses(clause: Clause) -> bool:
    """The years of a lead, a founder, a colleague; not of a lead who is looked for."""
    before = clause.before[-200:]
    match = _BESIDE.search(before) or _HERS.search(before)
    if match is not None and not _YOURS.search(match[0]):
        return not _SOUGHT.search(before[: match.start()][-40:])
    match = _PEOPLE_WHO.search(before) or _TEAM_THAT.search(before)
    return (
        match is not None
        and not re.search(r"\byou\b", match[0])
        and clause.statement.years >= _LONG
        and not _SOUGHT.search(before)
    )


_WRITER = late(
    r"\bi(?:'m|'ve| am| have| lead| led| was| spent| worked)\b(?!.*\b(?:look|seek|need|hir|want|recruit|search"
    r"|requir|ask|expect|you|someone|candidate|welcome))"
)
"""Who writes the post tells of herself."""

_YOURS = late(r"\byou(?:'ll| will|'ve)? (?:have|bring|need|must|should)\b")
_LONG = 5
"""What somebody has of whom one cannot tell whether she is looked for."""
_LESSER = late(
    r"\b(?:mentor|coach|train|supervise|onboard|teach)(?:s|ing|es)?\s(?:[a-z]+ ){0,2}(?:colleagues|juniors?"
    r"|staff"
    r"|employees|apprentices|engineers|developers|nurses|associates|members|people|peers|hires)\s"
    r"(?:with|who have) (?:less than |fewer than |under |up to |only )?$"
)


def _not_needed(clause: Clause) -> bool:
    said = _NO_NEED.search(clause.before) or TOO_MUCH.match(clause.after)
    return bool(said) and not shuts_out_less(clause)


def _asks_who_has_less(clause: Clause) -> bool:
    return clause.asks and bool(re.search(r"\b(?:less|fewer|under) (?:than )?$", clause.before))


def _article(clause: Clause) -> bool:
    """An article is no number, except where experience or "or more" follows it."""
    return (
        clause.statement.article
        and not re.search(r"\b(?:least|minimum|full|whole)\b", clause.before[-16:] + clause.said)
        and not _COUNTED_ARTICLE.match(clause.after)
    )


_COUNTED_ARTICLE = late(
    r"'?s?\s?(?:of|or more\b|or longer\b|or greater)?\s?(?:(?!based|depend|with|and|plus"
    r"|in )[a-z-]+ ){0,4}experienc"
    r"|'?\s(?:or (?:more|longer)|minimum)\b"
)

_OF_AGE = frozenset({16, 17, 18, 21})
"""Ages from which laws allow things; such numbers are years of work only if the post calls them so."""

_OLD = late(
    r"\b(?:vous avez|tu as|ayez|tienes|tengas|tenga|hai|abbia|voce tem|tenha|du bist|sie sind|je bent|ben je"
    r"|du ar|du er)"
    r" (?:moins de|plus de|au moins|entre|menos de|mas de|al menos|meno di|piu di|almeno|mais de|pelo menos"
    r"|unter|uber"
    r"|mindestens|jonger dan|ouder dan|minimaal|minstens|minst|mindst|under|over)\s(?:\d\d \w{1,3} )?$"
)
"""Who is so old: `vous avez moins de 30 ans`."""
_GROWN = 16


def _age(clause: Clause) -> bool:
    before, after = clause.before, clause.after
    if _AGE_AFTER.match(after) or _CHILDREN.search(before):
        return True
    if clause.statement.top >= 12 * _GROWN and _OLD.search(before) and not after.strip(" .!,;"):
        return True
    of_experience = after.lstrip(" '").startswith(("of exp", "exp")) or (
        clause.experienced and before.endswith("under ")
    )
    grown_up = (
        clause.statement.years in _OF_AGE and not clause.experienced and not SAYS_EXPERIENCE.search(clause.whole)
    )
    return grown_up or (not of_experience and bool(_AGE_BEFORE.search(before)))


NOT_ASKED = (
    Rule(
        Reason.ANSWER,
        lambda clause: clause.section.kind == "questions",
        "Requirements\nPatience\nHow many years of experience do you have?\n○ Less than 1 year\n○ 1-3 years\n",
        "How many of us are there? Ten.\nRequirements\n1-3 years of experience\n",
        of_fields=True,
    ),
    Rule(
        Reason.NOT_ASKED,
        before(late(r"\black(?:s|ing)? (?:up to |about )?$")),
        "Even if you lack 2 years of experience, write to us.",
        "Even if you are young: 2 years of experience are required.",
        of_fields=True,
    ),
    Rule(
        Reason.NOT_ASKED,
        _not_needed,
        "You do not need 5 years of experience to apply.",
        "Candidates with less than 5 years of experience will not be considered.",
        of_fields=True,
    ),
    Rule(
        Reason.NOT_ASKED,
        _asks_who_has_less,
        "Less than 3 years of experience? Write to us, too.",
        "Do you have 3 years of experience in design? Then we want you.",
        of_fields=True,
    ),
)

_WAGE = (
    r"(?:salar(?:y|ies)|pay|wages?|compensation|(?:hourly|daily|pay|base) rates?|remuneration|earnings|gehalt"
    r"|vergutung|lohn"
    r"|verdienst|salaire|salario|sueldo|retribuzione|retribucion|stipendio|salaris|loon|lone?n?|lonn"
    r"|wynagrodzenie|pensja|placa"
    r"|remuneracao|remuneracion|vencimento|ordenado)"
)
_SUM = (
    r"(?:[$€£]|\b(?:usd|eur|gbp|chf|sek|nok|dkk|pln|cad|aud|r\$))\s?\d|\d{1,3}[.,' ]\d{3}\b|\d{2,3}\s?k\b"
    r"|\d\s?(?:€|euro?\b|kr\b|zl\b|eur\b)"
)
_WAGE_FOR = late(
    rf"\b{_WAGE}\b[^.;:!?]{{0,50}}\b(?:for|with|at|after|bei|mit|nach|ab|pour|avec|apres|a partir de|con|para"
    rf"|tras|met|bij|na"
    rf"|per|dopo|com|apos|vid|med|efter|ved|etter|przy|z|po|dla)\b[^.;:!?]{{0,40}}$"
)
_IS_A_SUM = late(
    rf"[^.;!?\n]{{0,60}}?(?::|=|-|\bis\b|\bare\b|\bstarts?\b|\b(?:ist|betragt|liegt|est|es|e|ar|er|to|wynosi)\b)"
    rf"[^.;!?\n]{{0,25}}?(?:{_SUM})"
)
_EARNS = late(
    rf"'?s?[^.;!?\n]{{0,50}}?(?:\b(?:earns?|(?:can|will|would|could) (?:earn|make|receive)|makes?|is paid"
    rf"|are paid|verdien\w+"
    rf"|gagne\w*|podras [a-z]+|recibiras|cobraras|gana\w*|percib\w+|guadagn\w+"
    rf"|ganha\w*|tjanar|tjener|zarabia\w*)\b"
    rf"|\b{_WAGE}\b[^.;!?\n]{{0,20}}\b(?:is|are|ist|est"
    rf"|es|e|ar|er))[^.;!?\n]{{0,30}}?(?:{_SUM})"
)


def _pays(clause: Clause) -> bool:
    """The years that a pay is for: `Salary for 3 years of experience: $90,000`."""
    if _ASKED_ALL_THE_SAME.search(clause.whole):
        return False
    if _EARNS.match(clause.after):
        return True
    before = clause.before[-_PAY_REACH:]
    if _BEHIND_IT.search(before) and (_SUM_FOR.search(before) or _GRADED_FOR.search(before)):
        return True
    if _WITH_IT.search(before) and _IS_GRADED.match(clause.after):
        return True
    return bool(_WAGE_FOR.search(clause.before)) and bool(_IS_A_SUM.match(clause.after))


_AT_LEAST = rf"(?:(?:{words(lexicon.AT_LEAST, lexicon.MORE_THAN)})\s)?"
_SUM_FOR = late(
    rf"(?:{_SUM})[^;:!?\n]{{0,60}}?(?:\b(?:bei|ab|nach|bij|vid|ved|przy)\s|\(){_AT_LEAST}(?:an? |einer? )?$"
)
_BEHIND_IT = late(
    rf"(?:\b(?:bei|mit|ab|nach|with|for|at|after|bij|vid|ved|przy)\s|\(){_AT_LEAST}(?:an? |einer? )?$"
)
_PAY_REACH = 160
_GRADED = (
    r"(?:einreihung|einstufung|ein(?:ge)?(?:stuf|reih)\w+|\w*(?:lohn|gehalts|entgelt|verwendungs|tarif|vergutungs)"
    r"(?:gruppe|stufe)\w*|(?:pay|salary) (?:grade|scale|band|step))"
)
_GRADED_FOR = late(rf"\b{_GRADED}\b[^.;:!?\n]{{0,40}}\b(?:bei|mit|ab|nach|with|for|at|after)\s{_AT_LEAST}$")
_WITH_IT = late(rf"(?:^|[^\w])(?:bei|mit|ab|nach|with|for|after)\s{_AT_LEAST}(?:einer? )?$")
_IS_GRADED = late(rf"[^.;:!?\n]{{0,60}}\b{_GRADED}\b")

_ASKED_ALL_THE_SAME = late(rf"\b(?:must|should|you have|you bring|you need|{words(lexicon.NEEDED)})\b")
"""Words that make even such a sentence ask for the years."""
_PART_OF = late(rf"\b(?:{OF_WHICH})\b[\s(]*(?:an? )?{BOUND}$")
_OF_THE_WHOLE = late(r"'?s?\s(?:of (?:which|those|them|these)|davon|waarvan|dont)\b")
_SOME = r"(?:aantal|paar|few|couple|number|several|some|many|par|tal|kilka)\b"
"""Numbers that are none: a part of these is all that is said."""
_A_LENGTH = late(rf"\d\s?\+?\)?\s?(?:{UNITS})|\b(?:{WORD})[\s-](?:\(\d+\)\s)?(?:(?!{_SOME})[a-z]+\s)?(?:{UNITS})")


def _part(clause: Clause) -> bool:
    """A part of a longer time in the same sentence: `5 years, of which 2 leading`, `including 2 years abroad`."""
    if clause.statement.nested:
        return bool(_A_LENGTH.search(clause.before))
    said = _PART_OF.search(clause.before) or _OF_THE_WHOLE.match(clause.after)
    return bool(said) and bool(_A_LENGTH.search(clause.before))


OTHERS = (
    Rule(
        Reason.PART,
        _part,
        "Requirements\n5 years of experience, of which 2 years in management",
        "Requirements\nExperience including 2 years in management",
        of_fields=True,
    ),
    Rule(
        Reason.NOT_A_NUMBER,
        _article,
        "We grow every quarter; a year from here we have twenty shops.",
        "A year of experience in a kitchen is required.",
    ),
    Rule(
        Reason.TABLE,
        after(_MONEY),
        "Pay scale\n2 years: $52,400 with experience",
        "2 years: experience in a kitchen is required",
    ),
    Rule(
        Reason.PAY,
        _pays,
        "Salary for 3 years of experience: $90,000",
        "Salary: $90,000. 3 years of experience",
    ),
    Rule(
        Reason.AGE,
        _age,
        "You must be at least 18 years of age.",
        "Requirements\nUnder 2 years of experience",
    ),
    Rule(
        Reason.SOMEBODY_ELSES,
        _somebody_elses,
        "You will work alongside a head chef who has 20 years of experience.",
        "You will work alongside a head chef. Requirements: 2 years of experience.",
    ),
    Rule(
        Reason.SOMEBODY_ELSES,
        before(_WRITER, REACH),
        "I have spent 6 years in kitchens, an experience of its own.",
        "I am looking for a cook with 6 years of experience.",
    ),
    Rule(
        Reason.SOMEBODY_ELSES,
        before(_LESSER, 120),
        "You will train staff with less than 2 years of experience.",
        "You have trained staff for 2 years: such experience is required.",
    ),
)
