"""A full disk under stdout, stderr or the log: the work is done all the same, and what was lost is reported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jpt.cli.output import LossyFile
from tests import forks
from tests.cli.test_data import found
from tests.conftest import Ended, Jpt

FULL = Path("/dev/full")
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="needs a device that is full")


def ended(jpt: Jpt, *words: str, out: Path | None = None, err: Path | None = None) -> Ended:
    """Run jpt with its output going to a file."""
    with (out or Path(os.devnull)).open("w") as to_out, (err or Path(os.devnull)).open("w") as to_err:
        files = (to_out if out else None, to_err if err else None)
        return Ended(*forks.run(words, jpt.folder, jpt.env, None, 60, files))


@pytest.fixture
def stored(bare_jpt: Jpt) -> Jpt:
    (bare_jpt.folder / "state").mkdir(mode=0o700)
    found(bare_jpt.folder / "state/snapshots.sqlite3", "Loom Engineer")
    return bare_jpt


def test_results_that_could_not_be_written_are_no_success_and_said(stored: Jpt) -> None:
    done = ended(stored, "jobs", "--json", out=FULL)

    assert done.code == 74
    assert "of the output could not be written: No space left on device" in done.err


def test_complaints_that_could_not_be_written_change_nothing_about_the_work(stored: Jpt) -> None:
    usual = stored("reextract", "--dry-run", "-v")

    done = ended(stored, "reextract", "--dry-run", "-v", err=FULL)

    assert (done.code, done.out) == (usual.code, usual.out)
    (stored.folder / "inputs").mkdir()
    (stored.folder / "inputs/companies.csv").write_text("name,url\nAcme,no address\n", encoding="utf-8")
    assert ended(stored, "run", err=FULL).code == 65


def test_a_gap_is_named_as_soon_as_there_is_room_again(tmp_path: Path) -> None:
    place, full = os.open(tmp_path / "log", os.O_WRONLY | os.O_CREAT), os.open(FULL, os.O_WRONLY)
    kept = os.dup(place)
    stream = LossyFile(place, notes_gaps=True)

    stream.write(b"one\n")
    os.dup2(full, place)
    assert stream.write(b"two\n") == 4
    os.dup2(kept, place)
    stream.write(b"three\n")

    assert (tmp_path / "log").read_text() == (
        "one\n\n[4 bytes could not be written: No space left on device]\nthree\n"
    )
    assert stream.lost == 4


def test_a_reader_that_went_away_is_still_known() -> None:
    read, write = os.pipe()
    os.close(read)

    with pytest.raises(BrokenPipeError):
        LossyFile(write, notes_gaps=True).write(b"one\n")


CLOSED = """
import os, sys
for number, name in enumerate(("stdin", "stdout", "stderr")):
    if number in {}:
        os.close(number)
        setattr(sys, name, None)
sys.argv = ["jpt", "jobs", "--json"]
from jpt.cli import main
main()
"""
"""What Python makes of streams that are closed as it starts."""


@pytest.mark.parametrize("closed", [{1}, {0, 1, 2}], ids=str)
def test_streams_that_are_closed_end_nothing(closed: set[int], stored: Jpt) -> None:
    done = stored("-c", CLOSED.format(closed))

    assert (done.code, done.err) == (0, "")


@pytest.mark.fresh
@pytest.mark.parametrize(
    "closed",
    [">&-", "<&- >&- 2>&-", *(pytest.param(one, marks=pytest.mark.slow) for one in ("2>&-", "<&-", "<&- >&-"))],
)
def test_streams_that_were_closed_before_it_began_end_nothing(closed: str, bare_jpt: Jpt) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m jpt jobs --json {closed}', sys.executable],
        cwd=bare_jpt.folder, env=bare_jpt.env, capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip

    assert done.returncode == 0
    assert "Traceback" not in done.stderr


LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_{}, ({},) * 2)
from jpt.cli import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of its kind")
@pytest.mark.parametrize("limit", ["FSIZE 0", "NOFILE 12"], ids=["no file may grow", "few may be open"])
@pytest.mark.parametrize("words", ["jobs", "web --port 0", "run"])
def test_limits_of_files_are_a_sentence_without_a_trace(limit: str, words: str, stored: Jpt) -> None:
    (stored.folder / "inputs").mkdir(exist_ok=True)
    (stored.folder / "inputs/companies.csv").write_text("company,url\nAcme,https://acme.example/careers\n")

    done = stored("-c", LIMITED.format(*limit.split()), *words.split())

    assert done.code in {0, 69, 73, 74, 78}, done.err
    assert done.out or done.err
    assert "Traceback" not in done.err


@pytest.mark.fresh
@pytest.mark.skipif(sys.platform == "win32", reason="limits of its kind")
@pytest.mark.parametrize("limit", ["-f 0", "-n 12"], ids=["no file may grow", "few may be open"])
def test_limits_that_held_before_it_began_are_a_sentence_too(limit: str, stored: Jpt) -> None:
    done = subprocess.run(
        ["sh", "-c", f'ulimit {limit}; exec timeout 60 "$0" -m jpt jobs', sys.executable],
        cwd=stored.folder, env=stored.env, capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip

    assert done.returncode in {0, 69, 73, 74, 78}, done.stderr
    assert done.stdout or done.stderr
    assert "Traceback" not in done.stderr
