"""The terminal's settings while a live display is on it, and the keys typed meanwhile."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import anyio


def in_foreground() -> bool:
    """Tell whether the terminal is ours: changing it from the background would stop the process."""
    try:
        return sys.stdin.isatty() and os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (AttributeError, OSError, ValueError):
        return False


@dataclass(eq=False, slots=True)
class SilentKeyboard:
    """While it is entered, typed characters are not echoed: a live table cannot draw around them."""

    _before: list[Any] | None = None

    def __enter__(self) -> Self:
        """Change the terminal's settings, if there is a terminal and it is ours."""
        if in_foreground():
            import termios

            before = termios.tcgetattr(sys.stdin)
            termios.tcsetattr(sys.stdin, termios.TCSANOW, self._changed(before))
            self._before = before
        return self

    def restore(self) -> None:
        """Restore the terminal's settings; safe to call at any time."""
        before, self._before = self._before, None
        if before is not None and in_foreground():
            import termios

            termios.tcsetattr(sys.stdin, termios.TCSANOW, before)

    def __exit__(self, *_: object) -> None:
        """Restore the terminal's settings."""
        self.restore()

    def _changed(self, before: list[Any]) -> list[Any]:
        import termios

        return [*before[:3], before[3] & ~termios.ECHO, *before[4:]]


class Keys(SilentKeyboard):
    """While it is entered, keys also arrive one by one, without Enter."""

    def _changed(self, before: list[Any]) -> list[Any]:
        import termios

        local = before[3] & ~(termios.ECHO | termios.ICANON)
        # Ctrl-Z would leave the shell in the live screen, without a cursor, and all browsers stopped.
        typed = list(before[6])
        typed[termios.VSUSP] = b"\0"
        return [*before[:3], local, *before[4:6], typed]

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
