"""What a database holds, read beside jpt: by a connection of the test's own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any


def rows(path: Path, sql: str, *values: Any) -> list[sqlite3.Row]:
    """Give all rows of a query, each by place and by name."""
    with closing(sqlite3.connect(path)) as raw:
        raw.row_factory = sqlite3.Row
        return raw.execute(sql, values).fetchall()
