"""Words that earlier versions stored in the place of values."""

from __future__ import annotations

from jpt.models.ways import NO_REASON, WayReason, Why
from jpt.store.old_words import reason_of, why_of
from tests.table import each_row

URL = "https://acme.example/jobs/1"
LISTS = "the feed lists 1,005 jobs, the page shows 3"


@each_row(
    ("words", "why"),
    [
        ("its feed is not believed: Greenhouse lists no job", Why(WayReason.DOUBTED, "Greenhouse lists no job")),
        (f"{LISTS}: the feed is believed", Why(WayReason.FEED_BELIEVED, listed=1005, shown=3)),
        (
            f"{LISTS}: the page decides, the feed brings the posts",
            Why(WayReason.PAGE_DECIDES, listed=1005, shown=3),
        ),
        (
            f"{LISTS}: the page is believed, and the feed for what only that lists",
            Why(WayReason.PAGE_LARGER, listed=1005, shown=3),
        ),
        (f"{LISTS}, 2 of them others: both are taken", Why(WayReason.BOTH, listed=1005, shown=3, others=2)),
        (
            "lever:tern lists 1 job, none of which the page shows",
            Why(WayReason.STRANGE_BOARD, "lever:tern", listed=1),
        ),
        ("words that nobody wrote", NO_REASON),
        (None, NO_REASON),
    ],
)
def test_what_was_said_of_a_way_is_read_as_its_value(words: object, why: Why) -> None:
    assert why_of(words) == why


@each_row(
    ("words", "reason"),
    [
        (
            f"{URL} cannot be opened: the server did not answer (ERR_TIMED_OUT).",
            "the server did not answer (ERR_TIMED_OUT)",
        ),
        (f"{URL} was not read: memory ran out. Give jpt more.", "memory ran out. Give jpt more"),
        (f"{URL} crashes the browser.", "it crashes the browser"),
        (f"{URL} does not answer: its own script never ends.", "it does not answer: its own script never ends"),
        (f"{URL}/2 crashes the browser.", f"{URL}/2 crashes the browser."),
        ("HTTP 403", "HTTP 403"),
    ],
)
def test_a_reason_that_named_its_page_loses_the_address(words: str, reason: str) -> None:
    assert reason_of(words, URL) == reason
