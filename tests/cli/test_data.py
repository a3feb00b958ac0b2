"""The commands on the database: what they leave, and what they say."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import stat
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jpt.cli.app import app
from jpt.errors import CannotCreate, InputError, JptError, Locked, StoreError, UsageError
from jpt.models.jobs import Finding
from jpt.store import Store
from jpt.store.backup import back_up, backups, folder_of
from tests import stored
from tests.store.test_queue import other_holder
from tests.store.test_store import ACME, FINDING, Clock, job, listed, rows

Call = Callable[..., Any]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jpt.sqlite3"


@pytest.fixture
def call(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call a command on the test's database; gives what it printed on stdout."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith(("JPT_", "PPT_")):
            monkeypatch.delenv(name)

    def run(*words: str | Path) -> Any:
        done = CliRunner().invoke(app, [*map(str, words), "--db", str(path)])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def found(path: Path, *titles: str) -> None:
    """Store a job of each title."""
    with Store.open(path) as store, store.worker() as name:
        store.sites.record(ACME, listed(*(job(number) for number in range(len(titles)))), queue=True)
        for title in titles:
            waiting = store.queue.due("Acme")
            assert waiting is not None
            task = store.queue.lease(waiting, name)
            assert task is not None
            store.jobs.finish(task, replace(FINDING, title=title))


# Backups


def test_a_backup_is_whole_private_and_the_latest_are_kept(
    call: Call, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(path, "Engineer")
    monkeypatch.setenv("JPT_BACKUPS", "2")
    with Store.open(path) as store:  # its log is not folded yet
        store.sites.record(ACME, listed(job(0), job(7)), queue=True)
        made = [json.loads(call("backup", "--json"))["path"] for _ in range(3)]

    assert [str(kept) for kept in backups(path)] == [made[2], made[1]]
    assert stat.S_IMODE(Path(made[2]).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder_of(path).stat().st_mode) == 0o700
    assert rows(Path(made[2]), "SELECT count(*) FROM job_tasks") == [(2,)]


def test_a_backup_is_restored_and_what_was_there_stays_beside_it(call: Call, path: Path) -> None:
    found(path, "Engineer")
    kept = back_up(path, 3).path
    holds = sqlite3.connect(path)  # a killed process leaves its log
    holds.execute("DELETE FROM job_details")
    holds.commit()
    Path(f"{path}-wal").write_bytes(Path(f"{path}-wal").read_bytes())

    answer = json.loads(call("backup", "--restore", kept, "--yes", "--json"))

    holds.close()
    assert rows(path, "SELECT job_title FROM job_details") == [("Engineer",)]
    assert rows(Path(answer["before"]), "SELECT count(*) FROM job_details") == [(0,)]
    with Store.open(path) as store:
        assert store.problems(at_rest=True) == []


def test_nothing_unsound_and_nothing_in_use_is_restored(call: Call, path: Path, tmp_path: Path) -> None:
    found(path, "Engineer")
    kept = back_up(path, 3).path
    (tmp_path / "junk").write_bytes(b"company,url\n" * 500)
    cut = tmp_path / "cut.sqlite3"
    cut.write_bytes(kept.read_bytes()[:20_000])

    for source, error in ((tmp_path / "junk", InputError), (cut, InputError), (tmp_path / "none", InputError)):
        with pytest.raises(error, match=source.name):
            call("backup", "--restore", source, "--yes")
    with Store.open(path) as store, store.worker(), pytest.raises(Locked, match=f"process {os.getpid()}"):
        call("backup", "--restore", kept, "--yes")
    with pytest.raises(UsageError, match="--yes"):
        call("backup", "--restore", kept)
    assert rows(path, "SELECT count(*) FROM job_details") == [(1,)]


def test_there_must_be_something_to_back_up(call: Call) -> None:
    with pytest.raises(StoreError, match="nothing to back up"):
        call("backup")


# Export

HOSTILE = ['=HYPERLINK("http://evil")', "+1", "-1", "@SUM(A1)", "\t=x", "＝1", 'Fine; "quoted", ünïcode']


def test_no_cell_of_a_csv_is_a_formula(call: Call, path: Path) -> None:
    found(path, *HOSTILE)

    table = list(csv.DictReader(io.StringIO(call("export", "csv"))))

    assert {row["title"] for row in table} == {*(f"'{text.strip()}" for text in HOSTILE[:6]), HOSTILE[6]}
    assert {row["years"] for row in table} == {"2"}


def test_no_cell_of_a_spreadsheet_is_a_formula(call: Call, path: Path, tmp_path: Path) -> None:
    found(path, *HOSTILE)

    call("export", "xlsx", "-o", tmp_path / "out.xlsx")

    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        texts = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "=HYPERLINK(" in texts


def test_an_export_has_the_filters_of_the_list(call: Call, path: Path) -> None:
    found(path, "Engineer")
    with Store.open(path, Clock()) as store, store.worker() as name:
        other = replace(ACME, name="Other", url="https://other.example/jobs")
        store.sites.record(other, listed(job(9)), queue=True)
        waiting = store.queue.due("Other")
        assert waiting is not None
        task = store.queue.lease(waiting, name)
        assert task is not None
        years = replace(FINDING.experience, min_years=8)
        store.jobs.finish(task, Finding("Chief", years, exclude_reason="min_years_gte_4"))

    def titles(*words: str) -> list[str]:
        return [row["job_title"] for row in json.loads(call("export", "json", *words))]

    assert titles() == ["Engineer"]
    assert titles("--all") == ["Engineer", "Chief"]
    assert titles("--all", "--since", "7d") == ["Engineer"]
    assert titles("--all", "--site", "other") == ["Chief"]
    with pytest.raises(CannotCreate, match="--output"):
        call("export", "csv", "-o", path.parent / "none" / "x.csv")


# Clearing


def test_clearing_diffs_never_drops_pending_news(call: Call, path: Path) -> None:
    found(path, "Engineer")
    with sqlite3.connect(path) as raw:
        raw.execute("""INSERT INTO diff_queue (site, created_ts_ms, diff_hash, added_urls_json)
                       VALUES ('Acme', 1, 'x', '["https://acme.example/jobs/8"]')""")

    answer = json.loads(call("clear", "diff-queue", "--yes", "--json"))

    assert (answer["removed"], answer["kept"]) == (1, 1)
    assert rows(path, "SELECT status FROM diff_queue") == [("PENDING",)]
    assert rows(Path(answer["backup"]), "SELECT count(*) FROM diff_queue") == [(2,)]


def test_cleared_jobs_are_backed_up_and_never_news_again(call: Call, path: Path) -> None:
    found(path, "Engineer", "Cook")

    with pytest.raises(UsageError, match="2 of them"):
        call("clear", "job-details")
    answer = json.loads(call("clear", "job-details", "--yes", "--json"))

    assert (answer["removed"], answer["untold"]) == (2, 2)
    assert rows(Path(answer["backup"]), "SELECT count(*) FROM job_details") == [(2,)]
    assert rows(path, "SELECT count(*) FROM job_details") == [(0,)]
    with Store.open(path) as store:
        assert store.sites.record(ACME, listed(job(0), job(1)), queue=True).queued == 0


def test_nothing_is_cleared_while_a_run_holds_the_database(call: Call, path: Path) -> None:
    found(path, "Engineer")

    with Store.open(path) as store, store.hold("jpt run"), pytest.raises(Locked, match="`jpt run`"):
        call("clear", "job-details", "--yes")
    assert rows(path, "SELECT count(*) FROM job_details") == [(1,)]


@pytest.mark.parametrize(
    "words", [("clear", "job-details", "--yes"), ("clear", "diff-queue", "--yes"), ("vacuum",)]
)
def test_a_command_that_may_wait_for_a_run_does_so_when_it_is_told_to(
    words: tuple[str, ...], call: Call, path: Path
) -> None:
    found(path, "Engineer")
    with other_holder(path) as other:
        with pytest.raises(Locked, match="--wait"):
            call(*words)
        ends = threading.Timer(0.2, other.kill)
        ends.start()
        call(*words, "--wait")
        ends.join()


# Retry, vacuum, import


@pytest.mark.parametrize("words", [("--url", "https://acme.example/jobs/99"), ("--site", "Acne")])
def test_only_what_is_known_can_be_tried_again(words: tuple[str, str], call: Call, path: Path) -> None:
    found(path, "Engineer")

    with pytest.raises(UsageError, match=words[1]):
        call("retry", *words)


def test_a_post_that_was_given_up_waits_again(call: Call, path: Path) -> None:
    with Store.open(path) as store, store.worker() as name:
        store.sites.record(ACME, listed(job(1)), queue=True)
        waiting = store.queue.due("Acme")
        assert waiting is not None
        task = store.queue.lease(waiting, name)
        assert task is not None
        store.queue.fail(task, "HTTP 500")

    with pytest.raises(UsageError, match="--all"):
        call("retry")
    assert json.loads(call("retry", "--all", "--json")) == {"revived": 1}
    assert json.loads(call("retry", "--site", "acme", "--json"))["revived"] == 0


def test_vacuum_gives_space_back(call: Call, path: Path) -> None:
    found(path, "Engineer")
    with sqlite3.connect(path) as raw:
        raw.executemany(
            "INSERT INTO snapshots VALUES (?, 'A', 'u', 1, 'h', ?)", [(n, "x" * 9_000) for n in range(9, 99)]
        )

    answer = json.loads(call("vacuum", "--json"))

    assert answer["thinned"] == 89
    assert answer["bytes_after"] < answer["bytes_before"] / 3


OLD = """
    CREATE TABLE current_snapshot (site text primary key, url text not null, ts_ms integer not null,
      snapshot_hash text not null, links_json text not null);
    CREATE TABLE diff_queue (id integer primary key autoincrement, site text not null, created_ts_ms integer
      not null, diff_hash text not null, added_urls_json text not null, status text not null default 'PENDING',
      attempts integer not null default 0, last_error text);
    CREATE TABLE job_tasks (id integer primary key autoincrement, site text not null, url text not null,
      status text not null default 'PENDING', created_ts_ms integer not null, updated_ts_ms integer not null,
      owner text, attempts integer not null default 0, last_error text, backoff_until_ms integer);
    CREATE TABLE job_details (id integer primary key autoincrement, site text not null, url text not null,
      job_title text, min_years integer not null default 0, include_job integer not null default 1,
      exclude_reason text, raw_json text, created_ts_ms integer not null, updated_ts_ms integer not null,
      emailed_ts_ms integer, digest_id text);
    INSERT INTO current_snapshot VALUES ('Acme', 'https://acme.example/careers', 1, 'h',
      '["https://acme.example/jobs/1", "https://acme.example/jobs/2"]');
    INSERT INTO job_details (site, url, job_title, created_ts_ms, updated_ts_ms, emailed_ts_ms, digest_id)
      VALUES ('Acme', 'https://acme.example/jobs/1', 'Old', 1, 1, 5, 'd');
    INSERT INTO job_tasks (site, url, status, created_ts_ms, updated_ts_ms, attempts) VALUES
      ('Acme', 'https://acme.example/jobs/1', 'DONE', 1, 1, 1), ('Acme', 'https://acme.example/jobs/2', 'FAILED', 1, 1, 2);
