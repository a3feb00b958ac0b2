"""Rules for other things that last years: studies, contracts, periods, licences, benefits. Pure."""

from __future__ import annotations

import re

from jpt.extract.experience.clause import EXPERIENCE, SAYS_EXPERIENCE, Clause
from jpt.extract.experience.lexicon import BOUND
from jpt.extract.experience.reasons import Reason
from jpt.extract.experience.rules.claims import VALUE_ONLY
from jpt.extract.experience.rules.rule import Rule, after, bare, before
from jpt.extract.experience.rules.vocabulary import SIMILAR_WORK, STUDY
from jpt.text.late import late

_STUDY_AFTER = late(
    rf"'?s?\W{{0,3}}(?:(?:of|in|a|an|or|full-time|related|the|at|from|completed|prior|relevant"
    rf"|[a-z]+'s)\s+){{0,4}}(?:[a-z&/-]+\s){{0,2}}{STUDY}"
)
_STUDY_NEAR = late(
    r"'?s? (?:to graduat|remaining\b|left (?:in|of|until)|until graduat|before graduat)"
    r"|'?s? of (?:[a-z-]+ ){0,4}(?:coursework|course work|classes|credits|lectures)\b|"
    rf"'?s?\W{{0,3}}(?:of |in |the |an? |de |d'|di |der |an der |einer |universitare |renewable |full-time "
    rf"|[a-z]+'s |technical |accredited |related "
    rf"|engineering ){{0,3}}{STUDY}"
)
_STUDY_BEFORE = late(
    r"(?:ausbildung|studium|lehre|degree|apprenticeship|programme?|course|training|formation|estudios"
    r"|opleiding|bachelor"
    r"|school|diploma|licence|bac ?\+ ?\d)(?:\s(?:als|zum|zur|in|im|en|de|of|tot|as"
    r"|der)\s[a-z /-]{2,40})?\s*\(\s*(?:ca\.? |etwa |approx\.? |about )?$"
)
"""`Ausbildung (3 Jahre)`: how long it took."""
_COMPOUND_NOUN = late(
    rf"\s(?:[a-z-]+ )?(?:{STUDY}|contract|fixed|term\b|internship|program|apprentice|period|plan\b|journey"
    rf"|commitment|appointment|rotation|assignment)"
)
_WINDOW = late(
    r"(?:\b(?:letzten|vergangenen|kommenden|nachsten|ersten|dernier\w*|prochain\w*|premier\w*|ultim[oa]s"
    r"|proxim[oa]s|primer[oa]s"
    r"|afgelopen|laatste|komende|eerste|ultimi|prossimi|primi|primeiros|senaste|forsta|seneste|siste|forste"
    r"|ostatnich|pierwszych"
    r"|innerhalb von|innerhalb der|nach|vor|alle|dans les|tous les|il y a|hace|dentro de|cada|tras"
    r"|despues de|binnen|na|elke|entro|dopo|ogni"
    r"|depois de|inom|efter|inden for|innen|etter|po|w ciagu|co) |\b(?:within|in|over|during|for|of|from|the"
    r"|inside)\s+(?:the|an?|your|his|her|their"
    r"|our)?\s*(?:(?:very )?(?:last|past|next|first|previous|recent|coming|preceding|final|initial"
    r"|immediate(?:ly)? (?:past|preceding)|prior|most recent)\s+)"
    r"|(?:uiterlijk|spatestens|au plus tard|a mas tardar|al piu tardi|senast|senest"
    r"|najpozniej|not? later than) "
    r"|\b(?:last|past|next|first|final|coming|previous|preceding) |\bwithin(?: (?:an?|the|about|approximately"
    r"|your|one|up to))? |\bin (?:just |only |under )?(?:the )?|\bevery |\beach |\bonce (?:every|in) |\bper "
    r"|\bafter(?: the| your| your first| completing| \d{1,2},?(?: and| or)?){0,3} )"
    r"(?:\w+ (?:or|to) )?\(?$"
)
_IN = late(r"\bin (?:just |only |under )?(?:the )?\(?$")
_TIME_AFTER = late(
    r"'?\s*(?:in[,:]|since\b|geleden|fa\b|sedan\b|siden\b|temu\b|atras\b|spater|plus tard|despues|later\b"
    r"|dernier|ago\b"
    r"|later\b|from now|after\b|in a row|running\b|straight\b|anniversar|or so ago|into the|hence"
    r"|time\b|long\b|prior to (?:the )?(?:appl|date|start)|before (?:appl|the )|forward|ahead|outlook|view"
    r"|strateg"
    r"|plan\b|roadmap|vision|horizon|forecast|budget)"
)
_SINCE = late(
    r"\b(?:depuis|seit|sinds|desde hace)(?: (?:plus de|pres de|environ|uber|mehr als|fast|rund|ruim|meer dan"
    r"|mas de))?\s*$"
)
"""For so long something has been so: a licence held, a company's age."""
_GIFT = late(
    r"\b(?:provid\w+|giv\w+|offer\w*|gain\w*|get|obtain|earn|receive) (?:you |them |interns "
    r"|students )?(?:with )?(?:up to |at least |over )?$|intern for$|\bintern (?:for|in)\b.{0,12}$"
)
_RESIDENCE = late(
    r"\b(?:resid(?:e[sd]?|ing|ent)\b"
    r"|(?<!their )(?<!your )(?<!a )(?<!post )(?<!post-)residenc[ey]\b(?! program| training))"
)
_SUBSTITUTE = late(
    r"will be credited|be credited|credit(?:s)? for"
    r"|experience credit|year-for-year|in place of"
    r"|count(?:s|ed)? (?:as|toward)|equates? to|equal to (?:one|\d)|considered equivalent to|may be waived"
)
_TERM_AFTER = late(
    r"'?s?\W{0,3}(?!post[- ])(?:\(?[a-z]+\)?\s){0,2}?(?:contract|fixed|ftc\b|term\b|terms\b|internship"
    r"|assignment|placement"
    r"|secondment|project\b|period|probation|residency|rotation|engagement|maternity cover|appointment|posting"
    r"|commitment|duration|extension|temporary|co-?op|training|traineeship|warranty|guarantee|trial|lease"
    r"|bond\b"
    r"|fellowship"
    r"|with (?:the )?(?:possib|potential|option)|\(?(?:with )?(?:possible|potential) (?:ext|for ext)|initial"
    r"|befrist|vertrag|cdd|work term|plus \d|on the payroll|notice|freelance|full-time contract|master program"
    r"|grant|mission\b|opportunit|initiative|journey|transformation)"
)
_TERM_BEFORE = late(
    r"(?:contratacion|duracion|temporal|prorroga\w*|periodo(?: de prueba)?|sustitucion|contratto|durata"
    r"|tirocinio|tijdelijk\w*|proeftijd"
    r"|looptijd|jaarcontract|detachering|periode|zeitraum|probezeit|elternzeit\w*|zunachst|befristung"
    r"|alternance|essai"
    r"|contrat|estagio|duracao"
    r"|vikariat\w*|visstid|provanstallning|provetid|tidsbegran[sz]\w*|barsels\w*|varighed|langd|umowa"
    r"|okres\w*|na czas|contract|contrato?|vertrag\w*|plazo|duration|term|length|internship|placement|tenure"
    r"|period"
    r"|commitment|commit|assignment|initially"
    r"|appointment|employed|(?<!the )lasts?|available|availability|valid|validity|probation\w*|estimated|bond"
    r"|laufzeit|lehrzeit|ausbildungszeit"
    r"|befristet|dauer|duree|duracion|cdd|duur|renewable|extend\w*|secondment|position is|served|stay"
    r"|relocation)(?: (?:de|von|auf|fur|van|voor|di|da|pour|om|på|na|i|met|com|con|une?|een|eines?|ca|circa"
    r"|is|of|for|will|be|length|period|duration|at|up|to|a|the|an|about|approximately|around"
    r"|least|minimum|initial|maximum|on|last|as long as|from|hire|possible"
    r"|valid))*\s*[:(~-]?\s*(?:\()?(?:up to "
    r"|min(?:imum|imaal|imal|imo|st|dst|\.)? (?:of |de )?|mindestens |au moins |al menos |almeno |pelo menos "
    r"|co najmniej |max(?:imum)?(?: of)? |ap?prox\w*\.? |ca\.? |circa |about |at least |a |an )?$"
)
_VALID = late(
    r"\b(?:passport|visa|permit|residence card|id card"
    r"|insurance)\b[^.;]{0,12}\(?\s*(?:valid )?(?:for )?(?:at least |min\.? )?$"
)
"""For so long a document is to be valid."""
_LICENCE = late(
    r"(?:rijbewijs|fuhrerschein|permis [a-e]\b|carn(?:et|e) de conducir|patente\b|korkort|korekort|forerkort"
    r"|prawo jazdy|licen[sc]e[ds]?|held|holding|resid\w+|lived|citizen\w*|registration|driving record|mvr"
    r"|dmv|convict\w*"
    r"|accident\w*|(?<!track )record)\b[^.]{0,40}$"
)
_LICENCE_AFTER = late(
    r"'?\s*(?:of )?(?:(?:driving )?experience as an? licen[sc]ed driver|post[- ]licens|clean driv"
    r"|of (?:clean )?driving history|driver'?s? licen|residen"
    r"|or more moving|moving viol|drug[- ]free|sober|smoke)"
)
_BENEFIT = late(
    r"\bvest(?:s|ing|ed)?\b|sabbatical|vacation|parental|maternity|401|annual leave|paid (?:time|leave)|accru"
    r"|of (?:continuous )?(?:service|employment|tenure)\b|loyalty|anniversar|pension|holiday|urlaub"
    r"|betriebszugehorig|vacaciones|conges\b|vakantiedag|dienstverband|anciennete|semesterdag|gewahrleistung"
    r"|garanti|bonus after|warrant"
    r"|renewable|\bvisas?\b|sponsorship|days? off|\bpto\b"
)


