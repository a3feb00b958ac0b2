"""What may be dialled: public addresses, and private ones only by a name that was private from the start."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import ip_address
from itertools import count
from pathlib import Path
from typing import Any

import anyio
import pytest

from jpt.net.addresses import is_public
from jpt.net.guard import AddressGuard, RefusedError
from jpt.store import Store
from jpt.store.hosts import FORGET_MS
from tests.conftest import Jpt
from tests.table import each_row

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
            return await AddressGuard.of(named, allow_private=allow_private).addresses((name, 443))
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


@each_row(
    "address",
    [
        "168.63.129.16", "169.254.169.254", "169.254.170.2", "100.100.100.200", "192.0.0.192", "192.80.8.124",
        "161.26.0.10", "166.9.0.1", "fd00:ec2::254", "fe80::a9fe:a9fe", "::ffff:168.63.129.16", "64:ff9b::a83f:8110",
        "3fff::1", "5f00::1", "192.88.99.1", "198.18.0.1", "2001:db8::1",
    ],
)  # fmt: skip
def test_what_clouds_answer_about_themselves_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


CYCLE = """
import socket, sys
import anyio
from jpt.browser.chromium.install import ensure
from jpt.browser.pool.pool import BrowserPool
from jpt.cycle.pipeline import Pipeline
from jpt.net.guard import AddressGuard, RefusedError
from jpt.settings import environment, load
from jpt.store import Store

name, address = sys.argv[1:]
found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0))]
socket.getaddrinfo = lambda *words, **options: found

async def cycle():
    loaded, _ = load()
    chromium = await ensure(loaded.chromium, sandbox=loaded.sandbox, say=print, environ=environment())
    with Store.open(loaded.db) as store:
        async with BrowserPool.open(loaded, chromium) as pool:
            pipeline = Pipeline(loaded, store, pool, lambda event: None)
            await pipeline.work()
            try:
                print(*await AddressGuard.of([f"https://{name}/jobs"]).addresses((name, 443)))
            except RefusedError as exc:
                print(exc.why)
            await pipeline.work()

anyio.run(cycle)
"""


def test_a_restart_does_not_forget_that_a_named_host_was_public(name: str, jpt: Jpt) -> None:
    """Cycles on one database, each in a process that knows nothing of its own."""
    ended = [jpt("-c", CYCLE, name, now) for now in (PUBLIC, PRIVATE, PUBLIC)]

    assert [one.out.split() for one in ended] == [[PUBLIC], ["rebound"], [PUBLIC]], ended


def test_a_host_that_was_public_long_ago_may_have_moved_in(tmp_path: Path) -> None:
    now = [1_700_000_000_000]
    with Store.open(tmp_path / "jpt.sqlite3", lambda: now[0]) as store:
        store.hosts.note_public(["a.example"])
        now[0] += FORGET_MS - 1
        assert store.hosts.public() == {"a.example"}
        now[0] += 2
        assert store.hosts.public() == frozenset()
