"""Signals are ours: the first asks the work to end, and it does end."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress

import anyio
import psutil

GRACE_S = 4.0
"""After this long the process ends whatever it waits for: a Ctrl-C is answered within 5 s."""


async def until_stopped(work: Callable[[], Awaitable[None]], last: Callable[[], None] | None = None) -> int:
    """Run *work*; gives 0, or 128 + the signal that cancelled it.

    The first signal cancels the work, which cleans up after itself. A second one, or GRACE_S
    without an end, calls *last*, kills the processes that we started and ends this one.
    """

    def end_now(number: int) -> None:
        if last is not None:
            last()
        _end_now(number)

    received: list[int] = []

    async def watch(scope: anyio.CancelScope) -> None:
        with anyio.open_signal_receiver(*_heeded()) as signals:
            async for number in signals:
                if received:
                    end_now(received[0])
                received.append(number)
                timer = threading.Timer(GRACE_S, end_now, [number])
                timer.daemon = True
                timer.start()
                timers.append(timer)
                scope.cancel()

    timers: list[threading.Timer] = []
    async with anyio.create_task_group() as watcher:
        with anyio.CancelScope() as scope:
            watcher.start_soon(watch, scope)
            await work()
        watcher.cancel_scope.cancel()
    for timer in timers:
        timer.cancel()
    return 128 + received[0] if received else 0


def _heeded() -> list[signal.Signals]:
    """The signals that end the work; a hang-up that is ignored already (nohup) stays ignored."""
    ends = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        ends.append(signal.SIGHUP)
    return ends


def _end_now(number: int) -> None:
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            child.kill()
    with suppress(OSError):
        os.write(2, b"\nStopped at once; the next run goes on from here.\n")
    os._exit(128 + number)
