"""What may be reached: public addresses, and hosts that the user named."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import ip_address
from time import monotonic
from typing import Literal, Self
from urllib.parse import urlsplit

from jpt.net.addresses import is_local_name, is_public, literal

Refusal = Literal["policy", "rebound", "unknown", "unreachable", "refused", "silent"]
"""Why a connection was not made: forbidden here, a public name that turned private, no such host, no way there,
nobody listens, no answer."""

HostPort = tuple[str, int]
"""A host and a port."""

NAMES_S = 20.0
"""How long the addresses of a name are remembered."""

_once_public: set[str] = set()
"""Named hosts that have had a public address, in this process or an earlier one."""
_seen_public: set[str] = set()
"""Those of them that are to be stored."""


def remember_public(hosts: Iterable[str]) -> None:
    """Take over which named *hosts* had public addresses in an earlier process."""
    _once_public.update(hosts)


def newly_public() -> frozenset[str]:
    """Give the named hosts that had a public address since the last call, to be stored."""
    found = frozenset(_seen_public)
    _seen_public.difference_update(found)
    return found


def note_public(hosts: Iterable[str]) -> None:
    """Note that named *hosts* had public addresses on other machines."""
    fresh = set(hosts) - _once_public
    _once_public.update(fresh)
    _seen_public.update(fresh)


def was_public(url: str) -> bool:
    """Tell whether the host of *url* is a named one that has had a public address."""
    place = host_and_port(url)
    return place is not None and place[0] in _once_public


class RefusedError(Exception):
    """A connection is not made."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why: Refusal = why


@dataclass(eq=False)
class AddressGuard:
    """Tells which addresses may be dialled for a place; the caller dials those and no others."""

    named: frozenset[HostPort]
    """Private places that may be reached, because the user named them."""
    allow_private: bool = False
    _names: dict[str, tuple[float, tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def of(cls, urls: Iterable[str], *, allow_private: bool = False) -> Self:
        """Make a guard for which the places of *urls* are named."""
        return cls(frozenset(place for url in urls if (place := host_and_port(url))), allow_private)

    async def addresses(self, place: HostPort) -> tuple[str, ...]:
        """Give the addresses that may be dialled for *place*: all of them public, or it is named.

        A named host that has had a public address gives only such ones from then on: whoever owns its name
        must not make it mean a machine in here (DNS rebinding). Raises RefusedError.
        """
        host, _ = place
        named = place in self.named
        if not (named or self.allow_private) and is_local_name(host):
            raise RefusedError("policy")
        spelled = literal(host)
        found = (str(spelled),) if spelled is not None else await self._looked_up(host)
        if self.allow_private or (named and spelled is not None):
            return found
        public = tuple(address for address in found if is_public(ip_address(address.partition("%")[0])))
        if named:
            return _of_its_class(host, found, public)
        # One private address among public ones is an attack.
        if len(public) < len(found):
            raise RefusedError("policy")
        return found

    async def check_name(self, place: HostPort) -> None:
        """Check a host that a further proxy dials: only that may know the name.

        What is known here is checked; raises RefusedError.
        """
        try:
            await self.addresses(place)
        except RefusedError as exc:
            if exc.why in {"policy", "rebound"} or literal(place[0]) is not None:
                raise

    async def _looked_up(self, host: str) -> tuple[str, ...]:
        until, known = self._names.get(host, (0.0, ()))
        if known and monotonic() < until:
            return known
        try:
            answers = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise RefusedError("unknown") from None
        # IPv4 first: in many networks IPv6 addresses lead nowhere, and each time-out costs seconds.
        ordered = sorted(answers, key=lambda answer: answer[0] != socket.AF_INET)
        found = tuple(dict.fromkeys(str(answer[4][0]) for answer in ordered))
        self._names[host] = (monotonic() + NAMES_S, found)
        return found


def _of_its_class(host: str, found: tuple[str, ...], public: tuple[str, ...]) -> tuple[str, ...]:
    """Give all addresses of a named host that was private from the start, the public ones of any other."""
    if public:
        _once_public.add(host)
        _seen_public.add(host)
    if host not in _once_public:
        return found
    if not public:
        raise RefusedError("rebound")
    return public


def host_and_port(url: str) -> HostPort | None:
    """Give the host and port that *url* is served from; None when it names none."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "ws": 80, "https": 443, "wss": 443}[parts.scheme.lower()]
    except (ValueError, KeyError):
        return None
    return ((parts.hostname or "").lower(), port) if parts.hostname else None
