"""The requests of a page while it is read: which are pending, and the data that came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic

import anyio
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Request

from jpt.identity.urls import site_of
from jpt.models.pages import DataResponse
from jpt.text.decoding import UndecodableError, decoded
from jpt.text.numbers import whole

WANTED = frozenset({"xhr", "fetch", "script", "document"})
_MOST_ANSWERS = 40
_LONGEST = 4_000_000
_ANSWER_S = 5.0
_MOST_RECENT = 40
_MOST_REQUESTS = 300


@dataclass(eq=False)
class Traffic:
    """The page's requests that may still bring content, and its last main document.

    Without slots: Playwright notes something on the object whose methods listen.
    """

    page: Page
    pending: set[Request] = field(default_factory=set)
    document: Request | None = None
    answered: anyio.Event = field(default_factory=anyio.Event)
    requests: list[Request] = field(default_factory=list)
    """What this document's scripts asked for, and its scripts, at most 300 of them."""
    recent: list[Request] = field(default_factory=list)
    """Requests of scripts that ended, well or badly, since this was last cleared."""
    _news_came: anyio.Event = field(default_factory=anyio.Event)
    _ended: Counter[str] = field(default_factory=Counter)
    """Requests of this document that were pending and ended, by address, without its own."""
    _news: set[str] = field(default_factory=set)
    """The addresses of those that ended since the last look began."""
    _asked: list[Request] = field(default_factory=list)
    """Finished requests of scripts, whose answers may be data."""
    _data: list[str] = field(default_factory=list)
    _heard: list[DataResponse] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page) -> Traffic:
        """Listen to *page* from now on."""
        traffic = cls(page)
        page.on("request", traffic.requested)
        page.on("requestfinished", traffic.finished)
        page.on("requestfailed", traffic.ended)
        return traffic

    def requested(self, request: Request) -> None:
        """Note a request."""
        if request.resource_type in WANTED:
            self.pending.add(request)
            if request.resource_type != "document" and len(self.requests) < _MOST_REQUESTS:
                self.requests.append(request)
                self._tell()
        if (
            request.resource_type == "document"
            and request.is_navigation_request()
            and request.frame == self.page.main_frame
        ):
            self.document = request
            self._ended.clear()
            self.requests.clear()

    def finished(self, request: Request) -> None:
        """Note that a request was answered."""
        if request.resource_type in {"xhr", "fetch"} and len(self._asked) < _MOST_ANSWERS:
            self._asked.append(request)
        self.ended(request)

    def ended(self, request: Request) -> None:
        """Note that a request is over."""
        if request.resource_type in {"xhr", "fetch"} and len(self.recent) < _MOST_RECENT:
            self.recent.append(request)
        if request in self.pending and request != self.document:
            self._ended[request.url] += 1
            self._news.add(request.url)
        self.pending.discard(request)
        self.answered.set()
        self.answered = anyio.Event()
        self._tell()

    def _tell(self) -> None:
        self._news_came.set()
        self._news_came = anyio.Event()

    def look(self) -> None:
        """Note that a look at the page begins."""
        self._news.clear()

    def is_ahead_of(self, answered: Mapping[str, int]) -> bool:
        """Tell whether more answers came since the look began than the page had *answered*, by address."""
        return any(self._ended[url] > answered.get(url, 0) for url in self._news)

    async def next_answer(self, until: float) -> None:
        """Wait until a request ends, at most to the moment *until*."""
        with anyio.move_on_after(max(0.0, until - monotonic())):
            await self.answered.wait()

    async def next_news(self, until: float) -> None:
        """Wait until something is asked for or a request ends, at most to the moment *until*."""
        with anyio.move_on_after(max(0.0, until - monotonic())):
            await self._news_came.wait()

    async def bad_status(self, site: str) -> tuple[bool, int | None]:
        """Tell whether a recent request of a script to *site* failed, and with which HTTP status."""
        for request in self.recent:
            if site_of(request.url) != site:
                continue
            with suppress(PlaywrightError), anyio.move_on_after(_ANSWER_S):
                # An answer whose body the page does not want counts as aborted, and has a status all the same.
                response = await request.response()
                if response is not None and response.status >= 400:
                    return True, response.status
                if response is None and request.failure and "ERR_ABORTED" not in request.failure:
                    return True, None
        return False, None

    @property
    def has_answers(self) -> bool:
        """Whether the page's scripts were answered anything."""
        return bool(self._asked or self._heard)

    @property
    def heard(self) -> tuple[DataResponse, ...]:
        """What the scripts were answered, as far as `json_answers` has read it."""
        return tuple(self._heard)

    async def json_answers(self) -> list[str]:
        """Give the JSON that the page's scripts were answered; to be asked before the page goes elsewhere."""
        asked, self._asked = self._asked, []
        for request in asked:
            with suppress(PlaywrightError, UndecodableError), anyio.move_on_after(_ANSWER_S):
                response = await request.response()
                kind = "" if response is None or not response.ok else response.headers.get("content-type", "")
                if response is None or not ("json" in kind or "html" in kind):
                    continue
                if (whole(response.headers.get("content-length")) or 0) > _LONGEST:
                    continue
                body = await response.body()
                if len(body) <= _LONGEST:
                    text = decoded(body, "json" if "json" in kind else "html")
                    self._heard.append(DataResponse(request.url, request.method, text))
                    self._data += [text] if "json" in kind else []
        return self._data
