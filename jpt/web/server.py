"""Serves the application on a port of this machine until it is stopped."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

import anyio
import uvicorn

from jpt.errors import Locked
from jpt.mcp.tools import Scope
from jpt.settings import Settings
from jpt.settings.web_token import token_of
from jpt.web.app import application

LOOPBACK = "127.0.0.1"
PORT = 8778
__all__ = ["LOOPBACK", "PORT", "listening", "serve", "token_of"]


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Open the port; raises Locked when another program has it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as opened:
        if os.name == "posix":
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((host, port))
        except OSError as exc:
            raise Locked(
                f"Port {port} of {host} cannot be used: {exc.strerror}. Name another one with --port."
            ) from exc
        opened.listen(64)
        yield opened


async def serve(
    settings: Settings,
    opened: socket.socket,
    ready: Callable[[str], None],
    allowed: frozenset[Scope] = frozenset(),
) -> None:
    """Serve on the *opened* socket until cancelled; *ready* gets the address with the token once it answers.

    Assistants may change what is *allowed*.
    """
    host, port = opened.getsockname()[:2]
    token = token_of(settings)
    own = {f"{name}:{port}" for name in {_shown(host), "localhost", LOOPBACK}}
    hosts = frozenset(own | ({urlsplit(settings.web_url).netloc} if settings.web_url else set()))
    app = application(settings, token, hosts, port, allowed)
    config = uvicorn.Config(
        app, log_level="error", access_log=False, lifespan="on", server_header=False, ws="none",
        timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = _Server(config)

    async def run() -> None:
        # It is ended by its own flag: cancelled, it would leave the database open.
        with anyio.CancelScope(shield=True):
            await server.serve([opened])

    async with anyio.create_task_group() as tg:
        tg.start_soon(run)
        await server.answers.wait()
        ready(f"http://{_shown(host)}:{port}/?{urlencode({'token': token})}")
        try:
            await anyio.sleep_forever()
        finally:
            server.should_exit = True


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


class _Server(uvicorn.Server):
    """A server that sets an event when it answers, and leaves signals to the caller."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.answers = anyio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.answers.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
