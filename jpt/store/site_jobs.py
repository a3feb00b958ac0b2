"""Which links of a site are jobs, as far as is known."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from jpt.store.rows import key_of


@dataclass(frozen=True, slots=True)
class SiteJobs:
    """What is known of a site's links."""

    rows: frozenset[str]
    """Addresses that have a row as a job."""
    read: frozenset[str]
    """Addresses whose posts were read."""

    @classmethod
    def of(cls, raw: sqlite3.Connection, site: str) -> SiteJobs:
        """Load it."""
        rows = raw.execute("SELECT url FROM job_details WHERE site = ?", [site])
        read = raw.execute("SELECT url FROM job_tasks WHERE site = ? AND status = 'DONE'", [site])
        return cls(*(frozenset(row["url"] for row in found.fetchall()) for found in (rows, read)))

    def has(self, url: str, judged: bool | None) -> bool:
        """Tell whether a link is a job: it has a row, or its list says so and no post behind it said no."""
        names = {url, key_of(url)}
        return bool(names & self.rows) or (judged is True and not names & self.read)
