"""Addresses that look like a job's and are none. Pure."""

from __future__ import annotations

import re

from jpt.extract.links.vocabulary import listed
from jpt.text.late import late

_NEVER_HOSTS = listed("hosts_without_posts")
"""Hosts of networks, reviews, maps and consent managers: no company's post lives there."""

_FORMS = late(
    r"(?:^|\.)(?:typeform\.com|jotform\.com|forms\.gle|forms\.office\.com|forms\.microsoft\.com|tally\.so"
    r"|airtable\.com"
    r"|paperform\.co|forms\.zoho\.(?:com|eu)|wufoo\.com|cognitoforms\.com|fillout\.com)$"
)
"""Hosts of forms: a small company's post may be nothing but one."""

_STORY_SEGMENTS = listed("stories")
"""First or middle segments of a path that hold stories, products, people: not posts."""

_STORY_START = late(
    r"(?:news|blog|press|events?|podcasts?|stories|webinars?|case-stud(?:y|ies)|white-?papers?)[-_]"
    r"|(?:[\w-]+-)?program(?:me)?s$|hire-(?!up)"
)
_STORY_HOST = late(
    r"(?:^|\.)(?:blogs?|news|newsroom|press|investors?|ir|shop|store|docs|developers?|support|help|forum"
    r"|community|status|events|go|info|learn"
    r"|academy|analytics|cdn|static|img|assets|maps|translate|mail|webmail|login|auth"
    r"|wiki|podcast)\.[a-z0-9-]+\.[a-z]"
)
SUBPAGES = listed("parts_of_careers_sites")
"""Last segments under a careers path that are parts of the careers site, filters or accounts."""

WIDE_SUBPAGES = listed("people_and_departments")
"""Segments that name a group of people or a department, but also short titles of posts."""

_TOPICS = listed("topics")

_TOPIC_START = late(
    r"(?:our|why|how|what|who|where|your|meet|life|about|being|inside|behind|discover|explore|flexible)-"
)

_SATELLITE = late(
    r"(?:^|/)(?:login|signin|sign-in|sign_in|register|registration|sendtoafriend|tellafriend"
    r"|applicationmethods|refer|referral"
    r"|refer-a-friend|share|print|email|bookmark|savejob|save-job|job-?alerts?|forgot-?password|password"
    r"|_linkedinapiv2"
    r"|email-alert-notification|candidate-?login|logout|sso|oauth|saved-?jobs?|preferences|cdn-cgi)(?:[/.]|$)",
    re.IGNORECASE,
)
_SUFFIX = late(r"\.(?:html?|php|aspx?|jsp|cfm|do|ftl)$")
_APPLY_NAME = late(r"apply|application|bewerb|postul|candidat|sollicit|aplicar|inscri", re.IGNORECASE)
_APPLY = late(
    r"/(?:apply|application|apply-now|bewerben|bewerbung|postuler|candidater|solliciteren|aplicar)/?$",
    re.IGNORECASE,
)

