"""How many browser processes of ours there are, what they weigh, and what memory is left."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

_NOT_BROWSERS = ("node", "sh", "bash", "dash", "python")
_CGROUP = Path("/sys/fs/cgroup")
_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Census:
    """The browser processes below some processes of ours."""

    processes: int = 0
    memory_mb: float = 0.0
    """Their resident memory, pages that they share counted for each."""


def census(roots: frozenset[psutil.Process]) -> Census:
    """Count the browser processes below *roots* (drivers, which are no browsers themselves)."""
    count, memory = 0, 0
    for root in roots:
        with suppress(psutil.Error):
            for process in root.children(recursive=True):
                with suppress(psutil.Error):
                    if not process.name().startswith(_NOT_BROWSERS):
                        memory += process.memory_info().rss
                        count += 1
    return Census(count, memory / _MB)


def free_mb() -> float:
    """Give the memory that is left for new pages: of the machine, or of our container if that is less."""
    free = psutil.virtual_memory().available / _MB
    with suppress(OSError, ValueError):
        limit = int((_CGROUP / "memory.max").read_text())
        used = int((_CGROUP / "memory.current").read_text())
        stats = dict(line.split() for line in (_CGROUP / "memory.stat").read_text().splitlines())
        # Pages of files that were only read are given back when somebody needs them.
        return min(free, (limit - used + int(stats.get("inactive_file", 0))) / _MB)
    return free
