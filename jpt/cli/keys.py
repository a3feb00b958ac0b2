"""The keys that a live screen heeds, one by one, without waiting for Enter."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, Self

import anyio

from jpt.cli.session import in_foreground


class Keys:
    """While it is entered, keys come one by one and do not show."""

    def __init__(self) -> None:
        self._before: list[Any] | None = None

    def __enter__(self) -> Self:
        """Turn echo and line mode off, if there is a terminal and it is ours."""
        if in_foreground():
            import termios

            before = termios.tcgetattr(sys.stdin)
            local = before[3] & ~(termios.ECHO | termios.ICANON)
            # Ctrl-Z would leave the shell in the live screen, without a cursor, and all browsers stopped.
            typed = list(before[6])
            typed[termios.VSUSP] = b"\0"
            termios.tcsetattr(sys.stdin, termios.TCSANOW, [*before[:3], local, *before[4:6], typed])
            self._before = before
        return self

    def restore(self) -> None:
        """Give the terminal back as it was; safe to call at any time."""
        before, self._before = self._before, None
        if before is not None and in_foreground():
            import termios

            termios.tcsetattr(sys.stdin, termios.TCSANOW, before)

    def __exit__(self, *_: object) -> None:
        """Give the terminal back."""
        self.restore()

    async def listen(self, heed: Callable[[str], None]) -> None:
        """Call *heed* with each key until cancelled, or until the terminal is gone."""
        while self._before is not None:
            await anyio.wait_readable(sys.stdin)
            typed = os.read(sys.stdin.fileno(), 64)
            if not typed:
                return
            # What begins with an escape is an arrow or a function key: none of ours.
            if not typed.startswith(b"\x1b"):
                for key in typed.decode("utf-8", "ignore"):
                    heed(key)
