"""What makes two links the same job. Pure.

In doubt two addresses stay two: a job seen twice costs a look, two jobs taken for one cost a job.
"""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

import idna

from jpt.models.pages import Company
from jpt.text.secrets import without_password

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

MAX_CHARS = 8_000
"""Longest address that is kept; Chromium itself stops at 2 MB, many servers at about 8,000."""


def canonical(url: str) -> str | None:
    """Return the identity of *url*, or None when it is no http(s) address that can be opened.

    Not part of it: http or https, credentials, default port, order of parameters, trackers,
    sessions, places within a page, a slash at the end. Routes and ids in a fragment are
    (`#/job/7`, `#jobDetails=7`). It is a key to compare by, not an address to open.
    """
    # Only short ones are remembered: a hostile page can show thousands of long ones.
    return _short_key(url) if len(url) <= 400 else _key(url)


def key_of(url: str) -> str:
    """Return what *url* is compared by: its identity, or the text itself where it has none."""
    return canonical(url) or url


def page_of(company: Company) -> tuple[str, str]:
    """Return what names a careers page: its site, and the identity of its address."""
    return company.name, key_of(company.url)


def openable(url: str) -> str | None:
    """Return *url* as it is stored and opened: ASCII, without credentials; None when it must not be opened."""
    address = _address(url)
    if address is None:
        return None
    path, query, fragment = (_UNSAFE.sub(_escape, part) for part in address[2:5])
    written = _written(address.scheme, address.authority, path or "/", query, fragment)
    return written if len(written) <= MAX_CHARS else None


def why_not_openable(url: str) -> str:
    """Return a sentence that says why `openable` gives None for *url*."""
    url = without_password(url)
    if len(url) > MAX_CHARS:
        return f"{url[:60]!r}… is too long: an address may have {MAX_CHARS:,} characters."
    with suppress(ValueError):
        if str(port := urlsplit(url.strip()).port) in _BLOCKED_PORTS:
            return f"{url!r} cannot be opened: browsers refuse port {port}."
    return f"{url!r} is not an http(s) address that can be opened."


def names_own_page(key: str) -> bool:
    """Return whether the path of *key* ends in a name of its own, not in one that many pages of a site share."""
    last = urlsplit(key).path.rpartition("/")[2]
    return not _GENERAL.fullmatch(last[:100])


def host_of(url: str) -> str:
    """Return `host:port` of *url*, the default port left out; empty when it has none."""
    address = _address(url)
    return address.authority if address else ""


def site_of(url: str) -> str:
    """Return the part of the host that a company registers, with its port: `acme.co.uk` of `jobs.acme.co.uk`.

    What registries sell names below says the Public Suffix List (publicsuffix.org).
    """
    authority = host_of(url)
    return authority if authority.startswith("[") else _site(authority)


@lru_cache(maxsize=4_000)
def _site(authority: str) -> str:
    host, colon, port = authority.partition(":")
    if _NUMBER.fullmatch(host):
        return authority
    return (_suffixes().privatesuffix(host) or host) + colon + port


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    # The list that comes with the library; it takes a moment to load, and few commands need it.
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- What is let in ----------------------------------------------------------------------------------

_REFUSED = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff]|%00")
"""Control characters, backslashes (browsers read them as slashes) and halves of characters."""

_UNSAFE = re.compile(r"[^!#-;=?-\[\]^_a-z{|}~]")
"""What a browser writes as %XX in an address: white space, quotes, angle brackets and all that is not ASCII."""

_LABELS = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))*")
_NUMBER = re.compile(r"(?:.*\.)?(?:0x[0-9a-f]*|[0-9]+)")

_BLOCKED_PORTS = _words(
    """0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119
    123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990
    993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080"""
)
"""Ports that the Fetch standard forbids (fetch.spec.whatwg.org, "port blocking"), and 0 as in Chromium."""


class _Address(NamedTuple):
    scheme: str
    authority: str
    path: str
    query: str
    fragment: str
    default_port: bool


