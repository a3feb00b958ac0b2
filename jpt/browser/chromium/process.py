"""Processes that work in a folder of ours: programs run under limits, and the end of all that they started."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import anyio
import psutil

Environ = Mapping[str, str]

_KEPT_BYTES = 100_000
"""How much of what a program prints is looked at; causes stand at its beginning."""
_MOST_BYTES = 50_000_000
"""A program that prints more than this is stopped."""
_LOOK_S = 0.02
"""How often a program is checked for its end."""
_END_S = 3.0
"""Longest wait for killed processes to be gone; those in an uninterruptible call are left to the system."""


@dataclass(frozen=True, slots=True)
class ProcessResult:
    """How a program ended."""

    code: int | None
    """Exit code, negative for a signal; None when the program was stopped from here."""
    out: str
    err: str
    late: str = ""
    """Why it was stopped, a clause for people; empty when it was not late."""

    @property
    def how(self) -> str:
        """A clause for people: late, by a signal, or with a code."""
        if self.late:
            return f"it {self.late}"
        if self.code is None:
            return "it was stopped"
        if self.code < 0:
            with suppress(ValueError):
                return f"it was ended by {signal.Signals(-self.code).name}"
        return f"it ended with code {self.code}"


async def run(
    words: Sequence[str],
    folder: Path,
    limit_s: float,
    *,
    environ: Environ,
    enough: re.Pattern[str] | None = None,
    grace_s: float = 0.0,
) -> ProcessResult:
    """Run a program in a session of its own, until it ends, printed *enough*, or is late.

    *folder* is one for its output and, where *environ* says so, its temporary files. All that it started is
    ended too: its session, and whoever has *folder* as temporary folder; one that is late gets *grace_s* to
    end by itself. Raises OSError when it cannot be started.
    """
    printed = folder / "printed", folder / "complaints"
    with printed[0].open("wb") as out, printed[1].open("wb") as err:
        process = subprocess.Popen(  # noqa: ASYNC220, S603 - nothing is waited for here
            words,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=dict(environ),
            start_new_session=True,
        )
    give_up_first([process.pid])
    late = ""
    code: int | None = None
    try:
        end = monotonic() + limit_s
        while process.poll() is None and not (enough and enough.search(_head(printed[0]))):
            if monotonic() > end:
                late = f"took longer than {limit_s:g} s"
            elif sum(each.stat().st_size for each in printed) > _MOST_BYTES:
                late = "printed without end"
            if late:
                break
            await anyio.sleep(_LOOK_S)
        code = process.poll()
    finally:
        with anyio.CancelScope(shield=True):
            if code is None:
                await _signal(process, folder, signal.SIGTERM, grace_s)
            await _signal(process, folder, signal.SIGKILL, _END_S)
    return ProcessResult(code, _head(printed[0]), _head(printed[1]), late)


async def _signal(process: subprocess.Popen[bytes], folder: Path, number: signal.Signals, limit_s: float) -> None:
    """Send a signal to all that a program started until nothing of it runs, for at most *limit_s*."""
    signalled: set[psutil.Process] = set()
    end = monotonic() + limit_s
    while monotonic() < end:
        family = {each for each in working_in([folder], leader=process.pid) if is_running(each)}
        if not family and process.poll() is not None:
            return
        # A process may be born meanwhile.
        for member in family - signalled:
            with suppress(psutil.Error):
                member.send_signal(number)
        signalled |= family
        await anyio.sleep(_LOOK_S)


def give_up_first(pids: Iterable[int]) -> None:
    """Let the kernel end these processes, and what they start, before others where memory runs out."""
    for pid in pids:
        # Linux; a browser that was ended is replaced, jpt is not.
        with suppress(OSError):
            Path(f"/proc/{pid}/oom_score_adj").write_text("300")


def working_in(folders: Iterable[Path], *, leader: int | None = None) -> Iterator[psutil.Process]:
    """Give our own processes whose temporary folder is one of *folders*, and those of the sessions that they lead.

    What a process was started with shows that it is ours; what stands in its command line does not.
    With *leader*, those of its session are given, too.
    """
    places, leaders = set(map(str, folders)), {leader}
    every = [each for each in psutil.process_iter() if each.pid != os.getpid()]
    leaders |= {each.pid for each in every if _is_ours(each) and _temp(each) in places}
    for process in every:
        if process.pid in leaders or _session(process.pid) in leaders - {None}:
            yield process


def end_all(folders: Iterable[Path]) -> None:
    """Kill the processes that work in one of *folders*."""
    kill(working_in(folders))


def is_running(process: psutil.Process) -> bool:
    """Tell whether *process* runs, and is no zombie."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def kill(processes: Iterable[psutil.Process]) -> None:
    """Kill those of *processes* that are there."""
    for process in processes:
        with suppress(psutil.Error):
            process.kill()


def _is_ours(process: psutil.Process) -> bool:
    with suppress(psutil.Error):
        return not hasattr(os, "getuid") or process.uids().real == os.getuid()
    return False


def _temp(process: psutil.Process) -> str | None:
    with suppress(psutil.Error, OSError):
        return process.environ().get("TMPDIR")
    return None


def _session(pid: int) -> int | None:
    with suppress(OSError, AttributeError):
        return os.getsid(pid)
    return None


def _head(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_KEPT_BYTES).decode("utf-8", "replace")
