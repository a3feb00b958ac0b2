"""A feed and its page compared and merged. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jpt.feeds.known_address import Names, names_of, names_of_job
from jpt.models.pages import FeedJob, Link, ListRead


@dataclass(frozen=True, slots=True)
class Compared:
    """Jobs that feed and page show."""

    both: int
    feed_only: int
    page_only: int

    @property
    def listed(self) -> int:
        """Jobs of the feed."""
        return self.both + self.feed_only

    @property
    def shown(self) -> int:
        """Jobs of the page."""
        return self.both + self.page_only

    @property
    def same(self) -> bool:
        """Whether both show the same jobs."""
        return not self.feed_only and not self.page_only

    def shows_all(self, page: ListRead) -> bool:
        """Tell whether *page* shows the whole board: all of its jobs, or it says that it has as many."""
        if self.page_only or not self.both:
            return False
        return self.same or (page.advertised_total or 0) >= self.listed

    def attests(self, page: ListRead) -> bool:
        """Tell whether jobs that both lack are gone: *page* has all jobs of the feed, or counts as many."""
        return not self.feed_only or page.advertised_total == self.listed


def compared(feed: ListRead, page: ListRead) -> Compared:
    """Compare the jobs of a feed with those that its page shows."""
    shown = [link.url for link in page.links if link.is_job is True]
    on_page, listed = Names(shown), {name for job in feed.page.jobs for name in names_of_job(job)}
    open_urls = {link.url for link in feed.links if link.is_job is not False}
    jobs: list[FeedJob] = [job for job in feed.page.jobs if job.url in open_urls]
    both = sum(on_page.find(names_of_job(job)) is not None for job in jobs)
    strangers = {names_of(url)[0] for url in shown if names_of(url) and listed.isdisjoint(names_of(url))}
    return Compared(both, len(jobs) - both, len(strangers))


def feed_with_page(feed: ListRead, page: ListRead, missing: Sequence[Link]) -> ListRead:
    """Give the feed's jobs and, after them, those that only the page shows, or links to *missing* ones."""
    listed, known = Names(job.url for job in feed.page.jobs), Names(link.url for link in missing)
    others = [
        link
        for link in page.links
        if (link.is_job is True or (link.is_job is None and known.find(names_of(link.url))))
        and listed.find(names_of(link.url)) is None
    ]
    return replace(feed, links=(*feed.links, *others))


def page_with_feed(page: ListRead, feed: ListRead) -> ListRead:
    """Give the page's jobs and, after them, those that only the feed lists, with the posts of the feed."""
    shown = shown_of(feed.page.jobs, page)
    names = Names(link.url for link in page.links if link.is_job is not False)
    others = {job.url: job for job in feed.page.jobs if names.find(names_of_job(job)) is None}
    links = (link for link in feed.links if link.url in others)
    return replace(
        page,
        links=(*page.links, *links),
        page=replace(page.page, jobs=(*shown, *others.values()), board=feed.page.board),
    )


def shown_of(jobs: Sequence[FeedJob], page: ListRead) -> tuple[FeedJob, ...]:
    """Give those of *jobs* that the page shows, under its own addresses."""
    names = Names(link.url for link in page.links if link.is_job is not False)
    shown = ((job, names.find(names_of_job(job))) for job in jobs)
    return tuple(replace(job, url=url) for job, url in shown if url is not None)