def _compound(clause: Clause) -> bool:
    """A 4-year something: the years belong to the noun that follows."""
    return not clause.said.endswith("s") and bool(
        re.search(r"[a-z]-|\d-\D|\b(?:[2-9]|two|three|four|five|six) (?:year|month)$", clause.said)
    )


_RUNS = late(
    r"[ -](?:long )?(?:program(?:me)?s?|internships?|contracts?|apprenticeships?|traineeships?|co-?ops?"
    r"|rotations?"
    r"|placements?|residency|fellowship"
    r"|course|bootcamp|accelerator)\b(?! (?:[a-z]+ ){0,2}(?:experience|manage|manag|lead|of experience))"
)
"""What runs for so long, whatever the sentence says of experience."""


def _programme(clause: Clause) -> bool:
    if _RUNS.match(clause.after):
        return True
    return _compound(clause) and _COMPOUND_NOUN.match(clause.after) is not None


_SIMILAR_WORK = late(SIMILAR_WORK)
_EXPERIENCE_BEFORE = late(rf"(?:{EXPERIENCE})\w*[\s:=|-]*{BOUND}$")


def _study(clause: Clause) -> bool:
    if _EXPERIENCE_BEFORE.search(clause.before) or _SIMILAR_WORK.search(clause.before):
        return False  # a field in running text: Experience 5+ Years Education Master's
    pattern = _STUDY_AFTER if _compound(clause) else _STUDY_NEAR
    return bool(pattern.match(clause.after)) and not re.match(r"'?s?\W{0,3}(?:\(|or (?:more|a ))", clause.after)


