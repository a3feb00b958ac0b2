"""README, ARCHITECTURE and docs/: their links resolve, their commands exist, their rooms are those of the code."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from jpt.cli.app import app
from tests.figures import arrows, modules
from tests.table import each_row

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docker").glob("*.md")])
MOST_LINES = 150


def commands(text: str) -> Iterator[list[str]]:
    """Give the words of each `jpt …` in code, a list for each of the commands that a `|` names."""
    quoted = re.findall(r"(?<!`)`(jpt [^`]+)`", text)
    typed = re.findall(
        r"(?:^|&& |> )(?:\S*/)?(jpt [^&>#\n]*)",
        "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL)),
        re.MULTILINE,
    )
    for words in map(shlex.split, (*quoted, *typed)):
        choices = words[2].split("|") if len(words) > 2 else [""]
        yield from ([*words[1:2], choice, *words[3:]] if choice else words[1:] for choice in choices)


def unknown(words: list[str]) -> str:
    """Give what of a command line the program does not know; empty when it knows all."""
    command: Any = typer.main.get_command(app)
    rest = list(words)
    while rest and hasattr(command, "commands") and not rest[0].startswith("-"):
        if rest[0] not in command.commands:
            return "" if rest[0] in {"COMMAND", "…"} else rest[0]
        command = command.commands[rest.pop(0)]
    known = {name for parameter in command.params for name in parameter.opts} | {"--help", "-h"}
    return next(
        (word for word in rest if word.startswith("-") and word.split("=")[0] not in known and word != "-"), ""
    )


@each_row("page", PAGES, ids=lambda page: page.name)
def test_every_command_in_the_docs_exists(page: Path) -> None:
    found = list(commands(page.read_text(encoding="utf-8"))) if page.name != "CHANGELOG.md" else []

    assert [(words, wrong) for words in found if (wrong := unknown(words))] == []


@each_row("page", PAGES, ids=lambda page: page.name)
def test_every_link_in_the_docs_resolves(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))

    assert [link for link in targets if "://" not in link and not (page.parent / link).exists()] == []


def test_the_docs_speak_of_commands() -> None:
    assert sum(1 for page in PAGES for _ in commands(page.read_text(encoding="utf-8"))) > 100
    assert unknown(["sites", "renaem"]) == "renaem"
    assert unknown(["jobs", "--max-yeras", "2"]) == "--max-yeras"


def test_every_visible_command_is_in_the_list_of_commands() -> None:
    text = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    top: Any = typer.main.get_command(app)

    missing = [name for name, command in top.commands.items() if not command.hidden and f"`jpt {name}" not in text]

    assert missing == []


def test_the_readme_is_short_and_its_first_commands_are_the_first_to_type() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    typed = [line.split()[1] for line in lines if re.match(r"jpt .*  #", line)]

    assert len(lines) <= MOST_LINES
    assert typed[:3] == ["demo", "add", "run"]


def test_every_room_is_in_the_picture_and_every_path_in_the_table_exists() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
    rooms = {room.strip() for layer in layers for room in layer.split("|")}
    paths = re.findall(r"`([a-z_]+/[\w/]*(?:\.py)?)`", text)

    assert sorted(room for room in rooms if not re.search(rf"\b{room}\b", text)) == []
    assert [path for path in paths if not any((ROOT / base / path).exists() for base in ("", "jpt"))] == []


@pytest.mark.xdist_group("code")
def test_the_picture_shows_which_room_imports_which() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    drawn = {
        (above.strip(), below.strip())
        for above, all_below in re.findall(r"^ +(\w+) --> (.+)$", text, re.MULTILINE)
        for below in all_below.split("&")
    }

    assert drawn == {(above, below) for above, all_below in arrows(modules()).items() for below in all_below}
