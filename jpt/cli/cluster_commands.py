"""`jpt worker` and `jpt cluster`, with their options: parse, call, exit."""

from pathlib import Path
from typing import Annotated

import typer

from jpt.cli.options import command, working

cluster = typer.Typer(help="Set up reading on several machines.", no_args_is_help=True)


@command
@working
def worker(
    address: Annotated[
        str, typer.Argument(help="Where `jpt run --cluster` or `jpt watch --cluster` listens.", show_default=False)
    ],
    pages: Annotated[
        int | None,
        typer.Option(
            "--pages", metavar="N", min=1, max=64, help="Pages open at once (default: PPT_MAX_PAGES or 4)."
        ),
    ] = None,
    certificate: Annotated[
        Path | None,
        typer.Option(
            "--certificate",
            metavar="FILE",
            help="The file worker.pem of the coordinator (default: state/cluster/worker.pem).",
            show_default=False,
        ),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="The worker's name (default: the machine's name).")
    ] = None,
) -> int:
    """Lend this machine's browser to a run on another machine (`jpt work` reads the queue of this one).

    It needs no database and no list, waits for a coordinator, and joins the next one when a run is over. Ctrl-C
    finishes the pages being read.

    Example: jpt worker tls://192.0.2.7:8779 --certificate worker.pem
    """
    from jpt.cli.cluster import work_for

    return work_for(address, pages=pages, certificate=certificate, name=name)


@cluster.command("certificates")
@command
def certificates() -> None:
    """Make the certificates that coordinator and workers need between machines, beside the database.

    Example: jpt cluster certificates
    """
    from jpt.cli.cluster import make_certificates

    make_certificates()
