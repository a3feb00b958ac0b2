"""The one that reads careers pages on a database: a kernel lock, and a note beside it that names the holder.

`run` and `seed` hold it from start to end, `watch` for each cycle. Who only works the queue needs no hold: leases
keep workers apart.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from jpt.errors import CannotCreate, Locked
from jpt.files import Files, refuse_endless, write_whole

Say = Callable[[str], None]


@contextmanager
def hold(
    lock: Path, command: str, *, wait: bool = False, say: Say | None = None, busy: str = "", advice: str = ""
) -> Iterator[None]:
    """Hold *lock*, which is that of a database or of one command on it, for the length of the block.

    Raises Locked, naming the holder, when another has it and *wait* is off; a wait is said. `--wait` is advised
    where *say* is given: only then does anybody hear of the waiting. *busy* and *advice* are other words for what
    is in use, and for what to do then.
    """
    kernel = FileLock(lock, mode=0o600, thread_local=False)
    try:
        kernel.acquire(timeout=0)
    except Timeout:
        holder = f"{busy or _in_use(lock)} by {_named(lock) or 'another run of jpt'}."
        if not wait:
            usual = (
                "Wait for it to end, or use --wait." if say is not None else "Run this again when it has ended."
            )
            raise Locked(f"{holder} {advice or usual}") from None
        if say is not None:
            say(f"{holder} Waiting for it to end…")
        kernel.acquire()
    except (OSError, NotImplementedError) as exc:
        raise CannotCreate(f"{lock} cannot be used ({exc}). Make its folder writable, on a local disk.") from exc
    note = lock.with_suffix(".holder")
    try:
        with suppress(OSError):  # a full disk must not keep anybody from reading
            since = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
            words = json.dumps({"pid": os.getpid(), "command": command, "since": since})
            write_whole(note, words.encode(), lasting=False)
        yield
    finally:
        with suppress(OSError):
            note.unlink()
        kernel.release()


def is_held(lock: Path) -> bool:
    """Whether another process, or another part of this one, holds *lock* now."""
    if not lock.with_suffix(".holder").exists():
        # Nobody says so: trying would be in the way of one that begins.
        return False
    kernel = FileLock(lock, mode=0o600, thread_local=False)
    try:
        kernel.acquire(timeout=0)
    except (Timeout, OSError, NotImplementedError):
        return True
    kernel.release()
    return False


def holder_of(database: Path) -> str | None:
    """Return a sentence that names the other process that holds *database*; None when none is known."""
    lock = Files(database).run_lock
    name = _named(lock, but=os.getpid())
    return f"{_in_use(lock)} by {name}." if name else None


def _in_use(lock: Path) -> str:
    return f"{lock.with_suffix('')} is in use"


def _named(lock: Path, *, but: int = 0) -> str | None:
    try:
        note = json.loads(refuse_endless(lock.with_suffix(".holder")).read_text(encoding="utf-8"))
        whom = f"`{note['command']}` (process {note['pid']}, since {note['since']})"
        return None if note["pid"] == but else whom
    except (OSError, ValueError, KeyError, TypeError):
        return None
