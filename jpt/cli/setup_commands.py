"""`jpt init`, `doctor` and `browser`, with their options: parse, call, exit."""

from typing import Annotated

import typer

from jpt.cli.options import Csv, Json, command, working

browser = typer.Typer(help="Find or download the Chromium that reads the pages.", no_args_is_help=True)


@command
@working
def start() -> int:
    """Set jpt up with five questions: pages, years, places, mail, how often. Shows what each page gives.

    Example: jpt start
    """
    from jpt.cli.start import start as begin

    return begin()


@command
def init(csv: Csv = None) -> None:
    """Create inputs/, state/ and an .env.example that explains every setting. Overwrites nothing.

    Example: jpt init
    """
    from jpt.cli.doctor import begin

    begin(csv=csv)


@command
def doctor(
    csv: Csv = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Repair what is safe to repair: browser, leftover files, file modes.")
    ] = False,
    as_json: Json = False,
) -> int:
    """Check everything that jpt needs, and say what to do next; with -v also list every setting.

    Exit code 0: jpt can work; 1: something must be repaired first.

    Example: jpt doctor --fix
    """
    from jpt.cli.doctor import examine

    return examine(csv=csv, fix=fix, as_json=as_json)


@browser.command("install")
@command
def browser_install() -> None:
    """Find a Chromium that renders pages, or download one.

    Example: jpt browser install
    """
    from jpt.cli.browser import install

    install()
