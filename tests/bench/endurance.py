"""Memory over a long run, and four processes that share two browsers: `python -m tests.bench.endurance`."""

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import anyio
import psutil

from jpt.browser.chromium.find import Chromium
from jpt.browser.pool.pool import BrowserPool
from jpt.settings import load
from tests.bench.__main__ import made
from tests.bench.pages import Bench, Served, place

MB = 1024 * 1024


def memory(bench: Bench, site: Served, pages: int) -> None:
    """Read many pages in one pool; print the tree's memory and processes on the way."""
    settings, _ = load(allow_private=True, max_pages=bench.pages)
    urls = site.post_urls
    every = max(1, pages // 10)
    sizes: dict[int, tuple[float, int]] = {}

    async def main() -> int:
        done = 0
        async with BrowserPool.open(settings, Chromium(bench.chromium, "", True, "bench")) as pool:

            async def worker() -> None:
                nonlocal done
                while done < pages:
                    async with pool.slot() as slot:
                        await slot.read(urls[done % len(urls)])
                    done += 1
                    if done % every == 0:
                        sizes[done] = _size()
                        print(
                            f"  page {done:>5}: {sizes[done][0]:6.0f} MB, {sizes[done][1]} processes", flush=True
                        )

            async with anyio.create_task_group() as tg:
                for _ in range(bench.pages):
                    tg.start_soon(worker)
            return pool.contexts

    contexts = anyio.run(main)
    last = max(sizes)
    first = min(sizes)
    print(f"memory at page {last} / page {first}: {sizes[last][0] / sizes[first][0]:.2f}   wanted: at most 1.15")
    print(f"contexts left: {contexts}")


def _size() -> tuple[float, int]:
    me = psutil.Process()
    tree = [me, *me.children(recursive=True)]
    return sum(one.memory_info().rss for one in tree if one.is_running()) / MB, len(tree)


def shared(bench: Bench, site: Served) -> None:
    """Run four processes with two slots, and two without a limit; print the ratio and the most browsers seen."""
    two, _ = _together(bench, site, processes=2, slots=0)
    four, most = _together(bench, site, processes=4, slots=2)
    print(
        f"4 processes with 2 slots: {four:.0f} s, ideal {2 * two:.0f} s, ratio {four / (2 * two):.2f}   wanted: at most 1.2"
    )
    print(f"most browsers at once: {most}   wanted: 2")


def _together(bench: Bench, site: Served, *, processes: int, slots: int) -> tuple[float, int]:
    with tempfile.TemporaryDirectory(prefix="jpt-bench-") as name:
        folder = Path(name)
        with (folder / "companies.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("company", "url"), ("Saltmarsh Biotech", site.careers)])
        environ = {
            **bench.environ,
            "JPT_CHROMIUM": str(bench.chromium),
            "PPT_MAX_PAGES": "4",
            "PPT_GLOBAL_CHROME_SLOTS": str(slots),
            "PPT_GLOBAL_SLOT_TIMEOUT_MS": "300000",
            "TMPDIR": name,
        }
        most = 0
        over = threading.Event()

        def count() -> None:
            nonlocal most
            while not over.wait(0.1):
                most = max(most, _browsers(folder))

        counting = threading.Thread(target=count)
        counting.start()
        begun = time.monotonic()
        running = []
        for number in range(processes):
            words = ["run", "--csv", "companies.csv", "--db", f"{number}/jpt.sqlite3", "-q", "--json"]
            running.append(
                subprocess.Popen(
                    [sys.executable, "-m", "jpt", *words], cwd=folder, env=environ, stdout=subprocess.DEVNULL
                )
            )
        codes = [process.wait() for process in running]
        seconds = time.monotonic() - begun
        over.set()
        counting.join()
    if any(codes):
        raise SystemExit(f"jpt ended with {codes}")
    return seconds, most


def _browsers(folder: Path) -> int:
    """Count the browsers whose profile is in *folder*: by profile, for a wrapper script has the same words."""
    profiles = set()
    for process in psutil.process_iter():
        try:
            words = process.cmdline()
        except psutil.Error:
            continue
        if not any(word.startswith("--type=") for word in words):
            profiles |= {word for word in words if word.startswith("--user-data-dir=") and str(folder) in word}
    return len(profiles)


def main() -> None:
    """Measure and print both."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.endurance", description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--posts", type=int, default=60)
    options = parser.parse_args()
    bench = made(options.posts, 4)
    print(f"{os.cpu_count()} cores")
    with place(bench, 100) as site:
        shared(bench, site)
    with place(bench, 20) as site:
        memory(bench, site, options.pages)


if __name__ == "__main__":
    main()
