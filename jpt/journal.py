"""The log of a process: JSON lines in a file that rotates, each with the run's id, secrets taken out by value."""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterable
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from jpt import events
from jpt.events import Event
from jpt.lines import is_warning, kind, line, record

MAX_BYTES = 5_000_000
KEPT = 4
"""Old files beside the present one."""
HIDDEN = "[hidden]"
SHORTEST_SECRET = 4
"""What is shorter is no secret, and taking it out would garble every line."""

log = logging.getLogger("jpt")
events_log = logging.getLogger("jpt.event")
_CREDENTIALS = re.compile(r"(\w[\w+.-]*://)[^\s/@:]+:[^\s/@]+@")


_ALSO = (events.StageIs, events.NoNetwork, events.QueueLeft)
"""Events without words for people that machines want to know."""


class Redacted(JsonFormatter):
    """Writes a record as a line of JSON, without the secrets given and without passwords in addresses."""

    def __init__(self, secrets: Iterable[str], run_id: str) -> None:
        super().__init__(
            "{asctime}{levelname}{name}{message}",
            style="{",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
            static_fields={"run": run_id},
            json_ensure_ascii=True,
            datefmt="%Y-%m-%dT%H:%M:%S%z",
        )
        self._secrets = sorted({one for one in secrets if len(one) >= SHORTEST_SECRET}, key=len, reverse=True)

    def format(self, entry: logging.LogRecord) -> str:
        """Give the line."""
        return self.hidden(super().format(entry))

    def hidden(self, text: str) -> str:
        """Give *text* without secrets."""
        for secret in self._secrets:
            # In JSON quotes, backslashes and non-ASCII characters stand escaped.
            for form in {secret, _escaped(secret)}:
                text = text.replace(form, HIDDEN)
        return _CREDENTIALS.sub(rf"\1{HIDDEN}@", text)


class _Private(RotatingFileHandler):
    """What somebody looks for is nobody else's business."""

    def _open(self) -> Any:
        return open(self.baseFilename, "a", encoding="utf-8", opener=partial(os.open, mode=0o600))


class Journal:
    """Reports events to the log."""

    def __call__(self, event: Event) -> None:
        """Write *event* with all that it holds."""
        words = line(event)
        if words or isinstance(event, _ALSO):
            level = logging.WARNING if is_warning(event) else logging.INFO
            events_log.log(level, words or kind(event), extra=_safe(record(event)))


def to_file(path: Path, secrets: Iterable[str], run_id: str) -> logging.Handler:
    """Let the log of this process go to the file at *path*; raises OSError when it cannot be made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = _Private(path, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8")
    return _attach(handler, Redacted(secrets, run_id))


def to_stream(stream: Any, secrets: Iterable[str], run_id: str) -> logging.Handler:
    """Let the log of this process go to *stream* as well."""
    return _attach(logging.StreamHandler(stream), Redacted(secrets, run_id))


def detach(handler: logging.Handler) -> None:
    """Let the log go there no more."""
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
    """Give the values under names that the log does not use itself."""
    return {(f"{name}_" if name in _TAKEN else name): value for name, value in held.items()}


def _escaped(secret: str) -> str:
    return json.dumps(secret)[1:-1]
