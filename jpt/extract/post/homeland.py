"""Which country a post or a page is from, by what only posts from there have. Pure."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from jpt.places.gazetteer import of_code
from jpt.text.late import late

_SIGNS = tuple(
    (country, tuple(words.split("|")), late(pattern))
    for country, words, pattern in (
        ("US", "401|citizen|EEO|protected veteran|E-Verify|United States",
         r"\b401\s?\(?k\)?|\bU\.?S\.? citizen|\bEEOC?\b|protected veteran|\bE-Verify\b|\bUnited States\b"),
        ("GB", "£|United Kingdom|right to work in the UK|DBS check|NHS|ank holiday|annual leave",
         r"£\s?\d|\b(?:United Kingdom|right to work in the UK|DBS check|NHS|bank holidays?|annual leave)\b"),
        ("CA", "CAD|RRSP|Canadian", r"\bCAD\b|\bRRSP\b|\bCanadian\b"),
        ("AU", "AUD|superannuation|Australian", r"\bAUD\b|\bsuperannuation\b|\bAustralian\b"),
        ("AT", "Österreich|ollektivvertrag", r"\bÖsterreich|\b[Kk]ollektivvertrag"),
        ("DE", "(m/w/d)|(w/m/d)|Deutschland", r"\(m/w/d\)|\(w/m/d\)|\bDeutschland\b"),
        ("ES", "España", r"\bEspaña\b"),
        ("BE", "Belgi|Vlaanderen", r"\bBelgi[ëe]\b|\bVlaanderen\b"),
        ("NL", "Nederland|bruto per maand|jouw|werkervaring|sollicitatie|werkzaamheden",
         r"\bNederlands?\b|\bbruto per maand\b|\b(?:jouw|werkervaring|sollicitatie\w*|werkzaamheden)\b"),
        ("US", "$|state driver|veteran",
         r"\$\s?\d[\d.,]*\s?(?:/|per|an)\s?(?:hr|hour)\b|\bstate driver|\bveteran"),
    )
)  # fmt: skip
"""Countries by words that only posts from there have: texts in which one must be, and the pattern of them."""
_HOST = late(r"(?:@|www\.|https?://)[\w-]+(?:\.[\w-]+){0,3}\.([a-z]{2})\b(?![.@-]?\w)")
"""A host with the country that it ends in."""


def home_of(url: str, lang: str) -> str:
    """Guess the country where a page is from, by its host's ending or its language: `.de`, `en-GB`."""
    ending = (urlsplit(url).hostname or "").rpartition(".")[2].upper()
    region = lang.replace("_", "-").rpartition("-")[2].upper() if "-" in lang or "_" in lang else ""
    return _country(ending) or _country(region)


_NO_COUNTRY = frozenset({"IO", "AI", "CO", "ME", "TV", "EU", "LY", "GG", "SO", "IM", "US"})
"""Endings that are bought for their letters; and en-US, which says nothing."""


def home_in(text: str) -> str:
    """Guess the country that a post is from, by words that only posts of one have, or its hosts."""
    for country, words, pattern in _SIGNS:
        if any(map(text.__contains__, words)) and pattern.search(text):
            return country
    return _of_hosts(text)


def _of_hosts(text: str) -> str:
    codes = Counter(found[1].upper() for found in _HOST.finditer(text))
    best = codes.most_common(1)
    return _country(best[0][0]) if best else ""


def _country(ending: str) -> str:
    code = "GB" if ending == "UK" else ending
    return code if len(code) == 2 and code not in _NO_COUNTRY and of_code(code) else ""
