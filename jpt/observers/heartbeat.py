"""Signs of life: the status file that `jpt status` reads, and systemd's watchdog."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread

from jpt.files import write_whole
from jpt.observers.watch_state import WatchState
from jpt.text.counts import counted

BEAT_S = 10
"""How often a watch writes its status; a change of stage is written within a second."""
SILENT_S = 60.0
"""A watch without a heartbeat for this long counts as stuck."""


@dataclass(frozen=True, slots=True)
class Notifier:
    """Speaks to the service manager that started us."""

    address: str | None
    """A path, or an abstract name that begins with `@`; None: nobody listens."""

    def send(self, *lines: str) -> None:
        """Send *lines* such as `READY=1`, `STATUS=…`, `WATCHDOG=1`."""
        if not self.address or not hasattr(socket, "AF_UNIX"):
            return
        name = "\0" + self.address[1:] if self.address.startswith("@") else self.address
        # Nobody waits for the answer, and a manager that went away is no reason to stop.
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.setblocking(False)
            sender.sendto("\n".join(lines).encode(), name)


@dataclass(eq=False, slots=True)
class Heartbeat:
    """The heart of one watch."""

    path: Path
    watch_state: WatchState
    notifier: Notifier
    extra: Callable[[], dict[str, Any]] = dict
    hide: Callable[[dict[str, Any]], dict[str, Any]] = dict
    """Takes out what nobody is to read."""

    async def run(self) -> None:
        """Beat until cancelled."""
        self.notifier.send("READY=1")
        while True:
            told = self._short()
            await self.once()
            for _ in range(BEAT_S):
                await anyio.sleep(1)
                if self._short() != told:
                    break

    def _short(self) -> tuple[object, ...]:
        return self.watch_state.stage, self.watch_state.last_cycle_ms, len(self.watch_state.outages)

    async def once(self) -> None:
        """Write the file and tell the service manager."""
        held = self.hide({**self.watch_state.as_json(), **self.extra()})
        self.notifier.send("WATCHDOG=1", f"STATUS={self._status()}")
        await anyio.to_thread.run_sync(_write, self.path, held)

    def end(self) -> None:
        """Announce the end, and remove the file."""
        self.notifier.send("STOPPING=1")
        with suppress(OSError):
            self.path.unlink()

    def _status(self) -> str:
        watch_state = self.watch_state
        failing = f", {len(watch_state.failing)} failing" if watch_state.failing else ""
        pages, posts = counted(len(watch_state.pages), "page"), counted(watch_state.waiting, "post")
        return f"{watch_state.stage}: {pages}{failing}, {posts} waiting"


def _write(path: Path, held: dict[str, Any]) -> None:
    # Others read it at any moment: it is replaced as a whole. A disk that is full must not end the watch.
    with suppress(OSError):
        write_whole(path, json.dumps(held, indent=1).encode("utf-8", "replace"), lasting=False)
