"""One visit of a post: how its wait ends, and what the lesson of its shape learns from it (lesson.py)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from time import monotonic
from typing import Any

from playwright.async_api import Request

from jpt.browser.visit.frame_probe import FrameProbe, Observation, rest_of
from jpt.browser.visit.lesson import Lesson, PostObservation, is_known, kind_of
from jpt.browser.visit.script_result import CAPS
from jpt.browser.visit.traffic import Traffic
from jpt.identity.shapes import shape_of
from jpt.models.pages import PageRead
from jpt.text.numbers import decimal

LATE_S = 3.0
"""How long a post may take to request what it needs, and then to show it; after that it gets the full wait."""

Look = Callable[[], Awaitable[Observation]]
"""The full wait."""
Made = Callable[[Observation], PageRead]
"""Makes the value of what a look saw."""


@dataclass(eq=False, slots=True)
class Study:
    """One visit of a post whose shape has, or gets, a *lesson*."""

    lesson: Lesson
    url: str
    probe: FrameProbe
    traffic: Traffic
    made: Made
    again: list[str] = field(default_factory=list)
    """Addresses of posts that were read too early."""

    async def look(self, full: Look) -> Observation:
        """Wait until the post is complete, with the *full* wait or to the learned end."""
        how = self.lesson.begin()
        if how == "full":
            return await full()
        self.probe.learns = True
        try:
            await self.probe.taught("noteChanges", how != "early")
            if how == "early":
                return await self._early() or await self._missed(full)
            return await self._noted(full, check=how == "check")
        finally:
            self.lesson.ended(how)

    async def _early(self) -> Observation | None:
        rest = await self._learned_end()
        return rest if rest is not None and self.lesson.read_early(self.url) else None

    async def _missed(self, full: Look) -> Observation:
        rest = await full()
        self.again += self.lesson.missed(self._asked())
        return rest

    async def _noted(self, full: Look, *, check: bool) -> Observation:
        """Give the full wait, and note what came when; in a *check* also what an early end would have given."""
        early = asyncio.get_running_loop().create_task(self._learned_end()) if check else None
        try:
            rest = await full()
        finally:
            if early is not None:
                early.cancel()
                await asyncio.gather(early, return_exceptions=True)
        page = self.made(rest)
        seen = self._seen(await self.probe.taught("notedChanges"), page) if rest.settled else None
        found = early.result() if early is not None and not early.cancelled() and not early.exception() else None
        self.again += self.lesson.noted(
            seen, whole=None if found is None else _says(self.made(found)) == _says(page)
        )
        return rest

    async def _learned_end(self) -> Observation | None:
        """Wait until the post is whole as those before were; None where it is not like them."""
        lesson = self.lesson
        until = monotonic() + LATE_S
        # It is enough that they were requested: the page waits for the answers itself.
        while not lesson.needed <= _kinds(self.traffic.requests):
            if monotonic() >= until or not is_known(self._asked(), lesson.most):
                return None
            await self.traffic.next_news(until)
        urls = [one.url for one in self._needed(self.traffic.requests)]
        options = {
            "urls": urls,
            "quietMs": lesson.quiet_ms,
            "limitMs": LATE_S * 1000,
            "labels": sorted(lesson.labels),
            "place": lesson.place,
            "caps": CAPS,
        }
        value = await self.probe.taught("learnedEnd", options)
        if not isinstance(value, dict):
            return None
        rest = rest_of(value)
        page = self.made(rest)
        is_like = shape_of(page.final_url) == shape_of(self.url) and len(page.text) * 2 >= lesson.least
        # The page may know of an answer before anybody here does.
        more = Counter(one.url for one in self._needed(self.traffic.requests)) - Counter(urls)
        is_over = not any(one.url in more for one in self._needed(self.traffic.pending))
        return rest if is_like and is_over and is_known(self._asked(), lesson.most) else None

    def _needed(self, requests: Iterable[Request]) -> list[Request]:
        return [one for one in requests if kind_of(one.url, one.resource_type) in self.lesson.needed]

    def _answered(self) -> list[Request]:
        return [one for one in self.traffic.requests if one not in self.traffic.pending and one.failure is None]

    def _asked(self) -> Counter[str]:
        return _kinds(self.traffic.requests)

    def _seen(self, value: object, page: PageRead) -> PostObservation | None:
        """Make the value of what the page noted; None where it noted nothing of use."""
        noted: dict[str, Any] = value if isinstance(value, dict) else {}
        times = [time for one in _list(noted.get("times")) if (time := decimal(one)) is not None]
        pairs = [one for one in _list(noted.get("answers")) if isinstance(one, list) and len(one) == 2]
        ends = {str(url): end for url, said in pairs if (end := decimal(said)) is not None}
        if not times:
            return None
        data = [one for one in self._answered() if one.resource_type != "script"]
        before = [one for one in data if ends.get(one.url, times[-1] + 1) <= times[-1]]
        last = max((ends[one.url] for one in before), default=times[-1])
        later = [time for time in times if time > last]
        rests = [two - one for one, two in pairwise(later)]
        return PostObservation(
            before=_kinds(before),
            asked=self._asked(),
            labels=frozenset(str(one) for one in _list(noted.get("labels"))),
            place=str(noted.get("place", "")),
            chars=len(page.text),
            rest_ms=max(rests, default=0.0),
        )


def _says(page: PageRead) -> tuple[object, ...]:
    """Give all of a page that readers of posts look at."""
    links = [(one.url, one.text) for one in page.anchors]
    return (
        page.final_url,
        page.title,
        page.text.split(),
        page.headings,
        page.meta,
        page.json_ld,
        page.controls,
        links,
    )


def _kinds(requests: Iterable[Request]) -> Counter[str]:
    return Counter(kind_of(one.url, one.resource_type) for one in requests)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
