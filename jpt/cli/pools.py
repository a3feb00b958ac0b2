"""The pool that a run reads its pages in: this machine's own, or that of a cluster."""

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
"""Opens a pool: takes the settings, the receiver of events, and the addresses that the user named."""


def pool_of(cluster: str | None) -> OpenPool:
    """Return the function that opens the pool of a run: of the *cluster* at an address, else this machine's.

    Raises UsageError if the address is invalid.
    """
    if cluster is None:
        return session.browser_pool
    from jpt.cli.cluster import cluster_pool
    from jpt.cluster.coordinator_address import CoordinatorAddress

    return partial(cluster_pool, CoordinatorAddress.parsed(cluster))
