"""The command line: its commands with their options, and what becomes of errors.

Groups of commands are in `*_commands.py`. Heavy imports wait until a command runs.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Annotated, NoReturn

import typer

from jpt import __version__
from jpt.cli.data_commands import data
from jpt.cli.digest_commands import digest, telling
from jpt.cli.encoding import make_do
from jpt.cli.options import Csv, Db, Json, Quiet, Verbose
from jpt.cli.service_commands import service
from jpt.cli.site_commands import sites
from jpt.errors import JptError, cause_of


class Extractor(StrEnum):
    """Who reads the years of a post."""

    RULES = "rules"
    OPENAI = "openai"
    AUTO = "auto"


app = typer.Typer(
    help="Watches career pages and tells you which new jobs fit your years of experience.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
browser = typer.Typer(help="The Chromium that reads the pages.", no_args_is_help=True)
app.add_typer(browser, name="browser", rich_help_panel="Set-up")
app.add_typer(digest, name="digest", rich_help_panel="Tell")
app.add_typer(telling)
app.add_typer(sites, name="sites", rich_help_panel="Look")
app.add_typer(service, name="service", rich_help_panel="Set-up")
app.add_typer(data)

Backend = Annotated[
    Extractor | None,
    typer.Option("--backend", help="Who reads the years (default: JPT_EXTRACTOR); auto asks a model in doubt."),
]
BaseUrl = Annotated[str | None, typer.Option("--base-url", help="The address that a local file stands for.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"jpt {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None: ...


@app.command(rich_help_panel="Watch")
def run(
    csv: Csv = None,
    baseline: Annotated[bool, typer.Option("--baseline", help="Record what is open now; read no post.")] = False,
    no_digest: Annotated[bool, typer.Option("--no-digest", help="Keep the news for a later digest.")] = False,
    limit: Annotated[
        int | None,
        typer.Option("--limit", min=1, help="Read at most N posts, shared out fairly over the sites."),
    ] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for another run on the database to end.")] = False,
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Read every career page once and every new job post behind it, and send the digest of what is due.

    Exit code 0: every site was read; 3: some sites, posts or the mail failed (the others are done).

    Example: jpt run --limit 50
    """
    from jpt.cli.run import run_once

    code = run_once(
        db=db,
        csv=csv,
        baseline=baseline,
        digest=not no_digest,
        limit=limit,
        wait=wait,
        as_json=as_json,
        verbose=verbose,
        quiet=quiet,
    )
    raise typer.Exit(code)


