"""What a statement of years is about: experience, or one of the many other things that last years. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jpt.extract.experience.sections import Section
from jpt.extract.experience.statements import Statement
from jpt.extract.experience.wording import Wording

EXPERIENCE = (
    r"(?<!has )(?<!have )experience(?!d )|experienci|experiencia|[a-z]{0,14}erfahrung|[a-z]{0,10}praxis\b"
    r"|[a-z]{0,6}ervaring|esperienza"
    r"|doswiadcz|\bexp\b|\bexp[.:]|\bpqe\b|track record|\byoe\b|background"
)
_EXPERIENCE = re.compile(EXPERIENCE)
AROUND = "another job or the page around"
MOST_YEARS = 30
"""More than this nobody asks for: it is how old something is."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement with the sentence that it stands in, in lower case."""

    statement: Statement
    start: int
    end: int
    before: str
    said: str
    after: str
    section: Section
    asks: bool = False
    """The sentence is a question."""

    @property
    def whole(self) -> str:
        """The sentence."""
        return self.before + self.said + self.after


def clause(words: Wording, statement: Statement, bounds: tuple[int, int], section: Section) -> Clause:
    """Cut the sentence at *bounds* round *statement*."""
    start, end = bounds
    low = words.low
    return Clause(
        statement,
        start,
        end,
        low[start : statement.start],
        low[statement.start : statement.end],
        low[statement.end : end],
        section,
        asks="?" in low[statement.end : end + 1],
    )


