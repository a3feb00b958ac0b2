"""`jpt sites rename|remove|pause|resume|accept`: what the user decides about a site."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.text import Text

from jpt.cli import session
from jpt.errors import UsageError
from jpt.inputs.listfile import remove_rows, rename_rows
from jpt.settings import DEFAULT_CSV
from jpt.store import Store
from jpt.text.counts import counted


def rename_site(*, name: str, new: str, db: Path | None, csv: Path | None, wait: bool, quiet: bool) -> None:
    """Give a site another name in the database and in the list."""
    settings, path = session.settings(db=db), csv or DEFAULT_CSV
    new = " ".join(new.split())
    if not new:
        raise UsageError("Give the new name, too: jpt sites rename NAME NEW.")
    with (
        Store.open(settings.db) as store,
        session.run_lock(settings.run_lock, command="jpt sites rename", wait=wait),
    ):
        old = store.upkeep.known(name)
        store.upkeep.rename(old, new)
        rows = rename_rows(path, old, new)
    _say(f"{old} is {new} now, with all that is known of it{_in_list(rows, path)}.", quiet)


def remove_site(*, name: str, db: Path | None, csv: Path | None, yes: bool, wait: bool, quiet: bool) -> None:
    """Forget a site and take it out of the list; its jobs stay."""
    settings, path = session.settings(db=db), csv or DEFAULT_CSV
    with (
        Store.open(settings.db) as store,
        session.run_lock(settings.run_lock, command="jpt sites remove", wait=wait),
    ):
        known = store.upkeep.known(name)
        if not yes and not _confirmed(
            f"Forget {known} and take it out of {path}? Its jobs stay in `jpt jobs`. [y/N] "
        ):
            raise UsageError(f"{known} was not removed: say --yes.")
        rows = remove_rows(path, known)
        store.upkeep.remove(known)
    _say(f"{known} is forgotten{_in_list(rows, path)}; its jobs stay in `jpt jobs`.", quiet)


def pause_site(*, name: str, db: Path | None, quiet: bool) -> None:
    """Leave a site alone until it is resumed."""
    with Store.open(session.settings(db=db).db) as store:
        known = store.upkeep.known(name)
        done = store.upkeep.pause(known)
    _say(
        f"{known} is not read any more; `jpt sites resume` reads it again."
        if done
        else f"{known} was paused already.",
        quiet,
    )


def resume_site(*, name: str, db: Path | None, quiet: bool) -> None:
    """Read a paused site again."""
    with Store.open(session.settings(db=db).db) as store:
        known = store.upkeep.known(name)
        done = store.upkeep.resume(known)
    meanwhile = "what came in between is told once, in a section of its own"
    _say(f"{known} is read again; {meanwhile}." if done else f"{known} was not paused.", quiet)


def accept_site(*, name: str, db: Path | None, quiet: bool) -> None:
    """Believe what a doubted page shows."""
    with Store.open(session.settings(db=db).db) as store:
        known = store.upkeep.known(name)
        doubted = store.upkeep.accept(known)
    if not doubted:
        raise UsageError(f"No page of {known} is doubted: `jpt sites` shows how each fares.")
    _say(f"The next read of {known} counts, whatever it shows.", quiet)


def _in_list(rows: int, path: Path) -> str:
    return f", and so in {path} ({counted(rows, 'row')})" if rows else f"; {path} has no row of it"


def _confirmed(question: str) -> bool:
    return sys.stdin.isatty() and session.err.input(question, markup=False).strip().lower() in {"y", "yes"}


def _say(sentence: str, quiet: bool) -> None:
    if not quiet:
        session.err.print(Text(sentence), soft_wrap=True)
