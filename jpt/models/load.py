"""How a pool of pages is used."""

from __future__ import annotations

from dataclasses import dataclass


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
