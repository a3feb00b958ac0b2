"""Which of the texts on a page is the title of its job. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from jpt.extract.links.buttons import is_generic, is_generic_job
from jpt.extract.links.roles import names_job
from jpt.extract.post.firm import Firm
from jpt.extract.post.homeland import home_of
from jpt.extract.post.naming import is_list_name, key, labelled_titles, may_be_title, runs, segments
from jpt.models.pages import PageRead
from jpt.places.parsing import may_name, read_places
from jpt.text.clean import clean_line
from jpt.text.late import late

_TOP_LINES = 600
_A_LINE = 90
_MOST_TEXT = 200_000


def job_title(page: PageRead, posted_title: str, anchor_text: str, firm: Firm) -> str:
    """Return the job's title as the page writes it; empty if nothing on it reads like one.

    What the page declares (*posted_title*, microdata) comes first, then the heading that the page's
    own name, its address or the link that led here repeats, then one that names an occupation.
    """
    return _Titles(page, anchor_text, firm).best(posted_title)


def line_of_job(page: PageRead, firm: Firm) -> str:
    """Return the first line outside of links that reads like the title of a job; empty without one."""
    titles = _Titles(page, "", firm)
    here = urlsplit(page.final_url).path
    linked = {anchor.text for anchor in page.anchors if urlsplit(anchor.url).path != here}
    lines = [line.strip() for line in page.text[:_MOST_TEXT].splitlines()[:_TOP_LINES]]
    if named := next(filter(None, map(titles.read, labelled_titles(lines))), ""):
        return named
    whole = (
        line for line in lines if len(line) <= _A_LINE and line[-1:] not in {":", ";", ","} and "|" not in line
    )
    fits = (titles.read(line) for line in whole if line not in linked)
    return next(filter(names_job, fits), "")


@dataclass(frozen=True)
class _Titles:
    page: PageRead
    anchor_text: str
    firm: Firm

    def best(self, posted_title: str) -> str:
        for declared in (posted_title, self.page.meta.get("microdata_title", "")):
            found = self._trimmed(declared)
            if self._fits(found, declared=True) and not self._is_of_another(found):
                return self._as_written(self._as_shown(found), self.page.headings)
        headings = [found for text in self.page.headings if self._fits(found := self._first_line(text))]
        heading = self._seconded(headings) or self._linked_line() or next(filter(names_job, headings[:6]), "")
        named = self._from_names()
        if heading and not names_job(heading) and names_job(named) and key(named) in self._lines:
            return named  # the heading is the company's, or the site's
        if heading:
            return self._as_written(self._core(heading), self._name_runs())
        if named and (names_job(named) or not headings):
            return named
        if self._linked and (names_job(self._linked) or not headings):
            return self._linked
        return self._addressed_line() or next(iter(headings), "")

    def _is_of_another(self, declared: str) -> bool:
        """Return whether the page does not show its declared title, but name, address and heading share another.

        Data copied from another post stay as they are.
        """
        heading = key(next(iter(self.page.headings), ""))
        agreed = len(heading) > 3 and heading == key(self.page.title) and heading in key(self._slug)
        return agreed and key(declared) != heading and key(declared) not in key(self.page.text[:_MOST_TEXT])

    def read(self, line: str) -> str:
        """Return the title in a *line* without what introduces it; empty if it may be none."""
        found = self._trimmed(line)
        return found if self._fits(found) else ""

    @property
    def _names(self) -> tuple[str, ...]:
        """What the page calls itself."""
        return tuple(dict.fromkeys(filter(None, (self.page.meta.get("og:title", ""), self.page.title))))

    def _name_runs(self) -> list[str]:
        return [run for name in self._names for run in runs(name)]

    def _fits(self, text: str, *, declared: bool = False) -> bool:
        if self._is_slogan(text) or is_list_name(text) or self.firm.is_named(text):
            return False
        return may_be_title(text) or (declared and may_be_title(text.rstrip(" .!?")))

    def _is_slogan(self, text: str) -> bool:
        """Return whether *text* is the site's name and a slogan: `Brightloom: find jobs and internships`."""
        found = _SLOGAN.match(text)
        if found is None or names_job(found[1]) or not _JOBS.search(found[2]):
            return False
        return self._is_named_alone(found[1])

    def _core(self, heading: str) -> str:
        """Return the title in a heading that holds a button or the company, too, where the page says it alone."""
        alone = [self._linked, *(self._without_site(self._trimmed(name)) for name in self._names)]
        if (found := _BEFORE_PLACE.match(heading)) and self._leaves_out(found[1], found[2], alone):
            return found[1]
        bare = _CODE_BEFORE.sub("", heading)
        if bare != heading and self._is_named_alone(bare):
            return heading if names_job(heading.removesuffix(bare)) else bare
        for text in alone:
            words = key(text)
            is_part = words in key(heading) and words != key(heading)
            if not (is_part and names_job(text) and self._fits(text)):
                continue
            before, _, after = heading.casefold().partition(text.casefold())
            beside = (before.strip(), after)
            if (beside[0] and self.firm.is_named(beside[0])) or any(map(_MORE_IN_HEADING.search, beside)):
                return text
        return heading

    def _is_named_alone(self, title: str) -> bool:
        """Return whether a segment of what the page calls itself is the whole *title*."""
        return any(key(title) == key(part) for name in self._names for part in segments(name)[0])

    def _leaves_out(self, title: str, place: str, names: list[str]) -> bool:
        """Return whether *place* is one, and another name of the page, or its address, is *title* without it."""
        if key(title) not in {self._slug, *map(key, names)} or not may_name(place):
            return False
        said = read_places(place, home_of(self.page.final_url, self.page.meta.get("lang", "")))
        return bool(said) and all(one.known for one in said)

    def _as_shown(self, title: str) -> str:
        """Return a heading or line that says the same in as many words: what people see has the right dashes."""
        shown = (*self.page.headings, self._lines.get(key(title), ""))
        same = (text for text in shown if key(text) == key(title) and text.upper() != text)
        return next((text for text in same if text.count(" ") >= title.count(" ")), title)

    def _as_written(self, title: str, texts: Iterable[str]) -> str:
        """Prefer a spelling that says the same and does not shout: style sheets turn headings into capitals."""
        if title.upper() != title:
            return title
        return next((text for text in texts if key(text) == key(title) and text.upper() != text), title)

    def _first_line(self, heading: str) -> str:
        """Keep the line of a heading that names the job, where place and hours follow on lines of their own."""
        whole, lines = key(heading), self._lines
        if whole not in lines:
            for line_key, line in lines.items():
                rest = heading[len(line) :]
                goes_on = line.endswith(_GOES_ON)
                if len(line_key) <= 3 or not whole.startswith(line_key) or goes_on:
                    continue
                if names_job(line) and not names_job(rest):
                    return self._trimmed(line)
        return self._trimmed(heading)

    @cached_property
    def _linked(self) -> str:
        """What the link says, unless it is a button."""
        linked = self._trimmed(self.anchor_text)
        return linked if self._fits(linked) and not (is_generic(linked) or is_generic_job(linked)) else ""

    def _linked_line(self) -> str:
        """Return the line that the link repeats, where the page has its title in no heading."""
        return self._lines.get(key(self._linked), "") if names_job(self._linked) else ""

    def _addressed_line(self) -> str:
        """Return the line that the address repeats: it names the job of a page without headings."""
        slug = self._slug
        lines = (line for words, line in self._lines.items() if slug and words.startswith(slug))
        return next((line for line in lines if names_job(line) and self._fits(line) and _is_bare(line, slug)), "")

    @cached_property
    def _slug(self) -> str:
        """What the address is called by, as `key` gives it."""
        return key(_SUFFIX.sub("", unquote(urlsplit(self.page.final_url).path).rstrip("/").rpartition("/")[2]))

    @cached_property
    def _lines(self) -> dict[str, str]:
        lines = self.page.text[:_MOST_TEXT].splitlines()[:_TOP_LINES]
        return {key(line): line.strip() for line in lines if 2 < len(line) < 200}

    def _seconded(self, headings: list[str]) -> str:
        """Return the heading that the link, the page's name or its address repeats, one that names a job first."""
        linked, address = key(self.anchor_text), key(unquote(urlsplit(self.page.final_url).path))
        names = [key(name) for name in self._names]
        if exact := next((heading for heading in headings if linked and key(heading) == linked), ""):
            return exact

        def worth(heading: str) -> tuple[bool, bool, bool, int]:
            words = key(heading)
            return names_job(heading), words in address, any(name.startswith(words) for name in names), len(words)

        seconds = (linked, address, *names)
        seconded = [one for one in headings if len(key(one)) > 2 and any(key(one) in second for second in seconds)]
        return max(seconded, key=worth, default="")

    def _from_names(self) -> str:
        """Cut the site and the company off the page's own name; what a line of the page repeats is certain."""
        lines = self._lines
        for run in self._name_runs():
            found = self._trimmed(run)
            for text in (found, _PLACE_BEHIND.sub("", found)):
                if key(text) in lines and self._fits(text) and names_job(text):
                    return self._as_shown(text)
        cut = (self._trimmed(self._without_site(self._trimmed(name))) for name in self._names)
        return next(filter(self._fits, cut), "")

    def _without_site(self, name: str) -> str:
        """Drop the segments that name the company, the list or the site, from the end and from the start."""
        texts, marks = segments(name)
        kept = [number for number, text in enumerate(texts) if not self._is_site(text)]
        if not kept:
            return ""
        first, last = kept[0], kept[-1]
        # Beside the name of the list stands the company, whether it is known or not.
        if first < last < len(texts) - 1 and not names_job(texts[last]) and names_job(texts[first]):
            last -= 1
        if 0 < first < last and not names_job(texts[first]) and names_job(texts[last]):
            first += 1
        if first == 0 and last > 1 and names_job(texts[last]) and all(map(is_list_name, texts[1:last])):
            first = last
        bar = next((number for number in range(first, last) if marks[number].strip() in {"|", "»"}), None)
        if bar is not None and names_job("".join(texts[first : bar + 1])):
            last = bar  # behind a bar stands the site
        elif first < last == len(texts) - 1 and not names_job(texts[last]):
            last -= 1  # and behind the last mark, known or not
        pieces = zip(texts[first : last + 1], [*marks[first:last], ""], strict=True)
        return "".join(text + mark for text, mark in pieces).strip()

    def _is_site(self, text: str) -> bool:
        return self.firm.is_named(text) or is_list_name(text) or not may_be_title(text)

    def _trimmed(self, text: str) -> str:
        """Take off what introduces a title or says where the job is: `Job Application for … at Acme`."""
        text = clean_line(text)
        if found := _APPLICATION.match(text):
            return found[1]
        text = _TAIL.sub("", _LEAD.sub("", text, count=1)).strip() or text
        text = _ID_BEFORE.sub("", _ID_BEHIND.sub("", text)) or text
        if (found := _AT.match(text)) and self.firm.is_named(found[2]):
            text = found[1]
        return text.strip(" \t|–—·•»>/")


