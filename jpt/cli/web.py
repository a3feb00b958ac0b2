"""`jpt web`: the jobs as pages on this machine."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Sequence
from functools import partial

import anyio

from jpt.cli import session
from jpt.cli.stopping import until_stopped
from jpt.errors import UsageError
from jpt.mcp.tools import Scope, scopes_of
from jpt.settings import Settings
from jpt.web.server import LOOPBACK, listening, serve


def serve_pages(*, host: str, port: int, open_browser: bool, allow: Sequence[str] = ()) -> int:
    """Serve until stopped; gives the exit code. Raises UsageError where there is no database."""
    scopes = scopes_of(allow)
    settings = session.settings()
    if not settings.db.exists():
        raise UsageError(f"There is no database at {settings.db.absolute()}: `jpt run` or `jpt demo` makes one.")
    if host not in {LOOPBACK, "::1", "localhost"}:
        session.warn(
            f"Anybody who reaches {host}:{port} and has the token can read and change everything; the "
            "connection is not encrypted. Prefer a tunnel: ssh -L 8778:127.0.0.1:8778 THIS-MACHINE."
        )
    with session.logged(settings), listening(host, port) as opened:
        work = partial(_serve, settings, opened, open_browser, scopes)
        stopped = anyio.run(partial(until_stopped, work))
    return 0 if stopped in {0, 130} else stopped


async def _serve(settings: Settings, opened: object, open_browser: bool, allowed: frozenset[Scope]) -> None:
    def ready(address: str) -> None:
        session.show(address)
        sys.stdout.flush()
        session.note("Ctrl-C ends it.", "dim")
        if open_browser:
            webbrowser.open(address)

    await serve(settings, opened, ready, allowed)  # type: ignore[arg-type]  # a socket: `until_stopped` takes what it is given
