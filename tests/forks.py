"""jpt as a process without its second of imports: forked from one that has imported everything.

`python -m tests.forks SOCKET [--warm]` imports jpt once and then forks a process for each request. A fork is a process as any
other: its own folder, environment, pipes, signals and end. It differs from `python -m jpt` by its command line in
/proc, and by what Python and Typer read from the environment while they start: a caller whose environment differs there
from the server's gets a process of its own (`can_fork`). Nothing waits for the disk.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import io
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO, NamedTuple, NoReturn, Self

_READ_AT_START = (
    "PYTHON",
    "LANG",
    "LC_",
    "COLUMNS",
    "LINES",
    "TERMINAL_WIDTH",
    "FORCE_COLOR",
    "GITHUB_ACTIONS",
    "PY_COLORS",
)
"""What Python reads from the environment as it starts, and Typer as it is imported."""


_PLACE = "TESTS_FORKS"
"""Names the socket of a server that runs already."""


class _Order(NamedTuple):
    words: Sequence[str]
    folder: str
    env: Mapping[str, str]
    session: bool


class Begun:
    """A fork at work."""

    def __init__(
        self,
        words: Sequence[str],
        folder: Path,
        env: Mapping[str, str],
        handles: Sequence[int],
        *,
        session: bool = False,
    ) -> None:
        """Fork, with the three *handles* as stdin, stdout and stderr; in a *session* of its own where asked for."""
        self._words = words
        self._asked = socket.socket(socket.AF_UNIX)
        _connect(self._asked)
        order = json.dumps([list(words), str(folder), dict(env), session]).encode()
        socket.send_fds(self._asked, [len(order).to_bytes(8)], list(handles))
        self._asked.sendall(order)
        self.pid = _number(self._asked)

    def wait(self, timeout: float) -> int:
        """Give its code, as subprocess does.

        Raises subprocess.TimeoutExpired after *timeout* seconds; the process is killed then.
        """
        try:
            return self.code(timeout)
        except TimeoutError:
            os.kill(self.pid, signal.SIGKILL)
            raise subprocess.TimeoutExpired(["jpt", *self._words], timeout) from None
        finally:
            self._asked.close()

    def code(self, timeout: float) -> int:
        """Give its code once it has ended; raises TimeoutError where it has not within *timeout* seconds."""
        self._asked.settimeout(timeout)
        return _number(self._asked)


class Started:
    """A fork that is at work while the test goes on, used as one uses subprocess.Popen; what it writes is text."""

    def __init__(self, words: Sequence[str], folder: Path, env: Mapping[str, str]) -> None:
        (out, out_end), (err, err_end) = os.pipe(), os.pipe()
        with Path(os.devnull).open() as nothing:
            self._begun = Begun(words, folder, env, [nothing.fileno(), out_end, err_end], session=True)
        os.close(out_end)
        os.close(err_end)
        self._heard = _Heard(out), _Heard(err)
        self.pid = self._begun.pid
        self.returncode: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.wait(60)

    def poll(self) -> int | None:
        with suppress(TimeoutError):
            self.returncode = self._begun.code(0.001) if self.returncode is None else self.returncode
        return self.returncode

    def wait(self, timeout: float) -> int:
        if self.returncode is None:
            self.returncode = self._begun.wait(timeout)
        return self.returncode

    def communicate(self, timeout: float) -> tuple[str, str]:
        self.wait(timeout)
        out, err = self._heard
        return out.text(), err.text()

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has just ended
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def can_fork(env: Mapping[str, str]) -> bool:
    """Tell whether a fork would behave as a process that starts with *env*."""
    return hasattr(os, "fork") and _at_start(env) == _at_start(_server_env())


def run(
    words: Sequence[str],
    folder: Path,
    env: Mapping[str, str],
    text: str | None,
    timeout: float,
    files: tuple[IO[str] | None, IO[str] | None] = (None, None),
) -> tuple[int, str, str]:
    """Run jpt in a fork; give its code (as subprocess does), output and errors, unless *files* take them.

    Words that begin with `-c` and Python code are run as python would. Raises subprocess.TimeoutExpired after *timeout* seconds; the process is killed then.
    """
    with tempfile.TemporaryFile("w+") as given:
        given.write(text or "")
        given.seek(0)
        (out, out_end), (err, err_end) = os.pipe(), os.pipe()
        ends = [
            end if file is None else file.fileno() for end, file in zip((out_end, err_end), files, strict=True)
        ]
        begun = Begun(words, folder, env, [given.fileno(), *ends])
        os.close(out_end)
        os.close(err_end)
        heard = [_Heard(out), _Heard(err)]
        try:
            code = begun.wait(timeout)
        finally:
            said = [each.text() for each in heard]
    return code, said[0], said[1]


def _connect(asked: socket.socket) -> None:
    """Connect to the server, which may still be importing."""
    until = time.monotonic() + 120
    while True:
        try:
            return asked.connect(_server())
        except (FileNotFoundError, ConnectionRefusedError):
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


class _Heard:
    """Reads one end of a pipe until it is closed."""

    def __init__(self, descriptor: int) -> None:
        self._parts: list[bytes] = []
        self._thread = threading.Thread(target=self._read, args=[descriptor], daemon=True)
        self._thread.start()

    def text(self) -> str:
        self._thread.join()
        return b"".join(self._parts).decode().replace("\r\n", "\n")

    def _read(self, descriptor: int) -> None:
        with open(descriptor, "rb", buffering=0) as pipe:
            while part := pipe.read(65_536):
                self._parts.append(part)


def _number(connection: socket.socket) -> int:
    got = b""
    while len(got) < 8:
        part = connection.recv(8 - len(got))
        if not part:
            raise RuntimeError("the process that forks jpt has ended")
        got += part
    return int.from_bytes(got, signed=True)


def _at_start(env: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if name.startswith(_READ_AT_START)}


def _server_env() -> dict[str, str]:
    kept = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "SSL_CERT_FILE", "VIRTUAL_ENV")
    return {name: os.environ[name] for name in kept if name in os.environ}


def start() -> None:
    """Start the server for this process and for those that it starts."""
    os.environ[_PLACE] = _started("--warm")


def _server() -> str:
    return os.environ.get(_PLACE) or _started()


@cache
def _started(*options: str) -> str:
    """Start the server, once; give the path of its socket."""
    path = str(Path(tempfile.mkdtemp(prefix="forks-")) / "socket")
    root = str(Path(__file__).parent.parent)
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.forks", path, *options],
        cwd=root, env=_server_env(), stdin=subprocess.DEVNULL,
    )  # fmt: skip

    def end() -> None:
        started.kill()
        started.wait()
        Path(path).unlink(missing_ok=True)
        Path(path).parent.rmdir()

    atexit.register(end)
    return path


def _serve(listening: socket.socket) -> _Order:
    """Answer requests; returns in each process that is to become jpt."""
    ended, ends = socket.socketpair()
    ends.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(ends.fileno())
    at_work: dict[int, socket.socket] = {}
    while True:
        ready, _, _ = select.select([listening, ended], [], [])
        if ended in ready:
            ended.recv(4096)
            _answer_for_the_ended(at_work)
        if listening not in ready:
            continue
        connection, _ = listening.accept()
        length, handles, _, _ = socket.recv_fds(connection, 8, 3)
        try:
            with connection.makefile("rb") as stream:
                order = _Order(*json.loads(stream.read(int.from_bytes(length))))
        except ValueError:  # who asked has ended meanwhile
            connection.close()
            continue
        if pid := os.fork():
            at_work[pid] = connection
            for handle in handles:
                os.close(handle)
            connection.sendall(pid.to_bytes(8))
            continue
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for one in (listening, ended, ends, connection, *at_work.values()):
            one.close()
        for place, handle in enumerate(handles):
            os.dup2(handle, place)
            os.close(handle)
        return order


def _answer_for_the_ended(at_work: dict[int, socket.socket]) -> None:
    """Give the code of each fork that has ended to whoever asked for it."""
    with suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            pid, status = found
            with at_work.pop(pid) as connection, suppress(OSError):  # nobody may wait any more
                connection.sendall(os.waitstatus_to_exitcode(status).to_bytes(8, signed=True))


def _import_all() -> None:
    import jpt

    for module in pkgutil.walk_packages(jpt.__path__, "jpt."):
        if not module.name.endswith(".__main__"):
            importlib.import_module(module.name)


def _prepare() -> None:
    """Make what each process would make alike: the command line's tree, whom this machine trusts, what reads a post."""
    import typer.main

    from jpt.cli.app import app
    from jpt.net import trust
    from jpt.store import connection

    tree = typer.main.get_command(app)
    typer.main.get_command = lambda typer_instance: tree
    trust.context("web")
    trust.context("model")
    connection.SYNCHRONOUS = "OFF"


