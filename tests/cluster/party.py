"""A coordinator and its workers as real processes on this machine, with real browsers."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from jpt.cluster import certificates
from tests.career_sites import CareerSites
from tests.cluster.rows import stored
from tests.conftest import Jpt

LONGEST_S = 150.0


@dataclass
class Party:
    """Who reads some sites: a folder, a port, and the processes that were started."""

    jpt: Jpt
    career_sites: CareerSites
    tls: bool = False
    port: int = 0
    workers: list[subprocess.Popen[str]] = field(default_factory=list)
    _numbers: int = 0

    def __post_init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        (self.jpt.folder / "inputs").mkdir(exist_ok=True)
        (self.jpt.folder / "temp").mkdir(exist_ok=True)
        self.career_sites.companies_csv(self.jpt.folder / "inputs/companies.csv")
        if self.tls:
            certificates.make(self.jpt.folder / "state/cluster")

    @property
    def address(self) -> str:
        return f"{'tls' if self.tls else 'tcp'}://127.0.0.1:{self.port}"

    @property
    def db(self) -> Path:
        return self.jpt.folder / "state/snapshots.sqlite3"

    def start(self, *words: str, **env: str) -> subprocess.Popen[str]:
        """Start jpt in a temporary folder of this party, so that the next process sweeps what a killed one left."""
        temp = str(self.jpt.folder / "temp")
        return self.jpt.start(*words, **{"TMPDIR": temp, "JPT_CLUSTER_SILENT_S": "6", **env})

    def coordinator(self, **env: str) -> subprocess.Popen[str]:
        return self.start("--quiet", "run", "--json", "--no-digest", "--cluster", self.address, **env)

    def worker(self, pages: int = 2, **env: str) -> subprocess.Popen[str]:
        self._numbers += 1
        name = f"w{self._numbers}"
        started = self.start("--quiet", "worker", self.address, "--pages", str(pages), "--name", name, **env)
        self.workers.append(started)
        return started

    def end(self) -> None:
        """End all workers, the last ones gently: they sweep what the killed ones left."""
        for worker in self.workers:
            with suppress(ProcessLookupError):
                worker.send_signal(signal.SIGCONT)
                worker.terminate()
        for worker in self.workers:
            try:
                worker.communicate(timeout=30)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.communicate()

    def wait(self, run: subprocess.Popen[str]) -> Any:
        """Wait until a run ends; gives its report."""
        out, err = run.communicate(timeout=LONGEST_S)
        assert out.strip(), f"The run ended with {run.returncode}: {err[-2000:]}"
        return json.loads(out)

    def rows(self) -> bytes:
        return stored(self.db)

    def asked(self) -> Counter[str]:
        """How often each list and post was navigated to."""
        return Counter(
            request.path for request in self.career_sites.requests
            if "/api/" not in request.path and ("/jobs/" in request.path or request.path.endswith("/careers"))
        )  # fmt: skip


@contextmanager
def party(
    jpt: Jpt, career_sites: CareerSites, *, workers: int = 0, pages: int = 2, tls: bool = False
) -> Iterator[Party]:
    """Begin with so many workers; all are ended afterwards."""
    made = Party(jpt, career_sites, tls)
    try:
        for _ in range(workers):
            made.worker(pages)
        yield made
    finally:
        made.end()


def until(is_so: Callable[[], bool], what: str, limit_s: float = LONGEST_S) -> None:
    end = time.monotonic() + limit_s
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def joined(worker: subprocess.Popen[str], port: int) -> bool:
    """Whether a worker has its line to the coordinator."""
    try:
        return any(
            tuple(one.raddr)[1:] == (port,) and one.status == psutil.CONN_ESTABLISHED
            for one in psutil.Process(worker.pid).net_connections()
        )
    except psutil.Error:
        return False


def _until_asked(made: Party, run: subprocess.Popen[str]) -> None:
    seen = len(made.career_sites.requests)
    until(lambda: run.poll() is not None or len(made.career_sites.requests) > seen, "nothing is read any more")


def killed_at_random(made: Party, run: subprocess.Popen[str], kills: int, gap_s: float, pages: int = 2) -> int:
    """Kill a random worker every so often while *run* lasts, and start another; gives how many were killed."""
    done = 0
    while done < kills and run.poll() is None:
        until(
            lambda: run.poll() is not None or any(joined(one, made.port) for one in made.workers), "nobody joined"
        )
        # In the midst of work: after a further request, and before the page of it is there, or any time later.
        _until_asked(made, run)
        time.sleep(random.choice([0.0, random.uniform(0.0, 2.0)]) * gap_s)
        there = [one for one in made.workers if one.poll() is None and joined(one, made.port)]
        if run.poll() is None and there:
            victim = random.choice(there)
            os.kill(victim.pid, signal.SIGKILL)
            victim.communicate()
            made.workers.remove(victim)
            made.worker(pages)
            done += 1
    return done
