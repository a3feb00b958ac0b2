"""A query over the stored jobs, and its result, sorted and counted. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, get_args

from jpt.catalogue.openings import Opening, openings
from jpt.catalogue.view import Posting
from jpt.digest.rules import folded, is_in
from jpt.models.digests import News
from jpt.models.postings import DECIDED, FOLLOWED, Stage

Order = Literal["found", "years", "pay", "company", "place", "match"]
ORDERS: tuple[Order, ...] = get_args(Order)


@dataclass(frozen=True, slots=True)
class Query:
    """What to list; a field that is empty or None does not narrow the result."""

    text: str = ""
    """Words that all occur in title, company, place or text."""
    company: str = ""
    """A part of a company's name."""
    site: str | None = None
    """A company's whole name."""
    place: str = ""
    """A part of the place, as the post says it."""
    since_ms: int = 0
    """Found at this time or later."""
    years: int | None = None
    """Requires this many years; -1: states none."""
    work: str | None = None
    """onsite, hybrid or remote."""
    stages: frozenset[Stage] = frozenset()
    """One of these; empty: all but those that the user is done with."""
    every: bool = False
    """Also what does not fit and what the user is done with."""
    closed: bool = False
    """The closed jobs instead of the open ones."""
    order: Order | None = None
    """None: the best match first if *text* is given, else the newest."""
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The jobs that match a query."""

    postings: tuple[Posting, ...]
    """Sorted, cut to *limit* and *offset*."""
    total: int
    """How many there are before the cut."""
    do_not_fit: int = 0
    """How many more there would be without the rules, as with `--all`."""
    jobs: tuple[Opening, ...] = ()
    """All of them before the cut, with one entry for a job that is open in several places: what people see."""
    jobs_do_not_fit: int = 0
    """As *do_not_fit*, counted in such entries."""
    facets: Mapping[str, Counter[str]] | None = None
    """How many *jobs* there are by company, place, years, work, stage; one is counted in each of its places."""


def answer(
    postings: Iterable[Posting], query: Query, ranks: Mapping[int, float] | None = None, *, count: bool = False
) -> SearchResult:
    """Return the jobs that match *query*, of *postings*, which come newest first.

    *ranks* has the jobs whose words match, by number; the lower the better.
    """
    tests = tuple(_tests(query, ranks))
    matching = [one for one in postings if all(test(one) for test in tests)]
    everything = query.every or bool(query.stages)
    fitting = [one for one in matching if everything or is_listed(one)]
    key = _key(query, ranks)
    ordered = sorted(fitting, key=key) if key else fitting
    end = None if query.limit is None else query.offset + query.limit
    others = [] if everything else [one for one in matching if not one.fits and not is_listed(one)]
    jobs = tuple(openings(ordered))
    return SearchResult(
        tuple(ordered[query.offset : end]),
        len(ordered),
        len(others),
        jobs,
        len(openings(others)),
        facets(jobs) if count else None,
    )


def is_listed(one: Posting) -> bool:
    """Return whether a job is in the default list, or in that of closed ones: it fits, and is not decided yet."""
    if one.is_open:
        return (one.fits or one.mark.stage == "interested") and one.mark.stage not in DECIDED
    # The closed ones include those that the user applied for.
    return one.mark.stage in FOLLOWED or (one.fits and one.mark.stage is None)


def _tests(query: Query, ranks: Mapping[int, float] | None) -> Iterable[Callable[[Posting], bool]]:
    if not query.stages:
        yield lambda one: one.is_open is not query.closed
    if query.stages:
        yield lambda one: one.mark.stage in query.stages
    if ranks is not None:
        yield lambda one: one.stored.number in ranks
    if query.site is not None:
        site = query.site.casefold()
        yield lambda one: one.news.site.casefold() == site
    if query.company:
        yield _once_each(partial(_is_of, folded(query.company)), lambda news: (news.site, news.employer))
    if query.place:
        yield _once_each(partial(is_in, query.place), lambda news: (news.location, news.places))
    if query.since_ms:
        yield lambda one: one.news.found_ts_ms >= query.since_ms
    if query.years is not None:
        yield lambda one: years_of(one) == query.years
    if query.work is not None:
        yield lambda one: one.news.remote == query.work


def _is_of(company: str, news: News) -> bool:
    return company in folded(f"{news.site} {news.employer}")


def _once_each(test: Callable[[News], bool], of: Callable[[News], Hashable]) -> Callable[[Posting], bool]:
    """Cache *test* by the values that decide it: thousands of jobs have few of them."""
    known: dict[Hashable, bool] = {}

    def tested(one: Posting) -> bool:
        value = of(one.news)
        if value not in known:
            known[value] = test(one.news)
        return known[value]

    return tested


def years_of(one: Posting) -> int:
    """Return the years that a job requires; -1 if it states none."""
    least = one.news.experience.least
    return -1 if least is None else least


def _key(query: Query, ranks: Mapping[int, float] | None) -> Callable[[Posting], Any] | None:
    """Return the sort key; None: newest first, as they come."""
    order = query.order or ("match" if ranks is not None else "found")
    newest: Callable[[Posting], tuple[int, int]] = lambda one: (-one.news.found_ts_ms, -one.stored.number)  # noqa: E731
    match order:
        case "match":
            return lambda one: ((ranks or {}).get(one.stored.number, 0.0), newest(one))
        case "years":
            return lambda one: (one.news.experience.least is None, one.news.experience.min_years, newest(one))
        case "pay":
            return lambda one: (-one.news.yearly_pay, newest(one))
        case "company":
            return lambda one: (folded(one.news.site), newest(one))
        case "place":
            return lambda one: (not one.news.location, folded(one.news.location), newest(one))
        case _:
            return None


def facets(jobs: Iterable[Opening]) -> dict[str, Counter[str]]:
    """Count jobs by company, place, years, kind of work and stage."""
    # One Counter after the other: this way they are counted in C.
    shown = list(jobs)
    some = [job.first for job in shown]
    said = [one.news for one in some]
    return {
        "company": Counter(news.site for news in said),
        "place": Counter(place for job in shown for place in {one.news.location for one in job.postings}),
        "years": Counter(map(str, map(years_of, some))),
        "work": Counter(news.remote for news in said),
        "stage": Counter(one.mark.stage or "" for one in some),
    }
