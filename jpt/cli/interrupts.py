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


ECHO_S = 0.5
"""For how long to wait for the thread that listens to say what it has heard."""


class Interrupts:
    """The Ctrl-C's that a block has received."""

    def __init__(self, write: socket.socket) -> None:
        self._write = write
        self.heard = threading.Event()
        self.asked = threading.Event()

    def came(self) -> bool:
        """Tell whether one came, also if it came just now: the thread that listens may not have run since."""
        if not self.heard.is_set():
            with suppress(OSError):
                self._write.send(_ASKED)
                self.asked.wait(ECHO_S)
        return self.heard.is_set()


_ASKED = b"\0"
"""No signal has this number."""


@contextmanager
def interruptible() -> Iterator[Interrupts]:
    """End the process GRACE_S after a Ctrl-C within the block, whatever it waits for; gives what was received.

    Python answers a signal between two of its own steps, and a statement of SQLite over a large file is one step.
    """
    read, write = socket.socketpair()
    write.setblocking(False)
    received = Interrupts(write)

    def listen() -> None:
        with suppress(OSError), read:
            while heard := read.recv(64):
                if signal.SIGINT in heard:
                    received.heard.set()
                if heard.endswith(_ASKED):
                    received.asked.set()
                if received.heard.is_set():
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
        if not received.heard.is_set():
            write.close()
