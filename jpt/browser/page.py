"""One visit of one page: go, let it settle, read it. Every call is under some limit."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files
from time import monotonic
from typing import Any

import anyio
from playwright.async_api import CDPSession, Page, Request, Response
from playwright.async_api import Error as PlaywrightError

from jpt.browser import faults
from jpt.browser.reading import CAPS, page_read
from jpt.errors import NotAPage, PageFault
from jpt.models import PageRead
from jpt.net.egress import Refusal

Enough = Callable[[PageRead], bool]
"""Tells whether a page shows what it was opened for; where not, it gets time to show more."""

Refused = Callable[[str], Refusal | None]
"""Tells why the place of a URL was not connected to, if it was not."""

WORLD = "jpt"
QUIET_MS = 120
"""A complete page whose nodes rest for this long is settled."""
STEADY_MS = 1_500
"""A page that never rests is settled when its links rest for this long."""
PATIENCE_S = 5.0
"""How long a page may take to show what it promises: a pending answer, a spinner, its first job."""
SETTLE_S = 20.0
"""Longest time from the first byte to the last look; then the page is read as it stands."""
UNRESPONSIVE_S = 10.0
"""Added to SETTLE_S: a page that has not answered by then is stuck in its own script."""
MAX_NAVIGATIONS = 12
"""Times that a page may send itself elsewhere while it is read; some reload themselves for ever."""
PATIENT_NAVIGATIONS = 4
"""After so many of them the page is read as it stands, before it goes again."""
REFUSED_PATIENCE_S = 1.0
"""How long an error page (HTTP 400 and above) may take to show more."""

_WANTED = frozenset({"xhr", "fetch", "script", "document"})
_DOCUMENTS = (
    "application/pdf",
    "application/msword",
    "application/vnd.",
    "application/octet-stream",
    "application/zip",
)


@dataclass(eq=False)
class _Traffic:
    """The page's requests that may still bring content, and its last main document.

    Without slots: Playwright notes something on the object whose methods listen.
    """

    page: Page
    pending: set[Request] = field(default_factory=set)
    document: Request | None = None
    answered: anyio.Event = field(default_factory=anyio.Event)

    def begun(self, request: Request) -> None:
        if request.resource_type in _WANTED:
            self.pending.add(request)
        if (
            request.resource_type == "document"
            and request.is_navigation_request()
            and request.frame == self.page.main_frame
        ):
            self.document = request

    def ended(self, request: Request) -> None:
        self.pending.discard(request)
        self.answered.set()

    async def next_answer(self, until: float) -> None:
        """Wait until a request ends, at most to the moment *until*."""
        self.answered = anyio.Event()
        with anyio.move_on_after(max(0.0, until - monotonic())):
            await self.answered.wait()


async def visit(page: Page, url: str, enough: Enough | None, refused: Refused) -> PageRead:
    """Open *url* in *page*, let it settle and read it.

    With *enough* given and not met, the page gets up to PATIENCE_S more to show it. *refused* tells why a
    place could not be connected to.
    Raises PageFault, NotAPage or Outage. The caller holds the deadline.
    """
    begun = monotonic()
    traffic = _listen(page)
    opened = await _go(page, url, traffic, refused)
    status = opened.status if opened else None

    def read(raw: object, *, settled: bool) -> PageRead:
        seconds = monotonic() - begun
        after_s = _retry_after(opened)
        return page_read(raw, url=url, http_status=status, seconds=seconds, settled=settled, retry_after_s=after_s)

    try:
        eye = await _Eye.on(page)
        patience_s = REFUSED_PATIENCE_S if status is not None and status >= 400 else PATIENCE_S
        seen = await _look(eye, traffic, patience_s, enough, read)
        return replace(seen, http_status=await _last_status(traffic, opened))
    except PlaywrightError as exc:
        raise faults.reading_fault(url, exc.message) from exc


def _listen(page: Page) -> _Traffic:
    traffic = _Traffic(page)
    page.on("request", traffic.begun)
    page.on("requestfinished", traffic.ended)
    page.on("requestfailed", traffic.ended)
    return traffic


async def _go(page: Page, url: str, traffic: _Traffic, refused: Refused) -> Response | None:
    """Navigate and give the answer of the last hop."""
    try:
        response = await page.goto(url, wait_until="commit", timeout=0)
    except PlaywrightError as exc:
        last = traffic.document.url if traffic.document else url
        raise faults.navigation_fault(url, exc.message, refused(last)) from exc
    kind = response.headers.get("content-type", "").lower() if response else ""
    if kind.startswith(_DOCUMENTS):
        raise NotAPage(f"{url} is a document ({kind.partition(';')[0]}), not a page.")
    return response


def _retry_after(response: Response | None) -> float | None:
    """Give the seconds that a server asks to wait (RFC 9110, 10.2.3), if it refused and does."""
    if response is None or response.status not in {429, 503}:
        return None
    said = response.headers.get("retry-after", "").strip()
    if said.isdigit() and len(said) < 9:
        return float(said)
    with suppress(ValueError, TypeError):
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    return None


async def _look(
    eye: _Eye, traffic: _Traffic, patience_s: float, enough: Enough | None, read: Callable[..., PageRead]
) -> PageRead:
    """Look until the page rests, no answer is pending and *enough* is met, or patience ends."""
    end = monotonic() + patience_s
    rest = await eye.settle(patience_s=patience_s)
    while traffic.pending and monotonic() < end:
        # Content that has been asked for is on its way: look again when it has come.
        await traffic.next_answer(end)
        rest = await eye.settle(patience_s=max(0.0, end - monotonic()))
    seen = read(rest.raw, settled=rest.settled)
    while enough is not None and not enough(seen) and monotonic() < end:
        rest = await eye.settle(other_than=rest.signature, patience_s=max(0.0, end - monotonic()))
        if rest.unchanged:
            break
        seen = read(rest.raw, settled=rest.settled)
    return seen


async def _last_status(traffic: _Traffic, opened: Response | None) -> int | None:
    """Give the status of the document on show: the page's script may have gone elsewhere."""
    first = opened.status if opened else None
    if traffic.document is None or (opened and traffic.document == opened.request):
        return first
    with anyio.move_on_after(UNRESPONSIVE_S):
        response = await traffic.document.response()
        return response.status if response else first
    return first


