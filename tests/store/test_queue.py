"""The queue between processes: whose lease lives, what is whose fault, and who comes first."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest import mock

import pytest

from jpt.errors import CannotCreate, Locked, StoreError
from jpt.models.jobs import Task
from jpt.net.breaker import FIRST_PAUSE_S, LONGEST_PAUSE_S, Breakers
from jpt.store import Store, connection, leases
from jpt.store.queue import MAX_CRASHES
from tests.store.test_store import ACME, FINDING, Clock, job, listed, rows

YEAR_MS = 365 * 24 * 3600 * 1000


def take(store: Store, owner: str) -> Task:
    waiting = store.queue.due("Acme")
    assert waiting is not None
    task = store.queue.lease(waiting, owner)
    assert task is not None
    return task


# Whose lease lives


@pytest.mark.parametrize("step_ms", [YEAR_MS * 10, -YEAR_MS * 10, 3600_000, 0])
def test_a_living_worker_keeps_its_task_whatever_the_clock_says(store: Store, clock: Clock, step_ms: int) -> None:
    store.sites.record(ACME, listed(job(1)), queue=True)
    with store.worker() as name:
        task = take(store, name)
        clock.now += step_ms

        assert store.queue.reclaim() == 0
        assert store.jobs.finish(task, FINDING) is not None


WORK = """
import sys, pathlib
from jpt.store import Store
with Store.open(pathlib.Path(sys.argv[1])) as store, store.worker() as name:
    store.queue.lease(store.queue.due("Acme"), name)
    print("leased", flush=True)
    sys.stdin.read()
