"""Output that cannot be written ends no work: what is lost is counted, and reported as soon as it can be.

A log on a full disk, a terminal that is gone or a network file system that fails takes nothing more; jpt works on.
Only a reader that went away (`jpt jobs | head`) is left to whoever prints.
"""

from __future__ import annotations

import io
import os
import select
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TextIO

PATIENCE_S = 1.0
"""How long a terminal or pipe that takes nothing at present is waited for."""


class Endured(io.RawIOBase):
    """A file descriptor that takes what it can; the rest is counted as lost."""

    def __init__(self, descriptor: int, *, tells: bool) -> None:
        """With *tells* on, a gap in it is named once it can be written to again."""
        super().__init__()
        self._descriptor = descriptor
        self._tells = tells
        self._gap = 0
        self.lost = 0
        """Bytes that could not be written."""
        self.why = ""

    def write(self, data: Any) -> int:
        """Write *data* as far as it can be; raises BrokenPipeError alone."""
        text = bytes(data)
        try:
            if self._gap and self._tells:
                os.write(self._descriptor, f"\n[{self._gap:,} bytes could not be written: {self.why}]\n".encode())
            written = self._put(text)
        except BrokenPipeError:
            raise
        except OSError as exc:
            self.why = os.strerror(exc.errno) if exc.errno else str(exc)
            self.lost += len(text)
            self._gap += len(text)
            return len(text)
        self._gap = 0
        return written

    def _put(self, text: bytes) -> int:
        try:
            return os.write(self._descriptor, text)
        except BlockingIOError:
            select.select([], [self._descriptor], [], PATIENCE_S)
            return os.write(self._descriptor, text)

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def fileno(self) -> int:
        """Give the descriptor."""
        return self._descriptor

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""
        return os.isatty(self._descriptor)


@dataclass(frozen=True, slots=True)
class Outputs:
    """What became of stdout and stderr."""

    out: Endured | None
    err: Endured | None

    def lost(self) -> str:
        """Give how much of the results could not be written, and why; empty when all was."""
        with suppress(BrokenPipeError):
            sys.stdout.flush()
        if self.out is None or not self.out.lost:
            return ""
        return f"{self.out.lost:,} bytes of the output could not be written: {self.out.why}."


def _open_closed() -> None:
    """Open the streams that jpt was started without: a file of ours must never get the number of one of them."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115


def endure() -> Outputs:
    """Let stdout and stderr of this process take what they can from now on."""
    _open_closed()
    sys.stdout, out = _endured(sys.stdout, tells=False)
    sys.stderr, err = _endured(sys.stderr, tells=True)
    return Outputs(out, err)


def _endured(stream: TextIO, *, tells: bool) -> tuple[TextIO, Endured | None]:
    """Give *stream* anew; as it is where it stands for something else than a descriptor (a test's, or none)."""
    if type(stream) is not io.TextIOWrapper:
        return stream, None
    try:
        stream.flush()
        raw = Endured(stream.fileno(), tells=tells)
    except (OSError, ValueError):
        return stream, None
    new = io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
    return new, raw