@dataclass(frozen=True, slots=True)
class _Rest:
    """What one look saw."""

    raw: object
    signature: object
    why: str

    @property
    def settled(self) -> bool:
        return self.why != "limit"

    @property
    def unchanged(self) -> bool:
        return self.why == "unchanged"


class _Eye:
    """Looks at a page from an isolated world, where the page's own script can redefine nothing."""

    def __init__(self, page: Page, session: CDPSession, frame: str) -> None:
        self._page = page
        self._session = session
        self._frame = frame

    @classmethod
    async def on(cls, page: Page) -> _Eye:
        session = await page.context.new_cdp_session(page)
        tree = await session.send("Page.getFrameTree")
        return cls(page, session, tree["frameTree"]["frame"]["id"])

    async def settle(self, *, other_than: object = None, patience_s: float = PATIENCE_S) -> _Rest:
        """Wait for rest and read; raises PageFault when the page's own script never ends."""
        options = {
            "quietMs": QUIET_MS,
            "steadyMs": STEADY_MS,
            "patienceMs": patience_s * 1000,
            "limitMs": SETTLE_S * 1000,
            "change": other_than,
            "caps": CAPS,
        }
        try:
            with anyio.fail_after(SETTLE_S + UNRESPONSIVE_S):
                value = await self._settled(options)
        except TimeoutError:
            raise PageFault(f"{self._page.url} does not answer: its own script never ends.") from None
        seen = value if isinstance(value, dict) else {}
        raw = seen.get("page")
        raw = {**raw, "href": seen.get("href")} if isinstance(raw, dict) else None
        return _Rest(raw, seen.get("signature"), str(seen.get("why", "limit")))

    async def _settled(self, options: dict[str, Any]) -> object:
        """Evaluate settle() in whatever document the page has come to."""
        for navigations in range(MAX_NAVIGATIONS):
            if navigations >= PATIENT_NAVIGATIONS:
                options = {**options, "limitMs": 0}
            try:
                return await self._evaluate(
                    f"(() => {{\n{_script()}\nreturn settle({json.dumps(options)});\n}})()"
                )
            except PlaywrightError as exc:
                if not faults.navigated(exc.message):
                    raise
                await anyio.sleep(0.05)
        raise PageFault(f"{self._page.url} keeps sending itself elsewhere.")

    async def _evaluate(self, expression: str) -> object:
        world = await self._session.send("Page.createIsolatedWorld", {"frameId": self._frame, "worldName": WORLD})
        answer = await self._session.send(
            "Runtime.evaluate",
            {
                "expression": expression,
                "contextId": world["executionContextId"],
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
        if "exceptionDetails" in answer:
            raise PageFault(f"{self._page.url} could not be read: {_exception(answer['exceptionDetails'])}.")
        value: object = answer["result"].get("value")
        return value


def _exception(details: dict[str, Any]) -> str:
    described = details.get("exception", {}).get("description") or details.get("text", "script error")
    return faults.first_line(str(described))


@cache
def _script() -> str:
    folder = files("jpt.browser") / "scripts"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in ("read.js", "settle.js"))
