"""Manners hold across machines: workers together visit a host as one process does."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

import anyio

from jpt import __version__
from jpt.cluster.messages import WIRE, Join, KeepAlive, Message, PageRequest, PageResult
from jpt.cluster.peer_connection import dialled
from jpt.cycle.pipeline import Pipeline
from jpt.cycle.plan import Plan
from jpt.models import events
from jpt.models.events import Event
from jpt.settings import Settings
from jpt.store import Store
from tests.cluster.place import Place, coordinator
from tests.cycle.test_guarded import Web


@dataclass
class Hosts:
    """What several workers show of their visits: the pages are made here, and each takes a moment."""

    web: Web
    busy_once: str = ""
    """A host whose first answer asks for a pause of two seconds."""
    open: Counter[str] = field(default_factory=Counter)
    peak: Counter[str] = field(default_factory=Counter)
    begun: dict[str, list[float]] = field(default_factory=dict)
    by: dict[str, set[str]] = field(default_factory=dict)
    refused_at: float = 0.0

    async def visit(self, worker: str, ask: PageRequest) -> PageResult:
        host = ask.url.split("/")[2]
        self.begun.setdefault(host, []).append(monotonic())
        self.by.setdefault(worker, set()).add(host)
        self.open[host] += 1
        self.peak[host] = max(self.peak[host], self.open[host])
        await anyio.sleep(0.08)
        self.open[host] -= 1
        page = await self.web.read(ask.url)
        if host == self.busy_once and not ask.url.endswith("/careers") and not self.refused_at:
            self.refused_at = monotonic()
            page = replace(page, http_status=429, retry_after_s=2.0)
        return PageResult(ask.number, page)

    @asynccontextmanager
    async def worker(self, place: Place, name: str) -> AsyncIterator[None]:
        async with dialled("127.0.0.1", place.port, None) as line, anyio.create_task_group() as tg:
            await line.say(Join(__version__, WIRE, name, 8))
            await line.receive()

            async def answer(ask: PageRequest) -> None:
                line.send(await self.visit(name, ask))

            def handle(message: Message) -> None:
                if isinstance(message, PageRequest):
                    tg.start_soon(answer, message)

            tg.start_soon(line.run, handle, KeepAlive)
            yield
            tg.cancel_scope.cancel()


def cycle(settings: Settings, hosts: Hosts, said: Callable[[Event], None]) -> None:
    async def main() -> None:
        with Store.open(settings.db) as store, anyio.fail_after(60):
            async with coordinator(settings) as place, AsyncExitStack() as stack:
                for name in ("one", "two", "three"):
                    await stack.enter_async_context(hosts.worker(place, name))
                await place.has(3)
                await Pipeline(settings, store, place.pool, said).run(Plan(hosts.web.companies))

    anyio.run(main)


def test_workers_together_are_as_polite_as_one(tmp_path: Path, settings: Callable[..., Settings]) -> None:
    hosts = Hosts(Web(names=("acme", "bolt", "cove")))
    said: list[Event] = []

    cycle(settings(feeds="off", host_pages=1, host_interval_ms=150), hosts, said.append)

    assert sum(isinstance(event, events.TaskDone) for event in said) == 6
    assert set(hosts.peak.values()) == {1}
    assert len(hosts.by) > 1
    for begun in hosts.begun.values():
        # The coordinator begins a visit; on its way to the worker it may lose a moment.
        assert all(later - earlier > 0.1 for earlier, later in itertools.pairwise(begun))


def test_a_host_that_asks_one_worker_for_a_pause_gets_it_from_all(
    tmp_path: Path, settings: Callable[..., Settings]
) -> None:
    hosts = Hosts(Web(names=("acme", "bolt")), busy_once="acme.example")
    said: list[Event] = []

    cycle(settings(feeds="off", host_pages=1, host_interval_ms=0), hosts, said.append)

    assert sum(isinstance(event, events.TaskDone) for event in said) >= 3
    later = [at for at in hosts.begun["acme.example"] if at > hosts.refused_at]
    assert all(at - hosts.refused_at > 1.5 for at in later)