_AGE_AFTER = re.compile(
    r"'?\s?-?\s?(?:of age\b|olds?|ou plus\b(?=.{0,12}age)|d'age|revolus|de edad|alt\b|\(age|oud\b)"
)
_AGE_BEFORE = re.compile(
    r"(?:\bage[ds]?(?: (?:of|from|between|group))?:?|\bunder|\baged?|unter|aged? \d+ (?:to"
    r"|-))\s*(?:\(?\d* ?(?:weeks?|months?)?,? ?(?:to|-|through|and)? ?)?$"
)
_CHILDREN = re.compile(
    r"\b(?:toddlers?|infants?|bab(?:y|ies)|children|kids|preschoolers?|pupils)\s?,?\s?\(?(?:aged?|from|between)?\s*$"
)
_STUDY = (
    r"(?:degree|college|universit|diploma|course\b|bachelor|master|institution|stud(?:y|ies)\b|undergrad"
    r"|high school|programme?\b|curriculum|certificat|apprenticeship|school\b|schooling|coursework"
    r"|post-?secondary|graduate\b|education\b"
    r"|nursing school|technical school|trade school|vocational|associate|vwo|lehre\b|ausbildung|studium|bac\b"
    r"|educational|license|tertiary|accredited|academic)"
)
_STUDY_AFTER = re.compile(
    rf"'?s?\W{{0,3}}(?:(?:of|in|a|an|or|full-time|related|the|at|from|completed|prior|relevant"
    rf"|[a-z]+'s)\s+){{0,4}}(?:[a-z&/-]+\s){{0,2}}{_STUDY}"
)
_STUDY_NEAR = re.compile(
    rf"'?s?\W{{0,3}}(?:of |in |the |an? |renewable |full-time |[a-z]+'s |technical |accredited |related "
    rf"|engineering ){{0,3}}{_STUDY}"
)
_STUDY_BEFORE = re.compile(
    r"(?:ausbildung|studium|lehre|degree|apprenticeship|programme?|course|training|formation|estudios|opleiding|bachelor"
    r"|school|diploma|licence|bac ?\+ ?\d)\s*\(\s*(?:ca\.? |etwa |approx\.? |about )?$"
)
"""`Ausbildung (3 Jahre)`: how long it took."""
_COMPOUND_NOUN = re.compile(
    rf"\s(?:[a-z-]+ )?(?:{_STUDY}|contract|fixed|term\b|internship|program|apprentice|period|plan\b|journey"
    rf"|commitment|appointment|rotation|assignment)"
)
_WINDOW = re.compile(
    r"(?:\b(?:within|in|over|during|for|of|from|the|inside)\s+(?:the|an?|your|his|her|their"
    r"|our)?\s*(?:(?:very )?(?:last|past|next|first|previous|recent|coming|preceding|final|initial"
    r"|immediate(?:ly)? (?:past|preceding)|prior|most recent)\s+)"
    r"|\b(?:last|past|next|first|final|coming|previous|preceding) |\bwithin(?: (?:an?|the|about|approximately"
    r"|your|one|up to))? |\bin (?:just |only |under )?(?:the )?|\bevery |\beach |\bonce (?:every|in) |\bper "
    r"|\bafter(?: the| your| your first| completing)? )"
    r"(?:\w+ (?:or|to) )?\(?$"
)
_IN = re.compile(r"\bin (?:just |only |under )?(?:the )?\(?$")
_TIME_AFTER = re.compile(
    r"'?\s*(?:ago\b|later\b|from now|after\b|in a row|running\b|straight\b|anniversar|or so ago|into the|hence"
    r"|time\b|long\b|prior to (?:the )?(?:appl|date|start)|before (?:appl|the )|forward|ahead|outlook|view|strateg"
    r"|plan\b|roadmap|vision|horizon|forecast|budget)"
)
_COMPANY_AFTER = re.compile(
    r"'?\s*(?:in (?:business|operation|existence)(?=\s*(?:$|[.,;!)]|and\b|for\b|since|at\b|with|we\b|worldwide))"
    r"|of (?:(?:history|heritage|innovation|excellence|operation|(?:steady |strong )?growth|success|tradition"
    r"|existence|research|legacy|change|assumptions|market)\b(?! experience)|service to|serving|leadership in"
    r"|continuous (?:growth|operation))"
    r"|history|legacy|heritage|strong\b|young\b|in the making|now\b|supporting sus)"
)
_COMBINED = re.compile(r"\b(?:combined|collective)\b")
_BIG = re.compile(r"\b(?:over|nearly|almost|than|celebrat\w+|plus)\s+(?:the )?$")
_GIFT = re.compile(
    r"\b(?:provid\w+|giv\w+|offer\w*|gain\w*|get|obtain|earn|receive) (?:you |them |interns "
    r"|students )?(?:with )?(?:up to |at least |over )?$|intern for$|\bintern (?:for|in)\b.{0,12}$"
)
_COMPANY_SAID = re.compile(
    r"company history|years? of history|founded|established|since (?:19|20)\d\d|our (?:team|recruiters"
    r"|consultants|experts|staff|founders) (?:have|has|bring)|we(?:'ve| have) (?:been|over|more|grown)|backed by"
    r"|proud to"
)
_COMPANY_SUBJECT = re.compile(
    r"\b(?:we|we're|we've|our|ours|us|company|firm|organi[sz]ation|group|agency|corporation|practice|family"
    r"|business|inc|llc|ltd|gmbh|provider|leader in|has been|have been|was founded|serving|wir|unser\w*|nous"
    r"|notre|nuestr\w+|onze|clients have|brand|school|hospital|founders?|its|unternehmen|entreprise|empresa"
    r"|bedrijf|has (?:grown|built|served|helped|provided|become|led|been|delivered|offered|steadily|connected"
    r"|empowered|brought))\b"
)
_WANTED = re.compile(
    r"\b(?:you|your|you'll|you've|you're|must|required?|requires|requiring|requirements?|candidates?|applicants?"
    r"|minimum|min\.?|at least|least|need(?:s|ed)?|seek(?:ing|s)?|ask(?:s|ing)? for|expect(?:s|ed|ing)?"
    r"|looking|look for|qualif\w+|should|hiring"
    r"|individuals?|someone|person|typically|ideal|accept|degrees?|doctorate|registration|bachelor\w*|master'?s|diploma|phd|possess"
    r"|suit(?:s|able)?|successful|eligible|"
    r"mindestens|sie|du|deine?|ihre?|sucht|suchen|profil|vous|votre|recherch\w+|minimum|usted|tienes|buscamos"
    r"|minimo|minima|requerid\w+|exige|jij|je|jouw|minimaal|zoeken|bezit|hast|haben|verfugst|verfugen|bringst"
    r"|bringen|idealement|almenos|menos|moins|experience required|years experience required)\b"
)
_BENEFIT = re.compile(
    r"\bvest(?:s|ing|ed)?\b|sabbatical|vacation|parental|maternity|401|annual leave|paid (?:time|leave)|accru"
    r"|of (?:continuous )?(?:service|employment|tenure)\b|loyalty|anniversar|pension|holiday|bonus after|warrant"
    r"|renewable|visa|sponsorship|days? off|pto\b"
)
_TERM_AFTER = re.compile(
    r"'?s?\W{0,3}(?:\(?[a-z]+\)?\s){0,2}?(?:contract|fixed|ftc\b|term\b|terms\b|internship|assignment|placement"
    r"|secondment|project\b|period|probation|residency|rotation|engagement|maternity cover|appointment|posting"
    r"|commitment|duration|extension|temporary|co-?op|training|traineeship|warranty|guarantee|trial|lease|bond\b"
    r"|fellowship"
    r"|with (?:the )?(?:possib|potential|option)|\(?(?:with )?(?:possible|potential) (?:ext|for ext)|initial"
    r"|befrist|vertrag|cdd|work term|plus \d|on the payroll|notice|freelance|full-time contract|master program"
    r"|grant|mission\b|opportunit|initiative|journey|transformation)"
)
_TERM_BEFORE = re.compile(
    r"(?:contract|contrato?|vertrag\w*|plazo|duration|term|length|internship|placement|tenure|period"
    r"|commitment|commit|assignment|initially"
    r"|appointment|employed|lasts?|available|availability|valid|validity|probation\w*|estimated|bond|laufzeit"
    r"|befristet|dauer|duree|duracion|cdd|duur|renewable|extend\w*|secondment|position is|served|stay"
    r"|relocation)(?: (?:is|of|for|will|be|length|period|duration|at|up|to|a|the|an|about|approximately|around"
    r"|least|minimum|initial|maximum|on|last|as long as|from|hire|possible|valid))*\s*[:(~-]?\s*(?:\()?(?:up to "
    r"|minimum (?:of )?|max(?:imum)?(?: of)? |approx\w*\.? |about |at least |a |an )?$"
)
_SUBSTITUTE = re.compile(
    r"substitut|will be credited|be credited|credit(?:s)? for|experience credit|year-for-year|in place of"
    r"|count(?:s|ed)? (?:as|toward)|equates? to|equal to (?:one|\d)|considered equivalent to|may be waived"
)
_LICENCE = re.compile(
    r"(?:licen[sc]e[ds]?|held|holding|resid\w+|lived|citizen\w*|registration|driving record|mvr|dmv|convict\w*"
    r"|accident\w*|(?<!track )record)\b[^.]{0,40}$"
)
_VALID = re.compile(
    r"\b(?:passport|visa|permit|residence card|id card"
    r"|insurance)\b[^.;]{0,12}\(?\s*(?:valid )?(?:for )?(?:at least |min\.? )?$"
)
"""For so long a document is to be valid."""
_LICENCE_AFTER = re.compile(
    r"'?\s*(?:of )?(?:post[- ]licens|clean driv|of (?:clean )?driving history|driver'?s? licen|residen"
    r"|or more moving|moving viol|drug[- ]free|sober|smoke)"
)
_MONEY = re.compile(r"'?\s?(?::|=|-)\s?[$€£]?\d{2,3}[,.k]|\s?\(\d{2,6}\)")
_SINCE = re.compile(
    r"\b(?:depuis|seit|sinds|desde hace)(?: (?:plus de|pres de|environ|uber|mehr als|fast|rund|ruim|meer dan"
    r"|mas de))?\s*$"
)
"""For so long something has been so: a licence held, a company's age."""
_OTHERS = re.compile(
    r"\b(?:work(?:ing)? (?:closely )?(?:with|alongside|under|beside)|mentor(?:ed|ship)?|founders?|head chef"
    r"|ceo|cto"
    r"|your (?:manager|boss|trainer|lead))\b[^.;:]{0,80}\bwho(?:'ve| have| has| bring\w*| each"
    r"| together)?[^.;:]{0,25}$"
    r"|\b(?:led|headed|founded|managed|taught|trained|mentored|guided|run|owned) by\b[^.;:]{0,80}"
    r"\b(?:with|who|has|have)\b[^.;:]{0,25}$"
    r"|\b(?:a|your) (?:mentor|coach|trainer|buddy|manager)\b[^.;:]{0,30}\bwith (?:over |more than )?$"
    r"|\bwhose (?:members|staff|people|engineers|team|colleagues)\b[^.;:]{0,40}$"
)
"""Whose years they are: those of the people one will work with."""
_LESSER = re.compile(
    r"\b(?:mentor|coach|train|supervise|onboard|teach)(?:s|ing|es)?\s(?:[a-z]+ ){0,2}(?:colleagues|juniors?|staff"
    r"|employees|apprentices|engineers|developers|nurses|associates|members|people|peers|hires)\s"
    r"(?:with|who have) (?:less than |fewer than |under |up to |only )?$"
)
_ON_A_RUNG = re.compile(
    r"\b(?:degrees?|bachelor'?s?|master'?s?|b\.?s\.?c?|b\.?a|m\.?s\.?c?|m\.?b\.?a|ph\.?d\.?|doctorate|diploma|ged)"
    r"[^.;]{0,30}(?:\b(?:and|with|plus|or)|[+,:(&-])\s*(?:a minimum of |at least )?$"
)
"""A rung of a ladder: `Bachelor's and 6 years' experience; Master's and 4 years`."""
_LEVELS = re.compile(
    r"\b(?:i{1,3}|iv|v|[1-6]|[abc]|junior|senior|lead|entry|mid|associate|principal|staff|level|grade)\s*[(:-]\s*$"
)
_NESTED = re.compile(r"\b(?:in|of|as)\b|s' ")
"""What the longer time was spent in: `6 years in sales, 2 of them abroad`."""
_NESTS = re.compile(
    r"'?s?\s(?:in|of|as|with)\b[^.;]{0,60}?,\s(?:with |including |at least ){0,2}\w{1,6} of (?:which|those|them)\b"
)
_NEEDED = re.compile(
    r"'?s?[)\s]{0,2}(?:[a-z][^.;,|(]{0,70}\s)?\(?(?:is |are )?(?:required|req'?d|needed|necessary|essential"
    r"|mandatory"
    r"|a must|erforderlich|exige\w*|requerid\w+|vereist)\b"
)
_FUTURE = re.compile(
    r"\b(?:from \w+ to \w+|grow|become|joined|celebrat\w*|turned|turns|trained|will (?:be|spend|last)"
    r"|you'll (?:spend|gain|rotate)|retain|stored?|keep|file|update|certified|graduat\w+"
    r"|complet\w+ (?:of )?(?:your|the)|obtain|promot\w+|award\w*|named|recogni[sz]ed|best (?:place|work)\w*"
    r"|employer|ranked|visited|worn)\b[^.]{0,60}$"
)
_NO_NEED = re.compile(
    r"(?:\b(?:not|never|no)|n't|\bwithout) (?:really |necessarily |actually )?(?:need|require|expect|demand"
    r"|looking"
    r"|have to have|necessary|essential|required)\w*\W+(?:(?:to|have|for|you|that|the|a|an|any|at|least|minimum"
    r"|of|more|than|over)\W+){0,6}$"
    r"|\b(?:whether|regardless of|no matter|irrespective of)\b[^.;]{0,50}$"
)
_TOO_MUCH = re.compile(
    r"[^.;?]{0,90}\b(?:(?:will|can|would|do|does|are|is) ?not|won't|cannot|can't|aren't"
    r"|isn't) (?:be )?(?:considered"
    r"|eligible|accepted|shortlisted|qualify|a fit|suitable)|[^.;?]{0,90}\b(?:overqualified|over-qualified"
    r"|too senior)"
)
_DOING = re.compile(
    r"'?s?\W{0,4}(?:(?:(?:of|in|as|with|at|on|using|within|under|across|post|managing|leading|working|total"
    r"|direct\w*|hands-on|professional|relevant|industry|related|or more|trabajando|como|en|als|im|bei|comme"
    r"|sea time|site time|flight time|call|tatigkeit|minimum|worth"
    r"|dans|bij)\b)|[a-z-]+ing\b"
    r"|[a-z/&-]+ (?:management|leadership|experience)|(?:\(?(?:required|mandatory|must))|or (?:more|equiv|higher"
    r"|greater)|min)"
)
_OPENING = re.compile(
    r"^[\W\d_]*(?:(?:have|has|having|must|you|you'll|with|a|an|the|minimum|min\.?|at|least|of|about|around"
    r"|approx\w*|typically|generally|usually|over|more|than|possess\w*|possesses|bring|need|should|ideal\w*"
    r"|proven|requires?|required|candidate|and|plus|or|experience|related|work|professional|absolute|total"
    r"|overall|relevant|mandatory|not|fewer|less|exp|up|to|least|no|between|minimal|mindestens|minimaal|minimo"
    r"|au|moins|ten|minste|al|menos|degree|bachelor's|master's|phd|bs|ms|ba)\b[\W_]*)*$"
)
_NAMED_THING = re.compile(r"'?s?\W{1,3}(?:[a-z0-9][a-z0-9+#./&'-]*+[ /]{0,2}+){1,8}+(?:\W{0,4}$|[,;(])")
"""`4+ years Salesforce administration`: a point of a list of demands that names the thing and no more."""
_RESIDENCE = re.compile(
    r"\b(?:resid(?:e[sd]?|ing|ent)\b"
    r"|(?<!their )(?<!your )(?<!a )(?<!post )(?<!post-)residenc[ey]\b(?! program| training))"
)
_IN_IT = re.compile(
    r"\bexperienced?\b[^.;]{0,90}\b(?:at least|minimum(?: of)?|min\.?|minimal|over|more than|no less than)\W{0,2}$"
)
"""The number behind the matter: `Experience as a purchasing manager min. 5 years`."""
_VALUE = re.compile(r"^\W{0,3}[a-z][\w /&.,()+#-]{1,45}:\s*(?:at least |min\.? |minimum )?$")
"""A point of a list of demands that is a name and a value: `General clerical: 2 years`."""
_CELL = re.compile(r"\b(?:required|mandatory|must(?: have)?|essential)\s*\|\s*$")
_HAS_BEEN = re.compile(
    r"\b(?:someone|somebody|person|candidates?|applicants?|must|you|you've)\b[^.;]{0,60}"
    r"(?:\b(?:has|have|been|having|worked|working|doing)\b|'ve\b)[^.;]{0,60}\bfor\s(?:at least "
    r"|a minimum of |over "
    r"|more than |about |around |some |no fewer than |no less than |not less than )?$"
)
"""So long somebody is to have done something."""
_PLUS = re.compile(r"\+")
_MUST = re.compile(r"\b(?:must(?: have)?|required?|requires|requirements?|minimum|min)\W{1,3}$")
_LABELLED = re.compile(
    r"(?:experience|exp|erfahrung|ervaring|experiencia|seniority|tenure in)[^.]{0,50}[:(-]\s*(?:min(?:imum)?\.? "
    r"|at least |minimum of |approx\.? |over |more than |)?$"
)


