"""The options of a browser context, and what its pages may not do."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import Any

from playwright.async_api import BrowserContext, Page, Route
from playwright.async_api import Error as PlaywrightError

from jpt.browser.visit.frame_probe import script
from jpt.net.http import accept_language
from jpt.settings import Settings

_VIEWPORT = {"width": 1366, "height": 1000}
_CLOSED_TREE = re.compile(
    rb"""(<template\b[^>]{0,1000}?\bshadowrootmode\s{0,9}=\s{0,9}["']?\s{0,9})closed\b""", re.IGNORECASE
)


def presentation(settings: Settings, version: str) -> dict[str, Any]:
    """Give the options of every context, for a browser of that *version*."""
    return {
        "user_agent": settings.user_agent or _desktop_chrome(version),
        "locale": settings.language.partition(",")[0].strip() or "en-US",
        "extra_http_headers": {"Accept-Language": accept_language(settings.language)},
        "viewport": _VIEWPORT,
        "reduced_motion": "reduce",
        "service_workers": "block",
        "accept_downloads": False,
    }


def close_popups(context: BrowserContext) -> None:
    """Close every page that opens in *context* from now on."""
    closing: set[asyncio.Task[None]] = set()

    def shut(page: Page) -> None:
        task = asyncio.get_running_loop().create_task(_shut(page))
        closing.add(task)
        task.add_done_callback(closing.discard)

    context.on("page", shut)


async def serve_only(page: Page, body: bytes) -> None:
    """Answer the page's own navigation with *body*, which stays, and every other request with nothing."""
    answered = False

    async def answer(route: Route) -> None:
        nonlocal answered
        if not route.request.is_navigation_request():
            await route.abort()
        elif answered:
            # "No content" leaves the page on show; an aborted navigation would put an error in its place.
            await route.fulfill(status=204)
        else:
            answered = True
            await route.fulfill(status=200, body=_opened(body), headers={"Content-Type": _content_type(body)})

    await page.add_init_script(script("stay.js"))
    await page.context.route("**/*", answer)
    await page.context.route_web_socket("**", lambda socket: socket.close())


async def _shut(page: Page) -> None:
    with suppress(PlaywrightError):
        await page.close()


def _opened(body: bytes) -> bytes:
    """Open the shadow trees that the markup closes: those that scripts close are opened by closed.js."""
    return _CLOSED_TREE.sub(rb"\1open", body)


def _content_type(body: bytes) -> str:
    # A saved page often lost the header that named its encoding; UTF-8 proves itself.
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "text/html"
    return "text/html; charset=utf-8"


def _desktop_chrome(version: str) -> str:
    """The user agent of a desktop Chrome of that version: the shell's own gets blocked."""
    major = version.partition(".")[0] or "150"
    return (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
        f"Chrome/{major}.0.0.0 Safari/537.36"
    )