_STUDY_OF = late(
    rf"(?:{STUDY}|diplome)\w*\s(?:sur|de|d'une duree de|uber|von|van|di|på|z|dauert|dure|dura|duurt|varar"
    rf"|varer|trwa)\s{BOUND}$"
)


def _length_of_study(clause: Clause) -> bool:
    if _STUDY_OF.search(clause.before[-60:]) and not clause.experienced:
        return True
    return clause.after.lstrip().startswith(")") and bool(_STUDY_BEFORE.search(clause.before[-60:]))


_WORKED_FOR = late(r"\b(?:you|you've)\b[^.;]{0,40}\bwork(?:ed|ing)\b[^.;]{0,60}\bfor (?:the )?(?:last|past) $")
_GEWERKT = late(r"\b(?:heb|hebt|heeft)\b[^.;]{0,40}(?<!in )\bde (?:afgelopen|laatste) $")


def _worked_so_long(clause: Clause) -> bool:
    """`Have you worked as a cook for the last 3 years?`: so long, and not within so long."""
    if _WORKED_FOR.search(clause.before):
        return True
    return bool(_GEWERKT.search(clause.before)) and bool(re.match(r"[^.;?]{0,60}\bgewerkt\b", clause.after))


def _window(clause: Clause) -> bool:
    """Within the last years; what is done each year, or within it, is experience where that word follows."""
    if not _WINDOW.search(clause.before) or _worked_so_long(clause):
        return False
    rate = re.search(r"\b(?:each|per|every) $", clause.before) or _IN.search(clause.before)
    return not (clause.experienced and rate)