def other_subject(clause: Clause) -> str | None:
    """Say what a statement is about if it is not about experience that somebody must have; None when it is."""
    statement = clause.statement
    before, after = clause.before, clause.after
    if _not_asked(clause):
        return "not asked for"
    if statement.field:
        return None
    if statement.nested:
        return None if _NESTED.search(before) or _EXPERIENCE.search(clause.whole) else "no experience"
    if (
        statement.article
        and not re.search(r"\b(?:least|minimum|full|whole)\b", before[-16:] + clause.said)
        and not re.match(
            r"'?s?\s?(?:of|or more\b|or longer\b|or greater)?\s?(?:[a-z-]+ ){0,4}experienc"
            r"|'?\s(?:or (?:more|longer)|minimum)\b",
            after,
        )
    ):
        return "not a number"
    if _MONEY.match(after):
        return "a table or a filter"
    experienced = clause.said.endswith(("yoe", "pqe")) or bool(
        re.match(rf"'?s?\s*\W{{0,2}}(?:[a-z0-9,/&()'+.-]+\s+){{0,9}}?(?:d'|an )?(?:{EXPERIENCE})", after)
    )
    if _age(before, after, experienced=experienced):
        return "age"
    if _OTHERS.search(before[-140:]) or _LESSER.search(before[-120:]):
        return "somebody else's"
    if _compound(clause) and _COMPOUND_NOUN.match(after):
        return "study or length of a programme"
    if not experienced and _study(clause):
        return "study"
    if after.lstrip().startswith(")") and _STUDY_BEFORE.search(before[-60:]):
        return "study"
    reason = _time(clause, experienced)
    if reason:
        return reason
    return _company(clause, experienced) or _unclaimed(clause, experienced)


