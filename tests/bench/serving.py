"""What `jpt web` and `jpt mcp` cost with many jobs while another program writes: `python -m tests.bench.serving`."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import anyio
import psutil
from mcp import Client, StdioServerParameters

from tests.web.test_many import filled

SCREENS = ("/", "/?list=all", "/?company=7", "/sites", "/rules", "/follow-ups", "/digests", "/runs", "/trends")
SEARCHES = ("/?list=all&q=welder", "/?list=all&q=acc", "/?list=all&q=junior+cook")
MB = 1024 * 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.serving", description=__doc__)
    parser.add_argument("--jobs", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=20, help="times that each screen is asked for")
    parser.add_argument("--idle", type=float, default=10, help="seconds to look at it doing nothing")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jpt-bench-") as folder:
        home = Path(folder)
        env = dict(
            os.environ, JPT_HOME=folder, JPT_DB=str(home / "jpt.sqlite3"), JPT_FILTERS=str(home / "filters.toml")
        )
        filled(home / "jpt.sqlite3", options.jobs)
        web(env, options)
        anyio.run(agents, env)


def web(env: dict[str, str], options: argparse.Namespace) -> None:
    """Ask every screen again and again while another program writes."""
    words = [sys.executable, "-m", "jpt", "web", "--port", "0"]
    with subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        address = urlsplit(server.stdout.readline().strip())
        jpt = psutil.Process(server.pid)
        print(f"web: {_cpu(jpt):.2f} s of CPU until it serves   wanted: at most 0.6")
        token = parse_qs(address.query)["token"][0]
        try:
            with closing(http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)) as line:
                for path in (*SCREENS, *SEARCHES):
                    _asked(line, path, token)
                with writing(Path(env["JPT_DB"])):
                    all_waits = [
                        wait
                        for path in (*SCREENS, *SEARCHES)
                        for wait in _screen(line, path, token, options.rounds)
                    ]
            _print_waits("all screens", all_waits)
            print(f"web: {jpt.memory_info().rss / MB:.0f} MB   wanted: at most 90")
            before = _cpu(jpt)
            time.sleep(options.idle)
            print(
                f"web: {100 * (_cpu(jpt) - before) / options.idle:.1f} % of a core while nobody asks   wanted: 0"
            )
        finally:
            server.terminate()


def _screen(line: http.client.HTTPConnection, path: str, token: str, rounds: int) -> list[float]:
    waits = [_asked(line, path, token) for _ in range(rounds)]
    _print_waits(path, waits)
    return waits


def _print_waits(name: str, waits: list[float]) -> None:
    last = sorted(waits)[int(len(waits) * 0.95)]
    print(f"web: {name:28} first byte {statistics.median(waits):6.1f} ms, {last:6.1f} at p95   wanted: 60 and 150")


def _asked(line: http.client.HTTPConnection, path: str, token: str) -> float:
    begun = time.perf_counter()
    line.request("GET", path, headers={"Authorization": f"Bearer {token}"})
    answer = line.getresponse()
    wait = 1000 * (time.perf_counter() - begun)
    answer.read()
    assert answer.status == 200, (path, answer.status)
    return wait


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Change a job fifty times a second, as a watch that reads posts does, only much more often."""
    over = threading.Event()

    def run() -> None:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as db:
            while not over.wait(0.02):
                db.execute("UPDATE job_details SET min_years = 1 - min_years WHERE id = 2 AND min_years < 2")

    writer = threading.Thread(target=run)
    writer.start()
    try:
        yield
    finally:
        over.set()
        writer.join()


async def agents(env: dict[str, str]) -> None:
    """Start `jpt mcp` and ask for the first page of the list."""
    begun = time.perf_counter()
    async with Client(StdioServerParameters(command=sys.executable, args=["-m", "jpt", "mcp"], env=env)) as client:
        tools = await client.list_tools()
        print(f"mcp: ready after {time.perf_counter() - begun:.2f} s   wanted: at most 1.2")
        size = len(json.dumps([one.model_dump(mode="json", exclude_none=True) for one in tools.tools]))
        print(f"mcp: the tools take {size} bytes to describe   wanted: at most 4096")
        await client.call_tool("list_jobs", {})
        begun = time.perf_counter()
        await client.call_tool("list_jobs", {})
        print(f"mcp: first page of the list in {1000 * (time.perf_counter() - begun):.1f} ms   wanted: at most 60")


if __name__ == "__main__":
    main()