"""


def test_a_killed_workers_task_is_free_at_once_though_its_clock_ran_ahead(store: Store, path: Path) -> None:
    store.sites.record(ACME, listed(job(1)), queue=True)
    other = subprocess.Popen(
        [sys.executable, "-c", WORK, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    other.stdout.readline()

    assert store.queue.reclaim() == 0
    other.kill()
    other.communicate()
    assert store.queue.reclaim() == 1
    assert list(leases.folder_of(path).iterdir()) == []


def test_trying_again_lifts_the_pause_of_what_a_killed_run_was_reading(store: Store, path: Path) -> None:
    store.sites.record(ACME, listed(job(1)), queue=True)
    for _ in range(3):
        other = subprocess.Popen(
            [sys.executable, "-c", WORK, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert other.stdout is not None
        other.stdout.readline()
        other.kill()
        other.communicate()
        assert store.queue.retry() == 1

    assert store.queue.due("Acme") is not None


def lease_of(store: Store, path: Path, owner: str | None, age_ms: int = 0) -> None:
    store.sites.record(ACME, listed(job(1)), queue=True)
    with sqlite3.connect(path) as raw:
        raw.execute(
            "UPDATE job_tasks SET status = 'IN_PROGRESS', attempts = 1, owner = ?, updated_ts_ms = updated_ts_ms - ?",
            [owner, age_ms],
        )


ELSEWHERE = "elsewhere/0123456789ab.0123456789ab/7-abcdabcd:12345678"


def test_a_worker_elsewhere_that_beats_lives_and_one_that_does_not_is_dead(
    store: Store, path: Path, clock: Clock
) -> None:
    lease_of(store, path, ELSEWHERE)
    for _ in range(10):
        clock.now += 60_000
        assert store.queue.beat(ELSEWHERE.rpartition(":")[0]) == 1
        assert store.queue.reclaim() == 0

    clock.now += int(leases.SILENT_S * 1000) - 1
    assert store.queue.reclaim() == 0
    clock.now += 1
    assert store.queue.reclaim() == 1


@pytest.mark.parametrize(
    ("owner", "age_s", "dead"),
    [
        (None, 0, True),
        ("worker-7", 60, False),
        ("worker-7", 601, True),
        ("{host}:4194999", 0, True),
        ("{host}:1", 60, False),
        ("{host}/{machine}.0123456789ab/7-abcdabcd:12345678", 0, True),
    ],
)
def test_old_owners_and_those_before_a_restart(
    store: Store, path: Path, owner: str | None, age_s: int, dead: bool
) -> None:
    import socket

    with store.worker() as name:
        machine = name.partition("/")[2].partition(".")[0]
    if owner and "{machine}" in owner and not machine:
        pytest.skip("this machine has no /etc/machine-id")
    lease_of(store, path, owner and owner.format(host=socket.gethostname(), machine=machine), age_s * 1000)

    assert store.queue.reclaim() == dead


def test_a_place_for_locks_that_cannot_be_made_is_named(store: Store, path: Path) -> None:
    leases.folder_of(path).write_text("in the way")

    with pytest.raises(CannotCreate, match=r"snapshots\.sqlite3\.workers"), store.worker():
        pass


# What is whose fault


def crash(store: Store, times: int = 1) -> None:
    for _ in range(times):
        with store.worker() as name:
            take(store, name)
        assert store.queue.reclaim() == 1


def test_our_own_ends_cost_no_attempt_and_make_room_for_others(store: Store, clock: Clock) -> None:
    store.sites.record(ACME, listed(job(1), job(2)), queue=True)

    crash(store)
    again = store.queue.due("Acme")
    assert again is not None
    assert (again.url, again.attempts, again.crashes) == (job(1).url, 0, 1)
    crash(store)
    first = store.queue.due("Acme")
    assert first is not None and first.url == job(2).url


def test_a_post_under_which_jpt_ended_ten_times_says_so_until_it_is_read(
    store: Store, clock: Clock, path: Path
) -> None:
    store.sites.record(ACME, listed(job(1)), queue=True)
    for _ in range(MAX_CRASHES):
        crash(store)
        clock.now += 400_000

    waiting = store.queue.due("Acme")
    assert waiting is not None and waiting.crashes == MAX_CRASHES
    with store.worker() as name:
        store.jobs.finish(take(store, name), FINDING)
    assert rows(path, "SELECT count(*) FROM jpt_task_crashes") == [(0,)]


def test_a_given_up_post_is_revived_as_if_never_tried(store: Store, path: Path) -> None:
    store.sites.record(ACME, listed(job(1), job(2)), queue=True)
    with store.worker() as name:
        store.queue.fail(take(store, name), "HTTP 500")
        store.jobs.finish(take(store, name), FINDING)

    assert store.queue.retry(site="nobody") == 0
    assert store.queue.retry(site="acme") == 1
    assert rows(path, "SELECT status, attempts FROM job_tasks ORDER BY id") == [("PENDING", 0), ("DONE", 1)]
    assert store.queue.retry(url=job(2, "?utm_source=x").url) == 1


def test_posts_of_a_host_that_is_left_alone_wait_and_others_do_not(store: Store, clock: Clock) -> None:
    from dataclasses import replace

    other = replace(job(2), url="https://acme.example.org/jobs/2")
    store.sites.record(ACME, listed(job(1), other), queue=True)

    assert store.queue.postpone("acme.example", "no answer", 60) == 1
    due = store.queue.due("Acme")
    assert due is not None and due.url == other.url
    assert store.queue.next_due_in_s() == 0


def test_fresh_work_comes_before_retries(store: Store, clock: Clock) -> None:
    store.sites.record(ACME, listed(*(job(number) for number in range(1, 4))), queue=True)
    with store.worker() as name:
        store.queue.retry_later(take(store, name), "HTTP 500")
    clock.now += 60_000

    with store.worker() as name:
        order = [take(store, name).url for _ in range(3)]

    assert order == [job(2).url, job(3).url, job(1).url]


def test_a_row_that_makes_no_sense_stops_no_other(store: Store, path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("""INSERT INTO diff_queue (site, created_ts_ms, diff_hash, added_urls_json)
                       VALUES ('Acme', 1, 'a', '{not json'), ('Acme', 1, 'b', '["https://acme.example/jobs/1", 7]')""")

    for pending in store.queue.pending_diffs():
        store.queue.make_tasks(pending, pending.urls)

    assert store.queue.pending_diffs() == []
    assert store.queue.waiting() == 1


def test_what_the_old_system_would_try_again_is_tried_again(store: Store, path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("""INSERT INTO job_tasks (site, url, created_ts_ms, updated_ts_ms, status, attempts, backoff_until_ms)
                       VALUES ('Acme', 'u1', 1, 1, 'FAILED', 2, 5), ('Acme', 'u2', 1, 1, 'FAILED', 4, 5)""")

    store.queue.adopt()

    assert rows(path, "SELECT url, status FROM job_tasks") == [("u1", "PENDING"), ("u2", "FAILED")]


def test_a_circuit_opens_after_three_outages_in_a_row_and_closes_with_a_success() -> None:
    now = 0.0
    breakers = Breakers(lambda: now)

    assert [breakers.failed("h") for _ in range(4)] == [None, None, FIRST_PAUSE_S, None]
    assert breakers.open_s("h") == FIRST_PAUSE_S
    assert breakers.open_s("other") == 0
    now += FIRST_PAUSE_S
    assert breakers.failed("h") == 2 * FIRST_PAUSE_S
    for _ in range(20):
        now += LONGEST_PAUSE_S
        assert (breakers.failed("h") or 0) <= LONGEST_PAUSE_S
    breakers.worked("h")
    assert breakers.open_s("h") == 0
    assert breakers.failed("h") is None


# Who holds the database


HOLD = """
import sys, pathlib
from jpt.store import Store
with Store.open(pathlib.Path(sys.argv[1])) as store, store.hold("jpt run"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def other_holder(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Let another process hold the database for the length of the block."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    other.stdout.readline()
    try:
        yield other
    finally:
        other.kill()
        other.communicate()


def waits_in_vain(path: Path) -> str:
    """Write while something that leaves no name writes for too long; gives what is said."""
    with (
        mock.patch.object(connection, "BUSY_S", 0.05),  # read as the file is opened
        Store.open(path) as second,
        closing(sqlite3.connect(path, isolation_level=None)) as writer,
    ):
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked) as refused:
            second.queue.retry()
    return refused.value.sentence


def test_the_holder_is_named_to_whoever_comes_second_and_to_a_writer_that_waits_in_vain(
    store: Store, path: Path
) -> None:
    with other_holder(path) as other:
        with (
            pytest.raises(Locked, match=rf"in use by `jpt run` \(process {other.pid}, since .*--wait"),
            store.hold("jpt seed", say=print),
        ):
            pass
        # `--wait` is advised only where there is such an option.
        with pytest.raises(Locked, match="Run this again when it has ended") as refused, store.hold("jpt clear"):
            pass
        assert "--wait" not in refused.value.sentence
        assert f"another program ({path} is in use by `jpt run` (process {other.pid}" in waits_in_vain(path)


def test_who_waits_for_a_writer_without_a_name_does_not_blame_itself(store: Store, path: Path) -> None:
    with store.hold("jpt watch"):
        said = waits_in_vain(path)

    assert (
        said == f"{path} is locked by another program that is writing to it. Wait for it to finish, or close it."
    )


def test_a_hold_that_is_free_is_taken_without_a_word(store: Store) -> None:
    said: list[str] = []
    with store.hold("jpt run", wait=True, say=said.append):
        pass
    assert said == []


def test_a_run_that_waits_says_for_whom_and_begins_when_that_one_is_gone(store: Store, path: Path) -> None:
    said: list[str] = []
    with other_holder(path) as other:

        def say(sentence: str) -> None:
            said.append(sentence)
            other.kill()  # while we wait for it

        with store.hold("jpt seed", wait=True, say=say):
            pass

    assert len(said) == 1
    assert f"`jpt run` (process {other.pid}" in said[0]


def test_a_file_that_is_replaced_while_it_is_used_is_noticed_before_anything_is_written(
    store: Store, path: Path
) -> None:
    path.rename(path.with_suffix(".away"))

    with pytest.raises(StoreError, match="moved, deleted or replaced"):
        store.sites.record(ACME, listed(job(1)), queue=True)
    path.with_suffix(".away").rename(path)
    store.sites.record(ACME, listed(job(1)), queue=True)
