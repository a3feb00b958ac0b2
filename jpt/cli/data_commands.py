"""The commands on the queue and the database, with their options: parse, call, exit."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from jpt.cli.options import Db, Json, Quiet, Site, Verbose, Wait, Yes

PANEL = "Database"

data = typer.Typer()
clear = typer.Typer(help="Remove data, after a backup and a question.", no_args_is_help=True)


class Format(StrEnum):
    """What `jpt export` writes."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


@data.command(rich_help_panel="Watch")
def work(
    max_jobs: Annotated[
        int | None,
        typer.Option("--max-jobs", min=1, help="Read at most N posts, shared out fairly over the sites."),
    ] = None,
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Read the posts that wait, and no career page. Several processes may share the queue.

    Example: jpt work --max-jobs 100
    """
    from jpt.cli.work import work_once

    raise typer.Exit(work_once(db=db, limit=max_jobs, as_json=as_json, verbose=verbose, quiet=quiet))


@data.command(rich_help_panel="Look")
def export(
    form: Annotated[Format, typer.Argument(metavar="{csv,json,xlsx}", help="What to write.", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file to write (default: the screen; for xlsx jobs.xlsx)."),
    ] = None,
    max_years: Annotated[
        int | None,
        typer.Option(
            "--max-years", min=0, max=60, help="Jobs asking for at most N years (default: JPT_MAX_YEARS)."
        ),
    ] = None,
    site: Site = None,
    since: Annotated[
        str | None, typer.Option("--since", help="Only jobs found since: 7d, 12h, or a date like 2026-11-24.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Also those that ask for more years.")] = False,
    db: Db = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Write the jobs found to a file that spreadsheets and programs read.

    Example: jpt export xlsx --since 7d -o jobs.xlsx
    """
    from jpt.cli.export import export_jobs

    del verbose
    export_jobs(
        form.value,
        output=output,
        db=db,
        max_years=max_years,
        site=site,
        since=since,
        every=every,
        quiet=quiet,
    )


@data.command(rich_help_panel=PANEL)
def backup(
    restore: Annotated[
        Path | None,
        typer.Option("--restore", help="Put this backup in the database's place instead.", show_default=False),
    ] = None,
    yes: Yes = False,
    wait: Wait = False,
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Copy the database beside it, checked, while jpt goes on; the latest ones are kept (JPT_BACKUPS).

    Example: jpt backup
    """
    from jpt.cli.database import back_up_now, restore_now

    del verbose
    if restore is not None:
        restore_now(restore, db=db, yes=yes, wait=wait, as_json=as_json, quiet=quiet)
    else:
        back_up_now(db=db, as_json=as_json, quiet=quiet)


@data.command(rich_help_panel=PANEL)
def retry(
    site: Site = None,
    url: Annotated[
        str | None, typer.Option("--url", help="Only this post, even if it was read.", show_default=False)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All posts that were given up.")] = False,
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Put posts that could not be read back into the queue, as if never tried.

    Example: jpt retry --site "Acme GmbH"
    """
    from jpt.cli.database import retry_now

    del verbose
    retry_now(site=site, url=url, every=every, db=db, as_json=as_json, quiet=quiet)


@data.command("import", rich_help_panel=PANEL)
def bring_in(
    path: Annotated[Path, typer.Argument(help="The database of another installation, or of the old system.")],
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Take a database of the old system, or of another place, and go on with it: by a copy, or where it is.

    Example: jpt import ../tracker/state/snapshots.sqlite3
    """
    from jpt.cli.database import import_now

    del verbose
    import_now(path, db=db, as_json=as_json, quiet=quiet)


@data.command(rich_help_panel=PANEL)
def vacuum(
    wait: Wait = False, db: Db = None, as_json: Json = False, verbose: Verbose = False, quiet: Quiet = False
) -> None:
    """Thin what is old (JPT_KEEP_DAYS) and give unused space back to the disk.

    Example: jpt vacuum
    """
    from jpt.cli.database import vacuum_now

    del verbose
    vacuum_now(wait=wait, db=db, as_json=as_json, quiet=quiet)


@clear.command("diff-queue")
def clear_diff_queue(
    yes: Yes = False,
    wait: Wait = False,
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Remove the diffs whose links are in the queue already; news that still waits stays.

    Example: jpt clear diff-queue
    """
    from jpt.cli.database import clear_diffs

    del verbose
    clear_diffs(yes=yes, wait=wait, db=db, as_json=as_json, quiet=quiet)


@clear.command("job-details")
def clear_job_details(
    yes: Yes = False,
    wait: Wait = False,
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Remove all stored jobs; their links stay known, so that none of them is news again.

    Example: jpt clear job-details
    """
    from jpt.cli.database import clear_details

    del verbose
    clear_details(yes=yes, wait=wait, db=db, as_json=as_json, quiet=quiet)


data.add_typer(clear, name="clear", rich_help_panel=PANEL)
