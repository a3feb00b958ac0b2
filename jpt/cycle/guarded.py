"""Rules applied in a thread: what jpt knows of pages must neither hold up the others nor end the run."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar, TypeVarTuple, Unpack

import anyio.to_thread

from jpt.errors import JptError, PageFault

Args = TypeVarTuple("Args")
T = TypeVar("T")

log = logging.getLogger(__name__)


async def understood(rule: Callable[[Unpack[Args]], T], *args: *Args) -> T:
    """Apply a rule in a thread; a bug in it costs that page, not the run."""
    try:
        return await anyio.to_thread.run_sync(rule, *args)
    except JptError:
        raise
    except Exception as exc:
        log.exception("A rule of jpt failed")
        raise PageFault(
            f"jpt itself failed on this page ({type(exc).__name__}: {exc}); please report it."
        ) from exc
