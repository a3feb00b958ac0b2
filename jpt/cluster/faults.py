"""How a page failed, as a value that can be sent."""

from __future__ import annotations

from jpt.cluster.messages import Fault, FaultKind
from jpt.errors import (
    BrowserLost,
    Download,
    JptError,
    NoConnection,
    NotAPage,
    Outage,
    OwnFault,
    PageCrash,
    PageFault,
    TaskError,
    Unreachable,
)

_KINDS: dict[FaultKind, type[TaskError]] = {
    "BrowserLost": BrowserLost,
    "Unreachable": Unreachable,
    "Outage": Outage,
    "Download": Download,
    "NotAPage": NotAPage,
    "PageCrash": PageCrash,
    "NoConnection": NoConnection,
    "OwnFault": OwnFault,
    "PageFault": PageFault,
}
"""The special before the general: the first that fits names an error."""


def as_value(error: JptError) -> Fault:
    """Give an error as a value; what no page can be blamed for makes the worker unfit."""
    for kind, error_class in _KINDS.items():
        if isinstance(error, error_class):
            pause_s = error.pause_s if isinstance(error, Outage) else None
            return Fault(kind, error.reason, pause_s, error.page)
    return Fault("unfit", error.sentence)


def as_error(fault: Fault) -> TaskError:
    """Give the error that a value stands for."""
    error_class = _KINDS.get(fault.kind, BrowserLost)
    if issubclass(error_class, Outage):
        return error_class(fault.reason, fault.pause_s, page=fault.page)
    return error_class(fault.reason, page=fault.page)
