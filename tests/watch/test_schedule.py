"""When each page is read again, on a clock that the tests turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

import pytest

from jpt.models.pages import Company, Health
from jpt.watch.schedule import Schedule

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0


@dataclass
class Clock:
    ms: int = 1_700_000_000_000

    def __call__(self) -> int:
        return self.ms

    def turn(self, seconds: float) -> None:
        self.ms += int(seconds * 1000)


@dataclass
class Life:
    """A schedule that is lived through: every read takes no time and goes as told."""

    every_s: float = 15 * MINUTE
    companies: list[Company] = field(default_factory=lambda: [page("Acme")])
    clock: Clock = field(default_factory=Clock)
    reads: list[tuple[str, int]] = field(default_factory=list)
    rounds: int = 0
    status: Health = "ok"
    news: bool = False

    def __post_init__(self) -> None:
        self.schedule = Schedule(self.every_s, self.clock, Random(7).uniform)
        self.schedule.follow(self.companies)

    def step(self) -> None:
        if due := self.schedule.due():
            self.rounds += 1
        for company in due:
            self.reads.append((company.name, self.clock()))
            self.schedule.read(company.name, company.url, self.status, news=self.news)

    def live(self, seconds: float, tick_s: float = 5.0) -> None:
        for _ in range(int(seconds / tick_s)):
            self.step()
            self.clock.turn(tick_s)


def page(name: str, every_s: float | None = None) -> Company:
    return Company(name, f"https://{name.lower()}.example/jobs", every_s=every_s)


def gaps(life: Life) -> list[float]:
    times = [time for _, time in life.reads]
    return [(after - before) / 1000 for before, after in pairwise(times)]


def test_a_page_never_read_is_due_at_once_and_only_once() -> None:
    schedule = Schedule(900, Clock())
    schedule.follow([page("Acme"), page("Bolt")])

    first, second = schedule.due(), schedule.due()

    assert ([company.name for company in first], second) == (["Acme", "Bolt"], [])


def test_a_quiet_page_is_read_at_its_interval_never_to_the_second() -> None:
    life = Life()

    life.live(DAY)

    assert all(0.9 * 900 - 5 <= gap <= 1.1 * 900 + 5 for gap in gaps(life))
    assert len(set(gaps(life))) > 10
    assert 90 <= len(life.reads) <= 103


def test_a_page_with_news_is_read_twice_as_often_and_calms_down_again() -> None:
    life = Life(news=True)
    life.live(6 * HOUR)
    lively = gaps(life)[-1]
    life.news = False
    life.live(12 * HOUR)

    assert lively <= 0.5 * 900 * 1.1 + 5
    assert gaps(life)[-1] >= 0.9 * 900 - 5


def test_a_failing_page_backs_off_within_bounds_and_is_back_at_once_when_it_works() -> None:
    life = Life(status="error")
    life.live(3 * DAY, 30)
    worst = max(gaps(life))
    life.status = "ok"
    life.live(6 * HOUR)

    assert 900 * 8 * 0.9 <= worst <= 900 * 8 * 1.1 + 30
    assert gaps(life)[-1] <= 900 * 1.1 + 5


def test_each_page_has_its_own_interval() -> None:
    life = Life(companies=[page("Slow", 2 * HOUR), page("Quick", 5 * MINUTE), page("Usual")])

    life.live(DAY)

    count = {name: sum(read == name for read, _ in life.reads) for name in ("Slow", "Quick", "Usual")}
    assert 11 <= count["Slow"] <= 16
    assert 260 <= count["Quick"] <= 340
    assert 90 <= count["Usual"] <= 115


def test_two_hundred_pages_are_read_together_not_in_a_trickle() -> None:
    life = Life(companies=[page(f"Site{number}") for number in range(200)])

    life.live(6 * HOUR)

    assert life.rounds <= 30
    assert 200 * 22 <= len(life.reads) <= 200 * 30


@pytest.mark.parametrize("step_s", [8 * HOUR, 400 * DAY, -3 * HOUR, -400 * DAY], ids=str)
def test_a_sleep_or_a_step_of_the_clock_leads_to_one_read(step_s: float) -> None:
    life = Life()
    life.live(HOUR)
    before = len(life.reads)
    life.clock.turn(step_s)

    life.live(10 * MINUTE)

    assert len(life.reads) - before <= 2
    life.live(HOUR)
    assert 4 <= len(life.reads) - before <= 7


def test_a_small_step_back_delays_a_read_by_no_more_than_the_step() -> None:
    life = Life()
    life.live(HOUR)
    life.clock.turn(-4 * MINUTE)
    before = len(life.reads)

    life.live(20.5 * MINUTE + 5)

    assert len(life.reads) > before


def test_without_a_network_no_page_is_blamed_and_all_are_tried_again_soon() -> None:
    life = Life(companies=[page("Acme"), page("Bolt")])
    for _ in range(20):
        life.schedule.begin()
        for company in life.schedule.due():
            life.schedule.read(company.name, company.url, "error", news=False)
        life.schedule.offline()
        life.clock.turn(40)

    assert life.schedule.paces[0].failures == 0
    assert len(life.schedule.due()) == 2


def test_all_pages_can_be_asked_for_at_once_and_none_twice() -> None:
    life = Life(companies=[page("Acme"), page("Bolt")])
    life.step()
    assert life.schedule.due() == []

    life.schedule.hurry()

    asked = life.schedule.due()
    assert [company.name for company in asked] == ["Acme", "Bolt"]
    life.schedule.hurry()
    assert life.schedule.due() == []
    for company in asked:
        life.schedule.read(company.name, company.url, "ok", news=False)
    assert life.schedule.due() == []


def test_a_page_that_was_not_read_after_all_is_still_due() -> None:
    life = Life()
    life.schedule.give_up(life.schedule.due())

    assert len(life.schedule.due()) == 1


def test_a_new_list_keeps_the_pace_of_pages_that_stay() -> None:
    life = Life(companies=[page("Acme"), page("Bolt")])
    life.step()
    life.schedule.follow([page("Bolt"), page("Coil")])

    assert [company.name for company in life.schedule.due()] == ["Coil"]


def test_a_restart_goes_on_where_the_last_one_ended() -> None:
    life = Life()
    life.live(HOUR)
    again = Schedule(life.every_s, life.clock)
    again.follow(life.companies, life.schedule.paces)

    assert again.due() == []
    assert again.wait_s() == life.schedule.wait_s()


def test_a_shorter_interval_counts_from_the_last_read() -> None:
    life = Life(every_s=DAY)
    life.step()
    life.clock.turn(HOUR)
    again = Schedule(30 * MINUTE, life.clock)
    again.follow(life.companies, life.schedule.paces)

    assert len(again.due()) == 1


def test_the_wait_is_that_of_the_next_page() -> None:
    life = Life(companies=[page("Slow", 2 * HOUR), page("Quick", 5 * MINUTE)])
    life.step()

    assert 0.9 * 300 <= (life.schedule.wait_s() or 0) <= 1.1 * 300
    assert Schedule(900, Clock()).wait_s() is None
