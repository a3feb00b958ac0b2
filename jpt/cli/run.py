"""`jpt run` and `jpt seed`: one cycle from the list of companies to the report."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import anyio

from jpt.catalogue.as_json import posting_json
from jpt.catalogue.openings import openings
from jpt.catalogue.view import JobsView, Judge, Posting
from jpt.cli import session
from jpt.cli.exit_codes import PARTLY_FAILED
from jpt.cli.jobs import check_site
from jpt.cli.jobs_table import jobs_table, plain_jobs
from jpt.cli.options import common
from jpt.cli.pools import OpenPool, pool_of
from jpt.cli.stopping import until_stopped
from jpt.cli.tables import summary
from jpt.cli.terminal import SilentKeyboard
from jpt.cycle.pipeline import Pipeline
from jpt.cycle.plan import Plan
from jpt.digest.background import BackgroundDelivery
from jpt.digest.transports import transports
from jpt.inputs.companies import CompanyList
from jpt.models.events import Notice, Report, to_all
from jpt.models.pages import Company
from jpt.models.words import change_words
from jpt.observers.journal import Journal
from jpt.observers.live import shown
from jpt.observers.tally import Tally
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.filesystem import network_file_system

MOST_SHOWN = 40
"""Rows of the table of new jobs; the others are counted."""


def run_once(
    *,
    csv: Path | None,
    site: str | None,
    baseline: bool,
    digest: bool,
    limit: int | None,
    cluster: str | None = None,
    wait: bool,
    as_json: bool,
) -> int:
    """Run one cycle, over the pages of *site* if it is named, and show what it found; returns the exit code."""
    settings = session.settings()
    listed = session.companies(csv)
    session.note_example(csv)
    # Fail on invalid rules or mail addresses before anything is read.
    transports(settings)
    companies = _of(site, listed)
    plan = Plan(companies, site=companies[0].name if site else None, baseline=baseline, limit=limit)
    background = BackgroundDelivery() if digest and not baseline else None
    tally, stopped = _cycle(settings, listed, plan, background, command="jpt run", wait=wait, cluster=cluster)
    return show_report(tally, settings, as_json=as_json, stopped=stopped, baseline=baseline)


def _of(site: str | None, listed: CompanyList) -> tuple[Company, ...]:
    """Return the pages of *site*, or all if it is None; raises UsageError if the list has no such company."""
    if site is None:
        return listed.companies
    check_site(site, [company.name for company in listed.companies])
    return tuple(company for company in listed.companies if company.name.casefold() == site.casefold())


def seed_once(
    *, csv: Path | None, clear: bool, stop_on_error: bool, max_workers: int | None, wait: bool, as_json: bool
) -> int:
    """Record the baseline of every page; returns the exit code."""
    settings = session.settings(max_pages=max_workers)
    listed = session.companies(csv)
    session.note_example(csv)
    plan = Plan(listed.companies, baseline=True, anew=clear, stop_on_error=stop_on_error)
    tally, stopped = _cycle(settings, listed, plan, None, command="jpt seed", wait=wait)
    return show_report(tally, settings, as_json=as_json, stopped=stopped, baseline=True)


def _cycle(
    settings: Settings,
    listed: CompanyList,
    plan: Plan,
    background: BackgroundDelivery | None,
    *,
    command: str,
    wait: bool,
    cluster: str | None = None,
) -> tuple[Tally, int]:
    """Run *plan* on the database, showing its progress, and send the digest if *background* is given.

    Returns the result and 128 + signal, or 0.
    """
    # What is imported stays: the garbage collector need not look at it each time.
    gc.freeze()
    open_pool = pool_of(cluster)
    tally = Tally(listed.companies)
    with (
        Store.open(settings.db) as store,
        store.hold(command, wait=wait, say=session.warn),
        reporting(settings, tally, [company.name for company in plan.companies], plan.limit) as (report, restore),
    ):
        # Fail on a locked database before a browser starts.
        store.queue.reclaim()
        if kind := network_file_system(settings.db):
            words = f"{settings.db} is on a network file system ({kind}), where locks are unreliable."
            report(Notice(f"{words} Move it to a local disk.", warning=True))
        for problem in listed.problems:
            report(Notice(problem.sentence, warning=problem.bad))
        for old, new in store.site_decisions.follow_names(listed.companies):
            report(Notice(f"{old} is called {new} in the list now: renamed, with all that is known about it."))
        plan = replace(plan, companies=store.site_decisions.awake(plan.companies))
        tally.companies = plan.companies
        started_ms = store.clock() - 1
        run = store.history.begin(command)
        work = partial(_work, settings, store, plan, report, background, open_pool)
        busy = (lambda: background.cannot_stop_now) if background is not None else None
        stopped = anyio.run(partial(until_stopped, work, restore, busy=busy))
        tally.changes = store.history.changes(started_ms)
        store.history.end(run, outcome(tally, stopped), tally.as_json())
    return tally, stopped


@contextmanager
def reporting(
    settings: Settings, tally: Tally, sites: Iterable[str], limit: int | None
) -> Iterator[tuple[Report, Callable[[], None]]]:
    """Count, log and show events in the block; yields their receiver, and a call that restores the terminal."""
    with (
        SilentKeyboard() as keyboard,
        session.logged(settings),
        shown(
            session.err,
            dict.fromkeys(sites),
            quiet=common.quiet,
            limit=limit,
            hide=session.hiding,
            fits=Judge(lambda: settings),
        ) as screen,
    ):
        yield to_all(tally, Journal(), screen), keyboard.restore


def outcome(tally: Tally, stopped: int) -> str:
    """Return how a run ended, for the history."""
    return "interrupted" if stopped else "done" if tally.complete else "partly"


async def _work(
    settings: Settings,
    store: Store,
    plan: Plan,
    report: Report,
    background: BackgroundDelivery | None,
    open_pool: OpenPool,
) -> None:
    async with open_pool(settings, report, [company.url for company in plan.companies]) as pool:
        await Pipeline(settings, store, pool, report, wants=Judge(lambda: settings)).run(plan)
    if background is not None:
        await background(settings, store, report)


def show_report(tally: Tally, settings: Settings, *, as_json: bool, stopped: int, baseline: bool) -> int:
    """Show the result of a run: the new jobs that fit, then the summary; returns the exit code."""
    code = stopped or (0 if tally.complete else PARTLY_FAILED)
    fitting = _fitting(tally, settings)
    jobs = openings(fitting)
    if as_json:
        changes = [{**asdict(one), "words": change_words(one)} for one in tally.changes]
        session.print_json(
            {**tally.as_json(), "new_jobs": [posting_json(one) for one in fitting], "changes": changes}
        )
        return code
    if fitting and session.out.is_terminal:
        session.out.print(jobs_table(jobs[:MOST_SHOWN], "New jobs that fit", width=session.out.width))
        if len(jobs) > MOST_SHOWN:
            session.out.print(f"… and {len(jobs) - MOST_SHOWN:,} more: `jpt jobs` lists them all.", style="dim")
    elif fitting:
        plain_jobs(session.out, fitting)
    for line in summary(tally, len(jobs), settings.max_years, stopped=bool(stopped), baseline=baseline):
        session.show(line)
    return code


def _fitting(tally: Tally, settings: Settings) -> list[Posting]:
    """Return the jobs that this run found and that fit, newest first; unread posts are shown apart."""
    found = {(job.site, job.url) for job in tally.jobs}
    if not found:
        return []
    with Store.open(settings.db) as store:
        everything = JobsView.of(store, settings).postings()
    return [one for one in everything if one.fits and one.news.unread is None and one.news.key in found]
