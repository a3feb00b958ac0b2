"""A systemd of the user that really runs, in namespaces of its own: nothing of it reaches the machine's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PLACES = """
set -e
mount --make-rprivate /
mount -t proc proc /proc
umount --recursive --lazy /sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 none /sys/fs/cgroup
mount -t tmpfs none /run
mkdir -p /run/systemd/system "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"
# A manager of the user refuses to be process 1.
systemd --user --log-level=warning --log-target=console &
wait
"""
"""What stands where inside: a control group tree and a /run that are empty."""


@dataclass(frozen=True)
class Manager:
    """A running manager, and how to speak to it."""

    pid: int
    env: dict[str, str]
    folder: Path

    def __call__(self, *words: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run *words* inside, and wait."""
        return subprocess.run(
            ["nsenter", "--target", str(self.pid), "--mount", "--pid", "--cgroup", f"--wdns={self.folder}", *words],
            env=self.env, capture_output=True, text=True, check=False, timeout=timeout, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def shown(self, unit: str) -> dict[str, str]:
        """Give the properties of a unit."""
        told = self("systemctl", "--user", "show", unit).stdout
        return dict(line.split("=", 1) for line in told.splitlines() if "=" in line)

    def jpt(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run jpt inside."""
        return self(sys.executable, "-m", "jpt", *words)


@contextmanager
def managed(folder: Path, env: dict[str, str]) -> Iterator[Manager | str]:
    """Run a manager whose home is *folder*; gives a sentence instead where that is not possible."""
    missing = [tool for tool in ("systemd", "systemctl", "unshare", "nsenter") if shutil.which(tool) is None]
    group = _group()
    if missing or os.geteuid() != 0 or group is None:
        yield f"it takes root, cgroup2 and systemd's programs ({', '.join(missing) or 'these are here'})"
        return
    inside = {**env, "HOME": str(folder), "XDG_RUNTIME_DIR": "/run/user/0", "SYSTEMD_PAGER": ""}
    log = (folder / "manager.log").open("w+")
    # The namespace's root of the tree is the group that it is made in.
    start = [
        "sh",
        "-c",
        f"echo $$ > {group}/cgroup.procs && exec unshare --mount --pid --fork --kill-child --cgroup sh -c '{PLACES}'",
    ]
    running = subprocess.Popen(start, env=inside, cwd=folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        manager = _ready(running, inside, folder)
        log.seek(0)
        yield manager or f"systemd does not run in namespaces here: {log.read()[-300:]}"
    finally:
        running.kill()
        running.wait(30)
        log.close()
        _removed(group)


def _ready(running: subprocess.Popen[bytes], env: dict[str, str], folder: Path) -> Manager | None:
    while running.poll() is None:
        found = subprocess.run(
            ["pgrep", "--parent", str(running.pid)], capture_output=True, text=True, check=False
        )
        if found.stdout.strip():
            manager = Manager(int(found.stdout.split()[0]), env, folder)
            if manager("systemctl", "--user", "is-system-running", timeout=20).stdout.strip() in {
                "running",
                "degraded",
            }:
                return manager
    return None


def _group() -> Path | None:
    """Make an empty control group, where there is a tree of the second kind."""
    for line in Path("/proc/mounts").read_text().splitlines():
        _, place, kind, *_ = line.split()
        if kind == "cgroup2":
            group = Path(place) / f"jpt-test-{os.getpid()}"
            try:
                group.mkdir(exist_ok=True)
            except OSError:
                return None
            return group
    return None


def _removed(group: Path) -> None:
    """Remove the group and what the manager made in it; their last processes are gone in a moment."""
    for _ in range(200):
        folders = [*sorted((path for path in group.rglob("*") if path.is_dir()), reverse=True), group]
        try:
            for folder in folders:
                folder.rmdir()
        except OSError:
            subprocess.run(["sleep", "0.05"], check=True)
        else:
            return
