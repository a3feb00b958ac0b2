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
"""How long to wait for the answer of the listening thread."""


class Interrupts:
    """The Ctrl-Cs that a block has received."""

    def __init__(self, write: socket.socket) -> None:
        self._write = write
        self.received = threading.Event()
        self.answered = threading.Event()

    def came(self) -> bool:
        """Return whether one has come, even just now: the listening thread may not have run since."""
        if not self.received.is_set():
            with suppress(OSError):
                self._write.send(_ASKED)
                self.answered.wait(ECHO_S)
        return self.received.is_set()


_ASKED = b"\0"
"""No signal has this number."""


@contextmanager
def interruptible() -> Iterator[Interrupts]:
    """End the process GRACE_S after a Ctrl-C within the block, whatever it waits for; gives what was received.

    Python handles a signal between two bytecodes, and a statement of SQLite over a large file is one of them.
    """
    read, write = socket.socketpair()
    write.setblocking(False)
    interrupts = Interrupts(write)

    def listen() -> None:
        with suppress(OSError), read:
            while heard := read.recv(64):
                if signal.SIGINT in heard:
                    interrupts.received.set()
                if heard.endswith(_ASKED):
                    interrupts.answered.set()
                if interrupts.received.is_set():
                    time.sleep(GRACE_S)
                    from jpt.cli.stopping import end_now

                    end_now(signal.SIGINT)

    # If no thread can be started, a Ctrl-C waits for the statement.
    with suppress(RuntimeError):
        threading.Thread(target=listen, name="interrupts", daemon=True).start()
    before = signal.set_wakeup_fd(write.fileno(), warn_on_full_buffer=False)
    try:
        yield interrupts
    finally:
        signal.set_wakeup_fd(before)
        if not interrupts.received.is_set():
            write.close()
