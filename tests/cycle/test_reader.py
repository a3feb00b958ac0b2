"""Feed or page: what is believed, what stays open, and what people are told. Real store and feeds; pages by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import anyio
import pytest

from jpt.cycle.reader import Reader
from jpt.cycle.store_calls import StoreCalls
from jpt.cycle.way import is_comparison_due
from jpt.errors import PageFault
from jpt.models.pages import Anchor, Company, Cut, ListRead, PageRead, Partial
from jpt.models.ways import WayReason, Why
from jpt.models.words import way_words, why_words
from jpt.net.bases import Bases
from jpt.net.guard import AddressGuard
from jpt.net.http import Http
from jpt.net.politeness import Politeness
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.feeds import FeedState
from tests.boards import Boards, Opening, openings

HOUR_MS = 3600 * 1000
BOARD = "https://boards.greenhouse.io/tern"
OWN = "https://tern.example/careers"
EMBED = "https://boards.greenhouse.io/embed/job_board/js?for=tern"


TERN = Company("Tern", BOARD)


@dataclass
class Watched:
    """One watched page: its board, what its page shows, and what was stored of it."""

    boards: Boards
    store: Store
    settings: Settings
    clock: list[int]
    company: Company = TERN
    shown: Sequence[Opening] | None = None
    """What the page shows; None: it cannot be read."""
    says: str = ""
    http_status: int = 200
    cuts: tuple[Cut, ...] = ()
    """Where the reading of the page's list ended before the list did."""
    looks: int = field(default=0)

    def feed(self, jobs: Sequence[Opening], trap: str = "") -> None:
        self.boards.put("greenhouse", "tern", jobs, trap)

    def read(self, hours: float = 1) -> ListRead:
        """Read the page *hours* later."""
        self.clock[0] += int(hours * HOUR_MS)

        async def run() -> ListRead:
            bases = Bases.parsed(self.boards.base)
            async with Http.open(Politeness(4, 0), AddressGuard(frozenset()), bases=bases) as http:
                reader = Reader(self.settings, self.store, http, self._browse, StoreCalls())
                return await reader.listed(self.company)

        return anyio.run(run)

    def scan(self, hours: float = 1) -> int:
        """Read the page and store what it shows; gives how many jobs are new."""
        return self.store.sites.record(self.company, self.read(hours), queue=True).queued

    async def _browse(self, url: str) -> PageRead:
        self.looks += 1
        if self.shown is None:
            raise PageFault("the page is behind a wall")
        anchors = tuple(
            Anchor(
                f"https://boards.greenhouse.io/tern/jobs/{job.number}", job.title, shape="ul>li>a", group="list"
            )
            for job in self.shown
        )
        text = "\n".join(["Open positions", self.says, *(anchor.text for anchor in anchors)])
        return PageRead(url, url, self.http_status, "Careers", text, anchors, hints=(EMBED,), cuts=self.cuts)

    @property
    def open(self) -> int:
        return len(self.store.feeds.open_jobs(self.company))

    @property
    def why(self) -> str:
        (state,) = self.store.sites.states()
        return way_words(state.why, state.unsure)


@pytest.fixture
def watched(tmp_path: Path, settings: Callable[..., Settings]) -> Iterator[Watched]:
    clock = [1_700_000_000_000]
    with Boards() as boards, Store.open(tmp_path / "jpt.sqlite3", lambda: clock[0]) as store:
        yield Watched(boards, store, settings(), clock)


def own(watched: Watched, jobs: int) -> Watched:
    """Let a page of the company's own show its whole board of *jobs*, and be read by the feed from then on."""
    watched.company, watched.shown = Company("Tern", OWN), openings(jobs)
    watched.feed(openings(jobs))
    assert watched.scan() == jobs
    assert watched.store.feeds.state(watched.company).via == "feed"
    return watched


# --- A feed that lacks known jobs --------------------------------------------------------------------


def test_a_feed_that_swaps_jobs_closes_none_while_the_page_cannot_be_read(watched: Watched) -> None:
    watched.feed(openings(10))
    watched.scan()

    watched.feed(openings(10, first=4))
    new = watched.scan()

    assert new == 3
    assert watched.open == 13
    assert "3 known jobs are missing from it, and open until that is sure" in watched.why
    assert "behind a wall" in watched.why


def test_a_bad_row_of_the_feed_closes_nothing_and_its_job_is_found_on_the_page(watched: Watched) -> None:
    watched.feed(openings(10), trap="bad-row")
    watched.shown = openings(10)

    new = watched.scan()
    watched.shown = None
    watched.scan()

    assert (new, watched.open) == (10, 10)
    assert "1 of 10 rows cannot be used" in watched.why and "'title'" in watched.why


