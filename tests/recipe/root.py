"""A plain root file system, entered with bubblewrap as the steps of a Dockerfile want it."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.recipe.dockerfile import Stage, Step, suite

FILTER = """
import json, sys, seccomp
profile = json.load(open(sys.argv[1]))
refused = seccomp.ERRNO(profile["defaultErrnoRet"])
rules = seccomp.SyscallFilter(refused)
for group in profile["syscalls"]:
    for name in group["names"]:
        try:
            rules.add_rule(seccomp.ALLOW, name)
        except Exception:
            pass  # a system call of another architecture
rules.export_bpf(open(sys.argv[2], "wb"))
"""
"""Run by the system's Python, which has libseccomp's own module."""


@dataclass
class Root:
    """One file system and what ENV, WORKDIR and USER have said about it."""

    path: Path
    env: dict[str, str] = field(default_factory=dict)
    workdir: str = "/"
    user: str = ""
    entry: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)

    def build(self, stage: Stage, context: Path, others: dict[str, Root]) -> None:
        """Do the steps of *stage*."""
        for step in stage.steps:
            print(f"  {step.word} {step.rest[:100]}", flush=True)
            self._do(step, context, others)

    def _do(self, step: Step, context: Path, others: dict[str, Root]) -> None:
        match step.word:
            case "RUN":
                self.run(["/bin/sh", "-c", step.rest], check=True)
            case "COPY":
                self._copy(step.words, context, others)
            case "ENV":
                name, _, value = step.rest.partition("=")
                self.env[name] = value
            case "WORKDIR":
                self.workdir = step.rest
                self._inside(step.rest).mkdir(parents=True, exist_ok=True)
            case "USER":
                self.user = step.rest
            case "ENTRYPOINT":
                self.entry = step.words
            case "CMD":
                self.command = step.words
            case "HEALTHCHECK":
                self.health = json.loads(step.rest.partition("CMD ")[2])

    def _copy(self, words: Sequence[str], context: Path, others: dict[str, Root]) -> None:
        here = context
        if words[0].startswith("--from="):
            here, words = others[words[0].removeprefix("--from=")].path, words[1:]
        *sources, target = words
        into = self._inside(target if target.startswith("/") else f"{self.workdir}/{target}")
        for source in sources:
            place = here / source.lstrip("/")
            if place.is_dir():
                shutil.copytree(
                    place, into, symlinks=True, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
                )
            else:
                into.mkdir(parents=True, exist_ok=True)
                shutil.copy2(place, into)

    def _inside(self, path: str) -> Path:
        return self.path / path.lstrip("/")

    def wrapped(
        self, words: Sequence[str], *, as_user: bool = False, seccomp: int | None = None, binds: Sequence[str] = ()
    ) -> list[str]:
        """Give the command that runs *words* inside."""
        command = [
            "bwrap", "--die-with-parent", "--unshare-pid", "--unshare-ipc", "--unshare-uts",
            "--bind", str(self.path), "/", "--dev", "/dev", "--proc", "/proc", "--perms", "1777", "--tmpfs", "/tmp",
            "--perms", "1777", "--tmpfs", "/dev/shm", "--ro-bind", "/etc/resolv.conf", "/etc/resolv.conf",
        ]  # fmt: skip
        if seccomp is not None:
            command += ["--seccomp", str(seccomp)]
        command += ["--chdir", self.workdir, "--clearenv", *binds]
        for name, value in {"HOME": "/root", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **self.env}.items():
            command += ["--setenv", name, value]
        if as_user:
            # As in the container: no capability, and none to be had.
            command += ["--setenv", "HOME", f"/home/{self.user}", "setpriv", "--reuid", self.user, "--regid", self.user,
                        "--clear-groups", "--bounding-set", "-all", "--inh-caps", "-all", "--no-new-privs"]  # fmt: skip
        return [*command, *words]

    def run(self, words: Sequence[str], *, check: bool = False, as_user: bool = False, seccomp: Path | None = None,
            timeout: float = 900) -> subprocess.CompletedProcess[str]:  # fmt: skip
        """Run *words* inside, and wait."""
        with _opened(seccomp) as number:
            binds = [] if as_user else _pip_binds()
            command = self.wrapped(words, as_user=as_user, seccomp=number, binds=binds)
            done = subprocess.run(
                command, text=True, capture_output=True, timeout=timeout, check=False,
                pass_fds=() if number is None else (number,), stdin=subprocess.DEVNULL,
            )  # fmt: skip
        if check and done.returncode:
            raise SystemExit(
                f"{shlex.join(words)} failed with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
            )
        return done


@contextmanager
def _opened(filter_: Path | None) -> Iterator[int | None]:
    if filter_ is None:
        yield None
        return
    number = os.open(filter_, os.O_RDONLY)
    try:
        yield number
    finally:
        os.close(number)


def _pip_binds() -> list[str]:
    """Let pip inside use what it uses outside: a mirror, a certificate, a folder of wheels."""
    words: list[str] = []
    for path in _pip_names():
        words += ["--ro-bind", path, path]
    if Path("/etc/pip.conf").exists():
        words += ["--ro-bind", "/etc/pip.conf", "/etc/pip.conf"]
    for name, value in os.environ.items():
        if name.startswith("PIP_") or name.lower() in {"http_proxy", "https_proxy", "no_proxy"}:
            words += ["--setenv", name, value]
    if certificate := os.environ.get("PIP_CERT"):
        # Not where it stands outside: the package with Debian's own certificates writes there.
        words += ["--ro-bind", certificate, "/run/outside.pem", "--setenv", "PIP_CERT", "/run/outside.pem"]
    return words


def _pip_names() -> list[str]:
    """Give the files and folders that pip's settings name."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    words = listed.replace("'", " ").replace("file://", " ").split()
    # What an index of files lists stands beside it.
    named = {word.removesuffix("/simple") for word in words}
    return [
        path for path in named if path.startswith("/") and Path(path).exists() and not path.startswith("/etc/ssl/")
    ]


