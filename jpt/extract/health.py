"""How the read of a careers list went: good, barred, broken or bare, in one clause for people. Pure."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from jpt.extract.links.link_address import split
from jpt.extract.no_openings import says_none
from jpt.models.pages import Health, PageRead
from jpt.text.clean import clean_line
from jpt.text.late import late

_BARE = 1_500
"""Characters of text that a page of nothing but a barrier, a login or an apology stays below."""
_BLANK = 300
"""Characters below which a page says nothing of its own."""
_REFUSALS = frozenset({401, 403, 407, 429, 451, 503})
"""Statuses of RFC 9110 and 6585 that refuse this visitor, for now (429, 503) or at all."""

_IMPLAUSIBLE_FROM = 10
"""Links that a list must have had before their loss is doubted."""


def health(page: PageRead, job_links: int) -> tuple[Health, str]:
    """Return the health of a list read as *page* with *job_links* jobs, and why it is not `ok`.

    What bars the way counts only where the page shows nothing else: a captcha's script beside a list,
    or a cookie banner over it, is no barrier.
    """
    if job_links > 0:
        return _refused(page) or ("ok", "")
    if found := barred(page):
        return found
    if found_none := says_none(page.text):
        return "none", f"the page says: {found_none}"
    if not page.text.strip() and not page.anchors:
        return "empty", "nothing readable on the page"
    # What was left out is the likely cause.
    return "empty", "; ".join(["no job links, and no statement that there are none", *page.truncated])


def barred(page: PageRead) -> tuple[Health, str] | None:
    """Return why a page shows nothing of its own: refused, a barrier, a login or an apology; None if it does."""
    return _refused(page) or _interstitial(page)


def shrunk(before: int, after: int) -> bool:
    """Return whether a list that goes from *before* to *after* jobs lost too many: over 60 % of ten or more."""
    return before >= _IMPLAUSIBLE_FROM and (before - after) * 10 > before * 6


def _refused(page: PageRead) -> tuple[Health, str] | None:
    """Judge by the status, and by the browser's own error page."""
    status = page.http_status or 0
    if page.final_url.startswith("chrome-error:") or (len(page.text) < _BARE and _CHROME.search(page.text)):
        code = _CHROME.search(page.text)
        return "error", f"the browser's error page{f' ({code[0]})' if code else ''}"
    if status < 400:
        return None
    barrier = _barrier(page)
    if barrier:
        return "blocked", f"HTTP {status} with {barrier}"
    if status in _REFUSALS:
        return "blocked", f"HTTP {status}{_page_name(page)}"
    return "error", f"HTTP {status}{_page_name(page)}"


def _page_name(page: PageRead) -> str:
    words = clean_line(page.title or next(iter(page.headings), ""), 60)
    return f" ({words})" if words else ""


def _interstitial(page: PageRead) -> tuple[Health, str] | None:
    """Judge a page with a good status that shows only a barrier, a login or an apology."""
    if len(page.text) > _BARE:
        return None
    if barrier := _barrier(page):
        return "blocked", f"{barrier} instead of the page"
    if _is_login(page):
        return "error", f"a login page ({clean_line(page.title or page.headings[0], 60)})"
    apology = _first(_APOLOGY, page.title, *page.headings[:3]) or _first(_APOLOGY, page.text[:_BLANK])
    return ("error", f"a page that says: {apology}") if apology else None


def _barrier(page: PageRead) -> str:
    """Name the page that asks for proof of a human; empty when there is none."""
    if len(page.text) > _BARE:
        return ""
    said = "\n".join((page.title, *page.headings[:5], page.text))
    for vendor, pattern in _VENDORS.items():
        if pattern.search(said):
            return f"a {vendor} page"
    if len(_own_links(page)) > 3:
        return ""  # menus and lists stand beside it: the words may be about something else
    if len(page.text) < _BLANK and (vendor := _vendor_in_frame(page.frames)):
        return f"a {vendor} page"
    found = _first(_HUMAN, page.title, *page.headings[:5], page.text)
    return f"a captcha page ({found})" if found else ""


def _vendor_in_frame(frames: tuple[str, ...]) -> str:
    """Name whose challenge stands in a frame; invisible ones watch ordinary forms."""
    for frame in frames:
        for vendor, pattern in _FRAMES.items():
            if pattern.search(frame) and "size=invisible" not in frame:
                return vendor
    return ""


def _own_links(page: PageRead) -> set[str]:
    host = urlsplit(page.final_url).hostname
    return {anchor.url for anchor in page.anchors if split(anchor.url).hostname == host}