def test_a_title_that_drifts_in_its_address_is_no_new_job(watched: Watched) -> None:
    watched.company = Company("Tern", "https://tern.wd5.myworkdayjobs.com/External")
    jobs = openings(10)
    watched.boards.put("workday", "tern", jobs)
    first = watched.scan()

    edited = [replace(job, title=f"{job.title} (m/f/d)") for job in jobs]
    watched.boards.put("workday", "tern", edited)
    second = watched.scan()

    assert (first, second, watched.open) == (10, 0, 10)


def test_a_job_that_was_missing_once_is_as_it_was(watched: Watched) -> None:
    watched.feed(openings(10))
    watched.scan()
    watched.feed(openings(4))
    watched.scan()

    watched.feed(openings(10))

    assert watched.scan() == 0
    assert watched.open == 10
    assert "missing" not in watched.why


def test_a_job_is_gone_when_it_was_missing_in_several_answers_over_a_day(watched: Watched) -> None:
    watched.feed(openings(10))
    watched.scan()
    watched.feed(openings(9))

    still_open = []
    for hours in (1, 1, 1, 24):
        watched.scan(hours)
        still_open.append(watched.open)

    assert still_open == [10, 10, 10, 9]
    assert "missing" not in watched.why
    looks = watched.looks
    watched.scan()
    assert watched.looks == looks


def test_a_long_silence_between_two_answers_closes_nothing(watched: Watched) -> None:
    watched.feed(openings(10))
    watched.scan()
    watched.feed(openings(9))
    watched.scan()
    watched.scan(hours=48)

    assert watched.open == 10


def test_a_job_that_feed_and_page_lack_is_gone_at_once(watched: Watched) -> None:
    watched.shown = openings(10)
    watched.feed(openings(10))
    watched.scan()

    watched.shown = openings(7)
    watched.feed(openings(7))
    watched.scan()

    assert watched.open == 7


def test_a_page_that_shows_a_part_attests_nothing_but_its_own_count_does(watched: Watched) -> None:
    watched.shown = openings(5)
    watched.feed(openings(10))
    watched.scan()

    watched.feed(openings(9))
    watched.scan()
    by_a_part = watched.open
    watched.says = "9 open positions"
    watched.scan()

    assert by_a_part == 10
    assert watched.open == 9


def test_what_the_page_shows_and_the_feed_lacks_stays(watched: Watched) -> None:
    watched.shown = openings(10)
    watched.feed(openings(10))
    watched.scan()

    watched.feed(openings(10, first=4))
    assert watched.scan() == 3

    assert watched.open == 13
    assert "the feed lists 10 jobs, the page shows 10, 3 of them others" in watched.why


def test_a_page_that_says_that_there_is_nothing_does_not_close_what_the_feed_lists(watched: Watched) -> None:
    own(watched, 5)
    watched.shown, watched.says = (), "There are currently no open positions."

    watched.feed(openings(4))
    watched.scan()

    assert watched.open == 5
    assert "the page shows no job, the feed lists 4: the feed is believed" in watched.why


def test_feed_and_page_that_both_list_nothing_are_believed(watched: Watched) -> None:
    own(watched, 5)
    watched.shown, watched.says = (), "There are currently no open positions."

    watched.feed([])
    watched.scan()

    assert watched.open == 0


def test_what_is_no_job_is_not_missed(watched: Watched) -> None:
    watched.shown = openings(3)
    watched.feed(openings(3))
    watched.scan()
    waiting = watched.store.queue.due("Tern")
    assert waiting is not None
    task = watched.store.queue.lease(waiting, "me")
    assert task is not None
    watched.store.queue.dismiss(task, "the page behind it is no job post")

    assert watched.open == 2


# --- A feed that fails -------------------------------------------------------------------------------


@pytest.mark.parametrize("trap", ["shape", "down", "nothing", "page", "short-first"])
def test_a_page_that_stands_in_for_its_feed_closes_nothing_that_it_does_not_show(
    watched: Watched, trap: str
) -> None:
    own(watched, 10)
    watched.shown = openings(5)

    watched.feed(openings(10), trap)
    watched.scan()

    assert watched.open == 10
    assert "its feed is not believed" in watched.why
    watched.feed(openings(10))
    watched.shown = openings(10)
    assert watched.scan() == 0
    assert watched.open == 10


def test_a_page_that_was_broken_when_its_feed_failed_closes_nothing_when_it_is_back(watched: Watched) -> None:
    own(watched, 10)
    watched.shown, watched.http_status = (), 503
    watched.feed(openings(10), "down")
    assert watched.read().status == "blocked"

    watched.shown, watched.http_status = openings(5), 200
    watched.scan()

    assert watched.open == 10