def pip_files(folder: Path) -> list[tuple[str, str]]:
    """Give what pip inside wants from outside, each with its place there; its settings are written to *folder*."""
    files = [(path, path) for path in _pip_names()]
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    settings = dict(line.split("=", 1) for line in listed.splitlines() if "=" in line)
    if certificate := os.environ.get("PIP_CERT") or settings.get("global.cert", "").strip("'"):
        # Not where it stands outside: the package with Debian's own certificates writes there.
        files.append((certificate, "/run/outside.pem"))
        settings["global.cert"] = "'/run/outside.pem'"
    lines = [
        f"{name.partition('.')[2]} = {value[1:-1]}"
        for name, value in settings.items()
        if name.startswith("global.")
    ]
    config = folder / "pip.conf"
    config.write_text("\n".join(["[global]", *lines]).replace("\\n", "\n    ") + "\n")
    return [*files, (str(config), "/etc/pip.conf")]


def made(base: str, folder: Path, cache: Path) -> Root:
    """Debootstrap *base*, once for all stages."""
    name = suite(base)
    plain = cache / name
    if not (plain / "etc/debian_version").exists():
        shutil.rmtree(plain, ignore_errors=True)
        print(f"debootstrap {name}", flush=True)
        subprocess.run(
            ["debootstrap", "--variant=minbase", name, str(plain)], check=True, stdout=subprocess.DEVNULL
        )
    subprocess.run(["cp", "--archive", str(plain), str(folder)], check=True)
    return Root(folder)


def compiled(profile: Path, folder: Path) -> Path:
    """Compile the seccomp profile for this machine."""
    target = folder / "seccomp.bpf"
    with tempfile.NamedTemporaryFile("w", suffix=".py") as script:
        script.write(FILTER)
        script.flush()
        subprocess.run(["/usr/bin/python3", script.name, str(profile), str(target)], check=True)
    return target
