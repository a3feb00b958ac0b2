"""The line between a coordinator and a worker: messages in frames, over TCP or TLS."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import anyio
from anyio.abc import ByteStream
from anyio.streams.buffered import BufferedByteReceiveStream
from anyio.streams.tls import TLSStream

from jpt.cluster.messages import Message, NotAMessage, decode, encode

MAGIC = b"jpt\x01"
"""What every frame begins with; its length follows in four bytes, the most significant first."""
MOST_BYTES = 256 * 1024 * 1024
"""Longest frame; a page of ours has its texts capped, so that a few megabytes are many."""
GREETING_S = 10.0
"""Longest time for a handshake."""
BEAT_S = 2.0
"""How often each end sends a heartbeat."""
TLS_HELLO, TLS_ALERT = b"\x16\x03", b"\x15\x03"
"""What the first record of a TLS connection begins with, and one that ends it (RFC 8446, section 5.1)."""
HANDSHAKE_FAILURE = TLS_ALERT + b"\x03\x00\x02\x02\x28"
"""The whole of such a record: fatal, handshake failure (RFC 8446, section 6)."""
CLOSE_S = 2.0
GONE = (
    anyio.EndOfStream,
    anyio.IncompleteRead,
    anyio.BrokenResourceError,
    anyio.ClosedResourceError,
    OSError,  # ssl.SSLError is one, too
)
"""What reading and writing end with where the other end is gone; under TLS even writing meets EndOfStream."""


class ConnectionLost(Exception):
    """The other end is gone."""


class TlsExpected(NotAMessage):
    """The other end speaks TLS, and this one does not."""


@dataclass(eq=False, slots=True)
class PeerConnection:
    """One connection; messages wait here, so that the sender never waits for a slow other end."""

    stream: ByteStream
    peer: str
    """The address of the other end, for people."""
    silent_s: float = 20.0
    _buffered: BufferedByteReceiveStream = field(init=False)
    _waiting: list[bytes] = field(init=False, default_factory=list)
    _news: anyio.Event = field(init=False, default_factory=anyio.Event)
    _silence_s: float = field(init=False, default=0.0)
    _scope: anyio.CancelScope = field(init=False, default_factory=anyio.CancelScope)
    is_silent: bool = field(init=False, default=False)
    """It was given up because nothing came."""

    def __post_init__(self) -> None:
        self._buffered = BufferedByteReceiveStream(self.stream)

    def send(self, message: Message) -> None:
        """Queue *message* to be sent."""
        self._waiting.append(encode(message))
        self._news.set()

    async def receive(self) -> Message:
        """Wait for a message; raises ConnectionLost, and NotAMessage for whatever is none."""
        try:
            head = await self._buffered.receive_exactly(8)
            if head[:4] != MAGIC:
                raise TlsExpected if head.startswith((TLS_HELLO, TLS_ALERT)) else NotAMessage("no frame of jpt")
            if (length := int.from_bytes(head[4:], "big")) > MOST_BYTES:
                raise NotAMessage(f"a frame of {length} bytes")
            data = await self._buffered.receive_exactly(length)
        except GONE as exc:
            if self._buffered.buffer.startswith(TLS_ALERT):
                raise TlsExpected from exc
            raise ConnectionLost from exc
        self._silence_s = 0.0
        return decode(data)

    async def run(self, handle: Callable[[Message], None], beat: Callable[[], Message]) -> None:
        """Pass each message to *handle* and send *beat* every BEAT_S, until the line is lost or sends no message.

        Raises ConnectionLost, which `is_silent` explains, or NotAMessage.
        """
        fault: Exception | None = None
        with self._scope:
            async with anyio.create_task_group() as tg:
                tg.start_soon(self._write)
                tg.start_soon(self._live, beat)
                try:
                    while True:
                        handle(await self.receive())
                except (ConnectionLost, NotAMessage) as exc:
                    fault = exc
                tg.cancel_scope.cancel()
        raise fault or ConnectionLost

    def give_up(self) -> None:
        """Stop `run`, without waiting for the other end."""
        self._scope.cancel()

    async def say(self, message: Message) -> None:
        """Send one message now, beside no `run`; raises ConnectionLost."""
        await self._written(encode(message))

    async def close(self) -> None:
        """Close the line, whatever is being cancelled."""
        with anyio.move_on_after(CLOSE_S, shield=True):
            try:
                if self._waiting:
                    await self._written(*self._taken())
                await self.stream.aclose()
            except (ConnectionLost, *GONE):
                pass
            else:
                return
        await anyio.aclose_forcefully(self.stream)

    def _taken(self) -> list[bytes]:
        taken, self._waiting = self._waiting, []
        return taken

    async def _write(self) -> None:
        while True:
            if not self._waiting:
                self._news = anyio.Event()
                await self._news.wait()
            try:
                await self._written(*self._taken())
            except ConnectionLost:
                self.give_up()
                return

    async def _written(self, *frames: bytes) -> None:
        try:
            for data in frames:
                await self.stream.send(MAGIC + len(data).to_bytes(4, "big") + data)
        except GONE as exc:
            raise ConnectionLost(str(exc)) from exc

    async def _live(self, beat: Callable[[], Message]) -> None:
        # Silence is counted in our own heartbeats: a process that was stopped, or a machine that slept, has missed
        # nothing yet. No clock is used, so a wrong one changes nothing.
        while True:
            self.send(beat())
            await anyio.sleep(BEAT_S)
            self._silence_s += BEAT_S
            if self._silence_s >= self.silent_s:
                self.is_silent = True
                self.give_up()
                return


async def secured(stream: ByteStream, context: ssl.SSLContext, *, server: bool) -> ByteStream:
    """Give *stream* under TLS; raises ssl.SSLError, OSError or TimeoutError."""
    with anyio.fail_after(GREETING_S):
        try:
            return await TLSStream.wrap(stream, server_side=server, ssl_context=context, standard_compatible=False)
        except (anyio.BrokenResourceError, anyio.EndOfStream, ssl.SSLEOFError, ssl.SSLZeroReturnError) as exc:
            raise ConnectionResetError("it closed the connection") from exc


async def farewell(stream: ByteStream, words: bytes) -> None:
    """Send last *words* to a stranger, wait until they have arrived, and close."""
    with anyio.move_on_after(CLOSE_S, shield=True):
        try:
            await stream.send(words)
            await stream.send_eof()
            # A connection that is closed with something unread is reset, and the words are lost.
            while True:
                await stream.receive()
        except GONE:
            pass
    with anyio.CancelScope(shield=True):
        await anyio.aclose_forcefully(stream)


@asynccontextmanager
async def dialled(host: str, port: int, context: ssl.SSLContext | None) -> AsyncIterator[PeerConnection]:
    """Connect to a coordinator for the length of the block; raises OSError, TimeoutError or ssl.SSLError."""
    with anyio.fail_after(GREETING_S):
        stream: ByteStream = await anyio.connect_tcp(host, port)
    line: PeerConnection | None = None
    try:
        line = PeerConnection(
            stream if context is None else await secured(stream, context, server=False), f"{host}:{port}"
        )
        yield line
    finally:
        if line is None:
            await anyio.aclose_forcefully(stream)
        else:
            await line.close()
