"""One bad line, file or stored row among many: it is named, the others are read, and it is no bug."""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import closing

from tests.cli.test_data import found
from tests.conftest import Jpt

GOOD = {
    "url": "https://a.example/jobs/1",
    "title": "Engineer",
    "text": "Requirements: 3+ years of experience. Apply now.",
}


def test_lines_that_nobody_thought_of_cost_themselves_alone(bare_jpt: Jpt) -> None:
    lines = [
        json.dumps(GOOD),
        "[" * 100_000,
        '{"a":' * 50_000,
        json.dumps({**GOOD, "title": "Eng \ud83d", "text": GOOD["text"] + " \udc00"}),
        json.dumps({**GOOD, "text": "3+ years " * 200_000}),
        json.dumps(GOOD),
    ]
    (bare_jpt.folder / "posts.jsonl").write_text("\n".join(lines) + "\n")

    ended = bare_jpt("extract", "--jsonl", "posts.jsonl", timeout=180)

    rows = [json.loads(line) for line in ended.out.splitlines()]
    assert ended.code == 3, ended.err
    assert len(rows) == len(lines)
    assert [bool(row.get("error")) for row in rows] == [False, True, True, False, False, False]
    assert (rows[0]["min_years"], rows[-1]["min_years"]) == (3, 3)


def test_a_stored_text_that_nobody_thought_of_ends_no_second_reading(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "state").mkdir(mode=0o700)
    db = bare_jpt.folder / "state/snapshots.sqlite3"
    found(db, "Loom Engineer", "Dye Chemist")
    with closing(sqlite3.connect(db)) as raw, raw:
        ids = [row[0] for row in raw.execute("SELECT id FROM job_details ORDER BY id")]
        text = "Requirements: 4+ years of experience \udc00 with looms".encode("utf-8", "surrogatepass")
        raw.execute("INSERT OR REPLACE INTO jpt_post_texts VALUES (?, ?)", [ids[0], zlib.compress(text)])

    ended = bare_jpt("reextract", "--json")

    assert ended.code in {0, 3}, ended.err
    assert "bug" not in ended.err
