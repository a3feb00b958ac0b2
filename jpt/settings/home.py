"""The folder in which jpt works: where `inputs/`, `state/` and `.env` are."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_MARKS = ("inputs", "state", ".env")


def home() -> Path:
    """Give JPT_HOME, else the working folder if it holds jpt's files, else the user's data folder.

    Relative only where it is the working folder.
    """
    if named := os.environ.get("JPT_HOME"):
        return Path(named).expanduser()
    return Path() if is_home(Path()) else user_home()


def user_home() -> Path:
    """Give the user's data folder for jpt, whether it exists or not."""
    return Path(platformdirs.user_data_dir("jpt", appauthor=False))


def is_home(folder: Path) -> bool:
    """Tell whether *folder* holds jpt's files."""
    return any((folder / mark).exists() for mark in _MARKS)


def companies_csv() -> Path:
    """Give the user's list of companies, whether it exists or not."""
    return home() / "inputs/companies.csv"


def list_to_read() -> Path:
    """Give the list that is read where no other is named: the user's, else the example that jpt ships."""
    own, example = companies_csv(), home() / "inputs/companies.example.csv"
    return example if example.exists() and not own.exists() else own


def env_files() -> tuple[Path, ...]:
    """Give the files in which settings may stand, the least binding first."""
    return home() / "state/secrets.env", home() / ".env"
