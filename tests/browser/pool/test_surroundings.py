"""What is around a run: temporary folders, shared memory, forks that hold a slot, proxies, foreign versions."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import anyio
import anyio.abc
import pytest
from filelock import FileLock, Timeout

from jpt.browser.chromium.find import Chromium
from jpt.browser.pool.pool import BrowserPool
from jpt.errors import BrowserUnusable, TaskError
from jpt.models.pages import PageRead
from jpt.settings import Settings
from tests.career_sites import CareerSites, Site, adverts
from tests.career_sites.server import Answer, Reply, Request, Server
from tests.conftest import Jpt

pytestmark = pytest.mark.slow

Make = Callable[..., Settings]

_HOLDER = """
import anyio, os, subprocess, sys, time
from pathlib import Path
from jpt.browser.pool.slots import Slots

slot = anyio.run(Slots(1, Path(sys.argv[1]), 5, print).acquire)
child = os.fork() if sys.argv[2] == "fork" else subprocess.Popen(["sleep", "60"]).pid
if child:
    print(child, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("how", ["fork", "exec"])
def test_a_slot_is_free_when_its_holder_dies_whatever_it_left_running(how: str, tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", _HOLDER, tmp_path, how], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    child = int(holder.stdout.readline())
    try:
        lock = FileLock(tmp_path / "slot-0.lock")
        with pytest.raises(Timeout):
            lock.acquire(timeout=0)
        holder.kill()
        holder.wait()

        lock.acquire(timeout=5)

        os.kill(child, 0)  # it lives on
    finally:
        with suppress(OSError):
            os.kill(child, signal.SIGKILL)
        holder.stdout.close()


def _in_own_mounts(jpt: Jpt, mount: str, *, temp: Path) -> subprocess.CompletedProcess[str]:
    """Run jpt where *mount* has been done for it alone; skips where that is not allowed."""
    if os.geteuid() or not shutil.which("unshare"):
        pytest.skip("only root may mount here")
    if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no mount namespace here")
    return subprocess.run(
        ["unshare", "-m", "sh", "-c", f'{mount} && exec "$0" -m jpt run --json', sys.executable],
        cwd=jpt.folder,
        env={**jpt.env, "TMPDIR": str(temp)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_little_shared_memory_is_enough(jpt: Jpt, tmp_path: Path) -> None:
    with CareerSites([Site("Tern", "static", adverts(2))]) as career_sites:
        career_sites.companies_csv(_inputs(jpt))
        done = _in_own_mounts(jpt, "mount -t tmpfs -o size=64k tmpfs /dev/shm", temp=tmp_path)

    assert done.returncode == 0, done.stderr
    assert '"done": 2' in done.stdout


@pytest.mark.parametrize("options", ["size=64k", "size=1m", "ro"])
def test_a_temporary_folder_without_room_is_enough_or_a_clear_end(options: str, jpt: Jpt, tmp_path: Path) -> None:
    temp = tmp_path / "small"
    temp.mkdir()
    with CareerSites([Site("Tern", "static", adverts(2))]) as career_sites:
        career_sites.companies_csv(_inputs(jpt))
        done = _in_own_mounts(jpt, f"mount -t tmpfs -o {options} tmpfs {temp}", temp=temp)

    assert "Traceback" not in done.stderr
    if done.returncode == 0:
        assert '"done": 2' in done.stdout
    else:
        assert done.returncode in {69, 73, 74}, done.stderr
        # SQLite keeps work of its own there, and does not say which disk is full.
        assert str(temp) in done.stderr or "the disk is full" in done.stderr


def _inputs(jpt: Jpt) -> Path:
    (jpt.folder / "inputs").mkdir()
    return jpt.folder / "inputs/companies.csv"


def test_a_browser_server_of_another_version_is_named(settings: Make) -> None:
    told = b"Playwright version mismatch:\n  - server version: v1.40\n  - client version: v1.99"

    async def main(endpoint: str) -> None:
        async with BrowserPool.open(settings(browser_ws=endpoint), None):
            pass

    with (
        Server(lambda request: Reply(told, 428, kind="text/plain")) as server,
        pytest.raises(BrowserUnusable, match=re.escape("runs another version of Playwright")) as caught,
    ):
        anyio.run(main, f"ws://127.0.0.1:{server.port}/")

    assert "v1.40" in caught.value.sentence


def test_the_operators_proxy_carries_pages_and_the_guard_stands_before_it(
    chromium: Chromium, settings: Make
) -> None:
    heads: list[str] = []
    hits: list[str] = []

    def answer(request: Request) -> Answer:
        hits.append(request.headers.get("host", ""))
        return Reply(b"<h1>Baker</h1><p>" + b"We bake bread with care. " * 20)

    async def main(port: int) -> tuple[PageRead, TaskError]:
        async def relay(client: anyio.abc.SocketStream) -> None:
            async with client:
                heads.append((await client.receive(65_536)).decode())
                async with await anyio.connect_tcp("127.0.0.1", port) as far:
                    await client.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    async with anyio.create_task_group() as tg:
                        tg.start_soon(_pump, client, far)
                        await _pump(far, client)
                        tg.cancel_scope.cancel()

        async with await anyio.create_tcp_listener(local_host="127.0.0.1") as listener:
            proxy = f"http://127.0.0.1:{listener.extra(anyio.abc.SocketAttribute.local_port)}"
            loaded = settings(https_proxy=proxy, allow_private=False)
            async with anyio.create_task_group() as tg, BrowserPool.open(loaded, chromium) as pool:
                tg.start_soon(listener.serve, relay)
                async with pool.slot() as slot:
                    page = await slot.read("http://jobs.example/baker")
                with pytest.raises(TaskError) as refused:
                    async with pool.slot() as slot:
                        await slot.read(f"http://127.0.0.1:{port}/private")
                tg.cancel_scope.cancel()
        return page, refused.value

    with Server(answer) as server:
        page, refused = anyio.run(main, server.port)

    assert "bake bread" in page.text
    assert heads[0].startswith("CONNECT jobs.example:80 HTTP/1.1\r\n")
    assert set(hits) == {"jobs.example"}
    assert "private address" in refused.sentence


async def _pump(source: anyio.abc.SocketStream, sink: anyio.abc.SocketStream) -> None:
    with suppress(anyio.EndOfStream, anyio.BrokenResourceError, anyio.ClosedResourceError):
        while True:
            await sink.send(await source.receive(65_536))
