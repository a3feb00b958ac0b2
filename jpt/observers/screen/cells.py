"""Rows of cells with fixed widths: quicker to draw than tables, and nothing moves when a number grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.text import Text

GAP = 2
NARROW = 84
"""On less than this, one cell between columns has to do."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list."""

    name: str
    width: int
    """Cells; of the column that grows, its least."""
    right: bool = False
    grows: int = 0
    """Its share of what is left over."""
    from_width: int = 0
    """It is shown on screens at least this wide."""


Cell = tuple[str, str]
"""Words and their style."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that fit, with their widths."""

    columns: tuple[Column, ...]
    widths: tuple[int, ...]
    gap: int = GAP

    @classmethod
    def fitted(cls, columns: Sequence[Column], width: int) -> Columns:
        """Choose the columns for *width*, and share out what is left over."""
        shown = [column for column in columns if column.from_width <= width]
        gap = GAP if width >= NARROW else GAP - 1
        left = width - sum(column.width + gap for column in shown) + gap
        shares = sum(column.grows for column in shown) or 1
        # Where there is too little room, those that grow give it.
        widths = [
            max(3, column.width + left * column.grows // shares) if column.grows else column.width
            for column in shown
        ]
        return cls(tuple(shown), tuple(widths), gap)

    def head(self) -> Text:
        """Return the line of the columns' names."""
        return self.row({column.name: (column.name, "bold bright_black") for column in self.columns})

    def row(self, cells: dict[str, Cell]) -> Text:
        """Return a line: for each column its cell."""
        text = Text(no_wrap=True, end="")
        for place, (column, width) in enumerate(zip(self.columns, self.widths, strict=True)):
            words, style = cells.get(column.name, ("", ""))
            if place:
                text.append(" " * self.gap)
            text.append(fitted(words, width, right=column.right), style)
        return text


def fitted(words: str, width: int, *, right: bool = False) -> str:
    """Return *words* in exactly *width* cells: cut between words with an ellipsis, or filled up."""
    length = cell_len(words)
    if length > width:
        words = _cut(words, max(0, width - 1)) + ("…" if width > 0 else "")
        length = cell_len(words)
    return " " * (width - length) + words if right else words + " " * (width - length)


def _cut(words: str, room: int) -> str:
    """Cut at the last gap that leaves half of the room filled; through a word only where there is none."""
    head = set_cell_size(words, room)
    whole = head if words[len(head) : len(head) + 1].isspace() else head.rpartition(" ")[0]
    return whole.rstrip(" ,;:·-–(/") if cell_len(whole) * 2 >= room else head


def bar(done: float, total: float, width: int) -> Text:
    """Return a progress bar."""
    full = 0 if total <= 0 else min(width, round(width * done / total))
    return Text.assemble(("━" * full, "cyan"), ("╌" * (width - full), "bright_black"))


def spread(left: Text, right: Text, width: int) -> Text:
    """Put two texts at the two ends of a line; the right one stays longest."""
    room = max(0, width - right.cell_len - 1)
    line = left.copy()
    line.truncate(room, overflow="ellipsis", pad=True)
    return Text.assemble(line, " ", right, no_wrap=True, end="")


def joined(*parts: Cell) -> Text:
    """Put parts in a row, with points between; empty ones are left out."""
    text = Text(no_wrap=True)
    for words, style in parts:
        if words:
            if text.plain:
                text.append(" · ", "bright_black")
            text.append(words, style)
    return text
