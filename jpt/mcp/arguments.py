"""What a tool takes: its schema, and the arguments of a call checked against it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from jpt.errors import UsageError

MOST_TEXT = 200_000
"""Characters of one argument."""
_NAMES = {str: "a text", int: "a whole number", bool: "true or false"}
_TYPES = {str: "string", int: "integer", bool: "boolean"}


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a tool."""

    kind: type[str | int | bool]
    about: str = ""
    choices: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    required: bool = False

    @property
    def schema(self) -> dict[str, Any]:
        """The argument as JSON Schema, as short as possible: a model reads all of it each time."""
        said = {"description": self.about, "enum": list(self.choices), "minimum": self.low, "maximum": self.high}
        found = {"type": _TYPES[self.kind], **said}
        return {name: value for name, value in found.items() if value not in ("", [], None, 0)}


Arguments = Mapping[str, Argument]


def schema(known: Arguments) -> dict[str, Any]:
    """Return the arguments of a tool as JSON Schema."""
    required = [name for name, one in known.items() if one.required]
    properties = {name: one.schema for name, one in known.items()}
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def checked(known: Arguments, given: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the arguments of a call; raises UsageError, naming one that is unknown, missing or invalid."""
    found = {name: value for name, value in (given or {}).items() if value is not None}
    for name in found:
        if name not in known:
            raise UsageError(f"There is no argument {name[:60]!r} here. {_hint(name, tuple(known))}")
    for name, one in known.items():
        if name in found:
            found[name] = _value(name, one, found[name])
        elif one.required:
            raise UsageError(f"The argument {name!r} is missing: {one.about or _NAMES[one.kind]}.")
    return found


def _value(name: str, one: Argument, value: Any) -> Any:
    if isinstance(value, float) and one.kind is int and value.is_integer():
        value = int(value)
    if not isinstance(value, one.kind) or (one.kind is int and isinstance(value, bool)):
        raise UsageError(f"{name} should be {_NAMES[one.kind]}, not {str(value)[:60]!r}.")
    if isinstance(value, str) and len(value) > MOST_TEXT:
        raise UsageError(f"{name} has {len(value):,} characters; {MOST_TEXT:,} are the most.")
    if one.choices and value not in one.choices:
        raise UsageError(f"{name} is {str(value)[:60]!r}: expected one of {', '.join(one.choices)}.")
    low, high = one.low, one.high
    if isinstance(value, int) and ((low is not None and value < low) or (high is not None and value > high)):
        end = "" if high is None else f" to {high}"
        raise UsageError(f"{name} is {value}: expected a number from {low}{end}.")
    return value


def _hint(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]!r}?"
    return f"Known: {', '.join(known)}." if known else "This tool takes none."
