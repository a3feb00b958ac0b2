"""A life of the store in one process, whatever came before: `python -m tests.crashes.story DATABASE`.

All that a run writes is in it: reads with new and gone links, a baseline, posts that are read, fail, are no job, are
given back, and upkeep. It can be ended anywhere and begun again.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from jpt.errors import JptError
from jpt.models.jobs import Experience, Finding, Task
from jpt.models.pages import Company, Link, ListRead, PageRead
from jpt.store import Store

TERN = Company("Tern", "https://tern.example/jobs")
KELP = Company("Kelp", "https://kelp.example/jobs")
HOUR_MS = 3_600_000
YEAR_MS = 365 * 24 * HOUR_MS

FIRST, SECOND = (1, 2, 3, 4, 5), (1, 2, 3, 4, 6)
STORED = {1, 2, 4, 5, 6}
"""The posts that have a row in the end; 4 only stands for its link, 3 is gone."""


class Clock:
    """An hour passes whenever it is asked, and years from one process to the next: no pause is waited for."""

    def __init__(self) -> None:
        # Half a second is three months, for processes follow each other within less; from the year 2001 on, and
        # within those that are left before 9999, after which there is no time.
        self.now_ms = 10**12 + int(time.time() % 14_000 / 2 * YEAR_MS)

    def __call__(self) -> int:
        self.now_ms += HOUR_MS
        return self.now_ms


def url(number: int) -> str:
    return f"https://tern.example/jobs/{number}"


def read(company: Company, *urls: str) -> ListRead:
    links = tuple(Link(one, "Engineer", is_job=True, score=0.9) for one in urls)
    return ListRead(PageRead(company.url, company.url, 200, "Jobs", "Jobs"), "ok", "", links)


def live(path: Path) -> None:
    with Store.open(path, Clock()) as store, store.hold("story"), store.worker() as name:
        run = store.history.begin("story")
        store.queue.reclaim()
        store.sites.record(KELP, read(KELP, "https://kelp.example/jobs/1"), queue=False)
        for numbers in (FIRST, SECOND):
            store.sites.record(TERN, read(TERN, *map(url, numbers)), queue=True)
            while (waiting := store.queue.due("Tern")) is not None:
                task = store.queue.lease(waiting, name)
                assert task is not None
                store.queue.beat(name)
                settle(store, task)
            store.sites.fail(KELP, "blocked", "HTTP 403")
        store.maintenance.thin(1)
        store.history.end(run, "done", {})


def settle(store: Store, task: Task) -> None:
    experience = Experience(2, stated=True, evidence="2 years", confidence="high")
    match int(task.url.rpartition("/")[2]), task.attempts:
        case (2, 1) | (4, 1 | 2):
            store.queue.retry_later(task, "HTTP 500")
        case (3, _):
            store.queue.dismiss(task, "gone: HTTP 410", gone=True)
        case (4, _):
            unread = Finding(
                "Engineer", Experience(0, stated=False, evidence=None, confidence="low"), unread="HTTP 500"
            )
            store.jobs.finish(task, unread, failed=True)
        case _:
            store.jobs.finish(task, Finding("Engineer", experience, text="2 years of experience"))


if __name__ == "__main__":
    try:
        live(Path(sys.argv[1]))
    except JptError as exc:
        print(exc.sentence, file=sys.stderr)
        sys.exit(exc.exit_code)