def _is_login(page: PageRead) -> bool:
    """Return whether the page only asks to sign in: its name says so and it has where to."""
    named = any(_LOGIN.search(words) for words in (page.title, *page.headings[:1]))
    return named and bool(_PASSWORD.search(page.text) or any(_LOGIN.search(words) for words in page.controls))


def _first(pattern: re.Pattern[str], *texts: str) -> str:
    """Return the first line that *pattern* is found in, at most 80 characters; empty when there is none."""
    for text in texts:
        for line in text.splitlines():
            if pattern.search(line):
                return clean_line(line, 80)
    return ""


_CHROME = late(r"\b(?:ERR|DNS_PROBE)_[A-Z_]{5,60}\b")
"""Codes on Chromium's own error pages (net_error_list.h)."""

_LINES = re.IGNORECASE | re.MULTILINE
_VENDORS = {
    "captcha (Cloudflare)": late(
        r"^(?:just a moment|nur einen moment|einen moment|un instant|un momento|um momento"
        r"|een moment(?: geduld)?"
        r"|ett ögonblick|vänta(?: lite)?|et øjeblikk|et øjeblik|chwileczkę|hetkinen|しばらくお待ちください"
        r"|请稍候|잠시만요)(?:\.\.\.|…)?$|attention required! \| cloudflare|checking your browser before"
        r"|needs to review the security of your connection|performance (?:&|and) security by cloudflare"
        r"|sorry, you have been blocked[^\x00]{0,400}cloudflare",
        _LINES,
    ),
    "denial (Akamai)": late(
        r"access denied[^\x00]{0,300}(?:reference #|errors\.edgesuite\.net)|errors\.edgesuite\.net", _LINES
    ),
    "captcha (Imperva Incapsula)": late(
        r"incapsula incident|request unsuccessful\. incapsula|pardon our interruption|powered by imperva", _LINES
    ),
    "captcha (DataDome)": late(r"\bdatadome\b|please enable js and disable any ad blocker", _LINES),
    "captcha (PerimeterX)": late(
        r"press (?:&|and) hold|access to this page has been denied|\bperimeterx\b", _LINES
    ),
    "captcha (HUMAN)": late(r"powered by human security", _LINES),
    "captcha (Sucuri)": late(r"sucuri website firewall|sucuri_cloudproxy", _LINES),
    "captcha (AWS WAF)": late(r"\baws[ -]waf\b|let'?s confirm you are human", _LINES),
    "captcha (DDoS-Guard)": late(r"\bddos-guard\b|checking your browser before accessing", _LINES),
    "denial (F5)": late(r"the requested url was rejected\. please consult with your administrator", _LINES),
    "denial (CloudFront)": late(r"generated by cloudfront[^\x00]{0,200}request id", _LINES),
    "captcha": late(
        r"^challenge validation$|^client challenge$|radware (?:captcha|bot manager)"
        r"|made us think that you(?:'|’| a)re a bot",
        _LINES,
    ),
    "captcha (Vercel)": late(r"vercel security checkpoint|we(?:'|’)re verifying your browser", _LINES),
    "captcha (Kasada)": late(r"\bkasada\b", _LINES),
    "captcha (Anubis)": late(r"making sure you(?:'|’)re not a bot", _LINES),
}
"""Words of known interstitials, title included. Source: the vendors' pages as crawlers' block lists have them."""

_FRAMES = {
    "captcha (Cloudflare)": late(r"//challenges\.cloudflare\.com/"),
    "captcha (DataDome)": late(r"//[\w.-]{0,60}captcha-delivery\.com/"),
    "captcha (Imperva Incapsula)": late(r"/_Incapsula_Resource\b"),
    "captcha (PerimeterX)": late(r"//[\w.-]{0,60}(?:perimeterx\.net|px-cdn\.net|px-captcha)"),
    "captcha (hCaptcha)": late(r"//[\w.-]{0,60}hcaptcha\.com/"),
    "captcha (reCAPTCHA)": late(r"/recaptcha/(?:api2|enterprise)/"),
    "captcha (Arkose)": late(r"//[\w.-]{0,60}(?:arkoselabs|funcaptcha)\.com/"),
    "captcha (GeeTest)": late(r"//[\w.-]{0,60}geetest\.com/"),
}

