"""What a feed and its page show of each other. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from jpt.feeds.identity import Names, names_of, names_of_job
from jpt.models import FeedJob, ListRead


@dataclass(frozen=True, slots=True)
class Compared:
    """Jobs that feed and page show."""

    both: int
    feed_only: int
    page_only: int

    @property
    def same(self) -> bool:
        """Whether both show the same jobs."""
        return not self.feed_only and not self.page_only

    @property
    def words(self) -> str:
        """Say it for people."""
        if self.same:
            return f"feed and page show the same {self.both} jobs"
        return f"the feed lists {self.both + self.feed_only} jobs, the page shows {self.both + self.page_only}"


def compared(feed: ListRead, page: ListRead) -> Compared:
    """Compare the jobs of a feed with those that its page shows."""
    shown = [link.url for link in page.links if link.is_job is True]
    on_page, listed = Names(shown), {name for job in feed.page.jobs for name in names_of_job(job)}
    open_urls = {link.url for link in feed.links if link.is_job is not False}
    jobs: list[FeedJob] = [job for job in feed.page.jobs if job.url in open_urls]
    both = sum(on_page.find(names_of_job(job)) is not None for job in jobs)
    strangers = {names_of(url)[0] for url in shown if names_of(url) and listed.isdisjoint(names_of(url))}
    return Compared(both, len(jobs) - both, len(strangers))
