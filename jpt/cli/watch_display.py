"""What a watch shows, and what its keys do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeVarTuple, Unpack

import anyio
import anyio.to_thread
from anyio.abc import TaskGroup

from jpt.cli import session
from jpt.cli.live_jobs import LiveJobs
from jpt.cli.opening import open_page
from jpt.cli.terminal import Keys
from jpt.models.events import Event, OutageBegan, OutageOver, StageIs
from jpt.models.postings import Stage
from jpt.observers.journal import Journal
from jpt.observers.live import Log
from jpt.observers.screen import Screen
from jpt.observers.screen.navigation import JobRow, Navigation
from jpt.observers.screen.parts import ScreenState, ranked
from jpt.observers.watch_state import WatchState
from jpt.watch.loop import Watch

Args = TypeVarTuple("Args")


def has_screen() -> bool:
    """Return whether stderr is a terminal that can show a live screen."""
    return session.err.is_terminal and not session.err.is_dumb_terminal


_STAGE_OF: dict[str, Stage] = {"hide": "hidden", "applied": "applied", "interested": "interested"}


@dataclass(frozen=True, slots=True)
class Controls:
    """Carries out keys."""

    watch: Watch
    navigation: Navigation
    live_jobs: LiveJobs
    watch_state: WatchState
    wake: Callable[[], None]
    tasks: TaskGroup
    open_page: Callable[[str], bool] = open_page

    def handle(self, key: str) -> None:
        """Act on a key."""
        action, job = self.navigation.press(key), self.navigation.chosen
        match action:
            case "quit":
                self.watch.wind_down()
            case "pause":
                self.watch.pause()
            case "read":
                self.watch.read_now()
            case "open":
                self._open(job)
            case "search":
                self.tasks.start_soon(self._then_draw, self.live_jobs.search, self.navigation.words)
            case "undo":
                self.tasks.start_soon(self._then_draw, self.live_jobs.undo)
            case "hide" | "applied" | "interested" if job is not None:
                self.tasks.start_soon(self._then_draw, self.live_jobs.mark, job, _STAGE_OF[action])
                # Removed at once, so that the next key, typed ahead, is about the next job.
                if action != "interested":
                    self.navigation.drop(job)
        self.wake()

    def _open(self, job: JobRow | None) -> None:
        pages = ranked(self.watch_state)
        if self.navigation.look == "sites":
            url = pages[min(self.navigation.sites.at, len(pages) - 1)].url if pages else ""
        else:
            url = job.url if job is not None else ""
        if url:
            self.tasks.start_soon(self._then_draw, self._opened, url)

    async def _opened(self, url: str) -> None:
        # With some browsers the call returns only when they have started.
        is_open = await anyio.to_thread.run_sync(self.open_page, url, abandon_on_cancel=True)
        self.navigation.said = "Opened in your browser." if is_open else f"No browser can be opened here: {url}"

    async def _then_draw(self, act: Callable[[Unpack[Args]], Awaitable[None]], *args: *Args) -> None:
        await act(*args)
        self.wake()


class WatchDisplay:
    """What a watch shows: a live screen, a line an event, JSON lines, or nothing."""

    def __init__(self, watch_state: WatchState, journal: Journal, lines: Log | None, keys: Keys | None) -> None:
        self.watch_state = watch_state
        self._journal = journal
        self._lines = lines
        self._keys = keys
        self._screen: Screen | None = None

    @classmethod
    @contextmanager
    def made(cls, watch_state: WatchState, *, live: bool, lines: bool) -> Iterator[WatchDisplay]:
        """Make the display for the length of the block."""
        if live:
            with Keys() as keys:
                yield cls(watch_state, Journal(), None, keys)
        else:
            yield cls(watch_state, Journal(), Log(session.err, session.hiding) if lines else None, None)

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
        self.watch_state(event)
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
        navigation = Navigation()
        live_jobs = LiveJobs(lambda: watch.settings, navigation)
        screen = self._screen = Screen(
            session.err,
            partial(self._view, watch),
            lambda: (self.watch_state.version, live_jobs.version),
            navigation,
        )
        async with anyio.create_task_group() as tg:
            backend = Controls(watch, navigation, live_jobs, self.watch_state, screen.wake, tg)
            tg.start_soon(self._keys.listen, backend.handle)
            tg.start_soon(
                live_jobs.follow, lambda: sum(self.watch_state.counts.values()) + self.watch_state.cycles
            )
            await screen.run()

    def _view(self, watch: Watch) -> ScreenState:
        load = watch.pool.load if watch.pool is not None else None
        far = sum(one.pages for one in load.workers or ()) if load is not None else 0
        return ScreenState(self.watch_state, self.watch_state.clock(), load, far or watch.settings.max_pages)


def _is_urgent(event: Event) -> bool:
    """Return whether it is shown without delay: the answer to a key or a signal, an outage or its end."""
    asked = isinstance(event, StageIs) and event.stage in {"paused", "stopping"}
    return asked or isinstance(event, OutageBegan | OutageOver)
