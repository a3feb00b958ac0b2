"""What an address alone says: a post, the list, a filter, something else. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jpt.extract.links import decoys, entries
from jpt.extract.links.link_address import PAGING, LinkAddress, address_of, tokens
from jpt.extract.links.non_job_words import non_job_kind
from jpt.extract.links.platforms import SHORT_LINKS, is_board_post, platform_page
from jpt.extract.links.roles import slug_reads_like_title
from jpt.extract.links.vocabulary import JOB_WORDS, LOOSE_JOB_WORDS, PLURAL_LISTS, listed, word_set
from jpt.text.late import late

Points = tuple[float, str]
"""How much a sign counts, and the sign in words."""

FIRM = 6.0
"""Points of an address that decides alone: more than texts and places give together."""

_ADVERT_FILE = late(
    r"stellenausschreibung|stellenanzeige|stellenangebot|ausschreibung|job[-_ ]?(?:desc|ad|post|offer)"
    r"|vacancy|offre[-_ ]d"
)
_JOB_FILE = late(r"job|vacan|position|career|karriere|stelle|emploi|poste|oferta|vaga")
_ASSET = late(
    r"\.(?:jpe?g|png|gif|svg|webp|ico|css|js|json|xml|rss|ics|zip|mp4|mp3|webm|xlsx?|pptx?|exe|dmg|apk|vcf)$",
    re.IGNORECASE,
)
_STORIES_OF_STAFF = listed("stories_of_staff")
"""Below a segment of jobs these hold stories about work, not posts."""
_DAYS_OUT = listed("events")
"""Below a segment of jobs these hold events: fairs, workshops, open days; their numbers are not ids of posts."""
_READ = listed("articles")
"""Before a segment of jobs these make of it a subject that is written about."""
_OURS = word_set(
    """our the meet your unsere unser nos notre nuestra nuestro nossa nosso nostri onze våra vare vores"""
)
_OF_A_POST = 2
"""Segments below the jobs that the form of one post has at least: its name and `apply`."""
_KINDS_OF_JOBS = late(
    r"^(?:jobs?|vacanc(?:y|ies)|careers?|employment|positions?|openings?|empleos?|emplois?|vagas?|stellen)[-_]"
    r"(?:listing[-_])?(?:categor(?:y|ies)|locations?|types?|tags?|industr(?:y|ies)|sectors?|skills?|compan(?:y|ies)|cit(?:y|ies)"
    r"|regions?|countr(?:y|ies)|departments?|levels?|functions?|qualifications?|salar(?:y|ies)|experiences?)$"
)
"""`job-category`, `job-location`: by what a board sorts its jobs."""
_OF_A_KIND = late(r"の(?:お?仕事|求人|転職|バイト|アルバイト)(?:情報)?(?:[-_・].{0,40})?$")
"""`清掃スタッフの仕事-東京都`: jobs of a kind in a place."""
_JOB_WITH_NUMBER = late(
    r"(?:job|vacancy|vacature|position|opening|posting|stelle|stellenangebot|stellenanzeige|stellenausschreibung|emploi"
    r"|offre|poste|annonce|oferta|vacante|puesto|empleo|vaga|annuncio|posizione|stilling|tj[aä]nst|tyopaikka)"
    r"[-_]?\d{1,6}(?:\.(?:html?|php|aspx?))?$"
)
"""`vacature0002.html`: one of several, where the plural with a number is a page of the list."""
_DAY = late(r"(?:\d{1,2}[-_.]\d{1,2}[-_.](?:20)?\d{2}|20\d{2}[-_.]\d{1,2}[-_.]\d{1,2})$")
_COUNTED = late(r"\d{1,3}$")
_JOB_HOST = late(
    r"(?:^|[.-])(?:jobs?|careers?|karriere|stellen|stellenangebote|vacatures?|vacancies|livevacancies"
    r"|recruiting|recruitment|recrutement|emploi|empleo|jobb|rekry|hire|hiring|apply|work|talent"
    r"|join)(?:[.-]|$)"
)
_CATEGORY_DIRS = listed("categories")


@dataclass(frozen=True, slots=True)
class UrlShape:
    """An address and the points that it gives."""

    address: LinkAddress
    points: float
    why: tuple[str, ...]
    is_firm: bool = False
    """The address alone decides: a platform's post, or what never is one."""

    @property
    def in_job_path(self) -> bool:
        """Return whether it lies below a segment that stands for jobs."""
        return self.address.start is not None

    @property
    def in_named_jobs_path(self) -> bool:
        """Return whether that segment stands for nothing else: `jobs`, not `role`."""
        start = self.address.start
        return start is not None and self.address.names[start] not in LOOSE_JOB_WORDS

    @property
    def is_known_post(self) -> bool:
        """Return whether it is a post of a known platform."""
        return self.is_firm and self.points > 0