def speaks_of_experience(clause: Clause) -> bool:
    """Tell whether the sentence of a statement has a word for experience."""
    return _EXPERIENCE.search(clause.whole) is not None


def _age(before: str, after: str, *, experienced: bool) -> bool:
    if _AGE_AFTER.match(after):
        return True
    if _CHILDREN.search(before):
        return True
    of_experience = after.lstrip(" '").startswith(("of exp", "exp")) or (experienced and before.endswith("under "))
    return not of_experience and bool(_AGE_BEFORE.search(before))


def _not_asked(clause: Clause) -> bool:
    """Tell whether the sentence says that so much is not needed, or is too much, or asks only who has less."""
    before, after = clause.before, clause.after
    if re.search(r"\black(?:s|ing)? (?:up to |about )?$", before):
        return True
    if _NO_NEED.search(before) or _TOO_MUCH.match(after):
        return not shuts_out_less(clause)
    return clause.asks and bool(re.search(r"\b(?:less|fewer|under) (?:than )?$", before))


def shuts_out_less(clause: Clause) -> bool:
    """Tell whether it says that less than so much is not enough: then so much is required."""
    return bool(
        _TOO_MUCH.match(clause.after) and re.search(r"\b(?:(?:less|fewer) than|under|below)\W*$", clause.before)
    )


