"""Metrics for Prometheus and `/healthz`, on loopback."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar, get_args
from wsgiref.simple_server import WSGIRequestHandler, make_server

from prometheus_client import CollectorRegistry, ProcessCollector, make_wsgi_app
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import ThreadingWSGIServer
from prometheus_client.registry import Collector

from jpt import __version__
from jpt.errors import CannotCreate
from jpt.models.events import Part
from jpt.models.load import Load, WorkerLoad
from jpt.observers.watch_state import WatchState
from jpt.text.secrets import Hiding

ANSWER_S = 5.0
"""An event loop that does not answer within this is stuck."""
HOST = "127.0.0.1"

T = TypeVar("T")
Health = Callable[[], list[str]]


class MetricsReader(Collector):
    """Reads the state of a watch when asked."""

    def __init__(self, watch_state: WatchState, load: Callable[[], Load | None]) -> None:
        self._watch_state = watch_state
        self._load = load

    def collect(self) -> Iterable[Metric]:
        """Return all metrics as they are now."""
        watch_state = self._watch_state
        yield _gauge("jpt_up", "1 while a watch runs.", 1)
        yield _gauge("jpt_build_info", "1; the version is a label.", 1, version=__version__)
        yield _gauge("jpt_start_time_seconds", "When the watch began.", watch_state.started_ms / 1000)
        ended_s = (watch_state.last_cycle_ms or 0) / 1000
        yield _gauge("jpt_last_cycle_timestamp_seconds", "End of the last cycle.", ended_s)
        yield _gauge("jpt_last_cycle_duration_seconds", "Length of the last cycle.", watch_state.last_cycle_s)
        yield _counter("jpt_cycles", "Cycles begun.", watch_state.cycles)
        yield _gauge("jpt_queue_posts", "Posts that wait to be read.", watch_state.waiting)
        yield _labelled("jpt_pages", "Careers pages by the state of their last read.", "state", watch_state.states)
        yield _outcomes("jpt_page_reads", "Reads of careers pages.", "read_", watch_state.counts)
        settled = {name: watch_state.counts[name] for name in ("done", "not_jobs", "failed")}
        yield _outcomes("jpt_posts", "Posts settled.", "", settled)
        yield _counter("jpt_jobs_queued", "New job links found.", watch_state.counts["queued"])
        yield _counter("jpt_jobs_fitting", "Jobs that fit.", watch_state.counts["fitting"])
        yield _counter("jpt_digests_sent", "Digests sent.", watch_state.counts["digests"])
        yield _counter("jpt_jobs_told", "Jobs reported in digests.", watch_state.counts["told"])
        yield _counter("jpt_model_tokens", "Tokens that the model used.", watch_state.counts["model_tokens"])
        yield _counter("jpt_incidents", "Outages and hiccups seen.", watch_state.counts["incidents"])
        missing = {part: int(part in watch_state.outages) for part in get_args(Part)}
        yield _labelled("jpt_outage", "1 while a part is missing, else 0.", "part", missing)
        yield from self._sites()
        if (load := self._load()) is not None:
            yield _gauge("jpt_browser_pages", "Pages open.", load.pages)
            yield _gauge("jpt_browser_contexts", "Browser contexts open.", load.contexts)
            yield _gauge("jpt_browsers", "Browsers running.", load.browsers)
            memory = load.memory_mb * 1024 * 1024
            yield _gauge("jpt_browser_memory_bytes", "Resident memory of the browsers.", memory)
            yield _counter("jpt_browsers_died", "Browsers of this pool that were found sick.", load.died)
            yield _counter("jpt_browsers_recycled", "Browsers of this pool that were worn.", load.recycled)
            yield from _workers(load)

    def _sites(self) -> Iterator[Metric]:
        hide = Hiding()
        good = GaugeMetricFamily(
            "jpt_site_last_good_timestamp_seconds", "Last good read of a page.", labels=["site", "url"]
        )
        failures = GaugeMetricFamily("jpt_site_failures", "Bad reads of a page in a row.", labels=["site", "url"])
        # Of two addresses that differ in a secret alone one is enough: a series may not occur twice.
        for (site, url), page in {
            (page.site, hide(page.url)): page for page in self._watch_state.pages.values()
        }.items():
            good.add_metric([site, url], (page.good_ms or 0) / 1000)
            failures.add_metric([site, url], page.failures)
        yield good
        yield failures


def _workers(load: Load) -> Iterator[Metric]:
    """Return what is known of the workers of a cluster, where this is one."""
    workers = load.workers
    if workers is None:
        return
    yield _gauge("jpt_workers", "Workers that have joined.", len(workers))
    figures: tuple[tuple[str, str, Callable[[WorkerLoad], float]], ...] = (
        ("pages_limit", "Pages that a worker may have open.", lambda one: one.pages),
        ("pages_open", "Pages that a worker has open.", lambda one: one.open),
        ("pages_last_minute", "Pages that a worker read in the last minute.", lambda one: one.per_minute),
        ("heard_seconds", "Seconds since a worker was heard last.", lambda one: one.heard_s),
    )
    for name, words, value in figures:
        yield _labelled(f"jpt_worker_{name}", words, "worker", {one.name: value(one) for one in workers})
    info = GaugeMetricFamily("jpt_worker_info", "1; its version is a label.", labels=["worker", "version"])
    for one in workers:
        info.add_metric([one.name, one.version], 1)
    yield info


@contextmanager
def served(
    port: int, watch_state: WatchState, load: Callable[[], Load | None], health: Health, host: str = HOST
) -> Iterator[int]:
    """Serve `/metrics` and `/healthz` on *host* for the length of the block; returns the port.

    Raises CannotCreate when the port is taken. Call it within the event loop that the watch runs in.
    """
    registry = CollectorRegistry()
    registry.register(MetricsReader(watch_state, load))
    ProcessCollector(registry=registry)
    metrics = make_wsgi_app(registry)
    loop = asyncio.get_running_loop()

    def in_loop(act: Callable[[], T]) -> T:
        # The state changes in the event loop only; and one that does not answer is not healthy.
        async def acted() -> T:
            return act()

        return asyncio.run_coroutine_threadsafe(acted(), loop).result(ANSWER_S)

    def app(environ: dict[str, Any], start: Any) -> Any:
        path = environ.get("PATH_INFO", "")
        try:
            if path == "/metrics":
                return in_loop(lambda: metrics(environ, start))
            if path == "/healthz":
                return _health(in_loop(health), start)
        except TimeoutError:
            return _answer(start, "503 Service Unavailable", {"healthy": False, "problems": ["jpt is stuck"]})
        return _answer(start, "404 Not Found", {"error": "there is /metrics and /healthz"})

    try:
        server = make_server(host, port, app, ThreadingWSGIServer, _Quiet)
    except OSError as exc:
        raise CannotCreate(
            f"Metrics cannot be served at {host}:{port}: {exc.strerror}. Use another --metrics."
        ) from exc
    thread = threading.Thread(target=server.serve_forever, name="metrics", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: a scrape every 15 s is no news."""


def _health(problems: list[str], start: Any) -> list[bytes]:
    status = "503 Service Unavailable" if problems else "200 OK"
    return _answer(start, status, {"healthy": not problems, "problems": problems})


def _answer(start: Any, status: str, value: dict[str, Any]) -> list[bytes]:
    body = json.dumps(value).encode()
    start(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def _gauge(name: str, words: str, value: float, **labels: str) -> Metric:
    metric = GaugeMetricFamily(name, words, labels=list(labels))
    metric.add_metric(list(labels.values()), value)
    return metric


def _counter(name: str, words: str, value: float) -> Metric:
    return CounterMetricFamily(name, words, value=value)


def _labelled(name: str, words: str, label: str, values: Mapping[str, float]) -> Metric:
    metric = GaugeMetricFamily(name, words, labels=[label])
    for key, value in values.items():
        metric.add_metric([key], value)
    return metric


def _outcomes(name: str, words: str, prefix: str, counts: dict[str, int]) -> Metric:
    metric = CounterMetricFamily(name, words, labels=["outcome"])
    for key, value in counts.items():
        if key.startswith(prefix):
            metric.add_metric([key.removeprefix(prefix)], value)
    return metric
