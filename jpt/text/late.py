"""Patterns that are compiled when they are first used.

The rules have some 500 patterns. To compile them all takes 0.35 s of CPU, which every command and every program
that imports `jpt` would pay, also where it reads no text.
"""

import re
from collections.abc import Hashable
from typing import Any, TypeGuard, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
_VALUES = ("flags", "groups", "groupindex")


class Late:
    """A pattern that is not compiled yet: used as a `re.Pattern`, it becomes one."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._asked = flags

    def __getattr__(self, name: str) -> Any:
        # Only for what is not there yet: from then on a call costs what it costs with a `re.Pattern`.
        if name not in _METHODS and name not in _VALUES:
            raise AttributeError(f"a pattern has no {name!r}")
        compiled = re.compile(self.pattern, self._asked)
        for each in (*_METHODS, *_VALUES):
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Late) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> Hashable:
        return self.pattern, self._asked


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return the pattern, compiled when it is first used; there a wrong one raises re.error."""
    return cast("re.Pattern[str]", Late(pattern, flags))


def whole_words(words: str) -> re.Pattern[str]:
    """Return the pattern of any of *words* (separated by `|`, may hold patterns) as whole words in any case."""
    return late(rf"\b(?:{words})\b", re.IGNORECASE)


def is_pattern(value: object) -> TypeGuard[re.Pattern[str]]:
    """Whether this is a pattern for text, compiled or not yet."""
    return isinstance(value, Late) or (isinstance(value, re.Pattern) and isinstance(value.pattern, str))
