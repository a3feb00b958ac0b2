"""Lists that load rows, or keep only those in view, while they are scrolled."""

from __future__ import annotations

from jpt.browser.visit.frame_probe import FrameProbe, Observation
from jpt.browser.visit.open_list import CHANGE_S, OpenList

UNANNOUNCED_S = 0.5
"""How long a scroll may take to show anything where only a script that fetches makes it likely."""
STEP_S = 0.35
"""How long rows may take to appear in a list that keeps only those in view."""
MOST_STEPS = 600
"""Steps down a list that keeps only the rows in view."""


async def scroll(list_: OpenList, probe: FrameProbe, rest: Observation) -> Observation:
    """Scroll until nothing new comes."""
    signs = rest.signs
    if signs.get("lost"):
        return await step_down(list_, probe, rest)
    announced = signs.get("grew") or signs.get("waits") or list_.incomplete
    if not signs.get("scrolls") or not (announced or list_.traffic.has_answers):
        return rest
    patience_s = CHANGE_S if announced else UNANNOUNCED_S
    fruitless = 0
    while fruitless < (2 if list_.incomplete else 1) and not list_.is_over() and list_.scrolls < MOST_STEPS:
        stale = set(list_.traffic.pending)
        list_.traffic.recent.clear()
        await probe.call("scrollToBottoms")
        rest = await list_.changed(probe, rest.signature, stale, patience_s)
        list_.scrolls += 1
        fresh = list_.add(rest)
        fruitless = 0 if fresh else fruitless + 1
        if not fresh:
            await list_.cut_by_fault()
        patience_s = CHANGE_S if fresh else patience_s
        if not fresh and rest.unchanged and not list_.incomplete:
            break
    if list_.scrolls > 1:
        list_.note("scrolled")
    return await step_down(list_, probe, rest) if list_.incomplete and not list_.is_over() else rest


async def step_down(list_: OpenList, probe: FrameProbe, rest: Observation) -> Observation:
    """Go down a list that keeps only the rows in view, reading at each step."""
    await probe.call("scrollToTop")
    still = 0
    for _ in range(MOST_STEPS):
        if list_.is_over():
            break
        stale = set(list_.traffic.pending)
        rest = await list_.changed(probe, rest.signature, stale, STEP_S)
        fresh = list_.add(rest)
        moved = await probe.call("scrollStep")
        still = 0 if moved or fresh else still + 1
        if still >= 3 or (still and rest.unchanged and not list_.incomplete):
            break
    list_.note("scrolled")
    return rest
