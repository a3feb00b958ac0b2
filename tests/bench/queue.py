"""Claim and finish of a task with 1,000 and with 1,000,000 in the table, against a plain loop of commits.

`python -m tests.bench.queue`; it fails when a ratio is worse than it should be. All figures are of one run on one disk.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from jpt.models.jobs import Experience, Finding
from jpt.store import Store

FEW, MANY = 1_000, 1_000_000
SITES = 100
ROUNDS, TASKS = 9, 100
MOST_SLOWDOWN = 1.5
LEAST_RATE = 0.35

FINDING = Finding(
    "Engineer",
    Experience(2, stated=True, evidence="2+ years of experience", confidence="high"),
    facts={"location": "Berlin"},
    text="We look for somebody with 2+ years of experience who likes to build things. " * 40,
)


def filled(folder: Path, count: int) -> Path:
    """Make a database with *count* waiting tasks of SITES sites."""
    path = folder / f"{count}.sqlite3"
    with Store.open(path):
        pass
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA synchronous = OFF")
    with raw:
        raw.executemany(
            "INSERT INTO job_tasks (site, url, created_ts_ms, updated_ts_ms) VALUES (?, ?, 1, 1)",
            ((f"Site {n % SITES}", f"https://s{n % SITES}.example/jobs/{n}") for n in range(count)),
        )
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    return path


def ours(path: Path) -> Iterator[float]:
    """Claim and finish TASKS tasks a round, in turns over the sites; gives seconds a task."""
    with Store.open(path) as store, store.worker() as name:
        while True:
            begun = time.perf_counter()
            sites = store.queue.due_sites()
            for number in range(TASKS):
                waiting = store.queue.due(sites[number % len(sites)])
                assert waiting is not None
                task = store.queue.lease(waiting, name)
                assert task is not None
                assert store.jobs.finish(task, replace(FINDING, title=f"Engineer {task.id}")) is not None
            yield (time.perf_counter() - begun) / TASKS


def plain(path: Path) -> Iterator[float]:
    """Commit TASKS updates a round on a table of its own of the same size and indexes; gives seconds an update."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA synchronous = FULL")
    number = raw.execute("SELECT max(id) FROM job_tasks").fetchone()[0]
    while True:
        begun = time.perf_counter()
        for _ in range(TASKS):
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("UPDATE job_tasks SET status = 'DONE', updated_ts_ms = 2 WHERE id = ?", [number])
            raw.execute("COMMIT")
            number -= 1
        yield (time.perf_counter() - begun) / TASKS


def main() -> int:
    """Measure, print the ratios, and tell by the exit code whether they hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.queue", description=__doc__)
    parser.add_argument(
        "--many", type=int, default=MANY, help="tasks in the large table; with fewer nothing is judged"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        few, many = filled(Path(name), FEW + 2 * ROUNDS * TASKS), filled(Path(name), options.many)
        loops = {
            "ours, few": ours(few),
            "plain, few": plain(few),
            "ours, many": ours(many),
            "plain, many": plain(many),
        }
        times: dict[str, list[float]] = {label: [] for label in loops}
        for _ in range(ROUNDS):
            for label, loop in loops.items():
                times[label].append(next(loop))
        for loop in loops.values():
            loop.close()  # type: ignore[attr-defined]  # they are generators
    # The first round warms up.
    middle = {label: statistics.median(seconds[1:]) for label, seconds in times.items()}
    for label, seconds in middle.items():
        print(f"{label:12} {seconds * 1000:.3f} ms")
    slowdown = middle["ours, many"] / middle["ours, few"]
    rate = middle["plain, many"] / middle["ours, many"]
    print(f"{options.many:,} against {FEW:,}: {slowdown:.2f}x the time a task (at most {MOST_SLOWDOWN})")
    print(f"against a plain loop of commits: {rate:.2f}x its rate (at least {LEAST_RATE})")
    holds = slowdown <= MOST_SLOWDOWN and rate >= LEAST_RATE
    return 0 if holds or options.many < MANY else 1


if __name__ == "__main__":
    sys.exit(main())
