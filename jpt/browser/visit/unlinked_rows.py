"""Rows without a link: finds out where they lead, without going there."""

from __future__ import annotations

from typing import Any

from jpt.browser.visit.frame_probe import FrameProbe, Observation, script
from jpt.browser.visit.open_list import OpenList
from jpt.models.pages import Anchor
from jpt.text.clean import clean_line

Row = dict[str, Any]

MOST_ROWS = 80
"""Rows that are pressed on one page; what was learned from them answers for the others."""
TRY_S = 25.0
"""Longest time for pressing rows in one go."""
RELOADS = 12
"""How often a page is opened again that a press has led away."""


async def resolve(list_: OpenList, probe: FrameProbe, rest: Observation) -> None:
    """Find out where the rows of the present page lead, and add them as links."""
    glance = list_.seek.glance(list_.made(rest))
    trying = not glance.enough or list_.incomplete
    # On a list with jobs, only the rows among them that lead nowhere are pressed.
    only = [] if trying else sorted(glance.unopenable)[:MOST_ROWS]
    trying = trying or bool(only)
    if not rest.signs.get("rows") and not trying:
        return
    eager = not glance.enough
    broken = await _resolved(list_, probe, trying=trying, eager=eager, only=only)
    if not list_.rows:
        return
    before = len(list_.known)
    there = {anchor.url for anchor in list_.gathered.page.anchors}
    if all(row["url"] in there for row in list_.rows):
        return
    if not broken:
        list_.add(await probe.settle())
    seen = {anchor.url for anchor in list_.gathered.page.anchors}
    list_.add_links([_anchor(row) for row in list_.rows if row["url"] not in seen])
    if len(list_.known) > before:
        list_.note("rows without links")


async def _resolved(list_: OpenList, probe: FrameProbe, *, trying: bool, eager: bool, only: list[str]) -> bool:
    """Resolve rows, opening the page again if a press led away; tells whether it is away now."""
    place = probe.page.url
    for _ in range(RELOADS):
        if trying and not probe.url:
            await probe.session.send("Runtime.evaluate", {"expression": script("open.js")})
        known_rows = list_.rows
        options = {
            "trying": trying,
            "eager": eager,
            "only": only,
            "most": MOST_ROWS,
            "mostMs": TRY_S * 1000,
            "rows": known_rows,
            "waitMs": 250 if list_.seek.saved else 1500,
        }
        answer = await probe.call("resolveRows", options, limit_s=TRY_S + 15)
        found = _rows(answer.get("rows")) if isinstance(answer, dict) else []
        list_.rows = found or known_rows
        if isinstance(answer, dict) and not answer.get("broken"):
            return False
        if len(found) <= len(known_rows) or list_.is_over() or probe.url or await list_.open(place) is None:
            return True
    return True


def _rows(value: object) -> list[Row]:
    return [
        row
        for row in (value if isinstance(value, list) else [])
        if isinstance(row, dict) and str(row.get("url", "")).startswith(("http://", "https://"))
    ]


def _anchor(row: Row) -> Anchor:
    words, text = clean_line(str(row.get("words", "")), 200), clean_line(str(row.get("text", "")), 300)
    return Anchor(
        url=str(row["url"]),
        text=words or text,
        heading=words,
        context=text,
        region="main",
        shape="row<rows",
        group="rows",
    )
