"""Playwright's errors as errors of ours. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from jpt.errors import (
    BrowserLost,
    Download,
    NoConnection,
    NotAPage,
    Outage,
    PageCrash,
    PageFault,
    TaskError,
    Unreachable,
)
from jpt.net.guard import Refusal

LOST_PAUSE_S = 1.0
"""Pause before a page is tried again whose browser ended."""

_NO_NETWORK = {
    "ERR_INTERNET_DISCONNECTED": "there is no network",
    "ERR_NETWORK_CHANGED": "the network changed",
    "ERR_NETWORK_IO_SUSPENDED": "the machine went to sleep",
    "ERR_PROXY_CONNECTION_FAILED": "the proxy does not answer",
    "ERR_SOCKS_CONNECTION_FAILED": "no connection was made",
    "ERR_SOCKS_CONNECTION_HOST_UNREACHABLE": "the host cannot be reached",
    "ERR_TUNNEL_CONNECTION_FAILED": "the proxy refused the connection",
    "ERR_NAME_NOT_RESOLVED": "the host name is not known, or there is no network",
    "ERR_NAME_RESOLUTION_FAILED": "the host name could not be looked up",
    "ERR_ADDRESS_UNREACHABLE": "the host cannot be reached",
}
_NO_CONNECTION = {
    "ERR_CONNECTION_REFUSED": "the server refused the connection",
    "ERR_CONNECTION_RESET": "the server dropped the connection",
    "ERR_CONNECTION_CLOSED": "the server dropped the connection",
    "ERR_CONNECTION_TIMED_OUT": "the server did not answer",
    "ERR_TIMED_OUT": "the server did not answer",
    "ERR_EMPTY_RESPONSE": "the server sent nothing",
}
_PAGE_FAULTS = {
    "ERR_TOO_MANY_REDIRECTS": "it redirects in a loop",
    "ERR_INVALID_AUTH_CREDENTIALS": "it asks for a password",
    "ERR_UNSAFE_PORT": "its port is not allowed",
    "ERR_INVALID_RESPONSE": "the server does not speak HTTP",
    "ERR_INVALID_HTTP_RESPONSE": "the server does not speak HTTP",
    "ERR_HTTP2_PROTOCOL_ERROR": "the server broke off the answer",
    "ERR_CONTENT_LENGTH_MISMATCH": "the server broke off the answer",
    "ERR_INCOMPLETE_CHUNKED_ENCODING": "the server broke off the answer",
    "ERR_CONTENT_DECODING_FAILED": "the server's answer is garbled",
}
_CODE = re.compile(r"net::(ERR_[A-Z0-9_]+)")

_BROWSER_GONE = (
    "Target page, context or browser has been closed",
    "Browser has been closed",
    "Browser closed",
    "Connection closed",
    "Target closed",
)
_NAVIGATED = (
    "Execution context was destroyed",
    "Cannot find context with specified id",
    "Inspected target navigated or closed",
    "No frame for given id found",
    "uniqueContextId not found",
)


def navigation_fault(url: str, message: str, refusal: Refusal | None = None) -> TaskError:
    """Give the fault that a failed navigation to *url* stands for; *refusal* is what the gate says of it."""
    if "Download is starting" in message:
        return Download("it is a document to download, not a page", page=url)
    found = _CODE.search(message)
    code = found.group(1) if found else ""
    if code.startswith("ERR_SOCKS") and refusal is not None:
        return refusal_fault(url, refusal)
    if code in {"ERR_NAME_NOT_RESOLVED", "ERR_ADDRESS_UNREACHABLE"}:
        return Unreachable(f"{_NO_NETWORK[code]} ({code})", page=url)
    if code in _NO_NETWORK:
        return Outage(f"{_NO_NETWORK[code]} ({code})", page=url)
    if code.startswith(("ERR_CERT", "ERR_SSL", "ERR_BAD_SSL")):
        return PageFault(f"its certificate or encryption is wrong ({code})", page=url)
    if code == "ERR_ABORTED":
        return PageFault("it returned no page (an empty or incomplete response)", page=url)
    if code in _NO_CONNECTION:
        return NoConnection(f"{_NO_CONNECTION[code]} ({code})", page=url)
    if code:
        return PageFault(f"{_PAGE_FAULTS.get(code, 'the browser reports')} ({code})", page=url)
    return reading_fault(url, message)


_NAME_IT = "put its host and port into the list of companies, or set JPT_ALLOW_PRIVATE=1"


def refused_frames(frames: Iterable[str], refusal: Callable[[str], Refusal | None]) -> tuple[str, ...]:
    """Give a sentence for each of the *frames* that was not read because it leads to a private address."""
    hosts = dict.fromkeys(urlsplit(src)[:2] for src in frames if refusal(src) == "policy")
    return tuple(
        f"its frame {scheme}://{host} leads to a private address that nobody named; to read it, {_NAME_IT}"
        for scheme, host in hosts
    )


def refusal_fault(url: str, refusal: Refusal) -> TaskError:
    """Give the fault that the gate's *refusal* of a connection stands for, on the page *url*."""
    match refusal:
        case "policy":
            return NotAPage(
                f"it leads to a private address that nobody named. To read it all the same, {_NAME_IT}", page=url
            )
        case "rebound":
            return PageFault("its name had public addresses and now leads to a private one", page=url)
        case "unknown":
            return Unreachable("the host name is not known, or there is no network", page=url)
        case "unreachable":
            return Unreachable("there is no way to the host", page=url)
        case "refused":
            return NoConnection("the server refused the connection", page=url)
        case "silent":
            return NoConnection("the server did not answer", page=url)


def reading_fault(url: str, message: str) -> TaskError:
    """Give the fault that a failed look at the opened page *url* stands for."""
    if crashed(message):
        return PageCrash("it crashes the browser's page", page=url)
    if browser_gone(message):
        return BrowserLost("the browser ended", LOST_PAUSE_S, page=url)
    return PageFault(first_line(message), page=url)


def crashed(message: str) -> bool:
    """Tell whether the page's own process died."""
    return "Page crashed" in message or "Target crashed" in message


def browser_gone(message: str) -> bool:
    """Tell whether the browser, or the way to it, is gone."""
    return any(words in message for words in _BROWSER_GONE)


def navigated(message: str) -> bool:
    """Tell whether the page navigated while it was being read."""
    return any(words in message for words in _NAVIGATED)


def first_line(message: str) -> str:
    """Give the first line of a message without Playwright's call prefix."""
    line = message.strip().partition("\n")[0]
    return re.sub(r"^(?:[A-Z]\w*\.\w+|Error|None): ", "", line).rstrip(".")[:200]