_FORM_OF_ALL = late(
    r"(?:apply|apply-?(?:now|here|online)|how-to-apply|application(?:-form)?|job-application(?:-form)?|bewerbung"
    r"|bewerben|jetzt-bewerben|online-bewerbung|bewerbungsformular|postuler|candidater|candidature|sollicitatie"
    r"|solliciteren|sollicitatieformulier|aplicar|postularse|candidatura|candidatati|candidati|inscri(?:pcion|cao"
    r"|zione)"
    r"|ansok|ansökan|ansog|ansøg|ansøgning|sok-jobb|aplikuj|aplikacja|formularz|hakemus|hae|jelentkezes|prijava"
    r"|aplica|basvuru|basvur|is-basvurusu|ung-tuyen|lamar|anketa|резюме|анкета|entry|oubo|応募)$"
)
"""Last names of the form that a firm has for all who apply."""
_ACCOUNT = late(
    r"^(?:log-?(?:in|on|out)|sign-?(?:in|up|out|on)|auth\d?|authenticate|authori[sz]e|oauth\d?|sso|saml\d?"
    r"|(?:my-?)?accounts?"
    r"|(?:my-?)?profiles?|regist(?:er|ration)|subscri(?:be|ption|ptions|ber)|unsubscribe|prenumerera|abonnieren"
    r"|abonner"
    r"|(?:job-?)?(?:alerts?|agents?|abos?|subscriptions?)|notifi(?:y|cations?)|newsletter|help|support|faqs?"
    r"|users?|sessions?"
    r"|(?:forgot|reset)(?:-?password)?|passwords?|settings|dashboard|privacy(?:-?(?:policy|notice|statement))?"
    r"|cookies?(?:-?policy)?|terms(?:-(?:of-(?:use|service)|and-conditions))?|legal|gdpr|datenschutz|imprint"
    r"|impressum"
    r"|accessibility|contact(?:-us)?|connect|referrals?|refer(?:-a-friend)?|rss|feeds?|sitemap|saved(?:-?jobs)?"
    r"|talent-?(?:community|network|pool)|anmelden|anmeldung|einloggen|registrieren|hilfe|konto|connexion"
    r"|inscription"
    r"|compte|aide|iniciar-sesion|registro|ayuda|cuenta|entrar|cadastro|ajuda|accedi|registrati|aiuto|inloggen"
    r"|aanmelden|logga-in|skapa-konto|min-profil|min-side|kirjaudu|rekisteroidy|zaloguj|rejestracja|pomoc|giris"
    r"|prihlaseni)$"
)
"""Names of a board's own pages: they stand where a post's id stands, on every board."""
_ACCOUNT_TEXT = late(
    r"^\W{0,3}(?:(?:log|sign) ?(?:in|on|up|out)\b(?: (?:or|/|&|and) (?:sign ?up|register|log ?in))?(?: (?:here"
    r"|now))?"
    r"|login|register(?: (?:here|now))?|(?:my |your )?(?:account|profile)|create (?:an |your |my )?(?:account"
    r"|profile)"
    r"|subscribe(?: (?:to|for)\b.{0,60})?|(?:set up |create |get |sign up for )?(?:a )?(?:job"
    r"|e-?mail) ?(?:alerts?|agent)s?"
    r"|help(?: (?:center|centre|desk))?|support|faqs?|forgot(?:ten)? (?:your )?password\??|privacy(?: (?:policy"
    r"|notice))?"
    r"|cookies?(?: (?:policy|settings))?|terms(?: (?:of|and)\b.{0,30})?|saved jobs|my applications|contact(?: us)?"
    r"|anmelden|einloggen|registrieren|jobabo|suchagent.{0,20}|hilfe|connexion|se connecter|s['’]inscrire"
    r"|mon compte|aide"
    r"|iniciar sesi[óo]n|reg[íi]strate|mi cuenta|ayuda|entrar|minha conta|ajuda|accedi|registrati|aiuto|inloggen"
    r"|mijn account|logga in|min profil|prenumerera\b.{0,40}|logg inn|log ind|min side|kirjaudu.{0,20}"
    r"|zaloguj się|pomoc"
    r"|(?:candidate|applicant|job ?seeker|member)s?(?: sign ?-?in| log ?-?in| portal| account| help| area| zone)"
    r"|(?:agent|broker|customer|client|dealer|distributor|employee|guest|investor|landlord|parent|partner|patient"
    r"|policy ?holder|provider|resident|staff|student|supplier|teacher|tenant|tutor|vendor)s?['’]?"
    r" (?:portal|log ?-?in|sign ?-?in|area|zone|account)"
    r"|(?:bewerber|kandidaten)(?:-?login|portal|konto|-hilfe|bereich)|konto (?:anlegen|erstellen)"
    r"|(?:hilfe|fragen) (?:zur|bei der) bewerbung|(?:aide|espace) candidats?|(?:[áa]rea|ayuda) (?:de"
    r"|para) candidatos?"
    r"|skapa konto|utwórz konto|crear (?:una )?cuenta|créer (?:un )?compte|crea (?:un )?account|account aanmaken"
    r"|(?:get|receive) (?:jobs|vacancies) by e-?mail"
    r"|přihlásit(?: se)?|giriş yap|войти|вход|ログイン|登录|로그인)\W{0,3}$",
    re.IGNORECASE,
)

