"""Output that cannot be written does not end the work: it is counted as lost, and reported as soon as possible.

That is so for a log on a full disk, a closed terminal or a failing network file system. Only a reader that went
away (`jpt jobs | head`) is left to whoever prints.
"""

from __future__ import annotations

import io
import os
import select
import sys
from contextlib import suppress
from typing import Any, TextIO

PATIENCE_S = 1.0
"""How long to wait for a terminal or pipe whose buffer is full."""


class LossyFile(io.RawIOBase):
    """A file descriptor whose write errors lose the data, which is counted."""

    def __init__(self, descriptor: int, *, notes_gaps: bool) -> None:
        """With *notes_gaps*, write a note about a gap once the file can be written to again."""
        super().__init__()
        self._descriptor = descriptor
        self._notes_gaps = notes_gaps
        self._gap = 0
        self.lost = 0
        """Bytes that could not be written."""
        self.why = ""

    def write(self, data: Any) -> int:
        """Write *data* or lose it; raises BrokenPipeError only."""
        text = bytes(data)
        try:
            if self._gap and self._notes_gaps:
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
        """Return the descriptor."""
        return self._descriptor

    def isatty(self) -> bool:
        """Return whether it is a terminal."""
        return os.isatty(self._descriptor)


def _open_closed() -> None:
    """Open the streams that jpt was started without: no other file may get the number of one of them."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115


def tolerate_losses() -> LossyFile | None:
    """Let stdout and stderr of this process lose what cannot be written; returns the file behind stdout."""
    _open_closed()
    sys.stdout, out = _lossy(sys.stdout, notes_gaps=False)
    sys.stderr, _ = _lossy(sys.stderr, notes_gaps=True)
    return out


def loss_of(out: LossyFile | None) -> str:
    """Return how much of stdout, whose file is *out*, could not be written, and why; empty if all was."""
    with suppress(BrokenPipeError):
        sys.stdout.flush()
    if out is None or not out.lost:
        return ""
    return f"{out.lost:,} bytes of the output could not be written: {out.why}."


def _lossy(stream: TextIO, *, notes_gaps: bool) -> tuple[TextIO, LossyFile | None]:
    """Return *stream* on a LossyFile; unchanged if it has no file descriptor (a test's)."""
    if type(stream) is not io.TextIOWrapper:
        return stream, None
    try:
        stream.flush()
        raw = LossyFile(stream.fileno(), notes_gaps=notes_gaps)
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
