"""The words that tell where a post names its places, and whose they are. Pure."""

from __future__ import annotations

import re

from jpt.text.late import late, whole_words

LABEL = late(
    r"\W{0,4}(?:the )?(?:(?:job |work |primary |office |position |duty |vacancy |role |additional |main "
    r"|other |secondary |alternate "
    r"|based )?locations?(?:\(s\))?(?: of work| city| region| country| state)?"
    r"|city|town|place of (?:work|employment)|work ?place|workplace address|where"
    r"|based in|office|region|country"
    r"|(?:arbeits|einsatz|dienst)orte?|standorte?|stadt|ort|land|arbeitsplatz|lieux?(?: de travail)?"
    r"|localisation|ville"
    r"|ubicaci[oó]n(?:es)?|lugar(?: de trabajo)?|ciudad|localidad|provincia|poblaci[oó]n|pa[ií]s"
    r"|localiza[cç][aã]o|cidade"
    r"|local de trabalho|sede(?: di lavoro)?|luogo di lavoro|citt[àa]|locatie(?:\(s\))?|standplaats|plaats"
    r"|werklocatie|regio|plats|arbetsort"
    r"|stationeringsort|placering|sted|arbeidssted|arbejdssted|lokalizacja|miejsce pracy|miasto"
    r"|m[ií]sto(?: výkonu práce)?"
    r"|lokalita|sijainti|työpaikan sijainti|勤務地|工作地点|근무지)[*_]{0,3}\s?(?:[:：]|$|\s[-–]\s|\t)",
    re.IGNORECASE,
)
OFFICES = late(r"\W{0,4}(?:standorte|offices|sedi|sedes|bureaux|vestigingen|niederlassungen)\b", re.IGNORECASE)
"""A label of all places where a firm is."""
UNTIL = late(
    r"\s{3,}|\t|\*{2,}|\s(?:Job type|Type|Salary|Department|Employment|Contract|Reports? to|Date|Posted"
    r"|Hours|Compensation|Team|Level"
    r"|Duration|Start|Schedule|Pay|Position|Job|Reference|Req)\b\s?\w*:|(?-i:(?<=[a-z)])\s?(?=[A-Z][a-z]+:))",
    re.IGNORECASE,
)
MARKS = late(r"(?:\s[–—/-]+\s|\*{2,}|[·•|\t▪●;@]|\s{3,})(?![^()]{0,60}\))")
BOLD = late(r"\*\*[^*\n]{3,120}\*\*")
DASHED = late(r"[^\n.]{2,40} [–—-] [^\n.]{2,40} [–—-] ")
"""The start of a line that is a head and no sentence: `Acme - London (hybrid) - We build …`."""
SEPARATORS = late(r",|_ ")
"""Commas, and what one table of adverts writes for them."""
EMPLOYMENT = whole_words(
    r"contract|permanent|full-?time|part-?time|hybrid|remote|on-?site|cdi|vollzeit|teilzeit",
)
LONG_WORD = late(
    r"(?<![^\s])(?!remote|hybrid|within|anywhere|across|throughout|office|based)[a-zà-ÿ]{5,}(?![^\s])"
)
COLUMNS = late(r"\s{3,}")
BRACKETS = late(r"[(\[]([^()\[\]]{2,60})[)\]]")
BEHIND_IN = late(r"\s(?:in|at|bei|à|en|em|i|w)\s((?:[A-ZÀ-Þ][\w.'’-]+[ ,/]*(?:am |an der |upon |de )?){1,5})$")
EDGES = late(r"^[^\w(]+|[^\w).]+$")
BEFORE = 140
SENTENCE_END = late(r"[.!?:]\s|\n|[•·*]")
NAME = (
    r"((?:St\. |las |los )?[A-ZÀ-Þ][\w'’-]{1,25}(?:(?:, ?(?:and |or |und |y |et |en )?(?:the )?"
    r"| (?:and|or|und|oder|y|et|en|&) (?:the )?| ?/ ?| (?:am|de|la|upon|del) | )"
    r"(?:St\. )?[A-ZÀ-Þ][\w'’-]{1,25}){0,7})"
)
IN = late(
    rf"\b(?:in|at|(?:para|de)(?= (?:la (?:[Zz]ona|[Ii]sla|[Pp]rovincia)|nuestr))"
    rf"|near|from|throughout|out of|local to|à|en|bei|am|te|für|for|join|support"
    rf"|[Rr]emote) (?:either |greater |wider "
    rf"|both |our |the |unser\w* |nuestr\w* |notre "
    rf"|onze |dem |den |der |la |el |(?:Standort|Raum|Region|[Zz]ona|[Ii]sla|[Pp]rovincia|ciudad|regio"
    rf"|région) (?:de |von "
    rf"|in )?|downtown |beautiful |sunny |locations? in |[A-Z]\w+[’']s ){{0,3}}{NAME}"
)
OUR = late(
    rf"\b(?:[Oo]ur|[Tt]he|[Uu]nser\w*|[Nn]otre|[Nn]uestr[oa]|[Oo]nze) (?:[a-z]+[’']s )?{NAME}"
    rf" (?:office|team|hub|site|studio|branch|campus|facility"
    rf"|plant|headquarters|HQ|Büro|Team|Standort)\b"
)
"""A city between `our` and `office`: a post seldom speaks so of any other but its own."""
OURS = late(r"\b(?:our|unser\w*|nuestr\w*|notre|onze|Standort|Raum)\b")
JOB = whole_words(
    r"position|role|job|post|opportunity|internship|vacancy|openings?|candidates?|applicants?"
    r"|incumbent|you|you’ll|you'll|work(?:ing)?"
    r"|(?:looking|searching) for|seeking|seeks|hiring|recruiting|join|onsite|on-site|hybrid|remote"
    r"|based|located|preferably|where you"
    r"|suchen|sucht|stelle|arbeit\w*|einsatz\w*|poste|recherch\w+|mission|cdi|stage|basée?|buscamos"
    r"|busca|selecciona\w*|incorpora\w*|trabajar|puesto|ubicad[oa]s?|situad[oa]s?|sitad?[oa]s?"
    r"|precisa\w*|necesita\w*|zoeken|zoekt|standplaats|werk\w*|vacature|functie",
)
LOOSE = late(r"based|located|basée?|work(?:ing)?|join", re.IGNORECASE)
OTHERS = whole_words(
    r"was|were|founded|headquarter\w*|offices (?:in|across|around|throughout|from)|clients?"
    r"|customers?|compan(?:y|ies)|firm|start-?up|(?:world|global|market|industry)[- ]lead\w+|countries"
    r"|worldwide|globally|presence|listed|universit\w+|degree|born|since|history|experienced?"
    r"|markets?|travel\w*|trips?|conferences?|events?|visit"
    r"|serving|serves|operat\w+|acquired|law|laws|legislation|state of|eligible to work"
    r"|authori[sz]\w+|visa|licensed?|permit|licence|right to work"
    r"|unternehmen|firma|gegründet|kunden|entreprise|société|clients|fondée|empresa|compañía|fundada"
    r"|clientes|líder|bedrijf|klanten|opgericht"
    r"|students?|graduates?|employees|locations across|stores|schools|such as|like|including|written"
    r"|fluent|speak\w*",
)
LEGAL = whole_words(
    r"law|laws|act|ordinance|notice|disclos\w+|pay transparency|pay range|state['’]s|residents"
    r"|accommodation|equal opportunity"
    r"|eligible to work|rights? to (?:live|work)|working rights"
    r"|authorized to work|work authori[sz]ation|visa|citizen\w*"
    r"|privacy|pursuant|convictions?|criminal|arrests?|fair chance",
)
"""Words of a sentence about law: its places are not the job's."""
NOT_PLACE = late(
    r"\s?(?:(?:or \w+ )?Time|GmbH|AG|Inc|Ltd|LLC|Group|Bank|University|Universit\w+|Award|Act|Law"
    r"|time|Time|timezone"
    r"|Sans|Stock)\b"
)
LIVING = late(
    r"\b(?:based|located|reside|living|live|work(?:ing)?|remote(?:ly)?|onsite|on-site"
    r"|anywhere) (?:\w+ )?(?:in|from|within|throughout)\b|\bremote $",
    re.IGNORECASE,
)
INLINE_LABELS = (
    "location", "standort", "arbeitsort", "einsatzort", "ubicación", "lieu", "standplaats", "locatie", "regio",
    "plaats", "sede", "vestiging", "following ",
)  # fmt: skip
"""What every match of `INLINE` begins with, in lower case."""
INLINE = late(
    r"(?:(?:\b|(?<=[a-z\]])(?=L))(?i:location|standort|arbeitsort|einsatzort|ubicación|lieu"
    r"|standplaats|locatie(?:\(s\))?|regio"
    r"|plaats|sede|vestiging"
    r"|following (?:hubs|offices|locations|cities|sites|states|countries))\s?[:–-]\s?"
    r"|\b(?:Location|Locatie|Standort|Standplaats) (?=[A-Z]))([^\n.;|]{3,80})"
)
RUN_ON = late(r"(?<=[a-z])(?=[A-Z][a-z]+:)|(?<=[A-Z]{2})(?=[A-Z][a-z]+:)")
"""Where the next field begins in a text that lost its line breaks: `Austin, TXDepartment: Sales`."""
CODES = late(
    r"\b(?!US\b|UK\b|USA\b|UAE\b|EU\b|DACH\b|EMEA\b|APAC\b|LATAM\b|NYC\b|NRW\b|REMOTE\b"
    r"|UTC\b|GMT\b|CES?T\b|E[SD]?T\b|P[SD]?T\b)[A-Z]{2,3}\b"
)
REMOTE_ALONE = late(
    r"(?:100 ?% |fully |full |completely )?remote(?:[- ](?:only|first|friendly|job|position|role"
    r"|work|ok|worldwide|anywhere))?"
    r"|(?:100 ?% |full )?télétravail|(?:100 ?% )?(?:teletrabajo|remoto)|anywhere|zdalnie|praca zdalna",
    re.IGNORECASE,
)
UNKNOWN_TOWN = late(r"[A-ZÀ-Þ][\w .'’-]{2,30}, [A-ZÀ-Þ][\w .]+(?:, [A-ZÀ-Þ][\w .]+)?")
ADDRESS = late(
    r"[A-ZÀ-Þ][\w.' ]{2,30}, [A-Z]{2},? (?:\d{5}|[A-Z]\d[A-Z] ?\d[A-Z]\d)\b"
    r"|\b\d{4} ?[A-Z]{2} (?:'s-)?[A-ZÀ-Þ][\w-]{2,30}\b"
    r"|\b(?:D-|DE-|A-|CH-)?\d{4,5} [A-ZÀ-Þ][\w./-]{2,30}\b(?= |$|,)"
    r"(?! (?i:ave(?:nue)?|st(?:reet)?|road|rd|blvd|boulevard|drive|dr|lane|way|plaza|parkway|court)\b)"
)
NO_ADDRESS = late(r"20[0-3]\d ")
"""A year is no postal code."""
HIRING = whole_words(
    r"incorpora\w*|buscamos|busca|selecciona\w*|precisa\w*|necesita\w*|looking for|seeking|hiring|recruiting"
    r"|suchen|sucht|zoeken|zoekt|recherch\w+",
)
"""Words of a sentence that looks for somebody."""
OFFICE_BEHIND = late(
    r" (?:[A-Z]\w+ )?(?:[Oo]ffice|[Cc]ampus|[Ss]ite|[Pp]lant|[Hh]eadquarters|HQ|[Hh]ub|[Bb]ranch|[Ss]tore)\b"
)
