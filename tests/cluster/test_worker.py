"""The worker's end of the line, with pages that are made here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from types import SimpleNamespace

import anyio
import pytest

from jpt.cluster.coordinator_address import CoordinatorAddress
from jpt.cluster.worker import Worker
from jpt.errors import PageFault, WorkerLost
from jpt.models.load import Load
from jpt.settings import Settings
from tests.cluster.place import Place, coordinator, page

URL = "http://127.0.0.1:9/jobs/1"


class Pages:
    """In the place of a worker's browsers."""

    def __init__(self) -> None:
        self.load = Load(0, 0, 0, 0.0, 0, 0)

    @classmethod
    @asynccontextmanager
    async def open(
        cls, settings: Settings, chromium: object, *, named: list[str], say: object, fixed: bool
    ) -> AsyncIterator[Pages]:
        yield cls()

    def suspect(self, url: str) -> None:
        pass

    def is_suspect(self, url: str) -> bool:
        return False

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[SimpleNamespace]:
        async def read(url: str, *, seek: object = None) -> object:
            if url.endswith("hang"):
                await anyio.sleep_forever()
            if url.endswith("bug"):
                raise KeyError("a mistake of ours")
            return page(url, "worker")

        yield SimpleNamespace(read=read)


@asynccontextmanager
async def at_work(place: Place, settings: Settings, port: int = 0) -> AsyncIterator[Worker]:
    worker = Worker(
        settings,
        CoordinatorAddress("127.0.0.1", port or place.port, False),
        None,
        None,
        "w",
        lambda _: None,
        lambda _: None,
    )
    async with anyio.create_task_group() as tg:
        tg.start_soon(worker.run)
        await place.has(1)
        yield worker
        tg.cancel_scope.cancel()


def test_a_worker_that_is_cut_off_joins_again_and_drops_what_it_read(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jpt.cluster.worker.BrowserPool", Pages)

    async def main() -> None:
        with anyio.fail_after(60):
            async with coordinator(settings()) as place, at_work(place, settings()):
                assert (await place.read(URL)).title == "worker"
                (member,) = place.pool.hub.members
                async with anyio.create_task_group() as tg:
                    tg.start_soon(lost, place)
                    while not member.asked:
                        await anyio.sleep(0.02)
                    member.line.give_up()
                while place.pool.hub.members in ([], [member]):
                    await anyio.sleep(0.02)
                assert (await place.read(URL)).title == "worker"

    async def lost(place: Place) -> None:
        with pytest.raises(WorkerLost):
            await place.read(f"{URL}/hang")

    anyio.run(main)


def test_a_bug_at_a_worker_is_a_fault_of_one_page(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jpt.cluster.worker.BrowserPool", Pages)

    async def main() -> None:
        with anyio.fail_after(60):
            async with coordinator(settings()) as place, at_work(place, settings()):
                with pytest.raises(PageFault):
                    await place.read(f"{URL}/bug")
                assert (await place.read(URL)).title == "worker"

    anyio.run(main)


def test_a_worker_that_winds_down_finishes_what_it_reads_and_is_missed_by_nobody(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jpt.cluster.worker.BrowserPool", Pages)

    async def main() -> None:
        with anyio.fail_after(60):
            async with coordinator(settings()) as place, at_work(place, settings()) as worker:
                worker.wind_down()
                await place.told("has left")
                assert (await place.read(URL)).title == "here"

    anyio.run(main)


@pytest.mark.slow
def test_a_worker_whose_network_is_gone_for_a_while_comes_back(
    settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jpt.cluster.worker.BrowserPool", Pages)
    is_cut = False

    async def pump(source: anyio.abc.ByteReceiveStream, target: anyio.abc.ByteSendStream) -> None:
        # As in a network that is gone: nothing comes, and nobody is told that the line is dead.
        with suppress(anyio.BrokenResourceError, anyio.ClosedResourceError):
            async for data in source:
                if not is_cut:
                    await target.send(data)

    async def main() -> None:
        nonlocal is_cut
        patient = settings(cluster_silent_s=4)
        with anyio.fail_after(90):
            async with coordinator(patient) as place, anyio.create_task_group() as tg:

                async def through(near: anyio.abc.SocketStream) -> None:
                    async with (
                        near,
                        await anyio.connect_tcp("127.0.0.1", place.port) as far,
                        anyio.create_task_group() as both,
                    ):
                        both.start_soon(pump, near, far)
                        await pump(far, near)
                        both.cancel_scope.cancel()

                network = await anyio.create_tcp_listener(local_host="127.0.0.1")
                tg.start_soon(network.serve, through)
                port = network.extra(anyio.abc.SocketAttribute.local_port)
                async with at_work(place, patient, port):
                    assert (await place.read(URL)).title == "worker"
                    is_cut = True
                    await place.told("it was silent")
                    assert (await place.read(URL)).title == "here"
                    await anyio.sleep(6)
                    is_cut = False
                    await place.has(1)
                    assert (await place.read(URL)).title == "worker"
                tg.cancel_scope.cancel()
            await network.aclose()

    anyio.run(main)
