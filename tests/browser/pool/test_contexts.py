"""The context of the next page is opened while others load: it is one's own, and well, or it is not used."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from contextvars import ContextVar

import anyio
import pytest
from playwright.async_api import BrowserContext
from playwright.async_api import Error as PlaywrightError

from jpt.browser.chromium.find import Chromium
from jpt.browser.chromium.launch import Engine
from jpt.browser.pool import engines
from jpt.browser.pool.contexts import Contexts
from jpt.browser.pool.memory import BrowserProcesses
from jpt.browser.pool.pool import BrowserPool
from jpt.browser.visit.opened import Opened
from jpt.settings import Settings
from tests.career_sites.server import Reply, Request, Server

WORDS = "<p>" + "A few words about a post that a company has. " * 8 + "</p>"


def _answer(request: Request) -> Reply:
    came_with = dict(request.headers).get("cookie", "")
    page = f"<h1>{request.path}</h1>{WORDS}<p>Cookies: [{came_with}]</p><p id=own></p>"
    page += "<script>own.textContent = `Kept: [${localStorage.kept || ''}]`; localStorage.kept = 'yes'</script>"
    return Reply(page.encode(), headers=(("Set-Cookie", "seen=yes"),), delay_s=0.2)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server(_answer) as running:
        yield running


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> list[Opened]:
    """List what is opened ahead."""
    found: list[Opened] = []

    async def note(opened: Opened) -> None:
        found.append(opened)

    _show(monkeypatch, note)
    return found


_IS_AHEAD: ContextVar[bool] = ContextVar("ahead", default=False)
"""Whether somebody asked for a context that is not needed yet: tasks that begin then know it, too."""


def _show(monkeypatch: pytest.MonkeyPatch, to: Callable[[Opened], Awaitable[None]]) -> None:
    """Show what is opened ahead before anybody gets it."""
    open_ahead, of = Contexts.open_ahead, Opened.of

    def asked(openings: Contexts, engine: Engine) -> None:
        before = _IS_AHEAD.set(True)
        try:
            open_ahead(openings, engine)
        finally:
            _IS_AHEAD.reset(before)

    async def opened(context: BrowserContext) -> Opened:
        made = await of(context)
        if _IS_AHEAD.get():
            await to(made)
        return made

    monkeypatch.setattr(Contexts, "open_ahead", asked)
    monkeypatch.setattr(Opened, "of", opened)


async def _read(pool: BrowserPool, server: Server, count: int) -> list[str]:
    texts: list[str] = []

    async def one(number: int) -> None:
        async with pool.slot() as slot:
            texts.append((await slot.read(f"http://127.0.0.1:{server.port}/{number}")).text)

    async with anyio.create_task_group() as tg:
        for number in range(count):
            tg.start_soon(one, number)
    return texts


def _is_whole(text: str) -> bool:
    """Tell whether a text is that of the page, and shows nothing of other visits."""
    return "A few words" in text and "Cookies: []" in text and "Kept: []" in text


def test_pages_in_contexts_opened_ahead_share_nothing_and_leave_nothing(
    server: Server, chromium: Chromium, settings: Callable[..., Settings], ahead: list[Opened]
) -> None:
    async def main() -> list[str]:
        async with BrowserPool.open(settings(max_pages=2), chromium) as pool:
            texts = await _read(pool, server, 8)
            assert pool.contexts == 0
            assert sum(len(one.context.browser.contexts) for one in ahead[:1] if one.context.browser) == 0
        return texts

    texts = anyio.run(main)

    assert sorted(text.splitlines()[0] for text in texts) == [f"/{number}" for number in range(8)]
    assert all(map(_is_whole, texts))
    assert len(ahead) >= 3


def test_one_page_at_a_time_opens_nothing_ahead(
    server: Server, chromium: Chromium, settings: Callable[..., Settings], ahead: list[Opened]
) -> None:
    async def main() -> list[str]:
        async with BrowserPool.open(settings(max_pages=1), chromium) as pool:
            return await _read(pool, server, 3)

    assert all(map(_is_whole, anyio.run(main)))
    assert ahead == []


@pytest.mark.parametrize("fate", ["crashed", "closed"])
def test_a_context_that_fails_before_it_is_needed_costs_no_page_anything(
    server: Server,
    chromium: Chromium,
    settings: Callable[..., Settings],
    monkeypatch: pytest.MonkeyPatch,
    fate: str,
) -> None:
    spoiled = 0

    async def spoil(opened: Opened) -> None:
        nonlocal spoiled
        spoiled += 1
        if fate == "closed":
            await opened.context.close()
            return
        with suppress(PlaywrightError):
            await opened.page.goto("chrome://crash")
        while not opened.crashed:  # the navigation ends a moment before that is known
            await anyio.sleep(0.01)

    _show(monkeypatch, spoil)

    async def main() -> list[str]:
        async with BrowserPool.open(settings(max_pages=2), chromium) as pool:
            texts = await _read(pool, server, 6)
            assert pool.contexts == 0
            assert pool.load.died == 0
        return texts

    texts = anyio.run(main)

    assert len(texts) == 6
    assert all(map(_is_whole, texts))
    assert spoiled


def test_a_browser_that_dies_with_a_context_opened_ahead_loses_no_page(
    server: Server, chromium: Chromium, settings: Callable[..., Settings], ahead: list[Opened]
) -> None:
    async def main() -> tuple[list[str], int]:
        async with BrowserPool.open(settings(max_pages=2), chromium) as pool:
            texts: list[str] = []

            async def one(number: int) -> None:
                # What lost its browser is read again, as the queue does.
                for _ in range(4):
                    with suppress(Exception):
                        async with pool.slot() as slot:
                            texts.append((await slot.read(f"http://127.0.0.1:{server.port}/{number}")).text)
                            return

            async with anyio.create_task_group() as tg:
                for number in range(6):
                    tg.start_soon(one, number)
                while not ahead:
                    await anyio.sleep(0.01)
                assert ahead[0].context.browser is not None
                await ahead[0].context.browser.close()
            assert pool.contexts == 0
            return texts, pool.load.died

    texts, died = anyio.run(main)

    assert len(texts) == 6
    assert all(map(_is_whole, texts))
    assert died == 1


def test_browsers_that_start_together_live_by_their_own_drivers(
    server: Server, chromium: Chromium, settings: Callable[..., Settings]
) -> None:
    async def main() -> tuple[list[str], int]:
        async with BrowserPool.open(settings(max_pages=3), chromium) as pool:
            for number in range(3):
                # Each of them is read alone, in a browser of its own.
                pool.suspect(f"http://127.0.0.1:{server.port}/{number}")
            return await _read(pool, server, 3), pool.load.died

    texts, died = anyio.run(main)

    assert len(texts) == 3
    assert all(map(_is_whole, texts))
    assert died == 0


def test_a_browser_that_ends_while_its_memory_is_counted_has_not_died(
    server: Server, chromium: Chromium, settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    def slowly(_: object) -> BrowserProcesses:
        time.sleep(1)  # as on a busy machine
        return BrowserProcesses()

    monkeypatch.setattr(engines, "PULSE_S", 0.1)
    monkeypatch.setattr(engines, "census", slowly)

    async def main() -> int:
        async with BrowserPool.open(settings(max_pages=2), chromium) as pool:
            pool.suspect(f"http://127.0.0.1:{server.port}/0")  # read in a browser of its own
            await _read(pool, server, 1)
            await anyio.sleep(1.5)
            return pool.load.died

    assert anyio.run(main) == 0
