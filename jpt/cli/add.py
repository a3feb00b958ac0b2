"""`jpt add`: shows how careers pages are read, then adds them to the list."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jpt.cli import prompts, session
from jpt.cli.add_list import add_list
from jpt.cli.exit_codes import PARTLY_FAILED
from jpt.cli.page_look import look_at, look_json, look_lines, name_of, typed_url
from jpt.cycle.careers_page import CareersPage
from jpt.errors import UsageError
from jpt.inputs.listfile import add_row, is_listed
from jpt.inputs.lists import read as read_list
from jpt.settings import list_to_edit
from jpt.text.clean import clean_line


@dataclass(frozen=True, slots=True)
class AddOptions:
    """Options of `jpt add`."""

    csv: Path | None
    yes: bool
    dry_run: bool
    as_json: bool
    strange: bool = False
    """A program names the pages: nothing private is reached for it, and only what can be read is added."""


def add_pages(url: str | None, file: Path | None, name: str | None, options: AddOptions) -> int:
    """Show what is found at *url*, or for each company in *file*; add it if confirmed. Returns the exit code."""
    if (url is None) == (file is None) or (file is not None and name is not None):
        raise UsageError("Give one address (with --name, if you like), or --file LIST.")
    path = options.csv or list_to_edit()
    if file is not None:
        return add_list(
            read_list(file),
            path,
            yes=options.yes,
            dry_run=options.dry_run,
            as_json=options.as_json,
            named=not options.strange,
        )
    address = typed_url(url or "")

    def show(look: CareersPage) -> None:
        for line in () if options.as_json else look_lines(look, _called(look, name)):
            session.show(line)

    look, stopped = look_at(session.settings(), address, show, named=not options.strange)
    if stopped or look is None:
        return stopped
    # Asked when no page is open any more: an answer may take its time.
    row = _added(look, _called(look, name), path, options)
    if options.as_json:
        session.print_json(row)
    return 0 if look.is_good else PARTLY_FAILED


def _called(look: CareersPage, name: str | None) -> str:
    return clean_line(name or "") or name_of(look)


def _added(look: CareersPage, name: str, path: Path, options: AddOptions) -> dict[str, Any]:
    known = is_listed(path, name, look.url)
    may_be = (look.is_good or not options.strange) and not (look.elsewhere and look.read is None)
    written = not known and not options.dry_run and may_be and _confirmed(look, name, path, options)
    if written:
        add_row(path, name, look.url)
    if not options.as_json and (may_be or known):
        session.note(_outcome(look, name, path, written=written, known=known))
    return {**look_json(look), "name": name, "csv": str(path), "written": written, "known": known}


def _confirmed(look: CareersPage, name: str, path: Path, options: AddOptions) -> bool:
    doubt = "" if look.is_good else " It cannot be read at present."
    question = f"Add {name!r} with {look.url} to {path}?{doubt}"
    return (options.yes or not options.as_json) and prompts.confirmed(question, yes=options.yes)


def _outcome(look: CareersPage, name: str, path: Path, *, written: bool, known: bool) -> str:
    if known:
        return f"{path} already lists {look.url} as {name!r}."
    if written:
        return f"Added to {path}. `jpt run` reads it; its open jobs count as new, unless you run `jpt seed` first."
    return f"Nothing was added; --yes adds it to {path} without asking."
