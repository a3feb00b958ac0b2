"""Runs a command under strace, which kills it or lets a write fail at the n-th chance. No hook in jpt is needed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

WRITES = ("pwrite64", "fdatasync", "ftruncate")

needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is not installed (apt-get install strace)"
)


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str
    fired: bool
    """Whether the chance ever came."""

    @property
    def killed(self) -> bool:
        return self.code in {-9, 137}


def strike(
    words: Sequence[str | Path],
    database: Path,
    *,
    at: str,
    nth: int,
    how: str,
    onward: bool = False,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Ended:
    """Run *words*; at the *nth* call of *at* on the database or its log, do *how* (`signal=KILL`, `error=EIO`)."""
    trace = database.with_name("trace")
    trace.unlink(missing_ok=True)
    done = subprocess.run(
        [
            "strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={at}",
            "-P", str(database), "-P", f"{database}-wal",
            "-e", f"inject={at}:{how}:when={nth}{'+' if onward else ''}",
            *map(str, words),
        ],
        cwd=cwd, env=None if env is None else dict(env), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    seen = trace.read_text(errors="replace") if trace.exists() else ""
    trace.unlink(missing_ok=True)
    fired = "INJECTED" in seen or done.returncode in {-9, 137} or "killed by SIGKILL" in seen
    return Ended(done.returncode, done.stdout, done.stderr, fired)