@lru_cache(maxsize=4_000)
def url_shape(url: str) -> UrlShape:
    """Read *url* alone, without its page."""
    address = address_of(url)
    if firm := _firm(address):
        return UrlShape(address, firm[0], (firm[1],), is_firm=True)
    found = [*_path(address), *_query(address), *_document(address), *_decoys(address)]
    return UrlShape(address, sum(value for value, _ in found), tuple(reason for _, reason in found))


def is_read(url: str) -> bool:
    """Return whether *url* lies below a part of a site that is read: its blog, its news, a guide."""
    address = address_of(url)
    return address.start is None and any(name in _READ or name.endswith("-blog") for name in address.names[:-1])


def is_jobs_host(host: str) -> bool:
    """Return whether a part of *host* is that of a jobs site: `jobs.`, `karriere-`."""
    return bool(_JOB_HOST.search(host))


def is_numbered_job(address: LinkAddress) -> bool:
    """Return whether an address ends in a word for a job and a number: `stelle-3`, `vacature0002.html`."""
    return bool(address.names) and bool(_JOB_WITH_NUMBER.match(address.names[-1]))


def _firm(address: LinkAddress) -> Points | None:
    known = platform_page(address.host, f"{address.path}?{address.query}")
    board_post = is_board_post(f"{address.host}{address.path}?{address.query}")
    if (known or board_post) and decoys.is_account(address.path):
        return -FIRM, "an account, alert or notice of a board"
    if known:
        name, page = known
        return (FIRM, f"a {name} post") if page == "job" else (-FIRM, f"on {name}, no post")
    if decoys.never_hosts_posts(address.host):
        return -FIRM, "a site without posts"
    if _ASSET.search(address.path):
        return -FIRM, "a file that is no page"
    if decoys.is_satellite(address.path):
        return -FIRM, "an account, alert or sharing page"
    if board_post:
        return FIRM, "a post of a job board"
    if not address.names and not address.query:
        return -FIRM, "a home page"
    return None


def _path(address: LinkAddress) -> list[Points]:
    found: list[Points] = []
    if address.host in SHORT_LINKS and address.names:
        found.append((3.0, "a short link of a job board"))
    if decoys.is_form(address.host, address.path):
        return [*found, (-3.5, "a form")]
    if address.is_list:
        return [*found, (-5.0, "names the list itself")]
    found += _below_jobs(address)
    if is_numbered_job(address):
        found.append((2.6, "named a job with a number"))
    if address.names and _DAY.match(address.names[-1]) and not address.has_id:
        found.append((-3.5, "named after a date"))
    if address.reads_like_title and address.names:
        found.append((1.3, "the address reads like a job title"))
    if entries.is_general_application(address.slug):
        found.append((-6.0, "a general application, not a vacancy"))
    return found


def _below_jobs(address: LinkAddress) -> list[Points]:
    if address.start is not None and address.tail:
        loose = 0.8 if address.names[address.start] in LOOSE_JOB_WORDS else 0.0
        if address.has_id:
            return [(3.6 - loose, "under a jobs path with an id")]
        is_phrase = len(tokens(address.tail[-1])) > 1 or not address.tail[-1].isascii()
        return [((1.8 if is_phrase else 1.2) - loose, "under a jobs path")]
    if address.tail and _JOB_HOST.search(address.host):
        return [(2.6, "an id on a jobs host")] if address.has_id else [(0.6, "on a jobs host")]
    return [(0.5, "a title with an id")] if address.has_id and address.reads_like_title else []


def _query(address: LinkAddress) -> list[Points]:
    if address.query_kind == "id":
        return [(3.5, "a job's id in the query")]
    if address.query_kind == "weak id":
        return [(1.5, "an id in the query")]
    if address.query_kind != "filter":
        return []
    # A post may carry the search that led to it; the list of its own path does not.
    if address.start is not None and not address.is_list:
        return [] if address.has_id else [(-0.8, "a search with it")]
    return [(-3.0, "a filter or a page of the list")]


def _document(address: LinkAddress) -> list[Points]:
    if not address.is_document:
        return []
    if _ADVERT_FILE.search(address.slug):
        return [(3.3, "a document named as a job advert")]
    if address.reads_like_title:
        return [(2.0, "a document named like a job")]
    if address.host in {"docs.google.com", "drive.google.com"}:
        return [(1.2, "a shared document")]
    if address.start is not None and address.names[address.start] not in LOOSE_JOB_WORDS:
        return [(0.8, "a document under a jobs path")]
    if address.start is None and _JOB_FILE.search(address.path.lower()):
        return [(1.5, "a document among job papers")]
    return []


def _decoys(address: LinkAddress) -> list[Points]:
    """Return the points against pages of the site that are no posts; documents and ids in a query are exempt."""
    if address.is_document or address.query_kind in {"id", "weak id"} or not address.names:
        return []
    found = [*_subpage(address), *_story(address), *_category(address)]
    if any(PAGING.match(name) for name in address.names[-2:]):
        found.append((-3.0, "a page of the list"))
    return found


