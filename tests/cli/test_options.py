"""What Typer is told of the commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from jpt.cli.app import app


def _functions(of: typer.Typer) -> list[Any]:
    own = [one.callback for one in of.registered_commands]
    below = [
        one for group in of.registered_groups if group.typer_instance for one in _functions(group.typer_instance)
    ]
    return own + below


def test_no_command_leaves_its_types_to_be_compiled_when_help_is_shown() -> None:
    functions = _functions(app)
    as_words = [
        one.__name__ for one in functions for kind in one.__annotations__.values() if isinstance(kind, str)
    ]

    assert len(functions) > 40
    assert as_words == []


def _commands(of: Any, *words: str) -> Iterator[tuple[str, Any]]:
    yield " ".join(words), of
    for name, below in getattr(of, "commands", {}).items():
        yield from _commands(below, *words, name)


def test_help_names_each_value_by_a_word_and_not_by_its_type() -> None:
    typed = []
    for name, command in _commands(typer.main.get_command(app)):
        context = typer.Context(command, info_name=name)
        for one in command.get_params(context):
            shown = one.display_type_rich(ctx=context) or ""
            if shown.startswith("<") and "|" not in shown:
                typed.append(f"jpt {name}: {one.name} {shown}")

    assert typed == []


def test_help_breaks_its_lines_where_the_terminal_ends() -> None:
    broken = [
        name
        for name, command in _commands(typer.main.get_command(app))
        if any("\n" in paragraph for paragraph in (command.help or "").split("\n\n"))
    ]

    assert broken == []
