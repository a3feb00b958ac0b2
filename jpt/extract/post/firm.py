"""Whose page this is: the names by which a page calls its company. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from jpt.extract.links.roles import has_role
from jpt.extract.links.vocabulary import word_set
from jpt.extract.post.naming import key, segments
from jpt.models.pages import PageRead
from jpt.text.clean import clean_line
from jpt.text.late import late


@dataclass(frozen=True, slots=True)
class Firm:
    """The names of a company, as `key` gives them."""

    keys: frozenset[str]

    def is_named(self, text: str) -> bool:
        """Return whether *text* is nothing but the company's name, with or without its legal form."""
        words = key(text)
        # A PLC is a legal form, and what a technician programs.
        if not words or (_LEGAL_FORM.search(text) and not (has_role(text) and text.upper().endswith("PLC"))):
            return bool(words)
        for name in self.keys:
            if words == name or (len(name) > 3 and words.startswith(name) and not has_role(text)):
                return True
            if len(words) > 3 and name.startswith(words) and not has_role(text):
                return True
        return False


def firm_of(page: PageRead, company: str | None) -> Firm:
    """Gather the company's names: *company* (its schema.org name), the site's, those in address and headings."""
    names = [company or "", _site_name(page)]
    names += [found[1] for text in (*page.headings, page.title) if (found := _MENTION.search(text[:200]))]
    return Firm(frozenset(name for text in (*names, *_hosts(page)) if len(name := key(text)) > 1) - _NO_NAMES)


def _site_name(page: PageRead) -> str:
    """Return what the page calls its site; empty if it calls the site what it calls itself."""
    name = page.meta.get("og:site_name", "")
    return "" if key(name) in {key(page.title), key(page.meta.get("og:title", ""))} else name


def shown_company(page: PageRead, title: str, firm: Firm) -> str | None:
    """Return the company's name as the page writes it beside *title*; None if it does not say it plainly."""
    for words in (page.title, page.meta.get("og:title", "")):
        if found := _APPLICATION.search(words):
            return clean_line(found[1], 100)
        after = words.removeprefix(title) if title else words
        if after != words and (found := _AT.match(after)):
            return clean_line(found[1], 100)
        if named := next((text for text in segments(words)[0] if text != title and firm.is_named(text)), ""):
            return clean_line(named, 100)
    return page.meta.get("og:site_name") or None


def _hosts(page: PageRead) -> list[str]:
    """Return the label of the domain, and the first folder where a board hosts many companies."""
    found = []
    for url in (page.url, page.final_url):
        parts = urlsplit(url)
        labels = (parts.hostname or "").split(".")[:-1]
        found += [label for label in labels if len(label) > 2 and label not in _COMMON_LABELS]
        first, folder, _ = unquote(parts.path).strip("/").partition("/")
        if folder and len(first) > 2 and not has_role(first):
            found.append(first)
    return found


_NO_NAMES = word_set(
    """jobs job careers career www en de fr es it nl the us vacancies openings positions company our role position
    team about thisrole therole thejob thisjob theposition theteam thecompany you"""
)
_COMMON_LABELS = word_set(
    """www jobs job careers career apply boards board hire hiring recruiting recruitment talent work karriere
    stellen com global github gitlab netlify vercel herokuapp"""
)
_LEGAL_FORM = late(
    r"(?:\b(?:Inc|LLC|L\.L\.C|Ltd|Limited|GmbH|gGmbH|mbH|Corp|PLC|plc|LLP|Pty|AG & Co|& Co\. KG"
    r"|S\.p\.A|S\.r\.l|Sp\. z o\.o"
    r"|s\.r\.o|B\.V|N\.V|e\.V|Pvt)\.?|株式会社|有限公司)$"
)
_NAME = r"([A-Z0-9][\w&.'’-]{0,40}(?: [A-Z0-9&][\w&.'’-]{0,40}){0,3})"
_MENTION = late(
    rf"(?:^(?:[Aa]bout|[Jj]oin|[Ww]hy|[Ll]ife at|[Ww]orking (?:at|with|for)|Über) |\b(?:[Jj]obs"
    rf"|[Cc]areers|[Rr]oles|[Pp]ositions|[Oo]penings) (?:at|@|bei|with) ){_NAME}"
)
_APPLICATION = late(r"^Job Application for .{2,200} at (.{2,100})$")
_AT = late(r"\s(?:at|@|bei|chez) ([^|–—]{2,80}?)(?:\s[|–—-]\s|$)")