def test_a_page_that_says_it_has_more_than_was_found_closes_what_it_does_not_show_only_after_a_day(
    watched: Watched,
) -> None:
    watched.company, watched.says = Company("Tern", OWN, via="browser"), "12 open positions"
    watched.shown = openings(12)
    assert watched.scan() == 12

    watched.shown = openings(8)
    new = watched.scan()

    assert (new, watched.open) == (0, 12)
    assert "4 known jobs are missing from it, and open until that is sure" in watched.why
    watched.scan()
    watched.scan(hours=24)
    assert watched.open == 8


def test_a_page_that_shows_as_many_as_it_says_closes_the_others_at_once(watched: Watched) -> None:
    watched.company, watched.says = Company("Tern", OWN, via="browser"), "12 open positions"
    watched.shown = openings(12)
    watched.scan()

    watched.shown, watched.says = openings(8), "8 open positions"
    watched.scan()

    assert watched.open == 8


def test_a_page_that_shows_nothing_but_the_script_of_its_board_is_read_by_that(watched: Watched) -> None:
    watched.company, watched.shown = Company("Tern", OWN), ()
    watched.feed(openings(5))

    assert watched.scan() == 5
    assert "the page shows no job, its board lists 5: the feed is believed" in watched.why
    assert watched.scan() == 0
    assert watched.open == 5


def test_a_board_of_which_the_page_shows_nothing_is_said(watched: Watched) -> None:
    watched.company, watched.shown = Company("Tern", OWN), openings(3)
    watched.feed(openings(6, first=100))

    assert watched.scan() == 3
    assert (
        why_words(watched.store.feeds.state(watched.company).why)
        == "greenhouse:tern lists 6 jobs, none of which the page shows"
    )


def test_where_neither_way_leads_anywhere_both_reasons_are_given(watched: Watched) -> None:
    watched.feed(openings(5), trap="page")

    with pytest.raises(PageFault, match="behind a wall; its feed is not believed: "):
        watched.read()


def test_a_feed_that_is_well_again_is_no_longer_said_not_to_be_believed(watched: Watched) -> None:
    watched.shown = openings(5)
    watched.feed(openings(5), trap="page")
    watched.scan()
    assert "not believed" in watched.why

    watched.feed(openings(5))
    watched.scan()

    assert watched.why == ""


def test_an_empty_feed_of_a_page_that_cannot_be_read_is_a_failed_read(watched: Watched) -> None:
    watched.feed(openings(3))
    watched.scan()

    watched.feed([])
    with pytest.raises(PageFault, match="wall"):
        watched.read()

    assert watched.open == 3


def test_an_own_page_that_shows_a_part_of_its_board_from_now_on_decides_after_a_day(watched: Watched) -> None:
    own(watched, 10)
    watched.shown = openings(4)
    watched.feed(openings(9))

    watched.scan()
    at_first = watched.open
    for hours in (8, 8, 8):
        watched.scan(hours)

    assert at_first == 10
    assert watched.open == 4
    assert "the page decides" in watched.why


# --- The page decides ---------------------------------------------------------------------------------


def test_a_filter_that_only_the_page_knows_is_kept_and_the_feed_brings_the_posts(watched: Watched) -> None:
    watched.company = Company("Tern", f"{BOARD}?keyword=loom")
    watched.shown = openings(4)
    watched.feed(openings(90))

    read = watched.read()

    assert len(read.links) == len(read.page.jobs) == 4
    assert all(job.html for job in read.page.jobs)
    assert "keyword=loom, which only the page itself knows" in _why(watched)


def test_an_own_page_with_a_filter_is_never_read_by_the_whole_board(watched: Watched) -> None:
    watched.company = Company("Tern", f"{OWN}?team=engineering&utm_source=mail")
    watched.shown = openings(4)
    watched.feed(openings(4))

    assert watched.scan() == 4
    watched.feed(openings(9))
    assert watched.scan() == 0
    assert watched.open == 4
    watched.shown = openings(5)
    assert watched.scan() == 1


def test_an_own_page_that_only_tracks_its_readers_has_no_filter(watched: Watched) -> None:
    watched.company = Company("Tern", f"{OWN}?utm_source=mail&lang=en")
    watched.shown = openings(4)
    watched.feed(openings(4))
    watched.scan()

    assert watched.store.feeds.state(watched.company).via == "feed"


# --- Believed, and said ------------------------------------------------------------------------------


def test_a_larger_page_is_believed_with_what_only_the_feed_lists(watched: Watched) -> None:
    watched.shown = openings(8, first=3)
    watched.feed(openings(5))

    read = watched.read()

    assert len(read.links) == 10
    assert read.page.method == "browser"
    assert "the feed lists 5 jobs, the page shows 8: the page is believed" in _why(watched)


