"""Which way a careers page is read: by its board's feed where that proves itself, else in the browser.

    listed      the board of the page → by the feed, or by the page → known addresses → what is missing stays open
    by the feed     the whole list, or a fault and then the page; compared with the page now and then
    by the page     what the browser shows; where that is all of a board, its feed is used from then on
    post        what came with the list, or what the feed says of it; else the browser is to read it

A feed is believed when it is complete by its own count. It is compared with the page on the first read, from time
to time, and whenever it lacks a job that was known: where the two disagree the larger one is believed, what only
the other one has is taken too, and it is said. What the user watches is the page: filters in its address that the
feed does not know, and pages that show a part of a board, are read in the browser, and the feed only brings the
posts' texts. One bad answer closes nothing: known jobs that are missing stay open until the page attests that they
are gone, or until they were missed often and long enough (`feeds/absent.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

from jpt.cycle.guarded import apply
from jpt.errors import FeedFault, NotAPage, Outage, PageFault, TaskError, Unreachable
from jpt.extract.health import shrunk
from jpt.extract.listing import judged, wanted
from jpt.feeds.absent import absent, lacking
from jpt.feeds.compare import compared, feed_with_page, page_with_feed, shown_of
from jpt.feeds.known_address import moved
from jpt.feeds.listing import Listing, completed, listing
from jpt.feeds.protocol import Board, Unchanged, asks_for
from jpt.feeds.registry import GENERIC, MOST_BOARDS, board_at, boards_on, feed_of
from jpt.feeds.stored_post import board_from, board_text, packed, post_page, unpacked
from jpt.identity.urls import canonical, host_of
from jpt.models.jobs import Task
from jpt.models.pages import GOOD, Company, FeedJob, Link, ListRead, PageRead
from jpt.net.http import Http, Validators
from jpt.settings import Settings
from jpt.store import Store, wall_clock
from jpt.store.feeds import FeedState, Known
from jpt.text.counts import counted

COMPARE_AFTER_MS = 7 * 24 * 3600 * 1000
"""How long a comparison of feed and page holds."""
TRY_AGAIN_MS = 24 * 3600 * 1000
"""How long one that could not be made is left, or one with a feed that may have been cut holds."""

ROUND = 50
"""Limits are multiples of it (50, 100, 200, 250, 500, 1,000): a feed of just so many jobs may have been cut."""

_PAGE_DECIDES = "the page decides, the feed brings the posts"
_NOT_GIVEN = (FeedFault, PageFault, Outage, NotAPage)
"""A feed that is not to be believed, not to be had, or not to be read."""
_DOUBTED = "its feed is not believed: "

Browse = Callable[[str], Awaitable[PageRead]]
"""Reads a careers page in the browser; raises PageFault, NotAPage or Outage."""
Db = Callable[..., Awaitable[Any]]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Way:
    """A read, and what there is to note of the way it was taken."""

    read: ListRead
    state: FeedState
    is_whole: bool = True
    """What is not in it is gone; otherwise known jobs may be missing for other reasons."""


class Reader:
    """Reads lists and posts, each in the way that is known to be right for it."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        http: Http,
        browse: Browse,
        db: Db,
        clock: Callable[[], int] = wall_clock,
    ) -> None:
        self._clock = clock
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
            way = await self._by_page(company, state, None, self._old_reason(company, state))
        elif not board.has_feed:
            why = f"boards of this kind ({board.feed}) have no public feed"
            way = await self._by_page(company, state, None, why)
        elif board.unclear:
            why = f"the address asks for {board.unclear[0]}, which only the page itself knows"
            way = await self._by_page(company, state, board, why)
        else:
            way = await self._by_feed(company, state, board)
        way = replace(way, read=await self._with_known_addresses(company, way.read, keep=keep))
        if way.read.status not in GOOD:
            # What the last good read was taken from decides whether the next one may close anything.
            way = replace(way, state=replace(way.state, via=before.via))
        elif not anew:
            way = await self._with_missing(company, way)
        if way.state != before:
            await self._db(self._store.feeds.note, company, way.state)
        return way.read

    async def post(self, task: Task) -> PageRead | None:
        """Give the post of *task* from the feed that listed it; None when the browser is to read it."""
        kept = await self._db(self._store.feeds.post, task)
        found = unpacked(kept) if kept is not None else None
        if found is None:
            return None
        job, board = found
        try:
            whole = await completed(board, job, self._http)
        except _NOT_GIVEN as exc:
            log.info("%s is rendered: %s", task.url, exc.sentence)
            return None
        return post_page(whole, task.url, board.feed) if whole is not None else None

    # --- By the feed -----------------------------------------------------------------------------

    async def _by_feed(self, company: Company, state: FeedState, board: Board) -> _Way:
        due = self._is_due(company, state)
        begun = monotonic()
        validators = None if due else Validators(state.etag, state.last_modified)
        try:
            found = await listing(board, self._http, validators, thorough=due)
        except Unchanged:
            return _Way(await self._unchanged(company, board), replace(state, via="feed"))
        except _NOT_GIVEN as exc:
            if await self._is_empty_still(company, state, exc):
                return _Way(_nothing(company, board), replace(_unasked(state), via="feed"))
            why = f"{_DOUBTED}{exc.sentence}"
            try:
                way = await self._by_page(company, state, None, why)
            except TaskError as fault:
                # Neither way leads anywhere: the first one is why the second was tried.
                fault.args = (f"{fault.sentence.rstrip('.')}; {why}",)
                raise
            agree = way.read.status == "none" and _lists_nothing(exc)
            return replace(way, is_whole=way.is_whole or agree)
        read = await apply(judged, found.page(company.url, monotonic() - begun), company.url)
        missing = await apply(lacking, await self._db(self._store.feeds.open_jobs, company), found.jobs)
        why = "" if state.why.startswith(_DOUBTED) else state.why
        way = _Way(read, replace(_noted(state, found), via="feed", why=why))
        if due or missing or found.bad_rows or (_may_be_cut(found) and await self._has_news(company, found)):
            return await self._compared(company, way, found, missing)
        return way

    async def _has_news(self, company: Company, found: Listing) -> bool:
        known: Known = await self._db(self._store.feeds.known, company)
        return any(not known.has(job.url) for job in found.jobs)

    async def _compared(self, company: Company, way: _Way, found: Listing, missing: Sequence[Link]) -> _Way:
        """Look at the page as well, and believe the larger; what only the other one has is not lost either."""
        read, now = way.read, self._clock()
        only_for_a_day = now - COMPARE_AFTER_MS + TRY_AGAIN_MS
        page, fault = await self._looked_at(company)
        if page is None:
            why = f"{_bad_rows(found)}{feed_of(found.board).title} could not be compared with the page: {fault}"
            state = replace(way.state, why=why, compared_ts_ms=only_for_a_day)
            return _Way(read, state, is_whole=False)
        seen = compared(read, page)
        state = replace(way.state, compared_ts_ms=only_for_a_day if _may_be_cut(found) else now)
        if page.status == "none":
            why = f"the page shows no job, the feed lists {seen.listed}: the feed is believed"
            return _Way(read, replace(state, why=why), is_whole=False)
        if state.board and not seen.shows_all(page):
            # A page of the company's own that shows something else than the board now.
            why = f"{seen.words}: {_PAGE_DECIDES}"
            return _Way(page, replace(_unasked(state), via="browser", board="", why=why), is_whole=False)
        whole = seen.attests(page)
        if seen.page_only and seen.shown > seen.listed and company.via != "feed":
            why = f"{seen.words}: the page is believed, and the feed for what only that lists"
            both = await apply(page_with_feed, page, read)
            return _Way(both, replace(_unasked(state), via="browser", why=why), whole)
        both = await apply(feed_with_page, read, page, missing)
        if seen.page_only:
            why = f"{_bad_rows(found)}{seen.words}, {seen.page_only} of them others: both are taken"
            return _Way(both, replace(_unasked(state), why=why), whole)
        why = _bad_rows(found) + ("" if seen.same else f"{seen.words}: the feed is believed")
        return _Way(both, replace(state, why=why.removesuffix("; ")), whole)

    async def _looked_at(self, company: Company) -> tuple[ListRead | None, str]:
        """Read a page to compare it, or say why not; a host that cannot be reached is not tried for each board."""
        host = host_of(company.url)
        if host in self._unreachable:
            return None, f"{host} could not be reached."
        try:
            page = await apply(judged, await self._browse(company.url), company.url)
        except TaskError as exc:
            if isinstance(exc, Unreachable):
                self._unreachable.add(host)
            return None, exc.sentence
        return (page, "") if page.status in GOOD else (None, page.reason)

    async def _unchanged(self, company: Company, board: Board) -> ListRead:
        """Give the last list again: the board says that nothing has changed since."""
        links = await self._db(self._store.feeds.last_links, company)
        page = Listing(board, (), (), None).page(company.url)
        jobs = sum(link.is_job is not False for link in links)
        return ListRead(page, "ok" if jobs else "none", "", links, jobs)

    async def _is_empty_still(self, company: Company, state: FeedState, exc: TaskError) -> bool:
        """Tell whether a feed that lists nothing says what the page said when it was last looked at."""
        if not _lists_nothing(exc) or self._is_due(company, state):
            return False
        page = await self._db(self._store.sites.state, company)
        return page is not None and page.status == "none" and not page.failures

    # --- By the page -----------------------------------------------------------------------------

    async def _by_page(self, company: Company, before: FeedState, board: Board | None, why: str) -> _Way:
        """Read the page in the browser; where it shows a board, the feed brings the posts."""
        page = await self._browse(company.url)
        read = await apply(judged, page, company.url)
        state = replace(_unasked(before), via="browser", why=why)
        way = _Way(read, state, is_whole=_is_whole(before, read))
        if read.status == "empty":
            return await self._by_its_board(company, way)
        if self._is_for_browser(company) or read.status != "ok":
            return way
        known: Known = await self._db(self._store.feeds.known, company)
        fresh = [link for link in wanted(read) if not known.has(link.url)]
        helps = board is not None or state.why.endswith(_PAGE_DECIDES)
        if self._clock() - state.compared_ts_ms < COMPARE_AFTER_MS and not (fresh and helps):
            return way
        boards = [board.whole] if board else list(boards_on(page))[:MOST_BOARDS]
        own = board is None and board_at(company.url) is None
        way = replace(way, state=replace(state, why="" if own else why, compared_ts_ms=self._clock()))
        for candidate in boards:
            way, is_found = await self._with_board(company, way, candidate, own=own)
            if is_found:
                break
        return way

    async def _by_its_board(self, company: Company, way: _Way) -> _Way:
        """Read a page that shows nothing at all by the one board that it embeds: its script may not have come."""
        boards = boards_on(way.read.page)
        is_one = len(boards) == 1 and boards[0].feed not in GENERIC
        if self._is_for_browser(company) or not is_one or board_at(company.url) or asks_for(company.url):
            return way
        try:
            found = await listing(boards[0], self._http)
        except _NOT_GIVEN as exc:
            return _because(way, f"{_DOUBTED}{exc.sentence}")
        by_feed = await apply(judged, found.page(company.url), company.url)
        why = f"the page shows no job, its board lists {len(found.jobs)}: the feed is believed"
        state = replace(_noted(way.state, found), board=board_text(found.board), via="feed", why=why)
        return _Way(by_feed, replace(state, compared_ts_ms=self._clock()), is_whole=False)

    async def _with_board(self, company: Company, way: _Way, board: Board, *, own: bool) -> tuple[_Way, bool]:
        """Compare a page with a *board* that it shows; an *own* page may be read by that from now on."""
        try:
            found = await listing(board, self._http)
        except _NOT_GIVEN as exc:
            return _because(way, f"{_DOUBTED}{exc.sentence}"), False
        by_feed = await apply(judged, found.page(company.url), company.url)
        seen = compared(by_feed, way.read)
        if own and seen.shows_all(way.read) and not asks_for(company.url):
            why = "" if seen.same else f"{seen.words}: the feed is believed"
            state = replace(_noted(way.state, found), board=board_text(found.board), why=why, via="feed")
            return _Way(by_feed, state, way.is_whole), True
        if not seen.both:
            why = f"{board.name} lists {counted(seen.listed, 'job')}, none of which the page shows"
            return _because(way, why), False
        # The page shows a part of the board, or other jobs beside it.
        jobs = await apply(shown_of, found.jobs, way.read)
        read = replace(way.read, page=replace(way.read.page, jobs=jobs, board=board_text(found.board)))
        why = way.state.why or f"{seen.words}: {_PAGE_DECIDES}"
        return replace(way, read=read, state=replace(way.state, why=why)), True

    # --- Both ------------------------------------------------------------------------------------

    def _board(self, company: Company, state: FeedState) -> Board | None:
        """Give the board that the page is read by, if it is one."""
        if self._is_for_browser(company):
            return None
        own = board_from(state.board) if state.board and not asks_for(company.url) else None
        return board_at(company.url) or own

    def _old_reason(self, company: Company, state: FeedState) -> str:
        """Give why the page is read in the browser, as far as it was found out earlier."""
        return "" if self._is_for_browser(company) else state.why

    def _is_for_browser(self, company: Company) -> bool:
        """Tell whether the user wants the page read in the browser."""
        return self._settings.feeds == "off" or company.via == "browser"

    def _is_due(self, company: Company, state: FeedState) -> bool:
        """Tell whether feed and page are to be compared now; not all sites on the same day."""
        spread_ms = sum(map(ord, company.name)) % 24 * 3600 * 1000
        return self._clock() - state.compared_ts_ms >= COMPARE_AFTER_MS - spread_ms

    async def _with_known_addresses(self, company: Company, read: ListRead, *, keep: bool) -> ListRead:
        """Let each job keep the address that it is known by, and keep the posts of those that are news."""
        known: Known = await self._db(self._store.feeds.known, company)
        strange = [link for link in read.links if not known.has(link.url)]
        if not strange:
            return read
        jobs = {job.url: job for job in read.page.jobs}
        shown = [link.url for link in read.links]
        addresses = await apply(moved, strange, jobs, known.jobs, shown)
        fresh = [jobs[link.url] for link in strange if link.url in jobs and link.url not in addresses]
        board = board_from(read.page.board) if fresh and keep else None
        if board is not None:
            posts = await apply(_packed, fresh, board)
            await self._db(self._store.feeds.keep, company, posts)
        links = [replace(link, url=addresses.get(link.url, link.url)) for link in read.links]
        once = {canonical(link.url) or link.url: link for link in reversed(links)}
        return replace(read, links=tuple(reversed(once.values())))

    async def _with_missing(self, company: Company, way: _Way) -> _Way:
        """Keep known jobs open that a read lacks which does not show for sure that they are gone."""
        is_whole = way.is_whole and not _says_more(way.read)
        known = () if is_whole else await self._db(self._store.feeds.open_jobs, company)
        if is_whole or (way.is_whole and shrunk(len(known), len(wanted(way.read)))):
            # A page that lost most of its jobs is doubted as a whole before it is stored.
            return replace(way, state=replace(way.state, absences=()))
        found = await apply(absent, known, way.read.links, way.state.absences, self._clock())
        state = replace(way.state, absences=found.absences)
        if found.absences:
            # "Nothing has changed" would give back a list that nobody has confirmed.
            state = _unasked(state)
        if not found.kept:
            return replace(way, state=state)
        read = replace(way.read, status="ok", reason="", links=(*way.read.links, *found.kept))
        return replace(way, read=read, state=state)