@app.command(rich_help_panel="Watch")
def seed(
    csv: Csv = None,
    clear: Annotated[
        bool,
        typer.Option(
            "--clear-current-snapshot-first",
            help="Take each good read as a new start, whatever was known before.",
        ),
    ] = False,
    stop_on_error: Annotated[
        bool, typer.Option("--stop-on-error", help="Stop at the first page that fails.")
    ] = False,
    max_workers: Annotated[
        int | None,
        typer.Option("--max-workers", min=1, max=64, help="Pages open at once (default: PPT_MAX_PAGES)."),
    ] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for another run on the database to end.")] = False,
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Record what every career page shows now, and queue nothing: only later jobs will be news.

    Example: jpt seed --csv inputs/companies.csv
    """
    from jpt.cli.run import seed_once

    code = seed_once(
        db=db,
        csv=csv,
        clear=clear,
        stop_on_error=stop_on_error,
        max_workers=max_workers,
        wait=wait,
        as_json=as_json,
        verbose=verbose,
        quiet=quiet,
    )
    raise typer.Exit(code)


@app.command(rich_help_panel="Watch")
def watch(
    csv: Csv = None,
    every: Annotated[
        str | None,
        typer.Option("--every", help="How often each page is read: 15m, 2h, 1d (default: JPT_EVERY, 15m)."),
    ] = None,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Say what happens as JSON, a line an event, on stderr.")
    ] = False,
    metrics: Annotated[
        int | None,
        typer.Option(
            "--metrics",
            min=0,
            max=65535,
            help="Serve /metrics and /healthz on this port of 127.0.0.1.",
            show_default=False,
        ),
    ] = None,
    db: Db = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Watch for ever: read each page when it is due, and every new job post behind it.

    On a terminal a live screen shows how all are; q finishes and quits, p pauses. Ctrl-C finishes what is in
    flight, a second one ends at once.

    Example: jpt watch --every 30m
    """
    from jpt.cli.watch import watch_forever

    code = watch_forever(
        db=db, csv=csv, every=every, log_json=log_json, metrics=metrics, verbose=verbose, quiet=quiet
    )
    raise typer.Exit(code)


@app.command(rich_help_panel="Look")
def jobs(
    max_years: Annotated[
        int | None,
        typer.Option(
            "--max-years", min=0, max=60, help="Jobs asking for at most N years (default: JPT_MAX_YEARS)."
        ),
    ] = None,
    site: Annotated[str | None, typer.Option("--site", help="Only this company.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="Only jobs found since: 7d, 12h, or a date like 2026-11-24.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Also those that ask for more years.")] = False,
    failed: Annotated[
        bool, typer.Option("--failed", help="The posts that could not be read instead, and why.")
    ] = False,
    urls: Annotated[bool, typer.Option("--urls", help="Show each job's address, too.")] = False,
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Browse the jobs found, each with the years it requires and the sentence that says so.

    Example: jpt jobs --max-years 2 --since 7d
    """
    from jpt.cli.jobs import show_jobs

    del verbose, quiet
    show_jobs(
        db=db,
        max_years=max_years,
        site=site,
        since=since,
        every=every,
        failed=failed,
        urls=urls,
        as_json=as_json,
    )


@app.command(rich_help_panel="Look")
def why(
    url: Annotated[str, typer.Argument(help="The link, however it is spelled.", show_default=False)],
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Tell all that is known of a link: where it was seen, job or not and why, its years, its digest.

    Example: jpt why https://example.com/careers/123
    """
    from jpt.cli.why import show_why

    del verbose, quiet
    raise typer.Exit(show_why(url=url, db=db, as_json=as_json))


@app.command(rich_help_panel="Watch")
def add(
    url: Annotated[str, typer.Argument(help="A careers page, or a company's home page.", show_default=False)],
    name: Annotated[
        str | None, typer.Option("--name", help="What to call it (default: as its site does).")
    ] = None,
    csv: Csv = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Add it without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what is found.")] = False,
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Show how a page is read and which jobs are found there, then add it to the list of companies.

    Example: jpt add https://example.com/careers --name Example
    """
    from jpt.cli.add import add_page

    del db
    code = add_page(
        url=url, name=name, csv=csv, yes=yes, dry_run=dry_run, as_json=as_json, verbose=verbose, quiet=quiet
    )
    raise typer.Exit(code)


@app.command(rich_help_panel="Look")
def hide(
    url: Annotated[str, typer.Argument(help="The job's address.", show_default=False)],
    undo: Annotated[bool, typer.Option("--undo", help="Show it again.")] = False,
    db: Db = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Leave a job out of digests and of the list; `jpt jobs --all` still shows it.

    Example: jpt hide https://example.com/careers/123
    """
    from jpt.cli.marks import mark_job

    del verbose
    mark_job(url=url, mark="hidden", undo=undo, db=db, quiet=quiet)


@app.command(rich_help_panel="Look")
def applied(
    url: Annotated[str, typer.Argument(help="The job's address.", show_default=False)],
    undo: Annotated[bool, typer.Option("--undo", help="Take that back.")] = False,
    db: Db = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Note that you applied for a job: digests and the list leave it out, `jpt jobs --all` shows it.

    Example: jpt applied https://example.com/careers/123
    """
    from jpt.cli.marks import mark_job

    del verbose
    mark_job(url=url, mark="applied", undo=undo, db=db, quiet=quiet)


@app.command(rich_help_panel="Try")
def links(
    source: Annotated[str | None, typer.Argument(help="A URL or a saved page.", show_default=False)] = None,
    base_url: BaseUrl = None,
    jsonl: Annotated[
        Path | None,
        typer.Option("--jsonl", help='Many saved pages: a line each, {"id", "file", "base_url"}.'),
    ] = None,
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Show which links of a page are jobs, and why. Stores nothing.

    Example: jpt links https://example.com/careers
    """
    from jpt.cli.try_rules import show_links

    del db
    raise typer.Exit(
        show_links(source=source, base_url=base_url, jsonl=jsonl, as_json=as_json, verbose=verbose, quiet=quiet)
    )


@app.command(rich_help_panel="Try")
def extract(
    source: Annotated[
        str | None,
        typer.Argument(help="A URL, a saved page, a text file, or - for text on stdin.", show_default=False),
    ] = None,
    base_url: BaseUrl = None,
    jsonl: Annotated[
        Path | None,
        typer.Option(
            "--jsonl", help='Many posts: a line each, {"id", "text", "title"} or {"id", "file", "base_url"}.'
        ),
    ] = None,
    backend: Backend = None,
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Read the required years out of a job post, with the sentence that says so. Stores nothing.

    Example: jpt extract https://example.com/careers/123 -v
    """
    from jpt.cli.try_rules import show_extract

    raise typer.Exit(
        show_extract(
            source=source,
            base_url=base_url,
            jsonl=jsonl,
            backend=backend.value if backend else None,
            db=db,
            as_json=as_json,
            verbose=verbose,
            quiet=quiet,
        )
    )


@app.command("eval", rich_help_panel="Try")
def evaluate(
    file: Annotated[
        Path,
        typer.Argument(help='Labelled posts: a line each, {"id", "text", "min_years", "stated", "accept"}.'),
    ],
    labels: Annotated[
        Path | None, typer.Option("--labels", help='The labels, where FILE has only {"id", "text"}.')
    ] = None,
    backend: Backend = None,
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Score how well the required years are read: compare the rules, a local model and a hosted one.

    Accepted are numbers that a label allows; harmful is what would be told and asks too much, or fits and is
    kept back (at JPT_MAX_YEARS). Mistakes are shown with their evidence.

    Example: jpt eval posts.jsonl --backend auto
    """
    from jpt.cli.evaluate import show_eval

    del quiet
    chosen = backend.value if backend else None
    raise typer.Exit(show_eval(file=file, labels=labels, backend=chosen, db=db, as_json=as_json, verbose=verbose))


@app.command(rich_help_panel="Look")
def reextract(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change; change nothing.")] = False,
    site: Annotated[str | None, typer.Option("--site", help="Only this company.")] = None,
    backend: Backend = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for another run on the database to end.")] = False,
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Read the years of all stored posts again, from their stored texts, after an update or with another model.

    No page is opened, and no job is told twice.

    Example: jpt reextract --dry-run
    """
    from jpt.cli.reextract import reextract_all

    del quiet
    chosen = backend.value if backend else None
    raise typer.Exit(
        reextract_all(
            dry_run=dry_run, site=site, backend=chosen, wait=wait, db=db, as_json=as_json, verbose=verbose
        )
    )


@app.command(rich_help_panel="Look")
def status(db: Db = None, as_json: Json = False, verbose: Verbose = False, quiet: Quiet = False) -> None:
    """Say whether a watch is alive, when it last read, which pages fail and what waits.

    Exit code 0: all is well; 1: no watch is alive, or something that it needs is missing.

    Example: jpt status --json
    """
    from jpt.cli.status import show_status

    del verbose
    raise typer.Exit(show_status(db=db, as_json=as_json, quiet=quiet))


@app.command(rich_help_panel="Try")
def demo(db: Db = None, verbose: Verbose = False, quiet: Quiet = False) -> None:
    """Take a tour: jpt watches a street of career sites on this machine, and a new job appears. Under a minute.

    It needs neither network nor key, and leaves nothing behind but the page that it shows.

    Example: jpt demo
    """
    from jpt.cli.demo import show_demo

    del db
    raise typer.Exit(show_demo(verbose=verbose, quiet=quiet))


@app.command(rich_help_panel="Set-up")
def doctor(
    csv: Csv = None,
    fix: Annotated[bool, typer.Option("--fix", help="Do what is safe: fetch a browser, tidy up, chmod.")] = False,
    db: Db = None,
    as_json: Json = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Look at all that jpt needs and say what to do next; with -v also list every setting.

    Exit code 0: jpt can work; 1: something must be mended first.

    Example: jpt doctor --fix
    """
    from jpt.cli.doctor import examine

    del quiet
    raise typer.Exit(examine(db=db, csv=csv, fix=fix, as_json=as_json, verbose=verbose))


@app.command(rich_help_panel="Set-up")
def init(csv: Csv = None, db: Db = None, verbose: Verbose = False, quiet: Quiet = False) -> None:
    """Make inputs/, state/ and an .env.example with every setting explained. Overwrites nothing, asks nothing.

    Example: jpt init
    """
    from jpt.cli.doctor import begin

    del verbose, quiet
    begin(db=db, csv=csv)


@browser.command("install")
def browser_install(db: Db = None, verbose: Verbose = False, quiet: Quiet = False) -> None:
    """Make sure that a Chromium is there and renders, fetching one where it is missing.

    Example: jpt browser install
    """
    from jpt.cli.browser import install

    del verbose
    install(db=db, quiet=quiet)


def main() -> None:
    """Run the command line; a user's mistake is one sentence, only a bug has a traceback."""
    sys.excepthook = _trace
    make_do(sys.stdout, sys.stderr)
    # Whoever started jpt may ignore the ends of its children; then nobody here would ever learn of one.
    if hasattr(signal, "SIGCHLD"):
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        app()
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            # Rich and Typer end with 1 when the reader of their output went away (`jpt --help | head -1`).
            sys.exit(0)
        raise
    except JptError as exc:
        _give_up(exc)
    except KeyboardInterrupt:
        _complain("Interrupted.")
        sys.exit(130)
    except Exception as exc:
        cause = cause_of(exc)
        if isinstance(cause, BrokenPipeError):
            # The reader of a pipe went away (`jpt jobs | head`): not an error, and nothing more to say.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            sys.exit(0)
        if isinstance(cause, JptError):
            _give_up(cause)
        if any(word in {"-v", "--verbose"} for word in sys.argv):
            raise
        _complain(
            f"This is a bug in jpt ({type(cause).__name__}: {cause}). Run again with -v and report what it shows."
        )
        sys.exit(1)


def _give_up(exc: JptError) -> NoReturn:
    for detail in exc.details:
        _complain(detail)
    _complain(exc.sentence)
    sys.exit(exc.exit_code)


def _complain(sentence: str) -> None:
    typer.secho(_hidden(sentence), fg="red", err=True)


def _trace(kind: type[BaseException], exc: BaseException, trace: TracebackType | None) -> None:
    typer.echo(_hidden("".join(traceback.format_exception(kind, exc, trace))), err=True)


def _hidden(text: str) -> str:
    """Take secrets out of the last words: where jpt is a service, they end in a log."""
    from jpt.settings import secret_values
    from jpt.text.secrets import Hiding

    return Hiding(secret_values())(text)
