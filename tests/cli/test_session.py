"""Lines on a terminal: whole words, whole addresses, secrets hidden."""

from __future__ import annotations

import io

from rich.text import Text

from jpt.cli.session import Output

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
