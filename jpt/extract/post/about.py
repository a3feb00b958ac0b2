"""What a page is about: work for somebody, a story of it, a form for it, or something else. Pure."""

from __future__ import annotations

import re

from jpt.extract.experience.language import READ, language
from jpt.extract.links.roles import names_job
from jpt.extract.links.subjects import reads_like_story
from jpt.extract.links.url_shape import is_read, url_shape
from jpt.extract.post.naming import key, segments
from jpt.extract.post.post_signs import Signs
from jpt.extract.post.sections import Part
from jpt.models.pages import PageRead
from jpt.text.late import late

_KNOWN = READ | {"ru", "uk", "ja", "fi", "cs", "sk", "hu", "ro", "vi"}
"""Languages in which most adverts have a word that is known here: their silence about work means something."""
_OF_WORK: frozenset[Part] = frozenset({"duties", "extra"})
"""Parts that nothing but adverts has; services, grants and licences have requirements and a way to apply, too."""
_BELOW_JOBS: frozenset[Part] = frozenset({"needs", "applying"})
"""Parts that are those of an advert where the address is a job's."""
_WHOLE: frozenset[Part] = frozenset({"needs", "offer", "applying"})
"""Who asks, offers and takes applications has written an advert, whatever the title is."""
_FEW_LABELS = 2
_SOME_LENGTH = 1_500


def says_little_of_work(page: PageRead, signs: Signs) -> bool:
    """Return whether a page of some length says nothing as an advert does, in a language where adverts do.

    What a recruiter offers, and a story of one, names occupations, too.
    """
    said = signs.prose or signs.speaks_to_you or signs.applies or signs.labels or signs.strong_parts >= _FEW_LABELS
    return not said and signs.length > _SOME_LENGTH and language(page.text) in _KNOWN


def is_of_work(page: PageRead, title: str, signs: Signs, *, announced: bool) -> bool:
    """Return whether a page says anywhere that it is about a job: permits are applied for, too.

    Few occupations are known here, so that a title may be a job's all the same: then the parts of the page say it,
    a button to apply below the title that a list announced, or, in a language whose words are hardly known here,
    its address or its link (*announced*).
    """
    if signs.prose or signs.asks_for_cv or signs.labels >= _FEW_LABELS or names_job(title):
        return True
    if any(_says_work(part, heading) for part, heading in signs.parts.items()):
        return True
    if signs.parts.keys() >= _WHOLE:
        return True
    if _BELOW_JOBS & signs.parts.keys() and (signs.address or url_shape(page.final_url).in_named_jobs_path):
        return True
    if "needs" in signs.parts and (
        _EMPLOYER.search(signs.parts.get("offer", "")) or (announced and signs.applies)
    ):
        return True
    return (announced or signs.address is True) and language(page.text) not in _KNOWN


def _says_work(part: Part, heading: str) -> bool:
    """Return whether a part of a post is one of nothing else: companies have a mission, too."""
    if part in _OF_WORK:
        return not _ANYBODYS.search(heading)
    pattern = _TELLING.get(part)
    return pattern is not None and bool(pattern.search(heading))


def tells_a_story(page: PageRead, title: str) -> bool:
    """Return whether what a page is called by, or its address, is that of an article or an interview."""
    if is_read(page.final_url):
        return True
    return any(map(reads_like_story, (title, *called(page))))


def called(page: PageRead) -> tuple[str, str]:
    """Return what a page is called by: its first heading, and what its title begins with."""
    return next(iter(page.headings), ""), segments(page.title)[0][0]


def seeks_staff(page: PageRead, title: str) -> bool:
    """Return whether what a page is called by says that somebody with the occupation of *title* is looked for.

    Who writes adverts as articles says so: `Tuyển dụng kế toán`, `Schweißer gesucht`, `We are hiring: a baker`.
    """
    return names_job(title) and any(_SEEKS.search(text) and key(title) in key(text) for text in called(page))


def describes_profession(page: PageRead) -> bool:
    """Return whether a page tells of a profession, not of a job: how to get there, what it pays, its outlook."""
    found = (_PROFESSION.match(text) for text in page.headings)
    return len({one.lastgroup for one in found if one}) > 1


