"""What travels between coordinator and workers."""

from __future__ import annotations

import pickle

import pytest

from jpt import errors
from jpt.cluster.faults import as_error, as_value
from jpt.cluster.messages import Done, NotAMessage, decode, encode
from jpt.errors import BrowserUnusable, Outage, PageFault, TaskError, Throttled, WorkerLost
from jpt.models.pages import Anchor, BadRow, Cut, FeedJob, Heard, PageRead, Salary, Shown

FULL = PageRead(
    "https://tern.example/jobs", "https://tern.example/jobs#1", 200, "Jobs", "Text – with \U0001f600",
    anchors=(Anchor("https://tern.example/1", "Baker", visible=False),), headings=("Jobs",), meta={"lang": "de"},
    json_ld=("{}",), controls=("Apply",), frames=("https://a.example",), turned=3, seconds=1.25, settled=False,
    truncated=("text after 2",), cuts=(Cut("time", limit=75),), retry_after_s=5.0, hints=("https://b.example",),
    jobs=(FeedJob("u", "t", keys=("a:1",), salary=Salary(1, None), groups=frozenset({("a", "b")})),), board="b",
    bad_rows=(BadRow("t", "u", "w"),), strange=(Anchor("javascript:0", ""),), heard=(Heard("u", "GET", "b"),),
    agent="A", shown=Shown("<p>", b"\xff\xd8\x00"),
)  # fmt: skip


def test_a_page_arrives_as_it_was_read() -> None:
    found = decode(encode(Done(7, FULL)))

    assert isinstance(found, Done)
    assert found.page == FULL
    assert found.page is not None
    assert found.page.shown == FULL.shown


def test_half_a_character_of_a_page_costs_that_character_alone() -> None:
    found = decode(encode(Done(7, PageRead("u", "u", 200, "a\ud83d", "b", meta={"x\udc00": "y"}))))

    assert isinstance(found, Done)
    assert found.page is not None
    assert (found.page.title, found.page.meta) == ("a?", {"x?": "y"})


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b'{"op": "done"}', b'{"op": "run", "number": 1}', b'{"op": "done", "number": 1, "page": {"url": 3}}',
     b"\xff\xfe", b"[" * 100_000, pickle.dumps(print)],
)  # fmt: skip
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(NotAMessage):
        decode(data)


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
