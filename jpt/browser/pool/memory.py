"""Memory and processor that are left, of the machine and of our groups (cgroup 1 and 2); what browsers take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

_NOT_BROWSERS = ("node", "sh", "bash", "dash", "python")
_MB = 1024 * 1024
A_PAGE_MB = 150
"""What a heavy page may need."""


@dataclass(frozen=True, slots=True)
class HostResources:
    """Where the kernel shows groups, their memory and their share of the processor."""

    proc: Path = Path("/proc")
    groups: Path = Path("/sys/fs/cgroup")

    def free_mb(self) -> float:
        """Give the memory that is left for new pages: of the machine, or of our group if that is less."""
        left = [psutil.virtual_memory().available / _MB]
        for folder, is_new in self._folders():
            with suppress(OSError, ValueError):
                left.append(_left_in(folder, is_new=is_new))
        return min(left)

    def kills(self) -> int:
        """Give how many processes the kernel has ended so far because memory ran out, here or in our groups."""
        found = [_counted(self.proc / "vmstat", "oom_kill")]
        for folder, is_new in self._folders():
            found.append(_counted(folder / ("memory.events" if is_new else "memory.oom_control"), "oom_kill"))
        return sum(found)

    def throttled(self) -> int:
        """Give how often the kernel has throttled our groups so far."""
        return sum(_counted(folder / "cpu.stat", "nr_throttled") for folder, _ in self._folders("cpu"))

    def processes_left(self) -> Iterator[int]:
        """Give how many processes and threads may still start in each of our groups that has a limit of them."""
        for folder, _ in self._folders("pids"):
            # Without a limit it says "max".
            with suppress(OSError, ValueError):
                yield int((folder / "pids.max").read_text()) - int((folder / "pids.current").read_text())

    def _folders(self, kind: str = "memory") -> Iterator[tuple[Path, bool]]:
        """Give the folders of our groups of a *kind* up to the root, and whether each is of the new kind."""
        yield self.groups, True
        with suppress(OSError):
            for line in (self.proc / "self/cgroup").read_text().splitlines():
                _, _, rest = line.partition(":")
                kinds, _, path = rest.partition(":")
                if not kinds:
                    yield from ((folder, True) for folder in _upwards(self.groups, path))
                    yield from ((folder, True) for folder in _upwards(self.groups / "unified", path))
                elif kind in kinds.split(","):
                    # In a container the path is often the host's, and what is seen is the group itself.
                    yield from ((folder, False) for folder in _upwards(self.groups / kind, path))


def _upwards(root: Path, path: str) -> Iterator[Path]:
    steps = [step for step in path.split("/") if step not in {"", ".", ".."}]
    while steps:
        yield root.joinpath(*steps)
        steps.pop()
    yield root


def _left_in(folder: Path, *, is_new: bool) -> float:
    limit = int((folder / ("memory.max" if is_new else "memory.limit_in_bytes")).read_text())
    used = int((folder / ("memory.current" if is_new else "memory.usage_in_bytes")).read_text())
    # The cache of files is freed when somebody needs the memory.
    idle = _counted(folder / "memory.stat", "inactive_file" if is_new else "total_inactive_file")
    return (limit - used + idle) / _MB


def _counted(path: Path, name: str) -> int:
    with suppress(OSError, ValueError):
        for line in path.read_text().splitlines():
            key, _, value = line.partition(" ")
            if key == name:
                return int(value)
    return 0


HERE = HostResources()


@dataclass(frozen=True, slots=True)
class BrowserProcesses:
    """The browser processes below some processes of ours."""

    processes: int = 0
    memory_mb: float = 0.0
    """Their resident memory, pages that they share counted for each."""


def census(roots: frozenset[psutil.Process]) -> BrowserProcesses:
    """Count the browser processes below *roots* (drivers, which are no browsers themselves)."""
    count, memory = 0, 0
    for root in roots:
        with suppress(psutil.Error):
            for process in root.children(recursive=True):
                with suppress(psutil.Error):
                    if not process.name().startswith(_NOT_BROWSERS):
                        memory += process.memory_info().rss
                        count += 1
    return BrowserProcesses(count, memory / _MB)
