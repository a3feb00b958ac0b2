"""A database with jobs, and deliveries from it."""

from __future__ import annotations

import json
import sqlite3
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jpt.digest.delivery import Delivery
from jpt.models.digests import Outcome
from jpt.settings import Settings, load
from jpt.store import Store

T0 = 1_790_000_000_000
HOUR = 3_600_000


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: int = T0

    def __call__(self) -> int:
        return self.now


@dataclass
class DigestSender:
    """Where digests are made in a test."""

    folder: Path
    port: int = 9
    clock: Clock = field(default_factory=Clock)
    said: list[str] = field(default_factory=list)

    @property
    def db(self) -> Path:
        return self.folder / "jpt.sqlite3"

    def settings(self, **options: Any) -> Settings:
        mail = {
            "smtp_host": "127.0.0.1",
            "smtp_port": self.port,
            "email_from": "jpt@example.org",
            "email_to": "ann@example.org",
            "smtp_timeout_s": 10,
            "smtp_final_timeout_s": 10,
            "filters": self.folder / "filters.toml",
            "timezone": "UTC",
        }
        return load(db=self.db, **{**mail, **options})[0]

    def deliver(
        self, *, scheduled: bool = False, patient: bool = False, limit: int | None = None, **options: Any
    ) -> Outcome:
        with Store.open(self.db, self.clock) as store:
            settings = self.settings(**options)
            delivery = Delivery(
                settings,
                store,
                self.said.append,
                timetable=settings.timetable if scheduled else None,
                patient=patient,
                limit=limit,
            )
            return delivery.run()

    def add(
        self,
        url: str,
        title: str = "Engineer",
        *,
        site: str = "Acme",
        years: int = 2,
        text: str = "",
        found: int | None = None,
        **facts: Any,
    ) -> None:
        """Store a job as a run would."""
        raw = {"stated": True, "evidence": f"{years}+ years", "confidence": "high", "source": "rules", **facts}
        with Store.open(self.db, self.clock):
            pass
        found = self.clock.now if found is None else found
        with sqlite3.connect(self.db) as db:
            db.execute("PRAGMA synchronous = OFF")
            row = db.execute(
                """INSERT INTO job_details (site, url, job_title, min_years, raw_json, created_ts_ms, updated_ts_ms)
                   VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id""",
                [site, url, title, years, json.dumps(raw), found, found],
            ).fetchone()
            if text:
                db.execute("INSERT INTO jpt_post_texts VALUES (?, ?)", [row[0], zlib.compress(text.encode())])
        db.close()

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        db = sqlite3.connect(self.db)
        try:
            with db:
                return db.execute(sql, values).fetchall()
        finally:
            db.close()

    def mailed(self) -> dict[str, bool]:
        """Which jobs count as mailed."""
        return {url: ts is not None for url, ts in self.rows("SELECT url, emailed_ts_ms FROM job_details")}

    def states(self) -> list[str]:
        return [row[0] for row in self.rows("SELECT state FROM jpt_digests ORDER BY created_ts_ms, rowid")]
