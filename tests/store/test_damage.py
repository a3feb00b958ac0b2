"""Files that are damaged, foreign, older or newer than they should be, on disks that do not let us."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest
from filelock import FileLock

from jpt.errors import StoreError
from jpt.store import Store, checkpoint
from jpt.store.backup import back_up
from tests.cli.test_data import OLD
from tests.conftest import Jpt
from tests.store.test_store import ACME, job, listed, opened_at_once, rows
from tests.stored import stored_jobs


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with some data, closed."""
    made = tmp_path / "jpt.sqlite3"
    with Store.open(made) as store:
        store.sites.record(ACME, listed(*(job(number) for number in range(200))), queue=True)
    return made


def use(path: Path) -> None:
    with Store.open(path) as store:
        assert store.problems() == []
        store.sites.record(ACME, listed(job(1)), queue=True)


def test_a_file_that_was_cut_short_is_refused_and_left_alone(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(StoreError, match=r"damaged: [\d,]+ bytes are missing.*jpt db restore"):
        use(path)
    assert path.read_bytes() == whole[: len(whole) // 2]


def test_a_damaged_page_is_said_with_what_to_do(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    for page in range(1, len(whole) // 4096):
        whole[page * 4096 : page * 4096 + 100] = os.urandom(100)
    path.write_bytes(whole)

    with pytest.raises(StoreError, match=r"damaged.*jpt db restore"):
        use(path)
    assert path.read_bytes()[4096:] == bytes(whole[4096:])


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    (tmp_path / "empty.sqlite3").touch()

    use(tmp_path / "empty.sqlite3")


def test_a_log_of_another_database_is_not_played_in(path: Path, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "other.sqlite3")
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE recipes (id)")
    shutil.copy(tmp_path / "other.sqlite3-wal", f"{path}-stray")
    other.close()
    kept = back_up(path, 1).path

    # A restore takes what lies beside the old file away with it.
    shutil.copy(f"{path}-stray", f"{path}-wal")
    from jpt.store.backup import restore

    restore(kept, path)

    use(path)
    assert rows(path, "SELECT name FROM sqlite_master WHERE name = 'recipes'") == []


def test_columns_and_indexes_more_or_less_do_not_matter(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("ALTER TABLE job_details ADD COLUMN note text")
        raw.execute("DROP INDEX idx_snapshots_site_ts")

    use(path)


OLD_STATEMENTS = """
    INSERT OR IGNORE INTO job_tasks(site,url,status,created_ts_ms,updated_ts_ms) VALUES('Acme','u','PENDING',1,1);
    INSERT OR IGNORE INTO diff_queue(site,created_ts_ms,diff_hash,added_urls_json,status,attempts,updated_ts_ms)
      VALUES('Acme',1,'h','["https://acme.example/jobs/900"]','PENDING',0,1);
    UPDATE job_tasks SET status='IN_PROGRESS', owner='host:1', attempts=attempts+1, updated_ts_ms=2 WHERE url='u';
    UPDATE job_tasks SET status='FAILED', last_error='x', backoff_until_ms=3, owner=NULL, updated_ts_ms=2 WHERE url='u';
    INSERT INTO job_details(site,url,job_title,min_years,include_job,raw_json,created_ts_ms,updated_ts_ms)
      VALUES('Acme','u2','Cook',0,1,'{}',1,1)
      ON CONFLICT(site,url) DO UPDATE SET job_title=excluded.job_title;
    UPDATE job_details SET emailed_ts_ms=5, digest_id='d' WHERE url='u2';
    INSERT INTO current_snapshot(site,url,ts_ms,snapshot_hash,links_json) VALUES('New','u',1,'h','[]')
      ON CONFLICT(site) DO UPDATE SET links_json=excluded.links_json;
    INSERT INTO snapshots(site,url,ts_ms,snapshot_hash,links_json) VALUES('New','u',1,'h','[]');
"""


def test_the_old_systems_statements_read_and_write_our_file(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.executescript(OLD_STATEMENTS)

    with Store.open(path) as store:
        store.queue.adopt()
        assert store.queue.waiting() == 201
        assert [pending.urls for pending in store.queue.pending_diffs()] == [("https://acme.example/jobs/900",)]
        assert [found.title for found in stored_jobs(store)] == ["Cook"]


WITHOUT_SAY = (
    ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    if hasattr(os, "geteuid") and os.geteuid() == 0
    else []
)
"""What makes root heed permissions as anybody does."""


@pytest.mark.skipif(bool(WITHOUT_SAY) and shutil.which("setpriv") is None, reason="setpriv is not installed")
@pytest.mark.parametrize(("mode", "code"), [pytest.param("file", 74, marks=pytest.mark.fresh), ("folder", 73)])
def test_where_nothing_may_be_written_it_ends_before_a_browser_starts(
    bare_jpt: Jpt, tmp_path: Path, mode: str, code: int
) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    path = folder / "jpt.sqlite3"
    (tmp_path / "companies.csv").write_text("A,https://a.example/jobs\n")
    if mode == "file":
        with Store.open(path):
            pass
        path.chmod(0o400)
    folder.chmod(0o500)

    done = subprocess.run(
        [*WITHOUT_SAY, sys.executable, "-m", "jpt", "run", "--csv", tmp_path / "companies.csv", "--db", path],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={**bare_jpt.env, "JPT_CHROMIUM": "/nowhere"},
    )  # fmt: skip

    folder.chmod(0o700)
    assert done.returncode == code, done.stderr
    assert "jpt.sqlite3" in done.stderr
    assert "Traceback" not in done.stderr


def test_many_processes_may_open_an_old_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    with sqlite3.connect(path) as raw:
        raw.executescript(OLD)

    assert opened_at_once(path, 6) == [""] * 6


def test_an_old_file_that_another_program_is_writing_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.executescript(OLD)
        other.execute("BEGIN IMMEDIATE")
        commit = Timer(0.3, other.execute, ["COMMIT"])
        commit.start()
        with Store.open(path) as store:
            store.sites.record(ACME, listed(job(1)), queue=True)
        commit.join()

    assert ("https://acme.example/jobs/1",) in rows(path, "SELECT url FROM job_tasks")


def test_unchanged_reads_do_not_let_the_file_grow(tmp_path: Path) -> None:
    path = tmp_path / "jpt.sqlite3"
    read = listed(*(job(number) for number in range(50)))
    with Store.open(path) as store:
        for _ in range(5):
            store.sites.record(ACME, read, queue=True)
        before = rows(path, "PRAGMA page_count")
        for _ in range(300):
            store.sites.record(ACME, read, queue=True)

        assert rows(path, "PRAGMA page_count") == before
        assert [reads.reads for reads in store.history.reads()] == [305]


PAGE_BYTES = 4_096


def test_only_one_process_folds_the_log_where_sqlite_has_the_reset_bug(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoint, "has_reset_bug", lambda: True)
    monkeypatch.setattr(checkpoint, "COMMITS", 1)
    monkeypatch.setattr(checkpoint, "CHECKPOINT_BYTES", 1)
    log = path.with_name(path.name + "-wal")
    with Store.open(path) as store, Store.open(path):
        before = path.read_bytes()
        with FileLock(path.with_name(path.name + ".fold")).acquire(timeout=0):
            for start in range(0, 3_000, 300):
                store.sites.record(ACME, listed(*map(job, range(start, start + 300))), queue=True)
            held = log.stat().st_size
            assert held > 1_000 * PAGE_BYTES  # where SQLite folds by itself
            assert path.read_bytes() == before
        store.sites.record(ACME, listed(job(4_000)), queue=True)

        assert path.read_bytes() != before
        for start in range(5_000, 8_000, 300):
            store.sites.record(ACME, listed(*map(job, range(start, start + 300))), queue=True)
        assert log.stat().st_size < 2 * held


def test_a_file_on_a_network_is_named(path: Path) -> None:
    from jpt.store.filesystem import network_of

    mounts = [("/", "ext4"), ("/home/me/share", "nfs4"), ("/home/me/share/local", "ext4")]
    assert network_of(Path("/home/me/share/state/x.sqlite3"), mounts) == "nfs4"
    assert network_of(Path("/home/me/share/local/x.sqlite3"), mounts) is None
    assert network_of(Path("/home/me/shared/x.sqlite3"), mounts) is None
