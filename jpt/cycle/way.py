"""How a careers page is read, decided from values alone. Pure.

A feed is believed when it is complete by its own count. It is compared with the page on the first read, from time
to time, and whenever it lacks a job that was known: where the two disagree the larger one is believed, what only
the other one has is taken too, and that is reported. What the user watches is the page: filters in its address
that the feed does not know, and pages that show a part of a board, are read in the browser, and the feed only
brings the posts' texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jpt.feeds.board_listing import BoardListing
from jpt.feeds.compare import Compared, compared, feed_with_page, page_with_feed, shown_of
from jpt.feeds.protocol import Board, asks_for
from jpt.feeds.registry import board_at
from jpt.feeds.stored_post import board_from, board_text
from jpt.models.pages import Company, Link, ListRead
from jpt.models.ways import NO_REASON, ReadBy, WayReason, Why
from jpt.net.http import Validators
from jpt.store.feeds import FeedState
from jpt.text.clock import is_within

COMPARE_AFTER_MS = 7 * 24 * 3600 * 1000
"""How long a comparison of feed and page holds."""
TRY_AGAIN_MS = 24 * 3600 * 1000
"""How long one that could not be made is left, or one with a feed that may have been cut holds."""
ROUND = 50
"""Limits are multiples of it (50, 100, 200, 250, 500, 1,000): a feed of just so many jobs may have been cut."""


@dataclass(frozen=True, slots=True)
class Route:
    """How a list is read."""

    by: ReadBy
    board: Board | None = None
    """The board that lists it; by the page, the one whose feed may bring the posts."""
    why: Why = NO_REASON


@dataclass(frozen=True, slots=True)
class Way:
    """A read, and the state to store of how it was read."""

    read: ListRead
    state: FeedState
    is_whole: bool = True
    """What is not in it is gone; otherwise known jobs may be missing for other reasons."""
    is_provable: bool = False
    """It was read in the browser, and its document may be known to hold it from now on."""

    def because(self, why: Why) -> Way:
        """Give it with *why* it was taken, unless a reason is known already."""
        return replace(self, state=replace(self.state, why=self.state.why or why))


def route(company: Company, state: FeedState, *, feeds: bool, cheap: bool) -> Route:
    """Decide how the list of *company* is read: by a feed unless *feeds* are off, by HTTP if *cheap*.

    Where that fails, the browser reads it.
    """
    by_page: ReadBy = "http" if company.via == "http" or (cheap and company.via != "browser") else "browser"
    if wants_browser(company, feeds=feeds):
        return Route(by_page)
    own = board_from(state.board) if state.board and not asks_for(company.url) else None
    board = board_at(company.url) or own
    if board is None or company.via == "http":
        return Route(by_page, why=state.why)
    if not board.has_feed:
        return Route(by_page, why=Why(WayReason.NO_FEED, board.feed))
    if board.unclear:
        return Route(by_page, board, Why(WayReason.UNCLEAR, board.unclear[0]))
    return Route("feed", board)


def wants_browser(company: Company, *, feeds: bool) -> bool:
    """Tell whether the user wants the page read in the browser."""
    return not feeds or company.via == "browser"


def is_comparison_due(company: Company, state: FeedState, now_ms: int) -> bool:
    """Tell whether feed and page are to be compared now; not all sites on the same day."""
    spread_ms = sum(map(ord, company.name)) % 24 * 3600 * 1000
    return not is_within(state.compared_ts_ms, now_ms, COMPARE_AFTER_MS - spread_ms)


def may_be_cut(found: BoardListing) -> bool:
    """Tell whether a list stops at a round number: one that was cut looks like one that is whole."""
    return bool(found.jobs) and len(found.jobs) % ROUND == 0


def shows_all_open(before: FeedState, read: ListRead) -> bool:
    """Tell whether a page shows all that is open: one that was read by a feed may show a part of it."""
    if before.via != "feed" and not before.absences:
        return True
    return read.advertised_total == sum(link.is_job is True for link in read.links) > 0


def asked_anew(state: FeedState) -> FeedState:
    """Give the state without validators: the next request gets the whole list."""
    return replace(state, etag="", last_modified="")


def with_validators(state: FeedState, found: BoardListing) -> FeedState:
    """Give the state after a complete read of the feed."""
    given = found.validators or Validators()
    return replace(state, etag=given.etag, last_modified=given.last_modified)


def fed(state: FeedState, read: ListRead, found: BoardListing) -> Way:
    """Give the way of a feed that is believed without a comparison."""
    why = Why() if state.why.reason is WayReason.DOUBTED else state.why
    return Way(read, replace(with_validators(state, found), via="feed", why=why))


def uncompared(way: Way, found: BoardListing, fault: str, now_ms: int) -> Way:
    """Give the way of a feed that could not be compared with its page."""
    why = _with_bad_rows(Why(WayReason.NOT_COMPARED, fault), found)
    state = replace(way.state, why=why, compared_ts_ms=_for_a_day(now_ms))
    return Way(way.read, state, is_whole=False)


def feed_and_page(
    company: Company, way: Way, found: BoardListing, page: ListRead, missing: Sequence[Link], now_ms: int
) -> Way:
    """Give the way after a feed was compared with its page: the larger list, and what only the other one has."""
    read, seen = way.read, compared(way.read, page)
    state = replace(way.state, compared_ts_ms=_for_a_day(now_ms) if may_be_cut(found) else now_ms)
    if page.status == "none":
        return Way(read, replace(state, why=Why(WayReason.PAGE_EMPTY, listed=seen.listed)), is_whole=False)
    if state.board and not seen.shows_all(page):
        # A page of the company's own that shows something else than the board now.
        state = replace(asked_anew(state), via="browser", board="", why=_why(WayReason.PAGE_DECIDES, seen))
        return Way(page, state, is_whole=False)
    is_whole = seen.attests(page) and not (page.partial is not None and page.partial.is_sure)
    if seen.page_only and seen.shown > seen.listed and company.via != "feed":
        state = replace(asked_anew(state), via="browser", why=_why(WayReason.PAGE_LARGER, seen))
        return Way(_recounted(page_with_feed(page, read)), state, is_whole)
    both = feed_with_page(read, page, missing)
    if seen.page_only:
        why = _with_bad_rows(_why(WayReason.BOTH, seen), found)
        return Way(both, replace(asked_anew(state), why=why), is_whole)
    why = NO_REASON if seen.same else _why(WayReason.FEED_BELIEVED, seen)
    return Way(both, replace(state, why=_with_bad_rows(why, found)), is_whole)


def only_board(way: Way, by_feed: ListRead, found: BoardListing, now_ms: int) -> Way:
    """Give the way of an empty page that embeds one board."""
    why = Why(WayReason.BOARD_ONLY, listed=len(found.jobs))
    state = replace(with_validators(way.state, found), board=board_text(found.board), via="feed", why=why)
    return Way(by_feed, replace(state, compared_ts_ms=now_ms), is_whole=False)


def page_and_board(
    company: Company, way: Way, by_feed: ListRead, found: BoardListing, *, own: bool
) -> tuple[Way, bool]:
    """Give the way of a page that names a board, and whether that is its board.

    An *own* page of the company that shows all of it may be read by the board from now on.
    """
    seen = compared(by_feed, way.read)
    if own and seen.shows_all(way.read) and not asks_for(company.url):
        why = Why() if seen.same else _why(WayReason.FEED_BELIEVED, seen)
        state = replace(with_validators(way.state, found), board=board_text(found.board), why=why, via="feed")
        return Way(by_feed, state, way.is_whole), True
    if not seen.both:
        return way.because(Why(WayReason.STRANGE_BOARD, found.board.name, listed=seen.listed)), False
    # The page shows a part of the board, or other jobs beside it.
    jobs = shown_of(found.jobs, way.read)
    read = replace(way.read, page=replace(way.read.page, jobs=jobs, board=board_text(found.board)))
    return replace(way.because(_why(WayReason.PAGE_DECIDES, seen)), read=read), True


def compared_why(seen: Compared) -> Why:
    """Give how feed and page compare."""
    return _why(WayReason.SAME if seen.same else WayReason.DIFFERENT, seen)


def _recounted(read: ListRead) -> ListRead:
    """Give a combined read with the count of what was read of its list."""
    found = sum(link.is_job is not False for link in read.links)
    if read.partial is None or (read.partial.of is not None and found >= read.partial.of):
        return replace(read, partial=None)
    return replace(read, partial=replace(read.partial, found=found))


def _with_bad_rows(why: Why, found: BoardListing) -> Why:
    if not found.bad_rows:
        return why
    bad = len(found.bad_rows)
    return replace(why, bad_rows=bad, rows=bad + len(found.jobs), bad_row=found.bad_rows[0].why)


def _why(reason: WayReason, seen: Compared) -> Why:
    return Why(reason, listed=seen.listed, shown=seen.shown, others=seen.page_only)


def _for_a_day(now_ms: int) -> int:
    return now_ms - COMPARE_AFTER_MS + TRY_AGAIN_MS
