"""Other parts of a list whose own count says that it has more: behind choices, tabs and headings that unfold."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from jpt.browser.visit import paging
from jpt.browser.visit.frame_probe import FrameProbe, Observation
from jpt.browser.visit.open_list import OpenList
from jpt.browser.visit.paging import Unfold
from jpt.text.counts import counted

FRUITLESS = 6
"""Views in a row that bring nothing before the others are left alone."""

View = dict[str, Any]


async def turn_views(list_: OpenList, probe: FrameProbe, rest: Observation, unfold: Unfold) -> None:
    """Go through the views of the list in *probe* while it is incomplete, each to its end."""
    spent: set[tuple[int, str]] = set()
    fruitful = fruitless = 0
    while list_.incomplete and fruitless < FRUITLESS and not list_.is_over():
        view = next((each for each in await _offered(probe) if _key(each) not in spent), None)
        if view is None or not list_.may_press():
            break
        spent.add(_key(view))
        place, known = probe.page.url, len(list_.known)
        after = await list_.press(probe, rest, "chooseView", view["id"], view["index"])
        if after is None:
            continue
        rest = after
        if list_.add(rest):
            rest = await unfold(list_, probe, rest)
            if view["index"] < 0:
                await paging.turn_pages(list_, probe, rest, unfold)
        if not probe.url and urlsplit(probe.page.url)[:3] != urlsplit(place)[:3]:
            rest = await list_.open(place) or rest
        fruitful += len(list_.known) > known
        fruitless = 0 if len(list_.known) > known else fruitless + 1
    if fruitful:
        list_.note(f"{counted(fruitful, 'other view')}")
        list_.gathered.turned += fruitful


async def _offered(probe: FrameProbe) -> list[View]:
    offered = await probe.call("views")
    views = offered if isinstance(offered, list) else []
    return [each for each in views if isinstance(each, dict) and {"id", "index", "words"} <= set(each)]


def _key(view: View) -> tuple[int, str]:
    return view["index"], str(view["words"])
