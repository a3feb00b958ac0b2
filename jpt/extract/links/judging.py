"""Job link or not: what address, words, place and siblings say, weighed. Pure.

Every sign gives points; their sum goes through the logistic function to a score of 0 to 1. The
weights were set by hand and checked on captured careers pages that are no part of this project.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import inf

from jpt.extract.links import decoys
from jpt.extract.links.company import among_prices, employer_points, part_points
from jpt.extract.links.entries import leads_elsewhere
from jpt.extract.links.evidence import unproven
from jpt.extract.links.families import CandidateScore, filter_points, sibling_points
from jpt.extract.links.link_address import split
from jpt.extract.links.link_classifier import probabilities
from jpt.extract.links.numbers import numbered_points
from jpt.extract.links.relation import ListedPage
from jpt.extract.links.roles import has_gender_marker
from jpt.extract.links.row_place import marked_place, row_place
from jpt.extract.links.rows import bare_entries, plain_points, row_points, unnumbered_points
from jpt.extract.links.structure import MOST_TITLE, Candidate, by_name, candidates
from jpt.extract.links.url_shape import Points, UrlShape, is_jobs_host, url_shape
from jpt.extract.links.wording import points_of, title_points
from jpt.models.pages import Link, PageRead
from jpt.text.late import late
from jpt.text.odds import chance

_BIAS = -2.6
"""What a link has to overcome: most links of any page are no jobs."""
_BIAS_ALONE = -0.4
"""The same without its page: where the address says nothing, only the page behind it can tell."""
SURE = 0.75
"""From this score on a link is a job."""
_DOUBT = 0.4
"""Below this score it is none; between the two only the page behind it can tell."""
UNLIKELY, LIKELY = 0.4, 0.6
"""Chances by the second opinion below and above which it contradicts the rules."""
_HARDLY = 0.01
FOLDED = -0.2
"""Points that a link gets at most of which only the page behind it can tell: a folded part of the page itself, a
row of a page that speaks of no jobs, or one of a list with prices."""
_GRAVE = -5.0
"""Points of signs that outweigh a known platform: general application, closed, in the menu."""

_AGAINST = -1.0
"""Points of a sign against a job, from which on similar rows do not lift its score."""
_OF_MOST = 0.55
"""Score of a row most of whose like are jobs: the words of its title are not known here."""
_LEAST_OF_MOST = 0.1
_FEWEST_OF_MOST = 4
"""Fewest rows of which most show what the others are."""

_NUMBER = late(r"\d{3,}")
_FOLD = late(r"[\W_]+")
_WHY = 4


def judge(page: PageRead) -> tuple[Link, ...]:
    """Judge every address of *page*: one Link each, in page order."""
    return _judged(candidates(page), ListedPage.of(page))


def _judged(found: Sequence[Candidate], here: ListedPage) -> tuple[Link, ...]:
    opinions = [_opinion(candidate, here) for candidate in found]
    rows = row_points(opinions, here)
    numbered, plain = numbered_points(opinions, here), plain_points(opinions, here)
    opinions = [
        opinion.plus(
            [point for found in (rows, numbered, plain) for point in found.get(opinion.candidate.url, [])]
        )
        for opinion in opinions
    ]
    siblings, filters = sibling_points(opinions), filter_points(opinions)
    unnumbered, parts, employers = unnumbered_points(opinions), part_points(opinions), employer_points(opinions)
    bare, unshown = bare_entries(opinions), unproven(opinions, here, _supported(numbered, plain))
    priced, has_posts = among_prices(opinions), _has_posts(opinions)
    openings = here.openings(opinion.candidate.url for opinion in opinions if opinion.points > 0)
    addresses = {opinion.candidate.url for opinion in opinions}
    numbers = frozenset(number for url in addresses if not _is_application(url) for number in _NUMBER.findall(url))
    links, spoken_against = [], set()
    for opinion in opinions:
        candidate = opinion.candidate
        beside = [
            *siblings.get(candidate.url, []),
            *(filters.get(candidate.url) or unnumbered.get(candidate.url, [])),
            *parts.get(candidate.url, []),
            *employers.get(candidate.url, []),
            *here.beside(candidate.url, candidate.shape, openings),
            *_application(candidate.url, addresses, numbers),
        ]
        is_doubtful = (
            candidate.url in priced
            or _is_folded(candidate)
            or (candidate.is_item and has_posts)
            or _is_out_of_place(candidate, here)
            or candidate.url in bare
            or candidate.url in unshown
        )
        most = FOLDED if is_doubtful else inf
        link = _verdict(candidate.url, _shown(candidate), [*opinion.why, *beside], _BIAS, most)
        if is_doubtful or any(value <= _AGAINST for value, _ in (*opinion.why, *beside)):
            spoken_against.add(link.url)
        links.append(link if link.is_job is False else replace(link, place=_place(candidate, link.text)))
    return _with_similar(links, found, spoken_against)


def _supported(*found: Mapping[str, list[Points]]) -> frozenset[str]:
    """Return the addresses whose points in *found* add up to more than 0."""
    return frozenset(
        url for each in found for url, points in each.items() if sum(value for value, _ in points) > 0
    )


def _with_similar(links: Sequence[Link], found: Sequence[Candidate], spoken_against: set[str]) -> tuple[Link, ...]:
    """Doubt rejected links that stand among similar ones, most of them jobs, with nothing against them."""
    places = by_name(
        zip(links, found, strict=True), lambda each: [f"{place} {each[1].sections}" for place in each[1].places]
    )
    lists = [[link for link, _ in rows] for rows in places.values() if len(rows) >= _FEWEST_OF_MOST]
    lifted = {
        link.url
        for rows in lists
        if sum(link.score >= SURE for link in rows) * 3 >= len(rows) * 2
        for link in rows
        if _LEAST_OF_MOST <= link.score < _OF_MOST and link.url not in spoken_against
    }
    return tuple(
        replace(link, is_job=None, score=_OF_MOST, why=(*link.why, "most of its like are jobs"))
        if link.url in lifted
        else link
        for link in links
    )


def judge_twice(page: PageRead) -> tuple[Link, ...]:
    """Judge as `judge` does, and ask the second opinion: where the two differ, only the page behind can tell.

    The rules' score stays, so that where nothing can be opened their verdict stands.
    """
    found, here = candidates(page), ListedPage.of(page)
    links, chances = _judged(found, here), probabilities(page, found, here)
    return tuple(doubted(*each) for each in zip(links, found, chances, strict=True))


def doubted(link: Link, candidate: Candidate, likely: float) -> Link:
    """Return *link* as unsure if the second opinion (*likely*, 0 to 1, a job) contradicts the rules."""
    by_number = candidate.address.query_kind == "id"
    if candidate.shape.is_firm or by_number or candidate.is_item or link.is_job is None:
        # What an address says by a platform's shape or a post's number outweighs a model of few pages.
        return link
    if link.is_job and likely < UNLIKELY:
        return replace(link, is_job=None, why=(*link.why, f"the second opinion says no ({likely:.2f})"))
    may_be = not link.is_job and likely > LIKELY and link.score >= _HARDLY
    if may_be and not any(_is_grave(reason) for reason in link.why):
        return replace(link, is_job=None, why=(*link.why, f"the second opinion says yes ({likely:.2f})"))
    return link


def _is_grave(reason: str) -> bool:
    value = reason.rpartition("(")[2].rstrip(")")
    return value.startswith("-") and float(value) <= _GRAVE


def judge_url(url: str, text: str = "") -> Link:
    """Judge an address without its page, with the text of its anchor where it is known."""
    found = [*_address_points(url_shape(url)), *(title_points(text) if text else [])]
    return _verdict(url, text, found, _BIAS_ALONE)


def _opinion(candidate: Candidate, here: ListedPage) -> CandidateScore:
    opinion = CandidateScore(candidate, _BIAS, ())
    if candidate.is_item:
        return opinion.plus([(2.6, "an item of the page itself"), *points_of(candidate)])
    found = [*_address_points(candidate.shape), *here.points_of(candidate.url, candidate.shape)]
    if candidate.address.ends_in_locale and candidate.is_titled and not leads_elsewhere(candidate.title):
        found.append((6.0, "a short name, not a language"))
    if not candidate.shape.is_firm:
        found += points_of(candidate)
    elif candidate.shape.is_known_post:
        # Of a platform's post only what says that it is no open vacancy counts against the address.
        found += [each for each in points_of(candidate) if each[0] <= _GRAVE]
        if all(decoys.names_account(anchor.text) for anchor in candidate.anchors):
            found.append((-14.0, "its text names an account, an alert or help"))
    return opinion.plus(found)


def _has_posts(opinions: Sequence[CandidateScore]) -> bool:
    """Return whether the page links to posts: then what leads to a part of it is the name of a section."""
    return any(
        one.points > 1
        and one.candidate.is_titled
        and not one.candidate.is_item
        and one.candidate.shape.in_job_path
        for one in opinions
    )


def _is_folded(candidate: Candidate) -> bool:
    """Return whether it is a part of the page whose fragment names neither a post nor a number: `#collapse3`."""
    fragment = candidate.url.partition("#")[2]
    is_named = _FOLD.sub("", fragment.lower()) in _FOLD.sub("", candidate.title.lower())
    return candidate.is_item and not is_named and not _NUMBER.search(fragment)


def _is_out_of_place(candidate: Candidate, here: ListedPage) -> bool:
    """Return whether a page that speaks of no jobs shows it, and nothing of its own says that it is one."""
    shape = candidate.shape
    speaks = here.is_about_jobs or here.is_foreign or shape.in_named_jobs_path
    is_named = has_gender_marker(candidate.title[:MOST_TITLE]) or shape.address.query_kind == "id"
    is_known = shape.is_firm or is_named or is_jobs_host(shape.address.host)
    return (here.is_about_other or not speaks) and not is_known


def _address_points(shape: UrlShape) -> list[Points]:
    return [(shape.points, ", ".join(shape.why))] if shape.why else []


def _application(url: str, addresses: set[str], numbers: frozenset[str]) -> list[Points]:
    """Count against the application form of a post that the page links to as well."""
    base, path = url.partition("#")[0], split(url).path
    post = decoys.applied_to(path)
    if post and any(base.replace(path, post + end) in addresses for end in ("", "/")):
        return [(-14.0, "the application form of another link")]
    found = _NUMBER.findall(url) if _is_application(url) else []
    return [(-14.0, "the application form of another link")] if found and numbers.issuperset(found) else []


def _is_application(url: str) -> bool:
    names = url_shape(url).address.names
    return bool(names) and decoys.is_application(names[-1]) and url_shape(url).address.query_kind != ""


def _verdict(url: str, text: str, found: Sequence[Points], bias: float, most: float = inf) -> Link:
    score = round(chance(min(most, bias + sum(value for value, _ in found))), 3)
    is_job = True if score >= SURE else None if score >= _DOUBT else False
    telling = sorted(found, key=lambda each: -abs(each[0]))[:_WHY]
    why = tuple(f"{reason} ({value:+.1f})" for value, reason in telling)
    return Link(url, text, is_job, score, why or ("nothing speaks for a job",))


def _place(candidate: Candidate, title: str) -> str:
    if marked := next((words for anchor in candidate.anchors if (words := marked_place(anchor.location))), ""):
        return marked
    rows = (anchor.context for anchor in candidate.anchors if anchor.context and anchor.context != title)
    return next((place for row in rows if (place := row_place(row, title))), "")


def _shown(candidate: Candidate) -> str:
    if candidate.title:
        return candidate.title
    texts = [anchor.text for anchor in candidate.anchors if anchor.text]
    cards = [anchor.context for anchor in candidate.anchors if 0 < len(anchor.context) <= MOST_TITLE]
    return next((text for text in (candidate.heading, *cards, *texts) if text), "")
