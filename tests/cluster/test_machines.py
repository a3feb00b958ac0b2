"""What becomes of a worker's machine: a full disk, memory that is short."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.cluster.party import Party, party, until
from tests.cluster.test_run import attempts, by_one_process, career_sites, jobs
from tests.conftest import Jpt

pytestmark = pytest.mark.slow


def test_a_worker_whose_disk_is_full_is_named_and_others_read_its_pages(
    jpt: Jpt, alone: Jpt, tmp_path: Path
) -> None:
    with career_sites(12, latency_ms=100) as served:
        rows = by_one_process(alone, served)
        with party(jpt, served) as made:
            full = in_own_mounts(made, tmp_path / "full")
            made.worker()
            run = made.coordinator(JPT_CLUSTER_SILENT_S="20")
            report = made.wait(run)
            full.terminate()
            full.communicate(timeout=60)

    assert report["jobs"]["done"] == 12
    assert jobs(made.rows()) == jobs(rows)
    assert attempts(made.rows()) == {"1)"}


def test_browsers_that_end_for_want_of_memory_cost_no_job(jpt: Jpt, alone: Jpt) -> None:
    with career_sites(24, latency_ms=100) as served:
        rows = by_one_process(alone, served)
        with party(jpt, served, workers=2) as made:
            run = made.coordinator()
            until(lambda: sum(made.asked().values()) >= 4, "nothing was read")
            killed(made.workers[0])
            until(lambda: sum(made.asked().values()) >= 12, "nothing was read any more")
            killed(made.workers[0])
            report = made.wait(run)

    assert report["jobs"]["done"] == 24
    assert jobs(made.rows()) == jobs(rows)
    assert attempts(made.rows()) == {"1)"}


def browsers(worker: subprocess.Popen[str]) -> list[psutil.Process]:
    """The main processes of a worker's browsers."""
    found = []
    with suppress(psutil.Error):
        for one in psutil.Process(worker.pid).children(recursive=True):
            with suppress(psutil.Error):
                line = one.cmdline()
                if "chrom" in one.name() and not any(word.startswith("--type=") for word in line):
                    found.append(one)
    return found


def killed(*workers: subprocess.Popen[str]) -> None:
    """Kill browsers as the kernel does where memory is short."""
    for worker in workers:
        for one in browsers(worker):
            with suppress(psutil.Error):
                one.kill()


def in_own_mounts(made: Party, temp: Path) -> subprocess.Popen[str]:
    """Start a worker whose temporary folder has no room; skips where that may not be made."""
    temp.mkdir()
    if os.geteuid() or not shutil.which("unshare"):
        pytest.skip("only root may mount here")
    if subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no mount namespace here")
    script = (
        f'mount -t tmpfs -o size=64k tmpfs "{temp}" && exec "$0" -m jpt --quiet worker {made.address} --name full'
    )
    return subprocess.Popen(
        ["unshare", "-m", "sh", "-c", script, sys.executable],
        cwd=made.jpt.folder,
        env={**made.jpt.env, "TMPDIR": str(temp)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
