"""A plugin of pytest that writes down which tests failed: `-p tests.flaky --failed-tests FILE`.

The sessions of the noxfile run those again, alone, and name those that pass then.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--failed-tests", type=Path, help="file to write the names of failed tests to, as a JSON array"
    )


def pytest_configure(config: pytest.Config) -> None:
    path = config.getoption("failed_tests")
    # With workers, the process that starts them hears of all tests.
    if path is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Failures(config, path))


class _Failures:
    def __init__(self, config: pytest.Config, path: Path) -> None:
        self._config = config
        self._path = path
        self._names: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._names.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        if not hasattr(self._config, "workerinput"):  # a fork of tests.workers
            self._path.write_text(json.dumps(sorted(self._names)), encoding="utf-8")
