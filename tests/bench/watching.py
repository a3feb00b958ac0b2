"""What a watch costs: its screen during a cycle, and all of it between two: `python -m tests.bench.watching`."""

from __future__ import annotations

import argparse
import json
import os
import pty
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psutil

from tests.career_sites import COMPANIES, CareerSites, Site, adverts

IDLE_S = 5
"""JPT_BROWSER_IDLE_S."""


class Costs(threading.Thread):
    """Adds up the CPU time of a process and all that it starts, those that have ended too."""

    def __init__(self, process: psutil.Process) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._seen: dict[tuple[int, float], float] = {}
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.2):
            self.look()

    def look(self) -> float:
        """Give the CPU seconds so far."""
        try:
            for one in [self._process, *self._process.children(recursive=True)]:
                times = one.cpu_times()
                self._seen[one.pid, one.create_time()] = times.user + times.system
        except psutil.Error:
            pass
        return sum(self._seen.values())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.watching", description=__doc__)
    parser.add_argument("--sites", type=int, default=40)
    parser.add_argument("--idle", type=float, default=60, help="seconds to look at it between two cycles")
    options = parser.parse_args()
    sites = [
        Site(
            f"{COMPANIES[number % len(COMPANIES)]} {number}",
            ("static", "scripted")[number % 2],
            adverts(4, first=number),
        )
        for number in range(options.sites)
    ]
    with (
        CareerSites(sites, latency_ms=20) as career_sites,
        tempfile.TemporaryDirectory(prefix="jpt-bench-") as name,
    ):
        folder = Path(name)
        career_sites.companies_csv(folder / "companies.csv")
        _measured(folder, options.idle)


def _measured(folder: Path, idle_s: float) -> None:
    ours, theirs = pty.openpty()
    environ = {
        **os.environ,
        "TERM": "xterm-256color",
        "COLUMNS": "130",
        "LINES": "36",
        "JPT_BROWSER_IDLE_S": str(IDLE_S),
    }
    running = subprocess.Popen(
        [sys.executable, "-m", "jpt", "watch", "--csv", "companies.csv", "--every", "30m"],
        cwd=folder, env=environ, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    threading.Thread(target=_drained, args=[ours], daemon=True).start()
    process = psutil.Process(running.pid)
    costs = Costs(process)
    costs.start()
    _until(folder, lambda told: told["stage"] == "waiting" and told["cycle"]["last_ts_ms"])
    cycle_s = costs.look()
    told = _status(folder)
    drawing = told["screen"]
    print(f"the first cycle: {cycle_s:.1f} CPU-s in all, {told['counts']['done']} posts")
    print(
        f"screen: {drawing['frames']} frames, {drawing['cpu_s']:.2f} CPU-s, {drawing['cpu_s'] / cycle_s:.2%} of the cycle   wanted: under 2%"
    )
    begun = time.monotonic()
    while process.children(recursive=True) and time.monotonic() - begun < 60:
        time.sleep(0.2)
    print(f"no browser {time.monotonic() - begun:.0f} s after the cycle (JPT_BROWSER_IDLE_S={IDLE_S})")
    time.sleep(2)
    before = costs.look()
    time.sleep(idle_s)
    print(f"idle: {(costs.look() - before) / idle_s:.2%} of one core over {idle_s:.0f} s   wanted: under 1%")
    costs.over.set()
    running.send_signal(signal.SIGTERM)
    print(f"exit code {running.wait(30)}")


def _until(folder: Path, done: object) -> None:
    assert callable(done)
    while True:
        told = _status(folder)
        if told and done(told):
            return
        time.sleep(0.2)


def _status(folder: Path) -> dict[str, Any]:
    try:
        told = json.loads((folder / "state/snapshots.sqlite3.watch.json").read_text())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _drained(screen: int) -> None:
    try:
        while os.read(screen, 65536):
            pass
    except OSError:
        return


if __name__ == "__main__":
    main()
