"""Memory as the kernel's groups tell of it, in files as it writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from jpt.browser.pool.memory import Surroundings

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
def here(tmp_path: Path) -> Surroundings:
    (tmp_path / "proc/self").mkdir(parents=True)
    return Surroundings(tmp_path / "proc", tmp_path / "groups")


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
    said: str, place: str, files: dict[str, object], here: Surroundings
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
def test_without_a_limit_the_machine_decides(files: dict[str, object], here: Surroundings) -> None:
    (here.proc / "self/cgroup").write_text("4:memory:/\n0::/")
    write(here.groups, files)
    write(here.groups / "memory", files)

    assert here.free_mb() > 70


def test_what_the_kernel_ended_is_counted_wherever_it_is_told(here: Surroundings) -> None:
    assert here.kills() == 0

    (here.proc / "self/cgroup").write_text("4:memory:/a\n0::/b")
    write(here.proc, {"vmstat": "nr_free_pages 7\noom_kill 2"})
    write(here.groups / "memory/a", {"memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 3"})
    write(here.groups / "b", {"memory.events": "low 0\nmax 9\noom 4\noom_kill 4\noom_group_kill 0"})

    assert here.kills() == 9
