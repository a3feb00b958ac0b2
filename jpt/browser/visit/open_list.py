"""A list being read to its end: its limits, and what was found."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import anyio
from playwright.async_api import Error as PlaywrightError

from jpt.browser.visit.frame_probe import FrameProbe, Observation
from jpt.browser.visit.gather import Gathered
from jpt.browser.visit.traffic import Traffic
from jpt.identity.urls import site_of
from jpt.models.pages import Anchor, Cut, Glance, PageRead
from jpt.settings import Settings

CHANGE_S = 1.6
"""How long a press or a scroll may take to show anything, unless the page is busy."""
BUSY_S = 7.0
"""The same while an answer is pending, the page says that it is busy, or is known to have more."""
OPEN_S = 30.0
"""Longest time for a further page of the list to open."""

Made = Callable[[Observation], PageRead]
"""Makes the value of what one look saw."""

Look = Callable[[], Awaitable[Observation]]
"""Reads a page that was just opened, once it shows its list."""

Glancer = Callable[[PageRead], Glance]
"""Finds what a page shows that may be the list."""

Turn = Callable[[str], Awaitable[bool]]
"""Waits until a further page of a host may be opened; False when it may not."""


@dataclass(frozen=True, slots=True)
class Seek:
    """How a list is judged, and how far it is read."""

    glance: Glancer
    turn: Turn | None = None
    pages: int = 50
    presses: int = 200
    seconds: float = 75.0
    saved: bool = False
    """The page is a saved one: nothing more comes from its server."""

    @classmethod
    def of(cls, settings: Settings, glance: Glancer, turn: Turn | None = None) -> Seek:
        """Seek as far as the settings say, judging each page once."""
        return cls.within(glance, turn, settings.list_pages, settings.list_presses, settings.more_s)

    @classmethod
    def within(cls, glance: Glancer, turn: Turn | None, pages: int, presses: int, seconds: float) -> Seek:
        """Seek so far, judging each page once."""
        return cls(_judged_once(glance), turn, pages, presses, seconds)


@dataclass(eq=False, slots=True)
class OpenList:
    """One list being read to its end."""

    probe: FrameProbe
    """On the main frame."""
    traffic: Traffic
    seek: Seek
    made: Made
    look: Look
    gathered: Gathered
    end: float
    """The moment, by the monotonic clock, at which the time for it is over."""
    known: set[str] = field(default_factory=set)
    """Addresses of the jobs found so far."""
    total: int | None = None
    """How many jobs the page says that there are."""
    presses: int = 0
    scrolls: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    """Rows without links whose addresses were found."""

    @classmethod
    def of(
        cls, probe: FrameProbe, traffic: Traffic, seek: Seek, made: Made, look: Look, first: PageRead
    ) -> OpenList:
        """Begin with what the *first* read showed."""
        glance = seek.glance(first)
        end = monotonic() + seek.seconds
        return cls(probe, traffic, seek, made, look, Gathered(first), end, set(glance.jobs), glance.advertised)

    # ---- what was found

    def add(self, rest: Observation, *, frame: bool = False) -> bool:
        """Add what a look saw; True if it has new jobs."""
        page = self.made(rest)
        self.gathered.add(page, frame=frame)
        glance = self.seek.glance(page)
        fresh = glance.jobs - self.known
        self.known |= fresh
        if glance.advertised is not None:
            self.total = max(self.total or 0, glance.advertised)
        return bool(fresh)

    def add_links(self, anchors: Iterable[Anchor]) -> int:
        """Add links that no look saw; gives how many new jobs are among them."""
        self.gathered.add_anchors(anchors)
        fresh = self.seek.glance(self.gathered.page).jobs - self.known
        self.known |= fresh
        return len(fresh)

    def note(self, how: str) -> None:
        """Note how more was reached."""
        self.gathered.notes.append(how)

    def cut(self, cut: Cut) -> None:
        """Note that reading ended before the list did."""
        self.gathered.cuts.append(cut)

    async def cut_by_fault(self, page: int | None = None) -> None:
        """Note the list as cut where a request of its page to its own site failed, among `traffic.recent`."""
        is_bad, status = await self.traffic.bad_status(site_of(self.probe.page.url))
        if is_bad:
            self.cut(Cut("answer", page=page, status=status))

    # ---- how far there is to go

    @property
    def incomplete(self) -> bool:
        """Whether the page says that there are more jobs than were found."""
        return self.total is not None and len(self.known) < self.total

    def is_over(self) -> bool:
        """Tell whether the time for this list is over, and note it as cut then."""
        if monotonic() < self.end:
            return False
        self.cut(Cut("time", limit=round(self.seek.seconds)))
        return True

    def may_press(self) -> bool:
        """Tell whether one more control may be pressed, and note the list as cut where not."""
        if self.presses < self.seek.presses:
            return True
        self.cut(Cut("presses", limit=self.seek.presses))
        return False

    async def may_open(self, url: str) -> bool:
        """Wait until *url* may be opened; False when it may not."""
        return self.seek.turn is None or await self.seek.turn(url)

    # ---- what the page does

    async def changed(
        self, probe: FrameProbe, signature: object, stale: set[Any], patience_s: float = CHANGE_S
    ) -> Observation:
        """Look once the page shows something else than *signature*, or in vain; *stale* requests do not count."""
        rest = await probe.settle(other_than=signature, patience_s=patience_s, busy_s=BUSY_S)
        end = min(monotonic() + BUSY_S, self.end)
        while self.traffic.pending - stale and monotonic() < end:
            await self.traffic.next_answer(end)
            rest = await probe.settle(other_than=signature, patience_s=0.4, busy_s=BUSY_S)
        return rest

    async def press(
        self, probe: FrameProbe, rest: Observation, function: str, *arguments: object
    ) -> Observation | None:
        """Press by a *function* of the scripts and look at what that changes; None when it cannot be pressed."""
        stale = set(self.traffic.pending)
        self.traffic.recent.clear()
        if not await probe.call(function, *arguments):
            return None
        self.presses += 1
        return await self.changed(probe, rest.signature, stale)

    async def open(self, url: str, number: int | None = None) -> Observation | None:
        """Open *url*, page *number* of the list, in the same tab and look; None if that fails."""
        if not await self.may_open(url):
            self.cut(Cut("host", page=number))
            return None
        try:
            with anyio.fail_after(max(1.0, min(OPEN_S, self.end - monotonic()))):
                response = await self.probe.page.goto(url, wait_until="commit", timeout=0)
                if response is not None and response.status >= 400:
                    self.cut(Cut("page", page=number, status=response.status))
                    return None
                return await self.look()
        except (PlaywrightError, TimeoutError):
            self.cut(Cut("page", page=number))
            return None


def _judged_once(glance: Glancer) -> Glancer:
    last: list[tuple[PageRead, Glance]] = []

    def once(page: PageRead) -> Glance:
        for known, found in last:
            if known.anchors is page.anchors and known.text is page.text and known.http_status == page.http_status:
                return found
        last[:] = [*last[-1:], (page, glance(page))]
        return last[-1][1]

    return once
