"""`jpt work`: the posts that wait, beside other processes that read them too."""

from __future__ import annotations

import gc
from functools import partial
from pathlib import Path

import anyio

from jpt.cli import session
from jpt.cli.run import PARTLY_FAILED, show_report
from jpt.cli.stopping import until_stopped
from jpt.cycle.pipeline import Pipeline
from jpt.models.events import Event, Report
from jpt.observers.journal import Journal
from jpt.observers.live import shown
from jpt.observers.tally import Tally
from jpt.settings import Settings
from jpt.store import Store

WAIT_MS = 10**10
"""As good as for ever: work that is queued already can wait for a browser as long as it takes."""


def work_once(*, db: Path | None, limit: int | None, as_json: bool, verbose: bool, quiet: bool) -> int:
    """Work the queue until it is empty or *limit* posts were read; gives the exit code."""
    session.verbose_log(verbose)
    settings = session.settings(db=db).model_copy(update={"global_slot_timeout_ms": WAIT_MS})
    gc.freeze()
    tally = Tally(())
    stopped = 0
    with Store.open(settings.db) as store:
        if store.queue.waiting():
            run = store.history.begin("jpt work")
            stopped = _share(settings, store, limit, tally, quiet=quiet)
            outcome = "interrupted" if stopped else "done" if tally.complete else "partly"
            store.history.end(run, outcome, tally.as_json())
    show_report(tally, settings, as_json=as_json, stopped=stopped, baseline=False)
    return stopped or (0 if tally.complete else PARTLY_FAILED)


def _share(settings: Settings, store: Store, limit: int | None, tally: Tally, *, quiet: bool) -> int:
    pages = [state for state in store.sites.states() if state.waiting]
    names = dict.fromkeys(state.site for state in pages)
    with (
        session.SilentKeyboard() as keyboard,
        session.logged(settings),
        shown(session.err, names, quiet=quiet, limit=limit, hide=session.hiding) as screen,
    ):
        journal = Journal()

        def report(event: Event) -> None:
            tally(event)
            journal(event)
            screen(event)

        # The user named these pages when they were read first.
        work = partial(_work, settings, store, limit, [state.url for state in pages], report)
        return anyio.run(partial(until_stopped, work, keyboard.restore))


async def _work(settings: Settings, store: Store, limit: int | None, named: list[str], report: Report) -> None:
    async with session.browser_pool(settings, report, named) as pool:
        await Pipeline(settings, store, pool, report).work(limit)
