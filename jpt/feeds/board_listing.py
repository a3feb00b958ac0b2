"""A board's feed read as a list: filtered as its address asks, checked against what it was."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from jpt.errors import EmptyFeed, FeedFault
from jpt.feeds.protocol import Board, FeedClient, Platform
from jpt.feeds.registry import feed_of
from jpt.feeds.stored_post import board_text
from jpt.models.pages import BadRow, FeedJob, PageRead
from jpt.net.http import Http, Validators

_LONGEST_URL = 300
_MOST_NAMED = 20

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BoardListing:
    """All jobs of a board, as far as its address asks for them."""

    board: Board
    jobs: tuple[FeedJob, ...]
    bad_rows: tuple[BadRow, ...]
    """Rows that cannot be used: the page has to show what they are."""
    validators: Validators | None
    """For a conditional request; None if the list took several answers."""

    def page(self, url: str, seconds: float = 0.0) -> PageRead:
        """Give it as the read of the page *url*."""
        return PageRead(
            url=url,
            final_url=url,
            http_status=200,
            title=feed_of(self.board).title,
            text="",
            method=f"feed:{self.board.feed}",
            jobs=self.jobs,
            bad_rows=self.bad_rows,
            board=board_text(self.board),
            seconds=seconds,
        )


async def listing(
    board: Board, http: Http, validators: Validators | None = None, *, thorough: bool = True
) -> BoardListing:
    """Read all of *board*; raises FeedFault, Unchanged, Outage or PageFault.

    An empty feed is not believed: so answer boards that do not exist.
    """
    feed = feed_of(board)
    if not board.has_feed:
        raise FeedFault(f"boards of this kind ({feed.name}) have no public feed")
    client = FeedClient(http, validators or Validators(), thorough)
    with _blamed(feed):
        rows = await feed.read(board, client)
    if not rows:
        raise EmptyFeed(f"{feed.title} lists no job")
    jobs, bad_rows = sorted_out(rows)
    for row in bad_rows[:_MOST_NAMED]:
        log.warning("%s has a row %r that cannot be used: %s", feed.title, row.title, row.why)
    # A list with bad rows is read whole each time: they may be corrected without a new date.
    given = client.found if client.asked == 1 and not bad_rows else None
    return BoardListing(board, _filtered(board, jobs), bad_rows, given)


def sorted_out(rows: Sequence[FeedJob]) -> tuple[tuple[FeedJob, ...], tuple[BadRow, ...]]:
    """Separate the jobs of a list from its bad rows.

    Raises FeedFault where most have no address, or none can be opened: the shape of the list has changed. A row
    with an address that no browser opens was understood, and speaks for itself alone.
    """
    bad_rows = tuple(BadRow(job.title, _named(job.url), job.fault) for job in rows if job.fault)
    jobs = tuple(job for job in rows if not job.fault)
    if sum(not row.url for row in bad_rows) * 2 > len(rows) or (bad_rows and not jobs):
        raise FeedFault(bad_rows[0].why)
    return jobs, bad_rows


def _named(url: str) -> str:
    """Give an address that cannot be opened; of a very long one the beginning and a fingerprint."""
    if len(url) <= _LONGEST_URL:
        return url
    mark = f"…{sha256(url.encode('utf-8', 'replace')).hexdigest()[:16]}"
    return url[: _LONGEST_URL - len(mark)] + mark


async def completed(board: Board, job: FeedJob, http: Http) -> FeedJob | None:
    """Give *job* with its description; None where the feed has none.

    Raises FeedFault, Outage or PageFault.
    """
    if job.html.strip() or not job.detail:
        return job if job.html.strip() else None
    feed = feed_of(board)
    text = await FeedClient(http).get(job.detail, accept="application/json, text/html;q=0.9")
    with _blamed(feed):
        found = feed.detail(board, job, text)
    if found.fault:
        raise FeedFault(found.fault)
    return found


@contextmanager
def _blamed(feed: Platform) -> Iterator[None]:
    """Raise FeedFault for an unforeseen exception of a platform: then the page is read."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as exc:
        log.exception("The module for %s failed", feed.title)
        raise FeedFault(
            f"jpt itself failed on {feed.title} ({type(exc).__name__}: {exc}); please report it"
        ) from exc


def _filtered(board: Board, jobs: tuple[FeedJob, ...]) -> tuple[FeedJob, ...]:
    """Give the jobs that pass the filters of the watched address, unless the feed was requested with them."""
    wanted: dict[str, set[str]] = {}
    for name, value in board.wanted if any(job.groups for job in jobs) else ():
        wanted.setdefault(name, set()).add(value)
    for name, values in wanted.items():
        missing = {value for value in values if not any((name, value) in job.groups for job in jobs)}
        if missing:
            raise FeedFault(f"no job of the feed has the {name} {min(missing)!r} that the address asks for")
        jobs = tuple(job for job in jobs if any((name, value) in job.groups for value in values))
    if not jobs:
        raise FeedFault("no job of the feed is what the address asks for")
    return jobs
