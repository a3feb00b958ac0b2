"""What may be dialled: public addresses, and private ones only by a name that was private from the start."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import ip_address
from itertools import count
from typing import Any

import anyio
import pytest

from jpt.net.addresses import is_public
from jpt.net.guard import Guard, RefusedError

PUBLIC, PRIVATE = "93.184.216.34", "10.0.0.7"
NUMBERS = count()


@pytest.fixture
def name() -> str:
    """A name that no other test has asked for: what it once meant is kept for the whole process."""
    return f"host-{next(NUMBERS)}.example"


@pytest.fixture
def means(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets every name mean these addresses from now on."""

    def now(*addresses: str) -> None:
        def getaddrinfo(host: Any, *more: Any, **options: Any) -> list[Any]:
            families = {4: socket.AF_INET, 6: socket.AF_INET6}
            return [
                (families[ip_address(each).version], socket.SOCK_STREAM, 6, "", (each, 0)) for each in addresses
            ]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    return now


def dialled(name: str, *named: str, allow_private: bool = False) -> tuple[str, ...] | str:
    """What a guard that has just begun gives for a name, or why it refuses."""

    async def main() -> tuple[str, ...] | str:
        try:
            return await Guard.of(named, allow_private=allow_private).addresses((name, 443))
        except RefusedError as exc:
            return exc.why

    return anyio.run(main)


def test_a_named_host_that_was_public_never_means_a_private_place_later(
    name: str, means: Callable[..., None]
) -> None:
    means(PUBLIC)
    first = dialled(name, f"https://{name}/jobs")
    means(PRIVATE)
    later = dialled(name, f"https://{name}/jobs")
    means("93.184.216.35")
    again = dialled(name, f"https://{name}/jobs")

    assert (first, later, again) == ((PUBLIC,), "rebound", ("93.184.216.35",))


def test_of_a_named_host_with_both_kinds_only_the_public_addresses_are_dialled(
    name: str, means: Callable[..., None]
) -> None:
    means(PRIVATE, PUBLIC, "::1")

    assert dialled(name, f"https://{name}/") == (PUBLIC,)


def test_a_named_host_that_was_private_from_the_start_stays_allowed(name: str, means: Callable[..., None]) -> None:
    means(PRIVATE)
    first = dialled(name, f"https://{name}/")
    means("192.168.1.9")

    assert (first, dialled(name, f"https://{name}/")) == ((PRIVATE,), ("192.168.1.9",))


def test_who_allows_all_private_places_allows_those_that_turn_private(
    name: str, means: Callable[..., None]
) -> None:
    means(PUBLIC)
    dialled(name, f"https://{name}/")
    means(PRIVATE)

    assert dialled(name, f"https://{name}/", allow_private=True) == (PRIVATE,)


@pytest.mark.parametrize(
    "address",
    [
        "168.63.129.16", "169.254.169.254", "169.254.170.2", "100.100.100.200", "192.0.0.192", "192.80.8.124",
        "161.26.0.10", "166.9.0.1", "fd00:ec2::254", "fe80::a9fe:a9fe", "::ffff:168.63.129.16", "64:ff9b::a83f:8110",
        "3fff::1", "5f00::1", "192.88.99.1", "198.18.0.1", "2001:db8::1",
    ],
)  # fmt: skip
def test_what_clouds_answer_about_themselves_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))
