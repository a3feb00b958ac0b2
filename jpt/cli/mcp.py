"""`jpt mcp`: the jobs as tools for an assistant that starts it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec

import anyio

from jpt.cli import session
from jpt.cli.stopping import until_stopped
from jpt.errors import UsageError
from jpt.mcp.tools import scopes_of


def serve_tools(allow: Sequence[str]) -> int:
    """Serve until stdin ends; returns the exit code. Raises UsageError without the SDK or a database."""
    scopes = scopes_of(allow)
    if find_spec("mcp") is None:
        raise UsageError("`jpt mcp` needs the package mcp: pip install 'jpt[mcp]', or pipx inject jpt mcp.")
    from jpt.mcp.server import serve_stdio

    settings = session.existing()
    if sys.stdin.isatty():
        session.note("This waits for an assistant on stdin; docs/assistants.md says how to set one up.")
    with session.logged(settings):
        return anyio.run(until_stopped, partial(serve_stdio, settings, scopes))
