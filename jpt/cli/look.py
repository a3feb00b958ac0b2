"""`jpt jobs` and `jpt sites`: what is in the database."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.text import Text

from jpt.cli import session
from jpt.cli.show import jobs_table, plain_jobs, plain_sites, sites_table
from jpt.errors import UsageError
from jpt.models import Job
from jpt.store import Store, wall_clock
from jpt.store.sites import PageState

_SPAN = re.compile(r"(\d{1,6})\s*(m|h|d|w)$")
_UNIT_MS = {"m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 7 * 86_400_000}


def show_jobs(
    *, db: Path | None, max_years: int | None, site: str | None, since: str | None, every: bool, as_json: bool
) -> None:
    """Show the stored jobs, newest first."""
    settings = session.settings(db=db)
    most = None if every and max_years is None else settings.max_years if max_years is None else max_years
    since_ms = _moment(since, wall_clock()) if since else 0
    if not settings.db.exists():
        _nothing_yet(as_json=as_json)
        return
    with Store.open(settings.db) as store:
        found = store.jobs.list(max_years=most, site=site, since_ts_ms=since_ms)
    if as_json:
        session.print_json([_job_json(job) for job in found])
    elif not found:
        session.err.print(Text("No jobs match. `jpt jobs --all` shows those that ask for more years, too.", "dim"))
    elif session.out.is_terminal:
        session.out.print(
            jobs_table(
                found,
                f"{len(found):,} jobs" + (f" asking for at most {most} years" if most is not None else ""),
            )
        )
    else:
        plain_jobs(session.out, found)


def show_sites(*, db: Path | None, as_json: bool) -> None:
    """Show the state of every page."""
    settings = session.settings(db=db)
    if not settings.db.exists():
        _nothing_yet(as_json=as_json)
        return
    with Store.open(settings.db) as store:
        states = store.sites.states()
    if as_json:
        session.print_json([_state_json(state) for state in states])
    elif states and session.out.is_terminal:
        session.out.print(sites_table(states, wall_clock()))
    elif states:
        plain_sites(session.out, states, wall_clock())
    else:
        session.err.print(Text("No page was read yet: `jpt run` reads them.", "dim"))


def _nothing_yet(*, as_json: bool) -> None:
    if as_json:
        session.print_json([])
    session.err.print(Text("There is no database yet: `jpt run` makes it.", "dim"), soft_wrap=True)


def _moment(words: str, now_ms: int) -> int:
    """Read `7d`, `12h` or a date as milliseconds since the epoch; raises UsageError."""
    if span := _SPAN.match(words.strip().lower()):
        return now_ms - int(span.group(1)) * _UNIT_MS[span.group(2)]
    try:
        return int(datetime.fromisoformat(words.strip()).astimezone().timestamp() * 1000)
    except ValueError:
        raise UsageError(
            f"--since {words!r} is not a time: say 7d, 12h, 30m, 2w, or a date like 2026-11-24."
        ) from None


def _job_json(job: Job) -> dict[str, Any]:
    experience = asdict(job.experience)
    return {
        "site": job.site,
        "url": job.url,
        "job_title": job.title,
        **experience,
        "location": job.location,
        "include": job.include,
        "exclude_reason": job.exclude_reason,
        "unread": job.unread,
        "created_ts_ms": job.created_ts_ms,
    }


def _state_json(state: PageState) -> dict[str, Any]:
    fields = asdict(state)
    fields.pop("suspect_jobs")
    return fields
