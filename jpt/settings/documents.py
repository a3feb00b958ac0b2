"""The settings described: for `jpt doctor -v`, for `.env.example` and for `docs/settings.md`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from jpt.settings.children import is_secret
from jpt.settings.groups import GROUPS
from jpt.settings.settings import Settings
from jpt.text.durations import spoken

_INTRODUCTION = """\
# Settings

<!-- Written by `python -m jpt.settings > docs/settings.md`. Edit jpt/settings/groups.py instead. -->

A setting is an environment variable, or a line `NAME=value` in `.env` or `state/secrets.env`. An option of the
command line beats the environment, which beats `.env`, which beats `state/secrets.env`, which beats the default.
jpt warns about unknown names that begin with `JPT_` or `PPT_`. `jpt doctor -v` lists every setting with its
present value; `jpt init` writes them all to `.env.example`. `jpt watch` picks up changes in these files.
"""


def documented() -> Iterator[tuple[str, str, str]]:
    """Yield field, variable and meaning of each setting, group by group."""
    for group in GROUPS:
        for name, info in group.model_fields.items():
            yield name, str(info.validation_alias), info.description or ""


def example() -> str:
    """Return an `.env` file in which every setting is explained and none is set."""
    lines = ["# Settings of jpt. Copy this file to .env, and remove the # in front of what you want to set.", ""]
    for name, variable, description in documented():
        info = Settings.model_fields[name]
        shown = "" if info.default is None or is_secret(variable) else _value(info)
        lines += [f"# {description.replace('`', '')}", f"#{variable}={shown}", ""]
    return "\n".join(lines)


def settings_page() -> str:
    """Return `docs/settings.md`."""
    parts = [_INTRODUCTION]
    for group in GROUPS:
        parts.append(f"\n## {(group.__doc__ or '').strip().rstrip('.')}\n")
        parts.append("| variable | default | meaning |\n|---|---|---|")
        parts += [
            f"| `{info.validation_alias}` | {_default(info)} | {info.description} |"
            for info in group.model_fields.values()
        ]
    return "\n".join(parts) + "\n"


def _default(info: FieldInfo) -> str:
    extra: Any = info.json_schema_extra
    return extra["shown"] if extra else _value(info) or "none"


def _value(info: FieldInfo) -> str:
    default = info.default
    return "" if str(default) == "PydanticUndefined" else as_written(str(info.validation_alias), default)


def as_written(variable: str, value: object) -> str:
    """Return *value* as it is written in `.env`; empty if there is none."""
    if variable == "JPT_EVERY" and isinstance(value, int | float):
        return spoken(value)
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)
