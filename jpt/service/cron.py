"""A crontab entry, where there is no systemd: it starts a watch, and starts it again if it ends."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from jpt.errors import CannotCreate
from jpt.settings import needed

MARK = "# jpt watch, written by `jpt service install`:"


@dataclass(frozen=True, slots=True)
class CronEntry:
    """The entry of one installation."""

    folder: Path
    """Where `inputs/` and `state/` are."""
    command: tuple[str, ...]
    log: Path

    @property
    def mark(self) -> str:
        """The line above it, by which it is found again."""
        return f"{MARK} {self.folder}"

    @property
    def text(self) -> str:
        """The lines as cron reads them."""
        # A second watch on a database ends at once, so that starting one every five minutes keeps one alive.
        words = shlex.join(self.command)
        go = f"cd {shlex.quote(str(self.folder))} && {words} --quiet > {shlex.quote(str(self.log))} 2>&1"
        # In a crontab a percent sign ends the line.
        return f"{self.mark}\n*/5 * * * * {go}".replace("%", "\\%") + "\n"

    def install(self) -> None:
        """Write it into the crontab, in the place of an older one; raises CannotCreate."""
        try:
            # Without the folder of the log, cron's shell would fail before jpt starts.
            self.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as exc:
            raise CannotCreate(
                f"{self.log.parent} cannot be created: {exc.strerror}. Make its folder writable."
            ) from exc
        _write(_without(_read(), self.mark) + self.text)

    def remove(self) -> bool:
        """Remove it; False if there is none."""
        before = _read()
        if self.mark.replace("%", "\\%") not in before:
            return False
        _write(_without(before, self.mark))
        return True

    def is_installed(self) -> bool:
        """Return whether it is in the crontab."""
        return available() and self.mark.replace("%", "\\%") in _read()

    def status(self) -> str:
        """Describe its state in one line."""
        return (
            f"The crontab has an entry for {self.folder}."
            if self.is_installed()
            else "The crontab has no entry for this folder."
        )


def available() -> bool:
    """Return whether there is a crontab here."""
    return shutil.which("crontab") is not None


def _read() -> str:
    done = subprocess.run(  # noqa: S603 - fixed words
        [_program(), "-l"], capture_output=True, text=True, check=False, timeout=20, env=needed()
    )
    # Without a crontab it fails, saying so.
    return done.stdout if done.returncode == 0 else ""


def _write(text: str) -> None:
    done = subprocess.run(  # noqa: S603 - fixed words
        [_program(), "-"], input=text, capture_output=True, text=True, check=False, timeout=20, env=needed()
    )
    if done.returncode:
        raise CannotCreate(f"The crontab cannot be written: {' '.join(done.stderr.split())}.")


def _without(text: str, mark: str) -> str:
    """Return the crontab without the entry: its mark and the line below."""
    lines = text.splitlines(keepends=True)
    wanted = mark.replace("%", "\\%")
    places = [place for place, line in enumerate(lines) if line.rstrip("\n") == wanted]
    gone = {place + step for place in places for step in (0, 1)}
    kept = "".join(line for place, line in enumerate(lines) if place not in gone)
    return kept if not kept or kept.endswith("\n") else kept + "\n"


def _program() -> str:
    return shutil.which("crontab") or "crontab"
