"""How a run ends: by a signal, which jpt handles, or by the watchdog if its event loop is stuck."""

from __future__ import annotations

import asyncio
import faulthandler
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.resources import files

import anyio
import psutil
from anyio.abc import TaskGroup

from jpt.browser.chromium.scratch import discard
from jpt.cli.exit_codes import STUCK
from jpt.settings import needed

GRACE_S = 4.0
"""After this long the process ends whatever it waits for: a Ctrl-C is answered within 5 s."""
AFTERWARDS_S = 3.0
"""The same for what a command does once its work has been stopped."""
PATIENCE_S = 5.0
"""How long what is in flight may take when work winds down. With GRACE_S less than what `docker stop` gives."""
STUCK_S = 60
"""An event loop that has run nothing for this long is stuck for good: no timeout inside it can fire."""
LOOK_S = 1.0
"""How often the event loop is checked."""
HEAD_START_S = 2.0
"""How much longer the watching process waits than the watching thread, which also kills children if it can run."""


async def until_stopped(
    work: Callable[[], Awaitable[None]],
    last: Callable[[], None] | None = None,
    *,
    stuck_s: float = STUCK_S,
    wind_down: Callable[[], None] | None = None,
    patience_s: float = PATIENCE_S,
    busy: Callable[[], bool] | None = None,
) -> int:
    """Run *work*; returns 0, or 128 + the signal that ended it.

    Where there is a *wind_down*, the first signal calls it: the work finishes what is in flight, for at most
    *patience_s*. The next signal (without it, the first) cancels the work, which cleans up after itself. One
    more, GRACE_S without an end (longer while *busy*), or an event loop stuck for *stuck_s* (its stacks go to
    stderr) calls *last*, kills the processes that we started and ends this one.
    """
    async with anyio.create_task_group() as watcher:
        ending = _Ending(watcher, last, wind_down, patience_s, busy)
        try:
            # Before the work starts, so that no signal is missed.
            with _watchdog(stuck_s, last), _signals(ending.handle, stuck_s):
                with ending.scope:
                    await work()
                watcher.cancel_scope.cancel()
        finally:
            ending.finish()
    return 128 + ending.received[0] if ending.received else 0


@dataclass(eq=False, slots=True)
class _Ending:
    """How signals end one piece of work."""

    watcher: TaskGroup
    last: Callable[[], None] | None
    wind_down: Callable[[], None] | None
    patience_s: float
    busy: Callable[[], bool] | None
    scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)
    received: list[int] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def handle(self, number: int) -> None:
        """Answer a signal: wind down, then cancel, then end at once."""
        self.received.append(number)
        if self.scope.cancel_called:
            self._end_now()
        elif self.wind_down is not None and len(self.received) == 1:
            self.wind_down()
            self.watcher.start_soon(self._out_of_patience)
        else:
            self._cancel()

    def finish(self) -> None:
        """Note that the work has ended; if a signal ended it, what comes after it has AFTERWARDS_S."""
        self.over.set()
        if self.received:
            # A long table, a database to be closed: by a thread that ends with the process.
            self._end_later(threading.Event(), AFTERWARDS_S)
            _ignore_interrupts()

    async def _out_of_patience(self) -> None:
        await anyio.sleep(self.patience_s)
        self._cancel()

    def _cancel(self) -> None:
        if not self.scope.cancel_called:
            self._end_later(self.over, GRACE_S)
            self.scope.cancel()

    def _end_later(self, over: threading.Event, grace_s: float) -> None:
        def wait() -> None:
            while not over.wait(grace_s):
                if self.busy is None or not self.busy():
                    self._end_now()

        threading.Thread(target=wait, daemon=True).start()

    def _end_now(self) -> None:
        if self.last is not None:
            self.last()
        end_now(self.received[0])


def _ignore_interrupts() -> None:
    """Ignore further Ctrl-Cs: the process is ending already, with the exit code of the first signal."""
    with suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _handled() -> list[signal.Signals]:
    """Return the signals that end the work; a hang-up that is ignored already (nohup) stays ignored."""
    ends = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        ends.append(signal.SIGHUP)
    return ends


