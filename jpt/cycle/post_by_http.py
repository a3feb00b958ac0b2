"""Posts read by HTTP, where that has proved to give the same as the browser.

The first three posts of a site and shape of address are read both ways. Where title, years with their quote,
facts, sentences and whether it is open agree, further posts of that shape are read by HTTP, and one in twenty both
ways again. Where those differ the shape goes back to the browser, and what was read since the last check is read
again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urlsplit

import anyio

from jpt import __version__
from jpt.cycle.contents import answer_text
from jpt.cycle.guarded import apply
from jpt.cycle.sources import HTML, get_once
from jpt.cycle.store_calls import StoreCalls
from jpt.errors import TaskError
from jpt.extract.finding import NoJob, ReadPost, read_post
from jpt.extract.markup import page_of
from jpt.identity.shapes import shape_of
from jpt.identity.urls import host_of, key_of
from jpt.models import events
from jpt.models.events import Report
from jpt.models.jobs import Finding, Task
from jpt.models.pages import Anchor, PageRead, Via
from jpt.net.http import Http, Response, Validators
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.post_shapes import CHECK_EACH, PROOFS, Shape
from jpt.text.clock import is_within, local_time
from jpt.text.counts import counted
from jpt.text.decoding import UndecodableError

METHOD = "http"
CHECK_AFTER_MS = 7 * 24 * 3600 * 1000
"""A comparison holds no longer, and posts that never agree are tried again after it."""
IN_VAIN = 3
"""Disagreements after which a shape is left to the browser for that time."""
_LONGEST = 8_000_000

How = Literal["browser", "both", "http"]
"""How a post is to be read."""


@dataclass(eq=False, slots=True)
class PostsByHttp:
    """Decides how posts are read, reads them by HTTP, and compares."""

    store: Store
    db: StoreCalls
    http: Http
    settings: Settings
    report: Report
    again: Callable[[], None]
    """Called when posts wait to be read again."""
    vias: Mapping[str, Via] = field(default_factory=dict)
    """How sites are read for which the user has decided that."""
    _underway: Counter[tuple[str, str, How]] = field(default_factory=Counter)
    """Posts that are being read, by site, shape and how."""
    _compared: anyio.Event = field(default_factory=anyio.Event)
    _ahead: dict[int, _Ahead] = field(default_factory=dict)
    """Posts asked for by HTTP while they are rendered, by task."""

    @asynccontextmanager
    async def way(self, task: Task) -> AsyncIterator[How]:
        """Decide how a post is read in the block; if "both" ways, it must be handed to `compare`."""
        how = await self._how(task)
        mine = (task.site, shape_of(task.url), how)
        try:
            yield how
        finally:
            self._underway[mine] -= 1
            await self._drop(task)
            if how == "both":
                self._compared.set()
                self._compared = anyio.Event()

    async def _how(self, task: Task) -> How:
        via = self.vias.get(task.site, "auto")
        if via == "browser" or not (self.settings.cheap == "auto" or via == "http") or urlsplit(task.url).fragment:
            return "browser"
        place = (task.site, shape_of(task.url))
        while True:
            known = await self.db(self.store.post_shapes.shape, *place, __version__)
            reading = replace(known, reads=known.reads + self._underway[*place, "http"])
            found = how_now(reading, self._underway[*place, "both"], self.store.clock())
            if found is not None:
                self._underway[*place, found] += 1
                return found
            await self._compared.wait()

    async def post(self, task: Task) -> ReadPost | None:
        """Read a post by HTTP; None if there is any doubt: the browser has to read it."""
        place = (task.site, shape_of(task.url))
        known = await self.db(self.store.post_shapes.shape, *place, __version__)
        try:
            page = await self._page(task, known.agent)
            found = None if page is None else await self._reading(task, page)
        except TaskError:
            return None
        # A page with much less text than those that proved right needs its scripts.
        is_whole = isinstance(found, Finding) and len(found.text) * 2 >= known.least
        return ReadPost(page, found) if page is not None and found is not None and is_whole else None

    async def is_taken(self, task: Task) -> bool:
        """Note that a leased post was read by HTTP; False where that has proved wrong meanwhile."""
        place = (task.site, shape_of(task.url))
        return await self.db(self.store.post_shapes.read, *place, __version__, task.id)

    def ask_ahead(self, task: Task, agent: str) -> None:
        """Request a post that is read both ways while the browser, whose user agent is *agent*, renders it."""
        if agent and task.id not in self._ahead:
            asking = asyncio.get_running_loop().create_task(self._page(task, agent))
            self._ahead[task.id] = _Ahead(agent, asking)

    async def _drop(self, task: Task) -> None:
        if (ahead := self._ahead.pop(task.id, None)) is not None:
            ahead.asking.cancel()
            await asyncio.gather(ahead.asking, return_exceptions=True)

    async def _asked(self, task: Task, agent: str) -> PageRead | None:
        """Give the answer to the request ahead if that had the same *agent*; else request now."""
        ahead = self._ahead.get(task.id)
        if ahead is None or ahead.agent != agent:
            return await self._page(task, agent)
        return await asyncio.shield(ahead.asking)

    async def compare(self, task: Task, rendered: PageRead) -> PageRead | ReadPost:
        """Compare a *rendered* post with what HTTP gives; gives the rendered one, read."""
        place = (task.site, shape_of(task.url))
        try:
            by_browser = await self._outcome(task, rendered)
            page = await self._asked(task, rendered.agent)
            if page is not None and words_of(page) == words_of(rendered):
                by_http = by_browser
            else:
                by_http = None if page is None else await self._outcome(task, page)
        except TaskError:
            return rendered
        if isinstance(by_browser, Finding) and by_http is not None and await apply(is_alike, by_browser, by_http):
            chars = len(by_browser.text)
            await self.db(self.store.post_shapes.agreed, *place, __version__, rendered.agent, chars)
        elif isinstance(by_browser, Finding) or isinstance(by_http, Finding):
            await self._sent_back(place)
        return rendered if by_browser is None else ReadPost(rendered, by_browser)

    async def _sent_back(self, place: tuple[str, str]) -> None:
        known = await self.db(self.store.post_shapes.shape, *place, __version__)
        count = await self.db(self.store.post_shapes.disagreed, *place, __version__)
        if known.is_proven:
            again = f": {counted(count, 'post is', 'posts are')} read again" if count else ""
            words = f"Posts of {place[0]} at {place[1]} differ between HTTP and the browser{again}."
            self.report(events.Notice(words))
        if count:
            self.again()

    async def _page(self, task: Task, agent: str) -> PageRead | None:
        """Request a post with the headers of the browser; None if that gives no page."""
        answer = await get_once(self.http, task.url, Validators(), accept=HTML, most=_LONGEST, agent=agent)
        return None if answer is None else await apply(page_in, task.url, answer)

    async def _reading(self, task: Task, page: PageRead) -> Finding | NoJob:
        text, _ = await self.db(self.store.queue.link_text, task, key_of(task.url))
        today = local_time(self.store.clock()).date()
        return await apply(read_post, page, text, self.settings.max_years, today, self.settings.years)

    async def _outcome(self, task: Task, page: PageRead) -> Finding | NoJob | None:
        with suppress(TaskError):
            return await self._reading(task, page)
        return None


@dataclass(frozen=True, slots=True)
class _Ahead:
    """A request that is under way."""

    agent: str
    asking: asyncio.Task[PageRead | None]


def words_of(page: PageRead) -> PageRead:
    """Give a page with only what the rules of posts look at: where that is the same, the reading is. Pure."""
    anchors = tuple(
        Anchor(one.url, one.text, one.heading, region=one.region, visible=one.visible) for one in page.anchors
    )
    return replace(
        page, anchors=anchors, method="", seconds=0.0, settled=True, hints=(), strange=(), agent="", again=()
    )


def how_now(known: Shape, comparing: int, now_ms: int) -> How | None:
    """Decide how a post of a shape is read, while *comparing* others of it; None: when those are compared."""
    is_fresh = is_within(known.ts_ms, now_ms, CHECK_AFTER_MS)
    if known.is_proven:
        is_due = known.reads + 1 >= CHECK_EACH or not is_fresh
        return "both" if is_due and not comparing else "http"
    if known.differed >= IN_VAIN and is_fresh:
        return "browser"
    return "both" if known.proofs + comparing < PROOFS else None


def page_in(url: str, answer: Response) -> PageRead | None:
    """Read an answer as the page at *url*; None where it is none, or one of another host. Pure."""
    if answer.status != 200 or "html" not in answer.kind or host_of(answer.url) != host_of(url):
        return None
    try:
        page = page_of(answer_text(answer), answer.url)
    except UndecodableError:
        return None
    return replace(page, url=url, final_url=answer.url, http_status=answer.status, method=METHOD)


def is_alike(one: Finding, other: Finding | NoJob) -> bool:
    """Tell whether two readings of a post agree: title, years with their quote, facts, sentences. Pure."""
    if not isinstance(other, Finding):
        return False
    same = one.title == other.title and one.experience == other.experience and one.facts == other.facts
    return same and _sentences(one.text) == _sentences(other.text)


def _sentences(text: str) -> set[str]:
    """Give the long lines: captions, counters and buttons may differ from visit to visit."""
    return {line for line in (" ".join(each.split()) for each in text.splitlines()) if len(line) >= _SENTENCE}


_SENTENCE = 60
