"""The tools of `jpt mcp` at /mcp, behind the token of the pages; loaded at the first request."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec

import anyio
import anyio.to_thread
from anyio.abc import TaskGroup, TaskStatus
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from jpt.catalogue.backend import Backend
from jpt.mcp import tools

Mounted = Callable[[Backend, frozenset[tools.Scope]], AbstractAsyncContextManager[ASGIApp]]


@dataclass(eq=False, slots=True)
class Assistants:
    """Answers the protocol for as long as its task group lives."""

    backend: Backend
    tasks: TaskGroup
    allowed: frozenset[tools.Scope]
    _app: ASGIApp | None = None
    _one: anyio.Lock = field(default_factory=anyio.Lock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        async with self._one:
            if self._app is None and find_spec("mcp") is not None:
                self._app = await self.tasks.start(self._keep)
        missing = PlainTextResponse("This needs the package mcp: pip install 'jpt[mcp]'.\n", status_code=501)
        await (self._app or missing)(scope, receive, send)

    async def _keep(self, *, task_status: TaskStatus[ASGIApp]) -> None:
        # The SDK takes half a second to load, and most who open the pages never ask for it.
        module = await anyio.to_thread.run_sync(import_module, "jpt.mcp.server")
        mounted: Mounted = module.mounted
        async with mounted(self.backend, self.allowed) as app:
            task_status.started(app)
            await anyio.sleep_forever()


class McpEndpoint:
    """An ASGI application, so that Starlette routes all methods to it: the protocol has its own rules for them."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request to /mcp."""
        found: Assistants = scope["app"].state.assistants
        await found(scope, receive, send)
