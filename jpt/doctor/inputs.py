"""Checks of the user's files: settings, list of companies, filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from jpt.digest.custom_templates import MESSAGE, SUBJECT, read
from jpt.digest.filters import read_profiles
from jpt.doctor.diagnosis import Diagnosis, fail, ok, warn
from jpt.errors import JptError
from jpt.inputs.companies import read_companies
from jpt.settings import Settings, env_files
from jpt.text.counts import counted

MOST_NAMED = 5
_LINE = "Correct the line: it is ignored."
_PART = "Correct it if something else was meant."


def settings(loaded: Settings, warnings: Sequence[str]) -> Iterator[Diagnosis]:
    """Report unknown settings, and files that others may read."""
    for warning in warnings:
        yield warn("settings", warning, "Correct it, or remove it.")
    found = [path for path in env_files() if path.is_file()]
    for path in found:
        if path.stat().st_mode & 0o077:
            yield warn("settings", f"Others can read {path}.", f"If it holds passwords: chmod 600 {path}")
    set_here = len(loaded.model_fields_set)
    where = f" and {', '.join(map(str, found))}" if found else ""
    if not warnings:
        yield ok("settings", f"{set_here} set in the environment{where}; all others have their defaults.")


def companies(path: Path) -> Iterator[Diagnosis]:
    """Read the list."""
    try:
        listed = read_companies(path)
    except JptError as exc:
        yield fail(
            "companies", exc.sentence, "Correct the list." if path.exists() else "Add a page: `jpt add URL`."
        )
        return
    # Lines that are ignored come before those of which a part is.
    problems = sorted(listed.problems, key=lambda problem: not problem.bad)
    for problem in problems[:MOST_NAMED]:
        yield warn("companies", problem.sentence, _LINE if problem.bad else _PART)
    if len(problems) > MOST_NAMED:
        more = len(problems) - MOST_NAMED
        yield warn("companies", f"{path} has {counted(more, 'more problem')}.", "Correct these first.")
    names = len({company.name for company in listed.companies})
    yield ok(
        "companies",
        f"{path}: {counted(len(listed.companies), 'page')} of {counted(names, 'company', 'companies')}.",
    )


def templates(loaded: Settings) -> Iterator[Diagnosis]:
    """Read and try the user's templates for digests."""
    folder = loaded.filters.parent / "templates"
    try:
        found = read(folder)
    except JptError as exc:
        yield fail("templates", exc.sentence, "Correct the file, or move it away: digests wait for it.")
        return
    names = [name for name, one in ((SUBJECT, found.subject), (MESSAGE, found.message)) if one is not None]
    if names:
        yield ok("templates", f"{folder}: {' and '.join(names)}.")


def filters(loaded: Settings) -> Iterator[Diagnosis]:
    """Read the rules file."""
    if not loaded.filters.exists():
        yield ok(
            "filters",
            f"No {loaded.filters}: every job that requires at most {counted(loaded.max_years, 'year')} fits.",
        )
        return
    try:
        profiles = read_profiles(loaded.filters)
    except JptError as exc:
        yield fail("filters", exc.sentence, "Correct the file, or move it away.")
        return
    count = len(profiles)
    yield ok("filters", f"{loaded.filters}: {counted(count, 'profile')}.")