def _is_bare(line: str, slug: str) -> bool:
    """Return whether a *line* says what the address says (*slug*), and at most something in brackets besides."""
    return key(line.partition("(")[0]) == slug or key(line) == slug


_SUFFIX = late(r"\.(?:html?|php|aspx?|jsp|shtml)$", re.IGNORECASE)
_BEFORE_PLACE = late(r"^(.{2,150}?)(?:\s[-–—|@·]|\s(?:in|tại))\s([^()]{2,60})$")
_APPLICATION = late(r"^(?:Job )?Application for (?:the )?(.{2,250}) at .{2,100}$", re.IGNORECASE)
_LEAD = late(
    r"^(?:(?:job (?:opening|posting|listing|title|offer|description|vacancy)|open (?:position|role)"
    r"|position|vacancy"
    r"|vacature|opening|role|job|stellenangebot|stellenausschreibung|stellenanzeige|offre d['’]emploi"
    r"|oferta de empleo|vaga|annuncio|functie|fonction|intitulé du poste|stellenbezeichnung|puesto"
    r"|cargo|stanowisko|должность)"
    r"\s?(?:[:–—]|\s-)\s?"
    r"|apply (?:now )?(?:for|to)(?: the(?! position)| the position of)?:?\s"
    r"|(?:we(?:'|’)?(?:re| are) )?(?:now )?hiring(?: an?)?\s?[:–—!]\s?|we(?:'|’)?(?:re| are) hiring an? "
    r"|wir suchen(?: eine?n?)?\s?:\s?|wir suchen (?:eine?n?|ein/e|eine/n|einen/eine|eine\(n\)) "
    r"|bewerbung als |wij zoeken een |nous recherchons une? |buscamos (?:a )?una? "
    r"|cerchiamo un[ao]? |vi söker en |vi søger en |vi søker en "
    r"|(?:gesucht|gezocht|cercasi|se busca|buscamos|wanted|seeking|recherché)\s?:\s?"
    r"|(?:[^:|]{2,40} )?tuyển dụng |(?:cần )?tuyển (?!dụng$)(?:gấp )?|【?急募】?\s?"
    r"|【?(?:募集|求人|採用)(?:情報|要項)?】\s?)",
    re.IGNORECASE,
)
"""Words before a title that are not of it."""
_TAIL = late(
    r"(?:\s(?:job )?(?:vacancy|vacature|stellenangebot|stellenanzeige))?,? (?:posted|veröffentlicht"
    r"|published)(?: on| am)?:? \d.{0,40}$"
    r"|\s?[(（](?:ab sofort|sofort|ab dem .{1,20}|asap|dès que possible|per direct|od zaraz|omgående|急募)[)）]$"
    r"|(?<=\S\S)(?:の?(?:募集(?:要項)?|求人(?:情報)?))(?:中|！|!)?$|\sgesucht!?$"
    r"|\s(?:job )?vacancy$|\s\(?(?:job )?(?:opening|posting)\)?$",
    re.IGNORECASE,
)
"""Words behind a title that are not of it."""
_GOES_ON = ("-", "–", "—", "/", "&", ",", ":")
"""How a line ends that the next one continues."""
_CODE_BEFORE = late(r"^(?:[^\s:]{1,20}:|[A-Za-z]{0,4}\d{2,10}\s?[-–—:|])\s?(?=\S)")
"""A code or a name before a title: `G10002-Data Analyst`, `LoomCamp:Data Analyst`."""
_PLACE_BEHIND = late(r"\s(?:in|near|à|en|em|bei|te|i|w|v)\s[^\W\d_][^|–—()]{1,40}$")
_SLOGAN = late(r"^([^:|–—]{2,40}?)\s?[:|–—-]\s(.{8,})$")
_JOBS = late(
    r"\b(?:jobs|careers|vacancies|stellen(?:angebote)?|emplois|offres|empleos|ofertas|vagas|vacatures|lavoro"
    r"|praca|jobb)\b",
    re.IGNORECASE,
)
_MORE_IN_HEADING = late(
    r"[|·•]\s?\S|\b(?:apply|bewerben|postuler|solliciteer|candidat\w+|aplicar|aplikuj|ansök|søk"
    r"|full[ -]time|part[ -]time"
    r"|vollzeit|teilzeit|temps plein|cdi|cdd|jornada completa|voltijd|heltid)\b",
    re.IGNORECASE,
)
"""What stands in a heading beside a title: a button, hours of work, or facts between dots."""
_ID = (
    r"(?:(?:job|req(?:uisition)?|ref(?:erence)?|vacancy|posting|stellen|kennziffer|code|id|no|nr)[.\s-]{0,2}"
    r"(?:id|no|nr|number|code)?[.:#\s]{0,3}#?[a-z]{0,4}[-_]?\d[\w/-]{1,15}|#\s?\d{3,10}|(?:r|jr|req|job|vn"
    r"|ref)-?\d{3,10}(?:-\d{1,3})?"
    r"|\d{5,10})"
)
_ID_BEHIND = late(rf"\s{{0,3}}(?:[(\[]\s?{_ID}\s?[)\]]|[,|–—-]\s{{1,3}}{_ID})$", re.IGNORECASE)
_ID_BEFORE = late(
    rf"^(?:[(\[]\s?{_ID}\s?[)\]]|{_ID}\s?[:|–—-]|(?:jr|r|req)-?\d{{3,10}})\s{{1,3}}(?=\S)", re.IGNORECASE
)
"""Numbers of a requisition before or behind a title: `R-10442 Data Analyst`, `Data Analyst (Ref. 4411)`."""
_AT = late(r"^(.{1,250}[^\s,]),? (?:at|@|bei|chez|bij|hos|presso|w|en) (.{2,100})$")
"""Greedy: behind the last such word stands the company."""