@contextmanager
def _signals(handle: Callable[[int], None], stuck_s: float) -> Iterator[None]:
    """Call *handle* in the event loop for each signal that ends the work, for the length of the block.

    A process of its own ends this one when the loop answers neither a signal within GRACE_S nor anything else for
    *stuck_s*, even where no Python code runs any more.
    """
    loop = asyncio.get_running_loop()
    read, write = socket.socketpair()
    read.setblocking(False)
    write.setblocking(False)

    def drain() -> None:
        with suppress(BlockingIOError):
            while read.recv(4096):
                pass

    loop.add_reader(read, drain)
    before = {number: signal.getsignal(number) for number in _handled()}
    for number in before:
        signal.signal(number, lambda number, _frame: loop.call_soon_threadsafe(handle, number))
    wakeup = signal.set_wakeup_fd(write.fileno(), warn_on_full_buffer=False)
    try:
        with _watched_from_outside(read, write, stuck_s):
            yield
    finally:
        signal.set_wakeup_fd(wakeup)
        for number, handler in before.items():
            signal.signal(number, handler)
        loop.remove_reader(read)
        read.close()
        write.close()


@contextmanager
def _watched_from_outside(read: socket.socket, write: socket.socket, stuck_s: float) -> Iterator[None]:
    """Let a process of its own watch this one for the length of the block, by what stays unread of *read*."""
    life, our_life = os.pipe()
    words = map(str, (os.getpid(), read.fileno(), write.fileno(), life, stuck_s + HEAD_START_S, GRACE_S))
    watcher: subprocess.Popen[bytes] | None = None
    # Prints the stacks when the watching process ends this one by SIGABRT.
    faulthandler.enable(file=2)
    try:
        # If no process can be started, the thread watches alone.
        with suppress(OSError):
            watcher = subprocess.Popen(  # noqa: S603 (this Python, a file of ours)
                [sys.executable, "-I", "-S", str(files("jpt.cli") / "watchdog_process.py"), *words],
                pass_fds=(read.fileno(), write.fileno(), life),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                cwd="/",
                env=needed(),
                start_new_session=True,
            )
        os.close(life)
        yield
    finally:
        os.close(our_life)
        if watcher is not None:
            with suppress(subprocess.TimeoutExpired):
                watcher.wait(timeout=2)


@contextmanager
def _watchdog(stuck_s: float, last: Callable[[], None] | None) -> Iterator[None]:
    """Watch the running event loop from a thread for the length of the block."""
    loop = asyncio.get_running_loop()
    over = threading.Event()
    turned = threading.Event()

    def watch() -> None:
        # Counts only time in which this thread ran: a machine or process that slept is not stuck.
        waited = 0.0
        while not over.wait(LOOK_S):
            if turned.is_set() or not waited:
                waited = 0.0
                turned.clear()
                with suppress(RuntimeError):  # it was closed in this very moment
                    loop.call_soon_threadsafe(turned.set)
            waited += LOOK_S
            if waited > stuck_s and not turned.is_set():
                if last is not None:
                    last()
                faulthandler.dump_traceback(file=2)
                words = f"jpt hung for {stuck_s:g} s and ends; please report the lines above. Nothing is lost."
                _kill_children()
                with suppress(OSError):
                    os.write(2, f"{words}\n".encode())
                os._exit(STUCK)

    threading.Thread(target=watch, name="watchdog", daemon=True).start()
    try:
        yield
    finally:
        over.set()


def end_now(number: int) -> None:
    """End this process and all that it started, with the exit code of signal *number*."""
    _kill_children()
    with suppress(OSError):
        os.write(2, b"\nStopped at once; the next run continues from here.\n")
    os._exit(128 + number)


def _kill_children() -> None:
    """Kill what we started, and remove the files that it had open."""
    children = psutil.Process().children(recursive=True)
    for child in children:
        with suppress(psutil.Error):
            child.kill()
    psutil.wait_procs(children, timeout=0.3)
    discard()
