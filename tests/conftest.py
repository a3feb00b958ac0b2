"""What tests share: a Chromium, a place to work, and jpt as a process."""

from __future__ import annotations

import itertools
import json
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import anyio
import hypothesis
import pytest
import typer.main

from jpt.browser.chromium.find import Chromium
from jpt.browser.chromium.install import ensure
from jpt.settings import Settings, environment, load
from jpt.store import Store, connection
from jpt.text.clock import Clock
from tests import forks

_KEPT = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "PLAYWRIGHT_BROWSERS_PATH",
    "SSL_CERT_FILE",
    "VIRTUAL_ENV",
)


_IMPATIENT = {
    "jpt.net.http.PAUSE_S": 0.02,
    "jpt.extract.model.client.PAUSE_S": 0.02,
    "jpt.cycle.page_queue.LOOK_AGAIN_S": 0.05,
    "jpt.cycle.fair_queue.LOOK_AGAIN_S": 0.05,
    "jpt.cycle.fair_queue.LOOK_ROUND_S": 0.1,
    "jpt.watch.telegram_buttons.LEAST_S": 0.05,
    "jpt.store.connection.SYNCHRONOUS": "OFF",
}
"""What jpt waits for within this process, before it looks or tries again and for the disk; jpt processes wait in full."""


# The default suite draws the same examples each time: a new one that fails is found by `nox -s fuzz`, not by
# whoever clones the project. A busy machine is no fault of a rule, so no example has a deadline.
hypothesis.settings.register_profile("default", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("quick", max_examples=20, derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("fuzz", max_examples=20_000, deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_configure(config: pytest.Config) -> None:
    """Let a hang-up end what the tests start, though they themselves were started with nohup."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    are_many = getattr(config.option, "numprocesses", None) or getattr(config.option, "workers", None)
    if are_many and not hasattr(config, "workerinput"):
        forks.start()  # one for all workers


def pytest_collection_finish(session: pytest.Session) -> None:
    """Compile the rules' patterns before the workers fork, instead of in each."""
    if getattr(session.config.option, "workers", None):
        forks.warm_up()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use a Chromium, so that `nox -s quick` leaves them out, and spread them among the others.

    They wait more than they work: side by side they would leave the cores idle, or start all their browsers at once.
    Those of one module that share what takes long to make (marked xdist_group) stay together.
    """
    for item in items:
        if {"chromium", "real"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
    slow = [item for item in items if item.get_closest_marker("browser")]
    rest = [item for item in items if not item.get_closest_marker("browser")]
    units = [list(unit) for _, unit in itertools.groupby(slow, key=_shares)]
    step = len(rest) / len(units) if units else 0
    items[:] = [
        one
        for place, unit in enumerate(units)
        for one in [*unit, *rest[int(place * step) : int((place + 1) * step)]]
    ] or rest


def _shares(item: pytest.Item) -> object:
    mark = item.get_closest_marker("xdist_group")
    return mark.args if mark else item.nodeid


@pytest.fixture(autouse=True, scope="session")
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """New databases of this process are copies of one that all migrations have made: a tenth of the work.

    What jpt processes open, here and in their forks, they make themselves.
    """
    made = tmp_path_factory.mktemp("made") / "jpt.sqlite3"
    with Store.open(made):
        pass
    with closing(sqlite3.connect(made)) as db:
        (own_name,) = db.execute("SELECT value FROM jpt_digest_notes WHERE name = 'database'").fetchone()
    content, opened = made.read_bytes(), connection.Connection

    def copied(path: Path, clock: Clock, cache_kb: int = connection.CACHE_KB) -> connection.Connection:
        # A log that was left beside it would be taken for a part of the copy.
        if not path.stat().st_size and not path.with_name(f"{path.name}-wal").exists():
            path.write_bytes(content.replace(own_name.encode(), secrets.token_hex(16).encode()))
        return opened(path, clock, cache_kb)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "Connection", copied)
        for name, value in _IMPATIENT.items():
            patch.setattr(name, value)
        # The tree of 52 commands, too: half of what `main()` takes.
        for name in ("typer.main.get_command", "typer.testing._get_command"):
            patch.setattr(name, cache(typer.main.get_command))
        yield


@pytest.fixture(scope="session")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where it is noted that this session's Chromium renders."""
    return tmp_path_factory.mktemp("browser") / "browser.json"


@pytest.fixture(scope="session")
def chromium(proof: Path) -> Chromium:
    """A Chromium that renders: the machine's own, or fetched now."""
    loaded, _ = load()

    async def found() -> Chromium:
        return await ensure(
            loaded.chromium, sandbox=loaded.sandbox, say=lambda _: None, environ=environment(), cache=proof
        )

    return anyio.run(found)


@pytest.fixture
def settings(tmp_path: Path) -> Callable[..., Settings]:
    """Make settings for this test's folder."""

    def make(**options: Any) -> Settings:
        # What HTTP proves is asked for twice, and would be counted so: tests of that ask for it themselves.
        return load(**{"db": tmp_path / "jpt.sqlite3", "allow_private": True, "cheap": "off", **options})[0]

    return make


@dataclass(frozen=True)
class Ended:
    """How a jpt process ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def json_lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Jpt:
    """Runs jpt as a process in a folder of its own."""

    folder: Path
    env: dict[str, str]
    module: str = "jpt"

    def __call__(self, *words: str | Path, input: str | None = None, timeout: float = 90, **env: str) -> Ended:
        if forks.can_fork(inside := {**self.env, **env}) and self.module == "jpt":
            return Ended(*forks.run([str(word) for word in words], self.folder, inside, input, timeout))
        done = subprocess.run(
            [sys.executable, "-m", self.module, *map(str, words)],
            cwd=self.folder,
            env=inside,
            input=input,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def start(self, *words: str | Path, code: str = "", **env: str) -> subprocess.Popen[str]:
        """Begin a process of jpt, or of *code* that calls its `main`."""
        return subprocess.Popen(
            [sys.executable, *(["-c", code] if code else ["-m", self.module]), *map(str, words)],
            cwd=self.folder,
            env={**self.env, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def begin(self, *words: str | Path, code: str = "", **env: str) -> forks.Started:
        """Begin the same in a fork, which has no imports to do."""
        inside = {**self.env, **env}
        assert forks.can_fork(inside)
        return forks.Started([*(["-c", code] if code else []), *map(str, words)], self.folder, inside)


def bare(folder: Path) -> Jpt:
    """Make a jpt that works in *folder* and needs no browser."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return Jpt(folder, {**kept, "JPT_HOME": ".", "JPT_CHEAP": "off"})


def with_browser(folder: Path, chromium: Chromium, proof: Path) -> Jpt:
    """Make a jpt that works in *folder* with a Chromium that is known to work."""
    (folder / "state").mkdir(mode=0o700)
    shutil.copy(proof, folder / "state/browser.json")
    made = bare(folder)
    return Jpt(folder, {**made.env, "JPT_CHROMIUM": str(chromium.path)})


@pytest.fixture
def bare_jpt(tmp_path: Path) -> Jpt:
    """Jpt for what needs no browser."""
    return bare(tmp_path)


@pytest.fixture
def jpt(tmp_path: Path, chromium: Chromium, proof: Path) -> Jpt:
    """Jpt with a Chromium that is known to work."""
    return with_browser(tmp_path, chromium, proof)


@pytest.fixture
def unused_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
