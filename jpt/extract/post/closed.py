"""The statement that a job is no longer open, in many languages. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from jpt.text.clean import clean_line
from jpt.text.late import late

_LONGEST_LINE = 400
_TOP_LINES = 60
_MOST_LINES = 4_000


def says_ended(lines: Sequence[str], others: Collection[str]) -> tuple[int, str] | None:
    """Return the number of the first line that says that this job is over, and its words; None without one.

    What only may come to pass ("until the position has been filled", "if this job is closed") says nothing, nor
    does what stands right below the name of another job (*others*).
    """
    for number, line in enumerate(lines[:_MOST_LINES]):
        if len(line) > _LONGEST_LINE or (number and lines[number - 1] in others):
            continue
        for sentence in _SENTENCE.split(line):
            if _ENDED.search(sentence) and not _NOT_YET.search(sentence):
                return number, clean_line(sentence, 120)
    return None


def says_closed_beside(lines: Sequence[str], title: str, others: Collection[str]) -> str:
    """Return a bare statement (`Closed`, `Expired on 3 May`) beside the line that is the *title*; else empty.

    Such words stand in side columns, too: what follows the name of another job (*others*) is about that.
    """
    if (at := line_of(lines, title)) is None:
        return ""
    for number in range(max(0, at - _BEFORE), min(len(lines), at + _BEHIND)):
        if _BARE.search(lines[number]) and lines[number - 1 if number else 0] not in others:
            return clean_line(lines[number], 120)
    return ""


def line_of(lines: Sequence[str], title: str) -> int | None:
    """Return the number of the first line that begins with a *title*; None without one."""
    named = (number for number, line in enumerate(lines[:_MOST_LINES]) if title and line.startswith(title))
    return next(named, None)


def is_marked_over(title: str) -> bool:
    """Return whether a *title* carries the mark of a job that is over: `[Hired] Baker`, `Baker (filled)`."""
    return bool(_MARKED.search(title))


def says_missing(texts: Sequence[str]) -> str:
    """Return the first of *texts* (titles, headings, short lines) that says that nothing is here; else empty."""
    for text in texts[:_TOP_LINES]:
        if len(text) <= 160 and _MISSING.search(text):
            return clean_line(text, 120)
    return ""


_BEFORE, _BEHIND = 4, 8
"""Lines around a title that are about its job."""
_DAY = (
    r"(?=.{0,20}\d)(?:on |since |at |am |seit |le |el |il |op |den )?\W{0,3}"
    r"[\w./-]{1,12}(?:[ .,/-]{1,2}[\w./]{1,12}){0,4}"
)
_BARE = late(
    rf"^\W{{0,4}}(?:(?:status|stato|statut|estado)\s?:\s?)?(?:(?:(?:this |the )?(?:position|job|vacancy|role) "
    rf"(?:is |has )?)?(?:closed|expired|ended|filled)|hired|suspended|on hold|no longer available"
    rf"|applications? closed|closed for applications|not accepting applications|geschlossen|abgelaufen|beendet"
    rf"|besetzt"
    rf"|clôturée?|expirée?|pourvue?|fermée?|cerrad[oa]|caducad[oa]|finalizad[oa]|expirad[oa]|encerrad[oa]"
    rf"|preenchid[oa]|chius[oa]"
    rf"|scadut[oa]|gesloten|verlopen|vervuld|stängd|avslutad|lukket|utløpt|udløbet|päättynyt|umpeutunut|wygasła"
    rf"|zakończona"
    rf"|zamknięta|uzavřeno|ukončeno|lezárult|betöltve|expirat|încheiat|kapalı|kapandı|закрыта|закрито|募集終了|已关闭|已關閉"
    rf"|已截止|已招满|已招滿|暂停(?:招聘)?|暫停(?:招聘)?|停止招聘|마감)"
    rf"(?:\s{_DAY})?\W{{0,4}}$"
    rf"|^\W{{0,4}}(?:closed|expired|ended|abgelaufen|clôturée?|expirée?) (?:on|since|am|seit|le) {_DAY}\W{{0,4}}$",
    re.IGNORECASE,
)
"""Whole lines that say that something is over, not what: only beside a title are they about its job."""
_MARK = (
    r"(?:(?:position |job |vacancy |stelle |poste )?(?:hired|filled|closed|expired|no longer available|besetzt"
    r"|vergeben|geschlossen|pourvue?|clôturée?|cerrad[oa]|cubiert[oa]|encerrad[oa]|preenchid[oa]|chius[oa]|vervuld|gesloten"
    r"|tillsatt|besatt?|zakończon[aey]|obsazeno|закрыт[ао]|закрит[ао]|募集終了|已关闭|已關閉|已招满|已招滿|已结束|已結束|마감))"
)
_MARKED = late(
    rf"^\s?[\[(【]\s?{_MARK}\s?[\])】]|[\[(【]\s?{_MARK}\s?[\])】]\s?$|^{_MARK}\s?[-–—:|]\s|\s[-–—|]\s?{_MARK}$",
    re.IGNORECASE,
)
_SENTENCE = late(r"(?<=[^\d][.!?])\s+|(?<=[。！？])\s?")

_NOT_YET = late(
    r"\b(?:until|till|once|when|whenever|if|after|unless|should|before|as soon as|may be|might be"
    r"|will be|in case|bis|sobald|wenn|falls|sollte|si|lorsque|dès que"
    r"|jusqu|hasta que|cuando|até|quando|se|totdat|zodra|als|tills|när|om|hvis|når|jeśli|gdy|dopóki"
    r"|если|пока|когда)\b",
    re.IGNORECASE,
)

_THIS = (
    r"(?:this|the|that|your|requested|selected)(?: (?:requested|selected|job|specific|particular"
    r"|advertised|career|open|current))?"
    r" (?:job|position|role|vacancy|posting|post|opening|opportunity|requisition|listing|ad|advert"
    r"|advertisement|offer|page|application|link)s?"
    r"(?: (?:posting|ad|advert|opening|offer|listing|description|opportunity|requisition|page|position))?"
    r"(?: (?:that |which )?you(?:(?:'|’)re| are| were|(?:'|’)ve| have)? ?(?:been )?(?:looking for"
    r"|requested|trying to (?:view|access|reach|apply (?:for|to))|selected|seeking|followed"
    r"|clicked(?: on)?|interested in))?"
)
_DEAD = (
    r"(?:no longer (?:available|active|open|accepting|posted|online|exists?|live|valid|being"
    r"|advertised|listed|taking|recruiting|hiring|vacant)"
    r"|not (?:currently )?(?:available|active|open|found|accepting applications)(?: anymore"
    r"| any more| any longer| at this time)?(?=[\s.!]{0,3}$)"
    r"|(?:now |already |since |recently |been |currently )*(?:closed(?! (?:loop|beta|to|for)\b)"
    r"|filled(?! (?:with|by)\b)|expired|removed"
    r"|unpublished|archived|withdrawn|deleted|cancelled|canceled|deactivated|taken down|unavailable"
    r"|inactive)"
    r"|cannot be found|can(?:'|’)t be found|could not be found|couldn(?:'|’)t be found|doesn(?:'"
    r"|’)t exist|does not exist|may have been (?:filled|removed|closed)|might have been (?:filled"
    r"|removed|closed))"
)

_ENDED = late(
    # English
    rf"\b{_THIS} (?:is |was |has |have |are |had )*(?:unfortunately |sadly |now |already |currently "
    rf"|since |recently |been )*{_DEAD}"
    r"|\b(?:we are|we(?:'|’)re|is|are) no longer (?:accepting|taking"
    r"|considering) (?:new )?(?:applications|applicants|candidates|submissions|resumes)"
    r"|\bapplications? (?:for this \w{1,12} |to this \w{1,12} )?(?:are|is|have|has) (?:now |been "
    r"|currently )*closed\b|^applications? closed\b"
    r"|^(?:sorry,? )?(?:job|position|role|vacancy|posting|opening|requisition) (?:is |has been "
    r"|was )?(?:closed|filled|expired|not found|no longer available|unavailable|removed"
    r"|archived)\W{0,3}$"
    r"|^(?:this )?(?:job|position|vacancy) (?:ad |posting |listing )?(?:has )?expired\b"
    r"|^\W{0,3}(?:we are |we(?:'|’)re )?(?:currently |now )?no longer (?:accepting|taking|considering"
    r"|receiving) (?:new )?"
    r"(?:applications|applicants|candidates|submissions|resumes|cvs)"
    r"|\b(?:the )?(?:application|closing|submission) (?:deadline|date|period"
    r"|window) (?:for this \w{1,12} )?(?:has |is )?(?:now |already )?"
    r"(?:passed|expired|closed|over|ended|lapsed)\b|^\W{0,3}(?:the )?deadline (?:to apply )?(?:has "
    r"|is )(?:now )?(?:passed|expired|over)\b"
    r"|\b(?:this |the )?(?:application window|application period|job posting|posting|advert|listing|recruitment"
    r"|call) (?:has |is |was )"
    r"(?:now |already )?(?:ended|closed(?! (?:loop|beta|to)\b)|expired)\b"
    r"|\bapplications? (?:closed|expired|ended) (?:on|at) \d|^\W{0,3}applications? (?:are|is) (?:now )?closed\b"
    # German
    r"|\b(?:stelle|stellenangebot|stellenanzeige|stellenausschreibung|job|position|ausschreibung"
    r"|anzeige|jobangebot|vakanz|angebot)\b.{0,60}\b(?:nicht (?:länger|mehr) (?:verfügbar|aktuell"
    r"|aktiv|online|vakant|ausgeschrieben|vorhanden|gültig|offen|veröffentlicht)|(?:bereits|schon"
    r"|inzwischen|mittlerweile) (?:besetzt|vergeben|abgelaufen|geschlossen|archiviert)|(?:wurde"
    r"|ist) (?:besetzt|geschlossen|deaktiviert|archiviert|abgelaufen|gelöscht|entfernt)"
    r"|nicht gefunden)"
    # French
    r"|\b(?:offre|poste|annonce|emploi|recrutement)\b.{0,60}\b(?:n['’]est plus (?:disponible"
    r"|en ligne|active|d['’]actualité|valide|ouverte?|à pourvoir)|n['’]existe plus"
    r"|a (?:déjà )?été (?:pourvue?|clôturée?|supprimée?|retirée?)|est (?:désormais "
    r"|maintenant )?(?:pourvue?|clôturée?|expirée?|fermée?|close)|a expiré)"
    # Spanish, Portuguese, Italian
    r"|\b(?:oferta|vacante|puesto|empleo|posici[oó]n|anuncio|vaga|emprego|oportunidade"
    r"|anúncio)\b.{0,60}\b(?:ya no (?:est[aá]|se encuentra|existe|acepta)|no est[aá] disponible"
    r"|ha (?:sido |)(?:cerrad|expirad|caducad|finalizad|cubiert|eliminad)\w|est[aá] (?:cerrad"
    r"|encerrad|expirad)\w|não (?:está|se encontra) mais|já não (?:está|se encontra)|foi (?:encerrad"
    r"|preenchid|removid|fechad)\w|não existe mais|expirou|caducad[ao]|fue cubiert[ao])"
    r"|\b(?:offerta|posizione|annuncio|candidatura|ricerca)\b.{0,60}\b(?:non (?:è|sono) più"
    r"|è (?:scadut|chius|stata chius|stato rimoss|stata rimoss|stata copert)\w{0,2}|scadut[oa]\b)"
    # Dutch and the Nordic languages
    r"|\b(?:vacature|functie|baan)\b.{0,60}\b(?:niet (?:meer|langer) (?:beschikbaar|actief|open"
    r"|online|vacant|geldig)|is (?:helaas |inmiddels |reeds )*(?:vervuld|gesloten|verlopen|ingevuld)"
    r"|bestaat niet meer)"
    r"|\b(?:tjänst(?:en)?|jobbet|annonsen|stillingen|stillingsopslaget|opslaget|annoncen"
    r"|utlysningen)\b.{0,60}\b(?:inte längre|ikke længere|ikke lenger|(?:är|er) (?:redan |nu "
    r"|allerede )?(?:tillsatt|besat|besatt|stängd|lukket|utløpt|udløbet|avpublicerad|avslutad)"
    r"|har (?:gått ut|utløpt|stängt))"
    r"|\b(?:paikka|ilmoitus|haku|työpaikka|tehtävä)\b.{0,40}\b(?:ei ole enää|on (?:päättynyt"
    r"|sulkeutunut|täytetty|vanhentunut))"
    # The time for applications is over
    r"|\b(?:die )?(?:bewerbungsfrist|bewerbungszeit|bewerbungsphase|ausschreibungsfrist) (?:ist|endete)\b.{0,40}"
    r"(?:abgelaufen|verstrichen|beendet|vorbei)|\bbewerbungen sind (?:leider |derzeit )?nicht mehr möglich"
    r"|\bansökningstiden (?:har gått ut|är slut)|\b(?:søknadsfristen"
    r"|ansøgningsfristen) er (?:gått ut|utløpt|udløbet|overskredet)"
    r"|\bhakuaika on (?:päättynyt|umpeutunut)|\b(?:sollicitatietermijn"
    r"|sollicitatieperiode) is (?:verstreken|gesloten|verlopen)"
    r"|\b(?:les )?candidatures (?:(?:sont|ont été) )?(?:désormais |maintenant )?(?:closes?|clôturées?|fermées?"
    r"|terminées?)\b"
    r"|\bla date limite (?:de candidature )?est (?:dé)?passée|\bdate limite (?:est )?dépassée"
    r"|\b(?:el )?plazo de (?:inscripción|solicitud|candidatura) (?:ha|está) (?:finalizad"
    r"|cerrad|terminad|expirad)\w"
    r"|\b(?:as )?inscrições (?:estão )?encerradas|\bprazo (?:de candidatura )?(?:encerrado|expirado)"
    r"|\b(?:le )?candidature (?:sono )?chiuse|\brekrutacja (?:została )?(?:zakończona|zamknięta)"
    r"|^\W{0,3}(?:vaga|oferta|vacante|offre|annonce|stelle|vacature|annuncio|posizione|tjänsten?|stillingen?)"
    r" (?:encerrada|fechada|preenchida|cerrada|finalizada|caducada|clôturée|pourvue"
    r"|expirée|besetzt|gesloten|vervuld"
    r"|chius[oa]|scadut[oa]|tillsatt|besat|besatt)\W{0,3}$"
    # Polish, Czech, Slovak, Hungarian, Romanian, Turkish, Russian, Ukrainian
    r"|\b(?:oferta|ogłoszenie|rekrutacja|stanowisko)\b.{0,60}\b(?:nie jest już|jest już nieaktualn"
    r"|wygasł|zakończon|nieaktywn|nieaktualn|została zamknięt|archiwaln)"
    r"|\b(?:pozice|nabídka|inzerát|ponuka|pozícia|pracovní místo)\b.{0,60}\b(?:již (?:není|nie je"
    r"|byla|bylo)|už (?:není|nie je)|obsazen|obsaden|neaktuáln|ukončen|vypršel)"
    r"|\b(?:állás|pozíció|hirdetés)\b.{0,60}\b(?:már nem|lejárt|betöltött|megszűnt)|\b(?:anunț\w*"
    r"|post\w*|job\w*)\b.{0,60}\bnu mai (?:este|e|sunt)\b|\b(?:ilan"
    r"|pozisyon)\b.{0,60}(?:yayından kaldırıl|kapandı|kapanmış|dolduruldu|süresi dol)"
    r"|\bвакансия\b.{0,60}(?:закрыта|в архиве|неактуальна|не актуальна|не найдена|удалена|больше не"
    r"|снята|архивн)|\bвакансія\b.{0,60}(?:закрита|неактуальна|більше не|не знайден)"
    # Japanese, Chinese, Korean
    r"|(?:募集|求人|掲載|応募受付)[^。\n]{0,20}(?:終了(?:しました|いたしました|しております|しています|$)|締め切りました|締切りました|見つかりません)"
    r"|(?:职位|職位|岗位|職缺|招聘)[^。\n]{0,12}(?:已(?:关闭|關閉|下线|下架|过期|過期|结束|停止|失效)|不存在)|(?:채용|공고"
    r"|모집)[^.\n]{0,16}(?:마감되|종료되|마감된|종료된|존재하지)",
    re.IGNORECASE,
)

_MISSING = late(
    r"\b(?:page|job|position|vacancy|posting|resource|url|content|link|advert"
    r"|requisition)\b.{0,40}\b(?:not found|cannot be found|could(?: not|n(?:'|’)t) be found|can(?:'"
    r"|’)t be found|doesn(?:'|’)t exist|does not exist|no longer exists?|is missing|is gone"
    r"|has moved|was removed)"
    r"|^(?:error\s)?404\b|\b404 (?:error|not found|page)|\berror 404\b|\b(?:-|–|\||:) ?404$"
    r"|^not found$|^410\b|\bnothing (?:was )?found (?:here|at this)|\bcan(?:'|’"
    r"|no)t (?:seem to )?find (?:the|that|this|your) (?:page|job|position|posting)|\bcould(?: not"
    r"|n(?:'|’)t) find (?:the|that|this|your) (?:page|job|position|posting)"
    r"|\bpage (?:you requested )?(?:is )?(?:unavailable|no longer)"
    r"|\bseite (?:wurde )?(?:leider )?nicht gefunden|\bseite .{0,30}existiert nicht"
    r"|\bpage (?:introuvable|non trouvée|inexistante)|\bp[aá]gina (?:no encontrada|no existe"
    r"|não encontrada|non trovata|niet gevonden)|\bpagina (?:non trovata|niet gevonden"
    r"|nu a fost găsită)"
    r"|\bsidan (?:kunde inte|hittades inte|finns inte)|\bsiden (?:blev ikke|ble ikke|findes ikke"
    r"|finnes ikke)|\bsivua ei löyty|\bstrona nie (?:została|istnieje)|\bnie znaleziono strony"
    r"|\bstránka (?:nebyla|nenalezena|neexistuje|sa nenašla)|\baz oldal nem található"
    r"|\bsayfa bulunamadı|страница не найдена|сторінку не знайдено"
    r"|ページが見つかりません|页面不存在|找不到(?:页面|頁面)"
    r"|페이지를 찾을 수 없",
    re.IGNORECASE,
)
