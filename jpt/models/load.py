"""How a pool of pages is used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkerLoad:
    """A worker of a cluster, as its coordinator knows it."""

    name: str
    version: str
    pages: int
    """Pages that it may have open."""
    open: int
    """Pages that it has open."""
    read: int
    """Pages that it has read since it joined."""
    per_minute: float
    """Pages that it read in the last minute."""
    heard_s: float
    """Seconds since it was heard last."""
    resting: bool = False
    """It lost several pages in a row, and gets none for a while."""


@dataclass(frozen=True, slots=True)
class Load:
    """How a pool is used at the moment, and what became of its browsers so far."""

    pages: int
    """Pages being read, or waiting for room to open."""
    contexts: int
    browsers: int
    memory_mb: float
    died: int
    recycled: int
    workers: tuple[WorkerLoad, ...] | None = None
    """The workers of a cluster; None where there is none."""
