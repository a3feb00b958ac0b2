"""Jobs that a feed lists no more."""

from __future__ import annotations

from jpt.feeds.absent import GONE_AFTER_MS, GONE_AFTER_READS, absent
from jpt.identity.urls import key_of
from jpt.models.pages import Absence, Link

YEAR_MS = 365 * 86_400_000
NOW_MS = 1_800_000_000_000
BAKER = Link("https://acme.example/jobs/1", "Baker", is_job=True, score=1.0)


def test_a_job_missed_before_the_clock_was_set_back_is_gone_in_time() -> None:
    missed: tuple[Absence, ...] = (Absence(key_of(BAKER.url), NOW_MS + YEAR_MS, 1),)

    first = absent([BAKER], [], missed, NOW_MS)
    later = NOW_MS
    for _ in range(GONE_AFTER_READS):
        later += GONE_AFTER_MS
        first = absent([BAKER], [], first.absences, later)

    assert first.kept == ()
