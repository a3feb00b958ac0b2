"""`jpt sites rename|remove|pause|resume|accept`: what the user decides about a site."""

from __future__ import annotations

from pathlib import Path

from jpt.cli import asking, session
from jpt.errors import UsageError
from jpt.inputs.listfile import remove_rows, rename_rows
from jpt.settings import list_to_read
from jpt.store import Store
from jpt.text.counts import counted


def rename_site(name: str, new: str, *, csv: Path | None, wait: bool) -> None:
    """Give a site another name in the database and in the list."""
    settings, path = session.settings(), csv or list_to_read()
    new = " ".join(new.split())
    if not new:
        raise UsageError("The new name is empty: jpt sites rename NAME NEW.")
    with (
        Store.open(settings.db) as store,
        session.run_lock(settings.files.run_lock, command="jpt sites rename", wait=wait),
    ):
        old = store.upkeep.known(name)
        store.upkeep.rename(old, new)
        rows = rename_rows(path, old, new)
    session.note(f"Renamed {old} to {new}, with all that is known about it{_in_list(rows, path)}.")


def remove_site(name: str, *, csv: Path | None, yes: bool, wait: bool) -> None:
    """Forget a site and remove it from the list; its jobs stay."""
    settings, path = session.settings(), csv or list_to_read()
    with (
        Store.open(settings.db) as store,
        session.run_lock(settings.files.run_lock, command="jpt sites remove", wait=wait),
    ):
        known = store.upkeep.known(name)
        asking.require(f"Forget {known} and remove it from {path}? Its jobs stay in `jpt jobs`.", yes=yes)
        rows = remove_rows(path, known)
        store.upkeep.remove(known)
    session.note(f"Removed {known}{_in_list(rows, path)}. Its jobs stay in `jpt jobs`.")


def pause_site(name: str) -> None:
    """Stop reading a site until it is resumed."""
    with Store.open(session.settings().db) as store:
        known = store.upkeep.known(name)
        done = store.upkeep.pause(known)
    session.note(f"Paused {known}; `jpt sites resume` reads it again." if done else f"{known} was already paused.")


def resume_site(name: str) -> None:
    """Read a paused site again."""
    with Store.open(session.settings().db) as store:
        known = store.upkeep.known(name)
        done = store.upkeep.resume(known)
    session.note(
        f"Resumed {known}. Jobs that appeared meanwhile are listed once, in a section of their own."
        if done
        else f"{known} was not paused."
    )


def accept_site(name: str) -> None:
    """Accept what a suspect page shows."""
    with Store.open(session.settings().db) as store:
        known = store.upkeep.known(name)
        suspect = store.upkeep.accept(known)
    if not suspect:
        raise UsageError(f"No page of {known} is suspect. `jpt sites` shows the status of each.")
    session.note(f"Accepted: the next read of {known} counts, whatever it shows.")


def _in_list(rows: int, path: Path) -> str:
    return f" and {counted(rows, 'row')} of {path}" if rows else f" ({path} has no row of it)"
