"""Options that many commands share, and the three that every command takes."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from jpt.errors import BrowserUnusable

Db = Annotated[
    Path | None,
    typer.Option("--db", metavar="FILE", help="The database file (default: JPT_DB, state/snapshots.sqlite3)."),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show details, the log, and tracebacks of bugs.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress; results and errors only.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on stdout, and nothing else there.")]
Csv = Annotated[
    Path | None,
    typer.Option(
        "--csv",
        metavar="FILE",
        help="The list of companies (default: inputs/my-companies.csv, else inputs/companies.csv).",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")]
Site = Annotated[str | None, typer.Option("--site", metavar="NAME", help="Only this company.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait for another run on the database to end.")]
MaxYears = Annotated[
    int | None,
    typer.Option(
        "--max-years",
        min=0,
        max=60,
        metavar="N",
        help="Jobs that require at most N years (default: JPT_MAX_YEARS).",
    ),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="WHEN", help="Only jobs found since: 7d, 12h, or a date like 2026-11-24."),
]
NEEDED_MB = 45
"""Memory that a command takes beyond what the command line has taken already, before any browser."""
CLUSTER_HERE = "tcp://127.0.0.1"
"""What --cluster means without an address."""
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="[ADDRESS]",
        help="Let `jpt worker` processes read the pages: on this machine, or at tls://HOST:PORT on any.",
        show_default=False,
    ),
]


def _without_types(params: list[Any]) -> list[Any]:
    """Hide `<bool>` and `<str>` in help, and show arguments in capitals as the docs do."""
    for one in params:
        if one.param_type_name == "argument" and one.metavar is None:
            one.metavar = one.name.upper()
        if getattr(one, "is_flag", False) or one.param_type_name == "argument":
            one.display_type_rich = lambda ctx: None  # noqa: ARG005 (as Typer calls it)
    return params


class Command(TyperCommand):
    """A command whose help shows what can be typed, and nothing else."""

    def __init__(self, *args: Any, help: str | None = None, **others: Any) -> None:  # noqa: A002  Typer's name
        # Docstrings end their lines where the code does; a terminal has a width of its own.
        words = re.sub(r"(?<!\n)\n(?!\n)", " ", inspect.cleandoc(help)) if help else help
        super().__init__(*args, help=words, **others)

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options, --help among them."""
        return _without_types(super().get_params(ctx))


class CommandGroup(TyperGroup):
    """A group of commands whose help shows what can be typed, and nothing else."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the options, --help among them."""
        return _without_types(super().get_params(ctx))


class MayCluster(Command):
    """A command whose --cluster may stand alone, without an address."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Insert the default address after a bare --cluster."""
        for place, word in enumerate(args):
            if word == "--cluster" and (place + 1 == len(args) or args[place + 1].startswith("-")):
                args[place] = f"{word}={CLUSTER_HERE}"
        return super().parse_args(ctx, args)


@dataclass(slots=True)
class Common:
    """The values of the options that every command takes."""

    db: Path | None = None
    verbose: bool = False
    quiet: bool = False

    def take(self, *, db: Path | None, verbose: bool, quiet: bool) -> None:
        """Add what was given; an option of a group of commands applies to the command as well."""
        self.db = db or self.db
        self.verbose |= verbose
        self.quiet |= quiet

    def reset(self) -> None:
        """Reset to the defaults, as in a new process."""
        self.db, self.verbose, self.quiet = None, False, False


common = Common()
"""Those of this process's command."""


def working(function: Callable[..., int | None]) -> Callable[..., int | None]:
    """Let the command *function* raise BrowserUnusable if the kernel would kill jpt for want of memory."""

    @wraps(function)
    def run(**others: Any) -> int | None:
        from jpt.browser.pool.memory import HERE

        if (left := HERE.free_mb()) < NEEDED_MB:
            raise BrowserUnusable(
                f"{left:,.0f} MB of memory are left here, too few to work in; with a browser jpt needs 200."
                " Raise the limit of the container or service, or end other programs."
            )
        return function(**others)

    return run


def command(function: Callable[..., int | None]) -> Callable[..., None]:
    """Let the command *function* take --db, --verbose and --quiet: they are in `common` when it runs.

    A number that it returns is the exit code.
    """

    @wraps(function)
    def run(*, db: Path | None, verbose: bool, quiet: bool, **others: Any) -> None:
        common.take(db=db, verbose=verbose, quiet=quiet)
        if (code := function(**others)) is not None:
            raise typer.Exit(code)

    signature = inspect.signature(function, eval_str=True)
    keyword = inspect.Parameter.KEYWORD_ONLY
    own = [one.replace(kind=keyword) for one in signature.parameters.values()]
    shared = [
        inspect.Parameter(name, keyword, default=default, annotation=kind)
        for name, default, kind in (("db", None, Db), ("verbose", False, Verbose), ("quiet", False, Quiet))
    ]
    run.__signature__ = signature.replace(parameters=[*own, *shared])  # type: ignore[attr-defined] # read by Typer
    # Typer asks twice for the types of each command: as words they would be compiled each time.
    run.__annotations__ = {one.name: one.annotation for one in (*own, *shared)}
    return run
