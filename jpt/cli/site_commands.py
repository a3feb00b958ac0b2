"""`jpt sites` and its verbs, with their options: parse, call, exit."""

from typing import Annotated

import typer

from jpt.cli.options import Csv, Json, Wait, Yes, command, common

sites = typer.Typer(help="The status of each careers page, and your decisions about it.")

SiteName = Annotated[str, typer.Argument(help="The company's name.", show_default=False)]


@sites.callback(invoke_without_command=True)
@command
def show(ctx: typer.Context, as_json: Json = False) -> None:
    """Show the status of each careers page: last good read, jobs, why it fails; with -v how it is read.

    Example: jpt sites
    """
    from jpt.cli.sites import show_sites

    if ctx.invoked_subcommand is None:
        show_sites(as_json=as_json, verbose=common.verbose)


@sites.command("rename")
@command
def rename(
    name: SiteName,
    new: Annotated[str, typer.Argument(help="Its new name.", show_default=False)],
    csv: Csv = None,
    wait: Wait = False,
) -> None:
    """Rename a site in the database and in the list; none of its jobs becomes new again.

    Example: jpt sites rename Acme "Acme Robotics"
    """
    from jpt.cli.sites import rename_site

    rename_site(name, new, csv=csv, wait=wait)


@sites.command("remove")
@command
def remove(name: SiteName, yes: Yes = False, csv: Csv = None, wait: Wait = False) -> None:
    """Remove a site from the list and forget it; its jobs stay.

    Example: jpt sites remove Acme
    """
    from jpt.cli.sites import remove_site

    remove_site(name, csv=csv, yes=yes, wait=wait)


@sites.command("pause")
@command
def pause(name: SiteName) -> None:
    """Stop reading a site until it is resumed.

    Example: jpt sites pause Acme
    """
    from jpt.cli.sites import pause_site

    pause_site(name)


@sites.command("resume")
@command
def resume(name: SiteName) -> None:
    """Read a paused site again; jobs that appeared meanwhile are listed once, in a section of their own.

    Example: jpt sites resume Acme
    """
    from jpt.cli.sites import resume_site

    resume_site(name)


@sites.command("accept")
@command
def accept(name: SiteName) -> None:
    """Accept what a suspect page shows: its next read counts.

    Example: jpt sites accept Acme
    """
    from jpt.cli.sites import accept_site

    accept_site(name)
