"""`jpt db` and `jpt retry`: the database and the queue, safely."""

from __future__ import annotations

from pathlib import Path

from jpt.cli import prompts, session
from jpt.cli.jobs import check_known
from jpt.errors import InputError, UsageError
from jpt.store import Store
from jpt.store.backup import back_up, backups, bring_in, restore
from jpt.text.counts import counted


def back_up_now(*, as_json: bool) -> None:
    """Make a backup and say where it is."""
    settings = session.settings()
    made = back_up(settings.db, settings.backups)
    jobs = made.rows.get("job_details", 0)
    answer = {"path": str(made.path), "bytes": made.size, "rows": made.rows, "removed": [*map(str, made.removed)]}
    gone = f" {len(made.removed)} older removed." if made.removed else ""
    words = f"Backed up and checked: {made.path} ({_size(made.size)}, {counted(jobs, 'job')}).{gone}"
    session.answer(answer, words, as_json=as_json)


def restore_now(source: Path, *, yes: bool, wait: bool, as_json: bool) -> None:
    """Put a backup in the database's place."""
    settings = session.settings()
    if not source.is_file():
        latest = backups(settings.db)
        hint = f" The latest is {latest[0]}." if latest else " There is no backup yet; `jpt db backup` makes one."
        raise InputError(f"{source} does not exist.{hint}")
    prompts.require(f"Replace {settings.db} with {source}? The present file is kept.", yes=yes)
    away = restore(source, settings.db, wait=wait, say=session.warn)
    beside = f" The replaced file is {away}." if away else ""
    answer = {"restored": str(source), "database": str(settings.db), "before": str(away) if away else None}
    session.answer(answer, f"Restored {settings.db} from {source}.{beside}", as_json=as_json)


def retry_now(*, site: str | None, url: str | None, every: bool, as_json: bool) -> None:
    """Put posts back into the queue."""
    if not (site or url or every):
        raise UsageError(
            "Which posts? Use --site NAME, --url URL or --all; `jpt jobs --failed` lists the failed ones."
        )
    settings = session.existing()
    with Store.open(settings.db) as store:
        check_known(store, site)
        if url is not None and not store.queue.knows(url):
            raise UsageError(
                f"--url {url!r}: no such post was ever queued; `jpt jobs --failed` lists the failed ones."
            )
        revived = store.queue.retry(site=site, url=url)
    words = f"{counted(revived, 'post')} queued again. `jpt work` or the next run reads them."
    session.answer({"revived": revived}, words if revived else "No such post has failed.", as_json=as_json)


def import_now(path: Path, *, as_json: bool) -> None:
    """Import another database, by a copy or in place."""
    settings = session.settings()
    if settings.db.exists() and path.exists() and settings.db.samefile(path):
        kept = back_up(path, max(settings.backups, 1))
        rows, where = kept.rows, f"in place (backup: {kept.path})"
    else:
        rows, where = bring_in(path, settings.db).rows, f"into {settings.db}; the original is unchanged"
    with Store.open(settings.db) as store:
        store.queue.adopt()
        waiting = store.queue.waiting()
    jobs, sites = rows.get("job_details", 0), rows.get("current_snapshot", 0)
    answer = {"database": str(settings.db), "rows": rows, "waiting": waiting}
    words = (
        f"Imported {counted(jobs, 'job')} and {counted(sites, 'site')} {where}. {counted(waiting, 'post')} queued."
    )
    session.answer(answer, words, as_json=as_json)


def vacuum_now(*, wait: bool, as_json: bool) -> None:
    """Remove old snapshots and shrink the file."""
    settings = session.existing()
    with Store.open(settings.db) as store, store.hold("jpt vacuum", wait=wait, say=session.warn):
        thinned = store.maintenance.thin(settings.keep_days)
        before, after = store.maintenance.vacuum()
    answer = {"thinned": thinned, "bytes_before": before, "bytes_after": after}
    words = f"{settings.db}: {_size(before)} before, {_size(after)} now; {counted(thinned, 'old row')} removed."
    session.answer(answer, words, as_json=as_json)


def clear_diffs(*, yes: bool, wait: bool, as_json: bool) -> None:
    """Remove finished diffs."""
    settings = session.existing()
    with Store.open(settings.db) as store, store.hold("jpt clear", wait=wait, say=session.warn):
        found = store.maintenance.finished_diffs()
        what = f"{counted(found.rows, 'finished diff')} from {settings.db}"
        prompts.require(f"Back up, then remove {what}?{_unfinished(found.kept)}", yes=yes)
        kept = back_up(settings.db, max(settings.backups, 1))
        cleared = store.maintenance.clear_diffs()
    answer = {"removed": cleared.rows, "kept": cleared.kept, "backup": str(kept.path)}
    removed = f"Removed {counted(cleared.rows, 'finished diff')}."
    words = f"{removed}{_unfinished(cleared.kept)} Backup: {kept.path}."
    session.answer(answer, words, as_json=as_json)


def _unfinished(diffs: int) -> str:
    return f" {counted(diffs, 'diff')} not queued yet will be kept." if diffs else ""


def clear_details(*, yes: bool, wait: bool, as_json: bool) -> None:
    """Remove all stored jobs."""
    settings = session.existing()
    with Store.open(settings.db) as store, store.hold("jpt clear", wait=wait, say=session.warn):
        jobs, untold = store.maintenance.details()
        unsent = f" {untold:,} of them {'was' if untold == 1 else 'were'} not in a digest yet." if untold else ""
        prompts.require(f"Back up, then remove all {counted(jobs, 'job')} from {settings.db}?{unsent}", yes=yes)
        kept = back_up(settings.db, max(settings.backups, 1))
        removed = store.maintenance.clear_details()
    answer = {"removed": removed, "untold": untold, "backup": str(kept.path)}
    words = f"Removed {counted(removed, 'job')}.{unsent} Backup: {kept.path}."
    session.answer(answer, words, as_json=as_json)


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB" if number >= 100_000 else f"{number / 1_000:.0f} kB"
