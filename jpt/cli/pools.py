"""Which pool a run reads its pages in: this machine's own, or that of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import TYPE_CHECKING

from jpt.cli import session
from jpt.models.events import Report
from jpt.settings import Settings

if TYPE_CHECKING:
    from jpt.browser.pool.protocol import PagePool

OpenPool = Callable[[Settings, Report, Sequence[str]], "AbstractAsyncContextManager[PagePool]"]
"""Opens a pool: with the settings, who is told, and the addresses that the user named."""


def pool_of(cluster: str | None) -> OpenPool:
    """Give what opens the pool of a run: that of a *cluster* where its address is given, else this machine's.

    Raises UsageError where the address is none.
    """
    if cluster is None:
        return session.browser_pool
    from jpt.cli.cluster import cluster_pool
    from jpt.cluster.coordinator_address import CoordinatorAddress

    return partial(cluster_pool, CoordinatorAddress.parsed(cluster))