def _study(clause: Clause) -> bool:
    pattern = _STUDY_AFTER if _compound(clause) else _STUDY_NEAR
    return bool(pattern.match(clause.after)) and not re.match(r"'?s?\W{0,3}(?:\(|or (?:more|a ))", clause.after)


def _compound(clause: Clause) -> bool:
    """A 4-year something: the years belong to the noun that follows."""
    return not clause.said.endswith("s") and bool(
        re.search(r"[a-z0-9]-|\b(?:[2-9]|two|three|four|five|six) (?:year|month)$", clause.said)
    )


def _time(clause: Clause, experienced: bool) -> str | None:
    before, after = clause.before, clause.after
    rate = re.search(r"\b(?:each|per|every) $", before)
    if _WINDOW.search(before) and not (experienced and (rate or _IN.search(before))):
        return "a period of time"
    if _SINCE.search(before):
        return "a period of time"
    if _TIME_AFTER.match(after) and not experienced:
        return "a period of time"
    if _GIFT.search(before):
        return "what the job gives"
    if not experienced and _RESIDENCE.search(before[-90:] + clause.said + after[:40]):
        return "residence"
    if _SUBSTITUTE.search(clause.whole):
        return "credited or substituted"
    if _TERM_AFTER.match(after) and not experienced:
        return "length of a contract or programme"
    if _TERM_BEFORE.search(before) and not experienced:
        return "length of a contract or programme"
    if _VALID.search(before) or _LICENCE_AFTER.match(after) or (_LICENCE.search(before) and not experienced):
        return "a licence, record or residence"
    if _BENEFIT.search(clause.whole) and not experienced and not re.search(r"experience", before):
        return "a benefit"
    return None


