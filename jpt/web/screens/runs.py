"""What runs now, the last runs, the posts that were given up."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import anyio
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from jpt.settings import Settings
from jpt.store.history import Run
from jpt.text.counts import counted
from jpt.text.durations import spoken
from jpt.web.endpoints import Backend, in_thread, of
from jpt.web.render import page, redirect

LOOK_S = 1.0
"""How often the status file of a watch is looked at for a page that is open."""
MOST_UNREAD = 200


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run as its row shows it."""

    command: str
    begun_ts_ms: int
    outcome: str | None
    seconds: str
    done: str
    failed: str


@in_thread
def runs(request: Request, backend: Backend) -> Response:
    """Show them."""
    return page(
        request,
        backend,
        "runs.html",
        runs=[_row(run) for run in backend.store.history.runs(20)],
        unread=backend.store.queue.unread()[:MOST_UNREAD],
        live=live(backend.settings),
    )


def _row(run: Run) -> RunRow:
    jobs, sites = (part if isinstance(part := run.report.get(name), dict) else {} for name in ("jobs", "sites"))
    took = spoken((run.ended_ts_ms - run.begun_ts_ms) / 1000) if run.ended_ts_ms else ""
    return RunRow(
        run.command, run.begun_ts_ms, run.outcome, took, str(jobs.get("done", "")), str(sites.get("failed", ""))
    )


async def retry(request: Request) -> Response:
    """Queue a post that was given up again."""
    form, backend = await request.form(), of(request)
    url = str(form.get("url", ""))

    queued = await backend(lambda: backend.store.queue.retry(url=url) if url else 0)
    return redirect("/runs", "The next run reads it again." if queued else "Nothing is known of this address.")


async def events(request: Request) -> Response:
    """Send what a watch does, whenever it changes, as server-sent events."""
    settings = of(request).settings

    async def lines() -> AsyncIterator[str]:
        before = None
        while not await request.is_disconnected():
            now = await anyio.to_thread.run_sync(live, settings)
            if now != before:
                yield f"data: {now}\n\n"
                before = now
            await anyio.sleep(LOOK_S)

    return StreamingResponse(lines(), media_type="text/event-stream")


def live(settings: Settings) -> str:
    """Say in a line what a watch on this database does now, from its status file."""
    try:
        held: Any = json.loads(settings.files.watch_status.read_text(encoding="utf-8"))
        counts, stage = held["counts"], str(held["stage"])
        waiting = counts.get("waiting", 0)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "No watch is running."
    return (
        f"jpt watch: {stage}, {counted(waiting, 'post')} waiting, {counted(counts.get('done', 0), 'post')} read."
    )
