"""Warm the rules up while a process is idle: read a made-up post once. Pure.

Patterns are compiled, and tables unpacked, when they are first used (`jpt/text/late.py`): half a second of CPU for
the first post, while all pages wait for it. Read early, in a thread, it costs the time of a browser's start.
"""

from __future__ import annotations

import logging
from datetime import date
from functools import cache
from importlib.resources import files
from threading import Thread

from jpt.extract.finding import read_post
from jpt.extract.listing import glance
from jpt.extract.markup import page_of

_ADDRESS = "https://jobs.example.com/careers/1234-software-engineer"
_DAY = date(2026, 1, 1)

log = logging.getLogger(__name__)


@cache
def warm_up() -> Thread:
    """Start a thread that warms the rules up, in the first call of a process only; returns it."""
    thread = Thread(target=_warmed, name="warm-up", daemon=True)
    thread.start()
    return thread


def _warmed() -> None:
    try:
        # It has one sentence of each kind that the rules tell apart.
        page = page_of((files("jpt.extract") / "warming.html").read_text("utf-8"), _ADDRESS)
        glance(page)
        read_post(page, "Software Engineer", 3, _DAY)
    except Exception:
        # Whatever fails here fails again, and is reported, where somebody needs it.
        log.info("the rules could not be made ready early", exc_info=True)
