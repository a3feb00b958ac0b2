"""What several reads of one list showed, as one read. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from jpt.models.pages import Anchor, Cut, PageRead

ALONE = "g0"


@dataclass(eq=False, slots=True)
class Gathered:
    """Collects the links of further states of a list, in the order in which they were seen."""

    first: PageRead
    _anchors: list[Anchor] = field(default_factory=list)
    _strange: dict[tuple[str, str, str], Anchor] = field(default_factory=dict)
    _seen: set[tuple[str, str, str]] = field(default_factory=set)
    _groups: dict[str, str] = field(default_factory=dict)
    """The group that stands at each shape of place."""
    _count: int = 0
    _texts: list[str] = field(default_factory=list)
    _controls: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """How more was reached, in words."""
    turned: int = 1
    """Pages of the list that were read."""
    cuts: list[Cut] = field(default_factory=list)
    """Where reading stopped before the end of the list."""

    def __post_init__(self) -> None:
        self.add(self.first)

    def add(self, read: PageRead, *, frame: bool = False) -> None:
        """Add what *read* shows; of a *frame* also its words."""
        regrouped = self._regrouped((*read.anchors, *read.strange))
        self.add_anchors(regrouped[: len(read.anchors)])
        for anchor in regrouped[len(read.anchors) :]:
            self._strange.setdefault((anchor.url, anchor.text, anchor.heading), anchor)
        self.cuts += read.cuts
        if frame:
            self._texts.append(read.text)
            self._controls += read.controls

    def add_anchors(self, anchors: Iterable[Anchor]) -> None:
        """Add links that were not seen yet."""
        for anchor in anchors:
            key = (anchor.url, anchor.text, anchor.heading)
            if key not in self._seen:
                self._seen.add(key)
                self._anchors.append(anchor)

    @property
    def page(self) -> PageRead:
        """The first read with the links of all."""
        said = list(dict.fromkeys(self.notes))
        # A row that led nowhere at first may be one whose place was found out later.
        opened = {(anchor.text, anchor.heading) for anchor in self._anchors}
        return replace(
            self.first,
            anchors=tuple(self._anchors),
            strange=tuple(
                anchor for anchor in self._strange.values() if (anchor.text, anchor.heading) not in opened
            ),
            text="\n".join([self.first.text, *self._texts]) if self._texts else self.first.text,
            controls=(*self.first.controls, *self._controls),
            method=", ".join([self.first.method, *said]),
            turned=self.turned,
            cuts=tuple(dict.fromkeys([*self.first.cuts, *self.cuts])),
        )

    def _regrouped(self, anchors: Iterable[Anchor]) -> list[Anchor]:
        """Give groups in one place of the page one name over all reads: each read numbers its groups anew."""
        names: dict[str, str] = {}
        found = []
        for anchor in anchors:
            number, _, section = anchor.group.partition(" ")
            if number == ALONE or not number:
                # The only row of a last page belongs to the list of the pages before.
                name = self._groups.get(anchor.shape, ALONE)
            else:
                name = names.get(number) or self._groups.get(anchor.shape) or self._new()
                names[number] = name
                self._groups.setdefault(anchor.shape, name)
            found.append(replace(anchor, group=f"{name} {section}".strip()))
        return found

    def _new(self) -> str:
        self._count += 1
        return f"g{self._count}"
