"""Killed, or out of disk, at every write: what is in the file then, and after the next normal run."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from jpt.store import Store, leases
from tests.career_sites import CareerSites, Site
from tests.career_sites.adverts import adverts
from tests.conftest import Jpt
from tests.crashes import story
from tests.crashes.strace import needs_strace, strike

pytestmark = needs_strace

STORY = [sys.executable, "-m", "tests.crashes.story"]
HERE = Path(__file__).parents[2]


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as raw:
        return raw.execute(sql).fetchall()


def told_in_full(path: Path) -> None:
    """Live the story to its end, and look at all of it."""
    done = subprocess.run([*STORY, str(path)], cwd=HERE, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    with Store.open(path) as store:
        assert store.problems(at_rest=True) == []
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    stored = [row[0] for row in rows(path, "SELECT url FROM job_details ORDER BY url")]
    assert stored == [story.url(number) for number in sorted(story.STORED)]
    assert rows(path, "SELECT count(*) FROM job_tasks WHERE status NOT IN ('DONE', 'FAILED')") == [(0,)]
    assert rows(path, "SELECT url FROM job_tasks WHERE site = 'Kelp'") == []
    assert list(leases.folder_of(path).iterdir()) == []


def sweep(folder: Path, at: str, how: str, start: int, step: int, *, onward: bool = False) -> list[int]:
    """Strike at the *start*-th call, then *step* further each time, until the story ends before; gives the points."""
    points: list[int] = []
    while True:
        path = folder / f"{at}-{start}.sqlite3"
        ended = strike([*STORY, path], path, at=at, nth=start, how=how, onward=onward, cwd=HERE)
        if not ended.fired:
            assert ended.code == 0, ended.err
            return points
        if "error" in how:
            assert ended.code in {0, 74}, ended.err
            assert "Traceback" not in ended.err
            assert ended.code == 0 or str(path) in ended.err
        else:
            assert ended.killed
        told_in_full(path)
        points.append(start)
        start += step


@pytest.mark.slow
def test_killed_at_some_writes_the_next_run_makes_all_good(tmp_path: Path) -> None:
    assert len(sweep(tmp_path, "pwrite64", "signal=KILL", 60, 150)) >= 2


@pytest.mark.slow
def test_a_full_or_failing_disk_at_some_writes_is_said_and_loses_nothing(tmp_path: Path) -> None:
    assert len(sweep(tmp_path, "pwrite64", "error=ENOSPC", 61, 250)) >= 1
    assert len(sweep(tmp_path, "fdatasync", "error=EIO", 8, 25)) >= 1


@pytest.mark.slow
@pytest.mark.parametrize("offset", range(4))
def test_killed_at_every_write_of_the_store(tmp_path: Path, offset: int) -> None:
    points = sweep(tmp_path, "pwrite64", "signal=KILL", 1 + offset, 4)
    points += sweep(tmp_path, "fdatasync", "signal=KILL", 1 + offset, 4)

    print("killed at", points)
    assert len(points) >= 25


@pytest.mark.slow
@pytest.mark.parametrize(
    ("at", "how", "onward", "step"),
    [
        ("pwrite64", "error=ENOSPC", False, 9),
        ("pwrite64", "error=ENOSPC", True, 17),
        ("pwrite64", "error=EIO", False, 17),
        ("fdatasync", "error=EIO", False, 2),
        ("fdatasync", "error=EIO", True, 7),
    ],
)
def test_a_full_or_failing_disk_at_every_stage(tmp_path: Path, at: str, how: str, onward: bool, step: int) -> None:
    points = sweep(tmp_path, at, how, 1, step, onward=onward)

    print(at, how, "at", points)
    assert len(points) >= 5


# The commands themselves


def start(jpt: Jpt, career_sites: CareerSites) -> Path:
    (jpt.folder / "inputs").mkdir(exist_ok=True)
    career_sites.companies_csv(jpt.folder / "inputs/companies.csv")
    return jpt.folder / "state/snapshots.sqlite3"


def afresh(jpt: Jpt, kept: Path | None) -> None:
    """Give the folder its state again: that of *kept*, or none but the browser's proof."""
    state, proof = jpt.folder / "state", (jpt.folder / "state/browser.json").read_bytes()
    shutil.rmtree(state)
    if kept is not None:
        shutil.copytree(kept, state)
    state.mkdir(mode=0o700, exist_ok=True)
    (state / "browser.json").write_bytes(proof)