def _residence(clause: Clause) -> bool:
    return bool(_RESIDENCE.search(clause.before[-90:] + clause.said + clause.after[:40]))


_SUBSTITUTE_FOR = late(r"substitut\w*\b[^.;]{0,250}\bfor (?:up to |at least |the )?$")
_WHAT_IS_CREDITED = late(r"[(;]|\b(?:education|degree|training|coursework|school)\b")
_SUBSTITUTED = late(
    r"(?:(?!\b(?:education|degree|training|coursework|school|bachelor|master|ph\.?d|doctorate)\b)[^(;.]){0,240}?\b(?:may|can|will|could"
    r"|might) (?:also )?(?:be )?"
    r"substitut\w*(?! (?:by|with))"
)


def _substituted(clause: Clause) -> bool:
    if (
        _SUBSTITUTE.search(clause.before)
        or _SUBSTITUTE_FOR.search(clause.before)
        or _SUBSTITUTED.match(clause.after)
    ):
        return True
    credited = _SUBSTITUTE.search(clause.after[:80])
    return credited is not None and not _WHAT_IS_CREDITED.search(clause.after[: credited.start()])


_TERM_LABEL = late(
    r"\b(?:duration|contract|term|length|period|notice|probation|warranty|dauer|laufzeit|vertrag|befrist\w*"
    r"|duree|contrat|duracion|contrato"
    r"|duur|looptijd|durata|contratto|duracao|langd|varighed|umowa|okres)\b"
)


def _term(clause: Clause) -> bool:
    if not _TERM_BEFORE.search(clause.before):
        return False
    return not SAYS_EXPERIENCE.search(clause.before[-60:].rpartition("|")[2])


_FOR_MONTHS = late(rf"\b(?:voor|gedurende|fur|wahrend|pour|pendant|para|durante|por|per|for|i|na|przez)\s{BOUND}$")
_MONTH = late(r"m(?:o(?:nth|nat|is)|es|aand|ån|iesi)")
_HOURS_BESIDE = late(
    r"\s?[-|,/]\s?\d{1,2}(?:[.,]\d)?(?:\s?-\s?\d{1,2})?\s?(?:uur|uren|hours?|hrs|std|stunden|h|heures|horas|ore)\b"
)
_DONE = late(
    r"\b(?:gewerkt|werkzaam|worked|working|gearbeitet|travaille|trabaj\w+|lavorato|trabalh\w+|heb|hebt|heeft)\b"
)


