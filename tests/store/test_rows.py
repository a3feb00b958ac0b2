"""Rows that are not ours: a database of the old system, or a damaged one, may hold anything in any column."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from jpt.cli.app import app
from jpt.store import Store
from jpt.store.rows import stored_job, tidy, unpacked
from tests.store.test_store import ACME, Clock, job, listed

Call = Callable[..., Result]
GOOD = "https://acme.example/jobs/good"
ESCAPE = "\x1b]0;owned\x07\x1b[2J"
RTL = "\u202egpj.exe"
DEEP = "[" * 100_000
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FAR = 10**17

RAW_JSON: list[Any] = [
    '{"rejected": null, "stated": true}',
    '{"rejected": {"years": 3}}',
    '{"rejected": [1, null, {"years": 3}, {"years": "3", "quote": [], "reason": {}}, {"a": 1}]}',
    f'{{"evidence": {DEEP}',
    DEEP,
    '{"evidence": 7, "confidence": ["high"], "source": {}, "doubt": [1], "stated": "perhaps"}',
    '{"location": {"a": [1]}, "salary": {"min": NaN, "max": Infinity}, "posted": 1e400, "company": ["x"]}',
    '{"location": ["Oslo", 7, "Bergen"], "unread": {"why": 1}, "months_of_experience": "12"}',
    '{"a": ' + "9" * 5_000 + "}",
    json.dumps({"evidence": f"5 years {ESCAPE}", "location": RTL, "unread": ESCAPE}),
    "null",
    "no json",
    b"\xff\xfe",
    17,
]
COLUMNS: list[dict[str, Any]] = [
    {"min_years": "many"},
    {"min_years": 2.5},
    {"min_years": -3},
    {"min_years": 10**15},
    {"min_years": b"\x01"},
    {"created_ts_ms": FAR},
    {"created_ts_ms": -FAR},
    {"created_ts_ms": "yesterday"},
    {"created_ts_ms": 253_402_300_799_000, "updated_ts_ms": 253_402_300_799_000},
    {"emailed_ts_ms": "no", "digest_id": b"\xff", "updated_ts_ms": "x"},
    {"job_title": f"Engineer {ESCAPE}"},
    {"job_title": RTL},
    {"job_title": b"\xff\xfeE"},
    {"job_title": 12},
    {"job_title": None},
    {"job_title": "x" * 1_000_000},
    {"url": f"https://acme.example/{ESCAPE}"},
    {"url": f"https://acme.example/{RTL}"},
    {"url": b"https://acme.example/\xff"},
    {"url": "javascript:alert(1)"},
    {"url": "https://[::1/"},
    {"url": "https://acme.example/" + "9" * 1_000_000},
    {"site": f"Acme {ESCAPE}"},
    {"site": b"Acme\xff"},
    {"include_job": "perhaps", "exclude_reason": f"min_years_gte_4{ESCAPE}"},
]


def damaged(path: Path) -> int:
    """Make a database that holds a good job and many rows that are none; gives how many."""
    with Store.open(path, Clock()) as store:
        store.sites.record(ACME, listed(job(1), job(2)), queue=True)
    plain = {"site": "Acme", "job_title": "Engineer", "min_years": 2, "include_job": 1, "raw_json": "{}",
             "created_ts_ms": 1_790_000_000_000, "updated_ts_ms": 1_790_000_000_000, "emailed_ts_ms": None,
             "digest_id": None, "exclude_reason": None}  # fmt: skip
    bad: list[dict[str, Any]] = [{"raw_json": text} for text in RAW_JSON] + COLUMNS
    with sqlite3.connect(path) as raw:
        for number, changed in enumerate([{"url": GOOD}, *bad]):
            row = {**plain, "url": f"https://acme.example/jobs/bad-{number}", **changed}
            raw.execute(
                f"INSERT INTO job_details ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
                list(row.values()),
            )
        raw.execute("INSERT INTO job_details (site, url, job_title, raw_json, created_ts_ms, updated_ts_ms)"
                    " VALUES ('Acme', CAST(x'68747470733a2f2fff' AS TEXT), CAST(x'45ff' AS TEXT), '{}', 1, 1)")  # fmt: skip
        raw.execute("INSERT INTO jpt_post_texts SELECT id, x'00ff' FROM job_details WHERE id % 2")
        raw.execute("UPDATE job_tasks SET status = 'FAILED', last_error = ?", [f"gone {ESCAPE}{RTL}"])
        raw.execute("INSERT INTO job_tasks (site, url, status, last_error, created_ts_ms, updated_ts_ms, attempts)"
                    " VALUES (x'ff', x'ff', 'FAILED', x'ff', 'a', 'b', 'c')")  # fmt: skip
        raw.execute("UPDATE jpt_links SET text = ?, why = ?, score = 'x', first_seen_ts_ms = 'y'", [ESCAPE, RTL])
        raw.execute("INSERT INTO jpt_pages (site, page_key, url, status, reason, read_ts_ms, good_ts_ms, links_json,"
                    " suspect_jobs_json, links, failing_since_ts_ms, failures, method)"
                    " VALUES (?, 'x', ?, 'odd', ?, ?, ?, ?, ?, 'n', ?, 'm', x'ff')",
                    [f"Bad {RTL}", f"https://bad.example/{ESCAPE}", ESCAPE, FAR, FAR, DEEP, DEEP, FAR])  # fmt: skip
        raw.execute("UPDATE current_snapshot SET links_json = ?", [DEEP])
        raw.execute("INSERT INTO diff_queue (site, created_ts_ms, diff_hash, added_urls_json, status)"
                    " VALUES ('Acme', 1, 'h', ?, 'DONE')", [DEEP])  # fmt: skip
        raw.execute("UPDATE jpt_job_events SET detail_json = ?, ts_ms = 'x'", [DEEP])
        raw.execute(
            "INSERT INTO jpt_runs (command, owner, begun_ts_ms, report_json) VALUES (?, 1, 'x', '{')", [RTL]
        )
        raw.execute("INSERT INTO jpt_marks (url_key, url, mark, ts_ms) VALUES ('k', ?, 'odd', 'x')", [ESCAPE])
    raw.close()
    return len(bad) + 1


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Call a command on a damaged database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("jpt.cli.digest.open_file", lambda _: False)
    for name in os.environ:
        if name.startswith(("JPT_", "PPT_", "SMTP_", "EMAIL")):
            monkeypatch.delenv(name)
    path = tmp_path / "jpt.sqlite3"
    damaged(path)

    def run(*words: str) -> Result:
        done = CliRunner().invoke(app, [*words, "--db", str(path)])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert not HARMFUL.search(done.output.replace("\n", " ").replace("\r", " ").replace("\t", " "))
        return done

    return run


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("jobs", 0),
        ("jobs --all", 0),
        ("jobs --all --urls", 0),
        ("jobs --failed", 0),
        ("jobs --failed --json", 0),
        ("sites", 0),
        ("sites --json", 0),
        (f"why {GOOD}", 0),
        ("why https://acme.example/jobs/bad-1", 0),
        ("why https://acme.example/jobs/bad-3 --json", 0),
        ("why https://acme.example/jobs/1", 0),
        ("feed --out -", 0),
        ("digest", 0),
        ("digest --dry-run", 0),
        ("digest --preview", 0),
        ("digest --list", 0),
        ("reextract", 0),
        ("reextract --json", 0),
        ("export json --all", 0),
    ],
)
def test_no_row_ends_a_listing_or_reaches_the_terminal_raw(call: Call, words: str, code: int) -> None:
    assert call(*words.split()).exit_code == code


def test_a_bad_row_is_shown_as_such_beside_the_good_ones(call: Call) -> None:
    found = json.loads(call("jobs", "--all", "--json").stdout)
    shown = json.loads(call("jobs", "--json").stdout)
    table = list(csv.DictReader(io.StringIO(call("export", "csv", "--all").stdout)))

    assert len(found) == len(table) == len(RAW_JSON) + len(COLUMNS) + 2
    good = next(one for one in found if one["url"] == GOOD)
    assert good["unread"] is None and good["min_years"] == 2
    damaged_rows = [one for one in found if "damaged" in (one["unread"] or "")]
    assert {"min_years", "raw_json", "created_ts_ms", "site", "url"} <= {
        name for one in damaged_rows for name in re.findall(r"\w+", one["unread"].partition("(")[2])
    }
    assert all(one["confidence"] == "low" and not one["stated"] for one in damaged_rows)
    assert len(shown) == len(found)
    assert any("many" not in row["why_not"] and "damaged" in row["not_read_because"] for row in table)


def test_the_doctor_counts_rows_that_are_damaged(tmp_path: Path) -> None:
    path = tmp_path / "jpt.sqlite3"
    damaged(path)

    with Store.open(path) as store:
        found = [problem for problem in store.problems() if "damaged" in problem]

    assert found and not HARMFUL.search("".join(found))


def test_the_digest_tells_the_good_job_and_what_could_not_be_read(call: Call) -> None:
    told = json.loads(call("digest", "--dry-run", "--json").stdout)[0]

    assert GOOD in {one["url"] for one in told["new"]}
    assert told["unread"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
names = st.sampled_from(["stated", "evidence", "confidence", "source", "rejected", "doubt", "unread", "location"])
cells = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats() | st.text() | st.binary()


@given(st.fixed_dictionaries(dict.fromkeys(("site", "url", "job_title", "min_years", "include_job", "exclude_reason", "created_ts_ms"), cells)),
       cells | st.dictionaries(names, json_values).map(json.dumps))  # fmt: skip
def test_any_row_can_be_read(row: dict[str, Any], raw_json: Any) -> None:
    read = stored_job({**row, "id": 1, "raw_json": raw_json})  # type: ignore[arg-type]

    assert read.experience.min_years >= 0
    assert not HARMFUL.search(read.title + read.site + read.url + (read.unread or ""))
    json.dumps(read.facts, allow_nan=False)


def test_what_is_kept_of_a_value_is_bounded() -> None:
    nested: Any = "x"
    for _ in range(500):
        nested = {"a": [nested]}

    assert len(json.dumps(tidy(nested))) < 100
    assert len(tidy([1] * 10_000)) < 1_000
    assert len(tidy("x" * 10_000_000)) < 10_000
    assert len(unpacked(zlib.compress(b"x" * 50_000_000))) < 10_000_000
    assert unpacked(b"no zlib") == unpacked("text") == unpacked(None) == ""
