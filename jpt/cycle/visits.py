"""Visits of hosts by browser and by HTTP: with politeness, robots.txt and the slots that each one takes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Self, TypeVar

from jpt.browser.pool.protocol import PagePool, PageSlot
from jpt.browser.visit.open_list import Seek
from jpt.errors import BrowserLost, NotAPage, TaskError, Throttled, WorkerLost
from jpt.extract.finding import openable_page
from jpt.extract.listing import glance
from jpt.extract.pdf import MOST_BYTES, pdf_page
from jpt.extract.warming import warm_up
from jpt.identity.urls import host_of
from jpt.models import events
from jpt.models.events import Report
from jpt.models.pages import PageRead
from jpt.net.breaker import Breakers
from jpt.net.guard import AddressGuard
from jpt.net.http import Http
from jpt.net.politeness import Politeness
from jpt.net.robots import Robots
from jpt.settings import Settings

T = TypeVar("T")
MOST_LOST = 4
"""How often a page is tried again whose worker is gone; the page is not to blame for that."""


async def unless_lost(read: Callable[[], Awaitable[T]]) -> T:
    """Await *read*; again if the browser ended under it, and a few times more if that was with its worker."""
    for lost in range(MOST_LOST):
        try:
            return await read()
        except WorkerLost:
            continue
        except BrowserLost:
            if lost:
                raise
    return await read()


Again = Callable[[Collection[str]], Awaitable[None]]
"""Queues the posts at some addresses to be read again."""


@dataclass(eq=False, slots=True)
class BrowserDeaths:
    """Counts the browsers of *pool* that died."""

    pool: PagePool
    report: Report
    _known: int = 0

    def check(self) -> None:
        """Report those that died since the last time."""
        died = self.pool.load.died
        if died > self._known:
            self._known, new = died, died - self._known
            self.report(events.BrowsersDied(new))


def client(settings: Settings, politeness: Politeness, guard: AddressGuard) -> AbstractAsyncContextManager[Http]:
    """Open the HTTP client, with the guard and the politeness of the browser."""
    return Http.open(
        politeness,
        guard,
        user_agent=settings.user_agent,
        language=settings.language,
        upstream=settings.upstream,
        bases=settings.bases,
    )


async def fetched_pdf(http: Http, url: str) -> PageRead:
    """Read a post that is a PDF; raises PageFault, NotAPage or Outage."""
    answer = await http.get(url, most=MOST_BYTES)
    if answer.status != 200:
        return PageRead(url, answer.url, answer.status, "", "", method="pdf")
    if not answer.body.startswith(b"%PDF-"):
        raise NotAPage(f"it is a document ({answer.kind or 'of no named type'}), not a page", page=url)
    return await pdf_page(url, answer.url, answer.body)


@dataclass(eq=False, slots=True)
class Visits:
    """All visits of one cycle; use `Visits.open`."""

    settings: Settings
    pool: PagePool
    politeness: Politeness
    http: Http
    deaths: BrowserDeaths
    _robots: Robots | None
    again: Again | None = None
    """Called with the addresses of posts that were read too early."""
    agent: str = ""
    """The user agent of the browser; empty before it has read a page."""
    _breakers: Breakers = field(default_factory=Breakers)
    _answered: set[str] = field(default_factory=set)
    """Hosts that answered in this cycle."""

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        settings: Settings,
        pool: PagePool,
        politeness: Politeness,
        deaths: BrowserDeaths,
        again: Again | None = None,
    ) -> AsyncIterator[Self]:
        """Open what visits need for the length of the block."""
        async with client(settings, politeness, pool.guard) as http:
            robots = Robots(http.page, politeness.robots) if settings.robots else None
            visits = cls(settings, pool, politeness, http, deaths, robots, again)
            http.permit = visits.check_robots
            yield visits

    async def list_page(self, url: str) -> PageRead:
        """Read a careers page in the browser to its end; raises PageFault, NotAPage or Outage."""
        await self.check_robots(url)
        async with self.slot(host_of(url)) as slot:
            page = await self._read(slot, url, Seek.of(self.settings, glance, self._may_turn))
        self.note_answer(host_of(url), page)
        return page

    async def check_robots(self, url: str) -> None:
        """Follow robots.txt where the user wants that; raises NotAPage, PageFault or Outage."""
        if self._robots is not None:
            self.politeness.slow_down(host_of(url), await self._robots.delay_s(url))

    @asynccontextmanager
    async def slot(self, host: str) -> AsyncIterator[PageSlot]:
        """Wait until *host* may be visited and a page may open; holds no slot while it waits for the host.

        Raises NotYet when the host is to be left alone for too long.
        """
        async with self.politeness.permit(host):
            while True:
                await self.politeness.due(host)
                async with self.pool.slot() as slot:
                    if self.politeness.begin(host):
                        yield slot
                        return

    async def post_page(self, slot: PageSlot, url: str) -> PageRead:
        """Read a post in *slot*; raises PageFault, NotAPage or Outage."""
        openable_page(url)
        page = await self._read(slot, url, None)
        if page.again and self.again is not None:
            await self.again(page.again)
        host = host_of(url)
        self.note_answer(host, page)
        self._breakers.worked(host)
        return page

    async def pdf_page(self, url: str) -> PageRead:
        """Read a post that is a PDF, by HTTP; raises PageFault, NotAPage or Outage. No slot may be held."""
        page = await fetched_pdf(self.http, url)
        self._answered.add(host_of(url))
        return page

    async def _read(self, slot: PageSlot, url: str, seek: Seek | None) -> PageRead:
        # A browser starts, or a page loads: until its text comes there is time.
        warm_up()
        try:
            page = await slot.read(url, seek=seek)
        finally:
            self.deaths.check()
        self.agent = page.agent or self.agent
        return page

    def note_answer(self, host: str, page: PageRead) -> None:
        """Note that *host* answered, and leave it alone if it asks for that."""
        if page.http_status == 429 or page.retry_after_s is not None:
            self.politeness.pause(host, page.retry_after_s)
        self._answered.add(host)

    def note_outage(self, host: str, fault: TaskError) -> float | None:
        """Note that *host* could not be reached; after several times gives the seconds to leave it alone.

        A browser that ended is no fault of the host.
        """
        if isinstance(fault, BrowserLost | Throttled) or not (pause_s := self._breakers.failed(host)):
            return None
        self.politeness.pause(host, pause_s)
        return pause_s

    def others_answer(self, host: str) -> bool:
        """Tell whether hosts other than *host* answered in this cycle: then the network is there."""
        return bool(self._answered - {host})

    async def _may_turn(self, url: str) -> bool:
        """Wait until a further page of a list may be opened; tells whether it may."""
        host = host_of(url)
        try:
            await self.check_robots(url)
            if self.politeness.long_pause_s(host):
                return False
            await self.politeness.due(host)
        except TaskError:
            return False
        self.politeness.begin(host)
        return True
