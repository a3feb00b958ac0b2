"""A small real HTTP/1.1 server on 127.0.0.1, on a thread of its own. Knows nothing of careers.

One event loop holds all connections, so a hundred that hang cost nothing. Keep-alive, exact
Content-Length; asyncio sets TCP_NODELAY on every connection by itself.
"""

import asyncio
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Self
from urllib.parse import unquote


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came in."""

    method: str
    path: str
    """Decoded, without the query."""
    query: str
    headers: Mapping[str, str]
    """Names in lower case."""
    time: float
    """Seconds since the epoch at which its head was read."""
    body: bytes = b""

    @property
    def target(self) -> str:
        """Path and query, as they are counted."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class Reply:
    """A complete answer, *delay_s* after the server's own latency."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    delay_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Drip:
    """A body without an end: *start*, then *drop* every *gap_s* until the client goes."""

    start: bytes
    drop: bytes
    gap_s: float = 0.2


@dataclass(frozen=True, slots=True)
class Silence:
    """The connection is accepted and the request read; nothing ever comes back."""


@dataclass(frozen=True, slots=True)
class Hangup:
    """The connection is closed without an answer."""


Answer = Reply | Drip | Silence | Hangup
Handler = Callable[[Request], Answer]
Labels = Callable[[Request], Iterable[str]]


_Reader = asyncio.StreamReader
_Writer = asyncio.StreamWriter

_GONE = (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)
"""The client went away, or sent no HTTP: nobody is left to tell."""


class Gauge:
    """How many requests were in flight at once, at most, by label."""

    def __init__(self) -> None:
        self.now: Counter[str] = Counter()
        self.peak: Counter[str] = Counter()

    @contextmanager
    def holding(self, labels: Iterable[str]) -> Iterator[None]:
        """Count one more of each label for the length of the block."""
        held = tuple(labels)
        for label in held:
            self.now[label] += 1
            self.peak[label] = max(self.peak[label], self.now[label])
        try:
            yield
        finally:
            self.now.subtract(held)


class Server:
    """Serves *handler* from entering to leaving the block; *handler* runs on the server's thread.

    *latency_ms* is waited before each answer and may be changed while serving. *labels* tells what a
    request counts as in the gauge.
    """

    def __init__(
        self,
        handler: Handler,
        latency_ms: float = 0.0,
        labels: Labels = lambda _: ("requests",),
        host: str = "127.0.0.1",
    ) -> None:
        self._host = host
        self.latency_ms = latency_ms
        self.gauge = Gauge()
        self.port = 0
        self._handler = handler
        self._labels = labels
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop
        self._stop: asyncio.Event
        self._thread: threading.Thread

    def __enter__(self) -> Self:
        listening: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, args=(listening,), name="career sites", daemon=True)
        self._thread.start()
        self.port = listening.result(timeout=10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout=10)

    def _run(self, listening: Future[int]) -> None:
        asyncio.run(self._serve(listening))

    async def _serve(self, listening: Future[int]) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        # Not asyncio.start_server: on closing it loses what it was just about to accept.
        with socket.create_server((self._host, 0), backlog=512) as listener:
            listener.setblocking(False)
            self._loop.add_reader(listener, self._accept, listener)
            listening.set_result(listener.getsockname()[1])
            await self._stop.wait()
            self._loop.remove_reader(listener)
        # A task begins one turn after it was made, and one cancelled before that would close nothing.
        await asyncio.sleep(0)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        # Transports close one turn after they were told to.
        await asyncio.sleep(0)

    def _accept(self, listener: socket.socket) -> None:
        try:
            client, _ = listener.accept()
        except OSError:
            return  # The client went away before it was let in.
        task = self._loop.create_task(self._connection(client))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _connection(self, client: socket.socket) -> None:
        reader, writer = await asyncio.open_connection(sock=client)
        try:
            while (request := await _read(reader)) and await self._answer(request, reader, writer):
                pass
        except (*_GONE, asyncio.CancelledError):
            pass
        finally:
            if self._stop.is_set():
                writer.transport.abort()
            writer.close()

    async def _answer(self, request: Request, reader: _Reader, writer: _Writer) -> bool:
        """Answer, and tell whether the connection is to be kept."""
        with self.gauge.holding(self._labels(request)):
            answer = self._handler(request)
            if isinstance(answer, Reply):
                await asyncio.sleep(self.latency_ms / 1000 + answer.delay_s)
                writer.write(_head(answer) + (b"" if request.method == "HEAD" else answer.body))
                await writer.drain()
                return request.headers.get("connection", "").lower() != "close"
            if isinstance(answer, Drip):
                await _drip(answer, writer)
            elif isinstance(answer, Silence):
                # Returns when the client closes its end.
                await reader.read()
            return False


async def _drip(answer: Drip, writer: _Writer) -> None:
    writer.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n" + answer.start
    )
    while not writer.is_closing():
        await writer.drain()
        await asyncio.sleep(answer.gap_s)
        writer.write(answer.drop)


async def _read(reader: _Reader) -> Request | None:
    """Read one request; None where the client closed between two requests."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    method, _, rest = first.partition(" ")
    path, _, query = rest.rpartition(" ")[0].partition("?")
    pairs = (line.partition(":") for line in lines if line)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    begun = time.time()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, unquote(path), query, headers, begun, body)


def _head(reply: Reply) -> bytes:
    pairs = (
        ("Content-Type", reply.kind),
        ("Content-Length", str(len(reply.body))),
        ("Connection", "keep-alive"),
        *reply.headers,
    )
    lines = "".join(f"{name}: {value}\r\n" for name, value in pairs)
    return f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}\r\n{lines}\r\n".encode("latin-1")
