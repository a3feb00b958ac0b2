"""What travels between coordinator and workers."""

from __future__ import annotations

import pickle
import re

import pytest

from jpt import errors
from jpt.cluster.faults import as_error, as_value
from jpt.cluster.messages import (
    Depth,
    Fault,
    KeepAlive,
    Message,
    NotAMessage,
    PageRequest,
    PageResult,
    decode,
    encode,
)
from jpt.errors import BrowserUnusable, Outage, PageFault, TaskError, Throttled, WorkerLost
from jpt.models.load import Load
from jpt.models.pages import Anchor, BadRow, Cut, DataResponse, FeedJob, PageCapture, PageRead, Salary
from tests.table import each_row

FULL = PageRead(
    "https://tern.example/jobs", "https://tern.example/jobs#1", 200, "Jobs", "Text – with \U0001f600",
    anchors=(Anchor("https://tern.example/1", "Baker", visible=False),), headings=("Jobs",), meta={"lang": "de"},
    json_ld=("{}",), controls=("Apply",), frames=("https://a.example",), turned=3, seconds=1.25, settled=False,
    truncated=("text after 2",), cuts=(Cut("time", limit=75),), retry_after_s=5.0, hints=("https://b.example",),
    jobs=(FeedJob("u", "t", keys=("a:1",), salary=Salary(1, None), groups=frozenset({("a", "b")})),), board="b",
    bad_rows=(BadRow("t", "u", "w"),), strange=(Anchor("javascript:0", ""),), heard=(DataResponse("u", "GET", "b"),),
    agent="A", shown=PageCapture("<p>", b"\xff\xd8\x00"),
)  # fmt: skip


def test_a_page_arrives_as_it_was_read() -> None:
    found = decode(encode(PageResult(7, FULL)))

    assert isinstance(found, PageResult)
    assert found.page == FULL
    assert found.page is not None
    assert found.page.shown == FULL.shown


def test_half_a_character_of_a_page_costs_that_character_alone() -> None:
    found = decode(encode(PageResult(7, PageRead("u", "u", 200, "a\ud83d", "b", meta={"x\udc00": "y"}))))

    assert isinstance(found, PageResult)
    assert found.page is not None
    assert (found.page.title, found.page.meta) == ("a?", {"x?": "y"})


@each_row(
    "data",
    [b"", b"{}", b"[]", b'{"op": "done"}', b'{"op": "run", "number": 1}', b'{"op": "done", "number": 1, "page": {"url": 3}}',
     b"\xff\xfe", b"[" * 100_000, pickle.dumps(print)],
)  # fmt: skip
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(NotAMessage):
        decode(data)


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        (PageResult(7, FULL), '"retry_after_s":1e300'),
        (PageResult(7, FULL), '"retry_after_s":NaN'),
        (PageResult(7, FULL), '"seconds":-1'),
        (PageResult(7, FULL), f'"http_status":{10**20}'),
        (PageResult(7, FULL), f'"turned":{"9" * 300}'),
        (PageResult(7, FULL), '"limit":-5'),
        (PageResult(7, fault=Fault("Outage", "No network.", 5.0)), '"pause_s":1e300'),
        (PageResult(7, fault=Fault("Outage", "No network.", 5.0)), '"pause_s":Infinity'),
        (KeepAlive(Load(1, 1, 1, 90.5, 0, 0)), '"memory_mb":NaN'),
        (KeepAlive(Load(1, 1, 1, 90.5, 0, 0)), f'"died":{10**30}'),
        (PageRequest(7, "https://a.example", Depth(5, 5, 75.0)), '"seconds":Infinity'),
    ],
)
def test_a_number_that_no_honest_end_says_makes_no_message(whole: Message, part: str) -> None:
    name = part.partition(":")[0]
    lie = re.sub(rf"{name}:[^,}}]+", part, encode(whole).decode(), count=1)
    assert part in lie

    with pytest.raises(NotAMessage):
        decode(lie.encode())


def test_every_fault_of_a_page_arrives_as_what_it_was() -> None:
    def all_of(kind: type[TaskError]) -> list[type[TaskError]]:
        return [kind, *(one for sub in kind.__subclasses__() for one in all_of(sub))]

    # Pauses and feeds belong to the coordinator, and a worker has no worker.
    elsewhere = {errors.FeedFault, errors.EmptyFeed, Throttled, errors.NotYet, WorkerLost}
    for kind in [*all_of(PageFault), *all_of(errors.NotAPage), *all_of(Outage)]:
        if kind not in elsewhere and kind.__module__ == "jpt.errors":
            found = as_error(as_value(kind("Because.")))
            assert (type(found), found.sentence) == (kind, "Because.")


def test_a_worker_without_a_browser_is_unfit_and_its_page_is_not_to_blame() -> None:
    fault = as_value(BrowserUnusable("No Chromium starts."))

    assert fault.kind == "unfit"
    assert isinstance(as_error(fault), Outage)
    assert as_error(as_value(Outage("No network.", 7))).pause_s == 7  # type: ignore[attr-defined]
