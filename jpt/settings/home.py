"""The folder in which jpt works: where `inputs/`, `state/` and `.env` are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import platformdirs

_MARKS = ("inputs", "state", ".env")
_EXAMPLE = b"# jpt: the example list"


def home() -> Path:
    """Return JPT_HOME, else the working folder or the user's data folder, whichever holds jpt's files.

    If neither does, it is the working folder. Relative only if that holds jpt's files.
    """
    found = home_for_new_files()
    return found if found != user_home() or is_home(found) else Path.cwd()


def home_for_new_files() -> Path:
    """Return the folder in which new files are created: the user's data folder if there is no home yet."""
    if named := os.environ.get("JPT_HOME"):
        return Path(named).expanduser()
    return Path() if is_home(Path()) else user_home()


def user_home() -> Path:
    """Return the user's data folder for jpt, whether it exists or not."""
    return Path(platformdirs.user_data_dir("jpt", appauthor=False))


def make_home_here() -> None:
    """Make the working folder the home, unless JPT_HOME names another; raises OSError."""
    if not os.environ.get("JPT_HOME"):
        Path("inputs").mkdir(exist_ok=True)


def is_home(folder: Path) -> bool:
    """Return whether *folder* holds jpt's files."""
    return any((folder / mark).exists() for mark in _MARKS)


def list_to_read() -> Path:
    """Return the list of companies that is read by default: the user's own, if there is one."""
    own, usual = _lists(home())
    return own if own.exists() else usual


def list_to_edit() -> Path:
    """Return the list that companies are added to: never the shipped example, which an update replaces."""
    own, usual = _lists(home_for_new_files())
    return own if own.exists() or is_example(usual) else usual


def is_example(path: Path) -> bool:
    """Return whether *path* is the list that jpt ships."""
    try:
        with path.open("rb") as file:
            return file.read(len(_EXAMPLE)) == _EXAMPLE
    except OSError:
        return False


def _lists(folder: Path) -> tuple[Path, Path]:
    return folder / "inputs/my-companies.csv", folder / "inputs/companies.csv"


def databases() -> Iterator[Path]:
    """Yield the databases in the folders where one may be: here, above, and in the user's data folder."""
    here = Path.cwd()
    for folder in dict.fromkeys((here, *here.parents, user_home())):
        if (path := folder / "state/snapshots.sqlite3").is_file():
            yield path


def env_files() -> tuple[Path, ...]:
    """Return the files that may hold settings, the one with the lowest precedence first."""
    return home() / "state/secrets.env", home() / ".env"
