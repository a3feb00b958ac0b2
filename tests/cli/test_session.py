"""Lines on a terminal: whole words, whole addresses, secrets hidden."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.text import Text

from jpt.cli import session
from jpt.cli.run import reporting
from jpt.cli.session import Output
from jpt.models.digests import News
from jpt.models.events import TaskDone
from jpt.models.jobs import Experience, Job
from jpt.observers.tally import Tally
from jpt.settings import Settings

ADDRESS = "https://acme.example/careers/" + "engineering/" * 6


def said(line: str, *, terminal: bool) -> list[str]:
    file = io.StringIO()
    screen = Output(file=file, width=40, force_terminal=terminal, color_system=None, legacy_windows=False)
    screen.say(Text(line))
    return file.getvalue().splitlines()


def test_words_and_addresses_stay_whole_on_a_terminal() -> None:
    words = f"  Seven jobs were found at {ADDRESS} and none of them could be read at the first attempt."

    lines = said(words, terminal=True)

    assert " ".join(" ".join(lines).split()) == words.strip()
    assert ADDRESS in lines
    assert max(len(line) for line in lines if line != ADDRESS) <= 40
    assert lines[0].startswith("  Seven")


def test_a_line_in_a_pipe_is_one_line() -> None:
    assert len(said("word " * 30, terminal=False)) == 1


def test_the_table_of_a_run_lists_the_jobs_that_the_filters_keep(
    tmp_path: Path, settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "filters.toml").write_text('[title]\nexclude = ["Nurse"]\n')
    file = io.StringIO()
    screen = Output(file=file, width=80, height=24, force_terminal=True, color_system=None, legacy_windows=False)
    monkeypatch.setattr(session, "err", screen)
    years = Experience(1, stated=True, evidence=None, confidence="high")

    with reporting(settings(filters=tmp_path / "filters.toml"), Tally(()), ["Acme"], None) as (report, _):
        for title in ("Baker", "Nurse"):
            url = f"https://acme.example/{title}"
            news = News("Acme", url, title, years, 0)
            report(TaskDone(Job("Acme", url, title, years, 0, include=True, news=news)))

    assert "Baker" in file.getvalue()
    assert "Nurse" not in file.getvalue()
