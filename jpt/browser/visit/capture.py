"""HTML and a small picture of a page without a list, to show to the user."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import anyio
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from jpt.browser.visit.open_list import Seek
from jpt.models.pages import PageCapture, PageRead

LEAST_S, LONGEST_S = 0.5, 6.0
"""It must not delay other pages for long."""
MOST_HTML = 1_000_000
MOST_JPEG = 300_000
QUALITY = 45


async def with_portrait(page: Page, read: PageRead, seek: Seek | None, left_s: float) -> PageRead:
    """Give *read* with HTML and a picture of its *page*, if *seek* found no list on it and *left_s* is enough."""
    if seek is None or seek.saved or left_s < LEAST_S:
        return read
    found = seek.glance(read)
    return read if found.enough and not found.barred else replace(read, shown=await _portrait(page, left_s))


async def _portrait(page: Page, left_s: float) -> PageCapture | None:
    html, jpeg = "", b""
    limit_s = min(LONGEST_S, left_s)
    with anyio.move_on_after(limit_s), suppress(PlaywrightError):
        html = (await page.content())[:MOST_HTML]
        jpeg = await page.screenshot(type="jpeg", quality=QUALITY, animations="disabled", timeout=limit_s * 1000)
    return PageCapture(html, jpeg if len(jpeg) <= MOST_JPEG else b"") if html else None
