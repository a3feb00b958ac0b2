"""A view of a page or one of its frames, from an isolated world in which the page can redefine nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import anyio
from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from jpt.browser import faults
from jpt.browser.visit.script_result import CAPS
from jpt.errors import Outage, PageFault

WORLD = "jpt"
QUIET_MS = 120
"""A complete page is settled when no node has changed for this long."""
STEADY_MS = 1_500
"""A page that never rests is settled when its links have not changed for this long."""
PATIENCE_S = 7.0
"""How long a page may take to show what it promises: a pending answer, a spinner, its first job."""
SETTLE_S = 20.0
"""Longest time from the first byte to the last look; then the page is read as it stands."""
UNRESPONSIVE_S = 10.0
"""Added to SETTLE_S: a page that has not answered by then is stuck in a script."""
MAX_NAVIGATIONS = 12
"""Times that a page may send itself elsewhere while it is read; some reload themselves for ever."""
PATIENT_NAVIGATIONS = 4
"""After so many of them the page is read as it stands, before it goes again."""

_READING = ("dom.js", "read.js", "consent.js", "settle.js")
_LEARNING = (*_READING, "lesson.js")
_SEEKING = (*_READING, "moves.js")
_ACTING = (*_SEEKING, "rows.js", "views.js")
_BLOCK = re.compile(r"^/\*.*?\*/\n", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"^(?:async function|function|const) (\w+)", re.MULTILINE)
_ABSENT = "jpt has to be sent"
_COMMENT = re.compile(r"^[ \t]+(?://[^\n]*\n)?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Observation:
    """What one look saw."""

    raw: object
    signature: object
    why: str
    signs: dict[str, Any]
    """Signs of more than was read; empty if none were looked for."""
    answered: Mapping[str, int] = field(default_factory=dict)
    """How many requests were answered by then, by address, as the page knows it."""
    asks_in_frame: bool = False
    """A frame of another origin stands over the page, as questions about cookies do."""

    @property
    def settled(self) -> bool:
        """Whether the page came to rest."""
        return self.why != "limit"

    @property
    def unchanged(self) -> bool:
        """Whether it still shows what it had to differ from."""
        return self.why == "unchanged"


class FrameProbe:
    """Reads one frame of one page, and presses its controls."""

    def __init__(
        self, page: Page, session: CDPSession, frame: str, *, seeking: bool = False, url: str = ""
    ) -> None:
        self.page = page
        self.session = session
        self.frame = frame
        self.url = url
        """Where the frame was when it was found; empty for the main frame."""
        self.asks_frames = True
        """Whether a question about cookies in a frame ends the wait."""
        self.learns = False
        """Whether lesson.js is used."""
        self._seeking = seeking
        self._sent: set[tuple[str, ...]] = set()
        """The sets of scripts that were sent to a document of this frame."""

    def beside(self, session: CDPSession, frame: str, url: str) -> FrameProbe:
        """Make a probe of the same kind for another frame of the page."""
        return FrameProbe(self.page, session, frame, seeking=self._seeking, url=url)

    async def settle(
        self, *, other_than: object = None, patience_s: float = PATIENCE_S, busy_s: float | None = None
    ) -> Observation:
        """Wait for rest and read; raises PageFault when the page's own script never ends.

        With *other_than* a signature, wait up to *patience_s* for another one, and while the page says
        that it is busy up to *busy_s*.
        """
        options = {
            "quietMs": QUIET_MS,
            "steadyMs": STEADY_MS,
            "patienceMs": patience_s * 1000,
            "busyMs": (patience_s if busy_s is None else busy_s) * 1000,
            "limitMs": SETTLE_S * 1000,
            "change": other_than,
            "seeking": self._seeking,
            "consent": True,
            "framed": self.asks_frames and not self.url,
            "caps": CAPS,
        }
        try:
            with anyio.fail_after(SETTLE_S + UNRESPONSIVE_S):
                value = await self._settled(options)
        except TimeoutError:
            raise PageFault("it does not answer: its own script never ends", page=self.page.url) from None
        return rest_of(value)

    async def taught(self, function: str, *arguments: object) -> object:
        """Call a function of lesson.js; None when the page went elsewhere meanwhile, or does not answer."""
        # A fault here is no fault of the page.
        with anyio.move_on_after(UNRESPONSIVE_S), suppress(PageFault):
            return await self._answer(_LEARNING, function, arguments)
        return None

    async def call(self, function: str, *arguments: object, limit_s: float = UNRESPONSIVE_S) -> object:
        """Call a function of the scripts in the page; None when the page went elsewhere meanwhile."""
        try:
            with anyio.fail_after(limit_s):
                return await self._answer(_ACTING, function, arguments)
        except TimeoutError:
            raise PageFault("it does not answer: its own script never ends", page=self.page.url) from None

    async def _answer(self, scripts: tuple[str, ...], function: str, arguments: tuple[object, ...]) -> object:
        """Call a function of *scripts*; None when the page went elsewhere meanwhile."""
        words = ", ".join(json.dumps(argument) for argument in arguments)
        try:
            return await self._called(scripts, f"{function}({words})")
        except PlaywrightError as exc:
            if faults.navigated(exc.message):
                return None
            raise

    async def _settled(self, options: dict[str, Any]) -> object:
        """Evaluate settle() in whatever document the page has come to."""
        for navigations in range(MAX_NAVIGATIONS):
            if navigations >= PATIENT_NAVIGATIONS:
                options = {**options, "limitMs": 0, "consent": False}
            try:
                scripts = _SEEKING if self._seeking else _LEARNING if self.learns else _READING
                return await self._called(scripts, f"settle({json.dumps(options)})")
            except PlaywrightError as exc:
                if not faults.navigated(exc.message):
                    raise
                # The next document has no scripts yet.
                self._sent.clear()
                await anyio.sleep(0.05)
        raise PageFault("it keeps redirecting", page=self.page.url)

    async def _called(self, scripts: tuple[str, ...], call: str) -> object:
        """Call one of the functions of *scripts*, which a document is sent once."""
        name = f"jpt{''.join(each[0] for each in scripts)}"
        if scripts in self._sent:
            value = await self._evaluate(f'Object.hasOwn(globalThis, "{name}") ? {name}.{call} : "{_ABSENT}"')
            if value != _ABSENT:
                return value
        self._sent.add(scripts)
        # The page cannot see the globals of an isolated world.
        return await self._evaluate(f"(globalThis.{name} = {_script(scripts)}).{call}")

    async def _evaluate(self, expression: str) -> object:
        place = {"frameId": self.frame, "worldName": WORLD}
        world = await ask(self.session, "Page.createIsolatedWorld", place, give="executionContextId")
        answer = await ask(
            self.session,
            "Runtime.evaluate",
            {
                "expression": expression,
                "contextId": world,
                "awaitPromise": True,
                "returnByValue": True,
                # A press of ours counts as the user's: windows that it opens are not blocked.
                "userGesture": True,
            },
        )
        if "exceptionDetails" in answer:
            raise PageFault(_exception(answer["exceptionDetails"]), page=self.page.url)
        result = answer.get("result")
        return result.get("value") if isinstance(result, dict) else None


async def ask(
    session: CDPSession, method: str, parameters: dict[str, Any] | None = None, *, give: str = ""
) -> Any:
    """Send a message of the protocol; gives the answer, or its field *give*.

    Raises PlaywrightError, and Outage where the answer is none: a browser elsewhere may be anything.
    """
    answer: Any = await session.send(method, parameters)
    if not isinstance(answer, dict) or (give and give not in answer):
        raise Outage(f"The browser's answer to {method} makes no sense: {str(answer)[:100]}.")
    return answer[give] if give else answer


def frame_id(tree: Any) -> str:
    """Give the identifier of the frame at the root of a frame tree; raises Outage where there is none."""
    frame = tree.get("frame") if isinstance(tree, dict) else None
    if not isinstance(frame, dict) or not isinstance(frame.get("id"), str):
        raise Outage(f"The browser's frame tree makes no sense: {str(tree)[:100]}.")
    return str(frame["id"])


def rest_of(value: object) -> Observation:
    """Make the value of a look from what the page's world gave; wrong types count as missing."""
    seen = value if isinstance(value, dict) else {}
    raw, signs = seen.get("page"), seen.get("signs")
    return Observation(
        {**raw, "href": seen.get("href")} if isinstance(raw, dict) else None,
        seen.get("signature"),
        str(seen.get("why", "limit")),
        signs if isinstance(signs, dict) else {},
        answered=_counts(seen.get("answered")),
        asks_in_frame=seen.get("consentFrame") is True,
    )


def _counts(value: object) -> dict[str, int]:
    return (
        {name: count for name, count in value.items() if isinstance(count, int)} if isinstance(value, dict) else {}
    )


def _exception(details: dict[str, Any]) -> str:
    described = details.get("exception", {}).get("description") or details.get("text", "script error")
    return faults.first_line(str(described))


@cache
def script(name: str) -> str:
    """Give the text of one of the scripts."""
    return (files("jpt.browser.visit") / "scripts" / name).read_text(encoding="utf-8")


@cache
def _script(names: tuple[str, ...]) -> str:
    """Give several scripts as one expression, an object of their functions, without what only people read."""
    whole = "\n".join(map(script, names))
    text = _COMMENT.sub("", _BLOCK.sub("", whole))
    return f"(() => {{\n{text}\nreturn {{ {', '.join(_NAMED.findall(whole))} }};\n}})()"
