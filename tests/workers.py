"""A plugin of pytest that collects once and runs the tests in forks of that process: `-p tests.workers --workers 4`.

Workers of pytest-xdist import and collect everything anew, which here costs as much as a tenth of the tests do. Tests of
one module follow each other in one worker, a few at a time; those marked xdist_group all of them, and before the others.
"""

from __future__ import annotations

import gc
import itertools
import threading
from collections import deque
from contextlib import suppress
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import pytest

AT_A_TIME = 6
"""So many tests a worker takes: few enough that none has much left when the others are through."""
OF_A_BROWSER = 2
"""So many of those that use a Chromium: one takes seconds."""

Item = int
"""Its place among the session's items."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--workers", type=int, default=0, help="number of forks that run tests; 0 for none")


def pytest_configure(config: pytest.Config) -> None:
    if config.option.workers and not config.option.collectonly:
        config.pluginmanager.register(_Workers(config.option.workers))


class _Workers:
    def __init__(self, count: int) -> None:
        self._count = count

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        if session.testsfailed:  # an error while collecting: pytest says so and ends
            return None
        assert threading.active_count() == 1, "a library starts a thread when it is imported: it cannot be forked"
        _Crew(session, self._count).run()
        return True


class _Worker:
    """A fork, and the parent's end of the line to it."""

    def __init__(self, session: pytest.Session, name: str, others: list[Connection]) -> None:
        self.line, far = connection.Pipe()
        self.left: deque[Item] = deque()
        self.process: BaseProcess = get_context("fork").Process(
            target=_work, args=[session, name, far, [*others, self.line]]
        )
        self.process.start()
        far.close()


class _Crew:
    """The parent: hands out tests and repeats what the workers report, so that it counts and shows as ever."""

    def __init__(self, session: pytest.Session, count: int) -> None:
        self._session = session
        self._units = deque(_units(session.items))
        self._names = map("w{}".format, itertools.count())
        self._count = count
        self._workers: list[_Worker] = []

    def run(self) -> None:
        _temporary(self._session.config).getbasetemp()  # made once, before there are several to make it
        gc.collect()
        gc.freeze()  # what is there already is never looked through again, and its memory stays shared
        try:
            for _ in range(self._count):
                self._hire()
            while self._workers:
                ready = connection.wait(
                    [end for each in self._workers for end in (each.line, each.process.sentinel)]
                )
                for worker in [
                    each for each in self._workers if each.line in ready or each.process.sentinel in ready
                ]:
                    self._hear(worker)
                self._stop_where_asked()
        finally:
            for worker in self._workers:
                worker.process.kill()

    def _hire(self) -> None:
        lines = [each.line for each in self._workers]
        self._workers.append(_Worker(self._session, next(self._names), lines))

    def _hear(self, worker: _Worker) -> None:
        try:
            if worker.line.poll():
                self._repeat(worker, *worker.line.recv())
                return
        except EOFError:
            pass
        worker.process.join()
        self._workers.remove(worker)
        if worker.left:
            self._lost(worker)

    def _repeat(self, worker: _Worker, what: str, data: Any) -> None:
        hook = self._session.config.hook
        if what == "idle":
            worker.left.extend(self._units.popleft() if self._units else ())
            with suppress(BrokenPipeError):
                worker.line.send(list(worker.left))
        elif what == "report":
            report = hook.pytest_report_from_serializable(config=self._session.config, data=data)
            hook.pytest_runtest_logreport(report=report)
        elif what == "start":
            hook.pytest_runtest_logstart(**data)
        elif what == "finish":
            worker.left.popleft()
            hook.pytest_runtest_logfinish(**data)
        else:
            hook.pytest_warning_recorded.call_historic(kwargs=data)

    def _lost(self, worker: _Worker) -> None:
        """Count a test whose process ended as failed; another worker takes what it had left."""
        item = self._session.items[worker.left.popleft()]
        said = f"the worker that ran it ended with {worker.process.exitcode}"
        report = pytest.TestReport(item.nodeid, item.location, {}, "failed", said, "call")
        item.ihook.pytest_runtest_logreport(report=report)
        if worker.left:
            self._units.appendleft(list(worker.left))
        if self._units:
            self._hire()

    def _stop_where_asked(self) -> None:
        if self._session.shouldfail:
            raise self._session.Failed(self._session.shouldfail)
        if self._session.shouldstop:
            raise self._session.Interrupted(self._session.shouldstop)


