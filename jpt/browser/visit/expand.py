"""More of a list than its page shows at first: scrolling, loading more, rows, pages, frames, data.

Works only where the page gave a sign that there is more, within limits, and says how it went.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any
from urllib.parse import urldefrag

import anyio
from playwright.async_api import Error as PlaywrightError

from jpt.browser.visit import frames, paging, rows, state
from jpt.browser.visit.eye import Eye, Rest
from jpt.browser.visit.gather import Gathered
from jpt.browser.visit.traffic import Traffic
from jpt.errors import PageFault
from jpt.models.pages import Anchor, Glance, PageRead
from jpt.settings import Settings
from jpt.text.counts import counted

CHANGE_S = 1.6
"""How long a press or a scroll may take to show anything, where nothing says that it will take longer."""
UNTOLD_S = 0.5
"""The same where only a script that fetches makes it likely."""
BUSY_S = 7.0
"""The same while an answer is pending, the page says that it is busy, or is known to have more."""
STEP_S = 0.35
"""How long rows may take to appear in a list that keeps only those in view."""
MOST_STEPS = 600
"""Steps down a list that keeps only the rows in view."""

_SIGNS = ("grew", "lost", "waits", "more", "next", "pages", "frames", "rows", "data", "busy")

log = logging.getLogger(__name__)

Made = Callable[[Rest], PageRead]
"""Makes the value of what one look saw."""


Look = Callable[[], Awaitable[Rest]]
"""Looks at a page that was just gone to, until it has what it promises."""


Glancer = Callable[[PageRead], Glance]
"""Tells what a page shows that may be the list."""

Turn = Callable[[str], Awaitable[bool]]
"""Waits until a further page of a host may be opened, and tells whether it may."""


@dataclass(frozen=True, slots=True)
class Seek:
    """What a list is read for, and how far to go for it."""

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
        return cls(_judged_once(glance), turn, settings.list_pages, settings.list_presses, settings.more_s)


@dataclass(eq=False, slots=True)
class Expansion:
    """One list being read to its end."""

    eye: Eye
    traffic: Traffic
    seek: Seek
    made: Made
    look: Look
    gathered: Gathered
    end: float
    known: set[str] = field(default_factory=set)
    total: int | None = None
    presses: int = 0
    scrolls: int = 0
    found_rows: list[dict[str, Any]] = field(default_factory=list)

    # ---- what is known

    def take(self, rest: Rest, *, frame: bool = False) -> bool:
        """Add what a look saw; tells whether it showed jobs that were not known."""
        return self.take_page(self.made(rest), frame=frame)

    def take_page(self, page: PageRead, *, frame: bool = False) -> bool:
        """Add a read; tells whether it showed jobs that were not known."""
        self.gathered.add(page, frame=frame)
        glance = self.seek.glance(page)
        fresh = glance.jobs - self.known
        self.known |= fresh
        if glance.advertised is not None:
            self.total = max(self.total or 0, glance.advertised)
        return bool(fresh)

    def take_anchors(self, anchors: Iterable[Anchor]) -> int:
        """Add links that no read showed; gives how many jobs among them were not known."""
        self.gathered.add_anchors(anchors)
        fresh = self.seek.glance(self.gathered.page).jobs - self.known
        self.known |= fresh
        return len(fresh)

    @property
    def incomplete(self) -> bool:
        """Whether the page says that there are more jobs than were found."""
        return self.total is not None and len(self.known) < self.total

    @property
    def over(self) -> bool:
        """Whether the time for this list is over; says so."""
        if monotonic() < self.end:
            return False
        self.cut(f"stopped after {self.seek.seconds:g} s")
        return True

    def cut(self, what: str) -> None:
        """Note what was left."""
        self.gathered.cut.append(what)

    async def changed(self, eye: Eye, signature: object, stale: set[Any], patience_s: float | None = None) -> Rest:
        """Look when the page shows something else than *signature*, or will not; *stale* requests do not count."""
        patience = CHANGE_S if patience_s is None else patience_s
        rest = await eye.settle(other_than=signature, patience_s=patience, busy_s=BUSY_S)
        end = min(monotonic() + BUSY_S, self.end)
        while self.traffic.pending - stale and monotonic() < end:
            await self.traffic.next_answer(end)
            rest = await eye.settle(other_than=signature, patience_s=0.4, busy_s=BUSY_S)
        return rest

    # ---- the steps

    async def run(self, rest: Rest) -> None:
        """Read the list to its end."""
        if self.seek.saved:
            await rows.resolve(self, self.eye, rest)
        else:
            await self.exhaust(self.eye, rest)
            await self.framed()
        await self.from_data()

    async def exhaust(self, eye: Eye, rest: Rest) -> None:
        """Read one frame to its end: what scrolling and pressing bring, then its further pages."""
        rest = await self.unfold(eye, rest)
        await paging.turn_pages(self, eye, rest)

    async def unfold(self, eye: Eye, rest: Rest) -> Rest:
        """Scroll, load more and find out where rows lead, on the page as it stands."""
        rest = await self.scroll(eye, rest)
        rest = await self.load_more(eye, rest)
        await rows.resolve(self, eye, rest)
        return rest

    async def scroll(self, eye: Eye, rest: Rest) -> Rest:
        """Scroll until nothing new comes."""
        signs = rest.signs
        if signs.get("lost"):
            return await self._step_down(eye, rest)
        told = signs.get("grew") or signs.get("waits") or self.incomplete
        if not signs.get("scrolls") or not (told or self.traffic.has_answers):
            return rest
        patience = CHANGE_S if told else UNTOLD_S
        fruitless = 0
        while fruitless < (2 if self.incomplete else 1) and not self.over and self.scrolls < MOST_STEPS:
            stale = set(self.traffic.pending)
            await eye.call("scrollToBottoms")
            rest = await self.changed(eye, rest.signature, stale, patience)
            self.scrolls += 1
            new = self.take(rest)
            fruitless = 0 if new else fruitless + 1
            patience = CHANGE_S if new else patience
            if not new and rest.unchanged and not self.incomplete:
                break
        if self.scrolls > 1:
            self.gathered.notes.append("scrolled")
        return await self._step_down(eye, rest) if self.incomplete and not self.over else rest

    async def _step_down(self, eye: Eye, rest: Rest) -> Rest:
        """Go down a list that keeps only the rows in view, reading at each step."""
        await eye.call("scrollToTop")
        still = 0
        for _ in range(MOST_STEPS):
            if self.over:
                break
            stale = set(self.traffic.pending)
            rest = await self.changed(eye, rest.signature, stale, STEP_S)
            new = self.take(rest)
            moved = await eye.call("scrollStep")
            still = 0 if moved or new else still + 1
            if still >= 3 or (still and rest.unchanged and not self.incomplete):
                break
        self.gathered.notes.append("scrolled")
        return rest

    async def load_more(self, eye: Eye, rest: Rest) -> Rest:
        """Press what loads more until it is gone or brings nothing."""
        spent: set[str] = set()
        pressed = 0
        while not self.over:
            control = next((each for each in rest.signs.get("more", ()) if each["words"] not in spent), None)
            if control is None:
                break
            if self.presses >= self.seek.presses:
                self.cut(f"capped at {counted(self.seek.presses, 'press', 'presses')}")
                break
            before, stale, place = rest, set(self.traffic.pending), eye.page.url
            if not await eye.call("pressControl", control["id"]):
                spent.add(control["words"])
                continue
            self.presses += 1
            resting = await eye.call("controlState", control["id"]) == "resting"
            rest = await self.changed(
                eye, before.signature, stale, BUSY_S if resting or self.incomplete else CHANGE_S
            )
            if self.take(rest):
                pressed += 1
                if rest.signs.get("lost"):
                    rest = await self._step_down(eye, rest)
                continue
            spent.add(control["words"])
            if (
                urldefrag(eye.page.url)[0].partition("?")[0] != urldefrag(place)[0].partition("?")[0]
                and not eye.url
            ):
                # It led to another place, which is none of this list.
                rest = await self.open(place) or before
        if pressed:
            self.gathered.notes.append(f"{pressed} × more loaded")
        return rest

    async def open(self, url: str) -> Rest | None:
        """Go to *url* in the same tab and look; None when that cannot be."""
        if self.seek.turn is not None and not await self.seek.turn(url):
            return None
        try:
            with anyio.fail_after(max(1.0, min(30.0, self.end - monotonic()))):
                response = await self.eye.page.goto(url, wait_until="commit", timeout=0)
                if response is not None and response.status >= 400:
                    self.cut(f"{url} answered HTTP {response.status}")
                    return None
                return await self.look()
        except (PlaywrightError, TimeoutError):
            self.cut(f"{url} could not be opened")
            return None

    async def framed(self) -> None:
        """Read the frames of other origins."""
        if not self.eye.page.frames[1:]:
            return
        count = 0
        for eye in await frames.eyes(self.eye):
            if self.over:
                break
            with suppress(PlaywrightError, PageFault):
                rest = await eye.settle(patience_s=BUSY_S)
                if self.traffic.pending:
                    rest = await self.changed(eye, rest.signature, set(), 0.3)
                fresh = self.take(rest, frame=True)
                if not fresh and not self.seek.glance(self.gathered.page).enough:
                    # A frame's list may come late as any other's.
                    rest = await self.changed(eye, rest.signature, set(), BUSY_S)
                    fresh = self.take(rest)
                await self.exhaust(eye, rest)
                count += fresh
        if count:
            self.gathered.notes.append(f"{counted(count, 'frame')}")

    async def from_data(self) -> None:
        """Add jobs that the page's data holds and its links do not."""
        texts = [*self.gathered.first.json_ld, *await self.traffic.json_answers()]
        with suppress(PlaywrightError, PageFault):
            inline = await self.eye.call("inlineData")
            texts += [text for text in inline if isinstance(text, str)] if isinstance(inline, list) else []
        page = self.gathered.page
        glance = self.seek.glance(page)
        jobs = glance.jobs
        linked = [anchor for anchor in page.anchors if anchor.url in jobs]
        titles = frozenset(
            words.casefold() for anchor in linked for words in (anchor.text, anchor.heading) if words
        )
        found = await anyio.to_thread.run_sync(state.entries, texts, titles)
        if not found:
            return
        placed = state.placed(found, page.anchors, jobs, page.final_url)
        anchors = placed.anchors
        if anchors and not (placed.sure or self.seek.saved) and not await self._opens(anchors[0].url):
            anchors = ()
        if not anchors and not glance.enough and not self.seek.saved:
            anchors = await self._guessed(found, page)
        if anchors:
            fresh = self.take_anchors(anchors)
            self.gathered.notes.append(f"{fresh} from its data")

    async def _opens(self, url: str) -> bool:
        with suppress(PlaywrightError, PageFault):
            return await self.eye.call("opens", url, limit_s=20) is True
        return False

    async def _guessed(self, found: list[state.Entry], page: PageRead) -> tuple[Anchor, ...]:
        """Try addresses by custom for the first entry; the one that opens its post is the pattern of all."""
        others = [entry.title for entry in found[1:40]]
        for entry in found[:1]:
            with suppress(PlaywrightError, PageFault):
                tries = state.guesses(entry, page.final_url)
                url = await self.eye.call("firstThatOpens", tries, entry.title, others, limit_s=30)
                if isinstance(url, str) and url:
                    model = state.anchor_of(entry, url)
                    return (model, *state.placed(found, [model], frozenset([url]), page.final_url).anchors)
        return ()


