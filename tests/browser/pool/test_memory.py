"""Memory as the kernel's groups tell of it, in files as it writes them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import anyio
import pytest

from jpt.browser.chromium import limits
from jpt.browser.pool import memory
from jpt.browser.pool.memory import HostResources
from jpt.cli.options import working
from jpt.doctor import machine
from jpt.doctor.checks import examined
from jpt.doctor.diagnosis import Diagnosis
from jpt.errors import BrowserUnusable
from jpt.settings import load
from tests.conftest import Jpt

MB = 1024 * 1024
NEW = {"memory.max": 300 * MB, "memory.current": 250 * MB, "memory.stat": f"anon 5\ninactive_file {20 * MB}"}
OLD = {
    "memory.limit_in_bytes": 300 * MB,
    "memory.usage_in_bytes": 250 * MB,
    "memory.stat": f"cache 5\ntotal_inactive_file {20 * MB}",
}


def write(folder: Path, files: dict[str, object]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in files.items():
        (folder / name).write_text(f"{value}\n")


@pytest.fixture
def here(tmp_path: Path) -> HostResources:
    (tmp_path / "proc/self").mkdir(parents=True)
    return HostResources(tmp_path / "proc", tmp_path / "groups")


@pytest.mark.parametrize(
    ("said", "place", "files"),
    [
        ("0::/", "", NEW),
        ("0::/system.slice/jpt.service", "system.slice/jpt.service", NEW),
        ("0::/system.slice/jpt.service", "system.slice", NEW),
        ("0::/docker/abc\n", "", NEW),
        ("4:memory:/", "memory", OLD),
        ("7:cpu,cpuacct:/x\n4:memory:/docker/abc\n0::/", "memory", OLD),
        ("4:memory:/docker/abc", "memory/docker/abc", OLD),
        ("4:hugetlb,memory:/docker/abc", "memory/docker", OLD),
        ("4:memory:/../../docker/abc", "memory/docker/abc", OLD),
        ("", "", NEW),
    ],
)
def test_the_group_with_the_least_left_decides(
    said: str, place: str, files: dict[str, object], here: HostResources
) -> None:
    (here.proc / "self/cgroup").write_text(said)
    write(here.groups / place, files)

    assert here.free_mb() == pytest.approx(70)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {**NEW, "memory.max": "max"},
        {**NEW, "memory.current": "²"},
        {**OLD, "memory.limit_in_bytes": 9223372036854771712},
    ],
)
def test_without_a_limit_the_machine_decides(files: dict[str, object], here: HostResources) -> None:
    (here.proc / "self/cgroup").write_text("4:memory:/\n0::/")
    write(here.groups, files)
    write(here.groups / "memory", files)

    assert here.free_mb() > 70


def test_what_the_kernel_ended_is_counted_wherever_it_is_told(here: HostResources) -> None:
    assert here.kills() == 0

    (here.proc / "self/cgroup").write_text("4:memory:/a\n0::/b")
    write(here.proc, {"vmstat": "nr_free_pages 7\noom_kill 2"})
    write(here.groups / "memory/a", {"memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 3"})
    write(here.groups / "b", {"memory.events": "low 0\nmax 9\noom 4\noom_kill 4\noom_group_kill 0"})

    assert here.kills() == 9


@pytest.mark.parametrize("module", [limits, memory], ids=["a browser", "jpt itself"])
def test_too_little_memory_is_said_before_the_kernel_ends_anything(
    module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/cgroup").write_text("4:memory:/\n0::/")
    small = {**OLD, "memory.usage_in_bytes": 290 * MB}
    write(tmp_path / "groups/memory", small)
    monkeypatch.setattr(module, "HERE", HostResources(tmp_path / "proc", tmp_path / "groups"))

    if module is limits:
        assert "30 MB of memory are left" in limits.too_little_memory()
    else:
        with pytest.raises(BrowserUnusable, match="30 MB of memory are left"):
            working(lambda: None)()


def test_the_doctor_looks_at_memory_first_and_at_nothing_else_where_it_is_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "proc/self").mkdir(parents=True)
    (tmp_path / "proc/self/cgroup").write_text("4:memory:/\n0::/")
    write(tmp_path / "groups/memory", {**OLD, "memory.usage_in_bytes": 290 * MB})
    monkeypatch.setattr(machine, "HERE", HostResources(tmp_path / "proc", tmp_path / "groups"))

    async def found() -> list[Diagnosis]:
        return [one async for one in examined(load()[0], (), tmp_path / "none.csv", fix=False)]

    assert [(one.check, one.state) for one in anyio.run(found)] == [("python", "ok"), ("memory", "fail")]


MEMORY = Path("/sys/fs/cgroup/memory")


@pytest.mark.slow
@pytest.mark.skipif(not os.access(MEMORY / "cgroup.procs", os.W_OK), reason="no groups may be made here")
@pytest.mark.parametrize(
    ("words", "codes"),
    [("run", {69}), ("watch", {69}), ("jobs", {0}), ("sites", {0}), ("status", {0, 1}), ("doctor", {1}),
     ("mcp", {69}), ("demo", {69}), ("try extract post.txt", {69})],
)  # fmt: skip
def test_in_60_mb_each_command_ends_with_a_documented_code(words: str, codes: set[int], bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "inputs").mkdir()
    (bare_jpt.folder / "inputs/companies.csv").write_text("company,url\nAcme,https://acme.example/careers\n")
    group = MEMORY / f"jpt-test-{os.getpid()}"
    group.mkdir()
    try:
        (group / "memory.limit_in_bytes").write_text(str(60 * MB))
        done = subprocess.run(
            ["sh", "-c", f'echo $$ > {group}/tasks; exec "$0" -m jpt {words}', sys.executable],
            cwd=bare_jpt.folder, env=bare_jpt.env, capture_output=True, text=True, timeout=90, check=False,
        )  # fmt: skip
    finally:
        group.rmdir()

    assert done.returncode in codes, done.stderr
    assert done.stderr or done.stdout


def test_a_limit_of_processes_counts_in_a_group_above_ours_too(here: HostResources) -> None:
    (here.proc / "self/cgroup").write_text("0::/containers/jpt\n")
    write(here.groups / "containers", {"pids.max": 100, "pids.current": 90})
    write(here.groups / "containers/jpt", {"pids.max": "max", "pids.current": 5})

    assert list(here.processes_left()) == [10]
