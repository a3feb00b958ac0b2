"""Build the image's file system from the Dockerfile and prove that it works, without Docker.

It needs root on a Debian with debootstrap, bubblewrap and python3-seccomp. Steps run in a mount namespace whose
root is the new file system; the result runs as the image's user, without capabilities, under the
seccomp profile of compose.yaml, with Chromium's sandbox on.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.career_sites import CareerSites, Site, adverts
from tests.recipe.dockerfile import stages
from tests.recipe.root import Root, compiled, made

PROJECT = Path(__file__).parents[2]


def main() -> int:
    """Build, run, judge; gives 0 when all holds."""
    parser = argparse.ArgumentParser(prog="python -m tests.recipe", description=__doc__)
    parser.add_argument("--cache", type=Path, help="keep plain Debian roots here for the next time")
    options = parser.parse_args()
    missing = [tool for tool in ("debootstrap", "bwrap") if shutil.which(tool) is None]
    if missing:
        raise SystemExit(
            f"{' and '.join(missing)} missing: apt-get install debootstrap bubblewrap python3-seccomp"
        )
    with tempfile.TemporaryDirectory(prefix="jpt-recipe-") as name:
        folder = Path(name)
        image = _built(folder, options.cache or folder / "plain")
        return _judged(image, compiled(PROJECT / "docker/seccomp.json", folder))


def _built(folder: Path, cache: Path) -> Root:
    cache.mkdir(parents=True, exist_ok=True)
    done: dict[str, Root] = {}
    for number, stage in enumerate(stages((PROJECT / "Dockerfile").read_text())):
        print(f"FROM {stage.base} {stage.name}", flush=True)
        root = made(stage.base, folder / f"root-{number}", cache)
        root.build(stage, PROJECT, done)
        done[stage.name] = root
    return done[""]


def _judged(image: Root, seccomp: Path) -> int:
    failures = 0

    def judge(words: str, good: bool, seen: str = "") -> None:
        nonlocal failures
        failures += not good
        print(f"{'ok  ' if good else 'FAIL'}  {words}{'' if good else f': {seen[-1500:]}'}", flush=True)

    who = image.run(["id", "--user"], as_user=True).stdout.strip()
    judge(f"runs as user {who}, not root", who not in {"", "0"})
    mounts = image.run(["sh", "-c", "mount -t tmpfs none /mnt"], as_user=True, seccomp=seccomp)
    judge("the profile forbids mounting", mounts.returncode != 0)
    doctor = image.run(["jpt", "doctor", "--json"], as_user=True, seccomp=seccomp)
    states = {row["check"]: row for row in json.loads(doctor.stdout or "[]")}
    for check in ("browser", "sandbox"):
        row = states.get(check, {})
        judge(f"doctor: {check}: {row.get('words', '')}", row.get("state") == "ok", doctor.stdout + doctor.stderr)
    demo = image.run(["jpt", "demo"], as_user=True, seccomp=seccomp, timeout=120)
    judge("jpt demo finds the new job", demo.returncode == 0, demo.stdout + demo.stderr)
    with CareerSites([Site("Tern", "scripted", adverts(3))]) as career_sites:
        career_sites.companies_csv(image.path / "srv/jpt/inputs/companies.csv")
        _judge_service(image, seccomp, judge)
    return 1 if failures else 0


def _judge_service(image: Root, seccomp: Path, judge: object) -> None:
    """Run the entry point as a container would: healthy while it runs, 143 after SIGTERM."""
    assert callable(judge)
    with seccomp.open("rb") as filter_:
        command = image.wrapped([*image.entry, *image.command], as_user=True, seccomp=filter_.fileno())
        with tempfile.TemporaryFile("w+") as log:
            running = subprocess.Popen(command, pass_fds=[filter_.fileno()], stdout=log, stderr=log)
            done = _until_read(image, running)
            log.seek(0)
            judge(f"{' '.join([*image.entry, *image.command])} reads a page", done, log.read())
    status = image.run(image.health, as_user=True)
    # The number of the process in the status file is that of the container, so the check looks from inside.
    inside = subprocess.run(
        ["nsenter", "--target", str(_child(running.pid)), "--pid", "--mount", *_as_user(image), *image.health],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    judge("the health check is content", inside.returncode == 0, inside.stdout + inside.stderr + status.stderr)
    subprocess.run(["kill", "-TERM", str(_child(_child(running.pid)) or _child(running.pid))], check=True)
    code = running.wait(60)
    judge(f"ends with {code} after SIGTERM", code == 143)


def _until_read(image: Root, running: subprocess.Popen[bytes]) -> bool:
    status = image.path / "srv/jpt/state/snapshots.sqlite3.watch.json"
    begun = time.monotonic()
    while time.monotonic() - begun < 90 and running.poll() is None:
        try:
            if json.loads(status.read_text())["counts"].get("done", 0) >= 3:
                return True
        except (OSError, ValueError, KeyError):
            pass
        time.sleep(0.5)
    return False


def _child(pid: int) -> int:
    found = subprocess.run(
        ["pgrep", "--oldest", "--parent", str(pid)], capture_output=True, text=True, check=False
    )
    return int(found.stdout.split()[0]) if found.stdout.strip() else 0


def _as_user(image: Root) -> list[str]:
    env = [f"{name}={value}" for name, value in image.env.items()]
    return ["env", "--chdir", image.workdir, *env, f"HOME=/home/{image.user}", "setpriv", "--reuid", image.user,
            "--regid", image.user, "--clear-groups"]  # fmt: skip


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main())
