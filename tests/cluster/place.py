"""A coordinator's pool without a browser, and workers that say what a test wants them to say."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from types import SimpleNamespace

import anyio

from jpt import __version__
from jpt.cluster.cluster_pool import ClusterPool
from jpt.cluster.coordinator_address import CoordinatorAddress
from jpt.cluster.hub import Hub
from jpt.cluster.joined_worker import JoinedWorker
from jpt.cluster.messages import WIRE, Join, KeepAlive, Message, PageRequest, PageResult, Welcome
from jpt.cluster.peer_connection import ConnectionLost, PeerConnection, dialled
from jpt.models.load import Load
from jpt.models.pages import PageRead
from jpt.net.guard import AddressGuard
from jpt.settings import Settings


def page(url: str, by: str = "") -> PageRead:
    """A page that was read, by whom."""
    return PageRead(url, url, 200, by, "")


class Here:
    """This machine's own pool."""

    def __init__(self) -> None:
        self.guard = AddressGuard.of([])
        self.load = Load(0, 0, 0, 0.0, 0, 0)

    def suspect(self, url: str) -> None:
        pass

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[SimpleNamespace]:
        async def read(url: str, *, seek: object = None) -> PageRead:
            return page(url, "here")

        yield SimpleNamespace(read=read)


@dataclass
class Place:
    """A coordinator's pool, and what its user was told."""

    pool: ClusterPool
    said: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return self.pool.hub.address.port

    async def told(self, words: str) -> str:
        """Wait until the user was told something with *words*."""
        with anyio.fail_after(20):
            while not (found := [one for one in self.said if words in one]):
                await anyio.sleep(0.02)
        return found[0]

    async def has(self, workers: int) -> None:
        """Wait until so many workers are there."""
        with anyio.fail_after(20):
            while len(self.pool.hub.members) != workers:
                await anyio.sleep(0.02)

    async def sees(self, name: str, known: list[JoinedWorker]) -> None:
        """Wait until a worker of that name is there that is not *known*."""
        with anyio.fail_after(20):
            while not any(one.name == name and one not in known for one in self.pool.hub.members):
                await anyio.sleep(0.02)

    async def read(self, url: str) -> PageRead:
        async with self.pool.slot() as slot:
            return await slot.read(url)


@asynccontextmanager
async def coordinator(settings: Settings, security: ssl.SSLContext | None = None) -> AsyncIterator[Place]:
    """Run the pool of a cluster on a free port of loopback, for the length of the block."""
    said: list[str] = []

    def say(sentence: str, warning: bool) -> None:
        said.append(sentence)

    address = CoordinatorAddress("127.0.0.1", 0, security is not None)
    async with ClusterPool.open(
        Here(), settings, lambda limits, change: Hub(address, limits, say, change, security), say  # type: ignore[arg-type]
    ) as pool:  # fmt: skip
        yield Place(pool, said)


@dataclass
class Puppet:
    """A worker that answers as *answer* says: None, and it does not answer."""

    line: PeerConnection
    answer: Callable[[PageRequest], Message | None]
    asked: list[PageRequest] = field(default_factory=list)
    heard: list[Message] = field(default_factory=list)

    async def live(self) -> None:
        def handle(message: Message) -> None:
            self.heard.append(message)
            if isinstance(message, PageRequest):
                self.asked.append(message)
                if (answer := self.answer(message)) is not None:
                    self.line.send(answer)

        with suppress(ConnectionLost):
            await self.line.run(handle, KeepAlive)

    async def was_asked(self, times: int) -> None:
        with anyio.fail_after(20):
            while len(self.asked) < times:
                await anyio.sleep(0.02)


def reads(name: str) -> Callable[[PageRequest], Message]:
    """Answer everything with a page."""
    return lambda ask: PageResult(ask.number, page(ask.url, name))


@asynccontextmanager
async def puppet(
    place: Place,
    name: str,
    answer: Callable[[PageRequest], Message | None],
    *,
    pages: int = 2,
    version: str = __version__,
) -> AsyncIterator[Puppet]:
    """Let a worker join for the length of the block; it is gone afterwards, without a word."""
    known = list(place.pool.hub.members)
    async with dialled("127.0.0.1", place.port, None) as line, anyio.create_task_group() as tg:
        await line.say(Join(version, WIRE, name, pages))
        welcome = await line.receive()
        made = Puppet(line, answer)
        made.heard.append(welcome)
        if isinstance(welcome, Welcome):
            tg.start_soon(made.live)
            await place.sees(name, known)
        yield made
        tg.cancel_scope.cancel()
