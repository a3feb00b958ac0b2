"""How a command ends: errors become sentences and exit codes; only a bug has a traceback."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import traceback
from types import TracebackType
from typing import NoReturn

import typer

from jpt.cli.app import app
from jpt.cli.encoding import drop_invalid_sizes, replace_unwritable
from jpt.cli.exit_codes import LOST_OUTPUT
from jpt.cli.interrupts import Interrupts, interruptible
from jpt.cli.options import common
from jpt.cli.output import loss_of, tolerate_losses
from jpt.errors import CannotCreate, JptError, StoreError, cause_of
from jpt.text.clean import clean_line


def main() -> None:
    """Run the command line; a user's mistake is one sentence, only a bug has a traceback.

    Lost output (a full disk) does not end the work; it is reported, and the exit code is not 0.
    """
    out = tolerate_losses()
    try:
        _main()
    except KeyboardInterrupt:
        # Before or after the command itself.
        _interrupted()
    except SystemExit as end:
        if lost := loss_of(out):
            _complain(lost)
            sys.exit(end.code or LOST_OUTPUT)
        raise


def _main() -> None:
    sys.excepthook = _print_traceback
    sys.unraisablehook = _unraisable
    replace_unwritable(sys.stdin, sys.stdout, sys.stderr)
    drop_invalid_sizes(os.environ)
    # The parent process may ignore SIGCHLD, which is inherited: then no end of a child would be noticed.
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
            # It came while a library was running that turns it into an error of its own.
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
    """Return what the system refused as an error with a sentence: a path that a user named may be anything."""
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


def _print_traceback(kind: type[BaseException], exc: BaseException, trace: TracebackType | None) -> None:
    typer.echo(_hidden("".join(traceback.format_exception(kind, exc, trace))), err=True)


def _unraisable(failure: sys.UnraisableHookArgs) -> None:
    """With -v print an error that could not be raised, in a finalizer: the one before it is reported anyway."""
    if common.verbose and failure.exc_value is not None:
        _print_traceback(
            failure.exc_type, failure.exc_value, failure.exc_traceback or failure.exc_value.__traceback__
        )


def _hidden(text: str) -> str:
    """Remove secrets from the last message: that of a service ends up in a log."""
    from jpt.settings import secret_values
    from jpt.text.secrets import Hiding

    return Hiding(secret_values())(text)