def _is_whole(before: FeedState, page: ListRead) -> bool:
    """Tell whether a page shows all that is open: one that was read by a feed may show a part of it."""
    if before.via != "feed" and not before.absences:
        return True
    return page.advertised_total == sum(link.is_job is True for link in page.links) > 0


def _says_more(read: ListRead) -> bool:
    """Tell whether a page says that it has more jobs than were found: the rest was not reached this time."""
    return (read.advertised_total or 0) > sum(link.is_job is not False for link in read.links)


def _because(way: _Way, why: str) -> _Way:
    """Give *way* with *why* it was taken, unless a reason is known already."""
    return replace(way, state=replace(way.state, why=way.state.why or why))


def _may_be_cut(found: Listing) -> bool:
    """Tell whether a list stops at a round number: one that was cut looks as whole as one without more jobs."""
    return bool(found.jobs) and len(found.jobs) % ROUND == 0


def _bad_rows(found: Listing) -> str:
    """Say how many rows of the feed cannot be used, and why the first of them; empty when all can."""
    if not found.bad_rows:
        return ""
    of_all = len(found.bad_rows) + len(found.jobs)
    return f"{len(found.bad_rows)} of {of_all} rows cannot be used: {found.bad_rows[0].why.rstrip('.')}; "


def _packed(jobs: Sequence[FeedJob], board: Board) -> list[tuple[str, bytes]]:
    return [(canonical(job.url) or job.url, packed(job, board)) for job in jobs]


def _nothing(company: Company, board: Board) -> ListRead:
    page = Listing(board, (), (), None).page(company.url)
    return ListRead(page, "none", f"{feed_of(board).title} lists no job", (), 0)


def _lists_nothing(exc: TaskError) -> bool:
    return isinstance(exc, FeedFault) and exc.sentence.endswith("lists no job")


def _noted(state: FeedState, found: Listing) -> FeedState:
    """Note a complete read of the feed."""
    given = found.validators or Validators()
    return replace(state, etag=given.etag, last_modified=given.last_modified)


def _unasked(state: FeedState) -> FeedState:
    """Ask for the whole list the next time."""
    return replace(state, etag="", last_modified="")
