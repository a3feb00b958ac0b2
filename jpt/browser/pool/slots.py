"""Slots: how many browsers may run on this machine, over all jpt processes.

A slot is a kernel lock on a file of a shared folder. The kernel frees it when its holder dies, however that
happens; what stands in the file means nothing, and the files are never removed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import anyio
from filelock import FileLock, Timeout

from jpt.errors import CannotCreate, SlotsTaken
from jpt.settings import Settings

LOOK_S = 0.2
"""How often a free slot is looked for."""
COURTESY_S = 3 * LOOK_S
"""Wait before a slot is taken again, so that others who wait get it."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of this machine; a count of 0 means that there is no limit."""

    count: int
    folder: Path
    timeout_s: float
    say: Say

    @classmethod
    def of(cls, settings: Settings, say: Say) -> Slots:
        """Take count, folder and time-out from the settings."""
        timeout_s = settings.global_slot_timeout_ms / 1000
        return cls(settings.global_slots, settings.global_slots_dir, timeout_s, say)

    async def acquire(self) -> FileLock | None:
        """Wait for a slot and hold it until it is released; None when there is no limit.

        Raises SlotsTaken after the time-out, CannotCreate when the folder cannot be used.
        """
        if self.count == 0:
            return None
        begun = monotonic()
        reported = False
        while (slot := self._free()) is None:
            if monotonic() - begun >= self.timeout_s:
                raise SlotsTaken(
                    f"All {self.count} browser slots of this machine are taken, for {self.timeout_s:g} s now "
                    f"(PPT_GLOBAL_CHROME_SLOTS, {self.folder}). The work stays queued: run jpt again later."
                )
            if not reported:
                reported = True
                self.say(f"All {self.count} browser slots of this machine are taken; waiting for one…")
            await anyio.sleep(LOOK_S * random.uniform(0.5, 1.0))  # noqa: S311 - keeps processes out of step
        return slot

    def _free(self) -> FileLock | None:
        """Take any slot that is free now."""
        numbers = list(range(self.count))
        random.shuffle(numbers)
        try:
            self.folder.mkdir(mode=0o777, parents=True, exist_ok=True)
            for number in numbers:
                lock = FileLock(self.folder / f"slot-{number}.lock", thread_local=False, mode=0o666)
                try:
                    return lock.acquire(timeout=0).lock
                except Timeout:
                    continue
        except OSError as exc:
            raise CannotCreate(
                f"The folder of the browser slots, {self.folder}, cannot be used ({exc.strerror}). "
                "Make it writable, or set PPT_GLOBAL_CHROME_SLOTS_DIR to another one."
            ) from exc
        return None
