"""The terminal's settings while a live display is on it, and the keys typed meanwhile."""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import anyio


def in_foreground() -> bool:
    """Return whether the terminal is ours: changing it from the background would stop the process."""
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


_NAMES = {
    "A": "up", "B": "down", "H": "home", "F": "end", "1~": "home", "4~": "end", "7~": "home", "8~": "end",
    "5~": "page up", "6~": "page down",
}  # fmt: skip
"""What xterm and its like send for keys without a letter, after ESC [ or ESC O."""
_SEQUENCE = re.compile(r"\x1b[\[O]([0-9;]*[A-Za-z~])|\x1b(?![\[O])|(\x1b[\[O][0-9;]*$)|([^\x1b])", re.DOTALL)
_PLAIN = {"\r": "enter", "\n": "enter", "\x7f": "backspace", "\x08": "backspace"}


def keys_in(typed: str) -> tuple[list[str], str]:
    """Split terminal input into keys, letters or names; also returns an incomplete sequence at its end."""
    found: list[str] = []
    for match in _SEQUENCE.finditer(typed):
        if match[2] is not None:
            return found, match[2]
        if match[3] is not None:
            found.append(_PLAIN.get(match[3], match[3]))
        elif match[1] is None:
            found.append("escape")
        elif match[1] in _NAMES:
            found.append(_NAMES[match[1]])
    return found, ""


class Keys(SilentKeyboard):
    """While it is entered, keys also arrive one by one, without Enter."""

    def _changed(self, before: list[Any]) -> list[Any]:
        import termios

        local = before[3] & ~(termios.ECHO | termios.ICANON)
        # Ctrl-Z would leave the shell in the live screen, without a cursor, and all browsers stopped.
        typed = list(before[6])
        typed[termios.VSUSP] = b"\0"
        return [*before[:3], local, *before[4:6], typed]

    async def listen(self, handle: Callable[[str], None]) -> None:
        """Call *handle* with each key until cancelled, or until the terminal is gone."""
        decode = codecs.getincrementaldecoder("utf-8")("ignore").decode
        rest = ""
        while self._before is not None:
            await anyio.wait_readable(sys.stdin)
            typed = os.read(sys.stdin.fileno(), 64)
            if not typed:
                return
            found, rest = keys_in(rest + decode(typed))
            for key in found:
                handle(key)
