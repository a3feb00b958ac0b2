"""The command line: registers the commands.

Options are in `*_commands.py`. Heavy imports wait until a command runs, so that --help is fast.
"""

from __future__ import annotations

from typing import Annotated

import typer

from jpt import __version__
from jpt.cli import (
    cluster_commands,
    data_commands,
    digest_commands,
    inspect_commands,
    search_commands,
    setup_commands,
    try_commands,
    watch_commands,
)
from jpt.cli.options import Command, CommandGroup, Db, MayCluster, Quiet, Verbose, common
from jpt.cli.service_commands import service
from jpt.cli.site_commands import sites

EVERY_DAY, SET_UP, DATA, TRY = "Every day", "Set up", "Data", "Try"

app = typer.Typer(
    help="Watches careers pages and reports new jobs that fit your years of experience.",
    no_args_is_help=True,
    cls=CommandGroup,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"jpt {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    _version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    db: Db = None,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    common.reset()
    common.take(db=db, verbose=verbose, quiet=quiet)


CLUSTERED = {"run", "watch"}

for panel, name, function, words in (
    (EVERY_DAY, "start", setup_commands.start, "Set jpt up with five questions."),
    (EVERY_DAY, "add", watch_commands.add, "Show which jobs a page lists, and add it to your list."),
    (EVERY_DAY, "run", watch_commands.run, "Read every page once, and every new post; send the digest."),
    (EVERY_DAY, "watch", watch_commands.watch, "Keep running; read each page whenever it is due."),
    (EVERY_DAY, "jobs", search_commands.jobs, "List the open jobs that fit; search and sort them."),
    (EVERY_DAY, "job", search_commands.job, "Show one job: facts, quote, history, your notes."),
    (EVERY_DAY, "mark", search_commands.mark, "Record how far you are with a job; add a note or a date."),
    (EVERY_DAY, "hide", search_commands.hide, "Short for `jpt mark JOB hidden`."),
    (EVERY_DAY, "applied", search_commands.applied, "Short for `jpt mark JOB applied`."),
    (EVERY_DAY, "filters", search_commands.filters, "Show what your filters keep and drop."),
    (EVERY_DAY, "why", inspect_commands.why, "Show everything known about one link."),
    (EVERY_DAY, "web", search_commands.web, "Show everything as pages in your browser."),
    (EVERY_DAY, "status", inspect_commands.status, "Show whether a watch is running, and what is wrong."),
    (SET_UP, "demo", try_commands.demo, "See jpt work on sites that it serves itself."),
    (SET_UP, "init", setup_commands.init, "Create inputs/, state/ and an .env.example."),
    (SET_UP, "seed", watch_commands.seed, "Record what is open now as known; read no post."),
    (SET_UP, "doctor", setup_commands.doctor, "Check everything that jpt needs; -v lists every setting."),
    (SET_UP, "mcp", search_commands.mcp, "Serve the jobs as tools to an assistant."),
    (DATA, "feed", digest_commands.feed, "Write an Atom feed of the jobs that fit."),
    (DATA, "work", watch_commands.work, "Read the queued posts, but no careers page."),
    (DATA, "worker", cluster_commands.worker, "Lend this machine's browser to a run elsewhere."),
    (DATA, "retry", inspect_commands.retry, "Queue failed posts again."),
    (DATA, "reextract", inspect_commands.reextract, "Apply the current rules to the stored posts."),
):
    cls = MayCluster if name in CLUSTERED else Command
    app.command(name, rich_help_panel=panel, cls=cls, short_help=words)(function)
for panel, name, group, words in (
    (EVERY_DAY, "digest", digest_commands.digest, "Send the digest, or preview it."),
    (EVERY_DAY, "sites", sites, "Show the status of each page; rename or pause one."),
    (SET_UP, "service", service, "Run `jpt watch` as a service of your user."),
    (SET_UP, "browser", setup_commands.browser, "Find or download the Chromium that reads the pages."),
    (DATA, "db", data_commands.database, "Back up, restore, export, import, shrink or clear."),
    (DATA, "cluster", cluster_commands.cluster, "Set up reading on several machines."),
    (TRY, "try", try_commands.trying, "Try the rules on a page or a post; nothing is stored."),
):
    for one in group.registered_commands:
        one.cls = Command
    app.add_typer(group, name=name, rich_help_panel=panel, short_help=words, cls=CommandGroup)
# Names of the first version, which scripts may use.
for name, function in (
    ("backup", data_commands.backup),
    ("export", data_commands.export),
    ("import", data_commands.bring_in),
    ("vacuum", data_commands.vacuum),
    ("links", try_commands.links),
    ("extract", try_commands.extract),
    ("eval", try_commands.evaluate),
):
    app.command(name, hidden=True, cls=Command)(function)
for one in data_commands.clear.registered_commands:
    one.cls = Command
app.add_typer(data_commands.clear, name="clear", hidden=True, cls=CommandGroup)
