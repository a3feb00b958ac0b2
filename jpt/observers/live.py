"""Events on the screen: a live table on a terminal, plain log lines elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.style import Style
from rich.table import Table
from rich.text import Text

from jpt.models import events
from jpt.models.events import Event, Report
from jpt.models.jobs import Job
from jpt.observers.lines import sentence_of, shortfall, skipped
from jpt.text.counts import counted

FIRST_GUESS_S = 0.5
"""Seconds a post while none was read yet: four pages at once on two cores, measured."""

STYLES: dict[str, str] = {
    "waiting": "dim",
    "unread": "bright_black",
    "paused": "dim",
    "not yet": "dim",
    "reading": "cyan",
    "ok": "green",
    "none": "green",
    "suspect": "yellow",
    "empty": "yellow",
    "blocked": "red",
    "error": "red",
}
"""The colour of each state of a page, on every screen."""
_ORDER = ("reading", "error", "blocked", "empty", "suspect")


@contextmanager
def shown(
    console: Console,
    sites: Iterable[str],
    *,
    quiet: bool,
    limit: int | None = None,
    hide: Callable[[str], str] = str,
    fits: Callable[[Job], bool] = lambda job: job.include,
) -> Iterator[Report]:
    """Show a run's events on *console* for the length of the block; returns what to report them to.

    A terminal gets a live table of *sites* and of the new jobs that *fits* is true of, and progress bars; anything
    else gets a line an event.
    """
    if quiet:
        yield _Warnings(console)
    elif console.is_terminal and not console.is_dumb_terminal:
        table = LiveTable(sites, limit, fits)
        with Live(table, console=console, refresh_per_second=8, transient=True, redirect_stdout=False) as live:
            yield lambda event: _on_table(table, live.console, event)
    else:
        yield Log(console, hide)


def waiting_time(posts: int, seconds_a_post: float) -> str:
    """Return how long *posts* take, for people: `about 12 min`."""
    seconds = posts * seconds_a_post
    if seconds < 90:
        return f"about {max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"about {minutes} min" if minutes < 90 else f"about {minutes / 60:.1f} h"


@dataclass(slots=True)
class _Row:
    state: str = "waiting"
    listed: int = 0
    new: int = 0
    done: int = 0
    failed: int = 0
    error: str = ""


@dataclass(eq=False)
class LiveTable:
    """The live table: the new jobs that fit, and a row a site, as many as fit, those that need a look first."""

    sites: Iterable[str]
    limit: int | None = None
    fits: Callable[[Job], bool] = lambda job: job.include
    jobs: list[Job] = field(default_factory=list)
    """New ones that fit, the latest last."""
    rows: dict[str, _Row] = field(init=False)
    queued: int = 0
    settled: int = 0
    scanning: bool = True
    first_post: float | None = None
    begun: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        self.rows = {site: _Row() for site in self.sites}

    def note(self, event: Event) -> None:
        """Change the table as *event* says."""
        match event:
            case events.SiteStarted():
                self._row(event.site).state = "reading"
            case events.SiteDone():
                row = self._row(event.site)
                row.state = event.status
                row.listed += event.jobs
                row.new += event.queued
                self.queued += event.queued
                row.error = event.reason or shortfall(event.partial) or row.error
            case events.SiteSkipped():
                row = self._row(event.site)
                row.state, row.error = event.why, skipped(event)
            case events.Backlog():
                self.queued += event.waiting
            case events.QueueKnown():
                self.scanning = False
                total = self.settled + event.waiting
                self.queued = min(total, event.limit) if event.limit else total
            case events.TaskStarted():
                self.first_post = self.first_post or monotonic()
                self._row(event.site)
            case events.TaskDone() | events.TaskDismissed():
                site = event.job.site if isinstance(event, events.TaskDone) else event.site
                self._row(site).done += 1
                self.settled += 1
                if isinstance(event, events.TaskDone) and event.job.is_new and event.job.unread is None:
                    self.jobs += [event.job] if self.fits(event.job) else []
            case events.TaskFailed():
                row = self._row(event.site)
                row.error = event.reason
                row.failed += event.final
                self.settled += event.final

    def seconds_a_post(self) -> float:
        """Return the measured pace, or a first guess."""
        if self.first_post is None or not self.settled:
            return FIRST_GUESS_S
        return (monotonic() - self.first_post) / self.settled

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the table for the screen as it is now."""
        width, room = options.size.width, max(3, options.size.height - 8)
        # What somebody waits for gets the room, down to the few sites that are being read or fail.
        jobs = min(len(self.jobs), max(0, room - 2 - min(4, len(self.rows)))) if room >= 9 else 0
        parts: list[RenderableType] = [self._found(jobs, width), Text("")] if jobs else []
        yield Group(*parts, self._table(room - (jobs + 2 if jobs else 0), width), self._progress(width))

    def _found(self, count: int, width: int) -> Table:
        """List the *count* latest jobs; the heading counts all."""
        table = Table(box=None, header_style="bold", pad_edge=False, expand=True)
        table.add_column("Years", justify="right", no_wrap=True, min_width=5)
        table.add_column(f"{counted(len(self.jobs), 'new job fits', 'new jobs fit')}", ratio=5, no_wrap=True)
        table.add_column("Company", ratio=3, no_wrap=True)
        if width >= 70:
            table.add_column("Place", ratio=2, no_wrap=True, style="dim")
        for job in self.jobs[: -count - 1 : -1]:
            title = Text(job.title, Style(color="cyan", link=job.url))
            place = [Text(job.location or "")] if width >= 70 else []
            table.add_row(job.experience.shown, title, Text(job.site), *place)
        return table

    def _row(self, site: str) -> _Row:
        return self.rows.setdefault(site, _Row())

    def _table(self, room: int, width: int) -> Table:
        table = Table(box=None, header_style="bold", pad_edge=False, expand=True)
        table.add_column("Site", no_wrap=True, ratio=3, min_width=12)
        table.add_column("State", no_wrap=True, min_width=8)
        for name in ("Jobs", "New", "Done", "Failed"):
            table.add_column(name, justify="right", no_wrap=True)
        if width >= 70:
            table.add_column("Last error", no_wrap=True, ratio=4, style="dim")
        ranked = sorted(self.rows.items(), key=lambda item: _rank(item[1]))
        shown, rest = ranked[:room], ranked[room:]
        for site, row in shown:
            cells = [Text(site), Text(row.state, STYLES.get(row.state, "")), *_counts(row)]
            table.add_row(*cells, *([Text(row.error)] if width >= 70 else []))
        if rest:
            table.add_row(Text(f"… and {len(rest)} more: {_summary(row for _, row in rest)}", "dim"))
        return table

    def _progress(self, width: int) -> Table:
        read = sum(row.state not in {"waiting", "reading"} for row in self.rows.values())
        grid = Table.grid(padding=(0, 1), expand=True)
        grid.add_column(no_wrap=True)
        grid.add_column(ratio=1)
        grid.add_column(no_wrap=True, justify="right")
        sites = f"{read}/{len(self.rows)}  {_clock(monotonic() - self.begun)}"
        grid.add_row("Sites", ProgressBar(max(1, len(self.rows)), read), sites)
        queued = max(self.settled, min(self.queued, self.limit or self.queued))
        left = queued - self.settled
        eta = f"  {waiting_time(left, self.seconds_a_post())} left" if left and width >= 60 else ""
        posts = f"{self.settled:,}/{queued:,}{'+' if self.scanning else ''}{eta}"
        grid.add_row("Posts", ProgressBar(max(1, queued), self.settled), posts)
        return grid


