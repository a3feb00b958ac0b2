"""`jpt watch`: cycles for ever, with a live screen on a terminal and log lines elsewhere."""

from __future__ import annotations

import faulthandler
import gc
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path

import anyio

from jpt.catalogue.view import Judge
from jpt.cli import session
from jpt.cli.options import common
from jpt.cli.pools import pool_of
from jpt.cli.stopping import until_stopped
from jpt.cli.watch_display import WatchDisplay, has_screen
from jpt.digest.background import BackgroundDelivery
from jpt.digest.transports import transports
from jpt.errors import JptError, UsageError
from jpt.models.events import Notice
from jpt.observers.heartbeat import Heartbeat, Notifier
from jpt.observers.watch_state import WatchState
from jpt.settings import Settings, env_files, list_to_edit, list_to_read, service_manager
from jpt.store.run_lock import hold
from jpt.text.counts import counted
from jpt.text.durations import seconds_of, spoken
from jpt.text.numbers import whole
from jpt.watch.files import Loaded
from jpt.watch.loop import Setup, Watch
from jpt.watch.telegram_buttons import TelegramButtons

COMMAND = "jpt watch"


def watch_forever(
    *,
    csv: Path | None,
    every: str | None,
    log_json: bool,
    metrics: str | None,
    web: bool = False,
    cluster: str | None = None,
) -> int:
    """Watch until a signal or the key q ends it; returns the exit code."""
    if not log_json:
        session.start_log()
    options = {"every_s": _seconds(every)}
    quiet = common.quiet or log_json
    load = partial(_loaded, csv, options)
    load()
    settings = session.load(**options)[0]
    watch_state = WatchState()
    # What is imported stays: the garbage collector need not look at it each time.
    gc.freeze()
    # The service manager kills a watch that hangs with SIGABRT: this logs where it hung.
    faulthandler.enable()
    with (
        _alone(settings),
        session.logged(settings, watch_state.run_id, to_stderr=log_json),
        WatchDisplay.made(watch_state, live=has_screen() and not quiet, lines=not quiet) as display,
    ):
        background = BackgroundDelivery(patient=True)
        judge = Judge(lambda: watch.settings)
        setup = Setup(
            load=load,
            files=(csv or list_to_edit(), csv or list_to_read(), settings.filters, *env_files()),
            pool=pool_of(cluster),
            hold=lambda now: hold(now.files.run_lock, COMMAND),
            tell=background,
            wants=judge,
        )
        watch = Watch(setup, display.report)
        watch_state.fits = judge
        work = partial(_work, watch, display, settings, _address(metrics), web)
        code: int = anyio.run(
            partial(
                until_stopped,
                work,
                partial(_last, display, settings),
                wind_down=watch.wind_down,
                busy=lambda: background.cannot_stop_now,
            )
        )
    if display.is_live:
        session.note(farewell(watch_state), "dim")
    return code


def farewell(watch_state: WatchState) -> str:
    """Summarise a watch, for when its screen is gone."""
    counts = watch_state.counts
    found, first = counts["fitting_new"], counts["fitting"] - counts["fitting_new"]
    told = [
        f"{counted(found, 'new job that fits', 'new jobs that fit')} (`jpt jobs`)"
        if found
        else "no new job that fits"
    ]
    if first:
        told.append(f"{counted(first, 'that fits', 'that fit')} on pages read for the first time")
    if failing := len(watch_state.failing):
        told.append(f"{failing} of {counted(len(watch_state.pages), 'page')} failing (`jpt sites`)")
    if watch_state.waiting:
        told.append(f"{counted(watch_state.waiting, 'post')} queued for the next run")
    seconds = (watch_state.clock() - watch_state.started_ms) / 1000
    return f"Watched for {spoken(seconds)}: {', '.join(told)}."


def _last(display: WatchDisplay, settings: Settings) -> None:
    """Restore the terminal and remove the status file: the watch no longer runs."""
    display.restore()
    with suppress(OSError):
        settings.files.watch_status.unlink()


def _alone(settings: Settings) -> AbstractContextManager[None]:
    """Be the only watch on the database; raises Locked, naming the other one."""
    return hold(
        settings.files.watch_lock,
        COMMAND,
        busy=f"{settings.db} is watched already",
        advice="`jpt status` shows its state.",
    )


async def _work(
    watch: Watch, display: WatchDisplay, settings: Settings, metrics: tuple[str, int] | None, web: bool
) -> None:
    beat = Heartbeat(
        settings.files.watch_status,
        display.watch_state,
        Notifier(service_manager()),
        partial(_extra, watch, display),
        session.hiding.within,
    )
    try:
        with nullcontext() if metrics is None else _metrics(metrics, watch, display.watch_state):
            async with anyio.create_task_group() as tg:
                tg.start_soon(beat.run)
                tg.start_soon(display.draw, watch)
                tg.start_soon(TelegramButtons(lambda: watch.settings, watch.report).run)
                if web:
                    tg.start_soon(_web, watch, settings)
                await watch.run()
                tg.cancel_scope.cancel()
    finally:
        beat.end()


def _address(metrics: str | None) -> tuple[str, int] | None:
    """Read `9100` or `0.0.0.0:9100`; raises UsageError."""
    if metrics is None:
        return None
    host, _, port = metrics.rpartition(":")
    number = whole(port, low=0, high=65_535)
    if number is None:
        raise UsageError(f"--metrics {metrics!r}: expected a port, or an address and a port like 0.0.0.0:9100.")
    return host or "127.0.0.1", number


def _seconds(every: str | None) -> float | None:
    try:
        return None if every is None else seconds_of(every)
    except ValueError as exc:
        raise UsageError(f"--every {every!r}: expected {exc}.") from None


def _loaded(csv: Path | None, options: Mapping[str, object]) -> Loaded:
    settings, warnings = session.load(**options)
    transports(settings)
    return Loaded(settings, session.companies(csv), warnings)


def _extra(watch: Watch, display: WatchDisplay) -> dict[str, object]:
    load = watch.pool.load if watch.pool is not None else None
    return {"browser": asdict(load) if load is not None else None, "screen": display.drawing}


async def _web(watch: Watch, settings: Settings) -> None:
    """Serve the pages of `jpt web`; where that is not possible the watch continues without them."""
    from jpt.web.server import LOOPBACK, PORT, listening, serve

    def ready(address: str) -> None:
        watch.report(Notice(f"The jobs as pages: {address}"))

    try:
        with listening(LOOPBACK, PORT) as opened:
            await serve(settings, opened, ready)
    except JptError as exc:
        watch.report(Notice(f"No pages are served: {exc.sentence}", warning=True))


@contextmanager
def _metrics(address: tuple[str, int], watch: Watch, watch_state: WatchState) -> Iterator[None]:
    from jpt.observers.metrics import served

    def problems() -> list[str]:
        return [session.hiding(problem) for problem in watch_state.problems()]

    host, port = address
    with served(port, watch_state, lambda: watch.pool.load if watch.pool else None, problems, host) as where:
        watch.report(Notice(f"Metrics are at http://{host}:{where}/metrics, health at /healthz."))
        yield
