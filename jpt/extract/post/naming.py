"""Texts that stand where a title stands and are none: names of pages, sections, banners, buttons. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jpt.extract.links.roles import has_gender_marker, has_role, names_job
from jpt.extract.post.sections import part_named
from jpt.text.late import late

_LONGEST_TITLE = 200
_FEW_WORDS = 7


def key(text: str) -> str:
    """Return what is compared of *text*: its letters and digits, in small letters."""
    return "".join(filter(str.isalnum, text.casefold()))


def may_be_title(text: str) -> bool:
    """Return whether *text* may be the title of a job: not the name of a page, section, banner or button."""
    words = text.strip(" \t-–—|·•:*#>»«<")
    if not 2 <= len(words) <= _LONGEST_TITLE or not any(char.isalpha() for char in words):
        return False
    if words.endswith(_SENTENCE_ENDS) and not words.endswith(_SHORTENED) and not _is_short_title(words):
        return False
    if _PAGE.search(words) or (_PHRASE.search(words) and not has_gender_marker(words)):
        return False
    # "Requirements Engineer" and "Privacy Counsel" are occupations: headings and banners are short of one.
    return has_role(words) or not (_BANNER.search(words) or part_named(words))


def _is_short_title(words: str) -> bool:
    """Return whether a text that ends like a sentence may be a title all the same: `Cook wanted!`"""
    few = words[-1] in ".!?" and len(words.split()) <= _FEW_WORDS
    return few and names_job(words) and not _PHRASE.search(words)


def labelled_titles(lines: Iterable[str]) -> tuple[str, ...]:
    """Return what *lines* name by a label of job titles (`Job title: Baker`), each once, in their order."""
    found = (_LABELLED.match(line) for line in lines if len(line) <= _LONGEST_TITLE)
    return tuple(dict.fromkeys(one[1].strip() for one in found if one and may_be_title(one[1])))


def is_list_name(text: str) -> bool:
    """Return whether *text* names a list of jobs or a careers page."""
    return bool(_LIST.search(text.strip(" \t-–—|·•:*#>»«<")))


def segments(name: str) -> tuple[list[str], list[str]]:
    """Split a page's *name* at bars, dots and dashes; give the texts and the marks between them."""
    pieces = _SEPARATED.split(name)[:41]
    return pieces[::2], pieces[1::2]


def runs(name: str) -> list[str]:
    """Return the runs of neighbouring segments of a page's *name*, longest first."""
    texts, marks = segments(name)
    if len(texts) > 8:
        return [name]
    found = []
    for start in range(len(texts)):
        run = texts[start]
        found.append(run)
        for mark, text in zip(marks[start:], texts[start + 1 :], strict=False):
            run += mark + text
            found.append(run)
    return sorted(found, key=len, reverse=True)


_LABELLED = late(
    r"^\W{0,3}(?:job title|position title|title of (?:the )?(?:position|post)|role title|stellenbezeichnung"
    r"|intitulé du poste|nombre del puesto|titolo della posizione|functietitel|nazwa stanowiska|название вакансии"
    r"|vị trí (?:tuyển dụng|ứng tuyển)|募集職種|職種|职位名称|岗位名称|招聘职位"
    r"|모집\s?(?:부문|분야))\s?[:：\t]\s?(\S.{0,100})$",
    re.IGNORECASE,
)
_SEPARATED = late(r"(\s{1,5}(?:[|–—·•»›>:\\/@•-]|::|>>)\s{1,5}|\s{0,5}[|»｜]\s{0,5})")

_SENTENCE_ENDS = (".", "!", "?", "…", ":", "。", "！", "？")
_SHORTENED = ("Sr.", "Jr.", "Inc.", "etc.", "Ltd.", "Dept.", "...")

