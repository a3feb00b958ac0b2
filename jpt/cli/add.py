"""`jpt add`: shows how careers pages are read, then adds them to the list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import anyio

from jpt.cli import asking, session
from jpt.cli.add_list import add_list
from jpt.cli.exit_codes import PARTLY_FAILED
from jpt.cli.page_look import address_of, look_at, look_json, look_lines, name_of
from jpt.cli.stopping import until_stopped
from jpt.cycle.careers_page import CareersPage
from jpt.errors import UsageError
from jpt.inputs.companies import read_companies
from jpt.inputs.listfile import add_row, listed
from jpt.inputs.lists import read as read_list
from jpt.settings import list_to_edit
from jpt.text.clean import clean_line


@dataclass(frozen=True, slots=True)
class AddOptions:
    """How pages are to be added."""

    csv: Path | None
    yes: bool
    dry_run: bool
    as_json: bool
    strange: bool = False
    """A program names the pages: nothing private is reached for it, and only what can be read is added."""


def add_pages(url: str | None, file: Path | None, name: str | None, wish: AddOptions) -> int:
    """Show what is found at *url*, or at each address in *file*, then add it if confirmed; gives the exit code."""
    if (url is None) == (file is None) or (file is not None and name is not None):
        raise UsageError("Give one address (with --name, if you like), or --file LIST.")
    path = wish.csv or list_to_edit()
    if file is not None:
        return add_list(
            read_list(file), path, yes=wish.yes, dry_run=wish.dry_run, as_json=wish.as_json, named=not wish.strange
        )
    address = address_of(url or "")
    looks: list[CareersPage] = []

    def show(look: CareersPage) -> None:
        looks.append(look)
        if not wish.as_json:
            for line in look_lines(look, _called(look, name)):
                session.show(line)

    work = partial(look_at, session.settings(), [address], show, named=not wish.strange)
    stopped = anyio.run(until_stopped, work)
    # Asked when no page is open any more: an answer may take its time.
    for look in () if stopped else looks:
        row = _added(look, _called(look, name), path, wish)
        if wish.as_json:
            session.print_json(row)
    return stopped or (0 if looks and all(look.is_good for look in looks) else PARTLY_FAILED)


def _called(look: CareersPage, name: str | None) -> str:
    return clean_line(name or "") or name_of(look)


def _added(look: CareersPage, name: str, path: Path, wish: AddOptions) -> dict[str, Any]:
    known = path.exists() and listed(read_companies(path, may_be_empty=True), name, look.url)
    may_be = (look.is_good or not wish.strange) and not (look.elsewhere and look.read is None)
    written = not known and not wish.dry_run and may_be and _confirmed(look, name, path, wish)
    if written:
        add_row(path, name, look.url)
    if not wish.as_json and (may_be or known):
        session.note(_outcome(look, name, path, written=written, known=known))
    return {**look_json(look), "name": name, "csv": str(path), "written": written, "known": known}


def _confirmed(look: CareersPage, name: str, path: Path, wish: AddOptions) -> bool:
    doubt = "" if look.is_good else " It cannot be read at present."
    question = f"Add {name!r} with {look.url} to {path}?{doubt}"
    return (wish.yes or not wish.as_json) and asking.wanted(question, yes=wish.yes)


def _outcome(look: CareersPage, name: str, path: Path, *, written: bool, known: bool) -> str:
    if known:
        return f"{path} already lists {look.url} as {name!r}."
    if written:
        return f"Added to {path}. `jpt run` reads it; its open jobs count as new, unless you run `jpt seed` first."
    return f"Nothing was added. With --yes it is added to {path} without asking."
