"""`jpt backup`, `clear`, `retry`, `import`, `vacuum`: the database, safely."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer
from rich.text import Text

from jpt.cli import session
from jpt.cli.jobs import check_site
from jpt.errors import InputError, UsageError
from jpt.settings import Settings
from jpt.store import Store
from jpt.store.backup import back_up, backups, bring_in, restore
from jpt.text.counts import counted


def back_up_now(*, db: Path | None, as_json: bool, quiet: bool) -> None:
    """Make a backup and say where it is."""
    settings = session.settings(db=db)
    made = back_up(settings.db, settings.backups)
    jobs = made.rows.get("job_details", 0)
    answer = {"path": str(made.path), "bytes": made.size, "rows": made.rows, "removed": [*map(str, made.removed)]}
    gone = f" {len(made.removed)} older removed." if made.removed else ""
    _say(
        answer,
        f"Backed up and checked: {made.path} ({_size(made.size)}, {counted(jobs, 'job')}).{gone}",
        as_json,
        quiet,
    )


def restore_now(source: Path, *, db: Path | None, yes: bool, wait: bool, as_json: bool, quiet: bool) -> None:
    """Put a backup in the database's place."""
    settings = session.settings(db=db)
    if not source.is_file():
        latest = backups(settings.db)
        hint = f" The latest is {latest[0]}." if latest else " There are none yet: `jpt backup` makes them."
        raise InputError(f"{source} is not there, so it cannot be restored.{hint}")
    _ask(f"Put {source} in the place of {settings.db}? What is there now stays beside it.", yes=yes)
    away = restore(source, settings.db, wait=wait, say=session.warn)
    beside = f" What was there is {away}." if away else ""
    answer = {"restored": str(source), "database": str(settings.db), "before": str(away) if away else None}
    _say(answer, f"Restored {settings.db} from {source}.{beside}", as_json, quiet)


def retry_now(
    *, site: str | None, url: str | None, every: bool, db: Path | None, as_json: bool, quiet: bool
) -> None:
    """Put posts back into the queue."""
    if not (site or url or every):
        raise UsageError(
            "Say which posts to try again: --site NAME, --url URL or --all; `jpt jobs --failed` lists them."
        )
    settings = _existing(db)
    with Store.open(settings.db) as store:
        check_site(store, site)
        if url is not None and not store.queue.knows(url):
            raise UsageError(
                f"--url {url!r}: no such post was ever queued; `jpt jobs --failed` lists those to try."
            )
        revived = store.queue.retry(site=site, url=url)
    how = "`jpt work` or the next run reads them." if revived else "None of those was given up or put off."
    _say({"revived": revived}, f"{counted(revived, 'post waits', 'posts wait')} again. {how}", as_json, quiet)


def import_now(path: Path, *, db: Path | None, as_json: bool, quiet: bool) -> None:
    """Take another database over, by a copy or in place."""
    settings = session.settings(db=db)
    if settings.db.exists() and path.exists() and settings.db.samefile(path):
        kept = back_up(path, max(settings.backups, 1))
        rows, where = kept.rows, f"in place (a backup is {kept.path})"
    else:
        rows, where = bring_in(path, settings.db).rows, f"to {settings.db}; the original is as it was"
    with Store.open(settings.db) as store:
        store.queue.adopt()
        waiting = store.queue.waiting()
    jobs, sites = rows.get("job_details", 0), rows.get("current_snapshot", 0)
    answer = {"database": str(settings.db), "rows": rows, "waiting": waiting}
    posts = counted(waiting, "post waits", "posts wait")
    words = (
        f"Took over {counted(jobs, 'job')} and {counted(sites, 'site')} {where}. {posts}; none of the old is news."
    )
    _say(answer, words, as_json, quiet)


def vacuum_now(*, wait: bool, db: Path | None, as_json: bool, quiet: bool) -> None:
    """Thin and shrink the file."""
    settings = _existing(db)
    with Store.open(settings.db) as store, store.hold("jpt vacuum", wait=wait, say=session.warn):
        thinned = store.care.thin(settings.keep_days)
        before, after = store.care.vacuum()
    answer = {"thinned": thinned, "bytes_before": before, "bytes_after": after}
    _say(
        answer,
        f"{settings.db}: {_size(before)} before, {_size(after)} now; {counted(thinned, 'old row')} removed.",
        as_json,
        quiet,
    )


def clear_diffs(*, yes: bool, wait: bool, db: Path | None, as_json: bool, quiet: bool) -> None:
    """Remove finished diffs."""
    settings = _existing(db)
    with Store.open(settings.db) as store, store.hold("jpt clear", wait=wait, say=session.warn):
        found = store.care.finished_diffs()
        still = counted(found.kept, "that still waits", "that still wait")
        stays = f" {still} to be put in the queue {'stays' if found.kept == 1 else 'stay'}." if found.kept else ""
        _ask(f"Remove {counted(found.rows, 'finished diff')} from {settings.db}, after a backup?{stays}", yes=yes)
        kept = back_up(settings.db, max(settings.backups, 1))
        cleared = store.care.clear_diffs()
    answer = {"removed": cleared.rows, "kept": cleared.kept, "backup": str(kept.path)}
    waiting = counted(
        cleared.kept, "waits to be put in the queue and stays", "wait to be put in the queue and stay"
    )
    stay = f" {waiting}: that is news." if cleared.kept else ""
    words = f"{counted(cleared.rows, 'finished diff')} removed.{stay} The backup is {kept.path}."
    _say(answer, words, as_json, quiet)


def clear_details(*, yes: bool, wait: bool, db: Path | None, as_json: bool, quiet: bool) -> None:
    """Remove all stored jobs."""
    settings = _existing(db)
    with Store.open(settings.db) as store, store.hold("jpt clear", wait=wait, say=session.warn):
        jobs, untold = store.care.details()
        warning = f" {untold:,} of them {'was' if untold == 1 else 'were'} in no digest yet." if untold else ""
        _ask(f"Remove all {counted(jobs, 'job')} from {settings.db}, after a backup?{warning}", yes=yes)
        kept = back_up(settings.db, max(settings.backups, 1))
        removed = store.care.clear_details()
    told = f" {untold:,} of them {'was' if untold == 1 else 'were'} in no digest." if untold else ""
    answer = {"removed": removed, "untold": untold, "backup": str(kept.path)}
    _say(answer, f"{counted(removed, 'job')} removed.{told} The backup is {kept.path}.", as_json, quiet)


def _existing(db: Path | None) -> Settings:
    settings = session.settings(db=db)
    if not settings.db.exists():
        raise UsageError(f"There is no database at {settings.db} yet: `jpt run` makes it, --db names another one.")
    return settings


def _ask(question: str, *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError(f"{question} Nobody is there to answer: say --yes.")
    typer.confirm(question, abort=True, err=True)


def _say(answer: dict[str, Any], sentence: str, as_json: bool, quiet: bool) -> None:
    if as_json:
        session.print_json(answer)
    elif not quiet:
        session.out.print(Text(sentence), soft_wrap=True)


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number >= 100_000 else f"{number / 1_000:.0f} kB"