_LIST = late(
    r"^(?:(?:our|all|current|open|latest|available|search|find|browse|explore|view|see|join|job"
    r"|career|new|more|other|similar|related|recommended|featured|the)\s)*"
    r"(?:jobs?|careers?|vacanc(?:y|ies)|positions?|openings?|opportunit(?:y|ies)|opportunties|roles?"
    r"|job (?:board|search|openings|listings?|list|opportunities|alerts?|portal|offers)|listings?"
    r"|employment|work with us|work for us|join us|join our team|join the team|we(?:'|’)?(?:re"
    r"| are) hiring)"
    r"(?:\s(?:at|with|in|for|@|openings?|listings?|opportunities|page|home|homepage|portal|site|list"
    r"|search|found|for you|available)\b.{0,60})?[!.]?$"
    r"|^.{1,40}(?<! of)\s(?:careers?|jobs|vacancies|positions|job openings|openings|career (?:portal|page"
    r"|site|opportunities))$|^(?:careers?|jobs)\b.{0,3}\s?(?:at|@|[|–—-])\s?.{1,60}$|^(?:life"
    r"|working|work) at .{1,60}$"
    r"|\b(?:alle|unsere|aktuellen?|offenen?|freien?) (?:offenen? |aktuellen? |freien? )?(?:stellen"
    r"|jobs|positionen|stellenangebote)\b"
    r"|^(?:(?:unsere|alle|aktuelle|offene|freie)\s)*(?:stellen|stellenangebote|stellenanzeigen"
    r"|stellenportal|jobs|karriere|karriereportal|jobbörse|vakanzen|offene stellen"
    r"|jobangebote)(?:\s(?:bei|in|im|der|von)\b.{0,60})?$|^(?:karriere|jobs|stellenangebote)\s(?:bei"
    r"|@)\s.{1,60}$"
    r"|^(?:nos |toutes les )?(?:offres?(?: d['’]emploi)?|carrières?|emplois?|recrutement"
    r"|nous rejoindre|rejoignez-nous|postes à pourvoir)(?:\s.{0,40})?$"
    r"|^(?:ofertas? de (?:empleo|trabajo|emprego)|empleos?|vacantes|trabaja con nosotros|vagas?"
    r"|carreiras?|carreras?|oportunidades|lavora con noi|posizioni aperte|offerte di lavoro|vacatures"
    r"|werken bij.{0,40}|lediga (?:jobb|tjänster)|ledige stillinger|karriär|karriere"
    r"|avoimet (?:työ)?paikat|oferty pracy|kariera|kariéra|volné pozice|állások|karrier|вакансии"
    r"|карьера)$"
    r"|(?:^|[\s-])(?:(?:das |unser )?stellenportal|stellenmarkt|jobportal|karriereportal|jobbörse)\b.{0,50}$"
    r"|^(?:(?:aktuelle|externe|interne|offene|unsere|alle|nicht\w*)\s){0,3}(?:stellenausschreibungen"
    r"|ausschreibungen|stellenangebote"
    r"|stellenanzeigen|professuren|ausbildungsplätze|ausbildungsstellen|praktika)(?!\s?[:(])(?:\s.{0,60})?$"
    r"|^[\w./& -]{1,24}-stellen$"
    r"|^[\d.,+ ]{0,9}\S{0,3}\s?(?:[\w/&-]+\s){0,4}(?:jobs|careers|vacancies|job openings|job opportunities"
    r"|career opportunities"
    r"|positions|empleos|trabajos|vagas|ofertas|offres|stellen|vacatures|jobb|tjänster|stillinger|työpaikkaa"
    r"|ofert)"
    r"(?:\s(?:in|at|near|from|de|en|em|à|i|bei|für|auf|on|w)\s.{1,60})$"
    r"|^[\d.,]{1,7}\+?\s(?:[\w/&-]+\s){0,5}(?:jobs|vacancies|positions|openings|empleos|trabajos|vagas|ofertas"
    r"|offres|stellen|vacatures)\b"
    r"|^(?:archive|archiv|list|liste|overview|übersicht|search|index)\s(?:of|der|des|de|for|by)\s.{0,40}(?:vacanc"
    r"|jobs|positions|stellen"
    r"|offres|vacantes|postes).{0,30}$"
    r"|^(?:volunteer|internship|graduate|student|employment|research) (?:opportunities|openings|vacancies)$"
    r"|(?:career|job) opportunities$"
    r"|^site ?map$|^sitemap$|^plan du site$"
    r"|^mapa (?:do|del) sitio$"
    r"|^(?:tuyển dụng|việc làm|thông tin tuyển dụng|lowongan(?: kerja)?|karir|ร่วมงานกับเรา|ตำแหน่งงาน(?:ว่าง)?"
    r"|الوظائف(?: الشاغرة)?|وظائف"
    r"|משרות(?: פתוחות)?|דרושים|locuri de muncă|cariere|poziții (?:disponibile|deschise)"
    r"|posturi (?:disponibile|vacante|active|libere)|otvorene pozicije|karijera|posao|кариери|свободни позиции"
    r"|θέσεις εργασίας"
    r"|καριέρα|vabad töökohad|töökohad|karjäär|laus störf|störf í boði|vakances|karjera|laisvos darbo vietos"
    r"|prosta delovna mesta"
    r"|вакансії|açık pozisyonlar|iş ilanları|kariyer|állásajánlatok|volná místa|voľné pozície)$"
    r"|^(?:募集(?:一覧|職種一覧|職種|要項(?:一覧|詳細)?)|求人(?:一覧|情報)|(?:(?:中途|新卒|経験者|既卒|キャリア|パート|アルバイト)採用|採用)"
    r"(?:情報|サイト)?|招聘|加入我们|职位列表|채용(?:\s?공고)?|인재채용)$",
    re.IGNORECASE,
)
"""Names of lists and careers pages."""

