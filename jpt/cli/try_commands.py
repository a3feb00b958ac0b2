"""`jpt try links|extract|eval` and `jpt demo`, with their options: parse, call, exit."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from jpt.cli.options import Json, command, working

Backend = Annotated[
    Literal["rules", "openai", "auto"] | None,
    typer.Option(
        "--backend", help="Who reads the years (default: JPT_EXTRACTOR); auto asks a model in doubtful cases."
    ),
]
BaseUrl = Annotated[
    str | None, typer.Option("--base-url", metavar="URL", help="The address that a saved page came from.")
]


@command
@working
def links(
    source: Annotated[str | None, typer.Argument(help="A URL or a saved page.", show_default=False)] = None,
    base_url: BaseUrl = None,
    jsonl: Annotated[
        Path | None,
        typer.Option(
            "--jsonl", metavar="FILE", help='Many saved pages, one line each: {"id", "file", "base_url"}.'
        ),
    ] = None,
    as_json: Json = False,
) -> int:
    """Show which links on a page are jobs, and why. Stores nothing.

    Example: jpt try links https://example.com/careers
    """
    from jpt.cli.try_rules import show_links

    return show_links(source=source, base_url=base_url, jsonl=jsonl, as_json=as_json)


@command
@working
def extract(
    source: Annotated[
        str | None,
        typer.Argument(help="A URL, a saved page, a text file, or - for text on stdin.", show_default=False),
    ] = None,
    base_url: BaseUrl = None,
    jsonl: Annotated[
        Path | None,
        typer.Option(
            "--jsonl",
            metavar="FILE",
            help='Many posts, one line each: {"id", "text", "title"} or {"id", "file", "base_url"}.',
        ),
    ] = None,
    backend: Backend = None,
    as_json: Json = False,
) -> int:
    """Show the years of experience that a job post requires, and the sentence that says so. Stores nothing.

    Example: jpt try extract https://example.com/careers/123 -v
    """
    from jpt.cli.try_rules import show_extract

    return show_extract(source=source, base_url=base_url, jsonl=jsonl, backend=backend, as_json=as_json)


@command
@working
def evaluate(
    file: Annotated[
        Path,
        typer.Argument(help='Labelled posts, one line each: {"id", "text", "min_years", "stated", "accept"}.'),
    ],
    labels: Annotated[
        Path | None,
        typer.Option("--labels", metavar="FILE", help='The labels, where FILE has only {"id", "text"}.'),
    ] = None,
    backend: Backend = None,
    as_json: Json = False,
) -> int:
    """Measure how well the required years are read on labelled posts: by the rules or by a model.

    "Accepted" are numbers that a label allows. "Harmful" is a job that is reported but requires too much, or
    one that fits but is held back (at JPT_MAX_YEARS). Mistakes are listed with their evidence.

    Example: jpt try eval posts.jsonl --backend auto
    """
    from jpt.cli.evaluate import show_eval

    return show_eval(file=file, labels=labels, backend=backend, as_json=as_json)


@command
@working
def demo() -> int:
    """Take a tour: jpt watches career sites that it serves itself, and a new job appears. Under a minute.

    Needs no network and no key, and leaves nothing behind but the page that it shows.

    Example: jpt demo
    """
    from jpt.cli.demo import show_demo

    return show_demo()


trying = typer.Typer(help="Try the rules on a page or a post; nothing is stored.", no_args_is_help=True)
trying.command("links")(links)
trying.command("extract")(extract)
trying.command("eval")(evaluate)
