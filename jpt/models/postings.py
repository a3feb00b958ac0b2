"""The stored jobs as a seeker looks at them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from jpt.models.digests import News
from jpt.text.short_ids import short_id

Stage = Literal["interested", "applied", "interview", "offer", "rejected", "hidden"]
"""How far the user is with a job."""
STAGES: tuple[Stage, ...] = get_args(Stage)
FOLLOWED: frozenset[Stage] = frozenset({"interested", "applied", "interview", "offer"})
"""What becomes of jobs of these stages is reported at once."""
DECIDED: frozenset[Stage] = frozenset(STAGES) - {"interested"}
"""Jobs of these stages are out of the default list and of digests."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the user noted on a job."""

    stage: Stage | None = None
    """None: only a note or a date."""
    note: str = ""
    due: str | None = None
    """A day, YYYY-MM-DD: when something is to be done."""
    ts_ms: int = 0
    """When it was last changed."""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return self.stage is None and not self.note and self.due is None


@dataclass(frozen=True, slots=True)
class StoredPosting:
    """A job of the database, before anybody's rules are applied."""

    number: int
    """The id of its row."""
    key: str
    """The identity of its address."""
    news: News
    updated_ts_ms: int
    closed_ts_ms: int | None = None
    """When it was found closed; None while it is open."""
    mark: Mark = Mark()

    @property
    def id(self) -> str:
        """The short id: `#a3f`."""
        return short_id(self.number)

    @property
    def is_open(self) -> bool:
        """Whether it was open when it was last looked at."""
        return self.closed_ts_ms is None
