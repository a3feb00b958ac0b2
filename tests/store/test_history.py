"""What the store remembers of runs, reads and jobs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jpt.models.digests import DEFAULT, MAIL, Channel, News
from jpt.models.jobs import Experience, Finding, Job, Task
from jpt.models.pages import BadRow, Company, Cut, Link, Partial
from jpt.models.postings import Mark
from jpt.models.words import change_words
from jpt.store import Store
from tests.store.test_store import ACME, FINDING, Clock, job, listed, rows
from tests.stored import job_events, stored_jobs

MAIL_CHANNEL = Channel(DEFAULT, MAIL)
DAY_MS = 24 * 3600 * 1000


def lease(store: Store) -> Task:
    waiting = store.queue.due("Acme")
    assert waiting is not None
    task = store.queue.lease(waiting, "me")
    assert task is not None
    return task


def happened(store: Store) -> list[tuple[str, str]]:
    return [(event.kind, event.url.rpartition("/")[2]) for event in job_events(store)]


def test_a_run_is_kept_with_its_report_and_a_killed_one_has_no_end(store: Store, clock: Clock) -> None:
    first = store.history.begin("jpt run")
    clock.now += 5_000
    store.history.end(first, "done", {"seconds": 5})
    store.history.begin("jpt work")

    killed, ended = store.history.runs()

    assert (killed.command, killed.ended_ts_ms, killed.outcome) == ("jpt work", None, None)
    assert (ended.outcome, ended.report) == ("done", {"seconds": 5})
    assert ended.ended_ts_ms == ended.begun_ts_ms + 5_000


def test_equal_reads_in_a_row_are_one_row_with_a_count(store: Store, clock: Clock) -> None:
    for read in (listed(job(1)), listed(job(1)), listed(job(1)), listed(job(1), job(2)), listed(job(1), job(2))):
        store.sites.record(ACME, read, queue=True)
        clock.now += 1_000
    store.sites.fail(ACME, "blocked", "HTTP 403")
    store.sites.fail(ACME, "blocked", "HTTP 403")
    store.sites.record(ACME, listed(job(1), job(2)), queue=True)

    reads = store.history.reads()

    assert [(read.status, read.reads, read.added) for read in reads] == [
        ("ok", 3, 1),
        ("ok", 2, 1),
        ("blocked", 2, 0),
        ("ok", 1, 0),
    ]
    assert reads[0].last_ts_ms == reads[0].first_ts_ms + 2_000


def test_a_job_is_new_closed_and_reopened(store: Store, clock: Clock) -> None:
    for read in (listed(job(1), job(2)), listed(job(2)), listed(job(1, "?utm_source=x"), job(2))):
        store.sites.record(ACME, read, queue=True)
        clock.now += 1_000

    assert happened(store) == [("new", "1"), ("new", "2"), ("closed", "1"), ("reopened", "1")]
    assert [event.kind for event in job_events(store, url=job(1, "?utm_source=y").url)] == [
        "new", "closed", "reopened",
    ]  # fmt: skip
    assert len(job_events(store, kinds=["closed"])) == 1
    assert job_events(store, since_ts_ms=clock.now) == []


def test_a_list_that_shows_a_job_every_other_time_tells_one_story(store: Store, clock: Clock) -> None:
    for turn in range(20):
        store.sites.record(ACME, listed(job(2), *([job(1)] if turn % 2 else [])), queue=True)
        clock.now += 3600 * 1000

    closed = job_events(store, url=job(1).url, kinds=["closed"])

    assert [event.times for event in closed] == [9]
    clock.now += 8 * DAY_MS
    store.sites.record(ACME, listed(job(2)), queue=True)
    assert [event.times for event in job_events(store, kinds=["closed"])] == [9, 1]


def test_a_job_that_another_page_of_the_site_still_lists_is_open(store: Store) -> None:
    store.sites.record(ACME, listed(job(1), job(2)), queue=True)
    store.sites.record(Company("Acme", "https://acme.example/berlin"), listed(job(1)), queue=True)
    store.sites.record(ACME, listed(job(2)), queue=True)

    assert job_events(store, kinds=["closed"]) == []


def test_neither_a_baseline_nor_a_link_that_is_no_job_is_a_story(store: Store, clock: Clock) -> None:
    about = replace(job(9), url="https://acme.example/about", is_job=False)
    store.sites.record(ACME, listed(job(1), job(2), about), queue=False)
    clock.now += 1_000
    store.sites.record(ACME, listed(job(2)), queue=True)

    assert happened(store) == [("closed", "1")]


def test_a_read_in_part_closes_nothing(store: Store) -> None:
    store.sites.record(ACME, listed(job(1), job(2)), queue=True)

    in_part = replace(listed(job(1)), partial=Partial(1, 2, Cut("page", page=2, status=500)))
    store.sites.record(ACME, in_part, queue=True)

    assert "closed" not in [kind for kind, _ in happened(store)]


def test_a_closed_job_says_so_until_it_is_listed_again(store: Store, clock: Clock) -> None:
    store.sites.record(ACME, listed(job(1), job(2)), queue=True)
    store.jobs.finish(lease(store), FINDING)
    clock.now += 1_000
    store.sites.record(ACME, listed(job(2)), queue=True)

    assert [found.closed_ts_ms for found in store.catalogue.listing().jobs] == [clock.now]
    store.sites.record(ACME, listed(job(1), job(2)), queue=True)
    assert [found.closed_ts_ms for found in store.catalogue.listing().jobs] == [None]


def test_a_post_that_says_it_is_gone_closes_the_job_once(store: Store, clock: Clock) -> None:
    store.sites.record(ACME, listed(job(1), job(2)), queue=True)
    clock.now += 1_000
    store.queue.dismiss(lease(store), "gone: HTTP 410", gone=True)
    store.sites.record(ACME, listed(job(1), job(2)), queue=True)
    store.sites.record(ACME, listed(job(2)), queue=True)

    (closed,) = job_events(store, kinds=["closed"])

    assert (closed.url, closed.times, closed.detail) == (job(1).url, 1, {"reason": "gone: HTTP 410"})


def test_a_post_that_is_not_there_yet_is_looked_at_again_while_its_page_lists_it(
    store: Store, clock: Clock
) -> None:
    both = listed(job(1), job(2))
    store.sites.record(ACME, both, queue=True)
    store.queue.dismiss(lease(store), "gone: HTTP 404", gone=True)
    store.jobs.finish(lease(store), FINDING)

    at_once = store.sites.record(ACME, both, queue=True).queued
    clock.now += 3_600_000
    later = store.sites.record(ACME, both, queue=True).queued
    store.jobs.finish(lease(store), replace(FINDING, title="Baker"))

    assert (at_once, later) == (0, 1)
    assert {told.title for told in store.unreported.jobs(Channel(DEFAULT, MAIL), 9)} == {FINDING.title, "Baker"}
    assert [event.kind for event in job_events(store, kinds=["closed", "reopened"])] == ["closed", "reopened"]


def test_a_post_that_stays_away_is_looked_at_three_times(store: Store, clock: Clock) -> None:
    store.sites.record(ACME, listed(job(1)), queue=True)
    looks = 0
    for _ in range(60):
        while (waiting := store.queue.due("Acme")) is not None:
            task = store.queue.lease(waiting, "me")
            assert task is not None
            store.queue.dismiss(task, "gone: HTTP 404", gone=True)
            looks += 1
        clock.now += 3_600_000
        store.sites.record(ACME, listed(job(1)), queue=True)

    assert looks == 3
    assert [event.kind for event in job_events(store, kinds=["closed", "reopened"])] == ["closed"]


def test_a_gone_post_that_is_read_by_the_users_wish_is_told(store: Store, clock: Clock) -> None:
    store.sites.record(ACME, listed(job(1)), queue=True)
    store.queue.dismiss(lease(store), "gone: HTTP 404", gone=True)

    store.queue.retry(url=job(1).url)
    store.jobs.finish(lease(store), FINDING)

    assert [told.url for told in store.unreported.jobs(Channel(DEFAULT, MAIL), 9)] == [job(1).url]


def test_a_link_that_turned_out_to_be_no_job_is_not_closed(store: Store) -> None:
    store.sites.record(ACME, listed(job(1), job(2)), queue=True)
    store.queue.dismiss(lease(store), "not a job post: a blog")
    store.sites.record(ACME, listed(job(2)), queue=True)

    assert job_events(store, kinds=["closed"]) == []


def test_a_post_that_changed_says_what(store: Store) -> None:
    store.sites.record(ACME, listed(job(1)), queue=True)
    store.jobs.finish(lease(store), FINDING)
    store.queue.retry(url=job(1).url)
    store.jobs.finish(lease(store), FINDING)
    store.queue.retry(url=job(1).url)
    years = Experience(5, stated=True, evidence="5 years", confidence="high")
    store.jobs.finish(lease(store), Finding("Lead engineer", years, text="5 years"))

    (edited,) = job_events(store, kinds=["edited"])

    assert edited.detail == {"title": ["Engineer", "Lead engineer"], "years": [2, 5]}


def test_what_a_link_turned_out_to_be_is_a_value_that_no_wording_changes(store: Store, path: Path) -> None:
    store.sites.record(ACME, listed(job(1), job(2)), queue=True)
    store.queue.dismiss(lease(store), "nicht mehr da", gone=True)
    store.queue.dismiss(lease(store), "gone: is the first word of a story")

    again = store.sites.record(ACME, listed(job(1), job(2)), queue=True)
    assert [event.url for event in job_events(store, kinds=["closed"])] == [job(1).url]
    assert again.queued == 0
    assert store.sites.record(ACME, listed(), queue=True).queued == 0
    assert store.sites.record(ACME, listed(job(1), job(2)), queue=True).queued == 1


def at(pattern: str, *numbers: int) -> list[Link]:
    return [Link(pattern.format(n), f"Baker {n}", is_job=True, score=1.0) for n in numbers]


def test_a_list_that_changes_its_addresses_is_one_story_and_no_news(
    store: Store, path: Path, clock: Clock
) -> None:
    old, new = "https://acme.example/jobs/7340{}", "https://acme.example/en/jobs/7340{}"
    store.sites.record(ACME, listed(*at(old, 1, 2, 3)), queue=True)
    for number in (1, 2):
        finding = replace(FINDING, title=f"Baker {number}", facts={"location": f"Oslo {number}"})
        assert store.jobs.finish(lease(store), finding) is not None
    store.marks.put(old.format(1), Mark("applied", "called them"))
    store.reported.open_channel(MAIL_CHANNEL)
    kept = store.catalogue.listing()
    before = [job.id for job in kept.jobs]
    clock.now += DAY_MS

    recorded = store.sites.record(ACME, listed(*at(new, 1, 2, 3, 4)), queue=True)

    assert (recorded.added, recorded.queued, recorded.moved) == (1, 1, 3)
    found = store.catalogue.listing(kept).jobs
    assert [one.id for one in found] == before
    assert {one.news.url for one in found} == {new.format(1), new.format(2)}
    assert all(one.is_open for one in found)
    assert store.marks.of(new.format(1)).note == "called them"
    assert {url for (url,) in rows(path, "SELECT url FROM job_tasks")} == {new.format(n) for n in range(1, 5)}
    assert {event.kind for event in job_events(store, since_ts_ms=clock.now)} == {"moved", "new"}
    sources = {event.detail["from"] for event in job_events(store, kinds=["moved"])}
    assert sources == {old.format(number) for number in (1, 2, 3)}
    # And back again, and the same read twice.
    assert store.sites.record(ACME, listed(*at(new, 1, 2, 3, 4)), queue=True).moved == 0
    assert store.sites.record(ACME, listed(*at(old, 1, 2, 3, 4)), queue=True).queued == 0
    assert store.problems() == []


def test_a_list_kept_in_memory_and_a_search_know_the_new_name_of_a_site(store: Store) -> None:
    store.sites.record(ACME, listed(*at("https://acme.example/jobs/{}", 1)), queue=True)
    assert store.jobs.finish(lease(store), FINDING) is not None
    kept = store.catalogue.listing()
    assert store.catalogue.search("Acme")

    store.site_decisions.rename("Acme", "Zenith")

    assert [one.news.site for one in store.catalogue.listing(kept).jobs] == ["Zenith"]
    assert store.catalogue.search("Zenith")
    assert not store.catalogue.search("Acme")


def test_what_another_page_still_shows_does_not_move(store: Store) -> None:
    old, new = "https://acme.example/jobs/7340{}", "https://acme.example/en/jobs/7340{}"
    other = replace(ACME, url="https://acme.example/other")
    store.sites.record(ACME, listed(*at(old, 1)), queue=True)
    store.sites.record(other, listed(*at(old, 1)), queue=True)

    assert store.sites.record(ACME, listed(*at(new, 1)), queue=True).moved == 0


def test_a_row_that_nobody_can_open_has_a_row_with_the_reason_while_the_list_shows_it(
    store: Store, path: Path, clock: Clock
) -> None:
    bad = (
        BadRow("Baker", "https://acme.example:6000/jobs/9", "browsers refuse port 6000"),
        BadRow("Cook", "https://acme.example/" + "9" * 1_000_000, "the address is too long"),
        BadRow("Waiter", "javascript:open(7)", "it is no http(s) address"),
        BadRow("", "https://[::1/", "not even a title"),
    )
    read = replace(listed(job(1)), unopenable=bad)

    recorded = store.sites.record(ACME, read, queue=True)
    again = store.sites.record(ACME, read, queue=True)

    assert (recorded.unopenable, again.unopenable, recorded.queued) == (3, 0, 1)
    found = {one.title: one for one in stored_jobs(store)}
    assert found.keys() == {"Baker", "Cook", "Waiter"}
    assert found["Baker"].unread == "browsers refuse port 6000"
    assert len(found["Cook"].url) < 400
    assert len(store.queue.unread()) == 3
    assert {one.title for one in store.unreported.jobs(MAIL_CHANNEL, 9)} == found.keys()
    clock.now += DAY_MS
    store.sites.record(ACME, replace(listed(job(1)), unopenable=bad[:1]), queue=True)
    assert {one.title for one in store.unreported.jobs(MAIL_CHANNEL, 9)} == {"Baker"}
    assert store.problems() == []


def waiting(store: Store) -> list[str]:
    found: list[Task] = []
    while (task := store.queue.due("Acme", beside=[one.id for one in found])) is not None:
        found.append(task)
    return [one.url for one in found]


def test_open_posts_are_read_again_weekly_doubtful_and_followed_ones_after_a_day(
    store: Store, clock: Clock
) -> None:
    read = listed(*map(job, range(1, 5)))
    store.sites.record(ACME, read, queue=True)
    unsure = replace(FINDING, experience=replace(FINDING.experience, confidence="low"))
    for number, finding in enumerate((FINDING, unsure, FINDING, FINDING), start=1):
        store.jobs.finish(lease(store), replace(finding, title=f"Baker {number}"))
    store.marks.put(job(3).url, Mark("applied"))

    def fits(news: News) -> bool:
        return news.title != "Baker 4"

    clock.now += DAY_MS - 1
    assert store.sites.record(ACME, read, queue=True, fits=fits).again == 0
    clock.now += 1
    recorded = store.sites.record(ACME, read, queue=True, fits=fits)
    assert (recorded.again, recorded.queued) == (2, 0)
    assert waiting(store) == [job(2).url, job(3).url]
    for finding in (unsure, FINDING):
        again = store.jobs.finish(lease(store), finding)
        assert isinstance(again, Job) and not again.is_new
    clock.now += 6 * DAY_MS
    store.sites.record(ACME, read, queue=True, fits=fits)
    assert waiting(store) == [job(1).url, job(3).url]


def test_whether_a_post_is_read_again_is_a_matter_of_todays_rules(store: Store, clock: Clock) -> None:
    store.sites.record(ACME, listed(job(1), job(2), job(3)), queue=True)
    store.jobs.finish(lease(store), replace(FINDING, title="Baker"))
    store.jobs.finish(lease(store), replace(FINDING, title="Smith", exclude_reason="title.exclude: smith"))
    store.jobs.finish(lease(store), replace(FINDING, title="Cook"))
    store.marks.put(job(3).url, Mark("interested"))
    clock.now += 8 * DAY_MS

    again = store.sites.record(
        ACME, listed(job(1), job(2), job(3)), queue=True, fits=lambda news: news.title == "Smith"
    )

    # What fits by now, and what the user follows; not what fitted when it was stored.
    assert again.again == 2
    assert waiting(store) == [job(2).url, job(3).url]


def test_what_is_new_is_read_before_what_is_read_again(store: Store, clock: Clock) -> None:
    store.sites.record(ACME, listed(job(1)), queue=True)
    store.jobs.finish(lease(store), FINDING)
    clock.now += 8 * DAY_MS

    store.sites.record(ACME, listed(job(1), job(2)), queue=True)

    assert waiting(store) == [job(2).url, job(1).url]


@pytest.mark.parametrize("failed", [True, False])
def test_a_post_that_cannot_be_read_again_keeps_what_was_read(store: Store, clock: Clock, failed: bool) -> None:
    store.sites.record(ACME, listed(job(1)), queue=True)
    store.jobs.finish(lease(store), FINDING)
    clock.now += 8 * DAY_MS
    store.sites.record(ACME, listed(job(1)), queue=True)

    unread = Finding("job 1", replace(FINDING.experience, min_years=0, stated=False), unread="it did not answer")
    again = store.jobs.finish(lease(store), unread, failed=failed)

    assert isinstance(again, Job) and again.unread is None
    assert [(one.title, one.experience.min_years) for one in stored_jobs(store)] == [
        (FINDING.title, FINDING.experience.min_years)
    ]
    assert store.problems() == []


def test_what_became_of_known_jobs_is_said_in_words(store: Store, clock: Clock) -> None:
    read = listed(job(1), job(2))
    store.sites.record(ACME, read, queue=True)
    for number in (1, 2):
        store.jobs.finish(lease(store), replace(FINDING, title=f"Baker {number}"))
    clock.now += 8 * DAY_MS
    store.sites.record(ACME, read, queue=True)
    years = replace(FINDING.experience, min_years=8)
    facts = {"salary": {"min": 50_000, "max": 50_000, "currency": "EUR", "per": "year"}}
    store.jobs.finish(lease(store), replace(FINDING, title="Baker 1", experience=years, facts=facts))
    store.queue.dismiss(lease(store), "it is filled", gone=True)

    found = {one.title: change_words(one) for one in store.history.changes(clock.now - 1)}

    before = FINDING.experience.min_years
    assert found == {
        "Baker 1": f"asks 8 years now, was {before}; pay added: 50,000 EUR a year",
        "Baker 2": "closed",
    }
