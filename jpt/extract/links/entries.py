"""Entries of menus and lists that lead to no post: parts of the site, lists of jobs, talent pools. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from jpt.text.late import late

_GENERAL = late(
    r"talen[t]?[\s_-]*(?:pool|community|network|database|bank|hub)|initiativ[\s_-]*bewerb"
    r"|spontan[\s_-]*bewerb|blindbewerb"
    r"|speculative|spontaneous|unsolicited|general[\s_-]+application|open[\s_-]+application"
    r"|expression[\s_-]+of[\s_-]+interest"
    r"|candidature[s]?[\s_-]+spontan|candidatura[\s_-]+(?:espont|spont)|candidatura[s]?[\s_-]+espont"
    r"|autocandidatura"
    r"|(?:banco|bolsa|banca|base)[\s_-]+(?:de[\s_-]+|dati[\s_-]+)?(?:talent|curr|cv|empleo|trabajo|candidat)"
    r"|candidature[\s_-]+libre|register[\s_-]+(?:your|my)[\s_-]+interest|open[\s_-]+sollicitatie|uopfordret"
    r"|spontanansök"
    r"|spontanansok|aplicare[\s_-]+spontan|aplikacja[\s_-]+spontan|spontánní|spontánna|iniciativní[\s_-]+"
    r"|spontane[\s_-]+sollicitatie|otvorena[\s_-]+prijava|åpen[\s_-]+søknad"
    r"|avoin[\s_-]+hakemus|don'?t[\s_-]+see|can'?t[\s_-]+find|didn'?t[\s_-]+find"
    r"|nothing[\s_-]+(?:suitable|for you|fits)"
    r"|no[\s_-]+suitable|not[\s_-]+found[\s_-]+what|nichts[\s_-]+(?:passendes|dabei)"
    r"|kein[e]?[\s_-]+passende|submit[\s_-]+your[\s_-]+(?:cv|resume|résumé)"
    r"|send[\s_-]+(?:us[\s_-]+)?your[\s_-]+(?:cv|resume)|future[\s_-]+(?:opportunit|opening|position"
    r"|role)|join[\s_-]+our[\s_-]+talent"
    r"|create[\s_-]+your[\s_-]+own[\s_-]+(?:job|role)|general[\s_-]+interest|job[\s_-]*(?:alert|alarm"
    r"|agent|abo|newsletter)s?\b|berufsorientierung|オープンポジション"
    r"|カジュアル面談|スカウト登録",
    re.IGNORECASE,
)
"""Talent pools, speculative applications and alerts: posted like jobs, no vacancy behind them."""
_ELSEWHERE = late(
    r"^(?:home|homepage|start(?:seite)?|contact(?: us)?|kontakt|about(?: us)?|über uns|imprint|impressum"
    r"|legal(?: notice)?|privacy.{0,40}|datenschutz.{0,40}"
    r"|cookies?.{0,30}|terms.{0,40}|agb|sitemap|login|log ?in|sign ?in|sign ?up|register|anmelden"
    r"|registrieren|logout|newsletter|subscribe|rss|feed|search|suche"
    r"|jobs?|careers?|karriere|stellenangebote|vacancies|all (?:jobs|roles|openings|positions|vacancies)"
    r"|open (?:positions|roles|jobs)|current (?:openings|vacancies)"
    r"|(?:view|see|show|browse|explore|search|find|load)\s+(?:(?:all|more|our|the|open|current|full"
    r"|\d+)\s+){0,3}(?:jobs?|roles|openings|positions|vacancies|opportunities|careers|list)\b.{0,30}"
    r"|next|previous|prev|back(?: to .{0,30})?|zurück|weiter|vor|first|last|more|»|«|›|‹|>|<|\d{1,4}"
    r"|[a-z]|reset|clear(?: all)?|filters?(?: zurücksetzen)?|sort.{0,20}"
    r"|skip to .{0,30}|zum inhalt.{0,20}|facebook|twitter|linkedin|instagram|youtube|xing|github|tiktok"
    r"|pinterest|whatsapp|share|teilen|e-?mail|print|drucken|top"
    r"|our (?:culture|values|team|story|people|mission|benefits|offices|locations)|culture|values"
    r"|benefits|team|teams|people|life at .{0,40}|why .{0,40}|faqs?|blog|news|press|events"
    r"|privacy|support|help|media|partners?|investors?|products?|solutions?|services|resources|pricing"
    r"|company|a day in the life.{0,80}|career journey.{0,60}"
    r"|meet .{0,60}|how we (?:hire|work).{0,20}|hiring process|interview(?:ing)? (?:guide|process|tips)"
    r"|(?:powered|hiring|jobs?) (?:powered )?(?:by|with) .{0,40}"
    r"|english.{0,20}|deutsch|français|español|italiano|nederlands|português.{0,20}|polski|svenska"
    r"|dansk|norsk|suomi|日本語|中文|한국어|русский|türkçe|.{0,12}(?:メッセージ|インタビュー|会社説明会)\s.{1,120}|.{0,12}(?:カルチャー|文化|メッセージ|インタビュー|よくある質問|福利厚生|会社概要"
    r"|お問い合わせ|働き方|選考フロー|採用情報|ニュース|ブログ|社員紹介|プライバシーポリシー)|会社を知る|关于我们|联系我们|企业文化|회사소개|복지|인재상|문화|čeština"
    r"|magyar|[a-z]{2}(?:-[a-z]{2})?)$",
    re.IGNORECASE,
)
_INVITES = late(
    r"^(?:talk|speak|chat|meet|become|werde|werden sie|devenez|devenir|conviértete en|hazte|diventa|torne-se"
    r"|word|bli|bliv|ryhdy|zostań|staň se|staňte se|legyél|devino|postani|postanite|gine|γίνε|стань|стани"
    r"|ask|find|discover|explore|learn|read|listen|watch (?:the|our)|visit|follow|try|get|download|request|join"
    r"|hear|for|contact (?:us|our|the|a|an|sales)|book (?:a|an|your)|hire (?:a|an|our)|start (?:your|a|now"
    r"|free)|sign (?:up|in)|subscribe|donate|why|how|what|who|where|when)\s",
    re.IGNORECASE,
)
_LISTS = late(
    r"\b(?:jobs|careers|vacancies|openings|positions|roles|stellen|stellenangebote|emplois|offres|ofertas"
    r"|vagas|vacatures)\s+(?:in|at|for|by|near|bei|für|à|en|em|de|i|w)\b"
    r"|^(?:\w+\s){0,4}(?:stellenausschreibungen|stellenanzeigen|ausbildungsstellen|ausbildungsplätze"
    r"|ausschreibungen)(?:\s\w+){0,3}$"
    r"|^(?:\w+\s){1,3}(?:jobs|careers|vacancies|openings|positions|stellen|vagas)(?:\s\(?\d+\)?)?$",
    re.IGNORECASE,
)
_LIST_NAMED = late(
    r"^(?:jobs|stellen(?:angebote)?|emplois?|offres(?: d[’']emploi)?|empleos?|ofertas(?: de (?:empleo"
    r"|trabajo))?|trabajos?"
    r"|vagas|empregos|offerte(?: di)? lavoro|lavoro|vacatures|lediga jobb|jobb|ledige (?:stillinger|job)|praca"
    r"|oferty pracy"
    r"|työpaikat|volná místa|práce|работа|вакансии)(?:\s[–-])?\s(?!for$)[^\W\d_][^\d/"
    r"|,(]{1,40}(?:\s?\(\d[\d.,]*\))?$"
    r"|^[^\W\d_][^\d/|,(]{1,40}\s(?:jobs|stellenangebote|vacancies|careers|vacatures"
    r"|työpaikat)(?:\s?\(\d[\d.,]*\))?$",
    re.IGNORECASE,
)
"""The word for jobs before or behind the name of a place or a trade, and nothing else."""
_SEVERAL = late(
    r"\b(?:ph\.?d|doctoral|postdoc\w{0,8}|research(?:er)?|faculty|professor\w{0,4}|fellowship|internship|trainee"
    r"|student|tenure\S{0,8}"
    r"|fully[- ]funded)\s(?:\w+\s){0,2}(?:positions|roles|openings|jobs|vacancies|posts|stellen)\b"
    r"|^(?:up to|at least|several|multiple|two|three|four|five|six|seven|eight|nine|ten|zwei|drei|vier|fünf"
    r"|mehrere|deux|trois"
    r"|plusieurs|dos|tres|varias|due|tre|två|twee|[1-9]|1\d)\s(?:\w+\s){0,4}(?:positions|roles|posts|stellen"
    r"|postes|plazas|openings)\b",
    re.IGNORECASE,
)
"""One advert for several places: a title in the plural."""


@lru_cache(maxsize=4_096)
def is_general_application(text: str) -> bool:
    """Return whether *text* offers a talent pool, a speculative application or an alert."""
    return bool(_GENERAL.search(text))


@lru_cache(maxsize=4_096)
def leads_elsewhere(text: str) -> bool:
    """Return whether a link's whole text names a part of the site, a page of the list, a network or a language."""
    return bool(_ELSEWHERE.match(text))


def invites_or_lists(text: str) -> bool:
    """Return whether *text* invites to something (Talk to an expert) or names a list (Sales jobs)."""
    return bool(_INVITES.match(text) or (_LISTS.search(text) and not _SEVERAL.search(text)))


@lru_cache(maxsize=4_096)
def names_a_list(text: str) -> bool:
    """Return whether *text* names a list of jobs, not one: Jobs in Leeds, Nursing jobs, Emplois Lyon."""
    return bool(_LISTS.search(text) or _LIST_NAMED.match(text)) and not _SEVERAL.search(text)
