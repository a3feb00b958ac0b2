"""Posts a minute by feeds and in the browser, in one run: `python -m tests.bench.feeds`.

A local server gives boards of Greenhouse with the texts of the street's adverts; `jpt run` takes them from feed to
stored row, years and all. Then the browser lane reads the bench's own posts. Both are counted per busy core: CPU
seconds of jpt's process and what it started.
"""

import argparse
import csv
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from html import escape
from pathlib import Path

from tests.bench.__main__ import made
from tests.bench.pages import Bench, Served, place
from tests.street import adverts
from tests.street.server import Reply, Request, Server

LEAST = 2_000
"""Posts a minute and core by feeds."""
IDLE_S = 10.0
"""Most seconds of a run over 200 boards with nothing new."""


def board(request: Request, posts: int) -> Reply:
    """Answer for the board that the path names."""
    name = next((step for step in request.path.split("/") if step.startswith("firm")), "firm0")
    first = int(name.removeprefix("firm")) * 10_000 + 10_000_000
    rows = [
        {
            "id": first + number,
            "title": ad.title,
            "absolute_url": f"https://boards.greenhouse.io/{name}/jobs/{first + number}",
            "location": {"name": ad.town},
            "content": escape(ad.html(name)),
        }
        for number, ad in enumerate(adverts(posts))
    ]
    return Reply(json.dumps({"jobs": rows, "meta": {"total": posts}}).encode(), kind="application/json")


def feeds(bench: Bench, boards: int, posts: int) -> None:
    """Read all posts by feeds, then once more with nothing new."""
    with Server(lambda request: board(request, posts)) as server, tempfile.TemporaryDirectory() as name:
        env = {
            **bench.environ,
            "JPT_FEED_BASE": f"boards-api.greenhouse.io=http://127.0.0.1:{server.port}",
            "JPT_CHROMIUM": str(bench.chromium),
        }
        rows = [(f"Firm {n}", f"https://boards.greenhouse.io/firm{n}", "feed") for n in range(boards)]
        wall, cpu = run(Path(name), rows, env)
        stored = count(Path(name))
        if stored != boards * posts:
            raise SystemExit(f"{stored} of {boards * posts} posts were stored")
        rate = stored / cpu * 60
        print(
            f"feeds: {stored} posts in {wall:.1f} s, {cpu:.1f} CPU-s: {rate:,.0f} posts a minute and core (wanted: {LEAST:,})"
        )
        print(f"browser: {(slow := browser(bench)):,.0f} posts a minute and core; ratio {rate / slow:,.0f}")


def idle(bench: Bench, boards: int) -> None:
    """Read many boards that show nothing new; the server gives no validators, so all of it is sent again."""
    asked: list[str] = []

    def answer(request: Request) -> Reply:
        asked.append(request.path)
        return board(request, 20)

    with Server(answer) as server, tempfile.TemporaryDirectory() as name:
        env = {
            **bench.environ,
            "JPT_FEED_BASE": f"boards-api.greenhouse.io=http://127.0.0.1:{server.port}",
            "JPT_CHROMIUM": str(bench.chromium),
        }
        rows = [(f"Firm {n}", f"https://boards.greenhouse.io/firm{n}", "feed") for n in range(boards)]
        run(Path(name), rows, env, "seed")
        asked.clear()
        wall, cpu = run(Path(name), rows, env)
        print(
            f"nothing new on {boards} boards: {wall:.1f} s, {cpu:.1f} CPU-s, {len(asked)} requests (wanted: under {IDLE_S:g} s)"
        )


def run(
    folder: Path, rows: list[tuple[str, str, str]], env: dict[str, str], command: str = "run"
) -> tuple[float, float]:
    """Run a cycle of jpt; gives seconds and CPU seconds."""
    with (folder / "companies.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("company", "url", "via"), *rows])
    words = [sys.executable, "-m", "jpt", command, "--csv", "companies.csv", "-q"]
    before, begun = _cpu_s(), time.monotonic()
    subprocess.run(words, cwd=folder, env=env, check=False, capture_output=True)
    return time.monotonic() - begun, _cpu_s() - before


def browser(bench: Bench) -> float:
    """Read the bench's own posts in the browser; gives posts a minute and core, the site server left out."""
    with place(bench, 0) as site, tempfile.TemporaryDirectory() as name:
        cpu = _browser_cpu_s(bench, site, Path(name))
    return bench.posts / cpu * 60


def _browser_cpu_s(bench: Bench, site: Served, folder: Path) -> float:
    import psutil

    env = {**bench.environ, "JPT_CHROMIUM": str(bench.chromium), "JPT_FEEDS": "off"}
    before = psutil.cpu_times()
    run(folder, [("Saltmarsh Biotech", site.careers, "browser")], env)
    after = psutil.cpu_times()
    if count(folder) != bench.posts:
        raise SystemExit("not all posts were stored in the browser lane")
    # Waited-for child times miss the renderers, so the whole machine's are taken; keep it quiet.
    return float((after.user - before.user) + (after.system - before.system))


def count(folder: Path) -> int:
    """Count the stored posts."""
    with closing(sqlite3.connect(folder / "state/snapshots.sqlite3")) as db:
        return int(db.execute("SELECT count(*) FROM job_details").fetchone()[0])


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.feeds", description=__doc__)
    parser.add_argument("--boards", type=int, default=20)
    parser.add_argument("--posts", type=int, default=100, help="posts of each board")
    parser.add_argument("--idle", type=int, default=200, help="boards with nothing new")
    parser.add_argument("--browser", type=int, default=40, help="posts of the browser lane")
    options = parser.parse_args()
    bench = made(options.browser, 4)
    print(f"{os.cpu_count()} cores, {bench.chromium}")
    feeds(bench, options.boards, options.posts)
    idle(bench, options.idle)


if __name__ == "__main__":
    main()
