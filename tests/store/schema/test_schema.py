"""The schema: the contract's tables, files of earlier programs brought up to date, those of later ones refused."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from jpt.errors import InputError
from jpt.store import Store
from tests.store.test_history import lease
from tests.store.test_store import ACME, FINDING, Clock, job, listed, rows


def test_the_five_tables_are_as_the_contract_says(store: Store, path: Path) -> None:
    names = [
        ("snapshots", 6),
        ("current_snapshot", 5),
        ("diff_queue", 12),
        ("job_tasks", 10),
        ("job_details", 12),
    ]

    for name, columns in names:
        assert len(rows(path, f"PRAGMA table_info({name})")) == columns
    indexes = {str(row[0]) for row in rows(path, "SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert indexes >= {
        "idx_snapshots_site_ts", "idx_diff_queue_site_hash", "idx_diff_queue_status_created",
        "idx_job_tasks_site_url", "idx_job_tasks_status_created", "idx_job_details_site_url", "idx_job_details_email",
    }  # fmt: skip


def test_a_file_of_a_newer_program_is_refused(path: Path) -> None:
    with Store.open(path):
        pass
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('jpt', 'm999', 'x')")

    with pytest.raises(InputError, match="newer jpt"), Store.open(path):
        pass


def test_words_that_an_earlier_jpt_kept_become_values(path: Path, clock: Clock) -> None:
    with Store.open(path, clock) as store:
        store.sites.record(ACME, listed(*map(job, range(1, 5))), queue=True)
    with sqlite3.connect(path) as raw:
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm204_ends'")
        raw.execute("DROP TABLE jpt_task_ends")
        raw.execute("CREATE TABLE jpt_lease_sightings (task_id integer PRIMARY KEY)")
        words = ("gone: HTTP 404", f"the same job as {job(4).url}", "not a job post: a story", None)
        for number, reason in enumerate(words, start=1):
            raw.execute(
                "UPDATE job_tasks SET status = 'DONE', last_error = ? WHERE url = ?", [reason, job(number).url]
            )
    raw.close()

    with Store.open(path, clock):
        assert rows(path, "SELECT ending, same_url FROM jpt_task_ends ORDER BY task_id") == [
            ("gone", None),
            ("same", job(4).url),
            ("no_job", None),
        ]


def test_an_address_that_an_earlier_jpt_kept_within_a_reason_goes(path: Path, clock: Clock) -> None:
    with Store.open(path, clock) as store:
        store.sites.record(ACME, listed(job(1), job(2)), queue=True)
        store.jobs.finish(lease(store), replace(FINDING, unread=f"{job(1).url} crashes the browser."))
        store.queue.retry_later(lease(store), f"{job(2).url} cannot be opened: the server sent nothing.")
        store.sites.fail(ACME, "error", f"{ACME.url} was not read: the browser ended.")
    with sqlite3.connect(path) as raw:
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm205_reasons'")
    raw.close()

    with Store.open(path, clock) as store:
        assert {one.reason for one in store.queue.unread()} == {
            "it crashes the browser",
            "the server sent nothing",
        }
        state = store.sites.state(ACME)
        assert state is not None
        assert state.reason == "the browser ended"
        assert rows(path, "SELECT reason FROM jpt_reads WHERE status = 'error'") == [("the browser ended",)]
