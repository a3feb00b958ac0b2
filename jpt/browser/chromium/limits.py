"""Limits under which any Chromium fails, in many ways."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from types import ModuleType

import psutil

from jpt.browser.pool.memory import HERE

_resource: ModuleType | None = None
with suppress(ImportError):  # Windows has no such limits
    _resource = import_module("resource")

NEEDED = 150
"""A headless shell with four pages has about 120 threads; Playwright's driver 12, jpt itself 10."""
NEEDED_MB = 80
"""A headless shell with one plain page takes about 120 MB, some of them shared; with less the kernel ends it."""


def too_little_memory() -> str:
    """Give how little memory is left for a browser, of the machine or our group; empty if it may suffice."""
    left = HERE.free_mb()
    if left >= NEEDED_MB:
        return ""
    return (
        f"{left:,.0f} MB of memory are left here, and a browser needs at least {NEEDED_MB}, with several pages"
        " 500. Raise the limit of the container or service, or end other programs."
    )


def too_tight() -> str:
    """Give which limit leaves too few processes or addresses for a browser; empty if none does."""
    if _resource is not None and _resource.getrlimit(_resource.RLIMIT_AS)[0] != _resource.RLIM_INFINITY:
        return "Chromium reserves far more address space than it uses: remove that limit (ulimit -v)."
    for left, name in _left():
        if left < NEEDED:
            return (
                f"Chromium needs about {NEEDED} processes and threads, and {max(0, left)} more may start here "
                f"({name}). Raise that limit."
            )
    return ""


def _left() -> Iterator[tuple[int, str]]:
    if _resource is not None and hasattr(os, "getuid") and os.getuid() != 0:
        limit = _resource.getrlimit(_resource.RLIMIT_NPROC)[0]
        if limit != _resource.RLIM_INFINITY:
            yield limit - _threads_of(os.getuid()), "ulimit -u"
    for left in HERE.processes_left():
        yield left, "pids.max of the container or service"


def _threads_of(user: int) -> int:
    count = 0
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.uids().real == user:
                count += process.num_threads()
    return count
