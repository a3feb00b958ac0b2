"""The feed of one page looked at for somebody who asks: what it is, and what it has to do with the page."""

from __future__ import annotations

from dataclasses import dataclass

from jpt.cycle.guarded import apply
from jpt.errors import FeedFault, Outage, PageFault
from jpt.extract.listing import judged
from jpt.feeds.compare import compared
from jpt.feeds.listing import listing
from jpt.feeds.registry import MOST_BOARDS, board_at, boards_on
from jpt.models.pages import ListRead
from jpt.net.http import Http


@dataclass(frozen=True, slots=True)
class FeedLook:
    """What the feed of a page was found to be."""

    board: str
    """Platform and company, like `greenhouse:tern`."""
    jobs: int | None
    """How many it lists; None when it is not to be believed."""
    words: str
    """What it has to do with the page, or why it is not believed."""


async def look_at_feed(url: str, read: ListRead | None, http: Http) -> FeedLook | None:
    """Find the feed of the page at *url* and compare it with what the page showed; None where there is none."""
    board = board_at(url)
    boards = [board] if board else list(boards_on(read.page))[:MOST_BOARDS] if read is not None else []
    faults = []
    for candidate in boards:
        try:
            found = await listing(candidate.whole, http)
        except (FeedFault, Outage, PageFault) as exc:
            doubt = "its feed is not believed: " if candidate.has_feed else ""
            faults.append(FeedLook(candidate.name, None, f"{doubt}{exc.sentence}"))
            continue
        if read is None or not read.links:
            return FeedLook(candidate.name, len(found.jobs), "the page showed nothing to compare it with")
        seen = compared(await apply(judged, found.page(url), url), read)
        if not board and not seen.both:
            continue
        words = seen.words
        if candidate.unclear:
            words = f"the address asks for {candidate.unclear[0]}, which only the page knows; {words}"
        return FeedLook(candidate.name, len(found.jobs), words)
    return next(iter(faults), None)
