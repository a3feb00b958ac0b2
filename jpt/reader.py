"""Which way a careers page is read: by its board's feed where that proves itself, else in the browser.

A feed is believed when it is complete by its own count and was compared with the page: on the first read, and
from time to time. Where the two disagree the larger one counts, and it is said. What the user watches is the
page: filters in its address that the feed does not know, and pages that show a part of a board, are read in
the browser, and the feed only brings the posts' texts.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, TypeVar, TypeVarTuple, Unpack

import anyio.to_thread

from jpt.errors import FeedFault, JptError, Outage, PageFault, TaskError, Unreachable
from jpt.extract.listing import judged, wanted
from jpt.feeds.compare import Compared, compared
from jpt.feeds.identity import Names, names_of, names_of_job
from jpt.feeds.post import board_from, board_text, packed, post_page, unpacked
from jpt.feeds.protocol import Board, Unchanged
from jpt.feeds.reading import Listing, completed, listing
from jpt.feeds.registry import board_at, boards_on, feed_of
from jpt.models import Company, FeedJob, Link, ListRead, PageRead, Task
from jpt.net.guard import Guard
from jpt.net.http import Http, Validators
from jpt.net.manners import Manners
from jpt.settings import Settings
from jpt.store import Store, wall_clock
from jpt.store.feeds import FeedState, Known
from jpt.urls import canonical, host_of

COMPARE_AFTER_MS = 7 * 24 * 3600 * 1000
"""How long a comparison of feed and page holds."""
TRY_AGAIN_MS = 24 * 3600 * 1000
"""How long one that could not be made is left."""
MOST_BOARDS = 3
"""Boards of a page that are asked for; a page that links to many is no board's own."""

_PAGE_BELIEVED = "the page is believed"
_PAGE_DECIDES = "the page decides, the feed brings the posts"

Browse = Callable[[str], Awaitable[PageRead]]
"""Reads a careers page in the browser; raises PageFault, NotAPage or Outage."""
Db = Callable[..., Awaitable[Any]]
Args = TypeVarTuple("Args")
T = TypeVar("T")

log = logging.getLogger(__name__)


def client(settings: Settings, manners: Manners, guard: Guard) -> AbstractAsyncContextManager[Http]:
    """Open the client that feeds are read with: the guard and the manners are those of all reading."""
    return Http.open(
        manners,
        guard,
        user_agent=settings.user_agent,
        language=settings.language,
        upstream=settings.upstream,
        bases=settings.bases,
    )


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
            faults.append(FeedLook(candidate.name, None, f"its feed is not believed: {exc.sentence}"))
            continue
        if read is None or not read.links:
            return FeedLook(candidate.name, len(found.jobs), "the page showed nothing to compare it with")
        seen = compared(await understood(judged, found.page(url), url), read)
        if not board and not seen.both:
            continue
        words = seen.words
        if candidate.unclear:
            words = f"the address asks for {candidate.unclear[0]}, which only the page knows; {words}"
        return FeedLook(candidate.name, len(found.jobs), words)
    return next(iter(faults), None)


