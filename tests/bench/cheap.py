"""What reading by HTTP saves: `python -m tests.bench.cheap --sites 100 --posts 30 --cycles 96`.

Ratios of one run, with JPT_CHEAP=auto over off: CPU of a cycle in which no list has changed, posts a second and CPU
of a first run over server-rendered posts, and a day of `watch`, simulated at speed (the clock is put forward; what the
browser lane takes for a day is one cycle of it times their number). CPU is that of jpt and all that it starts; what an
empty process of the same modules takes is taken off.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import anyio
import psutil

from jpt.browser.chromium.find import Chromium
from jpt.browser.chromium.install import ensure
from jpt.browser.pool.pool import BrowserPool
from jpt.cycle.pipeline import Pipeline
from jpt.cycle.plan import Plan
from jpt.models.pages import Company
from jpt.settings import environment, load
from jpt.store import Store
from jpt.text.clock import wall_clock
from tests.bench.__main__ import made
from tests.bench.cpu import timed
from tests.bench.pages import Bench
from tests.career_sites import COMPANIES, CareerSites, Layout, Site, adverts
from tests.stored import stored_jobs

QUARTER_MS = 15 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Job:
    """What one process is to do."""

    db: str
    cheap: str
    companies: list[tuple[str, str]]
    cycles: int
    baseline: bool
    late_ms: int = 0
    """How far the clock is put forward before the first cycle."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What it took."""

    wall_s: float
    cpu_s: float
    browsers: int
    """Most browser processes at the end of a cycle."""
    written_mb: float
    wall_cycles_s: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.cheap", description=__doc__)
    parser.add_argument("--sites", type=int, default=100, help="lists, half of them rendered by scripts")
    parser.add_argument("--post-sites", type=int, default=10)
    parser.add_argument("--posts", type=int, default=30, help="posts of each of those")
    parser.add_argument("--cycles", type=int, default=96, help="of the day: one each quarter of an hour")
    parser.add_argument("--inner", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inner:
        print(json.dumps(asdict(anyio.run(_cycles, Job(**json.loads(options.inner.read_text()))))))
        return
    bench = made(0, 4)
    with tempfile.TemporaryDirectory(prefix="jpt-bench-") as name:
        folder = Path(name)
        empty = _run(bench, folder, Job(str(folder / "empty.db"), "off", [], 1, True))
        print(f"an empty process: {empty.cpu_s:.2f} CPU-s")
        _lists(bench, folder, options.sites, options.cycles, empty.cpu_s)
        _posts(bench, folder, options.post_sites, options.posts, empty.cpu_s)


def _lists(bench: Bench, folder: Path, count: int, cycles: int, empty_s: float) -> None:
    kinds: tuple[Layout, ...] = ("static", "scripted")
    with CareerSites(
        [Site(f"Firm {n}", kinds[n % 2], adverts(6, first=n)) for n in range(count)], latency_ms=20
    ) as career_sites:
        companies = [(f"Firm {n}", career_sites.careers(f"Firm {n}")) for n in range(count)]
        db = str(folder / "lists.db")
        _run(bench, folder, Job(db, "auto", companies, 1, True))
        cheap = _run(bench, folder, Job(db, "auto", companies, 1, True, QUARTER_MS))
        off = _run(bench, folder, Job(db, "off", companies, 1, True, 2 * QUARTER_MS))
        ours, theirs = cheap.cpu_s - empty_s, off.cpu_s - empty_s
        print(f"\n{count} unchanged lists{'off':>12}{'auto':>9}{'ratio':>9}")
        print(f"  CPU-s of the cycle{theirs:>9.2f}{ours:>9.2f}{ours / theirs:>9.3f}   wanted: at most 0.03")
        print(f"  browser processes {off.browsers:>9}{cheap.browsers:>9}{'':>9}   wanted: none")
        day = _run(bench, folder, Job(str(folder / "day.db"), "auto", companies, cycles + 1, True))
        first = _run(bench, folder, Job(str(folder / "one.db"), "off", companies, 1, True))
        day_off, written_off = theirs * cycles, off.written_mb * cycles
        # The day begins when all has been read once.
        day_s = day.cpu_s - first.cpu_s
        print(f"\na day of {cycles} cycles{'off':>12}{'auto':>9}{'ratio':>9}")
        print(f"  CPU-s             {day_off:>9.0f}{day_s:>9.1f}{day_s / day_off:>9.3f}")
        print(f"  MB written        {written_off:>9.1f}{day.written_mb:>9.1f}")


def _posts(bench: Bench, folder: Path, sites: int, posts: int, empty_s: float) -> None:
    named = [Site(COMPANIES[n], "static", adverts(posts, first=n * posts)) for n in range(sites)]
    costs = {}
    found = {}
    with CareerSites(named, latency_ms=20) as career_sites:
        companies = [(site.name, career_sites.careers(site)) for site in named]
        for cheap in ("off", "auto"):
            db = folder / f"posts-{cheap}.db"
            costs[cheap] = _run(bench, folder, Job(str(db), cheap, companies, 1, False))
            with Store.open(db) as store:
                found[cheap] = sorted((one.site, one.url, one.title, one.experience) for one in stored_jobs(store))
    off, ours = costs["off"], costs["auto"]
    total = len(found["off"])
    rates = [total / one.wall_cycles_s for one in (off, ours)]
    cpu_s = [one.cpu_s - empty_s for one in (off, ours)]
    print(f"\n{total} posts of {sites} sites{'off':>9}{'auto':>9}{'ratio':>9}")
    print(f"  posts a second    {rates[0]:>9.2f}{rates[1]:>9.2f}{rates[1] / rates[0]:>9.2f}   wanted: at least 8")
    print(
        f"  CPU-s             {cpu_s[0]:>9.2f}{cpu_s[1]:>9.2f}{cpu_s[1] / cpu_s[0]:>9.3f}   wanted: at most 0.12"
    )
    print(f"  same values       {found['off'] == found['auto']!s:>9}")


def _run(bench: Bench, folder: Path, job: Job) -> Cost:
    told = folder / "job.json"
    told.write_text(json.dumps(asdict(job)))
    environ = {**bench.environ, "JPT_CHROMIUM": str(bench.chromium)}
    words = [sys.executable, "-m", "tests.bench.cheap", "--inner", str(told)]
    wall_s, cpu_s, said = timed(words, folder, environ)
    try:
        inner: dict[str, Any] = json.loads(said.splitlines()[-1])
    except (ValueError, IndexError):
        raise SystemExit(f"A cycle failed. It said:\n{said}") from None
    return Cost(**{**inner, "wall_s": wall_s, "cpu_s": cpu_s})


async def _cycles(job: Job) -> Cost:
    clock = [wall_clock() + job.late_ms]
    settings, _ = load(cheap=job.cheap, feeds="off")
    chromium: Chromium = await ensure(
        settings.chromium, sandbox=settings.sandbox, say=lambda _: None, environ=environment()
    )
    browsers = 0
    begun = time.monotonic()
    companies = tuple(Company(name, url) for name, url in job.companies)
    urls: Iterable[str] = [one.url for one in companies]
    async with BrowserPool.open(settings, chromium, named=urls) as pool:
        for _ in range(job.cycles):
            with Store.open(Path(job.db), lambda: clock[0]) as store:
                await Pipeline(settings, store, pool, lambda _: None).run(Plan(companies, baseline=job.baseline))
            names = [child.name() for child in psutil.Process().children(recursive=True)]
            browsers = max(browsers, sum("chrom" in name or "headless" in name for name in names))
            clock[0] += QUARTER_MS
    seconds = time.monotonic() - begun
    return Cost(0.0, 0.0, browsers, psutil.Process().io_counters().write_bytes / 1e6, seconds)


if __name__ == "__main__":
    main()
