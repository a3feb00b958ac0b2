"""The pages of a feed as one list: all jobs that the first page promised, or a fault."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from jpt.errors import FeedFault
from jpt.feeds.protocol import Address, Batch, merged
from jpt.models.pages import FeedJob

MOST_JOBS = 20_000
"""More than any board has: an endless feed is broken."""
MOST_ANSWERS = 500
"""Most answers that one list may take: at 50 jobs in each, MOST_JOBS are 400 of them."""

Jobs = tuple[FeedJob, ...]
Step = Callable[[int], Awaitable[Batch]]
"""Gives the batch that begins at an offset."""


async def to_total(first: Batch, step: Step, *, size: int, title: str) -> Jobs:
    """Give all jobs of a feed whose first answer says how many there are.

    Later totals are ignored: some platforms say 0 there. Short pages are no end; if jobs are missing after all
    offsets, these are requested once more, for lists change while they are read.
    """
    total = total_of(first, title)
    jobs = merged(first.jobs)
    for start in (size, 0):
        offset = start
        while len(jobs) < total and offset < total:
            jobs = merged((*jobs, *(await step(offset)).jobs))
            offset += size
    if len(jobs) == total and total and total % size == 0:
        # A total of exactly so many full pages may be a limit.
        jobs = merged((*jobs, *(await step(total)).jobs))
    return complete(jobs, total, title)


async def to_the_end(first: Batch, step: Step, *, size: int, title: str, thorough: bool) -> Jobs:
    """Give all jobs of a feed that never says how many there are.

    A first page that is not full is the end, unless *thorough*; after several pages only an empty one is.
    Raises FeedFault where full pages repeat, for then there may be more.
    """
    jobs = merged(first.jobs)
    entries = len(first.jobs)
    if entries != size and not (thorough and entries):
        return jobs
    for _ in range(MOST_ANSWERS):
        further = await step(entries)
        known, jobs = len(jobs), merged((*jobs, *further.jobs))
        if len(jobs) == known:
            if further.jobs and entries % size == 0:
                raise FeedFault(f"{title} gives the same jobs again and again: there may be more")
            return jobs
        entries += len(further.jobs)
        if len(jobs) > MOST_JOBS:
            break
    raise FeedFault(f"{title} continues after {len(jobs)} jobs")


async def by_links(first: Batch, get: Callable[[str], Awaitable[Batch]], *, host: str, title: str) -> Jobs:
    """Give all jobs of a feed whose answers link to the next one.

    Raises FeedFault where a link leads to another host than *host*, or an answer with one has no new job.
    """
    batch, jobs, answers = first, merged(first.jobs), 1
    while batch.further:
        address = Address.of(batch.further)
        if address is None or address.host != host:
            raise FeedFault(f"{title} continues at another host")
        batch = await get(batch.further)
        known, jobs = len(jobs), merged((*jobs, *batch.jobs))
        if len(jobs) == known and batch.further:
            raise FeedFault(f"{title} continues without anything new")
        answers += 1
        if len(jobs) > MOST_JOBS or answers > MOST_ANSWERS:
            raise FeedFault(f"{title} continues after {len(jobs)} jobs")
    return jobs


async def either(first: Callable[[], Awaitable[Jobs]], second: Callable[[], Awaitable[Jobs]]) -> Jobs:
    """Give the jobs that *first* gives, else those of *second*; raises the FeedFault of *first*."""
    try:
        return await first()
    except FeedFault as exc:
        try:
            return await second()
        except FeedFault:
            raise exc from None


def total_of(first: Batch, title: str) -> int:
    """Give how many jobs the first answer says there are; raises FeedFault without a number, or for too many."""
    if first.total is None:
        raise FeedFault(f"{title} does not say how many jobs there are: the shape of the answer has changed")
    if first.total > MOST_JOBS:
        raise FeedFault(f"{title} says that there are {first.total} jobs, which no board has")
    return first.total


def complete(jobs: Jobs, total: int | None, title: str) -> Jobs:
    """Give *jobs* if they are as many as *total* says; raises FeedFault."""
    if total is not None and len(jobs) != total:
        raise FeedFault(f"{title} lists {len(jobs)} of the {total} jobs that it says there are")
    return jobs
