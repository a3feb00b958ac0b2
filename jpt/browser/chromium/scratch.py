"""A run's own temporary folder, held by a kernel lock, and the sweep of those whose run is dead.

A browser that is killed never removes its profile and scratch files; a run that is killed cannot.
So each run keeps all of that in one folder, and the next run removes the folders nobody holds.
They stand in a folder that belongs to this user alone: what others put beside it means nothing.
"""

from __future__ import annotations

import logging
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from jpt.browser.chromium.process import end_all
from jpt.files import temporary_folder
from jpt.settings import redirect_temp

_PREFIX = "run-"
_LOCK = "run.lock"
_ours: set[Path] = set()
"""The folders that this process holds."""

log = logging.getLogger(__name__)


@contextmanager
def scratch() -> Iterator[Path]:
    """Make this run's folder, after sweeping those of dead runs; remove it at the end.

    From then on it is the temporary folder of this process and of all that it starts.
    """
    home = temporary_folder()
    sweep(home)
    with place() as folder:
        redirect_temp(folder)
        try:
            yield folder
        finally:
            redirect_temp(home)
            _end_browsers(folder)


@contextmanager
def place() -> Iterator[Path]:
    """Make a folder for the length of the block; if we are killed, the next run sweeps it. Raises OSError."""
    folder, lock = _claim(temporary_folder())
    try:
        yield folder
    finally:
        lock.release()
        _remove(folder)


def discard() -> None:
    """Remove the folders of this process: for one that ends at once, after all that it started is dead."""
    for folder in list(_ours):
        _remove(folder)


def sweep(home: Path) -> None:
    """Remove the folders of dead runs in *home*, and end the browsers that still use them."""
    for folder in _dead(home):
        with suppress(OSError):
            _end_browsers(folder)
            shutil.rmtree(folder, ignore_errors=True)


def abandoned(home: Path) -> list[Path]:
    """Give the folders of dead runs in *home*."""
    return list(_dead(home))


def work_folder(home: Path) -> Path:
    """Give the folder in *home* that all work of this user stands in; it need not be there or be usable."""
    return home / f"jpt-{os.getuid() if hasattr(os, 'getuid') else 'work'}"


def _claim(home: Path) -> tuple[Path, FileLock]:
    while True:
        folder = _fresh(home)
        lock = FileLock(folder / _LOCK)
        with suppress(Timeout, OSError):
            lock.acquire(timeout=0)
            if lock.is_locked and (folder / _LOCK).exists():
                _ours.add(folder)
                return folder, lock
        # Another run swept the folder in the moment before it was locked.


def _fresh(home: Path) -> Path:
    """Make a folder with an unpredictable name."""
    around = work_folder(home)
    while True:
        with suppress(FileExistsError):
            around.mkdir(mode=0o700)
        if not _is_private(around):
            # Somebody else has that name: then the folder stands alone, and no later run can sweep it.
            log.warning("%s is not a folder of this user alone, and is not used", around)
            return Path(tempfile.mkdtemp(prefix=f"{around.name}-", dir=home))
        # Another run, the last one, may remove the folder around in this moment.
        with suppress(FileNotFoundError):
            return Path(tempfile.mkdtemp(prefix=_PREFIX, dir=around))


def _dead(home: Path) -> Iterator[Path]:
    """Give the folders of dead runs, each locked while it is looked at."""
    around = work_folder(home)
    for folder in around.glob(f"{_PREFIX}*") if _is_private(around) else ():
        # Only a lock that is free proves that the owner is dead; doubt leaves the folder alone.
        if _is_private(folder):
            with suppress(Timeout, OSError), FileLock(folder / _LOCK).acquire(timeout=0):
                yield folder


def _is_private(folder: Path) -> bool:
    """Tell whether *folder* is a folder, not a link to one, that nobody but this user can change."""
    try:
        state = folder.lstat()
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return stat.S_ISDIR(state.st_mode)
    return stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid() and not state.st_mode & 0o022


def _end_browsers(folder: Path) -> None:
    """Kill what works in the folders of a run's browsers; each browser has one of its own."""
    end_all([below for below in folder.iterdir() if below.is_dir() and not below.is_symlink()])


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    _ours.discard(folder)
    if folder.name.startswith(_PREFIX):
        with suppress(OSError):
            folder.parent.rmdir()