def _company(clause: Clause, experienced: bool) -> str | None:
    before, after, whole = clause.before, clause.after, clause.whole
    if clause.section.kind in {"jobs", "page"}:
        return AROUND
    wanted = _WANTED.search(before[-110:]) or re.search(r"\bnot less than $", before)
    if _COMBINED.search(after[:60]) and not wanted and (not _OPENING.match(before[-70:]) or _BIG.search(before)):
        return "company history"
    if _COMPANY_AFTER.match(after) or (
        _COMPANY_SAID.search(whole) and not wanted and not _OPENING.match(before[-70:])
    ):
        return "company history"
    if (
        re.search(
            r"\b(?:for|with|over|nearly|almost|bring\w*|has|have|than|celebrat\w+)\s+(?:the |over |more than "
            r"|nearly |almost |about |approximately |some )*$",
            before,
        )
        and not wanted
    ):
        subject = before if not _BIG.search(before) else whole
        if _COMPANY_SUBJECT.search(subject):
            return "company history"
        if (
            _BIG.search(before)
            and not experienced
            and re.search(r"\bfor (?:over|more than|nearly|almost) $", before)
        ):
            return "company history"
    if clause.statement.years > MOST_YEARS or (clause.statement.years > 20 and not wanted and not experienced):
        return "company history"
    if (
        clause.section.kind == "company"
        and not _WANTED.search(whole)
        and clause.section.titled
        and clause.statement.years > 7
    ):
        return "company history"
    return None


