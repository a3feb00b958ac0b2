"""How much one coordinator drives: `python -m tests.bench.cluster_size --sites 10000 --workers 1,2,4,8,16`.

Simulated workers in a process of their own answer after 300 ms, as a browser would; the coordinator is the real one, with its
rules and its database. First its pool alone: what a page costs beside rules and database. Then whole cycles: lists, then
one post a site, with more and more workers, until more of them bring nothing.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio

from jpt.browser.pool.protocol import PagePool
from jpt.cycle.pipeline import Pipeline
from jpt.cycle.plan import Plan
from jpt.models import events
from jpt.models.events import Event
from jpt.models.pages import Company
from jpt.settings import Settings, load
from jpt.store import Store
from tests.cluster.place import Place, coordinator

MOST_MS = 5.0
"""CPU of the coordinator for a page, beside rules and database."""
LEAST_RATE = 150.0
"""Pages a second that it drives."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What some pages took."""

    pages: int
    wall_s: float
    cpu_s: float

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.wall_s

    @property
    def ms(self) -> float:
        """CPU of the coordinator's process for a page."""
        return 1000 * self.cpu_s / self.pages


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.cluster_size", description=__doc__)
    parser.add_argument("--sites", type=int, default=10_000, help="sites in all, shared among the sizes")
    parser.add_argument("--workers", default="1,2,4,8,16", help="sizes of the cluster, one after the other")
    parser.add_argument("--pages", type=int, default=8, help="pages of a worker")
    parser.add_argument("--ms", type=float, default=300, help="what a page takes at a worker")
    options = parser.parse_args()
    sizes = [int(one) for one in options.workers.split(",")]
    share = max(1, options.sites // len(sizes))
    alone = anyio.run(_pool_alone, max(100, share), max(sizes), options.pages)
    print(f"the pool alone, {alone.pages:,} pages: {alone.ms:.2f} ms of CPU a page   wanted: at most {MOST_MS:g}")
    print(f"{'':>16}{alone.rate:>8.0f} pages a second   wanted: at least {LEAST_RATE:g}")
    print(f"\n{'workers':>8}{'offered/s':>11}{'lists/s':>9}{'ms CPU':>8}{'posts/s':>9}{'ms CPU':>8}")
    for size in sizes:
        lists, posts = anyio.run(_cycles, share, size, options.pages, options.ms)
        offered = size * options.pages * 1000 / options.ms
        print(
            f"{size:>8}{offered:>11.0f}{lists.rate:>9.0f}{lists.ms:>8.1f}{posts.rate:>9.0f}{posts.ms:>8.1f}",
            flush=True,
        )


@asynccontextmanager
async def _driven(settings: Settings, workers: int, pages: int, ms: float) -> AsyncIterator[Place]:
    """Run a coordinator with so many simulated workers for the length of the block."""
    async with coordinator(settings) as place:
        words = [sys.executable, "-m", "tests.bench.puppets", *map(str, (place.port, workers, pages, ms))]
        with subprocess.Popen(words) as puppets:
            try:
                while len(place.pool.hub.members) < workers:
                    await anyio.sleep(0.1)
                yield place
            finally:
                puppets.kill()


async def _pool_alone(count: int, workers: int, pages: int) -> Cost:
    with tempfile.TemporaryDirectory(prefix="jpt-bench-") as folder:
        async with _driven(_settings(Path(folder)), workers, pages, 0) as place:
            urls = iter([f"https://site-{n}.example/{'careers' if n % 2 else 'jobs/1-a'}" for n in range(count)])

            async def reader() -> None:
                for url in urls:
                    await place.read(url)

            began = time.monotonic(), time.process_time()
            async with anyio.create_task_group() as tg:
                for _ in range(place.pool.room):
                    tg.start_soon(reader)
            return Cost(count, time.monotonic() - began[0], time.process_time() - began[1])


async def _cycles(sites: int, workers: int, pages: int, ms: float) -> tuple[Cost, Cost]:
    """Scan all lists of so many sites, then read one post of each."""
    companies = tuple(Company(f"Firm {n}", f"https://site-{n}.example/careers") for n in range(sites))
    with tempfile.TemporaryDirectory(prefix="jpt-bench-") as folder:
        settings = _settings(Path(folder))
        with Store.open(settings.db) as store:
            async with _driven(settings, workers, pages, ms) as place:
                lists = await _cycle(settings, store, place.pool, Plan(companies, baseline=True, anew=True))
                posts = await _posts(settings, store, place.pool, companies)
    return lists, posts


async def _posts(settings: Settings, store: Store, pool: PagePool, companies: tuple[Company, ...]) -> Cost:
    """Queue the posts of a part of the sites, then read as many of them as there are sites."""
    few = tuple(Company(f"{one.name} again", one.url) for one in companies[: max(1, len(companies) // 12)])
    await _cycle(settings, store, pool, Plan(few, limit=1))
    return await _cycle(settings, store, pool, None)


async def _cycle(settings: Settings, store: Store, pool: PagePool, plan: Plan | None) -> Cost:
    done = 0

    def report(event: Event) -> None:
        nonlocal done
        done += isinstance(event, events.SiteDone | events.TaskDone)

    began = time.monotonic(), time.process_time()
    pipeline = Pipeline(settings, store, pool, report)
    await (pipeline.work() if plan is None else pipeline.run(plan))
    return Cost(max(1, done), time.monotonic() - began[0], time.process_time() - began[1])


def _settings(folder: Path) -> Settings:
    return load(db=folder / "jpt.sqlite3", feeds="off", cheap="off", host_interval_ms=0, host_pages=64)[0]


if __name__ == "__main__":
    main()
