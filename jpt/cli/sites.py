"""`jpt sites` and its verbs: the status of each page, and what the user decides about a site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from jpt import __version__
from jpt.cli import prompts, session
from jpt.cli.jobs import nothing_yet
from jpt.cli.sites_table import Shapes, plain_sites, site_lines
from jpt.errors import InputError, UsageError
from jpt.inputs.companies import read_companies
from jpt.inputs.listfile import remove_rows, rename_rows
from jpt.models.words import way_words
from jpt.settings import Settings, list_to_read
from jpt.store import Store
from jpt.store.post_shapes import PROOFS, Shape
from jpt.store.sites import PageState
from jpt.text.clock import wall_clock
from jpt.text.counts import counted

MOST_NAMED = 5


def show_sites(*, as_json: bool, verbose: bool = False) -> None:
    """Show the status of every page, which of the list were never read, and, *verbose*, what proved its way."""
    settings = session.settings()
    states: list[PageState] = []
    shapes: Shapes = {}
    unread, paused = list(dict.fromkeys(_names(list_to_read()))), set[str]()
    if settings.db.exists():
        with Store.open(settings.db) as store:
            states, shapes = store.sites.states(), store.post_shapes.all(__version__)
            read = {state.site for state in states}
            unread = [name for name in unread if name not in read]
            paused = {name for name in unread if store.site_decisions.is_paused(name)}
    told = shapes if verbose else None
    if as_json:
        session.print_json([_state_json(state, shapes.get(state.site, {})) for state in states])
    elif states and session.out.is_terminal:
        for line in site_lines(states, wall_clock(), session.out.width, session.hiding, told):
            session.out.print(line)
    elif states:
        plain_sites(session.out, states, wall_clock(), session.hiding, told)
    elif not settings.db.exists():
        nothing_yet(settings, as_json=as_json)
    if new := [name for name in unread if name not in paused]:
        them = "it" if len(new) == 1 else "them"
        session.note(f"Not read yet: {_several(new)}. `jpt run` reads {them}.", "dim")
    if paused:
        session.note(f"Paused before the first read: {_several(sorted(paused))}.", "dim")


def _several(names: Sequence[str]) -> str:
    more = ", …" if len(names) > MOST_NAMED else ""
    return f"{counted(len(names), 'site')} ({', '.join(names[:MOST_NAMED])}{more})"


def _state_json(state: PageState, shapes: Mapping[str, Shape]) -> dict[str, Any]:
    fields: dict[str, Any] = session.hiding.within(asdict(state))
    for name in ("suspect_jobs", "why", "proof"):
        fields.pop(name)
    why = way_words(state.why, state.unsure)
    fields |= {"via_reason": state.why.reason, "via_why": session.hiding(why)}
    proof = {
        "source": session.hiding(state.proof.url),
        "kind": state.proof.kind,
        "seen_ts_ms": state.proof.read_ts_ms,
    }
    doubt = {"reads_that_agree": state.proof.proofs, "needed": state.proof.needed, "wrong": state.proof.lies}
    known_by = {**proof, **doubt} if state.proof.version else None
    posts = [_shape_json(name, known) for name, known in shapes.items()]
    return {**fields, "via": state.method, "known_by": known_by, "posts": posts}


def _shape_json(name: str, known: Shape) -> dict[str, Any]:
    return {
        "shape": session.hiding(name),
        "via": "http" if known.is_proven else "browser",
        "posts_that_agree": known.proofs,
        "needed": PROOFS,
        "since": known.reads,
        "wrong": known.differed,
        "compared_ts_ms": known.ts_ms,
    }


def rename_site(name: str, new: str, *, csv: Path | None, wait: bool) -> None:
    """Rename a site in the database and in the list."""
    path = csv or list_to_read()
    settings = _settings(path)
    new = " ".join(new.split())
    if not new:
        raise UsageError("The new name is empty: jpt sites rename NAME NEW.")
    with (
        Store.open(settings.db) as store,
        store.hold("jpt sites rename", wait=wait, say=session.warn),
    ):
        old = store.site_decisions.known(name, _names(path))
        store.site_decisions.rename(old, new)
        rows = rename_rows(path, old, new)
    session.note(f"Renamed {old} to {new}, with all that is known about it{_in_list(rows, path)}.")


def remove_site(name: str, *, csv: Path | None, yes: bool, wait: bool) -> None:
    """Forget a site and remove it from the list; its jobs stay."""
    path = csv or list_to_read()
    settings = _settings(path)
    with (
        Store.open(settings.db) as store,
        store.hold("jpt sites remove", wait=wait, say=session.warn),
    ):
        known = store.site_decisions.known(name, _names(path))
        prompts.require(f"Forget {known} and remove it from {path}? Its jobs stay in `jpt jobs`.", yes=yes)
        rows = remove_rows(path, known)
        store.site_decisions.remove(known)
    session.note(f"Removed {known}{_in_list(rows, path)}. Its jobs stay in `jpt jobs`.")


def pause_site(name: str) -> None:
    """Stop reading a site until it is resumed."""
    with _opened() as store:
        known = store.site_decisions.known(name, _names(list_to_read()))
        done = store.site_decisions.pause(known)
    session.note(f"Paused {known}; `jpt sites resume` reads it again." if done else f"{known} was already paused.")


def resume_site(name: str) -> None:
    """Read a paused site again."""
    with _opened() as store:
        known = store.site_decisions.known(name, _names(list_to_read()))
        done = store.site_decisions.resume(known)
    session.note(
        f"Resumed {known}. Jobs that appeared meanwhile are listed once, in a section of their own."
        if done
        else f"{known} was not paused."
    )


def accept_site(name: str) -> None:
    """Accept what a suspect page shows."""
    with _opened() as store:
        known = store.site_decisions.known(name, _names(list_to_read()))
        suspect = store.site_decisions.accept(known)
    if not suspect:
        raise UsageError(f"No page of {known} is suspect. `jpt sites` shows the status of each.")
    session.note(f"Accepted: the next read of {known} counts, whatever it shows.")


def _settings(path: Path) -> Settings:
    """Read the settings; raises UsageError if there is neither list nor database."""
    return session.settings() if path.exists() else session.existing()


def _opened() -> AbstractContextManager[Store]:
    return Store.open(_settings(list_to_read()).db)


def _names(path: Path) -> list[str]:
    """Return the names in the list: a site may be paused or renamed before its first read."""
    with suppress(InputError):
        return [company.name for company in read_companies(path, may_be_empty=True).companies]
    return []


def _in_list(rows: int, path: Path) -> str:
    return f" and {counted(rows, 'row')} of {path}" if rows else f" ({path} has no row of it)"
