"""Jobs that a page's data holds and its links do not, added to the list that is open."""

from __future__ import annotations

from contextlib import suppress

import anyio.to_thread
from playwright.async_api import Error as PlaywrightError

from jpt.browser.visit import data_links
from jpt.browser.visit.data_jobs import DataJob, data_jobs
from jpt.browser.visit.open_list import OpenList
from jpt.errors import PageFault
from jpt.models.pages import Anchor, PageRead

OPENS_S, GUESS_S = 20.0, 30.0
"""Longest time to try one address, and several."""


async def add_from_data(list_: OpenList) -> None:
    """Add the jobs of inline state, structured data and the answers that scripts fetched."""
    page = list_.gathered.page
    glance = list_.seek.glance(page)
    linked = [anchor for anchor in page.anchors if anchor.url in glance.jobs]
    titles = frozenset(words.casefold() for anchor in linked for words in (anchor.text, anchor.heading) if words)
    found = await anyio.to_thread.run_sync(data_jobs, await _texts(list_), titles)
    if not found:
        return
    placed = data_links.placed(found, page.anchors, glance.jobs, page.final_url)
    anchors = placed.anchors
    if anchors and not (placed.sure or list_.seek.saved) and not await _opens(list_, anchors[0].url):
        anchors = ()
    if not anchors and not glance.enough and not list_.seek.saved:
        anchors = await _guessed(list_, found, page)
    if anchors:
        fresh = list_.add_links(anchors)
        list_.note(f"{fresh} from its data")


async def _texts(list_: OpenList) -> list[str]:
    texts = [*list_.gathered.first.json_ld, *await list_.traffic.json_answers()]
    with suppress(PlaywrightError, PageFault):
        inline = await list_.probe.call("inlineData")
        texts += [text for text in inline if isinstance(text, str)] if isinstance(inline, list) else []
    return texts


async def _opens(list_: OpenList, url: str) -> bool:
    with suppress(PlaywrightError, PageFault):
        return await list_.probe.call("opens", url, limit_s=OPENS_S) is True
    return False


async def _guessed(list_: OpenList, found: list[DataJob], page: PageRead) -> tuple[Anchor, ...]:
    """Try common addresses for the first job; the one that opens its post is the pattern of all."""
    first, others = found[0], [job.title for job in found[1:40]]
    tries = data_links.guesses(first, page.final_url)
    with suppress(PlaywrightError, PageFault):
        url = await list_.probe.call("firstThatOpens", tries, first.title, others, limit_s=GUESS_S)
        if isinstance(url, str) and url:
            model = data_links.anchor_of(first, url)
            return (model, *data_links.placed(found, [model], frozenset([url]), page.final_url).anchors)
    return ()
