"""`jpt status`: whether the watch is running and all is well; for people and for health checks."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any

import psutil
from rich.text import Text

from jpt.cli import session
from jpt.cli.exit_codes import UNHEALTHY
from jpt.cli.options import common
from jpt.cli.tables import ago, why
from jpt.models.pages import GOOD, Partial
from jpt.models.words import partial_words
from jpt.observers.heartbeat import SILENT_S
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.sites import PageState
from jpt.text.clock import wall_clock
from jpt.text.counts import counted

MOST_SHOWN = 10
REGULAR = 3
"""Runs after which `jpt run` counts as scheduled."""
GRACE_MS = 600_000


@dataclass(frozen=True, slots=True)
class WatchReport:
    """Whether a watch is running, and what it last reported about itself; empty if there is none."""

    report: dict[str, Any] = field(default_factory=dict)
    fault: str = ""
    """Why it does not count as running; empty when it does."""


@dataclass(frozen=True, slots=True)
class DatabaseStatus:
    """What the database has; empty if there is none."""

    states: list[PageState] = field(default_factory=list)
    queue: dict[str, int] = field(default_factory=lambda: {"waiting": 0, "dead": 0})
    ends_ms: tuple[int, ...] = ()
    """When the latest runs of `jpt run` ended, newest first."""
    now_ms: int = 0

    @property
    def is_run_regularly(self) -> bool:
        """Whether `jpt run` was started several times at intervals, and the next time is not overdue."""
        if len(self.ends_ms) < REGULAR:
            return False
        longest = max(newer - older for newer, older in pairwise(self.ends_ms[:REGULAR]))
        return self.now_ms - self.ends_ms[0] <= 2 * longest + GRACE_MS


def show_status(*, as_json: bool) -> int:
    """Show the state of the watch and of the sites; returns 0 when all is well, else UNHEALTHY."""
    settings = session.settings()
    alive = watching(settings)
    stored = _stored(settings)
    problems = [alive.fault] if alive.fault else list(alive.report.get("problems", ()))
    if not alive.report and stored.is_run_regularly:
        # Cron or a timer starts `jpt run`: then a watch is not missed.
        problems = []
    if as_json:
        session.print_json(session.hiding.within(_as_json(alive, stored, problems)))
    elif not common.quiet:
        for line in _lines(alive, stored, problems):
            session.show(line, indent=4 if line.plain.startswith(" ") else 0)
    return UNHEALTHY if problems else 0


def watching(settings: Settings) -> WatchReport:
    """Return whether a watch on the database is running, by its process and its last heartbeat."""
    start = "Start it with `jpt watch`, or install it with `jpt service install`."
    try:
        report = json.loads(settings.files.watch_status.read_text(encoding="utf-8"))
        pid, beat_ms = int(report["pid"]), int(report["beat_ts_ms"])
    except (OSError, ValueError, KeyError, TypeError):
        return WatchReport(fault=f"No watch is running on {settings.db}. {start}")
    silent_s = max(0.0, time.time() - beat_ms / 1000)
    if not _runs(pid, int(report.get("started_ts_ms", 0))):
        return WatchReport(report, f"The watch on {settings.db} (process {pid}) ended unexpectedly. {start}")
    if silent_s > SILENT_S:
        return WatchReport(
            report, f"The watch (process {pid}) has not responded for {silent_s:.0f} s. Restart it."
        )
    return WatchReport(report)


def _runs(pid: int, started_ms: int) -> bool:
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        # Another process may have got the number since; a clock that was set makes up to a day of doubt.
        return process.status() != psutil.STATUS_ZOMBIE and process.create_time() * 1000 < started_ms + 86_400_000
    return False


def _stored(settings: Settings) -> DatabaseStatus:
    if not settings.db.exists():
        return DatabaseStatus()
    with Store.open(settings.db) as store:
        states = store.sites.states()
        dead = {state.site: state.failed for state in states}
        queue = {"waiting": store.queue.waiting(), "dead": sum(dead.values())}
        ends = [run.ended_ts_ms for run in store.history.runs(50) if run.command == "jpt run" and run.ended_ts_ms]
        return DatabaseStatus(states, queue, tuple(ends), wall_clock())


def _failing(states: list[PageState]) -> list[PageState]:
    return [state for state in states if state.status not in GOOD]


def _partly_read(states: list[PageState]) -> list[tuple[PageState, Partial]]:
    """Return the pages whose last read was good and found a part of the list only, with that part."""
    return [(state, state.partial) for state in states if state.status in GOOD and state.partial is not None]


def _as_json(alive: WatchReport, stored: DatabaseStatus, problems: list[str]) -> dict[str, Any]:
    states = stored.states
    failing = [
        {
            "site": state.site,
            "url": state.url,
            "status": state.status,
            "reason": state.reason,
            "failures": state.failures,
            "since_ts_ms": state.failing_since_ts_ms,
            "good_ts_ms": state.good_ts_ms,
        }
        for state in _failing(states)
    ]
    report = alive.report
    return {
        "healthy": not problems,
        "alive": not alive.fault,
        "problems": problems,
        "pid": report.get("pid") if not alive.fault else None,
        "stage": report.get("stage") if not alive.fault else None,
        "started_ts_ms": report.get("started_ts_ms"),
        "last_cycle": report.get("cycle"),
        "sites": {
            "pages": len(states),
            "ok": len(states) - len(failing),
            "failing": failing,
            "partial": [
                {"site": state.site, "url": state.url, **asdict(partial), "reads": state.partials}
                for state, partial in _partly_read(states)
            ],
        },
        "queue": stored.queue,
        "browser": report.get("browser"),
        "outages": report.get("outages", []),
        "incidents": report.get("incidents", []),
        "run_id": report.get("run_id"),
    }


def _workers(workers: list[dict[str, Any]] | None) -> list[Text]:
    """Return a line for each worker of a cluster, as the watch reported it."""
    if workers is None:
        return []
    if not workers:
        return [Text("No worker has joined; pages are read here.", "yellow")]
    lines = [Text(f"{counted(len(workers), 'worker')}:")]
    for one in workers:
        open_pages = f"{one['open']} of {counted(one['pages'], 'page')} open"
        words = f"  {one['name']}: {open_pages}, {one['per_minute']:.0f}/min, {one['read']:,} read"
        rests = ", resting after losing pages" if one["resting"] else ""
        heard = f", jpt {one['version']}, heard from {one['heard_s']:.0f} s ago{rests}"
        lines.append(Text(session.hiding(words + heard), "yellow" if one["resting"] else ""))
    return lines


def _lines(alive: WatchReport, stored: DatabaseStatus, problems: list[str]) -> list[Text]:
    now_ms, states, queue = stored.now_ms, stored.states, stored.queue
    lines = []
    if not alive.fault:
        cycle = alive.report.get("cycle", {})
        last = ago(cycle["last_ts_ms"], now_ms) if cycle.get("last_ts_ms") else "not yet"
        words = f"Watching (process {alive.report['pid']}, {alive.report['stage']}); last cycle: {last}."
        lines.append(Text(words, "green" if not problems else "yellow"))
    elif not problems:
        lines.append(
            Text(f"`jpt run` is started regularly; the last one ended {ago(stored.ends_ms[0], now_ms)}.", "green")
        )
    lines += [Text(session.hiding(problem), "red") for problem in problems]
    if not alive.fault:
        lines += _workers((alive.report.get("browser") or {}).get("workers"))
    failing = _failing(states)
    well = f"Read successfully: {len(states) - len(failing)} of {counted(len(states), 'page')}."
    lines.append(Text(well if states else "No page has been read yet: `jpt run` reads them."))
    lines += [
        Text(session.hiding(f"  {state.site}: {why(state, now_ms)}"), "yellow") for state in failing[:MOST_SHOWN]
    ]
    lines += [
        Text(f"  {state.site}: read in part: {partial_words(partial)}", "yellow")
        for state, partial in _partly_read(states)[:MOST_SHOWN]
    ]
    if len(failing) > MOST_SHOWN:
        lines.append(Text(f"  … and {len(failing) - MOST_SHOWN} more: `jpt sites`", "dim"))
    dead = f", {queue['dead']:,} given up: `jpt jobs --failed`" if queue["dead"] else ""
    lines.append(Text(f"{counted(queue['waiting'], 'post')} queued{dead}."))
    return lines
