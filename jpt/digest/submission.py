"""What came of handing a digest over: the words that mail and the other channels share. Pure."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from socket import SHUT_RDWR, socket
from typing import Literal

from jpt.models.digests import Digest, Recipient

Kind = Literal["accepted", "later", "refused", "nobody", "misconfigured", "unknown", "stopped"]
"""accepted: by those recipients that say so; later: certainly not now (network, 4xx); refused: this message
(5xx); nobody: no recipient is taken; misconfigured: login, certificate or sender; unknown: handed over without
an answer; stopped: by the user, before it was handed over."""


@dataclass(frozen=True, slots=True)
class Submission:
    """The answer to one attempt."""

    kind: Kind
    text: str = ""
    answers: tuple[Recipient, ...] = ()


Dot = Callable[[], bool]
"""Called just before the point of no return; it must not be passed when that gives False."""

Post = Callable[[Digest, Dot], Submission]
"""Hands a digest over to its channel."""


def hand_over(call: Call, dot: Dot, send: Callable[[], Submission]) -> Submission:
    """Pass the point of no return and *send*, unless somebody asked to stop or another process has the digest."""
    if not call.enter_window():
        return Submission("stopped", "the attempt was stopped")
    try:
        return send() if dot() else Submission("stopped", "another jpt is sending the digest")
    finally:
        call.leave_window()


class Call:
    """The conversation that goes on in a thread: how others may end it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket | None = None
        self._window = False
        self.stopped = False
        """Somebody asked to stop."""

    @property
    def in_window(self) -> bool:
        """Whether a message is handed over and its answer still out: the time not to be cut short."""
        return self._window

    def holds(self, sock: socket | None) -> None:
        """Note the connection in use, None for none."""
        with self._lock:
            self._socket = sock

    def enter_window(self) -> bool:
        """Pass the point of no return, unless somebody asked to stop before."""
        with self._lock:
            self._window = not self.stopped
            return self._window

    def leave_window(self) -> None:
        """The answer is here, or will never be."""
        with self._lock:
            self._window = False

    def stop(self) -> None:
        """Start nothing more, and end what is not beyond the point of no return."""
        with self._lock:
            self.stopped = True
            if not self._window:
                self._cut()

    def cut(self) -> None:
        """End the connection whatever it waits for: its time is up."""
        with self._lock:
            self._cut()

    def _cut(self) -> None:
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(SHUT_RDWR)
