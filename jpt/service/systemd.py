"""A systemd unit of the user for `jpt watch`."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from jpt.errors import CannotCreate, writing
from jpt.settings import needed

NAME = "jpt.service"
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,@+")

_UNIT = """[Unit]
Description=jpt watches careers pages for new jobs
Documentation=man:systemd.service(5)
After=network-online.target
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=main
ExecStart={command}
WorkingDirectory={folder}
# 130 and 143: ended by Ctrl-C or SIGTERM, with everything in order.
SuccessExitStatus=130 143
Restart=on-failure
RestartSec=30
# A bad setting or list does not repair itself: 65 input, 73 cannot create, 78 setting.
RestartPreventExitStatus=2 65 73 78
# jpt beats every 10 s.
WatchdogSec=120
TimeoutStartSec=120
# SIGTERM goes to jpt alone, which ends its browsers itself; what is left after that is killed.
KillMode=mixed
TimeoutStopSec=30
Nice=10
UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=default.target
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of one installation."""

    folder: Path
    """Where `inputs/` and `state/` are."""
    command: tuple[str, ...]
    home: Path
    """The folder of the user's units."""

    @property
    def name(self) -> str:
        """The unit's name: `jpt.service` for the first folder, with a hash in it for each further one."""
        mark = hashlib.sha256(str(self.folder).encode()).hexdigest()[:8]
        own, first = f"jpt-{mark}.service", self.home / NAME
        if (self.home / own).exists() or (first.exists() and not self._is_ours(first)):
            return own
        return NAME

    @property
    def path(self) -> Path:
        """Where the unit is written."""
        return self.home / self.name

    def _is_ours(self, unit: Path) -> bool:
        try:
            lines = unit.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return False
        return f"WorkingDirectory={_escaped(str(self.folder))}" in lines

    @property
    def text(self) -> str:
        """The unit as systemd reads it."""
        command = " ".join(quoted(word) for word in self.command)
        return _UNIT.format(command=command, folder=_escaped(str(self.folder)))

    def install(self) -> None:
        """Write the unit and start it; raises CannotCreate."""
        with writing(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(self.text, encoding="utf-8")
        for words in (("daemon-reload",), ("enable", self.name), ("restart", self.name)):
            _systemctl(*words)

    def remove(self) -> bool:
        """Stop it and remove the unit; False when there is none."""
        path = self.path
        if not path.exists():
            return False
        _systemctl("disable", "--now", path.name)
        path.unlink()
        _systemctl("daemon-reload")
        return True

    def is_installed(self) -> bool:
        """Return whether the unit is there."""
        return self.path.exists()

    def status(self) -> str:
        """Describe its state in one line."""
        if not self.is_installed():
            return f"Not installed ({self.path})."
        done = subprocess.run(  # noqa: S603 - fixed words
            [_program(), "--user", "is-active", self.name],
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
            env=needed(),
        )
        return f"{self.path}: {done.stdout.strip() or 'unknown'}. Its log: journalctl --user -u {self.name}"


def available() -> bool:
    """Return whether systemd runs here for the user."""
    program = shutil.which("systemctl")
    if program is None or not Path("/run/systemd/system").exists():
        return False
    done = subprocess.run(  # noqa: S603 - fixed words
        [program, "--user", "show-environment"], capture_output=True, check=False, timeout=20, env=needed()
    )
    return done.returncode == 0


def quoted(word: str) -> str:
    """Quote a word of a command for a unit."""
    escaped = _escaped(word).replace("$", "$$")
    if word and set(word) <= _PLAIN:
        return escaped
    inner = escaped.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'


def _escaped(text: str) -> str:
    # systemd expands specifiers that begin with a percent sign.
    return text.replace("%", "%%")


def _systemctl(*words: str) -> None:
    done = subprocess.run(  # noqa: S603 - fixed words
        [_program(), "--user", *words], capture_output=True, text=True, check=False, timeout=120, env=needed()
    )
    if done.returncode:
        reason = " ".join((done.stderr or done.stdout).split()) or f"exit code {done.returncode}"
        raise CannotCreate(f"systemctl --user {' '.join(words)} failed: {reason}. See journalctl --user.")


def _program() -> str:
    return shutil.which("systemctl") or "systemctl"
