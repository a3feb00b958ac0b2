"""One job is told once: whatever rotates, moves, is renamed, paused, doubted or read another way."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from jpt.cycle.network import Missed, network_fault, strays
from jpt.errors import UsageError
from jpt.identity.requisition import ComparedPost, is_same_opening
from jpt.models.digests import DEFAULT, MAIL, Channel
from jpt.models.jobs import Experience, Finding, Job, Task
from jpt.models.pages import Company, Link, ListRead, PageRead
from jpt.store import Store
from jpt.store.jobs import SameOpening
from tests.conftest import Jpt
from tests.stored import job_events, stored_jobs
from tests.table import each_row

ACME = Company("Acme", "https://acme.example/careers")
YEARS = Experience(2, stated=True, evidence="2+ years", confidence="high")
TITLES = ("night-porter", "head-gardener", "sous-chef", "bell-ringer", "ferry-pilot")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "jpt.sqlite3") as opened:
        yield opened


def job(address: str, text: str = "") -> Link:
    return Link(f"https://acme.example/{address}", text or address, is_job=True, score=0.9)


def read_of(links: Sequence[Link], company: Company = ACME, method: str = "browser") -> ListRead:
    page = PageRead(company.url, company.url, 200, "Jobs", "Jobs", method=method)
    return ListRead(page, "ok" if links else "none", "", tuple(links))


Drawn = Callable[[Sequence[str], int], list[Link]]


def rotating(titles: Sequence[str], read: int, path: str = "jobs/") -> list[Link]:
    """A page that shuffles its order and gives each link a token of this read."""
    dice = random.Random(read)
    places = [dice.randrange(9) if len(titles) > 2 else 1 for _ in titles]
    links = [
        job(f"{path}{title}?visit={dice.getrandbits(60):015x}&at={place}", title)
        for title, place in zip(titles, places, strict=True)
    ]
    dice.shuffle(links)
    return links


def taken(store: Store, url: str = "") -> Task:
    waiting = store.queue.due("Acme")
    assert waiting is not None
    task = store.queue.lease(waiting, "me")
    assert task is not None
    assert not url or task.url == url
    return task


def events(store: Store) -> list[tuple[str, str]]:
    return [
        (event.kind, event.url.rpartition("/")[2].partition("?")[0])
        for event in job_events(store, kinds=("closed", "reopened"))
    ]


# --- Noise


@pytest.mark.parametrize("count", [1, 2, 5])
def test_twenty_reads_of_a_page_that_shuffles_and_rotates_announce_nothing(store: Store, count: int) -> None:
    store.sites.record(ACME, read_of(rotating(TITLES[:count], 0)), queue=True)

    later = [
        store.sites.record(ACME, read_of(rotating(TITLES[:count], read)), queue=True) for read in range(1, 21)
    ]

    assert [recorded.queued for recorded in later] == [0] * 20
    assert store.queue.waiting() == count
    assert events(store) == []


def test_a_job_added_to_a_rotating_page_is_the_only_news(store: Store) -> None:
    for read in range(3):
        store.sites.record(ACME, read_of(rotating(TITLES[:4], read)), queue=True)

    recorded = store.sites.record(ACME, read_of(rotating(TITLES, 9)), queue=True)

    assert (recorded.added, recorded.queued) == (1, 1)


def test_a_job_of_a_rotating_page_that_is_away_for_a_read_is_reopened_not_news(store: Store) -> None:
    for read in range(2):
        store.sites.record(ACME, read_of(rotating(TITLES, read)), queue=True)
    store.sites.record(ACME, read_of(rotating(TITLES[:4], 3)), queue=True)

    recorded = store.sites.record(ACME, read_of(rotating(TITLES, 4)), queue=True)

    assert recorded.queued == 0
    assert events(store) == [("closed", "ferry-pilot"), ("reopened", "ferry-pilot")]


def test_an_accident_of_snapshots_makes_no_old_job_news(store: Store, tmp_path: Path) -> None:
    store.sites.record(ACME, read_of(rotating(TITLES, 1)), queue=True)
    store.sites.record(ACME, read_of(rotating(TITLES, 2)), queue=True)
    with closing(sqlite3.connect(tmp_path / "jpt.sqlite3")) as raw, raw:
        raw.execute("UPDATE jpt_pages SET links_json = '[]'")
        raw.execute("UPDATE current_snapshot SET links_json = '[]'")

    assert store.sites.record(ACME, read_of(rotating(TITLES, 3)), queue=True).queued == 0


def test_better_rules_make_no_news_of_old_links(store: Store, tmp_path: Path) -> None:
    old = [replace(job(f"jobs/{number}"), is_job=False) for number in range(30)]
    store.sites.record(ACME, read_of(old), queue=True)
    with closing(sqlite3.connect(tmp_path / "jpt.sqlite3")) as raw, raw:
        raw.execute("UPDATE jpt_links SET judged_by = '0.0.1'")

    recorded = store.sites.record(ACME, read_of([job(f"jobs/{number}") for number in range(31)]), queue=True)

    assert recorded.queued == 1


# --- As what a job is told


def test_what_another_way_of_reading_shows_is_newly_visible_not_new(store: Store) -> None:
    store.sites.record(ACME, read_of([job("jobs/1")]), queue=True)
    store.jobs.finish(taken(store), Finding("One", YEARS))

    recorded = store.sites.record(ACME, read_of([job("jobs/1"), job("jobs/2")], method="feed:lever"), queue=True)
    store.jobs.finish(taken(store), Finding("Two", YEARS))

    assert recorded.found_as == "newly_visible"
    facts = {
        seen.url: seen.job for n in (1, 2) for seen in store.link_history.of(f"https://acme.example/jobs/{n}")
    }
    assert (facts["https://acme.example/jobs/2"] or {}).get("newly_visible") is True
    assert "newly_visible" not in (facts["https://acme.example/jobs/1"] or {})


def test_a_way_of_reading_that_was_used_before_makes_news_as_ever(store: Store) -> None:
    for method in ("browser, scrolled", "feed:lever", "browser"):
        store.sites.record(ACME, read_of([job("jobs/1")], method=method), queue=True)

    recorded = store.sites.record(ACME, read_of([job("jobs/1"), job("jobs/2")], method="feed:lever"), queue=True)

    assert (recorded.queued, recorded.found_as) == (1, "new")


def test_a_flood_of_news_on_a_known_page_is_marked(store: Store) -> None:
    store.sites.record(ACME, read_of([job(f"jobs/{n}") for n in range(10)]), queue=True)

    few = store.sites.record(ACME, read_of([job(f"jobs/{n}") for n in range(12)]), queue=True)
    many = store.sites.record(ACME, read_of([job(f"roles/{n}") for n in range(30)]), queue=True)

    assert (few.found_as, many.found_as, many.queued) == ("new", "flood", 30)


def test_two_pages_of_a_name_do_not_overwrite_each_other(store: Store) -> None:
    second = Company("Acme", "https://acme.example/studio/careers")
    store.sites.record(ACME, read_of([job("jobs/1")]), queue=True)
    store.sites.record(second, read_of([job("jobs/2")], second), queue=True)

    again = [store.sites.record(ACME, read_of([job("jobs/1")]), queue=True),
             store.sites.record(second, read_of([job("jobs/2"), job("jobs/1")], second), queue=True)]  # fmt: skip

    assert [recorded.queued for recorded in again] == [0, 0]
    assert len(store.sites.states()) == 2


# --- What the user decides


def test_a_renamed_site_keeps_all_it_knows(store: Store) -> None:
    store.sites.record(ACME, read_of([job("jobs/1")]), queue=True)
    store.jobs.finish(taken(store), Finding("One", YEARS))

    store.site_decisions.rename("Acme", "Acme Robotics")

    renamed = replace(ACME, name="Acme Robotics")
    assert store.sites.record(renamed, read_of([job("jobs/1"), job("jobs/2")]), queue=True).queued == 1
    assert [found.site for found in stored_jobs(store)] == ["Acme Robotics"]


def test_a_page_that_the_list_calls_otherwise_is_followed(store: Store) -> None:
    store.sites.record(ACME, read_of([job("jobs/1")]), queue=True)
    renamed = replace(ACME, name="Acme Robotics")

    assert store.site_decisions.follow_names([renamed]) == [("Acme", "Acme Robotics")]
    assert store.site_decisions.follow_names([renamed, ACME]) == []
    assert store.sites.record(renamed, read_of([job("jobs/1")]), queue=True).queued == 0


def test_a_page_that_fails_is_no_fault_once_the_list_has_another_in_its_place(store: Store) -> None:
    store.sites.record(ACME, read_of([job("jobs/1")]), queue=True)
    store.jobs.finish(taken(store), Finding("One", YEARS))
    store.sites.fail(ACME, "error", "HTTP 404")
    other, elsewhere = replace(ACME, url="https://acme.example/jobs"), Company("Globex", "https://globex.example")
    store.sites.fail(elsewhere, "error", "HTTP 500")

    store.site_decisions.follow_names([other])
    recorded = store.sites.record(other, read_of([job("jobs/1"), job("jobs/2")], other), queue=True)

    assert recorded.queued == 1
    assert [(page.site, page.url) for page in store.sites.states()] == [
        ("Acme", other.url),
        # The list of another run may have it still.
        ("Globex", elsewhere.url),
    ]
    assert [page.site for page in store.unreported.health(Channel(DEFAULT, MAIL)).failing] == ["Globex"]


def test_a_site_that_was_removed_and_gets_its_name_back_keeps_what_was_told(store: Store, tmp_path: Path) -> None:
    store.sites.record(ACME, read_of([job("jobs/1")]), queue=True)
    store.jobs.finish(taken(store), Finding("One", YEARS, text="Ring the bells."))
    with closing(sqlite3.connect(tmp_path / "jpt.sqlite3")) as raw, raw:
        raw.execute("UPDATE job_details SET emailed_ts_ms = 7, digest_id = 'd1'")
        raw.execute(
            "INSERT INTO jpt_digest_items VALUES ('default', 'mail', 'Acme', ?, 'd1', 0, NULL, 'One', 2)",
            ["https://acme.example/jobs/1"],
        )
    store.site_decisions.remove("Acme")
    other = replace(ACME, name="Acme Robotics")
    store.sites.record(other, read_of([job("jobs/1"), job("jobs/2")]), queue=True)
    waiting = store.queue.due("Acme Robotics")
    assert waiting is not None
    task = store.queue.lease(waiting, "me")
    assert task is not None
    store.jobs.finish(task, Finding("One", YEARS, text="Ring the bells."))

    assert store.site_decisions.follow_names([ACME]) == [("Acme Robotics", "Acme")]

    channel = Channel(DEFAULT, MAIL)
    store.reported.open_channel(channel)
    assert [found.site for found in stored_jobs(store)] == ["Acme"]
    assert list(store.unreported.jobs(channel, 9)) == []
    assert store.queue.waiting() == 1
    assert store.problems(at_rest=True) == []


def test_a_name_that_is_taken_or_unknown_is_refused(store: Store) -> None:
    store.sites.record(ACME, read_of([job("jobs/1")]), queue=True)
    store.sites.record(replace(ACME, name="Globex"), read_of([job("jobs/2")]), queue=True)

    with pytest.raises(UsageError, match="already"):
        store.site_decisions.rename("Acme", "Globex")
    with pytest.raises(UsageError, match="Acme"):
        store.site_decisions.known("Acm")


def test_what_came_while_a_site_was_paused_is_no_flood_of_news(store: Store) -> None:
    store.sites.record(ACME, read_of([job("jobs/1")]), queue=True)

    assert store.site_decisions.pause("Acme")
    assert store.site_decisions.awake([ACME]) == ()
    assert store.site_decisions.resume("Acme")

    recorded = store.sites.record(ACME, read_of([job(f"jobs/{n}") for n in range(40)]), queue=True)
    assert (recorded.queued, recorded.found_as) == (39, "newly_visible")


def test_a_doubted_page_counts_once_the_user_accepts_it(store: Store) -> None:
    store.sites.record(ACME, read_of([job(f"jobs/{n}") for n in range(20)]), queue=True)
    assert store.sites.fail(ACME, "suspect", "1 job where there were 20", ["https://acme.example/jobs/1"]) == 1

    assert store.site_decisions.accept("Acme") == 1

    assert store.sites.fail(ACME, "suspect", "2 jobs where there were 20", ["https://acme.example/jobs/2"]) > 3


def test_a_removed_site_is_forgotten_and_its_jobs_stay(store: Store) -> None:
    store.sites.record(ACME, read_of([job("jobs/1"), job("jobs/2")]), queue=True)
    store.jobs.finish(taken(store), Finding("One", YEARS))

    store.site_decisions.remove("Acme")

    assert (store.sites.states(), store.queue.waiting(), len(stored_jobs(store))) == ([], 0, 1)
    assert store.problems(at_rest=True) == []


def drawn_twice(titles: Sequence[str], read: int) -> list[Link]:
    """A list that was drawn anew, in another order and with new tokens, while it was read."""
    return [*rotating(titles, read), *rotating(titles, read + 500)]


@pytest.mark.parametrize("first", [rotating, drawn_twice])
def test_a_list_that_is_drawn_anew_while_it_is_read_announces_each_new_job_once(
    store: Store, first: Drawn
) -> None:
    store.sites.record(ACME, read_of(first(TITLES[:4], 0)), queue=True)
    began = store.queue.waiting()

    added = [store.sites.record(ACME, read_of(drawn_twice(TITLES, read)), queue=True) for read in range(1, 4)]

    assert began == 4
    assert [one.queued for one in added] == [1, 0, 0]
    assert store.queue.waiting() == 5


def test_two_posts_of_one_title_stay_two_where_their_addresses_name_them(store: Store) -> None:
    links = [job(f"jobs/porter-{number}?visit=a1b2c3d4e5f6", "Night Porter") for number in (1, 2)]
    numbers = [job(f"jobs/view?posting=8812345{number}", "Night Porter") for number in (1, 2)]

    store.sites.record(ACME, read_of([*links, *numbers]), queue=True)

    assert store.queue.waiting() == 4


# --- One opening under several addresses

POST = ComparedPost("https://acme.example/jobs/7201441", "Night Porter", location="Leith")


@each_row(
    ("other", "same"),
    [
        (replace(POST, url="https://acme.example/go/x9", final_url=POST.url), True),
        (replace(POST, url="https://boards.example/acme?jid=7201441"), True),
        (replace(POST, url="https://acme.example/p/12", requisition="R-1"), False),
        (replace(POST, url="https://acme.example/de/stellen/nachtportier", canonical_url=POST.url), True),
        (replace(POST, url="https://acme.example/jobs/7201442"), False),
        (replace(POST, url="https://acme.example/de/stellen/7201441"), True),
        (replace(POST, url="https://acme.example/jobs/7201441/apply"), True),
        (replace(POST, url="https://boards.example/acme?jid=7201441", location="Cork"), False),
        (replace(POST, url="https://boards.example/acme?jid=7201441", title="Day Porter"), False),
        (replace(POST, url="https://acme.example/other", canonical_url="https://acme.example/careers"), False),
    ],
)
def test_what_makes_two_addresses_one_opening(other: ComparedPost, same: bool) -> None:
    assert is_same_opening(POST, other) is same
    assert is_same_opening(other, POST) is same


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("https://acme.example/of/10023/club/porter", "https://acme.example/of/10023/hotel/porter"),
        ("https://acme.example/club/porter?office=10023", "https://acme.example/hotel/porter?office=10023"),
        (
            "https://acme.example/club/jobs?cid=10023&jobId=4711",
            "https://acme.example/hotel/jobs?cid=10023&jobId=4712",
        ),
    ],
)
def test_a_number_of_an_office_or_a_company_makes_no_two_posts_one(one: str, two: str) -> None:
    assert not is_same_opening(replace(POST, url=one), replace(POST, url=two))


def test_one_requisition_under_two_addresses_is_one_opening_where_place_or_text_agree() -> None:
    one = replace(POST, requisition="R-1042", text="Night Porter\nYou keep the door.\nRef 4411")

    assert is_same_opening(one, replace(one, url="https://acme.example/p/2"))
    assert is_same_opening(
        one, replace(one, url="https://acme.example/p/2", text=one.text.replace("4411", "4412"))
    )
    assert not is_same_opening(one, replace(one, url="https://acme.example/p/2", requisition="R-1043"))


@pytest.mark.parametrize(
    "towns", [("Hull", "Leeds", "York", "Bath"), ("", "", "", "")], ids=["places known", "places only in the text"]
)
def test_four_towns_under_one_number_of_a_board_are_four_openings(towns: tuple[str, ...]) -> None:
    text = "Sales Assistant\n{}\nYou keep the till.\nRequirements\nA good hand at sums."
    posts = [
        ComparedPost(
            f"https://acme.example/p/{n}",
            "Sales Assistant",
            requisition="2026",
            location=town,
            text=text.format(name),
        )
        for n, (town, name) in enumerate(zip(towns, ("Hull", "Leeds", "York", "Bath"), strict=True), 1)
    ]

    assert not any(is_same_opening(one, two) for one in posts for two in posts if one is not two)


def test_a_reference_that_was_used_again_for_another_text_makes_two_openings() -> None:
    one = replace(
        POST,
        url="https://acme.example/p/1",
        requisition="7",
        text="\n".join("You keep the door of " + w for w in TITLES),
    )
    two = replace(
        one, url="https://acme.example/p/2", text="\n".join("You tend the garden of " + w for w in TITLES)
    )

    assert not is_same_opening(one, two)


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("https://acme.example/en/jobs/4711", "https://acme.example/de/jobs/4711", True),
        ("https://acme.example/job?id=4711&lang=en", "https://acme.example/job?id=4711&lang=de", True),
        ("https://acme.example/en/jobs/4711-porter", "https://acme.example/de/stellen/4711-portier", True),
        ("https://acme.example/en/jobs/4711", "https://acme.example/de/jobs/4712", False),
        ("https://acme.example/jobs/porter", "https://acme.example/jobs/portier", False),
    ],
)
def test_a_vacancy_in_two_languages_is_one_where_reference_and_address_agree(
    one: str, two: str, same: bool
) -> None:
    english = ComparedPost(one, "Night Porter", requisition="R-1042", location="Leith")
    german = ComparedPost(two, "Nachtportier", requisition="R-1042", location="Leith")

    assert is_same_opening(english, german) is same
    assert not is_same_opening(english, replace(german, requisition="R-1043"))


def test_two_posts_of_a_company_whose_number_is_in_every_address_stay_two() -> None:
    one = replace(POST, url="https://board.example/c/7201441/jobs/porter")

    assert not is_same_opening(one, replace(one, url="https://board.example/c/7201441/jobs/porter-2"))


def test_a_second_address_of_an_opening_ends_without_a_row(store: Store) -> None:
    store.sites.record(ACME, read_of([job("jobs/7201441"), job("go/x9")]), queue=True)
    first = store.jobs.finish(taken(store), Finding("Night Porter", YEARS))

    second = store.jobs.finish(
        taken(store), Finding("Night Porter", YEARS, facts={"final_url": "https://acme.example/jobs/7201441"})
    )

    assert isinstance(first, Job)
    assert second == SameOpening("https://acme.example/jobs/7201441")
    assert len(stored_jobs(store)) == 1
    (seen,) = store.link_history.of("https://acme.example/go/x9")
    assert seen.task is not None
    assert seen.task["last_error"] == "the same job as https://acme.example/jobs/7201441"


def test_an_end_that_many_posts_share_and_a_companys_name_make_no_opening() -> None:
    gone = replace(
        POST, url="https://acme.example/jobs/a", final_url="https://acme.example/careers", location="Cork"
    )
    named = replace(POST, requisition="Acme Ltd")

    assert not is_same_opening(gone, replace(gone, url="https://acme.example/jobs/b", location="Leith"))
    assert not is_same_opening(named, replace(named, url="https://acme.example/jobs/7201442", location="Cork"))


def porter(store: Store, place: str, title: str = "Night Porter") -> Job | SameOpening | None:
    facts = {"requisition_id": "R-1042", "location": place}
    return store.jobs.finish(taken(store), Finding(title, YEARS, facts=facts))


def test_one_number_in_two_towns_is_two_jobs(store: Store) -> None:
    store.sites.record(ACME, read_of([job("jobs/1"), job("jobs/2")]), queue=True)

    porter(store, "Leith")
    porter(store, "Cork")

    assert sorted(str(found.location) for found in stored_jobs(store)) == ["Cork", "Leith"]


def test_a_merge_is_told_of_and_undone_by_the_user(store: Store) -> None:
    store.sites.record(ACME, read_of([job("jobs/1"), job("jobs/2")]), queue=True)
    first, second = porter(store, "Leith"), porter(store, "Leith")
    assert isinstance(first, Job)
    assert isinstance(second, SameOpening)
    (other,) = {f"https://acme.example/jobs/{number}" for number in (1, 2)} - {first.url}
    told = store.link_history.of(first.url)[0].same, store.link_history.of(other)[0].same_as

    store.queue.retry(url=other)
    again = porter(store, "Leith")
    store.queue.retry(url=first.url)
    porter(store, "Leith")

    assert told == ((other,), first.url)
    assert store.link_history.of(other)[0].same_as == ""
    assert isinstance(again, Job)
    assert {found.url for found in stored_jobs(store)} == {first.url, other}


def test_a_number_that_other_titles_carry_too_makes_no_opening(store: Store) -> None:
    store.sites.record(ACME, read_of([job("jobs/1"), job("jobs/2"), job("jobs/3")]), queue=True)

    porter(store, "Leith", "Day Porter")
    porter(store, "Leith")
    porter(store, "Cork")

    assert len(stored_jobs(store)) == 3


def test_the_second_address_of_an_opening_speaks_for_it_when_the_first_is_closed(store: Store) -> None:
    both = [job("jobs/1"), job("jobs/2")]
    store.sites.record(ACME, read_of(both), queue=True)
    first, second = porter(store, "Leith"), porter(store, "Leith")
    assert isinstance(first, Job)
    assert isinstance(second, SameOpening)

    store.sites.record(ACME, read_of([link for link in both if link.url != first.url]), queue=True)

    again = porter(store, "Leith")
    assert isinstance(again, Job)
    assert [found.news.url for found in store.catalogue.listing().jobs if found.is_open] == [again.url]


def test_two_addresses_of_an_opening_that_go_together_are_both_closed(store: Store) -> None:
    store.sites.record(ACME, read_of([job("jobs/1"), job("jobs/2"), job("jobs/3")]), queue=True)
    porter(store, "Leith")
    porter(store, "Leith")
    porter(store, "Leith", "Day Porter")

    store.sites.record(ACME, read_of([job("jobs/3")]), queue=True)

    assert store.queue.waiting() == 0


# --- The story of a link


def test_the_story_of_a_link_is_found_under_any_spelling(store: Store) -> None:
    for read in range(2):
        store.sites.record(ACME, read_of(rotating(TITLES, read)), queue=True)

    for url in ("http://www.acme.example/jobs/sous-chef/?visit=zz&at=1&utm_source=x#top",
                "https://ACME.example:443/jobs/sous-chef?visit=1"):  # fmt: skip
        found = store.link_history.of(url)
        assert [(seen.site, seen.text, seen.is_job) for seen in found] == [("Acme", "sous-chef", True)], url
        assert found[0].pages == (ACME.url,)
    assert store.link_history.of("https://acme.example/jobs/unheard-of") == []


# --- The network


def missed(number: int, landed_on: str = "") -> Missed:
    return Missed(f"https://site{number}.example/jobs", "refused", landed_on, is_unconnected=not landed_on)


ASKED = [f"https://site{number}.example/jobs" for number in range(5)]


def test_most_of_several_hosts_failing_at_once_is_the_network() -> None:
    three = [missed(number) for number in range(3)]

    assert "3 of 5" in network_fault(ASKED, three)
    assert network_fault(ASKED, three[:2]) == ""
    assert network_fault(ASKED[:2], three[:2]) == ""


def test_pages_of_one_host_are_one_host() -> None:
    asked = [f"https://one.example/{number}" for number in range(9)]

    assert network_fault(asked, [Missed(url, "refused", is_unconnected=True) for url in asked]) == ""


def test_one_strange_host_that_answers_for_most_is_the_network() -> None:
    three = [missed(number, landed_on="portal.example") for number in range(3)]

    assert "portal.example" in network_fault(ASKED, three)
    assert network_fault(ASKED, [replace(one, landed_on=f"x{n}.example") for n, one in enumerate(three)]) == ""


def test_a_site_of_the_same_company_is_no_strange_one() -> None:
    assert not strays("https://acme.co.uk/careers", "https://jobs.acme.co.uk/list", None)
    assert not strays("https://acme.example/careers", "https://boards.example/acme", "boards.example")
    assert strays("https://acme.example/careers", "https://parked.example/", "acme.example")


def test_the_database_may_be_named_before_or_behind_the_verb(bare_jpt: Jpt) -> None:
    path = bare_jpt.folder / "other.sqlite3"
    with Store.open(path) as opened:
        opened.sites.record(ACME, read_of([job("jobs/1")]), queue=True)

    assert bare_jpt("sites", "--db", path, "pause", "Acme").code == 0
    paused = bare_jpt("sites", "--db", path, "--json").json
    assert bare_jpt("sites", "resume", "--db", path, "acme").code == 0
    unknown = bare_jpt("sites", "pause", "--db", path, "Globex")

    assert [one["is_paused"] for one in paused] == [True]
    assert unknown.code == 2
    assert "Globex" in unknown.err


def test_only_a_visit_tells_where_a_page_ends_up(store: Store) -> None:
    visit = read_of([job("jobs/1")])
    board = replace(visit, page=replace(visit.page, final_url="https://boards.example/acme"))

    hosts = []
    for read in (
        read_of([job("jobs/1")], method="feed:lever"),
        board,
        read_of([job("jobs/1")], method="feed:lever"),
    ):
        store.sites.record(ACME, read, queue=True)
        state = store.sites.state(ACME)
        hosts.append(state.final_host if state is not None else "")

    assert hosts == [None, "boards.example", "boards.example"]
