"""What is in the place of a file may have no end, and a name may be none."""

from __future__ import annotations

import errno
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from jpt.cli import ending as command_line
from jpt.digest.filters import read_profiles
from jpt.errors import CannotCreate, InputError, JptError, SettingError, StoreError
from jpt.files import read_bounded, refuse_endless, write_whole
from jpt.inputs import input_documents, listfile
from jpt.inputs.companies import read_companies

ZERO = Path("/dev/zero")
endless = pytest.mark.skipif(not ZERO.exists(), reason="no device without an end here")


@endless
@pytest.mark.parametrize(
    "read",
    [
        lambda: input_documents.from_argument(str(ZERO), None),
        lambda: list(input_documents.from_jsonl(ZERO)),
        lambda: list(input_documents.rows(ZERO)),
        lambda: read_companies(ZERO),
        lambda: read_profiles(ZERO),
        lambda: refuse_endless(ZERO),
        lambda: (
            listfile.append(ZERO, "Acme", "https://a.example/")
            if hasattr(listfile, "append")
            else refuse_endless(ZERO)
        ),
    ],
    ids=["a post", "jsonl", "labels", "companies", "filters", "beside the database", "the list to edit"],
)
def test_a_device_without_an_end_is_refused(read: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_documents, "MOST_BYTES", 10**6)

    with pytest.raises((InputError, SettingError, OSError)):
        read()


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 5_000, "x/" * 3_000, "..", "/dev", ""])
def test_a_line_that_names_no_file_costs_itself_alone(name: str, tmp_path: Path) -> None:
    lines = [{"id": 1, "file": name}, {"id": 2, "text": "3 years of experience"}]
    index = tmp_path / "index.jsonl"
    index.write_text("\n".join(map(json.dumps, lines)))

    first, second = input_documents.from_jsonl(index)

    assert first.fault
    assert (second.fault, second.id) == (None, 2)


@endless
def test_an_endless_stdin_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_documents, "MOST_BYTES", 10**6)
    with ZERO.open("rb") as file:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=file))

        with pytest.raises(InputError, match="more than 1 MB"):
            input_documents.from_argument("-", None)


def test_what_has_the_most_that_is_allowed_is_read() -> None:
    assert read_bounded(io.BytesIO(b"x" * 10), 10) == b"x" * 10
    with pytest.raises(OSError, match="more than"):
        read_bounded(io.BytesIO(b"x" * 11), 10)


def test_the_device_that_swallows_everything_may_stand_for_a_file() -> None:
    assert refuse_endless(Path("/dev/null")) == Path("/dev/null")


@pytest.mark.parametrize(
    "words",
    [
        ["jobs", "--db"], ["sites", "--db"], ["export", "csv", "--output"], ["eval"], ["try", "extract"], ["try", "links"],
        ["db", "import"], ["add", "--yes", "--file"], ["status", "--db"], ["db", "backup", "--db"],
    ],
    ids=" ".join,
)  # fmt: skip
@pytest.mark.parametrize("name", ["x" * 5_000, "x/" * 3_000, "\0"], ids=["long", "deep", "nothing"])
def test_a_name_that_no_file_can_have_is_refused_with_a_sentence(
    words: list[str],
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("JPT_HOME", str(tmp_path))
    monkeypatch.setenv("JPT_CHROMIUM", "/bin/false")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["jpt", *words, name])

    with pytest.raises(SystemExit) as ended:
        command_line.main()

    said = capsys.readouterr().err
    assert ended.value.code not in {0, 1, None} or words[0] in {"jobs", "sites", "status", "export"}
    assert "bug" not in said and "Traceback" not in said


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENAMETOOLONG, CannotCreate), (errno.EACCES, CannotCreate), (errno.ELOOP, CannotCreate),
     (errno.EMFILE, CannotCreate), (errno.EROFS, CannotCreate), (errno.ENOSPC, StoreError), (errno.EIO, StoreError)],
)  # fmt: skip
def test_what_the_system_refuses_is_no_bug_wherever_it_is_met(
    number: int, kind: type[JptError], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise OSError(number, "no", "/x/\x1b[31my")

    monkeypatch.setattr(command_line, "app", refuse)

    with pytest.raises(SystemExit) as ended:
        command_line.main()

    assert ended.value.code == kind("").exit_code
    assert "/x/" in (said := capsys.readouterr().err) and "\x1b[31my" not in said


def test_a_bug_of_ours_stays_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def break_() -> None:
        raise FileNotFoundError(errno.ENOENT, "no", "templates/x.html")

    monkeypatch.setattr(command_line, "app", break_)

    with pytest.raises(SystemExit) as ended:
        command_line.main()

    assert (ended.value.code, "bug in jpt" in capsys.readouterr().err) == (1, True)


@pytest.mark.skipif(sys.platform != "linux", reason="no such device here")
def test_a_device_that_is_written_to_stays_a_device(tmp_path: Path) -> None:
    link = tmp_path / "out.csv"
    link.symlink_to("/dev/null")

    write_whole(link, b"x")
    with pytest.raises(OSError, match="No space"):
        write_whole(Path("/dev/full"), b"x")

    assert link.is_symlink() and Path("/dev/null").is_char_device() and Path("/dev/full").is_char_device()
