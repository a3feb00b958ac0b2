"""What headings of sections and notes on cards announce: jobs, closed ones, something else. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from jpt.text.late import late

_CLOSED = late(
    r"\b(?:closed|archived?|expired|past|former|previous|filled|no longer|abgelaufen|geschlossen|besetzt"
    r"|vergangene|archiv"
    r"|clôturé|clôturée|pourvu|pourvue|cerrad[ao]s?|encerrad[ao]s?|gesloten|vervuld|lukket|stängd"
    r"|scadut[oaie])\b|募集終了|終了",
    re.IGNORECASE,
)
_CLOSED_CARD = late(
    r"\b(?:position|role|job|vacancy|application)s?\s+(?:is\s+|are\s+|has\s+been\s+|now\s+"
    r"|have\s+)*(?:closed|filled|expired)\b"
    r"|\bno longer accepting\b|^closed\b|\bclosed$|募集終了|募集は終了",
    re.IGNORECASE,
)
_OPEN = late(
    r"\b(?:open|current|available|latest|actual|new)\s+(?:\w+\s+)?(?:position|role|job|vacanc|opportunit"
    r"|opportunt|opening|posting|career)"
    r"|\b(?:job|career|employment)\s+(?:opening|opportunit|offer|listing|posting|vacanc)|\bvacanc"
    r"|\bopenings\b|\bopen roles?\b|\bpositions?\b|^jobs?\b"
    r"|^careers?$|we(?:'|’| a)re hiring|join us|search results|suchergebnisse|work (?:with|for|at) us"
    r"|nous rejoindre|trabaja con nosotros|lavora con noi|join (?:the|our) (?:\w+ ){0,3}team|\bstellen"
    r"|\bjobs\b|ausschreibung|offene? |vacature|ledige|lediga|avoimet"
    r"|\boffres?\b|postes?\b|recrut|emplois?\b|ofertas?\b|vacantes|empleos?\b|vagas|posizioni|annunci"
    r"|oferty|prac[ay]\b|állás|вакансии"
    r"|\btrabajos\b|\bpuestos\b|(?:新卒|中途|キャリア|経験者|アルバイト|パート)採用|採用情報"
    r"|募集|求人|職種|채용|招聘|职位|職缺"
    # Further languages of Europe: ro, hr, sr, sl, bg, mk, el, et, is, lv, lt, cs, sk, uk, tr, ca, sq
    r"|\bcarier[eă]|locuri de munc[ăa]|\bposturi\b|\bjoburi|recrut[ăa]ri|\bangaj[ăa]ri"
    r"|\bkarijer|otvoren[ea] (?:pozicij|radna)|slobodn[ae] (?:radna|pozicij|delovna)|radn[ao] mj?est|natječaj"
    r"|\bkonkurs\w{0,3}\b|\bposlov[ia]\b|zaposlitve|zaposlit|prosta delovna|delovna mesta|razpis\w? (?:za )?delovn"
    r"|кариер|\bработа\b|свободни (?:позиции|места)|отворени (?:позиции|работни)|обяви за работа|слободни работни"
    r"|длъжности"
    r"|καριέρα|θέσεις (?:εργασίας|απασχόλησης)|ανοι[κχ]τές θέσεις|θέσεις|ευκαιρίες (?:καριέρας|εργασίας)"
    r"|προσλήψεις"
    r"|karjäär|töökoh|tööpakkumi|vabad (?:töö|ameti)|\bkonkursid|avatud (?:töö|positsioon)"
    r"|laus störf|\bstörf|\bstarf\b|atvinn|\bvakances|\bkarjera|darba piedāvājum|darbo (?:skelbim|pasiūlym|viet)"
    r"|laisvos"
    r"|brīvās (?:darba )?viet|voľné (?:pracovné )?(?:miesta|pozície)|voln[áé] (?:pracovní )?(?:místa|pozice)"
    r"|kari[eé]r"
    r"|pracovní (?:nabídky|pozice|místa)|pracovné (?:ponuky|pozície)|\bвакансі|кар['’]єр|відкриті позиції"
    r"|\bваканси"
    r"|iş ilan|açık (?:pozisyon|iş)|\bkariyer|iş fırsat|ofertes (?:de feina|laborals)|\bvacants\b|treballa amb"
    r"|vende (?:të lira )?pune|mundësi punësimi|állás|nyitott pozíció|karrier"
    # "We are looking for", "wanted" as a heading
    r"|\bgesucht\b|verstärkung|wir suchen\b|nous recherchons|\brecrute\b|cerchiamo|buscamos|procuramos|wij zoeken"
    r"|vi söker|vi søker|vi søger|haemme|szukamy|hledáme|hľadáme|keresünk|căutăm|tražimo|iščemo|търсим|шукаємо"
    r"|мы ищем|ζητούμε|ζητούνται|ieškome|meklējam|otsime|arıyoruz"
    # Vietnamese, Indonesian and Malay, Thai, Hindi, Arabic, Persian, Hebrew, Georgian, Armenian
    r"|tuyển dụng|việc làm|cơ hội nghề nghiệp|vị trí (?:đang )?tuyển|lowongan|\bkari[er]r?\b|\bkerjaya|jawatan"
    r"|peluang kerja"
    r"|ตำแหน่ง|ร่วมงาน|สมัครงาน|รับสมัคร|नौकरी|रिक्ति|भर्ती|करियर|وظائف|وظيف|شاغر|توظيف|فرص عمل|استخدام"
    r"|فرصت.{0,3}های شغلی"
    r"|משרות|משרה|דרושים|קריירה|ვაკანსი|աշխատանք|թափուր",
    re.IGNORECASE,
)
_OTHER_SECTION = late(
    r"\b(?:why|warum|pourquoi|blog|news|press|story|stories|insights?|events?|webinars?|podcasts?|articles?|posts"
    r"|latest posts|recent|partners?|clients?"
    r"|customers?|resources?|benefits?|perks|values|culture|our team|meet|leadership|offices?|locations?"
    r"|privacy|cookies?|legal"
    r"|contact|kontakt|follow|social|company|about|newsletter|categories|category|departments?|teams?"
    r"|filters?|share|tags?|programs?|programmes?"
    r"|faq|questions|companies|interns? say|initiatives|photo credits|products?|solutions?|awards?"
    r"|certified|life at|life|day in the"
    r"|hear from|learn more|sign in|sign up|log in|languages?|related|by (?:skill|title|city|company"
    r"|category|location)"
    r"|aktuelles|neuigkeiten|standorte|vorteile|unternehmen|rechtliches|links|navigation|menu|menü"
    r"|table of contents"
    r"|spotlight|popular)\b",
    re.IGNORECASE,
)
_OTHER_OPPORTUNITY = late(
    r"\b(?:tender(?:s|ing)?|bid(?:s|ding)?|procurement|funding|investment|sponsor\w*|franchise|business"
    r"|partnership|training"
    r"|study|scholarship)s? opportunit\w+|\bopportunit\w+ (?:to|for) (?:tender|bid|invest|sponsor|supply|fund"
    r"|study)\w*"
    r"|\bappels? d['’]offres|\bofertas? (?:de la semana|del mes|del d[íi]a|especial\w*)|\boffres? (?:sp[ée]ciales?"
    r"|du (?:moment|mois))|\bspecial offers?\b"
    r"|\böffentlichen? ausschreibung|\bvergabe(?:n|verfahren)?\b|\blicitaciones\b|\bmarchés publics\b"
    r"|\bzamówienia publiczne\b|\bprzetarg|\bupphandling|\baanbesteding|\bgare d['’]appalto\b",
    re.IGNORECASE,
)
"""What is open, on offer or an opportunity, and no work."""
_OPEN_FIRST = late(r"\b(?:closed|archived|past|former|expired)\b", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def says_closed(heading: str) -> bool:
    """Return whether a section's heading says that what is below is over."""
    return len(heading) < 80 and bool(_CLOSED.search(heading))


def card_says_closed(context: str) -> bool:
    """Return whether a card says that its post is over."""
    return len(context) < 250 and bool(_CLOSED_CARD.search(context))


@lru_cache(maxsize=4_096)
def says_open(heading: str) -> bool:
    """Return whether a section's heading announces jobs."""
    is_open = len(heading) < 120 and bool(_OPEN.search(heading)) and not _OPEN_FIRST.search(heading)
    return is_open and not offers_other(heading)


@lru_cache(maxsize=4_096)
def offers_other(heading: str) -> bool:
    """Return whether a heading names what is open or on offer and no work: tenders, special offers."""
    return len(heading) < 120 and bool(_OTHER_OPPORTUNITY.search(heading))


def says_other(heading: str) -> bool:
    """Return whether a section's heading announces something else than jobs."""
    return len(heading) < 120 and bool(_OTHER_SECTION.search(heading))
