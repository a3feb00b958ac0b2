"""The pages of a feed as one list: a feed without an end is refused."""

from __future__ import annotations

from itertools import count

import anyio
import pytest

from jpt.errors import FeedFault
from jpt.feeds.paging import MOST_ANSWERS, by_links, to_the_end
from jpt.feeds.protocol import Batch
from jpt.models.pages import FeedJob

_NUMBERS = count()


def _one_more() -> Batch:
    number = next(_NUMBERS)
    url = f"https://tern.example/jobs/{number}"
    return Batch((FeedJob(url, f"Baker {number}", (f"tern:{number}",)),), further="https://tern.example/jobs.json")


def test_a_feed_that_gives_one_new_job_an_answer_for_ever_is_refused() -> None:
    requests = 0

    async def follow(_: str) -> Batch:
        nonlocal requests
        requests += 1
        return _one_more()

    async def step(_: int) -> Batch:
        return await follow("")

    for read in (
        lambda: by_links(_one_more(), follow, host="tern.example", title="Its feed"),
        lambda: to_the_end(_one_more(), step, size=1, title="Its feed", thorough=True),
    ):
        requests = 0
        with pytest.raises(FeedFault, match="Its feed continues after"):
            anyio.run(read)
        assert requests <= MOST_ANSWERS
