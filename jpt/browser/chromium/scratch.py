"""A run's own temporary folder, held by a kernel lock, and the sweep of those whose run is dead.

A browser that is killed never removes its profile and scratch files; a run that is killed cannot.
So each run keeps all of that in one folder, and the next run removes the folders nobody holds.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from jpt.settings import redirect_temp

_PREFIX = "jpt-run-"
_LOCK = "run.lock"
_ours: set[Path] = set()
"""The folders that this process holds."""


@contextmanager
def scratch() -> Iterator[Path]:
    """Make this run's folder, after sweeping those of dead runs; remove it at the end.

    From then on it is the temporary folder of this process and of all that it starts.
    """
    home = Path(tempfile.gettempdir())
    sweep(home)
    folder, lock = _claim(home)
    redirect_temp(folder)
    try:
        yield folder
    finally:
        redirect_temp(home)
        end_processes(folder)
        lock.release()
        _remove(folder)


@contextmanager
def place() -> Iterator[Path]:
    """Make a folder for the length of the block; if we are killed, the next run sweeps it. Raises OSError."""
    folder, lock = _claim(Path(tempfile.gettempdir()))
    try:
        yield folder
    finally:
        lock.release()
        _remove(folder)


def discard() -> None:
    """Remove the folders of this process: for one that ends at once, after all that it started is dead."""
    for folder in list(_ours):
        _remove(folder)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    _ours.discard(folder)


def _claim(home: Path) -> tuple[Path, FileLock]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=home))
        lock = FileLock(folder / _LOCK)
        with suppress(Timeout, OSError):
            lock.acquire(timeout=0)
            if lock.is_locked and (folder / _LOCK).exists():
                _ours.add(folder)
                return folder, lock
        # Another run swept the folder in the moment before it was locked.


def sweep(home: Path) -> None:
    """Remove the folders of dead runs in *home*, and end the browsers that still use them."""
    for folder in home.glob(f"{_PREFIX}*"):
        lock = FileLock(folder / _LOCK)
        # Only a lock that can be taken proves that the owner is dead; doubt leaves the folder alone.
        with suppress(Timeout, OSError), lock.acquire(timeout=0):
            end_processes(folder)
            shutil.rmtree(folder, ignore_errors=True)


def abandoned(home: Path) -> list[Path]:
    """Give the folders of dead runs in *home*."""
    found = []
    for folder in home.glob(f"{_PREFIX}*"):
        with suppress(Timeout, OSError), FileLock(folder / _LOCK).acquire(timeout=0):
            found.append(folder)
    return found


def end_processes(folder: Path) -> None:
    """Kill the processes whose command line names *folder*: this run's browsers, and no others."""
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if any(str(folder) in word for word in process.cmdline()):
                process.kill()