def _address(url: str) -> _Address | None:
    url = url.strip()
    if len(url) > MAX_CHARS or _REFUSED.search(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or str(port) in _BLOCKED_PORTS:
        return None
    host = _host(parts.hostname or "")
    default = port in {None, 443 if parts.scheme == "https" else 80}
    authority = host if default else f"{host}:{port}"
    return _Address(parts.scheme, authority, parts.path, parts.query, parts.fragment, default) if host else None


def _written(scheme: str, authority: str, path: str, query: str, fragment: str) -> str:
    return f"{scheme}://{authority}{path}{'?' + query if query else ''}{'#' + fragment if fragment else ''}"


@lru_cache(maxsize=1_000)
def _host(name: str) -> str:
    """The host as a browser reads it, in ASCII; empty when it is none."""
    try:
        if ":" in name:
            return f"[{IPv6Address(name)}]" if "%" not in name else ""
        if not name.isascii():
            name = idna.encode(name, uts46=True).decode("ascii")
        name = name.lower().removesuffix(".")
        if _NUMBER.fullmatch(name):
            return str(IPv4Address(socket.inet_aton(name)))
    except (AddressValueError, OSError, UnicodeError):
        return ""
    return name if len(name) <= 253 and _LABELS.fullmatch(name) else ""


# --- What is identity --------------------------------------------------------------------------------

_TRACKERS = _words(
    """gclid gclsrc dclid gbraid wbraid fbclid msclkid twclid yclid ttclid igshid li_fat_id srsltid s_kwcid ef_id
    mc_cid mc_eid mkt_tok vero_id oly_enc_id oly_anon_id _openstat _ga _gl _hsenc _hsmi __hstc __hssc __hsfp
    wt.mc_id cmpid icid trk trkcampaign trackingid gh_src _ghcid lever-source lever-origin lever-via ittk iis
    indeed-apply-token __jbsrc ft_source ft_medium p_sid p_uid rb_source ccuid _ccid
    lapplicationsubsourceid adhoc_referrer in_iframe needsredirect bga jan1offset jun1offset"""
)
"""Parameters that say where a visitor came from or what his window is like: advertising, analytics, boards."""
_TRACKER_FAMILIES = ("utm_", "hsa_", "pk_", "mtm_", "matomo_", "piwik_", "rx_")
_SESSIONS = _words("jsessionid phpsessid sessionid session_id cfid cftoken zenid oscsid")
_PATH_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sid)=[^/;]*|/\([A-Z]\([a-z0-9]{20,40}\)\)(?=/)", re.IGNORECASE
)
"""`;jsessionid=…` of servlets, `/(S(…))/` of ASP.NET without cookies."""

_SOURCES = _words("ref src source from via referrer referer")
_SOURCE_WORD = re.compile(r"[a-z][a-z _.+-]{0,40}", re.IGNORECASE)
_WINDOW = frozenset({"mobile", "width", "height"})

_GENERAL = re.compile(
    r"""[^0-9]*(?:job|career|vacanc|position|opening|opportunit|posting|listing|role|offer|detail|search|apply|join
    |home|index|view|show).*|.*\.(?:php\d?|aspx?|ashx|cgi|pl|jspx?|jsf|do|action|cfm|html?|dll)|[a-z]{0,3}""",
    re.IGNORECASE | re.VERBOSE,
)
"""A last step of a path that many jobs of a site may share: then a word in a parameter may be the job."""


def _key(url: str) -> str | None:
    address = _address(url)
    if address is None:
        return None
    path = _without_dots(_PATH_SESSION.sub("", _normal(address.path))).rstrip("/") or "/"
    query = _query(address.query, path) if address.query else ""
    fragment = _fragment(_normal(address.fragment), unquote(f"{path}?{query}")) if address.fragment else ""
    # Pages mix both schemes, and sites move from one to the other: the job stays the same.
    scheme = "https" if address.default_port else address.scheme
    key = _written(scheme, address.authority, path, query, fragment)
    return key if len(key) <= MAX_CHARS else None


_short_key = lru_cache(maxsize=4_000)(_key)


def _query(query: str, path: str) -> str:
    """The parameters that are identity, sorted."""
    names = {pair: _name(pair) for part in query.split("&") if (pair := _normal(part))}
    if "jan1offset" in names.values():
        names = {pair: name for pair, name in names.items() if name not in _WINDOW}
    kept = {pair for pair, name in names.items() if not _is_noise(name)}
    doubtful = {pair for pair in kept if _may_be_noise(names[pair], unquote(pair.partition("=")[2]))}
    if not _GENERAL.fullmatch(path.rpartition("/")[2][:100]) or any(
        _DIGIT.search(unquote(p)) for p in kept - doubtful
    ):
        kept -= doubtful
    return "&".join(sorted(kept))


