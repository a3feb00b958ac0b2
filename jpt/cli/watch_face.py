"""What a watch shows, and the keys that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import anyio

from jpt.cli import session
from jpt.cli.terminal import Keys
from jpt.models.events import Event, OutageBegan, OutageOver, StageIs
from jpt.observers.journal import Journal
from jpt.observers.live import Log
from jpt.observers.screen import Screen
from jpt.observers.screen.parts import View
from jpt.observers.vitals import Vitals
from jpt.watch.loop import Watch


def has_screen() -> bool:
    """Tell whether stderr is a terminal that can show a live screen."""
    return session.err.is_terminal and not session.err.is_dumb_terminal


class Face:
    """What a watch shows: a live screen, a line an event, JSON lines, or nothing."""

    def __init__(self, vitals: Vitals, journal: Journal, lines: Log | None, keys: Keys | None) -> None:
        self.vitals = vitals
        self._journal = journal
        self._lines = lines
        self._keys = keys
        self._screen: Screen | None = None

    @classmethod
    @contextmanager
    def made(cls, vitals: Vitals, *, live: bool, lines: bool) -> Iterator[Face]:
        """Make the face for the length of the block."""
        if live:
            with Keys() as keys:
                yield cls(vitals, Journal(), None, keys)
        else:
            yield cls(vitals, Journal(), Log(session.err, session.hiding) if lines else None, None)

    @property
    def is_live(self) -> bool:
        """Whether there is a live screen."""
        return self._keys is not None

    @property
    def drawing(self) -> dict[str, float]:
        """What the live screen has cost so far."""
        screen = self._screen
        return {"frames": screen.drawn, "cpu_s": round(screen.drawing_s, 3)} if screen else {}

    def report(self, event: Event) -> None:
        """Count, log and show *event*."""
        self.vitals(event)
        self._journal(event)
        if self._lines is not None:
            self._lines(event)
        if self._screen is not None and _is_urgent(event):
            self._screen.wake()

    def restore(self) -> None:
        """Restore the terminal; safe to call at any time."""
        if self._keys is not None:
            self._keys.restore()
            session.err.file.write("\x1b[?1049l\x1b[?25h")
            session.err.file.flush()

    async def draw(self, watch: Watch) -> None:
        """Draw the live screen and act on its keys, where there is one; until cancelled."""
        if self._keys is None:
            return
        screen = self._screen = Screen(session.err, partial(self._view, watch), lambda: self.vitals.version)

        def heed(key: str) -> None:
            act = {"q": watch.wind_down, "p": watch.pause, "r": watch.read_now}.get(key.lower())
            if act is not None:
                act()
            screen.wake()

        async with anyio.create_task_group() as tg:
            tg.start_soon(self._keys.listen, heed)
            await screen.run()

    def _view(self, watch: Watch) -> View:
        load = watch.pool.load if watch.pool is not None else None
        return View(self.vitals, self.vitals.clock(), load, watch.settings.max_pages)


def _is_urgent(event: Event) -> bool:
    """Tell whether somebody is waiting to see it: the answer to a key or a signal, an outage or its end."""
    asked = isinstance(event, StageIs) and event.stage in {"paused", "stopping"}
    return asked or isinstance(event, OutageBegan | OutageOver)
