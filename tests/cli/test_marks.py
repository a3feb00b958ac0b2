"""`jpt hide` and `jpt applied`."""

from __future__ import annotations

import sqlite3

import pytest

from jpt.store import Store
from tests.conftest import Jpt

URL = "https://acme.example/jobs/1"


@pytest.fixture
def with_a_job(bare_jpt: Jpt) -> Jpt:
    path = bare_jpt.folder / "state/snapshots.sqlite3"
    with Store.open(path):
        pass
    with sqlite3.connect(path) as raw:
        raw.execute(
            "INSERT INTO job_details (site, url, job_title, created_ts_ms, updated_ts_ms) VALUES (?, ?, ?, 1, 1)",
            ["Acme", URL, "Engineer"],
        )
    raw.close()
    return bare_jpt


def test_a_hidden_job_is_out_of_the_list_until_that_is_undone(with_a_job: Jpt) -> None:
    jpt = with_a_job

    assert jpt("hide", URL + "?utm_source=mail").code == 0
    assert jpt("jobs", "--json").json == []
    assert [job["mark"] for job in jpt("jobs", "--all", "--json").json] == ["hidden"]

    assert jpt("hide", URL, "--undo").code == 0
    assert [job["mark"] for job in jpt("jobs", "--json").json] == [None]


def test_a_job_that_nobody_knows_is_named_with_the_nearest(with_a_job: Jpt) -> None:
    ended = with_a_job("applied", "https://acme.example/jobs/12")

    assert ended.code == 2
    assert "did you mean" in ended.err
    assert URL in ended.err