def _for_months(clause: Clause) -> bool:
    """`A cook for 3 months`: so long the work lasts, where nothing speaks of experience."""
    if SAYS_EXPERIENCE.search(clause.whole) or _DONE.search(clause.whole):
        return False
    if _HOURS_BESIDE.match(clause.after) and VALUE_ONLY.fullmatch(clause.before):
        return True
    said = _FOR_MONTHS.search(clause.before)
    return said is not None and (said[0].startswith("gedurende") or bool(_MONTH.search(clause.said)))


def _labelled_term(clause: Clause) -> bool:
    return bool(
        _TERM_LABEL.search(clause.label)
        and VALUE_ONLY.fullmatch(clause.before)
        and not SAYS_EXPERIENCE.search(clause.label)
        and not clause.experienced
    )


def _benefit(clause: Clause) -> bool:
    return bool(_BENEFIT.search(clause.whole)) and not SAYS_EXPERIENCE.search(clause.before)


STUDIES = (
    Rule(
        Reason.PROGRAMME,
        _programme,
        "Requirements\nA 4-year engineering degree",
        "Requirements\nFour years in engineering, degree welcome",
    ),
    Rule(
        Reason.STUDY,
        bare(_study),
        "Requirements\n3 years of university studies",
        "Requirements\n3 years of experience, university studies",
    ),
    Rule(
        Reason.STUDY,
        _length_of_study,
        "Requirements\nAusbildung (3 Jahre) und Berufserfahrung",
        "Requirements\nBerufserfahrung (3 Jahre) nach der Ausbildung",
    ),
)

TIMES = (
    Rule(
        Reason.PERIOD,
        _window,
        "Requirements\nExperience with ships within the last 5 years",
        "Requirements\n5 years of experience with ships",
    ),
    Rule(
        Reason.PERIOD,
        before(_SINCE),
        "Requirements\nDriving licence held seit 2 Jahren",
        "Requirements\nMindestens 2 Jahre Erfahrung im Verkauf",
    ),
    Rule(
        Reason.PERIOD,
        bare(after(_TIME_AFTER)),
        "We opened our first shop 6 years ago.",
        "We require 6 years in a shop.",
    ),
    Rule(
        Reason.GIVEN,
        before(_GIFT),
        "Our programme will give you 2 years of experience.",
        "You bring 2 years of experience.",
    ),
    Rule(
        Reason.RESIDENCE,
        bare(_residence),
        "Requirements\nResident of the county for 2 years",
        "Requirements\n2 years of experience in the county",
    ),
    Rule(
        Reason.SUBSTITUTED,
        _substituted,
        "One year of study can be substituted for 2 years of experience.",
        "One year of study and 2 years of experience are required.",
    ),
    Rule(
        Reason.TERM,
        _labelled_term,
        "Project duration\n6+ months",
        "Experience\n6+ months",
    ),
    Rule(
        Reason.TERM,
        bare(after(_TERM_AFTER)),
        "This is a job for 2 years (fixed term).",
        "Requirements\n2 years of experience with fixed term jobs",
    ),
    Rule(
        Reason.TERM,
        bare(_term),
        "Contract length: 2 years",
        "Contract work, experience: 2 years",
    ),
    Rule(
        Reason.TERM,
        _for_months,
        "We look for a cook for 6 months.",
        "You worked as a cook for 6 months.",
    ),
    Rule(
        Reason.LICENCE,
        before(_VALID),
        "Requirements\nInsurance (for at least 2 years)",
        "Requirements\nInsurance experience of at least 2 years",
    ),
    Rule(
        Reason.LICENCE,
        after(_LICENCE_AFTER),
        "Requirements\n3 years of clean driving history",
        "Requirements\n3 years of driving experience",
    ),
    Rule(
        Reason.LICENCE,
        bare(before(_LICENCE)),
        "Requirements\nLicence held for at least 3 years",
        "Requirements\nLicence and 3 years of driving experience",
    ),
    Rule(
        Reason.BENEFIT,
        bare(_benefit),
        "Enjoy a holiday more with 3 years of loyalty.",
        "You need 3 years of experience; there is a sabbatical.",
    ),
)
