"""Child processes that parse untrusted input: the command that starts one, and the limits that it sets itself."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping

MEMORY = 1_000_000_000
"""Bytes of address space, where the system can limit it."""


def started(module: str, environ: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
    """Return the command that runs *module* as a process, and its environment: *environ*, and the path to jpt."""
    return [sys.executable, "-m", module], {**environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def limit(seconds: int) -> None:
    """Limit the memory and the time of this process: its parent may be gone by then."""
    try:
        import resource
    except ImportError:
        return  # Windows: the parent's clock is the limit
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.alarm(seconds)
