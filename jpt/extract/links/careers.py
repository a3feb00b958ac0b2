"""Where a company's home page, or its careers hub, keeps the list of open jobs. Pure."""

from __future__ import annotations

import re

from jpt.extract.links.decoys import is_story_segment
from jpt.extract.links.link_address import LOCALE, address_of
from jpt.extract.links.platforms import platform_page
from jpt.extract.links.url_shape import is_jobs_host
from jpt.identity.urls import canonical, host_of, site_of
from jpt.models.pages import Anchor, PageRead
from jpt.text.late import late

_OPEN_JOBS = late(
    r"\b(?:open|current|all|our|available|see|view|search|find|browse|explore)\s(?:\w+\s){0,2}"
    r"(?:jobs|positions|roles|openings|vacancies|opportunities)\b|\bvacanc(?:y|ies)\b"
    r"|\bjob (?:openings|search|board)\b"
    r"|stellenangebote|offene stellen|stellenmarkt|jobb[öo]rse|aktuelle jobs|alle jobs|zu den (?:jobs|stellen)"
    r"|nos offres|offres d['’]emploi|postes à pourvoir|ofertas de (?:empleo|trabajo)"
    r"|vacantes|vagas|posizioni aperte"
    r"|offerte di lavoro|vacatures|lediga (?:jobb|tjänster)|ledige stillinger|avoimet (?:työ)?paikat|oferty pracy"
    r"|募集(?:職種|一覧|要項)|求人|채용\s?공고|招聘职位|职位",
    re.IGNORECASE,
)
_CAREERS = late(
    r"^(?:careers?|jobs?|work (?:with|for|at) us|join (?:us|our team)|we(?:'|’"
    r"| a)re hiring!?|hiring|karriere|jobs & karriere"
    r"|arbeiten bei.{0,30}|carrières?|recrutement|nous rejoindre|rejoignez-nous|empleo"
    r"|trabaja con nosotros|carreras?"
    r"|carreiras?|trabalhe conosco|lavora con noi|carriere|werken bij.{0,30}|karriär"
    r"|jobba hos oss|jobb(?: hos oss)?|karriär"
    r"|job|töihin meille|ura|rekry|kariera|praca|kariéra|karrier|вакансии|карьера"
    r"|採用(?:情報)?|リクルート|채용|인재채용|招聘|加入我们)"
    r"(?:\s\(?\d+\)?)?$",
    re.IGNORECASE,
)


def career_pages(page: PageRead) -> tuple[str, ...]:
    """Return the links of *page* that lead to its company's list of jobs, the likeliest first, each once."""
    own = {canonical(page.url), canonical(page.final_url)}
    ranked: dict[str, tuple[float, str]] = {}
    for anchor in page.anchors:
        key = canonical(anchor.url.partition("#")[0]) or anchor.url
        worth = _worth(anchor, page.final_url)
        if worth > 0 and key not in own and worth > ranked.get(key, (0.0, ""))[0]:
            ranked[key] = (worth, anchor.url)
    return tuple(url for _, url in sorted(ranked.values(), key=lambda each: -each[0]))


def is_home(url: str) -> bool:
    """Return whether *url* is the home page of a site, or of one of its languages."""
    address = address_of(url)
    return not address.query and len(address.names) < 2 and all(map(LOCALE.match, address.names))


def _worth(anchor: Anchor, here: str) -> float:
    address = address_of(anchor.url)
    known = platform_page(address.host, f"{address.path}?{address.query}")
    text = anchor.text.strip(" \t»>→›")
    worth = 3.0 * bool(_OPEN_JOBS.search(text)) + 2.0 * bool(_CAREERS.match(text))
    if known is not None:
        # A board's own front page is the list itself; its posts, and its vendor's pages, are not.
        return worth + 3.0 if known[1] == "other" and _is_of_a_company(anchor.url) else 0.0
    if any(is_story_segment(name) for name in address.names[:-1]):
        return 0.0
    worth += 1.5 * (address.is_list and not address.query) + 0.5 * is_jobs_host(address.host)
    elsewhere = site_of(anchor.url) != site_of(here)
    return worth - 2.0 * elsewhere - 0.1 * len(address.names) if worth else 0.0


def _is_of_a_company(url: str) -> bool:
    """Return whether a board's address names a company: in a host of its own, or as its first folder."""
    labels = host_of(url).split(".")
    return labels[0] != "www" and (bool(address_of(url).names) or len(labels) > 2)