def _name(pair: str) -> str:
    # `a=1&?utm_source=…` and `a=1&amp;utm_source=…` are common slips; `lever-source[]` is a list.
    return unquote(pair.partition("=")[0]).lower().lstrip("?").removeprefix("amp;").partition("[")[0]


def _is_noise(name: str) -> bool:
    if name in _TRACKERS or name in _SESSIONS or name.startswith("aspsessionid"):
        return True
    # Of the family rx_… (Recruitics) this one names a job.
    return name.startswith(_TRACKER_FAMILIES) and name != "rx_job"


_LONGEST_SITE = 8
"""Digits of a site's id at most."""


def _may_be_noise(name: str, value: str) -> bool:
    """`ref=linkedin` says where a visitor came from, `ref=JR-1042` which job it is; likewise `sid`."""
    if name == "sid":
        # A short number is a site's id, a long one a session's that happens to have no letter; hundreds of
        # characters are a whole query, packed.
        return (not value.isdigit() or len(value) > _LONGEST_SITE) and len(value) <= 128
    return name in _SOURCES and (not value or bool(_SOURCE_WORD.fullmatch(value)))


# --- Fragments ---------------------------------------------------------------------------------------

_DIGIT = re.compile(r"[0-9]")
_ID = re.compile(r"(?<![0-9])(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{3,}")
"""Three digits or more that are not a year."""
_LONG_ID = re.compile(r"[0-9]{4}|^[0-9]+$")
_BETWEEN_WORDS = re.compile(r"[-_+. ]+")
_PLACE_WORDS = _words(
    """a about accordion all an and anchor application apply at benefits collapse comment comments contact content
    cookie cookies culture current description detail details faq faqs filter filters find footer for form header
    hiring how in job jobs join life link list location locations main menu modal nav navigation now of open
    openings opportunities our overview page panel perks policy popup positions privacy process requirements
    respond results roles search section share skip summary tab team the to top us vacancies vacancy values we
    what who why work you your"""
)
"""Words that name places of a page; a job's name has others too."""


def _fragment(fragment: str, before: str) -> str:
    """What of a fragment is identity: a route, values, or the name of a job among many on one page."""
    fragment = fragment.partition(":~:")[0]
    if "/" in fragment or "=" in fragment:
        kept = _route(fragment)
        # What is left may be a plain one: `#apply/`, `#apply&utm_source=…`.
        return kept if kept == fragment else _fragment(kept, before)
    return fragment if _names_a_job(unquote(fragment), before) else ""


def _route(fragment: str) -> str:
    """Bring `/job/7?b=2&a=1` or `b=2&a=1` into order."""
    path, mark, query = fragment.partition("?")
    if "/" not in path and not mark:
        return _query(path, "/")
    path = path.rstrip("/")
    query = _query(query, path)
    return (path if path.strip("!/") else "") + ("?" + query if query else "")


def _names_a_job(fragment: str, before: str) -> bool:
    if _LONG_ID.search(fragment):
        return True
    # With an id before it, it is a place within that job's page, or the job's town.
    if not fragment or _ID.search(before):
        return False
    words = _BETWEEN_WORDS.split(fragment.lower())
    return bool(_DIGIT.search(fragment)) or (len(words) > 1 and not _PLACE_WORDS.issuperset(words))


# --- Spelling ----------------------------------------------------------------------------------------

_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})|[^!$&-;=?-Z_a-z~]")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,:@")
"""Unreserved characters (RFC 3986, 2.3) and those reserved ones that no part of an address is split at."""


def _normal(text: str) -> str:
    """Spell each character in one way: plain where it separates nothing, else %XX in capitals."""
    return _ENCODED.sub(_respell, text)


def _respell(found: re.Match[str]) -> str:
    if not found[1]:
        return _escape(found)
    char = chr(int(found[1], 16))
    return char if char in _PLAIN else found[0].upper()


def _escape(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def _without_dots(path: str) -> str:
    """Remove `.` and `..` steps, as browsers do (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    steps: list[str] = []
    for step in path.split("/"):
        if step not in {".", ".."}:
            steps.append(step)
        elif step == ".." and len(steps) > 1:
            steps.pop()
    return "/".join(steps)
