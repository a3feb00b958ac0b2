"""How often a page is read: halved with news, doubled with failures, within bounds, whatever the clock says."""

from __future__ import annotations

from dataclasses import replace

from jpt.models.pace import BACKOFF_S, Pace
from jpt.models.pages import Health

EVERY_S = 900.0
PACE = Pace("Acme", "https://acme.example/jobs", EVERY_S, EVERY_S)


def after(pace: Pace, *reads: Health, news: bool = False) -> Pace:
    for status in reads:
        pace = pace.after(status, news=news, now_ms=1_000, uniform=lambda low, high: (low + high) / 2)
    return pace


def _times(status: Health, times: int) -> list[Health]:
    return [status] * times


def test_news_halve_the_interval_once_and_quiet_reads_bring_it_back() -> None:
    lively = after(PACE, "ok", "ok", news=True)

    assert lively.interval_s == EVERY_S / 2
    assert after(lively, *_times("none", 9)).interval_s == EVERY_S


def test_failures_double_it_up_to_six_hours_and_one_good_read_ends_that() -> None:
    failing = [after(PACE, *_times("error", times)).interval_s for times in (1, 2, 3, 40)]

    assert failing == [EVERY_S, 2 * EVERY_S, 4 * EVERY_S, 8 * EVERY_S]
    assert after(replace(PACE, every_s=5 * 3_600, interval_s=1), *_times("blocked", 9)).interval_s == BACKOFF_S
    assert after(PACE, *_times("error", 9), "ok").interval_s == EVERY_S


def test_a_doubted_read_is_asked_again_at_the_usual_time() -> None:
    assert after(PACE, "error", "error", "suspect").interval_s == EVERY_S


def test_another_wish_counts_from_the_last_read() -> None:
    read = after(PACE, "ok")

    assert read.at(60).due_ms == 1_000 + 60_000
    assert read.at(EVERY_S) == read
    assert PACE.at(60).due_ms is None


def test_a_clock_that_was_set_back_makes_a_page_due() -> None:
    read = after(PACE, "ok")

    assert read.wait_s(1_000) == EVERY_S
    assert read.wait_s(1_000 + int(EVERY_S * 1_000)) == 0
    assert read.wait_s(1_000 - 365 * 86_400_000) == 0
    assert PACE.wait_s(0) == 0
