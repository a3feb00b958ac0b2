"""How many browser processes of ours there are, and what they weigh."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import psutil

_NOT_BROWSERS = ("node", "sh", "bash", "dash", "python")
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
