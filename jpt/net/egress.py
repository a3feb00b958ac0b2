"""The gate for all traffic of the browser: no page reaches a private address that nobody named.

A SOCKS5 server (RFC 1928) on a loopback port. Chromium hands it every host name and port that it wants, those
of redirects, scripts, WebSockets and favicons too, so the address that is checked is the address that is
dialled: redirects and DNS rebinding cannot get around it. What flows through is not looked at.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import weakref
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address

from jpt.net.guard import AddressGuard, HostPort, Refusal, RefusedError, host_and_port
from jpt.net.pipe import Pipe
from jpt.net.upstream import Upstream

CONNECT_S = 15.0
"""Longest wait for one address of a host to answer."""
GREETING_S = 10.0
REMEMBERED = 1_000
"""Refusals kept, to tell faults of pages from those of the network."""

_OK, _FAILED, _FORBIDDEN, _UNREACHABLE, _REFUSED = 0, 1, 2, 4, 5
_REPLIES: dict[Refusal, int] = {
    "policy": _FORBIDDEN,
    "rebound": _FORBIDDEN,
    "unknown": _UNREACHABLE,
    "unreachable": _UNREACHABLE,
    "refused": _REFUSED,
    "silent": _FAILED,
}

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Egress:
    """The gate; use `Egress.open`."""

    guard: AddressGuard
    upstream: Upstream | None = None
    port: int = 0
    closed_port: int = 0
    _refused: OrderedDict[HostPort, Refusal] = field(default_factory=OrderedDict)
    _flows: set[asyncio.Task[None]] = field(default_factory=set)
    _pipes: weakref.WeakSet[Pipe] = field(default_factory=weakref.WeakSet)

    @classmethod
    @asynccontextmanager
    async def open(
        cls, urls: Iterable[str] = (), *, allow_private: bool = False, upstream: Upstream | None = None
    ) -> AsyncIterator[Egress]:
        """Run the gate for the length of the block; the places of *urls* are named."""
        gate = cls(AddressGuard.of(urls, allow_private=allow_private), upstream)
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Pipe(gate._accept), "127.0.0.1", 0, backlog=1_024)
        closed = await loop.create_server(lambda: Pipe(gate._accept_closed), "127.0.0.1", 0, backlog=1_024)
        gate.port, gate.closed_port = (each.sockets[0].getsockname()[1] for each in (server, closed))
        try:
            yield gate
        finally:
            server.close()
            closed.close()
            for pipe in list(gate._pipes):
                pipe.abort()
            for flow in list(gate._flows):
                flow.cancel()
            await asyncio.gather(*gate._flows, return_exceptions=True)

    @property
    def url(self) -> str:
        """The proxy of Chromium."""
        return f"socks5://127.0.0.1:{self.port}"

    @property
    def closed_url(self) -> str:
        """The proxy of a saved page: it refuses everything."""
        return f"socks5://127.0.0.1:{self.closed_port}"

    def refusal(self, url: str) -> Refusal | None:
        """Give why the last connection to the host of *url* was not made; None if it was."""
        place = host_and_port(url)
        return self._refused.get(place) if place else None

    def _accept_closed(self, near: Pipe) -> None:
        self._accept(near, is_closed=True)

    def _accept(self, near: Pipe, *, is_closed: bool = False) -> None:
        self._pipes.add(near)
        task = asyncio.get_running_loop().create_task(self._serve(near, is_closed=is_closed))
        self._flows.add(task)
        task.add_done_callback(self._flows.discard)

    async def _serve(self, near: Pipe, *, is_closed: bool) -> None:
        """Answer one SOCKS5 client, and join it with the place that it asks for, unless the gate is closed."""
        try:
            async with asyncio.timeout(GREETING_S):
                place = await _wanted(near)
            far = await (_nowhere(place) if is_closed else self._dialled(place))
        except RefusedError as exc:
            if not is_closed:
                self._note(place, exc.why)
            near.write(bytes([5, _REPLIES[exc.why], 0, 1]) + bytes(6))
            near.close()
        except (OSError, ValueError, TimeoutError):
            near.abort()
        else:
            self._refused.pop(place, None)
            near.write(bytes([5, _OK, 0, 1]) + bytes(6))
            far.join(near)
            near.join(far)

    def _note(self, place: HostPort, why: Refusal) -> None:
        log.info("not connected to %s:%s: %s", *place, why)
        self._refused[place] = why
        self._refused.move_to_end(place)
        if len(self._refused) > REMEMBERED:
            self._refused.popitem(last=False)

    async def _dialled(self, place: HostPort) -> Pipe:
        host, port = place
        if self.upstream is not None and not self.upstream.bypasses(host):
            await self.guard.check_name(place)
            return await _through(self.upstream, place)
        refusal: Refusal = "unreachable"
        for address in await self.guard.addresses(place):
            try:
                return await _dial(address, port)
            except RefusedError as exc:
                refusal = exc.why
        raise RefusedError(refusal)


async def _nowhere(place: HostPort) -> Pipe:
    """Refuse a connection: a saved page reaches nothing."""
    log.info("not connected to %s:%s: a saved page reaches nothing", *place)
    raise RefusedError("policy")


async def _wanted(near: Pipe) -> HostPort:
    """Read a SOCKS5 greeting and request; raises ValueError for anything but CONNECT."""
    version, methods = await near.read(2)
    if version != 5 or 0 not in await near.read(methods):
        raise ValueError("not SOCKS5 without a password")
    near.write(b"\x05\x00")
    _, command, _, kind = await near.read(4)
    if command != 1 or kind not in {1, 3, 4}:
        raise ValueError("not a connection")
    if kind == 3:
        host = (await near.read((await near.read(1))[0])).decode("latin-1").lower()
    else:
        host = str(ip_address(await near.read(4 if kind == 1 else 16)))
    return host, int.from_bytes(await near.read(2), "big")


async def _dial(address: str, port: int) -> Pipe:
    try:
        async with asyncio.timeout(CONNECT_S):
            _, pipe = await asyncio.get_running_loop().create_connection(Pipe, address, port)
    except TimeoutError:
        raise RefusedError("silent") from None
    except OSError as exc:
        no_way = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
        raise RefusedError("unreachable" if exc.errno in no_way else "refused") from None
    return pipe


async def _through(upstream: Upstream, place: HostPort) -> Pipe:
    """Open the connection through a further proxy."""
    host, port = place
    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    login = f"Proxy-Authorization: {upstream.authorization}\r\n" if upstream.authorization else ""
    try:
        async with asyncio.timeout(CONNECT_S * 2):
            loop = asyncio.get_running_loop()
            _, pipe = await loop.create_connection(Pipe, upstream.host, upstream.port)
            pipe.write(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{login}\r\n".encode())
            answer = await pipe.read_until(b"\r\n\r\n")
    except (OSError, TimeoutError):
        raise RefusedError("unreachable") from None
    if b" 200" not in answer.partition(b"\r\n")[0]:
        pipe.close()
        raise RefusedError("unreachable")
    return pipe
