"""`jpt service`: `jpt watch` started by systemd or cron."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
from rich.text import Text

from jpt.cli import prompts, session
from jpt.cli.options import common
from jpt.cli.status import watching
from jpt.errors import CannotCreate
from jpt.service import cron, systemd
from jpt.service.cron import CronEntry
from jpt.service.systemd import Unit
from jpt.settings import config_home, home

STOP_S = 40.0
"""Longest wait for a watch to end: a mail server's last answer is worth waiting for."""


def install_service(*, csv: Path | None, every: str | None, yes: bool) -> None:
    """Show what would be written, ask, and write it; raises CannotCreate or UsageError."""
    service = _service(csv, every)
    where = service.path if isinstance(service, Unit) else "your crontab"
    session.note(f"This will be written to {where}:", "bold")
    session.show(service.text)
    prompts.require("Install and start it?", yes=yes)
    service.install()
    if isinstance(service, Unit):
        session.note(
            "Installed and started. To keep it running after you log out: loginctl enable-linger", "green"
        )
    else:
        session.note("Installed. Cron starts it within five minutes, and restarts it if it ends.", "green")
    session.note("`jpt status` shows its state; `jpt service remove` removes it.", "dim")


def show_service(*, csv: Path | None, every: str | None) -> None:
    """Print the unit and the crontab entry, whether this machine can use them or not."""
    unit, entry = _unit(csv, every), _entry(csv, every)
    # Not broken between words as other output: it is copied.
    for text in (f"# systemd: {unit.path}\n{unit.text}", f"# cron: crontab -e\n{entry.text}"):
        session.out.print(Text(text), soft_wrap=True)


def service_status() -> None:
    """Show whether it is installed, and whether it runs."""
    session.show(_service(None, None).status())


def remove_service(*, yes: bool) -> None:
    """Stop and remove it; raises CannotCreate or UsageError."""
    service = _service(None, None)
    session.note(service.status())
    if not service.is_installed():
        session.note("There is nothing to remove.", "green")
        return
    prompts.require("Stop and remove it? The database and the list stay.", yes=yes)
    gone = service.remove()
    if isinstance(service, CronEntry):
        _stop_watch()
    session.note("Removed." if gone else "There was nothing to remove.", "green")


def _stop_watch() -> None:
    """End the watch that cron started, which cron does not control. One on a terminal belongs to somebody."""
    settings = session.settings()
    alive = watching(settings)
    if alive.fault:
        return
    process = psutil.Process(int(alive.report["pid"]))
    with suppress(psutil.Error):
        if process.terminal() is not None:
            session.warn(f"The watch on {process.terminal()} (process {process.pid}) keeps running.")
            return
        process.terminate()
        end = time.monotonic() + STOP_S
        while not watching(settings).fault and time.monotonic() < end:
            time.sleep(0.1)


def _service(csv: Path | None, every: str | None) -> Unit | CronEntry:
    if systemd.available():
        return _unit(csv, every)
    if cron.available():
        return _entry(csv, every)
    raise CannotCreate(
        "Neither systemd nor cron is available here. `jpt service show` prints what each would need; start "
        "`jpt watch` by other means, or use the Dockerfile."
    )


def _unit(csv: Path | None, every: str | None) -> Unit:
    return Unit(home().absolute(), _command(csv, every), config_home() / "systemd/user")


def _entry(csv: Path | None, every: str | None) -> CronEntry:
    return CronEntry(home().absolute(), _command(csv, every), session.settings().db.parent.absolute() / "cron.log")


def _command(csv: Path | None, every: str | None) -> tuple[str, ...]:
    words = [sys.executable, "-m", "jpt", "watch"]
    db = common.db
    for option, value in (("--db", db and db.absolute()), ("--csv", csv and csv.absolute()), ("--every", every)):
        if value:
            words += [option, str(value)]
    return tuple(words)