_ADVICE = late(
    r"^(?:careers?|jobs?|karriere|berufs?|bewerbungs?|carri[eè]res?|emplois?|carrera|empleos?|trabajo|carriera"
    r"|lavoro"
    r"|carreira|emprego|loopbaan|vacatures?|karri[aä]r|jobb|kariera|praca|recruit(?:ment|ing)|hiring|interview"
    r"|salary"
    r"|gehalts?)-?"
    r"(?:advice|guides?|guidance|tips|tipps|blogs?|news|magazine?|ratgeber|wissen|lexikon|insights?|resources?"
    r"|stories"
    r"|articles?|artikel|academy|akademie|fairs?|messen?|salon|podcasts?|journal|conseils?|consejos?|consigli"
    r"|dicas"
    r"|advies|r[aå]d|porady|calculator|rechner|trends?|report|radar|kompass|wiki|library|hub-articles)$"
    r"|^(?:conseils?|consejos?|consigli|dicas|ratgeber|tipps|guides?|blog|articles?|advice|porady|fiches?"
    r"|salaires?"
    r"|sueldos?|stipendi)-(?:\w{1,4}-){0,2}"
    r"(?:careers?|jobs?|karriere|bewerbung|carri[eè]res?|emplois?|m[ée]tiers?|carrera|empleos?|trabajo"
    r"|carriera|lavoro"
    r"|carreira|emprego|kariera|kariery|praca)$"
)
"""Segments of articles about work and careers, which name jobs but are no posts."""
_BOARD_ACCOUNT = late(
    r"^(?:log-?(?:in|on|out)|sign-?(?:in|up|out|on)|(?:my-?)?accounts?|regist(?:er|ration)|subscri(?:be|ption"
    r"|ptions)"
    r"|(?:job-?)?(?:alerts?|alarm|agents?|agent-neu|abos?|mailer)|notifications?|help|hilfe|aide|ayuda|ajuda|aiuto"
    r"|pomoc|hj[aä]lp|hj[aæ]lp|konto|compte|cuenta|conta|mijn-account|min-profil|anmelden|registrieren|einloggen"
    r"|(?:forgot|reset)-?password|passwor[dt]|candidate-?(?:login|portal|home)|bewerber-?(?:login|portal|konto)"
    r"|merkliste|favou?rites?|bookmarks?|saved)$"
)
"""Segments below a board's jobs for accounts, alerts or help, whatever follows them."""


def gives_advice(segment: str) -> bool:
    """Return whether a path segment holds what is written about work and careers: career-advice, blog-emploi."""
    return bool(_ADVICE.match(segment.replace("_", "-")))


def holds_accounts(segment: str) -> bool:
    """Return whether a path segment holds accounts, alerts or help of a board."""
    return bool(_BOARD_ACCOUNT.match(segment.replace("_", "-")))


def is_account(path: str) -> bool:
    """Return whether a board's *path* ends in an account, an alert, a form of help or a notice, not in a post."""
    names = [_SUFFIX.sub("", name).replace("_", "-") for name in path.lower().split("/") if name]
    return any(_ACCOUNT.match(name) for name in names[-1:]) or (
        len(names) > 1 and bool(_ACCOUNT.match(names[-2])) and names[-1].isalpha() and len(names) > 2
    )


def names_account(text: str) -> bool:
    """Return whether a link's whole text names an account, an alert, help or a notice: Sign in, Subscribe."""
    return len(text) <= 80 and bool(_ACCOUNT_TEXT.match(text))


def never_hosts_posts(host: str) -> bool:
    """Return whether *host* is, or is below, a network, map, form or consent service."""
    labels = host.split(".")
    if labels[0] in {"jobs", "careers", "career"}:
        return False
    return any(".".join(labels[index:]) in _NEVER_HOSTS for index in range(len(labels) - 1))


def is_story_segment(segment: str) -> bool:
    """Return whether a path segment holds stories, products or people."""
    return segment in _STORY_SEGMENTS or bool(_STORY_START.match(segment))


def is_story_host(host: str) -> bool:
    """Return whether a part of *host* is that of a blog, shop, forum or investors' site."""
    return bool(_STORY_HOST.search(host))


def names_a_topic(slug: str) -> bool:
    """Return whether a slug begins or ends with a word of company culture and hiring, not of posts."""
    return slug.rpartition("-")[2] in _TOPICS or bool(_TOPIC_START.match(slug))


def is_satellite(path: str) -> bool:
    """Return whether a path logs in, shares, refers or alerts."""
    return bool(_SATELLITE.search(path))


def applied_to(path: str) -> str | None:
    """Return the path of the post whose application form *path* is; None when it is no such form."""
    found = _APPLY.search(path)
    return path[: found.start()] if found else None


def is_application(name: str) -> bool:
    """Return whether a segment names an application form: Apply, apply-now, bewerben."""
    return bool(_APPLY_NAME.match(name))


def is_form_of_all(name: str) -> bool:
    """Return whether a segment names the form that a firm has for all who apply: apply, bewerbung."""
    return bool(_FORM_OF_ALL.match(_SUFFIX.sub("", name).replace("_", "-")))


def is_form(host: str, path: str) -> bool:
    """Return whether an address is a form of an office suite or of a service for forms."""
    return (host == "docs.google.com" and path.startswith("/forms")) or bool(_FORMS.search(host))
