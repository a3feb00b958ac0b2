"""The environment of child processes: what programs need to run, and no secrets."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_SECRET_NAME = re.compile(
    r"PASS|SECRET|TOKEN(?!S$)|API_?KEY|_KEY$|^JPT_NOTIFY$|^JPT_BROWSER_(?:WS|CDP)$", re.IGNORECASE
)
_PASSWORD = re.compile(r"://[^\s/@:]*:([^\s/@]+)@")
_NEEDED = re.compile(
    # POSIX (Base Definitions, 8), the loader, desktops, fonts.
    r"PATH|HOME|USER|LOGNAME|SHELL|TERM|LANG|LANGUAGE|LC_\w+|TZ|TZDIR|TMPDIR|TEMP|TMP|PWD|LD_\w+|DYLD_\w+"
    r"|XDG_\w+|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|DBUS_\w+|FONTCONFIG_\w+|NIX_\w+|CHROME_\w+|SSL_CERT_\w+"
    # Python of ours.
    r"|PYTHON\w+|VIRTUAL_ENV"
    # Windows: without some of these no program finds its libraries or folders.
    r"|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|OS|USERPROFILE|USERNAME|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA"
    r"|ALLUSERSPROFILE|PROGRAMDATA|PROGRAMFILES(?:\(X86\))?|COMMONPROGRAMFILES(?:\(X86\))?|NUMBER_OF_PROCESSORS"
    r"|PROCESSOR_\w+",
    re.IGNORECASE,
)
_FOR_INSTALLERS = re.compile(
    r"\w+_PROXY|PLAYWRIGHT_\w+|NODE_\w+|APT_\w+|DEB\w+|CURL_CA_BUNDLE|INIT_CWD", re.IGNORECASE
)
"""Installers go to the network as the user does: through the proxy, whose password they need."""

_removed: dict[str, str] = {}
"""What `without_secrets` has removed for the moment."""
_depth = 0


def environment() -> dict[str, str]:
    """Return a copy of this process's environment, with its secrets: for finding programs and for starting jpt."""
    return {**os.environ, **_removed}


def needed(environ: Mapping[str, str] | None = None, *, installer: bool = False) -> dict[str, str]:
    """Return the part of *environ* (default: this process's) that a program needs, without secrets.

    An *installer* gets the settings of proxies and certificates, too.
    """
    given = os.environ if environ is None else environ
    return {name: value for name, value in given.items() if _is_needed(name, value, installer=installer)}


def _is_needed(name: str, value: str, *, installer: bool) -> bool:
    if installer and _FOR_INSTALLERS.fullmatch(name):
        return not is_secret(name)
    return bool(_NEEDED.fullmatch(name)) and not is_secret(name) and not _PASSWORD.search(value)


def is_secret(variable: str) -> bool:
    """Return whether the value of *variable* must not be shown."""
    return _SECRET_NAME.search(variable) is not None


def passwords(value: str) -> list[str]:
    """Return the passwords in the addresses within *value*."""
    return _PASSWORD.findall(value)


@contextmanager
def without_secrets() -> Iterator[None]:
    """Remove secrets from the environment during the block, except for passwords of proxies.

    For a library that starts its process with all of it. `environment` still returns everything.
    """
    global _depth  # noqa: PLW0603 - the environment is one for the whole process, too
    for name, value in list(os.environ.items()):
        if is_secret(name) or (passwords(value) and not name.lower().endswith("_proxy")):
            _removed[name] = os.environ.pop(name)
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
        if not _depth:
            for name, value in _removed.items():
                os.environ.setdefault(name, value)
            _removed.clear()
