"""Posts a minute by feeds and in the browser, in one run: `python -m tests.bench.feeds`.

A local server gives boards of Greenhouse with the texts of the adverts of the sites; `jpt run` takes them from feed to
stored row, years and all. Then the browser lane reads the same adverts as pages. Both are counted alike, per busy
core: the CPU seconds of jpt's process and of all that it starts, Chromium included, the site's server left out.
"""

import argparse
import csv
import hashlib
import json
import os
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import escape
from pathlib import Path

from tests.bench.__main__ import made
from tests.bench.cpu import timed
from tests.bench.pages import Bench, place
from tests.career_sites import adverts
from tests.career_sites.server import Reply, Request, Server

LEAST = 2_000
"""Posts a minute and core by feeds."""
IDLE_S = 10.0
"""Most seconds of a run over 200 boards with nothing new."""


class Boards:
    """Boards of Greenhouse with the adverts of the sites, and what each of them was asked."""

    def __init__(self, posts: int, *, tags: bool) -> None:
        self.asked: Counter[str] = Counter()
        self.unchanged = 0
        self._tags = tags
        self._texts = [(ad.title, ad.town, escape(ad.html("Saltmarsh Biotech"))) for ad in adverts(posts)]
        self._bodies: dict[str, bytes] = {}

    def __call__(self, request: Request) -> Reply:
        """Answer for the board that the path names."""
        name = next((step for step in request.path.split("/") if step.startswith("firm")), "firm0")
        self.asked[name] += 1
        if name not in self._bodies:
            self._bodies[name] = self._body(name)
        tag = f'"{hashlib.sha256(self._bodies[name]).hexdigest()[:16]}"'
        if self._tags and request.headers.get("if-none-match") == tag:
            self.unchanged += 1
            return Reply(status=304)
        headers = (("ETag", tag),) if self._tags else ()
        return Reply(self._bodies[name], kind="application/json", headers=headers)

    def _body(self, name: str) -> bytes:
        first = int(name.removeprefix("firm")) * 10_000 + 10_000_000
        rows = [
            {
                "id": first + number,
                "title": title,
                "absolute_url": f"https://boards.greenhouse.io/{name}/jobs/{first + number}",
                "location": {"name": town},
                "content": text,
            }
            for number, (title, town, text) in enumerate(self._texts)
        ]
        return json.dumps({"jobs": rows, "meta": {"total": len(rows)}}).encode()


def feeds(bench: Bench, boards: int, posts: int) -> float:
    """Read all posts by feeds; gives posts a minute and core."""
    with _served(bench, Boards(posts, tags=False)) as (folder, env):
        wall, cpu = run(folder, _rows(boards), env)
        stored = count(folder)
    if stored != boards * posts:
        raise SystemExit(f"{stored} of {boards * posts} posts were stored")
    return _rate("feeds", stored, wall, cpu, f"   wanted: {LEAST:,}")


def browser(bench: Bench) -> float:
    """Read as many adverts as the bench has as pages; gives posts a minute and core."""
    with place(bench, 0) as site, tempfile.TemporaryDirectory() as name:
        env = {**bench.environ, "JPT_CHROMIUM": str(bench.chromium), "JPT_FEEDS": "off"}
        wall, cpu = run(Path(name), [("Saltmarsh Biotech", site.careers, "browser")], env)
        stored = count(Path(name))
    if stored != bench.posts:
        raise SystemExit(f"{stored} of {bench.posts} posts were stored in the browser lane")
    return _rate("browser", stored, wall, cpu)


def _rate(lane: str, stored: int, wall: float, cpu: float, wanted: str = "") -> float:
    rate = stored / cpu * 60
    print(f"{lane:<10}{stored:>7,} posts{wall:>8.1f} s{cpu:>8.1f} CPU-s{rate:>10,.0f} a minute and core{wanted}")
    return rate


def idle(bench: Bench, boards: int, *, tags: bool) -> None:
    """Read many boards that show nothing new, with and without what tells that at once."""
    served = Boards(20, tags=tags)
    with _served(bench, served) as (folder, env):
        run(folder, _rows(boards), env, "seed")
        served.asked.clear()
        served.unchanged = 0
        wall, cpu = run(folder, _rows(boards), env)
    most = max(served.asked.values())
    what = "with ETags" if tags else "without ETags"
    print(
        f"nothing new on {boards} boards, {what}: {wall:.1f} s, {cpu:.1f} CPU-s, {served.asked.total()} requests, "
        f"at most {most} a board, {served.unchanged} unchanged   wanted: one a board, under {IDLE_S:g} s"
    )


@contextmanager
def _served(bench: Bench, boards: Boards) -> Iterator[tuple[Path, dict[str, str]]]:
    with Server(boards) as server, tempfile.TemporaryDirectory() as name:
        base = f"boards-api.greenhouse.io=http://127.0.0.1:{server.port}"
        yield Path(name), {**bench.environ, "JPT_FEED_BASE": base, "JPT_CHROMIUM": str(bench.chromium)}


def _rows(boards: int) -> list[tuple[str, str, str]]:
    return [(f"Firm {n}", f"https://boards.greenhouse.io/firm{n}", "feed") for n in range(boards)]


def run(
    folder: Path, rows: list[tuple[str, str, str]], env: dict[str, str], command: str = "run"
) -> tuple[float, float]:
    """Run a cycle of jpt; gives seconds and CPU seconds."""
    with (folder / "companies.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("company", "url", "via"), *rows])
    words = [sys.executable, "-m", "jpt", command, "--csv", "companies.csv", "-q"]
    wall, cpu, _ = timed(words, folder, env)
    return wall, cpu


def count(folder: Path) -> int:
    """Count the stored posts."""
    with closing(sqlite3.connect(folder / "state/snapshots.sqlite3")) as db:
        return int(db.execute("SELECT count(*) FROM job_details").fetchone()[0])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.feeds", description=__doc__)
    parser.add_argument("--boards", type=int, default=20)
    parser.add_argument("--posts", type=int, default=120, help="posts of each board, and of the browser lane")
    parser.add_argument("--idle", type=int, default=200, help="boards with nothing new")
    options = parser.parse_args()
    bench = made(options.posts, 4)
    print(f"{os.cpu_count()} cores, {bench.chromium}")
    fast = feeds(bench, options.boards, options.posts)
    slow = browser(bench)
    print(f"ratio {fast / slow:,.0f}")
    for tags in (True, False):
        idle(bench, options.idle, tags=tags)


if __name__ == "__main__":
    main()
