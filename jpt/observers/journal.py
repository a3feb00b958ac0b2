"""The log of a process: JSON lines in a file that rotates, each with the run's id, secrets taken out by value."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from jpt.files import refuse_pipe
from jpt.models import events
from jpt.models.events import Event
from jpt.observers.lines import is_warning, kind, record, sentence_of
from jpt.text.counts import counted
from jpt.text.secrets import Hiding

MAX_BYTES = 5_000_000
KEPT = 4
"""Old files beside the present one."""

log = logging.getLogger("jpt")
events_log = logging.getLogger("jpt.event")

_ALSO = (events.StageIs, events.NoNetwork, events.QueueLeft)
"""Events without words for people that machines want to know."""


class Redacted(JsonFormatter):
    """Writes a record as a line of JSON, without what is to be hidden."""

    def __init__(self, hiding: Hiding, run_id: str) -> None:
        super().__init__(
            "{asctime}{levelname}{name}{message}",
            style="{",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
            static_fields={"run": run_id},
            json_ensure_ascii=True,
            datefmt="%Y-%m-%dT%H:%M:%S%z",
        )
        self._hiding = hiding

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Return what is written of a record; a secret that is a word of JSON's own must not break the line."""
        held: dict[str, Any] = self._hiding.within(super().process_log_record(log_data))
        return held


class _Private(RotatingFileHandler):
    """What somebody looks for is nobody else's business. Several processes may write: each follows the file."""

    _lost = 0
    """Lines that could not be written since one last could."""

    def _open(self) -> Any:
        refuse_pipe(Path(self.baseFilename))
        return open(self.baseFilename, "a", encoding="utf-8", opener=partial(os.open, mode=0o600))

    def emit(self, record: logging.LogRecord) -> None:
        """Write *record* into the present file, also where another process has begun a new one."""
        try:
            if self.stream is not None and not _is_same(Path(self.baseFilename), self.stream.fileno()):
                with suppress(OSError):
                    self.stream.close()
                self.stream = self._open()
        except OSError:
            return
        lost, self._lost = self._lost, 0
        super().emit(record)
        if self._lost:
            self._lost += lost
        elif lost:
            words = f"{counted(lost, 'line')} of this log could not be written"
            super().emit(logging.LogRecord(log.name, logging.WARNING, "", 0, words, None, None))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Count what a full disk does not take: a log is not the work, and a traceback would break the screen."""
        if isinstance(sys.exception(), OSError):
            self._lost += 1
        else:
            super().handleError(record)


def _is_same(path: Path, file: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except OSError:
        return False


class Journal:
    """Reports events to the log."""

    def __call__(self, event: Event) -> None:
        """Write *event* with all that it holds."""
        words = sentence_of(event)
        if words or isinstance(event, _ALSO):
            level = logging.WARNING if is_warning(event) else logging.INFO
            events_log.log(level, words or kind(event), extra=_safe(record(event)))


def to_file(path: Path, hiding: Hiding, run_id: str) -> logging.Handler:
    """Send the log of this process to the file at *path*; raises OSError when it cannot be made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = _Private(path, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8")
    return _attach(handler, Redacted(hiding, run_id))


def to_stream(stream: Any, hiding: Hiding, run_id: str) -> logging.Handler:
    """Send the log of this process to *stream* as well."""
    return _attach(logging.StreamHandler(stream), Redacted(hiding, run_id))


def detach(handler: logging.Handler) -> None:
    """Stop sending the log there."""
    log.removeHandler(handler)
    handler.close()


def _attach(handler: logging.Handler, formatter: logging.Formatter) -> logging.Handler:
    handler.setFormatter(formatter)
    handler.setLevel(logging.INFO)
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    return handler


_TAKEN = frozenset(vars(logging.LogRecord("", 0, "", 0, "", (), None))) | {"message", "asctime", "time", "level"}


def _safe(held: dict[str, Any]) -> dict[str, Any]:
    """Return the values under names that the log does not use itself."""
    return {(f"{name}_" if name in _TAKEN else name): value for name, value in held.items()}
