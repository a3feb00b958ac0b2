"""CPU a page and pages a second: jpt, the floor, and peers, in one run on the same pages.

`python -m tests.bench.contest --peers PYTHON --npm FOLDER` (both optional: an environment with crawlee and
scrapy-playwright, and a folder with puppeteer-cluster). CPU is that of each contender and all that it starts, from
launch to end, divided by the pages, also by kind of process; pages a second want a quiet machine.
"""

import argparse
import csv
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from tests.bench.cpu import by_kind
from tests.bench.pages import Bench, Served, place

HERE = Path(__file__).parent
LOOK_S = 0.02
"""Renderers live shortly."""
WANTED = {
    "floor": ("at most 1.35", "at least 0.8"),
    "crawlee": ("at most 0.7", "at least 1.5"),
    "scrapy-playwright": ("at most 0.7", "at least 1.6"),
    "puppeteer-cluster": ("at most 0.9", "at least 1.1"),
}
"""What jpt's CPU a page and best pages a second are to be, in those of each other one."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one run of one contender took."""

    cpu_s: float
    """CPU seconds a page, of all its processes."""
    rate: float
    """Pages a second, from the first one asked for to the last one done."""
    by_kind: Mapping[str, float]
    """Its CPU seconds a page, by kind of process."""


Contender = Callable[[Bench, Served], tuple[float, Mapping[str, float]]]
"""Reads all posts; gives the time at which the last one was done, and CPU seconds by kind of process."""


def contest(
    bench: Bench, latency_ms: float, repeats: int, at_once: Sequence[int], contenders: dict[str, Contender]
) -> None:
    """Run all in turn with each number of pages *at_once*, and print the figures and ratios."""
    results: dict[str, dict[int, list[Result]]] = {name: {} for name in contenders}
    with place(bench, latency_ms) as site:
        for _ in range(repeats):
            for pages in at_once:
                for name, run in contenders.items():
                    results[name].setdefault(pages, []).append(measured(replace(bench, pages=pages), site, run))
                    last = results[name][pages][-1]
                    print(
                        f"  {name:<20}{pages:>3} pages  {last.cpu_s:6.3f} CPU-s a page  {last.rate:5.2f}/s",
                        flush=True,
                    )
    print(f"\n{'':<20}{'CPU-s a page':>14}{'best pages/s':>14}{'CPU ratio':>12}{'speed ratio':>13}")
    cpu = {name: min(median(one.cpu_s for one in runs) for runs in by.values()) for name, by in results.items()}
    best = {name: max(median(one.rate for one in runs) for runs in by.values()) for name, by in results.items()}
    for name in contenders:
        ratios = f"{cpu['jpt'] / cpu[name]:>12.2f}{best['jpt'] / best[name]:>13.2f}"
        wanted = "   wanted: {}, {}".format(*WANTED[name]) if name in WANTED else ""
        print(f"{name:<20}{cpu[name]:>14.3f}{best[name]:>14.2f}{ratios}{wanted}")
    _print_kinds(results)


def _print_kinds(results: Mapping[str, Mapping[int, Sequence[Result]]]) -> None:
    """Print the CPU seconds a page of each contender by kind of process."""
    runs = {name: [one.by_kind for each in by.values() for one in each] for name, by in results.items()}
    kinds = sorted({kind for each in runs.values() for one in each for kind in one})
    print(f"\n{'CPU-s a page':<20}" + "".join(f"{kind:>13}" for kind in kinds))
    for name, each in runs.items():
        shares = (median(one.get(kind, 0.0) for one in each) for kind in kinds)
        print(f"{name:<20}" + "".join(f"{share:>13.3f}" for share in shares))


def measured(bench: Bench, site: Served, run: Contender) -> Result:
    """Run one contender once."""
    site.forget()
    end, cpu_s = run(bench, site)
    each = {kind: one_s / bench.posts for kind, one_s in cpu_s.items()}
    return Result(sum(each.values()), bench.posts / (end - site.first_s()), each)


def by_words(words: Sequence[str], cwd: Path | None = None, extra: Sequence[str] = ()) -> Contender:
    """Make a contender of a command that takes a Chromium, a number of pages and URLs."""

    def run(bench: Bench, site: Served) -> tuple[float, Mapping[str, float]]:
        command = [*words, str(bench.chromium), str(bench.pages), *extra, *site.post_urls]
        spent = by_kind(command, cwd or Path.cwd(), bench.environ, LOOK_S)
        if spent.code:
            raise SystemExit(f"{words[-1]} ended with {spent.code}:\n{spent.said}"[-2_000:])
        return time.time(), spent.cpu_s

    return run


def jpt(folder: Path) -> Contender:
    """Make a contender of one cycle of jpt on an empty database in *folder*.

    The others are not asked to prove the browser either, so that is done before.
    """
    subprocess.run(
        [sys.executable, "-m", "jpt", "browser", "install"], cwd=folder, check=True, capture_output=True
    )

    def run(bench: Bench, site: Served) -> tuple[float, Mapping[str, float]]:
        for old in folder.glob("state/snapshots*"):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        with (folder / "companies.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("company", "url"), ("Saltmarsh Biotech", site.careers)])
        db = folder / "state/snapshots.sqlite3"
        environ = {**bench.environ, "JPT_CHROMIUM": str(bench.chromium), "PPT_MAX_PAGES": str(bench.pages)}
        words = [sys.executable, "-m", "jpt", "run", "--csv", "companies.csv", "--json"]
        spent = by_kind(words, folder, environ, LOOK_S)
        with closing(sqlite3.connect(db)) as rows:
            stored, last_ms = rows.execute("SELECT count(*), max(updated_ts_ms) FROM job_details").fetchone()
        if stored != bench.posts:
            raise SystemExit(f"jpt stored {stored} of {bench.posts} posts:\n{spent.said}"[:6_000])
        return float(last_ms / 1000), spent.cpu_s

    return run


def main() -> None:
    """Measure and print."""
    from tests.bench.__main__ import made

    parser = argparse.ArgumentParser(prog="python -m tests.bench.contest", description=__doc__)
    parser.add_argument("--posts", type=int, default=60)
    parser.add_argument("--latency", type=float, default=100)
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--pages", type=int, nargs="+", default=[4, 6, 8], help="numbers of pages open at once")
    parser.add_argument("--peers", type=Path, help="a Python that has crawlee and scrapy-playwright")
    parser.add_argument("--npm", type=Path, help="a folder in which puppeteer-cluster is installed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jpt-bench-") as name:
        folder = Path(name)
        contenders: dict[str, Contender] = {
            "jpt": jpt(folder),
            "floor": by_words([sys.executable, "-m", "tests.bench.floor"]),
            "plain Playwright": by_words([sys.executable, "-m", "tests.bench.plain"]),
        }
        if options.peers:
            contenders["crawlee"] = by_words([str(options.peers), str(HERE / "peers/with_crawlee.py")])
            contenders["scrapy-playwright"] = by_words([str(options.peers), str(HERE / "peers/with_scrapy.py")])
        if options.npm:
            script = str(HERE / "peers/with_cluster.mjs")
            contenders["puppeteer-cluster"] = _with_wait(["node", script], options.npm)
        print(f"{os.cpu_count()} cores, {options.posts} posts, {options.latency:g} ms a request")
        contest(made(options.posts, 4), options.latency, options.repeats, options.pages, contenders)


def _with_wait(words: Sequence[str], cwd: Path) -> Contender:
    return by_words(words, cwd, [str(HERE / "wait.js")])


if __name__ == "__main__":
    main()
