"""`jpt why`, `status`, `retry`, `reextract`: their options; parse, call, exit."""

from typing import Annotated

import typer

from jpt.cli.options import Json, Site, Wait, command
from jpt.cli.try_commands import Backend


@command
def why(
    link: Annotated[str, typer.Argument(help="The link in any spelling, or a job's id.", show_default=False)],
    as_json: Json = False,
) -> int:
    """Show everything known about a link: where it was seen, whether it is a job, its years, its digest.

    Example: jpt why https://example.com/careers/123
    """
    from jpt.cli.why import show_why

    return show_why(link, as_json=as_json)


@command
def status(as_json: Json = False) -> int:
    """Show whether a watch is running, when it last read, which pages fail and how many posts are queued.

    Exit code 0: all is well; 1: no watch is running, or something that it needs is missing.

    Example: jpt status --json
    """
    from jpt.cli.status import show_status

    return show_status(as_json=as_json)


@command
def retry(
    site: Site = None,
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="URL", help="Only this post, even if it was read.", show_default=False),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All posts that were given up.")] = False,
    as_json: Json = False,
) -> None:
    """Queue failed posts again, with three new attempts.

    Example: jpt retry --site "Acme GmbH"
    """
    from jpt.cli.database import retry_now

    retry_now(site=site, url=url, every=every, as_json=as_json)


@command
def reextract(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change; change nothing.")] = False,
    site: Site = None,
    backend: Backend = None,
    wait: Wait = False,
    as_json: Json = False,
) -> int:
    """Apply the current rules (or a model) to all stored posts again, from their stored texts.

    Opens no page and reports no job twice.

    Example: jpt reextract --dry-run
    """
    from jpt.cli.reextract import reextract_all

    return reextract_all(dry_run=dry_run, site=site, backend=backend, wait=wait, as_json=as_json)
