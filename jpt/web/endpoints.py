"""The backend that serves a request, and endpoints that use the store in its thread."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TypeVar

from starlette.requests import Request

from jpt.catalogue.backend import Backend
from jpt.errors import UsageError

__all__ = ["Backend", "answered", "in_thread", "of"]
T = TypeVar("T")


def of(request: Request) -> Backend:
    """Return the backend that serves *request*."""
    found: Backend = request.app.state.backend
    return found


async def answered(backend: Backend, act: Callable[[], str]) -> tuple[str, bool]:
    """Run *act* in the thread of the store; returns its message, and False if it was refused (UsageError)."""
    try:
        return await backend(act), True
    except UsageError as exc:
        return exc.sentence, False


def in_thread(screen: Callable[[Request, Backend], T]) -> Callable[[Request], object]:
    """Make an endpoint of a function that reads the store."""

    @functools.wraps(screen)
    async def endpoint(request: Request) -> T:
        made = of(request)
        return await made(screen, request, made)

    return endpoint
