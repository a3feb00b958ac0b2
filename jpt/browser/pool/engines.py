"""The browsers that pages are opened in: one at a time takes new pages, sick and worn ones are replaced.

A browser that is worn (too many pages, too old, too heavy) is retired: a new one opens, and the old one
ends when its last page has closed. One that is found dead, stopped or wedged is ended at once; its pages are
notified and lose nothing but time.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections import deque
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import anyio
import anyio.to_thread
from filelock import FileLock

from jpt.browser.chromium.find import Chromium
from jpt.browser.chromium.launch import Engine, launched
from jpt.browser.pool.memory import BrowserProcesses, census
from jpt.browser.pool.slots import COURTESY_S, Slots
from jpt.errors import BrowserLost, BrowserUnusable
from jpt.settings import Settings

PULSE_S = 1.0
"""How often a browser's processes are looked at while it is in use."""
ASK_EVERY = 3
"""Pulses from one question to the browser to the next; two without an answer end it."""
IDLE_S = 2.0
"""A browser that holds a slot of the machine and has no page for so long gives the slot back."""
SLOT_PAGES = 50
"""Pages after which a slot of the machine is given back, so that other processes get their turn."""
DEATHS = 10
"""Browsers that may die within DEATHS_S before all is given up."""
DEATHS_S = 300.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wear:
    """When a browser is worn."""

    pages: int
    age_s: float
    memory_mb: float

    @classmethod
    def of(cls, settings: Settings) -> Wear:
        """Take the limits from the settings; with slots a turn is never longer than SLOT_PAGES."""
        pages = min(settings.recycle_pages, SLOT_PAGES) if settings.global_slots else settings.recycle_pages
        return cls(pages, settings.recycle_minutes * 60, settings.recycle_mb)


