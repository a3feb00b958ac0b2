"""Which careers page is scanned next: those of the plan, and those that fall due while the others are read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence

import anyio

from jpt.models.pages import Company

LOOK_AGAIN_S = 1.0
"""How often further pages that have fallen due are looked for."""

More = Callable[[], Sequence[Company]]


class PageQueue:
    """Hands out pages, each to one scanner."""

    def __init__(self, companies: Iterable[Company], more: More | None = None) -> None:
        self._waiting = deque(companies)
        self._more = more
        self._open: dict[str, int] = {}
        """How many pages of a site are being read."""
        self._news = anyio.Event()
        self.given = 0
        """How many were handed out."""

    async def next(self) -> Company | None:
        """Give a page; None when all are done.

        While a slow one is being read, further ones may fall due: it delays no other.
        """
        while True:
            company = self._taken()
            if company is None and self._more is not None and (self._open or not self.given):
                self._waiting.extend(self._more())
                company = self._taken()
            if company is not None:
                return company
            if not self._open or self._more is None:
                return None
            news = self._news
            with anyio.move_on_after(LOOK_AGAIN_S):
                await news.wait()

    def _taken(self) -> Company | None:
        """Take the first page that may be read now.

        A watch never reads two pages of one site at once; a single run does, to save time.
        """
        for company in self._waiting:
            if self._more is None or company.name not in self._open:
                self._waiting.remove(company)
                self._open[company.name] = self._open.get(company.name, 0) + 1
                self.given += 1
                return company
        return None

    def done(self, company: Company) -> None:
        """Note that a page handed out was read, well or badly."""
        self._open[company.name] -= 1
        if not self._open[company.name]:
            del self._open[company.name]
        if not self._open or any(one.name == company.name for one in self._waiting):
            self._news.set()
            self._news = anyio.Event()

    def stop(self) -> None:
        """Hand out no more pages."""
        self._waiting.clear()
        self._more = None
