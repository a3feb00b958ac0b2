"""How long 5,000 due jobs take to become mails on their way, against one mail of 500: `python -m tests.bench.telling`."""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import zlib
from pathlib import Path
from time import perf_counter

from jpt.store import Store
from tests.mailing import DigestSender, Scripted

ROWS = 500
MOST_BYTES = 1_000_000
MOST_TIMES = 20.0
WORDS = "You will build and run the services that our customers rely on every day, and mend them at night. "


def main() -> None:
    """Print the ratio and fail when it is too large."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.telling", description=__doc__)
    parser.add_argument("--jobs", type=int, default=10 * ROWS, help="due jobs; with fewer the time is not judged")
    due = parser.parse_args().jobs
    one, few = seconds_for(due // 10)
    many, mails = seconds_for(due)
    rows, largest = max(jobs for jobs, _ in mails), max(size for _, size in mails)
    print(f"one digest of {few[0][0]} jobs: {one:.2f} s")
    print(f"{due:,} jobs in {len(mails)} digests: {many:.2f} s, {many / one:.1f}x (at most {MOST_TIMES:g}x)")
    print(f"largest: {rows} jobs, {largest:,} bytes (at most {ROWS} and {MOST_BYTES:,})")
    told = sum(jobs for jobs, _ in mails)
    too_slow = many / one >= MOST_TIMES and due >= 10 * ROWS
    if too_slow or rows > ROWS or largest > MOST_BYTES or told != due:
        raise SystemExit(1)


def seconds_for(jobs: int) -> tuple[float, list[tuple[int, int]]]:
    """Deliver so many due jobs; gives the time and, for each mail, its jobs and bytes."""
    with Scripted() as server, tempfile.TemporaryDirectory() as name:
        sender = DigestSender(Path(name), server.port)
        fill(sender, jobs)
        begun = perf_counter()
        outcome = sender.deliver()
        taken = perf_counter() - begun
    return taken, [(one.jobs, len(mail.content)) for one, mail in zip(outcome.sent, server.mails, strict=True)]


def fill(sender: DigestSender, jobs: int) -> None:
    """Store jobs with texts, as runs would."""
    with Store.open(sender.db):
        pass
    with sqlite3.connect(sender.db) as db:
        for number in range(jobs):
            site = f"Company {number % 60}"
            raw = (
                '{"stated": true, "evidence": "At least 2 years of professional experience with distributed systems",'
                f' "confidence": "high", "location": "City {number % 90}", "posted": "2026-11-20"}}'
            )
            (row,) = db.execute(
                """INSERT INTO job_details (site, url, job_title, min_years, raw_json, created_ts_ms, updated_ts_ms)
                   VALUES (?, ?, ?, 2, ?, ?, ?) RETURNING id""",
                [site, f"https://c{number % 60}.example/careers/jobs/{number}-engineer", f"Engineer {number}", raw,
                 1_000 + number, 1_000],
            ).fetchone()  # fmt: skip
            text = zlib.compress((WORDS * 35 + str(number)).encode())
            db.execute("INSERT INTO jpt_post_texts VALUES (?, ?)", [row, text])
    db.close()


if __name__ == "__main__":
    main()
