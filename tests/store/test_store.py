"""The store: snapshots, queue and results on a real SQLite file."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import sqlite3
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from jpt.errors import CannotCreate, Locked, StoreError
from jpt.models.jobs import Experience, Finding, Job, Task
from jpt.models.pace import Pace
from jpt.models.pages import Company, Link, ListRead, PageRead
from jpt.store import Store, connection
from jpt.store.backup import back_up, bring_in
from tests import forks
from tests.conftest import bare
from tests.stored import stored_jobs

ACME = Company("Acme", "https://acme.example/careers")
FINDING = Finding("Engineer", Experience(2, stated=True, evidence="2+ years", confidence="high"), text="2+ years")


@dataclass
class Clock:
    now: int = 1_700_000_000_000

    def __call__(self) -> int:
        return self.now


def job(number: int, query: str = "") -> Link:
    return Link(f"https://acme.example/jobs/{number}{query}", f"Engineer {number}", is_job=True, score=0.9)


OPEN = """
import pathlib, sys, time
from jpt.store import Store
time.sleep(max(0.0, float(sys.argv[2]) - time.time()))
with Store.open(pathlib.Path(sys.argv[1])):
    pass
"""


def opened_at_once(path: Path, count: int) -> list[str]:
    """Open a file in *count* processes in the same moment; gives what each complained of."""
    jpt = bare(path.parent.parent)
    assert forks.can_fork(jpt.env)
    with ThreadPoolExecutor(count) as threads:
        at = str(time.time() + 0.5)
        ended = list(threads.map(lambda _: jpt("-c", OPEN, path, at), range(count)))
    return [f"{one.code} {one.err}" if one.code or one.err else "" for one in ended]


ABOUT = Link("https://acme.example/about", "About us", is_job=False, score=0.1)


def listed(*links: Link) -> ListRead:
    page = PageRead(ACME.url, ACME.url, 200, "Jobs", "Jobs")
    return ListRead(page, "ok" if links else "none", "", links)


def leased(store: Store) -> Task:
    """Lease a task to a worker that has ended since."""
    store.sites.record(ACME, listed(job(1)), queue=True)
    waiting = store.queue.due("Acme")
    assert waiting is not None
    with store.worker() as name:
        task = store.queue.lease(waiting, name)
    assert task is not None
    return task


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as raw:
        return raw.execute(sql).fetchall()


def test_each_new_file_has_a_name_of_its_own(tmp_path: Path) -> None:
    def named(file: str) -> str | None:
        with Store.open(tmp_path / file) as made:
            return made.notes.get("database")

    assert named("one") == named("one") != named("two")


# Snapshots and diffs


def test_all_jobs_of_a_site_never_seen_are_queued_and_its_other_links_are_not(store: Store, path: Path) -> None:
    recorded = store.sites.record(ACME, listed(job(1), ABOUT, job(2)), queue=True)

    assert (recorded.added, recorded.queued) == (3, 2)
    assert rows(path, "SELECT url, status, attempts FROM job_tasks ORDER BY id") == [
        ("https://acme.example/jobs/1", "PENDING", 0),
        ("https://acme.example/jobs/2", "PENDING", 0),
    ]


def test_only_what_was_added_since_is_queued(store: Store) -> None:
    store.sites.record(ACME, listed(job(1), job(2)), queue=True)

    recorded = store.sites.record(ACME, listed(job(3), job(2)), queue=True)

    assert (recorded.added, recorded.queued) == (1, 1)


def test_an_unchanged_page_queues_nothing_and_stores_no_second_copy(store: Store, path: Path) -> None:
    store.sites.record(ACME, listed(job(1, "?utm_source=a"), job(2)), queue=True)

    recorded = store.sites.record(ACME, listed(job(2), job(1, "?utm_source=b")), queue=True)

    assert recorded.queued == 0
    assert rows(path, "SELECT count(*) FROM snapshots") == [(1,)]


def test_a_baseline_queues_nothing_and_later_jobs_are_news(store: Store) -> None:
    store.sites.record(ACME, listed(job(1), job(2)), queue=False)

    assert store.queue.waiting() == 0
    assert store.sites.record(ACME, listed(job(1), job(2), job(3)), queue=True).queued == 1


def test_a_job_that_was_away_for_a_while_is_not_news(store: Store) -> None:
    store.sites.record(ACME, listed(job(1), job(2)), queue=True)
    store.sites.record(ACME, listed(job(2)), queue=True)

    assert store.sites.record(ACME, listed(job(1, "?utm_campaign=x"), job(2)), queue=True).queued == 0


def test_two_pages_of_one_site_do_not_overwrite_each_other(store: Store, path: Path) -> None:
    other = Company("Acme", "https://acme.example/careers/design")
    for _ in range(2):
        store.sites.record(ACME, listed(job(1)), queue=True)
        store.sites.record(other, listed(job(2)), queue=True)

    assert store.queue.waiting() == 2
    ((links,),) = rows(path, "SELECT links_json FROM current_snapshot WHERE site = 'Acme'")
    assert sorted(json.loads(str(links))) == ["https://acme.example/jobs/1", "https://acme.example/jobs/2"]


def test_snapshot_and_diff_have_the_hashes_that_other_programs_expect(store: Store, path: Path) -> None:
    store.sites.record(ACME, listed(job(2), job(1)), queue=True)

    ((links, digest),) = rows(path, "SELECT links_json, snapshot_hash FROM current_snapshot")
    assert links == '["https://acme.example/jobs/2","https://acme.example/jobs/1"]'
    assert digest == hashlib.sha256(str(links).encode()).hexdigest()
    ((added, diff_hash, status),) = rows(path, "SELECT added_urls_json, diff_hash, status FROM diff_queue")
    expected = '{"added_urls":["https://acme.example/jobs/1","https://acme.example/jobs/2"],"site":"Acme"}'
    assert diff_hash == hashlib.sha256(expected.encode()).hexdigest()
    assert sorted(json.loads(str(added))) == ["https://acme.example/jobs/1", "https://acme.example/jobs/2"]
    assert status == "DONE"


def test_a_bad_read_changes_no_snapshot_and_is_counted_until_a_good_one(store: Store, clock: Clock) -> None:
    store.sites.record(ACME, listed(job(1)), queue=True)
    clock.now += 1000
    store.sites.fail(ACME, "blocked", "HTTP 403")
    clock.now += 1000
    store.sites.fail(ACME, "error", "HTTP 500")

    (state,) = store.sites.states()
    assert (state.status, state.reason, state.failures) == ("error", "HTTP 500", 2)
    assert state.failing_since_ts_ms == 1_700_000_001_000
    assert state.good_ts_ms == 1_700_000_000_000

    store.sites.record(ACME, listed(job(1)), queue=True)

    (state,) = store.sites.states()
    assert (state.status, state.failures, state.failing_since_ts_ms) == ("ok", 0, None)


def test_suspects_count_only_while_they_agree(store: Store) -> None:
    ten = [f"https://acme.example/jobs/{number}" for number in range(10)]

    assert store.sites.fail(ACME, "suspect", "fewer", ten) == 1
    assert store.sites.fail(ACME, "suspect", "fewer", ten) == 2
    assert store.sites.fail(ACME, "suspect", "fewer", ten[:4]) == 1


def test_a_new_start_forgets_pages_that_were_not_read_since(store: Store, clock: Clock, path: Path) -> None:
    store.sites.record(Company("Acme", "https://acme.example/old"), listed(job(1)), queue=False)
    clock.now += 1000

    store.sites.record(ACME, listed(job(2)), queue=False, forget_before_ms=clock.now)

    assert rows(path, "SELECT links_json FROM current_snapshot") == [('["https://acme.example/jobs/2"]',)]


# The queue


def test_a_task_is_leased_once(store: Store) -> None:
    store.sites.record(ACME, listed(job(1)), queue=True)
    waiting = store.queue.due("Acme")
    assert waiting is not None

    first = store.queue.lease(waiting, "one")

    assert first is not None
    assert first.attempts == 1
    assert store.queue.lease(waiting, "two") is None
    assert store.queue.due("Acme") is None


def test_a_finished_task_has_its_job_and_nobody_gets_it_again(store: Store, path: Path) -> None:
    task = leased(store)

    stored = store.jobs.finish(task, FINDING)

    assert isinstance(stored, Job)
    assert (stored.title, stored.experience.evidence) == ("Engineer", "2+ years")
    assert rows(path, "SELECT status, owner FROM job_tasks") == [("DONE", None)]
    assert rows(path, "SELECT min_years, include_job, exclude_reason FROM job_details") == [(2, 1, None)]
    assert store.queue.due_sites() == []


def test_a_late_finish_of_a_lost_lease_changes_nothing(store: Store) -> None:
    task = leased(store)
    store.queue.reclaim()

    assert store.jobs.finish(task, FINDING) is None
    assert stored_jobs(store) == []
    assert store.queue.due("Acme") is not None


def test_a_reclaimed_task_has_lost_no_attempt(store: Store) -> None:
    leased(store)

    assert store.queue.reclaim() == 1

    waiting = store.queue.due("Acme")
    assert waiting is not None
    assert waiting.attempts == 0


def test_an_outage_gives_the_task_back_unharmed_after_a_pause(store: Store, clock: Clock) -> None:
    task = leased(store)

    store.queue.give_back(task, "no network")

    assert store.queue.due("Acme") is None
    clock.now += 36_000
    waiting = store.queue.due("Acme")
    assert waiting is not None
    assert waiting.attempts == 0


def test_faults_of_the_page_use_up_attempts_and_the_pauses_grow(store: Store, clock: Clock) -> None:
    task = leased(store)

    store.queue.retry_later(task, "HTTP 500")

    assert store.queue.due("Acme") is None
    clock.now += 6_000
    again = store.queue.due("Acme")
    assert again is not None
    assert again.attempts == 1


def test_a_clock_that_went_back_does_not_keep_a_task_waiting_for_years(store: Store, clock: Clock) -> None:
    task = leased(store)
    store.queue.retry_later(task, "HTTP 500")

    clock.now -= 10 * 365 * 24 * 3600 * 1000

    assert store.queue.due("Acme") is not None


def test_a_link_that_is_no_job_ends_done_with_the_reason_and_no_row(store: Store, path: Path) -> None:
    task = leased(store)

    store.queue.dismiss(task, "not a job post: a blog article")

    assert rows(path, "SELECT status, last_error FROM job_tasks") == [("DONE", "not a job post: a blog article")]
    assert stored_jobs(store) == []


@pytest.mark.parametrize(
    ("ending", "again"), [("gone", True), ("failed", True), ("no job", False), ("done", False)]
)
def test_a_listed_link_that_comes_back_is_read_again_only_if_it_was_gone_or_failed(
    store: Store, ending: str, again: bool
) -> None:
    task = leased(store)
    match ending:
        case "gone":
            store.queue.dismiss(task, "gone: HTTP 404", gone=True)
        case "failed":
            store.queue.fail(task, "HTTP 500")
        case "no job":
            store.queue.dismiss(task, "not a job post")
        case _:
            store.jobs.finish(task, FINDING)
    store.sites.record(ACME, listed(ABOUT), queue=True)

    store.sites.record(ACME, listed(ABOUT, job(1)), queue=True)

    assert (store.queue.due("Acme") is not None) is again


def test_a_job_that_could_not_be_read_keeps_a_row_with_the_reason(store: Store) -> None:
    task = leased(store)
    unread = replace(
        FINDING, experience=Experience(0, stated=False, evidence=None, confidence="low"), unread="HTTP 500"
    )

    store.jobs.finish(task, unread, failed=True)

    (kept,) = stored_jobs(store)
    assert (kept.unread, kept.experience.stated) == ("HTTP 500", False)


def test_sites_take_turns_by_their_oldest_task(store: Store) -> None:
    globex = Company("Globex", "https://globex.example/jobs")
    store.sites.record(ACME, listed(job(1), job(2)), queue=True)
    store.sites.record(globex, listed(job(7)), queue=True)

    assert store.queue.due_sites() == ["Acme", "Globex"]


# The file


def test_the_file_is_private(store: Store, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_many_processes_may_open_a_new_file_at_once(path: Path) -> None:
    assert opened_at_once(path, 8) == [""] * 8


def test_what_was_committed_is_on_the_disk(path: Path) -> None:
    spec = importlib.util.find_spec(connection.__name__)
    assert spec is not None
    assert spec.loader is not None
    as_it_is = importlib.util.module_from_spec(spec)  # for tests the module waits for no disk
    spec.loader.exec_module(as_it_is)

    with as_it_is.connect(path) as made:
        assert tuple(made.row("PRAGMA synchronous")) == (2,), "not FULL"


@pytest.mark.parametrize("old_columns", [True, False])
def test_an_old_systems_file_opens_and_goes_on(path: Path, old_columns: bool) -> None:
    path.parent.mkdir()
    later = (
        ""
        if old_columns
        else ", owner text, claimed_ts_ms integer, updated_ts_ms integer, backoff_until_ms integer"
    )
    task_later = (
        ""
        if old_columns
        else ", owner text, attempts integer not null default 0, last_error text, backoff_until_ms integer"
    )
    with sqlite3.connect(path) as raw:
        raw.executescript(f"""
            CREATE TABLE current_snapshot (site text primary key, url text not null, ts_ms integer not null,
              snapshot_hash text not null, links_json text not null);
            CREATE TABLE diff_queue (id integer primary key autoincrement, site text not null, created_ts_ms integer
              not null, diff_hash text not null, added_urls_json text not null, status text not null default 'PENDING',
              attempts integer not null default 0, last_error text{later});
            CREATE TABLE job_tasks (id integer primary key autoincrement, site text not null, url text not null,
              status text not null default 'PENDING', created_ts_ms integer not null, updated_ts_ms integer not null
              {task_later or ", attempts integer not null default 0, last_error text"});
            INSERT INTO current_snapshot VALUES ('Acme', '{ACME.url}', 1, 'h',
              '["https://acme.example/jobs/1?utm_source=old", "Headless debug", "https://acme.example/about"]');
            INSERT INTO diff_queue (site, created_ts_ms, diff_hash, added_urls_json) VALUES
              ('Acme', 1, 'd', '["https://acme.example/jobs/5"]');
            INSERT INTO job_tasks (site, url, status, created_ts_ms, updated_ts_ms) VALUES
              ('Acme', 'https://acme.example/jobs/4', 'IN_PROGRESS', 1, 1)""")

    with Store.open(path) as store:
        recorded = store.sites.record(ACME, listed(job(1), ABOUT, job(2)), queue=True)
        (pending,) = store.queue.pending_diffs()
        store.queue.make_tasks(pending, pending.urls)
        reclaimed = store.queue.reclaim()

        assert recorded.queued == 1
        assert pending.urls == ("https://acme.example/jobs/5",)
        assert reclaimed == 1
        assert store.queue.waiting() == 3


def test_what_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("company,url\n" * 100)

    with pytest.raises(StoreError, match="not an SQLite database"), Store.open(path):
        pass

    assert path.read_text().startswith("company,url")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"), Store.open(tmp_path):
        pass


def test_a_place_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(CannotCreate, match="file"), Store.open(tmp_path / "file" / "deeper" / "db.sqlite3"):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_written_is_named(path: Path) -> None:
    with Store.open(path):
        pass
    path.chmod(0o400)

    with pytest.raises(StoreError, match="read-only"), Store.open(path) as store:
        store.queue.retry()


def test_a_file_that_another_program_is_writing_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_S", 0.1)
    with Store.open(path) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(Locked, match="locked by another program"):
            store.queue.retry()
        other.close()


# What a review found


def old_snapshot(path: Path, *urls: str) -> None:
    text = json.dumps(urls)
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO current_snapshot VALUES ('Acme', ?, 1, 'x', ?)", [ACME.url, text])


def test_what_the_old_system_saw_is_no_news_though_a_read_missed_it(store: Store, path: Path) -> None:
    links = [job(number) for number in range(20)]
    old_snapshot(path, *(link.url for link in links))

    queued = [store.sites.record(ACME, listed(*some), queue=True).queued for some in (links[:12], links)]

    assert queued == [0, 0]


def test_what_the_old_system_saw_on_two_pages_is_no_news_on_either(store: Store, path: Path) -> None:
    first, second = [job(1), job(2)], [job(3), job(4)]
    old_snapshot(path, *(link.url for link in [*first, *second]))
    other = replace(ACME, url="https://acme.example/more-careers")

    assert store.sites.record(ACME, listed(*first), queue=True).queued == 0
    assert store.sites.record(other, listed(*second), queue=True).queued == 0


def test_a_failed_post_that_comes_back_under_another_tracker_is_the_same_task(store: Store, path: Path) -> None:
    tracked = [[job(1, f"?utm_campaign=c{number}"), job(2)] for number in range(4)]
    store.sites.record(ACME, listed(*tracked[0]), queue=True)
    waiting = store.queue.due("Acme")
    assert waiting is not None
    task = store.queue.lease(waiting, "me")
    assert task is not None
    store.jobs.finish(task, replace(FINDING, unread="HTTP 500"), failed=True)

    for links in tracked[1:]:
        store.sites.record(ACME, listed(job(2)), queue=True)
        store.sites.record(ACME, listed(*links), queue=True)

    assert rows(path, "SELECT count(*) FROM job_tasks WHERE url LIKE '%/1?%'") == [(1,)]
    assert rows(path, "SELECT status FROM job_tasks WHERE url LIKE '%/1?%'") == [("PENDING",)]


def test_a_failed_link_that_turns_out_to_be_no_job_keeps_no_row(store: Store) -> None:
    task = leased(store)
    store.jobs.finish(task, replace(FINDING, unread="HTTP 500"), failed=True)
    store.sites.record(ACME, listed(job(2)), queue=False)
    store.sites.record(ACME, listed(job(1), job(2)), queue=True)
    waiting = store.queue.due("Acme")
    assert waiting is not None
    again = store.queue.lease(waiting, "me")
    assert again is not None

    store.queue.dismiss(again, "not a job post: a story")

    assert stored_jobs(store) == []


def test_a_link_that_is_recognised_as_a_job_later_is_opened_then(store: Store) -> None:
    unlikely = replace(job(1), is_job=False)
    store.sites.record(ACME, listed(unlikely, job(2)), queue=True)

    assert store.sites.record(ACME, listed(replace(job(1), is_job=None), job(2), job(3)), queue=True).queued == 2
    assert store.sites.record(ACME, listed(job(1), job(2), job(3)), queue=True).queued == 0


def test_a_link_of_the_baseline_that_is_recognised_later_is_no_news(store: Store) -> None:
    store.sites.record(ACME, listed(replace(job(1), is_job=False)), queue=False)

    assert store.sites.record(ACME, listed(job(1)), queue=True).queued == 0


def test_links_that_may_be_jobs_count_as_jobs_of_the_page(store: Store) -> None:
    store.sites.record(ACME, listed(job(1), replace(job(2), is_job=None), ABOUT), queue=True)

    state = store.sites.state(ACME)
    assert state is not None
    assert state.jobs == 2


def test_unread_posts_are_listed_with_the_reason(store: Store) -> None:
    task = leased(store)
    store.queue.retry_later(task, "HTTP 500")

    assert [(one.text, one.reason, one.given_up) for one in store.queue.unread("acme")] == [
        ("Engineer 1", "HTTP 500", False)
    ]


def test_paces_are_kept_and_replaced_as_a_whole(store: Store) -> None:
    paces = [
        Pace("Acme", "https://acme.example/careers", 900, 450.5, 1, 2, 0),
        Pace("Bolt", "b", 60, 120, failures=3),
    ]
    store.paces.keep(paces)
    kept = store.paces.all()
    store.paces.keep(paces[:1])

    assert kept == paces
    assert store.paces.all() == paces[:1]


def test_what_a_killed_backup_left_goes_with_the_next_and_one_being_made_stays(tmp_path: Path) -> None:
    path = tmp_path / "jpt.sqlite3"
    with Store.open(path):
        pass
    folder = back_up(path, 3).path.parent
    left = [folder / f"jpt-20200101-000000-000000.sqlite3.part{end}" for end in ("", "-journal")]
    being_made = folder / "jpt-20990101-000000-000000.sqlite3.part"
    for each in (*left, being_made):
        each.write_bytes(b"x")
    for each in left:
        os.utime(each, (1e9, 1e9))

    back_up(path, 3)

    assert [each.exists() for each in left] == [False, False]
    assert being_made.exists()


def test_the_log_of_a_killed_copy_is_not_played_into_the_next(tmp_path: Path) -> None:
    path, other = tmp_path / "jpt.sqlite3", tmp_path / "new.sqlite3"
    with Store.open(path):
        pass
    (tmp_path / "new.sqlite3.imported.part").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    (tmp_path / "new.sqlite3.imported.part-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 504)

    bring_in(path, other)

    assert sorted(each.name for each in tmp_path.glob("new*part*")) == []
    with Store.open(other) as store:
        assert store.jobs is not None
