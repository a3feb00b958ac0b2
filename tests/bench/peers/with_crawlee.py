"""The same work with crawlee-python's PlaywrightCrawler; run in an environment of its own."""

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

from crawlee import ConcurrencySettings
from crawlee.configuration import Configuration
from crawlee.crawlers import PlaywrightCrawler, PlaywrightCrawlingContext
from crawlee.storage_clients import MemoryStorageClient

WAIT = (Path(__file__).parents[1] / "wait.js").read_text(encoding="utf-8")


async def main(chromium: str, pages: int, urls: list[str]) -> None:
    """Read *urls*, so many at once."""
    crawler = PlaywrightCrawler(
        configuration=Configuration(log_level="ERROR"),
        storage_client=MemoryStorageClient(),
        headless=True,
        browser_launch_options={
            "executable_path": chromium,
            "chromium_sandbox": os.geteuid() != 0,
            "args": ["--blink-settings=imagesEnabled=false"],
        },
        concurrency_settings=ConcurrencySettings(
            min_concurrency=pages, max_concurrency=pages, desired_concurrency=pages
        ),
        request_handler_timeout=timedelta(seconds=60),
        max_request_retries=0,
    )

    @crawler.router.default_handler
    async def handle(context: PlaywrightCrawlingContext) -> None:
        if "Apply now" not in await context.page.evaluate(WAIT):
            raise SystemExit(f"{context.request.url} was read before it was there.")

    done = await crawler.run(urls)
    if done.requests_finished != len(urls):
        raise SystemExit(f"crawlee read {done.requests_finished} of {len(urls)} posts.")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
