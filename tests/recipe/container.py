"""Run compose.yaml as it stands, in a real container, where Podman is: `python -m tests.recipe.container`.

The base image is made of Debian's own packages (debootstrap), so that no registry of images is needed. It takes root,
buildah, podman, debootstrap and podman-compose.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.career_sites import CareerSites, Site, adverts
from tests.recipe.dockerfile import stages
from tests.recipe.root import made, pip_files

PROJECT = Path(__file__).parents[2]
TOOLS = ("unshare", "debootstrap", "buildah", "podman", "podman-compose")
NAMED = "localhost/jpt_jpt"
INSIDE = """
mount --make-rprivate /
umount --recursive --lazy /sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 none /sys/fs/cgroup
exec "$@"
"""
"""A tree of control groups of one kind: Podman does not work with two."""
OVERRIDE = "services:\n  jpt:\n    network_mode: host\n"
"""The sites are on this machine's loopback."""


class Engine:
    """Podman with a store of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._words = [
            "--root",
            str(folder / "store"),
            "--runroot",
            str(folder / "run"),
            "--storage-driver",
            "vfs",
        ]
        soft = os.sysconf("SC_OPEN_MAX")
        # What the machine does not let us do here, and what a container does not need for this.
        self._run = f"--cgroups disabled --ulimit nofile={soft}:{soft} --ulimit nproc=1000:1000"

    def __call__(self, *words: str, check: bool = False) -> subprocess.CompletedProcess[str]:
        """Run podman."""
        return self._do(["podman", *self._words, "--cgroup-manager", "cgroupfs", *words], check=check)

    def build(self, context: Path) -> None:
        """Build the Dockerfile there; pip uses what it uses outside."""
        binds = [word for path, place in pip_files(self._folder) for word in ("--volume", f"{path}:{place}:ro")]
        words = ["bud", "--format", "docker", "--pull-never", "--isolation", "chroot", "--network", "host"]
        self._do(["buildah", *self._words, *words, *binds, "--tag", NAMED, str(context)], check=True)

    def up(self, project: Path) -> None:
        """Start what compose.yaml names."""
        podman = shutil.which("podman-compose") or "podman-compose"
        words = [
            f"--podman-args={' '.join(self._words)} --cgroup-manager cgroupfs",
            f"--podman-run-args={self._run}",
        ]
        self._do([podman, *words, "up", "--no-build", "--detach"], check=True, cwd=project)

    def _do(
        self, words: Sequence[str], *, check: bool, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        command = ["unshare", "--mount", "sh", "-c", INSIDE, "sh", *words]
        done = subprocess.run(command, cwd=cwd, text=True, capture_output=True, check=False, timeout=900)
        if check and done.returncode:
            raise SystemExit(f"{' '.join(words)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done


def main() -> int:
    """Build, start, look, stop; gives 0 when all holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.recipe.container", description=__doc__)
    parser.add_argument("--cache", type=Path, help="keep plain Debian roots here for the next time")
    options = parser.parse_args()
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing or os.geteuid() != 0:
        raise SystemExit(f"It takes root, and {' '.join(missing) or 'nothing else'}: see the top of this file.")
    with tempfile.TemporaryDirectory(prefix="jpt-container-") as name:
        folder = Path(name)
        engine = Engine(folder)
        base = stages((PROJECT / "Dockerfile").read_text())[0].base
        root = made(base, folder / "plain", options.cache or folder / "debian")
        _imported(engine, root.path, base)
        print("building", flush=True)
        engine.build(PROJECT)
        return _judged(engine, folder / "jpt")


def _imported(engine: Engine, root: Path, name: str) -> None:
    archive = root.with_suffix(".tar")
    subprocess.run(["tar", "-C", str(root), "-cf", str(archive), "."], check=True)
    engine("import", str(archive), f"docker.io/library/{name}", check=True)
    archive.unlink()


def _judged(engine: Engine, project: Path) -> int:
    failures = 0

    def judge(words: str, good: bool, seen: str = "") -> None:
        nonlocal failures
        failures += not good
        print(f"{'ok  ' if good else 'FAIL'}  {words}{'' if good else f': {seen[-1500:]}'}", flush=True)

    for part in ("inputs", "state"):
        (project / part).mkdir(parents=True)
    shutil.chown(project / "state", 1000, 1000)
    shutil.copy(PROJECT / "compose.yaml", project)
    shutil.copytree(PROJECT / "docker", project / "docker")
    (project / "compose.override.yaml").write_text(OVERRIDE)
    with CareerSites([Site("Tern", "scripted", adverts(3))]) as career_sites:
        career_sites.companies_csv(project / "inputs/companies.csv")
        engine.up(project)
        try:
            status = _read(engine)
            judge(
                "jpt status in the container finds the watch well", "1 of 1 pages" in status.stdout, status.stdout
            )
            doctor = engine("exec", "jpt_jpt_1", "jpt", "doctor")
            judge(
                "Chromium runs in its sandbox under the profile",
                "Chromium starts in it" in doctor.stdout,
                doctor.stdout,
            )
            health = engine("healthcheck", "run", "jpt_jpt_1")
            judge("the health check is content", health.returncode == 0, health.stdout + health.stderr)
            log = engine("logs", "jpt_jpt_1")
            judge("its log is lines", "Tern: ok" in log.stdout + log.stderr, log.stdout + log.stderr)
            engine("stop", "--time", "30", "jpt_jpt_1", check=True)
            code = engine("inspect", "--format", "{{.State.ExitCode}}", "jpt_jpt_1").stdout.strip()
            judge(f"ends with {code} when it is stopped", code == "143")
            judge("the state folder has the database", (project / "state/snapshots.sqlite3").exists())
        finally:
            engine("rm", "--force", "jpt_jpt_1")
    return 1 if failures else 0


def _read(engine: Engine) -> subprocess.CompletedProcess[str]:
    end = time.monotonic() + 90
    while True:
        status = engine("exec", "jpt_jpt_1", "jpt", "status")
        if (status.returncode == 0 and "1 of 1 pages" in status.stdout) or time.monotonic() > end:
            return status
        time.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