def _unclaimed(clause: Clause, experienced: bool) -> str | None:
    """A statement that nothing else claims must be borne out as experience."""
    before, after = clause.before, clause.after
    if _LABELLED.search(before[-90:]):
        return None
    if experienced:
        return None
    if _FUTURE.search(before):
        return "a period of time"
    if clause.section.kind == "benefits" and not _EXPERIENCE.search(clause.whole):
        return "a benefit"
    if re.search(rf"(?:{EXPERIENCE}|worked|working)[^;]{{0,80}}$", before):
        return None
    if _EXPERIENCE.search(after[:160]) and (_DOING.match(after) or _WANTED.search(before)):
        return None
    return None if _claimed(clause) else "not said to be experience"


def _claimed(clause: Clause) -> bool:
    """Tell whether the words around a statement ask for it, though none of them is `experience`."""
    before, after = clause.before, clause.after
    if _ON_A_RUNG.search(before[-60:]) and _EXPERIENCE.search(clause.whole):
        return True
    if (
        _LEVELS.search(before[-20:])
        or _HAS_BEEN.search(before[-200:])
        or _NESTS.match(after)
        or _NEEDED.match(after)
    ):
        return True
    if (
        _PLUS.search(clause.said + after[:2])
        and _DOING.match(after.lstrip("+ "))
        and not _COMPANY_SUBJECT.search(before)
    ):
        return True
    if _IN_IT.search(before[-140:]) or _CELL.search(before[-40:]):
        return True
    demanded = clause.section.titled and clause.section.kind in {"required", "preferred"}
    if demanded and _VALUE.match(before) and not re.search(_STUDY, before) and re.match(r"\W*$", after):
        return True
    if re.match(r"'?s?\W{0,3}(?:[a-z-]+ ){0,3}(?:pqe|post[- ]qualif)", after):
        return True
    if _OPENING.match(before[-70:]):
        if re.match(r"'?s?\s(?:minimum|min\b)", after):
            return True
        named = _MUST.search(before[-40:]) or clause.section.kind in {"required", "preferred"}
        if named and _NAMED_THING.match(after):
            return True
        if _demands(clause) and (_DOING.match(after) or re.match(r"[\s'.+)]*$", after)):
            return True
    return bool(_WANTED.search(before) and _DOING.match(after))


def _demands(clause: Clause) -> bool:
    return (
        clause.section.kind in {"required", "preferred"}
        or "+" in clause.said
        or bool(_WANTED.search(clause.before))
        or (
            clause.section.kind in {"none", "duties"}
            and bool(re.match(r"'?s?\s(?:worth )?(?:of|in|as|[a-z]+ing)\b", clause.after))
        )
    )
