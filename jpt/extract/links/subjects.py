"""What a text is about that is no post: stories, reading, people, guidance, offers of other things. Pure."""

from __future__ import annotations

import re

from jpt.extract.links.roles import has_gender_marker, has_role
from jpt.text.late import late

_STORY_TEXT = late(
    r"\b(?:day in the life|life at|meet (?:the|our)|career journey of|interview with|conversation with"
    r"|how (?:we|to|i)|why (?:we|i|you)|who is|what (?:is|it)|tips? for"
    r"|read the (?:blog|article)|case study|success story"
    r"|erzählt|erzählen|berichten|berichtet|stellen sich vor|im gespräch|racontent|nous raconte|cuentan?"
    r"|raccontano|contam|vertellen|vertelt|berättar|forteller|fortæller|kertovat|kertoo"
    r"|opowiadają|opowiada|mesélnek|vyprávějí)\b"
    r"|インタビュー|社員の声|座談会|访谈|訪談|员工故事|인터뷰",
    re.IGNORECASE,
)
_STORY_WORD = late(
    r"\b(?:privacy (?:policy|notice)|benefits|podcast|webinar|newsletter|report|whitepaper|ebook|award)\b",
    re.IGNORECASE,
)
_READING = late(
    r"\b(?:handbook|manifesto|guide|guidelines|faqs?|stories|story|newsletter|report|blog|podcast|webinar"
    r"|ebook|handbuch|leitfaden)$"
    r"|\b(?:for applicants|guidance notes?|application (?:form|process)|merkblatt|bewerbungshinweise"
    r"|^(?:\w+\s)?(?:anleitung|handbook|handbuch|leitfaden|instructions)\b"
    r"|formular|equal opportunit)",
    re.IGNORECASE,
)
_UNITS = late(
    r"^(?:(?:leitung|beratung|administration|koordination|betreuung|verwaltung|unterstützung|service|support"
    r"|forschung|lehre)"
    r"(?:\s?(?:/|und|&|and|et|,)\s?|$)){2,}$",
    re.IGNORECASE,
)
"""Two fields or more and nothing else: the name of a department, not of a post."""
_OTHER_OFFER = late(
    r"^(?:[^\W\d_]+[ -]){0,4}?(?:menus?|pizzas?|burgers?|coupons?|vouchers?|gutscheine?|rabatte?|sale|discounts?"
    r"|happy hour)\b.{0,40}$"
    r"|(?<![\d.,k])\d{1,3}[.,]\d{2}\s?(?:€|EUR\b|£|\$|zł|kr\b)|(?:€|£)\s?\d{1,3}[.,]\d{2}(?!\d)"
    r"|\b\d{1,2}\s?% (?:off|de (?:réduction|descuento))"
    r"|[-–]\s?\d{1,2}\s?%|\b(?:livraison gratuite|free (?:delivery|shipping)|buy one|achet[ée]e?s?, .{0,20}offert"
    r"|2 for 1|dos por uno|2x1)"
    r"|\b(?:double|twin|single|family|superior|deluxe) (?:room|suite)s?\b|\b(?:einzel|doppel|familien)zimmer\b"
    r"|\bchambre (?:double|simple)"
    r"|\b(?:scholarships?|bursar(?:y|ies)|stipendien|bourses? d['’]|becas?\b(?! de trabajo)|bolsas? de estudos?"
    r"|borse? di studio|stypendi\w+)$"
    r"|^(?:scholarships?|bursar(?:y|ies)|bourses?|becas?|stipendien|borse di studio)\b"
    r"|\b(?:tasting|masterclass|yoga class|cooking class|gift card|geschenkkarte|carte cadeau|carte de fidélité"
    r"|loyalty card)\b",
    re.IGNORECASE,
)
"""Rooms, dishes, courses and scholarships: lists of such look like lists of jobs."""
_FOR_PEOPLE = late(
    r"^(.{3,60}?)\s(?:for|für|pour|para|per|voor|för|til|dla|pro|для)\s(?:our |new |the |future |unsere |les "
    r"|los |las |i |gli )?"
    r"((?:[^\W\d_]+[ -]){0,2}[^\W\d_]+(?:s|en|innen|er|ów|ov|i|e))$"
    r"|^((?:promotion|path|route|transition|guide|career) to) (.{3,60})$",
    re.IGNORECASE,
)
_OFFERED_FOR = late(
    r"\b(?:jobs?|positions?|vacanc\w+|posts?|roles?|openings?|call|search|wanted|looking|hiring|recruit\w*"
    r"|opportunit\w+"
    r"|stellen?|suche|ausschreibung|poste|puesto|plaza|vaga|posto|vacature|tjänst|stilling)\b",
    re.IGNORECASE,
)
_PEOPLE = late(
    r"^(?:(?:\w+ ){0,2}(?:professionals|students|graduates|school leavers|berufserfahrene|studierende|absolventen"
    r"|étudiants|jeunes diplômés|estudiantes|estudantes|studenti|neolaureati|studenten|starters|studerande"
    r"|studerende"
    r"|studenter|opiskelijat|opiskelijoille|studenci|absolwenci|returners|veterans)"
    r"|elev(?:er)? og lærling(?:er)?|elever|lærlinger|lærlinge|early careers?|développeurs"
    r"|developers|engineers|designers|managers|researchers|scientists|students|graduates|interns"
    r"|trainees|apprentices|analysts|architects|consultants|recruiters|teachers|nurses|drivers|agents"
    r"|experts|leaders|directors|executives|writers|editors|artists|founders|trainers|advisors"
    r"|advisers|auszubildende|studierende|azubis|praktikanten|internships|apprenticeships"
    r"|traineeships|placements|(?:\w+e (?:und \w+e )?)?mitarbeiter(?:[*:_]?innen)?|ausbildung|praktikum|praktika"
    r"|studium|schüler(?:innen)?|stages)$",
    re.IGNORECASE,
)


def reads_like_story(text: str) -> bool:
    """Return whether a link's text reads like an article about work, not like a post."""
    return bool(_STORY_TEXT.search(text))


def holds_a_story_word(text: str) -> bool:
    """Return whether *text* holds a word of stories and notices, which titles of posts may hold, too."""
    return bool(_STORY_WORD.search(text))


def names_reading(text: str) -> bool:
    """Return whether *text* ends in something to read or hear: the engineering manager handbook."""
    return bool(_READING.search(text.rstrip(" .!»>→›")))


def names_people(text: str) -> bool:
    """Return whether *text* only names those whom a part of the site is for: Developers, Students, Ausbildung."""
    return bool(_PEOPLE.match(text) or _UNITS.match(text))


def names_other_offer(text: str) -> bool:
    """Return whether *text* offers something else than work: a price, a course, a room, a scholarship."""
    return bool(_OTHER_OFFER.search(text)) and not has_gender_marker(text)


def names_guidance(text: str) -> bool:
    """Return whether *text* names something for people of a trade, none of the trade: Funding for PhD students."""
    found = _FOR_PEOPLE.match(text)
    if found is None:
        return False
    thing, people = found[1] or found[3], found[2] or found[4]
    return not _OFFERED_FOR.search(thing) and not has_role(thing) and has_role(people)