def _subpage(address: LinkAddress) -> list[Points]:
    last = address.names[-1]
    if not address.has_id and not address.reads_like_title and (kind := non_job_kind(last)):
        return [(-3.5, f"a part of the site: {kind}")]
    if not address.has_id and last.endswith(("-scheme", "-programme", "-program", "-programmes", "-programs")):
        return [(-0.9, "a programme")]
    if last in decoys.SUBPAGES:
        return [(-3.5, "a part of the site")]
    if decoys.is_form_of_all(last) and len(address.tail) < _OF_A_POST and not address.query:
        return [(-4.0, "the general application form")]
    if last in decoys.WIDE_SUBPAGES:
        return [(-1.5, "maybe a part of the site")]
    if not address.reads_like_title and decoys.names_a_topic(last):
        return [(-2.5, "a topic, not a job title")]
    return []


def _story(address: LinkAddress) -> list[Points]:
    *before, last = address.names
    is_titled_post = address.start is not None and (address.reads_like_title or address.has_id)
    found: list[Points] = []
    if told := _beside_jobs(address):
        found.append(told)
    elif not is_titled_post and any(
        decoys.is_story_segment(name) and not slug_reads_like_title(name) for name in before
    ):
        found.append((-2.5, "under stories, products or people"))
    elif decoys.is_story_segment(last) and last not in decoys.SUBPAGES and not is_titled_post:
        found.append((-2.5, "stories, products or people"))
    if address.start is None and _names_job_itself(address):
        found.append((2.5, "the address calls it a job"))
    elif address.start is None and address.is_dated:
        found.append((-2.0, "dated like an article"))
    if address.start is None and decoys.is_story_host(address.host):
        found.append((-2.0, "on a host of stories, help or products"))
    return found


def _beside_jobs(address: LinkAddress) -> Points | None:
    """Return what a path that speaks of jobs, or of work, leads to beside posts; None if nothing says so."""
    if any(decoys.gives_advice(name) for name in address.names):
        return -6.0, "advice about work"
    behind = address.names[:-1]
    if address.start is not None:
        behind = address.tail[:-1]
        if any(decoys.holds_accounts(name) for name in behind):
            return -6.0, "an account, alert or help of a board"
        if non_job_kind(address.names[address.start]) == "fields of work":
            return -5.0, "under fields of work"
        if any(name in _DAYS_OUT for name in behind):
            return -6.0, "under events"
        if behind and _tells_of_staff(behind[-1]) and _COUNTED.match(address.names[-1]):
            return -6.0, "under stories, one after the other"
    if address.has_id:
        is_told = not address.reads_like_title and any(map(_tells, behind))
        return (-4.0, "under people and stories, with a number") if is_told else None
    if kinds := [kind for name in behind if (kind := non_job_kind(name))]:
        return (-1.0 if kinds[0] == "whom it is for" else -5.0), f"under {kinds[0]}"
    if address.start is not None and any(map(_tells_of_staff, behind)):
        return -5.0, "under stories"
    if address.start is not None and not _READ.isdisjoint(address.names[: address.start]):
        return -5.0, "jobs as a subject of articles"
    return None


def _tells(name: str) -> bool:
    """Return whether a segment below one of jobs holds what is read: stories, articles, news."""
    return name in _READ or non_job_kind(name) == "people and stories"


def _tells_of_staff(name: str) -> bool:
    """Return whether a segment holds stories: `stories`, `our-people`."""
    return name in _STORIES_OF_STAFF or bool((words := set(tokens(name)) - _OURS) and words <= _STORIES_OF_STAFF)


def _names_job_itself(address: LinkAddress) -> bool:
    """Return whether the last name is a job's by a word and a title: `job-opening-research-director`."""
    words = tokens(address.names[-1])
    return address.reads_like_title and len(words) > 1 and not JOB_WORDS.isdisjoint(words[:2])


def _category(address: LinkAddress) -> list[Points]:
    last = address.names[-1]
    # On a host of jobs the whole path is one of jobs.
    between = address.tail[:-1] if address.start is not None or is_jobs_host(address.host) else ()
    if any(map(_KINDS_OF_JOBS.match, address.names[:-1])):
        return [(-6.0, "a category")]
    if any(name in _CATEGORY_DIRS for name in between) or (len(address.names) > 1 and address.names[0] == "go"):
        return [(-4.5, "a category")]
    if _OF_A_KIND.search(last):
        return [(-4.5, "named as jobs of a kind")]
    words = tokens(last)
    if len(words) > 1 and not address.reads_like_title and (words[-1] in PLURAL_LISTS or words[0] in PLURAL_LISTS):
        return [(-3.0, "named as a list of jobs")]
    return []
