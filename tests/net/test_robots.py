"""What a robots.txt may do to those who ask for it: nobody waits for another host's."""

from __future__ import annotations

from contextlib import suppress

import anyio
import pytest

from jpt.errors import NotAPage, Outage
from jpt.net import robots
from jpt.net.politeness import Politeness
from jpt.net.robots import KeptRobots, Robots
from tests.table import each_row


def test_a_robots_txt_that_hangs_delays_no_other_host() -> None:
    async def fetch(url: str) -> tuple[int, str]:
        if "hangs" in url:
            await anyio.sleep_forever()
        return 200, "User-agent: *\nDisallow: /private"

    async def main() -> None:
        asked = Robots(fetch)
        async with anyio.create_task_group() as tg:
            for number in range(3):
                tg.start_soon(asked.delay_s, f"https://hangs{number}.example/jobs")
            await anyio.wait_all_tasks_blocked()
            with anyio.fail_after(5):
                assert await asked.delay_s("https://quick.example/jobs") == 0
                with pytest.raises(NotAPage):
                    await asked.delay_s("https://quick.example/private")
            tg.cancel_scope.cancel()

    anyio.run(main)


def test_one_that_could_not_be_had_is_not_asked_for_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "ANSWER_S", 0.05)
    asked: list[str] = []
    now = [0.0]

    async def fetch(url: str) -> tuple[int, str]:
        asked.append(url)
        await anyio.sleep_forever()
        raise AssertionError

    async def main() -> None:
        site = Robots(fetch, KeptRobots(lambda: now[0]))
        for _ in range(3):
            with pytest.raises(Outage, match="did not come within"):
                await site.delay_s("https://hangs.example/jobs")
        assert len(asked) == 1
        now[0] = robots.AGAIN_S + 1
        with pytest.raises(Outage):
            await site.delay_s("https://hangs.example/jobs")
        assert len(asked) == 2

    anyio.run(main)


@each_row("said", ["nan", "inf", "-5", "1e400", "²", "9" * 400, "soon"])
def test_a_delay_that_makes_no_sense_is_none(said: str) -> None:
    async def fetch(_url: str) -> tuple[int, str]:
        return 200, f"User-agent: *\nCrawl-delay: {said}"

    async def main() -> None:
        assert await Robots(fetch).delay_s("https://odd.example/jobs") >= 0

    anyio.run(main)


@pytest.mark.parametrize(
    ("status", "holds_s"),
    [(200, robots.KEPT_S), (404, robots.MISSING_S), (500, robots.AGAIN_S), (503, robots.AGAIN_S)],
)
def test_it_is_kept_from_cycle_to_cycle_for_a_time(status: int, holds_s: float) -> None:
    asked: list[str] = []
    now = [1000.0]
    politeness = Politeness(2, 0)
    politeness.robots.time_s = lambda: now[0]

    async def fetch(url: str) -> tuple[int, str]:
        asked.append(url)
        return status, "User-agent: *\nDisallow: /private"

    async def cycle() -> None:
        with suppress(Outage):
            await Robots(fetch, politeness.robots).delay_s("https://a.example/jobs")

    for at, times in ((0.0, 1), (holds_s - 1, 1), (holds_s + 1, 2)):
        now[0] = 1000.0 + at
        anyio.run(cycle)
        assert len(asked) == times
    assert holds_s <= 24 * 3600


def test_what_changed_meanwhile_counts_and_a_site_that_fails_later_is_not_read_by_old_rules() -> None:
    now = [0.0]
    answers = iter([(200, ""), (200, "User-agent: *\nDisallow: /"), (500, "")])
    kept = KeptRobots(lambda: now[0])

    async def fetch(_url: str) -> tuple[int, str]:
        return next(answers)

    async def main() -> None:
        assert await Robots(fetch, kept).delay_s("https://a.example/jobs") == 0
        now[0] += robots.KEPT_S
        with pytest.raises(NotAPage):
            await Robots(fetch, kept).delay_s("https://a.example/jobs")
        now[0] += robots.KEPT_S
        with pytest.raises(Outage):
            await Robots(fetch, kept).delay_s("https://a.example/jobs")

    anyio.run(main)


def test_as_many_as_are_met_are_not_kept_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "MOST_KEPT", 20)
    kept = KeptRobots()

    for number in range(100):
        kept.of(f"https://a{number}.example")

    assert kept.of("https://a99.example") is kept.of("https://a99.example")
    assert len(kept) <= 20


@pytest.mark.parametrize(
    "text", ["Disallow: \ud800", "User-agent: \udfff\nDisallow: /\ud800", "\ud83d" * 100, "\0", "User-agent"]
)
def test_half_characters_in_it_are_no_bug(text: str) -> None:
    async def fetch(_url: str) -> tuple[int, str]:
        return 200, f"User-agent: *\n{text}"

    assert anyio.run(lambda: Robots(fetch).delay_s("https://odd.example/jobs")) >= 0
