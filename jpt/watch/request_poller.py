"""What other programs ask of a watch through its database. Nothing is opened while the files have not changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import anyio
import anyio.to_thread

from jpt.errors import JptError
from jpt.files import stamp
from jpt.store import Store


@dataclass(eq=False, slots=True)
class RequestPoller:
    """Looks whether something was asked for."""

    _seen: object = None

    async def sites(self, database: Path) -> list[str]:
        """Return the sites to be read now; none while the database is away or busy."""
        stamps = tuple(map(stamp, (database, database.with_name(f"{database.name}-wal"))))
        if stamps == self._seen or stamps[0] is None:
            return []
        self._seen = stamps
        try:
            return await anyio.to_thread.run_sync(_taken, database)
        except JptError:
            self._seen = None
            return []


def _taken(database: Path) -> list[str]:
    with Store.open(database) as store:
        return store.read_requests.take()
