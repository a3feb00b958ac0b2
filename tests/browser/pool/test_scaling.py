"""The number of pages open at once: it grows while the processor idles, and goes back where it is busy."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import anyio
import pytest

from jpt.browser.chromium.find import Chromium
from jpt.browser.pool import scaling
from jpt.browser.pool.memory import HostResources
from jpt.browser.pool.pool import BrowserPool
from jpt.browser.pool.scaling import FIRST, CpuTime, Pages, idle_share
from jpt.settings import Settings
from tests.career_sites.server import Reply, Server

WORDS = "<p>" + "A few words about the company that posts jobs here. " * 8 + "</p>"


@pytest.mark.parametrize(
    ("now", "idle", "then"),
    [(4, 0.5, 5), (7, 0.25, 8), (8, 1.0, 8), (6, 0.1, 6), (6, 0.0, 5), (4, 0.0, 4)],
)
def test_the_number_follows_the_processor_within_its_limits(now: int, idle: float, then: int) -> None:
    assert Pages.up_to(8).after(now, idle) == then


@pytest.mark.parametrize("pages", [Pages.up_to(2), Pages.fixed(2)])
def test_a_limit_below_the_first_number_is_the_number(pages: Pages) -> None:
    assert [pages.after(2, idle) for idle in (0.0, 0.1, 1.0)] == [2, 2, 2]


def test_time_that_the_kernel_kept_from_us_is_no_idle_time() -> None:
    before = CpuTime(idle_s=100, total_s=200, throttled=3)

    assert idle_share(before, CpuTime(101, 202, 3)) == 0.5
    assert idle_share(before, CpuTime(101, 202, 4)) == 0
    assert idle_share(before, before) == 0
    assert idle_share(before, CpuTime(90, 202, 3)) == 0


@pytest.mark.parametrize(
    ("line", "folder"), [("0::/jobs.slice/jpt", "jobs.slice/jpt"), ("1:cpu,cpuacct:/docker/1", "cpu/docker/1")]
)
def test_it_is_known_when_a_group_used_up_its_share(tmp_path: Path, line: str, folder: str) -> None:
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/cgroup").write_text(line + "\n")
    group = tmp_path / "groups" / folder
    group.mkdir(parents=True)
    here = HostResources(tmp_path / "proc", tmp_path / "groups")
    assert here.throttled() == 0

    (group / "cpu.stat").write_text("usage_usec 9\nnr_periods 40\nnr_throttled 12\n")

    assert here.throttled() == 12


@pytest.mark.parametrize("idle", [True, False])
def test_more_pages_are_open_where_the_processor_idles_and_none_is_lost(
    chromium: Chromium, settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch, idle: bool
) -> None:
    seconds = itertools.count(1)
    monkeypatch.setattr(scaling, "LOOK_S", 0.1)
    monkeypatch.setattr(scaling, "cpu_time", lambda: CpuTime((second := next(seconds)) * idle, second))
    texts: list[str] = []

    async def main(port: int) -> None:
        async def read(number: int) -> None:
            async with pool.slot() as slot:
                texts.append((await slot.read(f"http://127.0.0.1:{port}/{number}")).text)

        made = settings(allow_private=True, max_pages=7)
        async with BrowserPool.open(made, chromium) as pool, anyio.create_task_group() as tg:
            for number in range(14):
                tg.start_soon(read, number)

    def answer(request: object) -> Reply:
        return Reply(f"<h1>Jobs</h1>{WORDS}".encode(), delay_s=1.5)

    with Server(answer) as server:
        anyio.run(main, server.port)

        peak = server.gauge.peak["requests"]
    assert len([text for text in texts if "few words" in text]) == 14
    assert peak > FIRST if idle else peak <= FIRST, peak
    assert peak <= 7
