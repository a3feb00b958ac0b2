"""Watch some sites for some minutes under faults, and say whether anything was lost: `python -m tests.soak --minutes 20`."""

from __future__ import annotations

import argparse
import random
import re
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, closing
from pathlib import Path

import psutil

from tests.soak.faults import Faults
from tests.soak.place import PARTS, Gauge, Place, place

QUIET_S = 480.0
"""The end of the soak without new faults and new jobs. In its first half the last faults end, then all must come
right."""
FIRST_S = 600.0
"""Memory is measured after so long."""
SLOPE = 1.0
"""MB a minute that the tree may grow by."""


def main() -> int:
    """Soak and judge; gives 0 when everything holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--sites", type=int, default=200)
    parser.add_argument("--every", default="1m")
    parser.add_argument("--gap", type=float, default=20, help="seconds between two faults")
    parser.add_argument("--kinds", default="", help="only these faults, such as B2,E4")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="a new folder to soak in, kept for a look afterwards")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jpt-soak-")))
        here = stack.enter_context(place(folder, options.sites, dice))
        here.start(options.every)
        gauge = Gauge(here)
        gauge.start()
        faults = _lived(here, Faults(here, dice, options.kinds), dice, options.minutes * 60, options.gap)
        gauge.end()
        here.process.send_signal(signal.SIGTERM)
        assert here.watch is not None
        code = here.watch.wait(60)
        return _judged(here, faults, gauge, code)


def _lived(here: Place, faults: Faults, dice: random.Random, seconds: float, gap_s: float) -> Faults:
    begun = time.monotonic()
    quiet_at, next_fault, next_job = max(seconds * 0.6, seconds - QUIET_S), 60.0, 10.0
    mended_at = (quiet_at + seconds) / 2
    while (now := time.monotonic() - begun) < seconds:
        assert here.watch is not None
        if here.watch.poll() is not None:
            tail = (here.folder / "events.jsonl").read_text(errors="replace")[-6_000:]
            raise SystemExit(f"{tail}\nthe watch ended by itself with {here.watch.returncode}")
        faults.mend(all_now=now >= mended_at)
        if now < quiet_at:
            if now >= next_fault:
                next_fault += gap_s
                fault = faults.next()
                print(
                    f"{now:6.0f} s  {fault.kind}  {fault.what} {fault.site}{' (nothing there)' * fault.missed}",
                    flush=True,
                )
            if now >= next_job:
                next_job += 5
                here.add_job(dice)
        time.sleep(0.5)
    return faults


def _judged(here: Place, faults: Faults, gauge: Gauge, code: int) -> int:
    print()
    failures: list[str] = []

    def judge(words: str, good: bool) -> None:
        print(f"{'ok  ' if good else 'FAIL'}  {words}")
        if not good:
            failures.append(words)

    _jobs(here, judge)
    _health(here, faults, judge)
    _memory(gauge, judge)
    judge(f"exit code {code} after SIGTERM", code == 143)
    left = _left(here)
    judge(f"{len(left)} processes or folders left {left[:3]}", not left)
    return 1 if failures else 0


def _jobs(here: Place, judge: object) -> None:
    assert callable(judge)
    with closing(sqlite3.connect(here.db)) as raw:
        rows = raw.execute("SELECT site, job_title, raw_json FROM job_details").fetchall()
        states = dict(raw.execute("SELECT status, count(*) FROM job_tasks GROUP BY status").fetchall())
        sound = raw.execute("PRAGMA integrity_check").fetchone()[0]
    found = Counter((site, title) for site, title, _ in rows)
    wanted = {(site, title) for site, titles in here.wanted.items() for title in titles}
    lost, doubled = wanted - set(found), [key for key, count in found.items() if count > 1]
    strange = set(found) - wanted
    judge(
        f"{len(wanted)} jobs were shown, {len(wanted - lost)} are stored, {len(lost)} lost {sorted(lost)[:3]}",
        not lost,
    )
    judge(
        f"{len(doubled)} stored twice {doubled[:3]}, {len(strange)} that never were {sorted(strange)[:3]}",
        not doubled and not strange,
    )
    judge(f"tasks: {states}", states.get("FAILED", 0) == 0 and states.get("IN_PROGRESS", 0) == 0)
    judge(f"database: {sound}", sound == "ok")
    mailed = Counter(
        number for text in here.mail.taken for number in re.findall(r" (9\d\d|1\d\d\d)$", text, re.MULTILINE)
    )
    twice = [number for number, count in mailed.items() if count > 1]
    judge(f"{len(here.mail.taken)} digests mailed; {len(twice)} jobs in two of them {twice[:3]}", not twice)
    told = [event["url"] for event in here.events() if event["event"] == "task_done"]
    bugs = [
        event["sentence"] for event in here.events() if event["event"] == "outage_began" and event["part"] == "jpt"
    ]
    judge(f"{len(bugs)} bugs of our own {bugs[:3]}", not bugs)
    again = [url for url, count in Counter(told).items() if count > 1]
    judge(f"{len(told)} jobs told, {len(again)} of them twice {again[:3]}", not again)


def _health(here: Place, faults: Faults, judge: object) -> None:
    assert callable(judge)
    events = here.events()
    cycles = [event for event in events if event["event"] == "cycle_done" and event["pages"]]
    reads = sum(event["event"] == "site_done" for event in events)
    print(f"      {len(cycles)} cycles, {reads} reads of pages, {len(faults.done)} faults")
    for kind in sorted({fault.kind for fault in faults.done}):
        done = [fault for fault in faults.done if fault.kind == kind and not fault.missed]
        seen = [fault for fault in done if fault.shows(events)]
        judge(f"{kind}: {len(seen)} of {len(done)} shown in the health of the watch", len(seen) == len(done))
        for fault in done:
            if fault not in seen:
                print(f"        not shown: {fault.what} {fault.site} at {fault.begun - faults.begun:.0f} s")


def _memory(gauge: Gauge, judge: object) -> None:
    assert callable(judge)
    found = gauge.slope(FIRST_S)
    if found is None:
        print("--    too short to measure the slope of memory")
        return
    last = gauge.weights[-1][0]
    for part in PARTS:
        begin, end = gauge.mean(part, FIRST_S, FIRST_S + 120), gauge.mean(part, last - 120, last)
        of_part, error = gauge.slope(FIRST_S, part) or (0.0, 0.0)
        print(
            f"      {part:<9} {begin:4.0f} MB, at the end {end:4.0f} MB: {of_part:+.2f} a minute (s.e. {error:.2f})"
        )
    slope, error = found
    words = f"memory grows by {slope:+.2f} MB a minute (s.e. {error:.2f}) after {FIRST_S / 60:.0f} minutes"
    # A short soak cannot tell a small slope from noise; what is surely too much fails in any.
    judge(
        words + (", too short to be sure" if SLOPE <= slope < SLOPE + 2 * error else ""), slope < SLOPE + 2 * error
    )


def _left(here: Place) -> list[str]:
    left = [str(path) for path in (here.folder / "tmp").glob("jpt-*")]
    for process in psutil.process_iter():
        try:
            words = " ".join(process.cmdline())
        except psutil.Error:
            continue
        if str(here.folder / "tmp") in words:
            left.append(words[:80])
    return left


if __name__ == "__main__":
    sys.exit(main())
