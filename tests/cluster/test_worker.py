"""The worker's end of the line, with pages that are made here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace

import anyio
import pytest

from jpt.cluster.address import Address
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
        cls, settings: Settings, chromium: object, *, named: list[str], say: object
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
async def at_work(place: Place, settings: Settings) -> AsyncIterator[Worker]:
    worker = Worker(
        settings, Address("127.0.0.1", place.port, False), None, None, "w", lambda _: None, lambda _: None
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
