"""The further pages of a list: by their addresses, else by pressing what leads to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urlsplit

from jpt.browser.visit.eye import Eye, Rest
from jpt.text.counts import counted

if TYPE_CHECKING:
    from jpt.browser.visit.expand import Expansion

Move = dict[str, Any]

WAYS = 3
"""Ways of turning a page that may bring nothing before it counts as the last."""


@dataclass(eq=False, slots=True)
class _Place:
    """Where the reader of a list is."""

    number: int
    rest: Rest
    pages: int = 1
    by_press: bool = False
    """Addresses brought nothing, or there are none."""
    visited: set[str] = field(default_factory=set)


async def turn_pages(list_: Expansion, eye: Eye, rest: Rest) -> None:
    """Go through the pages of the list in *eye*, beginning with the one that *rest* saw."""
    place = _Place(_current(rest) or 1, rest, by_press=bool(eye.url), visited={urldefrag(eye.page.url)[0]})
    while not list_.over and (moves := _moves(place)):
        if place.pages >= list_.seek.pages:
            list_.cut(f"capped at {counted(list_.seek.pages, 'page')}")
            break
        if not await _turned(list_, eye, place, moves):
            break
        place.pages += 1
        place.number = _current(place.rest) or place.number + 1
    if place.pages > 1:
        list_.gathered.notes.append(f"{place.pages} pages")


def _current(rest: Rest) -> int:
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


async def _turned(list_: Expansion, eye: Eye, place: _Place, moves: list[Move]) -> bool:
    """Turn the page by one of *moves*; tells whether that showed jobs that were not known."""
    for offered in moves:
        move = offered
        url = urldefrag(move["url"])[0]
        if url and not place.by_press:
            if url in place.visited or urlsplit(url).netloc != urlsplit(eye.page.url).netloc:
                continue
            if await _by_address(list_, eye, place, url):
                return True
            if place.pages > 1:
                return False
            # Scripts that ignore their own addresses: the same link may do when it is pressed.
            move = _same(place.rest, move)
        if move["id"] >= 0 and await _by_press(list_, eye, place, move):
            place.by_press = True
            return True
    return False


def _same(rest: Rest, move: Move) -> Move:
    """Give the control of the page as it stands now that *move* was before it was opened anew."""
    signs = rest.signs
    offered: list[Move] = [*([signs["next"]] if signs.get("next") else []), *signs.get("pages", ())]
    return next((each for each in offered if each["words"] == move["words"]), {**move, "id": -1})


async def _by_address(list_: Expansion, eye: Eye, place: _Place, url: str) -> bool:
    before = eye.page.url
    place.visited.add(url)
    opened = await list_.open(url)
    if opened is not None and await _taken(list_, eye, place, opened):
        return True
    if place.pages == 1 and (back := await list_.open(before)):
        place.rest = back
    return False


async def _by_press(list_: Expansion, eye: Eye, place: _Place, move: Move) -> bool:
    if list_.presses >= list_.seek.presses:
        list_.cut(f"capped at {counted(list_.seek.presses, 'press', 'presses')}")
        return False
    target = move["url"]
    if target and list_.seek.turn is not None and not await list_.seek.turn(target):
        return False
    stale, signature = set(list_.traffic.pending), place.rest.signature
    if not await eye.call("pressControl", move["id"]):
        return False
    list_.presses += 1
    return await _taken(list_, eye, place, await list_.changed(eye, signature, stale))


async def _taken(list_: Expansion, eye: Eye, place: _Place, rest: Rest) -> bool:
    """Take what a page shows; tells whether that were jobs that were not known."""
    known = len(list_.known)
    list_.take(rest)
    if len(list_.known) == known and not rest.signs.get("rows"):
        return False
    unfolded = await list_.unfold(eye, rest)
    if len(list_.known) == known:
        return False
    place.rest = unfolded
    return True
