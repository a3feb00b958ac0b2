"""Where a coordinator listens and its workers connect: `tls://HOST:PORT`, or `tcp://` within one machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from jpt.errors import UsageError
from jpt.net.addresses import literal

PORT = 8779
"""Where a coordinator listens if it is not told otherwise."""


@dataclass(frozen=True, slots=True)
class CoordinatorAddress:
    """A host and a port, and whether TLS is spoken there."""

    host: str
    port: int
    tls: bool

    @classmethod
    def parsed(cls, words: str) -> Self:
        """Read an address; raises UsageError, also for a plain one that others could reach."""
        try:
            parts = urlsplit(words if "://" in words else f"//{words}")
            host, port = parts.hostname or "", parts.port or PORT
        except ValueError:
            parts, host, port = urlsplit(""), "", 0
        if not host or parts.scheme not in {"", "tls", "tcp"} or parts.path.strip("/") or parts.username:
            raise UsageError(f"{words!r}: expected tls://HOST:PORT, or tcp://127.0.0.1:PORT within this machine.")
        is_here = _is_loopback(host)
        if parts.scheme == "tcp" and not is_here:
            raise UsageError(
                f"{words!r}: use tls:// between machines, with certificates of "
                "`jpt cluster certificates` at both ends."
            )
        return cls(host, port, parts.scheme == "tls" or not is_here)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'tls' if self.tls else 'tcp'}://{host}:{self.port}"


def _is_loopback(host: str) -> bool:
    address = literal(host)
    return host == "localhost" if address is None else address.is_loopback
