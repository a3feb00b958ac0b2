"""How many jobs a page says there are. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from jpt.text.late import late

_NUMBER = r"(\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3}){1,2}|\d{1,6})"
_NOUN = (
    r"(?:open|current|available|active|matching|total|live|offene|aktuelle|freie|verfügbare|aktuella"
    r"|lediga|ledige|openstaande)?\s{0,3}"
    r"(?:jobs?|roles?|positions?|openings?|vacanc(?:y|ies)|opportunit(?:y|ies)|postings?|results?|job (?:offers"
    r"|openings|opportunities|postings)|(?:job|position|role|opening|vacancy) (?:found|available|open)"
    r"|positionen|vakanzen|stellen(?:angebote?|anzeigen?|ausschreibungen?)?|stelle|treffer|ergebnisse"
    r"|offres?(?: d[’']emplois?)?|postes?|emplois?|résultats?"
    r"|ofertas?(?: de (?:empleo|trabajo))?|empleos?|vacantes?|resultados?|vagas?|oportunidades?"
    r"|posizioni(?: aperte)?|offerte(?: di lavoro)?|annunci|risultati"
    r"|vacatures?|resultaten|(?:lediga |ledige )?(?:jobb|stillinger|tjänster|job)|työpaikkaa?|avointa"
    r"|trabajos|puestos|plazas|ofertes(?: de feina)?|llocs de treball|annonser|träffar|tulosta|työpaikkaa"
    r"|(?:volných |pracovních )?(?:pozic|míst|nabídek)|(?:voľných |pracovných )?(?:pozícií|miest|ponúk)"
    r"|výsledk\w{0,2}"
    r"|предложени\w|результат\w{0,2}|вакансій|вакансії|вакансия|обяви|позиции|резултата|việc làm|vị trí|công việc"
    r"|tin tuyển dụng"
    r"|iş ilanı|ilan|açık pozisyon|pozisyon|sonuç|locuri de muncă|joburi|posturi|rezultate|anunțuri"
    r"|θέσεις(?: εργασίας)?|nyitott pozíció|találat|treff|töökuulutus(?:t|ed)|रिक्तियां|रिक्तियाँ"
    r"|αποτελέσματα|αγγελίες|oglasa|radnih mj?esta|pozicija|rezultata|tööpakkumist|töökohta|tulemust|vakances"
    r"|vakanču"
    r"|skelbim(?:ai|ų)|pasiūlymų|lowongan(?: kerja)?|pekerjaan|störf|starf|delovnih mest|ตำแหน่ง(?:งาน)?|งาน"
    r"|وظيفة|وظائف|משרות|नौकरियां"
    r"|ofert(?:y|a)?(?: pracy)?|wynik(?:ów|i)?|állás|вакансий|вакансии|вакансия)"
)
_OF = r"(?:of|out of|von|sur|de|di|van|av|af|z|из|/|über)"
_RANGE = late(
    rf"\b\d{{1,6}}\s{{0,2}}(?:-|–|—|to|bis|à|a|al|t/m|tot"
    rf"|до)\s{{0,2}}\d{{1,6}}\s{{1,2}}{_OF}\s{{1,2}}(?:about |over )?{_NUMBER}\b",
    re.IGNORECASE,
)
_SHOWING = late(
    rf"\b(?:showing|displaying|viewing|viewed|you(?:'|’)ve viewed|viendo|exibindo|visualizzazione"
    rf"|weergave|wyświetlanie|zeige|affichage|mostrando|visar"
    rf"|viser)\s{{1,2}}\d{{1,6}}\s{{1,2}}{_OF}\s{{1,2}}{_NUMBER}\b",
    re.IGNORECASE,
)
_SEEN = late(
    rf"(?:^|\n)\s{{0,4}}\d{{1,6}}\s{{1,2}}{_OF}\s{{1,2}}{_NUMBER}\s{{1,2}}(?:[^\W\d_]{{1,12}} )?{_NOUN}(?![\w-])",
    re.IGNORECASE,
)
"""`3 of 166 jobs`, at the start of its line."""
_COUNT = late(
    rf"(?<![\w.,$€£/+-])(?<!\d\s)(?!0\d){_NUMBER}\s{{1,3}}(?:[^\W\d_]{{1,12}} )?{_NOUN}"
    r"(?![\w-])(?!\s+(?:per|a|an|pro|by)\b)",
    re.IGNORECASE,
)
_LABEL = late(
    rf"(?:^(?:all |alle )?(?:jobs|roles|positions|careers|results|stellen|emplois|empleos|lavori|jobb"
    rf"|oferty pracy)|\b(?:number of (?:jobs|results|positions)|anzahl(?: der)? (?:stellen|jobs|treffer)"
    rf"|résultats|resultados|risultati|resultaten|treffer"
    rf"|open (?:positions|roles|jobs)|jobs? (?:found|openings)"
    rf"|total (?:jobs|results)"
    rf"|(?:antal|aantal|liczba|nombre d[e’']|número de|numero di|počet|number of|total de|totale|toplam|összes"
    rf"|всего"
    rf"|усього|общо|ukupno|kokku|jumlah|tổng(?: số)?|numărul de|σύνολο"
    rf"|lukumäärä) ?(?:[^\W\d_]{{1,14}} ){{0,2}}{_NOUN}"
    rf"|avoimet työpaikat|lediga (?:jobb|tjänster)|ledige (?:stillinger|job)|wyniki|oferty pracy|voln[áé] m(?:í"
    rf"|ie)sta"
    rf"|вакансии|вакансії|nyitott pozíciók|açık pozisyonlar|locuri de muncă|θέσεις εργασίας|việc làm|lowongan"
    rf"|all jobs|vacancies|openings|offene stellen|stellenangebote|offres|vacatures|vagas|ofertas))"
    rf"\s{{0,2}}[:(]\s{{0,2}}{_NUMBER}\b",
    re.IGNORECASE | re.MULTILINE,
)
_CJK = late(
    r"(?:全|共|총|全部で)?\s{0,2}(\d{1,3}(?:,\d{3}){1,2}|\d{1,6})\s{0,2}"
    r"(?:件|个职位|個職位|個職缺|个岗位|개의? ?(?:채용|공고|포지션)|건)"
)
_SOME = late(
    r"\b(?:new|more|similar|related|recent|saved|featured|other|further|additional|matching you|applied|past"
    r"|previous"
    r"|neue|weitere|ähnliche|gespeicherte|autres|nouvelles?|similaires|otr[oa]s|nuev[oa]s|altr[ie]|nuov[ie]"
    r"|andere|nieuwe|outras|novas|inne|nowe|fler|nya|flere|nye|liknande|lignende|samankaltais\w+|muita|podobn\w+"
    r"|похож\w+|схож\w+|benzer|hasonló|simili|soortgelijke|vergelijkbare|slične|παρόμοι\w+|tương tự|serupa)\b",
    re.IGNORECASE,
)
"""Beside a count, what makes it one of some jobs, not of all."""
_PART = late(
    r"^\s{0,3}(?:today|this (?:week|month)|since|saved|applied|near you|added|filled|in your|per|heute|diese woche"
    r"|gespeichert|aujourd|cette semaine|hoy|esta semana|oggi|vandaag)\b",
    re.IGNORECASE,
)
_LEAD = late(
    r"(?:^|\b)(?:showing|displaying|viewing|found|have|has|there (?:are|is)|currently|all|total|over|our|the|of"
    r"|to|for|with|in|from|explore|browse|search|see|view|discover|results?|jobs?|openings?|positions?|careers?"
    r"|now|and"
    r"|hemos encontrado|encontramos|encontrados?|löytyi|löydetty|nalezen[oay]|nalezli jsme|nájden(?:ých|é)"
    r"|найден[оы]"
    r"|знайдено|показано|tìm thấy|hiện có|có|am găsit|găsite|pronađeno|našli smo|намерени|βρέθηκαν|leitud|leiti"
    r"|ditemukan|terdapat|พบ|נמצאו|عثر على|toplam|rasta|atrasts?|fannst|találtunk|trobad[ae]s"
    r"|znaleziono|gefunden|trovat[ei]|gevonden|encontrad[oa]s|fant|hittade|fandt|es gibt|wurden|haben"
    r"|aktuell|derzeit|insgesamt|alle|unsere|zeige|von|wir|nous avons|il y a|actuellement"
    r"|sur|de|voir|affichage|hay|tenemos|actualmente|mostrando|ci sono|abbiamo|attualmente|di|er zijn|wij hebben"
    r"|momenteel|van|há|temos|atualmente|mamy|obecnie|z|av|af|visar|viser|us|at|\d+)\W{0,3}$",
    re.IGNORECASE,
)
"""What may stand before a count of all jobs; another word is the name of a team or a place."""
_YEAR = late(r"(?:19|20)\d\d")
_UP_TO = late(
    r"\b(?:up to|at least|bis zu|mindestens|jusqu['’]à|au moins|hasta|al menos|até|fino a|tot|upp till|op til)"
    r"\s*$",
    re.IGNORECASE,
)
_FEW_WORDS = 2
_WORD = late(r"[^\W\d_]")
_GOES_ON = late(
    r"(?:found|available|open|listed|matching|match|in|at|for|across|to|with|from|of|worldwide|right|now"
    r"|currently|are|is|near|on|by"
    r"|and|that|which|waiting|you|your|based|sorted|und|bei|in|im|für|gefunden|verfügbar|offen|passen|en|à|au|aux"
    r"|chez|dans|pour"
    r"|trouvée?s?|disponibles?|correspond\w*|para|encontrad[oa]s?|disponibles|em|no|na|vist[oa]s|a|ad|per"
    r"|trovat[ei]|disponibili"
    r"|van|voor|bij|gevonden|beschikbaar|hos|på|i|hittades|fundet|funnet|w|dla|znaleziono|dostępn\w+|v|ve"
    r"|nalezen\w*|nájden\w*"
    r"|в|для|найден\w*|için|bulundu|bei|von|des|de|do|da|d['’]\w+|di|đang|tại|cho|phù)\b",
    re.IGNORECASE,
)
_PAGE_OF = late(
    r"^\W{0,3}(?:[^\W\d_]{1,12}\W{1,2}){0,2}?"
    r"(?:(?:page|pages|seite|página|pàgina|pág|pagina|sida|side|sivu|strona|strana|stránka|страница|страницата"
    r"|сторінка|oldal"
    r"|sayfa|stranica|stran|lehekülg|lk|lapa|puslapis|σελίδα|síða|trang|halaman|หน้า|หน้าที่|पृष्ठ|صفحة|صفحه"
    r"|עמוד|ページ"
    r"|페이지)\W{0,3}(\d{1,4})\W{0,3}(?:[^\W\d_]{1,5}\W{1,3})?(\d{1,4})"
    r"|(\d{1,4})\s{0,2}(?:of|von|sur|de|di|van|av|af|z|ze|из|з|din|iš|od|από|trên|dari|/)\s{0,2}(\d{1,4})\s{1,2}"
    r"(?:pages|seiten|páginas|pagine|pagina['’]s|sidor|sider|sivua|stron|stran|stránek|strán|страниц|сторінок"
    r"|oldal|sayfa"
    r"|stranica|pagini|lehekülge|σελίδες|trang|halaman)"
    r"|第\s{0,2}(\d{1,4})\s{0,2}[页頁]\W{0,3}[共全]\s{0,2}(\d{1,4})\s{0,2}[页頁]|(\d{1,4})\s{0,2}/\s{0,2}(\d{1,4})\s{0,2}"
    r"(?:ページ|页|頁|페이지))(?!\d)",
    re.IGNORECASE | re.MULTILINE,
)
"""`Page 1 of 29` at the start of its line."""
_LONGEST_PAGER = 60
_BEYOND = 100_000
_SEARCHED = 200_000
_GROUPS = 3
"""So many counts that none is the sum of are those of groups."""


def advertised_total(text: str, titles: Collection[str] = ()) -> int | None:
    """Return the number of jobs that a list page's text plainly states; None if it does not.

    `1-20 of 143` comes before `143 open roles`. Counts of teams, places and filters are no totals: they
    follow a name, or several stand beside each other and none is as large as the others together. Nor are numbers
    in *titles* of the list ("Up to 2 PhD positions") and in prose ("our 45 vacancies last year"); no year is one.
    """
    text = "\n".join(line for line in text[:_SEARCHED].split("\n") if line.strip() not in titles)
    for pattern in (_RANGE, _SHOWING, _SEEN):
        if found := pattern.search(text):
            return _value(found.group(1))
    counts = [
        value
        for pattern in (_COUNT, _LABEL, _CJK)
        for found in pattern.finditer(text)
        if _counts_all(text, found, pattern) and (value := _value(found.group(1)))
    ]
    most = max(counts, default=None)
    if most is not None and len(counts) >= _GROUPS and len(set(counts)) > 1:
        others = sum(counts) - most * counts.count(most)
        return most if most >= others else None
    return most


def advertised_pages(text: str) -> int | None:
    """Return the number of pages that a list's own pager plainly states; None if it does not, or states one."""
    for found in _PAGE_OF.finditer(text[:_SEARCHED]):
        line = text[found.start() : found.end() + _LONGEST_PAGER + 1].strip("\n").partition("\n")[0]
        place, pages = (int(number) for number in found.groups() if number is not None)
        if place <= pages and pages > 1 and len(line) <= _LONGEST_PAGER:
            return pages
    return None


def _counts_all(text: str, found: re.Match[str], pattern: re.Pattern[str]) -> bool:
    """Return whether a count is one of all jobs by what stands in it and around it on its line."""
    if _YEAR.fullmatch(found.group(1)):
        return False
    if pattern is not _COUNT:
        return True
    if _UP_TO.search(text[max(0, found.start() - 12) : found.start()]) or _is_prose(text, found.end()):
        return False
    if _SOME.search(found.group(0)) or _PART.match(text[found.end() : found.end() + 30]):
        return False
    line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()].strip(" \t([|·•–—-:")
    words = line.split()
    # A long sentence before a number is prose about all; one or two words are a name.
    return not words or len(words) > 4 or bool(_LEAD.search(line))


def _is_prose(text: str, end: int) -> bool:
    """Return whether a sentence continues behind a count with something else than where and how they are open."""
    rest = text[end : end + 120].partition("\n")[0].strip()
    return len(rest.split()) > _FEW_WORDS and bool(_WORD.match(rest)) and not _GOES_ON.match(rest)


def _value(digits: str) -> int | None:
    number = int(re.sub(r"\D", "", digits))
    return number if number < _BEYOND else None
