"""The one place where unexpected faults of a page end: they become OwnFault, with the traceback in the log.

`apply` runs a rule in a thread and `ends_here` guards a block. Both let our own errors through: those say already
whose fault it is. Anything else is a bug, or an unforeseen answer: it must cost neither the run nor
the other pages.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar, TypeVarTuple, Unpack

import anyio.to_thread

from jpt.errors import JptError, OwnFault, cause_of

Args = TypeVarTuple("Args")
T = TypeVar("T")

log = logging.getLogger(__name__)


async def apply(rule: Callable[[Unpack[Args]], T], *args: *Args) -> T:
    """Run *rule* in a thread; raises OwnFault for an unexpected exception."""
    with ends_here():
        return await anyio.to_thread.run_sync(rule, *args)


@contextmanager
def ends_here() -> Iterator[None]:
    """Raise OwnFault for an unexpected exception of the block; JptError and cancellation pass."""
    try:
        yield
    except JptError:
        raise
    except Exception as exc:
        cause = cause_of(exc)
        if isinstance(cause, JptError):
            raise cause from exc
        log.exception("jpt itself failed on one page")
        # The message may quote what could not be read: no raw byte of it may reach the database.
        said = " ".join(str(cause).encode("ascii", "replace").decode().split())[:200]
        what = f"{type(cause).__name__}: {said}".removesuffix(": ")
        raise OwnFault(f"jpt itself failed on this page ({what}); please report it.") from exc
