"""`jpt demo`: a tour on career sites that are served on this machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import anyio

from jpt.browser.chromium.scratch import place
from jpt.catalogue.view import Judge
from jpt.cli import digest, job, session
from jpt.cli.options import common
from jpt.cli.stopping import until_stopped
from jpt.cli.watch_display import WatchDisplay, has_screen
from jpt.demo import COMPANIES, DemoSites
from jpt.files import temporary_folder
from jpt.inputs.companies import read_companies
from jpt.models.events import CycleDone, Event, TaskDone
from jpt.observers.watch_state import WatchState
from jpt.settings import Settings, load
from jpt.store.run_lock import hold
from jpt.text.counts import counted
from jpt.watch.files import Loaded
from jpt.watch.loop import Setup, Watch

EVERY_S = 3600.0
"""How often the street is read: far longer than the tour takes, which asks for its second cycle itself."""
PAUSE_S = 5.0
"""Time between the two cycles."""
LOOK_S = 2.5
"""How long the screen stays once the new job was found."""
LONGEST_S = 50.0


@dataclass(eq=False, slots=True)
class Tour:
    """Two cycles with a new job between them."""

    street: DemoSites
    display: WatchDisplay
    watch: Watch = field(init=False)
    new: str = ""
    """Address of the job that appeared between the cycles."""
    found: bool = False
    seen: anyio.Event = field(init=False, default_factory=anyio.Event)
    """The first cycle is done."""
    done: anyio.Event = field(init=False, default_factory=anyio.Event)

    def report(self, event: Event) -> None:
        """Show *event*, and note how far the tour is."""
        self.display.report(event)
        if isinstance(event, CycleDone):
            self.seen.set()
        if isinstance(event, TaskDone) and event.job.url == self.new:
            self.found = True
        if isinstance(event, CycleDone) and self.found:
            self.done.set()

    async def go(self, settings: Settings, csv: Path) -> None:
        """Watch until the new job was found."""
        setup = Setup(
            load=lambda: Loaded(settings, read_companies(csv)),
            files=(csv,),
            pool=session.browser_pool,
            hold=lambda now: hold(now.files.run_lock, "jpt demo"),
        )
        self.watch = Watch(setup, self.report)
        async with anyio.create_task_group() as tg:
            tg.start_soon(self.display.draw, self.watch)
            tg.start_soon(self._guide)
            await self.watch.run()
            tg.cancel_scope.cancel()

    async def _guide(self) -> None:
        """Let a job appear after the first cycle, ask for the second, and end the watch when that is done."""
        with anyio.move_on_after(LONGEST_S):
            await self.seen.wait()
            await anyio.sleep(PAUSE_S)
            self.new = self.street.job(self.street.add_late())
            self.watch.read_now()
            await self.done.wait()
        if self.display.is_live:
            await anyio.sleep(LOOK_S)
        self.watch.wind_down()


def show_demo() -> int:
    """Run the tour; returns the exit code."""
    session.start_log()
    _say(f"{len(COMPANIES)} career sites are served on this machine. jpt watches them, and a new job appears.")
    before = Path.cwd()
    preview = temporary_folder() / "jpt-demo-digest.html"
    with DemoSites.open() as street, _workplace(street) as (folder, settings):
        csv = folder / "inputs/companies.csv"
        with WatchDisplay.made(
            WatchState(Judge(lambda: settings)), live=has_screen() and not common.quiet, lines=not common.quiet
        ) as display:
            tour = Tour(street, display)
            stopped = anyio.run(partial(until_stopped, partial(tour.go, settings, csv), display.restore))
        if stopped:
            return stopped
        if not tour.found:
            session.complain("The tour did not finish. `jpt doctor` finds the cause.")
            return 1
        _show_results(settings, tour, preview)
        os.chdir(before)
    _say("The sites and their files are gone. Your turn: `jpt add URL`, then `jpt run`.")
    return 0


def _show_results(settings: Settings, tour: Tour, preview: Path) -> None:
    watch_state = tour.display.watch_state
    well = watch_state.states["ok"] + watch_state.states["none"]
    session.out.print()
    counts = watch_state.counts
    words = (
        f"{counted(watch_state.cycles, 'cycle')}: {well} of {counted(len(watch_state.pages), 'page')} read, "
        f"{counted(counts['done'], 'post')} opened, "
        f"{counted(counts['fitting'], 'fits', 'fit')} (at most {counted(settings.max_years, 'year')})."
    )
    session.show(words, "bold")
    for page in watch_state.failing:
        sentence = f"{page.site} could not be read: {page.reason}."
        session.show(sentence, "yellow")
    _say(f"\n$ jpt job {tour.new}")
    job.show_job(tour.new, settings, as_json=False)
    _say("\n$ jpt digest --preview")
    digest.show_page(settings, preview)


@contextmanager
def _workplace(street: DemoSites) -> Iterator[tuple[Path, Settings]]:
    """Make a folder to work in, with settings apart from the user's; it is removed afterwards."""
    with place() as folder:
        (folder / "inputs").mkdir()
        (folder / "inputs/companies.csv").write_text(street.csv(), encoding="utf-8")
        # Not the user's mail, model or rules.
        settings, _ = load(
            db=folder / "state/snapshots.sqlite3",
            every_s=EVERY_S,
            extractor="rules",
            filters=folder / "inputs/filters.toml",
            max_years=3,
        )
        yield folder, settings


def _say(words: str) -> None:
    session.note(words, "dim")