_PAGE = late(
    r"^(?:(?:job|position|role|vacancy|career|posting)s?[\s-](?:details?|description|posting"
    r"|advert(?:isement)?|ad|application|information|info|summary|overview|specification|opening"
    r"|title|alerts?|search|categor(?:y|ies)|id|locations?)s?"
    r"|details?|overview|home(?:page)?|start(?:seite)?|welcome|menu|navigation|main (?:menu"
    r"|navigation)|search|suche|recherche|buscar|cerca|zoeken|sök|szukaj|filters?|sort by|results?"
    r"|application(?: form)?|apply(?: now| here| today| online| for (?:this|the) (?:job|position"
    r"|role|opening).{0,20})?|submit(?: your| an)? application|quick apply|easy apply|jetzt bewerben"
    r"|bewerben|bewerbung(?:sformular)?|postuler|candidature|aplicar|inscribirse|candidati"
    r"|solliciteer(?:en)?(?: direct)?|ansök(?: nu)?|aplikuj(?: teraz)?|応募する|エントリー"
    r"|about|about us|about (?:the )?(?:company|team|role|job|position)|company(?: (?:info|overview"
    r"|description|profile))?|who we are|our (?:team|company|story|values|mission|culture|people"
    r"|benefits|offices?|clients|products?|services|commitment)|the (?:team|company)|why us|über uns"
    r"|wir über uns|qui sommes[- ]nous|à propos|sobre (?:nosotros|nós)|chi siamo|over ons|om oss"
    r"|om os"
    r"|contact(?: us)?|kontakt|get in touch|follow us|connect with us|newsletter|subscribe|news|blog"
    r"|events|press|resources|products?|solutions?|services|support|help|faqs?|footer|header|sidebar"
    r"|links|quick links|legal|share(?: this)?(?: (?:job|page|post))?|save job|print"
    r"|email(?: this job)?|back(?: to .{0,40})?|zurück(?: zu.{0,40})?"
    r"|sign in|sign up|log ?in|login|register|my (?:account|profile)|create (?:an |your )?account"
    r"|anmelden|registrieren"
    r"|locations?|offices?|departments?|teams?|categor(?:y|ies)|tags?|share|comments?|related|author"
    r"|published|date|language|english|deutsch|français|español|untitled|loading|please wait|null"
    r"|undefined|none|n/a|test|page|error|oops.{0,30}|sorry.{0,60}|thank you.{0,60}|404.{0,40}"
    r"|not found|forbidden|access denied|just a moment.{0,10}"
    r"|background|introduction|innovation|material and methods|research questions|information"
    r"|contact information|personal information|documents|data sharing|responsibilit(?:y|ies)|tasks"
    r"|tech stack|stack|product)[\s.…:!*]*$",
    re.IGNORECASE,
)

_PHRASE = late(
    r"\b(?:cookies?\b.{0,40}(?:settings?|polic(?:y|ies)|preferences?|consent|notice|banner|use)"
    r"|(?:use|uses|using|manage|accept|about|essential|necessary|functional|analytics|marketing"
    r"|this site uses) (?:of )?cookies|cookie(?:-| )?(?:einstellungen|richtlinie|hinweis)"
    r"|your privacy|we value your|datenschutz(?:einstellungen|erklärung|hinweis)|privatsphäre|vie privée)\b"
    r"|^(?:similar|related|other|more|recommended|recent|latest|featured|similar open) (?:jobs"
    r"|positions|roles|openings|opportunities|posts|vacancies|articles|stories|news)|^(?:jobs|people"
    r"|others|candidates) (?:you|also|who|similar)|^(?:weitere|ähnliche|andere) (?:jobs|stellen"
    r"|stellenangebote|positionen)|^(?:share|save|print|refer|email) (?:this|the|a) "
    r"|^(?:join|apply to join|come join|become part of|work (?:at|with|for)|working at|life at"
    r"|why (?:join|work|you)|meet|get (?:notified|in touch|job alerts)|sign up|subscribe|ready to"
    r"|interested|sounds? like|want to|looking for|think you|don(?:'|’)t|can(?:'|’)t|do you|are you"
    r"|have (?:you|a)|not (?:the right|quite|ready|what)|create (?:a )?(?:job )?alert"
    r"|stay (?:in touch|connected|up)|equal (?:employment|opportunity)|u\.?s\.? equal|voluntary self"
    r"|we(?:'|’)?(?:re| are| believe| value| celebrate| offer| look| want| have|(?:'|’)ve)"
    r"|you(?:'|’)?(?:re| are| will| have|(?:'|’)ll|(?:'|’)ve)|wir |werde |nicht |haben wir|bereit"
    r"|interesse|nous |rejoign|vous |what |how |who |where |when |hundreds of|thousands of"
    r"|powered by|skip to|all rights|copyright|©|let(?:'|’)s |thanks|thank you|this (?:job|position"
    r"|role|site|website|page)|the (?:page|job|position) (?:you|is|has)|page not)\b",
    re.IGNORECASE,
)
"""How banners, buttons and invitations begin."""

_BANNER = late(
    r"\b(?:privacy (?:policy|preferences?|settings?|notice|choices|center|statement)|datenschutz"
    r"|gdpr|consent)\b|^diversity\b",
    re.IGNORECASE,
)
"""Banners too, unless an occupation stands beside."""
