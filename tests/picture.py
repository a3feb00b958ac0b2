"""Make the README's picture from a real run: `python -m tests.picture docs/screen.svg`.

Some career sites are read by the real cycle; the picture is a frame of the live table half-way
through the posts, and below it what is shown at the end.
"""

import io
import re
import sys
import tempfile
from pathlib import Path

import anyio
from rich.console import Console

from jpt.catalogue.openings import openings
from jpt.catalogue.view import JobsView
from jpt.cli.jobs_table import jobs_table
from jpt.cli.session import browser_pool
from jpt.cli.tables import summary
from jpt.cycle.pipeline import Pipeline
from jpt.cycle.plan import Plan
from jpt.inputs.companies import read_companies
from jpt.models.events import Event, QueueKnown, TaskDone
from jpt.observers.live import LiveTable
from jpt.observers.tally import Tally
from jpt.settings import load
from jpt.store import Store
from tests.career_sites import COMPANIES, LAYOUTS, CareerSites, Site, adverts

WIDTH = 108
ROWS_OF_JOBS = 8


def main() -> None:
    """Run once and write the picture to the path given."""
    layouts = [layout for layout in LAYOUTS if layout != "busy-loop"]
    ads = adverts(60)
    sites = [
        Site(name, layouts[number % len(layouts)], ads[number * 7 % 40 :][: 4 + number * 5 % 11])
        for number, name in enumerate(COMPANIES[:10])
    ]
    sites += [Site(COMPANIES[10], "failing"), Site(COMPANIES[11], "blocked"), Site(COMPANIES[12], "none")]
    with CareerSites(sites, latency_ms=60) as career_sites, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        svg = picture(career_sites.companies_csv(folder / "companies.csv"), folder / "jpt.sqlite3")
    # Links of sites that are gone lead nowhere, and a picture fetches no fonts.
    for unwanted in (r"</?a\b[^>]*>", r"@font-face \{.*?\}"):
        svg = re.sub(unwanted, "", svg, flags=re.DOTALL)
    Path(sys.argv[1]).write_text(svg, encoding="utf-8")


def picture(csv: Path, db: Path) -> str:
    """Run one cycle over *csv* and give its picture as SVG."""
    companies = read_companies(csv).companies
    settings, _ = load(db=db)
    screen = Console(record=True, width=WIDTH, height=22, file=io.StringIO(), force_terminal=True)
    tally, board = Tally(companies), LiveTable([company.name for company in companies])
    frame_at: list[int] = []

    def report(event: Event) -> None:
        tally(event)
        board.note(event)
        if isinstance(event, QueueKnown):
            frame_at.append(board.settled + event.waiting // 3)
        if isinstance(event, TaskDone) and frame_at == [board.settled]:
            screen.print("$ jpt run", style="bold")
            screen.print(board)

    async def work(store: Store) -> None:
        async with browser_pool(settings, lambda _: None, [company.url for company in companies]) as pool:
            await Pipeline(settings, store, pool, report).run(Plan(companies))

    with Store.open(db) as store:
        anyio.run(work, store)
        fitting = [one for one in JobsView.of(store, settings).postings() if one.fits]
    by_title = {one.news.title: one for one in fitting if one.news.experience.stated}
    screen.print()
    screen.print(jobs_table(openings(by_title.values())[:ROWS_OF_JOBS], "New jobs that fit", width=WIDTH))
    screen.print(f"… and {len(fitting) - ROWS_OF_JOBS} more: `jpt jobs` shows them all.", style="dim")
    for line in summary(tally, len(fitting), settings.max_years, stopped=False, baseline=False):
        screen.print(line)
    return screen.export_svg(title="jpt run")


if __name__ == "__main__":
    main()