def warm_up() -> None:
    """Load what only some commands use, and compile the patterns of the rules: it pays where forks are many."""
    import openai  # noqa: F401

    import jpt
    from jpt.text.late import Late

    for pattern in [each for each in gc.get_objects() if isinstance(each, Late)]:
        pattern.search("")
    jpt.read_post("Baker in Hamburg\n\nRequirements\n- 3 years of experience\n\nWe pay 50,000 EUR a year")


def _begin(path: str, *, warm: bool) -> _Order:
    _import_all()
    _prepare()
    if warm:
        warm_up()
    assert threading.active_count() == 1, "a library starts a thread when it is imported: it cannot be forked"
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen(64)
        return _serve(listening)


def _read_environment(order: _Order) -> None:
    """Do as a process that starts with this environment, terminal and session."""
    if order.session:
        os.setsid()
    tempfile.tempdir = None
    time.tzset()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=stream is sys.stderr or stream.isatty())
    from jpt.cli import session

    # They look at the terminal and its size as they are made, which was without one.
    for screen, is_err in ((session.out, False), (session.err, True)):
        type(screen).__init__(screen, stderr=is_err, highlight=False)


def _leave(code: object) -> NoReturn:
    """End as Python does, but leave the memory to the system: to free all that was imported costs more than most tests."""
    threading._shutdown()  # type: ignore[attr-defined]  # waits for threads, and has no public name
    atexit._run_exitfuncs()
    if not isinstance(code, int | None):
        print(code, file=sys.stderr)
        code = 1
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            code = 120
    os._exit(code or 0)


if __name__ == "__main__":
    order = _begin(sys.argv[1], warm="--warm" in sys.argv)
    os.chdir(order.folder)
    os.environ.clear()
    os.environ.update(order.env)
    _read_environment(order)
    sys.path[0] = order.folder
    try:
        if order.words[0] == "-c":
            sys.argv = ["-c", *order.words[2:]]
            exec(order.words[1], {"__name__": "__main__"})
        else:
            sys.argv = ["jpt", *order.words]
            runpy.run_module("jpt", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        _leave(end.code)
    _leave(0)
