"""The words round the names of places: kinds of work, offices, streets, postal codes. Pure."""

from __future__ import annotations

import re

from jpt.text.late import late, whole_words


def has_sign(words: str, signs: tuple[str, ...]) -> bool:
    """Whether one of *signs* is in *words*, in lower case: quick to know before a slow pattern is tried."""
    return any(sign in words for sign in signs)


OF_REMOTE = (
    "remot", "home", "virtual", "tele", "télé", "from ", "wfh", "mobiles", "thuis", "zdaln", "distan", "etätyö",
    "リモート", "在宅",
)  # fmt: skip
"""What every match of `REMOTE` has in it."""
OF_WORK = (
    *OF_REMOTE, "brid", "hybr", "site", "office", "person", "vor ort", "présentiel", "presencial", "locatie",
    "flexib", "field",
)  # fmt: skip
OF_OFFICES = (
    "downtown", "city", "cent", "zentr", "head", "hq", "office", "büro", "standort", "campus", "hub", "filial",
    "niederl", "siège", "sede", "oficina", "location", "town", "kommune", "stadt", "commune",
)  # fmt: skip
OF_BASES = ("based", "basiert", "only", "wide")
OF_STREETS = ("rue", "avenue", "calle", "via", "c/", "box")
DIGIT = late(r"\d")
LETTER = late(r"[^\W\d_]")
SPACES = late(r"[\s\u00a0\u200b\u202f]+")
NOTES = late(
    r"\([^()]{0,40}\b(?:hybrid|on-?site|in[- ]office|days?)\b[^()]{0,40}\)"
    r"|\([^()]{0,40}\b(?:m/w/d|w/m/d|f/m/d|multiple|and \d+ more|\+\s?\d+|preferred|only|optional|required"
    r"|relocation)[^()]{0,40}\)"
    r"|(?:^|[,;]\s?|\s)(?:and|und|\+|et|y)?\s?\+?\d{1,3} (?:more|weitere|others?|locations?|autres?|más)\b|&nbsp;",
    re.IGNORECASE,
)
BESIDE = late(
    r"\s*(?:[;|•·\n]|\s/\s|//|\s\+\s)\s*|\s(?:or|oder|ou|eller|lub|nebo|and/or|bzw\.?|sowie)\s",
    re.IGNORECASE,
)
AND = late(r"\s(?:and|und|et|en|och|og|&)\s|\s?/\s?", re.IGNORECASE)
COMMA = late(r"[,()\[\]、，]")
DASH = late(r"\s[-–—:]+\s?|[–—]|>|\s?→\s?|:\s|\sin\s", re.IGNORECASE)
CODE_AHEAD = late(r"([A-Z]{2,3}) ?[-_:][-_: ]{0,3}(?=[^\W\da-z])")
STATE_BEHIND = late(r"(?<=[a-z,] [A-Z]{2}) (?=[A-Z][a-z.]+(?: [A-Z][a-z]+){0,2},? [A-Z]{2}\b)")
"""Behind a state, where the next place follows without a mark: `Austin, TX Dover, DE`."""
CODE_BEHIND = late(r"(.+?) ([A-Z]{2,3})$")
TIGHT = late(r"([^\W\d_][\w .'’]+?)[-–/](?:[\w.'’ -]+)")
QUARTER = late(r"([^\W\d_][\w.'’]+) [A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+)?")
GREATER = late(
    r"(?:greater |regio |metro |metropolitan |downtown |central |großraum |raum |region |area of |grand )?"
    r"(.+?)(?: (?:bay area|metropolitan area|metro area|metro|metroplex|area|region|city cent(?:er|re)"
    r"|und umgebung|city|surroundings|\d{1,2}|kreis \d+|cedex))?",
    re.IGNORECASE,
)
REMOTE = late(
    r"\bremote?(?:ly)?\b|\bremot[oa]\b|home[ -]?office|\bvirtual\b|\btele(?:work|commut)\w*|télétravail"
    r"|teletrabajo|teletrabalho|\bwork(?:ing)? from (?:home|anywhere)\b|\bWFH\b|mobiles arbeiten|thuiswerk\w*"
    r"|zdaln\w+|distans\w*|etätyö\w*|da remoto|à distance|en remoto|リモート|在宅",
    re.IGNORECASE,
)
_JOINS = "(?:and|or|und|oder|y|o|et|ou|en|of)"
REMOTE_IN = late(rf"(?:\b{_JOINS} )?(?:{REMOTE.pattern})\s?\(([^()]{{2,80}})\)(?: {_JOINS}\b)?", re.IGNORECASE)
"""The places from which a job may be done from home: `London or remote (Spain, Portugal)`."""
WORK = late(
    rf"(?:\b(?:100 ?%|fully|full|partially|partly|mostly|teilweise|temporarily)[ -])?(?:{REMOTE.pattern})"
    r"(?:[- ](?:work|job|position|role|first|friendly|only|eligible|possible|möglich|ok|opportunity|option(?:al)?"
    r"|based|anywhere|available|working|within|in)\b)*"
    r"|\bh[yíi]brid\w*(?:[- ](?:work(?:ing|place)?|remote|role|model|position|schedule))*|\bibrid\w+"
    r"|\bhybrydow\w+|\bon-?\s?site\b|\bin[- ]?(?:office|person)\b(?: work)?|\bvor ort\b|\bprésentiel\b"
    r"|\bpresencial\b|\bop locatie\b|\bflexible?\b|\bfield[- ]based\b",
    re.IGNORECASE,
)
DAYS = late(r"\d\s?(?:[jx]\b|jours?|days?|tage?n?\b|días?|dagen)|\b(?!100)\d{1,3}\s?%", re.IGNORECASE)
"""How much of the work is done from home: then it is not all of it."""
OPTION = late(
    rf"(?:{REMOTE.pattern})[\w ]{{0,8}} (?:options?|optional|possible|available|möglich|negotiable"
    rf"|considered)\b[\w ]*|\b(?:option(?:al)?|possibly|or) (?:to work )?(?:{REMOTE.pattern})",
    re.IGNORECASE,
)
OFFICE = whole_words(
    r"downtown|city cent(?:er|re)|centre[- ]ville|innenstadt|zentrum|head ?quarters?|HQ|head office|main office"
    r"|corporate office|offices?|büro|standort|zentrale|campus|hub|filiale|niederlassung|siège|sede|oficinas?"
    r"|location|city of|town of|kommune|stadt(?=\s)|commune de",
)
BASED = late(r"[- ](?:based|basiert|only|wide)\b", re.IGNORECASE)
EMPTY = late(r"\(\s*[,/\s]*\)|\[\s*[,/\s]*\]")
PREPOSITION = (
    r"(?:in|within|from|across|throughout|anywhere|based|at|near|the|bei|innerhalb|aus|deutschen?|von|à|en|au|aux"
    r"|dans|de|desde|da|em|i|vanuit|hele|across the|all of|all over|nel|presso|somewhere|timezones?|of|with|to"
    r"|must be|candidates?|residents?)"
)
AROUND = late(rf"^(?:[\s,;:()\-–—]|{PREPOSITION}\s)+|[\s,;:(\-–—]+$", re.IGNORECASE)
"""What is left at the ends of a name."""
PREPOSITIONS = late(rf"^(?:{PREPOSITION}\s+)+(?=[A-ZÀ-Þ])")
POSTAL = late(
    r"\b(?:[A-Z]{1,2}-)?\d{4,6}(?:-\d{3,4})?\b(?:\s?[A-Z]{2}\b(?=\s))?|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"
    r"|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b\d{3}\s\d{2}\b"
)
STREET = late(
    r"\d.*\b(?:st(?:reet)?|ave(?:nue)?|road|rd|blvd|boulevard|drive|dr|lane|floor|suite|way|plaza|unit|room"
    r"|building)\b|(?:stra(?:ße|sse)|str\.|platz|allee|weg|gasse|straat|laan|gatan|vej|ulica|ul\.)\s?\d"
    r"|\b(?:rue|avenue|calle|via|c/|p\.?o\.? box)\b|\d\s?[a-z]?$",
    re.IGNORECASE,
)
NO_NAME = late(r"\d|\b(?:days?|weeks?|hours?|tage?|jours?|dagen|días?|time|p/w)\b", re.IGNORECASE)
NAME = late(r"[^\W\d_][\w.'’/ -]{1,38}[\w.)]")
NOWHERE = late(
    r".*\b(?:main|various|multiple|several|different|all|any|none|unspecified|tbd|tba|n/?a|unknown|see"
    r"|description|nationwide|locations?|sites?|offices?|home|travel|client|customer|field|area|state|country"
    r"|region|city|town|multi|other|more|umgebung|surroundings|environs|alrededores|omgeving|verschiedene|mehrere"
    r"|diverse|plusieurs|varias|varios|flexib\w*|virtual|negotiable|work|job|full|part|time|the|person|office"
    r"|required|preferred|available|hours|days?|weeks?|per|semaine|jours?|woche|tage?|semana|salary|contract"
    r"|permanent|department|team|campus|headquarters|building)\b.*",
    re.IGNORECASE,
)
_COMMON = """
    about act airport allen alliance along alta altos anywhere apply as ask at au bank bar basic bath batman bay
    bazel bear benefits best bonus bright bury busca buy campo can car carriere casino center central centrale
    centre centro champion change coast college come commerce commonwealth como contact corona crystal cómo
    dabei dar data date deal del delta dig drug dual eagle east eastern eisen engineer enter enterprise essen
    este federal fleet fomento forest friendly fully gateway general german global globally goes gold golden
    grad grado grants green greenfield hard hazard heel hire hit holiday home homeland hope hull human humble
    hun hybrid independence independencia indien international isla job join junior justice kom la lakes landing
    lead leer leerbedrijf lees legacy lens let libertad liberty los lugar made male man manage marca march marco
    marketing media mentor meta metro mile mine mission mobile mon most nacional name nice nine none normal
    north northern nuevo obra of office officer opportunity or oral orange orden pace pacific page para part
    peer per perm pero pest pets po police position post price progress prospect qualifications reading real
    regio region registro req requirements reserve responsibilities rest rich role roles salary sale sales same
    sandwich save say se sea seen semi send senior seria shaping ski skills snowflake solo south southern split
    spring standard star start stone store street success summit superior sur surprise talent tank tarde temple
    ten terrace time to toma tomar toss tour tours trail tune turn una union unity university valley van vele
    ventas vi welcome welkom wells wensen west western wil winkel world worldwide yoga young ze zou
"""
WORDS = frozenset(_COMMON.split())
"""Names of cities that are words more often: alone they are no places."""
