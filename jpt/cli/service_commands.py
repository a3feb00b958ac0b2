"""`jpt service` and its verbs, with their options: parse, call, exit."""

from __future__ import annotations

from typing import Annotated

import typer

from jpt.cli.options import Csv, Db, Quiet, Verbose, Yes

service = typer.Typer(help="Let jpt watch by itself, as a service of yours.", no_args_is_help=True)


@service.command("install")
def service_install(
    csv: Csv = None,
    every: Annotated[str | None, typer.Option("--every", help="How often each page is read: 15m, 2h.")] = None,
    yes: Yes = False,
    db: Db = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Let `jpt watch` run by itself in this folder: a systemd unit, or cron where there is none.

    What is written is shown first.

    Example: jpt service install --every 30m
    """
    from jpt.cli.service import install

    del verbose, quiet
    install(db=db, csv=csv, every=every, yes=yes)


@service.command("status")
def service_status(db: Db = None, verbose: Verbose = False, quiet: Quiet = False) -> None:
    """Say whether the service is installed, and runs.

    Example: jpt service status
    """
    from jpt.cli.service import status

    del verbose, quiet
    status(db=db)


@service.command("remove")
def service_remove(yes: Yes = False, db: Db = None, verbose: Verbose = False, quiet: Quiet = False) -> None:
    """Stop the service and take it away; what jpt has found stays.

    Example: jpt service remove
    """
    from jpt.cli.service import remove

    del verbose, quiet
    remove(db=db, yes=yes)
