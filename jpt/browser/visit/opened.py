"""A context with its one page, ready to navigate."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import BrowserContext, CDPSession, Page

from jpt.browser.visit.context import close_popups
from jpt.browser.visit.frame_probe import ask, frame_id, script


@dataclass(eq=False, slots=True)
class Opened:
    """One page, alone in its context: its popups are closed, its closed shadow trees are open."""

    context: BrowserContext
    page: Page
    session: CDPSession
    """For the probe of its main frame."""
    frame: str
    """The identifier of that frame, which it keeps wherever it goes."""
    crashed: bool = False
    """Whether the page's own process has died."""

    @classmethod
    async def of(cls, context: BrowserContext) -> Opened:
        """Open the page of a new *context*; raises PlaywrightError, and Outage for answers that make no sense."""
        page = await context.new_page()
        close_popups(context)
        await page.add_init_script(script("closed.js"))
        session = await context.new_cdp_session(page)
        opened = cls(context, page, session, frame_id(await ask(session, "Page.getFrameTree", give="frameTree")))

        def end(_page: Page) -> None:
            opened.crashed = True

        page.on("crash", end)
        return opened
