"""Two connections joined to each other, without a task of their own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

MAX_BYTES = 200_000_000
"""Most bytes that one connection may bring; no careers page is near it."""
MOST_EARLY = 65_536
"""Most bytes of a greeting, and of an answer to it."""

log = logging.getLogger(__name__)


class Pipe(asyncio.Protocol):
    """One of two joined connections: what it receives the other one sends, no faster than that can."""

    def __init__(self, connected: Callable[[Pipe], None] | None = None) -> None:
        self._connected = connected
        self._transport: asyncio.Transport | None = None
        self._other: Pipe | None = None
        self._early = bytearray()
        self._news: asyncio.Future[None] | None = None
        self._left = MAX_BYTES
        self._ended = self._lost = False

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        if self._connected is not None:
            self._connected(self)

    def data_received(self, data: bytes) -> None:
        """Pass on what came in, or keep it for the reader of the greeting."""
        self._left -= len(data)
        if self._other is not None and self._left >= 0:
            self._other.write(data)
        elif self._other is None and len(self._early) < MOST_EARLY:
            self._early += data
            self._tell()
        else:
            log.info("a connection was cut: it sent too much")
            self.abort()

    def eof_received(self) -> bool:
        """Note that nothing more comes in; the other direction may continue."""
        self._ended = True
        self._tell()
        if self._other is not None:
            self._other.end()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """Close the other end when all has gone out there."""
        del exc
        self._lost = self._ended = True
        self._tell()
        if self._other is not None:
            self._other.close()

    def pause_writing(self) -> None:
        """Slow the other end down."""
        if self._other is not None:
            self._other.pause()

    def resume_writing(self) -> None:
        """Let the other end continue."""
        if self._other is not None:
            self._other.resume()

    # What the gate calls

    async def read(self, size: int) -> bytes:
        """Give the next *size* bytes; raises OSError when they do not come."""
        while len(self._early) < size:
            await self._more()
        found = bytes(self._early[:size])
        del self._early[:size]
        return found

    async def read_until(self, mark: bytes) -> bytes:
        """Give what comes up to and with *mark*; raises OSError when it does not come."""
        while mark not in self._early:
            await self._more()
        return await self.read(self._early.index(mark) + len(mark))

    def join(self, other: Pipe) -> None:
        """Send everything that comes in here to *other* from now on."""
        self._other = other
        if self._early:
            other.write(bytes(self._early))
            self._early.clear()
        if self._lost:
            other.close()
        elif self._ended:
            other.end()

    def write(self, data: bytes) -> None:
        """Send *data* out here."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    def end(self) -> None:
        """Close this direction."""
        if self._transport is not None and not self._transport.is_closing():
            with suppress(OSError):
                self._transport.write_eof()
        if self._ended:
            self.close()

    def close(self) -> None:
        """Close when all that was written has gone out."""
        if self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """End both directions at once."""
        if self._transport is not None:
            self._transport.abort()

    def pause(self) -> None:
        """Pause reading."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.pause_reading()

    def resume(self) -> None:
        """Resume reading."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()

    async def _more(self) -> None:
        if self._ended:
            raise ConnectionResetError("the connection ended early")
        self._news = asyncio.get_running_loop().create_future()
        await self._news

    def _tell(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)
