"""Lists whose source was seen to hold what the browser shows: they can be compared without it."""

from __future__ import annotations

import sqlite3
from dataclasses import fields
from typing import get_args

from jpt.identity.urls import page_of
from jpt.models.pages import Company
from jpt.models.ways import Proof, SourceKind
from jpt.store.connection import Repository
from jpt.store.rows import MOST_URL, count, line, moment

_KEPT = tuple(field.name for field in fields(Proof) if field.name != "is_stored")


class ListSources(Repository):
    """The sources of the pages."""

    def proof(self, company: Company) -> Proof:
        """Return what is known of the source of the company's page."""
        row = self._db.row(
            """SELECT c.*, coalesce(p.good_ts_ms >= c.read_ts_ms, 0) AS is_stored
               FROM jpt_sources c
               LEFT JOIN jpt_pages p ON p.site = c.site AND p.page_key = c.page_key
               WHERE c.site = ? AND c.page_key = ?""",
            page_of(company),
        )
        return Proof() if row is None else proof_of(row, is_stored=bool(row["is_stored"]))

    def keep(self, company: Company, proof: Proof) -> None:
        """Keep what a browser read has shown of the page's source, as of now."""
        now = self._db.now()
        values = [now if name == "read_ts_ms" else getattr(proof, name) for name in _KEPT]
        put = f"""INSERT OR REPLACE INTO jpt_sources (site, page_key, {", ".join(_KEPT)})
                  VALUES (?, ?, {", ".join("?" * len(_KEPT))})"""
        self._db.execute(put, [*page_of(company), *values])


def proof_of(row: sqlite3.Row, *, is_stored: bool = False) -> Proof:
    """Read a row of jpt_sources."""
    kinds: dict[object, SourceKind] = {kind: kind for kind in get_args(SourceKind)}
    moves = row["moves"]
    return Proof(
        url=line(row["url"], MOST_URL),
        kind=kinds.get(row["kind"], "document"),
        host=line(row["host"]),
        raw=line(row["raw"]),
        whole=line(row["whole"]),
        naming=line(row["naming"]),
        version=line(row["version"]),
        proofs=count(row["proofs"]),
        needed=max(1, count(row["needed"])),
        futile=count(row["futile"]),
        lies=count(row["lies"]),
        lied_ts_ms=moment(row["lied_ts_ms"]) or 0,
        etag=line(row["etag"], 1_000),
        last_modified=line(row["last_modified"]),
        moves=moves if isinstance(moves, int) else -1,
        until_ts_ms=moment(row["until_ts_ms"]) or 0,
        agent=line(row["agent"], 1_000),
        read_ts_ms=moment(row["read_ts_ms"]) or 0,
        is_stored=is_stored,
    )
