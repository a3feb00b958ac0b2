"""Questions with yes or no."""

from __future__ import annotations

import sys

import typer

from jpt.cli import session
from jpt.errors import UsageError

_CHOICE = " [y/N]: "
"""What is added to a question."""


def wanted(question: str, *, yes: bool) -> bool:
    """Ask *question*, unless *yes* answers it already. Without a terminal the answer is no."""
    if yes or not sys.stdin.isatty():
        return yes
    # Where a terminal breaks a line it breaks words.
    return typer.confirm("\n".join(session.lines_of(question, room=len(_CHOICE))), err=True)


def require(question: str, *, yes: bool) -> None:
    """Ask *question*; raises UsageError when the answer is no, or when there is no terminal to ask on."""
    if not yes and not sys.stdin.isatty():
        raise UsageError(f"{question} There is no terminal to ask on: confirm with --yes.")
    if not wanted(question, yes=yes):
        raise UsageError("Nothing was changed.")
