"""Thousands of jobs, a writer beside, two tabs: every screen answers, and reads wait for nobody."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from jpt.settings import Settings
from jpt.store import Store
from tests.web.conftest import Pages, served
from tests.web.screens.test_screens import SCREENS

TITLES = ("Data Engineer", "Nurse", "Baker", "Junior Cook", "Welder", "Accountant")
JOBS = 6_000


def filled(path: Path, count: int) -> None:
    with Store.open(path) as store:
        now = store.clock()
    facts = [
        json.dumps({"stated": True, "evidence": f"{years} years", "confidence": "high", "location": "Berlin"})
        for years in range(7)
    ]
    rows = (
        (f"Company {n % 200}", f"https://company-{n % 200}.example/jobs/{n}", f"{TITLES[n % 6]} {n}", n % 7,
         facts[n % 7], now - n * 60_000, now)
        for n in range(count)
    )  # fmt: skip
    with closing(sqlite3.connect(path)) as db, db:
        db.executemany(
            "INSERT INTO job_details (site, url, job_title, min_years, raw_json, created_ts_ms, updated_ts_ms)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )


@pytest.mark.slow
def test_all_screens_answer_while_another_program_holds_the_write_lock(
    tmp_path: Path, settings: Callable[..., Settings]
) -> None:
    made = settings(filters=tmp_path / "filters.toml")
    filled(made.db, JOBS)
    answers: dict[str, int] = {}

    def tab(pages: Pages, paths: tuple[str, ...]) -> None:
        for path in paths:
            answers[path] = pages.get(path).code

    with served(made, tmp_path) as pages, closing(sqlite3.connect(made.db, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE job_details SET job_title = 'Changed' WHERE id = 1")
        first = pages.get("/?years=2&sort=years&page=3")
        tabs = [
            threading.Thread(target=tab, args=(pages, some))
            for some in (tuple(SCREENS), ("/?list=all", "/?company=7"))
        ]
        for one in tabs:
            one.start()
        for one in tabs:
            one.join(120)
        writer.execute("COMMIT")
        listed = pages.get("/api/jobs.json?list=all&limit=1").json

    assert first.code == 200 and "Welder" in first.text
    assert set(answers.values()) == {200}
    assert set(answers) >= set(SCREENS)
    assert listed["total"] == JOBS
