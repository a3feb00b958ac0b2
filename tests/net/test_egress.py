"""The egress gate: what nobody named is not reached, however it is spelled or asked for."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

import anyio
import anyio.to_thread
import pytest

from jpt.net.addresses import is_public
from jpt.net.egress import Egress
from jpt.net.upstream import Upstream
from tests.career_sites.server import Answer, Reply, Request, Server


@pytest.fixture
def hits() -> list[str]:
    return []


@pytest.fixture
def server(hits: list[str]) -> Iterator[Server]:
    def answer(request: Request) -> Answer:
        hits.append(request.path)
        return Reply(b"secret")

    with Server(answer) as running:
        yield running


def asked(gate_port: int, host: str, port: int) -> tuple[int, bytes]:
    """Ask the gate for a page like a SOCKS5 client; gives its reply code and what came."""
    with socket.create_connection(("127.0.0.1", gate_port), timeout=20) as client:
        client.sendall(b"\x05\x01\x00")
        assert client.recv(2) == b"\x05\x00"
        name = host.encode()
        client.sendall(b"\x05\x01\x00\x03" + bytes([len(name)]) + name + struct.pack(">H", port))
        code = client.recv(10)[1]
        if code:
            return code, b""
        client.sendall(f"GET /page HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        parts = []
        while part := client.recv(65_536):
            parts.append(part)
        return 0, b"".join(parts)


def through(host: str, port: int, urls: Iterable[str] = (), **options: Any) -> tuple[int, bytes, str | None]:
    async def main() -> tuple[int, bytes, str | None]:
        async with Egress.open(urls, **options) as gate:
            code, body = await anyio.to_thread.run_sync(asked, gate.port, host, port)
            return code, body, gate.refusal(f"http://{f'[{host}]' if ':' in host else host}:{port}/")

    return anyio.run(main)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "localhost.", "LOCALHOST", "127.1", "0x7f000001", "2130706433", "0", "0.0.0.0",
        "::1", "::ffff:127.0.0.1", "::", "127.0.0.1.nip.localhost", "printer.local", "metadata.google.internal",
        "169.254.169.254", "100.64.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::",
        "fe80::1", "fd00::1", "224.0.0.1", "255.255.255.255", "::127.0.0.1", "2001:0:4136:e378:8000:63bf:80ff:fffe",
    ],
)  # fmt: skip
def test_no_private_place_is_reached_in_any_spelling(host: str, server: Server, hits: list[str]) -> None:
    code, _, refusal = through(host, server.port)

    assert code != 0
    assert refusal in {"policy", "unknown"}
    assert hits == []


def test_a_place_that_was_named_is_reached_and_only_that_port(server: Server, hits: list[str]) -> None:
    named = [f"http://127.0.0.1:{server.port}/careers"]

    assert through("127.0.0.1", server.port, named)[1].endswith(b"secret")
    assert through("127.0.0.1", server.port + 1, named)[2] == "policy"
    assert through("localhost", server.port, named)[2] == "policy"
    assert hits == ["/page"]


def test_all_private_places_are_reached_when_they_are_allowed(server: Server) -> None:
    assert through("localhost", server.port, allow_private=True)[1].endswith(b"secret")


def test_a_name_that_means_a_private_place_too_is_refused(
    server: Server, hits: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: what is checked is what is dialled, and one private answer spoils all."""
    answers = [("93.184.216.34", 0), ("127.0.0.1", 0)]

    real = socket.getaddrinfo

    def getaddrinfo(host: Any, *more: Any, **options: Any) -> list[Any]:
        if host != "rebinding.example":
            return real(host, *more, **options)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", answer) for answer in answers]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    assert through("rebinding.example", server.port)[2] == "policy"
    assert hits == []


def test_why_there_was_no_connection_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        assert through("127.0.0.1", port, allow_private=True)[2] == "refused"
    assert through("no-such-host.invalid", 80)[2] == "unknown"


def test_a_further_proxy_is_asked_and_the_guard_still_holds(server: Server, hits: list[str]) -> None:
    async def main() -> tuple[int, bytes, int]:
        # The gate itself is no CONNECT proxy; a second, tiny one stands in for the operator's.
        async def relay(client: anyio.abc.SocketStream) -> None:
            async with client:
                head = await client.receive(65_536)
                heads.append(head.decode())
                async with await anyio.connect_tcp("127.0.0.1", server.port) as far:
                    await client.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    await far.send(await client.receive(65_536))
                    with suppress(anyio.EndOfStream):
                        while True:
                            await client.send(await far.receive(65_536))

        async with await anyio.create_tcp_listener(local_host="127.0.0.1") as listener:
            port = listener.extra(anyio.abc.SocketAttribute.local_port)
            upstream = Upstream.parsed(f"http://me:pass%20word@127.0.0.1:{port}", "inside.example")
            async with anyio.create_task_group() as tg, Egress.open(upstream=upstream) as gate:
                tg.start_soon(listener.serve, relay)
                code, body = await anyio.to_thread.run_sync(asked, gate.port, "jobs.example", 80)
                refused, _ = await anyio.to_thread.run_sync(asked, gate.port, "127.0.0.1", server.port)
                tg.cancel_scope.cancel()
        return code, body, refused

    heads: list[str] = []

    code, body, refused = anyio.run(main)

    assert (code, body.endswith(b"secret"), refused != 0) == (0, True, True)
    assert heads[0].startswith("CONNECT jobs.example:80 HTTP/1.1\r\n")
    assert "Basic bWU6cGFzcyB3b3Jk" in heads[0]
    assert hits == ["/page"]


def test_what_noproxy_means() -> None:
    upstream = Upstream.parsed("proxy.example:3128", "inside.example, .corp.example,*.lab.example")

    assert (upstream.host, upstream.port) == ("proxy.example", 3128)
    assert [
        upstream.bypasses(host)
        for host in ("inside.example", "a.inside.example", "x.corp.example", "b.lab.example")
    ] == [True] * 4
    assert not upstream.bypasses("outside.example")
    assert Upstream.parsed("proxy.example", "*").bypasses("any.example")
    with pytest.raises(ValueError, match="the address of a proxy"):
        Upstream.parsed("banana", "")


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "8.8.8.8", "64:ff9b::808:808"]
)
def test_the_open_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_much_data_flows_both_ways_and_nothing_is_lost() -> None:
    body = bytes(range(256)) * 40_000

    def answer(request: Request) -> Answer:
        return Reply(body, kind="application/octet-stream")

    with Server(answer) as server:
        code, got, _ = through("127.0.0.1", server.port, allow_private=True)

    assert code == 0
    assert got.partition(b"\r\n\r\n")[2] == body


def test_garbage_is_dropped() -> None:
    async def main() -> bytes:
        async with Egress.open() as gate:
            return await anyio.to_thread.run_sync(talk, gate.port)

    def talk(port: int) -> bytes:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
            client.sendall(b"GET / HTTP/1.1\r\n\r\n")
            try:
                return client.recv(100)
            except ConnectionResetError:
                return b""

    assert anyio.run(main) == b""
