"""The protocol of a pool: slots, each the right to have one page open, here or on another machine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from jpt.browser.visit.open_list import Seek
from jpt.models.load import Load
from jpt.models.pages import PageRead
from jpt.net.guard import AddressGuard


class PageSlot(Protocol):
    """The right to have one page open."""

    async def read(self, url: str, *, seek: Seek | None = None) -> PageRead:
        """Read *url*; raises PageFault, NotAPage or Outage, BrowserUnusable or Locked."""
        ...


class PagePool(Protocol):
    """A source of slots."""

    @property
    def guard(self) -> AddressGuard:
        """What may be reached from here."""
        ...

    @property
    def load(self) -> Load:
        """How it is used at the moment."""
        ...

    def slot(self) -> AbstractAsyncContextManager[PageSlot]:
        """Wait for the right to have a page open, and hold it for the length of the block."""
        ...


class Elastic(ABC):
    """A pool whose number of slots changes while it is open."""

    @abstractmethod
    def follow(self, handle: Callable[[int], None]) -> None:
        """Call *handle* with the number of slots, now and whenever it changes, until the pool closes."""

    @abstractmethod
    def leave(self, handle: Callable[[int], None]) -> None:
        """Call *handle* no more."""
