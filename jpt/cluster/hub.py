"""The coordinator's end: which workers have joined, and their messages."""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import anyio
from anyio.abc import ByteStream, SocketAttribute, TaskGroup

from jpt import __version__
from jpt.cluster.coordinator_address import CoordinatorAddress
from jpt.cluster.joined_worker import JoinedWorker
from jpt.cluster.messages import (
    WIRE,
    Join,
    KeepAlive,
    Leave,
    Limits,
    Message,
    NextPageReply,
    NextPageRequest,
    NotAMessage,
    PageResult,
    VersionRefused,
    Welcome,
)
from jpt.cluster.peer_connection import (
    GREETING_S,
    HANDSHAKE_FAILURE,
    MAGIC,
    ConnectionLost,
    PeerConnection,
    TlsExpected,
    farewell,
    secured,
)
from jpt.errors import CannotCreate
from jpt.text.clean import clean_line
from jpt.text.counts import counted

MOST_SAID = 20
"""Refused connections that are reported; further ones are only logged."""

Say = Callable[[str, bool], None]
"""Shows a sentence to the user; True: it is a warning."""

log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Hub:
    """The workers that have joined."""

    address: CoordinatorAddress
    limits: Limits
    say: Say
    on_change: Callable[[], None]
    """Called whenever a worker came, went, or has room."""
    security: ssl.SSLContext | None
    members: list[JoinedWorker] = field(default_factory=list)
    died: int = 0
    """Browsers that died at workers that are gone."""
    _lines: TaskGroup | None = None
    _strangers: set[str] = field(default_factory=set)
    _is_over: bool = False

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Listen for the length of the block; raises CannotCreate where the port is taken."""
        listener = await self._listener()
        try:
            async with anyio.create_task_group() as tg:
                self._lines = tg
                tg.start_soon(listener.serve, self._serve)
                try:
                    yield
                finally:
                    self._is_over = True
                    for member in self.members:
                        member.line.send(Leave())
                    tg.cancel_scope.cancel()
        finally:
            with anyio.CancelScope(shield=True):
                await listener.aclose()

    async def _listener(self) -> anyio.abc.Listener[ByteStream]:
        host, port = self.address.host, self.address.port
        try:
            made = await anyio.create_tcp_listener(local_host=host, local_port=port, reuse_port=False)
        except (OSError, ExceptionGroup) as exc:
            fault = exc.exceptions[0] if isinstance(exc, ExceptionGroup) else exc
            why = getattr(fault, "strerror", None) or str(fault)
            raise CannotCreate(f"No worker can join at {self.address}: {why}. Use another --cluster.") from exc
        bound = made.extra(SocketAttribute.local_port)  # noqa: S610 (no database)
        self.address = CoordinatorAddress(host, bound, self.address.tls)
        return made

    # --- One line ---

    async def _serve(self, stream: ByteStream) -> None:
        peer = _peer(stream)
        line: PeerConnection | None = None
        last = b""
        try:
            if self.security is None:
                line = PeerConnection(stream, peer, self.limits.silent_s)
            else:
                line = PeerConnection(
                    await secured(stream, self.security, server=True), peer, self.limits.silent_s
                )
            await self._greet(line)
        except ssl.SSLError as exc:
            last = HANDSHAKE_FAILURE
            self._refuse(peer, _tls_words(exc))
        except TlsExpected:
            last = MAGIC + bytes(4)
            self._refuse(peer, f"it uses TLS, and {self.address} does not. Start the worker with this address.")
        except NotAMessage as exc:
            log.info("from %s: %s", peer, exc)
            self._refuse(peer, "it is not a jpt worker.")
        except (ConnectionLost, OSError, TimeoutError) as exc:
            log.info("a connection from %s ended before it joined: %s", peer, exc)
            if self.security is not None and line is None:
                self._refuse(peer, "it ended the TLS handshake. A worker needs worker.pem of this cluster.")
        finally:
            if line is None or last:
                await farewell(stream, last)
            else:
                await line.close()

    async def _greet(self, line: PeerConnection) -> None:
        with anyio.fail_after(GREETING_S):
            join = await line.receive()
        if not isinstance(join, Join) or not 1 <= join.pages <= 1_000:
            raise NotAMessage("it does not say which program it is")
        name = clean_line(join.name)[:80] or line.peer
        if (join.version, join.wire) != (__version__, WIRE):
            await line.say(VersionRefused(__version__))
            said = f"it runs jpt {clean_line(join.version)[:40]}, this is {__version__}. Install the same there."
            self._refuse(name, said, what="The worker")
            return
        await line.say(Welcome(self.limits))
        await self._live(JoinedWorker(name, join.version, join.pages, line))

    async def _live(self, member: JoinedWorker) -> None:
        for former in [one for one in self.members if one.name == member.name]:
            # It has joined again: its pages from before are lost.
            former.line.give_up()
            self._part(former)
        self.members.append(member)
        self.say(f"Worker {member.name} has joined: {counted(member.pages, 'page')} at once.", False)
        self.on_change()
        why = "its connection ended"
        try:
            await member.line.run(lambda message: self._heed(member, message), KeepAlive)
        except ConnectionLost:
            if member.line.is_silent:
                why = f"it was silent for {self.limits.silent_s:g} s"
        except NotAMessage as exc:
            log.warning("worker %s sent an invalid message: %s", member.name, exc)
            why = "it sent an invalid message"
        finally:
            is_open = bool(member.asked) or not member.is_leaving
            if self._part(member) and not self._is_over:
                words = f"Worker {member.name} is gone: {why}. Its pages are read again."
                self.say(words if is_open else f"Worker {member.name} has left.", is_open)

    def _part(self, member: JoinedWorker) -> bool:
        """Remove a worker; False if it was removed before."""
        if member not in self.members:
            return False
        self.members.remove(member)
        self.died += member.load.died if member.load else 0
        member.lose()
        self.on_change()
        return True

    def _heed(self, member: JoinedWorker, message: Message) -> None:
        member.hear()
        match message:
            case PageResult():
                member.end(message)
                self.on_change()
            case KeepAlive():
                member.load = message.load
                # One that rested may have pages again.
                self.on_change()
            case NextPageRequest():
                assert self._lines is not None
                self._lines.start_soon(self._turned, member, message)
            case Leave():
                member.is_leaving = True
                self.on_change()
            case _:
                raise NotAMessage(f"a worker does not say {message.op}")

    async def _turned(self, member: JoinedWorker, turn: NextPageRequest) -> None:
        """Answer whether a further page of a list may be opened: permits are taken here, for all workers."""
        asked = member.asked.get(turn.number)
        if asked is None:
            return
        seek = asked.seek
        may = seek is None or seek.turn is None or await seek.turn(turn.url)
        member.line.send(NextPageReply(turn.number, turn.turn, may))

    def _refuse(self, who: str, why: str, what: str = "A connection from") -> None:
        words = f"{what} {who} was refused: {why}"
        log.warning("%s", words)
        if words not in self._strangers and len(self._strangers) < MOST_SAID:
            self._strangers.add(words)
            self.say(words, True)


def _tls_words(exc: ssl.SSLError) -> str:
    reason = exc.reason or ""
    if reason in {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNEXPECTED_MESSAGE", "RECORD_LAYER_FAILURE"}:
        return "it does not use TLS, and this coordinator requires it. Start the worker with tls://."
    if reason == "PEER_DID_NOT_RETURN_A_CERTIFICATE":
        return "it shows no certificate. Start it as `jpt worker` with the file worker.pem."
    return f"its certificate is not of this cluster ({reason or exc}). Copy worker.pem to it again."


def _peer(stream: ByteStream) -> str:
    with suppress(anyio.TypedAttributeLookupError, OSError):
        raw = stream.extra(SocketAttribute.raw_socket)  # noqa: S610
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with suppress(anyio.TypedAttributeLookupError, OSError):
        return str(stream.extra(SocketAttribute.remote_address)[0])  # noqa: S610
    return "somewhere"
