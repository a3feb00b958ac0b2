"""The feed of one page looked at for somebody who asks: what it is, and what it has to do with the page."""

from __future__ import annotations

from dataclasses import dataclass

from jpt.cycle.guarded import ends_here
from jpt.cycle.sources import NOT_GIVEN, judged_listing
from jpt.cycle.way import compared_why
from jpt.feeds.board_listing import listing
from jpt.feeds.compare import compared
from jpt.feeds.registry import MOST_BOARDS, board_at, boards_on
from jpt.models.pages import ListRead
from jpt.models.ways import WayReason, Why
from jpt.net.http import Http


@dataclass(frozen=True, slots=True)
class FeedLook:
    """What the feed of a page was found to be."""

    board: str
    """Platform and company, like `greenhouse:tern`."""
    jobs: int | None
    """How many it lists; None when it is not to be believed."""
    why: Why
    """What it has to do with the page, or why it is not believed."""
    asks_for: str = ""
    """What the address asks for that only the page knows."""


async def look_at_feed(url: str, read: ListRead | None, http: Http) -> FeedLook | None:
    """Find the feed of the page at *url* and compare it with what the page showed; None where there is none."""
    board = board_at(url)
    boards = [board] if board else list(boards_on(read.page))[:MOST_BOARDS] if read is not None else []
    faults = []
    for candidate in boards:
        try:
            with ends_here():
                found = await listing(candidate.whole, http)
        except NOT_GIVEN as exc:
            reason = WayReason.DOUBTED if candidate.has_feed else WayReason.NO_FEED
            what = exc.sentence if candidate.has_feed else candidate.feed
            faults.append(FeedLook(candidate.name, None, Why(reason, what)))
            continue
        if read is None or not read.links:
            return FeedLook(candidate.name, len(found.jobs), Why(WayReason.NOTHING_SHOWN))
        seen = compared(await judged_listing(found, url), read)
        if not board and not seen.both:
            continue
        asks_for = candidate.unclear[0] if candidate.unclear else ""
        return FeedLook(candidate.name, len(found.jobs), compared_why(seen), asks_for)
    return next(iter(faults), None)
