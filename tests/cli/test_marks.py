"""`jpt mark`, `jpt hide` and `jpt applied`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from jpt.cli.why import show_why
from jpt.errors import UsageError
from jpt.settings import Settings
from jpt.store import Store
from tests.catalogue.stock import Post, stock
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
    assert jpt("hide", URL).code == 0, "hiding it twice is one change"
    assert jpt("jobs", "--json").json == []
    assert [job["mark"] for job in jpt("jobs", "--all", "--json").json] == ["hidden"]

    assert jpt("hide", URL, "--undo").code == 0
    assert [job["mark"] for job in jpt("jobs", "--json").json] == [None]


def test_a_job_that_nobody_knows_is_named_with_the_nearest(with_a_job: Jpt) -> None:
    ended = with_a_job("applied", "https://acme.example/jobs/12")

    assert ended.code == 2
    assert URL in ended.err


def test_a_stage_a_note_and_a_date_are_kept_shown_and_undone(with_a_job: Jpt) -> None:
    jpt = with_a_job
    (job,) = jpt("jobs", "--json").json

    assert jpt("mark", job["id"], "interview", "--due", "2031-12-04", "--note", "call Ms Weber").code == 0
    assert jpt("jobs", "--json").json == []
    (marked,) = jpt("jobs", "--interview", "--json").json
    assert (marked["stage"], marked["due"], marked["note"]) == ("interview", "2031-12-04", "call Ms Weber")

    assert jpt("mark", "Engineer", "--note", "she called").code == 0
    (noted,) = jpt("jobs", "--interview", "--json").json
    assert (noted["stage"], noted["due"], noted["note"]) == ("interview", "2031-12-04", "she called")

    assert jpt("mark", "--undo").code == 0
    assert jpt("jobs", "--interview", "--json").json == [marked]
    assert jpt("mark", "--undo").code == 0
    assert jpt("jobs", "--json").json == [job]
    assert jpt("mark", "--undo").code == 2


@pytest.mark.parametrize("words", [["interesting"], [], ["applied", "--due", "tomorrow"], ["--due", "+"]], ids=str)
def test_a_mark_that_means_nothing_is_refused_and_changes_nothing(with_a_job: Jpt, words: list[str]) -> None:
    assert with_a_job("mark", URL, *words).code == 2
    assert [job["stage"] for job in with_a_job("jobs", "--all", "--json").json] == [None]


def test_an_interesting_job_stays_in_the_list(with_a_job: Jpt) -> None:
    assert with_a_job("mark", URL, "interested").code == 0

    assert [job["stage"] for job in with_a_job("jobs", "--json").json] == ["interested"]
    assert [job["stage"] for job in with_a_job("jobs", "--interested", "--json").json] == ["interested"]


def test_why_takes_the_id_of_a_job_and_words_of_its_title(
    tmp_path: Path, settings: Callable[..., Settings], capsys: pytest.CaptureFixture[str]
) -> None:
    made, post = settings(db=tmp_path / "jpt.sqlite3"), Post("Data Engineer", 2, "Ulm", number=1)
    stock(made.db, post)

    assert [show_why(words, made, as_json=False) for words in ("a0b", "#a0b", "engineer", post.url)] == [0] * 4
    assert capsys.readouterr().out.count(f"Data Engineer ({post.site})") == 4
    with pytest.raises(UsageError, match="no job that jpt knows"):
        show_why("nobody", made, as_json=False)
