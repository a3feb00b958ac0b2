"""A plain Playwright loop: `python -m tests.bench.plain CHROMIUM PAGES URL…`, a context a page."""

import asyncio
import os
import sys
from pathlib import Path

from playwright.async_api import Browser, async_playwright

WAIT = Path(__file__).with_name("wait.js").read_text(encoding="utf-8")


async def main(chromium: str, pages: int, urls: list[str]) -> None:
    """Read *urls*, so many at once, as anyone would write it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium,
            chromium_sandbox=os.geteuid() != 0,
            args=["--blink-settings=imagesEnabled=false"],
        )
        async with asyncio.TaskGroup() as group:
            for _ in range(pages):
                group.create_task(_worker(browser, urls))
        await browser.close()


async def _worker(browser: Browser, waiting: list[str]) -> None:
    while waiting:
        url = waiting.pop(0)
        async with await browser.new_context() as context:
            page = await context.new_page()
            await page.goto(url, wait_until="commit")
            text: str = await page.evaluate(WAIT)
        if "Apply now" not in text:
            raise SystemExit(f"{url} was read before it was there.")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