class Reader:
    """Reads lists and posts, each in the way that is known to be right for it."""

    def __init__(self, settings: Settings, store: Store, http: Http, browse: Browse, db: Db) -> None:
        self._settings = settings
        self._store = store
        self._http = http
        self._browse = browse
        self._db = db
        self._unreachable: set[str] = set()

    async def listed(self, company: Company, *, anew: bool = False, keep: bool = True) -> ListRead:
        """Read the list of *company*; raises PageFault, NotAPage or Outage.

        With *anew* nothing of what is known of earlier reads counts. With *keep* the posts that came with the
        list are kept for whoever reads them.
        """
        before: FeedState = await self._db(self._store.feeds.state, company)
        state = FeedState() if anew else before
        board = self._board(company, state)
        if board is None:
            read, state = await self._by_page(company, state, None, self._old_reason(company, state))
        elif board.unclear:
            why = f"the address asks for {board.unclear[0]}, which only the page itself knows"
            read, state = await self._by_page(company, state, board, why)
        else:
            read, state = await self._by_feed(company, state, board)
        read = await self._with_known_addresses(company, read, keep=keep)
        if state != before:
            await self._db(self._store.feeds.note, company, state)
        return read

    async def post(self, task: Task) -> PageRead | None:
        """Give the post of *task* from the feed that listed it; None when the browser is to read it."""
        kept = await self._db(self._store.feeds.post, task)
        found = unpacked(kept) if kept is not None else None
        if found is None:
            return None
        job, board = found
        try:
            whole = await completed(board, job, self._http)
        except (FeedFault, PageFault, Outage) as exc:
            log.info("%s is rendered: %s", task.url, exc.sentence)
            return None
        return post_page(whole, task.url, board.feed) if whole is not None else None

    # --- By the feed -----------------------------------------------------------------------------

    async def _by_feed(self, company: Company, state: FeedState, board: Board) -> tuple[ListRead, FeedState]:
        due = self._is_due(company, state)
        begun = monotonic()
        validators = None if due else Validators(state.etag, state.last_modified)
        try:
            found = await listing(board, self._http, validators, thorough=due)
        except Unchanged:
            return await self._unchanged(company, board), replace(state, via="feed")
        except (FeedFault, Outage, PageFault) as exc:
            if await self._is_empty_still(company, state, exc):
                return _nothing(company, board), replace(state, via="feed", etag="", last_modified="")
            return await self._by_page(company, state, None, f"its feed is not believed: {exc.sentence}")
        read = await understood(judged, found.page(company.url, monotonic() - begun), company.url)
        known = _noted(state, found)
        if due or len(found.jobs) < state.jobs:
            # One short answer of a feed closes no job: the page is asked whether they are gone.
            return await self._compared(company, read, found, known)
        return read, replace(known, via="feed")

    async def _compared(
        self, company: Company, read: ListRead, found: Listing, state: FeedState
    ) -> tuple[ListRead, FeedState]:
        """Look at the page as well, and believe the larger."""
        now = wall_clock()
        feed = feed_of(found.board).title
        try:
            page = await understood(judged, await self._looked_at(company.url), company.url)
            fault = page.reason if page.status not in {"ok", "none"} else ""
        except TaskError as exc:
            page, fault = read, exc.sentence
        if fault:
            retry_ms = now - COMPARE_AFTER_MS + TRY_AGAIN_MS
            why = f"{feed} could not be compared with the page: {fault}"
            return read, replace(state, via="feed", why=why, compared_ts_ms=retry_ms)
        seen = compared(read, page)
        state = replace(state, compared_ts_ms=now)
        if state.board and not _shows_all(seen, page):
            # A page of the company's own that shows something else than the board now.
            return page, replace(state, via="browser", board="", why=f"{seen.words}: {_PAGE_DECIDES}")
        shown = seen.both + seen.page_only
        if seen.page_only and shown > seen.both + seen.feed_only and company.via != "feed":
            return page, replace(state, via="browser", why=f"{seen.words}: {_PAGE_BELIEVED}")
        if seen.page_only:
            # The larger is believed, and what only the other one shows is not lost either.
            return _both(read, page), replace(
                state, via="feed", why=f"{seen.words}, {seen.page_only} of them others"
            )
        why = "" if seen.same else f"{seen.words}: the feed is believed"
        return read, replace(state, via="feed", why=why)

    async def _looked_at(self, url: str) -> PageRead:
        """Read a page to compare it; a host that cannot be reached is not tried for each of its boards."""
        host = host_of(url)
        if host in self._unreachable:
            raise Unreachable(f"{host} could not be reached.")
        try:
            return await self._browse(url)
        except Unreachable:
            self._unreachable.add(host)
            raise

    async def _unchanged(self, company: Company, board: Board) -> ListRead:
        """Give the last list again: the board says that nothing has changed since."""
        links = await self._db(self._store.feeds.last_links, company)
        page = Listing(board, (), None).page(company.url)
        jobs = sum(link.is_job is not False for link in links)
        return ListRead(page, "ok" if jobs else "none", "", links, jobs)

    async def _is_empty_still(self, company: Company, state: FeedState, exc: TaskError) -> bool:
        """Tell whether a feed that lists nothing says what the page said when it was last looked at."""
        if (
            not isinstance(exc, FeedFault)
            or not exc.sentence.endswith("lists no job")
            or self._is_due(company, state)
        ):
            return False
        page = await self._db(self._store.sites.state, company)
        return page is not None and page.status == "none" and not page.failures

    # --- By the page -----------------------------------------------------------------------------

    async def _by_page(
        self, company: Company, state: FeedState, board: Board | None, why: str
    ) -> tuple[ListRead, FeedState]:
        """Read the page in the browser; where it shows a board, the feed brings the posts."""
        page = await self._browse(company.url)
        read = await understood(judged, page, company.url)
        state = replace(state, via="browser", why=why, etag="", last_modified="")
        if self._settings.feeds == "off" or company.via == "browser" or read.status != "ok":
            return read, state
        known: Known = await self._db(self._store.feeds.known, company)
        fresh = [link for link in wanted(read) if (canonical(link.url) or link.url) not in known.keys]
        helps = board is not None or state.why.endswith(_PAGE_DECIDES)
        if wall_clock() - state.compared_ts_ms < COMPARE_AFTER_MS and not (fresh and helps):
            return read, state
        boards = [board.whole] if board else list(boards_on(page))
        own = board is None and board_at(company.url) is None
        state = replace(state, why="" if own else why, compared_ts_ms=wall_clock())
        for candidate in boards[:MOST_BOARDS]:
            try:
                found = await listing(candidate, self._http)
            except (FeedFault, Outage, PageFault) as exc:
                state = replace(state, why=state.why or f"its feed is not believed: {exc.sentence}")
                continue
            by_feed = await understood(judged, found.page(company.url), company.url)
            seen = compared(by_feed, read)
            if own and _shows_all(seen, read):
                return self._adopted(by_feed, found, state, seen)
            if seen.both:
                # The page shows a part of the board, or other jobs beside it.
                state = replace(state, why=state.why or f"{seen.words}: {_PAGE_DECIDES}")
                jobs = await understood(_part, found.jobs, read)
                return replace(read, page=replace(page, jobs=jobs, board=board_text(found.board))), state
        return read, state

    @staticmethod
    def _adopted(
        by_feed: ListRead, found: Listing, state: FeedState, seen: Compared
    ) -> tuple[ListRead, FeedState]:
        why = "" if seen.same else f"{seen.words}: the feed is believed"
        known = replace(_noted(state, found), board=board_text(found.board), why=why, via="feed")
        return by_feed, replace(known, compared_ts_ms=wall_clock())

    # --- Both ------------------------------------------------------------------------------------

    def _board(self, company: Company, state: FeedState) -> Board | None:
        """Give the board that the page is read by, if it is one."""
        if self._settings.feeds == "off" or company.via == "browser":
            return None
        board = board_at(company.url) or (board_from(state.board) if state.board else None)
        if board is None or not state.why.endswith(_PAGE_BELIEVED) or company.via == "feed":
            return board
        return board if wall_clock() - state.compared_ts_ms >= COMPARE_AFTER_MS else None

    def _old_reason(self, company: Company, state: FeedState) -> str:
        """Give why the page is read in the browser, as far as it was found out earlier."""
        asked = self._settings.feeds == "off" or company.via == "browser"
        return "" if asked else state.why

    @staticmethod
    def _is_due(company: Company, state: FeedState) -> bool:
        """Tell whether feed and page are to be compared now; not all sites on the same day."""
        spread_ms = sum(map(ord, company.name)) % 24 * 3600 * 1000
        return wall_clock() - state.compared_ts_ms >= COMPARE_AFTER_MS - spread_ms

    async def _with_known_addresses(self, company: Company, read: ListRead, *, keep: bool) -> ListRead:
        """Let each job keep the address that it is known by, and keep the posts of those that are news."""
        known: Known = await self._db(self._store.feeds.known, company)
        strange = [link for link in read.links if (canonical(link.url) or link.url) not in known.keys]
        if not strange:
            return read
        jobs = {job.url: job for job in read.page.jobs}
        moved = await understood(_moved, strange, jobs, known.jobs)
        fresh = [jobs[link.url] for link in strange if link.url in jobs and link.url not in moved]
        board = board_from(read.page.board) if fresh and keep else None
        if board is not None:
            posts = await understood(_packed, fresh, board)
            await self._db(self._store.feeds.keep, company, posts)
        links = [replace(link, url=moved.get(link.url, link.url)) for link in read.links]
        once = {canonical(link.url) or link.url: link for link in reversed(links)}
        return replace(read, links=tuple(reversed(once.values())))


