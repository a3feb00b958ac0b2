"""The line between coordinator and worker when one end goes."""

from __future__ import annotations

from pathlib import Path

import anyio
import pytest

from jpt.cluster import certificates
from jpt.cluster.messages import KeepAlive, Message
from jpt.cluster.peer_connection import ConnectionLost, PeerConnection, dialled, secured


@pytest.mark.parametrize("tls", [False, True])
@pytest.mark.parametrize("is_reset", [False, True])
def test_a_line_that_is_cut_is_lost_and_nothing_else(tmp_path: Path, tls: bool, is_reset: bool) -> None:
    certificates.make(tmp_path / "c")
    server = certificates.context(tmp_path / "c" / certificates.COORDINATOR, server=True)
    client = certificates.context(tmp_path / "c" / certificates.WORKER, server=False)

    async def far(stream: anyio.abc.SocketStream) -> None:
        line = PeerConnection(await secured(stream, server, server=True) if tls else stream, "far")
        await line.receive()
        if not is_reset:
            await line.close()
        await anyio.aclose_forcefully(stream)

    async def main() -> None:
        listener = await anyio.create_tcp_listener(local_host="127.0.0.1")
        async with anyio.create_task_group() as tg:
            tg.start_soon(listener.serve, far)
            port = listener.extra(anyio.abc.SocketAttribute.local_port)
            async with dialled("127.0.0.1", port, client if tls else None) as line:
                await line.say(KeepAlive())
                for _ in range(2_000):
                    line.send(KeepAlive())
                with pytest.raises(ConnectionLost):
                    await line.run(heard.append, KeepAlive)
            tg.cancel_scope.cancel()
        await listener.aclose()

    heard: list[Message] = []
    anyio.run(main)


def test_writing_under_tls_may_meet_the_end_of_the_stream() -> None:
    class Ended:
        async def send(self, data: bytes) -> None:
            raise anyio.EndOfStream

        async def receive(self, most: int = 65_536) -> bytes:
            await anyio.sleep_forever()
            return b""

    async def main() -> None:
        with anyio.fail_after(20), pytest.raises(ConnectionLost):
            await PeerConnection(Ended(), "far").run(lambda _: None, KeepAlive)  # type: ignore[arg-type]

    anyio.run(main)