def _rank(row: _Row) -> tuple[int, int, int]:
    """Busy and broken sites first, then those with most to read; sites still waiting last."""
    state = _ORDER.index(row.state) if row.state in _ORDER else len(_ORDER) + (row.state == "waiting")
    return state, -(row.new - row.done - row.failed), -row.new


def _counts(row: _Row) -> list[Text]:
    numbers = (row.listed, row.new, row.done, row.failed)
    styles = ("", "bold" if row.new else "dim", "", "red" if row.failed else "dim")
    return [
        Text(f"{number:,}" if number else "·", style if number else "dim")
        for number, style in zip(numbers, styles, strict=True)
    ]


def _summary(rows: Iterable[_Row]) -> str:
    return ", ".join(f"{count} {state}" for state, count in Counter(row.state for row in rows).items())


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _on_table(table: LiveTable, console: Console, event: Event) -> None:
    table.note(event)
    if line := _spoken(event, table):
        console.print(Text(*line))


def _spoken(event: Event, table: LiveTable) -> tuple[str, str] | None:
    """What is worth a line above the table, with its style."""
    match event:
        case events.Notice():
            return event.sentence, "yellow" if event.warning else "dim"
        case events.BrowsersDied():
            return sentence_of(event), "yellow"
        case events.QueueKnown() if event.waiting:
            reading = min(event.waiting, event.limit or event.waiting)
            posts = counted(event.waiting, "post")
            some = f"{reading:,} of {posts}" if reading < event.waiting else posts
            return f"{some} to read: {waiting_time(reading, table.seconds_a_post())}.", "dim"
        case _:
            return None


@dataclass(eq=False)
class Log:
    """A line an event, with the time of day."""

    console: Console
    hide: Callable[[str], str] = str
    """Takes out what nobody is to read: these lines end in the logs of cron, systemd and Docker."""

    def __call__(self, event: Event) -> None:
        """Write *event*, if it says something."""
        if words := self.hide(sentence_of(event)):
            stamp = datetime.now().astimezone().strftime("%H:%M:%S")
            self.console.print(Text(f"{stamp} {words}"), soft_wrap=True)


@dataclass(eq=False)
class _Warnings:
    console: Console

    def __call__(self, event: Event) -> None:
        if isinstance(event, events.Notice) and event.warning:
            self.console.print(Text(event.sentence), soft_wrap=True)
