"""The messages of coordinator and workers: plain values with named fields, as JSON, checked on arrival.

No objects and no code are sent: who may connect can send bad values at most, and those are refused here. `Join`
is read by every version, so that one that differs can be refused by name; all others are of one version.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from jpt.models.load import Load
from jpt.models.pages import PageRead
from jpt.text.moments import LONGEST_WAIT_S
from jpt.text.numbers import MOST, decimal, whole

WIRE = 3
"""Raised whenever a message changes."""

FaultKind = Literal[
    "PageFault", "OwnFault", "NoConnection", "PageCrash", "NotAPage", "Download",
    "Outage", "Unreachable", "BrowserLost", "unfit",
]  # fmt: skip
"""How a page failed: the name of an error of `errors.py`, or `unfit`: the worker can read nothing."""


Number = Annotated[int, Field(ge=0, le=MOST)]
Seconds = Annotated[float, Field(ge=0, le=LONGEST_WAIT_S, allow_inf_nan=False)]


class NotAMessage(Exception):
    """Bytes that are no message of this version."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for all pages of a run, wherever they are read."""

    watchdog_ms: Number
    language: str
    user_agent: str | None
    silent_s: Seconds
    """Seconds without a message after which the other end counts as gone."""
    named: tuple[tuple[str, Number], ...] = ()
    """Hosts and ports that the user named: these may be private."""


@dataclass(frozen=True, slots=True)
class Depth:
    """How far a list is read."""

    pages: Number
    presses: Number
    seconds: Seconds


@dataclass(frozen=True, slots=True)
class Join:
    """Worker: I am here."""

    version: str
    wire: int
    name: str
    pages: Number
    op: Literal["join"] = "join"


@dataclass(frozen=True, slots=True)
class Welcome:
    """Coordinator: then these limits hold."""

    limits: Limits
    op: Literal["welcome"] = "welcome"


@dataclass(frozen=True, slots=True)
class VersionRefused:
    """Coordinator: you are of another version than I am."""

    version: str
    op: Literal["refused"] = "refused"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Coordinator: read this page."""

    number: Number
    url: str
    depth: Depth | None = None
    """None: it is a post, not a list."""
    suspect: bool = False
    """A browser crashed with it: it is to be read alone."""
    public: bool = False
    """Its host had a public address before: it may have no private one now."""
    op: Literal["ask"] = "ask"


@dataclass(frozen=True, slots=True)
class Cancel:
    """Coordinator: cancel this page."""

    number: Number
    op: Literal["drop"] = "drop"


@dataclass(frozen=True, slots=True)
class NextPageRequest:
    """Worker: may a further page of this list be opened?"""

    number: Number
    turn: Number
    url: str
    op: Literal["turn"] = "turn"


@dataclass(frozen=True, slots=True)
class NextPageReply:
    """Coordinator: yes, or no."""

    number: Number
    turn: Number
    may: bool
    op: Literal["turned"] = "turned"


@dataclass(frozen=True, slots=True)
class Fault:
    """How a page failed."""

    kind: FaultKind
    reason: str
    pause_s: Seconds | None = None
    page: str = ""
    """The address of the page that it is about, which the reason does not repeat."""


@dataclass(frozen=True, slots=True)
class PageResult:
    """Worker: this is what the page gave. Either *page* or *fault* is there."""

    number: Number
    page: PageRead | None = None
    fault: Fault | None = None
    suspect: bool = False
    """A browser crashed with it."""
    public: tuple[str, ...] = ()
    """Named hosts that had public addresses there."""
    op: Literal["done"] = "done"


@dataclass(frozen=True, slots=True)
class KeepAlive:
    """Either: I am alive. A worker adds the load of its browsers."""

    load: Load | None = None
    op: Literal["beat"] = "beat"


@dataclass(frozen=True, slots=True)
class Leave:
    """Worker: I take no more pages, and go when those that I have are read. Coordinator: the run is over."""

    op: Literal["leave"] = "leave"


Message = (
    Join
    | Welcome
    | VersionRefused
    | PageRequest
    | Cancel
    | NextPageRequest
    | NextPageReply
    | PageResult
    | KeepAlive
    | Leave
)

_messages: TypeAdapter[Message] = TypeAdapter(
    Annotated[Message, Field(discriminator="op")],
    config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64", ser_json_inf_nan="constants"),
)


def encode(message: Message) -> bytes:
    """Give *message* as bytes."""
    try:
        return _messages.dump_json(message)
    except ValueError:
        # Half a surrogate pair is a character of JavaScript, and none of UTF-8.
        return _messages.dump_json(_writable(message))


def decode(data: bytes) -> Message:
    """Give the message that *data* is; raises NotAMessage."""
    try:
        message = _messages.validate_json(data)
    except ValidationError as exc:
        raise NotAMessage(f"{exc.error_count()} faults in a message of {len(data)} bytes") from exc
    if isinstance(message, PageResult | KeepAlive) and not all(map(_is_number, _numbers(message))):
        raise NotAMessage(f"a number out of all bounds in a message of {len(data)} bytes")
    return message


def _numbers(message: PageResult | KeepAlive) -> Iterator[object]:
    """Give the numbers of a message that its type leaves unbounded."""
    if isinstance(message, KeepAlive):
        if message.load is not None:
            yield from (getattr(message.load, one.name) for one in fields(message.load) if one.name != "workers")
        return
    if (page := message.page) is not None:
        yield from (page.turned, page.seconds, page.retry_after_s or 0.0, page.http_status or 0)
        yield from (number or 0 for cut in page.cuts for number in (cut.limit, cut.page, cut.status))


def _is_number(value: object) -> bool:
    found = whole(value) if isinstance(value, int) else decimal(value, high=LONGEST_WAIT_S)
    return found is not None


def _writable(value: Any) -> Any:
    """Give *value* with each half of a surrogate pair replaced."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, tuple):
        return tuple(_writable(one) for one in value)
    if isinstance(value, dict):
        return {_writable(key): _writable(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _writable(getattr(value, one.name)) for one in fields(value)})
    return value
