"""A careers page read and judged: its links, its health, what it says of itself. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from jpt.extract.health import health
from jpt.extract.links import advertised_pages, advertised_total, judge, judge_twice, judge_url, places, rows_of
from jpt.extract.links.entries import is_general_application
from jpt.extract.links.judging import SURE
from jpt.extract.links.structure import by_name
from jpt.extract.links.unopenable import unopenable_rows, unopenable_texts
from jpt.extract.links.url_shape import url_shape
from jpt.extract.no_openings import says_none
from jpt.extract.post.inline import inline_links
from jpt.identity.urls import openable
from jpt.models.pages import Cut, FeedJob, Glance, Link, ListRead, PageRead, Partial
from jpt.text.clean import clean_line
from jpt.text.counts import counted

_UNSAID = 0.45
"""Score of what looks like a job on a page that says that none is open: only the page behind it can tell."""
_HARDLY_SURE = 0.74
"""The same of a row of many that are alike."""
_LEAST = 0.1
"""Score below which a row among jobs is none of them."""
_ROWS = 5
"""Like links that make such rows."""


def judged(page: PageRead, url: str) -> ListRead:
    """Judge every link of the careers page *page* (asked for as *url*) and the read as a whole.

    The jobs of a feed are jobs, but for those whose names say that nothing is open behind them.
    """
    if page.jobs and not page.anchors:
        links = tuple(_feed_link(job, page.method) for job in page.jobs)
        return ListRead(page, "ok", "", links, sum(link.is_job is True for link in links))
    links = tuple(link for link in judge_twice(page) if link.url != url)
    if says_none(page.text):
        links = _doubted_where_none_is_open(page, links)
    links = _with_similar_rows(page, links)
    unopenable = unopenable_rows(page, links)
    links = tuple(link for link in links if openable(link.url))
    # A link that the rules alone take for a job is opened as one: the list was read, whatever is found behind it.
    status, reason = health(page, sum(link.is_job is not False and link.score >= SURE for link in links))
    if status == "empty" and not any(link.is_job is None for link in links):
        inline = inline_links(page, url)
        links = (*links, *inline)
        reason = f"{counted(len(inline), 'job')} on this page without an address of its own" if inline else reason
    if status == "ok" and not page.settled:
        status, reason = "error", "the page was still loading when its time was over"
    advertised = advertised_total(page.text, _titles(links))
    return ListRead(page, status, reason, links, advertised, _partial(page, links, advertised), unopenable)


def _with_similar_rows(page: PageRead, links: Sequence[Link]) -> tuple[Link, ...]:
    """Doubt rejected rows that share a list and a folder of addresses with jobs, or with what may be jobs.

    The words of their titles may be unknown here; the page behind them decides.
    """
    where = rows_of(page)
    lists = by_name(links, lambda link: [where[link.url]] if link.url in where else [])
    like = {
        link.url
        for rows in lists.values()
        if any(link.is_job is not False for link in rows)
        for link in rows
        if link.is_job is False and link.score >= _LEAST
    }
    return tuple(
        replace(link, is_job=None, why=(*link.why, "its like may be jobs")) if link.url in like else link
        for link in links
    )


def _doubted_where_none_is_open(page: PageRead, links: Sequence[Link]) -> tuple[Link, ...]:
    """Doubt the links of a page that says that nothing is open, unless their address carries a post's id or form,
    or they are documents named like jobs.

    A few links beside such words are no jobs as far as this page can tell; a list of rows may be of jobs all the
    same, for one place or one search had none.
    """
    where = places(page)
    sizes = Counter(where.get(link.url, "") for link in links)
    doubted = [_doubted(link, sizes[where.get(link.url, "")] >= _ROWS) for link in links]
    # Where one of a list is a job whatever the page says, it says so of something else.
    kept = {where[link.url] for link in doubted if link.is_job and link.url in where}
    return tuple(
        link if where.get(link.url) in kept else doubt for link, doubt in zip(links, doubted, strict=True)
    )


def _doubted(link: Link, is_row: bool) -> Link:
    shape = url_shape(link.url)
    is_advert = shape.address.is_document and shape.address.reads_like_title
    if link.is_job is False or shape.is_firm or shape.address.has_id or is_advert:
        return link
    score = min(link.score, _HARDLY_SURE if is_row else _UNSAID)
    return replace(link, is_job=None, score=score, why=(*link.why, "the page says that nothing is open"))


def _partial(page: PageRead, links: Sequence[Link], advertised: int | None) -> Partial | None:
    """Return how much of a list was read; None if there is no sign of more."""
    found = sum(link.is_job is not False for link in links)
    more = advertised if advertised is not None and advertised > found else None
    if page.cuts:
        return Partial(found, more, page.cuts[0])
    pages = advertised_pages(page.text) or 1
    if pages > page.turned and found and (advertised is None or more is not None):
        return Partial(found, more, Cut("unturned", limit=pages, page=page.turned))
    return Partial(found, more, Cut("count")) if more is not None else None


def _titles(links: Sequence[Link]) -> frozenset[str]:
    return frozenset(link.text for link in links if link.is_job is not False)


def _feed_link(job: FeedJob, method: str) -> Link:
    title = clean_line(job.title)
    said = judge_url(job.url, title)
    no_opening = said.is_job is False and is_general_application(title)
    return Link(
        job.url,
        title,
        is_job=not no_opening,
        score=said.score if no_opening else 1.0,
        why=said.why if no_opening else (f"listed by {method}",),
    )


def possible_jobs(read: ListRead) -> list[Link]:
    """Return the links that are jobs, or may be: those that are opened when they are new."""
    return [link for link in read.links if link.is_job is not False]


def rejected(read: ListRead) -> dict[str, list[Link]]:
    """Return the links that are no jobs by the reason that weighs most against them, the largest group first."""
    groups: dict[str, list[Link]] = {}
    for link in read.links:
        if link.is_job is False:
            groups.setdefault(_main_reason(link), []).append(link)
    return dict(sorted(groups.items(), key=lambda group: -len(group[1])))


def _main_reason(link: Link) -> str:
    parted = [reason.rpartition(" (") for reason in link.why]
    against = [(points.rstrip(")"), reason) for reason, _, points in parted if points.startswith("-")]
    return against[0][1] if against else "nothing speaks for a job"


def glance(page: PageRead) -> Glance:
    """Summarise what a careers page shows while it is still open."""
    links = judge(page)
    sure = sum(link.is_job is True for link in links)
    status = health(page, sure)[0]
    return Glance(
        frozenset(link.url for link in links if link.is_job is not False and link.url != page.url),
        enough=sure > 0 or status in {"none", "blocked", "error"},
        advertised=advertised_total(page.text, _titles(links)),
        unopenable=unopenable_texts(page, links),
        barred=status in {"blocked", "error"},
    )
