"""The command line: registers the commands, and turns errors into sentences and exit codes.

Options are in `*_commands.py`. Heavy imports wait until a command runs, so that --help is fast.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import traceback
from types import TracebackType
from typing import Annotated, NoReturn

import typer

from jpt import __version__
from jpt.cli import (
    cluster_commands,
    data_commands,
    digest_commands,
    look_commands,
    seek_commands,
    setup_commands,
    try_commands,
    watch_commands,
)
from jpt.cli.encoding import believe_size, make_do
from jpt.cli.exit_codes import LOST_OUTPUT
from jpt.cli.interrupts import Interrupts, interruptible
from jpt.cli.options import Command, Db, Group, MayCluster, Quiet, Verbose, common
from jpt.cli.output import endure
from jpt.cli.service_commands import service
from jpt.cli.site_commands import sites
from jpt.errors import CannotCreate, JptError, StoreError, cause_of
from jpt.text.clean import clean_line

EVERY_DAY, SET_UP, DATA, TRY = "Every day", "Set up", "Data", "Try"

app = typer.Typer(
    help="Watches career pages and reports new jobs that fit your years of experience.",
    no_args_is_help=True,
    cls=Group,
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
    (EVERY_DAY, "start", setup_commands.start, "Set jpt up by five questions."),
    (EVERY_DAY, "add", watch_commands.add, "Show which jobs a page lists, and add it to your list."),
    (EVERY_DAY, "run", watch_commands.run, "Read every page once, and every new post; send the digest."),
    (EVERY_DAY, "watch", watch_commands.watch, "Keep running; read each page whenever it is due."),
    (EVERY_DAY, "jobs", seek_commands.jobs, "List the open jobs that fit; search, sort, narrow."),
    (EVERY_DAY, "job", seek_commands.job, "Show one job: facts, its quote, history, your notes."),
    (EVERY_DAY, "mark", seek_commands.mark, "Record how far you are with a job, a note, a day."),
    (EVERY_DAY, "hide", seek_commands.hide, "Short for `jpt mark JOB hidden`."),
    (EVERY_DAY, "applied", seek_commands.applied, "Short for `jpt mark JOB applied`."),
    (EVERY_DAY, "filters", seek_commands.filters, "Show what your filters keep and drop."),
    (EVERY_DAY, "why", look_commands.why, "Show everything known about one link."),
    (EVERY_DAY, "web", seek_commands.web, "Show everything as pages in your browser."),
    (EVERY_DAY, "status", look_commands.status, "Show whether a watch is running, and what is wrong."),
    (SET_UP, "demo", try_commands.demo, "See jpt work on sites that it serves itself."),
    (SET_UP, "init", setup_commands.init, "Create inputs/, state/ and an .env.example."),
    (SET_UP, "seed", watch_commands.seed, "Take what is open now as known; read no post."),
    (SET_UP, "doctor", setup_commands.doctor, "Check everything that jpt needs; -v lists every setting."),
    (SET_UP, "mcp", seek_commands.mcp, "Serve the jobs as tools to an assistant."),
    (DATA, "feed", digest_commands.feed, "Write an Atom feed of the jobs that fit."),
    (DATA, "work", watch_commands.work, "Read the queued posts, but no career page."),
    (DATA, "worker", cluster_commands.worker, "Lend this machine's browser to a run elsewhere."),
    (DATA, "retry", look_commands.retry, "Queue posts again that could not be read."),
    (DATA, "reextract", look_commands.reextract, "Read the stored texts again by the current rules."),
):
    cls = MayCluster if name in CLUSTERED else Command
    app.command(name, rich_help_panel=panel, cls=cls, short_help=words)(function)
for panel, name, group, words in (
    (EVERY_DAY, "digest", digest_commands.digest, "Send the digest, or preview it."),
    (EVERY_DAY, "sites", sites, "Show the state of each page; rename, pause, accept one."),
    (SET_UP, "service", service, "Run `jpt watch` as a service of your user."),
    (SET_UP, "browser", setup_commands.browser, "The Chromium that reads the pages."),
    (DATA, "db", data_commands.database, "Backup, restore, export, import, vacuum, clear."),
    (DATA, "cluster", cluster_commands.cluster, "Set up reading on several machines."),
    (TRY, "try", try_commands.trying, "Try the rules on a page or a post; nothing is stored."),
):
    for one in group.registered_commands:
        one.cls = Command
    app.add_typer(group, name=name, rich_help_panel=panel, short_help=words, cls=Group)
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
    app.command(name, hidden=True)(function)
app.add_typer(data_commands.clear, name="clear", hidden=True)


def main() -> None:
    """Run the command line; a user's mistake is one sentence, only a bug has a traceback.

    What it prints may be lost (a full disk) without ending its work; that is reported, and no success.
    """
    outputs = endure()
    try:
        _main()
    except KeyboardInterrupt:
        # Before or behind the command itself.
        _interrupted()
    except SystemExit as end:
        if lost := outputs.lost():
            _complain(lost)
            sys.exit(end.code or LOST_OUTPUT)
        raise


def _main() -> None:
    sys.excepthook = _trace
    sys.unraisablehook = _unheard
    make_do(sys.stdin, sys.stdout, sys.stderr)
    believe_size(os.environ)
    # Whoever started jpt may ignore the ends of its children; then nobody here would ever learn of one.
    if hasattr(signal, "SIGCHLD"):
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with interruptible() as interrupts:
        _run(interrupts)


def _run(interrupts: Interrupts) -> None:
    try:
        app()
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            # Rich and Typer end with 1 when the reader of their output went away (`jpt --help | head -1`).
            sys.exit(0)
        raise
    except JptError as exc:
        if interrupts.came():
            # It came while a library was at work that makes an error of its own out of it.
            _interrupted()
        _give_up(exc)
    except KeyboardInterrupt:
        _interrupted()
    except Exception as exc:
        cause = cause_of(exc)
        if isinstance(cause, BrokenPipeError):
            # The reader of a pipe went away (`jpt jobs | head`): not an error, and nothing more to print.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            sys.exit(0)
        if isinstance(cause, JptError):
            _give_up(cause)
        if isinstance(cause, OSError) and (said := _refused(cause)):
            _give_up(said)
        if isinstance(cause, RuntimeError) and not _may_start_threads():
            _give_up(
                CannotCreate("No further process or thread may start here. Raise the limit (ulimit -u, pids.max).")
            )
        if common.verbose:
            raise
        _complain(
            f"This is a bug in jpt ({type(cause).__name__}: {cause}). Run it again with -v and report the output."
        )
        sys.exit(1)


_REFUSALS = frozenset(
    {errno.EACCES, errno.EPERM, errno.ELOOP, errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EROFS,
     errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EINVAL, errno.EILSEQ, errno.ENOTEMPTY, errno.EBUSY}
)  # fmt: skip
_LOSSES = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG})


def _refused(exc: OSError) -> JptError | None:
    """Say what the system refused, wherever that was: a path that somebody named may be anything."""
    kind = StoreError if exc.errno in _LOSSES else CannotCreate if exc.errno in _REFUSALS else None
    if kind is None:
        return None
    named = clean_line(str(exc.filename), 200) if exc.filename is not None else "The system"
    return kind(f"{named}: {exc.strerror}. Name another file or folder, or change what the system allows.")


def _may_start_threads() -> bool:
    thread = threading.Thread(target=str)
    try:
        thread.start()
    except RuntimeError:
        return False
    thread.join()
    return True


def _interrupted() -> NoReturn:
    _complain("Interrupted.")
    sys.exit(130)


def _give_up(exc: JptError) -> NoReturn:
    for detail in exc.details:
        _complain(detail)
    _complain(exc.sentence)
    sys.exit(exc.exit_code)


def _complain(sentence: str) -> None:
    from rich.text import Text

    from jpt.cli import session

    session.err.say(Text(_hidden(sentence), "red"))


def _trace(kind: type[BaseException], exc: BaseException, trace: TracebackType | None) -> None:
    typer.echo(_hidden("".join(traceback.format_exception(kind, exc, trace))), err=True)


def _unheard(failure: sys.UnraisableHookArgs) -> None:
    """Keep to -v what went wrong while something was thrown away: the error that led there is told."""
    if common.verbose and failure.exc_value is not None:
        _trace(failure.exc_type, failure.exc_value, failure.exc_traceback or failure.exc_value.__traceback__)


def _hidden(text: str) -> str:
    """Remove secrets from the last words: where jpt is a service, they end in a log."""
    from jpt.settings import secret_values
    from jpt.text.secrets import Hiding

    return Hiding(secret_values())(text)
