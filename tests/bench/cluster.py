"""The same run on a cluster: `python -m tests.bench.cluster --posts 120 --kills 30`.

Reads the same sites by one process, by two and by four workers (with as many pages together), and by two workers that are
killed at random, each time into a new database, and compares all rows, ids and times aside. CPU is that of all
processes, workers and browsers, from when the workers were ready; where they are killed it is not counted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import anyio
import psutil

from jpt.browser.chromium.install import ensure
from jpt.settings import environment, load
from tests.bench.cpu import LOOK_S, look
from tests.career_sites import CareerSites, Layout, Site, adverts
from tests.cluster.party import Party, killed_at_random, party
from tests.conftest import Jpt, with_browser

MOST_LOSS = 1.10
"""CPU of two workers, in times of one process with as many pages."""
KINDS: tuple[Layout, ...] = ("static", "scripted", "shadow", "late")
"""Lists whose addresses are the same at each read."""


@dataclass
class Meter:
    """Counts the CPU seconds of some processes and of all that they start."""

    used: dict[tuple[int, float], float] = field(default_factory=dict)
    before: dict[tuple[int, float], float] = field(default_factory=dict)
    seconds: float = 0.0

    @contextmanager
    def running(self, roots: list[int]) -> Iterator[None]:
        """Count for the length of the block, from now on."""
        over = threading.Event()
        known = {pid: psutil.Process(pid) for pid in roots}

        def measure() -> None:
            while not over.wait(LOOK_S):
                for pid in roots:
                    if pid in known:
                        look(known[pid], known, self.used)

        for pid in roots:
            look(known[pid], known, self.before)
        thread = threading.Thread(target=measure, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
            self.seconds = sum(spent - self.before.get(key, 0.0) for key, spent in self.used.items())


@dataclass(frozen=True, slots=True)
class Ran:
    """One run, and what it stored."""

    what: str
    rows: bytes
    jobs: int
    wall_s: float
    cpu_s: float
    asked: int
    most_asked: int
    kills: int = 0


def main() -> None:
    """Run all and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.cluster", description=__doc__)
    parser.add_argument("--posts", type=int, default=120, help="60 to 300")
    parser.add_argument("--pages", type=int, default=4, help="pages open at once, in all")
    parser.add_argument("--kills", type=int, default=30, help="workers killed at most")
    parser.add_argument("--gap", type=float, default=2.0, help="seconds between two of them, on average")
    parser.add_argument("--repeats", type=int, default=1, help="pairs of one process and two workers")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jpt-bench-") as name, _career_sites(options.posts) as career_sites:
        ground = Ground(Path(name), career_sites, options.pages)
        print(f"{'':<24}{'jobs':>6}{'seconds':>9}{'CPU-s':>8}{'asked':>7}{'most':>6}{'kills':>7}  same rows")
        first = ground.alone()
        ratios = []
        runs = [first]
        for number in range(options.repeats):
            one = first if not number else ground.alone()
            two = ground.clustered(2)
            ratios.append(two.cpu_s / one.cpu_s)
            runs += [two] if not number else [one, two]
        runs.append(ground.clustered(4))
        runs.append(ground.clustered(2, kills=options.kills, gap_s=options.gap))
        ratio = sorted(ratios)[len(ratios) // 2]
        print(f"\ntwo workers, in times of one process: {ratio:.2f} CPU-s   wanted: at most {MOST_LOSS:.2f}")
        differing = [run.what for run in runs if run.rows != first.rows]
        if differing:
            sys.exit(f"Other rows than one process stored: {', '.join(differing)}.")


@dataclass
class Ground:
    """Where all runs are made."""

    folder: Path
    career_sites: CareerSites
    pages: int
    _first: bytes = b""
    _numbers: int = 0

    def alone(self) -> Ran:
        """Run in one process."""
        made = Party(self._jpt(), self.career_sites)
        run = made.start("--quiet", "run", "--json", "--no-digest", PPT_MAX_PAGES=str(self.pages))
        meter, began = Meter(), time.monotonic()
        with meter.running([run.pid]):
            report = made.wait(run)
        return self._ran("one process", made, report["jobs"]["done"], time.monotonic() - began, meter.seconds)

    def clustered(self, workers: int, *, kills: int = 0, gap_s: float = 0.0) -> Ran:
        """Run on so many workers."""
        pages = max(1, self.pages // workers)
        with party(self._jpt(), self.career_sites, workers=workers, pages=pages, tls=True) as made:
            # They are up, and wait: what it took to start them belongs to no run.
            time.sleep(8)
            roots = [one.pid for one in made.workers]
            meter, began, killed = Meter(), time.monotonic(), 0
            run = made.coordinator()
            with meter.running([run.pid, *roots]):
                if kills:
                    killed = killed_at_random(made, run, kills, gap_s, pages)
                report = made.wait(run)
            wall_s = time.monotonic() - began
        what = f"{workers} workers{', killed' if kills else ''}"
        return self._ran(what, made, report["jobs"]["done"], wall_s, meter.seconds, killed)

    def _ran(self, what: str, made: Party, jobs: int, wall_s: float, cpu_s: float, kills: int = 0) -> Ran:
        asked = made.asked()
        ran = Ran(what, made.rows(), jobs, wall_s, cpu_s, sum(asked.values()), max(asked.values()), kills)
        self._first = self._first or ran.rows
        same = "yes" if ran.rows == self._first else "NO"
        print(
            f"{what:<24}{jobs:>6}{wall_s:>9.1f}{'–' if kills else f'{cpu_s:.1f}':>8}{ran.asked:>7}{ran.most_asked:>6}{kills:>7}  {same}",
            flush=True,
        )
        self.career_sites.forget()
        return ran

    def _jpt(self) -> Jpt:
        settings, _ = load()
        proof = self.folder / "browser.json"

        async def found() -> Path:
            chromium = await ensure(
                settings.chromium, sandbox=settings.sandbox, say=lambda _: None, environ=environment(), cache=proof
            )
            self._chromium = chromium
            return chromium.path

        anyio.run(found)
        self._numbers += 1
        (folder := self.folder / f"run-{self._numbers}").mkdir()
        return with_browser(folder, self._chromium, proof)


def _career_sites(posts: int) -> CareerSites:
    ads = adverts(posts)
    count = max(1, posts // 12)
    return CareerSites(
        [Site(f"Firm {n}", KINDS[n % len(KINDS)], ads[n::count]) for n in range(count)], latency_ms=50
    )


if __name__ == "__main__":
    main()
