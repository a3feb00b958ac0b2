"""Browsers that run elsewhere: a Playwright server, a Chromium with a debugging port."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import anyio
import pytest

from jpt.browser.chromium.find import Chromium
from jpt.browser.pool import remotes
from jpt.browser.pool.pool import BrowserPool
from jpt.browser.pool.remotes import endpoints
from jpt.errors import BrowserUnusable, Outage, SettingError, TaskError
from jpt.models.pages import PageRead
from jpt.settings import Settings
from tests.career_sites.server import Answer, Reply, Request, Server

pytestmark = pytest.mark.slow

Make = Callable[..., Settings]
PAGE = ("<h1>Jobs</h1>" + "<p>A few words about the company that posts jobs here.</p>" * 8).encode()


@pytest.fixture
def hits() -> list[str]:
    return []


@pytest.fixture
def server(hits: list[str]) -> Iterator[Server]:
    def answer(request: Request) -> Answer:
        hits.append(request.path)
        return Reply(PAGE, delay_s=1.0 if request.path == "/slow" else 0)

    with Server(answer) as running:
        yield running


@contextmanager
def ended(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@contextmanager
def playwright_server(chromium: Chromium, folder: Path) -> Iterator[str]:
    config = folder / "launch.json"
    config.write_text(
        json.dumps(
            {"executablePath": str(chromium.path), "chromiumSandbox": os.geteuid() != 0, "host": "127.0.0.1"}
        )
    )
    words = [sys.executable, "-m", "playwright", "launch-server", "--browser", "chromium", "--config", str(config)]
    with ended(subprocess.Popen(words, stdout=subprocess.PIPE, text=True, start_new_session=True)) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()


@contextmanager
def debugging_port(chromium: Chromium, folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [str(chromium.path), f"--remote-debugging-port={port}", f"--user-data-dir={folder / 'profile'}",
             "--headless", *([] if os.geteuid() else ["--no-sandbox"])]  # fmt: skip
    quiet = subprocess.DEVNULL
    with ended(subprocess.Popen(words, stdout=quiet, stderr=quiet, text=True, start_new_session=True)):
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/json/version", timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(kind: str, chromium: Chromium, folder: Path) -> Iterator[dict[str, str]]:
    if kind == "browser_ws":
        with playwright_server(chromium, folder) as url:
            yield {kind: url}
    else:
        with debugging_port(chromium, folder) as url:
            yield {kind: url}


async def outcome(pool: BrowserPool, url: str) -> PageRead | TaskError:
    try:
        async with pool.slot() as slot:
            return await slot.read(url)
    except TaskError as exc:
        return exc


@pytest.mark.parametrize("kind", ["browser_ws", "browser_cdp"])
def test_pages_are_read_there_within_its_limit_and_behind_our_gate(
    kind: str, chromium: Chromium, settings: Make, server: Server, hits: list[str], tmp_path: Path
) -> None:
    url = f"http://127.0.0.1:{server.port}/slow"
    most = 0

    async def main(where: dict[str, str]) -> list[PageRead | TaskError]:
        nonlocal most
        got: list[PageRead | TaskError] = []
        limited = {name: f"{value};pages=2" for name, value in where.items()}
        async with BrowserPool.open(settings(allow_private=False, **limited), None, named=[url]) as pool:

            async def one() -> None:
                got.append(await outcome(pool, url))

            async with anyio.create_task_group() as tg:
                for _ in range(4):
                    tg.start_soon(one)
                while len(got) < 4:
                    most = max(most, pool.contexts)
                    await anyio.sleep(0.02)
            # Another port of this machine that nobody named.
            got.append(await outcome(pool, f"http://localhost:{server.port}/inner"))
        return got

    with running(kind, chromium, tmp_path) as where:
        got = anyio.run(main, where)

    assert [type(one) for one in got[:4]] == [PageRead] * 4
    assert most == 2
    assert "/inner" not in hits


@pytest.mark.parametrize("kind", ["browser_ws", "browser_cdp"])
def test_one_that_dies_is_left_out_and_the_other_reads_on(
    kind: str, chromium: Chromium, settings: Make, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remotes, "REST_S", 60.0)
    said: list[str] = []
    url = f"http://127.0.0.1:{server.port}/"
    for name in ("one", "two"):
        (tmp_path / name).mkdir()

    async def main(where: str, stop: Callable[[], object]) -> list[PageRead | TaskError]:
        async with BrowserPool.open(settings(**{kind: where}), None, say=said.append) as pool:
            first = await outcome(pool, url)
            stop()
            await anyio.sleep(0.5)
            return [first, *[await outcome(pool, url) for _ in range(3)]]

    with running(kind, chromium, tmp_path / "one") as stays:
        doomed = running(kind, chromium, tmp_path / "two")
        both = f"{doomed.__enter__()[kind]},{stays[kind]}"

        got = anyio.run(main, both, lambda: doomed.__exit__(None, None, None))

    assert isinstance(got[0], PageRead)
    assert isinstance(got[-1], PageRead)
    assert [type(one) for one in got].count(Outage) <= 1
    assert any("left out" in sentence for sentence in said)


def test_when_none_answers_it_is_said_with_the_address(settings: Make) -> None:
    async def main() -> None:
        async with BrowserPool.open(settings(browser_cdp="http://127.0.0.1:9"), None):
            pass

    with pytest.raises(BrowserUnusable, match=re.escape("http://127.0.0.1:9")):
        anyio.run(main)


@pytest.mark.parametrize("words", ["localhost:3000", "ws://", "ws://a;pages=0", "ftp://a"])
def test_an_address_that_is_none_is_a_setting_to_correct(words: str, settings: Make) -> None:
    with pytest.raises(SettingError, match="JPT_BROWSER_WS"):
        endpoints(settings(browser_ws=words))


@pytest.mark.parametrize(
    "lie", [(b'"frameTree"', b'"frameTrxx"'), (b'"executionContextId"', b'"executionContextIx"')]
)
def test_a_browser_elsewhere_whose_answers_make_no_sense_is_an_outage(
    lie: tuple[bytes, bytes],
    chromium: Chromium,
    settings: Make,
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("jpt.browser.pool.contexts.OPEN_S", 2.0)

    async def relay(client: anyio.abc.SocketStream) -> None:
        async with client, await anyio.connect_tcp("127.0.0.1", inner) as far, anyio.create_task_group() as tg:

            async def pump(
                source: anyio.abc.SocketStream, sink: anyio.abc.SocketStream, change: tuple[bytes, bytes]
            ) -> None:
                with suppress(anyio.EndOfStream, anyio.BrokenResourceError, anyio.ClosedResourceError):
                    while True:
                        await sink.send((await source.receive(1_000_000)).replace(*change))
                tg.cancel_scope.cancel()

            # What is packed cannot be changed on the way.
            tg.start_soon(pump, client, far, (b"permessage-deflate", b"permessage-nothing"))
            tg.start_soon(pump, far, client, lie)

    async def main() -> PageRead | TaskError | BrowserUnusable:
        async with (
            await anyio.create_tcp_listener(local_host="127.0.0.1") as listener,
            anyio.create_task_group() as tg,
        ):
            tg.start_soon(listener.serve, relay)
            where = f"ws://127.0.0.1:{listener.extra(anyio.abc.SocketAttribute.local_port)}{path}"
            try:
                async with BrowserPool.open(settings(browser_cdp=where), None) as pool:
                    got = await outcome(pool, f"http://127.0.0.1:{server.port}/")
            except BrowserUnusable as exc:
                got = exc  # type: ignore[assignment]  # both are errors with a sentence
            tg.cancel_scope.cancel()
        return got

    with debugging_port(chromium, tmp_path) as url:
        with urllib.request.urlopen(f"{url}/json/version", timeout=5) as answer:
            address = json.load(answer)["webSocketDebuggerUrl"]
        inner = int(url.rpartition(":")[2])
        path = "/" + address.split("/", 3)[3]
        got = anyio.run(main)

    assert isinstance(got, Outage | BrowserUnusable)
