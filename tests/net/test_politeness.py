"""Politeness per host."""

from itertools import pairwise
from time import monotonic

import anyio
import pytest

from jpt.errors import NotYet, Throttled
from jpt.net.politeness import Politeness


def test_a_host_has_at_most_so_many_visits_at_once() -> None:
    manners = Politeness(pages=2, interval_ms=0)
    open_now = 0
    most = 0

    async def visit() -> None:
        nonlocal open_now, most
        async with manners.permit("jobs.example.com"):
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
    manners = Politeness(pages=9, interval_ms=50)
    begun: dict[str, list[float]] = {"a.example": [], "b.example": []}

    async def visit(host: str) -> None:
        async with manners.permit(host):
            await manners.due(host)
            while not manners.begin(host):
                await manners.due(host)
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
    manners = Politeness(pages=2, interval_ms=60_000)

    async def main() -> tuple[bool, bool]:
        async with manners.permit("a.example"), manners.permit("a.example"):
            return manners.begin("a.example"), manners.begin("a.example")

    assert anyio.run(main) == (True, False)


def test_a_host_that_asks_for_a_pause_gets_it_even_on_loopback() -> None:
    manners = Politeness(pages=2, interval_ms=0)
    manners.pause("127.0.0.1:80", 0.1)
    manners.pause("b.example", 600)

    async def main() -> float:
        begun = monotonic()
        async with manners.permit("127.0.0.1:80"):
            return monotonic() - begun

    async def refused() -> None:
        async with manners.permit("b.example"):
            pass

    assert anyio.run(main) >= 0.1
    assert 590 < manners.long_pause_s("b.example") <= 600
    with pytest.raises(Throttled, match="left alone"):
        anyio.run(refused)


def test_loopback_has_no_limit() -> None:
    manners = Politeness(pages=1, interval_ms=60_000)

    async def main() -> int:
        async with (
            manners.permit("127.0.0.1:8000"),
            manners.permit("127.0.0.1:8000"),
            manners.permit("[::1]:80"),
        ):
            return 3 if manners.free("localhost:1") else 0

    assert anyio.run(main) == 3


def test_a_visit_that_fails_frees_its_place() -> None:
    manners = Politeness(pages=1, interval_ms=0)

    async def main() -> bool:
        try:
            async with manners.permit("a.example"):
                raise RuntimeError
        except RuntimeError:
            return manners.free("a.example")

    assert anyio.run(main)


def test_a_wait_that_is_too_long_is_no_wait_but_a_later_visit() -> None:
    async def main() -> None:
        manners = Politeness(2, 0)
        manners.slow_down("far.example", 1_000_000_000.0)
        async with manners.permit("far.example"):
            assert manners.begin("far.example")

        with anyio.fail_after(5):
            with pytest.raises(NotYet) as refused:
                async with manners.permit("far.example"):
                    pass
            with pytest.raises(NotYet):
                await manners.due("far.example")
        assert refused.value.pause_s is not None
        # Less than a day: the longest that the queue puts a post off.
        assert 3_600 < refused.value.pause_s < 24 * 3_600

    anyio.run(main)


def test_a_short_distance_is_waited_for() -> None:
    async def main() -> None:
        manners = Politeness(2, 20)
        assert manners.begin("near.example")

        await manners.due("near.example")
        assert manners.begin("near.example")

    anyio.run(main)
