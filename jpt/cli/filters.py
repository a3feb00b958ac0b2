"""`jpt filters`: what the rules keep and drop of the open jobs stored, before anything is sent."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from jpt.catalogue.as_json import effect_json
from jpt.catalogue.preview import Effect, effect
from jpt.catalogue.view import JobsView
from jpt.cli import session
from jpt.models.postings import DECIDED
from jpt.store import Store
from jpt.text.counts import counted

_EXAMPLES = 2


def show_filters(*, as_json: bool) -> None:
    """Show what the rules do; raises SettingError if the file is wrong."""
    settings = session.settings()
    if not settings.db.exists():
        found = Effect((), ())
        session.note(session.no_database(settings.db), "dim")
    else:
        with Store.open(settings.db) as store:
            found = effect(JobsView.of(store, settings).postings())
    if as_json:
        session.print_json(effect_json(found))
        return
    source = str(settings.filters) if settings.filters.exists() else "no filters file"
    fit, dropped = found.jobs, found.jobs_dropped
    done = sum(one.first.mark.stage in DECIDED for one in fit)
    decided = f" You applied for or hid {done:,} of those that fit." if done else ""
    session.show(
        f"Of {counted(len(fit) + dropped, 'open job')}, {counted(len(fit), 'fits', 'fit')} and"
        f" {counted(dropped, 'does not', 'do not')} ({source}, JPT_MAX_YEARS={settings.max_years}).{decided}",
        "bold",
    )
    if found.rules:
        session.out.print(_table(found))


def _table(found: Effect) -> Table:
    table = Table(box=None, pad_edge=False, expand=True, header_style="bold")
    table.add_column("Drops", justify="right", no_wrap=True)
    table.add_column("Rule", no_wrap=True)
    table.add_column("Line", justify="right", no_wrap=True)
    table.add_column("Because", ratio=3)
    table.add_column("For example", ratio=4, style="dim")
    for one in found.rules:
        jobs = one.jobs
        titles = list(dict.fromkeys(job.first.news.title for job in jobs))[:_EXAMPLES]
        line = str(one.line or "")
        table.add_row(f"{len(jobs):,}", one.rule, line, Text(one.word), Text(", ".join(titles)))
    return table