def _units(items: list[pytest.Item]) -> list[list[Item]]:
    """Give what one worker takes at a time; what takes longest begins first, so that nobody waits for it at the end.

    The others follow in the order of their first items, which has those that wait for a browser among those that work.
    """

    wholes: dict[object, list[Item]] = {}
    rest: dict[tuple[object, bool], list[Item]] = {}
    for place, item in enumerate(items):
        if mark := item.get_closest_marker("xdist_group"):
            wholes.setdefault(mark.args, []).append(place)
        else:
            rest.setdefault((item.path, bool(item.get_closest_marker("browser"))), []).append(place)
    parts = [
        unit[start : start + size]
        for (_, uses_browser), unit in rest.items()
        for size in [OF_A_BROWSER if uses_browser else AT_A_TIME]
        for start in range(0, len(unit), size)
    ]
    return [*sorted(wholes.values(), key=len, reverse=True), *sorted(parts)]


def _work(session: pytest.Session, name: str, line: Connection, others: list[Connection]) -> None:
    """Run tests until none is left: the life of a worker."""
    for other in others:
        other.close()
    config = session.config
    config.workerinput = {"workerid": name}  # type: ignore[attr-defined]  # as plugins know a worker by
    manager = config.pluginmanager
    capture: Any = manager.getplugin("capturemanager")
    # The file that takes what is printed is the parent's: each worker needs one of its own.
    capture.stop_global_capturing()
    capture.start_global_capturing()
    # A folder of its own, too: to name the next one, pytest looks through all that are there.
    temporary = _temporary(config)
    temporary._basetemp = temporary.mktemp(name, numbered=False)
    manager.unregister(name="terminalreporter")
    manager.register(_Reporter(config, line))
    with suppress(EOFError, BrokenPipeError, KeyboardInterrupt):
        while True:
            line.send(("idle", None))
            unit = line.recv()
            if not unit:
                break
            for place, item in enumerate(unit):
                # What a module shares lives from its first test of this unit to the last.
                after = session.items[unit[place + 1]] if place + 1 < len(unit) else session
                session.items[item].ihook.pytest_runtest_protocol(item=session.items[item], nextitem=after)
        config.hook.pytest_sessionfinish(session=session, exitstatus=0)


def _temporary(config: pytest.Config) -> Any:
    return config._tmp_path_factory  # type: ignore[attr-defined]  # its public face is a fixture, which is too late


class _Reporter:
    """Sends what happens in a worker to its parent."""

    def __init__(self, config: pytest.Config, line: Connection) -> None:
        self._config = config
        self._line = line

    def pytest_runtest_logstart(self, nodeid: str, location: tuple[str, int | None, str]) -> None:
        self._line.send(("start", {"nodeid": nodeid, "location": location}))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        data = self._config.hook.pytest_report_to_serializable(config=self._config, report=report)
        self._line.send(("report", data))

    def pytest_runtest_logfinish(self, nodeid: str, location: tuple[str, int | None, str]) -> None:
        self._line.send(("finish", {"nodeid": nodeid, "location": location}))

    def pytest_warning_recorded(self, warning_message: Any, when: Any, nodeid: str, location: Any) -> None:
        said = {
            "warning_message": warning_message,
            "when": when,
            "nodeid": nodeid,
            "location": location,
        }
        with suppress(Exception):  # a warning of a class that cannot be sent
            self._line.send(("warning", said))
