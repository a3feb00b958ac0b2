"""Commands in a folder that is not jpt's: they say where they looked, and leave nothing behind."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from jpt.store import Store
from tests.conftest import Jpt
from tests.store.test_store import ACME, job, listed


@pytest.fixture
def lost(bare_jpt: Jpt, tmp_path: Path) -> Jpt:
    """Jpt in an empty folder of a user whose jpt works elsewhere."""
    folder, home = tmp_path / "work/empty", tmp_path / "home"
    folder.mkdir(parents=True)
    home.mkdir()
    env = {name: value for name, value in bare_jpt.env.items() if name != "JPT_HOME"}
    return replace(bare_jpt, folder=folder, env={**env, "HOME": str(home), "XDG_DATA_HOME": str(home / "data")})


@pytest.mark.parametrize(
    "words",
    ["jobs", "why https://a.example/1", "digest", "digest --preview", "hide https://a.example/1", "retry --all",
     "status", "run", "sites pause Acme", "links missing.html"],
)  # fmt: skip
def test_nothing_is_left_behind_where_nothing_is(lost: Jpt, words: str) -> None:
    ended = lost(*words.split())

    assert "Traceback" not in ended.err
    assert list(lost.folder.iterdir()) == []
    assert [path for path in (lost.folder.parents[1] / "home").rglob("*") if path.is_file()] == []


def test_the_folder_that_was_looked_in_and_a_database_above_are_named(lost: Jpt) -> None:
    state = lost.folder.parent / "state"
    state.mkdir()
    with Store.open(state / "snapshots.sqlite3"):
        pass

    listed = lost("jobs")
    sent = lost("digest")

    for ended in (listed, sent):
        assert str(lost.folder / "state/snapshots.sqlite3") in ended.err
        assert str(state / "snapshots.sqlite3") in ended.err
    assert sent.code == 2


def test_the_users_data_folder_serves_every_folder_and_init_makes_this_one_a_home(lost: Jpt) -> None:
    data = lost.folder.parents[1] / "home/data/jpt"
    nowhere = lost("run")
    (data / "inputs").mkdir(parents=True)
    begun = lost("run")
    made = lost("init")
    here = lost("run")

    assert str(lost.folder / "inputs/companies.csv") in nowhere.err
    assert str(data / "inputs/companies.csv") in begun.err
    assert (made.code, (lost.folder / "inputs/companies.csv").is_file()) == (0, True)
    assert str(data) not in here.err


def test_times_are_those_of_the_users_time_zone(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "state").mkdir()
    with Store.open(bare_jpt.folder / "state/snapshots.sqlite3", partial(int, 1_796_068_800_000)) as store:
        store.sites.record(ACME, listed(job(1)), queue=True)

    shown = [bare_jpt("why", job(1).url, JPT_TIMEZONE=zone).out for zone in ("Asia/Tokyo", "America/New_York")]

    assert "2026-12-01 05:00" in shown[0]
    assert "2026-11-30 15:00" in shown[1]
