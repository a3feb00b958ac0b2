"""Who holds a lease, and whether that process lives: kernel locks are the proof here, heartbeats elsewhere.

A worker holds the lock of a file of its own for as long as it lives; the kernel frees it however the worker ends.
Its name, which stands in `owner`, says on which machine and boot that lock means something.
"""

from __future__ import annotations

import os
import re
import secrets
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from jpt.errors import CannotCreate

BEAT_S = 5.0
"""How often a worker renews its heartbeat, and looks for dead workers."""

SILENT_S = 120.0
"""A worker on another machine whose lease did not beat for so long is dead."""

_OLD_SYSTEM_S = 600.0
"""The old system's workers never beat: it takes their tasks back after this time, and so do we."""

_NAME = re.compile(
    r"(?P<host>[^/]+)/(?P<machine>[0-9a-f]*)\.(?P<boot>[0-9a-f]*)/(?P<pid>\d+)-(?P<nonce>[0-9a-f]+)"
)
_OLD_NAME = re.compile(r"(?P<host>.+?):(?P<pid>\d+)(?::[0-9a-f]+)?")


@dataclass(frozen=True, slots=True)
class Lease:
    """A task that is leased, as it stands in the file."""

    task: int
    owner: str | None
    beat_ts_ms: int


def folder_of(database: Path) -> Path:
    """Return the folder of the locks of those who work on *database*; two names of one file are one folder."""
    path = database.resolve()
    return path.with_name(f"{path.name}.workers")


@contextmanager
def alive(database: Path) -> Iterator[str]:
    """Register as a worker on *database* for the length of the block; yields the name to lease under.

    Raises CannotCreate when its lock cannot be made.
    """
    folder = folder_of(database)
    me = f"{os.getpid()}-{secrets.token_hex(4)}"
    lock = FileLock(folder / f"{me}.lock", mode=0o600, thread_local=False)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        workers(database)  # sweeps up after those that were killed
        # Somebody who sweeps at this moment may take the new file for a dead one's: then it is made again.
        lock.acquire(timeout=5)
    except (OSError, NotImplementedError) as exc:
        raise CannotCreate(f"{folder} cannot be used ({exc}). Make it writable, on a local disk.") from exc
    try:
        yield f"{socket.gethostname()}/{_machine()}.{_boot()}/{me}"
    finally:
        # Nobody else ever takes this name, so removing the file splits no waiters.
        with suppress(OSError):
            Path(lock.lock_file).unlink()
        lock.release()


def workers(database: Path) -> list[int]:
    """Return the process numbers of those who work on *database* on this machine now."""
    found = sorted(folder_of(database).glob("*.lock"))
    return [int(path.stem.partition("-")[0]) for path in found if _held(path)]


def is_dead(database: Path, lease: Lease, now_ms: int) -> bool:
    """Return whether the holder of a lease on *database* is surely gone."""
    if lease.owner is None:
        return True
    # A sign of life from the future was written under another clock, and says as little as an old one.
    silent_s = abs(now_ms - lease.beat_ts_ms) / 1000
    if name := _NAME.fullmatch(lease.owner.rpartition(":")[0]):
        if name["boot"] == _boot():
            return not _held(folder_of(database) / f"{name['pid']}-{name['nonce']}.lock")
        # It lived before this machine was started anew, or on another one, where no lock here can show it.
        here = name["machine"] and (name["host"], name["machine"]) == (socket.gethostname(), _machine())
        return bool(here) or silent_s >= SILENT_S
    old = _OLD_NAME.fullmatch(lease.owner)
    if old and old["host"] == socket.gethostname() and not psutil.pid_exists(int(old["pid"])):
        return True
    return silent_s >= _OLD_SYSTEM_S


def _held(path: Path) -> bool:
    """Return whether a live process holds the lock file; one that nobody holds is removed."""
    if not path.exists():
        return False
    lock = FileLock(path, mode=0o600, thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return False
    with suppress(OSError):
        path.unlink()
    lock.release()
    return False


@cache
def _boot() -> str:
    """What names this start of the kernel, whose locks end with it; the same in all containers on it."""
    if sys.platform == "darwin":
        import subprocess

        words = ["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"]
        with suppress(OSError, subprocess.SubprocessError):
            done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=5, env={})  # noqa: S603
            return _hex(done.stdout)
        return ""
    return _hex_in("/proc/sys/kernel/random/boot_id")


@cache
def _machine() -> str:
    return _hex_in("/etc/machine-id")


def _hex_in(path: str) -> str:
    try:
        return _hex(Path(path).read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError):
        return ""


def _hex(text: str) -> str:
    return re.sub(r"[^0-9a-f]", "", text.lower())[:12]
