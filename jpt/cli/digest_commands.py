"""`jpt digest` and `jpt feed`, with their options: parse, call, exit."""

from pathlib import Path
from typing import Annotated

import typer

from jpt.cli.options import Json, command
from jpt.errors import UsageError

digest = typer.Typer(invoke_without_command=True)


@digest.callback()
@command
def digest_now(
    context: typer.Context,
    preview: Annotated[bool, typer.Option("--preview", help="Open it in the browser; send nothing.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print it as text; send nothing.")] = False,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="Include at most N jobs; the rest follow next time."),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List unsent digests and the latest sent ones.")] = False,
    test: Annotated[bool, typer.Option("--test", help="Send a test mail without any job.")] = False,
    as_json: Json = False,
) -> int | None:
    """Send the digest: each job once, to everyone whose filters it passes.

    Exit code 0: everything was sent, or nothing is due; 3: something could not be sent and will be retried.

    Example: jpt digest --preview
    """
    if context.invoked_subcommand is not None:
        return None
    from jpt.cli import digest as commands

    if sum((preview, dry_run, listed, test)) > 1:
        raise UsageError("Use only one of --preview, --dry-run, --list and --test.")
    if listed:
        commands.show_list(as_json=as_json)
    elif preview or dry_run:
        commands.show(limit=limit, as_page=preview, as_json=as_json)
    else:
        return commands.send_test() if test else commands.send(limit=limit, as_json=as_json)
    return None


@digest.command("resolve")
@command
def resolve(
    digest_id: Annotated[str, typer.Argument(metavar="ID", help="The digest, as --list shows it.")],
    sent: Annotated[bool, typer.Option("--sent", help="It arrived, or is no longer wanted.")] = False,
    resend: Annotated[bool, typer.Option("--resend", help="Send the same message again.")] = False,
) -> None:
    """Decide about a digest that needs you: one that may have arrived, or that a server refuses.

    Example: jpt digest resolve 1a2b3c4d --resend
    """
    from jpt.cli.digest import resolve_digest

    resolve_digest(digest_id, sent=sent, resend=resend)


@command
def feed(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="The file to write (default: state/feed.xml; - for stdout)."),
    ] = None,
    profile: Annotated[str, typer.Option("--profile", metavar="NAME", help="Whose jobs.")] = "default",
) -> None:
    """Write an Atom feed of the jobs that fit, for any feed reader.

    Example: jpt feed --out public/jobs.xml
    """
    from jpt.cli.digest import write_atom

    write_atom(out=out, profile=profile)
