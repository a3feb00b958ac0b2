"""One visit of one page: navigate, let it settle, read it. Every call has a time limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from time import monotonic

import anyio
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Response

from jpt.browser import faults
from jpt.browser.visit.expand import expand, hints
from jpt.browser.visit.frame_probe import PATIENCE_S, UNRESPONSIVE_S, FrameProbe, Observation, script
from jpt.browser.visit.frames import consented, with_frames
from jpt.browser.visit.lesson import Lessons
from jpt.browser.visit.open_list import OpenList, Seek
from jpt.browser.visit.opened import Opened
from jpt.browser.visit.script_result import page_read
from jpt.browser.visit.study import Study
from jpt.browser.visit.traffic import Traffic
from jpt.errors import Download, NotAPage
from jpt.models.pages import PageRead
from jpt.net.guard import Refusal
from jpt.text.moments import retry_after_s

Refused = Callable[[str], Refusal | None]
"""Gives why no connection to the host of a URL was made, if none was."""

REFUSED_PATIENCE_S = 1.0
"""How long an error page (HTTP 400 and above) may take to show more."""

_DOCUMENTS = (
    "application/msword",
    "application/vnd.",
    "application/octet-stream",
    "application/zip",
)


ANSWERS_S = 2.0
"""Longest wait for pending answers before the first look."""


MOST_MISSED = 3
"""Most looks for answers that the page does not know of: those of workers and frames never show."""


async def visit(
    opened: Opened,
    url: str,
    refused: Refused,
    seek: Seek | None = None,
    patience_s: float = PATIENCE_S,
    lessons: Lessons | None = None,
) -> PageRead:
    """Go to *url* in the page that was *opened*, let it settle and read it; with *seek*, read a list to its end.

    A list that shows no job gets up to *patience_s* to show some. *refused* tells why a place could not be
    connected to. What the *lessons* say of posts like this one may end its wait.
    Raises PageFault, NotAPage or Outage. The caller holds the deadline.
    """
    begun = monotonic()
    traffic = Traffic.of(opened.page)
    response = await _go(opened.page, url, traffic, refused, watching=seek is not None)
    status = response.status if response else None

    def read(rest: Observation) -> PageRead:
        return page_read(
            rest.raw,
            url=url,
            http_status=status,
            seconds=monotonic() - begun,
            settled=rest.settled,
            retry_after_s=_retry_after(response),
        )

    made = _once_each(read)
    try:
        probe = FrameProbe(opened.page, opened.session, opened.frame, seeking=seek is not None)
        if status is not None and status >= 400:
            patience_s = min(patience_s, REFUSED_PATIENCE_S)
        enough = None if seek is None or seek.saved else lambda page: seek.glance(page).enough

        async def look() -> Observation:
            return await _look(probe, traffic, patience_s, enough, made)

        is_post = seek is None and (status or 0) < 400
        study = Study(lessons.of(url), url, probe, traffic, made) if lessons is not None and is_post else None
        rest = await (look() if study is None else study.look(look))
        seen = replace(made(rest), http_status=await _last_status(traffic, response))
        if seen.final_url.startswith("chrome-error:") and (why := refused(_asked_last(traffic, url))):
            raise faults.refusal_fault(url, why)
        if seek is None:
            seen = seen if study is None else replace(seen, again=tuple(study.again))
            return await with_frames(probe, seen, made)

        async def late() -> Observation:
            left_s = max(0.5, begun + patience_s + 1 - monotonic())
            return await _look(probe, traffic, left_s, enough, made, hinted=False)

        more = await expand(OpenList.of(probe, traffic, seek, made, look, seen), rest, late)
        return replace(more, seconds=monotonic() - begun, heard=traffic.heard)
    except PlaywrightError as exc:
        raise faults.reading_fault(url, exc.message) from exc


def _once_each(read: Callable[[Observation], PageRead]) -> Callable[[Observation], PageRead]:
    """Cache the result of *read* for the last look."""
    last: list[tuple[Observation, PageRead]] = []

    def made(rest: Observation) -> PageRead:
        if not last or last[0][0] is not rest:
            last[:] = [(rest, read(rest))]
        return last[0][1]

    return made


def _asked_last(traffic: Traffic, url: str) -> str:
    """Give the address of the last document request: a page may navigate by itself."""
    return traffic.document.url if traffic.document else url


async def _go(
    page: Page, url: str, traffic: Traffic, refused: Refused, *, watching: bool = False
) -> Response | None:
    """Navigate and give the answer of the last hop; with *watching*, watch.js is installed."""
    try:
        if watching:
            await page.add_init_script(script("watch.js"))
        response = await page.goto(url, wait_until="commit", timeout=0)
    except PlaywrightError as exc:
        raise faults.navigation_fault(url, exc.message, refused(_asked_last(traffic, url))) from exc
    kind = response.headers.get("content-type", "").lower() if response else ""
    if kind.startswith("application/pdf"):
        raise Download("it is a document (application/pdf), not a page", page=url)
    if kind.startswith(_DOCUMENTS):
        raise NotAPage(f"it is a document ({kind.partition(';')[0]}), not a page", page=url)
    return response


def _retry_after(response: Response | None) -> float | None:
    """Give the seconds that a server asks to wait, if it refused and does."""
    if response is None or response.status not in {429, 503}:
        return None
    return retry_after_s(response.headers.get("retry-after"), datetime.now(UTC))


async def _look(
    probe: FrameProbe,
    traffic: Traffic,
    patience_s: float,
    enough: Callable[[PageRead], bool] | None,
    made: Callable[[Observation], PageRead],
    *,
    hinted: bool = True,
) -> Observation:
    """Look until the page rests, no answer is pending and *enough* is met, or patience ends.

    With *hinted*, do not wait for *enough* if the page shows where else its jobs may be.
    """
    begun = monotonic()
    end = begun + patience_s
    # A look while answers are on their way is in vain, and costs a quiet window each time.
    while traffic.pending and monotonic() < (until := min(end, begun + ANSWERS_S)):
        await traffic.next_answer(until)
    traffic.look()
    rest = await probe.settle(patience_s=patience_s)
    if rest.asks_in_frame and probe.asks_frames:
        probe.asks_frames = False
        await consented(probe)
        traffic.look()
        rest = await probe.settle(patience_s=max(0.5, end - monotonic()))
    missed = 0
    while monotonic() < end:
        if traffic.pending:
            # Content that has been asked for is on its way: look again when it has come.
            await traffic.next_answer(end)
        elif missed < MOST_MISSED and traffic.is_ahead_of(rest.answered):
            # It came just after the look.
            missed += 1
        else:
            break
        traffic.look()
        rest = await probe.settle(patience_s=max(0.0, end - monotonic()))
    while enough is not None and not enough(made(rest)) and monotonic() < end:
        if hinted and hints(rest, traffic):
            break
        later = await probe.settle(other_than=rest.signature, patience_s=max(0.0, end - monotonic()))
        if later.unchanged:
            break
        rest = later
    return rest


async def _last_status(traffic: Traffic, opened: Response | None) -> int | None:
    """Give the status of the document on show: the page's script may have gone elsewhere."""
    first = opened.status if opened else None
    if traffic.document is None or (opened and traffic.document == opened.request):
        return first
    with anyio.move_on_after(UNRESPONSIVE_S):
        response = await traffic.document.response()
        return response.status if response else first
    return first
