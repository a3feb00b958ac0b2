"""Lists whose server's own document was seen to hold what the browser shows: they can be compared without it."""

from __future__ import annotations

from dataclasses import dataclass

from jpt.models.pages import Company
from jpt.store.connection import Connection
from jpt.store.rows import count, key_of, line, moment


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of the document of one careers page."""

    fingerprint: str = ""
    """Of what names its jobs; empty where it does not hold them."""
    version: str = ""
    """Of the jpt that saw it last."""
    proofs: int = 0
    """Browser reads in a row that its document agreed with."""
    needed: int = 1
    """So many are wanted before it is believed: more after it was once wrong."""
    read_ts_ms: int = 0
    """When the browser read the page last."""
    is_stored: bool = False
    """What the browser read then is what is stored now."""


class Cheap:
    """The documents of the pages."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def proof(self, company: Company) -> Proof:
        """Give what is known of the document of the company's page."""
        row = self._db.row(
            """SELECT c.*, coalesce(p.good_ts_ms >= c.read_ts_ms, 0) AS is_stored
               FROM jpt_documents c
               LEFT JOIN jpt_pages p ON p.site = c.site AND p.page_key = c.page_key
               WHERE c.site = ? AND c.page_key = ?""",
            [company.name, key_of(company.url)],
        )
        if row is None:
            return Proof()
        return Proof(
            line(row["fingerprint"]),
            line(row["version"]),
            count(row["proofs"]),
            max(1, count(row["needed"])),
            moment(row["read_ts_ms"]) or 0,
            bool(row["is_stored"]),
        )

    def keep(self, company: Company, proof: Proof) -> None:
        """Keep what a browser read has shown of the page's document."""
        values = [company.name, key_of(company.url), proof.fingerprint, proof.version, proof.proofs, proof.needed]
        now = self._db.now()
        put = """INSERT OR REPLACE INTO jpt_documents
                   (site, page_key, fingerprint, version, proofs, needed, read_ts_ms)
                 VALUES (?, ?, ?, ?, ?, ?, ?)"""
        self._db.write(lambda raw: raw.execute(put, [*values, now]))
