"""What one cycle is to do."""

from __future__ import annotations

from dataclasses import dataclass

from jpt.cycle.page_queue import More
from jpt.models.pages import Company


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is to do."""

    companies: tuple[Company, ...]
    site: str | None = None
    """The company whose posts alone are read; None: of all."""
    baseline: bool = False
    """Record what the pages show now; queue nothing."""
    limit: int | None = None
    """Most posts to read; None: all."""
    anew: bool = False
    """Believe each good read, and forget what pages that were dropped from the list showed."""
    stop_on_error: bool = False
    """Start no further page once one has failed."""
    more: More | None = None
    """Asked for pages that have fallen due while others are still read."""
    posts_until: float | None = None
    """On the monotonic clock: once all pages are read, no further post is started after this."""
