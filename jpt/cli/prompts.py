"""Questions at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from jpt.cli import session
from jpt.errors import UsageError

_CHOICE = " [y/N]: "
"""What is added to a question."""


def confirmed(question: str, *, yes: bool) -> bool:
    """Ask *question*, unless *yes* answers it already. Without a terminal the answer is no."""
    if yes or not sys.stdin.isatty():
        return yes
    # Where a terminal breaks a line it breaks words.
    with _interruptible():
        return typer.confirm("\n".join(session.lines_of(question, room=len(_CHOICE))), err=True)


def typed(question: str, *, default: str | None = None) -> str:
    """Return the line typed as an answer, stripped. Without a *default*, an empty line asks again."""
    with _interruptible():
        shown = bool(default)
        answer: str = typer.prompt(question, default=default, show_default=shown, err=True)
    return answer.strip()


@contextmanager
def _interruptible() -> Iterator[None]:
    """End the command with 130 when Ctrl-C or the end of the input answers; Typer alone would end it with 1."""
    try:
        yield
    except typer.Abort:
        session.complain("Interrupted.")
        raise typer.Exit(130) from None


def require(question: str, *, yes: bool) -> None:
    """Ask *question*; raises UsageError when the answer is no, or when there is no terminal to ask on."""
    if not yes and not sys.stdin.isatty():
        raise UsageError(f"{question} There is no terminal to ask on: confirm with --yes.")
    if not confirmed(question, yes=yes):
        raise UsageError("Nothing was changed.")
