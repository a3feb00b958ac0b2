"""`jpt doctor` and `jpt init`: checks everything that jpt needs; creates its first files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import anyio
from rich.text import Text

from jpt.cli import session
from jpt.cli.exit_codes import UNHEALTHY
from jpt.cli.options import common
from jpt.doctor import Diagnosis, examined
from jpt.doctor.diagnosis import fail
from jpt.errors import CannotCreate, SettingError
from jpt.settings import (
    Settings,
    as_written,
    documented,
    example,
    home,
    is_secret,
    list_to_edit,
    list_to_read,
    make_home_here,
)
from jpt.text.counts import counted

_MARKS = {"ok": ("ok  ", "green"), "warn": ("warn", "yellow"), "fail": ("fail", "bold red")}


def examine(*, csv: Path | None, fix: bool, as_json: bool) -> int:
    """Check everything and show it line by line; returns UNHEALTHY when something fails, else 0."""
    session.start_log()
    diagnoses: list[Diagnosis] = []

    def note(told: Diagnosis) -> None:
        diagnosis = replace(told, words=session.hiding(told.words), step=session.hiding(told.step))
        diagnoses.append(diagnosis)
        if not as_json:
            _show(diagnosis)

    try:
        settings, warnings = session.load()
    except SettingError as exc:
        note(fail("settings", exc.sentence, "Correct it; nothing else can be checked before that."))
    else:
        anyio.run(_examine, settings, warnings, csv or list_to_read(), fix, note)
        if common.verbose and not as_json:
            _show_settings(settings)
    if as_json:
        session.print_json([asdict(diagnosis) for diagnosis in diagnoses])
    else:
        session.out.print(_summary(diagnoses))
    return UNHEALTHY if any(diagnosis.state == "fail" for diagnosis in diagnoses) else 0


async def _examine(settings: Settings, warnings: tuple[str, ...], csv: Path, fix: bool, note: object) -> None:
    assert callable(note)
    async for diagnosis in examined(settings, warnings, csv, fix=fix):
        note(diagnosis)


def _show(diagnosis: Diagnosis) -> None:
    mark, style = _MARKS[diagnosis.state]
    line = Text.assemble((mark, style), f"  {diagnosis.check:<16} ", diagnosis.words)
    session.show(line, indent=_INDENT)
    if diagnosis.step:
        session.show(f"{'':<{_INDENT}}→ {diagnosis.step}", style, indent=_INDENT + 2)


_INDENT = 23
"""Cells before the words of a diagnosis."""


def _show_settings(settings: Settings) -> None:
    """List every setting with its value, where it differs from the default, and what it means."""
    session.out.print()
    session.show("Settings (* marks what you have set):", "bold")
    for name, variable, description in documented():
        value = getattr(settings, name)
        mark = "*" if name in settings.model_fields_set else " "
        shown = "[hidden]" if value and is_secret(variable) else session.hiding(as_written(variable, value))
        session.show(Text.assemble((f"{mark} {variable}", "bold"), f" = {shown}" if shown else " is not set"))
        session.show(f"    {description}", "dim", indent=4)


def _summary(diagnoses: list[Diagnosis]) -> Text:
    failed = sum(diagnosis.state == "fail" for diagnosis in diagnoses)
    warned = sum(diagnosis.state == "warn" for diagnosis in diagnoses)
    if failed:
        return Text(
            f"\n{counted(failed, 'problem')} to solve before jpt can work; {counted(warned, 'warning')}.", "red"
        )
    worries = f"; {counted(warned, 'warning')}" if warned else ""
    return Text(f"\njpt can work{worries}.", "green")


# --- jpt init ---


def begin(*, csv: Path | None) -> None:
    """Create the folders and files that jpt works with, where they are missing."""
    try:
        # Before the settings are read, for they are read from here.
        make_home_here()
        for path, made in _made(session.load()[0], csv or list_to_edit()):
            words = "created" if made else "exists already"
            session.show(Text.assemble((f"{path} ", "bold"), (words, "green" if made else "dim")))
    except OSError as exc:
        raise CannotCreate(f"{exc.filename} cannot be created: {exc.strerror}. Make its folder writable.") from exc
    session.show("\nNext: `jpt add URL` for each careers page, then `jpt run --limit 50`, then `jpt watch`.")


def _made(settings: Settings, csv: Path) -> Iterator[tuple[Path, bool]]:
    for folder, mode in ((csv.parent, 0o755), (settings.db.parent, 0o700)):
        there = folder.is_dir() and any(folder.iterdir())
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
        yield folder, not there
    for path, text in ((csv, FIRST_LIST), (home() / ".env.example", example())):
        there = path.exists()
        if not there:
            path.write_text(text, encoding="utf-8")
        yield path, not there


FIRST_LIST = """\
# The pages that jpt watches: one company and its careers page per line. Lines that begin with # are comments.
# Two lines with the same name are two pages of one company. The third column is how often the page is read
# (15m, 2h, 1d); if it is empty, JPT_EVERY applies.
#
# `jpt add URL` shows how a page is read, and adds it here.
company,url,every
# Acme,https://www.acme.example/careers,
# Globex,https://jobs.globex.example/openings,1h
"""
