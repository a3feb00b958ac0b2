"""A Ctrl-C ends every command in time, also those that work without an event loop."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

GRACE_S = 4.0
"""As in `stopping`: somebody who types Ctrl-C waits 5 s at most."""


@contextmanager
def interruptible() -> Iterator[list[int]]:
    """End the process GRACE_S after a Ctrl-C within the block, whatever it waits for; gives those received.

    Python answers a signal between two of its own steps, and a statement of SQLite over a large file is one step.
    """
    read, write = socket.socketpair()
    write.setblocking(False)
    received: list[int] = []

    def listen() -> None:
        with suppress(OSError), read:
            while heard := read.recv(64):
                if not received and signal.SIGINT in heard:
                    received.append(signal.SIGINT)
                    time.sleep(GRACE_S)
                    from jpt.cli.stopping import end_now

                    end_now(signal.SIGINT)

    # Where no thread is to be had, a Ctrl-C waits for the statement.
    with suppress(RuntimeError):
        threading.Thread(target=listen, name="interrupts", daemon=True).start()
    before = signal.set_wakeup_fd(write.fileno(), warn_on_full_buffer=False)
    try:
        yield received
    finally:
        signal.set_wakeup_fd(before)
        if not received:
            write.close()