def _shows_all(seen: Compared, page: ListRead) -> bool:
    """Tell whether a page shows the whole board: all of its jobs, or it says that it has as many."""
    if seen.page_only or not seen.both:
        return False
    return seen.same or (page.advertised_total or 0) >= seen.both + seen.feed_only


def _moved(links: Sequence[Link], jobs: dict[str, FeedJob], known: Sequence[str]) -> dict[str, str]:
    """Give the known address of each link that is known by another one."""
    names = Names(known)
    found = {}
    for link in links:
        job = jobs.get(link.url)
        url = names.find(names_of_job(job) if job else names_of(link.url))
        if url is not None and (job or link.is_job is not False):
            found[link.url] = url
    return found


def _packed(jobs: Sequence[FeedJob], board: Board) -> list[tuple[str, bytes]]:
    return [(canonical(job.url) or job.url, packed(job, board)) for job in jobs]


def _nothing(company: Company, board: Board) -> ListRead:
    page = Listing(board, (), None).page(company.url)
    return ListRead(page, "none", f"{feed_of(board).title} lists no job", (), 0)


def _noted(state: FeedState, found: Listing) -> FeedState:
    """Note a complete read of the feed."""
    given = found.validators or Validators()
    return replace(state, jobs=len(found.jobs), etag=given.etag, last_modified=given.last_modified)


def _both(feed: ListRead, page: ListRead) -> ListRead:
    """Give what the feed lists and, behind it, what only the page shows."""
    names = Names(job.url for job in feed.page.jobs)
    others = [link for link in page.links if link.is_job is True and names.find(names_of(link.url)) is None]
    return replace(feed, links=(*feed.links, *others))


def _part(jobs: Sequence[FeedJob], page: ListRead) -> tuple[FeedJob, ...]:
    """Give the jobs that the page shows, under its own addresses."""
    names = Names(link.url for link in page.links if link.is_job is not False)
    shown = ((job, names.find(names_of_job(job))) for job in jobs)
    return tuple(replace(job, url=url) for job, url in shown if url is not None)


async def understood(rule: Callable[[Unpack[Args]], T], *args: *Args) -> T:
    """Apply a rule in a thread; a bug in it costs that page, not the run."""
    try:
        return await anyio.to_thread.run_sync(rule, *args)
    except JptError:
        raise
    except Exception as exc:
        log.exception("A rule of jpt failed")
        raise PageFault(
            f"jpt itself failed on this page ({type(exc).__name__}: {exc}); please report it."
        ) from exc
