"""Where settings come from. The only module that reads the environment, together with `home` and `children`.

Precedence: option > environment > `.env` > `state/secrets.env` > default.
"""

from __future__ import annotations

import io
import os
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from dotenv import set_key
from dotenv.parser import parse_stream
from pydantic import ValidationError

from jpt.errors import SettingError
from jpt.settings.children import environment, is_secret, passwords
from jpt.settings.home import env_files
from jpt.settings.settings import Settings

MAX_BYTES = 1_000_000
"""No file of settings is larger."""


def known_names() -> tuple[str, ...]:
    """Return the variables of all settings."""
    return tuple(str(info.validation_alias) for info in Settings.model_fields.values())


def load(**options: Any) -> tuple[Settings, tuple[str, ...]]:
    """Read all settings; *options* of the command line that are not None win.

    Returns the settings, and a warning for each unknown name and each line of a file that is none.
    Raises SettingError, naming the variable, the value seen and what is allowed.
    """
    given = {name: value for name, value in options.items() if value is not None}
    stored, warnings = _stored()
    in_environment = {name.lower() for name, value in os.environ.items() if value}
    for field, info in Settings.model_fields.items():
        variable = str(info.validation_alias)
        value = stored.get(variable.lower())
        if value and field not in given and variable.lower() not in in_environment:
            given[variable] = value
    try:
        settings = Settings(**given)
    except ValidationError as exc:
        raise SettingError(_sentence(exc)) from None
    return settings, (*warnings, *_unknown(stored))


def secret_values() -> tuple[str, ...]:
    """Return the values that must not be logged: those of variables with secret names, wherever they are set."""
    named: dict[str, str] = {}
    for path in env_files():
        with suppress(SettingError):
            named |= {name: value for name, value, _ in _lines(path)}
    named |= environment()
    known = known_names()
    secrets = {
        value
        for name, value in named.items()
        # The environment is full of words such as `true`; only our own secrets may be short.
        if value and is_secret(name) and (name in known or len(value) >= 8)
    }
    # The password of a proxy or of a model's address, too.
    secrets |= {found for value in named.values() for found in passwords(value)}
    return tuple(secrets)


def config_home() -> Path:
    """Return the folder of the user's configuration files."""
    named = os.environ.get("XDG_CONFIG_HOME")
    return Path(named) if named else Path.home() / ".config"


def service_manager() -> str | None:
    """Return the socket for messages to systemd, if it started this process."""
    return os.environ.get("NOTIFY_SOCKET")


def redirect_temp(folder: Path) -> None:
    """Make *folder* the temporary folder of this process and of all that it starts.

    Playwright's driver and Chromium make their profiles and scratch files there and leave them
    behind when they are killed, so each run has a folder of its own that the next one can sweep.
    """
    os.environ["TMPDIR"] = str(folder)


def use_timezone(name: str) -> None:
    """Show all times of this process in the time zone *name*, where the system can; empty: in its own."""
    if name and hasattr(time, "tzset"):
        os.environ["TZ"] = name
        time.tzset()


def _stored() -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what the files set, by variable in lower case, and what is wrong with their lines."""
    stored: dict[str, str] = {}
    wrong: list[str] = []
    for path in env_files():
        for name, value, fault in _lines(path):
            if fault:
                wrong.append(fault)
            else:
                stored[name.lower()] = value
    return stored, tuple(wrong)


def _lines(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield name, value and fault of each line of a file; nothing where there is none. Raises SettingError.

    Values are literal: a `${NAME}` in them stands for itself.
    """
    for binding in parse_stream(io.StringIO(_text(path))):
        skipped = len(binding.original.string) - len(binding.original.string.lstrip("\n"))
        line = binding.original.line + skipped
        if binding.error:
            yield "", "", f"{path}, line {line}: expected NAME=value; the line is ignored."
        elif binding.key:
            yield binding.key, binding.value or "", ""


def _text(path: Path) -> str:
    try:
        kind = path.stat()
        if not stat.S_ISREG(kind.st_mode):
            # Reading a pipe would wait for its writer.
            raise SettingError(f"{path} is not a regular file. Replace it with one, or remove it.")
        if kind.st_size > MAX_BYTES:
            raise SettingError(f"{path} is larger than {MAX_BYTES // 1000} kB. It should hold lines NAME=value.")
        return path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as exc:
        raise SettingError(f"{path} cannot be read: {exc.strerror}. Make it readable, or remove it.") from exc
    except UnicodeDecodeError as exc:
        raise SettingError(f"{path} is not UTF-8 text. Save it as UTF-8.") from exc


MOST_SHOWN = 200
"""Characters of a value that a sentence about it shows."""
_ALLOWED = {"int_parsing": "a whole number", "bool_parsing": "1 or 0"}
"""Short forms of pydantic's messages, by type of error."""


def _sentence(exc: ValidationError) -> str:
    first = exc.errors()[0]
    if not first["loc"]:  # several settings do not go together: the sentence is complete
        return first["msg"].removeprefix("Value error, ")
    name = str(first["loc"][0])
    # The place of an error is the variable's name, or the field's when an option was given.
    by_variable = (one for one in Settings.model_fields.values() if one.validation_alias == name)
    field = Settings.model_fields.get(name) or next(by_variable, None)
    variable = str(field.validation_alias) if field else name
    secret = field is not None and "SecretStr" in str(field.annotation)
    seen = "…" if secret else _brief(repr(first["input"]))
    allowed = _ALLOWED.get(first["type"]) or first["msg"].removeprefix("Value error, ").removeprefix(
        "Input should be "
    )
    return f"{variable} is {seen}: it should be {_brief(allowed)}. Correct it, or unset it to use the default."


def _brief(words: str) -> str:
    return words if len(words) <= MOST_SHOWN else f"{words[:MOST_SHOWN]}…"


def _unknown(stored: dict[str, str]) -> Iterator[str]:
    known = known_names()
    for name in dict.fromkeys([*os.environ, *(name.upper() for name in stored)]):
        if name.startswith(("JPT_", "PPT_")) and name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else "."
            yield f"{name} is not a setting of this version and is ignored{hint}"


def store_values(values: Mapping[str, str]) -> Path:
    """Write *values* into `.env`, each in the place of its older one; returns its path. Raises SettingError."""
    path = env_files()[-1]
    _text(path)  # refuses what is no file
    try:
        path.touch(mode=0o600)
        path.chmod(0o600)
        for name, value in values.items():
            set_key(path, name, value)
    except OSError as exc:
        raise SettingError(f"{path} cannot be written: {exc.strerror}. Make it writable.") from exc
    return path