def all_good(jpt: Jpt, career_sites: CareerSites, command: str, temp: Path, jobs: int) -> None:
    after = jpt(command, "--json", TMPDIR=str(temp))
    assert after.code == 0, after.err
    path = jpt.folder / "state/snapshots.sqlite3"
    with Store.open(path) as store:
        assert store.problems(at_rest=True) == []
    assert rows(path, "SELECT count(*), count(DISTINCT url) FROM job_details") == [(jobs, jobs)]
    assert rows(path, "SELECT status, count(*) FROM job_tasks GROUP BY status") == [("DONE", jobs)]
    if command == "work":  # with nothing to do it starts no browser, and sweeps up after none
        assert jpt("run", "--json", TMPDIR=str(temp)).code == 0
    assert list(temp.iterdir()) == []
    assert subprocess.run(["pgrep", "-f", f"{temp}/"], capture_output=True, check=False).returncode == 1


@pytest.mark.slow
@pytest.mark.parametrize("command", ["run", "work"])
@pytest.mark.parametrize(("at", "first", "step"), [("fdatasync", 1, 1), ("pwrite64", 3, 7)])
def test_a_command_killed_at_every_boundary_goes_on(
    jpt: Jpt, command: str, at: str, first: int, step: int
) -> None:
    temp = jpt.folder / "temp"
    temp.mkdir()
    kept = None
    points = []
    with CareerSites([Site("Tern", "static", adverts(3))]) as career_sites:
        path = start(jpt, career_sites)
        if command == "work":
            assert jpt("run", "--limit", "1").code == 0
            kept = shutil.copytree(jpt.folder / "state", jpt.folder / "kept")
        while True:
            afresh(jpt, kept)
            ended = strike(
                [sys.executable, "-m", "jpt", command, "--json"], path,
                at=at, nth=first, how="signal=KILL", cwd=jpt.folder, env={**jpt.env, "TMPDIR": str(temp)},
            )  # fmt: skip
            if not ended.killed:
                assert ended.code == 0, ended.err
                break
            all_good(jpt, career_sites, command, temp, jobs=3)
            points.append(first)
            first += step

    print(command, "killed at", at, points)
    assert len(points) >= 3


@pytest.mark.slow
@pytest.mark.parametrize(("at", "how", "nth"), [("pwrite64", "error=ENOSPC", 20), ("fdatasync", "error=EIO", 2)])
def test_a_run_on_a_disk_that_fails_says_so_and_the_next_one_goes_on(
    jpt: Jpt, at: str, how: str, nth: int
) -> None:
    temp = jpt.folder / "temp"
    temp.mkdir()
    with CareerSites([Site("Tern", "static", adverts(3))]) as career_sites:
        path = start(jpt, career_sites)
        assert jpt("seed", "--json").code == 0
        career_sites.add_job("Tern", *adverts(6)[3:])
        ended = strike(
            [sys.executable, "-m", "jpt", "run", "--json"], path,
            at=at, nth=nth, how=how, onward=True, cwd=jpt.folder, env={**jpt.env, "TMPDIR": str(temp)},
        )  # fmt: skip
        assert ended.fired and ended.code == 74, ended.err
        assert "Traceback" not in ended.err
        assert "snapshots.sqlite3" in ended.err
        all_good(jpt, career_sites, "run", temp, jobs=3)
