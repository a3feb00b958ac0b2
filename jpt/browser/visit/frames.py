"""Frames of other origins: what they show, and questions about cookies in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import anyio
from playwright.async_api import Error as PlaywrightError

from jpt.browser.visit.frame_probe import FrameProbe, Observation, ask, frame_id
from jpt.errors import PageFault
from jpt.models.pages import PageRead

MOST = 8
"""Frames that are looked into."""
LOOK_S = 15.0
"""Longest time for one of them."""

_LITTLE = 1_500
"""A page with more characters of text needs no text of frames."""

_FURNITURE = re.compile(
    r"youtube|vimeo|wistia|dailymotion|spotify|soundcloud|/maps?[/.?]|maps\.|recaptcha|hcaptcha|turnstile|doubleclick"
    r"|googletagmanager|google-analytics|facebook|twitter|instagram|linkedin|tiktok|pinterest|hotjar|intercom"
    r"|zendesk|drift|livechat|tawk|calendly|stripe|paypal|adservice|analytics|pixel",
    re.IGNORECASE,
)


def has_foreign(frames: tuple[str, ...], url: str) -> bool:
    """Tell whether one of the *frames* of the page at *url* is of another origin and may hold content."""
    own = urlsplit(url)
    return any(
        src.startswith("http") and urlsplit(src)[:2] != own[:2] and not _FURNITURE.search(src) for src in frames
    )


async def eyes(probe: FrameProbe, *, furniture: bool = False) -> list[FrameProbe]:
    """Give a probe for each frame that *probe* cannot read; with *furniture* on videos and maps, too."""
    found: list[FrameProbe] = []
    own = await ask(probe.session, "Page.getFrameTree", give="frameTree")
    found += _foreign(probe, probe.session, own)
    for frame in probe.page.frames[1:]:
        # Only frames in a process of their own have a session of their own; others are in the tree above.
        with suppress(PlaywrightError):
            session = await probe.page.context.new_cdp_session(frame)
            tree = await ask(session, "Page.getFrameTree", give="frameTree")
            found.append(probe.beside(session, frame_id(tree), frame.url))
            found += _foreign(probe, session, tree)
    wanted = [each for each in found if furniture or not _FURNITURE.search(each.url)]
    return wanted[:MOST]


async def consented(probe: FrameProbe) -> bool:
    """Answer a question about cookies in a frame; tells whether there was one."""
    for each in await eyes(probe, furniture=True):
        with suppress(PlaywrightError, PageFault), anyio.move_on_after(LOOK_S):
            if await each.call("giveConsent"):
                return True
    return False


async def with_frames(probe: FrameProbe, seen: PageRead, made: Callable[[Observation], PageRead]) -> PageRead:
    """Add the text of frames of other origins to a page that has little itself."""
    if len(seen.text) > _LITTLE or not has_foreign(seen.frames, seen.final_url):
        return seen
    for each in await eyes(probe):
        with suppress(PlaywrightError, PageFault), anyio.move_on_after(LOOK_S):
            inner = made(await each.settle())
            seen = replace(
                seen,
                text=f"{seen.text}\n{inner.text}",
                headings=(*seen.headings, *inner.headings),
                json_ld=(*seen.json_ld, *inner.json_ld),
                controls=(*seen.controls, *inner.controls),
            )
    return seen


def _foreign(probe: FrameProbe, session: Any, tree: dict[str, Any]) -> Iterator[FrameProbe]:
    """Give the frames below *tree* whose origin is not that of the frame around them."""
    around = tree.get("frame", {}).get("securityOrigin")
    for child in tree.get("childFrames", []):
        frame = child.get("frame", {})
        url = str(frame.get("url", ""))
        if frame.get("securityOrigin") != around and url.startswith("http"):
            yield probe.beside(session, frame_id(child), url)
        yield from _foreign(probe, session, child)
