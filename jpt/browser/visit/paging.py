"""The further pages of a list: by their addresses, else by pressing what leads to them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urlsplit

from jpt.browser.visit.frame_probe import FrameProbe, Observation
from jpt.browser.visit.open_list import OpenList
from jpt.models.pages import Cut

Move = dict[str, Any]

Unfold = Callable[[OpenList, FrameProbe, Observation], Awaitable[Observation]]
"""Shows all of the present page."""

WAYS = 3
"""Ways of turning a page that may fail before it counts as the last."""


@dataclass(eq=False, slots=True)
class _Place:
    """Where the reader of a list is."""

    number: int
    rest: Observation
    unfold: Unfold
    pages: int = 1
    by_press: bool = False
    """Addresses brought nothing, or there are none."""
    visited: set[str] = field(default_factory=set)


async def turn_pages(list_: OpenList, probe: FrameProbe, rest: Observation, unfold: Unfold) -> Observation:
    """Go through the pages of the list in *probe*, from the one that *rest* saw on; gives the last look."""
    visited = {urldefrag(probe.page.url)[0]}
    place = _Place(_current(rest) or 1, rest, unfold, by_press=bool(probe.url), visited=visited)
    while not list_.is_over() and (moves := _moves(place)):
        if place.pages >= list_.seek.pages:
            list_.cut(Cut("pages", limit=list_.seek.pages))
            break
        if not await _turned(list_, probe, place, moves):
            break
        place.pages += 1
        place.number = _current(place.rest) or place.number + 1
    if place.pages > 1:
        list_.note(f"{place.pages} pages")
        list_.gathered.turned = max(list_.gathered.turned, place.pages)
    return place.rest


def _current(rest: Observation) -> int:
    number = rest.signs.get("current")
    return number if isinstance(number, int) else 0


def _moves(place: _Place) -> list[Move]:
    """Give what leads to the next page, the likeliest first."""
    following = place.number + 1
    signs = place.rest.signs
    after = signs.get("next")
    numbered: list[Move] = sorted(
        (each for each in signs.get("pages", ()) if not each["current"] and each["number"] > place.number),
        key=lambda each: each["number"],
    )
    offered: list[Move] = [after] if after else []
    offered += [each for each in numbered if each["number"] == following] or numbered[:1]
    return offered[:WAYS]


async def _turned(list_: OpenList, probe: FrameProbe, place: _Place, moves: list[Move]) -> bool:
    """Turn the page by one of *moves*; True if that showed new jobs."""
    for offered in moves:
        move = offered
        url = urldefrag(move["url"])[0]
        if url and not place.by_press:
            if url in place.visited or urlsplit(url).netloc != urlsplit(probe.page.url).netloc:
                continue
            number = move.get("number")
            if await _by_address(
                list_, probe, place, url, number if isinstance(number, int) else place.number + 1
            ):
                return True
            if place.pages > 1:
                return False
            # Scripts that ignore their own addresses: the same link may do when it is pressed.
            move = _same(place.rest, move)
        if move["id"] >= 0 and await _by_press(list_, probe, place, move):
            place.by_press = True
            return True
    return False


def _same(rest: Observation, move: Move) -> Move:
    """Find the control of *move* on the page after it was opened again."""
    signs = rest.signs
    offered: list[Move] = [*([signs["next"]] if signs.get("next") else []), *signs.get("pages", ())]
    return next((each for each in offered if each["words"] == move["words"]), {**move, "id": -1})


async def _by_address(list_: OpenList, probe: FrameProbe, place: _Place, url: str, number: int) -> bool:
    before = probe.page.url
    place.visited.add(url)
    opened = await list_.open(url, number)
    if opened is not None and await _added(list_, probe, place, opened):
        return True
    if place.pages == 1 and (back := await list_.open(before)):
        place.rest = back
    return False


async def _by_press(list_: OpenList, probe: FrameProbe, place: _Place, move: Move) -> bool:
    target = move["url"]
    if not list_.may_press() or (target and not await list_.may_open(target)):
        return False
    rest = await list_.press(probe, place.rest, "pressControl", move["id"])
    if rest is None:
        return False
    is_turned = await _added(list_, probe, place, rest)
    if not is_turned:
        await list_.cut_by_fault(place.number + 1)
    return is_turned


async def _added(list_: OpenList, probe: FrameProbe, place: _Place, rest: Observation) -> bool:
    """Add all that a page shows; True if it has new jobs."""
    known = len(list_.known)
    list_.add(rest)
    if len(list_.known) == known and not rest.signs.get("rows"):
        return False
    unfolded = await place.unfold(list_, probe, rest)
    if len(list_.known) == known:
        return False
    place.rest = unfolded
    return True
