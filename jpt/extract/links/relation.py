"""How an address relates to the page that links to it: the same, above, below, another language. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jpt.extract.links.headings import offers_other, says_open
from jpt.extract.links.link_address import LOCALE, address_of, is_list, segments, split
from jpt.extract.links.roles import has_gender_marker
from jpt.extract.links.url_shape import Points, UrlShape, is_jobs_host
from jpt.extract.links.vocabulary import word_set
from jpt.identity.urls import key_of
from jpt.models.pages import PageRead
from jpt.text.late import late

Path = tuple[str, ...]

_INDEX = late(r"/index\.(?:html?|php)$")


@dataclass(frozen=True, slots=True)
class ListedPage:
    """The page that the links stand on."""

    addresses: frozenset[str]
    """The page's own addresses, without scheme, www, plain fragment and index page."""
    host: str
    path: Path
    is_about_jobs: bool = True
    """Its address, its name or a heading of it speaks of jobs."""
    is_about_other: bool = False
    """Its name or first heading says that it is about tenders or the like, whatever its address is called."""
    is_called_jobs: bool = False
    """Its address, its name or its first heading says that it lists jobs."""
    is_foreign: bool = False
    """It is in a language whose words are not known here: only its shape tells."""
    has_strange_titles: bool = False
    """It is in a language of which no or few occupations are known here."""

    @classmethod
    def of(cls, page: PageRead) -> ListedPage:
        """Take the place from the addresses of *page*."""
        own = (page.url, page.final_url, page.meta.get("canonical", ""))
        parts = split(page.final_url or page.url)
        path = tuple(segment.lower() for segment in segments(parts))
        return cls(
            frozenset(_trimmed(url) for url in own if url),
            _host(parts.hostname),
            path,
            is_about_jobs=_speaks_of_jobs(page),
            is_about_other=any(map(offers_other, (page.title, *page.headings[:1]))),
            is_called_jobs=_is_called_jobs(page),
            is_foreign=_is_foreign(page),
            has_strange_titles=_is_foreign(page) or _language(page) in _FEW_OCCUPATIONS,
        )

    def path_of(self, url: str) -> Path | None:
        """Return the segments of *url*, lower case; None on another host."""
        parts = split(url)
        if _host(parts.hostname) != self.host:
            return None
        return tuple(segment.lower() for segment in segments(parts))

    def points_of(self, url: str, shape: UrlShape) -> list[Points]:
        """Compare *url* with the page's address."""
        if _trimmed(url) in self.addresses:
            return [(-8.0, "the page itself")]
        path = self.path_of(url)
        if path is None or split(url).fragment:
            return []
        if not self.is_about_jobs and not shape.in_named_jobs_path and not shape.address.has_id:
            # In a language that is not known here, a list below its own page still has a chance.
            if self.is_foreign:
                return []
            is_close = bool(self.path) and self._is_below(path)
            return [(-1.5 if is_close else -3.0, "the page does not mention jobs")]
        if path == self.path:
            return [] if shape.address.has_id else [(-4.0, "the list with a filter, or another page of it")]
        if path == self.path[: len(path)]:
            return [(-5.0, "a page above this one")]
        if self.path and self._is_below(path):
            return [(0.8, "below the page")]
        return [(-6.0, "the list in another language")] if _differ_by_language(path, self.path) else []

    def openings(self, likely: Iterable[str]) -> frozenset[Path]:
        """Return the folders of *likely* jobs, below the page, that are named as a list: `careers/openings/`."""
        paths = [path for url in likely if (path := self.path_of(url)) is not None]
        folders = (
            path[:-1]
            for path in paths
            if len(path) > len(self.path) + 1 and self._is_below(path) and is_list(path[:-1])
        )
        return frozenset(map(self._widest, folders))

    def _widest(self, folder: Path) -> Path:
        """Return the widest list that *folder* is a part of: `jobs/` of `jobs/careers/`."""
        while len(folder) > len(self.path) + 1 and is_list(folder[:-1]):
            folder = folder[:-1]
        return folder

    def beside(self, url: str, shape: UrlShape, openings: frozenset[Path]) -> list[Points]:
        """Count against what lies below the page but not in its folder of *openings*."""
        path = self.path_of(url)
        if not openings or path is None or shape.address.has_id or not self._is_below(path):
            return []
        inside = any(path[: len(folder)] == folder for folder in openings)
        return [] if inside else [(-7.0, "beside a folder of openings")]

    def _is_below(self, path: Path) -> bool:
        return len(path) > len(self.path) and path[: len(self.path)] == self.path


def _speaks_of_jobs(page: PageRead) -> bool:
    address = address_of(page.final_url or page.url)
    if address.start is not None or is_list(address.names) or is_jobs_host(address.host):
        return True
    if sum(map(has_gender_marker, page.headings)) > 1:
        return True
    return any(says_open(text) for text in (page.title, *page.headings)) or any(
        says_open(heading) for heading in {anchor.heading for anchor in page.anchors}
    )


def _is_called_jobs(page: PageRead) -> bool:
    address = address_of(page.final_url or page.url)
    is_named = address.start is not None or is_list(address.names)
    return is_named or any(says_open(text) for text in (page.title, *page.headings[:1]))


_KNOWN = word_set(
    """en de fr es it pt nl sv da no nb nn fi pl cs sk hu ja zh ko ru uk tr ro hr sr bs sl bg mk el et is
    vi id ms th ar fa he iw hi lv lt ca eu gl sq"""
)
"""Languages (ISO 639-1) of whose careers pages the words are known."""
_COUNTRIES_FOR_LANGUAGES = {
    "ua": "uk", "cz": "cs", "jp": "ja", "gr": "el", "dk": "da", "cn": "zh", "tw": "zh", "kr": "ko", "rs": "sr",
    "vn": "vi", "ee": "et", "il": "he", "us": "en", "gb": "en", "at": "de", "br": "pt", "mx": "es",
}  # fmt: skip
"""Countries (ISO 3166-1) that pages name in the place of their language."""
_FEW_OCCUPATIONS = word_set("et is lv lt ca eu gl sq mk")
"""Languages of whose occupations few are known."""
_LETTERS_OF_KNOWN = late(
    r"[A-Za-z\u00c0-\u024f\u0370-\u04ff\u0590-\u06ff\u0900-\u097f\u0e00-\u0e7f\u1e00-\u1fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)


def _is_foreign(page: PageRead) -> bool:
    language = _language(page)
    if language in _KNOWN:
        return False
    letters = [char for char in page.text[:2_000] if char.isalpha()]
    is_strange = bool(letters) and sum(map(bool, map(_LETTERS_OF_KNOWN.match, letters))) * 2 < len(letters)
    return is_strange or len(language) in {2, 3}


def _language(page: PageRead) -> str:
    code = re.split(r"[-_]", page.meta.get("lang", "").strip().lower())[0]
    return _COUNTRIES_FOR_LANGUAGES.get(code, code)


def _host(name: str | None) -> str:
    return (name or "").removeprefix("www.")


def _trimmed(url: str) -> str:
    # A route in a fragment is another page than the one that shows it.
    address = _INDEX.sub("", key_of(url).rstrip("/"))
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.")


def _differ_by_language(path: Path, other: Path) -> bool:
    """Return whether two paths of one length differ in language codes only."""
    differing = [pair for pair in zip(path, other, strict=False) if pair[0] != pair[1]]
    same_length = len(path) == len(other)
    return same_length and bool(differing) and all(LOCALE.match(word) for pair in differing for word in pair)
