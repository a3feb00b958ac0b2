"""The fair queue: which waiting post is read next, over a real queue."""

from __future__ import annotations

from pathlib import Path

import anyio
import anyio.to_thread
import pytest

from jpt.cycle.fair_queue import FairQueue
from jpt.cycle.store_calls import StoreCalls
from jpt.models.jobs import Task
from jpt.models.pages import Company, Link, ListRead, PageRead
from jpt.net.politeness import Politeness
from jpt.store import Store


def fill(store: Store, site: str, jobs: int) -> None:
    url = f"http://127.0.0.1/{site.lower()}"
    links = tuple(Link(f"{url}/jobs/{number}", f"Baker {number}", is_job=True, score=1) for number in range(jobs))
    store.sites.record(Company(site, url), ListRead(PageRead(url, url, 200, "", ""), "ok", "", links), queue=True)


def taken(
    path: Path, limit: int | None, workers: int, sites: dict[str, int], only: str | None = None
) -> list[Task]:
    """What *workers* at once are handed until there is no more."""
    given: list[Task] = []
    db = StoreCalls()

    async def main(store: Store) -> None:
        fair_queue = FairQueue(store.queue, Politeness(2, 0), db, limit, site=only)
        fair_queue.close()

        async def work() -> None:
            while (task := await fair_queue.next()) is not None:
                given.append(task)
                await anyio.sleep(0.001)
                leased = await db(store.queue.lease, task, "me")
                assert leased is not None
                await db(store.queue.dismiss, leased, "read")
                fair_queue.done(task)

        with anyio.fail_after(30):
            async with anyio.create_task_group() as tg:
                for _ in range(workers):
                    tg.start_soon(work)

    with Store.open(path) as store:
        for site, jobs in sites.items():
            fill(store, site, jobs)
        anyio.run(main, store)
    return given


def test_the_posts_of_one_site_are_handed_out_alone(tmp_path: Path) -> None:
    given = taken(tmp_path / "db", None, 4, {"Tern": 3, "Kelp": 5}, only="Kelp")

    assert [task.site for task in given] == ["Kelp"] * 5
    with Store.open(tmp_path / "db") as store:
        assert (store.queue.waiting("Kelp"), store.queue.waiting()) == (0, 3)
        assert (store.queue.next_due_in_s("Kelp"), store.queue.due_sites("Kelp")) == (None, [])


@pytest.mark.parametrize("workers", [1, 8])
def test_no_more_than_the_limit_is_handed_out_however_many_ask(tmp_path: Path, workers: int) -> None:
    given = taken(tmp_path / "db", 5, workers, {"Tern": 20, "Kelp": 20})

    assert len(given) == 5


def test_a_site_that_is_read_later_joins_the_round_at_once(tmp_path: Path) -> None:
    db = StoreCalls()

    async def main(store: Store) -> list[str]:
        fair_queue = FairQueue(store.queue, Politeness(2, 0), db)
        sites = []
        for number in range(6):
            if number == 2:
                fill(store, "Kelp", 3)
                fair_queue.wake()
            task = await fair_queue.next()
            assert task is not None
            sites.append(task.site)
        return sites

    with Store.open(tmp_path / "db") as store:
        fill(store, "Tern", 20)
        sites = anyio.run(main, store)

    assert sites[2:].count("Kelp") >= 2


def test_each_task_is_handed_out_once_and_sites_take_turns(tmp_path: Path) -> None:
    given = taken(tmp_path / "db", None, 4, {"Tern": 12, "Kelp": 3, "Ostler": 3})

    assert len(given) == len({task.id for task in given}) == 18
    assert {task.site for task in given[:9]} == {"Tern", "Kelp", "Ostler"}
    assert [task.site for task in given[:9]].count("Tern") <= 5
