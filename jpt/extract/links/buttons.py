"""What buttons say and put before titles: Read more, Apply, Vacancy: …. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from jpt.extract.links.roles import has_gender_marker, has_role
from jpt.text.late import late

_GENERIC_JOB = late(
    r"^(?:view|see|show|go to|open|read|check out|discover|explore|more about|details? (?:of|for"
    r"|about))? ?(?:the |this |full )?(?:job|position|role|opening|vacancy|posting|opportunity)"
    r"(?: (?:details?|description|ad|advert|posting|offer|spec))?(?: ?[»>→›]+)?$"
    r"|^(?:view|read|see|learn)? ?(?:more)? ?(?:&|and|/)? ?apply(?: (?:now|here|today|online"
    r"|for this (?:job|role|position)|at \w+))?(?: ?[»>→›!]+)?$"
    r"|^(?:zum job|zur stelle|zur stellenanzeige|zum stellenangebot|stelle ansehen|job ansehen"
    r"|details ansehen|jetzt bewerben|bewerben"
    r"|voir (?:l'offre|l’offre|le poste|l'annonce)|postuler|en savoir plus|consulter l'offre"
    r"|ver (?:oferta|vaga|vacante|empleo|puesto)|aplicar|candidatar(?:-se)?|candidati"
    r"|vedi (?:offerta|annuncio)|bekijk (?:vacature|functie)|naar vacature|solliciteer|solliciteren"
    r"|se (?:stilling|jobb|jobbet|stillingen)|läs mer och ansök|ansök|søk|ansøg"
    r"|zobacz ofertę|aplikuj|詳細を見る"
    r"|応募する|応募|エントリー|募集要項|자세히 보기|지원하기|查看详情|申请|查看職缺"
    r"|ứng tuyển(?: ngay)?|lamar(?: sekarang)?|mohon(?: sekarang)?|สมัคร(?:เลย|งาน)?|आवेदन करें"
    r"|(?:تقدم|قدم)(?: الآن)?|הגש(?:ת)? מועמדות|aplică(?: acum)?|vezi postul"
    r"|кандидатствай(?:те)?|откликнуться|відгукнутися|аплицирај|υποβολή αίτησης|κάντε αίτηση|kandideeri|sækja um"
    r"|pieteikties|kandidatuoti|mám z[áa]ujem|(?:hemen )?başvur|ilanı gör|jelentkez(?:em|és)|inscriu-te"
    r"|apliko(?: tani)?|lihat lowongan)(?: ?[»>→›!]+)?$",
    re.IGNORECASE,
)
_GENERIC = late(
    r"^(?:read|learn|find out|see|view|show|know|get|discover)? ?(?:more|details?|info|information"
    r"|full details)?(?: (?:info|information|details?|about\b.{0,80}|here))?(?: ?[.…»>→›]+)?$"
    r"|^(?:continue reading|keep reading|mehr|mehr (?:lesen|erfahren|informationen|infos?|details)"
    r"|weiterlesen|weiter|details?(?: ansehen)?|hier|here|click here|link|pdf|download(?: pdf)?"
    r"|(?:pdf[- ]?)?download"
    r"|lire (?:la suite|plus)|voir plus|plus d'infos?|leer más|ver más|más información|saiba mais"
    r"|ver mais|leggi (?:di più|tutto)|scopri di più|lees (?:meer|verder)|meer (?:info|informatie)"
    r"|læs mere|les mer|läs mer|lue lisää|czytaj więcej|więcej|tovább"
    r"|詳しくはこちら|詳細|もっと見る|続きを読む|더보기|查看更多"
    r"|更多|image|icon|logo|new|neu)(?: ?[»>→›]+)?$",
    re.IGNORECASE,
)
_GENERIC_MORE = late(
    r"^(?:(?:alle |weitere |mehr |voir |lire |plus de |ver |vedi |tutti i |bekijk |meer |se |visa |vis |katso "
    r"|zobacz )?"
    r"(?:dett?agli|detall?es|detalhes|détails?|szczegóły|yksityiskohdat|detaljer|infos?|informazioni|información"
    r"|informações|informatie|information|informationen|lisätietoja|mer info|mere info|apri|öffnen|ouvrir"
    r"|abrir|open"
    r"|bekijken|vis|visa|näytä|katso|zobacz|vedi|ver|voir|ansehen|anzeigen|aanmelden)"
    r"|scopri|scopri di più|approfondisci|continua(?: a leggere)?|sapere di più|mehr dazu|zur (?:anzeige"
    r"|ausschreibung)"
    r"|läs annonsen|se annonsen?|se opslag(?:et)?|les annonsen|lue ilmoitus|avaa ilmoitus|siirry ilmoitukseen|詳細"
    r"|詳細はこちら|もっと見る|続きを見る|募集要項を見る|この求人を見る)(?: ?[.…»>→›]+)?$",
    re.IGNORECASE,
)
_BUTTONS = late(
    r"^(?:xem thêm|xem chi tiết|chi tiết|ứng tuyển(?: ngay)?|đọc (?:thêm|tiếp)|selengkapnya|baca selengkapnya"
    r"|lihat (?:detail"
    r"|selengkapnya|lowongan)|lamar(?: sekarang)?|mohon(?: sekarang)?|อ่านเพิ่มเติม|ดูรายละเอียด|รายละเอียด"
    r"|ดูเพิ่มเติม|สมัคร(?:เลย|งาน)?"
    r"|और पढ़ें|विवरण(?: देखें)?|आवेदन करें|المزيد|اقرأ المزيد|التفاصيل|عرض التفاصيل|(?:تقدم|قدم)(?: الآن)?"
    r"|التقديم|قراءة المزيد"
    r"|جزئیات|ادامه مطلب|קרא עוד|קראו עוד|פרטים נוספים|לפרטים(?: נוספים)?|למשרה|הגש(?:ת)? מועמדות|שלח קורות חיים"
    r"|vezi (?:detalii|mai mult|postul)|mai multe?(?: detalii)?|detalii|aplică(?: acum)?|cite[șş]te mai mult"
    r"|află mai mult(?:e)?"
    r"|saznaj(?:te)? više|pročitaj(?:te)? više|vidi više|više|prijavi se|opširnije|detaljnije|detalji|preberi več"
    r"|več|prijava"
    r"|виж(?:те)? (?:повече|обявата)|(?:про)?чет(?:и|ете)(?:те)? (?:повече|още)|научи(?:те)? повече|повече"
    r"|детайли|подробно(?:сти)?"
    r"|подробнее|читать далее|откликнуться|смотреть|детальніше|докладніше|читати далі|відгукнутися|повеќе"
    r"|аплицирај"
    r"|περισσότερα|δείτε περισσότερα|διαβάστε περισσότερα|υποβολή αίτησης|κάντε αίτηση|λεπτομέρειες"
    r"|loe (?:edasi|lähemalt|rohkem)|vaata(?: lähemalt| kuulutust)?|kandideeri|nánar|lesa meira|sjá meira|skoða"
    r"|sækja um"
    r"|lasīt vairāk|uzzināt vairāk|skatīt|pieteikties|skaityti daugiau|plačiau|daugiau|kandidatuoti|žiūrėti"
    r"|zobraziť(?: ponuku)?|viac(?: informácií)?|zobrazit(?: nabídku)?|více(?: informací)?|mám z[áa]ujem"
    r"|čítať viac|číst více"
    r"|detay(?:lar|lı bilgi)?|devamını oku|incele|başvur|hemen başvur|ilanı gör|részletek|tovább(?: olvasom)?"
    r"|jelentkezem"
    r"|jelentkezés|més informació|inscriu-te|llegir més|gehiago|lexo më shumë|apliko(?: tani)?|mësoni më shumë)"
    r"(?: ?[.…»>→›]+)?$",
    re.IGNORECASE,
)
_BEFORE_TITLE = late(
    r"^(?:(?:learn|read|find out|see) more about|(?:view|see) (?:job|details)(?: of| for)?:?"
    r"|apply (?:for|to)|more about) (?=\S.{3})",
    re.IGNORECASE,
)
_ADVERT = late(
    r"(?:die |zur |diese )?ausschreibung (?:als|im|herunterladen|ansehen|öffnen)|stellenausschreibung(?!en)"
    r"|stellenausschreibungen als"
    r"|stellenanzeige(?!n)|stellenbeschreibung|job description|position description"
    r"|job advert|avis de vacance|fiche de poste|vacaturetekst|募集要項",
    re.IGNORECASE,
)
_ANNOUNCED = late(
    r"^(?:job(?: opening| offer| posting)?|vacancy|position|open position|we(?:'|’| a)re hiring|now hiring|hiring"
    r"|stellenangebot|stellenausschreibung|wir suchen|offre d['’]emploi|nous recrutons"
    r"|on recrute|oferta de (?:empleo|trabajo)"
    r"|se busca|vaga|annuncio|cercasi|vacature|gezocht|vi söker|ledig (?:stilling|tjänst)"
    r"|vi søger|vi søker|avoin työpaikka"
    r"|oferta pracy|【(?:募集|急募|採用)】)\s?[:–—!-]\s?\S",
    re.IGNORECASE,
)


@lru_cache(maxsize=4_096)
def is_generic(text: str) -> bool:
    """Return whether a link's text says nothing of where it leads: Read more, Mehr, PDF."""
    return bool(_GENERIC.match(text) or _GENERIC_MORE.match(text) or _BUTTONS.match(text)) or is_generic_job(text)


def is_generic_job(text: str) -> bool:
    """Return whether a link's text is the button of a job: View job, Zum Job, Apply."""
    if _GENERIC_JOB.match(text):
        return bool(text)
    return bool(_ADVERT.search(text)) and not has_role(text) and not has_gender_marker(text)


def bare(text: str) -> str:
    """Return *text* without what a button puts before a title: Learn more about, Apply for."""
    return _BEFORE_TITLE.sub("", text)


def begins_as_advert(text: str) -> bool:
    """Return whether *text* announces what follows as a job: Vacancy: …, Stellenangebot: …"""
    return bool(_ANNOUNCED.match(text))


def names_an_advert(text: str) -> bool:
    """Return whether *text* calls what it leads to a job advert."""
    return bool(_ADVERT.search(text))
