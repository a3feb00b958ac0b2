"""Small pictures of the market: new and closed jobs by week, how long they are open, which years they ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from jpt.catalogue.query import years_of
from jpt.catalogue.view import Posting
from jpt.text.clock import wall_clock
from jpt.web.charts import bars, rows
from jpt.web.endpoints import Backend, in_thread
from jpt.web.render import page

WEEKS = 12
_WEEK_MS = 7 * 86_400_000
_MOST_ROWS = 12
_LENGTHS = (
    (0, 7, "under a week"),
    (7, 14, "1 to 2 weeks"),
    (14, 30, "2 to 4 weeks"),
    (30, 60, "1 to 2 months"),
    (60, 10**6, "longer"),
)
"""Days from, to, and their name."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture and the figures in it."""

    title: str
    picture: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@in_thread
def trends(request: Request, backend: Backend) -> Response:
    """Show them."""
    jobs = backend.view.postings()
    return page(
        request,
        backend,
        "trends.html",
        charts=[_weeks(backend, jobs), _days_open(jobs), _years(jobs), *_most(jobs)],
    )


def _weeks(backend: Backend, jobs: Sequence[Posting]) -> Chart:
    now = wall_clock()
    ends = [now - place * _WEEK_MS for place in reversed(range(WEEKS))]
    new = _by_week(now, (one.news.found_ts_ms for one in jobs))
    closed = _by_week(now, (ended for one in jobs if (ended := one.stored.closed_ts_ms) is not None))
    labels = [f"{backend.local(end):%d %b}" for end in ends]
    figures = tuple(zip(labels, new, closed, strict=True))
    title = "New (left) and closed (right) jobs by week"
    return Chart(title, bars(title, labels, new, closed), ("Week until", "New", "Closed"), figures)


def _by_week(now: int, moments: Iterable[int]) -> list[int]:
    """Count moments by the weeks before now, the last week at the end."""
    counts = Counter((now - moment) // _WEEK_MS for moment in moments)
    return [counts[ago] for ago in reversed(range(WEEKS))]


def _days_open(jobs: Iterable[Posting]) -> Chart:
    days = [
        (one.stored.closed_ts_ms - one.news.found_ts_ms) // 86_400_000
        for one in jobs
        if one.stored.closed_ts_ms is not None and one.stored.closed_ts_ms >= one.news.found_ts_ms
    ]
    counts = [sum(low <= one < high for one in days) for low, high, _ in _LENGTHS]
    names = [name for _, _, name in _LENGTHS]
    middle = f", median {median(days):.0f} days" if days else ""
    title = f"How long closed jobs were open{middle}"
    return Chart(
        title,
        rows(title, names, counts),
        ("Open for", "Jobs"),
        tuple(zip(names, counts, strict=True)),
    )


def _years(jobs: Iterable[Posting]) -> Chart:
    counts = Counter(min(years_of(one), 11) for one in jobs if one.is_open)
    labels = ["–" if years < 0 else f"{years}" if years < 11 else "11+" for years in range(-1, 12)]
    values = [counts[years] for years in range(-1, 12)]
    title = "Years required by open jobs"
    return Chart(title, bars(title, labels, values), ("Years", "Jobs"), tuple(zip(labels, values, strict=True)))


def _most(jobs: Sequence[Posting]) -> Iterable[Chart]:
    for title, counts in (
        ("Open jobs by company", Counter(one.news.site for one in jobs if one.is_open)),
        ("Open jobs by place", Counter(one.news.location or "no place stated" for one in jobs if one.is_open)),
    ):
        most = counts.most_common(_MOST_ROWS)
        picture = rows(title, [name for name, _ in most], [count for _, count in most])
        yield Chart(title, picture, (title.rpartition(" ")[2].capitalize(), "Jobs"), tuple(most))