def test_a_larger_feed_is_believed(watched: Watched) -> None:
    watched.shown = openings(3)
    watched.feed(openings(5))

    assert watched.scan() == 5
    assert watched.why == "the feed lists 5 jobs, the page shows 3: the feed is believed"


# --- Not asked whether anything has changed, when what is stored is something else -------------------


@pytest.mark.parametrize("jobs", [50, 100])
def test_a_feed_that_may_have_been_cut_at_a_limit_is_looked_at_beside_its_page(
    watched: Watched, jobs: int
) -> None:
    watched.shown = openings(jobs - 1)
    watched.feed(openings(jobs - 1))
    watched.scan()
    assert watched.looks == 1

    # One more is found, and the board has one that the feed has no room for.
    watched.shown = openings(jobs + 1)
    watched.feed(openings(jobs))

    assert watched.scan() == 2
    assert watched.looks == 2


@pytest.mark.parametrize("readable", [True, False])
def test_a_feed_that_stays_at_a_round_number_is_compared_about_once_a_day(
    watched: Watched, readable: bool
) -> None:
    watched.shown = openings(50) if readable else None
    watched.feed(openings(50))
    for _ in range(24 * 3):
        watched.scan()

    assert 3 <= watched.looks <= 4


def test_a_comparison_noted_before_the_clock_was_set_back_is_due() -> None:
    company = Company("Tern", OWN)
    year_ms, now_ms = 365 * 86_400_000, 1_800_000_000_000

    assert is_comparison_due(company, FeedState(compared_ts_ms=now_ms + year_ms), now_ms)
    assert not is_comparison_due(company, FeedState(compared_ts_ms=now_ms), now_ms)


def test_a_read_that_was_not_stored_is_made_again_in_full(watched: Watched) -> None:
    watched.feed(openings(3))
    watched.scan()
    watched.scan()
    assert watched.boards.unchanged == 1

    watched.feed(openings(5))
    lost = watched.read()

    assert len(lost.links) == 5
    assert watched.scan() == 2
    assert watched.scan() == 0
    assert watched.boards.unchanged == 2


def test_while_jobs_are_missing_the_whole_feed_is_asked_for(watched: Watched) -> None:
    watched.feed(openings(5))
    watched.scan()
    watched.feed(openings(4))
    watched.scan()
    watched.scan()

    assert watched.boards.unchanged == 0


def _why(watched: Watched) -> str:
    return why_words(watched.store.feeds.state(watched.company).why)


def test_a_list_that_was_read_in_part_closes_nothing_however_often_until_a_whole_read_misses_it(
    watched: Watched,
) -> None:
    watched.company = Company("Tern", OWN, via="browser")
    watched.shown = openings(12)
    watched.scan()

    watched.shown, watched.cuts = openings(9), (Cut("page", page=4, status=500),)
    in_part = [(watched.scan(hours=30), watched.open) for _ in range(5)]
    (state,) = watched.store.sites.states()
    watched.cuts = ()
    watched.scan()

    assert in_part == [(0, 12)] * 5
    assert (state.status, state.partial, state.partials) == (
        "ok",
        Partial(9, None, Cut("page", page=4, status=500)),
        5,
    )
    assert watched.open == 9
    (state,) = watched.store.sites.states()
    assert (state.partial, state.partials) == (None, 0)


def test_a_list_that_was_read_in_part_adds_what_is_new_in_it(watched: Watched) -> None:
    watched.company = Company("Tern", OWN, via="browser")
    watched.shown = openings(6)
    watched.scan()

    watched.shown, watched.cuts = [*openings(8)[6:], *openings(3)], (Cut("time", limit=75),)

    assert (watched.scan(), watched.open) == (2, 8)


def test_most_of_a_list_that_is_missing_from_a_read_in_part_is_no_reason_to_doubt_the_rest(
    watched: Watched,
) -> None:
    watched.company = Company("Tern", OWN, via="browser")
    watched.shown = openings(30)
    watched.scan()

    watched.shown, watched.cuts = openings(5), (Cut("page", page=2),)
    read = watched.read()

    assert (read.status, len(read.links)) == ("ok", 30)
    assert read.partial == Partial(5, None, Cut("page", page=2))


def test_the_reason_of_a_way_is_a_value_and_survives_the_database(watched: Watched) -> None:
    watched.shown = openings(3)
    watched.feed(openings(5))
    watched.scan()

    state = watched.store.feeds.state(watched.company)

    assert state.why == Why(WayReason.FEED_BELIEVED, listed=5, shown=3)


def test_a_feed_that_is_nested_too_deep_is_read_by_its_page(watched: Watched) -> None:
    watched.shown = openings(3)
    watched.feed(openings(3), trap="nested")

    assert watched.scan() == 3
    assert watched.store.feeds.state(watched.company).why.reason is WayReason.DOUBTED
