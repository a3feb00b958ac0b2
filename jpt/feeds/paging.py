"""Pages of a feed put together: all that the first one promised, or a fault. Pure but for what it asks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from jpt.errors import FeedFault
from jpt.feeds.protocol import Batch, merged
from jpt.models.pages import FeedJob

MOST_JOBS = 20_000
"""More than any board has; a feed that goes on and on is broken."""

Step = Callable[[int], Awaitable[Batch]]
"""Gives the batch that begins at an offset."""


async def to_total(first: Batch, step: Step, *, size: int, title: str) -> tuple[FeedJob, ...]:
    """Give all jobs of a feed whose first answer says how many there are.

    Later totals are not looked at: some platforms say 0 there. Short pages are no end; what is still missing
    after all offsets were asked for is looked for once more, for lists move while they are read.
    """
    total = first.total
    if total is None:
        raise FeedFault(f"{title} does not say how many jobs there are: the shape of the answer has changed")
    if total > MOST_JOBS:
        raise FeedFault(f"{title} says that there are {total} jobs, which no board has")
    jobs = merged(first.jobs)
    for start in (size, 0):
        offset = start
        while len(jobs) < total and offset < total:
            jobs = merged((*jobs, *(await step(offset)).jobs))
            offset += size
    if len(jobs) == total and total and total % size == 0:
        # A total that is just so many full pages may be a limit and no total.
        jobs = merged((*jobs, *(await step(total)).jobs))
    return whole(jobs, total, title)


async def to_the_end(first: Batch, step: Step, *, size: int, title: str, thorough: bool) -> tuple[FeedJob, ...]:
    """Give all jobs of a feed that never says how many there are.

    A first answer that is not full is the end, unless a *thorough* look is wanted; once there are several
    pages only an empty one is. Raises FeedFault where full pages repeat, for then there may be more.
    """
    jobs = merged(first.jobs)
    entries = len(first.jobs)
    if entries != size and not (thorough and entries):
        return jobs
    while True:
        further = await step(entries)
        known, jobs = len(jobs), merged((*jobs, *further.jobs))
        if len(jobs) == known:
            if further.jobs and entries % size == 0:
                raise FeedFault(f"{title} gives the same jobs again and again: there may be more")
            return jobs
        entries += len(further.jobs)
        if len(jobs) > MOST_JOBS:
            raise FeedFault(f"{title} continues after {MOST_JOBS} jobs")


def whole(jobs: tuple[FeedJob, ...], total: int | None, title: str) -> tuple[FeedJob, ...]:
    """Give *jobs* if they are as many as *total* says; raises FeedFault."""
    if total is not None and len(jobs) != total:
        raise FeedFault(f"{title} lists {len(jobs)} of the {total} jobs that it says there are")
    return jobs
