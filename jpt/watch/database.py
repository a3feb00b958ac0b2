"""The watched database: held for each cycle, and recognised from one to the next."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager
from dataclasses import dataclass, field

import anyio
import anyio.to_thread

from jpt.errors import Locked, StoreError
from jpt.settings import Settings
from jpt.store import Store
from jpt.watch.outages import Outages, WaitingError


@dataclass(eq=False, slots=True)
class Database:
    """The database of one watch."""

    hold: Callable[[Settings], AbstractContextManager[object]]
    """Holds it for the length of a block; raises Locked."""
    outages: Outages
    _name: str | None = field(init=False, default=None)
    """The name that it has for itself; None before it was opened first."""

    @asynccontextmanager
    async def open(self, settings: Settings) -> AsyncIterator[Store]:
        """Hold and open it for the length of the block.

        Raises Locked while another process holds it, StoreError when it has vanished or is another one.
        """
        if self._name is not None and not settings.db.exists():
            # A new one would make every job news again.
            raise StoreError(
                f"{settings.db} has vanished. Put it back (its folder may be unmounted), or restart to start over."
            )
        with self._held(settings):
            async with _opened(settings) as store:
                await self._recognise(store)
                self.outages.report_return("database")
                yield store

    def forget(self) -> None:
        """Accept whatever is opened next as the right one: the user has named another database."""
        self._name = None

    def _held(self, settings: Settings) -> ExitStack:
        stack = ExitStack()
        try:
            stack.enter_context(self.hold(settings))
        except Locked as exc:
            self.outages.report_loss("another run", exc)
            raise WaitingError(exc.sentence) from exc
        self.outages.report_return("another run")
        return stack

    async def _recognise(self, store: Store) -> None:
        """Know it again; raises StoreError when it is another one, to which all jobs would be news."""
        name = await anyio.to_thread.run_sync(store.notes.get, "database")
        if self._name is not None and name != self._name:
            raise StoreError(
                f"{store.path} is another database than the one that is watched. Put that one back; to continue "
                "with this one, restart."
            )
        self._name = name


async def has_due_posts(store: Store) -> bool:
    """Return whether a post waits in the queue that is due now."""
    due_s = await anyio.to_thread.run_sync(store.queue.next_due_in_s)
    return due_s is not None and due_s <= 0


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Store]:
    """Open the store away from the event loop: another writer may keep it waiting."""
    opening = Store.open(settings.db)
    store = await anyio.to_thread.run_sync(opening.__enter__)
    try:
        yield store
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(opening.__exit__, None, None, None)
