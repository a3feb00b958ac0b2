"""Files that jpt reads and writes, and what may stand in their place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from jpt.digest.filters import read_profiles
from jpt.digest.ledger import write_feed
from jpt.digest.sent_record import append, lines, write_mailed
from jpt.errors import CannotCreate, SettingError
from jpt.files import temporary_folder, write_whole
from jpt.models.digests import SentLine
from jpt.observers import journal
from jpt.store import Store
from jpt.text.secrets import Hiding

SENT = SentLine("db", "d", "<m>", "default", "mail", 1, "sha", ())


def opened(path: Path) -> None:
    with Store.open(path):
        pass


@pytest.mark.parametrize(
    ("use", "error"),
    [
        (lambda path: journal.to_file(path, Hiding(), "run"), OSError),
        (read_profiles, SettingError),
        (opened, CannotCreate),
        (lambda path: write_feed(path, "text"), CannotCreate),
        (lambda path: write_mailed(path, [], lambda _: False), OSError),
        (lambda path: append(path, SENT), OSError),
        (lambda path: list(lines(path, 0, "db")), OSError),
    ],
)
def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(
    tmp_path: Path, use: Callable[[Path], object], error: type[Exception]
) -> None:
    path = tmp_path / "file"
    os.mkfifo(path)

    with pytest.raises(error, match="pipe"):
        use(path)


def test_without_a_temporary_folder_the_usual_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", none)
    monkeypatch.setenv("TMPDIR", "/gone")

    assert temporary_folder() == Path("/gone")


def test_a_file_is_replaced_as_a_whole_and_of_a_link_what_it_leads_to(tmp_path: Path) -> None:
    kept, link = tmp_path / "kept", tmp_path / "link"
    kept.write_bytes(b"before")
    link.symlink_to(kept)

    write_whole(link, b"after", lasting=False)

    assert (link.is_symlink(), kept.read_bytes(), kept.stat().st_mode & 0o777) == (True, b"after", 0o600)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "link"]