"""


@pytest.mark.parametrize("in_place", [False, True])
def test_a_database_of_the_old_system_is_taken_over_with_all_that_it_knows(
    call: Call, path: Path, tmp_path: Path, in_place: bool
) -> None:
    old = path if in_place else tmp_path / "old.sqlite3"
    with sqlite3.connect(old) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.executescript(OLD)
        before = old.stat().st_size

        answer = json.loads(call("import", old, "--json"))

    assert answer["waiting"] == 1
    assert in_place or old.stat().st_size == before
    assert rows(path, "SELECT emailed_ts_ms, digest_id FROM job_details") == [(5, "d")]
    with Store.open(path) as store:
        assert store.sites.record(ACME, listed(job(1), job(2)), queue=True).queued == 0
    if not in_place:
        with pytest.raises(InputError, match="already holds data"):
            call("import", old)


def test_what_is_no_database_of_jpt_is_not_taken_over(call: Call, tmp_path: Path, path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.sqlite3") as raw:
        raw.execute("CREATE TABLE recipes (id)")

    for name in ("other.sqlite3", "none.sqlite3"):
        with pytest.raises(JptError, match=name):
            call("import", tmp_path / name)
    assert not path.exists()


# Retention


def test_old_snapshots_thin_to_the_last_of_each_week(path: Path) -> None:
    day = 24 * 3600 * 1000
    clock = Clock(day * 7 * 2_900)
    with Store.open(path, clock) as store:
        for number in range(70):
            store.sites.record(ACME, listed(job(number)), queue=False)
            clock.now += day
        removed = store.maintenance.thin(keep_days=14)

        kept = [row["ts_ms"] for row in stored.rows(path, "SELECT ts_ms FROM snapshots ORDER BY id")]

    assert removed == 70 - len(kept)
    ages = [(clock.now - ts_ms) // day for ts_ms in kept]
    assert ages[-14:] == list(range(14, 0, -1))
    assert ages[:-14] == list(range(64, 14, -7))


def test_a_clock_that_jumps_thins_nothing(path: Path) -> None:
    day = 24 * 3600 * 1000
    clock = Clock()
    with Store.open(path, clock) as store:
        for number in range(5):
            store.sites.record(ACME, listed(job(number)), queue=False)
            clock.now += 1_000
        assert store.maintenance.daily(1) == 0
        clock.now += 3_650 * day

        assert store.maintenance.daily(1) == 0
        clock.now += day
        assert store.maintenance.daily(1) == 4
