"""HTML as a tree of plain nodes, made in the time of its length. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from jpt.text.html import BLOCKS, DEEPEST, MOST_CHARS, UNSEEN, Target, TooDeepError, is_hidden, tell

MOST_NODES = 500_000
"""Elements of a page at most; what comes later is left out."""
MOST_LOOKED_AT = 5_000
"""Elements that a question about a part of a page looks at, so that markup of nothing else costs no more."""


@dataclass(eq=False, slots=True)
class Node:
    """An element and what is in it. Two nodes are equal only where they are one."""

    tag: str
    attributes: Mapping[str, str]
    parent: Node | None
    hidden: bool
    """It, or what it lies in, does not show."""
    parts: list[Node | str] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        """Return an attribute; empty where there is none."""
        return self.attributes.get(name) or ""

    @property
    def children(self) -> Iterator[Node]:
        """The elements right in it."""
        return (part for part in self.parts if not isinstance(part, str))

    def walk(self, most: int = MOST_NODES) -> Iterator[Node]:
        """Return the node and the elements in it, in document order, at most *most*."""
        waiting: list[Node] = [self]
        while waiting and most:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(list(node.children)))
            most -= 1

    def above(self, steps: int) -> Iterator[Node]:
        """Return the node and those around it, outwards, at most *steps* nodes."""
        at: Node | None = self
        while at is not None and steps:
            yield at
            at, steps = at.parent, steps - 1

    def text(self, most: int) -> str:
        """Return about the first *most* characters that show in it; blocks are parted by a blank."""
        words: list[str] = []
        length = steps = 0
        waiting: list[Node | str] = [self]
        while waiting and length < most and steps < MOST_LOOKED_AT:
            part = waiting.pop()
            steps += 1
            if isinstance(part, str):
                words.append(part)
                length += len(part)
            elif not (part.tag in UNSEEN or (part.hidden and part is not self)):
                edge = [" "] if part.tag in BLOCKS or part.tag in {"br", "td", "th"} else []
                waiting += [*edge, *reversed(part.parts), *edge]
        return " ".join("".join(words).split())[:most]


def tree(html: str) -> Node:
    """Return the document as a tree; what lies deeper than any browser keeps is left out."""
    grower = _Grower()
    with suppress(TooDeepError):
        tell(html[:MOST_CHARS], grower)
    return grower.root


class _Grower(Target):
    """The target of the parser: puts each element into the one that is open."""

    def __init__(self) -> None:
        self.root = Node("", {}, None, hidden=False)
        self._at = self.root
        self._depth = 0
        self._count = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_NODES:
            raise TooDeepError
        node = Node(tag, dict(attributes), self._at, hidden=self._at.hidden or is_hidden(tag, attributes))
        self._at.parts.append(node)
        self._at = node

    def end(self, _tag: str) -> None:
        self._depth -= 1
        self._at = self._at.parent or self.root

    def data(self, text: str) -> None:
        self._at.parts.append(text)
