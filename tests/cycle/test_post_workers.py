"""`jpt work`: several processes on one queue, one after another or side by side."""

from __future__ import annotations

import signal
import sqlite3

import pytest

from jpt.store import Store
from tests.career_sites import CareerSites, Site
from tests.career_sites.adverts import adverts
from tests.conftest import Jpt
from tests.waiting import until


def rows(jpt: Jpt, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(jpt.folder / "state/snapshots.sqlite3") as raw:
        return raw.execute(sql).fetchall()


def queued(jpt: Jpt, career_sites: CareerSites) -> None:
    """Read the lists, and one post of all that they show."""
    (jpt.folder / "inputs").mkdir()
    career_sites.companies_csv(jpt.folder / "inputs/companies.csv")
    assert jpt("run", "--limit", "1").code == 0


def sound(jpt: Jpt) -> bool:
    with Store.open(jpt.folder / "state/snapshots.sqlite3") as store:
        assert store.problems(at_rest=True) == []
    return True


@pytest.mark.parametrize(
    "count", [2, pytest.param(4, marks=pytest.mark.slow), pytest.param(8, marks=pytest.mark.slow)]
)
def test_processes_share_the_queue_and_each_post_is_read_once(jpt: Jpt, count: int) -> None:
    jobs = 6 * count
    sites = [Site(f"Firm {number}", "static", adverts(6)) for number in range(count)]
    with CareerSites(sites, latency_ms=50) as career_sites:
        queued(jpt, career_sites)
        career_sites.forget()

        # By the list alone no post is asked for by HTTP, too, to compare.
        companies = jpt.folder / "inputs/companies.csv"
        header, *lines = companies.read_text().splitlines()
        # That an address of a company leaves it open changes nothing.
        given = [f"{line}{ending}" for line in lines for ending in (",browser", "?team=2,auto")]
        companies.write_text("\n".join([f"{header},via", *given]))
        processes = [jpt.start("work", "--json", JPT_CHEAP="auto") for _ in range(count)]
        for process in processes:
            process.communicate(timeout=240)

        asked = [hit.path for hit in career_sites.hits if "/jobs/" in hit.path]
    assert [process.returncode for process in processes] == [0] * count
    assert len(asked) == len(set(asked)) == jobs - 1
    assert rows(jpt, "SELECT status, attempts, count(*) FROM job_tasks GROUP BY 1, 2") == [("DONE", 1, jobs)]
    assert rows(jpt, "SELECT count(*) FROM job_details") == [(jobs,)]
    assert sound(jpt)


@pytest.mark.slow
def test_a_stopped_workers_post_is_another_ones_only_when_it_is_dead(jpt: Jpt) -> None:
    with CareerSites([Site("Tern", "static", adverts(6))], latency_ms=300) as career_sites:
        queued(jpt, career_sites)
        career_sites.forget()
        stopped = jpt.start("work", "--max-jobs", "1")
        until(lambda: rows(jpt, "SELECT count(*) FROM job_tasks WHERE status = 'IN_PROGRESS'") == [(1,)], 60)
        stopped.send_signal(signal.SIGSTOP)
        try:
            beside = jpt("work", "--json")
            left = rows(jpt, "SELECT count(*) FROM job_tasks WHERE status = 'IN_PROGRESS'")
        finally:
            stopped.kill()
            stopped.communicate()
        after = jpt("work", "--json")

    assert (beside.code, beside.json["jobs"]["done"], beside.json["waiting"], left) == (0, 4, 1, [(1,)])
    assert (after.code, after.json["jobs"]["done"], after.json["waiting"]) == (0, 1, 0)
    assert sound(jpt)


def test_with_nothing_to_do_no_browser_starts(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "state").mkdir(mode=0o700)
    with Store.open(bare_jpt.folder / "state/snapshots.sqlite3"):
        pass

    ended = bare_jpt("work", "--json", JPT_CHROMIUM="/nowhere")

    assert (ended.code, ended.json["waiting"]) == (0, 0)
