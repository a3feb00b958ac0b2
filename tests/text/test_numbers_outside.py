"""Every place that reads a number from outside: none of them breaks, none believes what cannot be meant."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import anyio

from jpt.catalogue.typed import since_ms
from jpt.errors import FeedFault, UsageError
from jpt.extract.model.client import reply_of, retry_after_of
from jpt.extract.post.posting import posting
from jpt.feeds.platforms.greenhouse import Greenhouse
from jpt.feeds.platforms.lever import Lever
from jpt.feeds.platforms.smartrecruiters import SmartRecruiters
from jpt.feeds.protocol import Board
from jpt.feeds.shape import count, day, days_ago, number
from jpt.net.robots import Robots
from jpt.text.durations import seconds_of
from jpt.text.moments import retry_after_s
from tests.table import each_row

TEXTS = ["²", "٣", "9" * 400, "1e999", "NaN", "Infinity", "-7", "1_0", "0x10", "", "12345-06-07", "0001-01-01",
         "9999-12-31T23:59:59-23:59", "0001-01-01T00:00+23:59", "Fri, 31 Dec 9999 23:59:59 -2359"]  # fmt: skip
VALUES: list[Any] = [*TEXTS, 10**30, 10**400, -7, float("inf"), float("nan"), 1e300, True, None, [], {}]


def _crawl_delay(value: str) -> float:
    async def fetch(url: str) -> tuple[int, str]:
        return (
            200,
            f"User-agent: *\nCrawl-delay: {value}\nRequest-rate: {value}/{value}\nVisit-time: {value}-{value}\n",
        )

    async def run() -> float:
        return await Robots(fetch).delay_s("https://acme.example/jobs")

    return anyio.run(run)


def _since(value: str) -> int | None:
    try:
        return since_ms(value, 1_795_478_400_000)
    except UsageError:
        return None


def _duration(value: str) -> float | None:
    try:
        return seconds_of(value + "d")
    except ValueError:
        return None


FROM_TEXT: dict[str, Callable[[str], object]] = {
    "Retry-After": lambda text: retry_after_s(text, datetime(2026, 11, 24, tzinfo=UTC)),
    "Retry-After of a model": lambda text: retry_after_of({"retry-after": text, "retry-after-ms": text}),
    "--since": _since,
    "a length of time": _duration,
    "posted, in words": lambda text: days_ago(f"Posted {text} days ago", date(2026, 11, 24)),
}
"""Gives for a text what is understood by it; nothing is meant by any of TEXTS."""

FROM_VALUE: dict[str, Callable[[Any], object]] = {
    "a count of a feed": lambda value: count({"total": value}, "total"),
    "pay of a feed": number,
    "a day of a feed": day,
    "the day of a post": lambda value: posting({"datePosted": value}).posted,
    "the end of a post": lambda value: posting({"validThrough": value}).facts.get("closing"),
    "pay of a post": lambda value: posting({"baseSalary": {"value": {"minValue": value}}}).facts.get("salary"),
    "months of a post": lambda value: (
        posting({"experienceRequirements": {"monthsOfExperience": value}}).months_of_experience
    ),
}


@each_row("source", FROM_TEXT)
@each_row("value", TEXTS)
def test_no_source_of_texts_believes_an_impossible_number(source: str, value: str) -> None:
    assert not FROM_TEXT[source](value)


@each_row("value", TEXTS)
def test_a_delay_of_robots_txt_is_one_that_can_be_waited_for(value: str) -> None:
    # The library reads the number itself, Arabic digits and all.
    assert 0 <= _crawl_delay(value) <= 10


@each_row("source", FROM_VALUE)
@each_row("value", VALUES, ids=lambda value: repr(value)[:24])
def test_no_source_of_values_believes_an_impossible_number(source: str, value: Any) -> None:
    assert not FROM_VALUE[source](value)


@each_row("value", VALUES, ids=lambda value: repr(value)[:24])
def test_a_model_that_counts_impossible_tokens_is_counted_by_its_characters(value: Any) -> None:
    answer = {
        "choices": [{"message": {"content": "x" * 8}}],
        "usage": {"prompt_tokens": value, "completion_tokens": value},
    }

    reply = reply_of(json.dumps(answer).encode(), [{"role": "user", "content": "y" * 40}])

    assert (reply.prompt_tokens, reply.completion_tokens) == (10, 2)


def _feed(platform: Any, token: str, answer: Any) -> list[Any]:
    return list(platform.parse(Board(platform.name, token), json.dumps(answer)).jobs)


@each_row("value", VALUES, ids=lambda value: repr(value)[:24])
def test_the_numbers_of_a_feed_spoil_no_job(value: Any) -> None:
    lever = {"id": "a1", "text": "Baker", "hostedUrl": "https://jobs.lever.co/acme/a1", "createdAt": value,
             "salaryRange": {"min": value, "max": value}}  # fmt: skip
    greenhouse = {"id": 7, "title": "Baker", "absolute_url": "https://boards.greenhouse.io/acme/jobs/7",
                  "updated_at": value, "first_published": value}  # fmt: skip
    smart = {"id": "7", "name": "Baker", "releasedDate": value, "company": {"identifier": "acme"}}

    found = [
        *_feed(Lever(), "acme", [lever]),
        *_feed(Greenhouse(), "acme", {"jobs": [greenhouse]}),
        *_feed(SmartRecruiters(), "acme", {"content": [smart], "totalFound": 1}),
    ]

    assert [job.title for job in found] == ["Baker"] * 3
    assert [(job.posted, job.salary) for job in found] == [("", None)] * 3


@each_row("value", TEXTS[:7])
def test_a_total_that_is_no_number_is_a_fault_or_not_said(value: str) -> None:
    try:
        batch = SmartRecruiters().parse(
            Board("smartrecruiters", "acme"), json.dumps({"content": [], "totalFound": value})
        )
    except FeedFault:
        return
    assert batch.total is None
