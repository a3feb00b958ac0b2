"""Terminals and pipes that cannot write every letter."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from jpt.cli.encoding import drop_invalid_sizes, replace_unwritable
from tests.cli.test_data import found
from tests.conftest import Jpt
from tests.table import each_row

ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""What makes Python write nothing but ASCII."""

ONE_BY_ONE = """
import json, sys
from jpt.cli import main
for words in json.loads(sys.argv[1]):
    sys.argv = ["jpt", *words]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code, (words, ended.code)
    print(end="\f", flush=True)
"""


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("│ Café… │ 3+ │", "| Cafe~ | 3+ |"),
        ("“5 years” – Zürich · ● on", '"5 years" - Zurich - * on'),
        ("東京 jobs", "???? jobs"),
        ("ｗ", "w "),
    ],
)
def test_each_letter_has_a_plain_one_of_its_width(text: str, written: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, "ascii")
    replace_unwritable(stream)

    stream.write(text)
    stream.flush()

    assert raw.getvalue() == written.encode()


@pytest.mark.parametrize("encoding", ["idna", "punycode", "undefined"])
def test_an_encoding_that_is_for_no_stream_gives_way_to_utf_8(encoding: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding)
    replace_unwritable(stream)

    stream.write("“5 years” – Zürich\n")
    stream.flush()

    assert raw.getvalue().decode() == "“5 years” – Zürich\n"


@each_row("encoding", ["ascii", "latin-1", "cp437", "koi8-r", "shift_jis", "iso2022_jp", "gb2312", "hz", "cp037"])
def test_every_other_encoding_is_kept(encoding: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding)
    replace_unwritable(stream)

    stream.write("“5 years” – Zürich\n")
    stream.flush()

    assert stream.encoding == encoding
    assert "5 years" in raw.getvalue().decode(encoding)


def test_what_can_be_written_stays_as_it_is() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, "utf-8")
    replace_unwritable(stream)

    stream.write("“5 Jahre” – Zürich")
    stream.flush()

    assert raw.getvalue().decode() == "“5 Jahre” – Zürich"


def test_a_list_of_jobs_is_shown_and_exported_where_only_ascii_can_be_written(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "state").mkdir(mode=0o700)
    found(bare_jpt.folder / "state/snapshots.sqlite3", "Ingénieur – Zürich")

    commands = [["jobs"], ["jobs", "--json"], ["export", "json"]]
    words = [sys.executable, "-c", ONE_BY_ONE, json.dumps(commands)]

    ended = subprocess.run(
        words, cwd=bare_jpt.folder, env={**bare_jpt.env, **ASCII}, capture_output=True, check=False
    )

    assert ended.returncode == 0, ended.stderr
    shown, as_json, exported = ended.stdout.decode().split("\f")[:3]
    assert "Ingenieur - Zurich" in shown
    assert json.loads(as_json)[0]["job_title"] == "Ingénieur – Zürich"
    assert json.loads(exported)[0]["job_title"] == "Ingénieur – Zürich"


@each_row("size", ["²", "٣", "9" * 500, "9" * 9, "-1", "0", "1e400", "x", "0x50", ""])
def test_a_size_that_no_terminal_has_is_not_believed(size: str) -> None:
    environ = {"COLUMNS": size, "LINES": size, "TERMINAL_WIDTH": size, "HOME": size}
    drop_invalid_sizes(environ)
    assert environ == {"HOME": size}


def test_a_size_that_a_terminal_has_is() -> None:
    environ = {"COLUMNS": "80", "LINES": "24"}
    drop_invalid_sizes(environ)
    assert environ == {"COLUMNS": "80", "LINES": "24"}


@pytest.mark.parametrize("words", [["--help"], ["sites"]], ids=" ".join)
def test_a_size_of_the_terminal_that_is_none_breaks_nothing(words: list[str], bare_jpt: Jpt) -> None:
    done = bare_jpt(*words, COLUMNS="²", LINES="²", TERMINAL_WIDTH="x")

    assert done.code in {0, 65}
    assert "bug" not in done.err
    assert "Traceback" not in done.err
