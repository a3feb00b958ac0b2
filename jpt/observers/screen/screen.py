"""When the screen is drawn, and how its parts are laid out for the room that there is."""

from __future__ import annotations

import time
from collections.abc import Callable

import anyio
from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.layout import Layout
from rich.live import Live
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from jpt.observers.screen import jobs_screen, parts
from jpt.observers.screen.navigation import Navigation
from jpt.observers.screen.parts import ScreenState

TICK_S = 0.25
"""How often to check whether there is something to draw."""
SHARE = 0.008
"""Drawing takes at most this part of one core."""
SLOWEST_S = 5.0
"""Longest time between two drawings: the times shown go on by themselves."""

Lines = Callable[[ScreenState, int, int], list[Text]]


class Frame:
    """The frame for a view: what Rich draws. Without a *navigation* it shows the figures of the watch."""

    def __init__(self, view: ScreenState, navigation: Navigation | None = None) -> None:
        self._view = view
        self._navigation = navigation

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw for the screen as it is now."""
        width, height = options.size
        if self._navigation is not None and self._navigation.look != "figures":
            yield _Rows(jobs_screen.lines(self._view, self._navigation, width, height))
            return
        head = parts.header(self._view, width)
        for line in head:
            line.end = "\n"
        layout = Layout()
        layout.split_column(
            Layout(Group(*head), size=len(head), name="head"),
            Layout(self._body(width, height - len(head) - 1), name="body"),
            Layout(parts.footer(self._view, width), size=1, name="foot"),
        )
        yield layout

    def _body(self, width: int, height: int) -> Layout:
        if height < 14 or width < 60:
            return self._named("Sites", parts.first_sites)
        return self._wide(height) if width >= 120 and height >= 26 else self._narrow(height)

    def _narrow(self, height: int) -> Layout:
        body = Layout()
        body.split_column(
            self._named("Sites", parts.first_sites),
            Layout(Padding(_Lines(self._view, parts.both), (0, 2)), size=2),
            Layout(self._part("Last events", parts.last_events), size=max(5, height // 3)),
        )
        return body

    def _wide(self, height: int) -> Layout:
        body, top, side = Layout(), Layout(), Layout(ratio=2)
        side.split_column(
            Layout(self._part("Queue", parts.queue), size=8),
            self._named("Browser", parts.browser),
        )
        top.split_row(Layout(self._part("Sites", parts.first_sites), ratio=3), side)
        body.split_column(top, Layout(self._part("Last events", parts.last_events), size=max(7, height // 4)))
        return body

    def _named(self, title: str, lines: Lines) -> Layout:
        return Layout(self._part(title, lines))

    def _part(self, title: str, lines: Lines) -> RenderableType:
        return Panel(
            _Lines(self._view, lines),
            title=title,
            title_align="left",
            border_style="bright_black",
            box=box.ROUNDED,
            padding=(0, 1),
        )


class _Rows:
    """Lines that fill the screen."""

    def __init__(self, lines: list[Text]) -> None:
        self._lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for text in self._lines:
            text.end = "\n"
            text.no_wrap, text.overflow = True, "crop"
            yield text


class _Lines:
    def __init__(self, view: ScreenState, lines: Lines) -> None:
        self._view = view
        self._lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width, height = options.max_width, options.height or options.size.height
        for text in self._lines(self._view, width, height)[:height]:
            text.truncate(width, overflow="ellipsis")
            text.end = "\n"
            yield text


class Screen:
    """Draws a board while something changes, and never more often than it can afford."""

    def __init__(
        self,
        console: Console,
        view: Callable[[], ScreenState],
        version: Callable[[], object],
        navigation: Navigation | None = None,
    ) -> None:
        self._console = console
        self._navigation = navigation
        self._view = view
        self._version = version
        self._wanted = True
        self._woken: anyio.Event | None = None
        self.drawing_s = 0.0
        """CPU time that drawing has taken so far."""
        self.drawn = 0
        """How often it was drawn."""

    def wake(self) -> None:
        """Draw at once."""
        self._wanted = True
        if self._woken is not None:
            self._woken.set()

    async def run(self) -> None:
        """Draw until cancelled; what stood on the terminal is there again afterwards."""
        with Live(
            console=self._console,
            screen=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
            vertical_overflow="crop",
        ) as live:
            shown: object = None
            size, next_at, latest = None, 0.0, 0.0
            while True:
                self._woken = anyio.Event()
                now = time.monotonic()
                version, here = self._version(), self._console.size
                changed = version != shown and now >= next_at
                if self._wanted or changed or here != size or now >= latest + SLOWEST_S:
                    self._wanted, shown, size, latest = False, version, here, now
                    spent_s = self._draw(live)
                    next_at = now + spent_s / SHARE
                with anyio.move_on_after(TICK_S):
                    await self._woken.wait()

    def _draw(self, live: Live) -> float:
        begun = time.process_time()
        # Between these marks a terminal that knows them shows nothing: no frame is seen half-drawn.
        self._console.file.write("\x1b[?2026h")
        live.update(Frame(self._view(), self._navigation), refresh=True)
        self._console.file.write("\x1b[?2026l")
        self._console.file.flush()
        spent_s = time.process_time() - begun
        self.drawing_s += spent_s
        self.drawn += 1
        return spent_s
