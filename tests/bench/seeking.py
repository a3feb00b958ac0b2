"""What looking for more costs on a list that has no more: `python -m tests.bench.seeking`.

Static lists are read in turn with and without seeking, in one browser; medians of the pairs' ratios are printed.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

import anyio

from jpt.browser.chromium.find import Chromium
from jpt.browser.chromium.install import ensure
from jpt.browser.pool.pool import BrowserPool
from jpt.browser.visit.open_list import Seek
from jpt.extract.listing import glance
from jpt.settings import Settings, environment, load
from tests.career_sites.server import Answer, Reply, Request, Server

MOST = 1.3
SIZES = (12, 200, 800)
PAIRS = 9


def answer(request: Request) -> Answer:
    """Give a static list of as many jobs as the path says."""
    rows = "".join(
        f'<li class="job"><a href="/jobs/{1000 + n}-data-analyst-{n}">Data Analyst, Team {n}</a><span>Oslo</span></li>'
        for n in range(int(request.path.strip("/") or 0))
    )
    return Reply(f"<title>Careers</title><h1>Open positions</h1><p>Work with us.</p><ul>{rows}</ul>".encode())


async def measured(
    settings: Settings, chromium: Chromium, port: int, sizes: Sequence[int], pairs: int
) -> dict[int, float]:
    """Give the median ratio of seconds with seeking to seconds without, by the number of jobs."""
    found = {}
    async with BrowserPool.open(settings, chromium) as pool:

        async def seconds(url: str, seek: Seek | None) -> float:
            async with pool.slot() as slot:
                begun = perf_counter()
                await slot.read(url, seek=seek)
                return perf_counter() - begun

        for size in sizes:
            url = f"http://127.0.0.1:{port}/{size}"
            await seconds(url, None)
            both = [
                (await seconds(url, Seek.of(settings, glance)), await seconds(url, None)) for _ in range(pairs)
            ]
            found[size] = median(sought / plain for sought, plain in both)
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.seeking", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="jobs on the list")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="pairs of reads of each")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Server(answer) as server:
        settings = load(db=Path(name) / "jpt.sqlite3", allow_private=True)[0]

        async def all_of_it() -> dict[int, float]:
            chromium = await ensure(
                settings.chromium, sandbox=settings.sandbox, say=print, environ=environment(), cache=None
            )
            return await measured(settings, chromium, server.port, options.sizes, options.pairs)

        for size, ratio in anyio.run(all_of_it).items():
            print(f"a static list of {size} jobs: {ratio:.2f}x plain reading (at most {MOST})")


if __name__ == "__main__":
    main()
