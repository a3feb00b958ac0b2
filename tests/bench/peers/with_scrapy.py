"""The same work with scrapy-playwright; run in an environment of its own."""

import os
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy_playwright.page import PageMethod

WAIT = (Path(__file__).parents[1] / "wait.js").read_text(encoding="utf-8")


class Posts(scrapy.Spider):
    """Reads the posts, a context a page."""

    name = "posts"
    urls: tuple[str, ...] = ()
    read = 0

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Ask for all of them."""
        for request in self.start_requests():
            yield request

    def start_requests(self) -> Iterator[scrapy.Request]:
        """Ask for all of them."""
        for number, url in enumerate(self.urls):
            meta = {
                "playwright": True,
                "playwright_context": str(number),
                "playwright_include_page": True,
                "playwright_page_methods": [PageMethod("evaluate", WAIT)],
            }
            yield scrapy.Request(url, meta=meta, dont_filter=True)

    async def parse(self, response: Any) -> None:
        """Check that it is there, and close its context."""
        await response.meta["playwright_page"].context.close()
        if "Apply now" not in response.text:
            raise SystemExit(f"{response.url} was read before it was there.")
        Posts.read += 1


def main(chromium: str, pages: int, urls: list[str]) -> None:
    """Read *urls*, so many at once."""
    Posts.urls = tuple(urls)
    handler = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
    process = CrawlerProcess(
        {
            "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
            "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
            "PLAYWRIGHT_LAUNCH_OPTIONS": {
                "executable_path": chromium,
                "chromium_sandbox": os.geteuid() != 0,
                "args": ["--blink-settings=imagesEnabled=false"],
            },
            "PLAYWRIGHT_MAX_CONTEXTS": pages,
            "CONCURRENT_REQUESTS": pages,
            "CONCURRENT_REQUESTS_PER_DOMAIN": pages,
            "DOWNLOAD_DELAY": 0,
            "ROBOTSTXT_OBEY": False,
            "TELNETCONSOLE_ENABLED": False,
            "LOG_LEVEL": "ERROR",
        }
    )
    process.crawl(Posts)
    process.start()
    if Posts.read != len(urls):
        raise SystemExit(f"scrapy read {Posts.read} of {len(urls)} posts.")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
