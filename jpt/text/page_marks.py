"""What of a page its text does not say, and its scripts and styles may go by: scripts, data, states. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jpt.text.html import MOST_CHARS, Target, TooDeepError, tell

_MOST = 20_000
_TELLING = frozenset({"hidden", "style", "class", "aria-hidden", "disabled", "src"})


@dataclass(frozen=True, slots=True)
class PageMarks:
    """What a page's scripts and styles may go by."""

    scripts: tuple[str, ...] = ()
    """The texts of its scripts, in order."""
    marks: frozenset[str] = frozenset()
    """Elements that are hidden, styled, carry data or are fields, as `tag attribute=value`; at most 20,000."""


def marks(html: str) -> PageMarks:
    """Read a whole page."""
    found = _Marks()
    try:
        tell(html[:MOST_CHARS], found)
    except TooDeepError:
        return PageMarks()
    return PageMarks(tuple("".join(texts) for texts in found.scripts), frozenset(found.marks))


class _Marks(Target):
    """The target of the parser: keeps scripts and marks."""

    def __init__(self) -> None:
        self.scripts: list[list[str]] = []
        self.marks: set[str] = set()
        self._in_script = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "script":
            self._in_script = True
            self.scripts.append([])
        told = [
            f"{name}={value[:300]}"
            for name, value in attributes.items()
            if name.startswith("data-") or name in _TELLING or (tag == "input" and name == "type")
        ]
        if told and len(self.marks) < _MOST:
            self.marks.add(f"{tag} {' '.join(sorted(told))}")

    def end(self, tag: str) -> None:
        if tag == "script":
            self._in_script = False

    def data(self, text: str) -> None:
        if self._in_script:
            self.scripts[-1].append(text)
