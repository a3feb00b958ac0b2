"""A program run under limits, of which nothing is left afterwards."""

from __future__ import annotations

import math
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from subprocess import DEVNULL, PIPE
from time import monotonic

import anyio
import anyio.to_thread
import psutil
from anyio.abc import ByteReceiveStream, Process

Environ = Mapping[str, str]
Progress = Callable[[int], object]
"""Given how many bytes the program printed, gives what differs from the last time if it got on."""

_KEPT_BYTES = 100_000
"""How much of each output is kept: its beginning, where causes stand, and as much of its end."""
_END_S = 3.0
"""Longest wait for killed processes to be gone; those in an uninterruptible call are left to the system."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a program may take, in seconds."""

    total_s: float
    silent_s: float = math.inf
    """Without progress for so long it is taken to hang."""
    grace_s: float = 0.0
    """Time to end by itself after SIGTERM, before it is killed."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended."""

    code: int | None
    """Exit code, negative for a signal; None when the program was stopped from here."""
    out: str
    err: str
    late: str = ""
    """Why it was stopped, a clause for people; empty when it was not late."""


@dataclass(slots=True)
class _Heard:
    """What a program printed on one stream."""

    head: bytes = b""
    tail: bytes = b""
    count: int = 0

    def add(self, part: bytes) -> None:
        self.count += len(part)
        room = _KEPT_BYTES - len(self.head)
        self.head += part[:room]
        self.tail = (self.tail + part[room:])[-_KEPT_BYTES:] if len(part) > room else self.tail

    @property
    def text(self) -> str:
        return (self.head + self.tail).decode("utf-8", "replace")


@dataclass(slots=True)
class _Run:
    process: Process
    limits: Limits
    out: _Heard = field(default_factory=_Heard)
    err: _Heard = field(default_factory=_Heard)
    late: str = ""


async def run(
    words: Sequence[str],
    *,
    environ: Environ,
    limits: Limits,
    progress: Progress | None = None,
    enough: Callable[[str], bool] | None = None,
    mark: str = "",
) -> Ended:
    """Run a program in a session of its own, until it ends, printed *enough*, or is late.

    Whatever it started is ended too: its session, its descendants, and every process whose command
    line names *mark* (a wrapper script need not exec, and a program may leave its session).
    Raises OSError when it cannot be started.
    """
    process = await anyio.open_process(
        words, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, env=dict(environ), start_new_session=True
    )
    now = _Run(process, limits)
    code: int | None = None
    try:
        with anyio.move_on_after(limits.total_s) as total:
            code = await _followed(now, progress, enough)
        if total.cancelled_caught:
            now.late = f"took longer than {limits.total_s:g} s"
    finally:
        with anyio.CancelScope(shield=True):
            await _end(now, mark)
    return Ended(code, now.out.text, now.err.text, now.late)


async def _followed(now: _Run, progress: Progress | None, enough: Callable[[str], bool] | None) -> int | None:
    """Read what is printed to its end; gives the exit code, or None when stopped before."""
    assert now.process.stdout is not None
    assert now.process.stderr is not None
    code: int | None = None
    async with anyio.create_task_group() as tasks:
        if progress is not None:
            tasks.start_soon(_watch, now, progress, tasks.cancel_scope)
        async with anyio.create_task_group() as reading:
            reading.start_soon(_read, now.process.stderr, now.err)
            await _read(now.process.stdout, now.out, enough)
            if enough is not None and enough(now.out.text):
                tasks.cancel_scope.cancel()
        code = await now.process.wait()
        tasks.cancel_scope.cancel()
    return code


async def _read(stream: ByteReceiveStream, heard: _Heard, enough: Callable[[str], bool] | None = None) -> None:
    async for part in stream:
        heard.add(part)
        if enough is not None and enough(heard.text):
            return


async def _watch(now: _Run, progress: Progress, scope: anyio.CancelScope) -> None:
    """Cancel *scope* when nothing gets on any more."""
    silent_s = now.limits.silent_s
    seen, since = None, monotonic()
    while monotonic() - since < silent_s:
        state = await anyio.to_thread.run_sync(progress, now.out.count + now.err.count)
        if state != seen:
            seen, since = state, monotonic()
        await anyio.sleep(min(1.0, silent_s / 4))
    now.late = f"made no progress for {silent_s:g} s"
    scope.cancel()


async def _end(now: _Run, mark: str) -> None:
    """End the program and all that it started; takes at most a few seconds."""
    if now.limits.grace_s and now.process.returncode is None:
        for process in _family(now.process.pid, mark):
            with suppress(psutil.Error):
                process.terminate()
        with anyio.move_on_after(now.limits.grace_s):
            await _gone(now.process.pid, mark)
    with anyio.move_on_after(_END_S):
        await _gone(now.process.pid, mark, kill=True)
        # Only a program that has ended can be closed without waiting for it.
        await now.process.wait()
        await now.process.aclose()


async def _gone(leader: int, mark: str, *, kill: bool = False) -> None:
    """Wait until nothing of the family runs; killing repeats, for a process may be born meanwhile."""
    while family := list(_family(leader, mark)):
        for process in family:
            with suppress(psutil.Error):
                if kill:
                    process.kill()
        await anyio.sleep(0.01)


def _family(leader: int, mark: str) -> Iterator[psutil.Process]:
    """Give what still runs of the program that *leader* was the first process of."""
    try:
        below = frozenset(psutil.Process(leader).children(recursive=True))
    except psutil.Error:
        below = frozenset()
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            belongs = leader in {process.pid, _session(process.pid)} or process in below or _names(process, mark)
            if belongs and process.status() != psutil.STATUS_ZOMBIE:
                yield process


def _session(pid: int) -> int | None:
    return os.getsid(pid) if hasattr(os, "getsid") else None


def _names(process: psutil.Process, mark: str) -> bool:
    return bool(mark) and any(mark in word for word in process.cmdline())


def how_it_ended(ended: Ended) -> str:
    """Say in a clause how the program ended: late, by a signal, or with a code."""
    if ended.late:
        return f"it {ended.late}"
    if ended.code is None:
        return "it was stopped"
    if ended.code < 0:
        with suppress(ValueError):
            return f"it was ended by {signal.Signals(-ended.code).name}"
    return f"it ended with code {ended.code}"
