"""Addresses that stand in for hosts (`JPT_FEED_BASE`). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from jpt.net.guard import host_and_port


@dataclass(frozen=True, slots=True)
class Bases:
    """The addresses that stand in for hosts (`JPT_FEED_BASE`)."""

    pairs: tuple[tuple[str, str], ...] = ()
    """Host or `*.suffix`, and the address that stands for it."""

    @classmethod
    def parsed(cls, text: str) -> Bases:
        """Read `host=http://127.0.0.1:8099,…`; raises ValueError."""
        pairs = []
        for entry in filter(None, map(str.strip, text.split(","))):
            host, _, base = entry.partition("=")
            if not host.strip() or host_and_port(base.strip()) is None:
                raise ValueError(f"must be host=http://127.0.0.1:8099, several with commas, not {entry!r}")
            pairs.append((host.strip().lower(), base.strip().rstrip("/")))
        return cls(tuple(pairs))

    def of(self, url: str) -> str:
        """Give the address to request instead of *url*."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        for name, base in self.pairs:
            if host == name or (name.startswith("*.") and host.endswith(name[1:])):
                stand_in = urlsplit(base)
                return urlunsplit((stand_in.scheme, stand_in.netloc, stand_in.path + parts.path, parts.query, ""))
        return url

    @property
    def urls(self) -> list[str]:
        """Give the addresses that the operator named."""
        return [base for _, base in self.pairs]
