"""`jpt sites` and its verbs, with their options: parse, call, exit."""

from __future__ import annotations

from typing import Annotated

import typer

from jpt.cli.options import Csv, Db, Json, Quiet, Verbose, Wait

sites = typer.Typer(help="How each career page fares, and what you decide about it.")

SiteName = Annotated[str, typer.Argument(help="The company's name.", show_default=False)]


@sites.callback(invoke_without_command=True)
def _sites(
    ctx: typer.Context, db: Db = None, as_json: Json = False, verbose: Verbose = False, quiet: Quiet = False
) -> None:
    """Show how each career page fares: last good read, links, jobs, and why it fails.

    Example: jpt sites
    """
    from jpt.cli.jobs import show_sites

    del verbose, quiet
    if ctx.invoked_subcommand is None:
        show_sites(db=db, as_json=as_json)
    elif db is not None:
        ctx.default_map = {name: {"db": str(db)} for name in ("rename", "remove", "pause", "resume", "accept")}


@sites.command("rename")
def sites_rename(
    name: SiteName,
    new: Annotated[str, typer.Argument(help="Its new name.", show_default=False)],
    csv: Csv = None,
    wait: Wait = False,
    db: Db = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Give a site another name, in the database and in the list: nothing of it becomes news again.

    Example: jpt sites rename Acme "Acme Robotics"
    """
    from jpt.cli.sites import rename_site

    del verbose
    rename_site(name=name, new=new, db=db, csv=csv, wait=wait, quiet=quiet)


@sites.command("remove")
def sites_remove(
    name: SiteName,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    csv: Csv = None,
    wait: Wait = False,
    db: Db = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Forget a site and take it out of the list; its jobs stay.

    Example: jpt sites remove Acme
    """
    from jpt.cli.sites import remove_site

    del verbose
    remove_site(name=name, db=db, csv=csv, yes=yes, wait=wait, quiet=quiet)


@sites.command("pause")
def sites_pause(name: SiteName, db: Db = None, verbose: Verbose = False, quiet: Quiet = False) -> None:
    """Do not read a site until it is resumed.

    Example: jpt sites pause Acme
    """
    from jpt.cli.sites import pause_site

    del verbose
    pause_site(name=name, db=db, quiet=quiet)


@sites.command("resume")
def sites_resume(name: SiteName, db: Db = None, verbose: Verbose = False, quiet: Quiet = False) -> None:
    """Read a paused site again; what came in between is told once, in a section of its own.

    Example: jpt sites resume Acme
    """
    from jpt.cli.sites import resume_site

    del verbose
    resume_site(name=name, db=db, quiet=quiet)


@sites.command("accept")
def sites_accept(name: SiteName, db: Db = None, verbose: Verbose = False, quiet: Quiet = False) -> None:
    """Believe what a suspect page shows: its next read counts.

    Example: jpt sites accept Acme
    """
    from jpt.cli.sites import accept_site

    del verbose
    accept_site(name=name, db=db, quiet=quiet)
