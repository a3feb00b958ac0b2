"""Where the soak takes place: some sites, a model, a mail server, and the watch itself as a process."""

from __future__ import annotations

import email
import email.policy
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from statistics import fmean, linear_regression
from typing import Any, Self

import psutil
from aiosmtpd.controller import Controller

from tests.career_sites import COMPANIES, CareerSites, Layout, Site, advert, adverts
from tests.model_server import ModelServer, model_server, says

SCRIPTED: tuple[Layout, ...] = ("scripted", "late", "hash")
TITLES = ("Junior Cook", "Data Clerk", "Graduate Surveyor", "Harbour Master", "Loom Fitter", "Night Baker")


@dataclass
class Place:
    """What there is, and what should be found."""

    folder: Path
    career_sites: CareerSites
    model: ModelServer
    mail: Mail
    names: list[str]
    watch: subprocess.Popen[bytes] | None = None
    wanted: dict[str, set[str]] = field(default_factory=dict)
    """Titles that each site has shown: what must be stored, once each."""
    _number: int = 900

    @property
    def db(self) -> Path:
        return self.folder / "state/snapshots.sqlite3"

    @property
    def process(self) -> psutil.Process:
        assert self.watch is not None
        return psutil.Process(self.watch.pid)

    def start(self, every: str) -> None:
        """Start the watch, its log beside it."""
        environ = {
            **{
                name: os.environ[name]
                for name in ("PATH", "HOME", "LANG", "JPT_CHROMIUM", "PYTHONPATH")
                if name in os.environ
            },
            "TMPDIR": str(self.folder / "tmp"),
            "PPT_SCRAPE_WATCHDOG_MS": "20000",
            "JPT_EXTRACTOR": "openai",
            "OPENAI_BASE_URL": self.model.url,
            "JPT_MAX_YEARS": "60",
            **self.mail.environ,
        }
        (self.folder / "tmp").mkdir()
        with (self.folder / "events.jsonl").open("wb") as log:
            self.watch = subprocess.Popen(
                [sys.executable, "-m", "jpt", "watch", "--every", every, "--log-json"],
                cwd=self.folder, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def add_job(self, dice: random.Random) -> None:
        """Let some site list one job more."""
        name = dice.choice(self.names)
        self._number += 1
        title = f"{dice.choice(TITLES)} {self._number}"
        self.career_sites.add_job(name, advert(title, years=dice.choice([0, 1, 2, 5]), ad_id=str(self._number)))
        self.wanted[name].add(title)

    def status(self) -> dict[str, Any]:
        """What the watch says of itself."""
        try:
            told = json.loads((self.folder / "state/snapshots.sqlite3.watch.json").read_text())
        except (OSError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}

    def events(self) -> list[dict[str, Any]]:
        """All that it has said so far."""
        lines = (self.folder / "events.jsonl").read_text(errors="replace").splitlines()
        held = [json.loads(line) for line in lines if line.startswith("{")]
        return [one for one in held if "event" in one]


class Mail:
    """A mail server that takes everything, or puts everybody off."""

    def __init__(self) -> None:
        self.open = True
        self.taken: list[str] = []
        """The texts that it took."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self._server = Controller(self, hostname="127.0.0.1", port=self._port)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()

    @property
    def environ(self) -> dict[str, str]:
        return {
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(self._port),
            "EMAIL_FROM": "jpt@example.org",
            "EMAIL_TO": "me@example.org",
        }

    async def handle_MAIL(  # noqa: N802 - the server's name for it
        self, _server: object, _session: object, envelope: Any, address: str, options: list[str]
    ) -> str:
        if not self.open:
            return "451 4.3.2 try again later"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        text = message.get_body(("plain",))
        self.taken.append(text.get_content() if text is not None else "")
        return "250 taken"


@contextmanager
def place(folder: Path, count: int, dice: random.Random) -> Iterator[Place]:
    """Open *count* sites, three in ten of them scripted."""
    names = [f"{COMPANIES[number % len(COMPANIES)]} {number}" for number in range(count)]
    sites = [
        Site(
            name, SCRIPTED[number % len(SCRIPTED)] if number % 10 < 3 else "static", adverts(2, first=number % 20)
        )
        for number, name in enumerate(names)
    ]
    (folder / "inputs").mkdir(parents=True)
    with CareerSites(sites, latency_ms=10) as career_sites, model_server() as model, Mail() as mail:
        model.does(says(0, None, stated=False))
        career_sites.companies_csv(folder / "inputs/companies.csv")
        made = Place(folder, career_sites, model, mail, names)
        made.wanted = {site.name: {ad.title for ad in site.jobs} for site in sites}
        try:
            yield made
        finally:
            if made.watch is not None and made.watch.poll() is None:
                made.watch.kill()


class Gauge(threading.Thread):
    """Weighs the tree of the watch every few seconds, part by part, into `weights.csv` beside the log."""

    def __init__(self, of: Place, every_s: float = 10.0) -> None:
        super().__init__(daemon=True)
        self._of = of
        self._every_s = every_s
        self._over = threading.Event()
        self.weights: list[tuple[float, dict[str, float]]] = []
        """Seconds since the start, MB of each part: `jpt`, `driver`, `browser`, `renderers`, `others`."""

    def run(self) -> None:
        begun = time.monotonic()
        process = self._of.process
        with (self._of.folder / "weights.csv").open("w") as log:
            while not self._over.wait(self._every_s):
                try:
                    tree = [process, *process.children(recursive=True)]
                except psutil.Error:
                    return
                parts = dict.fromkeys(PARTS, 0.0)
                for one in tree:
                    parts["jpt" if one == process else _part(one)] += _weight(one)
                self.weights.append((time.monotonic() - begun, parts))
                row = [f"{self.weights[-1][0]:.0f}", *(f"{parts[part]:.1f}" for part in PARTS), str(len(tree))]
                print(*row, sep=",", file=log, flush=True)

    def end(self) -> None:
        self._over.set()
        self.join()

    def slope(self, after_s: float, part: str = "") -> tuple[float, float] | None:
        """Give MB a minute after the first *after_s* seconds and its standard error, of one *part* or the whole.

        Least squares over means of BLOCK_S: a browser that opens, fills and is replaced makes neighbouring weights
        alike, so that single ones would tell of an error that is too small. None for fewer than five means.
        """
        blocks: dict[int, list[float]] = {}
        for at, parts in self.weights:
            if at >= after_s:
                blocks.setdefault(int((at - after_s) // BLOCK_S), []).append(
                    parts[part] if part else sum(parts.values())
                )
        points = [(number * BLOCK_S / 60, fmean(sizes)) for number, sizes in sorted(blocks.items())]
        if len(points) < 5:
            return None
        times, sizes = zip(*points, strict=True)
        slope, base = linear_regression(times, sizes)
        rest = sum((size - base - slope * at) ** 2 for at, size in points) / (len(points) - 2)
        return slope, sqrt(rest / sum((at - fmean(times)) ** 2 for at in times))

    def mean(self, part: str, first_s: float, last_s: float) -> float:
        """Give the mean MB of *part* between two times in seconds; 0 where nothing was weighed."""
        sizes = [parts[part] for at, parts in self.weights if first_s <= at <= last_s]
        return fmean(sizes) if sizes else 0.0


BLOCK_S = 120.0
PARTS = ("jpt", "driver", "browser", "renderers", "others")


def _part(process: psutil.Process) -> str:
    """Tell what a process below the watch is."""
    try:
        words = process.cmdline()
    except psutil.Error:
        return "others"
    if "run-driver" in words:
        return "driver"
    if "--type=renderer" in words:
        return "renderers"
    own = any(word.startswith(("--user-data-dir", "--headless")) for word in words)
    return "browser" if own and not any(word.startswith("--type=") for word in words) else "others"


def _weight(process: psutil.Process) -> float:
    """Give its share of memory in MB: pages that several processes have count once."""
    try:
        info = process.memory_full_info()
        return float(getattr(info, "pss", info.uss)) / 1024**2
    except psutil.Error:
        return 0.0
