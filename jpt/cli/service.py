"""`jpt service`: jpt runs by itself, from log-in or boot on."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import typer
from rich.text import Text

from jpt.cli import session
from jpt.cli.status import watching
from jpt.errors import CannotCreate, UsageError
from jpt.service import cron, systemd
from jpt.service.cron import Entry
from jpt.service.systemd import Unit
from jpt.settings import config_home

STOP_S = 40.0
"""Longest wait for a watch to end: a mail server's last answer is worth waiting for."""


def install(*, db: Path | None, csv: Path | None, every: str | None, yes: bool) -> None:
    """Show what would be written, ask, and write it; raises CannotCreate or UsageError."""
    service = _service(db, csv, every)
    where = service.path if isinstance(service, Unit) else "your crontab"
    session.err.print(Text(f"This goes into {where}:", "bold"))
    session.out.print(Text(service.text), soft_wrap=True)
    _agreed(yes, "Install and start it?")
    service.install()
    if isinstance(service, Unit):
        session.err.print(
            Text("It runs. To have it run while you are logged out: loginctl enable-linger", "green")
        )
    else:
        session.err.print(Text("Cron starts it within five minutes, and again should it ever end.", "green"))
    session.err.print(Text("`jpt status` says how it is; `jpt service remove` takes it away.", "dim"))


def status(*, db: Path | None) -> None:
    """Say whether it is installed and how it runs."""
    session.out.print(Text(_service(db, None, None).status()), soft_wrap=True)


def remove(*, db: Path | None, yes: bool) -> None:
    """Stop it and take it away; raises CannotCreate or UsageError."""
    service = _service(db, None, None)
    session.err.print(Text(service.status()), soft_wrap=True)
    if not service.is_installed():
        session.err.print(Text("There is nothing to remove.", "green"))
        return
    _agreed(yes, "Stop and remove it? The database and the list stay.")
    gone = service.remove()
    if isinstance(service, Entry):
        _stop_watch(db)
    session.err.print(Text("Removed." if gone else "There was nothing to remove.", "green"))


def _stop_watch(db: Path | None) -> None:
    """End the watch that cron started; cron itself keeps no hold of it. One on a terminal is somebody's own."""
    settings = session.settings(db=db)
    alive = watching(settings)
    if alive.fault:
        return
    process = psutil.Process(int(alive.told["pid"]))
    with suppress(psutil.Error):
        if process.terminal() is not None:
            session.err.print(
                Text(f"The watch on {process.terminal()} (process {process.pid}) goes on.", "yellow")
            )
            return
        process.terminate()
        end = time.monotonic() + STOP_S
        while not watching(settings).fault and time.monotonic() < end:
            time.sleep(0.1)


def _service(db: Path | None, csv: Path | None, every: str | None) -> Unit | Entry:
    settings = session.settings(db=db)
    folder = Path.cwd()
    command = [sys.executable, "-m", "jpt", "watch"]
    for option, value in (("--db", db and db.absolute()), ("--csv", csv and csv.absolute()), ("--every", every)):
        if value:
            command += [option, str(value)]
    if systemd.available():
        return Unit(folder, tuple(command), config_home() / "systemd/user")
    if cron.available():
        return Entry(folder, tuple(command), settings.db.parent.absolute() / "cron.log")
    raise CannotCreate(
        "Neither systemd nor cron runs here. Start `jpt watch` by whatever starts programs on this machine, "
        "or use the Dockerfile."
    )


def _agreed(yes: bool, question: str) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("Nothing was changed: this is no terminal to ask on. Say --yes if that is wanted.")
    if not typer.confirm(question, err=True):
        raise UsageError("Nothing was changed.")
