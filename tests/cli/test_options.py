"""What Typer is told of the commands."""

from __future__ import annotations

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
