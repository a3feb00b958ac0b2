"""What became of jobs that were known before. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

ChangeKind = Literal["closed", "reopened", "edited", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to a job."""

    kind: ChangeKind
    site: str
    url: str
    title: str
    detail: dict[str, Any] = field(default_factory=dict)
    """`field: [before, after]` of an edited one; `from` of a moved one; `reason` of a closed one."""
    is_followed: bool = False
    """The user has marked it, and wants to know."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A date that the user put on a job, and that has come."""

    site: str
    url: str
    title: str
    due: str
    """A day, YYYY-MM-DD."""
    stage: str = ""
    note: str = ""
    is_open: bool = True
