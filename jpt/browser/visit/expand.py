"""More of a list than its page shows at first: scrolling, loading more, rows, pages, frames, data.

Only if the page gave a sign of more, and within limits; what was reached is noted.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError

from jpt.browser.visit import frames, paging, scrolling, unlinked_rows, views
from jpt.browser.visit.frame_probe import FrameProbe, Observation
from jpt.browser.visit.from_data import add_from_data
from jpt.browser.visit.open_list import BUSY_S, CHANGE_S, Look, OpenList
from jpt.browser.visit.traffic import Traffic
from jpt.errors import PageFault
from jpt.models.pages import Cut, PageRead
from jpt.text.counts import counted

_SIGNS = ("grew", "lost", "waits", "more", "next", "pages", "frames", "rows", "data", "busy")

log = logging.getLogger(__name__)


async def expand(list_: OpenList, rest: Observation, late: Look) -> PageRead:
    """Read the list that *rest* is the first look at to its end, where it gave a sign of more.

    *late* waits for a list that has not come, where nothing else gave one.
    """
    first = list_.gathered.first
    glance = list_.seek.glance(first)
    signs = list_.traffic.has_answers or any(rest.signs.get(sign) for sign in _SIGNS)
    if glance.barred or (glance.enough and not (list_.incomplete or signs)):
        return first
    try:
        await _expanded(list_, rest)
        if not list_.seek.saved and not list_.seek.glance(list_.gathered.page).enough:
            rest = await late()
            list_.gathered.first = replace(list_.made(rest), http_status=first.http_status)
            list_.add(rest)
            await _expanded(list_, rest)
    except (PageFault, PlaywrightError) as exc:
        # What was read is kept, and the list reported as cut.
        log.info("%s: reading on failed: %s", first.url, exc)
        list_.cut(Cut("broken"))
    return list_.gathered.page


def hints(rest: Observation, traffic: Traffic) -> bool:
    """Tell whether a page without a job shows where else its jobs may be."""
    return traffic.has_answers or any(rest.signs.get(sign) for sign in ("frames", "rows", "data", "more", "next"))


async def _expanded(list_: OpenList, rest: Observation) -> None:
    if list_.seek.saved:
        await unlinked_rows.resolve(list_, list_.probe, rest)
    else:
        await _exhaust(list_, list_.probe, rest)
        await _frames(list_)
    await add_from_data(list_)


async def _exhaust(list_: OpenList, probe: FrameProbe, rest: Observation) -> None:
    """Read one frame to its end: what scrolling and pressing bring, its further pages, its other views."""
    rest = await _unfold(list_, probe, rest)
    rest = await paging.turn_pages(list_, probe, rest, _unfold)
    await views.turn_views(list_, probe, rest, _unfold)


async def _unfold(list_: OpenList, probe: FrameProbe, rest: Observation) -> Observation:
    """Scroll, load more and find out where rows lead, on the page as it stands."""
    rest = await scrolling.scroll(list_, probe, rest)
    rest = await _load_more(list_, probe, rest)
    await unlinked_rows.resolve(list_, probe, rest)
    return rest


async def _load_more(list_: OpenList, probe: FrameProbe, rest: Observation) -> Observation:
    """Press what loads more until it is gone or brings nothing."""
    spent: set[str] = set()
    pressed = 0
    while not list_.is_over():
        control = next((each for each in rest.signs.get("more", ()) if each["words"] not in spent), None)
        if control is None or not list_.may_press():
            break
        before, place = rest, probe.page.url
        list_.traffic.recent.clear()
        after = await _pressed(list_, probe, rest, control["id"])
        if after is None:
            spent.add(control["words"])
            continue
        rest = after
        if list_.add(rest):
            pressed += 1
            if rest.signs.get("lost"):
                rest = await scrolling.step_down(list_, probe, rest)
            continue
        spent.add(control["words"])
        await list_.cut_by_fault()
        if not probe.url and _path(probe.page.url) != _path(place):
            # It led to another page, which is no part of this list.
            rest = await list_.open(place) or before
    if pressed:
        list_.note(f"{pressed} × more loaded")
        list_.gathered.turned += pressed
    return rest


async def _pressed(list_: OpenList, probe: FrameProbe, rest: Observation, control: Any) -> Observation | None:
    """Press a control and look when that has shown something, or will not; None when it cannot be pressed."""
    stale = set(list_.traffic.pending)
    if not await probe.call("pressControl", control):
        return None
    list_.presses += 1
    resting = await probe.call("controlState", control) == "resting"
    patience_s = BUSY_S if resting or list_.incomplete else CHANGE_S
    return await list_.changed(probe, rest.signature, stale, patience_s)


def _path(url: str) -> tuple[str, ...]:
    return urlsplit(url)[:3]


async def _frames(list_: OpenList) -> None:
    """Read the frames of other origins."""
    if not list_.probe.page.frames[1:]:
        return
    count = 0
    for probe in await frames.eyes(list_.probe):
        if list_.is_over():
            break
        with suppress(PlaywrightError, PageFault):
            count += await _frame(list_, probe)
    if count:
        list_.note(counted(count, "frame"))


async def _frame(list_: OpenList, probe: FrameProbe) -> bool:
    """Read one frame to its end; True if its first look showed new jobs."""
    rest = await probe.settle(patience_s=BUSY_S)
    if list_.traffic.pending:
        rest = await list_.changed(probe, rest.signature, set(), 0.3)
    fresh = list_.add(rest, frame=True)
    if not fresh and not list_.seek.glance(list_.gathered.page).enough:
        # A frame's list may come late as any other's.
        rest = await list_.changed(probe, rest.signature, set(), BUSY_S)
        fresh = list_.add(rest)
    await _exhaust(list_, probe, rest)
    return fresh
