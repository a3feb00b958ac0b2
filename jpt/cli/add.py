"""`jpt add`: shows how careers pages are read, then adds them to the list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import anyio

from jpt.cli import asking, session
from jpt.cli.exit_codes import PARTLY_FAILED
from jpt.cli.page_look import Look, address_of, look_at, look_json, look_lines, name_of
from jpt.cli.stopping import until_stopped
from jpt.errors import InputError, UsageError
from jpt.inputs.companies import read_companies
from jpt.inputs.listfile import add_row, listed
from jpt.settings import list_to_edit
from jpt.text.clean import clean_line
from jpt.text.decoding import decoded

LONGEST_LIST = 1_000_000
"""Bytes of a list of pages to add."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How pages are to be added."""

    csv: Path | None
    yes: bool
    dry_run: bool
    as_json: bool
    strange: bool = False
    """A program names the pages: nothing private is reached for it, and only what can be read is added."""


def add_pages(url: str | None, file: Path | None, name: str | None, wish: Wish) -> int:
    """Show what is found at *url*, or at each address in *file*, then add it if confirmed; gives the exit code."""
    if (url is None) == (file is None) or (file is not None and name is not None):
        raise UsageError("Give one address (with --name, if you like), or --file LIST.")
    pages = {address_of(url): name or ""} if url is not None else _pages_in(file or Path())
    settings, path = session.settings(), wish.csv or list_to_edit()
    looks: list[Look] = []

    def show(look: Look) -> None:
        looks.append(look)
        if not wish.as_json:
            for line in look_lines(look, _called(look, pages)):
                session.show(line)

    stopped = anyio.run(until_stopped, partial(look_at, settings, list(pages), show, named=not wish.strange))
    # Asked when no page is open any more: an answer may take its time.
    results = [] if stopped else [_added(look, _called(look, pages), path, wish) for look in looks]
    if wish.as_json and results:
        session.print_json(results if file is not None else results[0])
    return stopped or (0 if looks and all(look.is_good for look in looks) else PARTLY_FAILED)


def _called(look: Look, pages: dict[str, str]) -> str:
    return clean_line(pages.get(look.asked, "")) or name_of(look)


def _added(look: Look, name: str, path: Path, wish: Wish) -> dict[str, Any]:
    known = path.exists() and listed(read_companies(path, may_be_empty=True), name, look.url)
    may_be = look.is_good or not wish.strange
    written = not known and not wish.dry_run and may_be and _confirmed(look, name, path, wish)
    if written:
        add_row(path, name, look.url)
    if not wish.as_json:
        session.note(_outcome(look, name, path, written=written, known=known))
    return {**look_json(look), "name": name, "csv": str(path), "written": written, "known": known}


def _pages_in(file: Path) -> dict[str, str]:
    """Give the addresses in a text or CSV file, each with the name that stands before it."""
    try:
        if not file.is_file():
            raise InputError(f"{file} is not a file. Give one with an address per line.")
        with file.open("rb") as opened:
            lines = decoded(opened.read(LONGEST_LIST)).splitlines()
    except OSError as exc:
        raise InputError(f"{file} cannot be read: {exc.strerror}.") from exc
    pages: dict[str, str] = {}
    for line in lines:
        if found := re.search(r"https?://[^\s,;|\"]+", line):
            pages.setdefault(address_of(found[0]), line[: found.start()].strip(' ,;|\t"'))
    if not pages:
        raise InputError(f"{file} contains no address. Give one with an address (https://…) per line.")
    return pages


def _confirmed(look: Look, name: str, path: Path, wish: Wish) -> bool:
    doubt = "" if look.is_good else " It cannot be read at present."
    question = f"Add {name!r} with {look.url} to {path}?{doubt}"
    return (wish.yes or not wish.as_json) and asking.wanted(question, yes=wish.yes)


def _outcome(look: Look, name: str, path: Path, *, written: bool, known: bool) -> str:
    if known:
        return f"{path} already lists {look.url} as {name!r}."
    if written:
        return f"Added to {path}. `jpt run` reads it; its open jobs count as new, unless you run `jpt seed` first."
    return f"Nothing was added. With --yes it is added to {path} without asking."
