"""The pool of a cluster with workers that do what a test says; no browser."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress

import anyio
import pytest

from jpt import __version__
from jpt.browser.visit.open_list import Seek
from jpt.cluster.coordinator_address import CoordinatorAddress
from jpt.cluster.messages import (
    WIRE,
    Cancel,
    Fault,
    Join,
    NextPageReply,
    NextPageRequest,
    PageRequest,
    PageResult,
    VersionRefused,
)
from jpt.cluster.peer_connection import dialled
from jpt.errors import BrowserLost, PageCrash, PageFault, UsageError, WorkerLost
from jpt.models.pages import Glance
from jpt.settings import Settings
from tests.cluster.place import Place, coordinator, page, puppet, reads
from tests.table import each_row

Make = Callable[..., Settings]
URL = "http://127.0.0.1:9/jobs/1"


def run(settings: Settings, story: Callable[[Place], Awaitable[None]]) -> None:
    async def main() -> None:
        with anyio.fail_after(60):
            async with coordinator(settings) as place:
                await story(place)

    anyio.run(main)


async def fault(place: Place, kind: type[Exception], url: str = URL) -> None:
    with pytest.raises(kind):
        await place.read(url)


def test_pages_are_read_by_whoever_has_room_and_here_when_nobody_is_there(settings: Make) -> None:
    async def story(place: Place) -> None:
        assert (await place.read(URL)).title == "here"
        async with puppet(place, "one", reads("one")):
            assert (await place.read(URL)).title == "one"
            async with puppet(place, "two", lambda ask: None, pages=8) as two, anyio.create_task_group() as tg:
                assert place.pool.room == 10
                for number in range(10):
                    tg.start_soon(place.read, f"{URL}{number}")
                await two.was_asked(5)
                tg.cancel_scope.cancel()
            await place.has(1)
            assert place.pool.room == 2
        await place.has(0)
        assert (await place.read(URL)).title == "here"

    run(settings(), story)


def test_a_page_that_is_lost_with_its_worker_is_nobodys_fault_and_is_asked_again_alone(settings: Make) -> None:
    async def story(place: Place) -> None:
        async with anyio.create_task_group() as tg, puppet(place, "one", lambda ask: None) as one:
            tg.start_soon(fault, place, WorkerLost)
            tg.start_soon(fault, place, WorkerLost, f"{URL}2")
            await one.was_asked(2)
        async with puppet(place, "two", lambda ask: None) as two, anyio.create_task_group() as tg:
            tg.start_soon(place.read, URL)
            await two.was_asked(1)
            tg.start_soon(place.read, f"{URL}2")
            tg.start_soon(place.read, f"{URL}3")
            await anyio.wait_all_tasks_blocked()
            assert [ask.url for ask in two.asked] == [URL]
            two.line.send(PageResult(two.asked[0].number, page(URL)))
            await two.was_asked(2)
            tg.cancel_scope.cancel()

    run(settings(), story)


def test_a_page_that_is_to_be_read_alone_gets_its_turn_though_the_workers_are_never_idle(settings: Make) -> None:
    async def story(place: Place) -> None:
        async with anyio.create_task_group() as tg, puppet(place, "one", lambda ask: None) as one:
            tg.start_soon(fault, place, WorkerLost)
            await one.was_asked(1)
        await place.has(0)
        async with puppet(place, "two", lambda ask: None, pages=4) as two, anyio.create_task_group() as tg:

            async def busy(number: int) -> None:
                while True:
                    await place.read(f"{URL}/other-{number}")

            for number in range(6):
                tg.start_soon(busy, number)
            await two.was_asked(4)
            tg.start_soon(place.read, URL)
            for place_of_ask in range(30):
                with anyio.fail_after(20):
                    while len(two.asked) <= place_of_ask:
                        await anyio.sleep(0.01)
                ask = two.asked[place_of_ask]
                if ask.url == URL:
                    break
                # One is answered at a time, so that there is never a moment without a page.
                two.line.send(PageResult(ask.number, page(ask.url)))
                await anyio.sleep(0.05)
            assert ask.url == URL
            tg.cancel_scope.cancel()

    run(settings(), story)


def test_a_page_that_ends_worker_after_worker_alone_is_to_blame(settings: Make) -> None:
    async def story(place: Place) -> None:
        kinds: list[type[Exception]] = [WorkerLost, WorkerLost, WorkerLost, PageCrash]
        for number, kind in enumerate(kinds):
            async with (
                anyio.create_task_group() as tg,
                puppet(place, f"w{number}", lambda ask: None) as worker,
            ):
                tg.start_soon(fault, place, kind)
                await worker.was_asked(1)

    run(settings(), story)


def test_a_page_that_crashed_a_browser_is_known_to_all_workers(settings: Make) -> None:
    def crashed(ask: PageRequest) -> PageResult:
        return PageResult(ask.number, fault=Fault("BrowserLost", "The browser crashed."), suspect=True)

    async def story(place: Place) -> None:
        async with puppet(place, "one", crashed):
            await fault(place, BrowserLost)
        async with puppet(place, "two", reads("two")) as two:
            await place.read(URL)
            await place.read(URL)
        assert [ask.suspect for ask in two.asked] == [True, False]

    run(settings(), story)


def test_a_worker_that_reads_nothing_is_left_alone_and_its_pages_are_read_elsewhere(settings: Make) -> None:
    def unfit(ask: PageRequest) -> PageResult:
        return PageResult(ask.number, fault=Fault("unfit", "No Chromium starts: the disk is full."))

    async def story(place: Place) -> None:
        async with puppet(place, "full", unfit) as full:
            await fault(place, WorkerLost)
            assert (await place.read(URL)).title == "here"
            async with puppet(place, "well", reads("well")):
                assert (await place.read(URL)).title == "well"
        assert len(full.asked) == 1
        assert "full reads nothing for now" in await place.told("disk is full")

    run(settings(), story)


def test_a_fault_of_the_page_is_the_pages(settings: Make) -> None:
    async def story(place: Place) -> None:
        async with puppet(
            place, "one", lambda ask: PageResult(ask.number, fault=Fault("PageFault", "HTTP 500."))
        ) as one:
            for _ in range(5):
                await fault(place, PageFault)
            assert len(one.asked) == 5

    run(settings(), story)


def test_a_page_that_nobody_waits_for_any_more_is_dropped_at_the_worker(settings: Make) -> None:
    async def story(place: Place) -> None:
        async with puppet(place, "one", lambda ask: None) as one:
            async with anyio.create_task_group() as tg:
                tg.start_soon(place.read, URL)
                await one.was_asked(1)
                tg.cancel_scope.cancel()
            with anyio.fail_after(20):
                while Cancel(one.asked[0].number) not in one.heard:
                    await anyio.sleep(0.02)

    run(settings(), story)


def test_the_coordinator_decides_about_further_pages_of_a_list(settings: Make) -> None:
    asked: list[str] = []

    async def turn(url: str) -> bool:
        asked.append(url)
        return url.endswith("2")

    def turns(ask: PageRequest) -> NextPageRequest:
        assert ask.depth is not None
        return NextPageRequest(ask.number, 1, f"{URL}?page={ask.depth.pages}")

    async def story(place: Place) -> None:
        async with puppet(place, "one", turns) as one:
            for pages, may in ((2, True), (3, False)):
                seek = Seek.within(lambda page: Glance(frozenset(), False), turn, pages, 5, 9.0)
                async with anyio.create_task_group() as tg:
                    tg.start_soon(place.pool.read, URL, seek)
                    with anyio.fail_after(20):
                        while not isinstance(one.heard[-1], NextPageReply):
                            await anyio.sleep(0.02)
                    answer = one.heard.pop()
                    assert isinstance(answer, NextPageReply)
                    assert answer.may is may
                    tg.cancel_scope.cancel()
        assert asked == [f"{URL}?page=2", f"{URL}?page=3"]

    run(settings(), story)


def test_a_worker_of_another_version_is_refused_by_name(settings: Make) -> None:
    async def story(place: Place) -> None:
        async with puppet(place, "old", reads("old"), version="0.0.1") as old:
            assert isinstance(old.heard[0], VersionRefused)
        said = await place.told("old")
        assert "0.0.1" in said
        assert "was refused" in said
        assert not place.pool.hub.members

    run(settings(), story)


@pytest.mark.parametrize("words", [b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01", b"jpt\x01\xff\xff\xff\xff", b"jpt\x01\0\0\0\2{}"])  # fmt: skip
def test_a_stranger_is_refused_with_a_sentence(settings: Make, words: bytes) -> None:
    async def story(place: Place) -> None:
        async with await anyio.connect_tcp("127.0.0.1", place.port) as stranger:
            await stranger.send(words)
            await place.told("A connection from 127.0.0.1 was refused")
        async with puppet(place, "one", reads("one")):
            assert (await place.read(URL)).title == "one"

    run(settings(), story)


def test_a_worker_that_joins_again_takes_its_own_place(settings: Make) -> None:
    async def story(place: Place) -> None:
        async with puppet(place, "one", lambda ask: None) as old, anyio.create_task_group() as tg:
            tg.start_soon(fault, place, WorkerLost)
            await old.was_asked(1)
            async with puppet(place, "one", reads("one, again")):
                await place.has(1)
                assert (await place.read(URL)).title == "one, again"

    run(settings(), story)


@each_row("words", ["tcp://192.0.2.7:1", "ftp://a", "tls://", "tls://a/b", "tls://a:99999", "tls://u@a"])
def test_an_address_that_cannot_be_used_is_refused(words: str) -> None:
    with pytest.raises(UsageError):
        CoordinatorAddress.parsed(words)


def test_only_within_a_machine_may_a_line_be_plain() -> None:
    assert str(CoordinatorAddress.parsed("tcp://127.0.0.1")) == "tcp://127.0.0.1:8779"
    assert str(CoordinatorAddress.parsed("localhost:5")) == "tcp://localhost:5"
    assert str(CoordinatorAddress.parsed("0.0.0.0:5")) == "tls://0.0.0.0:5"
    assert str(CoordinatorAddress.parsed("tls://[::1]:5")) == "tls://[::1]:5"
    assert str(CoordinatorAddress.parsed("tern.local")) == "tls://tern.local:8779"


@pytest.mark.slow
def test_a_silent_worker_is_given_up_and_one_that_speaks_is_not(settings: Make) -> None:
    async def story(place: Place) -> None:
        async with puppet(place, "one", lambda ask: None), dialled("127.0.0.1", place.port, None) as line:
            await line.say(Join(__version__, WIRE, "silent", 8))
            await place.has(2)
            async with anyio.create_task_group() as tg:
                for number in range(5):
                    tg.start_soon(lost_or_left, place, f"{URL}{number}")
                await place.told("it was silent for 4 s")
                await place.has(1)
                tg.cancel_scope.cancel()
        assert "Worker silent " in await place.told("it was silent for 4 s")

    async def lost_or_left(place: Place, url: str) -> None:
        with suppress(WorkerLost):
            await place.read(url)

    run(settings(cluster_silent_s=4), story)
