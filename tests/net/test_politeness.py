"""Politeness per host."""

from itertools import pairwise
from time import monotonic

import anyio
import pytest

from jpt.errors import NotYet, Throttled
from jpt.net.politeness import Politeness


def test_a_host_has_at_most_so_many_visits_at_once() -> None:
    politeness = Politeness(pages=2, interval_ms=0)
    open_now = 0
    most = 0

    async def visit() -> None:
        nonlocal open_now, most
        async with politeness.permit("jobs.example.com"):
            open_now += 1
            most = max(most, open_now)
            await anyio.sleep(0.01)
            open_now -= 1

    async def main() -> None:
        async with anyio.create_task_group() as tg:
            for _ in range(8):
                tg.start_soon(visit)

    anyio.run(main)

    assert most == 2


def test_visits_of_one_host_keep_their_distance_and_other_hosts_do_not_wait() -> None:
    politeness = Politeness(pages=9, interval_ms=50)
    begun: dict[str, list[float]] = {"a.example": [], "b.example": []}

    async def visit(host: str) -> None:
        async with politeness.permit(host):
            await politeness.due(host)
            while not politeness.begin(host):
                await politeness.due(host)
            begun[host].append(monotonic())

    async def main() -> None:
        async with anyio.create_task_group() as tg:
            for host in begun:
                for _ in range(3):
                    tg.start_soon(visit, host)

    anyio.run(main)

    for times in begun.values():
        assert all(later - earlier >= 0.049 for earlier, later in pairwise(times))
    assert abs(begun["a.example"][0] - begun["b.example"][0]) < 0.05


def test_a_visit_that_waited_for_its_slot_keeps_its_distance_too() -> None:
    politeness = Politeness(pages=2, interval_ms=60_000)

    async def main() -> tuple[bool, bool]:
        async with politeness.permit("a.example"), politeness.permit("a.example"):
            return politeness.begin("a.example"), politeness.begin("a.example")

    assert anyio.run(main) == (True, False)


def test_a_host_that_asks_for_a_pause_gets_it_even_on_loopback() -> None:
    politeness = Politeness(pages=2, interval_ms=0)
    begun = monotonic()
    politeness.pause("127.0.0.1:80", 0.1)
    politeness.pause("b.example", 600)

    async def main() -> float:
        async with politeness.permit("127.0.0.1:80"):
            return monotonic() - begun

    async def refused() -> None:
        async with politeness.permit("b.example"):
            pass

    assert anyio.run(main) >= 0.1
    assert 590 < politeness.long_pause_s("b.example") <= 600
    with pytest.raises(Throttled, match="left alone"):
        anyio.run(refused)


def test_loopback_has_no_limit() -> None:
    politeness = Politeness(pages=1, interval_ms=60_000)

    async def main() -> int:
        async with (
            politeness.permit("127.0.0.1:8000"),
            politeness.permit("127.0.0.1:8000"),
            politeness.permit("[::1]:80"),
        ):
            return 3 if politeness.free("localhost:1") else 0

    assert anyio.run(main) == 3


def test_a_visit_that_fails_frees_its_place() -> None:
    politeness = Politeness(pages=1, interval_ms=0)

    async def main() -> bool:
        try:
            async with politeness.permit("a.example"):
                raise RuntimeError
        except RuntimeError:
            return politeness.free("a.example")

    assert anyio.run(main)


def test_a_wait_that_is_too_long_is_no_wait_but_a_later_visit() -> None:
    async def main() -> None:
        politeness = Politeness(2, 0)
        politeness.slow_down("far.example", 1_000_000_000.0)
        async with politeness.permit("far.example"):
            assert politeness.begin("far.example")

        with anyio.fail_after(5):
            with pytest.raises(NotYet) as refused:
                async with politeness.permit("far.example"):
                    pass
            with pytest.raises(NotYet):
                await politeness.due("far.example")
        assert refused.value.pause_s is not None
        # Less than a day: the longest that the queue puts a post off.
        assert 3_600 < refused.value.pause_s < 24 * 3_600

    anyio.run(main)


def test_a_short_distance_is_waited_for() -> None:
    async def main() -> None:
        politeness = Politeness(2, 20)
        assert politeness.begin("near.example")

        await politeness.due("near.example")
        assert politeness.begin("near.example")

    anyio.run(main)
