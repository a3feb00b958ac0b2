"""Work folders: ours alone are swept, and nothing but our own browsers is ended."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from jpt.browser.chromium.scratch import abandoned, scratch, sweep, work_folder

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@contextmanager
def program(*words: str, temp: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs until it is ended."""
    environ = {**os.environ, **({"TMPDIR": str(temp)} if temp else {})}
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", *words], env=environ)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def dead_run(home: Path) -> Path:
    """The folder of a run that was killed, with one of a browser in it."""
    folder = work_folder(home) / "run-dead"
    (folder / "browser-1").mkdir(parents=True)
    return folder


def test_what_a_dead_runs_browser_left_running_is_ended_with_its_folder(home: Path) -> None:
    folder = dead_run(home)

    with program(temp=folder / "browser-1") as left:
        sweep(home)

        assert left.wait(timeout=10) < 0
    assert not folder.exists()


def test_a_program_that_only_names_a_work_folder_is_let_alone(home: Path) -> None:
    folder = dead_run(home)

    with (
        program(f"--user-data-dir={folder}/browser-1/profile") as names_it,
        program(str(folder / "browser-1" / "log")) as reads_it,
        program(temp=home) as beside,
    ):
        sweep(home)
        with scratch() as own:
            (own / "browser-1").mkdir()

        assert [each.poll() for each in (names_it, reads_it, beside)] == [None] * 3


@pytest.mark.parametrize("name", ["jpt-run-", "run-", "jpt-"])
def test_a_folder_that_anybody_puts_beside_ours_ends_no_living_browser(name: str, home: Path) -> None:
    with scratch() as own:
        (own / "browser-1").mkdir()
        with program(temp=own / "browser-1") as browser:
            (home / name / "browser-1").mkdir(parents=True)
            sweep(home)

            assert browser.poll() is None
            assert own.exists()


def test_a_folder_inside_ours_that_is_a_link_is_no_run(home: Path) -> None:
    precious = home / "precious"
    (precious / "browser-1").mkdir(parents=True)
    work_folder(home).mkdir(mode=0o700)
    (work_folder(home) / "run-link").symlink_to(precious)

    sweep(home)

    assert abandoned(home) == []
    assert (precious / "browser-1").exists()


@pytest.mark.parametrize("kind", ["open to all", "a link", "a file", "somebody else's"])
def test_a_work_folder_that_is_not_ours_alone_is_not_used(kind: str, home: Path) -> None:
    around, theirs = work_folder(home), home / "theirs"
    theirs.mkdir()
    match kind:
        case "open to all":
            around.mkdir()
            around.chmod(0o777)
        case "a link":
            around.symlink_to(theirs)
        case "a file":
            around.touch()
        case _:
            if not IS_ROOT:
                pytest.skip("only root can give a folder away")
            around.mkdir(mode=0o700)
            os.chown(around, 65534, 65534)

    sweep(home)
    with scratch() as own:
        assert own.parent == home
        assert own.stat().st_mode & 0o777 == 0o700

    assert list(theirs.iterdir()) == []
    assert not own.exists()
