"""What the pool does when browsers crash, stop, wear out or are scarce: a family of faults each."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from urllib.parse import quote

import anyio
import psutil
import pytest

from jpt.browser.chromium.find import Chromium
from jpt.browser.pool import engines
from jpt.browser.pool.pool import BrowserPool
from jpt.errors import (
    BrowserLost,
    BrowserUnusable,
    CannotCreate,
    Locked,
    NotAPage,
    Outage,
    PageCrash,
    PageFault,
    TaskError,
)
from jpt.models.pages import PageRead
from jpt.settings import Settings
from tests.career_sites.server import Answer, Reply, Request, Server, Silence

pytestmark = pytest.mark.slow

WORDS = "<p>" + "A few words about the company that posts jobs here. " * 8 + "</p>"
JOBS = "".join(f'<p><a href="/job/{number}">Engineer {number}</a></p>' for number in range(4))
Make = Callable[..., Settings]
Victims = Callable[[], list[psutil.Process]]


@pytest.fixture
def hits() -> list[str]:
    return []


@pytest.fixture
def held() -> set[str]:
    """Paths that are not answered while they are in here: their pages are surely in flight."""
    return set()


@pytest.fixture
def server(hits: list[str], held: set[str]) -> Iterator[Server]:
    def answer(request: Request) -> Answer:
        hits.append(request.path)
        if request.path in held:
            return Silence()
        match request.path:
            case "/slow":
                return Reply(f"<h1>Jobs</h1>{WORDS}{JOBS}".encode(), delay_s=1.5)
            case "/robots.txt":
                return Reply(b"User-agent: *\nDisallow: /private/\nCrawl-delay: 2\n", kind="text/plain")
            case path if path.startswith("/to/"):
                return Reply(status=302, headers=(("Location", "http://" + path.removeprefix("/to/")),))
        return Reply(f"<h1>Jobs</h1>{WORDS}{JOBS}".encode())

    with Server(answer) as running:
        yield running


async def outcome(pool: BrowserPool, url: str) -> PageRead | TaskError:
    try:
        async with pool.slot() as slot:
            return await slot.read(url)
    except TaskError as exc:
        return exc


async def asked_for(hits: list[str], path: str, times: int = 1) -> None:
    """Wait until so many requests for *path* have come in."""
    with anyio.fail_after(60):
        while hits.count(path) < times:
            await anyio.sleep(0.02)


def browsers() -> list[psutil.Process]:
    """The main processes of our browsers."""
    found = []
    for child in psutil.Process().children(recursive=True):
        try:
            words = " ".join(child.cmdline())
        except psutil.Error:
            continue
        if "--headless" in words and "--type=" not in words and not words.startswith("/bin/sh"):
            found.append(child)
    return found


def drivers() -> list[psutil.Process]:
    return [one for one in psutil.Process().children(recursive=True) if "run-driver" in " ".join(one.cmdline())]


def renderers() -> list[psutil.Process]:
    return [
        one for one in psutil.Process().children(recursive=True) if "--type=renderer" in " ".join(one.cmdline())
    ]


@pytest.mark.parametrize(
    ("victims", "how"),
    [
        (browsers, signal.SIGKILL),
        (browsers, signal.SIGSEGV),
        (drivers, signal.SIGKILL),
        pytest.param(browsers, signal.SIGSTOP, marks=pytest.mark.slow),
        pytest.param(drivers, signal.SIGSTOP, marks=pytest.mark.slow),
    ],
)
def test_pages_in_flight_are_outages_and_the_next_is_read_soon(
    victims: Victims,
    how: signal.Signals,
    chromium: Chromium,
    settings: Make,
    server: Server,
    hits: list[str],
    held: set[str],
) -> None:
    held.add("/slow")

    async def main() -> tuple[list[PageRead | TaskError], float, PageRead | TaskError]:
        got: list[PageRead | TaskError] = []
        async with BrowserPool.open(settings(), chromium) as pool:

            async def one() -> None:
                got.append(await outcome(pool, f"http://127.0.0.1:{server.port}/slow"))

            async with anyio.create_task_group() as tg:
                for _ in range(3):
                    tg.start_soon(one)
                await asked_for(hits, "/slow", times=3)
                for victim in victims():
                    victim.send_signal(how)
                begun = monotonic()
            after = await outcome(pool, f"http://127.0.0.1:{server.port}/")
            seconds = monotonic() - begun
            assert pool.contexts == 0
        return got, seconds, after

    got, seconds, after = anyio.run(main)

    assert [type(one) for one in got] == [BrowserLost] * 3
    assert isinstance(after, PageRead)
    assert seconds < (45 if how == signal.SIGSTOP else 10)
    assert browsers() == drivers() == []


@pytest.mark.parametrize("times", [1, 2])
def test_only_a_page_that_was_alone_with_two_browsers_that_died_is_to_blame(
    times: int, chromium: Chromium, settings: Make, server: Server, hits: list[str], held: set[str]
) -> None:
    held.add("/slow")

    async def main() -> None:
        async with BrowserPool.open(settings(), chromium) as pool, anyio.create_task_group() as tg:

            async def kill() -> None:
                for death in range(1, times + 1):
                    await asked_for(hits, "/slow", times=death)
                    if death == times:
                        held.clear()
                    browsers()[0].kill()

            tg.start_soon(kill)
            got.append(await outcome(pool, f"http://127.0.0.1:{server.port}/slow"))

    got: list[PageRead | TaskError] = []
    anyio.run(main)

    if times == 1:
        assert isinstance(got[0], PageRead)
    else:
        assert isinstance(got[0], PageCrash)
        assert "/slow was not read: it crashes the browser" in got[0].sentence


def test_of_several_suspects_each_is_read_alone_until_the_guilty_one_shows(
    chromium: Chromium, settings: Make, server: Server, hits: list[str], held: set[str]
) -> None:
    held.add("/slow")
    urls = [f"http://127.0.0.1:{server.port}/slow?{number}" for number in range(3)]

    async def main() -> tuple[list[PageRead | TaskError], list[PageRead | TaskError]]:
        first: list[PageRead | TaskError] = []
        async with BrowserPool.open(settings(), chromium) as pool:

            async def one(url: str) -> None:
                first.append(await outcome(pool, url))

            async with anyio.create_task_group() as tg:
                for url in urls:
                    tg.start_soon(one, url)
                await asked_for(hits, "/slow", times=3)
                browsers()[0].kill()
            held.clear()
            second = [await outcome(pool, url) for url in urls[:2]]
            async with anyio.create_task_group() as tg:

                async def guilty() -> None:
                    second.append(await outcome(pool, urls[2]))

                async with pool.slot() as slot:
                    await slot.read(f"http://127.0.0.1:{server.port}/")  # the shared browser is up again
                    shared = {one.pid for one in browsers()}
                held.add("/slow")
                asked = hits.count("/slow")
                tg.start_soon(guilty)
                await asked_for(hits, "/slow", times=asked + 1)
                for one_alone in browsers():
                    if one_alone.pid not in shared:
                        one_alone.kill()
        return first, second

    first, second = anyio.run(main)

    assert [type(one) for one in first] == [BrowserLost] * 3
    assert [type(one) for one in second] == [PageRead, PageRead, PageCrash]


def test_a_killed_renderer_is_the_pages_fault_and_disturbs_no_other(
    chromium: Chromium, settings: Make, server: Server, hits: list[str], held: set[str]
) -> None:
    held.add("/slow")

    async def main() -> tuple[PageRead | TaskError, PageRead | TaskError]:
        async with BrowserPool.open(settings(), chromium) as pool:

            async def kill() -> None:
                await asked_for(hits, "/slow")
                for one in renderers():
                    one.kill()

            async with anyio.create_task_group() as tg:
                tg.start_soon(kill)
                killed = await outcome(pool, f"http://127.0.0.1:{server.port}/slow")
            return killed, await outcome(pool, f"http://127.0.0.1:{server.port}/")

    killed, after = anyio.run(main)

    assert isinstance(killed, PageFault)
    assert isinstance(after, PageRead)


def test_worn_browsers_are_replaced_and_no_page_is_lost(
    chromium: Chromium, settings: Make, server: Server
) -> None:
    async def main() -> tuple[list[PageRead | TaskError], set[int]]:
        got: list[PageRead | TaskError] = []
        seen: set[int] = set()
        async with BrowserPool.open(settings(recycle_pages=5), chromium) as pool:

            async def one() -> None:
                got.append(await outcome(pool, f"http://127.0.0.1:{server.port}/"))
                seen.update(browser.pid for browser in browsers())

            async with anyio.create_task_group() as tg:
                for _ in range(16):
                    tg.start_soon(one)
            assert pool.contexts == 0
        return got, seen

    got, seen = anyio.run(main)

    assert [type(one) for one in got] == [PageRead] * 16
    assert len(seen) >= 3
    assert browsers() == drivers() == []


@pytest.mark.parametrize("limits", [{"recycle_minutes": 0.001}, {"recycle_mb": 1.0}])
def test_age_and_weight_wear_a_browser_too(
    limits: dict[str, float], chromium: Chromium, settings: Make, server: Server
) -> None:
    async def main() -> set[int]:
        seen: set[int] = set()
        async with BrowserPool.open(settings(**limits), chromium) as pool:
            for path in ("/slow", "/", "/"):
                assert isinstance(await outcome(pool, f"http://127.0.0.1:{server.port}{path}"), PageRead)
                seen.update(browser.pid for browser in browsers())
        return seen

    assert len(anyio.run(main)) >= 2


def test_a_browser_that_keeps_dying_is_given_up(
    chromium: Chromium, settings: Make, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "DEATHS", 2)

    async def main() -> None:
        async with BrowserPool.open(settings(), chromium) as pool:
            for _ in range(4):
                for victim in browsers():
                    victim.kill()
                await outcome(pool, f"http://127.0.0.1:{server.port}/")

    with pytest.raises(BrowserUnusable, match="died 2 times"):
        anyio.run(main)


# Slots of the machine


def test_without_a_free_slot_it_waits_says_so_and_gives_up(
    chromium: Chromium, settings: Make, tmp_path: Path
) -> None:
    said: list[str] = []
    limits = settings(global_slots=1, global_slot_timeout_ms=700, global_slots_dir=tmp_path / "slots")

    async def main() -> None:
        async with (
            BrowserPool.open(limits, chromium) as first,
            BrowserPool.open(limits, chromium, say=said.append) as second,
        ):
            for pool in (first, second):
                async with pool.slot() as slot:
                    await slot.read("http://127.0.0.1:9/", body=b"<p>Hello</p>")

    with pytest.raises(Locked, match="slots of this machine are taken"):
        anyio.run(main)

    assert "waiting for one" in said[0]
    assert (tmp_path / "slots/slot-0.lock").exists()


def test_an_idle_browser_gives_its_slot_back(
    chromium: Chromium, settings: Make, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "IDLE_S", 0.3)
    limits = settings(global_slots=1, global_slot_timeout_ms=15_000, global_slots_dir=tmp_path)

    async def main() -> list[PageRead | TaskError]:
        async with BrowserPool.open(limits, chromium) as one, BrowserPool.open(limits, chromium) as other:
            return [await outcome(pool, f"http://127.0.0.1:{server.port}/") for pool in (one, other, one)]

    assert [type(one) for one in anyio.run(main)] == [PageRead] * 3


def test_what_stands_in_a_slots_file_means_nothing(chromium: Chromium, settings: Make, tmp_path: Path) -> None:
    (tmp_path / "slot-0.lock").write_text(str(os.getpid()))

    async def main() -> None:
        limits = settings(global_slots=1, global_slot_timeout_ms=0, global_slots_dir=tmp_path)
        async with BrowserPool.open(limits, chromium) as pool, pool.slot() as slot:
            await slot.read("http://127.0.0.1:9/", body=b"<p>Hello</p>")
            assert not _free(tmp_path)

    anyio.run(main)

    assert _free(tmp_path)


def _free(folder: Path) -> bool:
    done = subprocess.run([sys.executable, "-c",
        f"from filelock import FileLock; FileLock({str(folder / 'slot-0.lock')!r}).acquire(timeout=0)"],
        capture_output=True, check=False)  # fmt: skip
    return done.returncode == 0


def test_a_folder_of_slots_that_cannot_be_is_named(chromium: Chromium, settings: Make, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    async def main() -> None:
        limits = settings(global_slots=1, global_slots_dir=tmp_path / "file/slots")
        async with BrowserPool.open(limits, chromium) as pool, pool.slot() as slot:
            await slot.read("http://127.0.0.1:9/", body=b"<p>Hello</p>")

    with pytest.raises(CannotCreate, match="PPT_GLOBAL_CHROME_SLOTS_DIR"):
        anyio.run(main)


# Room on the machine


@pytest.mark.parametrize(
    ("limit", "words"),
    [({"max_chrome_helpers": 1}, "PPT_MAX_CHROME_HELPERS"), ({"min_free_mb": 1_000_000}, "JPT_MIN_FREE_MB")],
)
def test_without_room_pages_open_one_after_the_other_and_it_is_said_once(
    limit: dict[str, int], words: str, chromium: Chromium, settings: Make, server: Server
) -> None:
    said: list[str] = []
    most = 0

    async def main() -> list[PageRead | TaskError]:
        got: list[PageRead | TaskError] = []
        nonlocal most
        async with BrowserPool.open(settings(**limit), chromium, say=said.append) as pool:
            # The processes are counted while a page is open.
            got.append(await outcome(pool, f"http://127.0.0.1:{server.port}/slow"))

            async def one() -> None:
                got.append(await outcome(pool, f"http://127.0.0.1:{server.port}/"))

            async with anyio.create_task_group() as tg:
                for _ in range(4):
                    tg.start_soon(one)
                while len(got) < 5:
                    most = max(most, pool.contexts)
                    await anyio.sleep(0.02)
        return got

    assert [type(one) for one in anyio.run(main)] == [PageRead] * 5
    assert most == 1
    assert [words in sentence for sentence in said] == [True]


# What may be reached


REACHING = [
    '<script>fetch("http://{place}/fetched")</script>',
    '<script>new WebSocket("ws://{place}/socket")</script>',
    '<script>navigator.sendBeacon("http://{place}/beacon", "x")</script>',
    '<iframe src="http://{place}/frame"></iframe>',
    '<link rel="icon" href="http://{place}/icon"><link rel="stylesheet" href="http://{place}/css">',
    '<script src="http://{place}/script"></script>',
    '<script>new EventSource("http://{place}/events"); new Worker("http://{place}/worker")</script>',
    '<script>setTimeout(() => {{ location = "http://{place}/gone" }}, 30)</script>',
    '<meta http-equiv="refresh" content="0;url=http://{place}/refreshed">',
    '<link rel="preconnect" href="http://{place}"><link rel="prefetch" href="http://{place}/pre">',
    '<link rel="dns-prefetch" href="//{place}"><a href="http://{place}/ping" ping="http://{place}/ping">x</a>',
]


def test_no_page_reaches_a_private_place_that_nobody_named(
    chromium: Chromium, settings: Make, server: Server, hits: list[str]
) -> None:
    def answer(request: Request) -> Answer:
        body = REACHING[int(request.path[1:])] if request.path[1:].isdigit() else ""
        return Reply((f"<h1>Jobs</h1>{WORDS}{JOBS}" + body.format(place=f"127.0.0.1:{server.port}")).encode())

    async def main(base: str) -> None:
        async with (
            BrowserPool.open(settings(allow_private=False), chromium, named=[base]) as pool,
            anyio.create_task_group() as tg,
        ):
            for number in range(len(REACHING)):
                tg.start_soon(outcome, pool, f"{base}{number}")

    with Server(answer) as outside:
        anyio.run(main, f"http://127.0.0.1:{outside.port}/")

    assert hits == []


SPELLINGS = [
    "127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "0", "[::ffff:127.0.0.1]", "[::1]", "localhost.",
    "127。0。0。1", "①②⑦.⓪.⓪.①",
]  # fmt: skip


def test_no_link_and_no_redirect_reaches_one_in_any_spelling(
    chromium: Chromium, settings: Make, server: Server, hits: list[str]
) -> None:
    def answer(request: Request) -> Answer:
        place = f"http://{SPELLINGS[int(request.path[1:])]}:{server.port}/inner"
        return Reply(status=302, headers=(("Location", quote(place, safe=":/[]")),))

    async def main(base: str) -> list[PageRead | TaskError]:
        links = [f"http://{spelling}:{server.port}/inner" for spelling in SPELLINGS]
        redirects = [f"{base}{number}" for number in range(len(SPELLINGS))]
        async with BrowserPool.open(settings(allow_private=False), chromium, named=[base]) as pool:
            return [await outcome(pool, url) for url in [*links, *redirects]]

    with Server(answer) as outside:
        got = anyio.run(main, f"http://127.0.0.1:{outside.port}/")

    assert all(isinstance(one, (NotAPage, Outage, PageFault)) for one in got)
    assert sum("private address" in one.sentence for one in got if isinstance(one, TaskError)) >= 18
    assert hits == []
