"""Ends one jpt process whose Python is stuck, from outside of it. A script of its own: it imports nothing of jpt.

    python -I -S watchdog_process.py PID READ WRITE LIFE STUCK_S GRACE_S

A thread cannot do this: while a pattern or a library's C code holds the interpreter, no other Python code of that
process runs, nor does its answer to a signal. But the C half of Python's signal handling does: it writes the
number of each signal to WRITE (`signal.set_wakeup_fd`). The event loop takes everything from READ as soon as it
turns; what stays there shows that it does not. A zero is put there every now and then to see.

LIFE is the read end of a pipe: it ends when the process does, and this one with it.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

LOOK_S = 0.5
DUMP_S = 1.0
"""How long the stacks may take to be written."""


def watch(pid: int, read: socket.socket, write: socket.socket, life: int, stuck_s: float, grace_s: float) -> None:
    """Watch process *pid* until it ends or must be ended."""
    waited = 0.0
    while not select.select([life], [], [], LOOK_S)[0]:
        unread = _unread(read)
        if not unread:
            waited = 0.0
            with suppress(OSError):
                write.send(b"\0")
        elif not _is_stopped(pid):
            # Counted in looks: a machine that slept, or a process that was stopped, is not stuck.
            waited += LOOK_S
            signals = unread.strip(b"\0")
            if signals and waited >= grace_s:
                _end(pid, f"Stopped at once, though Python was stuck (signal {signals[0]}). Nothing is lost.")
            elif waited >= stuck_s:
                _end(
                    pid,
                    f"jpt was stuck for {stuck_s:g} s and ends; please report the lines above. Nothing is lost.",
                )


def _unread(read: socket.socket) -> bytes:
    try:
        return read.recv(4096, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return b""


def _is_stopped(pid: int) -> bool:
    """Return whether somebody stopped the process: Ctrl-Z, a debugger."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b") ")[2][:1] in {b"T", b"t"}
    with suppress(OSError):
        ps = ["ps", "-o", "stat=", "-p", str(pid)]
        found = subprocess.run(ps, capture_output=True, text=True, check=False, env=dict(os.environ))  # noqa: S603 (a number)
        return found.stdout.strip()[:1] in {"T", "t"}
    return False


def _end(pid: int, words: str) -> None:
    """End the process, its stacks on stderr; what it started ends with it, or is swept by the next run."""
    with suppress(OSError):
        os.kill(pid, signal.SIGABRT)
        time.sleep(DUMP_S)
        os.kill(pid, signal.SIGKILL)
    with suppress(OSError):
        os.write(2, f"{words}\n".encode())


def main(words: list[str]) -> None:
    """Read the command line and watch."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # These are for the process that is watched; this one ends with it.
        signal.signal(number, signal.SIG_IGN)
    pid, read, write, life = map(int, words[:4])
    stuck_s, grace_s = map(float, words[4:])
    watch(pid, socket.socket(fileno=read), socket.socket(fileno=write), life, stuck_s, grace_s)


if __name__ == "__main__":
    main(sys.argv[1:])
