"""Posts a second: a plain Playwright loop, and `jpt run` as a process, on the same site."""

import csv
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.career_sites import Site, adverts


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured, and with what."""

    chromium: Path
    sandbox: bool
    environ: Mapping[str, str]
    """For the processes that are started."""
    posts: int = 60
    pages: int = 4
    """Open at once."""


@dataclass(frozen=True, slots=True)
class Served:
    """The place that serves the posts."""

    base: str
    posts: int

    @property
    def careers(self) -> str:
        """The address of the list."""
        return f"{self.base}/careers"

    @property
    def post_urls(self) -> list[str]:
        """The addresses of all posts."""
        site = Site("Saltmarsh Biotech")
        return [self.base + site.job_path(ad) for ad in adverts(self.posts, "scripted")]

    def forget(self) -> None:
        """Start to count anew."""
        self._ask("~forget")

    def first_s(self) -> float:
        """Give the time of the first post asked for; SystemExit where there was none."""
        seen = self._ask("~seen")
        if not seen["posts"]:
            raise SystemExit("No post was asked for.")
        return float(seen["first_s"])

    def _ask(self, path: str) -> dict[str, float]:
        with urllib.request.urlopen(f"{self.base}/{path}", timeout=30) as answer:
            told: dict[str, float] = json.load(answer)
        return told


@contextmanager
def place(bench: Bench, latency_ms: float) -> Iterator[Served]:
    """Serve the posts from a process of their own."""
    words = ["--posts", str(bench.posts), "--latency", str(latency_ms)]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.place", *words],
        env=bench.environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        port = process.stdout.readline().strip()
        # Leaving closes stdin, which ends the process.
        yield Served(f"http://127.0.0.1:{port}", bench.posts)


def plain_rate(bench: Bench, site: Served) -> float:
    """Read all posts with a loop as anyone would write it, and give posts a second."""
    site.forget()
    subprocess.run(
        [sys.executable, "-m", "tests.bench.plain", str(bench.chromium), str(bench.pages), *site.post_urls],
        env=dict(bench.environ),
        check=True,
    )
    return bench.posts / (time.time() - site.first_s())


def jpt_rate(bench: Bench, site: Served) -> float:
    """Run one cycle of jpt on an empty database, and give posts a second.

    Counted from the first post asked for to the last row stored.
    """
    site.forget()
    with tempfile.TemporaryDirectory(prefix="jpt-bench-") as name:
        folder = Path(name)
        companies = folder / "companies.csv"
        with companies.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("company", "url"), ("Saltmarsh Biotech", site.careers)])
        db = folder / "bench.sqlite3"
        said = _run(bench, folder, companies, db)
        with closing(sqlite3.connect(db)) as rows:
            stored, last_ms = rows.execute("SELECT count(*), max(updated_ts_ms) FROM job_details").fetchone()
    if stored != bench.posts:
        raise SystemExit(f"jpt stored {stored} of {bench.posts} posts. It said:\n{said}")
    return float(bench.posts / (last_ms / 1000 - site.first_s()))


def _run(bench: Bench, folder: Path, companies: Path, db: Path) -> str:
    words = ["run", "--csv", str(companies), "--db", str(db), "--json", "--no-digest"]
    done = subprocess.run(
        [sys.executable, "-m", "jpt", *words],
        cwd=folder,
        env={**bench.environ, "JPT_CHROMIUM": str(bench.chromium), "PPT_MAX_PAGES": str(bench.pages)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    said = done.stdout + done.stderr
    if done.returncode:
        raise SystemExit(f"jpt run ended with {done.returncode}. It said:\n{said}")
    return said
