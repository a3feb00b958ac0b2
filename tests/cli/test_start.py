"""`jpt start`: five questions on a terminal, and what they leave behind."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time

import pytest

from jpt.settings import load
from tests.conftest import Jpt
from tests.digest.test_telling import garden, serving

LONGEST_S = 120


class Terminal:
    """Types answers to what a process on a terminal asks."""

    def __init__(self, jpt: Jpt, *words: str) -> None:
        self.ours, theirs = pty.openpty()
        self.shown = ""
        command = [sys.executable, "-m", "jpt", *words]
        self.process = subprocess.Popen(
            command,
            cwd=jpt.folder,
            env={**jpt.env, "TERM": "xterm"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def answer(self, question: str, typed: str) -> None:
        end = time.monotonic() + LONGEST_S
        while question not in self.shown:
            assert self._more(end), self.shown
        self.shown = self.shown.partition(question)[2]
        os.write(self.ours, f"{typed}\n".encode())

    def wait(self) -> int:
        end = time.monotonic() + LONGEST_S
        while self._more(end):
            pass
        return self.process.wait(LONGEST_S)

    def _more(self, end: float) -> bool:
        if not select.select([self.ours], [], [], max(0, end - time.monotonic()))[0]:
            return False
        try:
            got = os.read(self.ours, 65_536)
        except OSError:  # the other side is gone
            return False
        self.shown += got.decode("utf-8", "replace")
        return bool(got)


def test_five_questions_set_everything_up(jpt: Jpt, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(garden()) as base:
        on = Terminal(jpt, "start")
        on.answer("address:", "nonsense")
        on.answer("address:", f"{base}/careers")
        on.answer("address:", "")
        on.answer("2. Years", "many")
        on.answer("2. Years", "2")
        on.answer("3. Places", 'Berlin, "Bad" Aibling')
        on.answer("4. Mail", "me@example.org")
        on.answer("Mail server", "smtp.example.org:submission")
        on.answer("Mail server", "smtp.example.org:587")
        on.answer("User name", "")
        on.answer("Password", "it's a $ecret")
        on.answer("5. How often", "2h")
        on.answer("test mail", "n")
        on.answer("Record", "y")
        on.answer("background", "n")
        code = on.wait()

    assert code == 0, on.shown
    assert "ecret" not in on.shown
    assert f",{base}/careers" in (jpt.folder / "inputs/companies.csv").read_text()
    assert jpt("jobs", "--json").json == []
    assert jpt("doctor", "--json").json[2]["check"] == "companies"
    monkeypatch.chdir(jpt.folder)
    settings, warnings = load()
    assert (settings.max_years, settings.every_s, settings.smtp_host) == (2, 7200, "smtp.example.org")
    assert settings.smtp_port == 587
    assert settings.smtp_pass is not None and settings.smtp_pass.get_secret_value() == "it's a $ecret"
    assert warnings == ()
    assert (jpt.folder / ".env").stat().st_mode & 0o077 == 0


def test_without_a_terminal_it_says_what_to_do_instead(bare_jpt: Jpt) -> None:
    ended = bare_jpt("start")

    assert ended.code == 2
    assert "jpt init" in ended.err
    assert list(bare_jpt.folder.iterdir()) == []


def test_a_question_that_gets_no_answer_ends_with_130(jpt: Jpt) -> None:
    on = Terminal(jpt, "start")
    on.answer("address:", "\x04")

    assert (on.wait(), "Interrupted." in on.shown) == (130, True)
