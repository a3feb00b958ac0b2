"""The proxy behind the gate: HTTPS_PROXY and NO_PROXY."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Upstream:
    """A further proxy that speaks CONNECT, behind this one."""

    host: str
    port: int
    authorization: str = ""
    bypassed: tuple[str, ...] = ()
    """Hosts that are dialled without it; `.example.com` and `example.com` mean its sub-domains too."""

    @classmethod
    def parsed(cls, url: str, no_proxy: str) -> Upstream:
        """Read HTTPS_PROXY and NO_PROXY; raises ValueError for what is no http:// proxy."""
        parts = urlsplit(url if "://" in url else f"http://{url}")
        # A bare word is probably a mistake.
        bare = "://" not in url and "." not in url and parts.port is None
        if parts.scheme != "http" or not parts.hostname or bare:
            raise ValueError("the address of a proxy, like http://proxy.example:3128")
        login = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else ""
        authorization = f"Basic {base64.b64encode(login.encode()).decode()}" if login else ""
        names = tuple(name.strip().lower().lstrip("*") for name in no_proxy.split(",") if name.strip())
        return cls(parts.hostname, parts.port or 80, authorization, names)

    def bypasses(self, host: str) -> bool:
        """Tell whether *host* is dialled directly."""
        name = host.lower().rstrip(".")
        return any(
            entry in {"", name} or name.endswith("." + entry.lstrip(".")) for entry in self.bypassed
        )  # "*" has become ""
