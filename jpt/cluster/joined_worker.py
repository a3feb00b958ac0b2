"""A worker as its coordinator knows it: its pending pages, its load, whether it can get a page now."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from time import monotonic

import anyio

from jpt.browser.visit.open_list import Seek
from jpt.cluster.messages import Cancel, PageRequest, PageResult
from jpt.cluster.peer_connection import PeerConnection
from jpt.models.load import Load, WorkerLoad

REST_S = 60.0
"""How long a worker that lost pages gets none."""
LOSSES = 3
"""Pages that it may lose in a row before that."""
SPEED_S = 60.0


@dataclass(eq=False, slots=True)
class PendingPage:
    """A page that a worker was asked for."""

    seek: Seek | None
    over: anyio.Event = field(default_factory=anyio.Event)
    done: PageResult | None = None
    """What it gave; None when the worker is gone."""


@dataclass(eq=False, slots=True)
class JoinedWorker:
    """One worker, for as long as its line lasts."""

    name: str
    version: str
    pages: int
    line: PeerConnection
    asked: dict[int, PendingPage] = field(default_factory=dict)
    is_leaving: bool = False
    is_alone: bool = False
    """It is reserved for one page."""
    load: Load | None = None
    """The load of its browsers in its last heartbeat."""
    read: int = 0
    _heard_at: float = field(default_factory=monotonic)
    _ended: deque[float] = field(default_factory=lambda: deque(maxlen=10_000))
    _lost: int = 0
    """Pages lost in a row."""
    _rests_until: float = 0.0

    @property
    def is_resting(self) -> bool:
        """Whether it gets no pages for a while, because it lost several."""
        return monotonic() < self._rests_until

    @property
    def room(self) -> int:
        """How many pages it may have open."""
        return 0 if self.is_leaving or self.is_resting else self.pages

    @property
    def has_room(self) -> bool:
        """Whether it can be asked for a page now, beside others."""
        return not self.is_alone and len(self.asked) < self.room

    def ask(self, ask: PageRequest, seek: Seek | None) -> PendingPage:
        """Ask it for a page."""
        asked = self.asked[ask.number] = PendingPage(seek)
        self.line.send(ask)
        return asked

    def forget(self, number: int) -> None:
        """Wait no more for a page; cancels it if it is still being read."""
        asked = self.asked.pop(number, None)
        if asked is not None and not asked.over.is_set():
            self.line.send(Cancel(number))

    def hear(self) -> None:
        """Note that it was heard."""
        self._heard_at = monotonic()

    def end(self, done: PageResult) -> None:
        """Store the result of a page, unless nobody waits for it any more."""
        if (asked := self.asked.get(done.number)) is not None and not asked.over.is_set():
            self.read += done.page is not None
            self._ended.append(monotonic())
            asked.done = done
            asked.over.set()

    def lose(self) -> None:
        """End all waits for its pages: it is gone."""
        self.is_leaving = True
        for asked in self.asked.values():
            asked.over.set()

    def note(self, *, lost: bool) -> bool:
        """Note that it has *lost* a page or has read one; tells whether it has to rest from now on."""
        self._lost = self._lost + 1 if lost else 0
        return self._lost >= LOSSES and self.rest()

    def rest(self) -> bool:
        """Give it no pages for a while."""
        self._lost = 0
        self._rests_until = monotonic() + REST_S
        return True

    @property
    def worker_load(self) -> WorkerLoad:
        """Its state, to be shown."""
        now = monotonic()
        recent = sum(1 for at in self._ended if now - at <= SPEED_S)
        return WorkerLoad(
            self.name, self.version, self.pages, len(self.asked), self.read, float(recent),
            round(now - self._heard_at, 1), self.is_resting,
        )  # fmt: skip