class Engines:
    """The browsers of this process on this machine."""

    def __init__(self, settings: Settings, chromium: Chromium, folder: Path, proxy: str, slots: Slots) -> None:
        self._chromium = chromium
        self._sandbox = settings.sandbox
        self._folder = folder
        self._proxy = proxy
        self._slots = slots
        self._wear = Wear.of(settings)
        self._idle_s = IDLE_S if slots.count else settings.browser_idle_s
        self.died = 0
        """Browsers that were found sick and replaced."""
        self.recycled = 0
        """Browsers that were worn and replaced."""
        self._present: Engine | None = None
        self._all: dict[Engine, BrowserProcesses] = {}
        self._held: dict[Engine, FileLock] = {}
        self._choosing = anyio.Lock()
        self._launching = anyio.Lock()
        self._numbers = itertools.count(1)
        self._deaths: deque[float] = deque(maxlen=DEATHS)
        self._background: set[asyncio.Task[None]] = set()

    @property
    def contexts(self) -> int:
        """Count the contexts open now."""
        return sum(len(engine.browser.contexts) for engine in self._all if not engine.dead)

    @property
    def browsers(self) -> int:
        """Count the browsers that run now."""
        return len(self._all)

    @property
    def memory_mb(self) -> float:
        """What their processes weighed at the last pulse."""
        return sum(seen.memory_mb for seen in self._all.values())

    @property
    def helpers(self) -> int:
        """How many browser processes there were at the last pulse."""
        return sum(seen.processes for seen in self._all.values())

    @asynccontextmanager
    async def lease(self) -> AsyncIterator[Engine]:
        """Give the browser that takes new pages, for one page; raises BrowserUnusable or Locked."""
        async with self._choosing:
            engine = await self._chosen()
            engine.enter()
        try:
            yield engine
        finally:
            engine.leave()
            if engine.retired and not engine.users:
                self._spawn(self._ended(engine))

    @asynccontextmanager
    async def quarantine(self) -> AsyncIterator[Engine]:
        """Give a browser for one page alone: if it dies, that page did it."""
        if self._slots.count:
            # A second browser would be one too many.
            async with self.lease() as engine:
                yield engine
            return
        engine = await self._launched()
        engine.enter()
        try:
            yield engine
        finally:
            await self._ended(engine)

    def discard(self, engine: Engine) -> None:
        """End a browser that was found sick, and cancel the reading of its pages."""
        if engine.dead:
            return
        log.warning("%s is replaced: it died or does not answer", engine.name)
        self._deaths.append(monotonic())
        self.died += 1
        engine.abandon()
        if self._present is engine:
            self._present = None
        self._spawn(self._ended(engine))

    async def close(self) -> None:
        """End all browsers."""
        with anyio.CancelScope(shield=True):
            for task in list(self._background):
                if task.get_name() == "pulse":
                    task.cancel()
            for engine in list(self._all):
                await self._ended(engine)
            await asyncio.gather(*self._background, return_exceptions=True)

    async def _chosen(self) -> Engine:
        engine = self._present
        if engine is not None and not engine.alive:
            self.discard(engine)
        elif engine is not None and not self._is_worn(engine):
            return engine
        elif engine is not None:
            await self._retire(engine)
        self._present = None
        self._present = await self._launched()
        return self._present

    def _is_worn(self, engine: Engine) -> bool:
        wear = self._wear
        return (
            engine.retired
            or engine.opened >= wear.pages
            or monotonic() - engine.born >= wear.age_s
            or self._all.get(engine, BrowserProcesses()).memory_mb >= wear.memory_mb
        )

    async def _retire(self, engine: Engine) -> None:
        """Let a worn browser empty itself; with slots the old one must end before a new one may open."""
        log.info("%s is recycled after %s pages", engine.name, engine.opened)
        engine.retired = True
        self.recycled += 1
        if not self._slots.count:
            if not engine.users:
                self._spawn(self._ended(engine))
            return
        await engine.emptied.wait()
        await self._ended(engine)
        await anyio.sleep(COURTESY_S)

    async def _launched(self) -> Engine:
        if len(self._deaths) == DEATHS and monotonic() - self._deaths[0] < DEATHS_S:
            raise BrowserUnusable(
                f"{self._chromium.path}, or the driver that starts it, died {DEATHS} times in "
                f"{DEATHS_S / 60:g} minutes. Check memory and `ulimit -a`, or set JPT_CHROMIUM to another."
            )
        slot = await self._slots.acquire()
        try:
            folder = self._folder / f"browser-{next(self._numbers)}"
            # Its driver is told from others by being new: two that start together would have both.
            async with self._launching:
                engine = await launched(self._chromium, folder, sandbox=self._sandbox, proxy=self._proxy)
        except BaseException as exc:
            if isinstance(exc, BrowserLost):
                self._deaths.append(monotonic())
            if slot is not None:
                slot.release()
            raise
        self._all[engine] = BrowserProcesses()
        if slot is not None:
            self._held[engine] = slot
        self._spawn(self._watched(engine), name="pulse")
        return engine

    async def _ended(self, engine: Engine) -> None:
        if self._all.pop(engine, None) is None:
            return
        try:
            await engine.end()
        finally:
            if (slot := self._held.pop(engine, None)) is not None:
                slot.release()

    async def _watched(self, engine: Engine) -> None:
        """Watch a browser until it has ended: its processes, its answers, its memory, its idle time."""
        missed = 0
        idle_since = monotonic()
        for pulse in itertools.count(1):
            await anyio.sleep(PULSE_S)
            if engine not in self._all:
                return
            if not engine.alive:
                self.discard(engine)
                return
            if pulse % ASK_EVERY == 0:
                missed = 0 if await engine.answers() else missed + 1
                if missed >= 2 or not engine.alive:
                    self.discard(engine)
                    return
            if engine.users:
                idle_since = monotonic()
                counted = await anyio.to_thread.run_sync(census, engine.drivers)
                if engine in self._all:  # it may have been ended meanwhile
                    self._all[engine] = counted
            elif monotonic() - idle_since >= self._idle_s:
                await self._rested(engine)
                idle_since = monotonic()

    async def _rested(self, engine: Engine) -> None:
        """End an idle browser, unless it is being chosen just now."""
        if self._choosing.locked() or engine.users:
            return
        async with self._choosing:
            if not engine.users:
                if self._present is engine:
                    self._present = None
                await self._ended(engine)

    def _spawn(self, work: Coroutine[Any, Any, None], name: str | None = None) -> None:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._background.add(task)
        task.add_done_callback(self._reaped)

    def _reaped(self, task: asyncio.Task[None]) -> None:
        self._background.discard(task)
        with suppress(asyncio.CancelledError):
            if (fault := task.exception()) is not None:
                log.error("watching over a browser failed", exc_info=fault)
