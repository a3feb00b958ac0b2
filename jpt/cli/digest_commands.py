"""`jpt digest` and `jpt feed`, with their options: parse, call, exit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jpt.cli.options import Db, Json, Quiet, Verbose
from jpt.errors import UsageError

digest = typer.Typer(invoke_without_command=True)
telling = typer.Typer()


@digest.callback()
def digest_now(
    context: typer.Context,
    preview: Annotated[bool, typer.Option("--preview", help="Show it in the browser; send nothing.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it as text; send nothing.")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Tell at most N jobs; the others follow next time.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List digests that wait, and the latest sent.")] = False,
    test: Annotated[bool, typer.Option("--test", help="Send one test mail, without any job.")] = False,
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Send what is due: each job once, to everybody whom it fits.

    Exit code 0: all was sent, or nothing is due; 3: something could not be sent and is tried again.

    Example: jpt digest --preview
    """
    if context.invoked_subcommand is not None:
        return
    from jpt.cli import digest as commands

    if sum((preview, dry_run, listed, test)) > 1:
        raise UsageError("--preview, --dry-run, --list and --test exclude each other: say one of them.")
    if listed:
        commands.show_list(db=db, as_json=as_json)
    elif test:
        raise typer.Exit(commands.send_test(db=db, quiet=quiet))
    elif preview or dry_run:
        commands.show(db=db, limit=limit, as_page=preview, as_json=as_json)
    else:
        raise typer.Exit(commands.send(db=db, limit=limit, as_json=as_json, verbose=verbose, quiet=quiet))


@digest.command("resolve")
def digest_resolve(
    digest_id: Annotated[str, typer.Argument(metavar="ID", help="The digest, as --list shows it.")],
    sent: Annotated[bool, typer.Option("--sent", help="It arrived, or is not wanted any more.")] = False,
    resend: Annotated[bool, typer.Option("--resend", help="Send the same bytes again.")] = False,
    db: Db = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Decide on a digest that waits for you: one that may have arrived, or that a server refuses.

    Example: jpt digest resolve 1a2b3c4d --resend
    """
    from jpt.cli.digest import resolve

    del verbose
    resolve(digest_id=digest_id, sent=sent, resend=resend, db=db, quiet=quiet)


@telling.command(rich_help_panel="Tell")
def feed(
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to write it (default: state/feed.xml; - for stdout).")
    ] = None,
    profile: Annotated[str, typer.Option("--profile", help="Whose jobs.")] = "default",
    db: Db = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Write an Atom feed of the jobs that fit, for any feed reader.

    Example: jpt feed --out public/jobs.xml
    """
    from jpt.cli.digest import write_atom

    del verbose
    write_atom(db=db, out=out, profile=profile, quiet=quiet)
