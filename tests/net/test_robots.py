"""What a robots.txt may do to those who ask for it: nobody waits for another host's."""

from __future__ import annotations

import anyio
import pytest

from jpt.errors import NotAPage, Outage
from jpt.net import robots
from jpt.net.robots import Robots


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
        site = Robots(fetch, lambda: now[0])
        for _ in range(3):
            with pytest.raises(Outage, match="did not come within"):
                await site.delay_s("https://hangs.example/jobs")
        assert len(asked) == 1
        now[0] = robots.AGAIN_S + 1
        with pytest.raises(Outage):
            await site.delay_s("https://hangs.example/jobs")
        assert len(asked) == 2

    anyio.run(main)


@pytest.mark.parametrize("said", ["nan", "inf", "-5", "1e400", "²", "9" * 400, "soon"])
def test_a_delay_that_makes_no_sense_is_none(said: str) -> None:
    async def fetch(_url: str) -> tuple[int, str]:
        return 200, f"User-agent: *\nCrawl-delay: {said}"

    async def main() -> None:
        assert await Robots(fetch).delay_s("https://odd.example/jobs") >= 0

    anyio.run(main)
