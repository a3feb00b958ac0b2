"""The same run in one process and on a cluster: real workers, real browsers, TLS between them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from typing import Any

import pytest

from tests.career_sites import CareerSites, Site, adverts
from tests.cluster.party import Party, killed_at_random, party, until
from tests.conftest import Jpt

pytestmark = pytest.mark.slow


def career_sites(posts: int, latency_ms: float = 20) -> CareerSites:
    ads = adverts(posts)
    third = posts // 3
    return CareerSites(
        [Site("Tern", "static", ads[:third]), Site("Ostler", "scripted", ads[third : 2 * third]),
         Site("Wick", "shadow", ads[2 * third :])],
        latency_ms,
    )  # fmt: skip


def by_one_process(alone: Jpt, served: CareerSites) -> bytes:
    """What one process stores of some sites."""
    made = Party(alone, served)
    made.wait(made.start("--quiet", "run", "--json", "--no-digest"))
    served.forget()
    return made.rows()


def attempts(rows: bytes) -> set[str]:
    return {line.rpartition(", ")[2] for line in rows.decode().splitlines() if line.startswith("('job_tasks'")}


def jobs(rows: bytes) -> set[str]:
    return {line for line in rows.decode().splitlines() if line.startswith("('job_details'")}


def test_killed_workers_change_nothing_about_what_is_stored(jpt: Jpt, alone: Jpt) -> None:
    with career_sites(36, latency_ms=150) as served:
        rows = by_one_process(alone, served)
        with party(jpt, served, workers=2, tls=True) as made:
            run = made.coordinator()
            kills = killed_at_random(made, run, 4, gap_s=1.5)
            report = made.wait(run)

        assert kills
        assert report["jobs"]["done"] == 36
        assert made.rows() == rows
        # Each kill costs the pages that were open there one visit more, and no page more than one a kill.
        assert sum(made.asked().values()) <= 39 + 2 * kills
    assert attempts(rows) == {"1)"}


def test_a_stopped_worker_holds_nobody_up_and_joins_again(jpt: Jpt, alone: Jpt) -> None:
    with career_sites(24, latency_ms=100) as served:
        rows = by_one_process(alone, served)
        with party(jpt, served, workers=2) as made:
            watch = made.start("--quiet", "watch", "--cluster", made.address, JPT_EVERY="1h")
            try:
                until(lambda: sum(made.asked().values()) >= 6, "nothing was read")
                until(lambda: len(workers(jpt)) == 2, "not both were shown")
                stopped = made.workers[0]
                stopped.send_signal(signal.SIGSTOP)
                until(lambda: len(workers(jpt)) == 1, "it was not given up")
                until(lambda: jobs(made.rows()) == jobs(rows), "not all was read")
                stopped.send_signal(signal.SIGCONT)
                until(lambda: len(workers(jpt)) == 2, "it did not join again")
            finally:
                watch.terminate()
                watch.communicate(timeout=30)
        posts = [count for path, count in made.asked().items() if "/jobs/" in path]
        assert len(posts) == 24
        assert max(posts) <= 2
    assert attempts(made.rows()) == attempts(rows) == {"1)"}


def test_a_killed_coordinator_loses_nothing_and_the_workers_wait_for_the_next(jpt: Jpt, alone: Jpt) -> None:
    with career_sites(24, latency_ms=100) as served:
        rows = by_one_process(alone, served)
        with party(jpt, served, workers=2, tls=True) as made:
            run = made.coordinator()
            until(lambda: sum(made.asked().values()) >= 8, "nothing was read")
            run.kill()
            run.communicate()
            made.wait(made.coordinator())
            assert [one.communicate()[1] for one in made.workers if one.poll() is not None] == []

        posts = [count for path, count in made.asked().items() if "/jobs/" in path]
        assert len(posts) == 24
        assert max(posts) <= 2
    # What a second run has seen again is counted; all else is the same.
    assert jobs(made.rows()) == jobs(rows)
    assert attempts(made.rows()) == {"1)"}


def test_a_worker_of_another_version_ends_with_a_sentence(jpt: Jpt) -> None:
    with career_sites(3) as served, party(jpt, served) as made:
        code = (
            "import sys, jpt; jpt.__version__ = '0.0.1'\n"
            f"sys.argv[1:] = ['worker', {made.address!r}]\n"
            "from jpt.cli import main; main()"
        )
        run = made.coordinator()
        old = subprocess_of(jpt, code)
        out, err = old.communicate(timeout=60)
        made.wait(run)

    assert old.returncode == 77, out + err
    assert "0.0.1" in err


def test_status_shows_the_workers_of_a_watch(jpt: Jpt) -> None:
    with career_sites(3) as served, party(jpt, served, workers=1) as made:
        watch = made.start("watch", "--log-json", "--cluster", made.address, JPT_EVERY="1h")
        try:
            until(lambda: bool(workers(jpt)), "no worker was shown")
            until(lambda: workers(jpt)[0]["read"] >= 1, "nothing was read")
            (worker,) = workers(jpt)
            assert (worker["name"], worker["pages"]) == ("w1", 2)
            assert "w1: " in jpt("status").out
        finally:
            watch.terminate()
            watch.communicate(timeout=30)


def workers(jpt: Jpt) -> list[dict[str, Any]]:
    told = json.loads(jpt("status", "--json").out)
    return (told["browser"] or {}).get("workers") or []


def subprocess_of(jpt: Jpt, code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code], cwd=jpt.folder, env=jpt.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )  # fmt: skip
