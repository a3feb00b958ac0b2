"""`--cluster`, `jpt worker` and `jpt cluster certificates`: the same run on several machines."""

from __future__ import annotations

import os
import platform
import ssl
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import anyio

from jpt.browser.pool.protocol import PagePool
from jpt.browser.pool.scaling import FIRST
from jpt.cli import session
from jpt.cli.options import common
from jpt.cli.stopping import until_stopped
from jpt.cluster import certificates
from jpt.cluster.cluster_pool import ClusterPool
from jpt.cluster.coordinator_address import CoordinatorAddress
from jpt.cluster.hub import Hub
from jpt.cluster.messages import Limits
from jpt.cluster.worker import Worker
from jpt.models.events import Notice, Report
from jpt.settings import Settings


@asynccontextmanager
async def cluster_pool(
    address: CoordinatorAddress, loaded: Settings, report: Report, named: Iterable[str]
) -> AsyncIterator[PagePool]:
    """Run the pool of a cluster for the length of the block; raises UsageError, InputError or CannotCreate.

    Workers join at *address*. The hosts and ports of *named* URLs may be private: the user gave them.
    """
    security = _security(address, loaded, None, server=True)

    def say(sentence: str, warning: bool) -> None:
        report(Notice(sentence, warning=warning))

    def hub(limits: Limits, on_change: Callable[[], None]) -> Hub:
        return Hub(address, limits, say, on_change, security)

    async with (
        session.browser_pool(loaded, report, named) as local,
        ClusterPool.open(local, loaded, hub, say) as pool,
    ):
        say(f"Workers may join: `jpt worker {pool.hub.address}`. Without any, pages are read here.", False)
        yield pool


def work_for(address: str, *, pages: int | None, certificate: Path | None, name: str | None) -> int:
    """Read pages for the coordinators that run at *address* until a signal ends it; returns the exit code."""
    session.start_log()
    settings = session.settings(max_pages=pages)
    if "max_pages" not in settings.model_fields_set:
        # The coordinator counts on each page: none may wait here until the processor idles.
        settings = settings.model_copy(update={"max_pages": FIRST})
    place = CoordinatorAddress.parsed(address)
    security = _security(place, settings, certificate, server=False)
    return anyio.run(partial(_work, settings, place, security, name or f"{platform.node()}-{os.getpid()}"))


async def _work(settings: Settings, place: CoordinatorAddress, security: ssl.SSLContext | None, name: str) -> int:
    def say(sentence: str) -> None:
        if not common.quiet:
            session.note(sentence)

    chromium = await session.chromium(settings, session.say)
    worker = Worker(settings, place, security, chromium, name, say, session.warn)
    return await until_stopped(worker.run, wind_down=worker.wind_down)


def make_certificates() -> None:
    """Write the certificates of a cluster beside the database, and say what to do with them."""
    settings = session.settings()
    folder = certificates.folder_of(settings.db)
    certificates.make(folder)
    session.show(
        f"Made {folder / certificates.COORDINATOR} for this machine, and {folder / certificates.WORKER} to copy "
        "to each worker. Whoever has one of these files can join, so send them over a secure channel; "
        f"{certificates.AUTHORITY}, which made them, stays here."
    )


def _security(
    address: CoordinatorAddress, settings: Settings, file: Path | None, *, server: bool
) -> ssl.SSLContext | None:
    if not address.tls:
        return None
    usual = certificates.COORDINATOR if server else certificates.WORKER
    return certificates.context(file or certificates.folder_of(settings.db) / usual, server=server)
