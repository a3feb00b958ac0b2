"""How a page looks that showed no list: its HTML and a picture, small and in little time."""

from __future__ import annotations

from contextlib import suppress

import anyio
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from jpt.models.pages import Shown

LEAST_S, LONGEST_S = 0.5, 6.0
"""It is a help, and must hold up no other page for long."""
MOST_HTML = 1_000_000
MOST_JPEG = 300_000
QUALITY = 45


async def portrait(page: Page, left_s: float) -> Shown | None:
    """Give how *page* looks now, within *left_s* seconds; None where there is no time, or it does not answer."""
    html, jpeg = "", b""
    limit_s = min(LONGEST_S, left_s)
    if limit_s < LEAST_S:
        return None
    with anyio.move_on_after(limit_s), suppress(PlaywrightError):
        html = (await page.content())[:MOST_HTML]
        jpeg = await page.screenshot(type="jpeg", quality=QUALITY, animations="disabled", timeout=limit_s * 1000)
    return Shown(html, jpeg if len(jpeg) <= MOST_JPEG else b"") if html else None