def is_form(page: PageRead, title: str) -> bool:
    """Return whether a page is called a form of application, or what thanks for one."""
    heading, _ = called(page)
    return any(_FORM.search(text) for text in (title, heading))


def names_notice(title: str) -> bool:
    """Return whether a *title* is that of a notice, an answer to questions or a word to applicants."""
    return bool(_NOTICE.match(title) or _ABOUT.match(title))


def is_notice(page: PageRead, title: str) -> bool:
    """Return whether a page is called what the law asks of a site, or what it says of its company.

    A heading that stands before the *title* of a job may be that of a cookie question.
    """
    heading, name = called(page)
    names = [name, *([heading] if key(title) in {"", key(heading)} else [])]
    return any(map(names_notice, names))


_SEEKS = late(
    r"^(?:(?:cần |thông báo )?tuyển(?: dụng)?\s|(?:(?:we(?:'|’)?(?:re| are) )?(?:now )?hiring|wir suchen|gesucht"
    r"|nous (?:recrutons|recherchons)|se busca|buscamos|contrata(?:-se|mos)?|cercasi|cerchiamo|(?:wij )?zoeken"
    r"|gezocht|szukamy|poszukujemy|zatrudni(?:my|ę)|hledáme|hľadáme|keresünk|angajăm|требу[ею]тся|ищем|шукаємо"
    r"|търсим|vi (?:söker|søger|søker)|haemme)\b|recrutement d['’]une?\s|потрібн)"
    r"|\b(?:gesucht|wanted|gezocht|sökes|søges|søkes|haetaan|recherchée?)\W*$|(?:募集(?:中|要項)?|求人|急募)\W*$",
    re.IGNORECASE,
)
"""How those begin, or end, who look for staff."""
_PROFESSION = late(
    r"(?P<way>how (?:to|do (?:i|you)) (?:become|get there)\b|(?:career|entry) (?:path|pathway)s?\b|paths? into\b"
    r"|so wirst du\b|ausbildung(?:sweg)? zum\b|comment devenir\b|cómo (?:llegar a )?ser\b|como se tornar\b)"
    r"|(?P<outlook>(?:job |career |employment )?(?:outlook|prospects)\W*$|job growth\b|berufsaussichten"
    r"|débouchés\b|salidas profesionales\b)"
    r"|(?P<what>what (?:does|do) (?:an? )?.{2,60} (?:do|earn|make)\W*$"
    r"|was (?:macht|verdient) (?:ein|man)\b|que fait un|qué hace un)"
    r"|(?P<like>(?:similar|related) (?:careers|occupations|professions)\b|verwandte berufe\b)",
    re.IGNORECASE,
)
"""Headings of guides to professions."""
_JOB = late(
    r"\b(?:role|position|job|internship|vacancy|stelle|rolle|poste|puesto|empleo|vaga|cargo|posizione|ruolo|functie"
    r"|vacature|tjänst\w*|jobbe?t?|stilling\w*|stanowisk\w*|pozic\w*)\b|[^\x00-\u024f]",
    re.IGNORECASE,
)
_PROFILE = late(
    r"^(?:(?:le |votre |ton |son )?profil(?: (?:recherché|souhaité|du candidat.{0,20}))?|(?:dein|ihr|das) profil"
    r"|(?:jouw )?profiel|(?:tu |su |seu )?perfil(?: .{1,30})?|(?:il tuo )?profilo(?: .{1,30})?"
    r"|(?:your|candidate|person|job) (?:profile|specification))\W*$",
    re.IGNORECASE,
)
_EMPLOYER = late(
    r"\b(?:we offer|our offer|we provide|wir bieten|das bieten|bieten wir|nous (?:offrons|proposons|vous offrons)"
    r"|ofrecemos"
    r"|oferecemos|offriamo|wij bieden|bieden wij|vi erbjuder|vi tilbyr|vi tilbyder|tarjoamme|oferujemy|nabízíme"
    r"|ponúkame|amit kínálunk|oferim|мы предлагаем|ми пропонуємо|in it for you)\b",
    re.IGNORECASE,
)
"""What an employer calls what he gives: treatments and permits have benefits, too."""
_ANYBODYS = late(r"^(?:(?:our|the|nos|notre|la|les) )?missions?\b.{0,30}$", re.IGNORECASE)
_TELLING: dict[Part, re.Pattern[str]] = {"role": _JOB, "needs": _PROFILE}
"""Of these parts only headings in such words tell of a job."""
_FORM = late(
    r"^(?:(?:online |job |general )?application form|thank you for (?:your application|applying)"
    r"|thanks\b.{0,20}\bapplication|application (?:received|sent|submitted)"
    r"|(?:online-?)?bewerbungsformular|formulaire de candidature|formulario de (?:solicitud|candidatura"
    r"|aplicación)"
    r"|formulário de candidatura|modulo di candidatura|sollicitatieformulier|ansökningsformulär"
    r"|formularz (?:aplikacyjny|rekrutacyjny)"
    r"|(?:submit|post) (?:a|your) (?:job|vacancy)(?: posting| ad| offer)?)\b|(?:応募|エントリー)フォーム|応募完了",
    re.IGNORECASE,
)
_ABOUT = late(
    r"(?:about us|nosotros|quiénes somos|sobre (?:nosotros|nós)|quem somos|über uns|qui sommes[- ]nous|chi siamo"
    r"|over ons|om oss|om os|tietoa meistä|o nas|o nás|rólunk|despre noi|о нас|о компании|про нас|hakkımızda"
    r"|giới thiệu|会社概要|关于我们|회사소개)$",
    re.IGNORECASE,
)
_NOTICE = late(
    r"(?:(?:our |website |applicant |candidate |general )?(?:privacy|cookies?|data protection|gdpr)"
    r"(?: (?:policy|notice|statement|information|settings))?(?: (?:for|&|and) .{1,40})?"
    r"|terms (?:of|and|&) .{1,40}|legal notice|imprint|impressum"
    r"|datenschutz(?:erklärung|hinweise?|information\w*)?(?: für .{1,40})?|agb|mentions légales"
    r"|politique de (?:confidentialité|cookies)|aviso legal|política de (?:privacidad|privacidade|cookies)"
    r"|informativa (?:sulla )?privacy|note legali|privacy(?:verklaring|beleid)|integritetspolicy|personvern\w*"
    r"|privatlivspolitik|tietosuoja\w*|polityka prywatności|ochrana osobních údajů|adatvédel\w*"
    r"|politica de confidențialitate|политика конфиденциальности|gizlilik politikası|プライバシーポリシー"
    r"|個人情報(?:保護方針|の取り?扱いについて)"
    r"|(?:(?:all|our|latest|company|press) )?news(?: (?:archive|list|overview))?|newsroom|press releases"
    r"|aktuelles|neuigkeiten|actualités|noticias|notícias|nieuws|nyheter|nyheder|aktualności|aktuality|новости|новини"
    r"|tin tức|お知らせ(?:一覧)?|新着情報(?:一覧)?|ニュース(?:一覧)?|新闻(?:中心|动态)?|뉴스|공지사항"
    r"|(?:our |company |recruit(?:ing|ment) |careers? )?blog"
    r"|(?:(?:recruit(?:ing|ment)|careers?|application) )?faqs?"
    r"|frequently asked questions|häufige? (?:gestellte )?fragen|foire aux questions|questions fréquentes"
    r"|preguntas frecuentes|perguntas frequentes|domande frequenti|veelgestelde vragen|vanliga frågor"
    r"|(?:ofte stillede|vanlige) spørsmål|usein kysyttyä|często zadawane pytania|časté (?:dotazy|otázky)"
    r"|часто задаваемые вопросы|(?:[a-z ]{2,20})?(?:採用)?よくある(?:ご)?質問|常见问题|常見問題|자주 묻는 질문"
    r"|(?:[a-z ]{2,20})?(?:採用|社長|社員|スタッフ)ブログ"
    r"|(?:[a-z ]{2,20})?(?:採用担当者?|社長|代表)(?:から|より)?の?(?:メッセージ|挨拶)"
    r"|(?:\w{1,12} )?reasons (?:to (?:join|work)|for joining)(?: (?:us|with us|for us|our team))?)$",
    re.IGNORECASE,
)
