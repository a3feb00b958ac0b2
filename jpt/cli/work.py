"""`jpt work`: reads queued posts, beside other processes that do the same."""

from __future__ import annotations

import gc
from contextlib import suppress
from functools import partial

import anyio

from jpt.catalogue.view import Judge
from jpt.cli import session
from jpt.cli.run import outcome, reporting, show_report
from jpt.cli.stopping import until_stopped
from jpt.cycle.pipeline import Pipeline
from jpt.errors import InputError
from jpt.inputs.companies import read_companies
from jpt.models.events import Report
from jpt.models.pages import Via, chosen_vias
from jpt.observers.tally import Tally
from jpt.settings import Settings, list_to_read
from jpt.store import Store

WAIT_MS = 10**10
"""Practically for ever: queued work can wait for a browser as long as it takes."""


def work_once(*, limit: int | None, as_json: bool) -> int:
    """Work the queue until it is empty or *limit* posts were read; returns the exit code."""
    settings = session.existing().model_copy(update={"global_slot_timeout_ms": WAIT_MS})
    gc.freeze()
    tally = Tally(())
    stopped = 0
    with Store.open(settings.db) as store:
        if store.queue.waiting():
            run = store.history.begin("jpt work")
            stopped = _share(settings, store, limit, tally)
            store.history.end(run, outcome(tally, stopped), tally.as_json())
    return show_report(tally, settings, as_json=as_json, stopped=stopped, baseline=False)


def _share(settings: Settings, store: Store, limit: int | None, tally: Tally) -> int:
    pages = [state for state in store.sites.states() if state.waiting]
    with reporting(settings, tally, [state.site for state in pages], limit) as (report, restore):
        # The user named these pages when they were read first.
        work = partial(_work, settings, store, limit, [state.url for state in pages], report)
        return anyio.run(until_stopped, work, restore)


async def _work(settings: Settings, store: Store, limit: int | None, named: list[str], report: Report) -> None:
    async with session.browser_pool(settings, report, named) as pool:
        pipeline = Pipeline(settings, store, pool, report, wants=Judge(lambda: settings), vias=_vias())
        await pipeline.work(limit)


def _vias() -> dict[str, Via]:
    """Return how the list of companies wants posts to be read; nothing if it cannot be read."""
    with suppress(InputError):
        return chosen_vias(read_companies(list_to_read(), may_be_empty=True).companies)
    return {}
