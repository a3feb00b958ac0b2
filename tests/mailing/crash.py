"""Deliveries that die at a chosen step: a process that forks for each, so that none costs a start of Python.

Reads a JSON line `{"folder", "port", "at", "options"}`, lets a child deliver and kill itself (SIGKILL) at its
step number *at*, and answers with a line `{"killed": bool, "steps": [names passed]}`.
"""

from __future__ import annotations

import json
import os
import signal
import smtplib
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jpt.store.connection import Connection
from tests.mailing.digest_sender import Clock, DigestSender


class Steps:
    """Counts the steps of this process and ends it at one of them."""

    def __init__(self, log: int, at: int) -> None:
        self._log, self._at, self._passed = log, at, 0

    def __call__(self, name: str) -> None:
        self._passed += 1
        os.write(self._log, name.encode() + b"\n")
        if self._passed == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


def watch(step: Steps) -> None:
    """Make a step of every moment before and after something becomes lasting, or known to the server."""
    around(step, Connection, "_commit", lambda _: "commit")
    around(
        step,
        smtplib.SMTP,
        "send",
        lambda args: f"send {bytes(args[1], 'ascii')[:6] if isinstance(args[1], str) else args[1][:6]!r}",
    )
    around(step, smtplib.SMTP, "getreply", lambda _: "reply")
    around(step, os, "fsync", lambda _: "fsync")
    around(step, Path, "replace", lambda _: "replace")


def around(step: Steps, owner: Any, name: str, words: Callable[[tuple[Any, ...]], str]) -> None:
    """Make steps of the moments before and after a call."""
    plain = getattr(owner, name)

    def stepped(*args: Any, **kwargs: Any) -> Any:
        said = words(args)
        step(f"before {said}")
        value = plain(*args, **kwargs)
        step(f"after {said}")
        return value

    setattr(owner, name, stepped)


def deliver(order: dict[str, Any], log: int) -> None:
    """Deliver in this process."""
    watch(Steps(log, order["at"]))
    sender = DigestSender(Path(order["folder"]), order["port"], Clock(order["now"]))
    sender.deliver(**order["options"])


def main() -> None:
    """Serve orders until stdin ends."""
    for line in sys.stdin:
        order = json.loads(line)
        readable, writable = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(readable)
            try:
                deliver(order, writable)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        os.close(writable)
        with os.fdopen(readable) as steps:
            passed = steps.read().splitlines()
        status = os.waitpid(child, 0)[1]
        answer = {"killed": os.WIFSIGNALED(status), "code": os.waitstatus_to_exitcode(status), "steps": passed}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
