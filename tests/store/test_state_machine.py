"""The queue against a model: any order of claims, ends, crashes and steps of the clock, in years too."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from jpt.models.jobs import Experience, Finding, Task
from jpt.models.pages import Company, Link, ListRead, PageRead
from jpt.store import Store
from jpt.store.queue import MAX_ATTEMPTS, MAX_CRASHES
from jpt.store.second_look import MOST_AGAIN, WEEK_MS

ACME = Company("Acme", "https://acme.example/jobs")
EXPERIENCE = Experience(1, stated=True, evidence="1 year", confidence="high")
YEAR_MS = 365 * 24 * 3600 * 1000

STEPS = Counter[str]()


@dataclass
class Worker:
    """A process that leases: it lives as long as its stack is open."""

    name: str
    life: ExitStack
    tasks: list[Task] = field(default_factory=list)


@dataclass
class Known:
    """What the model knows of a task."""

    status: str = "PENDING"
    attempts: int = 0
    crashes: int = 0
    lease: Task | None = None
    read_ms: int | None = None
    """When its post was read last; None where it never was, or was none."""


class QueueMachine(RuleBasedStateMachine):
    """Workers that live and die on one queue."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="jpt-machine-"))
        self.now = 1_700_000_000_000
        self.stack = ExitStack()
        self.store = self.stack.enter_context(Store.open(self.folder / "jpt.sqlite3", lambda: self.now))
        reader = self.stack.enter_context(closing(sqlite3.connect(self.store.path)))
        reader.row_factory = sqlite3.Row
        self.reader = reader
        self.shown = 0
        self.known: dict[str, Known] = {}
        self.workers: list[Worker] = []
        self.stale: list[Task] = []
        self.show_more(4)
        self.begin_worker()

    @rule(count=st.integers(1, 3))
    def show_more(self, count: int) -> None:
        self.shown = min(self.shown + count, 60)
        links = tuple(
            Link(f"https://acme.example/jobs/{number}", "Job", is_job=True, score=0.9)
            for number in range(self.shown)
        )
        page = PageRead(ACME.url, ACME.url, 200, "Jobs", "Jobs")
        recorded = self.store.sites.record(ACME, ListRead(page, "ok", "", links), queue=True)
        fresh = [link.url for link in links if link.url not in self.known]
        assert recorded.queued == len(fresh)
        self.known.update((url, Known()) for url in fresh)
        self._read_again()

    def _read_again(self) -> None:
        """Posts that were read a week ago wait again, so that edits are noticed; at most some at a time."""
        rows = self.rows("SELECT url FROM job_tasks WHERE status = 'PENDING'")
        again = [known for row in rows if (known := self.known[row["url"]]).status == "DONE"]
        assert len(again) <= MOST_AGAIN
        for known in again:
            assert known.read_ms is not None
            assert self.now - known.read_ms >= WEEK_MS
            known.status, known.attempts = "PENDING", 0

    @rule()
    def begin_worker(self) -> None:
        if len(self.workers) < 4:
            life = ExitStack()
            self.workers.append(Worker(life.enter_context(self.store.worker()), life))

    @rule(which=st.integers(0, 3))
    def claim(self, which: int) -> None:
        waiting = self.store.queue.due("Acme")
        if waiting is None:
            self.show_more(2)
            return
        if not self.workers:
            self.begin_worker()
        which %= len(self.workers)
        known = self.known[waiting.url]
        assert (known.status, known.attempts, known.crashes) == ("PENDING", waiting.attempts, waiting.crashes)
        task = self.store.queue.lease(waiting, self.workers[which].name)
        assert task is not None
        assert task.attempts == known.attempts + 1
        assert self.store.queue.lease(waiting, "somebody else") is None
        self.workers[which].tasks.append(task)
        known.status, known.attempts, known.lease = "IN_PROGRESS", task.attempts, task

    @rule(which=st.integers(0, 3), how=st.sampled_from(["finish", "dismiss", "fail", "outage", "fault"]))
    def settle(self, which: int, how: str) -> None:
        busy = [worker for worker in self.workers if worker.tasks]
        if busy:
            assert self._settle(busy[which % len(busy)].tasks.pop(0), how)
        else:
            self.claim(which)

    @rule(how=st.sampled_from(["finish", "dismiss", "fail", "outage", "fault"]))
    def settle_too_late(self, how: str) -> None:
        if self.stale:
            assert not self._settle(self.stale.pop(), how)

    def _settle(self, task: Task, how: str) -> bool:
        # Of two ends alike in one millisecond the second is taken for the first, whose commit nobody is sure of.
        self.now += 1
        queue, known = self.store.queue, self.known[task.url]
        mine = known.lease == task
        if how == "fault" and task.attempts >= MAX_ATTEMPTS:
            how = "fail"
        match how:
            case "finish":
                done = self.store.jobs.finish(task, Finding("Job", EXPERIENCE, text="1 year")) is not None
            case "dismiss":
                done = queue.dismiss(task, "not a job post")
            case "fail":
                done = queue.fail(task, "HTTP 500")
            case "outage":
                done = queue.give_back(task, "no network")
            case _:
                done = queue.retry_later(task, "HTTP 500")
        if mine:
            known.status = {"finish": "DONE", "dismiss": "DONE", "fail": "FAILED"}.get(how, "PENDING")
            known.attempts -= how == "outage"
            known.crashes = known.crashes if how == "outage" else 0
            known.lease = None
            if how in {"finish", "dismiss"}:
                known.read_ms = self.now if how == "finish" else None
        assert done == mine
        return done

    @rule(which=st.integers(0, 3))
    def kill(self, which: int) -> None:
        """The kernel frees the lock; what the worker held is still in its hands when it wakes too late."""
        if self.workers:
            worker = self.workers.pop(which % len(self.workers))
            worker.life.close()
            self._reap(worker.tasks)

    @rule()
    def reap(self) -> None:
        self._reap([])

    def _reap(self, dead: list[Task]) -> None:
        assert self.store.queue.reclaim() == len(dead)
        for task in dead:
            known = self.known[task.url]
            known.status, known.attempts, known.lease = "PENDING", task.attempts - 1, None
            known.crashes += 1
        self.stale += dead

    @rule(which=st.integers(0, 3))
    def beat(self, which: int) -> None:
        if which < len(self.workers):
            assert self.store.queue.beat(self.workers[which].name) == len(self.workers[which].tasks)

    @rule(step=st.sampled_from([1_000, 60_000, 3_600_000, -60_000, -3_600_000, YEAR_MS, -YEAR_MS, 10 * YEAR_MS]))
    def step_the_clock(self, step: int) -> None:
        self.now = max(self.now + step, 1_000)

    @rule()
    def retry_all(self) -> None:
        self.store.queue.retry()
        for known in self.known.values():
            if known.status == "FAILED":
                known.status, known.attempts = "PENDING", 0
        for row in self.rows("SELECT url, attempts FROM job_tasks WHERE status = 'PENDING'"):
            self.known[row["url"]].attempts = row["attempts"]

    @rule()
    def reopen(self) -> None:
        """Another process opens the file while others are at work."""
        with Store.open(self.folder / "jpt.sqlite3", lambda: self.now) as other:
            assert other.queue.reclaim() == 0

    @invariant()
    def the_file_is_as_the_model(self) -> None:
        STEPS["all"] += 1
        rows = self.rows("SELECT url, status, attempts FROM job_tasks")
        assert {row["url"]: (row["status"], row["attempts"]) for row in rows} == {
            url: (known.status, known.attempts) for url, known in self.known.items()
        }

    @invariant()
    def no_task_waits_for_longer_than_a_day(self) -> None:
        due = self.store.queue.next_due_in_s()
        if any(known.status == "PENDING" for known in self.known.values()):
            assert due is not None
            assert due <= 24 * 3600 or self.store.queue.due("Acme") is not None

    @invariant()
    def nothing_is_wrong_in_the_file(self) -> None:
        assert self.store.problems() == []

    @invariant()
    def a_post_is_parked_in_time(self) -> None:
        assert all(known.crashes <= MAX_CRASHES + 20 for known in self.known.values())

    def rows(self, sql: str) -> list[sqlite3.Row]:
        return self.reader.execute(sql).fetchall()

    def teardown(self) -> None:
        for worker in self.workers:
            worker.life.close()
        self.stack.close()
        shutil.rmtree(self.folder)


def run(examples: int, steps: int) -> int:
    """Give how many steps were made."""
    STEPS.clear()
    quiet = list(HealthCheck)
    given = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=quiet, database=None
    )
    run_state_machine_as_test(QueueMachine, settings=given)
    return STEPS["all"]


def test_the_queue_does_what_its_model_says() -> None:
    assert run(6, 40) >= 20


@pytest.mark.slow
def test_the_queue_does_what_its_model_says_for_two_thousand_steps() -> None:
    assert run(150, 100) >= 2_000
