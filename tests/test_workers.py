"""The plugin that runs tests in forks counts as pytest does, and a fork that ends costs one test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TESTS = """
import os, pytest, warnings

@pytest.fixture(scope="session")
def ended(tmp_path_factory):
    yield
    (tmp_path_factory.getbasetemp().parent / f"{os.getpid()}.ended").touch()

@pytest.mark.parametrize("number", range(20))
def test_passes(number, ended, tmp_path):
    print("printed")

def test_fails(ended):
    print("said before")
    assert 1 == 2

def test_ends_its_process():
    os._exit(9)

def test_stands_behind_it(ended):
    warnings.warn("of a test")

@pytest.mark.skip
def test_skipped():
    pass
"""


def test_forks_report_as_one_process_does(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(TESTS)

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.workers", "-p", "no:hypothesispytest", "--workers", "2", "-c", "/dev/null",
         "--rootdir", tmp_path, "--basetemp", tmp_path / "made", tmp_path / "test_it.py"],
        cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1, done.stdout + done.stderr
    assert "2 failed, 21 passed, 1 skipped, 1 warning" in done.stdout
    assert "said before" in done.stdout
    assert "the worker that ran it ended with 9" in done.stdout
    assert list((tmp_path / "made").glob("*.ended"))


def test_a_fault_of_collecting_is_one(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("raise OSError")

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.workers", "-p", "no:hypothesispytest", "--workers", "2", "-c", "/dev/null", tmp_path],
        cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert "1 error" in done.stdout
