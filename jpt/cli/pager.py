"""The user's pager, with colours and links."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from rich.pager import Pager


class StyledPager(Pager):
    """The program that PAGER names, else `less`; without one the text is printed.

    `less` shows escape sequences as text without `-R` (`-F` ends it if everything fits on one screen,
    `-X` leaves the text on the terminal): git gives it the same options. What the user has set in LESS stays.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        """*environ* is that of this process."""
        self._environ = environ
        self._command = self._named()

    @property
    def shows_styles(self) -> bool:
        """Whether it shows colours and links; others get the bare text, for `more` counts them as characters."""
        return not self._command or Path(self._command[0]).stem in {"less", "cat"}

    def show(self, content: str) -> None:
        """Show *content*, and wait until the user has seen it."""
        environ = {**self._environ, "LESS": self._less()}
        if not self._command or not _is_shown_by(self._command, content, environ):
            sys.stdout.write(content)
            sys.stdout.flush()

    def _named(self) -> list[str]:
        if self._environ.get("TERM", "") in {"dumb", "emacs"}:
            return []
        with suppress(ValueError):
            named = shlex.split(self._environ.get("PAGER", "")) or ["less"]
            program = shutil.which(named[0], path=self._environ.get("PATH"))
            return [program, *named[1:]] if program else []
        return []

    def _less(self) -> str:
        own = self._environ.get("LESS", "")
        if not own:
            return "FRX"
        flags = "".join(word for word in own.split() if not word.startswith("--"))
        return own if "r" in flags.lower() or "--raw" in own.lower() else f"{own} -R"


def _is_shown_by(command: list[str], content: str, environ: Mapping[str, str]) -> bool:
    """Pipe *content* to a program and wait for it; returns False if it cannot be started."""
    try:
        pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environ)  # noqa: S603 (the user's own program)
    except OSError:
        return False
    with suppress(OSError):
        pager.communicate(content.encode(sys.stdout.encoding or "utf-8", "replace"))
    while True:
        # Ctrl-C is for the pager, which continues, and so does jpt.
        with suppress(KeyboardInterrupt):
            pager.wait()
            return True
