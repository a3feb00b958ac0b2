"""What a run has stored, without what differs between any two runs: ids and times."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

TABLES = {
    "snapshots": ("site", "url", "snapshot_hash", "links_json"),
    "current_snapshot": ("site", "url", "snapshot_hash", "links_json"),
    "job_tasks": ("site", "url", "status", "attempts"),
    "job_details": ("site", "url", "job_title", "min_years", "include_job", "exclude_reason", "raw_json"),
    "jpt_pages": (
        "site",
        "page_key",
        "status",
        "reason",
        "links_json",
        "links",
        "jobs",
        "method",
        "way",
        "failures",
    ),
    "jpt_links": ("site", "link_key", "url", "text", "is_job", "score", "why", "found_as", "place"),
    "jpt_job_events": ("site", "link_key", "kind", "times", "detail_json"),
}


def stored(db: Path) -> bytes:
    """Give all rows of a database as bytes, in an order of their own."""
    found: list[str] = []
    with closing(sqlite3.connect(db)) as raw:
        for table, columns in TABLES.items():
            found += sorted(
                repr((table, *row)) for row in raw.execute(f"SELECT {', '.join(columns)} FROM {table}")
            )
        texts = raw.execute(
            "SELECT site, url, text_zlib FROM jpt_post_texts JOIN job_details ON job_details.id = job_id"
        )
        found += sorted(repr((site, url, zlib.decompress(text))) for site, url, text in texts)
    return "\n".join(found).encode()
