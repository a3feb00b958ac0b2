"""`jpt jobs` and `jpt sites`: what the database holds."""

from __future__ import annotations

import re
from dataclasses import asdict
from difflib import get_close_matches
from typing import Any

from jpt.cli import session
from jpt.cli.tables import (
    failures_table,
    job_json,
    jobs_table,
    plain_failures,
    plain_jobs,
    plain_sites,
    sites_table,
)
from jpt.errors import UsageError
from jpt.models.jobs import Job
from jpt.settings import Settings
from jpt.store import Store, wall_clock
from jpt.store.queue import Unread
from jpt.store.sites import PageState
from jpt.text.counts import counted
from jpt.text.numbers import moment

_SPAN = re.compile(r"([0-9]{1,6})\s*(m|h|d|w)$")
_UNIT_MS = {"m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 7 * 86_400_000}


def show_jobs(
    *,
    max_years: int | None,
    site: str | None,
    since: str | None,
    every: bool,
    failed: bool,
    urls: bool,
    as_json: bool,
) -> None:
    """Show the stored jobs, newest first, or with *failed* the posts that could not be read."""
    settings = session.settings()
    most = None if every and max_years is None else settings.max_years if max_years is None else max_years
    since_ms = _moment(since, wall_clock()) if since else 0
    if not settings.db.exists():
        _nothing_yet(as_json=as_json)
        return
    with Store.open(settings.db) as store:
        check_site(store, site)
        if failed:
            _show_failed(store.queue.unread(site), as_json=as_json)
            return
        found = _found(store, most, site, since_ms, every=every)
        others = 0 if found else len(store.jobs.list(site=site, since_ts_ms=since_ms))
    if as_json:
        session.print_json([job_json(job) for job in found])
    elif not found:
        hint = f" {counted(others, 'job')} left out: see `jpt jobs --all`." if others else ""
        session.note(f"No jobs match.{hint}", "dim")
    elif session.out.is_terminal:
        limit = f" that require at most {counted(most, 'year')}" if most is not None else ""
        session.out.print(jobs_table(found, f"{counted(len(found), 'job')}{limit}, newest first", urls=urls))
    else:
        plain_jobs(session.out, found)


def matching(
    settings: Settings, *, max_years: int | None, site: str | None, since: str | None, every: bool
) -> list[Job]:
    """Give the jobs that `jpt jobs` would show, newest first; raises UsageError."""
    most = None if every and max_years is None else settings.max_years if max_years is None else max_years
    since_ms = _moment(since, wall_clock()) if since else 0
    if not settings.db.exists():
        return []
    with Store.open(settings.db) as store:
        check_site(store, site)
        return _found(store, most, site, since_ms, every=every)


def _found(store: Store, most: int | None, site: str | None, since_ms: int, *, every: bool) -> list[Job]:
    found = store.marks.put_on(store.jobs.list(max_years=most, site=site, since_ts_ms=since_ms))
    return found if every else [job for job in found if job.mark is None]


def _show_failed(found: list[Unread], *, as_json: bool) -> None:
    if as_json:
        session.print_json([asdict(one) for one in found])
    elif not found:
        session.note("Every post was read.", "dim")
    elif session.out.is_terminal:
        session.out.print(failures_table(found))
    else:
        plain_failures(session.out, found)


def check_site(store: Store, site: str | None) -> None:
    """Raise UsageError when nothing is known of *site*."""
    names = sorted({state.site for state in store.sites.states()} | set(store.jobs.sites()))
    if site is None or site.casefold() in {name.casefold() for name in names}:
        return
    near = get_close_matches(site, names, n=1, cutoff=0.4) or [
        name for name in names if site.casefold() in name.casefold()
    ]
    hint = f"did you mean {near[0]!r}?" if near else "`jpt sites` lists the companies."
    raise UsageError(f"--site {site!r}: no such company; {hint}")


def show_sites(*, as_json: bool) -> None:
    """Show the status of every page."""
    settings = session.settings()
    if not settings.db.exists():
        _nothing_yet(as_json=as_json)
        return
    with Store.open(settings.db) as store:
        states = store.sites.states()
    if as_json:
        session.print_json([_state_json(state) for state in states])
    elif states and session.out.is_terminal:
        session.out.print(sites_table(states, wall_clock(), session.out.width))
    elif states:
        plain_sites(session.out, states, wall_clock())
    else:
        session.note("No page has been read yet: run `jpt run`.", "dim")


def _nothing_yet(*, as_json: bool) -> None:
    if as_json:
        session.print_json([])
    session.note("There is no database yet: `jpt run` creates it.", "dim")


def _moment(words: str, now_ms: int) -> int:
    """Read `7d`, `12h` or a date as milliseconds since the epoch; raises UsageError."""
    if span := _SPAN.fullmatch(words.strip().lower()):
        return now_ms - int(span.group(1)) * _UNIT_MS[span.group(2)]
    since = moment(words, zone=None)
    if since is None:
        raise UsageError(f"--since {words!r}: expected 7d, 12h, 30m, 2w, or a date like 2026-11-24.")
    return int(since.timestamp() * 1000)


def _state_json(state: PageState) -> dict[str, Any]:
    fields = asdict(state)
    fields.pop("suspect_jobs")
    return {**fields, "via": state.method}
