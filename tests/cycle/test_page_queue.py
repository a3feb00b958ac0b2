"""Which page is read next."""

from __future__ import annotations

from collections.abc import Sequence

import anyio

from jpt.cycle.page_queue import PageQueue
from jpt.models.pages import Company


def page(site: str, name: str = "careers") -> Company:
    return Company(site, f"https://{site.lower()}.example/{name}")


def test_two_pages_of_a_site_are_read_one_after_the_other_and_hold_no_other_site_up() -> None:
    first, second, other, late = page("Acme", "a"), page("Acme", "b"), page("Bolt"), page("Coil")
    due = [[late]]

    def more() -> Sequence[Company]:
        return due.pop() if due else []

    async def main() -> None:
        page_queue = PageQueue([first, second, other], more)
        assert [await page_queue.next(), await page_queue.next()] == [first, other]
        # The second page of Acme waits; what has fallen due meanwhile does not.
        assert await page_queue.next() == late
        with anyio.move_on_after(0.05) as waited:
            await page_queue.next()
        assert waited.cancelled_caught
        async with anyio.create_task_group() as tg:
            tg.start_soon(expected, page_queue, second)
            await anyio.wait_all_tasks_blocked()
            page_queue.done(first)
        for company in (second, other, late):
            page_queue.done(company)
        assert await page_queue.next() is None

    async def expected(page_queue: PageQueue, company: Company) -> None:
        with anyio.fail_after(0.9):
            assert await page_queue.next() == company

    anyio.run(main)


def test_a_single_run_reads_all_pages_as_fast_as_it_can() -> None:
    pages = [page("Acme", "a"), page("Acme", "b")]

    async def main() -> None:
        page_queue = PageQueue(pages)
        assert [await page_queue.next(), await page_queue.next(), await page_queue.next()] == [*pages, None]

    anyio.run(main)
