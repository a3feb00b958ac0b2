"""What the user does at the screen: what is shown, chosen, searched. Keys in, actions out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Look = Literal["jobs", "sites", "figures", "help"]
Action = Literal["open", "hide", "applied", "interested", "undo", "search", "quit", "pause", "read"]
"""What the screen cannot do by itself."""

_MOVES = {"down": 1, "j": 1, "up": -1, "k": -1}
_MARKS: dict[str, Action] = {"h": "hide", "a": "applied", "i": "interested"}
_ASKS: dict[str, Action] = {"u": "undo", "q": "quit", "p": "pause", "r": "read"}
_LOOKS: dict[str, Look] = {"s": "sites", "v": "figures", "?": "help"}
MOST_WORDS = 60


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as the screen lists it; all texts are clean."""

    numbers: tuple[int, ...]
    """The rows of its posts, one a place; the first one's id is shown."""
    id: str
    years: str
    title: str
    company: str
    place: str
    facts: str
    """Kind of work and pay."""
    proof: str
    """The quote that bears the years out, or why there is none."""
    mark: str
    url: str
    found_ts_ms: int
    is_new: bool = False
    """It came today, and not with the first read of its page."""

    def has(self, words: Sequence[str]) -> bool:
        """Whether all *words*, in small letters, occur in what is shown of it."""
        text = f"{self.title} {self.company} {self.place} {self.facts} {self.proof} {self.id}".casefold()
        return all(word in text for word in words)


@dataclass(eq=False, slots=True)
class Cursor:
    """A place in a list, and the part of the list that is in view."""

    at: int = 0
    top: int = 0
    room: int = 10

    def move(self, by: int) -> None:
        """Go up or down; the borders are kept when it is drawn."""
        self.at = max(0, self.at + by)

    def window(self, count: int, room: int) -> range:
        """Return the places in view where *room* of *count* can be, the chosen one among them."""
        self.room = max(1, room)
        self.at = max(0, min(self.at, count - 1))
        self.top = max(0, min(self.top, count - self.room, self.at), self.at - self.room + 1)
        return range(self.top, min(count, self.top + self.room))


@dataclass(eq=False, slots=True)
class Navigation:
    """What is shown, chosen and searched at the screen."""

    listed: tuple[JobRow, ...] = ()
    left_out: int = 0
    """Open jobs that do not fit."""
    look: Look = "jobs"
    words: str = ""
    is_typing: bool = False
    said: str = ""
    """The answer to the last key."""
    found: frozenset[int] = frozenset()
    """Rows of jobs whose posts hold the words."""
    jobs: Cursor = field(default_factory=Cursor)
    sites: Cursor = field(default_factory=Cursor)

    @property
    def shown(self) -> list[JobRow]:
        """The jobs that are listed now."""
        words = self.words.casefold().split()
        return [one for one in self.listed if one.has(words) or not self.found.isdisjoint(one.numbers)]

    @property
    def chosen(self) -> JobRow | None:
        """The job under the cursor."""
        shown = self.shown
        return shown[min(self.jobs.at, len(shown) - 1)] if shown else None

    @property
    def new(self) -> int:
        """How many jobs came today."""
        return sum(one.is_new for one in self.listed)

    def take(self, listed: Sequence[JobRow], left_out: int = 0) -> None:
        """Replace the list; the cursor stays on its job if that is still there."""
        chosen = self.chosen
        self.listed, self.left_out = tuple(listed), left_out
        places = {number: place for place, one in enumerate(self.shown) for number in one.numbers}
        if chosen is not None and self.jobs.at and chosen.numbers[0] in places:
            self.jobs.at = places[chosen.numbers[0]]

    def drop(self, job: JobRow) -> None:
        """Remove a job from the list at once; its row in the database follows."""
        self.listed = tuple(one for one in self.listed if one is not job)

    def press(self, key: str) -> Action | None:
        """Act on a key, given as its letter or its name; returns what else is wanted."""
        self.said = ""
        if self.is_typing:
            return self._type(key)
        cursor = self.sites if self.look == "sites" else self.jobs
        if key in _MOVES:
            cursor.move(_MOVES[key])
        elif key in {"page down", "page up"}:
            cursor.move(max(1, cursor.room - 1) * (1 if key == "page down" else -1))
        elif key in {"home", "end"}:
            cursor.at = 0 if key == "home" else 1_000_000
        elif key == "/":
            self.look, self.is_typing = "jobs", True
        elif key == "escape":
            return self._back()
        elif key in _LOOKS:
            self.look = "jobs" if self.look == _LOOKS[key] else _LOOKS[key]
        elif key == "enter":
            return "open" if self.look in {"jobs", "sites"} else self._back()
        elif key in _MARKS:
            return _MARKS[key] if self.look == "jobs" else None
        return _ASKS.get(key)

    def _back(self) -> Action | None:
        if self.look != "jobs":
            self.look = "jobs"
        elif self.words:
            self.words, self.found = "", frozenset()
        return None

    def _type(self, key: str) -> Action | None:
        if key in {"up", "down"}:
            self.jobs.move(_MOVES[key])
            return None
        if key in {"enter", "escape"}:
            self.is_typing = False
            if key == "escape":
                self.words, self.found = "", frozenset()
            return None
        if key == "backspace":
            self.words = self.words[:-1]
        elif len(key) == 1 and key.isprintable():
            self.words = (self.words + key)[:MOST_WORDS]
        else:
            return None
        self.jobs.at, self.found = 0, frozenset()
        return "search"
