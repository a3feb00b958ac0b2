"""What a terminal shows: links, whole addresses, words that do not break, the pager."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import sqlite3
import struct
import termios
import time
from pathlib import Path

import pytest

from tests import forks
from tests.catalogue.stock import Post, stock
from tests.conftest import Jpt

DB = "state/snapshots.sqlite3"
_ESCAPE = re.compile(r"\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)|\x1b\[[0-9;?]*[A-Za-z]")


def seen(jpt: Jpt, *words: str, columns: int = 80, rows: int = 24, keys: str = "", **env: str) -> str:
    """Give what *jpt* writes to a terminal; *keys* are typed once it waits."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    environ = {**jpt.env, "TERM": "xterm-256color", **env}
    assert forks.can_fork(environ)
    begun = forks.Begun(words, jpt.folder, environ, [slave] * 3, session=True)
    os.close(slave)
    said, end = b"", time.monotonic() + 90
    while time.monotonic() < end:
        ready = select.select([master], [], [], 0.5)[0]
        try:
            piece = os.read(master, 65536) if ready else b""
        except OSError:  # Linux says so when nobody has the other end any more
            break
        said += piece
        if ready and not piece:
            break
        if not ready and keys and said:
            os.write(master, keys.encode())
            keys = ""
    begun.wait(30)
    os.close(master)
    return said.decode("utf-8", "replace").replace("\r\n", "\n")


def plain(text: str) -> str:
    return _ESCAPE.sub("", text)


@pytest.fixture
def stocked(bare_jpt: Jpt) -> Jpt:
    (bare_jpt.folder / "state").mkdir()
    posts = [Post(f"Baker {number}", 2, "Bonn", number=number) for number in range(2, 30)]
    stock(bare_jpt.folder / DB, Post("Keeper", 1, number=1), *posts)
    return bare_jpt


def test_a_title_is_a_link_on_a_terminal_and_not_in_a_pipe(stocked: Jpt) -> None:
    shown = seen(stocked, "jobs", "--limit", "3")

    assert re.search(r"\x1b\]8;[^;]*;https://acme\.example/jobs/1029-baker-29\x1b\\", shown)
    assert "\x1b" not in stocked("jobs", "--limit", "3").out


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_addresses_are_whole_and_on_lines_of_their_own(bare_jpt: Jpt, columns: int) -> None:
    (bare_jpt.folder / "state").mkdir()
    title = "Keeper of the lighthouse at the end of the world, and of its boats, nets and lamps"
    stock(bare_jpt.folder / DB, Post(title, 1, "Bonn", number=1), Post(title, 1, "Trier", number=2))

    lines = plain(seen(bare_jpt, "jobs", "--urls", columns=columns)).split("\n")

    addresses = [line.strip() for line in lines if "https://" in line]
    assert [one.split("/")[2:4] for one in addresses] == [["acme.example", "jobs"]] * 2
    assert all(" " not in one and one.endswith("lamps") for one in addresses)


@pytest.mark.skipif(shutil.which("less") is None, reason="needs less")
@pytest.mark.parametrize("own", ["", "-i -M"])
def test_a_long_list_comes_in_less_with_colours_and_links(stocked: Jpt, own: str) -> None:
    shown = seen(stocked, "jobs", keys="q", LESS=own)

    assert "Baker 29" in plain(shown)
    assert "ESC[" not in shown
    assert "\x1b]8;" in shown
    assert "Keeper" not in plain(shown), "it does not wait at the end of a screen"


def test_another_pager_gets_the_bare_text(stocked: Jpt, tmp_path: Path) -> None:
    pager = tmp_path / "page it"
    pager.write_text(f'#!/bin/sh\ncat > "{tmp_path}/paged"\n', encoding="utf-8")
    pager.chmod(0o755)

    seen(stocked, "jobs", PAGER=f"'{pager}'")

    paged = (tmp_path / "paged").read_text(encoding="utf-8")
    assert "Keeper" in paged
    assert "\x1b" not in paged


def test_without_a_pager_a_long_list_is_printed(stocked: Jpt) -> None:
    assert "Keeper" in plain(seen(stocked, "jobs", PAGER="no-such-program"))


def test_errors_break_between_words(stocked: Jpt) -> None:
    shown = plain(seen(stocked, "mark", "Keeper", "aplied")).strip()

    words = "'aplied' is not a stage: expected one of interested, applied, interview, offer, rejected, hidden."
    assert shown.split() == words.split()
    assert all(len(line) <= 80 and line == line.strip() for line in shown.split("\n"))


def test_help_shows_only_what_can_be_typed(bare_jpt: Jpt) -> None:
    for words in ([], ["jobs"], ["db", "export"]):
        shown = bare_jpt(*words, "--help").out

        assert "<bool>" not in shown
    lines = plain(seen(bare_jpt, "--help")).split("\n")
    assert len([line for line in lines if line.startswith("│ jobs ")]) == 1
    assert len(lines) <= 60


def test_a_crontab_line_can_be_copied(bare_jpt: Jpt) -> None:
    shown = plain(seen(bare_jpt, "service", "show", columns=60))

    assert bare_jpt("service", "show").out.strip() == shown.strip()


def test_a_job_is_found_by_words_and_names_its_other_places(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "state").mkdir()
    posts = [Post("Shop Assistant", 1, place, number=n) for n, place in enumerate(("Bonn", "Trier", "Ulm"))]
    stock(bare_jpt.folder / DB, *posts)

    shown = bare_jpt("job", "shop", "assistant").out

    assert all(place in shown for place in ("Bonn", "Trier", "Ulm"))
    assert all(post.url in shown for post in posts)


def test_of_the_other_places_of_a_job_those_that_are_closed_say_so(bare_jpt: Jpt) -> None:
    (bare_jpt.folder / "state").mkdir()
    posts = [Post("Shop Assistant", 1, place, number=n) for n, place in enumerate(("Bonn", "Trier", "Ulm"))]
    stock(bare_jpt.folder / DB, *posts)
    with sqlite3.connect(bare_jpt.folder / DB) as db:
        assert db.execute("UPDATE jpt_links SET closed_ts_ms = 1 WHERE url = ?", (posts[1].url,)).rowcount == 1

    shown = bare_jpt("job", posts[0].url).out

    assert [" closed " in line for line in shown.split("\n") if line.startswith("Also in")].count(True) == 1
    assert next(line for line in shown.split("\n") if " closed " in line).startswith("Also in     Trier")
