"""`jpt service` and its verbs, with their options: parse, call, exit."""

from typing import Annotated

import typer

from jpt.cli.options import Csv, Yes, command

service = typer.Typer(help="Run `jpt watch` as a service of your user.", no_args_is_help=True)

Every = Annotated[
    str | None, typer.Option("--every", metavar="LENGTH", help="How often each page is read: 15m, 2h.")
]


@service.command("install")
@command
def install(csv: Csv = None, every: Every = None, yes: Yes = False) -> None:
    """Run `jpt watch` for this folder as a service: a systemd unit, or a crontab entry without systemd.

    Shows first what it will write.

    Example: jpt service install --every 30m
    """
    from jpt.cli.service import install_service

    install_service(csv=csv, every=every, yes=yes)


@service.command("show")
@command
def show(csv: Csv = None, every: Every = None) -> None:
    """Print the systemd unit and the crontab entry, without installing either.

    Example: jpt service show > jpt.service.txt
    """
    from jpt.cli.service import show_service

    show_service(csv=csv, every=every)


@service.command("status")
@command
def status() -> None:
    """Show whether the service is installed and running.

    Example: jpt service status
    """
    from jpt.cli.service import service_status

    service_status()


@service.command("remove")
@command
def remove(yes: Yes = False) -> None:
    """Stop and remove the service; the database and the list stay.

    Example: jpt service remove
    """
    from jpt.cli.service import remove_service

    remove_service(yes=yes)