def _judged_once(glance: Glancer) -> Glancer:
    last: list[tuple[PageRead, Glance]] = []

    def once(page: PageRead) -> Glance:
        for known, found in last:
            if known.anchors is page.anchors and known.text is page.text and known.http_status == page.http_status:
                return found
        last[:] = [*last[-1:], (page, glance(page))]
        return last[-1][1]

    return once


def hints(rest: Rest, traffic: Traffic) -> bool:
    """Tell whether a page without a job shows where else its jobs may be."""
    return traffic.has_answers or any(rest.signs.get(sign) for sign in ("frames", "rows", "data", "more", "next"))


async def expand(
    eye: Eye,
    traffic: Traffic,
    rest: Rest,
    seen: PageRead,
    seek: Seek,
    *,
    made: Made,
    look: Look,
    late: Look,
) -> PageRead:
    """Read the list that *seen* is the beginning of to its end, where it gave a sign of more.

    *late* waits for a list that has not come, where nothing else gave one.
    """
    glance = seek.glance(seen)
    told = glance.advertised is not None and glance.advertised > len(glance.jobs)
    plain = glance.enough and not (told or traffic.has_answers or any(rest.signs.get(sign) for sign in _SIGNS))
    if plain or glance.barred:
        return seen
    end = monotonic() + seek.seconds
    expansion = Expansion(eye, traffic, seek, made, look, Gathered(seen), end, set(glance.jobs), glance.advertised)
    try:
        await expansion.run(rest)
        if not seek.saved and not seek.glance(expansion.gathered.page).enough:
            rest = await late()
            expansion.gathered.first = replace(made(rest), http_status=seen.http_status)
            expansion.take(rest)
            await expansion.run(rest)
    except (PageFault, PlaywrightError) as exc:
        # What was read stays; that something went wrong on the way to more is told with it.
        log.info("%s: reading on failed: %s", seen.url, exc)
        expansion.cut("the page broke while the rest of its list was looked for")
    return expansion.gathered.page
