"""What the last failed read of each careers page showed, as HTML and as a picture, until it is read well again."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from jpt.identity.urls import page_of
from jpt.models.pages import Company, PageCapture
from jpt.store.connection import Repository
from jpt.store.rows import MOST_URL, line, moment, stored_key, unpacked


@dataclass(frozen=True, slots=True)
class Failed:
    """A failed read, and what it showed."""

    site: str
    url: str
    ts_ms: int
    status: str
    reason: str
    html: str
    jpeg: bytes
    """Empty where there is no picture."""


class FailedPages(Repository):
    """The last failed read of each page."""

    def keep(self, company: Company, status: str, reason: str, shown: PageCapture) -> None:
        """Keep what a failed read showed, in the place of the one before."""
        packed = zlib.compress(shown.html.encode("utf-8", "replace"), 6)
        self._db.execute(
            """INSERT OR REPLACE INTO jpt_failed_pages
                 (site, page_key, url, ts_ms, status, reason, html_zlib, jpeg)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            [*page_of(company), company.url, self._db.now(), status, reason, packed, shown.jpeg],
        )

    def get(self, site: str, url: str) -> Failed | None:
        """Return what the last failed read of a page showed."""
        row = self._db.row(
            "SELECT * FROM jpt_failed_pages WHERE site = ? AND page_key = ?", [site, stored_key(url)]
        )
        if row is None:
            return None
        picture = row["jpeg"] if isinstance(row["jpeg"], bytes) else b""
        return Failed(
            line(row["site"]),
            line(row["url"], MOST_URL),
            moment(row["ts_ms"]) or 0,
            line(row["status"]),
            line(row["reason"], 2_000),
            unpacked(row["html_zlib"]),
            picture,
        )

    def keys(self) -> AbstractSet[tuple[str, str]]:
        """Return site and page key of all pages whose last failed read is kept."""
        return set(self._db.tuples("SELECT site, page_key FROM jpt_failed_pages"))


def forget_failed(raw: sqlite3.Connection, site: str, page_key: str) -> None:
    """Drop what a page's last failed read showed: it was read well."""
    raw.execute("DELETE FROM jpt_failed_pages WHERE site = ? AND page_key = ?", [site, page_key])
