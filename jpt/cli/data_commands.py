"""`jpt db` and its verbs, with their options: parse, call, exit."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from jpt.cli.options import CommandGroup, Json, MaxYears, Since, Site, Wait, Yes, command

database = typer.Typer(help="The database: backup, restore, export, import, vacuum, clear.", no_args_is_help=True)
clear = typer.Typer(help="Remove data, after a backup and a confirmation.", no_args_is_help=True)


@command
def export(
    form: Annotated[
        Literal["csv", "json", "xlsx", "ics"],
        typer.Argument(
            metavar="FORMAT",
            help="csv, json, xlsx, or ics: the dates of marked jobs, for a calendar.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The file to write (default: stdout; for xlsx jobs.xlsx)."
        ),
    ] = None,
    max_years: MaxYears = None,
    site: Site = None,
    since: Since = None,
    every: Annotated[bool, typer.Option("--all", help="Include jobs that require more years.")] = False,
) -> None:
    """Export the jobs found for spreadsheets and programs.

    Example: jpt db export xlsx --since 7d -o jobs.xlsx
    """
    from jpt.cli.export import export_jobs

    export_jobs(form, output=output, max_years=max_years, site=site, since=since, every=every)


@command
def backup(
    restore: Annotated[
        Path | None,
        typer.Option(
            "--restore", metavar="FILE", help="Replace the database with this backup instead.", show_default=False
        ),
    ] = None,
    yes: Yes = False,
    wait: Wait = False,
    as_json: Json = False,
) -> None:
    """Copy the database, and check the copy; jpt may be running. The latest copies are kept (JPT_BACKUPS).

    Example: jpt db backup
    """
    from jpt.cli.database import back_up_now, restore_now

    if restore is not None:
        restore_now(restore, yes=yes, wait=wait, as_json=as_json)
    else:
        back_up_now(as_json=as_json)


@command
def restore_backup(
    file: Annotated[Path, typer.Argument(help="The backup.", show_default=False)],
    yes: Yes = False,
    wait: Wait = False,
    as_json: Json = False,
) -> None:
    """Replace the database with a backup, after checking it; the replaced file is kept.

    Example: jpt db restore state/backups/snapshots-20261130-080000.sqlite3
    """
    from jpt.cli.database import restore_now

    restore_now(file, yes=yes, wait=wait, as_json=as_json)


@command
def bring_in(
    path: Annotated[Path, typer.Argument(help="The database of another installation, or of the old system.")],
    as_json: Json = False,
) -> None:
    """Take over the database of the old system or of another installation.

    Example: jpt db import ../tracker/state/snapshots.sqlite3
    """
    from jpt.cli.database import import_now

    import_now(path, as_json=as_json)


@command
def vacuum(wait: Wait = False, as_json: Json = False) -> None:
    """Remove old snapshots (JPT_KEEP_DAYS) and return unused space to the disk.

    Example: jpt db vacuum
    """
    from jpt.cli.database import vacuum_now

    vacuum_now(wait=wait, as_json=as_json)


@command
def clear_diff_queue(yes: Yes = False, wait: Wait = False, as_json: Json = False) -> None:
    """Remove diffs whose links are already queued; those not queued yet stay.

    Example: jpt db clear diff-queue
    """
    from jpt.cli.database import clear_diffs

    clear_diffs(yes=yes, wait=wait, as_json=as_json)


@command
def clear_job_details(yes: Yes = False, wait: Wait = False, as_json: Json = False) -> None:
    """Remove all stored jobs; their links stay known, so that none of them is reported again.

    Example: jpt db clear job-details
    """
    from jpt.cli.database import clear_details

    clear_details(yes=yes, wait=wait, as_json=as_json)


clear.command("diff-queue")(clear_diff_queue)
clear.command("job-details")(clear_job_details)
database.command("backup")(backup)
database.command("restore")(restore_backup)
database.command("export")(export)
database.command("import")(bring_in)
database.command("vacuum")(vacuum)
database.add_typer(clear, name="clear", cls=CommandGroup)
