"""When posts of one shape of address are complete, learned from the posts before. Pure.

The first posts of a shape get the full wait, and it is noted which of the page's own requests were answered before
its text was whole. The next ones show whether a wait that ends there would have read the same; where several did,
it ends there, and one in twenty shows it again. Where one would not have, or posts turn out to ask for different
things, the shape gets the full wait from then on, and what was read early is read again.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from typing import Literal

from jpt.identity.shapes import shape_of

PROOFS = 4
"""Posts in a row that must have been whole where the wait would have ended."""
CHECK_EACH = 20
"""One of so many posts gets the full wait, to check the learned end."""
MOST_IN_VAIN = 12
"""Posts that may teach nothing before a shape is left alone."""
LEAST_QUIET_MS = 60
MOST_QUIET_MS = 120
"""For how long the nodes rest at the end of a wait: twice the longest rest between two parts of the text. Where
that is more than the full wait's own (QUIET_MS) there is nothing to learn."""
MOST_SHAPES = 500
MOST_EARLY = 500
"""Posts of one shape that are remembered to be read again; then the shape begins anew."""

How = Literal["full", "note", "check", "early"]
"""How the next post is waited for: the full wait; the same, noting what came when; the same, also looking at the
learned end; only to that end."""


def kind_of(url: str, resource: str) -> str:
    """Name the kind of a request: `data api.acme.example/jobs/*`."""
    return f"{'script' if resource == 'script' else 'data'} {shape_of(url)}"


@dataclass(frozen=True, slots=True)
class PostObservation:
    """What one post showed that got the full wait."""

    before: Counter[str]
    """Its requests for data that were answered before its text was whole, by kind."""
    asked: Counter[str]
    """All requests of its scripts, and for scripts, by kind."""
    labels: frozenset[str]
    """Its headings, and what is set like one."""
    place: str
    """Where most of its text stands: tags and classes, outermost first."""
    chars: int
    rest_ms: float = 0.0
    """The longest rest between two parts of its text, once the last of those requests was answered."""


@dataclass(eq=False, slots=True)
class Lesson:
    """What is known of one shape."""

    needed: Counter[str] = field(default_factory=Counter)
    """What was answered before the text was whole, in each post."""
    most: Counter[str] = field(default_factory=Counter)
    """What posts asked for, at most."""
    labels: frozenset[str] = frozenset()
    """What all posts had."""
    place: str = ""
    least: int = 0
    """Characters of the shortest one."""
    rest_ms: float = 0.0
    _brought: Counter[str] = field(default_factory=Counter)
    """What was answered before the text was whole in any post."""
    _always: Counter[str] = field(default_factory=Counter)
    """What each post asked for."""
    _posts: int = 0
    _proofs: int = 0
    _in_vain: int = 0
    """Posts since something was last proved."""
    _reads: int = 0
    _checking: int = 0
    _early: list[str] = field(default_factory=list)
    _is_wrong: bool = False

    @property
    def early(self) -> int:
        """Count the posts that were read at the learned end, and not found wrong since."""
        return len(self._early)

    @property
    def quiet_ms(self) -> float:
        """For how long nodes are to rest at the learned end."""
        return max(LEAST_QUIET_MS, 2 * self.rest_ms)

    @property
    def is_usable(self) -> bool:
        """Whether there is a moment at which the wait might end."""
        return bool(self.needed) and self.quiet_ms <= MOST_QUIET_MS

    def begin(self) -> How:
        """Decide how the next post is waited for."""
        if self._is_wrong or (self._in_vain >= MOST_IN_VAIN and not self._checking):
            return "full"
        if not self.is_usable:
            # If the first posts have shown no usable end, further ones will not.
            return "full" if self._posts else "note"
        if self._proofs < PROOFS:
            self._checking += 1
            return "check"
        if self._reads + 1 >= CHECK_EACH and not self._checking:
            self._checking += 1
            return "check"
        self._reads += 1
        return "early"

    def ended(self, how: How) -> None:
        """Note that the visit of a post is over, whatever its outcome."""
        self._checking -= how == "check"

    def noted(self, seen: PostObservation | None, *, whole: bool | None = None) -> list[str]:
        """Note what a post showed with the full wait, and whether it was *whole* at the learned end.

        None: it had no such end, or showed nothing. Gives the addresses of the posts that are to be read again.
        """
        if self._is_wrong:
            return []
        if seen is not None:
            self._merge(seen)
        if whole is False or self._is_varied():
            return self.wrong()
        if whole is None:
            self._in_vain += 1
            return []
        self._proofs += 1
        self._reads = self._in_vain = 0
        return []

    def read_early(self, url: str) -> bool:
        """Note that a post was read at the learned end; False where that has proved wrong meanwhile."""
        if self._is_wrong:
            return False
        self._early.append(url)
        self._in_vain = 0
        if len(self._early) >= MOST_EARLY:
            self._early.clear()
            self._proofs = 0
        return True

    def missed(self, asked: Counter[str]) -> list[str]:
        """Note that a post had no learned end, and what it *asked* for with the full wait.

        One that asked its own servers for what no other one did shows that posts of this shape differ. Gives the
        addresses of the posts that are to be read again.
        """
        self._reads -= 1
        self._in_vain += 1
        own = {_host(kind) for kind in self.needed}
        if any(
            asked[kind] > self.most[kind] and kind.startswith("data ") and _host(kind) in own for kind in asked
        ):
            return self.wrong()
        # The next one gets the full wait, and shows how it went.
        self._reads = max(self._reads, CHECK_EACH)
        return []

    def wrong(self) -> list[str]:
        """Give this shape the full wait from now on; gives the addresses of what is to be read again."""
        again, self._early = self._early, []
        self._is_wrong = True
        return list(dict.fromkeys(again))

    def _merge(self, seen: PostObservation) -> None:
        if not self._posts:
            self.needed, self._always, self.labels = seen.before.copy(), seen.asked.copy(), seen.labels
            self.place, self.least = seen.place, seen.chars
        self._posts += 1
        self.needed &= seen.before
        self._always &= seen.asked
        self.most |= seen.asked
        self._brought |= seen.before
        self.labels &= seen.labels
        self.least = min(self.least, seen.chars)
        self.rest_ms = max(self.rest_ms, seen.rest_ms)
        if self.place != seen.place:
            self.place = _common(self.place, seen.place)

    def _is_varied(self) -> bool:
        """Tell whether some posts need an answer for which others do not even ask."""
        return any(count > max(self.needed[kind], self._always[kind]) for kind, count in self._brought.items())


class Lessons:
    """The lessons of all shapes, for as long as a pool is open; those used longest ago are forgotten first."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Lesson] = OrderedDict()

    def of(self, url: str) -> Lesson:
        """Give the lesson of the shape of *url*."""
        shape = shape_of(url)
        found = self._known.setdefault(shape, Lesson())
        self._known.move_to_end(shape)
        while len(self._known) > MOST_SHAPES:
            self._known.popitem(last=False)
        return found


def is_known(asked: Counter[str], most: Counter[str]) -> bool:
    """Tell whether nothing was *asked* for more often than in any post before."""
    return all(count <= most[kind] for kind, count in asked.items())


def _host(kind: str) -> str:
    return kind.partition(" ")[2].partition("/")[0]


def _common(one: str, other: str) -> str:
    """Give the beginning that two places have in common."""
    parts = []
    for left, right in zip(one.split(">"), other.split(">"), strict=False):
        if left != right:
            break
        parts.append(left)
    return ">".join(parts)
