"""`jpt web`: the jobs as pages on this machine."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from socket import socket

import anyio

from jpt.cli import session
from jpt.cli.opening import open_page
from jpt.cli.stopping import until_stopped
from jpt.mcp.tools import Scope, scopes_of
from jpt.settings import Settings
from jpt.web.server import LOOPBACK, listening, serve


def serve_pages(*, host: str, port: int, open_browser: bool, allow: Sequence[str] = ()) -> int:
    """Serve until stopped; returns the exit code. Raises UsageError if there is no database."""
    scopes = scopes_of(allow)
    settings = session.existing()
    if host not in {LOOPBACK, "::1", "localhost"}:
        session.warn(
            f"Anybody who reaches {host}:{port} and has the token can read and change everything; the "
            "connection is not encrypted. Prefer a tunnel: ssh -L 8778:127.0.0.1:8778 THIS-MACHINE."
        )
    with session.logged(settings), listening(host, port) as opened:
        stopped = anyio.run(until_stopped, partial(_serve, settings, opened, open_browser, scopes))
    return 0 if stopped in {0, 130} else stopped


async def _serve(settings: Settings, opened: socket, open_browser: bool, allowed: frozenset[Scope]) -> None:
    def ready(address: str) -> None:
        session.show(address)
        sys.stdout.flush()
        session.note("Ctrl-C ends it.", "dim")
        if open_browser:
            open_page(address)

    await serve(settings, opened, ready, allowed)