_HUMAN = late(
    r"(?:verify|verifying|confirm|prove|check(?:ing)?|ensure|make sure)\b.{0,30}\b(?:you(?:'"
    r"|’)?(?: a)?re|you are)"
    r" (?:a |an )?(?:not a (?:ro)?bot|human|real)"
    r"|are you (?:a |an )?(?:human|robot|bot)\b|not a robot\b|human verification|robot check"
    r"|bot (?:check|detection)"
    r"|(?:complete|solve|enter|pass)\b.{0,20}\bcaptcha|unusual traffic|automated (?:requests|queries|traffic)"
    r"|suspicious activity|security (?:check|verification|challenge)\b|checking your browser"
    r"|(?:enable|turn on) javascript and cookies to continue|you have been blocked|request (?:was )?blocked"
    r"|^access (?:is |was |has been )?denied|^access to this (?:page|site)\b.{0,20}denied|^403\b|^forbidden$"
    r"|(?:überprüfen|prüfen|bestätigen) sie,? (?:ob|dass) sie (?:ein mensch|kein roboter)"
    r"|überprüfung,? ob sie ein mensch"
    r"|confirm(?:e|ar|a) que (?:você é|es|eres|é) (?:um |un )?human[oa]"
    r"|conferma(?:re)? (?:di essere|che sei) (?:un )?uman[oa]"
    r"|bevestig dat (?:u|je) een mens|bekräfta att du är en människa|potwierdź,? że jesteś człowiekiem"
    r"|bestätigen sie,? dass sie (?:ein mensch|kein roboter)|zugriff verweigert|ich bin kein roboter"
    r"|vérifi\w{1,9} que vous (?:êtes (?:un )?humain|n['’]êtes pas un robot)|accès (?:refusé|interdit)"
    r"|je ne suis pas un robot"
    r"|verifi\w{1,9} que (?:eres|es|você é) (?:un |um )?humano|acceso denegado|acesso negado"
    r"|no soy un robot|não sou um robô"
    r"|accesso negato|non sono un robot|toegang geweigerd|ik ben geen robot|åtkomst nekad"
    r"|odmowa dostępu|nie jestem robotem"
    r"|доступ (?:запрещен|запрещён|ограничен)|я не робот"
    r"|アクセスが拒否|ロボットではありません|人机验证|安全验证|访问被拒绝|로봇이 아닙니다",
    re.IGNORECASE,
)

_LOGIN = late(
    r"^(?:please )?(?:sign in|log ?in|login|log on|member login|employee login"
    r"|authentication required|single sign-on"
    r"|anmelden|anmeldung|einloggen|connexion|se connecter|identifiez-vous|iniciar sesi[óo]n|inicia sesi[óo]n"
    r"|acceder|accedi|entrar|iniciar sess[ãa]o|fazer login|inloggen|aanmelden|logga in|logg inn"
    r"|log ind|kirjaudu"
    r"|zaloguj|logowanie|přihlášení|přihlásit|bejelentkezés|autentificare|giriş yap|войти|вход|авторизация"
    r"|ログイン|登录|登入|로그인)(?!\w)",
    re.IGNORECASE,
)
_PASSWORD = late(
    r"\b(?:password|passwort|kennwort|mot de passe|contraseña|senha|palavra-passe|wachtwoord|lösenord|passord"
    r"|adgangskode|salasana|hasło|heslo|jelszó|parolă|şifre|пароль)\b|パスワード|密码|密碼|비밀번호",
    re.IGNORECASE,
)

_APOLOGY = late(
    r"\b(?:(?:down|closed|offline|unavailable|undergoing|under|scheduled|planned)\b.{0,20}\bmaintenance"
    r"(?=\s*(?:$|[.,!:;–—-]|and\b|at\b|until|right|from|work\b))"
    r"|(?:site|system) maintenance\W*$|maintenance (?:mode|page|break|work|in progress)|^maintenance$"
    r"|(?:we(?:'|’)ll|we will|will) be (?:right )?back (?:soon|shortly|later)|be right back"
    r"|(?:site|service|page|system|website)\b.{0,20}\b(?:temporarily|currently) (?:unavailable|down|offline)"
    r"|service unavailable|temporarily unavailable|bad gateway|gateway time-?out|internal server error"
    r"|application error|something went wrong|an (?:unexpected )?error (?:has )?occurred"
    r"|error establishing a database connection"
    r"|(?:page|seite|page) (?:not found|nicht gefunden|introuvable)|404(?: not found| error)?$"
    r"|wartungsarbeiten|wartungsmodus|vorübergehend nicht (?:erreichbar|verfügbar)"
    r"|en maintenance|maintenance en cours|momentanément indisponible|en mantenimiento|em manutenção"
    r"|in manutenzione"
    r"|in onderhoud|onderhoudswerkzaamheden|underhåll pågår|przerwa techniczna|prace konserwacyjne"
    r"|technické práce|технические работы|ведутся работы)(?!\w)"
    r"|メンテナンス中|ただいまメンテナンス|维护中|系统维护|점검 중",
    re.IGNORECASE,
)
